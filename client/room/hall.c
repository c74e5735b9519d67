/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/hall.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/room/hall-internal.h"

struct hall_sitting *hall_sitting(const struct seat *seat)
{
    return seat->attached;
}

int64_t hall_note(struct hall *h, const char *kind, const struct seat *seat, const struct hall_station *s,
                  struct span data, const char *text)
{
    const struct minute m = {.shown = {.wall_ms = h->room->now.wall_ms,
                                       .kind = kind,
                                       .ticket = seat ? seat->who->ticket : "",
                                       .station = s ? s->name : "",
                                       .text = text},
                             .data = data};
    if (room_may_note(h->room, kind, m.shown.ticket, m.shown.station))
        minutes_add(h->room->minutes, &m);
    return minutes_last(h->room->minutes);
}

/* ---- opening ---- */

static void view_people(struct roster *to, const struct roster *from, const struct station *own)
{
    to->candidate = arena_array(to->arena, from->n_candidates + 1, sizeof *to->candidate);
    to->rater = arena_array(to->arena, from->n_raters + 1, sizeof *to->rater);
    for (size_t i = 0; i < from->n_candidates; i++)
        if (strcmp(from->candidate[i].site, own->site) == 0 &&
            strcmp(from->candidate[i].room, own->room) == 0)
            to->candidate[to->n_candidates++] = from->candidate[i];
    for (size_t i = 0; i < from->n_raters; i++)
        if (strcmp(from->rater[i].site, own->site) == 0 && strcmp(from->rater[i].room, own->room) == 0)
            to->rater[to->n_raters++] = from->rater[i];
}

/* What a station needs of the roster: this room's candidates and raters, no secret. */
static int room_view(struct hall *h, struct err *e)
{
    const struct roster *from = h->room->roster;
    const struct station *own = h->room->station;
    const struct roster_room *room = roster_find_room(from, own->site, own->room);
    struct roster *to = roster_new();
    int r = room ? 0 : err_set(e, ERR_DATA, own->room, _("the list of candidates does not have this room"));
    to->session = from->session;
    to->site = "";
    to->number = from->number;
    to->room = arena_array(to->arena, 1, sizeof *to->room);
    view_people(to, from, own);
    if (r == 0) {
        to->room[to->n_rooms++] = (struct roster_room){.site = room->site,
                                                       .id = room->id,
                                                       .name = room->name,
                                                       .seats = room->seats,
                                                       .benches = room->benches};
        r = roster_write(to, &h->roster, e);
    }
    roster_free(to);
    return r;
}

static int introduce(struct hall *h, struct err *e)
{
    const struct station *own = h->room->station;
    struct introduction who = {.of_room = true, .name = own->name, .site = own->site, .room = own->room};
    int r = introduction_tls_seed(&h->room->key, &h->tls_seed, who.tls, e);
    return r < 0 ? r : introduction_make(&who, &h->room->key, &h->room->chain, &h->introduction, e);
}

static void remember_station(struct hall *h, const struct minute *m, const char *kind)
{
    struct hall_station *s = hall_station_named(h, m->shown.station);
    if (!s && m->data.n == JOURNAL_STATION_KEY)
        s = hall_add_station(h, m->shown.station, m->data.p);
    if (s)
        s->admitted = strcmp(kind, "admitted") == 0;
}

static int remember_reseat(struct hall *h, struct hall_sitting *sitting, const struct minute *m,
                           struct err *e)
{
    struct arena *a = arena_new();
    struct journal_order order;
    int r = journal_order_read(&order, NULL, a, m->data, e);
    if (r == 0) {
        bytes_clear(&sitting->reseat);
        bytes_add(&sitting->reseat, m->data.p, m->data.n);
        sitting->reseat_minute = m->shown.number;
        sitting->reseat_to = hall_station_with_key(h, order.station);
        sitting->reseat_epoch = order.fork_epoch;
        sitting->reseat_seq = order.fork_seq;
    }
    arena_free(a);
    return r;
}

