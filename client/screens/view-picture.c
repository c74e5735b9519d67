/* SPDX-License-Identifier: Apache-2.0 */
/* A picture alone, as large as the screen has room, and its words. */
#include "base/i18n.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { HEAD = FRAME_BODY, FOOT = 4 };

static void draw_head(const struct model *m, struct grid *g, size_t n)
{
    char left[MODEL_TEXT], time[64];
    say(left, sizeof left, _("Item %zu of %zu   picture %zu of %zu"), m->current + 1, m->work->n,
        m->picture + 1, n);
    frame_head(g, left, view_time_left(m, time, sizeof time));
}

/* Words below; at most a third of the room, since the item shows them whole. */
static int draw_words(struct grid *g, const struct item_node *image, int end, int rows)
{
    struct sheet s;
    sheet_init(&s, frame_columns(g));
    sheet_text(&s, LOOK_QUIET,
               image->text && *image->text ? image->text : _("(no words describe this picture)"));
    sheet_end(&s, 0, 0, (struct target){0});
    int lines = (int)s.n_lines < rows / 3 ? (int)s.n_lines : rows / 3;
    for (int i = 0; i < lines; i++)
        sheet_draw_line(&s, &s.line[i], g, FRAME_LEFT, end - lines + i);
    sheet_release(&s);
    return end - lines;
}

static void draw_cells(struct grid *g, const struct picture_cells *c, int y, int rows)
{
    int left = FRAME_LEFT + (frame_columns(g) - c->columns) / 2, top = y + (rows - c->rows) / 2;
    for (int row = 0; row < c->rows; row++)
        for (int x = 0; x < c->columns; x++)
            grid_put(g, left + x, top + row, LOOK_TEXT, (uint8_t)c->cell[row * c->columns + x]);
}

void view_picture(const struct model *m, struct grid *g)
{
    const struct question *q = model_question(m);
    const struct item_node *image[PICTURES_LISTED];
    size_t n = pictures_of(q->item, image, PICTURES_LISTED);
    int end = g->height - FOOT - view_alert_rows(m);
    frame_begin(g, view_title(m));
    draw_head(m, g, n);
    view_alert(m, g, g->height - FOOT);
    if (m->picture < n) {
        int rows = draw_words(g, image[m->picture], end, end - HEAD) - HEAD;
        const struct picture_cells *c =
            pictures_show_large(q->pictures, q->item, image[m->picture], frame_columns(g), rows);
        if (c)
            draw_cells(g, c, HEAD, rows);
        else if (!pictures_wanted(q->pictures))
            frame_centred(g, HEAD + 1, end, LOOK_TEXT,
                          _("This picture cannot be shown here; its words are below."));
    }
    frame_keys(g, g->height - FOOT,
               n > 1 ? _("Left/Right other picture   any other key goes back")
                     : _("any key goes back"));
    view_save_line(m, g, g->height - 3);
}
