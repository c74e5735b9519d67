/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/sheet/kinds.h"

/* ---- texts ---- */

/* left, centre, right; all with " | " between where none is asked. */
static int band(const struct check_target *t, const char *const part[3], const char *which, const char *place,
                struct arena *a, struct fact *ret, struct err *e)
{
    static const char *const words[] = {"left", "center", "right"};
    for (int i = 0; which && i < 3; i++)
        if (strcmp(words[i], which) == 0)
            return part[i][0] ? fact_text_of(ret, place, FACT_TEXT, part[i])
                              : fact_absent(ret, place, arena_printf(a, "nothing stands at the %s", which));
    if (which && *which) {
        err_set(e, ERR_DATA, NULL, _("%s knows no part \"%s\""), t->kind->name, which);
        return err_hint(e, _("left, center or right"));
    }
    const char *all = "";
    for (int i = 0; i < 3; i++)
        if (part[i][0])
            all = *all ? arena_printf(a, "%s | %s", all, part[i]) : part[i];
    return *all ? fact_text_of(ret, place, FACT_TEXT, all) : fact_absent(ret, place, "it is empty");
}

struct paper_name {
    const char *name;
    int32_t width, height; /* mm */
};
static const struct paper_name papers[] = {
    {"A3", 297, 420},    {"A4", 210, 297},      {"A5", 148, 210},        {"A6", 105, 148},
    {"A2", 420, 594},    {"B4", 257, 364},      {"B5", 182, 257},        {"Letter", 216, 279},
    {"Legal", 216, 356}, {"Tabloid", 279, 432}, {"Executive", 184, 267},
};

static bool near(int64_t emu, int32_t mm)
{
    int64_t d = emu - (int64_t)mm * 36000;
    return d > -36000 * 2 && d < 36000 * 2;
}

static const char *paper_name(const struct sheet_page *p, struct arena *a)
{
    int64_t width = p->landscape ? p->height : p->width, height = p->landscape ? p->width : p->height;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (near(width, papers[i].width) && near(height, papers[i].height))
            return papers[i].name;
    return p->width ? arena_printf(a, "%d x %d mm", (int)(width / 36000), (int)(height / 36000)) : "";
}

int sheet_page_text_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_page *p = &w.sheet->page;
    const char *place = sheet_place(&w, a), *text = NULL;
    if (sheet_kind_is(t, "header"))
        return band(t, p->header, argument, place, a, ret, e);
    if (sheet_kind_is(t, "footer"))
        return band(t, p->footer, argument, place, a, ret, e);
    if (sheet_kind_is(t, "orientation"))
        return fact_text_of(ret, place, FACT_TOKEN, p->landscape ? "landscape" : "portrait");
    if (sheet_kind_is(t, "paper"))
        text = paper_name(p, a);
    else if (sheet_kind_is(t, "print-area"))
        text = p->print_area;
    else
        text = sheet_kind_is(t, "title-rows") ? p->title_rows : p->title_columns;
    return *text ? fact_text_of(ret, place, t->kind->type, text) : fact_absent(ret, place, "it is not set");
}

/* ---- lengths, numbers, flags ---- */

int sheet_page_length_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_page *p = &w.sheet->page;
    const struct {
        const char *kind;
        int64_t length;
    } known[] = {
        {"margin-left", p->left},
        {"margin-right", p->right},
        {"margin-top", p->top},
        {"margin-bottom", p->bottom},
        {"margin-header", p->header_margin},
        {"margin-footer", p->footer_margin},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (sheet_kind_is(t, known[i].kind) && known[i].length >= 0)
            return fact_integer_of(ret, sheet_place(&w, a), FACT_LENGTH, known[i].length);
    return fact_absent(ret, sheet_place(&w, a), "it is not set");
}

int sheet_page_number_kind(const struct check_target *t, const struct locator *at, const char *argument,
                           struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    struct text_list list = {0};
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_page *p = &w.sheet->page;
    const char *place = sheet_place(&w, a);
    if (sheet_kind_is(t, "page-breaks")) {
        for (size_t i = 0; i < p->n_row_breaks; i++)
            text_list_add(&list, a, arena_printf(a, "%u", p->row_break[i]));
        return fact_list_of(ret, place, list.item, list.n);
    }
    int n = sheet_kind_is(t, "print-scale") ? p->scale
            : sheet_kind_is(t, "fit-width") ? p->fit_width
                                            : p->fit_height;
    return n ? fact_integer_of(ret, place, FACT_INTEGER, n) : fact_absent(ret, place, "it is not set");
}

int sheet_page_flag_kind(const struct check_target *t, const struct locator *at, const char *argument,
                         struct arena *a, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    (void)argument;
    int r = sheet_locate(t, at, NEED_SHEET, a, &w, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    const struct sheet_page *p = &w.sheet->page;
    bool v = sheet_kind_is(t, "center-horizontally")  ? p->center_h
             : sheet_kind_is(t, "center-vertically")  ? p->center_v
             : sheet_kind_is(t, "print-gridlines")    ? p->print_gridlines
             : sheet_kind_is(t, "header-first-other") ? p->different_first
                                                      : p->different_even;
    return fact_integer_of(ret, sheet_place(&w, a), FACT_BOOL, v);
}
