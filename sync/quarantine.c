/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "sync/store-internal.h"

static const char clear_sql[] = "DELETE FROM quarantine WHERE candidate_id = ?1 AND exam_id = ?2";
static const char starts_sql[] =
    "INSERT INTO quarantine (candidate_id, exam_id, reason, epoch, side)"
    " SELECT x.candidate_id, x.exam_id, 'starts', x.epoch, x.head_hash FROM epoch AS x"
    " WHERE x.candidate_id = ?1 AND x.exam_id = ?2 AND EXISTS (SELECT 1 FROM epoch AS o"
    " WHERE o.candidate_id = ?1 AND o.exam_id = ?2 AND o.epoch = x.epoch AND o.start_hash <> x.start_hash)";
static const char heads_sql[] =
    "INSERT INTO quarantine (candidate_id, exam_id, reason, epoch, side)"
    " SELECT x.candidate_id, x.exam_id, 'heads', x.epoch, x.head_hash FROM epoch AS x"
    " WHERE x.candidate_id = ?1 AND x.exam_id = ?2 AND EXISTS (SELECT 1 FROM epoch AS o"
    " WHERE o.candidate_id = ?1 AND o.exam_id = ?2 AND o.epoch = x.epoch AND o.start_hash = x.start_hash"
    " AND o.head_hash <> x.head_hash)";
static const char records_sql[] =
    "INSERT INTO quarantine (candidate_id, exam_id, reason, epoch, side)"
    " SELECT x.candidate_id, x.exam_id, 'records', x.epoch, x.record_hash FROM record AS x"
    " WHERE x.candidate_id = ?1 AND x.exam_id = ?2 AND EXISTS (SELECT 1 FROM record AS o"
    " WHERE o.candidate_id = ?1 AND o.exam_id = ?2 AND o.epoch = x.epoch AND o.hash = x.hash"
    " AND o.ruleset = x.ruleset AND o.record_hash <> x.record_hash) ON CONFLICT DO NOTHING";
static const char any_sql[] = "SELECT count(*) FROM quarantine WHERE candidate_id = ?1 AND exam_id = ?2";
static const char list_sql[] = "SELECT exam_id, candidate_id, reason, epoch, side FROM quarantine"
                               " ORDER BY exam_id, candidate_id, reason, epoch, side";

int quarantine_derive(struct store *s, const char *ticket, const char *session, bool *ret_any, struct err *e)
{
    static const char *const rule[] = {clear_sql, starts_sql, heads_sql, records_sql};
    int64_t n = 0;
    int r = 0;
    for (size_t i = 0; r == 0 && i < sizeof rule / sizeof *rule; i++)
        r = db_run(s->db, e, rule[i], "tt", ticket, session);
    if (r == 0)
        r = db_get_int(s->db, &n, 0, e, any_sql, "tt", ticket, session);
    if (ret_any)
        *ret_any = n > 0;
    return r;
}

int store_quarantine(struct store *s, struct arena *a, struct store_quarantined **ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t n = 0;
    int r = db_get_int(s->db, &n, 0, e, "SELECT count(*) FROM quarantine", "");
    if (r < 0 || (r = db_query(s->db, &q, e, list_sql, "")) < 0)
        return r;
    struct store_quarantined *all = arena_array(a, (size_t)n + 1, sizeof *all);
    size_t found = 0;
    while ((r = db_step(q, e)) > 0 && found < (size_t)n) {
        struct store_quarantined *x = &all[found++];
        struct span side = db_blob(q, 4);
        *x = (struct store_quarantined){.session = arena_strdup(a, db_text(q, 0)),
                                        .ticket = arena_strdup(a, db_text(q, 1)),
                                        .reason = arena_strdup(a, db_text(q, 2)), .epoch = db_int(q, 3)};
        if (side.n == sizeof x->side)
            memcpy(x->side, side.p, side.n);
    }
    db_done(q);
    if (r < 0)
        return r;
    *ret = all;
    *ret_n = found;
    return 0;
}
