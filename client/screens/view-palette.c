/* SPDX-License-Identifier: Apache-2.0 */
/* The palette: a cell per item, "16*" answered, "17." not yet, "18?" flagged, "19-" closed, the current one
 * in brackets. */
#include <stdio.h>

#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { GROUP = 5, LEAST_ROWS = 2, MOST_ROWS = 8 };

static int digits(size_t n)
{
    return n >= 1000 ? 4 : n >= 100 ? 3 : 2;
}

static int pitch(const struct model *m)
{
    return digits(m->work->n) + 2;
}

/* Cells in a row: whole groups, a gap of one column after each. */
static int per_row(const struct model *m)
{
    int group = GROUP * pitch(m) + 1, groups = (m->width - 2 * FRAME_LEFT) / group;
    return (groups > 0 ? groups : 1) * GROUP;
}

int view_paper_palette_rows(const struct model *m)
{
    int needed = ((int)m->work->n + per_row(m) - 1) / per_row(m);
    int spare = LEAST_ROWS + (m->height - FRAME_MIN_HEIGHT) / 3;
    int most = spare < MOST_ROWS ? spare : MOST_ROWS;
    return needed < LEAST_ROWS ? LEAST_ROWS : needed < most ? needed : most;
}

char view_sign(const struct model *m, size_t i)
{
    const struct question *q = &m->work->question[i];
    if (model_closed(m, i))
        return '-';
    return q->flagged ? '?' : question_answered(q) ? '*' : '.';
}

static enum look look(const struct model *m, size_t i)
{
    const struct question *q = &m->work->question[i];
    if (model_closed(m, i))
        return LOOK_QUIET;
    return q->flagged ? LOOK_WARN : question_answered(q) ? LOOK_GOOD : LOOK_TEXT;
}

static void draw_cell(const struct model *m, struct grid *g, int x, int y, size_t i)
{
    char text[32];
    bool current = i == m->current;
    snprintf(text, sizeof text, "%zu%c", i + 1, view_sign(m, i));
    int end = x + pitch(m), from = grid_text_right(g, end, y, current ? LOOK_CURSOR : look(m, i), text);
    if (current) {
        grid_put(g, from - 1, y, LOOK_CURSOR, '[');
        grid_put(g, end, y, LOOK_CURSOR, ']');
    }
    grid_target(g, x, y, pitch(m), (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

struct palette_page view_palette(const struct model *m, struct grid *g, int y, int rows)
{
    size_t columns = (size_t)per_row(m), room = columns * (size_t)rows, n = m->work->n;
    struct palette_page page = {.first = m->current / room * room};
    page.n = n - page.first < room ? n - page.first : room;
    for (size_t i = 0; i < page.n; i++) {
        int column = (int)(i % columns);
        draw_cell(m, g, FRAME_LEFT + column * pitch(m) + column / GROUP, y + (int)(i / columns),
                  page.first + i);
    }
    return page;
}
