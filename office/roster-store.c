/* SPDX-License-Identifier: Apache-2.0 */
#include "office/roster-store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "office/roster-import.h"

static const char add_candidate_sql[] =
    "INSERT INTO candidate (session, ticket, name, id_number, county, school, site, room, seat, form, extra_s)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
static const char add_room_sql[] =
    "INSERT INTO room (session, site, id, name, seats, benches) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char add_rater_sql[] =
    "INSERT INTO rater (session, id, name, school, site, room, from_bench, to_bench, rank)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
static const char list_candidates_sql[] =
    "SELECT ticket, name, id_number, county, school, site, room, seat, form, extra_s FROM candidate"
    " WHERE session = ?1 ORDER BY ticket";
static const char list_rooms_sql[] =
    "SELECT site, id, name, seats, benches FROM room WHERE session = ?1 ORDER BY site, id";
static const char list_raters_sql[] =
    "SELECT id, name, school, site, room, from_bench, to_bench, rank FROM rater WHERE session = ?1 ORDER BY id";

static int put_candidates(struct db *d, const struct roster *r, struct err *e)
{
    int k = 0;
    for (size_t i = 0; k == 0 && i < r->n_candidates; i++) {
        const struct roster_candidate *c = &r->candidate[i];
        k = db_run(d, e, add_candidate_sql, "ttttttttiti", r->session, c->ticket, c->name, c->id_number,
                   c->county, c->school, c->site, c->room, c->seat, c->form, c->extra_s);
    }
    return k;
}

static int put_rooms(struct db *d, const struct roster *r, struct err *e)
{
    int k = 0;
    for (size_t i = 0; k == 0 && i < r->n_rooms; i++)
        k = db_run(d, e, add_room_sql, "ttttii", r->session, r->room[i].site, r->room[i].id, r->room[i].name,
                   r->room[i].seats, r->room[i].benches);
    return k;
}

static int put_raters(struct db *d, const struct roster *r, struct err *e)
{
    int k = 0;
    for (size_t i = 0; k == 0 && i < r->n_raters; i++) {
        const struct roster_rater *x = &r->rater[i];
        k = db_run(d, e, add_rater_sql, "ttttttiii", r->session, x->id, x->name, x->school, x->site, x->room,
                   x->from, x->to, x->order);
    }
    return k;
}

static int put_all(struct db *d, const struct roster *r, struct err *e)
{
    int k;
    if ((k = db_run(d, e, "DELETE FROM candidate WHERE session = ?1", "t", r->session)) < 0 ||
        (k = db_run(d, e, "DELETE FROM room WHERE session = ?1", "t", r->session)) < 0 ||
        (k = db_run(d, e, "DELETE FROM rater WHERE session = ?1", "t", r->session)) < 0 ||
        (k = put_candidates(d, r, e)) < 0 || (k = put_rooms(d, r, e)) < 0)
        return k;
    return put_raters(d, r, e);
}

/* The document is written before the commit: a full disk then leaves both as they were. */
static int put_document(struct office *o, struct roster *r, struct err *e)
{
    struct bytes text = {0};
    char *path = office_session_path(o, r->session, "roster.xml");
    int k = 0;
    if (!roster_is_arranged(r))
        unlink(path);
    else if ((k = roster_write(r, &text, e)) == 0)
        k = file_put(path, 0600, bytes_span(&text), e);
    bytes_release(&text);
    free(path);
    return k;
}

static int check_unsigned(struct office *o, const char *session, struct err *e)
{
    bool is_signed = false;
    int k = office_roster_is_signed(o, session, &is_signed, e);
    if (k == 0 && is_signed) {
        err_set(e, ERR_USAGE, session, _("the roster of this session is signed and stays as it is"));
        k = err_hint(e, _("late candidates, other forms and seats: kaochang pack --late CHANGES.csv"));
    }
    return k;
}

int office_rosters_save(struct office *o, struct roster *const *r, size_t n, struct err *e)
{
    struct db *d = office_db(o);
    int k = 0;
    for (size_t i = 0; i < n && k == 0; i++)
        k = check_unsigned(o, r[i]->session, e);
    if (k < 0 || (k = db_begin(d, e)) < 0)
        return k;
    for (size_t i = 0; i < n && k == 0; i++)
        k = put_all(d, r[i], e);
    for (size_t i = 0; i < n && k == 0; i++)
        k = put_document(o, r[i], e);
    if (k < 0 || (k = db_commit(d, e)) < 0)
        db_rollback(d);
    return k;
}

int office_roster_save(struct office *o, struct roster *r, struct err *e)
{
    return office_rosters_save(o, &r, 1, e);
}

int office_roster_amend(struct office *o, const struct roster *r, struct err *e)
{
    struct db *d = office_db(o);
    int k = db_begin(d, e);
    if (k < 0)
        return k;
    if ((k = put_all(d, r, e)) < 0 || (k = db_commit(d, e)) < 0)
        db_rollback(d);
    return k;
}

