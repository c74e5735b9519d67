/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "scoring/practical/formula/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/sheet/kinds.h"
#include "scoring/practical/sheet/xlsx-internal.h"

struct put {
    int32_t sheet, row, column;
    double value;
};
enum { MAX_PUTS = 64, MAX_BOOK_STEPS = EVALUATOR_MAX_ALL_STEPS };

struct view {
    const struct workbook *w;
    struct arena *a; /* texts of formulas, until one evaluation ends */
    struct put put[MAX_PUTS];
    size_t n_puts;
    bool fresh; /* cached results are not looked at */
};

static bool in_sheet(const struct view *v, int32_t sheet, int32_t row, int32_t column)
{
    return sheet >= 0 && (size_t)sheet < v->w->n_sheets && row >= 1 && row <= SHEET_ROWS && column >= 1 &&
           column <= SHEET_COLUMNS;
}

/* ---- what the evaluator asks ---- */

static int32_t give_sheet(void *context, const char *name)
{
    const struct view *v = context;
    const struct sheet *s = workbook_sheet(v->w, name);
    return s ? (int32_t)(s - v->w->sheet) : -1;
}

static bool was_put(const struct view *v, int32_t sheet, int32_t row, int32_t column, double *ret)
{
    for (size_t i = 0; i < v->n_puts; i++)
        if (v->put[i].sheet == sheet && v->put[i].row == row && v->put[i].column == column) {
            *ret = v->put[i].value;
            return true;
        }
    return false;
}

static void give_cell(void *context, int32_t sheet, int32_t row, int32_t column, struct evaluator_cell *ret)
{
    struct view *v = context;
    double put;
    *ret = (struct evaluator_cell){.value = {.kind = VALUE_BLANK}};
    if (!in_sheet(v, sheet, row, column))
        return;
    if (was_put(v, sheet, row, column, &put)) {
        ret->value = value_number(put);
        return;
    }
    const struct sheet_cell *c = sheet_cell_at(&v->w->sheet[sheet], (uint32_t)row, (uint32_t)column);
    ret->value = sheet_stored_value(c);
    if (!c || !c->formula)
        return;
    const struct sheet_formula *f = &v->w->formula[c->formula];
    ret->formula = sheet_formula_text(v->w, c, (uint32_t)row, (uint32_t)column, v->a);
    ret->cached = !v->fresh && !(c->flags & CELL_NO_RESULT);
    ret->array = f->kind == FORMULA_ARRAY;
    ret->anchor_row = (int32_t)f->row;
    ret->anchor_column = (int32_t)f->column;
}

static void give_extent(void *context, int32_t sheet, int32_t *ret_row, int32_t *ret_column)
{
    const struct view *v = context;
    uint32_t row, column;
    *ret_row = *ret_column = 0;
    if (!in_sheet(v, sheet, 1, 1))
        return;
    sheet_used(&v->w->sheet[sheet], &row, &column);
    *ret_row = (int32_t)row;
    *ret_column = (int32_t)column;
}

static const struct sheet_table *find_table(const struct workbook *w, const char *name, size_t n,
                                            const struct sheet **ret_sheet)
{
    for (size_t i = 0; i < w->n_sheets; i++)
        for (size_t k = 0; k < w->sheet[i].n_tables; k++) {
            const struct sheet_table *t = &w->sheet[i].table[k];
            if (strlen(t->name) == n && strncasecmp(t->name, name, n) == 0) {
                *ret_sheet = &w->sheet[i];
                return t;
            }
        }
    return NULL;
}

/* The index of the column named in "[…]", or -1. */
static int column_named(const struct sheet_table *t, const char *name, size_t n)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (strlen(t->column[i]) == n && strncasecmp(t->column[i], name, n) == 0)
            return (int)i;
    return -1;
}

/* Table[Column], Table[[#Totals],[Column]], Table[[#This Row],[Column]], Table[#All], Table[]: one item and
 * one column at most. */
struct structured {
    const char *item, *column;
    size_t n_item, n_column;
};

