/* SPDX-License-Identifier: Apache-2.0 */
/* The candidates at the benches, side by side: a column each, a row for each step. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/rate-update.h"
#include "client/rate/rate-view.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

enum { HEAD_ROWS = 3, WIDE_COLUMN = 24 };

struct column {
    const struct book_entry *x;
    size_t entry;
    int number, left, width; /* of 1..BOOK_PAGE; cells */
    bool chosen;
};

/* ---- the head of a column ---- */

static void draw_who(const struct column *c, struct grid *g, int y)
{
    char tag[48];
    const char *end = rate_ticket_end(c->x->ticket, RATE_CONFIRM_DIGITS);
    enum look look = c->chosen ? LOOK_CURSOR : LOOK_STRONG;
    if (c->width >= WIDE_COLUMN)
        say(tag, sizeof tag, _("[%d] seat %lld"), c->number, (long long)c->x->seat);
    else
        say(tag, sizeof tag, "[%d] %lld", c->number, (long long)c->x->seat);
    if (c->chosen)
        grid_fill(g, c->left, y, c->width, look, ' ');
    grid_put(g, c->left, y, look, c->chosen ? '>' : ' ');
    int x = c->left + 1 + grid_text(g, c->left + 1, y, c->width - 1, look, tag) + 1;
    int right = grid_text_right(g, c->left + c->width, y, look, end);
    view_shortened(g, x, y, right - x - 1, look, c->x->name);
}

static void draw_rubric(const struct column *c, struct grid *g, int y)
{
    char text[300];
    say(text, sizeof text, "%s %s", c->x->rubric->id, c->x->rubric->title);
    view_shortened(g, c->left + 1, y, c->width - 1, LOOK_QUIET, text);
}

/* "06:12"; hours only where there are some. */
static const char *short_time(int64_t ms, char buf[32])
{
    duration_text(ms < 0 ? -ms : ms, buf, 32);
    if (strncmp(buf, "00:", 3) == 0)
        memmove(buf, buf + 3, strlen(buf + 3) + 1);
    return buf;
}

static const char *time_of(const struct book_entry *x, char *buf, size_t size, enum look *ret_look)
{
    char time[32];
    int64_t left = book_left_ms(x);
    *ret_look = left < 0 ? LOOK_ALARM : left < MODEL_LAST_WARNING_MS ? LOOK_WARN : LOOK_TEXT;
    short_time(left, time);
    return left < 0 ? say(buf, size, _("over %s"), time) : say(buf, size, _("left %s"), time);
}

static void draw_state(const struct column *c, struct grid *g, int y)
{
    char text[100];
    enum look look = rate_state_look(c->x);
    const char *shown = rate_state_text(c->x, text, sizeof text);
    if (book_runs(c->x))
        shown = time_of(c->x, text, sizeof text, &look);
    else if (book_state(c->x) == BOOK_NEW && c->x->rating.identified && !c->x->elsewhere)
        shown = _("time: s");
    int right = c->left + c->width;
    if (*c->x->rating.note)
        right = grid_text_right(g, right, y, LOOK_WARN, "n");
    if (c->x->rating.chief)
        right = grid_text_right(g, right, y, LOOK_ALARM, "!");
    view_shortened(g, c->left + 1, y, right - c->left - 2, look, shown);
}

/* ---- steps ---- */

/* "5/6 a bh": points, and the slips; h: put right after a hint. */
static const char *score_text(const struct book_entry *x, size_t i, int room, char *buf, size_t size)
{
    const struct rating_step *s = &x->rating.step[i];
    char got[32], of[32], slips[2 * RUBRIC_MAX_SLIPS + 8] = "";
    size_t n = 0;
    rate_points(x->points.step[i], got);
    rate_points(x->rubric->step[i].points, of);
    for (size_t k = 0; k < x->rubric->step[i].n_slips; k++) {
        if (!(s->slips & (UINT32_C(1) << k)))
            continue;
        slips[n++] = x->rubric->step[i].slip[k].code;
        if (s->hinted & (UINT32_C(1) << k))
            slips[n++] = 'h';
    }
    slips[n] = '\0';
    if ((int)n > room && room > 0) {
        slips[room - 1] = '+';
        slips[room] = '\0';
    }
    bool open = s->mark == RATING_UNMARKED && !x->points.ended[i];
    return say(buf, size, "%s%s%s/%s", slips, n ? " " : "", open ? "-" : x->points.ended[i] ? "0#" : got, of);
}

static char sign_of(const struct column *c, size_t i)
{
    if (!c->chosen)
        return ' ';
    if (c->x->held == i + 1)
        return '*';
    return c->x->step == i ? '>' : ' ';
}

static void draw_step(const struct column *c, struct grid *g, int y, size_t i)
{
    char text[80], number[16];
    const struct book_entry *x = c->x;
    bool at = c->chosen && (c->x->held == i + 1 || c->x->step == i);
    bool open = x->rating.step[i].mark == RATING_UNMARKED;
    enum look look = at ? LOOK_CURSOR : open ? LOOK_TEXT : LOOK_QUIET;
    if (at)
        grid_fill(g, c->left, y, c->width, look, ' ');
    grid_put(g, c->left, y, look, (uint32_t)sign_of(c, i));
    grid_text(g, c->left + 1, y, 3, look, say(number, sizeof number, "%2zu", i + 1));
    bool lost = !open && x->points.step[i].milli < x->rubric->step[i].points.milli;
    score_text(x, i, c->width >= WIDE_COLUMN ? 12 : 4, text, sizeof text);
    int right = grid_text_right(g, c->left + c->width, y, lost && !at ? LOOK_WARN : look, text);
    view_shortened(g, c->left + 4, y, right - c->left - 5, look, x->rubric->step[i].title);
    grid_target(g, c->left, y, c->width,
                (struct target){.kind = TARGET_PLACE, .index = (int)i, .sub = (int)c->entry});
}

