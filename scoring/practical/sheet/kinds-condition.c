/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/sheet/kinds.h"

/* Do the ranges of a sqref hold all of that range? One of them must. */
static bool covers(const char *ranges, const struct sheet_range *wanted)
{
    struct sheet_range r;
    while (reference_next(&ranges, &r))
        if (range_holds(&r, wanted->row, wanted->column) &&
            range_holds(&r, wanted->last_row, wanted->last_column))
            return true;
    return false;
}

/* ---- conditional formats ---- */

const char *sheet_condition_text(const struct sheet_condition *c, struct arena *a)
{
    const char *text = arena_printf(a, "%s %s", c->ranges, c->type);
    if (c->operator_[0])
        text = arena_printf(a, "%s %s", text, c->operator_);
    if (strcmp(c->type, "top10") == 0)
        return arena_printf(a, "%s %s %.15g%s", text, c->bottom ? "bottom" : "top", c->rank,
                            c->percent ? "%" : "");
    if (strcmp(c->type, "aboveAverage") == 0)
        return arena_printf(a, "%s %s", text, c->below ? "below" : "above");
    if (c->text[0])
        return arena_printf(a, "%s %s", text, c->text);
    if (strcmp(c->type, "dataBar") == 0 || strcmp(c->type, "colorScale") == 0)
        return text;
    for (int i = 0; i < 3 && c->formula[i] && c->formula[i][0]; i++)
        text = arena_printf(a, "%s%s%s", text, i ? ", " : " ", c->formula[i]);
    return text;
}

struct chosen {
    struct sheet_where at;
    const char *place;
    const struct sheet_condition *c;
};

/* The condition of that number among those that cover the place (all, where none is told). */
static int choose(const struct check_target *t, const struct locator *at, struct arena *a, struct chosen *x,
                  struct fact *ret, struct err *e)
{
    int64_t left = locator_index(at, "condition", 1);
    if (left < 1)
        return err_set(e, ERR_DATA, NULL, _("condition=\"%s\" is no number from 1"),
                       locator_get(at, "condition"));
    int r = sheet_locate(t, at, NEED_SHEET, a, &x->at, ret, e);
    if (r != 0)
        return r;
    x->place = sheet_place(&x->at, a);
    for (size_t i = 0; i < x->at.sheet->n_conditions; i++) {
        const struct sheet_condition *c = &x->at.sheet->condition[i];
        if (x->at.range.row && !covers(c->ranges, &x->at.range))
            continue;
        if (--left == 0) {
            x->c = c;
            return 0;
        }
    }
    fact_absent(ret, x->place, "no conditional format covers it");
    return 1;
}

int sheet_condition_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct chosen x;
    (void)argument;
    int r = choose(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (sheet_kind_is(t, "condition-type"))
        return fact_text_of(ret, x.place, FACT_TOKEN, x.c->type);
    if (sheet_kind_is(t, "condition-operator"))
        return fact_text_of(ret, x.place, FACT_TOKEN, x.c->operator_);
    if (sheet_kind_is(t, "condition-formula"))
        return fact_text_of(ret, x.place, FACT_TEXT, x.c->formula[0]);
    if (sheet_kind_is(t, "condition-range"))
        return fact_text_of(ret, x.place, FACT_TEXT, x.c->ranges);
    if (!sheet_kind_is(t, "condition-bold"))
        return fact_text_of(ret, x.place, FACT_TEXT, sheet_condition_text(x.c, a));
    if (!x.c->sets_bold)
        return fact_absent(ret, x.place, "the condition does not change how bold it is");
    return fact_integer_of(ret, x.place, FACT_BOOL, x.c->format->font->bold);
}

int sheet_condition_color_kind(const struct check_target *t, const struct locator *at, const char *argument,
                               struct arena *a, struct fact *ret, struct err *e)
{
    struct chosen x;
    (void)argument;
    int r = choose(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    int32_t rgb = sheet_kind_is(t, "condition-bar")    ? x.c->bar.rgb
                  : !x.c->format                       ? -1
                  : sheet_kind_is(t, "condition-fill") ? x.c->format->fill->color.rgb
                                                       : x.c->format->font->color.rgb;
    if (rgb < 0)
        return fact_absent(ret, x.place, "the condition sets no such colour");
    return fact_integer_of(ret, x.place, FACT_COLOR, rgb);
}

int sheet_condition_count_kind(const struct check_target *t, const struct locator *at, const char *argument,
                               struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    int64_t n = 0;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < w.sheet->n_conditions; i++)
        n += w.range.row == 0 || covers(w.sheet->condition[i].ranges, &w.range);
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, n);
}

/* ---- validation ---- */

/* A list as its items: "男,女" without quotes; a reference plain. */
static const char *validation_formula(const char *f, struct arena *a)
{
    size_t n = strlen(f);
    if (n >= 2 && f[0] == '"' && f[n - 1] == '"')
        return arena_strndup(a, f + 1, n - 2);
    return reference_plain(a, f);
}

static const char *validation_text(const struct sheet_validation *v, struct arena *a)
{
    const char *first = validation_formula(v->formula1, a), *second = validation_formula(v->formula2, a);
    if (strcmp(v->type, "list") == 0 || strcmp(v->type, "custom") == 0)
        return arena_printf(a, "%s %s", v->type, first);
    return arena_printf(a, "%s %s %s%s%s", v->type, v->operator_, first, *second ? ", " : "", second);
}

int sheet_validation_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const struct sheet_validation *v = NULL;
    (void)argument;
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < w.sheet->n_validations && !v; i++)
        if (covers(w.sheet->validation[i].ranges, &w.range) &&
            strcmp(w.sheet->validation[i].type, "none") != 0)
            v = &w.sheet->validation[i];
    const char *place = sheet_place(&w, a);
    if (!v)
        return fact_absent(ret, place, "no validation covers it");
    if (sheet_kind_is(t, "validation-type"))
        return fact_text_of(ret, place, FACT_TOKEN, v->type);
    if (sheet_kind_is(t, "validation-range"))
        return fact_text_of(ret, place, FACT_TEXT, v->ranges);
    if (sheet_kind_is(t, "validation-prompt"))
        return fact_text_of(ret, place, FACT_TEXT, v->prompt);
    if (sheet_kind_is(t, "validation-error"))
        return fact_text_of(ret, place, FACT_TEXT, v->error);
    if (sheet_kind_is(t, "validation-error-style"))
        return fact_text_of(ret, place, FACT_TOKEN, v->error_style);
    return fact_text_of(ret, place, FACT_TEXT, validation_text(v, a));
}
