/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/files/give.h"
#include "scoring/practical/web/kinds.h"
#include "scoring/practical/web/style.h"

enum { COLUMNS_MAX = 200, SPAN_MAX = 1000 };

/* Rows in their order, those in thead, tbody, tfoot too, not those of tables in cells. */
static const struct xml_node *next_row(const struct xml_node *table, const struct xml_node *row)
{
    const struct xml_node *n = row ? page_walk(table, row) : page_walk(table, table);
    const struct xml_node *inner = NULL;
    while (n) {
        for (inner = xml_parent(n); inner != table && !xml_named(inner, "table");)
            inner = xml_parent(inner);
        if (xml_named(n, "tr") && inner == table)
            return n;
        n = page_walk(table, n);
    }
    return NULL;
}

static int64_t span(const struct page *p, const struct xml_node *cell, const char *which)
{
    const char *s = page_attr(p, cell, which);
    int64_t n = 0;
    for (; s && *s >= '0' && *s <= '9' && n < SPAN_MAX; s++)
        n = 10 * n + (*s - '0');
    return n < 1 ? 1 : n > SPAN_MAX ? SPAN_MAX : n;
}

/* Lays the cells of one row out; `left` holds how many rows a column is still taken from above. Returns the
 * width; *ret_cell gets the cell that covers `wanted` (from 0), if it begins in this row. */
static size_t lay_out(const struct page *p, const struct xml_node *row, int64_t *left, size_t wanted,
                      const struct xml_node **ret_cell)
{
    bool taken[COLUMNS_MAX];
    size_t c = 0, width = 0;
    for (size_t i = 0; i < COLUMNS_MAX; i++) {
        taken[i] = left[i] > 0;
        left[i] -= taken[i];
        width = taken[i] ? i + 1 : width;
    }
    for (const struct xml_node *n = xml_first_element(row); n; n = xml_next_element(n)) {
        if (!page_is(n, "td|th"))
            continue;
        while (c < COLUMNS_MAX && taken[c])
            c++;
        int64_t rows = span(p, n, "rowspan"), columns = span(p, n, "colspan");
        for (; columns > 0 && c < COLUMNS_MAX; columns--, c++) {
            left[c] = rows - 1;
            if (c == wanted)
                *ret_cell = n;
        }
        width = c > width ? c : width;
    }
    return width;
}

static const struct xml_node *table_of(const struct check_target *t, const struct locator *at,
                                       struct fact *ret, int *fault, struct err *e)
{
    return web_nth(t, at, "table", "table", ret, fault, e);
}

int web_table_rows(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    int64_t n = 0;
    (void)argument;
    const struct xml_node *table = table_of(t, at, ret, &fault, e);
    for (const struct xml_node *r = table ? next_row(table, NULL) : NULL; r; r = next_row(table, r))
        n++;
    return table ? give_integer(ret, n, page_place(t->document, table, a)) : fault;
}

int web_table_columns(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    int64_t left[COLUMNS_MAX] = {0};
    size_t most = 0;
    (void)argument;
    const struct xml_node *table = table_of(t, at, ret, &fault, e), *cell;
    for (const struct xml_node *r = table ? next_row(table, NULL) : NULL; r; r = next_row(table, r)) {
        size_t width = lay_out(t->document, r, left, COLUMNS_MAX, &cell);
        most = width > most ? width : most;
    }
    return table ? give_integer(ret, (int64_t)most, page_place(t->document, table, a)) : fault;
}

/* The cell of row and column, as they are seen. */
static const struct xml_node *find_cell(const struct check_target *t, const struct locator *at,
                                        struct arena *a, struct fact *ret, int *fault, struct err *e)
{
    int64_t row = locator_index(at, "row", -1), column = locator_index(at, "column", -1);
    int64_t left[COLUMNS_MAX] = {0};
    const struct xml_node *cell = NULL, *table = table_of(t, at, ret, fault, e), *r = NULL;
    if (!table)
        return NULL;
    if (row < 1 || column < 1) {
        *fault = give_bad_locator(t, row < 1 ? "row" : "column", e);
        return NULL;
    }
    for (int64_t i = 0; i < row && (i == 0 || r); i++) {
        r = next_row(table, r);
        if (i < row - 1)
            cell = NULL;
        if (r) {
            const struct xml_node *here = NULL;
            bool covered = column <= COLUMNS_MAX && left[column - 1] > 0;
            lay_out(t->document, r, left, (size_t)column - 1, &here);
            cell = covered ? cell : here;
        }
    }
    if (!r || !cell) {
        give_absent(ret, page_place(t->document, table, a), "there is no such cell");
        return NULL;
    }
    return cell;
}

int web_table_cell(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *cell = find_cell(t, at, a, ret, &fault, e);
    return cell ? give_text(ret, page_text(cell, a), page_place(t->document, cell, a)) : fault;
}

int web_table_merged(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *cell = find_cell(t, at, a, ret, &fault, e);
    if (!cell)
        return fault;
    int64_t rows = span(t->document, cell, "rowspan"), columns = span(t->document, cell, "colspan");
    return give_text(ret, arena_printf(a, "%lldx%lld", (long long)rows, (long long)columns),
                     page_place(t->document, cell, a));
}

int web_table_row(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    struct give_items l = {0};
    int64_t row = locator_index(at, "row", -1);
    (void)argument;
    const struct xml_node *table = table_of(t, at, ret, &fault, e), *r = NULL;
    if (!table)
        return fault;
    if (row < 1)
        return give_bad_locator(t, "row", e);
    for (int64_t i = 0; i < row && (i == 0 || r); i++)
        r = next_row(table, r);
    if (!r)
        return give_absent(ret, page_place(t->document, table, a), "there are fewer rows");
    for (const struct xml_node *n = xml_first_element(r); n; n = xml_next_element(n))
        if (page_is(n, "td|th"))
            give_add(&l, a, page_text(n, a));
    return give_list(ret, l.item, l.n, page_place(t->document, r, a));
}

/* What says how wide the lines are: the table's style, its attribute, or the style of its first cell. */
static const char *border_of(struct page *p, const struct xml_node *table)
{
    const char *css = style_declared(p, table, "border-width", false);
    const char *border = css ? css : page_attr(p, table, "border");
    for (const struct xml_node *n = page_walk(table, table); n && !border; n = page_walk(table, n))
        if (page_is(n, "td|th"))
            return style_declared(p, n, "border-width", false);
    return border;
}

int web_table_border(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    int64_t emu = 0;
    (void)argument;
    const struct xml_node *table = table_of(t, at, ret, &fault, e);
    if (!table)
        return fault;
    const char *border = border_of(t->document, table);
    if (border && !*border)
        emu = STYLE_PIXEL; /* <table border> */
    else if (border)
        style_read_length(border, 0, &emu);
    return give_integer(ret, (emu + STYLE_PIXEL / 2) / STYLE_PIXEL, page_place(t->document, table, a));
}

int web_table_width(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *table = table_of(t, at, ret, &fault, e);
    if (!table)
        return fault;
    const char *width = style_declared(t->document, table, "width", false);
    width = width ? width : page_attr(t->document, table, "width");
    size_t n = width ? strlen(width) : 0;
    bool pixels = n > 2 && strcmp(width + n - 2, "px") == 0;
    return give_text(ret, width ? arena_strndup(a, width, pixels ? n - 2 : n) : NULL,
                     page_place(t->document, table, a));
}
