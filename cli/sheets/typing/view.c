/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/sheets/typing/typing.h"
#include "client/screens/frame.h"

enum {
    STEPS_Y = FRAME_BODY + 3,
    FOOT = 4,
    TITLE_X = FRAME_LEFT + 5,
    TITLE_COLUMNS = 26,
    FULL_END = TITLE_X + TITLE_COLUMNS + 6,
    GOT_END = FULL_END + 6,
    MARKS_X = GOT_END + 3,
    READING_COLUMNS = 10,
};

static int rule_y(const struct typing *t)
{
    return t->height - 3 - FOOT;
}

/* As much as fits, with ".." where something is left out. */
static void put(struct grid *g, int x, int y, int columns, enum look look, const char *text)
{
    char cut[1200];
    if (columns < 3)
        return;
    if ((int)text_width(text) > columns)
        text = say(cut, sizeof cut, "%.*s..", (int)text_fit(text, (size_t)columns - 2, NULL), text);
    grid_text(g, x, y, columns, look, text);
}

/* ---- head ---- */

static void draw_head(const struct typing *t, struct grid *g)
{
    char left[300], right[300];
    const struct sheet_finding *next;
    say(left, sizeof left, t->third ? _("Third look, session %s: %s") : _("Session %s: %s"),
        t->list->roster->session, t->clerk);
    if (t->third)
        say(right, sizeof right, _("%zu still differ"), typing_still_asked(t, &next));
    else
        say(right, sizeof right, _("%zu typed"), t->file->n);
    frame_head(g, left, right);
}

static void draw_candidate(const struct typing *t, struct grid *g)
{
    const struct sheet_place *p = t->place;
    char text[600];
    say(text, sizeof text, "%s   %s   %s   %s", p->id, p->candidate->name, p->candidate->ticket,
        p->candidate->school);
    put(g, FRAME_LEFT, FRAME_BODY, frame_columns(g), LOOK_STRONG, text);
    if (p->group)
        say(text, sizeof text, _("%s %s   rater %s   room %s, group %lld, bench %lld"), p->rubric->id,
            p->rubric->title, t->rater[0] ? t->rater : "?", p->room->name, (long long)p->group,
            (long long)p->bench);
    else
        say(text, sizeof text, _("%s %s   rater %s   room %s, seat %lld"), p->rubric->id, p->rubric->title,
            t->rater[0] ? t->rater : "?", p->room->name, (long long)p->candidate->seat);
    put(g, FRAME_LEFT, FRAME_BODY + 1, frame_columns(g), LOOK_TEXT, text);
}

/* ---- steps ---- */

static size_t first_shown(const struct typing *t, size_t rows)
{
    size_t n = t->place->rubric->n_steps, at = t->at;
    return n <= rows || at + 2 < rows ? 0 : at + 2 > n ? n - rows : at + 2 - rows;
}

/* The word of a mark, in the language of the interface. */
static const char *mark_word(const struct rating_step *s, char marks[SHEET_MARKS])
{
    return s->mark == RATING_MARKED && !s->slips ? _("full") : sheet_marks_text(s, marks);
}

/* What the two typed of a step in which they differ. */
static void draw_readings(const struct typing *t, struct grid *g, int y, size_t i)
{
    char marks[SHEET_MARKS];
    const struct sheet_finding *f = typing_asked(t, t->place->id);
    int x = frame_end(g) - 2 * READING_COLUMNS;
    if (!f || !(f->steps >> i & 1))
        return;
    put(g, x, y, READING_COLUMNS - 1, LOOK_WARN, mark_word(&f->first->rating.step[i], marks));
    put(g, x + READING_COLUMNS, y, READING_COLUMNS - 1, LOOK_WARN,
        mark_word(&f->second->rating.step[i], marks));
}

