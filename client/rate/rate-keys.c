/* SPDX-License-Identifier: Apache-2.0 */
/* Keys on the sheets: one for a step. */
#include "base/i18n.h"
#include "base/text.h"
#include "client/rate/marking.h"
#include "client/rate/rate-update.h"
#include "client/screens/frame.h"

/* ---- may it be changed? ---- */

static void ask_reason(struct rate_model *r)
{
    rate_show_sheets(r);
    r->screen = RATE_REASON;
}

/* False, and what is wrong or to be done first is on the screen. */
static bool may_mark(struct rate_model *r, struct model *m)
{
    const struct book_entry *x = rate_chosen(r);
    if (rate_is_elsewhere(r, m))
        return false;
    if (x->rating.status > RATING_RATED)
        rate_tell(m, _("This candidate has a status instead of points. Change the status first."));
    else if (!x->rating.identified) {
        r->screen = RATE_IDENTITY;
        r->button = 0;
    } else if (x->rating.confirmed && !x->reopened)
        ask_reason(r);
    else
        return true;
    return false;
}

/* ---- steps ---- */

static void go_on(struct book_entry *x, size_t from)
{
    size_t next = marking_next_open(&x->rating, &x->points, from);
    if (next < x->rating.n_steps)
        x->step = next;
}

static void mark(struct rate_model *r, struct model *m, bool full, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    size_t step = x->step;
    if (!may_mark(r, m))
        return;
    if (full ? marking_full(&next, step, r->now_ms) : marking_zero(&next, step, r->now_ms))
        rate_commit(r, m, &next, out);
    x->held = 0;
    go_on(x, step + 1);
}

static void slip(struct rate_model *r, struct model *m, size_t i, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    size_t step = rate_slip_step(x);
    if (!may_mark(r, m) || !marking_slip(&next, x->rubric, step, i, r->now_ms))
        return;
    rate_commit(r, m, &next, out);
    x->held = step + 1;
    x->slip = i;
    x->step = step;
    go_on(x, step + 1);
}

static void hint(struct rate_model *r, struct model *m, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    size_t step = rate_slip_step(x);
    if (!may_mark(r, m))
        return;
    if (!x->rubric->step[step].fix)
        rate_tell(m, _("In this step nothing can be put right after a hint."));
    else if (!x->held || !marking_hint(&next, x->rubric, step, x->slip, r->now_ms))
        rate_tell(m, _("First the slip, then h: it was put right after a hint."));
    else
        rate_commit(r, m, &next, out);
}

static void undo(struct rate_model *r, struct model *m, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    if (rate_is_elsewhere(r, m))
        return;
    if (x->rating.confirmed && !x->reopened) {
        ask_reason(r);
        return;
    }
    if (!book_undo(x)) {
        rate_tell(m, _("There is nothing to undo for this candidate."));
        return;
    }
    rate_save(m, r->chosen, out);
    go_on(x, 0);
}

/* ---- fatal items ---- */

static void ask_fatal(struct rate_model *r, struct model *m)
{
    if (!may_mark(r, m))
        return;
    if (rate_chosen(r)->rubric->n_fatals == 0)
        rate_tell(m, _("This experiment has no fatal item."));
    else
        r->asking = RATE_ASKS_FATAL;
}

static void fatal_key(struct rate_model *r, struct key k)
{
    size_t n = rate_chosen(r)->rubric->n_fatals;
    r->asking = RATE_ASKS_NOTHING;
    if (k.code != K_CHAR || k.ch < '1' || k.ch >= '1' + n)
        return;
    r->fatal = k.ch - '1';
    r->asking = RATE_ASKS_SURE;
}

static void sure_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    struct book_entry *x = rate_chosen(r);
    struct rating next = x->rating;
    r->asking = RATE_ASKS_NOTHING;
    if (k.code != K_CHAR || (k.ch != 'y' && k.ch != 'Y') || !marking_fatal(&next, x->rubric, r->fatal))
        return;
    rate_commit(r, m, &next, out);
    x->held = 0;
    go_on(x, x->step);
}

/* ---- time, notes, doubts ---- */

static void start(struct rate_model *r, struct model *m, size_t entry, struct effects *out)
{
    struct book_entry *x = &r->book->entry[entry];
    if (x->rating.begun_ms > 0 || x->elsewhere || book_is_final(x))
        return;
    struct rating next = x->rating;
    next.begun_ms = r->now_ms > 0 ? r->now_ms : 1;
    book_change(x, &next);
    rate_save(m, entry, out);
}

static void start_one(struct rate_model *r, struct model *m, struct effects *out)
{
    if (rate_chosen(r)->rating.begun_ms > 0)
        rate_tell(m, _("The time of this candidate runs already."));
    start(r, m, r->chosen, out);
}

static void start_all(struct rate_model *r, struct model *m, struct effects *out)
{
    size_t n, first = rate_page(r, &n);
    for (size_t i = first; i < first + n; i++)
        start(r, m, i, out);
}

static void call_chief(struct rate_model *r, struct model *m, struct effects *out)
{
    struct rating next = rate_chosen(r)->rating;
    next.chief = !next.chief;
    rate_commit(r, m, &next, out);
    rate_tell(m, next.chief ? _("Noted: the chief examiner is needed for this candidate.")
                            : _("Taken back: the chief examiner is not needed."));
}

static void note_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    struct rating next = rate_chosen(r)->rating;
    if (k.code == K_ENTER && r->field.n > 0 && rate_add_note(r, m, &next, r->field.text))
        rate_commit(r, m, &next, out);
    if (k.code == K_ENTER || k.code == K_ESCAPE)
        rate_show_sheets(r);
    else
        field_key(&r->field, k, NULL);
}

