/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* Where the reading stands. */
struct reading {
    struct journal *j;
    struct arena *arena;
    struct bytes plain;
    journal_each_fn *each;
    void *context;
};

static int broken(const struct journal *j, int64_t epoch, int64_t seq, const char *why, struct err *e)
{
    return journal_err(e, JOURNAL_BROKEN, j->name, _("epoch %lld, event %lld: %s"), (long long)epoch,
                       (long long)seq, why);
}

/* An epoch that was begun, and whose events nobody has: the next one continues its start. */
static bool fork_is_a_start(const struct journal *j, const struct journal_epoch *start)
{
    const struct journal_part *p = journal_find_part(j, start->fork_epoch);
    uint8_t hash[32];
    if (!p || !journal_part_keys(p))
        return false;
    journal_start_hash(journal_part_keys(p), &p->start, hash);
    return memcmp(hash, start->fork_hash, sizeof hash) == 0 && start->fork_epoch < start->epoch;
}

/* The hash that the event at the fork was stored with; it was verified when it was read. */
static bool fork_fits(const struct journal *j, const struct journal_epoch *start)
{
    if (start->fork_seq == 0)
        return fork_is_a_start(j, start);
    struct db_stmt *row = NULL;
    int r = db_query(j->db, &row, NULL, "SELECT hash FROM event WHERE epoch = ?1 AND seq = ?2", "ii",
                     start->fork_epoch, start->fork_seq);
    bool fits = r == 0 && db_step(row, NULL) == 1 &&
                span_equal(db_blob(row, 0), span_of(start->fork_hash, sizeof start->fork_hash));
    db_done(row);
    return fits && start->fork_epoch < start->epoch;
}

static bool is_zero(const uint8_t hash[32])
{
    static const uint8_t zero[32];
    return memcmp(hash, zero, sizeof zero) == 0;
}

int journal_check_start(const struct journal *j, const struct journal_epoch *s, struct err *e)
{
    const struct journal_epoch *first = &j->part[0].start;
    if (strcmp(s->session, first->session) != 0 || strcmp(s->ticket, first->ticket) != 0 ||
        strcmp(s->form, first->form) != 0 || memcmp(s->package, first->package, sizeof s->package) != 0)
        return broken(j, s->epoch, 0, _("the epoch belongs to another sitting"), e);
    return fork_fits(j, s) ? 0 : broken(j, s->epoch, 0, _("the epoch does not continue what is here"), e);
}

static int check_first(const struct journal *j, struct err *e)
{
    const struct journal_epoch *s = &j->part[0].start;
    if (s->epoch != 1 || s->fork_epoch != 0 || s->fork_seq != 0 || !is_zero(s->fork_hash))
        return broken(j, s->epoch, 0, _("the epochs before are missing"), e);
    return 0;
}

static int begin_part(struct journal *j, size_t at, struct err *e)
{
    struct journal_part *p = &j->part[at];
    const struct journal_keys *k = journal_part_keys(p);
    if (!k) {
        err_set(e, ERR_NO, j->name, _("epoch %lld is sealed to others"), (long long)p->start.epoch);
        if (e)
            e->code = JOURNAL_SEALED_TO_OTHERS;
        return -ERR_NO;
    }
    int r = at == 0 ? check_first(j, e) : journal_check_start(j, &p->start, e);
    if (r < 0)
        return r;
    j->at = at;
    j->begun = true;
    j->seq = 0;
    journal_start_hash(k, &p->start, j->hash);
    return 0;
}

/* The end that the station signed is the end that is here. */
static int check_seal(const struct journal *j, const struct journal_part *p, struct err *e)
{
    if (!p->has_seal)
        return 0;
    if (j->seq < p->seal.seq)
        return broken(j, p->start.epoch, j->seq + 1, _("missing: the station signed a later end"), e);
    if (j->seq > p->seal.seq || memcmp(j->hash, p->seal.head, sizeof j->hash) != 0)
        return broken(j, p->start.epoch, j->seq, _("not the end that the station signed"), e);
    return 0;
}

bool journal_row_take(struct db_stmt *row, struct arena *a, struct journal_stored *ret)
{
    struct span prev = db_blob(row, 9), hash = db_blob(row, 10);
    const char *boot = db_text(row, 4);
    *ret = (struct journal_stored){
        .epoch = db_int(row, 0),
        .seq = db_int(row, 1),
        .at = {.used_ms = db_int(row, 2), .mono_ms = db_int(row, 3), .wall_ms = db_int(row, 5)},
        .kind = db_int(row, 6),
        .item = arena_strdup(a, db_text(row, 7)),
        .payload = db_blob(row, 8),
    };
    if (prev.n != 32 || hash.n != 32 || strlen(boot) >= sizeof ret->at.boot ||
        ret->payload.n < SEAL_OVERHEAD || ret->payload.n > JOURNAL_MAX_PAYLOAD + SEAL_OVERHEAD)
        return false;
    memcpy(ret->prev, prev.p, sizeof ret->prev);
    memcpy(ret->hash, hash.p, sizeof ret->hash);
    snprintf(ret->at.boot, sizeof ret->at.boot, "%s", boot);
    return true;
}