static void draw_step(const struct typing *t, struct grid *g, int y, size_t i,
                      const struct rating_points *points)
{
    const struct rubric_step *step = &t->place->rubric->step[i];
    const struct rating_step *s = &t->sheet.rating.step[i];
    char text[64], marks[SHEET_MARKS];
    bool here = t->stage == TYPING_MARKS && i == t->at,
         open = s->mark == RATING_UNMARKED && !points->ended[i];
    bool held = t->stage == TYPING_MARKS && t->held == i + 1;
    enum look look = here ? LOOK_CURSOR : held ? LOOK_CHOSEN : LOOK_TEXT;
    int room = frame_end(g) - MARKS_X - (t->third ? 2 * READING_COLUMNS + 1 : 0);
    grid_text_right(g, TITLE_X - 1, y, look, say(text, sizeof text, "%s%zu", here ? ">" : "", i + 1));
    put(g, TITLE_X, y, TITLE_COLUMNS, look, step->title);
    grid_text_right(g, FULL_END, y, look, points_text(step->points, text, sizeof text));
    grid_text_right(g, GOT_END, y, look, open ? "-" : points_text(points->step[i], text, sizeof text));
    if (points->ended[i])
        put(g, MARKS_X, y, room, LOOK_WARN, _("ended"));
    else if (!open)
        put(g, MARKS_X, y, room, look, mark_word(s, marks));
    draw_readings(t, g, y, i);
    grid_target(g, FRAME_LEFT, y, frame_columns(g), (struct target){.kind = TARGET_ITEM, .index = (int)i});
}

static void draw_columns(const struct typing *t, struct grid *g)
{
    int x = frame_end(g) - 2 * READING_COLUMNS;
    put(g, TITLE_X, STEPS_Y - 1, TITLE_COLUMNS, LOOK_QUIET, _("step"));
    grid_text_right(g, FULL_END, STEPS_Y - 1, LOOK_QUIET, _("full"));
    grid_text_right(g, GOT_END, STEPS_Y - 1, LOOK_QUIET, _("got"));
    if (t->third) {
        put(g, x, STEPS_Y - 1, READING_COLUMNS - 1, LOOK_QUIET, t->first);
        put(g, x + READING_COLUMNS, STEPS_Y - 1, READING_COLUMNS - 1, LOOK_QUIET, t->second);
    }
}

static void draw_steps(const struct typing *t, struct grid *g)
{
    struct rating_points points;
    size_t rows = (size_t)(rule_y(t) - STEPS_Y - 1), n = t->place->rubric->n_steps,
           from = first_shown(t, rows);
    char text[200], sum[32], raw[32];
    sheet_points(&t->sheet, t->place, &points);
    draw_columns(t, g);
    for (size_t i = from; i < n && i - from < rows; i++)
        draw_step(t, g, STEPS_Y + (int)(i - from), i, &points);
    say(text, sizeof text, _("Sum of the marks %s of %s"), points_text(points.raw, sum, sizeof sum),
        points_text(t->place->rubric->raw, raw, sizeof raw));
    put(g, FRAME_LEFT, rule_y(t) - 1, 40, LOOK_STRONG, text);
}

/* "" where there is nothing to be said. */
static const char *flags_of(const struct typing *t, char *text, size_t size)
{
    const struct rating *x = &t->sheet.rating;
    return say(text, size, "%s%s%s%s%s", x->fatals ? _("experiment ended  ") : "",
               x->chief ? _("for the chief  ") : "",
               x->status == RATING_RATED && !x->confirmed ? _("candidate has not signed  ") : "",
               t->note[0] ? _("remark: ") : "", t->note);
}

/* ---- what a sheet has besides steps ---- */

static void draw_unrated(const struct typing *t, struct grid *g)
{
    char text[600];
    say(text, sizeof text, "%s  %s", typing_status_word(t->sheet.rating.status), t->reason);
    put(g, FRAME_LEFT + 2, STEPS_Y + 1, frame_columns(g) - 2, LOOK_STRONG, text);
}

const char *typing_status_word(enum rating_status s)
{
    switch (s) {
    case RATING_RATED:
        return _("rated");
    case RATING_ABSENT:
        return _("absent");
    case RATING_EXEMPT:
        return _("exempt");
    case RATING_POSTPONED:
        return _("postponed");
    case RATING_BREACH:
        return _("breach of the rules");
    case RATING_CHEATING:
        return _("cheating");
    case RATING_VOID:
        return _("void");
    default:
        return "";
    }
}

