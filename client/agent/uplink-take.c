/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting that goes on here: what the room has of it, then an epoch of this machine, whose first event is
 * the re-seat with the room's order. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"
#include "exam-packages/journal-order.h"

static void station_key_of(const struct room *r, uint8_t ret[JOURNAL_STATION_KEY])
{
    struct minisign_public key;
    minisign_secret_public(&r->key, &key);
    memcpy(ret, "Ed", 2);
    memcpy(ret + 2, key.id, sizeof key.id);
    memcpy(ret + 10, key.pk, sizeof key.pk);
}

int uplink_read_order(struct uplink *u, struct span packed, struct arena *a, struct journal_order *ret,
                      struct seat **ret_seat, struct err *e)
{
    const struct room *r = u->room;
    struct journal_signed_order signed_order;
    int result = journal_order_read(ret, &signed_order, a, packed, e);
    if (result == 0)
        result = journal_order_trusted(&signed_order, r->trust, r->station->site, r->station->room, e);
    if (result == 0 && (!r->roster || strcmp(ret->session, r->roster->session) != 0))
        result = err_set(e, ERR_NO, ret->ticket, _("the order is for another session"));
    return result < 0 ? result : room_seat(u->room, ret->ticket, ret_seat, e);
}

static int check_order(const struct uplink *u, const struct seat *seat, const struct seat *named,
                       const struct journal_order *o, struct err *e)
{
    uint8_t own[JOURNAL_STATION_KEY];
    station_key_of(u->room, own);
    if (named != seat || o->kind != JOURNAL_RESEAT || memcmp(o->station, own, sizeof own) != 0)
        return err_set(e, ERR_NO, seat->who->ticket, _("the order does not let this sitting go on here"));
    return 0;
}

static int check_part(const struct room *r, const struct seat *seat, const struct api_part *p, struct err *e)
{
    const struct journal_epoch *s = &p->start;
    if (strcmp(p->ticket, seat->who->ticket) == 0 &&
        (!p->has_start || (strcmp(s->session, r->roster->session) == 0 && strcmp(s->ticket, p->ticket) == 0 &&
                           strcmp(s->form, seat->who->form) == 0 &&
                           memcmp(s->package, package_hash(r->package), sizeof s->package) == 0)))
        return 0;
    return err_set(e, ERR_DATA, seat->who->ticket,
                   _("what the room gave belongs to another sitting or package"));
}

static int take_part(const struct room *r, struct journal *j, const struct api_part *p, struct err *e)
{
    int64_t seq;
    int result = p->has_start ? journal_take_epoch(j, &p->start, e) : 0;
    if (result == 0)
        result = journal_unseal(j, &r->unlock, 1, e);
    if (result == 0 && p->n)
        result = journal_take(j, p->row, p->n, &seq, e);
    if (result == 0 && p->has_tick)
        result = journal_take_tick(j, &p->tick, e);
    return result;
}

/* The room has it exactly up to where the order forks. */
static int check_fork(const struct seat *seat, const struct journal *j, const struct journal_order *o,
                      struct err *e)
{
    uint8_t hash[32] = {0};
    int64_t seq = -1;
    size_t last = journal_epochs(j) - 1;
    if (journal_epoch(j, last)->epoch == o->fork_epoch && journal_epoch_end(j, last, &seq, hash) &&
        seq >= o->fork_seq && (seq > o->fork_seq || seq == 0 || memcmp(hash, o->fork_hash, sizeof hash) == 0))
        return 0;
    return err_set(e, ERR_DATA, seat->who->ticket,
                   _("what the room gave does not reach to where the order goes on"));
}

/* How far a journal goes; nothing where there is none. */
struct place {
    int64_t epoch, seq;
};

static struct place end_of(const struct journal *j)
{
    struct place end = {0};
    uint8_t hash[32];
    if (!j)
        return end;
    end.epoch = journal_epoch(j, journal_epochs(j) - 1)->epoch;
    if (!journal_epoch_end(j, journal_epochs(j) - 1, &end.seq, hash))
        end.seq = 0;
    return end;
}

