/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/sheet/kinds.h"

static bool drawn(const struct sheet_line *l)
{
    return strcmp(l->style, "none") != 0 && l->style[0] != '\0';
}

/* A line between two cells belongs to either. */
static const struct sheet_line *line_at(const struct sheet_where *w, uint32_t row, uint32_t column,
                                        enum sheet_edge edge)
{
    static const enum sheet_edge opposite[] = {EDGE_RIGHT, EDGE_LEFT, EDGE_BOTTOM, EDGE_TOP};
    const struct sheet_line *own = &sheet_style_at(w->book, w->sheet, row, column)->border->edge[edge];
    uint32_t r = row - (edge == EDGE_TOP) + (edge == EDGE_BOTTOM),
             c = column - (edge == EDGE_LEFT) + (edge == EDGE_RIGHT);
    if (drawn(own) || r < 1 || c < 1 || r > SHEET_ROWS || c > SHEET_COLUMNS)
        return own;
    return &sheet_style_at(w->book, w->sheet, r, c)->border->edge[opposite[edge]];
}

struct lines {
    const struct sheet_line *line; /* the first; NULL: none was asked */
    bool differ;
    char where[16];
};

static void see(struct lines *l, const struct sheet_where *w, uint32_t row, uint32_t column,
                enum sheet_edge edge, struct arena *a)
{
    const struct sheet_line *line = line_at(w, row, column, edge);
    if (!l->line) {
        l->line = line;
    } else if (!l->differ &&
               (strcmp(l->line->style, line->style) != 0 || l->line->color.rgb != line->color.rgb)) {
        l->differ = true;
        snprintf(l->where, sizeof l->where, "%s", reference_cell_name(a, row, column));
    }
}

static bool inside_merge(const struct sheet_where *w, uint32_t row, uint32_t column, uint32_t row2,
                         uint32_t column2)
{
    const struct sheet_range *m = sheet_merge_at(w->sheet, row, column);
    return m && range_holds(m, row2, column2);
}

/* Which lines of a cell in the range a word means. */
static bool asks(const char *word, enum sheet_edge edge, bool outer)
{
    static const char *const names[] = {"left", "right", "top", "bottom"};
    bool horizontal = edge == EDGE_TOP || edge == EDGE_BOTTOM;
    if (strcmp(word, "all") == 0)
        return true;
    if (strcmp(word, "outer") == 0)
        return outer;
    if (strcmp(word, "inner") == 0)
        return !outer;
    if (strcmp(word, "inner-horizontal") == 0)
        return !outer && horizontal;
    if (strcmp(word, "inner-vertical") == 0)
        return !outer && !horizontal;
    return outer && strcmp(word, names[edge]) == 0;
}

static bool is_edge_word(const char *word)
{
    static const char *const words[] = {
        "all", "outer", "inner", "inner-horizontal", "inner-vertical", "left", "right", "top", "bottom"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static void see_cell(struct lines *l, const struct sheet_where *w, uint32_t row, uint32_t column,
                     const char *word, struct arena *a)
{
    const struct sheet_range *r = &w->range;
    for (enum sheet_edge edge = EDGE_LEFT; edge <= EDGE_BOTTOM; edge++) {
        uint32_t row2 = row - (edge == EDGE_TOP) + (edge == EDGE_BOTTOM),
                 column2 = column - (edge == EDGE_LEFT) + (edge == EDGE_RIGHT);
        if (asks(word, edge, !range_holds(r, row2, column2)) && !inside_merge(w, row, column, row2, column2))
            see(l, w, row, column, edge, a);
    }
}

static int see_range(const struct check_target *t, const struct locator *at, const char *argument,
                     struct arena *a, struct lines *l, const char **place, struct fact *ret, struct err *e)
{
    struct sheet_where w;
    const char *word = argument && *argument ? argument : "all";
    if (!is_edge_word(word)) {
        err_set(e, ERR_DATA, NULL, _("%s knows no line \"%s\""), t->kind->name, word);
        return err_hint(e,
                        _("all, outer, inner, inner-horizontal, inner-vertical, left, right, top or bottom"));
    }
    int r = sheet_locate(t, at, NEED_RANGE, a, &w, ret, e);
    if (r != 0)
        return r;
    *place = sheet_place(&w, a);
    const struct sheet_range *g = &w.range;
    if ((uint64_t)(g->last_row - g->row + 1) * (g->last_column - g->column + 1) > SHEET_MAX_LOOKED_AT)
        g = NULL;
    for (uint32_t row = g ? g->row : 1; g && row <= g->last_row; row++)
        for (uint32_t column = g->column; column <= g->last_column; column++)
            see_cell(l, &w, row, column, word, a);
    if (l->line && !l->differ)
        return 0;
    fact_absent(ret, *place,
                l->line ? arena_printf(a, "its lines differ: at %s from those before", l->where)
                        : "it has no such line");
    return 1;
}

int sheet_border_kind(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    struct lines l = {0};
    const char *place;
    int r = see_range(t, at, argument, a, &l, &place, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    return fact_text_of(ret, place, FACT_TOKEN, l.line->style);
}

int sheet_border_color_kind(const struct check_target *t, const struct locator *at, const char *argument,
                            struct arena *a, struct fact *ret, struct err *e)
{
    struct lines l = {0};
    const char *place;
    int r = see_range(t, at, argument, a, &l, &place, ret, e);
    if (r != 0)
        return r < 0 ? r : 0;
    if (!drawn(l.line))
        return fact_absent(ret, place, "no line is drawn");
    return fact_integer_of(ret, place, FACT_COLOR, l.line->color.rgb);
}
