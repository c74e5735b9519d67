/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "sync/lab-internal.h"
#include "sync/store-internal.h"

/* The roster of the highest number: kinds are "roster", "roster 0000000001" and so on. */
#define NEWEST_ROSTER                                                                                        \
    "exam_id = ?1 AND kind = (SELECT max(kind) FROM policy WHERE exam_id = ?1 AND kind LIKE 'roster%')"

static const char rosters_sql[] = "SELECT count(*) FROM policy WHERE " NEWEST_ROSTER;
static const char newest_sql[] =
    "SELECT policy_hash FROM policy WHERE " NEWEST_ROSTER " ORDER BY policy_hash LIMIT 1";
static const char withdrawals_sql[] =
    "SELECT document FROM policy WHERE exam_id = ?1 AND kind = 'withdrawal' ORDER BY policy_hash";
static const char tickets_sql[] =
    "SELECT candidate_id FROM registration WHERE exam_id = ?1 AND policy_hash = ?2"
    " UNION SELECT candidate_id FROM work WHERE exam_id = ?1 ORDER BY 1";
static const char registration_sql[] =
    "SELECT name, id_number, county, school, site, room, seat, form FROM registration"
    " WHERE candidate_id = ?1 AND exam_id = ?2 AND policy_hash = ?3";
/* The highest epoch counts; where its heads contradict each other the sitting is in quarantine anyhow. */
static const char work_sql[] =
    "SELECT w.form, w.status, w.receipt, w.used_ms, w.epoch, w.hash, e.attested, w.package FROM work AS w JOIN epoch AS e"
    " ON e.candidate_id = w.candidate_id AND e.exam_id = w.exam_id AND e.epoch = w.epoch AND e.head_hash = w.hash"
    " WHERE w.candidate_id = ?1 AND w.exam_id = ?2 ORDER BY w.epoch DESC, w.hash LIMIT 1";
static const char record_sql[] = "SELECT points, maximum, status FROM record WHERE candidate_id = ?1 AND exam_id = ?2"
                                 " AND epoch = ?3 AND hash = ?4 AND ruleset = ?5 ORDER BY record_hash LIMIT 1";
static const char quarantined_sql[] = "SELECT count(*) FROM quarantine WHERE candidate_id = ?1 AND exam_id = ?2";

struct reader {
    struct arena *arena;
    const char *session, *ruleset;
    struct span roster;        /* hash of the one that counts; of 0 bytes: none */
    const uint8_t **withdrawn; /* package hashes */
    size_t n_withdrawn;
    struct db_stmt *registration, *work, *record, *quarantined;
};

struct store_result store_result_blank(const char *ticket)
{
    return (struct store_result){.ticket = ticket,
                                 .name = "",
                                 .id_number = "",
                                 .county = "",
                                 .school = "",
                                 .site = "",
                                 .room = "",
                                 .form = "",
                                 .status = "",
                                 .receipt = "",
                                 .waits = ""};
}

static int open_statements(struct store *s, struct reader *r, struct err *e)
{
    struct span none = span_str("");
    int k;
    if ((k = db_query(s->db, &r->registration, e, registration_sql, "ttb", "", "", none)) < 0 ||
        (k = db_query(s->db, &r->work, e, work_sql, "tt", "", "")) < 0 ||
        (k = db_query(s->db, &r->record, e, record_sql, "ttibt", "", "", INT64_C(0), none, "")) < 0)
        return k;
    return db_query(s->db, &r->quarantined, e, quarantined_sql, "tt", "", "");
}

static int read_registration(struct reader *r, struct store_result *x, struct err *e)
{
    struct db_stmt *q = r->registration;
    int k = db_again(q, e, "ttb", x->ticket, r->session, r->roster);
    if (k < 0 || (k = db_step(q, e)) <= 0)
        return k;
    x->registered = true;
    x->name = arena_strdup(r->arena, db_text(q, 0));
    x->id_number = arena_strdup(r->arena, db_text(q, 1));
    x->county = arena_strdup(r->arena, db_text(q, 2));
    x->school = arena_strdup(r->arena, db_text(q, 3));
    x->site = arena_strdup(r->arena, db_text(q, 4));
    x->room = arena_strdup(r->arena, db_text(q, 5));
    x->seat = db_int(q, 6);
    x->form = arena_strdup(r->arena, db_text(q, 7));
    return 0;
}

static int read_record(struct reader *r, struct store_result *x, int64_t epoch, struct span hash, struct err *e)
{
    struct db_stmt *q = r->record;
    int k = db_again(q, e, "ttibt", x->ticket, r->session, epoch, hash, r->ruleset);
    if (k < 0 || (k = db_step(q, e)) <= 0)
        return k;
    x->points = points_milli(db_int(q, 0));
    x->maximum = points_milli(db_int(q, 1));
    x->mark = strcmp(db_text(q, 2), "pending") == 0 ? STORE_PENDING : STORE_SCORED;
    return 0;
}

static bool is_withdrawn(const struct reader *r, struct span package)
{
    for (size_t i = 0; i < r->n_withdrawn; i++)
        if (span_equal(package, span_of(r->withdrawn[i], MERGE_HASH)))
            return true;
    return false;
}

