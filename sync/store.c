/* SPDX-License-Identifier: Apache-2.0 */
#include "sync/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "sync/schema.h"
#include "sync/store-internal.h"

enum { APPLICATION_ID = 0x4B435354, VERSION = 4 }; /* "KCST" */

static int refuse_other_places(const char *path, enum db_mode mode, struct err *e)
{
    if (strncmp(path, "postgresql://", 13) == 0 || strncmp(path, "postgres://", 11) == 0) {
        err_set(e, ERR_USAGE, path, _("a central store in PostgreSQL comes with a later version"));
        return err_hint(e, _("give the name of a file: an SQLite store holds a whole city"));
    }
    if (mode != DB_CREATE && !file_exists(path)) {
        err_set(e, ERR_USAGE, path, _("there is no central store here yet"));
        return err_hint(e, _("kaochang merge makes it from result bundles"));
    }
    return 0;
}

/* Reading creates nothing, so what has no mark of ours is no store, however empty it is. */
static int check_mark(struct store *s, const char *path, enum db_mode mode, struct err *e)
{
    int64_t mark = APPLICATION_ID;
    int r = mode == DB_CREATE ? 0 : db_get_int(s->db, &mark, 0, e, "PRAGMA application_id", "");
    if (r == 0 && mark != APPLICATION_ID)
        r = err_set(e, ERR_DATA, path, _("this is no central store"));
    return r;
}

/* Versions 3 and 4 added tables and changed none, so the end of the schema is the whole upgrade. */
static int upgrade(const char *path, struct err *e)
{
    struct db *d = NULL;
    int64_t version = 0;
    int r = db_open(&d, path, DB_WRITE, NULL, e);
    if (r == 0 && (r = db_begin(d, e)) == 0) {
        r = db_version(d, &version, e);
        if (r == 0 && version < VERSION)
            r = db_script(d, strstr(sync_schema, version < 3 ? "-- since version 3" : "-- since version 4"),
                          e);
        if (r == 0 && version < VERSION)
            r = db_script(d, "PRAGMA user_version=4;", e);
        if (r < 0 || (r = db_commit(d, e)) < 0)
            db_rollback(d);
    }
    db_close(d);
    return r;
}

static int upgrade_old(struct store *s, const char *path, struct err *e)
{
    int64_t version = VERSION;
    int r = db_version(s->db, &version, e);
    return r < 0 || version >= VERSION ? r : upgrade(path, e);
}

int store_open(struct store **ret, const char *path, enum db_mode mode, struct err *e)
{
    int r = refuse_other_places(path, mode, e);
    if (r < 0)
        return r;
    struct store *s = mem_alloc(sizeof *s);
    r = db_open(&s->db, path, mode, NULL, e);
    if (r == 0)
        r = check_mark(s, path, mode, e);
    if (r == 0)
        r = db_prepare_store(s->db, APPLICATION_ID, VERSION, sync_schema, e);
    if (r == 0)
        r = upgrade_old(s, path, e);
    if (r == 0)
        *ret = s;
    else
        store_close(s);
    return r;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    db_close(s->db);
    free(s);
}

int store_hurry(struct store *s, struct err *e)
{
    return db_hurry(s->db, e);
}

int store_settle(struct store *s, struct err *e)
{
    return db_settle(s->db, e);
}

static const char put_policy_sql[] = "INSERT INTO policy (exam_id, policy_hash, kind, document)"
                                     " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
static const char put_registration_sql[] =
    "INSERT INTO registration (candidate_id, exam_id, policy_hash, name, id_number, county, school, site, room, seat, form,"
    " extra_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT DO NOTHING";

static int put_roster(struct store *s, const struct roster *r, struct span document, struct err *e)
{
    uint8_t hash[32];
    char kind[32] = "roster";
    blake2b_256(hash, document);
    struct span id = span_of(hash, sizeof hash);
    if (r->number) /* so that kinds have the order of the numbers */
        snprintf(kind, sizeof kind, "roster %010lld", (long long)r->number);
    int k = db_run(s->db, e, put_policy_sql, "tbtb", r->session, id, kind, document);
    for (size_t i = 0; k == 0 && i < r->n_candidates; i++) {
        const struct roster_candidate *c = &r->candidate[i];
        k = db_run(s->db, e, put_registration_sql, "ttbttttttiti", c->ticket, r->session, id, c->name, c->id_number,
                   c->county, c->school, c->site, c->room, c->seat, c->form, c->extra_s);
    }
    return k;
}

int store_put_roster(struct store *s, const struct roster *r, struct span document, struct err *e)
{
    int k = db_begin(s->db, e);
    if (k < 0)
        return k;
    if ((k = put_roster(s, r, document, e)) < 0 || (k = db_commit(s->db, e)) < 0)
        db_rollback(s->db);
    return k;
}

int store_put_withdrawal(struct store *s, const struct supplement_document *d, struct span document,
                         struct err *e)
{
    uint8_t hash[32];
    blake2b_256(hash, document);
    return db_run(s->db, e, put_policy_sql, "tbtb", d->session, span_of(hash, sizeof hash), "withdrawal",
                  document);
}
