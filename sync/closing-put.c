/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "exam-packages/close-number.h"
#include "exam-packages/derive.h"
#include "sync/closing.h"
#include "sync/store-internal.h"

static const char put_closing_sql[] =
    "INSERT INTO closing (exam_id, closing_hash, site, room, whole, package, registered, sat, document)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
/* One document can come twice, once from a machine that speaks for the whole room: that counts. */
static const char whole_sql[] = "UPDATE closing SET whole = 1 WHERE exam_id = ?1 AND closing_hash = ?2";
static const char put_sitting_sql[] =
    "INSERT INTO closed_sitting (candidate_id, exam_id, closing_hash, epoch, seq, head, status)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
static const char announced_sql[] =
    "SELECT id, number, key FROM announced WHERE exam_id = ?1 AND site = ?2 AND room = ?3 ORDER BY id";
static const char closings_sql[] =
    "SELECT closing_hash, document FROM closing WHERE exam_id = ?1 AND site = ?2 AND room = ?3 ORDER BY closing_hash";
static const char put_fit_sql[] =
    "INSERT INTO announced_record (exam_id, closing_hash, id) VALUES (?1, ?2, ?3)"
    " ON CONFLICT DO NOTHING";
static const char put_policy_sql[] = "INSERT INTO policy (exam_id, policy_hash, kind, document)"
                                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
static const char put_announced_sql[] = "INSERT INTO announced (exam_id, id, site, room, number, key)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
static const char put_admitted_sql[] = "INSERT INTO admitted (candidate_id, exam_id, reason, side)"
                                       " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";

struct announcement {
    struct span id, number, key;
};

/* The record is the one that was announced: named by its hash, or bound by the number that was read. */
static bool is_announced(const struct announcement *x, struct span hash, struct span document)
{
    char number[CLOSE_NUMBER_TEXT] = "";
    if (x->number.n != CLOSE_NUMBER_DIGITS || x->key.n != CLOSE_KEY_BYTES)
        return span_equal(x->id, hash);
    memcpy(number, x->number.p, CLOSE_NUMBER_DIGITS);
    return close_number_is_of_record(number, x->key.p, document);
}

static int put_sittings(struct store *s, const char *session, const struct merge_closing *c, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < c->n_sittings; i++) {
        const struct merge_closed_sitting *x = &c->sitting[i];
        r = db_run(s->db, e, put_sitting_sql, "ttbiibt", x->ticket, session, span_of(c->hash, MERGE_HASH),
                   x->epoch, x->seq, span_of(x->head, MERGE_HASH), x->status);
    }
    return r;
}

/* Holds a record against everything that its room had announced. */
static int compare_record(struct store *s, const char *session, const struct merge_closing *c, struct err *e)
{
    struct db_stmt *q = NULL;
    struct span hash = span_of(c->hash, MERGE_HASH);
    int r = db_query(s->db, &q, e, announced_sql, "ttt", session, c->site, c->room);
    while (r == 0 && (r = db_step(q, e)) > 0) {
        const struct announcement x = {db_blob(q, 0), span_str(db_text(q, 1)), db_blob(q, 2)};
        r = is_announced(&x, hash, c->document) ? db_run(s->db, e, put_fit_sql, "tbb", session, hash, x.id)
                                                : 0;
    }
    db_done(q);
    return r;
}

int closing_put(struct store *s, const char *session, const struct merge_closing *c, struct err *e)
{
    struct span hash = span_of(c->hash, MERGE_HASH);
    int r = db_run(s->db, e, put_closing_sql, "tbttibiib", session, hash, c->site, c->room, (int64_t)c->whole,
                   span_of(c->package, MERGE_HASH), c->registered, (int64_t)c->n_sittings, c->document);
    if (r == 0 && c->whole)
        r = db_run(s->db, e, whole_sql, "tb", session, hash);
    if (r == 0)
        r = put_sittings(s, session, c, e);
    return r < 0 ? r : compare_record(s, session, c, e);
}

/* ---- what was said when the close code was given out ---- */

static int put_policy(struct store *s, const char *session, const char *kind, struct span document,
                      struct err *e)
{
    uint8_t hash[32];
    blake2b_256(hash, document);
    return db_run(s->db, e, put_policy_sql, "tbtb", session, span_of(hash, sizeof hash), kind, document);
}

static int compare_announced(struct store *s, const char *session, const struct release_room *room,
                             const struct announcement *x, struct err *e)
{
    struct db_stmt *q = NULL;
    int r = db_query(s->db, &q, e, closings_sql, "ttt", session, room->site, room->room);
    while (r == 0 && (r = db_step(q, e)) > 0)
        r = is_announced(x, db_blob(q, 0), db_blob(q, 1))
                ? db_run(s->db, e, put_fit_sql, "tbb", session, db_blob(q, 0), x->id)
                : 0;
    db_done(q);
    return r;
}

static int put_announced(struct store *s, const char *session, const struct release_room *room, struct err *e)
{
    uint8_t id[32];
    struct bytes said = {0};
    struct announcement x = {span_of(id, sizeof id), span_str(""), span_str("")};
    if (room->how == RELEASE_OPEN)
        return 0;
    memcpy(id, room->hash, sizeof id);
    if (room->how == RELEASE_PHONE) {
        x.number = span_str(room->number);
        x.key = span_of(room->key, sizeof room->key);
        bytes_add(&said, x.key.p, x.key.n);
        bytes_add(&said, x.number.p, x.number.n);
        blake2b_256(id, bytes_span(&said));
        bytes_release(&said);
    }
    int r = db_run(s->db, e, put_announced_sql, "tbtttb", session, x.id, room->site, room->room,
                   room->how == RELEASE_PHONE ? room->number : "", x.key);
    if (r == 0)
        r = compare_announced(s, session, room, &x, e);
    return r < 0 ? r : closing_derive_room(s, session, room->site, room->room, NULL, e);
}

static int put_release(struct store *s, const struct release_record *x, struct span document, struct err *e)
{
    int r = put_policy(s, x->session, "release", document, e);
    for (size_t i = 0; r == 0 && i < x->n; i++)
        r = put_announced(s, x->session, &x->room[i], e);
    return r;
}

static int finish(struct store *s, int r, struct err *e)
{
    if (r < 0 || (r = db_commit(s->db, e)) < 0)
        db_rollback(s->db);
    return r;
}

int store_put_release(struct store *s, const struct release_record *x, struct span document, struct err *e)
{
    int r = db_begin(s->db, e);
    return r < 0 ? r : finish(s, put_release(s, x, document, e), e);
}

/* ---- what was decided ---- */

static int put_admission(struct store *s, const struct admission *x, struct span document, struct err *e)
{
    int r = put_policy(s, x->session, "admission", document, e);
    for (size_t i = 0; r == 0 && i < x->n; i++)
        r = db_run(s->db, e, put_admitted_sql, "tttb", x->side[i].ticket, x->session, x->side[i].reason,
                   span_of(x->side[i].hash, sizeof x->side[i].hash));
    for (size_t i = 0; r == 0 && i < x->n; i++)
        if (x->side[i].ticket[0])
            r = quarantine_derive(s, x->side[i].ticket, x->session, NULL, e);
    return r;
}

int store_put_admission(struct store *s, const struct admission *x, struct span document, struct err *e)
{
    int r = db_begin(s->db, e);
    return r < 0 ? r : finish(s, put_admission(s, x, document, e), e);
}
