/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/kinds.h"

enum { MAX_CELLS = 3000, MAX_CELLS_OF_BOOK = 8000 };

struct lister {
    struct check_target t;
    struct arena *a, *scratch;
    int left; /* of MAX_CELLS_OF_BOOK */
    fact_sink_fn *sink;
    void *context;
};

static const struct check_kind *kind_named(const char *name)
{
    for (size_t i = 0; i < sheet_family.n_kinds; i++)
        if (strcmp(sheet_family.kind[i].name, name) == 0)
            return &sheet_family.kind[i];
    return NULL;
}

static bool tell(struct lister *l, const char *kind, const struct locator *at)
{
    struct fact found;
    struct err e;
    l->t.kind = kind_named(kind);
    bool there = l->t.kind->find(&l->t, at, NULL, l->scratch, &found, &e) == 0 && found.state == FACT_FOUND;
    if (there)
        l->sink(l->context, kind, at, &found);
    arena_reset(l->scratch);
    return there;
}

static void tell_all(struct lister *l, const char *const *kind, size_t n, const struct locator *at)
{
    for (size_t i = 0; i < n; i++)
        tell(l, kind[i], at);
}

#define COUNT(x) (sizeof(x) / sizeof *(x))

/* ---- a sheet ---- */

static const char *const sheet_facts[] = {
    "sheet.exists",
    "sheet.position",
    "sheet.hidden",
    "sheet.tab-color",
    "sheet.merges",
    "sheet.filter",
    "sheet.filter-condition",
    "sheet.subtotals",
    "sheet.conditions",
    "sheet.freeze",
    "sheet.gridlines",
    "sheet.comments",
    "sheet.charts",
    "sheet.pictures",
    "sheet.orientation",
    "sheet.paper",
    "sheet.header",
    "sheet.footer",
    "sheet.print-area",
    "sheet.title-rows",
    "sheet.title-columns",
    "sheet.margin-left",
    "sheet.margin-right",
    "sheet.margin-top",
    "sheet.margin-bottom",
    "sheet.center-horizontally",
    "sheet.center-vertically",
    "sheet.print-gridlines",
    "sheet.fit-width",
    "sheet.fit-height",
    "sheet.page-breaks",
    "sheet.protected",
};
static const char *const cell_facts[] = {
    "sheet.number-format", "sheet.font",   "sheet.size",   "sheet.bold",  "sheet.italic",
    "sheet.underline",     "sheet.color",  "sheet.fill",   "sheet.align", "sheet.valign",
    "sheet.wrap",          "sheet.border", "sheet.locked",
};
static const char *const chart_facts[] = {
    "sheet.chart-type",    "sheet.chart-grouping",       "sheet.chart-series-types",
    "sheet.chart-values",  "sheet.chart-categories",     "sheet.chart-series",
    "sheet.chart-title",   "sheet.chart-category-title", "sheet.chart-value-title",
    "sheet.chart-legend",  "sheet.chart-labels",         "sheet.chart-gridlines",
    "sheet.chart-minimum", "sheet.chart-maximum",        "sheet.chart-unit",
    "sheet.chart-place",
};
static const char *const condition_facts[] = {"sheet.condition", "sheet.condition-fill",
                                              "sheet.condition-color", "sheet.condition-bold"};
static const char *const table_facts[] = {"sheet.table", "sheet.table-name", "sheet.table-style",
                                          "sheet.table-totals"};
static const char *const pivot_facts[] = {"sheet.pivot-source", "sheet.pivot-rows", "sheet.pivot-columns",
                                          "sheet.pivot-pages", "sheet.pivot-values"};

static void tell_value(struct lister *l, const struct sheet_cell *c, const struct locator *at)
{
    if (c->formula) {
        tell(l, "sheet.formula", at);
        tell(l, "sheet.functions", at);
        if (!tell(l, "sheet.result", at))
            tell(l, "sheet.result-text", at);
    } else if (c->type == CELL_NUMBER) {
        tell(l, "sheet.number", at);
    } else {
        tell(l, "sheet.text", at);
    }
}

