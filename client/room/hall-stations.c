/* SPDX-License-Identifier: Apache-2.0 */
/* The stations of a room: who they are, how they are, what they are to do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"
#include "client/room/seal.h"

struct hall_station *hall_station_named(const struct hall *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (strcmp(h->station[i]->name, name) == 0)
            return h->station[i];
    return NULL;
}

struct hall_station *hall_station_with_key(const struct hall *h, const uint8_t key[JOURNAL_STATION_KEY])
{
    for (size_t i = 0; i < h->n; i++)
        if (memcmp(h->station[i]->key, key, JOURNAL_STATION_KEY) == 0)
            return h->station[i];
    return NULL;
}

struct hall_station *hall_station_of(struct hall *h, const uint8_t tls[INTRODUCTION_TLS_KEY])
{
    for (size_t i = 0; i < h->n; i++)
        if (h->station[i]->met && memcmp(h->station[i]->tls, tls, INTRODUCTION_TLS_KEY) == 0)
            return h->station[i];
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const struct hall_station *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

struct hall_station *hall_add_station(struct hall *h, const char *name,
                                      const uint8_t key[JOURNAL_STATION_KEY])
{
    struct hall_station *s = mem_alloc(sizeof *s);
    *s = (struct hall_station){.name = mem_strdup(name), .battery = -1, .trouble = mem_strdup("")};
    memcpy(s->key, key, JOURNAL_STATION_KEY);
    h->station = mem_grow(h->station, h->n + 1, sizeof *h->station);
    h->station[h->n++] = s;
    qsort(h->station, h->n, sizeof *h->station, by_name);
    return s;
}

static void command_free(struct hall_command *c)
{
    free(c->ticket);
    free(c->text);
    bytes_release(&c->data);
    bytes_release(&c->more);
    free(c);
}

static void drop_commands(struct hall_station *s)
{
    for (struct hall_command *c = s->first, *next; c; c = next) {
        next = c->next;
        command_free(c);
    }
    s->first = NULL;
}

void hall_station_free(struct hall_station *s)
{
    drop_commands(s);
    free(s->name);
    free(s->trouble);
    free(s->told);
    free(s);
}

struct hall_command *hall_tell(struct hall_station *s, enum api_command_kind kind, const struct seat *seat,
                               const char *text)
{
    struct hall_command *c = mem_alloc(sizeof *c), **at = &s->first;
    *c = (struct hall_command){.kind = kind,
                               .ticket = mem_strdup(seat ? seat->who->ticket : CONTROL_ALL),
                               .text = mem_strdup(text ? text : "")};
    while (*at)
        at = &(*at)->next;
    *at = c;
    return c;
}

static bool has_command(const struct hall_station *s, enum api_command_kind kind)
{
    for (const struct hall_command *c = s->first; c; c = c->next)
        if (c->kind == kind)
            return true;
    return false;
}

int64_t hall_silent_ms(const struct hall *h, const struct hall_station *s)
{
    if (!s->heard_mono_ms)
        return h->room->now.mono_ms;
    int64_t since = h->room->now.mono_ms - s->heard_mono_ms;
    return since > HALL_SILENT_MS ? since : 0;
}

void hall_heard(struct hall *h, struct hall_station *s)
{
    int64_t silent = s->heard_mono_ms ? hall_silent_ms(h, s) : 0;
    char text[100];
    if (silent) {
        snprintf(text, sizeof text, _("no sign of it for %lld s"), (long long)silent / 1000);
        hall_note(h, "silent", NULL, s, (struct span){0}, text);
    }
    s->heard_mono_ms = h->room->now.mono_ms;
}

bool hall_answers(const struct hall *h, const struct hall_station *s)
{
    return s->met && s->heard_mono_ms && h->room->now.mono_ms - s->heard_mono_ms <= HALL_SILENT_MS;
}

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

/* A new run of its agent: what was sent and not carried out goes out once more; the key of the session is
 * asked for anew. */
static void begin_anew(struct hall_station *s)
{
    struct hall_command **at = &s->first;
    while (*at) {
        struct hall_command *c = *at;
        c->number = 0;
        if (c->kind != API_OPEN && c->kind != API_START) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        command_free(c);
    }
    s->last = 0;
}

