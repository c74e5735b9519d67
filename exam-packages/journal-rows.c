/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-rows.h"

#include <string.h>

#include "base/i18n.h"
#include "exam-packages/journal-internal.h"

/* The reader of stored rows, and how far it is. */
struct giving {
    struct journal *j;
    struct arena *a;
    int64_t epoch, after;
    size_t left;
    journal_stored_fn *each;
    void *context;
};

static int give(void *context, const struct journal_stored *row, struct err *e)
{
    struct giving *g = context;
    int r = g->each(g->context, row, e);
    g->after = row->seq;
    g->left--;
    return r;
}

static int give_from_disk(struct giving *g, struct err *e)
{
    struct db_stmt *row = NULL;
    int r = db_query(g->j->db, &row, e,
                     "SELECT " JOURNAL_COLUMNS " FROM event WHERE epoch = ?1 AND seq > ?2 ORDER BY seq", "ii",
                     g->epoch, g->after);
    while (r == 0 && g->left > 0 && (r = db_step(row, e)) == 1) {
        struct journal_stored stored;
        arena_reset(g->a);
        if (!journal_row_take(row, g->a, &stored))
            r = journal_err(e, JOURNAL_BROKEN, g->j->name, _("epoch %lld, event %lld: %s"),
                            (long long)g->epoch, (long long)stored.seq, _("edited"));
        else
            r = give(g, &stored, e);
    }
    db_done(row);
    return r;
}

int journal_stored_after(struct journal *j, int64_t epoch, int64_t after_seq, size_t max,
                         journal_stored_fn *each, void *context, struct err *caller)
{
    struct err own = {0}, *e = caller ? caller : &own;
    struct giving g = {.j = j,
                       .a = arena_new(),
                       .epoch = epoch,
                       .after = after_seq,
                       .left = max,
                       .each = each,
                       .context = context};
    int r = journal_spill_look(j, e);
    if (r == 0)
        r = give_from_disk(&g, e);
    if (journal_disk_is_needless(j, r, epoch, g.after, e))
        r = 0;
    if (r == 0 && g.left > 0)
        r = journal_spill_after(j, epoch, g.after, g.left, give, &g, e);
    arena_free(g.a);
    return r;
}

static bool same_start(const struct journal_epoch *a, const struct journal_epoch *b)
{
    return strcmp(a->session, b->session) == 0 && strcmp(a->ticket, b->ticket) == 0 &&
           strcmp(a->form, b->form) == 0 && memcmp(a->package, b->package, sizeof a->package) == 0 &&
           memcmp(a->station, b->station, sizeof a->station) == 0 && a->fork_epoch == b->fork_epoch &&
           a->fork_seq == b->fork_seq && memcmp(a->fork_hash, b->fork_hash, sizeof a->fork_hash) == 0 &&
           span_equal(a->j_age, b->j_age);
}

static int forked(struct journal *j, int64_t epoch, int64_t seq, struct err *e)
{
    return journal_no(e, JOURNAL_FORKED, j, _("epoch %lld, event %lld: two machines wrote it"),
                      (long long)epoch, (long long)seq);
}

/* Last event of an epoch; the start's hash when there is none. */
static int end_of(struct journal *j, const struct journal_part *p, int64_t *ret_seq, uint8_t ret_hash[32],
                  struct err *e)
{
    int r =
        db_get_int(j->db, ret_seq, 0, e, "SELECT max(seq) FROM event WHERE epoch = ?1", "i", p->start.epoch);
    if (r == 0 && *ret_seq > 0)
        r = journal_hash_at(j, p->start.epoch, *ret_seq, ret_hash, e);
    else if (r == 0)
        journal_start_hash(journal_part_keys(p), &p->start, ret_hash);
    return r < 0 ? r : 0;
}

int journal_check_fork(struct journal *j, const struct journal_epoch *s, struct err *e)
{
    uint8_t hash[32];
    const struct journal_part *p = journal_find_part(j, s->fork_epoch);
    if (!p || s->epoch != s->fork_epoch + 1)
        return journal_no(e, JOURNAL_GAP, j, _("epoch %lld does not follow the epochs that are here"),
                          (long long)s->epoch);
    if (s->epoch > JOURNAL_MAX_EPOCHS)
        return journal_no(e, JOURNAL_FORKED, j, _("this sitting has changed its machine %d times already"),
                          JOURNAL_MAX_EPOCHS - 1);
    int r = s->fork_seq > 0 ? journal_hash_at(j, s->fork_epoch, s->fork_seq, hash, e) : 1;
    if (r == 0)
        return journal_no(e, JOURNAL_GAP, j, _("epoch %lld, event %lld is not here yet"),
                          (long long)s->fork_epoch, (long long)s->fork_seq);
    if (r == 1 && s->fork_seq > 0 && memcmp(hash, s->fork_hash, sizeof hash) != 0)
        return forked(j, s->fork_epoch, s->fork_seq, e);
    return r < 0 ? r : 0;
}

