/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/sheet/kinds.h"

struct one_formula {
    struct sheet_where at;
    const char *place;
    const struct formula *f;
};

static enum formula_dialect dialect_of(const struct sheet_where *w)
{
    return w->book->ods ? FORMULA_ODF : FORMULA_EXCEL;
}

/* The parsed formula of a cell; 1: the fact says why there is none. */
static int parse_at(const struct sheet_where *w, uint32_t row, uint32_t column, const char *place,
                    struct arena *a, const struct formula **f, struct fact *ret)
{
    const struct sheet_cell *c = sheet_cell_at(w->sheet, row, column);
    struct err why;
    if (!c || !c->formula) {
        const char *value = c ? sheet_value_text(w->book, c, a) : "";
        fact_absent(ret, place,
                    *value ? arena_printf(a, "it holds %s, no formula", value) : "the cell is empty");
        return 1;
    }
    const char *text = sheet_formula_text(w->book, c, row, column, a);
    if (text && formula_parse(f, a, text, dialect_of(w), &why) == 0)
        return 0;
    fact_unknown(ret, place, text ? arena_strdup(a, why.what) : "the shared formula cannot be read");
    return 1;
}

static int locate_formula(const struct check_target *t, const struct locator *at, struct arena *a,
                          struct one_formula *x, struct fact *ret, struct err *e)
{
    int r = sheet_locate(t, at, NEED_CELL, a, &x->at, ret, e);
    if (r != 0)
        return r;
    x->place = sheet_place(&x->at, a);
    return parse_at(&x->at, x->at.range.row, x->at.range.column, x->place, a, &x->f, ret);
}

static char *normal_text(const struct one_formula *x, bool without_dollars, struct arena *a)
{
    struct formula_form form = {
        .drop_dollars = without_dollars, .plain_groups = true, .home = x->at.sheet->name};
    return formula_text(x->f, &form, a);
}

int sheet_formula_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct one_formula x;
    (void)argument;
    int r = locate_formula(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_text_of(ret, x.place, FACT_TEXT, normal_text(&x, false, a));
}

/* Equal to the one in the rule, both normalised; that one is written in Excel's way. */
int sheet_formula_equals_kind(const struct check_target *t, const struct locator *at, const char *argument,
                              struct arena *a, struct fact *ret, struct err *e)
{
    struct one_formula x, rule;
    bool loose = strcmp(t->kind->name, "sheet.formula-like") == 0;
    if (!argument || formula_parse(&rule.f, a, argument, FORMULA_EXCEL, e) < 0)
        return err_set(e, ERR_DATA, NULL, _("\"%s\" is no formula"), argument ? argument : "");
    int r = locate_formula(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    rule.at = x.at;
    bool equal = strcmp(normal_text(&x, loose, a), normal_text(&rule, loose, a)) == 0;
    const char *place = arena_printf(a, "%s: =%s", x.place, normal_text(&x, false, a));
    return fact_integer_of(ret, place, FACT_BOOL, equal);
}

int sheet_has_formula_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_CELL, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_cell *c = sheet_cell_at(w.sheet, w.range.row, w.range.column);
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, c && c->formula);
}

int sheet_functions_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct one_formula x;
    const char *const *name;
    struct text_list list = {0};
    (void)argument;
    int r = locate_formula(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    size_t n = formula_functions(x.f, a, &name);
    for (size_t i = 0; i < n; i++)
        text_list_add(&list, a, name[i]);
    return fact_list_of(ret, x.place, list.item, list.n);
}

int sheet_uses_function_kind(const struct check_target *t, const struct locator *at, const char *argument,
                             struct arena *a, struct fact *ret, struct err *e)
{
    struct one_formula x;
    if (!argument || !*argument)
        return err_set(e, ERR_DATA, NULL, _("%s needs the name of a function"), t->kind->name);
    int r = locate_formula(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const char *place = arena_printf(a, "%s: =%s", x.place, normal_text(&x, false, a));
    return fact_integer_of(ret, place, FACT_BOOL, formula_calls(x.f, argument));
}

/* ---- $ ---- */

static const char *without_dollars(const struct formula_reference *r, const struct one_formula *x,
                                   struct arena *a)
{
    struct formula_form form = {.drop_dollars = true, .home = x->at.sheet->name};
    return formula_reference_text(r, &form, a);
}

int sheet_reference_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct one_formula x;
    const struct formula_reference *const *ref;
    struct formula_reference wanted;
    if (argument && !formula_reference_read(&wanted, a, argument, FORMULA_EXCEL))
        return err_set(e, ERR_DATA, NULL, _("\"%s\" is no reference"), argument);
    int r = locate_formula(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    size_t n = formula_references(x.f, a, &ref);
    const char *place = arena_printf(a, "%s: =%s", x.place, normal_text(&x, false, a));
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *fixed = formula_fixed_name(formula_fixed(ref[i]));
        if (argument && strcmp(without_dollars(ref[i], &x, a), without_dollars(&wanted, &x, a)) != 0)
            continue;
        if (!found || strcmp(found, "relative") == 0)
            found = fixed;
        else if (strcmp(fixed, "relative") != 0 && strcmp(fixed, found) != 0)
            found = "mixed";
    }
    if (!found)
        return fact_absent(ret, place,
                           argument ? arena_printf(a, "the formula does not name %s", argument)
                                    : "the formula names no cell");
    return fact_text_of(ret, place, FACT_TOKEN, found);
}