static void draw_choice(struct grid *g, int y, bool here, int number, const char *text)
{
    char line[600];
    put(g, FRAME_LEFT + 2, y, frame_columns(g) - 2, here ? LOOK_CURSOR : LOOK_TEXT,
        say(line, sizeof line, "%s %d  %s", here ? ">" : " ", number, text));
}

static void draw_statuses(const struct typing *t, struct grid *g)
{
    for (int i = 0; i < TYPING_STATUSES; i++)
        draw_choice(g, STEPS_Y + i, i == t->choice, i + 1, typing_status_word(typing_status_at(i)));
}

static void draw_exemptions(const struct typing *t, struct grid *g)
{
    const struct lab_plan *plan = t->list->plan;
    char line[300], points[32];
    if (t->sheet.rating.status != RATING_EXEMPT)
        return;
    for (size_t i = 0; i < plan->n_exemptions && (int)i < rule_y(t) - STEPS_Y - 3; i++)
        draw_choice(g, STEPS_Y + 2 + (int)i, false, (int)i + 1,
                    say(line, sizeof line, "%s  %s", plan->exemption[i].text,
                        points_text(plan->exemption[i].points, points, sizeof points)));
}

static void draw_fatals(const struct typing *t, struct grid *g)
{
    const struct rubric *r = t->place->rubric;
    char line[500];
    for (size_t i = 0; i < r->n_fatals; i++) {
        bool on = t->sheet.rating.fatals >> i & 1;
        draw_choice(g, STEPS_Y + (int)i, on, (int)i + 1,
                    say(line, sizeof line, _("%s (steps %zu to %zu are 0)"), r->fatal[i].text,
                        r->fatal[i].from + 1, r->fatal[i].to + 1));
    }
}

static void draw_field(const struct typing *t, struct grid *g, int y, int columns, const char *label)
{
    int x = FRAME_LEFT + 2 + grid_text(g, FRAME_LEFT + 2, y, 40, LOOK_TEXT, label) + 1;
    if (columns > frame_end(g) - x - 3)
        columns = frame_end(g) - x - 3;
    frame_field(g, x, y, columns, &t->input);
}

/* ---- foot ---- */

/* The slips of the step, in as many lines as there are. */
static void draw_slips(const struct typing *t, struct grid *g)
{
    const struct rubric_step *step = &t->place->rubric->step[typing_slip_step(t)];
    char text[4000] = "", points[32];
    size_t used;
    say(text, sizeof text, _("Step %zu: "), typing_slip_step(t) + 1);
    used = strlen(text);
    for (size_t i = 0; i < step->n_slips && used + 100 < sizeof text; i++) {
        const char *minus =
            step->mode == RUBRIC_DEDUCT ? points_text(step->slip[i].minus, points, sizeof points) : "";
        say(text + used, sizeof text - used, "%s%c %s%s%s", i ? "  " : "", step->slip[i].code,
            step->slip[i].text, *minus ? " -" : "", minus);
        used = strlen(text);
    }
    if (!step->n_slips)
        say(text + used, sizeof text - used, "%s", _("This step is full or nothing."));
    frame_paragraph(g, rule_y(t) + 1, t->height - 2, 0, LOOK_TEXT, text);
    g->cut = 0;
}

static const char *help_of(const struct typing *t)
{
    switch (t->stage) {
    case TYPING_ID:
        return _("The number stands at the top of the sheet, eight signs. O counts as 0, I and L as 1.");
    case TYPING_RATER:
        return _("The rater's number, as it stands on the sheet.");
    case TYPING_SUM:
        return t->sheet.rating.status == RATING_RATED
                   ? _("Type the sum as it stands on the paper, not the one above. m: the candidate's signature is "
                       "missing. !: the sheet itself is wrong, the chief shall see it.")
                   : _("Compare the status with the paper. Enter saves it.");
    case TYPING_LEAVE:
        return _("The marks of this sheet are not saved.");
    case TYPING_REASON:
        return _("As it stands on the sheet: article, reason, or the number of the exemption.");
    default:
        return "";
    }
}