int journal_take_epoch(struct journal *j, const struct journal_epoch *start, struct err *e)
{
    int r = journal_load(j, e);
    if (r < 0)
        return r;
    const struct journal_part *here = journal_find_part(j, start->epoch);
    if (here)
        return same_start(&here->start, start) ? 0 : forked(j, start->epoch, 0, e);
    if ((r = journal_check_fork(j, start, e)) < 0 || (r = journal_check_start(j, start, e)) < 0 ||
        (r = journal_epoch_insert(j->db, start, e)) < 0)
        return r;
    journal_rewind(j);
    return journal_load(j, e);
}

/* The end of the epoch that is being filled. */
struct taking {
    struct journal *j;
    const struct journal_part *part;
    int64_t seq;
    uint8_t hash[32];
    struct bytes plain;
};

static int broken(const struct taking *t, const struct journal_stored *row, const char *why, struct err *e)
{
    return journal_err(e, JOURNAL_BROKEN, t->j->name, _("epoch %lld, event %lld: %s"), (long long)row->epoch,
                       (long long)row->seq, why);
}

static int take_one(struct taking *t, const struct journal_stored *row, struct err *e)
{
    uint8_t here[32];
    int r = 0;
    if (row->epoch != t->part->start.epoch || row->seq < 1)
        return broken(t, row, _("not in its place"), e);
    if (row->seq > t->seq + 1)
        return journal_no(e, JOURNAL_GAP, t->j, _("epoch %lld, event %lld is not here yet"),
                          (long long)row->epoch, (long long)t->seq + 1);
    if (row->seq <= t->seq && (r = journal_hash_at(t->j, row->epoch, row->seq, here, e)) == 1 &&
        memcmp(here, row->hash, sizeof here) == 0)
        return 0;
    if (r < 0)
        return r;
    if (row->payload.n < SEAL_OVERHEAD || row->payload.n > JOURNAL_MAX_PAYLOAD + SEAL_OVERHEAD ||
        row->seq > JOURNAL_MAX_EVENTS)
        return broken(t, row, _("edited"), e);
    const char *fault = journal_row_fault(journal_part_keys(t->part), &t->part->start, row, &t->plain);
    if (fault)
        return broken(t, row, fault, e);
    if (row->seq <= t->seq || memcmp(row->prev, t->hash, sizeof t->hash) != 0)
        return forked(t->j, row->epoch, row->seq <= t->seq ? row->seq : t->seq, e);
    if (t->part->has_seal)
        return broken(t, row, _("it stands after the end that the station signed"), e);
    r = journal_row_insert(t->j, row, e);
    if (r == 0) {
        t->seq = row->seq;
        memcpy(t->hash, row->hash, sizeof t->hash);
    }
    return r;
}

/* Which epoch, and how far it is here. */
static int begin_taking(struct taking *t, int64_t epoch, struct err *e)
{
    t->part = journal_find_part(t->j, epoch);
    if (!t->part)
        return journal_no(e, JOURNAL_GAP, t->j, _("epoch %lld is not here"), (long long)epoch);
    if (!journal_part_keys(t->part))
        return journal_no(e, JOURNAL_SEALED_TO_OTHERS, t->j, _("epoch %lld is sealed to others"),
                          (long long)epoch);
    return end_of(t->j, t->part, &t->seq, t->hash, e);
}

/* Inside the transaction. *ret_refused: why no more is taken; what came before it is kept. */
static int take_rows(struct taking *t, const struct journal_stored *row, size_t n, int *ret_refused,
                     struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++)
        r = take_one(t, &row[i], e);
    *ret_refused = r == -ERR_NO || r == -ERR_DATA ? r : 0;
    return *ret_refused ? 0 : r;
}

int journal_take(struct journal *j, const struct journal_stored *row, size_t n, int64_t *ret_seq,
                 struct err *e)
{
    struct taking t = {.j = j};
    struct err refusal = {0};
    int refused = 0;
    *ret_seq = 0;
    if (n == 0)
        return 0;
    int r = db_begin(j->db, e);
    if (r < 0)
        return r;
    r = begin_taking(&t, row[0].epoch, e);
    int64_t before = t.seq;
    if (r == 0)
        r = take_rows(&t, row, n, &refused, &refusal);
    if (r < 0 && refusal.kind && e)
        *e = refusal;
    if (r == 0)
        r = db_commit(j->db, e);
    if (r < 0)
        db_rollback(j->db);
    *ret_seq = r < 0 ? before : t.seq;
    bytes_release(&t.plain);
    if (r == 0 && refused && e)
        *e = refusal;
    return r < 0 ? r : refused;
}

int journal_take_tick(struct journal *j, const struct journal_clock *at, struct err *e)
{
    struct journal_clock here;
    return journal_last_tick(j, &here) && here.used_ms >= at->used_ms ? 0 : journal_tick(j, at, e);
}

int journal_take_seal(struct journal *j, const struct journal_seal *seal, struct err *e)
{
    struct taking t = {.j = j};
    int r = begin_taking(&t, seal->epoch, e);
    if (r < 0)
        return r;
    if (seal->seq > t.seq)
        return journal_no(e, JOURNAL_GAP, j, _("epoch %lld, event %lld is not here yet"),
                          (long long)seal->epoch, (long long)seal->seq);
    if (seal->seq < t.seq || t.seq == 0 || memcmp(seal->head, t.hash, sizeof t.hash) != 0)
        return forked(j, seal->epoch, seal->seq, e);
    return t.part->has_seal ? 0 : journal_put_seal(j, seal, e);
}