static int read_work(struct reader *r, struct store_result *x, struct err *e)
{
    struct db_stmt *q = r->work;
    int k = db_again(q, e, "tt", x->ticket, r->session);
    if (k < 0 || (k = db_step(q, e)) <= 0)
        return k;
    x->form = arena_strdup(r->arena, db_text(q, 0));
    x->status = arena_strdup(r->arena, db_text(q, 1));
    x->receipt = arena_strdup(r->arena, db_text(q, 2));
    x->used_ms = db_int(q, 3);
    x->attested = db_int(q, 6) != 0;
    x->mark = STORE_UNSCORED;
    k = read_record(r, x, db_int(q, 4), db_blob(q, 5), e);
    if (k >= 0 && is_withdrawn(r, db_blob(q, 7)))
        x->mark = STORE_WITHDRAWN;
    return k;
}

static int read_quarantined(struct reader *r, struct store_result *x, struct err *e)
{
    int k = db_again(r->quarantined, e, "tt", x->ticket, r->session);
    if (k == 0 && (k = db_step(r->quarantined, e)) > 0 && db_int(r->quarantined, 0) > 0)
        x->mark = STORE_QUARANTINED;
    return k;
}

static int read_one(struct reader *r, const char *ticket, struct store_result *x, struct err *e)
{
    int k;
    *x = store_result_blank(ticket);
    if ((k = read_registration(r, x, e)) < 0 || (k = read_work(r, x, e)) < 0 || (k = read_quarantined(r, x, e)) < 0)
        return k;
    return 0;
}

static int find_roster(struct store *s, struct reader *r, struct err *e)
{
    struct db_stmt *q = NULL;
    int k = db_query(s->db, &q, e, newest_sql, "t", r->session);
    r->roster = span_str("");
    if (k == 0 && (k = db_step(q, e)) > 0)
        r->roster = span_of(arena_copy(r->arena, db_blob(q, 0).p, db_blob(q, 0).n), db_blob(q, 0).n);
    db_done(q);
    return k < 0 ? k : 0;
}

static int add_withdrawn(struct reader *r, struct span document, struct err *e)
{
    struct supplement_document *d = NULL;
    int k = supplement_document_read(&d, "withdrawal", document, e);
    if (k < 0)
        return k;
    const uint8_t **more = arena_array(r->arena, r->n_withdrawn + 1, sizeof *more);
    for (size_t i = 0; i < r->n_withdrawn; i++)
        more[i] = r->withdrawn[i];
    more[r->n_withdrawn++] = arena_copy(r->arena, d->package, sizeof d->package);
    r->withdrawn = more;
    supplement_document_free(d);
    return 0;
}

static int find_withdrawn(struct store *s, struct reader *r, struct err *e)
{
    struct db_stmt *q = NULL;
    int k = db_query(s->db, &q, e, withdrawals_sql, "t", r->session);
    while (k == 0 && (k = db_step(q, e)) > 0)
        k = add_withdrawn(r, db_blob(q, 0), e);
    db_done(q);
    return k;
}

static int read_tickets(struct store *s, const char *session, struct span roster, struct arena *a,
                        const char ***ret, size_t *ret_n, struct err *e)
{
    struct db_stmt *q = NULL;
    size_t n = 0, cap = 0;
    const char **all = NULL;
    int k = db_query(s->db, &q, e, tickets_sql, "tb", session, roster);
    while (k == 0 && (k = db_step(q, e)) > 0) {
        if (n == cap) {
            cap = cap ? cap * 2 : 256;
            const char **more = arena_array(a, cap, sizeof *more);
            if (n)
                memcpy(more, all, n * sizeof *more);
            all = more;
        }
        all[n++] = arena_strdup(a, db_text(q, 0));
        k = 0;
    }
    db_done(q);
    *ret = all;
    *ret_n = n;
    return k;
}

static int check_session(struct store *s, const char *session, size_t n, struct err *e)
{
    int64_t rosters = 0;
    int k = db_get_int(s->db, &rosters, 0, e, rosters_sql, "t", session);
    if (k < 0)
        return k;
    if (rosters > 1) {
        err_set(e, ERR_NO, session, _("the store holds %lld different rosters of this session"), (long long)rosters);
        return err_hint(e, _("a later list has a higher number; merge into a new store with one of these"));
    }
    if (n == 0)
        return err_set(e, ERR_USAGE, session, _("the store knows nothing of this session"));
    return 0;
}

int store_results(struct store *s, const char *session, const char *ruleset, struct arena *a, struct store_result **ret,
                  size_t *ret_n, struct err *e)
{
    struct reader r = {.arena = a, .session = session, .ruleset = ruleset};
    int lab = lab_results(s, session, a, ret, ret_n, e);
    if (lab)
        return lab < 0 ? lab : 0;
    const char **tickets = NULL;
    size_t n = 0;
    int k;
    if ((k = find_roster(s, &r, e)) < 0 || (k = find_withdrawn(s, &r, e)) < 0 ||
        (k = read_tickets(s, session, r.roster, a, &tickets, &n, e)) < 0 ||
        (k = check_session(s, session, n, e)) < 0)
        return k;
    struct store_result *all = arena_array(a, n, sizeof *all);
    k = open_statements(s, &r, e);
    for (size_t i = 0; k == 0 && i < n; i++)
        k = read_one(&r, tickets[i], &all[i], e);
    db_done(r.registration);
    db_done(r.work);
    db_done(r.record);
    db_done(r.quarantined);
    if (k < 0)
        return k;
    *ret = all;
    *ret_n = n;
    return 0;
}
