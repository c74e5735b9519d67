/* SPDX-License-Identifier: Apache-2.0 */
/* Marks step by step, with the keys of the examiner's screen: after a slip the next step is chosen already,
 * and further letters still mean the one before, until Enter, 0 or an arrow. A slip's letter goes before the
 * command of the same letter, which its capital means always. */
#include "base/i18n.h"
#include "cli/sheets/typing/typing.h"
#include "client/screens/frame.h"

size_t typing_slip_step(const struct typing *t)
{
    return t->held ? t->held - 1 : t->at;
}

static const struct rubric_step *rubric_step_at(const struct typing *t, size_t i)
{
    return &t->place->rubric->step[i];
}

static void remember(struct typing *t, size_t step)
{
    if (t->n_undo == TYPING_UNDO) {
        for (size_t i = 1; i < TYPING_UNDO; i++)
            t->undo[i - 1] = t->undo[i];
        t->n_undo--;
    }
    t->undo[t->n_undo++] = (struct typing_mark){
        .fatals = t->sheet.rating.fatals, .at = step, .step = t->sheet.rating.step[step]};
}

static void let_go(struct typing *t)
{
    t->held = 0;
    t->slip = 0;
}

void typing_undo(struct typing *t)
{
    if (t->n_undo == 0) {
        say(t->message, sizeof t->message, "%s", _("There is nothing to undo on this sheet."));
        return;
    }
    const struct typing_mark *m = &t->undo[--t->n_undo];
    t->at = m->at;
    t->sheet.rating.step[m->at] = m->step;
    t->sheet.rating.fatals = m->fatals;
    let_go(t);
}

static void move(struct typing *t, int by)
{
    if (t->held && by < 0)
        t->at = t->held - 1;
    else if (!t->held && by < 0 && t->at > 0)
        t->at--;
    else if (!t->held && by > 0 && t->at + 1 < t->place->rubric->n_steps)
        t->at++;
    let_go(t);
}

/* The first step from here on without a mark that could count; n_steps: none, nor before. */
static size_t next_open(const struct typing *t, size_t from)
{
    struct rating_points points;
    size_t n = t->place->rubric->n_steps;
    sheet_points(&t->sheet, t->place, &points);
    for (size_t turn = 0; turn < n; turn++) {
        size_t i = (from + turn) % n;
        if (t->sheet.rating.step[i].mark == RATING_UNMARKED && !points.ended[i])
            return i;
    }
    return n;
}

/* To the next step, or to the sum when every step has its mark. */
static void go_on(struct typing *t, size_t from)
{
    size_t next = next_open(t, from);
    let_go(t);
    if (next < t->place->rubric->n_steps)
        t->at = next;
    else
        typing_go(t, TYPING_SUM);
}

static void mark(struct typing *t, enum rating_mark m)
{
    size_t step = t->at;
    remember(t, step);
    t->sheet.rating.step[step] = (struct rating_step){.mark = m};
    go_on(t, step + 1);
}

static void toggle_slip(struct typing *t, size_t step, char letter)
{
    struct rating_step *s = &t->sheet.rating.step[step];
    uint32_t bit = UINT32_C(1) << (letter - 'a');
    size_t next;
    remember(t, step);
    s->mark = RATING_MARKED;
    s->slips ^= bit;
    s->hinted &= s->slips;
    t->slip = s->slips & bit;
    t->held = step + 1;
    t->at = step;
    next = next_open(t, step + 1);
    if (next < t->place->rubric->n_steps)
        t->at = next;
}

static void toggle_hint(struct typing *t)
{
    size_t step = typing_slip_step(t);
    if (!rubric_step_at(t, step)->fix || !t->slip) {
        say(t->message, sizeof t->message, "%s",
            rubric_step_at(t, step)->fix
                ? _("First the slip's letter, then h: it was put right after a hint.")
                : _("At this step nothing is put right after a hint."));
        t->alarm = true;
        return;
    }
    remember(t, step);
    t->sheet.rating.step[step].hinted ^= t->slip;
}

static void press_enter(struct typing *t)
{
    bool all = next_open(t, 0) == t->place->rubric->n_steps;
    if (all && (t->held || t->sheet.rating.step[t->at].mark != RATING_UNMARKED || t->sheet.rating.fatals))
        typing_go(t, TYPING_SUM);
    else
        mark(t, RATING_MARKED);
}

static void command(struct typing *t, char letter)
{
    switch (letter) {
    case 'u':
        typing_undo(t);
        break;
    case 'h':
        toggle_hint(t);
        break;
    case 'f':
        if (t->place->rubric->n_fatals)
            typing_go(t, TYPING_FATAL);
        else
            say(t->message, sizeof t->message, "%s", _("This experiment has no fatal item."));
        break;
    case '!':
        t->sheet.rating.chief = !t->sheet.rating.chief;
        break;
    case 'n':
        typing_go(t, TYPING_NOTE);
        break;
    default:
        say(t->message, sizeof t->message, _("Step %zu has no slip %c."), typing_slip_step(t) + 1, letter);
        t->alarm = true;
    }
}

static void press_sign(struct typing *t, struct key k)
{
    char letter = typing_letter(k);
    size_t step = typing_slip_step(t);
    uint32_t ch = k.code == K_CHAR ? key_plain(k).ch : 0;
    bool capital = ch >= 'A' && ch <= 'Z';
    if (!capital && letter >= 'a' && letter < (char)('a' + rubric_step_at(t, step)->n_slips))
        toggle_slip(t, step, letter);
    else if (letter == '0')
        mark(t, RATING_ZERO);
    else if (letter)
        command(t, letter);
}

void update_marks(struct typing *t, struct key k)
{
    switch (k.code) {
    case K_ENTER:
        press_enter(t);
        break;
    case K_BACKSPACE:
        typing_undo(t);
        break;
    case K_UP:
    case K_BACK_TAB:
        move(t, -1);
        break;
    case K_DOWN:
    case K_TAB:
        move(t, 1);
        break;
    case K_F5:
        typing_go(t, TYPING_STATUS);
        break;
    case K_F6:
        typing_go(t, TYPING_RATER);
        break;
    case K_ESCAPE:
        typing_go(t, TYPING_LEAVE);
        break;
    default:
        press_sign(t, k);
    }
}

/* ---- what ended the experiment ---- */

void update_fatal(struct typing *t, struct key k)
{
    char c = typing_letter(k);
    if (k.code == K_ESCAPE || k.code == K_ENTER) {
        typing_go(t, TYPING_MARKS);
    } else if (c >= '1' && (size_t)(c - '0') <= t->place->rubric->n_fatals) {
        remember(t, t->at);
        t->sheet.rating.fatals ^= UINT32_C(1) << (c - '1');
    }
}
