/* SPDX-License-Identifier: Apache-2.0 */
/* A station says hello, and how it is, and hears what it is to do. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"
#include "client/room/seal.h"

/* ---- hello ---- */

static int check_name(struct hall *h, const struct introduction *who, const uint8_t key[JOURNAL_STATION_KEY],
                      struct err *e)
{
    struct hall_station *same = hall_station_named(h, who->name);
    if (who->of_room)
        return err_set(e, ERR_NO, who->name, _("this is a room's machine, not a station"));
    if (same && memcmp(same->key, key, JOURNAL_STATION_KEY) != 0) {
        if (!same->doubled) /* it tries again and again */
            hall_note(h, "trouble", NULL, same, (struct span){0},
                      _("another machine has shown itself under this name"));
        same->doubled = true;
        return err_set(e, ERR_NO, who->name, _("another station of this name is in the room"));
    }
    if (!who->has_recipient)
        return err_set(e, ERR_NO, who->name, _("the introduction lacks a recipient"));
    return !same && h->n >= HALL_MAX_STATIONS
               ? err_set(e, ERR_NO, who->name, _("there are too many stations"))
               : 0;
}

/* An agent's recipient is new with each run: one that comes back is another machine with the same key. */
static void note_twin(struct hall *h, struct hall_station *s, const struct introduction *who)
{
    if (!s->met || s->doubled || memcmp(&s->before, &who->recipient, sizeof s->before) != 0)
        return;
    s->doubled = true;
    hall_note(h, "trouble", NULL, s, (struct span){0},
              _("two machines use the key of this station: switch one of them off"));
}

int hall_hello(struct hall *h, const struct introduction *who, const struct minisign_public *key,
               struct api_hello *ret, struct err *e)
{
    uint8_t name[JOURNAL_STATION_KEY];
    seal_station_key(key, name);
    int r = check_name(h, who, name, e);
    if (r < 0)
        return r;
    struct hall_station *s = hall_station_with_key(h, name);
    if (!s) {
        s = hall_add_station(h, who->name, name);
        s->admitted = h->options.admit;
        hall_note(h, s->admitted ? "admitted" : "asks", NULL, s, span_of(s->key, sizeof s->key), "");
    }
    if (!s->met || memcmp(&s->recipient, &who->recipient, sizeof s->recipient) != 0) {
        note_twin(h, s, who);
        hall_commands_anew(s);
        s->before = s->recipient;
    }
    s->met = true;
    hall_heard(h, s);
    memcpy(s->tls, who->tls, sizeof s->tls);
    s->recipient = who->recipient;
    *ret = (struct api_hello){
        .admitted = s->admitted, .session = h->room->roster->session, .wall_ms = h->room->now.wall_ms};
    memcpy(ret->package, package_hash(h->room->package), sizeof ret->package);
    return 0;
}

/* ---- news ---- */

static void take_seats(struct hall *h, struct hall_station *s, const struct api_state *state)
{
    free(s->told);
    s->told = mem_alloc((state->n + 1) * sizeof *s->told);
    s->n_told = 0;
    for (size_t i = 0; i < state->n; i++) {
        struct seat *seat = NULL;
        if (room_seat(h->room, state->seat[i].ticket, &seat, NULL) < 0)
            continue;
        s->told[s->n_told++] = (struct hall_told){.seat = seat,
                                                  .connected = state->seat[i].connected,
                                                  .epoch = state->seat[i].epoch,
                                                  .seq = state->seat[i].seq,
                                                  .spilled = state->seat[i].spilled};
        struct hall_sitting *sitting = hall_sitting(seat);
        if (!sitting->at && (state->seat[i].connected || state->seat[i].epoch)) {
            sitting->at = s;
            hall_queue_orders(h, seat);
        }
    }
}

static const char *disk_change(enum control_disk disk)
{
    switch (disk) {
    case CONTROL_DISK_FULL:
        return _("its disk is full");
    case CONTROL_DISK_READ_ONLY:
        return _("its disk cannot be written");
    case CONTROL_DISK_GONE:
        return _("its disk is gone");
    case CONTROL_DISK_FINE:
        break;
    }
    return _("its disk is fine again");
}

