/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/database/kinds.h"

enum { TABLES_MAX = 50, COLUMNS_MAX = 50, ROWS_SHOWN = 200 };

struct asking {
    const struct check_target *t;
    struct arena *a;
    fact_sink_fn *sink;
    void *context;
};

static void ask(const struct asking *k, const char *kind, const char *what, const char *name,
                const char *column)
{
    struct locator_key key[] = {{what, name}, {"column", column}};
    struct locator at = {.key = key, .n = column ? 2 : name ? 1 : 0};
    const struct practical_family *family;
    struct check_target t = *k->t;
    struct fact f;
    struct err unwanted;
    t.kind = check_kind_find(kind, &family);
    if (!t.kind || t.kind->find(&t, &at, NULL, k->a, &f, &unwanted) < 0 || f.state != FACT_FOUND)
        return;
    bool nothing = (f.value.type == FACT_BOOL && !f.value.integer) ||
                   (f.value.type == FACT_LIST && (f.value.n_items == 0 || f.value.n_items > ROWS_SHOWN));
    if (!nothing)
        k->sink(k->context, kind, &at, &f);
}

static void ask_table(const struct asking *k, const char *table)
{
    static const char *const of_table[] = {"db.table",     "db.columns", "db.primary-key",
                                           "db.row-count", "db.rows",    "db.foreign-keys"};
    static const char *const of_column[] = {"db.column-type", "db.not-null", "db.unique", "db.default",
                                            "db.foreign-key"};
    const struct database_document *document = k->t->document;
    struct private_result r;
    struct err unwanted;
    for (size_t i = 0; i < sizeof of_table / sizeof *of_table; i++)
        ask(k, of_table[i], "table", table, NULL);
    if (private_ask(document->d, k->a, &r, &unwanted, "SELECT name FROM pragma_table_info(?1)", table) < 0)
        return;
    for (size_t c = 0; c < r.n_rows && c < COLUMNS_MAX; c++)
        for (size_t i = 0; i < sizeof of_column / sizeof *of_column; i++)
            ask(k, of_column[i], "table", table, r.cell[c].text);
}

void database_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    const struct database_document *document = t->document;
    struct asking k = {.t = t, .a = a, .sink = sink, .context = context};
    struct private_result r;
    struct err unwanted;
    if (!document->d)
        return;
    ask(&k, "db.tables", NULL, NULL, NULL);
    if (private_ask(document->d, a, &r, &unwanted,
                    "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
                    NULL) < 0)
        return;
    for (size_t i = 0; i < r.n_rows && i < TABLES_MAX; i++) {
        const char *type = r.cell[2 * i].text, *name = r.cell[2 * i + 1].text;
        if (strcmp(type, "table") == 0)
            ask_table(&k, name);
        else if (strcmp(type, "view") == 0)
            ask(&k, "db.view", "view", name, NULL);
        else if (strcmp(type, "index") == 0)
            ask(&k, "db.index-columns", "index", name, NULL);
    }
}
