/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "client/practice/practice-internal.h"
#include "client/screens/frame.h"
#include "client/screens/view.h"

struct practice_tally practice_tally(const struct practice *p)
{
    struct practice_tally t = {0};
    struct err e = {0};
    for (size_t i = 0; p->work && i < p->work->n; i++) {
        enum question_mark mark = p->work->question[i].mark;
        t.right += mark == MARK_RIGHT;
        t.partly += mark == MARK_PARTLY;
        t.wrong += mark == MARK_WRONG;
        t.waiting += mark == MARK_WAITING;
        t.open += mark == MARK_NONE;
        if (mark == MARK_NONE || mark == MARK_WAITING)
            continue;
        if (points_add(t.points, p->checked[i].points, &t.points, &e) < 0 ||
            points_add(t.maximum, p->work->question[i].points, &t.maximum, &e) < 0)
            break;
    }
    return t;
}

static void say_state(struct practice *p)
{
    struct model *m = &p->m;
    const struct question *q = model_question(m);
    if (!p->judged)
        say(m->practice_state, sizeof m->practice_state, "%s",
            _("no feedback: there is no kaochang-score here"));
    else if (q && q->mark != MARK_NONE)
        say(m->practice_state, sizeof m->practice_state, _("this answer: %s"), view_mark(q->mark));
    else
        say(m->practice_state, sizeof m->practice_state, _("this answer: not checked, %s checks it"),
            model_function_key(m, 2));
}

void practice_refresh(struct practice *p)
{
    struct practice_tally t = practice_tally(p);
    say_state(p);
    say(p->m.practice_tally, sizeof p->m.practice_tally, _("right %zu  partly %zu  wrong %zu"), t.right,
        t.partly, t.wrong);
}

/* What a test has closed stays as it was taken. */
static void put_back(struct practice *p, size_t item)
{
    struct question *q = &p->work->question[item];
    const struct response_set *taken = route_responses(p->route, item);
    for (size_t i = 0; i < q->n_parts; i++) {
        const char *identifier = q->part[i].interaction->response;
        const struct response *r = response_find(taken, identifier);
        struct response one = r ? *r : (struct response){.identifier = identifier};
        question_restore(q, &(struct response_set){.response = &one, .n = 1});
    }
    say(p->m.message, sizeof p->m.message, "%s",
        _("This item is over; the test takes no other answer to it."));
}

static void take_effects(struct practice *p, const struct effects *out)
{
    for (int i = 0; i < out->n; i++) {
        size_t item = out->effect[i].item;
        if (out->effect[i].kind == EFFECT_ANSWER && p->route && !route_open(p->route, item))
            put_back(p, item);
        else if (out->effect[i].kind == EFFECT_ANSWER)
            practice_forget(p, item);
    }
}

static void send(struct practice *p, const struct event *e)
{
    struct effects out = {0};
    model_update(&p->m, e, &out);
    take_effects(p, &out);
}

/* ---- scrolling texts ---- */

static void scroll_by(struct practice *p, int by)
{
    struct sheet s;
    practice_sheet(p, p->m.width - 2 * FRAME_LEFT - 2, &s);
    int most = (int)s.n_lines - practice_sheet_rows(p);
    sheet_release(&s);
    p->scroll += by;
    if (p->scroll > most)
        p->scroll = most;
    if (p->scroll < 0)
        p->scroll = 0;
}

static bool scrolls(struct practice *p, struct key k)
{
    int page = practice_sheet_rows(p) - 1;
    int by = k.code == K_DOWN        ? 1
             : k.code == K_UP        ? -1
             : k.code == K_PAGE_DOWN ? page
             : k.code == K_PAGE_UP   ? -page
                                     : 0;
    if (by)
        scroll_by(p, by);
    return by != 0;
}

/* ---- screens ---- */

static void show(struct practice *p, size_t item)
{
    struct effects out = {0};
    p->screen = PRACTICE_PAPER;
    model_go_to(&p->m, item, &out);
    take_effects(p, &out);
}

/* In a test the delivery decides whether and where. */
static void to_paper(struct practice *p, size_t item)
{
    if (p->route && route_current(p->route) >= 0 && item != (size_t)route_current(p->route)) {
        p->target = item;
        p->wish = WISH_MOVE;
    } else {
        show(p, item < p->deck->n ? item : p->deck->n - 1);
    }
}

static void to_list(struct practice *p)
{
    struct effects out = {0};
    p->screen = PRACTICE_PAPER;
    open_overview(&p->m, &out);
    take_effects(p, &out);
}

static void to_end(struct practice *p)
{
    struct effects out = {0};
    model_flush(&p->m, &out);
    take_effects(p, &out);
    p->screen = PRACTICE_END;
    p->button = END_GO_ON;
}

static void check(struct practice *p)
{
    struct effects out = {0};
    model_flush(&p->m, &out);
    take_effects(p, &out);
    if (p->judged && model_question(&p->m)->mark != MARK_NONE) {
        p->screen = PRACTICE_RESULT;
        p->scroll = 0;
    } else if (p->judged) {
        p->wish = WISH_CHECK;
        say(p->m.message, sizeof p->m.message, "%s", _("One moment..."));
    } else
        say(p->m.message, sizeof p->m.message, "%s",
            _("There is no kaochang-score on this machine, so answers cannot be checked. Practising goes on "
              "without."));
}

