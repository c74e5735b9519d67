/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/sheet/kinds.h"

/* ---- order ---- */

/* Numbers before texts before truth values; texts by code points without case, as far as they can be told
 * without a language: Chinese ones only as equal or not. 2: cannot be told. */
static int compare(const struct formula_value *x, const struct formula_value *y, struct arena *a)
{
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->kind == VALUE_NUMBER)
        return x->number < y->number ? -1 : x->number > y->number;
    if (x->kind == VALUE_BOOL)
        return x->truth < y->truth ? -1 : x->truth > y->truth;
    if (x->kind != VALUE_TEXT)
        return 0;
    const char *p = text_fold_case(a, x->text), *q = text_fold_case(a, y->text);
    if (!p || !q || strcmp(p, q) == 0)
        return p && q ? 0 : 2;
    for (; *p && *p == *q; p++)
        q++;
    if ((unsigned char)*p >= 0x80 && (unsigned char)*q >= 0x80)
        return 2;
    return (unsigned char)*p < (unsigned char)*q ? -1 : 1;
}

static bool value_of(const struct sheet_where *w, uint32_t row, struct arena *a, struct formula_value *v)
{
    const char *how;
    struct err e;
    return sheet_result(w->book, w->sheet, row, w->range.column, NULL, a, v, &how, &e) == 0 &&
           v->kind != VALUE_BLANK;
}

/* "ascending", "descending", "equal" (all the same), "none", of the first column of the range. */
int sheet_sorted_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct formula_value before = {0}, v;
    bool any = false, up = false, down = false, untold = false;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (uint32_t row = w.range.row; row <= w.range.last_row && row - w.range.row < SHEET_MAX_LOOKED_AT;
         row++) {
        if (!value_of(&w, row, a, &v))
            continue;
        int order = any ? compare(&before, &v, a) : 0;
        up |= order == -1;
        down |= order == 1;
        untold |= order == 2;
        before = v;
        any = true;
    }
    const char *place = sheet_place(&w, a);
    if (!any)
        return fact_absent(ret, place, "its cells are empty");
    if (untold)
        return fact_unknown(ret, place, "the order of Chinese texts is not told; compare sheet.values");
    return fact_text_of(ret, place, FACT_TOKEN,
                        up && down ? "none"
                        : up       ? "ascending"
                        : down     ? "descending"
                                   : "equal");
}

/* ---- filters ---- */

/* The sheet's own filter, or that of the first table that has one; the place tells which. */
static const struct sheet_filter *filter_of(const struct sheet *s)
{
    if (s->filter.range.row)
        return &s->filter;
    for (size_t i = 0; i < s->n_tables; i++)
        if (s->table[i].filter.range.row)
            return &s->table[i].filter;
    return NULL;
}

int sheet_filter_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_filter *f = filter_of(w.sheet);
    if (!f)
        return fact_absent(ret, sheet_place(&w, a), "the sheet has no filter");
    return fact_text_of(ret, sheet_place(&w, a), FACT_TEXT, reference_range_name(a, &f->range));
}

static const char *criterion_text(const struct sheet_criterion *c, struct arena *a)
{
    const char *text = "";
    if (strcmp(c->kind, "top10") == 0 || strcmp(c->kind, "bottom10") == 0)
        return arena_printf(a, "%s %.15g%s", c->kind, c->rank, c->percent ? "%" : "");
    for (size_t i = 0; i < c->n_values && i < 100; i++) {
        const char *between = i == 0 ? "" : strcmp(c->kind, "values") == 0 ? ", " : c->all ? " and " : " or ";
        text = arena_printf(a, "%s%s%s", text, between, c->value[i][0] ? c->value[i] : "(blank)");
    }
    return c->n_values ? text : c->kind;
}

/* Of the column that is named by letter, or by text in the filter's first row; else the first with one. */
int sheet_criterion_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_filter *f = filter_of(w.sheet);
    const char *place = sheet_place(&w, a);
    for (size_t i = 0; f && i < f->n; i++) {
        const struct sheet_criterion *c = &f->criterion[i];
        uint32_t column = f->range.column + c->column - 1;
        if (w.range.row == 0 || w.range.column == column)
            return fact_text_of(ret, place, FACT_TEXT, criterion_text(c, a));
    }
    return fact_absent(ret, place, f ? "no condition is set there" : "the sheet has no filter");
}

