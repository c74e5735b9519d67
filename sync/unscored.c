/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "sync/store-internal.h"

/* Keys first, then one work at a time: the callback may write to the store meanwhile. */
static const char keys_sql[] =
    "SELECT w.exam_id, w.candidate_id, w.epoch, w.hash FROM work AS w"
    " WHERE (?1 IS NULL OR w.exam_id = ?1) AND (?2 IS NULL OR w.package = ?2) AND w.form <> 'rating'"
    " AND NOT EXISTS (SELECT 1 FROM work AS o WHERE o.candidate_id = w.candidate_id AND o.exam_id = w.exam_id"
    " AND o.epoch > w.epoch)"
    " AND NOT EXISTS (SELECT 1 FROM quarantine AS x WHERE x.candidate_id = w.candidate_id AND x.exam_id = w.exam_id"
    " AND x.reason IN ('heads', 'starts'))"
    " AND NOT EXISTS (SELECT 1 FROM record AS d WHERE d.candidate_id = w.candidate_id AND d.exam_id = w.exam_id"
    " AND d.epoch = w.epoch AND d.hash = w.hash AND d.ruleset = ?3)"
    " ORDER BY w.exam_id, w.candidate_id";
static const char one_sql[] = "SELECT form, status, package, seq, used_ms, answers, files FROM work"
                              " WHERE candidate_id = ?1 AND exam_id = ?2 AND epoch = ?3 AND hash = ?4";

struct key {
    struct key *next;
    const char *session, *ticket;
    int64_t epoch;
    uint8_t hash[MERGE_HASH];
};

static void take_hash(uint8_t ret[MERGE_HASH], struct span found)
{
    if (found.n == MERGE_HASH)
        memcpy(ret, found.p, MERGE_HASH);
}

static int read_keys(struct store *s, struct arena *a, const char *session, const uint8_t *package, const char *ruleset,
                     struct key **ret, struct err *e)
{
    struct db_stmt *q = NULL;
    struct key **tail = ret;
    int r = db_query(s->db, &q, e, keys_sql, "tbt", session, span_of(package, package ? MERGE_HASH : 0), ruleset);
    while (r == 0 && (r = db_step(q, e)) > 0) {
        struct key *k = arena_alloc(a, sizeof *k);
        k->session = arena_strdup(a, db_text(q, 0));
        k->ticket = arena_strdup(a, db_text(q, 1));
        k->epoch = db_int(q, 2);
        take_hash(k->hash, db_blob(q, 3));
        *tail = k;
        tail = &k->next;
        r = 0;
    }
    db_done(q);
    return r;
}

static int give(struct store *s, const struct key *k, store_work_fn *each, void *context, struct err *e)
{
    struct arena *a = arena_new();
    struct store_work w = {.session = k->session, .ticket = k->ticket, .epoch = k->epoch};
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, one_sql, "ttib", k->ticket, k->session, k->epoch, span_of(k->hash, MERGE_HASH));
    if (r == 0 && (r = db_step(q, e)) > 0) {
        struct span answers = db_blob(q, 5), files = db_blob(q, 6);
        memcpy(w.hash, k->hash, MERGE_HASH);
        take_hash(w.package, db_blob(q, 2));
        w.form = arena_strdup(a, db_text(q, 0));
        w.status = arena_strdup(a, db_text(q, 1));
        w.seq = db_int(q, 3);
        w.used_ms = db_int(q, 4);
        w.answers = span_of(arena_copy(a, answers.p, answers.n), answers.n);
        w.files = span_of(arena_copy(a, files.p, files.n), files.n);
    }
    db_done(q);
    if (r > 0)
        r = each(context, &w, e);
    arena_free(a);
    return r;
}

int store_unscored(struct store *s, const char *session, const uint8_t *package, const char *ruleset, store_work_fn *each,
                   void *context, struct err *e)
{
    struct arena *a = arena_new();
    struct key *first = NULL;
    int r = read_keys(s, a, session, package, ruleset, &first, e);
    for (struct key *k = first; r == 0 && k; k = k->next)
        r = give(s, k, each, context, e);
    arena_free(a);
    return r;
}

/* ---- records ---- */

static const char record_sql[] =
    "SELECT document, exam_id, epoch FROM record WHERE candidate_id = ?1 AND (?2 IS NULL OR exam_id = ?2)"
    " ORDER BY epoch DESC LIMIT 2";
static const char sessions_sql[] =
    "SELECT count(DISTINCT exam_id) FROM record WHERE candidate_id = ?1 AND (?2 IS NULL OR exam_id = ?2)";

static int one_session(struct store *s, const char *session, const char *ticket, struct err *e)
{
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, sessions_sql, "tt", ticket, session);
    int64_t n = r == 0 && (r = db_step(q, e)) > 0 ? db_int(q, 0) : 0;
    db_done(q);
    if (r < 0 || n == 1)
        return r < 0 ? r : 0;
    if (n == 0)
        return err_set(e, ERR_NO, ticket, _("the store has no score record of this candidate"));
    err_set(e, ERR_USAGE, ticket, _("this candidate has records of several sessions"));
    return err_hint(e, _("name one with --session"));
}

int store_record(struct store *s, const char *session, const char *ticket, struct bytes *ret, struct err *e)
{
    struct db_stmt *q = NULL;
    int64_t epoch = 0;
    int r = one_session(s, session, ticket, e);
    if (r == 0)
        r = db_query(s->db, &q, e, record_sql, "tt", ticket, session);
    if (r == 0 && (r = db_step(q, e)) > 0) {
        struct span document = db_blob(q, 0);
        bytes_add(ret, document.p, document.n);
        epoch = db_int(q, 2);
        r = db_step(q, e);
        if (r > 0 && db_int(q, 2) == epoch)
            r = err_set(e, ERR_NO, ticket, _("two score records contradict each other: see the quarantine"));
    }
    db_done(q);
    return r < 0 ? r : 0;
}
