/* SPDX-License-Identifier: Apache-2.0 */
/* What was stored here goes to the room: epoch by epoch, after what the room has acknowledged; several seats
 * in one request, one request at a time. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"

enum {
    MOST_BYTES = 1 << 20, /* after which no further row is added */
    MOST_ROWS = 1000,
    TICK_MS = 15000,         /* the clock of a quiet sitting is sent so often */
    REFUSED_REST_MS = 30000, /* what was refused is offered again */
    FIRST_REST_MS = 1000,    /* a request that moved nothing */
};

/* A request that is being put together. */
struct gathering {
    struct uplink *u;
    struct arena *arena;
    struct api_part part[API_MAX_SITTINGS];
    size_t n, rows, bytes;
    struct journal_stored row[MOST_ROWS];
};

static bool find_epoch(const struct journal *j, int64_t epoch, size_t *ret)
{
    for (size_t i = 0; i < journal_epochs(j); i++)
        if (journal_epoch(j, i)->epoch == epoch) {
            *ret = i;
            return true;
        }
    return false;
}

/* Where to go on: the epoch that is being sent, or the next when the room has all of that. */
static size_t place(const struct journal *j, struct uplink_seat *s)
{
    size_t i = 0;
    int64_t end = 0;
    uint8_t hash[32];
    if (!s->epoch || !find_epoch(j, s->epoch, &i)) {
        s->epoch = journal_epoch(j, 0)->epoch;
        s->seq = 0;
        s->known = false;
        return 0;
    }
    while (s->known && i + 1 < journal_epochs(j) && journal_epoch_end(j, i, &end, hash) && s->seq >= end) {
        s->epoch = journal_epoch(j, ++i)->epoch;
        s->seq = 0;
        s->known = s->sealed = false;
    }
    return i;
}

static int add_row(void *context, const struct journal_stored *row, struct err *e)
{
    struct gathering *g = context;
    (void)e;
    if (g->rows == MOST_ROWS || g->bytes > MOST_BYTES)
        return 1;
    struct journal_stored *to = &g->row[g->rows++];
    *to = *row;
    to->item = arena_strdup(g->arena, row->item);
    to->payload = span_of(arena_copy(g->arena, row->payload.p, row->payload.n), row->payload.n);
    g->bytes += row->payload.n + 256;
    return 0;
}

static void add_rows(struct gathering *g, struct journal *j, const struct uplink_seat *s, struct api_part *p)
{
    size_t before = g->rows;
    p->row = g->row + before;
    if (journal_stored_after(j, s->epoch, s->seq, MOST_ROWS - g->rows, add_row, g, NULL) < 0)
        return; /* the disk: again later */
    p->n = g->rows - before;
}

/* The end that the station signed goes with the last row, or after it. */
static void add_seal(const struct journal *j, size_t i, const struct uplink_seat *s, struct api_part *p)
{
    int64_t seq = p->n ? p->row[p->n - 1].seq : s->seq;
    p->has_seal = !s->sealed && journal_epoch_seal(j, i, &p->seal) && p->seal.seq == seq;
}

static void add_tick(const struct uplink *u, const struct journal *j, size_t i, struct uplink_seat *s,
                     struct api_part *p)
{
    if (i + 1 < journal_epochs(j) || !journal_last_tick(j, &p->tick) || p->tick.used_ms == s->tick_used_ms ||
        (p->n == 0 && uplink_now(u) - s->tick_ms < TICK_MS))
        return;
    p->has_tick = true;
    s->tick_used_ms = p->tick.used_ms;
    s->tick_ms = uplink_now(u);
}

