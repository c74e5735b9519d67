/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, columns, keys, indexes, views, relations. */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/database/kinds.h"
#include "scoring/practical/files/give.h"

static int named(const struct check_target *t, const struct locator *at, const char *type, struct arena *a,
                 struct fact *ret, struct err *e)
{
    const char *name;
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    if (!d || database_need(t, at, type, &name, e) < 0)
        return d ? -ERR_DATA : 0;
    if (private_ask(d, a, &r, e, "SELECT name FROM sqlite_schema WHERE type=?1 AND name=?2 COLLATE NOCASE",
                    type, name) < 0)
        return -e->kind;
    return give_bool(ret, r.n_rows > 0, arena_printf(a, "%s, %s %s", t->path, type, name));
}

int database_table(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return named(t, at, "table", a, ret, e);
}

int database_view(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return named(t, at, "view", a, ret, e);
}

/* A list of the first column. */
static int give_column(const struct private_result *r, const char *place, struct arena *a, struct fact *ret)
{
    struct give_items l = {0};
    for (size_t i = 0; i < r->n_rows; i++)
        give_add(&l, a, r->cell[i * r->n_columns].text);
    return give_list(ret, l.item, l.n, place);
}

int database_tables(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    (void)at, (void)argument;
    if (!d)
        return 0;
    if (private_ask(d, a, &r, e,
                    "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' "
                    "ORDER BY name",
                    NULL) < 0)
        return -e->kind;
    return give_column(&r, t->path, a, ret);
}

/* The columns of the table that the rule names. 1, or 0 with *ret absent, or negative. */
static int ask_columns(const struct check_target *t, const struct locator *at, struct arena *a,
                       struct private_result *r, const char **ret_table, struct fact *ret, struct err *e)
{
    struct private_database *d = database_of(t, ret);
    if (!d || database_need(t, at, "table", ret_table, e) < 0)
        return d ? -ERR_DATA : 0;
    if (private_ask(d, a, r, e,
                    "SELECT name, upper(type), \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?1) "
                    "ORDER BY cid",
                    *ret_table) < 0)
        return -e->kind;
    if (r->n_rows)
        return 1;
    give_absent(ret, arena_printf(a, "%s, table %s", t->path, *ret_table), "no such table");
    return 0;
}

int database_columns(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    const char *table;
    (void)argument;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    return got <= 0 ? got : give_column(&r, arena_printf(a, "%s, table %s", t->path, table), a, ret);
}

/* The five cells of a column. */
static int ask_column(const struct check_target *t, const struct locator *at, struct arena *a,
                      const struct private_cell **ret_cells, const char **ret_place, struct fact *ret,
                      struct err *e)
{
    struct private_result r;
    const char *table, *column;
    if (database_need(t, at, "column", &column, e) < 0)
        return -ERR_DATA;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    if (got <= 0)
        return got;
    *ret_place = arena_printf(a, "%s, table %s, column %s", t->path, table, column);
    for (size_t i = 0; i < r.n_rows; i++)
        if (ascii_casecmp(r.cell[i * r.n_columns].text, column) == 0) {
            *ret_cells = &r.cell[i * r.n_columns];
            return 1;
        }
    give_absent(ret, *ret_place, "no such column");
    return 0;
}

int database_column_type(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    const struct private_cell *c;
    const char *place;
    (void)argument;
    int got = ask_column(t, at, a, &c, &place, ret, e);
    return got <= 0 ? got : give_text(ret, c[1].text, place);
}

int database_not_null(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    const struct private_cell *c;
    const char *place;
    (void)argument;
    int got = ask_column(t, at, a, &c, &place, ret, e);
    return got <= 0 ? got : give_bool(ret, c[2].integer != 0, place);
}

int database_default(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    const struct private_cell *c;
    const char *place;
    (void)argument;
    int got = ask_column(t, at, a, &c, &place, ret, e);
    if (got <= 0)
        return got;
    if (c[3].kind == 'n')
        return give_absent(ret, place, "no default value");
    size_t n = strlen(c[3].text);
    bool quotes = n >= 2 && c[3].text[0] == '\'' && c[3].text[n - 1] == '\'';
    return give_text(ret, quotes ? arena_strndup(a, c[3].text + 1, n - 2) : c[3].text, place);
}

int database_primary_key(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    struct give_items l = {0};
    const char *table;
    (void)argument;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    if (got <= 0)
        return got;
    for (int64_t n = 1; n <= (int64_t)r.n_rows; n++)
        for (size_t i = 0; i < r.n_rows; i++)
            if (r.cell[i * r.n_columns + 4].integer == n)
                give_add(&l, a, r.cell[i * r.n_columns].text);
    return give_list(ret, l.item, l.n, arena_printf(a, "%s, table %s", t->path, table));
}