static bool shown(const struct sheet *s, uint32_t row)
{
    const struct sheet_row *r = sheet_row_at(s, row);
    return !r || (!r->hidden && !r->filtered);
}

int sheet_visible_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    int64_t n = 0;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (uint32_t row = w.range.row; row <= w.range.last_row; row++)
        n += shown(w.sheet, row);
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, n);
}

int sheet_visible_values_kind(const struct check_target *t, const struct locator *at, const char *argument,
                              struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (uint32_t row = w.range.row; row <= w.range.last_row && list.n < SHEET_MAX_LOOKED_AT; row++)
        if (shown(w.sheet, row))
            text_list_add(&list, a, sheet_value_text(w.book, sheet_cell_at(w.sheet, row, w.range.column), a));
    return fact_list_of(ret, sheet_place(&w, a), list.item, list.n);
}

/* ---- advanced filter: the names that it leaves behind ---- */

int sheet_advanced_kind(const struct check_target *t, const struct locator *at, const char *argument,
                        struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    bool criteria = strcmp(t->kind->name, "sheet.advanced-criteria") == 0;
    const char *wanted = criteria ? "Criteria" : "Extract", *place = sheet_place(&w, a);
    for (size_t i = 0; i < w.book->n_names; i++) {
        const struct sheet_name *n = &w.book->name[i];
        const char *name = strncmp(n->name, "_xlnm.", 6) == 0 ? n->name + 6 : n->name;
        if (strcmp(name, wanted) == 0 && (n->sheet < 0 || n->sheet == w.sheet - w.book->sheet))
            return fact_text_of(ret, place, FACT_TEXT, reference_plain(a, n->refers));
    }
    return fact_absent(ret, place, "no advanced filter was used on the sheet");
}

/* ---- subtotals ---- */

static const char *subtotal_word(int code)
{
    static const char *const words[] = {"average", "count",  "counta", "max", "min", "product",
                                        "stdev",   "stdevp", "sum",    "var", "varp"};
    code = code > 100 ? code - 100 : code;
    return code >= 1 && code <= 11 ? words[code - 1] : "";
}

/* The function of the first SUBTOTAL in the formula; NULL: there is none. */
static const char *subtotal_of(const struct workbook *w, const struct sheet_cell *c, struct arena *a)
{
    const struct formula *f;
    struct err e;
    const char *text = c->formula ? sheet_formula_text(w, c, c->row, c->column, a) : NULL;
    if (!text || formula_parse(&f, a, text, w->ods ? FORMULA_ODF : FORMULA_EXCEL, &e) < 0)
        return NULL;
    const char *found = NULL;
    for (const struct formula_node *n = f->last; n; n = n->also)
        if (n->kind == NODE_CALL && strcmp(n->text, "SUBTOTAL") == 0)
            found = n->first && n->first->kind == NODE_NUMBER ? subtotal_word((int)n->first->number) : "";
    return found;
}

static int64_t subtotals(const struct sheet_where *w, struct text_list *list, struct arena *a)
{
    int64_t n = 0;
    const struct sheet_cell *c = NULL;
    while ((c = sheet_next_cell(w->sheet, c)) != NULL) {
        if (w->range.row && !range_holds(&w->range, c->row, c->column))
            continue;
        const char *function = subtotal_of(w->book, c, a);
        if (!function)
            continue;
        n++;
        bool known = false;
        for (size_t i = 0; i < list->n && !known; i++)
            known = strcmp(list->item[i], function) == 0;
        if (!known)
            text_list_add(list, a, function);
    }
    return n;
}

int sheet_subtotals_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, subtotals(&w, &list, a));
}

int sheet_subtotal_functions_kind(const struct check_target *t, const struct locator *at,
                                  const char *argument, struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (subtotals(&w, &list, a) == 0)
        return fact_absent(ret, sheet_place(&w, a), "there is no SUBTOTAL");
    return fact_list_of(ret, sheet_place(&w, a), list.item, list.n);
}
