/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/practice.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/practice/practice-internal.h"
#include "client/screens/frame.h"

static void forget_all(struct practice *p)
{
    for (size_t i = 0; p->checked && i < p->work->n; i++) {
        work_free(p->checked[i].correct);
        arena_free(p->checked[i].arena);
    }
    free(p->checked);
    p->checked = NULL;
    work_free(p->work);
    p->work = NULL;
}

/* Empty answers, numbers of this seed. */
static void begin(struct practice *p)
{
    forget_all(p);
    deck_draw(p->deck, p->seed);
    p->work = work_new(p->deck->n);
    p->checked = mem_alloc((p->deck->n + 1) * sizeof *p->checked);
    for (size_t i = 0; i < p->deck->n; i++) {
        const struct card *c = &p->deck->card[i];
        work_set(p->work, i, c->shown, c->section, c->points, span_str(c->seed));
    }
    p->m.work = p->work;
    p->m.current = 0;
    p->m.focus = 0;
    p->m.scroll = p->scroll = 0;
    p->screen = PRACTICE_START;
}

/* ---- the check ---- */

static bool fits(const struct verdict *v)
{
    return v->correct.n > 0;
}

static struct work *solved(const struct card *c, const struct verdict *v)
{
    struct work *w = work_new(1);
    work_set(w, 0, c->shown, c->section, c->points, span_str(c->seed));
    question_restore(&w->question[0], &v->correct);
    return w;
}

static void take_verdict(struct practice *p, struct checked *c)
{
    struct question *q = &p->work->question[p->m.current];
    const struct card *card = &p->deck->card[p->m.current];
    struct err e = {0};
    if (q->points.milli == 0)
        q->points = c->verdict.maximum;
    c->points = c->verdict.points;
    if (c->verdict.maximum.milli > 0 && points_part(q->points, c->verdict.points.milli, c->verdict.maximum.milli,
                                                    &c->points, &e) < 0)
        c->points = points_milli(0);
    c->correct = fits(&c->verdict) ? solved(card, &c->verdict) : NULL;
    q->mark = c->verdict.mark;
    p->screen = PRACTICE_RESULT;
    p->scroll = 0;
}

static void check(struct practice *p)
{
    const struct card *card = &p->deck->card[p->m.current];
    struct checked *c = &p->checked[p->m.current];
    struct arena *a = arena_new();
    struct response_set responses = question_response(&p->work->question[p->m.current], a);
    struct judge_question ask = {.item = card->document, .seed = card->seed, .responses = &responses};
    struct err e = {0};
    char text[sizeof e];
    work_free(c->correct);
    arena_free(c->arena);
    *c = (struct checked){.arena = a};
    if (judge_ask(p->judge, &ask, a, &c->verdict, &e) == 0) {
        take_verdict(p, c);
        return;
    }
    arena_free(a);
    *c = (struct checked){0};
    p->work->question[p->m.current].mark = MARK_NONE;
    say(p->m.message, sizeof p->m.message, _("Not checked: %s"), say_error(text, sizeof text, &e));
}

/* ---- the app ---- */

static void on_resize(void *self, int width, int height, bool function_keys)
{
    struct practice *p = self;
    p->m.function_keys = function_keys;
    practice_resize(p, width, height);
}

static void on_key(void *self, struct key k)
{
    practice_key(self, k);
}

static void on_click(void *self, struct target t)
{
    practice_click(self, t);
}

static void on_time(void *self, const struct clock_reading *now)
{
    struct practice *p = self;
    practice_time(p, p->last_ms ? now->mono_ms - p->last_ms : 0);
    p->last_ms = now->mono_ms;
}

static void on_hangup(void *self)
{
    (void)self;
}

static void on_perform(void *self, const struct clock_reading *now)
{
    struct practice *p = self;
    enum practice_wish wish = p->wish;
    (void)now;
    p->wish = WISH_NOTHING;
    if (wish == WISH_CHECK)
        check(p);
    if (wish == WISH_RESTART) {
        p->seed++;
        begin(p);
    }
    p->done = p->done || wish == WISH_LEAVE;
    if (wish != WISH_NOTHING && !p->done)
        practice_refresh(p);
}

static void on_draw(void *self, struct grid *g)
{
    practice_draw(self, g);
}

static int on_fd(void *self)
{
    (void)self;
    return -1;
}

static bool on_done(void *self)
{
    return ((struct practice *)self)->done;
}

struct app practice_app(struct practice *p)
{
    return (struct app){.self = p,
                        .resize = on_resize,
                        .key = on_key,
                        .click = on_click,
                        .time = on_time,
                        .hangup = on_hangup,
                        .perform = on_perform,
                        .draw = on_draw,
                        .fd = on_fd,
                        .done = on_done};
}

struct practice *practice_new(struct deck *deck, uint64_t seed)
{
    struct practice *p = mem_alloc(sizeof *p);
    p->deck = deck;
    p->seed = seed;
    p->judge = judge_new();
    p->judged = judge_there(p->judge);
    model_init(&p->m, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    p->m.practice = p->m.untimed = true;
    if (*deck->title)
        say(p->m.title, sizeof p->m.title, _("Practice: %s"), deck->title);
    begin(p);
    practice_refresh(p);
    return p;
}

void practice_free(struct practice *p)
{
    if (!p)
        return;
    forget_all(p);
    judge_free(p->judge);
    deck_free(p->deck);
    free(p);
}
