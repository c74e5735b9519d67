/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/parts.h"
#include "scoring/practical/sheet/kinds.h"

static const struct sheet_font default_font = {
    .name = "Calibri",
    .name_asia = "Calibri",
    .size = 11,
    .underline = "none",
    .script = "baseline",
    .color = {.kind = COLOR_NONE, .rgb = -1},
};
static const struct sheet_fill default_fill = {
    .pattern = "none",
    .color = {.rgb = -1},
    .behind = {.rgb = -1},
};
#define NO_LINE                                                                                              \
    {                                                                                                        \
        .style = "none", .color = {.rgb = -1 }                                                               \
    }
static const struct sheet_border default_border = {.edge = {NO_LINE, NO_LINE, NO_LINE, NO_LINE, NO_LINE}};

const struct sheet_style sheet_default_style = {
    .number_format = "General",
    .font = &default_font,
    .fill = &default_fill,
    .border = &default_border,
    .horizontal = "general",
    .vertical = "bottom",
    .name = "",
    .locked = true,
    .builtin = 0,
};

static int beyond(const struct workbook *w, struct err *e, const char *what)
{
    err_set(e, ERR_DATA, w->file, "%s", what);
    if (e)
        e->code = FAULT_LIMIT;
    return -ERR_DATA;
}

struct workbook *workbook_new(const char *file)
{
    struct workbook *w = mem_alloc(sizeof *w);
    w->arena = arena_new();
    w->file = arena_strdup(w->arena, file);
    w->application = "";
    w->computed = arena_alloc(w->arena, sizeof *w->computed);
    w->styles_room = 16;
    w->style = mem_grow(NULL, w->styles_room, sizeof *w->style);
    w->style[w->n_styles++] = sheet_default_style;
    w->formulas_room = 16;
    w->formula = mem_grow(NULL, w->formulas_room, sizeof *w->formula);
    w->formula[w->n_formulas++] = (struct sheet_formula){.text = ""};
    return w;
}

void workbook_free(struct workbook *w)
{
    if (!w)
        return;
    sheet_computed_free(*w->computed);
    for (size_t i = 0; i < w->n_sheets; i++) {
        free(w->sheet[i].cell);
        free(w->sheet[i].row);
    }
    free(w->sheet);
    free(w->style);
    free(w->formula);
    arena_free(w->arena);
    free(w);
}

int workbook_within(const struct workbook *w, struct err *e)
{
    if (w->n_cells > SHEET_MAX_CELLS)
        return beyond(w, e, _("the workbook holds more cells than can be scored"));
    if (arena_used(w->arena) > SHEET_MAX_MEMORY)
        return beyond(w, e, _("the workbook holds more text than can be scored"));
    return 0;
}

/* Room for one more; doubles. */
static void *room(void *p, size_t n, size_t *have, size_t size)
{
    if (n < *have)
        return p;
    *have = *have ? 2 * *have : 16;
    return mem_grow(p, *have, size);
}

static struct sheet_page blank_page(void)
{
    struct sheet_page p = {.scale = 100,
                           .left = -1,
                           .right = -1,
                           .top = -1,
                           .bottom = -1,
                           .header_margin = -1,
                           .footer_margin = -1,
                           .print_area = "",
                           .title_rows = "",
                           .title_columns = ""};
    const char **texts[] = {p.header, p.footer, p.even_header, p.even_footer, p.first_header, p.first_footer};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (int j = 0; j < 3; j++)
            texts[i][j] = "";
    return p;
}

int workbook_add_sheet(struct workbook *w, const char *name, struct sheet **ret, struct err *e)
{
    if (w->n_sheets >= SHEET_MAX_SHEETS)
        return beyond(w, e, _("the workbook holds more sheets than can be scored"));
    w->sheet = room(w->sheet, w->n_sheets, &w->sheets_room, sizeof *w->sheet);
    struct sheet *s = &w->sheet[w->n_sheets++];
    *s = (struct sheet){.name = arena_strdup(w->arena, name),
                        .part = "",
                        .tab = {.rgb = -1},
                        .zoom = 100,
                        .shows_gridlines = true,
                        .shows_headings = true,
                        .shows_zeros = true,
                        .default_width = -1,
                        .default_height = -1,
                        .summary_below = true,
                        .sort = "",
                        .page = blank_page()};
    *ret = s;
    return workbook_within(w, e);
}

