/* SPDX-License-Identifier: Apache-2.0 */
#include "base/db.h"

#include <errno.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { MOST_IDLE = 48 };

struct db {
    sqlite3 *handle;
    char *path;
    struct db_stmt *idle[MOST_IDLE]; /* prepared and not in use, the longest unused one first */
    size_t n_idle;
};

struct db_stmt {
    sqlite3_stmt *raw;
    struct db *db;
    uintptr_t sql; /* where its text stood when it was prepared */
    bool failed;
};

/* A table or column that is not there: the file was edited, or is another program's. */
static bool lacks_something(int code, const char *message)
{
    return code == SQLITE_ERROR && strncmp(message, "no such ", 8) == 0;
}

static enum err_kind kind_of(int code, const char *message)
{
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_CONSTRAINT ||
        code == SQLITE_MISMATCH || lacks_something(code, message))
        return ERR_DATA;
    return code == SQLITE_ERROR || code == SQLITE_MISUSE || code == SQLITE_RANGE ? ERR_BUG : ERR_ENV;
}

static const char *what_of(int code, const char *message)
{
    if (code == SQLITE_NOTADB)
        return _("this is no database, or its beginning is damaged");
    if (code == SQLITE_CORRUPT || lacks_something(code, message))
        return _("the database is damaged");
    if (code == SQLITE_FULL)
        return _("cannot write the database");
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return _("the database is in use");
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM)
        return _("cannot open or write the database");
    return code == SQLITE_IOERR ? _("cannot read or write the database") : NULL;
}

static void add_hint(int code, const char *message, struct err *e)
{
    if (code == SQLITE_FULL)
        err_hint(e, _("the disk is full; free some space on this disk and try again"));
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        err_hint(e, _("another program is using it; wait until it has finished"));
    else if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN || code == SQLITE_PERM ||
             code == SQLITE_IOERR)
        err_hint(e, _("check that the file is there and may be written"));
    else if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT || lacks_something(code, message))
        err_hint(e, _("keep this file as it is and put back the last copy of it"));
}

static int fail(const struct db *d, struct err *e)
{
    int code = sqlite3_errcode(d->handle) & 0xFF;
    if (code == SQLITE_IOERR && sqlite3_system_errno(d->handle) == ENOSPC)
        code = SQLITE_FULL; /* its shared memory did not fit */
    const char *message = sqlite3_errmsg(d->handle);
    enum err_kind kind = kind_of(code, message);
    const char *what = what_of(code, message);
    if (what)
        err_set(e, kind, d->path, "%s (%s)", what, message);
    else
        err_set(e, kind, d->path, "%s", message);
    if (e) {
        e->code = sqlite3_extended_errcode(d->handle);
        add_hint(code, message, e);
    }
    return -(int)kind;
}

int db_open(struct db **ret, const char *path, enum db_mode mode, const char *vfs, struct err *e)
{
    int flags = SQLITE_OPEN_FULLMUTEX;
    flags |= mode == DB_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0;
    struct stat st;
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) /* a pipe would be waited for */
        return err_set(e, ERR_DATA, path, _("not a regular file"));
    struct db *d = mem_alloc(sizeof *d);
    d->path = mem_strdup(path);
    if (sqlite3_open_v2(path, &d->handle, flags, vfs) != SQLITE_OK) {
        if (d->handle)
            fail(d, e);
        else
            err_set(e, ERR_ENV, path, _("out of memory"));
        db_close(d);
        return -ERR_ENV;
    }
    sqlite3_extended_result_codes(d->handle, 0);
    sqlite3_busy_timeout(d->handle, 5000);
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    int r = db_script(d, "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;", e);
    if (r == 0 && mode != DB_READ)
        r = db_script(d, "PRAGMA journal_mode=WAL;", e);
    if (r < 0) {
        db_close(d);
        return r;
    }
    *ret = d;
    return 0;
}

