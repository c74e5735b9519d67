/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"
#include "client/screens/sheet.h"

/* Rows from the bottom: border, keys, and what stands between the rule and them. */
enum { BELOW = 2, FOOT = 2, FOOT_MOST = 9, LIST_Y = FRAME_BODY + 3, TREE_Y = FRAME_BODY + 2 };

static bool too_small(struct grid *g)
{
    char text[300];
    if (g->width >= FRAME_MIN_WIDTH && g->height >= FRAME_MIN_HEIGHT)
        return false;
    struct sheet s;
    sheet_init(&s, g->width > 2 ? g->width - 2 : 1);
    sheet_text(&s, LOOK_STRONG,
               say(text, sizeof text,
                   _("This window is %dx%d. Please enlarge it to at least %dx%d."), g->width,
                   g->height, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT));
    sheet_end(&s, 0, 0, (struct target){0});
    for (size_t i = 0; i < s.n_lines && (int)i < g->height; i++)
        sheet_draw_line(&s, &s.line[i], g, 1, (int)i);
    sheet_release(&s);
    return true;
}

void browse_draw(const struct browse *b, struct grid *g)
{
    static void (*const view[BROWSE_SCREENS])(const struct browse *, struct grid *) = {
        [BROWSE_LIST] = view_list,       [BROWSE_POINTS] = view_points_tree,
        [BROWSE_CHOICES] = view_choices, [BROWSE_PREVIEW] = view_preview,
        [BROWSE_DETAILS] = view_details, [BROWSE_NAME] = view_name,
        [BROWSE_EDIT] = view_edit,       [BROWSE_CONFIRM] = view_confirm,
        [BROWSE_DISCARD] = view_discard, [BROWSE_REVIEW] = view_review,
    };
    grid_clear(g);
    if (too_small(g))
        return;
    frame_begin(g, _("Item bank"));
    view[b->screen](b, g);
}

/* ---- geometry ---- */

/* A message has as many rows as it needs. */
static int foot_rows(const struct browse *b)
{
    struct sheet s;
    sheet_init(&s, b->width - 2 * FRAME_LEFT);
    sheet_text(&s, LOOK_TEXT, b->message);
    sheet_end(&s, 0, 0, (struct target){0});
    int rows = *b->message ? (int)s.n_lines : 0;
    sheet_release(&s);
    return rows < FOOT ? FOOT : rows > FOOT_MOST ? FOOT_MOST : rows;
}

int browse_rule_y(const struct browse *b)
{
    return b->height - 1 - BELOW - foot_rows(b);
}

int browse_list_rows(const struct browse *b)
{
    return b->height - 1 - BELOW - FOOT - LIST_Y;
}

int browse_point_rows(const struct browse *b)
{
    return b->height - 1 - BELOW - FOOT - TREE_Y;
}

int browse_sheet_rows(const struct browse *b)
{
    return b->height - 1 - BELOW - FOOT - FRAME_BODY - 2;
}

void browse_foot(const struct browse *b, struct grid *g, const char *line, const char *second,
                 const char *keys)
{
    char text[BROWSE_MESSAGE];
    int y = browse_rule_y(b) + 1, end = g->height - BELOW;
    for (int row = browse_rule_y(b); row < end; row++)
        grid_fill(g, 1, row, g->width - 2, LOOK_TEXT, ' ');
    if (*b->message) {
        frame_paragraph(g, y, end, 0, b->alarm ? LOOK_ALARM : LOOK_GOOD, b->message);
    } else {
        grid_text(g, FRAME_LEFT, y, frame_columns(g), LOOK_TEXT,
                  browse_fit(text, sizeof text, line, frame_columns(g)));
        grid_text(g, FRAME_LEFT, y + 1, frame_columns(g), LOOK_QUIET,
                  browse_fit(text, sizeof text, second, frame_columns(g)));
    }
    frame_keys(g, browse_rule_y(b), keys);
}

/* ---- words ---- */

const char *browse_function_key(const struct browse *b, int number)
{
    static const char *const with[] = {"",   "F1", "F2", "F3", "F4", "F5",
                                       "F6", "F7", "F8", "F9", "F10"};
    static const char *const without[] = {"",      "Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+5",
                                          "Alt+6", "Alt+7", "Alt+8", "Alt+9", "Alt+0"};
    return (b->function_keys ? with : without)[number];
}

const char *browse_word(const char *raw)
{
    static const char *const words[] = {
        N_("single"),   N_("multiple"),    N_("truefalse"), N_("fill"),       N_("number"),
        N_("order"),    N_("associate"),   N_("match"),     N_("gapmatch"),   N_("inline"),
        N_("essay"),    N_("hottext"),     N_("slider"),    N_("upload"),     N_("graphic"),
        N_("mixed"),    N_("other"),       N_("material"),  N_("draft"),      N_("reviewed"),
        N_("approved"), N_("retired"),     N_("remember"),  N_("understand"), N_("apply"),
        N_("analyse"),  N_("evaluate"),    N_("create"),    N_("terminal"),   N_("nothing"),
        N_("imported"), N_("new version"), N_("updated"),   N_("unchanged"),
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], raw) == 0)
            return _(words[i]);
    return raw;
}

const char *browse_field_label(size_t field)
{
    static const char *const label[BROWSE_FIELDS] = {
        N_("Knowledge point"), N_("Cognitive level"), N_("Facility"), N_("Discrimination"),
        N_("Usual points"),    N_("Expected time"),   N_("Enemies"),
    };
    return field < BROWSE_FIELDS ? _(label[field]) : "";
}

const char *browse_field_help(size_t field)
{
    static const char *const text[BROWSE_FIELDS] = {
        N_("A code of the tree. Enter shows the tree. Empty: not known."),
        N_("Enter shows the levels. Empty: not known."),
        N_("The author's estimate of the share of right answers, 0 to 1, such as 0.72."),
        N_("The author's estimate, -1 to 1, such as 0.35."),
        N_("What it usually earns in a paper. Empty: the item's own maximum."),
        N_("Seconds that a candidate is expected to need, 1 to 86400."),
        N_("Ids with blanks between them. None of these stands in one paper with it."),
    };
    return field < BROWSE_FIELDS ? _(text[field]) : "";
}

const char *browse_field_shown(const struct browse *b, size_t field, const char *text, char *buf,
                               size_t size)
{
    if (field == FIELD_LEVEL)
        return say(buf, size, "%s", browse_word(text));
    for (size_t i = 0; field == FIELD_POINT && i < b->n_points; i++)
        if (strcmp(b->points[i].code, text) == 0)
            return say(buf, size, "%s %s", text, b->points[i].title);
    return say(buf, size, "%s", text);
}

const char *browse_fit(char *buf, size_t size, const char *text, int columns)
{
    if ((int)text_width(text) <= columns)
        return say(buf, size, "%s", text);
    if (columns < 2)
        return say(buf, size, "%s", "");
    return say(buf, size, "%.*s..", (int)text_fit(text, (size_t)columns - 2, NULL), text);
}

const char *browse_thousandths(int64_t v, char *buf, size_t size)
{
    buf[0] = '\0';
    return v == BANK_UNKNOWN ? buf : points_text(points_milli(v), buf, size);
}