static int remember(struct hall *h, const struct minute *m, struct err *e)
{
    const char *kind = m->shown.kind;
    struct seat *seat = NULL;
    if (strcmp(kind, "admitted") == 0 || strcmp(kind, "asks") == 0 || strcmp(kind, "sent-away") == 0)
        remember_station(h, m, kind);
    h->clearing = h->clearing || strcmp(kind, "cleared") == 0;
    if (m->done || !m->shown.ticket[0] || room_seat(h->room, m->shown.ticket, &seat, NULL) < 0)
        return 0;
    struct hall_sitting *sitting = hall_sitting(seat);
    if (strcmp(kind, "order") == 0)
        return hall_load_order(h, m, e);
    if (strcmp(kind, "reseat-order") == 0)
        return remember_reseat(h, sitting, m, e);
    if (strcmp(kind, "reseat") != 0)
        return 0;
    free(sitting->move_to);
    free(sitting->move_reason);
    sitting->move_to = mem_strdup(m->shown.station);
    sitting->move_reason = mem_strdup(m->shown.text);
    sitting->move_minute = m->shown.number;
    return 0;
}

static int remember_all(struct hall *h, struct err *e)
{
    struct arena *a = arena_new();
    struct minute *m = NULL;
    size_t n = 0;
    int r = minutes_find(h->room->minutes, &(struct minutes_query){0}, a, &m, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = remember(h, &m[i], e);
    arena_free(a);
    return r;
}

/* The copy says where each sat last. */
static int find_places(struct hall *h, struct err *e)
{
    for (size_t i = 0; i < h->room->n; i++) {
        struct seat *seat = &h->room->seat[i];
        struct copies_end end;
        char *beside = copies_beside(h->room, seat);
        hall_sitting(seat)->beside = beside != NULL;
        free(beside);
        if (room_refresh(h->room, seat, e) < 0 && !seat->trouble[0])
            return -ERR_ENV;
        copies_end(seat, &end);
        if (end.epoch)
            hall_sitting(seat)->at = hall_station_with_key(h, end.station);
        hall_queue_orders(h, seat);
        hall_settle_orders(h, seat);
    }
    return 0;
}

/* Where it sits or sat last. */
static const char *place(void *self, const struct seat *seat)
{
    const struct hall_sitting *s = hall_sitting(seat);
    (void)self;
    return s && s->at ? s->at->name : NULL;
}

int hall_begin(struct hall **ret, struct room *room, const struct hall_options *o, struct err *e)
{
    struct hall *h = mem_alloc(sizeof *h);
    *h = (struct hall){.room = room, .options = *o};
    room->hooks = (struct room_hooks){.self = h,
                                      .request = hall_request,
                                      .left = hall_left,
                                      .act = hall_act,
                                      .ordered = hall_ordered,
                                      .place = place,
                                      .fault = hall_fault,
                                      .status = hall_status};
    for (size_t i = 0; i < room->n; i++)
        room->seat[i].attached = mem_alloc(sizeof(struct hall_sitting));
    int r = room_view(h, e);
    if (r == 0)
        r = introduce(h, e);
    if (r == 0)
        r = remember_all(h, e);
    if (r == 0)
        r = find_places(h, e);
    if (r < 0) {
        hall_free(h);
        return r;
    }
    *ret = h;
    return 0;
}

static void sitting_free(struct hall_sitting *s)
{
    if (!s)
        return;
    free(s->move_to);
    free(s->move_reason);
    bytes_release(&s->reseat);
    free(s);
}

void hall_free(struct hall *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->room->n; i++) {
        sitting_free(h->room->seat[i].attached);
        h->room->seat[i].attached = NULL;
    }
    for (size_t i = 0; i < h->n; i++)
        hall_station_free(h->station[i]);
    for (struct hall_order *o = h->order, *next; o; o = next) {
        next = o->next;
        hall_order_free(o);
    }
    h->room->hooks = (struct room_hooks){0};
    free(h->station);
    bytes_release(&h->introduction);
    bytes_release(&h->roster);
    secret_free(&h->tls_seed);
    free(h);
}

const struct secret *hall_tls_seed(const struct hall *h)
{
    return &h->tls_seed;
}
