/* SPDX-License-Identifier: Apache-2.0 */
/* Questions of the examiner's program: which group, is this the candidate, why a change. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

/* ---- groups ---- */

static char sign_of(const struct book_entry *x)
{
    static const char signs[] = {[BOOK_NEW] = '.',       [BOOK_STARTED] = '>',  [BOOK_READY] = '?',
                                 [BOOK_CONFIRMED] = '=', [BOOK_UNSIGNED] = '!', [BOOK_SETTLED] = 'x'};
    return signs[book_state(x)];
}

static void draw_group(const struct rate_model *r, struct grid *g, int y, int64_t group)
{
    char text[300];
    size_t n, first = book_group(r->book, group, &n);
    bool at = group == r->group;
    enum look look = at ? LOOK_CURSOR : LOOK_TEXT;
    if (at)
        grid_fill(g, FRAME_LEFT, y, frame_columns(g), look, ' ');
    say(text, sizeof text, _("%s Group %lld"), at ? ">" : " ", (long long)group);
    grid_text(g, FRAME_LEFT, y, 14, look, text);
    say(text, sizeof text, _("done %zu of %zu"), book_finals(r->book, first, n), n);
    int right = grid_text_right(g, frame_end(g), y, look, text), x = FRAME_LEFT + 14;
    int each = n > 0 ? (right - x - 1) / (int)n : 0;
    for (size_t i = first; i < first + n && each > 4; i++, x += each) {
        const struct book_entry *c = &r->book->entry[i];
        say(text, sizeof text, "%c%lld %s", sign_of(c), (long long)c->seat, c->name);
        view_shortened(g, x, y, each - 1, look, text);
    }
}

void rate_view_groups(const struct rate_model *r, const struct model *m, struct grid *g)
{
    char keys[200];
    int64_t most = book_groups(r->book);
    frame_begin(g, view_title(m));
    frame_head(g, _("Groups"), "");
    int end = rate_foot(m, g,
                        say(keys, sizeof keys,
                            _("Up/Down choose  Enter this group  digits find a ticket  Escape back  %s end"),
                            model_function_key(m, 10)));
    int rows = end - FRAME_BODY - 4, first = 1;
    if (most > rows && r->group > rows / 2)
        first = (int)(r->group - rows / 2 < most - rows + 1 ? r->group - rows / 2 : most - rows + 1);
    for (int row = 0; row < rows && first + row <= most; row++)
        draw_group(r, g, FRAME_BODY + row, first + row);
    frame_paragraph(g, end - 3, end - 2, 0, LOOK_QUIET,
                    _(". new  > rating  ? to confirm  = confirmed  ! unsigned  x absent or other"));
    frame_rule(g, end - 2);
    const char *label = _("Find by the end of the ticket number");
    int x = FRAME_LEFT + grid_text(g, FRAME_LEFT, end - 1, frame_columns(g) - 20, LOOK_TEXT, label) + 1;
    frame_field(g, x, end - 1, 16, &r->field);
}

/* ---- who it is ---- */

void rate_view_identity(const struct rate_model *r, const struct model *m, struct grid *g)
{
    const struct book_entry *x = rate_chosen(r);
    const char *digits = rate_ticket_end(x->ticket, RATE_CONFIRM_DIGITS);
    char text[300], keys[200];
    frame_begin(g, view_title(m));
    say(text, sizeof text, _("Group %lld   seat %lld   bench %lld"), (long long)x->group, (long long)x->seat,
        (long long)x->bench);
    frame_head(g, text, x->rating.identified ? _("checked") : "");
    int end = rate_foot(m, g,
                        say(keys, sizeof keys,
                            _("y it is the candidate  Enter not yet  %s absent or another status  %s groups"),
                            model_function_key(m, 6), model_function_key(m, 5)));
    int y = frame_centred(g, FRAME_BODY, end, LOOK_STRONG,
                          _("Is this the candidate? Compare face, ticket and card."));
    y = view_fact(g, y, _("Name"), x->name);
    y = view_fact(g, y, _("Ticket number"), x->ticket);
    y = view_fact(g, y, _("ID number"), x->id_number);
    y = view_fact(g, y, _("School"), x->school);
    say(text, sizeof text, "%s %s", x->rubric->id, x->rubric->title);
    y = view_fact(g, y, _("Experiment"), text) + 1;
    rate_big(g, FRAME_LEFT + 6, y, LOOK_STRONG, digits);
    y += RATE_BIG_ROWS + 1;
    rate_buttons(r, g, y, _("Not yet"), _("Yes, this is the candidate"));
    if (y + 3 < end)
        frame_paragraph(g, y + 2, end, 6, LOOK_QUIET,
                        _("Compare the photographs with the face yourself; no device does that."));
}

