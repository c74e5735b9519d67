/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "client/practice/practice-internal.h"
#include "client/screens/frame.h"

static struct work *solved(const struct practice *p, const struct card *c, const struct verdict *v)
{
    struct work *w = work_new(1);
    w->pictures = p->pictures;
    work_set(w, 0, c->shown, c->section, c->document->points, span_str(c->seed));
    question_restore(&w->question[0], &v->correct);
    return w;
}

static void take_verdict(struct practice *p, size_t card, struct checked *c)
{
    struct question *q = &p->work->question[card];
    struct err e = {0};
    if (q->points.milli == 0)
        q->points = c->verdict.maximum;
    c->points = c->verdict.points;
    if (c->verdict.maximum.milli > 0 &&
        points_part(q->points, c->verdict.points.milli, c->verdict.maximum.milli, &c->points, &e) < 0)
        c->points = points_milli(0);
    c->correct = c->verdict.correct.n > 0 ? solved(p, &p->deck->card[card], &c->verdict) : NULL;
    q->mark = c->verdict.mark;
}

void practice_forget(struct practice *p, size_t card)
{
    struct checked *c = &p->checked[card];
    work_free(c->correct);
    arena_free(c->arena);
    *c = (struct checked){0};
    p->work->question[card].mark = MARK_NONE;
}

static int judge(struct practice *p, size_t card, const struct response_set *responses, struct err *e)
{
    const struct card *c = &p->deck->card[card];
    struct judge_question ask = {.item = deck_document_of(c), .seed = c->seed, .responses = responses};
    struct checked *checked = &p->checked[card];
    practice_forget(p, card);
    checked->arena = arena_new();
    int r = judge_ask(p->judge, &ask, checked->arena, &checked->verdict, e);
    if (r < 0)
        practice_forget(p, card);
    else
        take_verdict(p, card, checked);
    return r;
}

int practice_judge(void *context, size_t card, const struct response_set *responses, struct arena *a,
                   struct response_set *ret_outcomes, struct err *e)
{
    struct practice *p = context;
    int r = judge(p, card, responses, e);
    if (r == 0)
        *ret_outcomes = response_copy(&p->checked[card].verdict.outcome, a);
    return r;
}

void practice_check(struct practice *p)
{
    size_t card = p->m.current;
    struct arena *a = arena_new();
    struct response_set responses = question_response(&p->work->question[card], a);
    struct err e = {0};
    const char *file = NULL;
    int r = practice_look_at_files(&p->work->question[card], &responses, a, &file, &e);
    if (r == 0)
        r = p->route ? route_answer(p->route, &responses, p->spent_ms, &e) : judge(p, card, &responses, &e);
    if (r == 0 && file && p->checked[card].arena)
        p->checked[card].file = arena_strdup(p->checked[card].arena, file);
    arena_free(a);
    if (r < 0) {
        practice_tell(p, _("Not checked: %s"), &e);
    } else if (p->checked[card].arena) {
        p->m.message[0] = '\0';
        p->screen = PRACTICE_RESULT;
        p->scroll = 0;
    } else {
        say(p->m.message, sizeof p->m.message, "%s",
            _("Kept. The answers of this part are checked together when you leave it."));
    }
}
