/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/sheet/kinds.h"

struct one_chart {
    struct sheet_where at;
    const struct sheet *sheet; /* that it stands on */
    const struct sheet_chart *c;
    const char *place;
};

static bool chart_in(struct one_chart *x, const struct sheet *s, int64_t *left)
{
    for (size_t i = 0; i < s->n_charts && !x->c; i++)
        if (--*left == 0) {
            x->c = &s->chart[i];
            x->sheet = s;
        }
    return x->c != NULL;
}

/* chart="2" of the sheet; of the whole book where no sheet is told. */
static int locate_chart(const struct check_target *t, const struct locator *at, struct arena *a,
                        struct one_chart *x, struct fact *ret, struct err *e)
{
    int64_t left = locator_index(at, "chart", 1);
    *x = (struct one_chart){0};
    if (left < 1)
        return err_set(e, ERR_DATA, NULL, _("chart=\"%s\" is no number from 1"), locator_get(at, "chart"));
    int r = sheet_locate(t, at, locator_get(at, "sheet") ? NEED_SHEET : NEED_BOOK, a, &x->at, ret, e);
    if (r != 0)
        return r;
    if (x->at.sheet)
        chart_in(x, x->at.sheet, &left);
    for (size_t i = 0; i < x->at.book->n_sheets && !x->at.sheet && !x->c; i++)
        chart_in(x, &x->at.book->sheet[i], &left);
    if (!x->c) {
        fact_absent(ret, sheet_place(&x->at, a), "there is no such chart");
        return 1;
    }
    x->place = arena_printf(a, "%s, %s", x->c->part, x->sheet->name);
    return 0;
}

/* ---- texts ---- */

static const char *place_text(const struct one_chart *x, struct arena *a)
{
    if (x->sheet->chart_sheet)
        return "a sheet of its own";
    return reference_range_name(a, &x->c->anchor);
}

static const char *first_categories(const struct sheet_chart *c)
{
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].categories[0])
            return c->series[i].categories;
    return NULL;
}

static const char *labels_word(const struct sheet_chart *c)
{
    if (c->label_percent)
        return "percent";
    return c->label_value ? "value" : c->label_category ? "category" : c->label_series ? "series" : "none";
}

/* NULL: the chart has none. */
static const char *asked_text(const struct check_target *t, const struct one_chart *x, struct arena *a)
{
    if (sheet_kind_is(t, "chart-type"))
        return x->c->type;
    if (sheet_kind_is(t, "chart-grouping"))
        return x->c->grouping;
    if (sheet_kind_is(t, "chart-title"))
        return x->c->title;
    if (sheet_kind_is(t, "chart-category-title"))
        return x->c->category_title;
    if (sheet_kind_is(t, "chart-value-title"))
        return x->c->value_title;
    if (sheet_kind_is(t, "chart-legend"))
        return x->c->legend ? x->c->legend : "none";
    if (sheet_kind_is(t, "chart-labels"))
        return labels_word(x->c);
    if (sheet_kind_is(t, "chart-label-position"))
        return x->c->label_position;
    if (sheet_kind_is(t, "chart-categories"))
        return first_categories(x->c);
    return place_text(x, a);
}

int sheet_chart_text_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct one_chart x;
    (void)argument;
    int r = locate_chart(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const char *text = asked_text(t, &x, a);
    if (!text)
        return fact_absent(ret, x.place, "the chart has none");
    return fact_text_of(ret, x.place, t->kind->type, text);
}

/* ---- series ---- */

/* The name as seen; where it is only a reference, the text of that cell. */
static const char *series_name(const struct workbook *w, const struct sheet_series *s, struct arena *a)
{
    const char *sheet;
    struct sheet_range r;
    if (s->name[0] || !reference_full(s->name_ref, a, &sheet, &r))
        return s->name;
    const struct sheet *k = sheet ? workbook_sheet(w, sheet) : NULL;
    const struct sheet_cell *c = k ? sheet_cell_at(k, r.row, r.column) : NULL;
    return c ? sheet_value_text(w, c, a) : s->name_ref;
}