/* ---- a confirmed sheet is changed ---- */

void rate_view_reason(const struct rate_model *r, const struct model *m, struct grid *g)
{
    const struct book_entry *x = rate_chosen(r);
    char text[300], points[32];
    frame_begin(g, view_title(m));
    say(text, sizeof text, "%s  %s", x->name, x->ticket);
    frame_head(g, text, "");
    int end = rate_foot(m, g, _("Enter change it, for this reason  Escape leave it as it is"));
    int y = frame_centred(g, FRAME_BODY + 2, end, LOOK_ALARM,
                          _("The candidate has confirmed this sheet. Why is it changed?")) +
            1;
    y = frame_paragraph(
            g, y, end, 4, LOOK_TEXT,
            say(text, sizeof text,
                _("Confirmed were %s points. A change makes the score void until the chief examiner and two "
                  "raters of this room have signed it; old and new stay on record."),
                rate_points(points_milli(x->rating.confirmed_milli), points))) +
        1;
    const char *label = _("Reason");
    int at = FRAME_LEFT + 4 + grid_text(g, FRAME_LEFT + 4, y, 20, LOOK_STRONG, label) + 1;
    frame_field(g, at, y, frame_end(g) - at - 4, &r->field);
}

/* ---- the end ---- */

static int finish_rows(const struct model *m)
{
    return m->height - 4 - view_alert_rows(m) - FRAME_BODY - 8;
}

static size_t open_entries(const struct book *b)
{
    return b->n - book_finals(b, 0, b->n);
}

int rate_finish_most(const struct rate_model *r, const struct model *m)
{
    int most = (int)open_entries(r->book) - finish_rows(m);
    return most > 0 ? most : 0;
}

static void draw_open(const struct rate_model *r, struct grid *g, int y, int end)
{
    char text[300], state[100];
    int skip = r->scroll;
    for (size_t i = 0; i < r->book->n && y < end; i++) {
        const struct book_entry *x = &r->book->entry[i];
        if (book_is_final(x) || skip-- > 0)
            continue;
        int at = grid_text_right(g, frame_end(g) - 2, y, rate_state_look(x),
                                 rate_state_text(x, state, sizeof state));
        say(text, sizeof text, _("Group %lld  seat %lld  %s  %s"), (long long)x->group, (long long)x->seat,
            x->ticket, x->name);
        view_shortened(g, FRAME_LEFT + 2, y++, at - FRAME_LEFT - 4, LOOK_TEXT, text);
    }
}

static void draw_end_question(const struct rate_model *r, struct grid *g, int y)
{
    if (!r->confirming) {
        rate_buttons(r, g, y, _("go on rating"), _("hand all sheets in"));
        return;
    }
    const char *label = _("To hand in, type your examiner's number, then Enter:");
    int x = FRAME_LEFT + 2 + grid_text(g, FRAME_LEFT + 2, y, frame_columns(g) - 22, LOOK_STRONG, label) + 1;
    frame_field(g, x, y, 14, &r->field);
    if (r->refused)
        grid_text(g, FRAME_LEFT + 2, y + 1, frame_columns(g) - 2, LOOK_ALARM, _("This is not your number."));
}

void rate_view_finish(const struct rate_model *r, const struct model *m, struct grid *g)
{
    char text[200];
    size_t open = open_entries(r->book);
    frame_begin(g, view_title(m));
    frame_head(g, _("Handing in all sheets"), "");
    int end =
        rate_foot(m, g,
                  r->confirming ? _("Enter hand in  Escape go on rating")
                                : _("Left/Right choose  Enter confirm  Up/Down list  Escape go on rating"));
    say(text, sizeof text, _("done %zu of %zu"), r->book->n - open, r->book->n);
    grid_text(g, FRAME_LEFT + 2, FRAME_BODY, frame_columns(g) - 2, LOOK_STRONG, text);
    if (open == 0)
        grid_text(g, FRAME_LEFT + 2, FRAME_BODY + 2, frame_columns(g) - 2, LOOK_GOOD,
                  _("Every candidate is confirmed, or has a status."));
    draw_open(r, g, FRAME_BODY + 2, FRAME_BODY + 2 + finish_rows(m));
    int y = end - 5;
    frame_paragraph(
        g, y, y + 2, 2, open > 0 ? LOOK_WARN : LOOK_TEXT,
        open > 0
            ? _("Candidates in this list have no mark yet. After handing in nothing can be changed here.")
            : _("After handing in nothing can be changed here."));
    draw_end_question(r, g, y + 3);
}