static void start_key(struct practice *p, struct key k)
{
    if (k.code == K_F10)
        p->wish = WISH_LEAVE;
    else if (k.code == K_ENTER)
        to_paper(p, 0);
    else
        scrolls(p, k);
}

static bool goes_on(struct key k)
{
    return k.code == K_ENTER || k.code == K_RIGHT || k.code == K_PAGE_DOWN;
}

/* The model goes where the key says; in a test it is taken back and asked of the delivery. At the last item,
 * on means out of it. */
static void send_in_test(struct practice *p, const struct event *e)
{
    size_t here = p->m.current;
    send(p, e);
    bool beyond = here + 1 == p->deck->n && e->kind == EVENT_KEY && goes_on(e->key) && p->m.message[0];
    if (route_current(p->route) < 0 || (p->m.current == here && !beyond))
        return;
    p->m.message[0] = '\0';
    p->target = beyond ? p->deck->n : p->m.current;
    p->wish = WISH_MOVE;
    if (p->m.current != here)
        show(p, here);
}

static void send_on(struct practice *p, const struct event *e)
{
    if (p->route)
        send_in_test(p, e);
    else
        send(p, e);
}

/* F9 hands in at a sitting; here it ends as F10 does, after the same check of what is open. */
static void paper_key(struct practice *p, struct key k)
{
    bool on_item = p->m.screen == SCREEN_PAPER;
    bool large = p->m.width >= FRAME_MIN_WIDTH && p->m.height >= FRAME_MIN_HEIGHT;
    p->m.message[0] = '\0';
    if (k.code == K_F10 || k.code == K_F9)
        to_end(p);
    else if (k.code == K_F2 && on_item && large)
        check(p);
    else
        send_on(p, &(struct event){.kind = EVENT_KEY, .key = k});
}

static void result_key(struct practice *p, struct key k)
{
    size_t next = p->m.current + 1;
    if (k.code == K_ENTER || k.code == K_RIGHT)
        next < p->deck->n || p->route ? to_paper(p, next) : to_list(p);
    else if (k.code == K_ESCAPE || k.code == K_F2 || k.code == K_LEFT)
        to_paper(p, p->m.current);
    else if (k.code == K_F5)
        to_list(p);
    else if (k.code == K_F10 || k.code == K_F9)
        to_end(p);
    else
        scrolls(p, k);
}

static void feedback_key(struct practice *p, struct key k)
{
    if (k.code == K_F10 || k.code == K_F9 || (k.code == K_ENTER && route_current(p->route) < 0))
        to_end(p);
    else if (k.code == K_ENTER)
        to_paper(p, p->m.current);
    else
        scrolls(p, k);
}

static void press(struct practice *p)
{
    if (p->button == END_GO_ON)
        to_paper(p, p->m.current);
    else
        p->wish = p->button == END_AGAIN ? WISH_RESTART : WISH_LEAVE;
}

static void end_key(struct practice *p, struct key k)
{
    int to = (int)p->button + (k.code == K_DOWN || k.code == K_RIGHT || k.code == K_TAB) -
             (k.code == K_UP || k.code == K_LEFT || k.code == K_BACK_TAB);
    if (to >= 0 && to < END_BUTTONS)
        p->button = (enum practice_button)to;
    if (k.code == K_ENTER)
        press(p);
    else if (k.code == K_ESCAPE)
        to_paper(p, p->m.current);
    else if (k.code == K_F10)
        p->wish = WISH_LEAVE;
}

void practice_key(struct practice *p, struct key k)
{
    static void (*const of_screen[])(struct practice *, struct key) = {[PRACTICE_START] = start_key,
                                                                       [PRACTICE_PAPER] = paper_key,
                                                                       [PRACTICE_RESULT] = result_key,
                                                                       [PRACTICE_FEEDBACK] = feedback_key,
                                                                       [PRACTICE_END] = end_key};
    of_screen[p->screen](p, k);
    practice_refresh(p);
}

void practice_click(struct practice *p, struct target t)
{
    if (p->screen == PRACTICE_PAPER)
        send_on(p, &(struct event){.kind = EVENT_CLICK, .target = t});
    if (p->screen == PRACTICE_END && t.kind == TARGET_BUTTON && t.index >= 0 && t.index < END_BUTTONS) {
        p->button = (enum practice_button)t.index;
        press(p);
    }
    practice_refresh(p);
}

void practice_resize(struct practice *p, int width, int height)
{
    send(p, &(struct event){.kind = EVENT_RESIZE, .width = width, .height = height});
    if (width >= FRAME_MIN_WIDTH && height >= FRAME_MIN_HEIGHT)
        scroll_by(p, 0);
    practice_refresh(p);
}

void practice_time(struct practice *p, int64_t passed_ms, int64_t left_ms)
{
    p->m.untimed = left_ms < 0;
    send(p, &(struct event){.kind = EVENT_TIME,
                            .remaining_ms = left_ms < 0 ? INT64_MAX / 2 : left_ms,
                            .passed_ms = passed_ms});
    p->m.warning_shown = false; /* its words are those of an exam */
    practice_refresh(p);
}
