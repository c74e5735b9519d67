/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"

enum { FIND_COLUMNS = 40 };

/* ---- columns ---- */

enum { ID, VERSION, STATE, KIND, POINT, LEVEL, FACILITY, POINTS, TITLE, COLUMNS };

static int widest(enum browse_choices what, const char *head)
{
    size_t most = text_width(head);
    for (size_t i = 0; browse_choice_word(what, i); i++) {
        size_t w = text_width(browse_word(browse_choice_word(what, i)));
        most = w > most ? w : most;
    }
    return (int)most;
}

static void columns_of(const struct browse *b, const char *const *head, int *ret)
{
    int more = b->width - FRAME_MIN_WIDTH, used = 2;
    ret[ID] = 9 + (more / 4 > 12 ? 12 : more / 4);
    ret[VERSION] = 3;
    ret[STATE] = widest(CHOOSE_STATE, head[STATE]);
    ret[KIND] = widest(CHOOSE_KIND, head[KIND]);
    ret[POINT] = 7 + (more > 20 ? 4 : 0);
    ret[LEVEL] = widest(CHOOSE_LEVEL, head[LEVEL]);
    ret[FACILITY] = 5;
    ret[POINTS] = 4;
    for (int i = 0; i < TITLE; i++)
        used += ret[i] + 1;
    ret[TITLE] = b->width - 2 * FRAME_LEFT - used;
}

static void draw_cells(struct grid *g, int y, const int *width, const char *const *cell,
                       enum look look)
{
    char text[400];
    int x = FRAME_LEFT + 2;
    for (int i = 0; i < COLUMNS; x += width[i++] + 1)
        grid_text(g, x, y, width[i], look, browse_fit(text, sizeof text, cell[i], width[i]));
}

static void draw_row(const struct browse *b, struct grid *g, int y, const int *width, size_t i)
{
    bool focus = i == b->cursor;
    const char *cell[COLUMNS];
    char version[24], facility[32], points[32];
    if (i < b->first || i >= b->first + b->n_rows)
        return;
    const struct bank_item *r = &b->row[i - b->first];
    snprintf(version, sizeof version, "%lld", (long long)r->version);
    cell[ID] = r->id;
    cell[VERSION] = version;
    cell[STATE] = browse_word(r->state);
    cell[KIND] = browse_word(r->kind);
    cell[POINT] = r->knowledge_point;
    cell[LEVEL] = browse_word(r->level);
    cell[FACILITY] = browse_thousandths(r->facility, facility, sizeof facility);
    cell[POINTS] = points_text(r->points, points, sizeof points);
    cell[TITLE] = r->title;
    grid_text(g, FRAME_LEFT, y, 1, LOOK_CURSOR, focus ? ">" : " ");
    draw_cells(g, y, width, cell, focus ? LOOK_CURSOR : LOOK_TEXT);
    grid_target(g, FRAME_LEFT, y, frame_columns(g),
                (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

/* ---- what is above and below ---- */

static void draw_filter(const struct browse *b, struct grid *g)
{
    char text[600], fitted[600], point[400];
    bool any = *b->point || b->kind || b->state || b->find.n > 0;
    int x = FRAME_LEFT + grid_text(g, FRAME_LEFT, FRAME_BODY, 20, LOOK_TEXT, _("Search ")),
        room = frame_columns(g);
    frame_field(g, x, FRAME_BODY, FIND_COLUMNS, &b->find);
    if (any)
        room -= 2 + (int)text_width(_("Escape clears"));
    if (any)
        grid_text_right(g, frame_end(g), FRAME_BODY + 1, LOOK_QUIET, _("Escape clears"));
    say(point, sizeof point, "%s%s%s", *b->point ? b->point : _("any"), *b->point ? " " : "",
        b->point_title);
    say(text, sizeof text, _("Kind: %s   State: %s   Knowledge point: %s"),
        b->kind ? browse_word(b->kind) : _("any"), b->state ? browse_word(b->state) : _("any"),
        point);
    grid_text(g, FRAME_LEFT, FRAME_BODY + 1, room, any ? LOOK_STRONG : LOOK_QUIET,
              browse_fit(fitted, sizeof fitted, text, room));
}

static void draw_head(const struct browse *b, struct grid *g)
{
    char left[200], right[300] = "", who[100];
    long long seen = (long long)(b->first + b->n_rows);
    if (b->total != BANK_UNKNOWN)
        say(left, sizeof left, ngettext("%lld item", "%lld items", (unsigned long)b->total),
            (long long)b->total);
    else
        say(left, sizeof left, b->more ? _("more than %lld items") : _("%lld items so far"), seen);
    if (b->n_rows > 0)
        say(left + strlen(left), sizeof left - strlen(left), _("   no. %lld is chosen"),
            (long long)b->cursor + 1);
    browse_fit(who, sizeof who, b->who, 24);
    if (*b->who)
        say(right, sizeof right, _("here: %s"), who);
    frame_head(g, left, right);
}

void view_list(const struct browse *b, struct grid *g)
{
    const char *const head[COLUMNS] = {_("id"),    _("ver"), _("state"), _("kind"), _("point"),
                                       _("level"), _("P"),   _("pts"),   _("title")};
    int width[COLUMNS], y = FRAME_BODY + 3;
    char keys[300];
    const struct bank_item *at = b->cursor >= b->first && b->cursor < b->first + b->n_rows
                                     ? &b->row[b->cursor - b->first]
                                     : NULL;
    draw_head(b, g);
    draw_filter(b, g);
    columns_of(b, head, width);
    draw_cells(g, FRAME_BODY + 2, width, head, LOOK_QUIET);
    for (int i = 0; i < browse_list_rows(b); i++)
        draw_row(b, g, y + i, width, b->top + (size_t)i);
    if (b->n_rows == 0)
        frame_centred(g, y + 2, y + 5, LOOK_TEXT, _("No item fits."));
    say(keys, sizeof keys, _("type: search  Enter open  %s points  %s kind  %s state  %s leave"),
        browse_function_key(b, 2), browse_function_key(b, 3), browse_function_key(b, 4),
        browse_function_key(b, 10));
    browse_foot(b, g, at ? at->title : "", at ? at->stem : "", keys);
}