/* The first step that is shown, so that the cursor is. */
static size_t first_step(const struct column *c, int rows)
{
    size_t n = c->x->rating.n_steps, at = rate_slip_step(c->x), room = rows > 0 ? (size_t)rows : 1;
    if (n <= room || at < room / 2)
        return 0;
    return at - room / 2 < n - room ? at - room / 2 : n - room;
}

static void draw_steps(const struct column *c, struct grid *g, int y, int rows)
{
    size_t first = first_step(c, rows), n = c->x->rating.n_steps;
    for (int row = 0; row < rows && first + (size_t)row < n; row++)
        draw_step(c, g, y + row, first + (size_t)row);
    if (first > 0)
        grid_put(g, c->left + 3, y, LOOK_WARN, '^');
    if (rows > 0 && first + (size_t)rows < n)
        grid_put(g, c->left + 3, y + rows - 1, LOOK_WARN, 'v');
}

static void draw_sum(const struct column *c, struct grid *g, int y)
{
    char text[100], got[32], raw[32], of[32];
    const struct rubric *r = c->x->rubric;
    enum rating_status status = c->x->rating.status;
    if (status != RATING_OPEN && status != RATING_RATED)
        return;
    rate_points(c->x->points.total, got);
    rate_points(r->total, of);
    if (r->fold_step.milli > 0)
        say(text, sizeof text, _("sum %s = %s/%s"), rate_points(c->x->points.raw, raw), got, of);
    else
        say(text, sizeof text, _("sum %s/%s"), got, of);
    grid_text_right(g, c->left + c->width, y, LOOK_STRONG, text);
}

static void draw_column(const struct column *c, struct grid *g, int y, int end)
{
    draw_who(c, g, y);
    draw_rubric(c, g, y + 1);
    draw_state(c, g, y + 2);
    for (int row = y; row < y + HEAD_ROWS; row++)
        grid_target(g, c->left, row, c->width,
                    (struct target){.kind = TARGET_PLACE, .index = -1, .sub = (int)c->entry});
    draw_steps(c, g, y + HEAD_ROWS, end - 1 - (y + HEAD_ROWS));
    draw_sum(c, g, end - 1);
}

static void draw_columns(const struct rate_model *r, struct grid *g, int y, int end)
{
    size_t n, first = rate_page(r, &n);
    int shown = n < 2 ? 2 : (int)n, width = (g->width - 2 - (shown - 1)) / shown;
    for (size_t i = 0; i < n; i++) {
        int left = 1 + (int)i * (width + 1);
        const struct column c = {.x = &r->book->entry[first + i],
                                 .entry = first + i,
                                 .number = (int)i + 1,
                                 .left = left,
                                 .width = (int)i + 1 < shown ? width : g->width - 1 - left,
                                 .chosen = first + i == r->chosen};
        draw_column(&c, g, y, end);
        for (int row = y; i + 1 < n && row < end; row++)
            grid_put(g, c.left + width, row, LOOK_FRAME, '|');
    }
}

/* ---- all of it ---- */

static const char *keys_text(const struct rate_model *r, const struct model *m, char *buf, size_t size)
{
    switch (r->asking) {
    case RATE_ASKS_FATAL:
        return _("digit: which fatal item  any other key: none");
    case RATE_ASKS_SURE:
        return _("y yes, it is meant  any other key: no");
    case RATE_ASKS_NOTE:
        return _("Enter add it to the notes  Escape leave it");
    default:
        return say(buf, size, _("1-4 who  Enter full  a slip  0 zero  u undo  n note  ! chief  %s keys"),
                   model_function_key(m, 1));
    }
}

static void draw_head(const struct rate_model *r, const struct model *m, struct grid *g)
{
    char left[2 * MODEL_TEXT], right[100];
    const struct book_entry *x = rate_chosen(r);
    size_t n, first = book_group(r->book, x->group, &n);
    say(left, sizeof left, _("Group %lld of %lld   %s"), (long long)x->group, (long long)book_groups(r->book),
        r->book->room);
    say(right, sizeof right, _("done %zu of %zu"), book_finals(r->book, first, n), n);
    if (m->paused)
        say(right, sizeof right, "%s", _("PAUSE: the time stands still"));
    int at = grid_text_right(g, frame_end(g), 1, m->paused ? LOOK_WARN : LOOK_STRONG, right);
    view_shortened(g, FRAME_LEFT, 1, at - FRAME_LEFT - 2, LOOK_TEXT, left);
    frame_rule(g, 2);
}

/* The answer to the last key stands where the slips are; other alerts have rows of their own. */
static int alert_rows(const struct model *m)
{
    return model_alert(m) == ALERT_MESSAGE ? 0 : view_alert_rows(m);
}

void rate_view_sheets(const struct rate_model *r, const struct model *m, struct grid *g)
{
    char keys[300];
    int end = g->height - 4 - alert_rows(m), slips = end - rate_slip_rows(r, m);
    frame_begin(g, view_title(m));
    draw_head(r, m, g);
    draw_columns(r, g, FRAME_BODY, slips - 1);
    frame_rule(g, slips - 1);
    rate_view_slips(r, m, g, slips, end);
    if (alert_rows(m) > 0)
        view_alert(m, g, g->height - 4);
    frame_keys(g, g->height - 4, keys_text(r, m, keys, sizeof keys));
    view_save_line(m, g, g->height - 3);
}