static bool read_structured(const char *p, struct structured *ret)
{
    *ret = (struct structured){0};
    size_t n = strlen(p);
    if (n < 2 || p[0] != '[' || p[n - 1] != ']')
        return false;
    const char *end = p + n - 1;
    bool nested = p[1] == '[';
    for (p++; p < end;) {
        const char *from = nested ? p + 1 : p, *to = nested ? strchr(from, ']') : end;
        bool row = !nested && *from == '@';
        if (!to || to > end)
            return false;
        if (row) {
            ret->item = "#This Row";
            ret->n_item = 9;
            from++;
        }
        if (*from == '#') {
            ret->item = from;
            ret->n_item = (size_t)(to - from);
        } else if (to > from && !ret->column) {
            ret->column = from;
            ret->n_column = (size_t)(to - from);
        } else if (to > from) {
            return false;
        }
        p = nested ? to + 1 : end;
        if (p < end && *p != ',')
            return false;
        p += p < end;
    }
    return true;
}

static bool item_is(const struct structured *s, const char *name)
{
    return s->n_item == strlen(name) && strncasecmp(s->item, name, s->n_item) == 0;
}

static bool table_rows(const struct sheet_table *t, const struct structured *s, int32_t row,
                       struct sheet_range *r)
{
    uint32_t first = t->range.row + t->header, last = t->range.last_row - t->totals;
    *r = t->range;
    if (!s->item || item_is(s, "#Data")) {
        r->row = first;
        r->last_row = last;
    } else if (item_is(s, "#This Row")) {
        r->row = r->last_row = (uint32_t)row;
    } else if (item_is(s, "#Totals") && t->totals) {
        r->row = r->last_row;
    } else if (item_is(s, "#Headers") && t->header) {
        r->last_row = r->row;
    } else if (!item_is(s, "#All")) {
        return false;
    }
    return r->row <= r->last_row;
}

static const char *table_cells(const struct view *v, const char *name, int32_t row)
{
    const char *bracket = strchr(name, '[');
    size_t n = bracket ? (size_t)(bracket - name) : strlen(name);
    const struct sheet *s = NULL;
    const struct sheet_table *t = find_table(v->w, name, n, &s);
    struct structured wanted = {0};
    struct sheet_range r;
    if (!t || (bracket && !read_structured(bracket, &wanted)) || !table_rows(t, &wanted, row, &r))
        return NULL;
    if (wanted.column) {
        int column = column_named(t, wanted.column, wanted.n_column);
        if (column < 0)
            return NULL;
        r.column = r.last_column = t->range.column + (uint32_t)column;
    }
    return arena_printf(v->a, "%s!%s", formula_quote_sheet(v->a, s->name), reference_range_name(v->a, &r));
}

static const char *give_name(void *context, const char *name, int32_t sheet, int32_t row, int32_t column)
{
    const struct view *v = context;
    const struct sheet_name *found = NULL;
    (void)column;
    for (size_t i = 0; i < v->w->n_names; i++) {
        const struct sheet_name *n = &v->w->name[i];
        if (ascii_casecmp(n->name, name) == 0 && (n->sheet == sheet || (n->sheet < 0 && !found)))
            found = n;
    }
    if (!found)
        return table_cells(v, name, row);
    return found->refers;
}

static bool give_hidden(void *context, int32_t sheet, int32_t row, bool *ret_filtered)
{
    const struct view *v = context;
    *ret_filtered = false;
    if (!in_sheet(v, sheet, row, 1))
        return false;
    const struct sheet *s = &v->w->sheet[sheet];
    const struct sheet_row *r = sheet_row_at(s, (uint32_t)row);
    *ret_filtered =
        r && (r->filtered || (r->hidden && s->filter.n > 0 && (uint32_t)row > s->filter.range.row &&
                              (uint32_t)row <= s->filter.range.last_row));
    return r && (r->hidden || r->filtered);
}

/* ---- other numbers ---- */

static int senseless(const char *with, struct err *e)
{
    err_set(e, ERR_DATA, NULL, _("\"%s\" puts no numbers into cells"), with);
    return err_hint(e, _("write C3=70;D3=80"));
}

static int read_puts(struct view *v, const char *with, int32_t sheet, struct arena *a, struct err *e)
{
    char *rest = arena_strdup(a, with);
    for (char *one; (one = strsep(&rest, ";")) != NULL;) {
        char *equals = strrchr(one, '=');
        const char *name = NULL;
        struct sheet_range r;
        double value;
        one = text_trim(a, one);
        if (*one == '\0')
            continue;
        equals = strrchr(one, '=');
        if (!equals || v->n_puts == MAX_PUTS || !xlsx_number(equals + 1, &value))
            return senseless(with, e);
        *equals = '\0';
        if (!reference_full(text_trim(a, one), a, &name, &r))
            return senseless(with, e);
        int32_t at = name ? give_sheet(v, name) : sheet;
        v->put[v->n_puts++] = (struct put){at, (int32_t)r.row, (int32_t)r.column, value};
    }
    return v->n_puts ? 0 : senseless(with, e);
}