static bool is_before(struct place a, struct place b)
{
    return a.epoch < b.epoch || (a.epoch == b.epoch && a.seq < b.seq);
}

/* Begun here already, as the answer to an earlier claim. */
static bool has_begun(const struct journal *j, const struct journal_order *o,
                      const uint8_t own[JOURNAL_STATION_KEY])
{
    const struct journal_epoch *last = journal_epoch(j, journal_epochs(j) - 1);
    return last->epoch == o->fork_epoch + 1 && memcmp(last->station, own, JOURNAL_STATION_KEY) == 0;
}

/* Start and re-seat in one step: after a power cut both are there, or neither. */
static int begin_epoch(struct room *r, struct seat *seat, const struct journal_order *o, struct span order,
                       struct err *e)
{
    struct journal_epoch fork = {.fork_epoch = o->fork_epoch, .fork_seq = o->fork_seq}, start;
    struct bytes age = {0};
    uint8_t own[JOURNAL_STATION_KEY];
    station_key_of(r, own);
    if (has_begun(uplink_journal(seat), o, own))
        return 0;
    int result = check_fork(seat, uplink_journal(seat), o, e);
    memcpy(fork.fork_hash, o->fork_hash, sizeof fork.fork_hash);
    if (result == 0)
        result = room_epoch(r, seat, &fork, &start, &age, e);
    if (result == 0)
        result = sitting_store_begin_epoch(seat->store, &seat->session, &start, &r->unlock, order, &r->key,
                                           &r->now, e);
    bytes_release(&age);
    room_forget(r, seat);
    return result < 0 ? result : room_refresh(r, seat, e);
}

bool uplink_is_own(const struct uplink *u, const struct seat *seat)
{
    const struct journal *j = uplink_journal(seat);
    uint8_t own[JOURNAL_STATION_KEY];
    station_key_of(u->room, own);
    return !j || memcmp(journal_epoch(j, journal_epochs(j) - 1)->station, own, sizeof own) == 0;
}

static int take_all(const struct room *r, const struct seat *seat, const struct api_rows *rows, struct err *e)
{
    struct journal *j = NULL;
    int result = 0;
    if (rows->n == 0)
        return err_set(e, ERR_DATA, seat->who->ticket, _("the room gave nothing of this sitting"));
    for (size_t i = 0; i < rows->n && result == 0; i++)
        result = check_part(r, seat, &rows->part[i], e);
    if (result == 0 && !file_exists(seat->path))
        result = rows->part[0].has_start
                     ? journal_create(seat->path, &rows->part[0].start, NULL, e)
                     : err_set(e, ERR_DATA, seat->who->ticket, _("what the room gave lacks its beginning"));
    if (result == 0)
        result = journal_open(&j, seat->path, NULL, NULL, e);
    for (size_t i = 0; i < rows->n && result == 0; i++)
        result = take_part(r, j, &rows->part[i], e);
    journal_close(j);
    return result;
}

int uplink_take_over(struct uplink *u, struct seat *seat, const struct api_claimed *claimed, struct err *e)
{
    struct arena *a = arena_new();
    struct journal_order order;
    struct seat *named = NULL;
    const struct place before = end_of(uplink_journal(seat));
    int r = uplink_read_order(u, claimed->order, a, &order, &named, e);
    if (r == 0)
        r = check_order(u, seat, named, &order, e);
    if (r == 0) {
        room_forget(u->room, seat);
        r = take_all(u->room, seat, &claimed->rows, e);
    }
    if (r == 0)
        r = room_refresh(u->room, seat, e);
    if (r == 0) {
        const struct place fork = {order.fork_epoch, order.fork_seq}, here = end_of(uplink_journal(seat));
        bool more = is_before(here, fork) && is_before(before, here);
        r = more ? UPLINK_MORE : begin_epoch(u->room, seat, &order, claimed->order, e);
    }
    if (r == 0)
        uplink_seat(seat)->dirty = true;
    arena_free(a);
    return r;
}
