/* SPDX-License-Identifier: Apache-2.0 */
/* --status: the room as a table or as JSON. */
#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/client/proctor.h"
#include "client/screens/proctor-words.h"

void proctor_print_padded(const char *text, int columns)
{
    int pad = columns - (int)text_width(text);
    printf("%s%*s", text, pad > 0 ? pad : 1, "");
}

static json_t *candidate_json(const struct control_candidate *c)
{
    json_t *j = json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:s}", "ticket", c->ticket,
                          "name", c->name, "seat", c->seat, "state", seat_state_word(seat_state_of(c)),
                          "answered", (json_int_t)c->answered, "items", (json_int_t)c->items, "usedMs",
                          (json_int_t)c->used_ms, "allowanceMs", (json_int_t)c->allowance_ms, "interruptions",
                          (json_int_t)c->interruptions, "signed", c->sealed, "receipt", c->receipt);
    json_t *more =
        json_pack("{s:s, s:s, s:b, s:b, s:b, s:s, s:s, s:b, s:s, s:I, s:s}", "idNumber", c->id_number, "form",
                  c->form, "connected", c->connected, "absent", c->absent, "late", c->late, "breach",
                  breach_word(c->breach), "kept", kept_word(c->kept), "pending", c->pending, "station",
                  c->station, "silentMs", (json_int_t)c->silent_ms, "trouble", c->trouble);
    json_object_update(j, more);
    json_decref(more);
    return j;
}

static json_t *station_json(const struct control_station *s)
{
    return json_pack("{s:s, s:s, s:s, s:I, s:I, s:b, s:s, s:I}", "name", s->name, "ticket", s->ticket,
                     "state", station_state_word(s->state), "silentMs", (json_int_t)s->silent_ms, "battery",
                     (json_int_t)s->battery, "charging", s->charging, "disk", disk_word(s->disk),
                     "clockOffMs", (json_int_t)s->clock_off_ms);
}

static void print_json(const struct control_room *room)
{
    json_t *list = json_array(), *stations = json_array();
    for (size_t i = 0; i < room->n; i++)
        json_array_append_new(list, candidate_json(&room->candidate[i]));
    for (size_t i = 0; i < room->n_stations; i++)
        json_array_append_new(stations, station_json(&room->station[i]));
    json_t *all = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:b, s:b, s:b, s:I, s:I, s:o, s:o}", "session",
        room->session, "title", room->title, "site", room->site, "room", room->room, "roomName",
        room->room_name, "state", room_state_word(room->state), "windowStart", (json_int_t)room->window_start,
        "windowEnd", (json_int_t)room->window_end, "outsideWindow", room->outside_window, "service",
        room->service, "reachable", room->reachable, "runningMs", (json_int_t)room->running_ms, "durationMs",
        (json_int_t)room->duration_ms, "candidates", list, "stations", stations);
    if (room->lab)
        json_object_set_new(all, "lab", json_true());
    json_dumpf(all, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(all);
}

static void print_candidate(const struct control_candidate *c)
{
    proctor_print_padded(c->seat, 8);
    proctor_print_padded(c->ticket, 16);
    proctor_print_padded(c->name, 14);
    proctor_print_padded(seat_state_word(seat_state_of(c)), 12);
    printf("%lld/%lld  %s", (long long)c->answered, (long long)c->items, c->receipt);
    if (c->kept != CONTROL_NOTHING_YET)
        printf("  %s", kept_word(c->kept));
    if (c->late)
        printf("  late");
    if (c->breach)
        printf("  %s", breach_word(c->breach));
    printf("%s%s\n", *c->trouble ? "  " : "", c->trouble);
}

static void print_station(const struct control_station *s)
{
    proctor_print_padded(s->name, 14);
    proctor_print_padded(s->ticket, 16);
    proctor_print_padded(station_state_word(s->state), 12);
    printf("%s", disk_word(s->disk));
    if (s->battery >= 0)
        printf("  %lld%%%s", (long long)s->battery, s->charging ? "+" : "");
    putchar('\n');
}

static void print_text(const struct control_room *room)
{
    char running[32];
    printf("%s  %s  %s  %s", room->title, room->site, room->room, room_state_word(room->state));
    if (room->running_ms >= 0)
        printf("  %s", duration_text(room->running_ms, running, sizeof running));
    printf("%s\n", room->lab ? "  raters" : "");
    for (size_t i = 0; i < room->n; i++)
        print_candidate(&room->candidate[i]);
    for (size_t i = 0; i < room->n_stations; i++)
        print_station(&room->station[i]);
}

int proctor_show_status(const struct args *a, struct control *c, struct err *e)
{
    struct arena *arena = arena_new();
    struct control_room room = {0};
    int r = control_status(c, arena, &room, e);
    if (r == 0 && args_json(a))
        print_json(&room);
    else if (r == 0)
        print_text(&room);
    arena_free(arena);
    return r;
}
