/* SPDX-License-Identifier: Apache-2.0 */
/* Keys on an item: choosing, typing, moving. */
#include "base/i18n.h"
#include "client/screens/body.h"
#include "client/screens/frame.h"
#include "client/screens/update.h"
#include "client/screens/view.h"

static struct part *focus_part(const struct model *m, struct place *ret)
{
    struct question *q = model_question(m);
    *ret = question_place(q, m->focus);
    return ret->part < q->n_parts ? &q->part[ret->part] : NULL;
}

static void changed(struct model *m, struct effects *out)
{
    model_question(m)->unsaved = true;
    m->typed_ms = -1;
    if (m->save != SAVE_FAILED)
        m->save = SAVE_RUNNING;
    effects_add(out, EFFECT_ANSWER, m->current);
}

void model_flush(struct model *m, struct effects *out)
{
    if (m->typed_ms >= 0)
        changed(m, out);
}

void model_go_to(struct model *m, size_t item, struct effects *out)
{
    model_flush(m, out);
    m->screen = SCREEN_PAPER;
    m->current = item < m->work->n ? item : 0;
    struct question *q = model_question(m);
    q->visited = true;
    m->focus = question_first_place(q);
    m->scroll = 0;
    effects_add(out, EFFECT_VISIT, m->current);
}

/* ---- scrolling ---- */

struct extent {
    int lines, rows;
    struct body_span focus;
};

static struct extent measure(const struct model *m)
{
    struct sheet s;
    body_sheet(model_question(m), m->focus, m->width - 2 * FRAME_LEFT - 2, &s);
    struct extent x = {
        .lines = (int)s.n_lines, .rows = view_paper_rows(m), .focus = body_place_lines(&s, m->focus)};
    sheet_release(&s);
    return x;
}

static void scroll_to(struct model *m, const struct extent *x, int first)
{
    int most = x->lines - x->rows;
    m->scroll = first < most ? first : most;
    if (m->scroll < 0)
        m->scroll = 0;
}

static bool is_below(const struct model *m, const struct extent *x)
{
    return x->focus.n > 0 && (int)x->focus.first >= m->scroll + x->rows;
}

void model_show_focus(struct model *m)
{
    struct extent x = measure(m);
    int first = (int)x.focus.first, last = first + (int)x.focus.n - 1, to = m->scroll;
    if (last >= to + x.rows)
        to = last - x.rows + 1;
    if (x.focus.n > 0 && first < to)
        to = first;
    scroll_to(m, &x, to);
}

static void scroll_by(struct model *m, int by)
{
    struct extent x = measure(m);
    scroll_to(m, &x, m->scroll + by);
}

/* ---- moving ---- */

static void go_next(struct model *m, int step, struct effects *out)
{
    size_t n = m->work->n;
    if (step > 0 && m->current + 1 == n) {
        const char *fmt = m->practice ? _("This is the last item. %s lists all items, %s ends.")
                                      : _("This is the last item. %s lists all items, %s hands in.");
        say(m->message, sizeof m->message, fmt, model_function_key(m, 5), model_function_key(m, m->practice ? 10 : 9));
        return;
    }
    if (step < 0 && m->current == 0)
        return;
    model_go_to(m, step > 0 ? m->current + 1 : m->current - 1, out);
}

static void move_focus(struct model *m, int step)
{
    struct extent x = measure(m);
    size_t n = question_places(model_question(m));
    bool at_end = step > 0 ? m->focus + 1 >= n : m->focus == 0;
    if (is_below(m, &x) || at_end) {
        scroll_to(m, &x, m->scroll + step);
        return;
    }
    m->focus = step > 0 ? m->focus + 1 : m->focus - 1;
    model_show_focus(m);
}

static void next_part(struct model *m, int step)
{
    struct question *q = model_question(m);
    if (q->n_parts == 0)
        return;
    size_t part = question_place(q, m->focus).part;
    part = step > 0 ? (part + 1) % q->n_parts : (part + q->n_parts - 1) % q->n_parts;
    m->focus = question_part_place(q, part);
    model_show_focus(m);
}

/* ---- choosing ---- */

static size_t chosen_count(const struct part *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_places; i++)
        n += p->chosen[i];
    return n;
}

static void choose_one(struct model *m, struct part *p, int choice, struct effects *out)
{
    if (p->chosen[choice])
        return;
    for (size_t i = 0; i < p->n_places; i++)
        p->chosen[i] = (int)i == choice;
    changed(m, out);
}

