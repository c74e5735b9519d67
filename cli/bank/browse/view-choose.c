/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of knowledge points, and short lists of words. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"

enum { FIND_COLUMNS = 30, NUMBER_COLUMNS = 11 };

static int depth(const char *code)
{
    int n = 0;
    for (; *code; code++)
        n += *code == '.';
    return n > 8 ? 8 : n;
}

static void draw_numbers(struct grid *g, int y, enum look look, const char *own, const char *all)
{
    grid_text_right(g, frame_end(g) - NUMBER_COLUMNS - 1, y, look, own);
    grid_text_right(g, frame_end(g), y, look, all);
}

static void draw_point(const struct browse *b, struct grid *g, int y, size_t i)
{
    const struct bank_point *p = i > 0 ? &b->points[i - 1] : NULL;
    bool focus = i == b->point_cursor;
    enum look look = focus ? LOOK_CURSOR : LOOK_TEXT;
    char text[500], fitted[500], own[32], all[32];
    int columns = frame_columns(g) - 2 * (NUMBER_COLUMNS + 1) - 3;
    if (i > b->n_points)
        return;
    if (p)
        say(text, sizeof text, "%*s%s  %s", 2 * depth(p->code), "", p->code, p->title);
    else
        say(text, sizeof text, "%s",
            b->for_edit ? _("(no knowledge point)") : _("(all knowledge points)"));
    grid_text(g, FRAME_LEFT, y, 1, look, focus ? ">" : " ");
    grid_text(g, FRAME_LEFT + 2, y, columns, look,
              browse_fit(fitted, sizeof fitted, text, columns));
    if (p) {
        snprintf(own, sizeof own, "%lld", (long long)p->items);
        snprintf(all, sizeof all, "%lld", (long long)p->below);
        draw_numbers(g, y, look, own, all);
    }
    grid_target(g, FRAME_LEFT, y, frame_columns(g),
                (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

void view_points_tree(const struct browse *b, struct grid *g)
{
    char text[300];
    frame_head(g,
               b->for_edit ? _("Knowledge point of the item")
                           : _("Show the items of which knowledge point?"),
               "");
    int x = FRAME_LEFT + grid_text(g, FRAME_LEFT, FRAME_BODY, 20, LOOK_TEXT, _("Go to "));
    frame_field(g, x, FRAME_BODY, FIND_COLUMNS, &b->point_find);
    grid_text(g, FRAME_LEFT + 2, FRAME_BODY + 1, 40, LOOK_QUIET, _("code and title"));
    draw_numbers(g, FRAME_BODY + 1, LOOK_QUIET, _("own"), _("with below"));
    for (int i = 0; i < browse_point_rows(b); i++)
        draw_point(b, g, FRAME_BODY + 2 + i, b->point_top + (size_t)i);
    say(text, sizeof text,
        ngettext("%lld item stands outside of the tree.", "%lld items stand outside of the tree.",
                 (unsigned long)b->lost),
        (long long)b->lost);
    browse_foot(b, g, b->lost ? text : "", "",
                _("type: code or title  arrows choose  Enter take it  Escape back"));
}

/* ---- words ---- */

static const char *question(enum browse_choices what)
{
    return what == CHOOSE_KIND    ? _("Show which kind of items?")
           : what == CHOOSE_STATE ? _("Show items in which state?")
                                  : _("Cognitive level of the item");
}

static void draw_choice(const struct browse *b, struct grid *g, int y, size_t i, const char *text)
{
    bool focus = i == b->choice;
    grid_text(g, FRAME_LEFT + 2, y, 2, focus ? LOOK_CURSOR : LOOK_TEXT, focus ? "> " : "  ");
    grid_text(g, FRAME_LEFT + 4, y, frame_columns(g) - 4, focus ? LOOK_CURSOR : LOOK_TEXT, text);
    grid_target(g, FRAME_LEFT, y, frame_columns(g),
                (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

/* Long lists are shown around the cursor. */
void view_choices(const struct browse *b, struct grid *g)
{
    int rows = browse_rule_y(b) - FRAME_BODY - 1, n = 1;
    while (browse_choice_word(b->choosing, (size_t)n - 1))
        n++;
    int top = (int)b->choice >= rows ? (int)b->choice - rows + 1 : 0;
    frame_head(g, question(b->choosing), "");
    for (int i = top; i < n && i < top + rows; i++)
        draw_choice(b, g, FRAME_BODY + 1 + i - top, (size_t)i,
                    i > 0 ? browse_word(browse_choice_word(b->choosing, (size_t)i - 1))
                    : b->choosing == CHOOSE_LEVEL ? _("(not known)")
                                                  : _("(any)"));
    browse_foot(b, g, "", "", _("arrows choose  Enter take it  Escape back"));
}
