/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/database/kinds.h"
#include "scoring/practical/files/give.h"

int database_need(const struct check_target *t, const struct locator *at, const char *name, const char **ret,
                  struct err *e)
{
    *ret = locator_get(at, name);
    return *ret && **ret ? 0 : give_bad_locator(t, name, e);
}

struct private_database *database_of(const struct check_target *t, struct fact *ret)
{
    const struct database_document *document = t->document;
    if (!document->d)
        give_absent(ret, t->path, "a file of SQL, not a database");
    return document->d;
}

static bool is_sql(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && ascii_casecmp(dot, ".sql") == 0;
}

static int read_sql(struct database_document *d, const struct practical_folder *folder, const char *path,
                    struct err *e)
{
    const struct practical_file *f = practical_find(folder, path);
    if (!f || f->folder)
        return err_set(e, ERR_NO, path, _("there is no such file"));
    return give_content(f, ENCODING_UNKNOWN, d->arena, &d->sql, NULL, e);
}

static void close_document(void *document)
{
    struct database_document *d = document;
    if (!d)
        return;
    private_close(d->d);
    arena_free(d->arena);
    free(d);
}

static int open_document(void **ret, const struct practical_folder *folder, const char *path, struct err *e)
{
    struct database_document *d = mem_alloc(sizeof *d);
    d->arena = arena_new();
    const char *plain = give_path(d->arena, path);
    int r = is_sql(plain) ? read_sql(d, folder, plain, e) : private_open(&d->d, folder, plain, e);
    if (r < 0) {
        close_document(d);
        return r;
    }
    *ret = d;
    return 0;
}

static void set_day(void *document, int32_t year, int32_t month, int32_t day)
{
    struct database_document *d = document;
    memcpy(d->day, (int32_t[]){year, month, day}, sizeof d->day);
    if (d->d)
        private_set_day(d->d, year, month, day);
}

static const struct check_kind kinds[] = {
    {.name = "db.table",
     .row = "D1",
     .label = N_("table is there"),
     .locators = "table",
     .type = FACT_BOOL,
     .find = database_table},
    {.name = "db.tables",
     .row = "D1",
     .label = N_("names of tables"),
     .locators = "",
     .type = FACT_LIST,
     .find = database_tables},
    {.name = "db.columns",
     .row = "D2",
     .label = N_("columns of a table"),
     .locators = "table",
     .type = FACT_LIST,
     .find = database_columns},
    {.name = "db.column-type",
     .row = "D2",
     .label = N_("type of a column"),
     .locators = "table column",
     .type = FACT_TEXT,
     .find = database_column_type},
    {.name = "db.primary-key",
     .row = "D2",
     .label = N_("primary key"),
     .locators = "table",
     .type = FACT_LIST,
     .find = database_primary_key},
    {.name = "db.not-null",
     .row = "D2",
     .label = N_("column may not be empty"),
     .locators = "table column",
     .type = FACT_BOOL,
     .find = database_not_null},
    {.name = "db.unique",
     .row = "D2",
     .label = N_("column is unique"),
     .locators = "table column",
     .type = FACT_BOOL,
     .find = database_unique},
    {.name = "db.default",
     .row = "D2",
     .label = N_("default value of a column"),
     .locators = "table column",
     .type = FACT_TEXT,
     .find = database_default},
    {.name = "db.foreign-key",
     .row = "D2",
     .label = N_("foreign key of a column"),
     .locators = "table column",
     .type = FACT_TEXT,
     .find = database_foreign_key},
    {.name = "db.row-count",
     .row = "D3",
     .label = N_("number of rows"),
     .locators = "table where",
     .type = FACT_INTEGER,
     .find = database_row_count},
    {.name = "db.rows",
     .row = "D4",
     .label = N_("rows of a table"),
     .locators = "table columns order decimals where",
     .type = FACT_LIST,
     .find = database_rows},
    {.name = "db.query",
     .row = "D5",
     .label = N_("result of a query"),
     .locators = "order decimals",
     .argument = N_("a query of yours"),
     .type = FACT_LIST,
     .find = database_query},
    {.name = "db.value",
     .row = "D5",
     .label = N_("value of a query"),
     .locators = "",
     .argument = N_("a query of yours"),
     .type = FACT_TEXT,
     .find = database_value},
    {.name = "db.number",
     .row = "D5",
     .label = N_("number of a query"),
     .locators = "",
     .argument = N_("a query of yours"),
     .type = FACT_NUMBER,
     .tolerance = "0.000001",
     .find = database_number},
    {.name = "db.query-equals",
     .row = "D5",
     .label = N_("saved query gives the right result"),
     .locators = "database order columns within",
     .argument = N_("the right query"),
     .type = FACT_BOOL,
     .find = database_query_equals},
    {.name = "db.view",
     .row = "D6",
     .label = N_("view is there"),
     .locators = "view",
     .type = FACT_BOOL,
     .find = database_view},
    {.name = "db.view-equals",
     .row = "D6",
     .label = N_("view gives the right result"),
     .locators = "view order columns within",
     .argument = N_("the right query"),
     .type = FACT_BOOL,
     .find = database_view_equals},
    {.name = "db.view-sql",
     .row = "D6",
     .label = N_("definition of a view"),
     .locators = "view",
     .type = FACT_TEXT,
     .find = database_view_sql},
    {.name = "db.index",
     .row = "D7",
     .label = N_("columns are indexed"),
     .locators = "table columns unique",
     .type = FACT_BOOL,
     .find = database_index},
    {.name = "db.index-columns",
     .row = "D7",
     .label = N_("columns of an index"),
     .locators = "index",
     .type = FACT_LIST,
     .find = database_index_columns},
    {.name = "db.script-rows",
     .row = "D8",
     .label = N_("rows after a saved script has run"),
     .locators = "database order decimals",
     .argument = N_("a query of yours"),
     .type = FACT_LIST,
     .find = database_script_rows},
    {.name = "db.foreign-keys",
     .row = "D9",
     .label = N_("relations of a table"),
     .locators = "table",
     .type = FACT_LIST,
     .find = database_foreign_keys},
    {.name = "db.relation-kept",
     .row = "D9",
     .label = N_("relation holds for every row"),
     .locators = "table",
     .type = FACT_BOOL,
     .find = database_relation_kept},
};

const struct practical_family database_family = {
    .name = "database",
    .extensions = "db sqlite sqlite3 db3 sql mdb accdb",
    .open = open_document,
    .close = close_document,
    .set_day = set_day,
    .kind = kinds,
    .n_kinds = sizeof kinds / sizeof *kinds,
    .enumerate = database_enumerate,
};
