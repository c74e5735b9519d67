/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "sync/store-internal.h"

static const char known_sql[] = "SELECT count(*) FROM bundle WHERE exam_id = ?1 AND bundle_hash = ?2";
static const char put_bundle_sql[] = "INSERT INTO bundle (exam_id, bundle_hash, station, site, room, package)"
                                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
static const char put_source_sql[] = "INSERT INTO source (candidate_id, exam_id, bundle_hash) VALUES (?1, ?2, ?3)"
                                     " ON CONFLICT DO NOTHING";
static const char lift_sql[] = "DELETE FROM quarantine WHERE candidate_id = '' AND exam_id = ?1 AND side = ?2";
static const char hold_sql[] = "INSERT INTO quarantine (candidate_id, exam_id, reason, epoch, side)"
                               " VALUES ('', ?1, ?2, 0, ?3) ON CONFLICT DO NOTHING";
static const char put_work_sql[] =
    "INSERT INTO work (candidate_id, exam_id, epoch, hash, seq, package, form, status, used_ms, receipt, answers, files)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING";
/* Time used stands outside the chain (the tick), so two copies with one head may differ: the later one counts. */
static const char latest_time_sql[] = "UPDATE work SET used_ms = ?5 WHERE candidate_id = ?1 AND exam_id = ?2"
                                      " AND epoch = ?3 AND hash = ?4 AND used_ms < ?5";
static const char work_there_sql[] = "SELECT count(*) FROM work WHERE candidate_id = ?1 AND exam_id = ?2"
                                     " AND epoch = ?3 AND hash = ?4";
static const char put_record_sql[] =
    "INSERT INTO record (candidate_id, exam_id, epoch, hash, ruleset, record_hash, points, maximum, status, items,"
    " document) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT DO NOTHING";

static const uint8_t *head_of(const struct merge_epoch *x)
{
    return x->n_events ? x->chain + (x->n_events - 1) * MERGE_HASH : x->start;
}

static int put_work(struct store *s, const char *session, const struct merge_sitting *in, const struct merge_epoch *last,
                    struct err *e)
{
    struct span hash = span_of(head_of(last), MERGE_HASH);
    int r = db_run(s->db, e, put_work_sql, "ttibibttitbb", in->ticket, session, last->epoch, hash,
                   (int64_t)last->n_events, span_of(in->package, MERGE_HASH), in->form, in->status,
                   in->used_ms, in->receipt, in->answers, in->files.p ? in->files : span_str(""));
    if (r == 0)
        r = db_run(s->db, e, latest_time_sql, "ttibi", in->ticket, session, last->epoch, hash, in->used_ms);
    return r;
}

/* What a rater's lost device has after the place from which he went on elsewhere. */
static int put_tails(struct store *s, const struct merge_input *in, const struct merge_sitting *sitting,
                     struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < sitting->n_tails; i++) {
        bool live = false;
        r = chain_put(s, sitting->ticket, in->session, sitting->tail[i].epoch, &live, e);
        if (r == 0 && live)
            r = put_work(s, in->session, &sitting->tail[i], sitting->tail[i].epoch, e);
    }
    return r;
}

static int put_sitting(struct store *s, const struct merge_input *in, const struct merge_sitting *sitting, struct err *e)
{
    int r = db_run(s->db, e, put_source_sql, "ttb", sitting->ticket, in->session, span_of(in->bundle, MERGE_HASH));
    bool live = false;
    for (size_t i = 0; r == 0 && i < sitting->n_epochs; i++)
        r = chain_put(s, sitting->ticket, in->session, &sitting->epoch[i], &live, e);
    if (r == 0 && live)
        r = put_work(s, in->session, sitting, &sitting->epoch[sitting->n_epochs - 1], e);
    return r < 0 ? r : put_tails(s, in, sitting, e);
}

