/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: signed, noted, queued to the station that has the sitting, and pending until their act stands in
 * the room's copy. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"
#include "client/room/seal.h"

int hall_sign_order(struct hall *h, const struct seat *seat, const struct hall_giving *g, struct bytes *out,
                    struct err *e)
{
    uint8_t random[JOURNAL_SERIAL / 2];
    char serial[JOURNAL_SERIAL + 1];
    struct minisign_public own;
    struct copies_end end;
    struct journal_order order = {.kind = g->kind,
                                  .session = h->room->roster->session,
                                  .ticket = seat->who->ticket,
                                  .serial = serial,
                                  .value = g->value,
                                  .wall_ms = h->room->now.wall_ms,
                                  .reason = g->reason};
    randombytes_buf(random, sizeof random);
    hex_encode(serial, random, sizeof random);
    if (g->kind == JOURNAL_RESEAT) {
        copies_end(seat, &end);
        order.fork_epoch = end.epoch;
        order.fork_seq = end.seq;
        memcpy(order.fork_hash, end.head, sizeof order.fork_hash);
        minisign_secret_public(&h->room->key, &own);
        if (g->to)
            memcpy(order.station, g->to->key, sizeof order.station);
        else
            seal_station_key(&own, order.station);
    }
    return journal_order_sign(&order, &h->room->key, &h->room->chain, out, e);
}

void hall_order_free(struct hall_order *o)
{
    bytes_release(&o->packed);
    free(o);
}

static int add(struct hall *h, struct seat *seat, struct span packed, int64_t minute, struct err *e)
{
    struct arena *a = arena_new();
    struct journal_order order;
    int r = journal_order_read(&order, NULL, a, packed, e);
    if (r == 0) {
        struct hall_order *o = mem_alloc(sizeof *o), **at = &h->order;
        *o = (struct hall_order){.minute = minute, .seat = seat, .kind = order.kind};
        memcpy(o->serial, order.serial, JOURNAL_SERIAL);
        bytes_add(&o->packed, packed.p, packed.n);
        while (*at)
            at = &(*at)->next;
        *at = o;
    }
    arena_free(a);
    return r;
}

static const char *kind_word(enum journal_kind kind)
{
    switch (kind) {
    case JOURNAL_EXTRA_TIME:
        return "extra-time";
    case JOURNAL_PAUSE:
        return "pause";
    case JOURNAL_CONTINUE:
        return "continue";
    case JOURNAL_VIOLATION:
        return "breach";
    case JOURNAL_FORCED_END:
        return "force-end";
    default:
        return "order";
    }
}

int hall_load_order(struct hall *h, const struct minute *m, struct err *e)
{
    struct seat *seat = NULL;
    int r = room_seat(h->room, m->shown.ticket, &seat, e);
    return r < 0 ? r : add(h, seat, m->data, m->shown.number, e);
}

static void queue(struct hall_order *o, struct hall_station *s)
{
    struct hall_command *c = hall_tell(s, API_ORDER, o->seat, NULL);
    bytes_add(&c->data, o->packed.p, o->packed.n);
}

int hall_order(struct hall *h, struct seat *seat, const struct hall_giving *g, struct err *e)
{
    struct bytes packed = {0};
    int r = hall_sign_order(h, seat, g, &packed, e);
    if (r == 0) {
        const struct minute m = {
            .shown = {.wall_ms = h->room->now.wall_ms,
                      .kind = "order",
                      .ticket = seat->who->ticket,
                      .station = hall_sitting(seat)->at ? hall_sitting(seat)->at->name : "",
                      .text = kind_word(g->kind)},
            .value = g->value,
            .data = bytes_span(&packed)};
        if (minutes_add(h->room->minutes, &m) != 0)
            hall_note(h, "disk", NULL, NULL, (struct span){0}, _("the room's own disk refuses to write"));
        r = add(h, seat, bytes_span(&packed), minutes_last(h->room->minutes), e);
    }
    bytes_release(&packed);
    if (r == 0 && hall_sitting(seat)->at) {
        struct hall_order *o = h->order;
        while (o->next)
            o = o->next;
        queue(o, hall_sitting(seat)->at);
    }
    return r;
}

void hall_queue_orders(struct hall *h, struct seat *seat)
{
    for (struct hall_order *o = h->order; o; o = o->next)
        if (o->seat == seat && hall_sitting(seat)->at)
            queue(o, hall_sitting(seat)->at);
}

bool hall_is_pending(const struct hall *h, const struct seat *seat)
{
    for (const struct hall_order *o = h->order; o; o = o->next)
        if (o->seat == seat)
            return true;
    return false;
}

static void remove_order(struct hall *h, struct hall_order *gone)
{
    struct hall_order **at = &h->order;
    while (*at != gone)
        at = &(*at)->next;
    *at = gone->next;
    minutes_done(h->room->minutes, gone->minute);
    hall_order_free(gone);
}

/* What is left of them when the sitting has ended comes too late. */
void hall_settle_orders(struct hall *h, struct seat *seat)
{
    bool ended = sitting_state_ended(seat->session.state);
    for (struct hall_order *o = h->order, *next; o; o = next) {
        next = o->next;
        if (o->seat != seat)
            continue;
        bool done = seat->store && sitting_store_has_serial(seat->store, o->serial);
        if (!done && ended)
            hall_note(h, "too-late", seat, hall_sitting(seat)->at, (struct span){0}, kind_word(o->kind));
        if (done || ended)
            remove_order(h, o);
    }
}

int hall_act(void *self, struct seat *seat, enum journal_kind kind, int64_t value, const char *reason,
             struct err *e)
{
    const struct hall_giving g = {.kind = kind, .value = value, .reason = reason};
    return hall_order(self, seat, &g, e);
}

enum sitting_state hall_ordered(void *self, const struct seat *seat)
{
    const struct hall *h = self;
    enum sitting_state state = seat->session.state;
    for (const struct hall_order *o = h->order; o; o = o->next)
        if (o->seat != seat || sitting_state_ended(state) || state == SITTING_NEW)
            continue;
        else if (o->kind == JOURNAL_PAUSE)
            state = SITTING_PAUSED;
        else if (o->kind == JOURNAL_CONTINUE)
            state = SITTING_ANSWERING;
        else if (o->kind == JOURNAL_FORCED_END)
            state = SITTING_FORCED_END;
    return state;
}
