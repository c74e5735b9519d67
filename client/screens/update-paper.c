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

static void edited(struct model *m)
{
    edits_add(&model_question(m)->edits);
    if (m->save != SAVE_FAILED)
        m->save = SAVE_RUNNING;
}

static void send(struct model *m, struct effects *out)
{
    m->typed_ms = -1;
    effects_add(out, EFFECT_ANSWER, m->current);
}

void model_flush(struct model *m, struct effects *out)
{
    if (m->typed_ms >= 0)
        send(m, out);
    if (m->notes_typed_ms >= 0)
        effects_add(out, EFFECT_NOTES, 0);
    m->notes_typed_ms = -1;
}

void model_send_again(const struct model *m, struct effects *out)
{
    for (size_t i = 0; !m->practice && m->work && i < m->work->n; i++) {
        bool typing = i == m->current && m->typed_ms >= 0;
        if (edits_wait(&m->work->question[i].edits) && !typing && !model_closed(m, i))
            effects_add(out, EFFECT_ANSWER, i);
    }
    if (edits_wait(&m->notes_edits) && m->notes_typed_ms < 0)
        effects_add(out, EFFECT_NOTES, 0);
}

void model_enter_item(struct model *m, size_t item, struct effects *out)
{
    if (m->stage) {
        m->screen = SCREEN_STAGE;
        return;
    }
    model_flush(m, out);
    m->screen = SCREEN_PAPER;
    m->current = item < m->work->n ? item : 0;
    struct question *q = model_question(m);
    q->visited = true;
    for (size_t i = 0; i < q->n_parts; i++)
        q->part[i].held = 0;
    m->focus = question_first_place(q);
    m->scroll = 0;
    effects_add(out, EFFECT_VISIT, m->current);
}

/* What the rules of the sections say about going there: no, or a question first. */
static bool is_kept_here(struct model *m, size_t item)
{
    struct err e = {0};
    if (!m->session || item == m->current || item >= m->session->n)
        return false;
    if (session_may_visit(m->session, item, &e) < 0 && e.code != ERR_PAUSED) {
        char text[sizeof e];
        say(m->message, sizeof m->message, "%s", say_refusal(text, sizeof text, &e));
        return true;
    }
    enum session_loss loss = session_leaves(m->session, item).loss;
    if (loss == SESSION_LOSES_NOTHING || (loss == SESSION_LOSES_ITEM && question_answered(model_question(m))))
        return false;
    m->screen = SCREEN_LEAVE;
    m->leave_to = item;
    m->button = BUTTON_BACK;
    return true;
}

void model_go_to(struct model *m, size_t item, struct effects *out)
{
    model_flush(m, out);
    if (!is_kept_here(m, item))
        model_enter_item(m, item, out);
}

/* ---- scrolling ---- */

struct extent {
    int lines, rows;
    struct body_span focus;
};

static struct extent measure(const struct model *m)
{
    struct paper_layout l;
    view_paper_lay_out(m, &l);
    struct extent x = {
        .lines = (int)l.body.n_lines, .rows = l.rows, .focus = body_place_lines(&l.body, m->focus)};
    view_paper_release(&l);
    return x;
}