static void take_state(struct hall *h, struct hall_station *s, const struct api_state *state)
{
    if (s->asked && s->disk != state->disk)
        hall_note(h, "disk", NULL, s, (struct span){0}, disk_change(state->disk));
    if (strcmp(s->trouble, state->trouble ? state->trouble : "") != 0) {
        free(s->trouble);
        s->trouble = mem_strdup(state->trouble);
        if (s->trouble[0])
            hall_note(h, "trouble", NULL, s, (struct span){0}, s->trouble);
    }
    s->asked = true;
    s->state = state->state;
    s->battery = state->battery;
    s->charging = state->charging;
    s->disk = state->disk;
    s->clock_off_ms = state->wall_ms - h->room->now.wall_ms;
    take_seats(h, s, state);
    hall_clear_station(h, s);
}

static void want_open(struct hall *h, struct hall_station *s)
{
    struct bytes text = {0}, sealed = {0};
    age_identity_text(&h->room->unlock, &text);
    if (age_seal(bytes_span(&text), &s->recipient, 1, &sealed, NULL) == 0) {
        struct hall_command *c = hall_tell(s, API_OPEN, NULL, NULL);
        bytes_add(&c->data, sealed.p, sealed.n);
        bytes_add(&c->more, h->roster.p, h->roster.n);
        hall_note(h, "handed-key", NULL, s, (struct span){0}, "");
    }
    bytes_release(&text);
    bytes_release(&sealed);
}

/* What follows from its state, and needs no memory. */
static void want(struct hall *h, struct hall_station *s)
{
    if (h->room->state == ROOM_CLOSED) {
        if (s->state != ROOM_CLOSED && !hall_has_command(s, API_CLOSE))
            hall_tell(s, API_CLOSE, NULL, NULL);
        return;
    }
    if (!s->asked || !s->admitted)
        return;
    if (s->state == ROOM_LOCKED && !hall_has_command(s, API_OPEN))
        want_open(h, s);
    if (s->state == ROOM_OPEN && h->room->state == ROOM_RUNNING && !hall_has_command(s, API_START))
        hall_tell(s, API_START, NULL, NULL)->value = h->room->started_wall_ms;
}

/* Something of it stands in a copy or in its station's journal, or it was moved: not where somebody has only
 * signed in. */
static bool is_begun(const struct seat *seat)
{
    const struct hall_sitting *sitting = hall_sitting(seat);
    const struct hall_told *told = sitting->at ? hall_told(sitting->at, seat) : NULL;
    struct copies_end end;
    copies_end(seat, &end);
    return end.seq > 0 || end.epoch > 1 || sitting->move_to || (told && told->seq > 0);
}

static void list_begun(const struct hall *h, struct arena *a, struct api_news *ret)
{
    ret->begun = arena_array(a, h->room->n, sizeof *ret->begun);
    for (size_t i = 0; i < h->room->n && ret->n_begun < API_MAX_BEGUN; i++)
        if (is_begun(&h->room->seat[i]))
            ret->begun[ret->n_begun++].ticket = h->room->seat[i].who->ticket;
}

bool hall_news(struct hall *h, struct hall_station *s, const struct api_state *state, bool again,
               struct arena *a, struct api_news *ret)
{
    if (!again) {
        hall_heard(h, s);
        take_state(h, s, state);
        hall_watch_time(h, s);
        hall_commands_done(h, s, state->after);
    }
    want(h, s);
    *ret = (struct api_news){.admitted = s->admitted};
    hall_list_commands(s, a, ret);
    list_begun(h, a, ret);
    bool any = ret->n > 0 || s->fresh_news;
    s->fresh_news = false;
    return any;
}

bool hall_has_news(const struct hall *h, const struct hall_station *s)
{
    if (hall_has_commands(s))
        return true;
    if (h->room->state == ROOM_CLOSED)
        return s->state != ROOM_CLOSED;
    return s->fresh_news || (s->admitted && s->state == ROOM_OPEN && h->room->state == ROOM_RUNNING);
}