static void tell_cells(struct lister *l, const struct sheet *s)
{
    int left = MAX_CELLS;
    for (size_t i = 0; i < s->n_cells && left > 0 && l->left > 0; i++) {
        const struct sheet_cell *c = &s->cell[i];
        struct locator_key key[] = {{"sheet", s->name},
                                    {"cell", reference_cell_name(l->a, c->row, c->column)}};
        struct locator at = {key, 2};
        bool empty = c->type == CELL_EMPTY && !c->formula;
        if (empty && c->style == 0)
            continue;
        if (!empty)
            tell_value(l, c, &at);
        tell_all(l, cell_facts, COUNT(cell_facts), &at);
        tell(l, "sheet.validation", &at);
        tell(l, "sheet.comment", &at);
        tell(l, "sheet.link", &at);
        left--;
        l->left--;
    }
}

static void tell_sizes(struct lister *l, const struct sheet *s)
{
    for (size_t i = 0; i < s->n_columns && i < 256; i++) {
        struct locator_key key[] = {{"sheet", s->name},
                                    {"column", reference_column_name(l->a, s->column[i].first)}};
        struct locator at = {key, 2};
        tell(l, "sheet.width", &at);
        tell(l, "sheet.column-hidden", &at);
    }
    for (size_t i = 0; i < s->n_rows && i < MAX_CELLS; i++) {
        struct locator_key key[] = {{"sheet", s->name}, {"row", arena_printf(l->a, "%u", s->row[i].first)}};
        struct locator at = {key, 2};
        if (s->row[i].custom_height)
            tell(l, "sheet.height", &at);
        if (s->row[i].hidden || s->row[i].filtered)
            tell(l, "sheet.row-hidden", &at);
        if (s->row[i].outline)
            tell(l, "sheet.outline", &at);
    }
}

/* The first n things of a sheet that are told apart by a number. */
static void tell_numbered(struct lister *l, const struct sheet *s, const char *what, size_t n,
                          const char *const *kind, size_t n_kinds)
{
    for (size_t i = 1; i <= n && i <= 100; i++) {
        struct locator_key key[] = {{"sheet", s->name}, {what, arena_printf(l->a, "%zu", i)}};
        struct locator at = {key, 2};
        tell_all(l, kind, n_kinds, &at);
    }
}

static void tell_sheet(struct lister *l, const struct sheet *s)
{
    struct locator_key key[] = {{"sheet", s->name}};
    struct locator at = {key, 1};
    tell_all(l, sheet_facts, COUNT(sheet_facts), &at);
    tell_cells(l, s);
    tell_sizes(l, s);
    tell_numbered(l, s, "condition", s->n_conditions, condition_facts, COUNT(condition_facts));
    tell_numbered(l, s, "table", s->n_tables, table_facts, COUNT(table_facts));
    tell_numbered(l, s, "pivot", s->n_pivots, pivot_facts, COUNT(pivot_facts));
    tell_numbered(l, s, "chart", s->n_charts, chart_facts, COUNT(chart_facts));
}

void sheet_enumerate(const struct check_target *t, struct arena *a, fact_sink_fn *sink, void *context)
{
    struct lister l = {
        .t = *t, .a = a, .scratch = arena_new(), .left = MAX_CELLS_OF_BOOK, .sink = sink, .context = context};
    const struct workbook *w = t->document;
    struct locator none = {0};
    tell(&l, "sheet.names", &none);
    tell(&l, "sheet.book-protected", &none);
    for (size_t i = 0; i < w->n_names && i < 256; i++) {
        struct locator_key key[] = {{"name", w->name[i].name}};
        struct locator at = {key, 1};
        if (!w->name[i].hidden && strncmp(w->name[i].name, "_xlnm.", 6) != 0)
            tell(&l, "sheet.name", &at);
    }
    for (size_t i = 0; i < w->n_sheets && i < 64; i++)
        tell_sheet(&l, &w->sheet[i]);
    arena_free(l.scratch);
}
