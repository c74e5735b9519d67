/* SPDX-License-Identifier: Apache-2.0 */
/* A status instead of points: which, why, and whether it is meant. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/proctor-act.h"
#include "client/screens/view.h"

static const char *choice_text(const struct rate_choice *c, char *buf, size_t size)
{
    char points[32];
    if (c->back)
        return _("No change");
    if (c->present)
        return _("Is there after all: rate");
    switch (c->status) {
    case RATING_ABSENT:
        return _("Absent: no mark, not a zero");
    case RATING_POSTPONED:
        return _("Postponed: equipment failed, comes again with time back");
    case RATING_EXEMPT:
        return say(buf, size, _("Exempt: %s, %s points"), c->exemption->text,
                   rate_points(c->exemption->points, points));
    case RATING_BREACH:
        return _("Breach: this exam's mark is cancelled (article follows)");
    case RATING_CHEATING:
        return _("Cheating: all marks of this sitting are invalid (article follows)");
    default:
        return _("Void: counts nowhere (reason follows)");
    }
}

static void draw_row(struct grid *g, int y, bool at, const char *text)
{
    enum look look = at ? LOOK_CURSOR : LOOK_TEXT;
    grid_text(g, FRAME_LEFT + 2, y, 2, look, at ? "> " : "  ");
    view_shortened(g, FRAME_LEFT + 4, y, frame_columns(g) - 6, look, text);
}

/* First row that is shown, so that the cursor is. */
static size_t first_row(size_t row, size_t n, int rows)
{
    size_t room = rows > 0 ? (size_t)rows : 1;
    if (n <= room || row < room / 2)
        return 0;
    return row - room / 2 < n - room ? row - room / 2 : n - room;
}

static void draw_choices(const struct rate_model *r, struct grid *g, int y, int end)
{
    struct rate_choice choice[RATE_MAX_STATUS];
    char text[300];
    size_t n = rate_choices(r, choice), first = first_row(r->row, n, end - y);
    for (size_t i = first; i < n && y < end; i++)
        draw_row(g, y++, i == r->row, choice_text(&choice[i], text, sizeof text));
}

static void draw_articles(const struct rate_model *r, struct grid *g, int y, int end)
{
    size_t n;
    char text[300];
    const struct proctor_article *list = rate_articles(r->status, &n);
    for (size_t i = first_row(r->row, n, end - y); i < n && y < end; i++)
        draw_row(g, y++, i == r->row, say(text, sizeof text, "%s  %s", list[i].number, _(list[i].title)));
}

static void draw_detail(const struct rate_model *r, struct grid *g, int y)
{
    bool minutes = r->status == RATING_POSTPONED;
    const char *label = minutes ? _("Minutes to be given back") : _("Why does it count nowhere?");
    int x = FRAME_LEFT + 2 + grid_text(g, FRAME_LEFT + 2, y, 40, LOOK_STRONG, label) + 1;
    frame_field(g, x, y, minutes ? 5 : frame_end(g) - x - 3, &r->field);
    char text[100];
    if (minutes)
        grid_text(g, x + 8, y, frame_end(g) - x - 8, LOOK_QUIET,
                  say(text, sizeof text, _("0 to %d"), RATE_MAX_MINUTES_BACK));
}

static const char *article_title(enum rating_status status, const char *number)
{
    size_t n;
    const struct proctor_article *list = rate_articles(status, &n);
    for (size_t i = 0; i < n; i++)
        if (list[i].number == number)
            return _(list[i].title);
    return "";
}

static void draw_sure(const struct rate_model *r, struct grid *g, int y, int end)
{
    const struct book_entry *x = rate_chosen(r);
    char text[500];
    bool settled = r->status > RATING_RATED;
    say(text, sizeof text, _("%s %s: %s"), x->name, x->ticket,
        settled ? rate_status_text(r->status) : _("is there, and is rated"));
    y = frame_paragraph(g, y, end, 2, LOOK_ALARM, text);
    if (r->status == RATING_BREACH || r->status == RATING_CHEATING) {
        say(text, sizeof text, "%s  %s", r->reason, article_title(r->status, r->reason));
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT, text);
    } else if (*r->reason)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT, r->reason);
    if (r->status == RATING_POSTPONED)
        y = frame_paragraph(g, y, end, 2, LOOK_TEXT,
                            say(text, sizeof text, _("%lld minutes are given back."), (long long)r->minutes));
    if (settled && book_is_marked(x))
        y = frame_paragraph(g, y, end, 2, LOOK_WARN,
                            _("What was rated stays on the sheet, but does not count."));
    rate_buttons(r, g, y + 1, _("No, go back"), _("Yes, it is meant"));
}

static const char *keys_text(const struct rate_model *r)
{
    switch (r->screen) {
    case RATE_DETAIL:
        return _("Enter go on  Escape no change");
    case RATE_SURE:
        return _("Left/Right choose  Enter confirm  y yes  Escape no change");
    default:
        return _("Up/Down choose  Enter confirm  Escape no change");
    }
}

void rate_view_status(const struct rate_model *r, const struct model *m, struct grid *g)
{
    const struct book_entry *x = rate_chosen(r);
    char text[300], state[100];
    frame_begin(g, view_title(m));
    int at = grid_text_right(g, frame_end(g), 1, rate_state_look(x), rate_state_text(x, state, sizeof state));
    say(text, sizeof text, _("Status of %s %s, seat %lld"), x->name, x->ticket, (long long)x->seat);
    view_shortened(g, FRAME_LEFT, 1, at - FRAME_LEFT - 2, LOOK_STRONG, text);
    frame_rule(g, 2);
    int end = rate_foot(m, g, keys_text(r)), y = FRAME_BODY + 1;
    if (r->screen == RATE_STATUS)
        draw_choices(r, g, y, end);
    else if (r->screen == RATE_ARTICLE)
        draw_articles(r, g, y, end);
    else if (r->screen == RATE_DETAIL)
        draw_detail(r, g, y + 2);
    else
        draw_sure(r, g, y + 2, end);
}
