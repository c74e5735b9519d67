/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/sheet/kinds.h"

/* ---- hyperlinks ---- */

/* The address in =HYPERLINK("…",…). */
static const char *formula_link(const struct sheet_where *w, struct arena *a)
{
    const struct sheet_cell *c = sheet_cell_at(w->sheet, w->range.row, w->range.column);
    const char *text = sheet_formula_text(w->book, c, w->range.row, w->range.column, a);
    const struct formula *f;
    struct err e;
    if (!text || formula_parse(&f, a, text, w->book->ods ? FORMULA_ODF : FORMULA_EXCEL, &e) < 0)
        return NULL;
    const struct formula_node *n = f->root;
    bool link =
        n->kind == NODE_CALL && strcmp(n->text, "HYPERLINK") == 0 && n->first && n->first->kind == NODE_TEXT;
    return link ? n->first->text : NULL;
}

int sheet_link_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_CELL, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const char *place = sheet_place(&w, a), *typed = formula_link(&w, a);
    for (size_t i = 0; i < w.sheet->n_links; i++) {
        const struct sheet_link *l = &w.sheet->link[i];
        if (!range_holds(&l->range, w.range.row, w.range.column))
            continue;
        const char *inside = l->location[0] ? arena_printf(a, "#%s", reference_plain(a, l->location)) : "";
        return fact_text_of(ret, place, FACT_TEXT, arena_printf(a, "%s%s", l->target, inside));
    }
    if (typed)
        return fact_text_of(ret, place, FACT_TEXT, typed);
    return fact_absent(ret, place, "the cell has no hyperlink");
}

/* ---- comments ---- */

int sheet_comment_kind(const struct check_target *t, const struct locator *at, const char *argument,
                       struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_CELL, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    for (size_t i = 0; i < w.sheet->n_comments; i++) {
        const struct sheet_comment *c = &w.sheet->comment[i];
        if (c->row == w.range.row && c->column == w.range.column)
            return fact_text_of(ret, sheet_place(&w, a), FACT_TEXT, c->text);
    }
    return fact_absent(ret, sheet_place(&w, a), "the cell has no comment");
}

int sheet_comment_count_kind(const struct check_target *t, const struct locator *at, const char *argument,
                             struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_INTEGER, (int64_t)w.sheet->n_comments);
}

/* ---- tables ---- */

/* By its name or its number; else the first that holds the place, or the first. */
static int locate_table(const struct check_target *t, const struct locator *at, struct arena *a,
                        struct sheet_where *w, const struct sheet_table **table, struct fact *ret,
                        struct err *e)
{
    const char *name = locator_get(at, "table");
    int64_t index = name ? locator_index(at, "table", 0) : 0;
    int r = sheet_locate(t, at, NEED_SHEET, a, w, ret, e);
    if (r != 0)
        return r;
    for (size_t i = 0; i < w->sheet->n_tables; i++) {
        const struct sheet_table *k = &w->sheet->table[i];
        bool here = name ? ascii_casecmp(k->name, name) == 0 || (int64_t)i + 1 == index
                         : w->range.row == 0 || range_holds(&k->range, w->range.row, w->range.column);
        if (here) {
            *table = k;
            return 0;
        }
    }
    fact_absent(ret, sheet_place(w, a), "there is no table");
    return 1;
}

int sheet_table_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const struct sheet_table *k;
    (void)argument;
    int r = locate_table(t, at, a, &w, &k, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (sheet_kind_is(t, "table-name"))
        return fact_text_of(ret, sheet_place(&w, a), FACT_TEXT, k->name);
    if (sheet_kind_is(t, "table-style"))
        return fact_text_of(ret, sheet_place(&w, a), FACT_TOKEN, k->style);
    return fact_text_of(ret, sheet_place(&w, a), FACT_TEXT, reference_range_name(a, &k->range));
}

int sheet_table_flag_kind(const struct check_target *t, const struct locator *at, const char *argument,
                          struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const struct sheet_table *k;
    (void)argument;
    int r = locate_table(t, at, a, &w, &k, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    bool v = sheet_kind_is(t, "table-totals")   ? k->totals
             : sheet_kind_is(t, "table-header") ? k->header
                                                : k->row_stripes;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, v);
}

/* ---- defined names ---- */

int sheet_name_kind(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    const struct workbook *w = t->document;
    const char *name = locator_get(at, "name"), *place = w->ods ? "content.xml" : "xl/workbook.xml";
    (void)argument;
    if (!name || !*name)
        return err_set(e, ERR_DATA, NULL, _("%s needs the locator name"), t->kind->name);
    for (size_t i = 0; i < w->n_names; i++)
        if (ascii_casecmp(w->name[i].name, name) == 0)
            return fact_text_of(ret, place, FACT_TEXT, reference_plain(a, w->name[i].refers));
    return fact_absent(ret, place, arena_printf(a, "nothing is named %s", name));
}

/* ---- pivot tables ---- */

static const struct sheet_pivot *pivot_in(const struct sheet *s, int64_t *left)
{
    for (size_t i = 0; i < s->n_pivots; i++)
        if (--*left == 0)
            return &s->pivot[i];
    return NULL;
}

/* That number of the sheet, or of the whole book where no sheet is told. */
static int locate_pivot(const struct check_target *t, const struct locator *at, struct arena *a,
                        struct sheet_where *w, const struct sheet_pivot **pivot, struct fact *ret,
                        struct err *e)
{
    int64_t left = locator_index(at, "pivot", 1);
    if (left < 1)
        return err_set(e, ERR_DATA, NULL, _("pivot=\"%s\" is no number from 1"), locator_get(at, "pivot"));
    int r = sheet_locate(t, at, locator_get(at, "sheet") ? NEED_SHEET : NEED_BOOK, a, w, ret, e);
    if (r != 0)
        return r;
    *pivot = w->sheet ? pivot_in(w->sheet, &left) : NULL;
    for (size_t i = 0; i < w->book->n_sheets && !w->sheet && !*pivot; i++)
        *pivot = pivot_in(&w->book->sheet[i], &left);
    if (*pivot)
        return 0;
    fact_absent(ret, sheet_place(w, a), "there is no pivot table");
    return 1;
}

int sheet_pivot_kind(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const struct sheet_pivot *p;
    (void)argument;
    int r = locate_pivot(t, at, a, &w, &p, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (sheet_kind_is(t, "pivot-source"))
        return fact_text_of(ret, p->part, FACT_TEXT, reference_plain(a, p->source));
    return fact_text_of(ret, p->part, FACT_TEXT, reference_range_name(a, &p->location));
}

int sheet_pivot_fields_kind(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const struct sheet_pivot *p;
    struct text_list values = {0};
    (void)argument;
    int r = locate_pivot(t, at, a, &w, &p, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (sheet_kind_is(t, "pivot-rows"))
        return fact_list_of(ret, p->part, p->row, p->n_rows);
    if (sheet_kind_is(t, "pivot-columns"))
        return fact_list_of(ret, p->part, p->column, p->n_columns);
    if (sheet_kind_is(t, "pivot-pages"))
        return fact_list_of(ret, p->part, p->page, p->n_pages);
    for (size_t i = 0; i < p->n_data; i++)
        text_list_add(&values, a, arena_printf(a, "%s %s", p->data[i].field, p->data[i].function));
    return fact_list_of(ret, p->part, values.item, values.n);
}