static void gather_seat(struct gathering *g, struct seat *seat)
{
    struct uplink_seat *s = uplink_seat(seat);
    struct journal *j = sitting_store_journal(seat->store);
    struct api_part p = {.ticket = seat->who->ticket};
    size_t i = place(j, s);
    p.start = *journal_epoch(j, i);
    p.has_start = !s->known;
    if (s->known) {
        add_rows(g, j, s, &p);
        add_seal(j, i, s, &p);
        add_tick(g->u, j, i, s, &p);
    }
    if (!p.has_start && !p.n && !p.has_seal && !p.has_tick) {
        s->dirty = false;
        s->tick_ms = uplink_now(g->u);
        return;
    }
    s->sent_seq = p.n ? p.row[p.n - 1].seq : s->seq;
    s->sent_seal = p.has_seal;
    g->part[g->n++] = p;
}

/* A tick is due, or an end was signed since. */
static bool is_due(const struct uplink *u, const struct seat *seat, const struct uplink_seat *s)
{
    const struct journal *j = uplink_journal(seat);
    struct journal_seal seal;
    int64_t quiet_ms = uplink_now(u) - s->tick_ms;
    return s->dirty ||
           (!s->sealed && quiet_ms >= FIRST_REST_MS && journal_epoch_seal(j, journal_epochs(j) - 1, &seal)) ||
           (!sitting_state_ended(seat->session.state) && quiet_ms >= TICK_MS);
}

static bool has_something(const struct uplink *u, struct seat *seat)
{
    if (!seat->store)
        return false;
    const struct uplink_seat *s = uplink_seat(seat);
    return s->rest_ms <= uplink_now(u) && is_due(u, seat, s);
}

void uplink_send_rows(struct uplink *u)
{
    struct gathering g = {.u = u};
    struct bytes body = {0};
    size_t n = u->room->n;
    if (uplink_now(u) < u->rows_rest_ms)
        return;
    g.arena = arena_new();
    for (size_t i = 0; i < n && g.n < API_MAX_SITTINGS && g.rows < MOST_ROWS && g.bytes <= MOST_BYTES; i++) {
        struct seat *seat = &u->room->seat[(u->first + i) % n];
        if (has_something(u, seat))
            gather_seat(&g, seat);
    }
    if (n)
        u->first = (u->first + 1) % n;
    if (g.n) {
        api_put_rows(&(struct api_rows){g.part, g.n}, &body);
        uplink_call(u, CALL_ROWS, "/1/rows", bytes_span(&body), UPLINK_LAST_PAUSE_MS, NULL);
    }
    bytes_release(&body);
    arena_free(g.arena);
}

int64_t uplink_rows_wait_ms(const struct uplink *u)
{
    int64_t wait = TICK_MS, now = uplink_now(u);
    for (size_t i = 0; i < u->room->n; i++) {
        const struct seat *seat = &u->room->seat[i];
        const struct uplink_seat *s = seat->attached;
        if (!s || !seat->store || !is_due(u, seat, s))
            continue;
        int64_t rest = s->rest_ms > u->rows_rest_ms ? s->rest_ms - now : u->rows_rest_ms - now;
        wait = rest < wait ? rest : wait;
    }
    return wait;
}

bool uplink_all_sent(const struct uplink *u)
{
    for (size_t i = 0; i < u->room->n; i++) {
        const struct seat *seat = &u->room->seat[i];
        const struct uplink_seat *s = seat->attached;
        if (s && seat->store && !s->refused[0] && (s->sent_seq >= 0 || s->dirty))
            return false;
    }
    return true;
}

/* ---- what the room has ---- */

static void tell(const struct uplink *u, struct seat *seat, int64_t epoch, int64_t seq)
{
    const struct link_kept kept = {.epoch = epoch, .seq = seq, .reachable = u->reachable};
    if (seat->kept.epoch == kept.epoch && seat->kept.seq == kept.seq &&
        seat->kept.reachable == kept.reachable)
        return;
    seat->kept = kept;
    line_tell_kept(seat);
}

void uplink_tell_reachable(struct uplink *u)
{
    for (size_t i = 0; i < u->room->n; i++)
        tell(u, &u->room->seat[i], u->room->seat[i].kept.epoch, u->room->seat[i].kept.seq);
}

