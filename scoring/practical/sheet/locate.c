/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "scoring/practical/sheet/kinds.h"

static const char *absent_place(const struct workbook *w)
{
    return w->ods ? "content.xml" : "xl/workbook.xml";
}

/* ---- the sheet ---- */

static const struct sheet *numbered(const struct workbook *w, const char *text)
{
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        if (*p < '0' || *p > '9' || n > SHEET_MAX_SHEETS)
            return NULL;
        n = 10 * n + (size_t)(*p - '0');
    }
    return n >= 1 && n <= w->n_sheets ? &w->sheet[n - 1] : NULL;
}

static const struct sheet *named(const struct workbook *w, const char *name, struct arena *a)
{
    const struct sheet *s = workbook_sheet(w, name);
    const char *wanted = sheet_squeezed(a, name);
    for (size_t i = 0; i < w->n_sheets && !s; i++)
        if (strcmp(sheet_squeezed(a, w->sheet[i].name), wanted) == 0)
            s = &w->sheet[i];
    return s ? s : numbered(w, name);
}

static int find_sheet(struct sheet_where *w, const char *name, struct arena *a, struct fact *ret)
{
    w->sheet = name ? named(w->book, name, a) : w->book->n_sheets ? &w->book->sheet[0] : NULL;
    if (w->sheet)
        return 0;
    fact_absent(ret, absent_place(w->book),
                name ? arena_printf(a, "no sheet is named %s", name) : "the workbook has no sheet");
    return 1;
}

/* ---- by text ---- */

char *sheet_squeezed(struct arena *a, const char *text)
{
    char *plain = text_nfkc(a, text);
    if (!plain)
        plain = arena_strdup(a, text);
    char *to = plain;
    for (const char *p = plain; *p; p++) {
        if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
            continue;
        *to++ = *p;
    }
    *to = '\0';
    return plain;
}

static bool cell_contains(const struct sheet_cell *c, const char *wanted, struct arena *scratch)
{
    if (c->type != CELL_TEXT)
        return false;
    bool found = strstr(sheet_squeezed(scratch, c->value.text->text), wanted) != NULL;
    if (arena_used(scratch) > 1 << 20)
        arena_reset(scratch);
    return found;
}

/* The first cell whose text contains it, row by row; one that is equal goes before. */
static const struct sheet_cell *find_text(const struct sheet *s, const char *text)
{
    struct arena *scratch = arena_new(), *kept = arena_new();
    const char *wanted = sheet_squeezed(kept, text);
    const struct sheet_cell *first = NULL, *c = NULL;
    while ((c = sheet_next_cell(s, c)) != NULL) {
        if (!cell_contains(c, wanted, scratch))
            continue;
        if (!first)
            first = c;
        if (strcmp(sheet_squeezed(scratch, c->value.text->text), wanted) == 0) {
            first = c;
            break;
        }
    }
    arena_free(scratch);
    arena_free(kept);
    return first;
}

static int by_text(struct sheet_where *w, const char *text, bool row, struct arena *a, struct fact *ret)
{
    const struct sheet_cell *c = find_text(w->sheet, text);
    if (!c) {
        fact_absent(ret, sheet_place(w, a), arena_printf(a, "no cell contains %s", text));
        return 1;
    }
    if (row)
        w->range.row = w->range.last_row = c->row;
    else
        w->range.column = w->range.last_column = c->column;
    return 0;
}

/* ---- the place on the sheet ---- */

static int senseless(const char *name, const char *value, struct err *e)
{
    err_set(e, ERR_DATA, NULL, _("%s=\"%s\" is no place on a sheet"), name, value);
    return err_hint(e, _("cells are written as B3, ranges as A1:E1, columns as C, rows as 3"));
}

static int by_reference(struct sheet_where *w, const char *name, const char *value, struct arena *a,
                        struct err *e)
{
    const char *sheet;
    if (!reference_full(value, a, &sheet, &w->range))
        return senseless(name, value, e);
    return 0;
}

/* A defined name: its cells, and its sheet when it names one. */
static int by_name(struct sheet_where *w, const char *name, struct arena *a, struct fact *ret)
{
    for (size_t i = 0; i < w->book->n_names; i++) {
        const char *sheet = NULL;
        const struct sheet_name *n = &w->book->name[i];
        if (ascii_casecmp(n->name, name) != 0 || !reference_full(n->refers, a, &sheet, &w->range))
            continue;
        return sheet ? find_sheet(w, sheet, a, ret) : 0;
    }
    fact_absent(ret, absent_place(w->book), arena_printf(a, "no cells are named %s", name));
    return 1;
}

