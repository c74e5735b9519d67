/* SPDX-License-Identifier: Apache-2.0 */
/* Through a test: where its route leads, what is taken on the way, the time that passes. */
#include "client/practice/practice-internal.h"

static void show_current(struct practice *p)
{
    struct effects out = {0};
    int64_t current = route_current(p->route);
    p->screen = current < 0 ? PRACTICE_END : PRACTICE_PAPER;
    if (current < 0)
        p->button = END_GO_ON;
    else if ((size_t)current != p->m.current || p->m.screen != SCREEN_PAPER)
        model_go_to(&p->m, (size_t)current, &out);
    if (route_feedback_at_end(p->route)->n > 0) {
        p->screen = PRACTICE_FEEDBACK;
        p->scroll = 0;
    }
}

/* An answer that was not checked is taken as it stands when its item is left. */
static int hand_over(struct practice *p, struct err *e)
{
    size_t card = p->m.current;
    const struct question *q = &p->work->question[card];
    if (!question_answered(q) || q->mark != MARK_NONE || !route_open(p->route, card) ||
        (!p->judged && route_taken(p->route, card)))
        return 0;
    struct arena *a = arena_new();
    struct response_set responses = question_response(q, a);
    int r = route_answer(p->route, &responses, p->spent_ms, e);
    arena_free(a);
    return r;
}

void practice_move(struct practice *p)
{
    struct err e = {0}, later = {0};
    bool back = route_linear(p->route) && p->target < p->m.current; /* refused: the answer stays open */
    int r = back ? 0 : hand_over(p, &e);
    if (r != -ERR_NO && route_go(p->route, p->target, p->spent_ms, r < 0 ? &later : &e) < 0)
        r = -ERR_NO;
    show_current(p);
    if (r < 0)
        practice_tell(p, "%s", &e);
}

void practice_spend(struct practice *p, int64_t passed_ms)
{
    struct err e = {0};
    if (p->screen != PRACTICE_PAPER || route_current(p->route) < 0)
        return;
    p->spent_ms += passed_ms;
    if (route_clock(p->route, p->spent_ms, &e) < 0)
        practice_tell(p, "%s", &e);
    if (route_current(p->route) != (int64_t)p->m.current)
        show_current(p);
}