static const char *keys_of(const struct typing *t)
{
    switch (t->stage) {
    case TYPING_ID:
        return t->third ? _("Enter next  u last sheet again  Escape end")
                        : _("type the number  Enter next  u last sheet again  Escape end");
    case TYPING_MARKS:
        return _("Enter full  a-t slip  h hint  0 zero  u undo  f end  ! chief  F5 status");
    case TYPING_SUM:
        return _("Enter save  Up steps  m no signature  n note  ! chief  F5 status  F6 rater");
    case TYPING_STATUS:
        return _("1-7 or arrows and Enter choose  Escape back");
    case TYPING_FATAL:
        return _("1-8 mark  Enter back");
    case TYPING_LEAVE:
        return _("Enter give this sheet up  Escape go on with it");
    default:
        return _("Enter next  Escape back");
    }
}

static void draw_foot(const struct typing *t, struct grid *g)
{
    char text[400];
    int y = rule_y(t) + 1;
    if (*t->message)
        frame_paragraph(g, rule_y(t) + 1, t->height - 2, 0, t->alarm ? LOOK_ALARM : LOOK_GOOD, t->message);
    else if (t->stage == TYPING_MARKS)
        draw_slips(t, g);
    else
        frame_paragraph(g, y, t->height - 2, 0, LOOK_QUIET, help_of(t));
    if (!*t->message && t->stage == TYPING_SUM)
        put(g, FRAME_LEFT, t->height - 3, frame_columns(g), LOOK_WARN, flags_of(t, text, sizeof text));
    frame_keys(g, rule_y(t), keys_of(t));
}

/* ---- all ---- */

static void draw_id(const struct typing *t, struct grid *g)
{
    const struct sheet_finding *next = NULL;
    char text[400];
    size_t left = typing_still_asked(t, &next);
    draw_field(t, g, FRAME_BODY + 2, 14, _("Number of the sheet"));
    if (t->third && left)
        put(g, FRAME_LEFT + 2, FRAME_BODY + 4, frame_columns(g) - 2, LOOK_TEXT,
            say(text, sizeof text, _("Next: %s   %s   %s   room %s, seat %lld"), next->place->id,
                next->place->candidate->name, next->place->candidate->ticket, next->place->room->name,
                (long long)next->place->candidate->seat));
    else if (t->third)
        put(g, FRAME_LEFT + 2, FRAME_BODY + 4, frame_columns(g) - 2, LOOK_GOOD,
            _("Every sheet that differed has been looked at. Escape ends."));
}

static void draw_sheet(const struct typing *t, struct grid *g)
{
    char text[400];
    draw_candidate(t, g);
    if (t->stage == TYPING_STATUS)
        draw_statuses(t, g);
    else if (t->stage == TYPING_FATAL)
        draw_fatals(t, g);
    else if (t->stage == TYPING_RATER)
        draw_field(t, g, STEPS_Y, 20, _("Who rated"));
    else if (t->stage == TYPING_NOTE)
        draw_field(t, g, STEPS_Y, 60, _("Remark"));
    else if (t->stage == TYPING_REASON) {
        draw_field(t, g, STEPS_Y, 60, typing_status_word(t->sheet.rating.status));
        draw_exemptions(t, g);
    } else if (t->sheet.rating.status == RATING_RATED) {
        draw_steps(t, g);
        put(g, FRAME_LEFT + 41, rule_y(t) - 1, frame_columns(g) - 41, LOOK_WARN,
            flags_of(t, text, sizeof text));
    } else
        draw_unrated(t, g);
    if (t->stage == TYPING_SUM && t->sheet.rating.status == RATING_RATED) {
        int x = FRAME_LEFT + 41;
        grid_fill(g, x, rule_y(t) - 1, frame_columns(g) - 41, LOOK_TEXT, ' ');
        x += grid_text(g, x, rule_y(t) - 1, 20, LOOK_TEXT, _("Sum on the paper")) + 1;
        frame_field(g, x, rule_y(t) - 1, 8, &t->input);
    }
}

void typing_draw(const struct typing *t, struct grid *g)
{
    grid_clear(g);
    if (frame_too_small(g, false))
        return;
    frame_begin(g, _("Paper sheets"));
    draw_head(t, g);
    if (t->stage == TYPING_ID)
        draw_id(t, g);
    else
        draw_sheet(t, g);
    draw_foot(t, g);
}
