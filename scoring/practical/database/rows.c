/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of tables, results of queries, effects of scripts. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/database/kinds.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/parts.h"

/* A name as SQL has it: "a""b". */
static const char *quoted(struct arena *a, const char *name)
{
    struct bytes out = {0};
    bytes_str(&out, "\"");
    for (const char *p = name; *p; p++)
        bytes_add(&out, *p == '"' ? "\"\"" : p, *p == '"' ? 2 : 1);
    bytes_str(&out, "\"");
    const char *text = arena_strndup(a, (const char *)out.p, out.n);
    bytes_release(&out);
    return text;
}

/* A decimal such as 0.01, by whole digits only. */
static bool read_decimal(const char *s, double *ret)
{
    double value = 0, scale = 1;
    bool point = false;
    size_t digits = 0;
    for (; *s && digits < 15; s++) {
        if (*s == '.' && !point) {
            point = true;
            continue;
        }
        if (*s < '0' || *s > '9')
            return false;
        value = 10 * value + (*s - '0');
        scale = point ? 10 * scale : scale;
        digits++;
    }
    *ret = value / scale;
    return digits > 0 && !*s;
}

static int read_terms(const struct check_target *t, const struct locator *at, struct result_terms *ret,
                      struct err *e)
{
    const char *order = locator_get(at, "order"), *columns = locator_get(at, "columns"),
               *within = locator_get(at, "within");
    *ret = (struct result_terms){.ordered = order && strcmp(order, "fixed") == 0,
                                 .columns_by_name = columns && strcmp(columns, "any") == 0,
                                 .tolerance = 0.000001};
    return within && !read_decimal(within, &ret->tolerance) ? give_bad_locator(t, "within", e) : 0;
}

/* "12.50" of a number with that many decimals: half away from zero, in whole numbers. */
static const char *rounded(const struct private_cell *c, int decimals, struct arena *a)
{
    int64_t unit = 1;
    for (int i = 0; i < decimals; i++)
        unit *= 10;
    double scaled = c->real * (double)unit;
    if (!(scaled < 9e15 && scaled > -9e15))
        return c->text;
    int64_t n = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5), whole = n < 0 ? -n : n;
    if (decimals == 0)
        return arena_printf(a, "%lld", (long long)n);
    return arena_printf(a, "%s%lld.%0*lld", n < 0 ? "-" : "", (long long)(whole / unit), decimals,
                        (long long)(whole % unit));
}