static void rest(struct uplink *u, struct uplink_seat *s, int64_t ms)
{
    s->rest_ms = uplink_now(u) + ms;
}

static void refused(struct uplink *u, struct seat *seat, struct uplink_seat *s, const char *why)
{
    if (strcmp(s->refused, why) != 0 && why[0])
        room_note(u->room, "room-refuses", seat, "%s", why);
    snprintf(s->refused, sizeof s->refused, "%s", why);
    if (why[0])
        rest(u, s, REFUSED_REST_MS);
}

/* A room that says to have more than there is, or to have lost what it had, is believed no further than what
 * can be sent again. */
static void take_one(struct uplink *u, struct seat *seat, const struct api_kept_sitting *k)
{
    struct uplink_seat *s = uplink_seat(seat);
    const struct journal *j = uplink_journal(seat);
    size_t i = 0;
    int64_t end = 0;
    uint8_t hash[32];
    if (s->sent_seq < 0 || k->epoch != s->epoch || !find_epoch(j, k->epoch, &i) ||
        !journal_epoch_end(j, i, &end, hash))
        return;
    int64_t seq = k->seq < 0 ? 0 : k->seq > end ? end : k->seq;
    bool moved = !s->known || seq != s->seq || (s->sent_seal && !s->sealed);
    refused(u, seat, s, k->refused);
    if (!k->refused[0]) {
        if ((!moved && s->sent_seq > seq) || (s->known && seq < s->seq))
            rest(u, s, FIRST_REST_MS);
        s->known = true;
        s->sealed = s->sealed || (s->sent_seal && seq >= s->sent_seq);
    }
    s->seq = seq;
    s->sent_seq = -1;
    if (i + 1 == journal_epochs(j) || seat->kept.epoch <= k->epoch)
        tell(u, seat, k->epoch, seq);
}

void uplink_take_kept(struct uplink *u, const struct carry_reply *reply)
{
    struct arena *a = arena_new();
    struct api_kept kept;
    struct err e = {0};
    if (reply->status == 409 || reply->status == 413) { /* not now: it says so to everything */
        uplink_rows_lost(u);
        u->rows_rest_ms = uplink_now(u) + FIRST_REST_MS;
    } else if (reply->status != 200) {
        uplink_rows_lost(u);
        uplink_lost(u, reply->error[0] ? reply->error : _("the room service does not take what is sent"));
    } else if (api_get_kept(reply->body, a, &kept, &e) < 0) {
        uplink_rows_lost(u);
        uplink_lost(u, e.what);
    } else {
        for (size_t i = 0; i < kept.n; i++) {
            struct seat *seat = NULL;
            if (room_seat(u->room, kept.sitting[i].ticket, &seat, NULL) == 0 && seat->store)
                take_one(u, seat, &kept.sitting[i]);
        }
        uplink_rows_lost(u); /* what it did not answer for */
    }
    arena_free(a);
}

void uplink_rows_lost(struct uplink *u)
{
    for (size_t i = 0; i < u->room->n; i++) {
        struct uplink_seat *s = u->room->seat[i].attached;
        if (!s || s->sent_seq < 0)
            continue;
        s->sent_seq = -1;
        s->dirty = true;
        if (u->reachable)
            rest(u, s, FIRST_REST_MS);
    }
}

void uplink_rows_anew(struct uplink *u)
{
    for (size_t i = 0; i < u->room->n; i++) {
        struct seat *seat = &u->room->seat[i];
        struct uplink_seat *s = uplink_seat(seat);
        if (!seat->store && room_refresh(u->room, seat, NULL) < 0)
            continue;
        s->epoch = s->seq = s->rest_ms = 0;
        s->known = s->sealed = false;
        s->dirty = true;
        s->refused[0] = '\0';
    }
}