int record_put(struct store *s, const char *session, const struct merge_record *x, struct err *e)
{
    uint8_t id[32];
    blake2b_256(id, x->document);
    return db_run(s->db, e, put_record_sql, "ttibtbiitbb", x->ticket, session, x->epoch, span_of(x->hash, MERGE_HASH),
                  x->ruleset, span_of(id, sizeof id), x->points.milli, x->maximum.milli, x->status, x->items,
                  x->document);
}

static int merge(struct store *s, const struct merge_input *in, struct merge_counts *ret, struct err *e)
{
    struct span bundle = span_of(in->bundle, MERGE_HASH);
    int64_t known = 0;
    size_t others = 0;
    int r = db_get_int(s->db, &known, 0, e, known_sql, "tb", in->session, bundle);
    if (r < 0)
        return r;
    ret->known = known != 0;
    ret->sittings = in->n_sittings;
    ret->records = in->n_records;
    if ((r = db_run(s->db, e, lift_sql, "tb", in->session, bundle)) < 0 ||
        (r = db_run(s->db, e, put_bundle_sql, "tbtttb", in->session, bundle, in->station, in->site, in->room,
                    span_of(in->package, MERGE_HASH))) < 0)
        return r;
    for (size_t i = 0; r == 0 && i < in->n_sittings; i++)
        r = put_sitting(s, in, &in->sitting[i], e);
    for (size_t i = 0; r == 0 && i < in->n_records; i++)
        r = record_put(s, in->session, &in->record[i], e);
    for (size_t i = 0; r == 0 && i < in->n_records; i++)
        r = quarantine_derive(s, in->record[i].ticket, in->session, NULL, e);
    if (r == 0 && in->closing)
        r = closing_put(s, in->session, in->closing, e);
    for (size_t i = 0; r == 0 && i < in->n_sittings; i++) {
        bool any = false;
        r = quarantine_derive(s, in->sitting[i].ticket, in->session, &any, e);
        ret->contradictory += any;
    }
    if (r == 0 && in->closing)
        r = closing_derive_room(s, in->session, in->site, in->room, &others, e);
    ret->contradictory += others;
    return r;
}

static int finish(struct store *s, int r, struct err *e)
{
    if (r < 0 || (r = db_commit(s->db, e)) < 0)
        db_rollback(s->db);
    return r;
}

int store_merge(struct store *s, const struct merge_input *in, struct merge_counts *ret, struct err *e)
{
    struct merge_counts counts = {0};
    int r = db_begin(s->db, e);
    if (r < 0)
        return r;
    r = finish(s, merge(s, in, &counts, e), e);
    if (r == 0)
        *ret = counts;
    return r;
}

int store_knows(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH], bool *ret,
                struct err *e)
{
    int64_t known = 0;
    int r = db_get_int(s->db, &known, 0, e, known_sql, "tb", session, span_of(bundle, MERGE_HASH));
    *ret = known != 0;
    return r;
}

int store_hold(struct store *s, const char *session, const uint8_t bundle[MERGE_HASH], const char *reason, struct err *e)
{
    struct span id = span_of(bundle, MERGE_HASH);
    int64_t known = 0;
    int r = db_get_int(s->db, &known, 0, e, known_sql, "tb", session, id);
    if (r < 0 || known)
        return r;
    return db_run(s->db, e, hold_sql, "ttb", session, reason, id);
}

static int put_record(struct store *s, const char *session, const struct merge_record *x, struct err *e)
{
    int64_t there = 0;
    int r = db_get_int(s->db, &there, 0, e, work_there_sql, "ttib", x->ticket, session, x->epoch,
                       span_of(x->hash, MERGE_HASH));
    if (r == 0 && !there)
        return err_set(e, ERR_DATA, x->ticket, _("the store has no such work in session %s"), session);
    if (r < 0 || (r = record_put(s, session, x, e)) < 0)
        return r;
    return quarantine_derive(s, x->ticket, session, NULL, e);
}

int store_put_record(struct store *s, const char *session, const struct merge_record *x, struct err *e)
{
    int r = db_begin(s->db, e);
    return r < 0 ? r : finish(s, put_record(s, session, x, e), e);
}