static void scroll_to(struct model *m, const struct extent *x, int first)
{
    int most = x->lines - x->rows;
    m->behind = false;
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

void model_grown(struct model *m)
{
    if (m->scroll > 0 || m->focus != question_first_place(model_question(m)))
        model_show_focus(m);
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
        say(m->message, sizeof m->message, fmt, model_function_key(m, 5),
            model_function_key(m, m->practice ? 10 : 9));
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
    struct place at = question_place(q, m->focus);
    size_t part = at.part;
    bool inside = part < q->n_parts && q->part[part].kind && q->part[part].kind->typed &&
                  (step > 0 ? at.place + 1 < q->part[part].n_places : at.place > 0);
    if (inside) {
        m->focus += step > 0 ? 1 : (size_t)-1;
        model_show_focus(m);
        return;
    }
    part = step > 0 ? (part + 1) % q->n_parts : (part + q->n_parts - 1) % q->n_parts;
    m->focus = question_part_place(q, part);
    model_show_focus(m);
}

/* ---- answering ---- */

/* What a practical item asks for. */
static void wish(const struct model *m, const struct part_turn *t, struct effects *out)
{
    static const enum effect_kind effect[] = {[PART_OPENS] = EFFECT_OPEN_FILE,
                                              [PART_BEGINS_AGAIN] = EFFECT_BEGIN_AGAIN,
                                              [PART_WANTS_SHELL] = EFFECT_SHELL};
    if (t->wish == PART_WISHES_NOTHING || out->n == EFFECTS_MAX)
        return;
    effects_add(out, effect[t->wish], m->current);
    out->effect[out->n - 1].file = t->file;
}

/* What a key or a click did to a part. True if it meant anything. */
static bool settle(struct model *m, const struct part *p, const struct part_turn *t, enum part_result result,
                   struct effects *out)
{
    if (t->message[0])
        say(m->message, sizeof m->message, "%s", t->message);
    if (result == PART_IGNORED)
        return false;
    wish(m, t, out);
    m->focus = p->first + t->place;
    if (result == PART_TYPED || result == PART_CHANGED)
        edited(m);
    if (result == PART_TYPED)
        m->typed_ms = 0;
    if (result == PART_CHANGED)
        send(m, out);
    m->behind = t->more && (result == PART_TYPED || result == PART_USED);
    if (!m->behind)
        model_show_focus(m);
    return true;
}

static bool part_key(struct model *m, struct part *p, size_t place, struct key k, struct effects *out)
{
    struct part_turn t = {.place = place, .width = view_paper_width(m), .more = k.more};
    return settle(m, p, &t, p->kind->key(p, &t, k), out);
}

void model_click(struct model *m, struct target at, struct effects *out)
{
    struct question *q = model_question(m);
    if (m->screen != SCREEN_PAPER || !q || (size_t)at.index >= question_places(q))
        return;
    struct place place = question_place(q, (size_t)at.index);
    struct part *p = &q->part[place.part];
    struct part_turn t = {.place = place.place, .width = view_paper_width(m)};
    settle(m, p, &t, p->kind->click(p, &t, at.sub, at.column), out);
}

static void flag(struct model *m, struct effects *out)
{
    struct question *q = model_question(m);
    q->flagged = !q->flagged;
    effects_add(out, EFFECT_FLAG, m->current);
}

static void moving_key(struct model *m, struct key k, bool typing, struct effects *out)
{
    struct extent x = measure(m);
    int page = x.rows - 1;
    bool scrolls = x.lines > x.rows;
    switch (k.code) {
    case K_UP:
    case K_DOWN:
        move_focus(m, k.code == K_DOWN ? 1 : -1);
        break;
    case K_LEFT:
    case K_RIGHT:
        go_next(m, k.code == K_RIGHT ? 1 : -1, out);
        break;
    case K_PAGE_UP:
    case K_PAGE_DOWN:
        if (scrolls && !(k.code == K_PAGE_DOWN ? m->scroll + x.rows >= x.lines : m->scroll == 0))
            scroll_by(m, k.code == K_PAGE_DOWN ? page : -page);
        else if (typing)
            go_next(m, k.code == K_PAGE_DOWN ? 1 : -1, out);
        break;
    case K_HOME:
    case K_END:
        model_go_to(m, k.code == K_HOME ? 0 : m->work->n - 1, out);
        break;
    case K_TAB:
    case K_BACK_TAB:
        next_part(m, k.code == K_TAB ? 1 : -1);
        break;
    default:
        break;
    }
}

void update_paper(struct model *m, struct key k, struct effects *out)
{
    struct place at;
    struct part *p = focus_part(m, &at);
    bool typing = p && p->kind->typed;
    if (update_tools(m, k, out))
        return;
    if (m->tutorial && k.code == K_ESCAPE) {
        tutorial_end(m, out);
        return;
    }
    if (p && !(m->tool && model_may_use(m, m->tool)) && part_key(m, p, at.place, k, out))
        return;
    if (m->behind)
        model_show_focus(m);
    model_flush(m, out);
    if (k.code == K_F3)
        flag(m, out);
    else if (k.code == K_F4)
        open_picture(m, out);
    else if (k.code == K_F5)
        open_overview(m, out);
    else if (k.code == K_F9)
        open_hand_in(m, out);
    else if (k.code == K_ENTER)
        typing ? next_part(m, 1) : go_next(m, 1, out);
    else
        moving_key(m, k, typing, out);
}
