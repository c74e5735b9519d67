/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "sync/store-internal.h"

static const char list_sql[] = "SELECT head_hash, start_hash, attested, chain FROM epoch"
                               " WHERE candidate_id = ?1 AND exam_id = ?2 AND epoch = ?3 ORDER BY head_hash";
static const char add_sql[] =
    "INSERT INTO epoch (candidate_id, exam_id, epoch, head_hash, head_seq, start_hash, attested, chain)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char attest_sql[] = "UPDATE epoch SET attested = 1 WHERE candidate_id = ?1 AND exam_id = ?2"
                                 " AND epoch = ?3 AND head_hash = ?4";
static const char drop_epoch_sql[] = "DELETE FROM epoch WHERE candidate_id = ?1 AND exam_id = ?2 AND epoch = ?3"
                                     " AND head_hash = ?4";
static const char drop_work_sql[] = "DELETE FROM work WHERE candidate_id = ?1 AND exam_id = ?2 AND epoch = ?3"
                                    " AND hash = ?4";

struct chain {
    struct span head, start, hashes;
};

struct key {
    const char *ticket, *session;
    int64_t epoch;
};

static bool is_prefix(const struct chain *a, const struct chain *b)
{
    return span_equal(a->start, b->start) && a->hashes.n <= b->hashes.n &&
           (a->hashes.n == 0 || memcmp(a->hashes.p, b->hashes.p, a->hashes.n) == 0);
}

static struct span kept(struct arena *a, struct span s)
{
    return span_of(arena_copy(a, s.p, s.n), s.n);
}

static int load(struct store *s, const struct key *k, struct arena *a, struct chain **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    struct chain *all = NULL;
    size_t n = 0;
    int r = db_query(s->db, &q, e, list_sql, "tti", k->ticket, k->session, k->epoch);
    if (r < 0)
        return r;
    while ((r = db_step(q, e)) > 0) {
        struct chain *more = arena_array(a, n + 1, sizeof *more);
        if (n)
            memcpy(more, all, n * sizeof *more);
        all = more;
        all[n++] = (struct chain){kept(a, db_blob(q, 0)), kept(a, db_blob(q, 1)), kept(a, db_blob(q, 3))};
    }
    db_done(q);
    *ret = all;
    *ret_n = n;
    return r;
}

static int drop(struct store *s, const struct key *k, struct span head, struct err *e)
{
    int r = db_run(s->db, e, drop_epoch_sql, "ttib", k->ticket, k->session, k->epoch, head);
    return r < 0 ? r : db_run(s->db, e, drop_work_sql, "ttib", k->ticket, k->session, k->epoch, head);
}

static int add(struct store *s, const struct key *k, const struct chain *c, bool attested, struct err *e)
{
    return db_run(s->db, e, add_sql, "ttibibib", k->ticket, k->session, k->epoch, c->head,
                  (int64_t)(c->hashes.n / MERGE_HASH), c->start, (int64_t)attested, c->hashes);
}

int chain_put(struct store *s, const char *ticket, const char *session, const struct merge_epoch *in, bool *ret_live,
              struct err *e)
{
    struct key key = {ticket, session, in->epoch};
    struct arena *arena = arena_new();
    struct chain *there = NULL;
    size_t n = 0;
    const uint8_t *head = in->n_events ? in->chain + (in->n_events - 1) * MERGE_HASH : in->start;
    const struct chain own = {span_of(head, MERGE_HASH), span_of(in->start, MERGE_HASH),
                              span_of(in->n_events ? in->chain : (const uint8_t *)"", in->n_events * MERGE_HASH)};
    bool subsumed = false, same = false;
    int r = load(s, &key, arena, &there, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++) {
        if (span_equal(there[i].head, own.head))
            same = true;
        else if (is_prefix(&own, &there[i]))
            subsumed = true;
        else if (is_prefix(&there[i], &own))
            r = drop(s, &key, there[i].head, e);
    }
    if (r == 0 && same && in->attested)
        r = db_run(s->db, e, attest_sql, "ttib", ticket, session, in->epoch, own.head);
    else if (r == 0 && !same && !subsumed)
        r = add(s, &key, &own, in->attested, e);
    *ret_live = !subsumed;
    arena_free(arena);
    return r;
}