/* One row in its place, to whoever reads. */
static int read_event(struct reading *r, const struct journal_stored *row, bool whole, struct err *e)
{
    struct journal *j = r->j;
    struct journal_part *p = &j->part[j->at];
    if (row->epoch != p->start.epoch || row->seq != j->seq + 1)
        return broken(j, p->start.epoch, j->seq + 1, _("missing"), e);
    if (!whole || memcmp(row->prev, j->hash, sizeof row->prev) != 0)
        return broken(j, row->epoch, row->seq, _("edited, or not in its place"), e);
    const char *fault = journal_row_fault(journal_part_keys(p), &p->start, row, &r->plain);
    if (fault)
        return broken(j, row->epoch, row->seq, fault, e);
    struct journal_event event = {.epoch = row->epoch,
                                  .seq = row->seq,
                                  .at = row->at,
                                  .kind = (enum journal_kind)row->kind,
                                  .item = row->item,
                                  .payload = bytes_span(&r->plain)};
    memcpy(event.hash, row->hash, sizeof event.hash);
    int result = r->each ? r->each(r->context, &event, row->seq > p->last_superseding, e) : 0;
    if (result < 0) /* not taken: the next reading stops here again */
        return result;
    j->seq = row->seq;
    memcpy(j->hash, row->hash, sizeof j->hash);
    return 0;
}

static int read_row(struct reading *r, struct db_stmt *row, struct err *e)
{
    struct journal_stored this = {0};
    bool whole = journal_row_take(row, r->arena, &this);
    return read_event(r, &this, whole, e);
}

static int read_part(struct reading *r, struct err *e)
{
    struct journal *j = r->j;
    struct db_stmt *row = NULL;
    int result = db_query(j->db, &row, e,
                          "SELECT " JOURNAL_COLUMNS " FROM event WHERE epoch = ?1 AND seq > ?2 ORDER BY seq",
                          "ii", j->part[j->at].start.epoch, j->seq);
    while (result == 0 && (result = db_step(row, e)) == 1)
        result = j->seq < JOURNAL_MAX_EVENTS
                     ? read_row(r, row, e)
                     : broken(j, j->part[j->at].start.epoch, j->seq, _("too many events"), e);
    db_done(row);
    return result;
}

/* What follows in the spill. */
static int read_spilled(void *context, const struct journal_stored *row, struct err *e)
{
    return read_event(context, row, true, e);
}

/* The newest epoch: first the disk, and then the spill. What another program moves from one to the other
 * meanwhile is looked for once more. */
static int read_last_part(struct reading *r, struct err *e)
{
    enum { TRIES = 10 };
    struct journal *j = r->j;
    int64_t epoch = j->part[j->at].start.epoch;
    int result = 0;
    for (int i = 0; result == 0 && i < TRIES; i++) {
        result = read_part(r, e);
        if (!j->spill)
            return result;
        if (journal_disk_is_needless(j, result, epoch, j->seq, e))
            result = 0;
        if (result == 0 && (result = journal_spill_look(j, e)) == 0 && journal_spill_knows(j, epoch, j->seq))
            return journal_spill_after(j, epoch, j->seq, JOURNAL_MAX_EVENTS, read_spilled, r, e);
        if (journal_spilled(j) == 0)
            return result;
    }
    return result;
}

static int check_strays(struct journal *j, struct err *e)
{
    int64_t strays = 0;
    int r =
        db_get_int(j->db, &strays, 0, e,
                   "SELECT count(*) FROM event WHERE epoch NOT IN (SELECT epoch FROM epoch) OR seq < 1", "");
    if (r == 0 && strays)
        r = journal_err(e, JOURNAL_BROKEN, j->name, _("there are events that belong to no epoch"));
    return r;
}

int journal_read(struct journal *j, journal_each_fn *each, void *context, struct err *caller)
{
    struct err own = {0}, *e = caller ? caller : &own;
    struct reading reading = {.j = j, .arena = arena_new(), .each = each, .context = context};
    bool first = !j->begun;
    int r = first ? check_strays(j, e) : journal_load(j, e);
    if (!first && journal_disk_is_needless(j, r, j->part[j->n - 1].start.epoch, j->seq, e))
        r = 0;
    if (r == 0 && first)
        r = begin_part(j, 0, e);
    while (r == 0) {
        r = j->at + 1 == j->n ? read_last_part(&reading, e) : read_part(&reading, e);
        if (r == 0)
            r = check_seal(j, &j->part[j->at], e);
        if (r < 0 || j->at + 1 == j->n)
            break;
        r = begin_part(j, j->at + 1, e);
    }
    bytes_release(&reading.plain);
    arena_free(reading.arena);
    return r;
}

void journal_head(const struct journal *j, int64_t *ret_epoch, int64_t *ret_seq, uint8_t ret_hash[32])
{
    *ret_epoch = j->part[j->at].start.epoch;
    *ret_seq = j->seq;
    memcpy(ret_hash, j->hash, sizeof j->hash);
}

void journal_rewind(struct journal *j)
{
    j->begun = false;
    j->at = 0;
    j->seq = 0;
}