int workbook_add_style(struct workbook *w, const struct sheet_style *style, uint16_t *ret, struct err *e)
{
    if (w->n_styles >= SHEET_MAX_STYLES)
        return beyond(w, e, _("the workbook holds more styles than can be scored"));
    w->style = room(w->style, w->n_styles, &w->styles_room, sizeof *w->style);
    w->style[w->n_styles] = *style;
    *ret = (uint16_t)w->n_styles++;
    return 0;
}

int workbook_add_formula(struct workbook *w, const struct sheet_formula *formula, uint32_t *ret,
                         struct err *e)
{
    if (w->n_formulas > SHEET_MAX_CELLS)
        return beyond(w, e, _("the workbook holds more formulas than can be scored"));
    w->formula = room(w->formula, w->n_formulas, &w->formulas_room, sizeof *w->formula);
    w->formula[w->n_formulas] = *formula;
    w->formula[w->n_formulas].text = arena_strdup(w->arena, formula->text);
    *ret = (uint32_t)w->n_formulas++;
    return 0;
}

int sheet_add_row(struct workbook *w, struct sheet *s, uint32_t first, uint32_t last, struct sheet_row **ret,
                  struct err *e)
{
    if (s->n_rows > 0 && first <= s->row[s->n_rows - 1].last)
        s->unsorted = true;
    s->row = room(s->row, s->n_rows, &s->rows_room, sizeof *s->row);
    struct sheet_row *r = &s->row[s->n_rows++];
    *r = (struct sheet_row){.first = first, .last = last, .cell = s->n_cells, .height = -1};
    *ret = r;
    w->n_cells++;
    return workbook_within(w, e);
}

int sheet_add_cell(struct workbook *w, struct sheet *s, uint32_t first, uint32_t last,
                   struct sheet_cell **ret, struct err *e)
{
    struct sheet_row *r = &s->row[s->n_rows - 1];
    if (r->n_cells > 0 && first <= s->cell[s->n_cells - 1].last_column)
        s->unsorted = true;
    s->cell = room(s->cell, s->n_cells, &s->cells_room, sizeof *s->cell);
    struct sheet_cell *c = &s->cell[s->n_cells++];
    *c = (struct sheet_cell){.row = r->first, .column = (uint16_t)first, .last_column = (uint16_t)last};
    r->n_cells++;
    w->n_cells++;
    *ret = c;
    return workbook_within(w, e);
}

/* ---- order ---- */

static int by_place(const void *x, const void *y)
{
    const struct sheet_cell *a = x, *b = y;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return 0;
}

static int by_first(const void *x, const void *y)
{
    const struct sheet_row *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* Stable, so that the later of two at one place stays the later. */
static void merge_sort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
    if (n < 2)
        return;
    char *p = base;
    size_t half = n / 2, i = 0, j = half, k = 0;
    merge_sort(p, half, size, compare);
    merge_sort(p + half * size, n - half, size, compare);
    char *copy = mem_grow(NULL, n, size);
    memcpy(copy, p, n * size);
    while (i < half || j < n) {
        bool left = j == n || (i < half && compare(copy + i * size, copy + j * size) <= 0);
        memcpy(p + k++ * size, copy + (left ? i++ : j++) * size, size);
    }
    free(copy);
}

/* Runs that overlap what stands before them begin after it. */
static void drop_double_cells(struct sheet *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_cells; i++) {
        struct sheet_cell c = s->cell[i];
        struct sheet_cell *before = n > 0 ? &s->cell[n - 1] : NULL;
        bool same_row = before && before->row == c.row;
        if (same_row && before->column == c.column)
            n--;
        else if (same_row && before->last_column >= c.column)
            before->last_column = (uint16_t)(c.column - 1);
        s->cell[n++] = c;
    }
    s->n_cells = n;
}

static void drop_double_rows(struct sheet *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_rows; i++) {
        struct sheet_row r = s->row[i];
        if (n > 0 && s->row[n - 1].first == r.first) {
            bool told = r.height >= 0 || r.hidden || r.outline || r.style;
            if (told)
                s->row[n - 1] = r;
            continue;
        }
        if (n > 0 && s->row[n - 1].last >= r.first)
            s->row[n - 1].last = r.first - 1;
        s->row[n++] = r;
    }
    s->n_rows = n;
}