static int whole_row(struct sheet_where *w, const struct locator *at, struct err *e)
{
    int64_t row = locator_index(at, "row", 0);
    if (row < 0 || row > SHEET_ROWS)
        return senseless("row", locator_get(at, "row"), e);
    w->range.row = w->range.last_row = (uint32_t)row;
    return 0;
}

static int whole_column(struct sheet_where *w, const struct locator *at, struct err *e)
{
    const char *text = locator_get(at, "column");
    uint32_t column = reference_column(text);
    int64_t index = column ? column : locator_index(at, "column", -1);
    if (index < 1 || index > SHEET_COLUMNS)
        return senseless("column", text, e);
    w->range.column = w->range.last_column = (uint32_t)index;
    return 0;
}

/* Row and column, each by number or text; what is not told is the whole. */
static int by_row_and_column(struct sheet_where *w, const struct locator *at, struct arena *a,
                             struct fact *ret, struct err *e)
{
    const char *row_text = locator_get(at, "row-text"), *column_text = locator_get(at, "column-text");
    int r = 0;
    if (locator_get(at, "row"))
        r = whole_row(w, at, e);
    else if (row_text)
        r = by_text(w, row_text, true, a, ret);
    if (r == 0 && locator_get(at, "column"))
        r = whole_column(w, at, e);
    else if (r == 0 && column_text)
        r = by_text(w, column_text, false, a, ret);
    if (r != 0 || (w->range.row == 0 && w->range.column == 0))
        return r;
    if (w->range.row == 0) {
        w->range.row = 1;
        w->range.last_row = SHEET_ROWS;
    }
    if (w->range.column == 0) {
        w->range.column = 1;
        w->range.last_column = SHEET_COLUMNS;
    }
    return 0;
}

/* Whole rows and columns end with what is used; the first cell stays in any case. */
static void cut_to_used(struct sheet_where *w)
{
    uint32_t rows, columns;
    struct sheet_range *r = &w->range;
    sheet_used(w->sheet, &rows, &columns);
    if (r->row == 1 && r->last_row == SHEET_ROWS) {
        w->whole = true;
        r->last_row = rows ? rows : 1;
    }
    if (r->column == 1 && r->last_column == SHEET_COLUMNS) {
        w->whole = true;
        r->last_column = columns ? columns : 1;
    }
}

static const char *sheet_of(const struct locator *at, struct arena *a)
{
    const char *told = locator_get(at, "sheet"), *cell = locator_get(at, "cell"), *sheet = NULL;
    struct sheet_range r;
    if (told)
        return told;
    cell = cell ? cell : locator_get(at, "range");
    return cell && reference_full(cell, a, &sheet, &r) ? sheet : NULL;
}

static int find_place(struct sheet_where *w, const struct locator *at, struct arena *a, struct fact *ret,
                      struct err *e)
{
    const char *cell = locator_get(at, "cell"), *range = locator_get(at, "range"),
               *name = locator_get(at, "name");
    if (cell)
        return by_reference(w, "cell", cell, a, e);
    if (range)
        return by_reference(w, "range", range, a, e);
    if (name)
        return by_name(w, name, a, ret);
    return by_row_and_column(w, at, a, ret, e);
}

int sheet_locate(const struct check_target *t, const struct locator *at, enum sheet_need need,
                 struct arena *a, struct sheet_where *w, struct fact *ret, struct err *e)
{
    *w = (struct sheet_where){.book = t->document};
    if (need == NEED_BOOK)
        return 0;
    int r = find_sheet(w, sheet_of(at, a), a, ret);
    if (r != 0)
        return r;
    r = find_place(w, at, a, ret, e);
    if (r != 0)
        return r;
    if (w->range.row == 0 && need >= NEED_CELL) {
        err_set(e, ERR_DATA, NULL, _("%s needs a place on the sheet"), t->kind->name);
        return err_hint(e, _("add cell=\"B3\", range=\"A1:E1\", or row-text and column-text"));
    }
    if (w->range.row)
        cut_to_used(w);
    if (need == NEED_CELL) {
        w->range.last_row = w->range.row;
        w->range.last_column = w->range.column;
    }
    return 0;
}

bool sheet_kind_is(const struct check_target *t, const char *name)
{
    return strcmp(t->kind->name + strlen("sheet."), name) == 0;
}

const char *sheet_place(const struct sheet_where *w, struct arena *a)
{
    if (!w->sheet)
        return absent_place(w->book);
    const char *part = w->sheet->part[0] ? w->sheet->part : absent_place(w->book);
    if (w->range.row == 0 || w->range.column == 0)
        return arena_printf(a, "%s, %s", part, w->sheet->name);
    return arena_printf(a, "%s, %s!%s", part, w->sheet->name, reference_range_name(a, &w->range));
}
