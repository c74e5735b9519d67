/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/database/private.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/database/copy.h"
#include "scoring/practical/database/functions.h"
#include "scoring/practical/database/vfs.h"
#include "scoring/practical/parts.h"

enum { STEPS_AT_ONCE = 500, STATEMENTS_MAX = 200 };
enum who { OURS, READER, WRITER };

struct private_database {
    sqlite3 *db;
    struct folder_vfs *vfs;
    char *folder;
    const char *path; /* as the rule names it; for messages */
    enum who who;
    char why[200];
    unsigned steps; /* of STEPS_AT_ONCE, that are left */
};

static int fault(struct private_database *d, enum practical_fault code, const char *what, struct err *e)
{
    err_set(e, ERR_DATA, d->path, "%s", _(what));
    if (e)
        e->code = code;
    snprintf(d->why, sizeof d->why, "%s", what);
    return -ERR_DATA;
}

const char *private_why(const struct private_database *d)
{
    return d->why;
}

static int count_steps(void *context)
{
    struct private_database *d = context;
    return d->steps == 0 || --d->steps == 0;
}

static int may_write(int action, const char *name)
{
    switch (action) {
    case SQLITE_CREATE_VTABLE:
    case SQLITE_DROP_VTABLE:
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
        return SQLITE_DENY;
    case SQLITE_PRAGMA:
        return SQLITE_IGNORE;
    case SQLITE_FUNCTION:
        return function_is_allowed(name) || strncmp(name, "sqlite_", 7) == 0 ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_OK;
    }
}

static int allow(void *context, int action, const char *first, const char *second, const char *database,
                 const char *trigger)
{
    const struct private_database *d = context;
    (void)first, (void)database, (void)trigger;
    if (d->who == OURS)
        return SQLITE_OK;
    if (d->who == WRITER)
        return may_write(action, second ? second : "");
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_FUNCTION:
        return second && function_is_allowed(second) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return SQLITE_IGNORE;
    default:
        return SQLITE_DENY;
    }
}