int sheet_chart_list_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct one_chart x;
    struct text_list list = {0};
    (void)argument;
    int r = locate_chart(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < x.c->n_series; i++) {
        const struct sheet_series *s = &x.c->series[i];
        text_list_add(&list, a,
                      sheet_kind_is(t, "chart-values")         ? s->values
                      : sheet_kind_is(t, "chart-series-types") ? s->type
                                                               : series_name(x.at.book, s, a));
    }
    return fact_list_of(ret, x.place, list.item, list.n);
}

int sheet_chart_color_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct one_chart x;
    int64_t series = locator_index(at, "series", 1);
    (void)argument;
    int r = locate_chart(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (series < 1 || (size_t)series > x.c->n_series)
        return fact_absent(ret, x.place, "the chart has no such series");
    return fact_integer_of(ret, x.place, FACT_COLOR, x.c->series[series - 1].color);
}

/* ---- flags and numbers ---- */

static bool any_trendline(const struct sheet_chart *c)
{
    bool any = false;
    for (size_t i = 0; i < c->n_series; i++)
        any |= c->series[i].trendline;
    return any;
}

static int within(const struct one_chart *x, const char *range, struct arena *a, struct fact *ret,
                  struct err *e)
{
    struct sheet_range r;
    if (!range || !reference_range(range, &r))
        return err_set(e, ERR_DATA, NULL, _("\"%s\" is no range"), range ? range : "");
    const struct sheet_range *c = &x->c->anchor;
    bool inside =
        c->row && range_holds(&r, c->row, c->column) && range_holds(&r, c->last_row, c->last_column);
    return fact_integer_of(ret, arena_printf(a, "%s!%s", x->place, place_text(x, a)), FACT_BOOL, inside);
}

int sheet_chart_flag_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct one_chart x;
    int r = locate_chart(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (sheet_kind_is(t, "chart-within"))
        return within(&x, argument, a, ret, e);
    bool v = sheet_kind_is(t, "chart-gridlines")            ? x.c->gridlines_value
             : sheet_kind_is(t, "chart-category-gridlines") ? x.c->gridlines_category
             : sheet_kind_is(t, "chart-trendline")          ? any_trendline(x.c)
             : sheet_kind_is(t, "chart-3d")                 ? x.c->three_d
                                                            : x.sheet->chart_sheet;
    return fact_integer_of(ret, x.place, FACT_BOOL, v);
}

int sheet_chart_number_kind(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e)
{
    struct one_chart x;
    (void)argument;
    int r = locate_chart(t, at, a, &x, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    double v = sheet_kind_is(t, "chart-minimum")   ? x.c->axis_min
               : sheet_kind_is(t, "chart-maximum") ? x.c->axis_max
                                                   : x.c->axis_unit;
    if (isnan(v))
        return fact_absent(ret, x.place, "the axis chooses it by itself");
    return fact_number_of(ret, x.place, v);
}

int sheet_chart_count_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    int64_t n = 0;
    (void)argument;
    int r = sheet_locate(t, at, locator_get(at, "sheet") ? NEED_SHEET : NEED_BOOK, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < w.book->n_sheets; i++)
        if (!w.sheet || w.sheet == &w.book->sheet[i])
            n += (int64_t)w.book->sheet[i].n_charts;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, n);
}

/* ---- all in one line ---- */

static const char *where_of(const char *ref, bool letters, struct arena *a)
{
    const char *sheet;
    struct sheet_range r;
    if (!reference_full(ref, a, &sheet, &r))
        return ref;
    return letters && r.column == r.last_column ? reference_column_name(a, r.column)
                                                : reference_range_name(a, &r);
}

const char *sheet_chart_text(const struct sheet_chart *c, struct arena *a)
{
    const char *series = "", *categories = first_categories(c);
    bool bars = strcmp(c->type, "bar") == 0 || strcmp(c->type, "column") == 0;
    for (size_t i = 0; i < c->n_series && i < 100; i++)
        series = arena_printf(a, "%s%s%s", series, i ? "," : "", where_of(c->series[i].values, true, a));
    return arena_printf(a, "%s, title %s, series %s, categories %s, legend %s", bars ? "bar/column" : c->type,
                        c->title ? c->title : "none", series,
                        categories ? where_of(categories, false, a) : "none", c->legend ? c->legend : "none");
}