/* ---- the result ---- */

struct sheet_computed {
    struct view view;
    struct evaluator_book book;
    struct evaluator *evaluator;
    size_t spent; /* by evaluators before this one */
};

static struct sheet_computed *computed_new(const struct workbook *w, bool fresh)
{
    struct sheet_computed *c = mem_alloc(sizeof *c);
    c->view = (struct view){.w = w, .a = arena_new(), .fresh = fresh};
    c->book = (struct evaluator_book){.context = &c->view,
                                      .dialect = w->ods ? FORMULA_ODF : FORMULA_EXCEL,
                                      .date1904 = w->date1904,
                                      .recalculate = fresh,
                                      .now = w->now,
                                      .sheet = give_sheet,
                                      .cell = give_cell,
                                      .extent = give_extent,
                                      .name = give_name,
                                      .row_hidden = give_hidden};
    c->evaluator = formula_evaluator_new(&c->book);
    return c;
}

void sheet_computed_free(struct sheet_computed *c)
{
    if (!c)
        return;
    formula_evaluator_free(c->evaluator);
    arena_free(c->view.a);
    free(c);
}

static int compute(struct sheet_computed *c, int32_t sheet, uint32_t row, uint32_t column, struct arena *a,
                   struct formula_value *ret, struct err *e)
{
    int r = evaluator_cell(c->evaluator, sheet, (int32_t)row, (int32_t)column, a, ret, e);
    arena_reset(c->view.a);
    return r;
}

static void begin_anew(struct sheet_computed *c)
{
    c->spent += evaluator_steps(c->evaluator);
    formula_evaluator_free(c->evaluator);
    c->evaluator = formula_evaluator_new(&c->book);
}

/* With what was computed before. Where that fails it may be for the work of all the others: once more without
 * them, so that a result does not depend on what was asked before; a book whose formulas fail for their work
 * again and again is given up. */
static int compute_on(const struct workbook *w, int32_t sheet, uint32_t row, uint32_t column, struct arena *a,
                      struct formula_value *ret, struct err *e)
{
    bool first = !*w->computed;
    if (first)
        *w->computed = computed_new(w, w->manual);
    struct sheet_computed *c = *w->computed;
    int r = -ERR_NO;
    for (int again = first ? 0 : 1; again >= 0 && r == -ERR_NO; again--) {
        if (c->spent > MAX_BOOK_STEPS)
            return err_set(e, ERR_NO, NULL, "the formulas of this file need more work than allowed");
        r = compute(c, sheet, row, column, a, ret, e);
        if (r < 0)
            begin_anew(c);
    }
    return r;
}

static int compute_with(const struct workbook *w, const char *with, int32_t sheet, uint32_t row,
                        uint32_t column, struct arena *a, struct formula_value *ret, struct err *e)
{
    struct sheet_computed *c = computed_new(w, true);
    int r = read_puts(&c->view, with, sheet, a, e);
    const struct sheet_cell *cell = sheet_cell_at(&w->sheet[sheet], row, column);
    if (r == 0 && cell && cell->formula)
        r = compute(c, sheet, row, column, a, ret, e);
    sheet_computed_free(c);
    return r;
}

int sheet_result(const struct workbook *w, const struct sheet *s, uint32_t row, uint32_t column,
                 const char *with, struct arena *a, struct formula_value *ret, const char **ret_how,
                 struct err *e)
{
    const struct sheet_cell *c = sheet_cell_at(s, row, column);
    int32_t sheet = (int32_t)(s - w->sheet);
    bool no_result = c && c->flags & CELL_NO_RESULT;
    *ret = sheet_stored_value(c);
    *ret_how = !c || !c->formula ? ""
               : with            ? "computed with other numbers"
               : no_result       ? "computed, no result is stored"
               : w->manual       ? "computed, the file was not recalculated"
                                 : "the stored result";
    if (with)
        return compute_with(w, with, sheet, row, column, a, ret, e);
    if (!c || !c->formula || (!no_result && !w->manual))
        return 0;
    int r = compute_on(w, sheet, row, column, a, ret, e);
    if (r == -ERR_NO && w->manual && !no_result) {
        *ret = sheet_stored_value(c);
        *ret_how = "the stored result, which may be old";
        r = 0;
    }
    return r;
}