static void limit(sqlite3 *db)
{
    static const struct {
        int what, value;
    } limits[] = {{SQLITE_LIMIT_LENGTH, 4 << 20},
                  {SQLITE_LIMIT_SQL_LENGTH, 200000},
                  {SQLITE_LIMIT_COLUMN, 200},
                  {SQLITE_LIMIT_EXPR_DEPTH, 100},
                  {SQLITE_LIMIT_COMPOUND_SELECT, 20},
                  {SQLITE_LIMIT_VDBE_OP, 50000},
                  {SQLITE_LIMIT_FUNCTION_ARG, 20},
                  {SQLITE_LIMIT_ATTACHED, 0},
                  {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
                  {SQLITE_LIMIT_VARIABLE_NUMBER, 10},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
                  {SQLITE_LIMIT_WORKER_THREADS, 0}};
    static const struct {
        int what, value;
    } configured[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                      {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].what, limits[i].value);
    for (size_t i = 0; i < sizeof configured / sizeof *configured; i++)
        sqlite3_db_config(db, configured[i].what, configured[i].value, (int *)NULL);
}

static int refuse_sql(struct private_database *d, struct err *e)
{
    int code = sqlite3_errcode(d->db);
    if (d->steps == 0)
        return fault(d, FAULT_LIMIT, N_("a query takes more steps than the limit"), e);
    if (code == SQLITE_NOMEM)
        return fault(d, FAULT_LIMIT, N_("a query takes more memory than the limit"), e);
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        return fault(d, FAULT_CORRUPT, N_("the database is damaged"), e);
    snprintf(d->why, sizeof d->why, "SQLite says: %s", sqlite3_errmsg(d->db));
    utf8_mend(d->why, '?');
    err_set(e, ERR_DATA, d->path, _("SQLite says: %s"), sqlite3_errmsg(d->db));
    if (e)
        e->code = FAULT_WRONG_TYPE;
    return -ERR_DATA;
}

/* Memory of SQLite is bounded for the whole process while it works for us. */
static sqlite3_int64 bound_memory(void)
{
    return sqlite3_hard_heap_limit64(sqlite3_memory_used() + PRIVATE_MEMORY);
}

static void unbound_memory(sqlite3_int64 before)
{
    sqlite3_hard_heap_limit64(before > 0 ? before : 0);
}

/* A script may not make the copy grow without end. */
static int bound_pages(struct private_database *d, struct err *e)
{
    struct arena *a = arena_new();
    struct private_result r;
    int got = private_ask(d, a, &r, e, "SELECT ?1 / page_size FROM pragma_page_size", "134217728");
    const char *sql = got == 0 && r.n_rows ? arena_printf(a, "PRAGMA max_page_count=%s", r.cell[0].text) : "";
    if (got == 0)
        got = private_ask(d, a, &r, e, sql, NULL);
    arena_free(a);
    return got;
}

static int begin(struct private_database *d, struct err *e)
{
    static const char settings[] =
        "PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; "
        "PRAGMA cache_size=-4000; PRAGMA cell_size_check=ON; PRAGMA journal_mode=MEMORY; "
        "PRAGMA foreign_keys=ON; SELECT count(*) FROM sqlite_schema;";
    d->who = OURS;
    d->steps = PRIVATE_STEPS / STEPS_AT_ONCE;
    sqlite3_progress_handler(d->db, STEPS_AT_ONCE, count_steps, d);
    sqlite3_set_authorizer(d->db, allow, d);
    limit(d->db);
    if (functions_replace(d->db) != SQLITE_OK)
        return err_set(e, ERR_ENV, d->path, _("SQLite cannot be used"));
    sqlite3_int64 before = bound_memory();
    int status = sqlite3_exec(d->db, settings, NULL, NULL, NULL);
    unbound_memory(before);
    return status == SQLITE_OK ? bound_pages(d, e) : refuse_sql(d, e);
}

int private_open(struct private_database **ret, const struct practical_folder *folder, const char *path,
                 struct err *e)
{
    struct private_database *d = mem_alloc(sizeof *d);
    d->path = mem_strdup(path);
    int r = copy_make(&d->folder, folder, path, e);
    if (r == 0)
        r = folder_vfs_new(&d->vfs, d->folder, e);
    if (r == 0) {
        char *copy = mem_printf("%s/work", d->folder);
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
        if (sqlite3_open_v2(copy, &d->db, flags, folder_vfs_name(d->vfs)) != SQLITE_OK)
            r = err_set(e, ERR_ENV, path, _("SQLite cannot be used"));
        free(copy);
    }
    if (r == 0)
        r = begin(d, e);
    if (r < 0) {
        private_close(d);
        return r;
    }
    *ret = d;
    return 0;
}

void private_set_day(struct private_database *d, int32_t year, int32_t month, int32_t day)
{
    folder_vfs_set_day(d->vfs, year, month, day);
}

void private_close(struct private_database *d)
{
    if (!d)
        return;
    sqlite3_close(d->db);
    folder_vfs_free(d->vfs);
    if (d->folder)
        copy_remove(d->folder);
    free(d->folder);
    free((char *)(uintptr_t)d->path);
    free(d);
}

/* ---- results ---- */

struct gathering {
    struct arena *a;
    struct private_result *result;
    size_t cap;
    size_t at_start; /* of the arena */
};

static const char *as_hex(struct arena *a, struct span s)
{
    char *hex = arena_alloc(a, 2 * s.n + 1);
    return hex_encode(hex, s.p, s.n);
}

static struct private_cell cell_of(sqlite3_stmt *s, int column, struct arena *a)
{
    struct private_cell c = {.kind = 'n', .text = "NULL"};
    switch (sqlite3_column_type(s, column)) {
    case SQLITE_INTEGER:
        c.kind = 'i';
        c.integer = sqlite3_column_int64(s, column);
        c.real = (double)c.integer;
        c.text = arena_printf(a, "%lld", (long long)c.integer);
        break;
    case SQLITE_FLOAT:
        c.kind = 'r';
        c.real = sqlite3_column_double(s, column);
        c.text = arena_printf(a, "%.15g", c.real);
        break;
    case SQLITE_TEXT:
        c.kind = 't';
        char *text = arena_strdup(a, (const char *)sqlite3_column_text(s, column));
        utf8_mend(text, '?');
        c.text = text;
        break;
    case SQLITE_BLOB:
        c.kind = 'b';
        c.text = as_hex(a, span_of(sqlite3_column_blob(s, column), (size_t)sqlite3_column_bytes(s, column)));
        break;
    default:
        break;
    }
    return c;
}

static void name_columns(struct gathering *g, sqlite3_stmt *s)
{
    struct private_result *r = g->result;
    *r = (struct private_result){.n_columns = (size_t)sqlite3_column_count(s)};
    r->column = arena_array(g->a, r->n_columns, sizeof *r->column);
    for (size_t i = 0; i < r->n_columns; i++) {
        const char *name = sqlite3_column_name(s, (int)i);
        char *copy = arena_strdup(g->a, name ? name : "");
        utf8_mend(copy, '?');
        r->column[i] = copy;
    }
    g->cap = 0;
}

static bool gather(struct gathering *g, sqlite3_stmt *s)
{
    struct private_result *r = g->result;
    if (r->n_rows == PRIVATE_ROWS || arena_used(g->a) - g->at_start > PRIVATE_CELLS)
        return false;
    if (r->n_rows == g->cap) {
        g->cap = g->cap ? 2 * g->cap : 16;
        struct private_cell *grown = arena_array(g->a, g->cap * r->n_columns, sizeof *grown);
        if (r->n_rows)
            memcpy(grown, r->cell, r->n_rows * r->n_columns * sizeof *grown);
        r->cell = grown;
    }
    for (size_t i = 0; i < r->n_columns; i++)
        r->cell[r->n_rows * r->n_columns + i] = cell_of(s, (int)i, g->a);
    r->n_rows++;
    return true;
}

static int run_statement(struct private_database *d, sqlite3_stmt *s, struct gathering *g, struct err *e)
{
    int status;
    if (sqlite3_column_count(s))
        name_columns(g, s);
    d->steps = PRIVATE_STEPS / STEPS_AT_ONCE;
    while ((status = sqlite3_step(s)) == SQLITE_ROW)
        if (!gather(g, s))
            return fault(d, FAULT_LIMIT, N_("a query gives more rows than the limit"), e);
    return status == SQLITE_DONE ? 0 : refuse_sql(d, e);
}

static int run_all(struct private_database *d, struct gathering *g, const char *sql, va_list *list,
                   struct err *e)
{
    unsigned n = 0;
    int r = 0;
    while (r == 0 && *sql) {
        sqlite3_stmt *s = NULL;
        if (++n > STATEMENTS_MAX)
            return fault(d, FAULT_LIMIT, N_("more statements than the limit"), e);
        d->steps = PRIVATE_STEPS / STEPS_AT_ONCE;
        if (sqlite3_prepare_v3(d->db, sql, -1, 0, &s, &sql) != SQLITE_OK)
            return refuse_sql(d, e);
        const char *text = NULL;
        for (int i = 1; list && i <= sqlite3_bind_parameter_count(s) && (text = va_arg(*list, const char *));
             i++)
            sqlite3_bind_text(s, i, text, -1, SQLITE_TRANSIENT);
        if (s)
            r = run_statement(d, s, g, e);
        sqlite3_finalize(s);
    }
    return r;
}

static int run(struct private_database *d, enum who who, struct arena *a, struct private_result *ret,
               const char *sql, va_list *list, struct err *e)
{
    struct gathering g = {.a = a, .result = ret, .at_start = arena_used(a)};
    *ret = (struct private_result){0};
    d->who = who;
    sqlite3_db_config(d->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, who == WRITER, (int *)NULL);
    sqlite3_int64 before = bound_memory();
    int r = run_all(d, &g, sql, list, e);
    unbound_memory(before);
    d->who = READER;
    return r;
}

int private_ask(struct private_database *d, struct arena *a, struct private_result *ret, struct err *e,
                const char *sql, ...)
{
    va_list list;
    va_start(list, sql);
    int r = run(d, OURS, a, ret, sql, &list, e);
    va_end(list);
    return r;
}

int private_query(struct private_database *d, struct arena *a, const char *sql, struct private_result *ret,
                  struct err *e)
{
    return run(d, READER, a, ret, sql, NULL, e);
}

int private_script(struct private_database *d, struct arena *a, const char *sql, struct private_result *ret,
                   struct err *e)
{
    return run(d, WRITER, a, ret, sql, NULL, e);
}