int db_open_bytes(struct db **ret, const char *name, struct span data, struct err *e)
{
    struct db *d = NULL;
    int r = db_open(&d, ":memory:", DB_READ, NULL, e);
    if (r < 0)
        return r;
    free(d->path);
    d->path = mem_strdup(name);
    unsigned char *copy = sqlite3_malloc64(data.n ? data.n : 1);
    if (!copy) {
        db_close(d);
        return err_set(e, ERR_ENV, name, _("out of memory"));
    }
    memcpy(copy, data.p, data.n);
    if (sqlite3_deserialize(d->handle, "main", copy, (sqlite3_int64)data.n, (sqlite3_int64)data.n,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        r = fail(d, e);
        db_close(d);
        return r;
    }
    *ret = d;
    return 0;
}

void db_keep_wal(struct db *d, bool keep)
{
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
}

int db_checkpoint(struct db *d, struct err *e)
{
    return db_script(d, "PRAGMA wal_checkpoint(TRUNCATE)", e);
}

static void finalize(struct db_stmt *s)
{
    sqlite3_finalize(s->raw);
    free(s);
}

void db_close(struct db *d)
{
    if (!d)
        return;
    for (size_t i = 0; i < d->n_idle; i++)
        finalize(d->idle[i]);
    sqlite3_close_v2(d->handle);
    free(d->path);
    free(d);
}

const char *db_path(const struct db *d)
{
    return d->path;
}

int db_script(struct db *d, const char *sql, struct err *e)
{
    return sqlite3_exec(d->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(d, e);
}

/* `how`: SQLITE_STATIC for what stays until the statement is done, else SQLITE_TRANSIENT. */
static int bind_all(struct db_stmt *s, sqlite3_destructor_type how, struct err *e, const char *types,
                    va_list ap)
{
    for (int i = 1; *types; types++, i++) {
        int rc = SQLITE_OK;
        if (*types == 't') {
            rc = sqlite3_bind_text(s->raw, i, va_arg(ap, const char *), -1, how);
        } else if (*types == 'i') {
            rc = sqlite3_bind_int64(s->raw, i, va_arg(ap, int64_t));
        } else if (*types == 'd') {
            rc = sqlite3_bind_double(s->raw, i, va_arg(ap, double));
        } else if (*types == 'b') {
            struct span b = va_arg(ap, struct span);
            rc = b.p ? sqlite3_bind_blob64(s->raw, i, b.p, b.n, how)
                     : sqlite3_bind_null(s->raw, i);
        } else {
            rc = sqlite3_bind_null(s->raw, i);
        }
        if (rc != SQLITE_OK)
            return fail(s->db, e);
    }
    return 0;
}

static struct db_stmt *take_idle(struct db *d, const char *sql)
{
    for (size_t i = d->n_idle; i-- > 0;) {
        struct db_stmt *s = d->idle[i];
        if (s->sql != (uintptr_t)sql || strcmp(sqlite3_sql(s->raw), sql) != 0)
            continue;
        memmove(d->idle + i, d->idle + i + 1, (--d->n_idle - i) * sizeof *d->idle);
        return s;
    }
    return NULL;
}

/* What a PRAGMA gives may be settled when it is prepared. */
static bool may_be_kept(const struct db_stmt *s)
{
    return !s->failed && sqlite3_strnicmp(sqlite3_sql(s->raw), "PRAGMA", 6) != 0;
}

static void keep_idle(struct db *d, struct db_stmt *s)
{
    sqlite3_reset(s->raw);
    sqlite3_clear_bindings(s->raw);
    if (d->n_idle == MOST_IDLE) {
        finalize(d->idle[0]);
        memmove(d->idle, d->idle + 1, --d->n_idle * sizeof *d->idle);
    }
    d->idle[d->n_idle++] = s;
}

static int prepare(struct db *d, struct db_stmt **ret, sqlite3_destructor_type how, struct err *e,
                   const char *sql, const char *types, va_list ap)
{
    struct db_stmt *s = take_idle(d, sql);
    if (!s) {
        sqlite3_stmt *raw = NULL;
        if (sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, NULL) != SQLITE_OK)
            return fail(d, e);
        s = mem_alloc(sizeof *s);
        *s = (struct db_stmt){.raw = raw, .db = d, .sql = (uintptr_t)sql};
    }
    int r = bind_all(s, how, e, types, ap);
    if (r < 0) {
        finalize(s);
        return r;
    }
    *ret = s;
    return 0;
}

int db_query(struct db *d, struct db_stmt **ret, struct err *e, const char *sql, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    int r = prepare(d, ret, SQLITE_TRANSIENT, e, sql, types, ap);
    va_end(ap);
    return r;
}

int db_step(struct db_stmt *s, struct err *e)
{
    int rc = sqlite3_step(s->raw);
    if (rc == SQLITE_ROW)
        return 1;
    s->failed = rc != SQLITE_DONE;
    return s->failed ? fail(s->db, e) : 0;
}

int db_again(struct db_stmt *s, struct err *e, const char *types, ...)
{
    sqlite3_reset(s->raw);
    va_list ap;
    va_start(ap, types);
    int r = bind_all(s, SQLITE_TRANSIENT, e, types, ap);
    va_end(ap);
    return r;
}

void db_done(struct db_stmt *s)
{
    if (!s)
        return;
    if (may_be_kept(s))
        keep_idle(s->db, s);
    else
        finalize(s);
}

int db_run(struct db *d, struct err *e, const char *sql, const char *types, ...)
{
    struct db_stmt *s = NULL;
    va_list ap;
    va_start(ap, types);
    int r = prepare(d, &s, SQLITE_STATIC, e, sql, types, ap);
    va_end(ap);
    while (r == 0 && (r = db_step(s, e)) == 1)
        r = 0;
    db_done(s);
    return r;
}

int64_t db_last_id(const struct db *d)
{
    return sqlite3_last_insert_rowid(d->handle);
}

int64_t db_changes(const struct db *d)
{
    return sqlite3_changes64(d->handle);
}

const char *db_text(struct db_stmt *s, int column)
{
    const unsigned char *t = sqlite3_column_text(s->raw, column);
    return t ? (const char *)t : "";
}

int64_t db_int(struct db_stmt *s, int column)
{
    return sqlite3_column_int64(s->raw, column);
}

double db_double(struct db_stmt *s, int column)
{
    return sqlite3_column_double(s->raw, column);
}

struct span db_blob(struct db_stmt *s, int column)
{
    const void *p = sqlite3_column_blob(s->raw, column);
    return (struct span){p, p ? (size_t)sqlite3_column_bytes(s->raw, column) : 0};
}

bool db_is_null(struct db_stmt *s, int column)
{
    return sqlite3_column_type(s->raw, column) == SQLITE_NULL;
}

int db_get_int(struct db *d, int64_t *ret, int64_t absent, struct err *e, const char *sql, const char *types,
               ...)
{
    struct db_stmt *s = NULL;
    va_list ap;
    va_start(ap, types);
    int r = prepare(d, &s, SQLITE_STATIC, e, sql, types, ap);
    va_end(ap);
    if (r < 0)
        return r;
    r = db_step(s, e);
    if (r >= 0)
        *ret = r == 1 ? db_int(s, 0) : absent;
    db_done(s);
    return r < 0 ? r : 0;
}

int db_begin(struct db *d, struct err *e)
{
    return db_run(d, e, "BEGIN IMMEDIATE", "");
}

int db_commit(struct db *d, struct err *e)
{
    return db_run(d, e, "COMMIT", "");
}

void db_rollback(struct db *d)
{
    sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
}

int db_hurry(struct db *d, struct err *e)
{
    return db_script(
        d, "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-65536;", e);
}

/* One more commit, of a page that says what it said, is waited for, and with it all that stand before it. */
int db_settle(struct db *d, struct err *e)
{
    char same[60];
    int64_t version = 0;
    int r = db_script(d, "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;", e);
    if (r == 0)
        r = db_version(d, &version, e);
    if (r < 0)
        return r;
    snprintf(same, sizeof same, "PRAGMA user_version=%lld;", (long long)version);
    return db_script(d, same, e);
}

int db_backup(struct db *d, const char *path, struct err *e)
{
    struct db *to = NULL;
    unlink(path);
    int r = db_open(&to, path, DB_CREATE, NULL, e);
    if (r < 0)
        return r;
    sqlite3_backup *b = sqlite3_backup_init(to->handle, "main", d->handle, "main");
    int step = b ? sqlite3_backup_step(b, -1) : SQLITE_OK, finish = b ? sqlite3_backup_finish(b) : SQLITE_OK;
    if (b && finish == SQLITE_OK && step != SQLITE_DONE) { /* busy or locked: an empty copy is no success */
        err_set(e, ERR_ENV, d->path, "%s", sqlite3_errstr(step));
        r = err_hint(e, _("another program is using it; wait until it has finished"));
    } else if (sqlite3_errcode(to->handle) != SQLITE_OK)
        r = fail(to, e);
    else
        r = db_script(to, "PRAGMA journal_mode=DELETE;", e);
    db_close(to);
    return r;
}

int db_version(struct db *d, int64_t *ret, struct err *e)
{
    return db_get_int(d, ret, 0, e, "PRAGMA user_version", "");
}

struct kind_of_store {
    int64_t id, version, tables;
};

static int look(struct db *d, struct kind_of_store *k, struct err *e)
{
    int r = db_get_int(d, &k->id, 0, e, "PRAGMA application_id", "");
    if (r == 0)
        r = db_version(d, &k->version, e);
    return r == 0 ? db_get_int(d, &k->tables, 0, e, "SELECT count(*) FROM sqlite_master", "") : r;
}

static bool is_new(const struct kind_of_store *k)
{
    return k->id == 0 && k->version == 0 && k->tables == 0;
}

/* Mark, version and tables of one moment: between single looks another program may make the store. */
static int look_once(struct db *d, struct kind_of_store *k, struct err *e)
{
    int r = db_script(d, "BEGIN", e);
    if (r < 0)
        return r;
    if ((r = look(d, k, e)) < 0)
        db_rollback(d);
    return r < 0 ? r : db_commit(d, e);
}

/* Two programs may find the same new file: the second looks again when its turn has come. */
static int make_store(struct db *d, const char *schema, const char *mark, struct kind_of_store *k,
                      struct err *e)
{
    int r = db_begin(d, e);
    if (r < 0)
        return r;
    if ((r = look(d, k, e)) == 0 && is_new(k) && (r = db_script(d, schema, e)) == 0 &&
        (r = db_script(d, mark, e)) == 0)
        r = look(d, k, e);
    if (r == 0)
        r = db_commit(d, e);
    if (r < 0)
        db_rollback(d);
    return r;
}

int db_prepare_store(struct db *d, int32_t application_id, int64_t version, const char *schema, struct err *e)
{
    struct kind_of_store k = {0};
    char mark[120];
    int r = look_once(d, &k, e);
    snprintf(mark, sizeof mark, "PRAGMA application_id=%d; PRAGMA user_version=%lld;", application_id,
             (long long)version);
    if (r == 0 && is_new(&k))
        r = make_store(d, schema, mark, &k, e);
    if (r < 0)
        return r;
    if (k.id != application_id)
        return err_set(e, ERR_DATA, d->path, _("this is not the database that was expected here"));
    if (k.version > version) {
        err_set(e, ERR_DATA, d->path, _("written by a newer version of this program (format %lld)"),
                (long long)k.version);
        return err_hint(e, _("update the program"));
    }
    return 0;
}
