/* SPDX-License-Identifier: Apache-2.0 */
/* The form, its questions, and the review step. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/browse/browse.h"
#include "client/screens/frame.h"

enum { LABEL_COLUMNS = 18, FIELD_SHOWN = 50 };

static void draw_head(const struct browse *b, struct grid *g, const char *fmt)
{
    char left[400], id[200], who[120];
    browse_fit(id, sizeof id, b->item->about.id, 30);
    browse_fit(who, sizeof who, b->who, 24);
    frame_head(g, say(left, sizeof left, fmt, id), who);
}

static void draw_closed(const struct browse *b, struct grid *g, int x, int y, size_t i)
{
    char text[FIELD_MAX + 8], shown[FIELD_MAX + 300];
    browse_field_shown(b, i, b->value[i].text, shown, sizeof shown);
    grid_text(g, x, y, 1, LOOK_QUIET, "[");
    grid_text(g, x + 1, y, FIELD_SHOWN, browse_differs(b, i) ? LOOK_CHOSEN : LOOK_TEXT,
              browse_fit(text, sizeof text, shown, FIELD_SHOWN));
    grid_text(g, x + FIELD_SHOWN + 1, y, 1, LOOK_QUIET, "]");
}

void view_edit(const struct browse *b, struct grid *g)
{
    char keys[300];
    draw_head(b, g, _("Edit %s"));
    for (size_t i = 0; i < BROWSE_FIELDS; i++) {
        int y = FRAME_BODY + 1 + 2 * (int)i, x = FRAME_LEFT + 2 + LABEL_COLUMNS;
        bool focus = i == b->at;
        grid_text(g, FRAME_LEFT, y, 1, LOOK_CURSOR, focus ? ">" : " ");
        grid_text(g, FRAME_LEFT + 2, y, LABEL_COLUMNS, focus ? LOOK_CURSOR : LOOK_TEXT,
                  browse_field_label(i));
        if (focus && i != FIELD_LEVEL)
            frame_field(g, x, y, FIELD_SHOWN, &b->value[i]);
        else
            draw_closed(b, g, x, y, i);
        grid_text(g, x + FIELD_SHOWN + 3, y, 1, LOOK_STRONG, browse_differs(b, i) ? "*" : " ");
        grid_target(g, FRAME_LEFT, y, frame_columns(g),
                    (struct target){.kind = TARGET_ITEM, .index = (int)i});
    }
    say(keys, sizeof keys, _("Up/Down field  Enter list or next  %s save  Escape back"),
        browse_function_key(b, 9));
    browse_foot(b, g, browse_field_help(b->at), _("* changed, not saved yet"), keys);
}

/* ---- questions ---- */

static void draw_change(const struct browse *b, struct grid *g, int y, size_t i)
{
    char before[200], after[200], text[600], old[FIELD_MAX + 300], new[FIELD_MAX + 300];
    int room = (frame_columns(g) - LABEL_COLUMNS - 6) / 2;
    browse_field_shown(b, i, b->item->value[i], old, sizeof old);
    browse_field_shown(b, i, b->value[i].text, new, sizeof new);
    say(text, sizeof text, "%s -> %s",
        browse_fit(before, sizeof before, *old ? old : _("(not known)"), room),
        browse_fit(after, sizeof after, *new ? new : _("(not known)"), room));
    grid_text(g, FRAME_LEFT + 2, y, LABEL_COLUMNS, LOOK_STRONG, browse_field_label(i));
    grid_text(g, FRAME_LEFT + 2 + LABEL_COLUMNS, y, frame_columns(g) - LABEL_COLUMNS - 2, LOOK_TEXT,
              text);
}

static int draw_changes(const struct browse *b, struct grid *g, int y)
{
    for (size_t i = 0; i < BROWSE_FIELDS; i++)
        if (browse_differs(b, i))
            draw_change(b, g, y++, i);
    return y + 1;
}