/* ---- from one to another ---- */

static void step_to_candidate(struct rate_model *r, int by)
{
    size_t n, first = book_group(r->book, rate_chosen(r)->group, &n);
    rate_choose(r, first + (r->chosen - first + n + (size_t)by) % n);
}

/* From the step whose slips were being keyed: up to it, down to the one that is next. */
static void move(struct book_entry *x, int by)
{
    if (x->held && by < 0)
        x->step = x->held - 1;
    else if (!x->held && by < 0 && x->step > 0)
        x->step--;
    else if (!x->held && by > 0 && x->step + 1 < x->rating.n_steps)
        x->step++;
    x->held = 0;
}

static void to_own(struct rate_model *r, struct model *m)
{
    const struct book_entry *x = rate_chosen(r);
    char text[MODEL_TEXT];
    switch (book_state(x)) {
    case BOOK_READY:
        rate_show_sheets(r);
        r->screen = RATE_OWN;
        r->refused = false;
        break;
    case BOOK_NEW:
    case BOOK_STARTED:
        rate_tell(m,
                  say(text, sizeof text,
                      ngettext("%zu step is not rated yet.", "%zu steps are not rated yet.", x->points.open),
                      x->points.open));
        break;
    case BOOK_CONFIRMED:
        rate_tell(m, _("The candidate has confirmed this sheet."));
        break;
    case BOOK_UNSIGNED:
        rate_tell(m, _("Changed after the candidate confirmed: void until the chief and two raters sign."));
        break;
    default:
        rate_tell(m, _("This candidate has a status instead of points."));
    }
}

static void enter(struct rate_model *r, struct model *m, struct effects *out)
{
    const struct book_entry *x = rate_chosen(r);
    if (book_state(x) == BOOK_READY && x->rating.identified &&
        (x->held || x->rating.step[x->step].mark != RATING_UNMARKED))
        to_own(r, m);
    else
        mark(r, m, true, out);
}

static void to_screen(struct rate_model *r, enum rate_screen screen)
{
    rate_show_sheets(r);
    rate_chosen(r)->held = 0;
    r->screen = screen;
    r->row = 0;
    r->button = 0;
    r->confirming = false;
    r->group = rate_chosen(r)->group;
}

/* ---- letters ---- */

static void command(struct rate_model *r, struct model *m, uint32_t ch, struct effects *out)
{
    char text[MODEL_TEXT];
    switch (ch) {
    case 'h':
    case 'H':
        hint(r, m, out);
        break;
    case 'f':
    case 'F':
        ask_fatal(r, m);
        break;
    case 'u':
    case 'U':
        undo(r, m, out);
        break;
    case 'n':
    case 'N':
        r->asking = RATE_ASKS_NOTE;
        field_clear(&r->field);
        break;
    case 's':
        start_one(r, m, out);
        break;
    case 'S':
        start_all(r, m, out);
        break;
    default:
        if (ch >= 'a' && ch <= 't')
            rate_tell(m, say(text, sizeof text, _("Step %zu has no slip %c."),
                             rate_slip_step(rate_chosen(r)) + 1, (int)ch));
    }
}

/* A slip's code comes before the command of the same letter, which its capital means always. */
static void letter(struct rate_model *r, struct model *m, uint32_t ch, struct effects *out)
{
    const struct book_entry *x = rate_chosen(r);
    size_t step = rate_slip_step(x), i = marking_slip_of(x->rubric, step, ch);
    if (i < x->rubric->step[step].n_slips)
        slip(r, m, i, out);
    else
        command(r, m, ch, out);
}

static void char_key(struct rate_model *r, struct model *m, uint32_t ch, struct effects *out)
{
    size_t n, first = rate_page(r, &n);
    if (ch >= '1' && ch < '1' + n)
        rate_choose(r, first + (ch - '1'));
    else if (ch == '0')
        mark(r, m, false, out);
    else if (ch == ' ')
        step_to_candidate(r, 1);
    else if (ch == '!')
        call_chief(r, m, out);
    else
        letter(r, m, ch, out);
}

static void plain_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    switch (k.code) {
    case K_CHAR:
        char_key(r, m, k.ch, out);
        break;
    case K_ENTER:
        enter(r, m, out);
        break;
    case K_UP:
    case K_DOWN:
        move(rate_chosen(r), k.code == K_DOWN ? 1 : -1);
        break;
    case K_LEFT:
    case K_BACK_TAB:
        step_to_candidate(r, -1);
        break;
    case K_RIGHT:
    case K_TAB:
        step_to_candidate(r, 1);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        rate_enter_group(r, m, rate_chosen(r)->group + (k.code == K_PAGE_DOWN ? 1 : -1));
        break;
    case K_F1:
        to_screen(r, RATE_KEYS);
        break;
    case K_F4:
        to_screen(r, RATE_IDENTITY);
        break;
    case K_F5:
        to_screen(r, RATE_GROUPS);
        break;
    case K_F6:
        to_screen(r, RATE_STATUS);
        break;
    case K_F9:
        to_own(r, m);
        break;
    case K_F10:
        to_screen(r, RATE_FINISH);
        break;
    default:
        break;
    }
}

void rate_sheets_key(struct rate_model *r, struct model *m, struct key k, struct effects *out)
{
    if (r->asking == RATE_ASKS_NOTE) {
        note_key(r, m, k, out);
        return;
    }
    k = key_plain(k);
    if (r->asking == RATE_ASKS_FATAL)
        fatal_key(r, k);
    else if (r->asking == RATE_ASKS_SURE)
        sure_key(r, m, k, out);
    else
        plain_key(r, m, k, out);
}