/* An agent's recipient is new with each run: one that comes back is another machine with the same key. */
static void note_twin(struct hall *h, struct hall_station *s, const struct introduction *who)
{
    if (!s->met || s->doubled || memcmp(&s->before, &who->recipient, sizeof s->before) != 0)
        return;
    s->doubled = true;
    hall_note(h, "trouble", NULL, s, (struct span){0}, _("two machines use the key of this station: switch one of them off"));
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
        begin_anew(s);
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

static const char *disk_text(enum control_disk disk)
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
        hall_note(h, "disk", NULL, s, (struct span){0}, disk_text(state->disk));
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

/* What the station has carried out is taken off its list. */
static void drop_done(struct hall *h, struct hall_station *s, int64_t after)
{
    struct hall_command **at = &s->first;
    while (*at) {
        struct hall_command *c = *at;
        if (!c->number || c->number > after) {
            at = &c->next;
            continue;
        }
        if (c->minute)
            minutes_done(h->room->minutes, c->minute);
        if (c->kind == API_CLOSE)
            s->state = ROOM_CLOSED;
        *at = c->next;
        command_free(c);
    }
    if (after > s->last)
        s->last = after;
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
        if (s->state != ROOM_CLOSED && !has_command(s, API_CLOSE))
            hall_tell(s, API_CLOSE, NULL, NULL);
        return;
    }
    if (!s->asked || !s->admitted)
        return;
    if (s->state == ROOM_LOCKED && !has_command(s, API_OPEN))
        want_open(h, s);
    if (s->state == ROOM_OPEN && h->room->state == ROOM_RUNNING && !has_command(s, API_START))
        hall_tell(s, API_START, NULL, NULL)->value = h->room->started_wall_ms;
}

static bool may_have(const struct hall_station *s, const struct hall_command *c)
{
    return s->admitted || c->kind == API_CLOSE;
}

static void list(struct hall_station *s, struct arena *a, struct api_news *ret)
{
    size_t n = 0;
    for (const struct hall_command *c = s->first; c; c = c->next)
        n += may_have(s, c);
    if (n > API_MAX_COMMANDS)
        n = API_MAX_COMMANDS;
    ret->command = arena_array(a, n + 1, sizeof *ret->command);
    for (struct hall_command *c = s->first; c && ret->n < n; c = c->next) {
        if (!may_have(s, c))
            continue;
        if (!c->number)
            c->number = ++s->last;
        ret->command[ret->n++] = (struct api_command){.number = c->number,
                                                      .kind = c->kind,
                                                      .ticket = c->ticket,
                                                      .text = c->text,
                                                      .value = c->value,
                                                      .data = bytes_span(&c->data),
                                                      .more = bytes_span(&c->more)};
    }
}

bool hall_news(struct hall *h, struct hall_station *s, const struct api_state *state, bool again,
               struct arena *a, struct api_news *ret)
{
    if (!again) {
        hall_heard(h, s);
        take_state(h, s, state);
        hall_watch_time(h, s);
        drop_done(h, s, state->after);
    }
    want(h, s);
    *ret = (struct api_news){.admitted = s->admitted};
    list(s, a, ret);
    bool any = ret->n > 0 || s->fresh_news;
    s->fresh_news = false;
    return any;
}

bool hall_has_news(const struct hall *h, const struct hall_station *s)
{
    for (const struct hall_command *c = s->first; c; c = c->next)
        if (may_have(s, c))
            return true;
    if (h->room->state == ROOM_CLOSED)
        return s->state != ROOM_CLOSED;
    return s->fresh_news || (s->admitted && s->state == ROOM_OPEN && h->room->state == ROOM_RUNNING);
}

bool hall_is_awaited(const struct hall *h)
{
    for (size_t i = 0; i < h->n; i++)
        if (hall_answers(h, h->station[i]) && h->station[i]->asked && h->station[i]->state != ROOM_CLOSED)
            return true;
    return false;
}

const struct hall_told *hall_told(const struct hall_station *s, const struct seat *seat)
{
    for (size_t i = 0; s && i < s->n_told; i++)
        if (s->told[i].seat == seat)
            return &s->told[i];
    return NULL;
}