static void draw_buttons(const struct browse *b, struct grid *g, int y, const char *safe,
                         const char *other)
{
    frame_button(g, FRAME_LEFT + 2, y, b->button == 0, 0, safe);
    frame_button(g, FRAME_LEFT + 2, y + 1, b->button == 1, 1, other);
    browse_foot(b, g, "", "", _("arrows choose  Enter do it  Escape back to the form"));
}

void view_confirm(const struct browse *b, struct grid *g)
{
    char text[400];
    draw_head(b, g, _("Save these changes of %s?"));
    int y = draw_changes(b, g, FRAME_BODY + 1);
    if (*b->absent)
        y = 1 + frame_paragraph(
                    g, y, y + 3, 2, LOOK_WARN,
                    say(text, sizeof text, _("Not in the bank, perhaps misspelt: %s"), b->absent));
    draw_buttons(b, g, y, _("go on editing"), _("save"));
}

void view_discard(const struct browse *b, struct grid *g)
{
    draw_head(b, g, _("The changes of %s are not saved"));
    int y = draw_changes(b, g, FRAME_BODY + 1);
    draw_buttons(b, g, y, _("go on editing"), _("leave without saving"));
}

void view_name(const struct browse *b, struct grid *g)
{
    frame_head(g, _("Who are you?"), "");
    int y = frame_paragraph(g, FRAME_BODY + 1, browse_rule_y(b), 2, LOOK_TEXT,
                            _("The bank writes down who changed or reviewed an item. It is asked "
                              "once, and the name then stands "
                              "at the top; --by gives it at the start."));
    int x = FRAME_LEFT + 2 + grid_text(g, FRAME_LEFT + 2, y + 1, 20, LOOK_TEXT, _("Name "));
    frame_field(g, x, y + 1, 40, &b->name);
    browse_foot(b, g, "", "", _("type the name  Enter go on  Escape back"));
}

/* ---- the review ---- */

static const char *move_text(const char *to)
{
    return strcmp(to, "reviewed") == 0 ? _("reviewed: I have checked it, and I did not write it")
           : strcmp(to, "approved") == 0
               ? _("approved: I have checked it too, and I am not its reviewer")
           : strcmp(to, "draft") == 0 ? _("back to draft")
                                      : _("retired: no exam takes it any more");
}

static int draw_log(const struct browse *b, struct grid *g, int y)
{
    const struct browse_item *x = b->item;
    char text[400], fitted[400];
    int left = 3;
    for (size_t i = x->n_events; i-- > 0 && left > 0;)
        if (x->event[i].kind == EVENT_REVIEW) {
            say(text, sizeof text, _("version %lld: %s, by %s"), (long long)x->event[i].version,
                browse_word(x->event[i].text), x->event[i].who);
            grid_text(g, FRAME_LEFT + 4, y++, frame_columns(g) - 4, LOOK_QUIET,
                      browse_fit(fitted, sizeof fitted, text, frame_columns(g) - 4));
            left--;
        }
    return y;
}

void view_review(const struct browse *b, struct grid *g)
{
    char text[300];
    draw_head(b, g, _("Review of %s"));
    say(text, sizeof text, _("Version %lld is %s."), (long long)b->item->about.version,
        browse_word(b->item->about.state));
    int y = frame_paragraph(g, FRAME_BODY + 1, browse_rule_y(b), 2, LOOK_STRONG, text);
    y = draw_log(b, g, y) + 1;
    frame_button(g, FRAME_LEFT + 2, y++, b->button == 0, 0, _("leave it as it is"));
    for (int i = 0; browse_move_to(b, (size_t)i); i++)
        frame_button(g, FRAME_LEFT + 2, y++, b->button == i + 1, i + 1,
                     move_text(browse_move_to(b, (size_t)i)));
    int x = FRAME_LEFT + 2 +
            grid_text(g, FRAME_LEFT + 2, y + 1, 30, LOOK_TEXT, _("Remark for the history "));
    frame_field(g, x, y + 1, frame_end(g) - x - 4, &b->note);
    browse_foot(b, g, "", "", _("type: remark  Up/Down choose  Enter do it  Escape back"));
}
