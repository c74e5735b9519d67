/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "sync/lab.h"
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
/* What a closing names and has not come yet contradicts nothing. */
static const char any_sql[] = "SELECT count(*) FROM quarantine WHERE candidate_id = ?1 AND exam_id = ?2"
                              " AND reason <> 'close-missing'";
static const char list_sql[] = "SELECT exam_id, candidate_id, reason, epoch, side FROM quarantine"
                               " ORDER BY exam_id, candidate_id, reason, epoch, side";

static const char sessions_sql[] = "SELECT DISTINCT exam_id FROM policy WHERE kind = 'lab' ORDER BY exam_id";

int quarantine_any(struct store *s, const char *ticket, const char *session, bool *ret, struct err *e)
{
    int64_t n = 0;
    int r = db_get_int(s->db, &n, 0, e, any_sql, "tt", ticket, session);
    *ret = n > 0;
    return r;
}

int quarantine_derive(struct store *s, const char *ticket, const char *session, bool *ret_any, struct err *e)
{
    static const char *const rule[] = {clear_sql, starts_sql, heads_sql, records_sql};
    bool any = false;
    int r = 0;
    for (size_t i = 0; r == 0 && i < sizeof rule / sizeof *rule; i++)
        r = db_run(s->db, e, rule[i], "tt", ticket, session);
    if (r == 0)
        r = closing_rules(s, ticket, session, e);
    if (r == 0)
        r = quarantine_any(s, ticket, session, &any, e);
    if (ret_any)
        *ret_any = any;
    return r;
}

struct found {
    struct arena *arena;
    struct store_quarantined *all;
    size_t n, cap;
};

static struct store_quarantined *add_found(struct found *to)
{
    if (to->n == to->cap) {
        struct store_quarantined *more = arena_array(to->arena, to->cap ? to->cap * 2 : 64, sizeof *more);
        if (to->n)
            memcpy(more, to->all, to->n * sizeof *more);
        to->all = more;
        to->cap = to->cap ? to->cap * 2 : 64;
    }
    return &to->all[to->n++];
}

static int find_rows(struct store *s, struct found *to, struct err *e)
{
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, list_sql, "");
    while (r == 0 && (r = db_step(q, e)) > 0) {
        struct store_quarantined *x = add_found(to);
        struct span side = db_blob(q, 4);
        *x = (struct store_quarantined){.session = arena_strdup(to->arena, db_text(q, 0)),
                                        .ticket = arena_strdup(to->arena, db_text(q, 1)),
                                        .reason = arena_strdup(to->arena, db_text(q, 2)),
                                        .epoch = db_int(q, 3)};
        if (side.n == sizeof x->side)
            memcpy(x->side, side.p, side.n);
        r = 0;
    }
    db_done(q);
    return r;
}

/* A lab session's candidates whose ratings contradict each other, or are a stranger's, a row for each rating.
 */
static int find_raters(struct store *s, const char *session, struct found *to, struct err *e)
{
    struct lab_session *l = NULL;
    int r = store_lab(s, session, &l, e);
    if (r <= 0)
        return r == -ERR_NO ? 0 : r;
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; l->each[i].outcome.state == COMBINE_STRANGER && k < l->each[i].n_ratings; k++) {
            const struct lab_rating *rating = &l->each[i].rating[k];
            struct store_quarantined *x = add_found(to);
            *x = (struct store_quarantined){.session = session,
                                            .ticket = arena_strdup(to->arena, rating->ticket),
                                            .reason = "raters",
                                            .epoch = rating->epoch};
            memcpy(x->side, rating->evidence, sizeof x->side);
        }
    lab_session_free(l);
    return 0;
}

static int find_sessions(struct store *s, struct arena *a, const char ***ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t n = 0;
    int r = db_get_int(s->db, &n, 0, e, "SELECT count(*) FROM policy WHERE kind = 'lab'", "");
    const char **all = arena_array(a, (size_t)(r < 0 ? 0 : n) + 1, sizeof *all);
    *ret_n = 0;
    if (r == 0)
        r = db_query(s->db, &q, e, sessions_sql, "");
    while (r == 0 && (r = db_step(q, e)) > 0) {
        all[(*ret_n)++] = arena_strdup(a, db_text(q, 0));
        r = 0;
    }
    db_done(q);
    *ret = all;
    return r;
}

static int compare_found(const void *a, const void *b)
{
    const struct store_quarantined *x = a, *y = b;
    int k = strcmp(x->session, y->session);
    if (k == 0)
        k = strcmp(x->ticket, y->ticket);
    if (k == 0)
        k = strcmp(x->reason, y->reason);
    if (k == 0)
        k = (x->epoch > y->epoch) - (x->epoch < y->epoch);
    return k ? k : memcmp(x->side, y->side, sizeof x->side);
}

int store_quarantine(struct store *s, struct arena *a, struct store_quarantined **ret, size_t *ret_n,
                     struct err *e)
{
    struct found found = {.arena = a};
    const char **session = NULL;
    size_t n = 0;
    int r = find_rows(s, &found, e);
    if (r == 0)
        r = find_sessions(s, a, &session, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = find_raters(s, session[i], &found, e);
    if (r < 0)
        return r;
    if (found.n)
        qsort(found.all, found.n, sizeof *found.all, compare_found);
    *ret = found.all;
    *ret_n = found.n;
    return 0;
}