static int load_candidates(struct db *d, struct roster *r, size_t n, struct err *e)
{
    struct db_stmt *q = NULL;
    struct arena *a = r->arena;
    int k = db_query(d, &q, e, list_candidates_sql, "t", r->session);
    if (k < 0)
        return k;
    r->candidate = arena_array(a, n + 1, sizeof *r->candidate);
    while ((k = db_step(q, e)) > 0 && r->n_candidates < n)
        r->candidate[r->n_candidates++] =
            (struct roster_candidate){.ticket = arena_strdup(a, db_text(q, 0)),
                                      .name = arena_strdup(a, db_text(q, 1)),
                                      .id_number = arena_strdup(a, db_text(q, 2)),
                                      .county = arena_strdup(a, db_text(q, 3)),
                                      .school = arena_strdup(a, db_text(q, 4)),
                                      .site = arena_strdup(a, db_text(q, 5)),
                                      .room = arena_strdup(a, db_text(q, 6)),
                                      .seat = db_int(q, 7),
                                      .form = arena_strdup(a, db_text(q, 8)),
                                      .extra_s = db_int(q, 9)};
    db_done(q);
    return k < 0 ? k : 0;
}

static int load_rooms(struct db *d, struct roster *r, size_t n, struct err *e)
{
    struct db_stmt *q = NULL;
    struct arena *a = r->arena;
    int k = db_query(d, &q, e, list_rooms_sql, "t", r->session);
    if (k < 0)
        return k;
    r->room = arena_array(a, n + 1, sizeof *r->room);
    while ((k = db_step(q, e)) > 0 && r->n_rooms < n)
        r->room[r->n_rooms++] = (struct roster_room){.site = arena_strdup(a, db_text(q, 0)),
                                                     .id = arena_strdup(a, db_text(q, 1)),
                                                     .name = arena_strdup(a, db_text(q, 2)),
                                                     .seats = db_int(q, 3),
                                                     .benches = db_int(q, 4)};
    db_done(q);
    return k < 0 ? k : 0;
}

static int load_raters(struct db *d, struct roster *r, size_t n, struct err *e)
{
    struct db_stmt *q = NULL;
    struct arena *a = r->arena;
    int k = db_query(d, &q, e, list_raters_sql, "t", r->session);
    if (k < 0)
        return k;
    r->rater = arena_array(a, n + 1, sizeof *r->rater);
    while ((k = db_step(q, e)) > 0 && r->n_raters < n)
        r->rater[r->n_raters++] = (struct roster_rater){.id = arena_strdup(a, db_text(q, 0)),
                                                        .name = arena_strdup(a, db_text(q, 1)),
                                                        .school = arena_strdup(a, db_text(q, 2)),
                                                        .site = arena_strdup(a, db_text(q, 3)),
                                                        .room = arena_strdup(a, db_text(q, 4)),
                                                        .from = db_int(q, 5),
                                                        .to = db_int(q, 6),
                                                        .order = db_int(q, 7)};
    db_done(q);
    return k < 0 ? k : 0;
}

int office_roster_load(struct office *o, const char *session, struct roster **ret, struct err *e)
{
    struct db *d = office_db(o);
    int64_t n = 0, rooms = 0, raters = 0;
    int k = db_get_int(d, &n, 0, e, "SELECT count(*) FROM candidate WHERE session = ?1", "t", session);
    if (k < 0 ||
        (k = db_get_int(d, &rooms, 0, e, "SELECT count(*) FROM room WHERE session = ?1", "t", session)) < 0 ||
        (k = db_get_int(d, &raters, 0, e, "SELECT count(*) FROM rater WHERE session = ?1", "t", session)) < 0)
        return k;
    if (n == 0) {
        err_set(e, ERR_USAGE, session, _("this session has no roster yet"));
        return err_hint(e, _("kaochang roster import FILE.csv --session %s"), session);
    }
    struct roster *r = roster_new();
    r->session = arena_strdup(r->arena, session);
    if ((k = load_candidates(d, r, (size_t)n, e)) < 0 || (k = load_rooms(d, r, (size_t)rooms, e)) < 0 ||
        (k = load_raters(d, r, (size_t)raters, e)) < 0) {
        roster_free(r);
        return k;
    }
    *ret = r;
    return 0;
}

int office_roster_is_signed(struct office *o, const char *session, bool *ret, struct err *e)
{
    static const char prefix[] = "roster.xml.", suffix[] = ".minisig";
    struct file_names names = {0};
    char *folder = office_session_path(o, session, NULL);
    int k = file_list(folder, &names, e);
    *ret = false;
    for (size_t i = 0; i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        if (n > sizeof prefix + sizeof suffix && strncmp(names.name[i], prefix, sizeof prefix - 1) == 0 &&
            strcmp(names.name[i] + n - (sizeof suffix - 1), suffix) == 0)
            *ret = true;
    }
    file_names_free(&names);
    free(folder);
    return k;
}