static bool holds_something(const struct sheet_cell *c)
{
    return c->type != CELL_EMPTY || c->formula;
}

static void find_used(struct sheet *s)
{
    for (size_t i = 0; i < s->n_cells; i++) {
        const struct sheet_cell *c = &s->cell[i];
        if (!holds_something(c))
            continue;
        if (c->row > s->used_row)
            s->used_row = c->row;
        if (c->column > s->used_column)
            s->used_column = c->column;
    }
}

static void put_in_order(struct sheet *s)
{
    merge_sort(s->cell, s->n_cells, sizeof *s->cell, by_place);
    merge_sort(s->row, s->n_rows, sizeof *s->row, by_first);
    drop_double_cells(s);
    drop_double_rows(s);
    size_t i = 0;
    for (size_t k = 0; k < s->n_rows; k++) {
        struct sheet_row *r = &s->row[k];
        r->cell = i;
        while (i < s->n_cells && s->cell[i].row == r->first)
            i++;
        r->n_cells = i - r->cell;
    }
    s->unsorted = false;
}

void sheet_finish(struct sheet *s)
{
    if (s->unsorted)
        put_in_order(s);
    find_used(s);
}

const struct sheet_text *workbook_text(struct workbook *w, const char *text)
{
    struct sheet_text *t = arena_alloc(w->arena, sizeof *t);
    t->text = arena_strdup(w->arena, text);
    return t;
}

/* ---- asking ---- */

const struct sheet *workbook_sheet(const struct workbook *w, const char *name)
{
    const struct sheet *similar = NULL;
    for (size_t i = 0; i < w->n_sheets; i++) {
        if (strcmp(w->sheet[i].name, name) == 0)
            return &w->sheet[i];
        if (!similar && ascii_casecmp(w->sheet[i].name, name) == 0)
            similar = &w->sheet[i];
    }
    return similar;
}

const struct sheet_row *sheet_row_at(const struct sheet *s, uint32_t row)
{
    size_t low = 0, high = s->n_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->row[middle].last < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_rows && s->row[low].first <= row ? &s->row[low] : NULL;
}

const struct sheet_column *sheet_column_at(const struct sheet *s, uint32_t column)
{
    for (size_t i = 0; i < s->n_columns; i++)
        if (s->column[i].first <= column && column <= s->column[i].last)
            return &s->column[i];
    return NULL;
}

const struct sheet_cell *sheet_cell_at(const struct sheet *s, uint32_t row, uint32_t column)
{
    const struct sheet_row *r = sheet_row_at(s, row);
    if (!r)
        return NULL;
    size_t low = r->cell, high = r->cell + r->n_cells;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->cell[middle].last_column < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->cell + r->n_cells && s->cell[low].column <= column ? &s->cell[low] : NULL;
}

const struct sheet_style *sheet_style_at(const struct workbook *w, const struct sheet *s, uint32_t row,
                                         uint32_t column)
{
    const struct sheet_cell *c = sheet_cell_at(s, row, column);
    const struct sheet_row *r = sheet_row_at(s, row);
    const struct sheet_column *k = sheet_column_at(s, column);
    size_t style = 0;
    if (c)
        style = c->style;
    else if (r && r->has_style)
        style = r->style;
    else if (k && k->has_style)
        style = k->style;
    return &w->style[style < w->n_styles ? style : 0];
}

const struct sheet_range *sheet_merge_at(const struct sheet *s, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < s->n_merges; i++)
        if (range_holds(&s->merge[i], row, column))
            return &s->merge[i];
    return NULL;
}

void sheet_used(const struct sheet *s, uint32_t *ret_row, uint32_t *ret_column)
{
    *ret_row = s->used_row;
    *ret_column = s->used_column;
}

const struct sheet_cell *sheet_next_cell(const struct sheet *s, const struct sheet_cell *previous)
{
    for (const struct sheet_cell *c = previous ? previous + 1 : s->cell; c && c < s->cell + s->n_cells; c++)
        if (holds_something(c))
            return c;
    return NULL;
}