const char *database_row_text(const struct private_result *r, size_t row, int decimals, struct arena *a)
{
    struct bytes out = {0};
    for (size_t i = 0; i < r->n_columns; i++) {
        const struct private_cell *c = &r->cell[row * r->n_columns + i];
        bool number = decimals >= 0 && (c->kind == 'r' || c->kind == 'i');
        bytes_printf(&out, "%s%s", i ? ", " : "", number ? rounded(c, decimals, a) : c->text);
    }
    const char *text = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static int give_rows(const struct check_target *t, const struct locator *at, const struct private_result *r,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct give_items l = {0};
    const char *order = locator_get(at, "order"), *digits = locator_get(at, "decimals");
    if (digits && (digits[0] < '0' || digits[0] > '9' || digits[1]))
        return give_bad_locator(t, "decimals", e);
    for (size_t i = 0; i < r->n_rows; i++)
        give_add(&l, a, database_row_text(r, i, digits ? digits[0] - '0' : -1, a));
    if (l.n && order && strcmp(order, "any") == 0)
        qsort(l.item, l.n, sizeof *l.item, by_text);
    return give_list(ret, l.item, l.n, t->path);
}

/* A fault of a candidate's SQL is told as what was found, not as a fault of the rule. */
static int told(const struct check_target *t, const struct private_database *d, struct arena *a,
                struct fact *ret)
{
    return give_bool(ret, false, arena_printf(a, "%s (%s)", t->path, private_why(d)));
}

/* What SQLite does not understand in this database is not there: a table, a column. Limits and damage are
 * faults. */
static int refused(const struct check_target *t, const struct private_database *d, int r, struct arena *a,
                   struct fact *ret, const struct err *e)
{
    if (r == -ERR_DATA && e->code == FAULT_WRONG_TYPE)
        return give_absent(ret, t->path, arena_strdup(a, private_why(d)));
    return r;
}

int database_row_count(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    const char *table, *where = locator_get(at, "where");
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    (void)argument;
    if (!d || database_need(t, at, "table", &table, e) < 0)
        return d ? -ERR_DATA : 0;
    const char *place = arena_printf(a, "%s, table %s", t->path, table);
    if (private_ask(d, a, &r, e, "SELECT 1 FROM sqlite_schema WHERE name=?1 COLLATE NOCASE", table) < 0)
        return -e->kind;
    if (r.n_rows == 0)
        return give_absent(ret, place, "no such table");
    const char *sql = arena_printf(a, "SELECT count(*) FROM %s%s%s", quoted(a, table), where ? " WHERE " : "",
                                   where ? where : "");
    int got = private_query(d, a, sql, &r, e);
    if (got < 0)
        return refused(t, d, got, a, ret, e);
    return give_integer(ret, r.n_rows ? r.cell[0].integer : 0, place);
}

int database_rows(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    const char *table, *columns = locator_get(at, "columns"), *where = locator_get(at, "where");
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    (void)argument;
    if (!d || database_need(t, at, "table", &table, e) < 0)
        return d ? -ERR_DATA : 0;
    if (private_ask(d, a, &r, e, "SELECT 1 FROM sqlite_schema WHERE name=?1 COLLATE NOCASE", table) < 0)
        return -e->kind;
    if (r.n_rows == 0)
        return give_absent(ret, t->path, "no such table");
    const char *sql = arena_printf(a, "SELECT %s FROM %s%s%s", columns ? columns : "*", quoted(a, table),
                                   where ? " WHERE " : "", where ? where : "");
    int got = private_query(d, a, sql, &r, e);
    return got < 0 ? refused(t, d, got, a, ret, e) : give_rows(t, at, &r, a, ret, e);
}

/* Runs the rule's query. */
static int ask_rule(const struct check_target *t, const char *argument, struct arena *a,
                    struct private_result *r, struct fact *ret, struct err *e)
{
    struct private_database *d = database_of(t, ret);
    if (!d)
        return 0;
    if (!argument)
        return give_bad_locator(t, "of", e);
    int got = private_query(d, a, argument, r, e);
    return got < 0 ? refused(t, d, got, a, ret, e) : 1;
}

int database_query(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    int got = ask_rule(t, argument, a, &r, ret, e);
    return got <= 0 ? got : give_rows(t, at, &r, a, ret, e);
}

int database_value(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    (void)at;
    int got = ask_rule(t, argument, a, &r, ret, e);
    if (got <= 0)
        return got;
    return r.n_rows ? give_text(ret, r.cell[0].text, t->path) : give_absent(ret, t->path, "no row");
}

int database_number(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    (void)at;
    int got = ask_rule(t, argument, a, &r, ret, e);
    if (got <= 0)
        return got;
    if (!r.n_rows || (r.cell[0].kind != 'i' && r.cell[0].kind != 'r'))
        return give_absent(ret, t->path, r.n_rows ? "not a number" : "no row");
    *ret = (struct fact){.value = {.type = FACT_NUMBER, .number = r.cell[0].real}, .place = t->path};
    return 0;
}

/* The database on which a file of SQL is tried: as given, else as the candidate left it. */
static int open_for_sql(const struct check_target *t, const struct locator *at, struct arena *a,
                        struct private_database **ret, struct err *e)
{
    const char *name = locator_get(at, "database");
    if (!name)
        return give_bad_locator(t, "database", e);
    const char *path = give_path(a, name);
    const struct practical_folder *from = t->start && practical_find(t->start, path) ? t->start : t->folder;
    const struct database_document *document = t->document;
    int r = private_open(ret, from, path, e);
    if (r == 0 && document->day[0])
        private_set_day(*ret, document->day[0], document->day[1], document->day[2]);
    return r;
}

static int hold_against_key(const struct check_target *t, struct private_database *d, const char *sql,
                            const char *key_sql, const struct result_terms *terms, struct arena *a,
                            struct fact *ret, struct err *e)
{
    struct private_result key, x;
    struct err fault;
    int r = private_query(d, a, key_sql, &key, e);
    if (r < 0)
        return r;
    if (private_script(d, a, sql, &x, &fault) < 0)
        return told(t, d, a, ret);
    const char *differs = results_differ(&x, &key, terms, a);
    return give_bool(ret, !differs, differs ? arena_printf(a, "%s (%s)", t->path, differs) : t->path);
}

/* A candidate's saved query gives what the rule's gives on the same database. */
int database_query_equals(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    const struct database_document *document = t->document;
    struct result_terms terms;
    struct private_database *d = NULL;
    if (!document->sql)
        return give_absent(ret, t->path, "not a file of SQL");
    if (!argument)
        return give_bad_locator(t, "of", e);
    int r = read_terms(t, at, &terms, e);
    if (r == 0)
        r = open_for_sql(t, at, a, &d, e);
    if (r == 0)
        r = hold_against_key(t, d, document->sql, argument, &terms, a, ret, e);
    private_close(d);
    return r;
}

int database_view_equals(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct result_terms terms;
    const char *view;
    struct private_result found;
    struct private_database *d = database_of(t, ret);
    if (!d || read_terms(t, at, &terms, e) < 0 || database_need(t, at, "view", &view, e) < 0)
        return d ? -ERR_DATA : 0;
    if (!argument)
        return give_bad_locator(t, "of", e);
    int r = private_ask(d, a, &found, e,
                        "SELECT 1 FROM sqlite_schema WHERE type='view' AND name=?1 COLLATE NOCASE", view);
    if (r < 0)
        return r;
    if (found.n_rows == 0)
        return give_bool(ret, false, arena_printf(a, "%s (no view %s)", t->path, view));
    return hold_against_key(t, d, arena_printf(a, "SELECT * FROM %s", quoted(a, view)), argument, &terms, a,
                            ret, e);
}

/* What the rule's query finds after a candidate's script has run on a copy. */
int database_script_rows(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    const struct database_document *document = t->document;
    struct private_database *d = NULL;
    struct private_result r;
    struct err fault;
    if (!document->sql)
        return give_absent(ret, t->path, "not a file of SQL");
    if (!argument)
        return give_bad_locator(t, "of", e);
    int got = open_for_sql(t, at, a, &d, e);
    if (got < 0)
        return got;
    if (private_script(d, a, document->sql, &r, &fault) < 0)
        got = give_absent(ret, t->path, arena_strdup(a, private_why(d)));
    else if ((got = private_query(d, a, argument, &r, e)) == 0)
        got = give_rows(t, at, &r, a, ret, e);
    private_close(d);
    return got;
}