/* A single column that an index or the primary key keeps unique. */
int database_unique(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    const struct private_cell *c;
    const char *place;
    struct private_result r;
    (void)argument;
    int got = ask_column(t, at, a, &c, &place, ret, e);
    if (got <= 0)
        return got;
    if (private_ask(database_of(t, ret), a, &r, e,
                    "SELECT 1 FROM pragma_index_list(?1) AS i WHERE i.\"unique\" AND NOT i.partial AND "
                    "(SELECT group_concat(name, '|') FROM pragma_index_info(i.name))=?2 COLLATE NOCASE "
                    "UNION ALL SELECT 1 FROM pragma_table_info(?1) WHERE name=?2 COLLATE NOCASE AND pk AND "
                    "(SELECT count(*) FROM pragma_table_info(?1) WHERE pk)=1",
                    locator_get(at, "table"), locator_get(at, "column")) < 0)
        return -e->kind;
    return give_bool(ret, r.n_rows > 0, place);
}

#define FOREIGN_KEYS                                                                                         \
    "SELECT group_concat(\"from\", ',') || ' -> ' || \"table\" || '(' || group_concat(coalesce(\"to\", "     \
    "(SELECT name FROM pragma_table_info(\"table\") WHERE pk=seq+1), '?'), ',') || ')' "                     \
    "FROM (SELECT * FROM pragma_foreign_key_list(?1) ORDER BY id, seq) "

int database_foreign_keys(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r;
    const char *table;
    (void)argument;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    if (got <= 0)
        return got;
    if (private_ask(database_of(t, ret), a, &r, e, FOREIGN_KEYS "GROUP BY id ORDER BY 1", table) < 0)
        return -e->kind;
    return give_column(&r, arena_printf(a, "%s, table %s", t->path, table), a, ret);
}

int database_foreign_key(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    const struct private_cell *c;
    const char *place;
    struct private_result r;
    (void)argument;
    int got = ask_column(t, at, a, &c, &place, ret, e);
    if (got <= 0)
        return got;
    if (private_ask(database_of(t, ret), a, &r, e,
                    "SELECT \"table\" || '(' || coalesce(\"to\", (SELECT name FROM "
                    "pragma_table_info(\"table\") WHERE pk=seq+1), '?') || ')' FROM "
                    "pragma_foreign_key_list(?1) WHERE \"from\"=?2 COLLATE NOCASE",
                    locator_get(at, "table"), locator_get(at, "column")) < 0)
        return -e->kind;
    return r.n_rows ? give_text(ret, r.cell[0].text, place) : give_absent(ret, place, "no foreign key");
}

/* No row of the table points to one that is not there. */
int database_relation_kept(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct private_result r, keys;
    const char *table;
    (void)argument;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    if (got <= 0)
        return got;
    struct private_database *d = database_of(t, ret);
    if (private_ask(d, a, &keys, e, "SELECT 1 FROM pragma_foreign_key_list(?1)", table) < 0 ||
        private_ask(d, a, &r, e, "SELECT rowid FROM pragma_foreign_key_check(?1) LIMIT 1", table) < 0)
        return -e->kind;
    const char *why = keys.n_rows == 0 ? " (no foreign key)" : r.n_rows ? " (a row points to nothing)" : "";
    return give_bool(ret, !*why, arena_printf(a, "%s, table %s%s", t->path, table, why));
}

/* An index on those columns in that order, of any name; also those that UNIQUE and PRIMARY KEY make. */
int database_index(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    const char *columns, *table, *unique = locator_get(at, "unique");
    struct private_result r;
    (void)argument;
    if (database_need(t, at, "columns", &columns, e) < 0)
        return -ERR_DATA;
    int got = ask_columns(t, at, a, &r, &table, ret, e);
    if (got <= 0)
        return got;
    if (private_ask(
            database_of(t, ret), a, &r, e,
            "SELECT name FROM pragma_index_list(?1) AS i WHERE (?3='' OR i.\"unique\"=(?3='yes')) AND "
            "(SELECT group_concat(name, ',') FROM pragma_index_info(i.name))="
            "replace(?2, ' ', '') COLLATE NOCASE",
            table, columns, unique ? unique : "") < 0)
        return -e->kind;
    return give_bool(ret, r.n_rows > 0, arena_printf(a, "%s, table %s (%s)", t->path, table, columns));
}

int database_index_columns(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    const char *index;
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    (void)argument;
    if (!d || database_need(t, at, "index", &index, e) < 0)
        return d ? -ERR_DATA : 0;
    if (private_ask(d, a, &r, e, "SELECT coalesce(name, '') FROM pragma_index_info(?1) ORDER BY seqno",
                    index) < 0)
        return -e->kind;
    const char *place = arena_printf(a, "%s, index %s", t->path, index);
    return r.n_rows ? give_column(&r, place, a, ret) : give_absent(ret, place, "no such index");
}

int database_view_sql(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    const char *view;
    struct private_result r;
    struct private_database *d = database_of(t, ret);
    (void)argument;
    if (!d || database_need(t, at, "view", &view, e) < 0)
        return d ? -ERR_DATA : 0;
    if (private_ask(d, a, &r, e, "SELECT sql FROM sqlite_schema WHERE type='view' AND name=?1 COLLATE NOCASE",
                    view) < 0)
        return -e->kind;
    const char *place = arena_printf(a, "%s, view %s", t->path, view);
    return r.n_rows ? give_text(ret, r.cell[0].text, place) : give_absent(ret, place, "no such view");
}