static void choose_many(struct model *m, struct part *p, int choice, struct effects *out)
{
    int64_t most = p->interaction->max_choices;
    if (!p->chosen[choice] && most > 0 && (int64_t)chosen_count(p) >= most) {
        say(m->message, sizeof m->message, _("At most %d answers can be selected here. Take one back first."),
            (int)most);
        return;
    }
    p->chosen[choice] = !p->chosen[choice];
    changed(m, out);
}

void model_choose(struct model *m, size_t place, struct effects *out)
{
    m->focus = place;
    struct place at;
    struct part *p = focus_part(m, &at);
    if (!p || at.choice < 0)
        return;
    if (p->interaction->max_choices == 1)
        choose_one(m, p, at.choice, out);
    else
        choose_many(m, p, at.choice, out);
    model_show_focus(m);
}

static void clear_choices(struct model *m, struct part *p, struct effects *out)
{
    if (chosen_count(p) == 0)
        return;
    for (size_t i = 0; i < p->n_places; i++)
        p->chosen[i] = false;
    changed(m, out);
}

/* The part that a letter means: the one of the cursor, else the item's first with choices. */
static void choose_letter(struct model *m, uint32_t ch, struct effects *out)
{
    struct question *q = model_question(m);
    struct place at = question_place(q, m->focus);
    uint32_t lower = ch | 0x20;
    if (at.part >= q->n_parts || ch > 0x7F || lower < 'a' || lower > 'z')
        return;
    if (lower - 'a' < q->part[at.part].n_places)
        model_choose(m, question_part_place(q, at.part) + (lower - 'a'), out);
}

/* Full-width letters and digits come from an input method left on; they mean the plain ones. */
static uint32_t plain_letter(uint32_t ch)
{
    return ch >= 0xFF01 && ch <= 0xFF5E ? ch - 0xFEE0 : ch == 0x3000 ? ' ' : ch;
}

static void choice_key(struct model *m, struct part *p, struct key k, struct effects *out)
{
    if (k.code == K_BACKSPACE || k.code == K_DELETE)
        clear_choices(m, p, out);
    else if (k.code == K_CHAR && plain_letter(k.ch) == ' ')
        model_choose(m, m->focus, out);
    else if (k.code == K_CHAR)
        choose_letter(m, plain_letter(k.ch), out);
}

/* True if the field took the key. */
static bool typing_key(struct model *m, struct part *p, struct key k)
{
    bool used;
    if (field_key(p->field, k, &used)) {
        m->typed_ms = 0;
        model_question(m)->unsaved = true;
        if (m->save != SAVE_FAILED)
            m->save = SAVE_RUNNING;
        model_show_focus(m);
    }
    return used;
}

static void flag(struct model *m, struct effects *out)
{
    struct question *q = model_question(m);
    q->flagged = !q->flagged;
    effects_add(out, EFFECT_FLAG, m->current);
}

static bool moving_key(struct model *m, struct key k, bool typing, struct effects *out)
{
    int page = view_paper_rows(m) - 1;
    struct extent x = measure(m);
    bool scrolls = x.lines > x.rows;
    switch (k.code) {
    case K_UP:
    case K_DOWN:
        move_focus(m, k.code == K_DOWN ? 1 : -1);
        return true;
    case K_LEFT:
    case K_RIGHT:
        go_next(m, k.code == K_RIGHT ? 1 : -1, out);
        return true;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        if (scrolls && !(k.code == K_PAGE_DOWN ? m->scroll + x.rows >= x.lines : m->scroll == 0))
            scroll_by(m, k.code == K_PAGE_DOWN ? page : -page);
        else if (typing)
            go_next(m, k.code == K_PAGE_DOWN ? 1 : -1, out);
        return true;
    case K_HOME:
    case K_END:
        model_go_to(m, k.code == K_HOME ? 0 : m->work->n - 1, out);
        return true;
    case K_TAB:
    case K_BACK_TAB:
        next_part(m, k.code == K_TAB ? 1 : -1);
        return true;
    default:
        return false;
    }
}

void update_paper(struct model *m, struct key k, struct effects *out)
{
    struct place at;
    struct part *p = focus_part(m, &at);
    if (p && p->field && typing_key(m, p, k))
        return;
    model_flush(m, out);
    if (k.code == K_F3)
        flag(m, out);
    else if (k.code == K_F5)
        open_overview(m, out);
    else if (k.code == K_F9)
        open_hand_in(m, out);
    else if (k.code == K_ENTER)
        p && p->field ? next_part(m, 1) : go_next(m, 1, out);
    else if (!moving_key(m, k, p && p->field, out) && p && !p->field)
        choice_key(m, p, k, out);
}