/* ---- filled ---- */

static int differs(const struct sheet_where *w, uint32_t row, uint32_t column, const char *text,
                   struct arena *a, struct fact *ret)
{
    struct sheet_where one = *w;
    one.range = (struct sheet_range){row, column, row, column};
    *ret = (struct fact){.state = FACT_FOUND,
                         .value = {.type = FACT_BOOL},
                         .place = arena_printf(a, "%s: %s", sheet_place(&one, a), text)};
    return 0;
}

/* Every cell of the range has the same formula in R1C1 form. */
int sheet_filled_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const char *first = NULL;
    struct arena *scratch = arena_new();
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        goto done;
    fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, 1);
    for (uint32_t row = w.range.row; row <= w.range.last_row; row++)
        for (uint32_t column = w.range.column; column <= w.range.last_column; column++) {
            const struct formula *f;
            struct formula_form form = {.plain_groups = true,
                                        .home = w.sheet->name,
                                        .r1c1_row = (int32_t)row,
                                        .r1c1_column = (int32_t)column};
            struct fact none;
            arena_reset(scratch);
            if (parse_at(&w, row, column, "", scratch, &f, &none) != 0) {
                r = differs(&w, row, column, "no formula", a, ret);
                goto done;
            }
            const char *text = formula_text(f, &form, scratch);
            first = first ? first : arena_strdup(a, text);
            if (strcmp(first, text) != 0) {
                r = differs(&w, row, column, arena_printf(a, "=%s", formula_text(f, NULL, scratch)), a, ret);
                goto done;
            }
        }
done:
    arena_free(scratch);
    return r < 0 ? r : 0;
}

/* ---- results ---- */

static int locate_result(const struct check_target *t, const struct locator *at, const char *with,
                         struct arena *a, struct formula_value *v, const char **place, struct fact *ret,
                         struct err *e)
{
    struct sheet_where w;
    const char *how;
    int r = sheet_locate(t, at, NEED_CELL, a, &w, ret, e);
    if (r != 0)
        return r;
    *place = sheet_place(&w, a);
    r = sheet_result(w.book, w.sheet, w.range.row, w.range.column, with, a, v, &how, e);
    if (r == -ERR_NO) {
        fact_unknown(ret, *place, arena_strdup(a, e->what));
        return 1;
    }
    if (r < 0)
        return r;
    *place = *how ? arena_printf(a, "%s (%s)", *place, how) : *place;
    if (v->kind != VALUE_BLANK)
        return 0;
    fact_absent(ret, *place, "the cell is empty");
    return 1;
}

static int number_result(const struct check_target *t, const struct locator *at, const char *with,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct formula_value v;
    const char *place;
    int r = locate_result(t, at, with, a, &v, &place, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (v.kind == VALUE_NUMBER)
        return fact_number_of(ret, place, v.number);
    return fact_absent(ret, place, arena_printf(a, "the result is %s, no number", formula_value_text(&v, a)));
}

static int text_result(const struct check_target *t, const struct locator *at, const char *with,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct formula_value v;
    const char *place;
    int r = locate_result(t, at, with, a, &v, &place, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_text_of(ret, place, FACT_TEXT, formula_value_text(&v, a));
}

int sheet_result_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return number_result(t, at, NULL, a, ret, e);
}

int sheet_result_text_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    (void)argument;
    return text_result(t, at, NULL, a, ret, e);
}

int sheet_result_with_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    return number_result(t, at, argument ? argument : "", a, ret, e);
}

int sheet_result_text_with_kind(const struct check_target *t, const struct locator *at, const char *argument,
                                struct arena *a, struct fact *ret, struct err *e)
{
    return text_result(t, at, argument ? argument : "", a, ret, e);
}
