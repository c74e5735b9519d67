/* SPDX-License-Identifier: Apache-2.0 */
/* What the store holds of a lab session. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "sync/lab-internal.h"
#include "sync/pack.h"
#include "sync/store-internal.h"

static const char policy_sql[] = "SELECT document FROM policy WHERE exam_id = ?1 AND kind = ?2";
static const char rated_sql[] = "SELECT count(*) FROM work WHERE exam_id = ?1 AND form = 'rating'";
static const char works_sql[] =
    "SELECT w.candidate_id, w.epoch, w.hash, e.attested, w.answers FROM work AS w JOIN epoch AS e"
    " ON e.candidate_id = w.candidate_id AND e.exam_id = w.exam_id AND e.epoch = w.epoch AND e.head_hash = w.hash"
    " WHERE w.exam_id = ?1 AND w.form = 'rating' ORDER BY w.candidate_id, w.epoch, w.hash";
static const char decisions_sql[] =
    "SELECT document, decision_hash FROM decision WHERE exam_id = ?1 ORDER BY candidate_id, decision_hash";

/* The document of the one policy of that kind; 0 when there is none. */
static int read_policy(struct store *s, const char *session, const char *kind, struct bytes *ret,
                       struct err *e)
{
    struct db_stmt *q = NULL;
    int n = 0, r = db_query(s->db, &q, e, policy_sql, "tt", session, kind);
    while (r == 0 && (r = db_step(q, e)) > 0) {
        struct span document = db_blob(q, 0);
        bytes_clear(ret);
        bytes_add(ret, document.p, document.n);
        n++;
        r = 0;
    }
    db_done(q);
    if (r < 0)
        return r;
    if (n > 1)
        return err_set(e, ERR_NO, session,
                       strcmp(kind, "lab") == 0 ? _("the store holds two different plans of this lab session")
                                                : _("the store holds two different rosters of this session"));
    return n;
}

static int missing_plan(struct store *s, const char *session, struct err *e)
{
    int64_t rated = 0;
    int r = db_get_int(s->db, &rated, 0, e, rated_sql, "t", session);
    if (r < 0 || rated == 0)
        return r;
    err_set(e, ERR_NO, session, _("there are ratings of this session, and no plan of a lab exam"));
    return err_hint(e, _("merge its signed lab.xml with --policy"));
}

int lab_read_plan(struct store *s, const char *session, struct lab_plan **ret, struct err *e)
{
    struct bytes document = {0};
    *ret = NULL;
    int r = read_policy(s, session, "lab", &document, e);
    if (r > 0)
        r = lab_plan_read(ret, "lab.xml", bytes_span(&document), e);
    else if (r == 0)
        r = missing_plan(s, session, e);
    bytes_release(&document);
    return r;
}

int lab_read_roster(struct store *s, const char *session, struct roster **ret, struct err *e)
{
    struct bytes document = {0};
    int r = read_policy(s, session, "roster", &document, e);
    if (r > 0)
        r = roster_read(ret, "roster.xml", bytes_span(&document), e);
    else if (r == 0) {
        err_set(e, ERR_NO, session, _("the store has no roster of this lab session"));
        r = err_hint(e, _("merge its signed roster.xml with --policy"));
    }
    bytes_release(&document);
    return r;
}

struct ratings {
    struct arena *arena;
    struct lab_rating *all;
    size_t n, cap;
};

static void add_rating(struct ratings *to, const struct lab_rating *x)
{
    if (to->n == to->cap) {
        to->cap = to->cap ? to->cap * 2 : 256;
        to->all = mem_grow(to->all, to->cap, sizeof *to->all);
    }
    to->all[to->n++] = *x;
}

static int take_work(struct ratings *to, struct db_stmt *q, struct err *e)
{
    struct arena *scratch = arena_new();
    struct packed_answer *answer = NULL;
    size_t n = 0;
    struct span head = db_blob(q, 2);
    struct lab_rating x = {.rater = arena_strdup(to->arena, db_text(q, 0)),
                           .epoch = db_int(q, 1),
                           .attested = db_int(q, 3) != 0};
    if (head.n == sizeof x.head)
        memcpy(x.head, head.p, head.n);
    int r = answers_unpack(db_blob(q, 4), scratch, &answer, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++) {
        x.ticket = arena_strdup(to->arena, answer[i].item);
        x.document =
            span_of(arena_copy(to->arena, answer[i].response.p, answer[i].response.n), answer[i].response.n);
        decision_evidence(x.rater, x.document, x.evidence);
        add_rating(to, &x);
    }
    arena_free(scratch);
    return r;
}

int lab_read_ratings(struct store *s, const char *session, struct arena *a, struct lab_rating **ret,
                     size_t *ret_n, struct err *e)
{
    struct ratings to = {.arena = a};
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, works_sql, "t", session);
    while (r == 0 && (r = db_step(q, e)) > 0)
        r = take_work(&to, q, e);
    db_done(q);
    if (r < 0) {
        free(to.all);
        return r;
    }
    *ret = to.all;
    *ret_n = to.n;
    return 0;
}

static int compare_decisions(const void *a, const void *b)
{
    const struct lab_decision *x = a, *y = b;
    int k = strcmp(x->decision->ticket, y->decision->ticket);
    if (k == 0)
        k = strcmp(x->decision->date, y->decision->date);
    return k ? k : memcmp(x->hash, y->hash, sizeof x->hash);
}

int lab_read_decisions(struct store *s, const char *session, struct lab_decision **ret, size_t *ret_n,
                       struct err *e)
{
    struct db_stmt *q = NULL;
    struct lab_decision *all = NULL;
    size_t n = 0, cap = 0;
    int r = db_query(s->db, &q, e, decisions_sql, "t", session);
    while (r == 0 && (r = db_step(q, e)) > 0) {
        if (n == cap) {
            cap = cap ? cap * 2 : 64;
            all = mem_grow(all, cap, sizeof *all);
        }
        all[n] = (struct lab_decision){.active = true};
        struct span hash = db_blob(q, 1);
        if (hash.n == DECISION_HASH)
            memcpy(all[n].hash, hash.p, hash.n);
        if ((r = decision_read(&all[n].decision, "decision.xml", db_blob(q, 0), e)) == 0)
            n++;
    }
    db_done(q);
    if (n)
        qsort(all, n, sizeof *all, compare_decisions);
    *ret = all;
    *ret_n = n;
    return r;
}
