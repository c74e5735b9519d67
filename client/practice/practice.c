/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/practice.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
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
    p->work = p->m.work = NULL;
    route_free(p->route);
    p->route = NULL;
}

/* ---- the check ---- */

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

static void drop_verdict(struct practice *p, size_t card)
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
    struct judge_question ask = {.item = c->document->data, .seed = c->seed, .responses = responses};
    struct checked *checked = &p->checked[card];
    drop_verdict(p, card);
    checked->arena = arena_new();
    int r = judge_ask(p->judge, &ask, checked->arena, &checked->verdict, e);
    if (r < 0)
        drop_verdict(p, card);
    else
        take_verdict(p, card, checked);
    return r;
}

/* For the route: an attempt at a card of the test. */
static int judge_attempt(void *context, size_t card, const struct response_set *responses, struct arena *a,
                         struct response_set *ret_outcomes, struct err *e)
{
    struct practice *p = context;
    int r = judge(p, card, responses, e);
    if (r == 0)
        *ret_outcomes = response_copy(&p->checked[card].verdict.outcome, a);
    return r;
}

static void tell(struct practice *p, const char *fmt, const struct err *e)
{
    char text[sizeof *e];
    say(p->m.message, sizeof p->m.message, fmt, say_error(text, sizeof text, e));
}

/* A file that is named must be there; nothing of it is read. */
static int look_at_file(const struct question *q, const struct response_set *responses, struct arena *a,
                        const char **ret, struct err *e)
{
    for (size_t i = 0; i < q->n_parts; i++) {
        const struct item_interaction *x = q->part[i].interaction;
        const struct response *r =
            x->kind == INTERACTION_UPLOAD ? response_find(responses, x->response) : NULL;
        struct stat st;
        if (!r || r->n == 0)
            continue;
        if (stat(r->value[0], &st) < 0)
            return err_sys(e, r->value[0], _("cannot be read"));
        if (!S_ISREG(st.st_mode))
            return err_set(e, ERR_DATA, r->value[0], _("this is not a file"));
        *ret = arena_printf(a, _("File: %s, %lld bytes"), path_base(r->value[0]), (long long)st.st_size);
    }
    return 0;
}

static void check(struct practice *p)
{
    size_t card = p->m.current;
    struct arena *a = arena_new();
    struct response_set responses = question_response(&p->work->question[card], a);
    struct err e = {0};
    const char *file = NULL;
    int r = look_at_file(&p->work->question[card], &responses, a, &file, &e);
    if (r == 0)
        r = p->route ? route_answer(p->route, &responses, p->spent_ms, &e) : judge(p, card, &responses, &e);
    if (r == 0 && file && p->checked[card].arena)
        p->checked[card].file = arena_strdup(p->checked[card].arena, file);
    arena_free(a);
    if (r < 0) {
        tell(p, _("Not checked: %s"), &e);
    } else if (p->checked[card].arena) {
        p->m.message[0] = '\0';
        p->screen = PRACTICE_RESULT;
        p->scroll = 0;
    } else {
        say(p->m.message, sizeof p->m.message, "%s",
            _("Kept. The answers of this part are checked together when you leave it."));
    }
}

/* ---- a test ---- */

static void show_current(struct practice *p)
{
    struct effects out = {0};
    int64_t current = route_current(p->route);
    if (current < 0) {
        p->screen = PRACTICE_END;
        p->button = END_GO_ON;
        return;
    }
    p->screen = PRACTICE_PAPER;
    if ((size_t)current != p->m.current || p->m.screen != SCREEN_PAPER)
        model_go_to(&p->m, (size_t)current, &out);
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

static void move(struct practice *p)
{
    struct err e = {0}, later = {0};
    bool back = route_linear(p->route) && p->target < p->m.current; /* refused: the answer stays open */
    int r = back ? 0 : hand_over(p, &e);
    if (r != -ERR_NO && route_go(p->route, p->target, p->spent_ms, r < 0 ? &later : &e) < 0)
        r = -ERR_NO;
    show_current(p);
    if (r < 0)
        tell(p, "%s", &e);
}

/* ---- beginning ---- */

/* Empty answers, cards of this seed. */
static int begin(struct practice *p, struct err *e)
{
    forget_all(p);
    folder_release(&p->folder);
    int r = deck_draw(p->deck, p->seed, e);
    if (r < 0)
        return r;
    pictures_forget(p->pictures);
    p->work = work_new(p->deck->n);
    p->work->pictures = p->pictures;
    p->checked = mem_alloc((p->deck->n + 1) * sizeof *p->checked);
    for (size_t i = 0; i < p->deck->n; i++) {
        const struct card *c = &p->deck->card[i];
        work_set(p->work, i, c->shown, c->section, c->document->points, span_str(c->seed));
    }
    p->m.work = p->work;
    p->m.current = 0;
    p->m.focus = 0;
    p->m.scroll = p->scroll = 0;
    p->screen = PRACTICE_START;
    if (!p->deck->test)
        return 0;
    p->spent_ms = 0;
    r = route_new(&p->route, p->deck, p->judged ? judge_attempt : NULL, p, 0, e);
    if (r == 0 && route_current(p->route) >= 0)
        p->m.current = (size_t)route_current(p->route);
    return r;
}

/* ---- files ---- */

enum { LOOK_AGAIN_MS = 1000 };

static bool asks_for_file(const struct question *q)
{
    for (size_t i = 0; i < q->n_parts; i++)
        if (q->part[i].interaction->kind == INTERACTION_UPLOAD)
            return true;
    return false;
}

/* The files beside the candidate, read anew while an item asks for one. */
static void offer_files(struct practice *p, int64_t now_ms)
{
    const struct question *q = model_question(&p->m);
    struct folder_list found = {0}, old = p->folder;
    struct err e = {0};
    if (!q || !asks_for_file(q) || (p->folder.path && now_ms - p->folder_ms < LOOK_AGAIN_MS))
        return;
    p->folder_ms = now_ms;
    if (folder_read(&found, ".", &e) < 0)
        return;
    if (folder_equal(&found, &old)) {
        folder_release(&found);
        return;
    }
    p->folder = found;
    work_offer(p->work, &p->folder);
    folder_release(&old);
    if (p->m.focus >= question_places(q))
        p->m.focus = 0;
}

/* Numbers that cannot be drawn anew leave those that were there. */
static void start_again(struct practice *p)
{
    struct err e = {0}, worse = {0};
    p->seed++;
    if (begin(p, &e) == 0)
        return;
    p->seed--;
    p->done = begin(p, &worse) < 0;
    tell(p, "%s", &e);
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

/* Time counts while an item or the list is on the screen; reading what was said about an answer costs none.
 */
static void on_time(void *self, const struct clock_reading *now)
{
    struct practice *p = self;
    struct err e = {0};
    int64_t passed = p->last_ms ? now->mono_ms - p->last_ms : 0;
    bool running = p->route && p->screen == PRACTICE_PAPER && route_current(p->route) >= 0;
    p->last_ms = now->mono_ms;
    if (running) {
        p->spent_ms += passed;
        if (route_clock(p->route, p->spent_ms, &e) < 0)
            tell(p, "%s", &e);
        if (route_current(p->route) != (int64_t)p->m.current)
            show_current(p);
    }
    practice_time(p, passed, p->route ? route_left(p->route, p->spent_ms) : -1);
    offer_files(p, now->mono_ms);
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
    if (wish == WISH_MOVE)
        move(p);
    if (wish == WISH_RESTART)
        start_again(p);
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

int practice_new(struct practice **ret, struct deck *deck, uint64_t seed, struct err *e)
{
    struct practice *p = mem_alloc(sizeof *p);
    p->deck = deck;
    p->seed = seed;
    p->judge = judge_new();
    p->judged = judge_there(p->judge);
    p->pictures = pictures_new(deck_find_picture, deck);
    model_init(&p->m, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    p->m.practice = p->m.untimed = true;
    if (*deck->title)
        say(p->m.title, sizeof p->m.title, _("Practice: %s"), deck->title);
    int r = begin(p, e);
    if (r < 0) {
        practice_free(p);
        return r;
    }
    practice_refresh(p);
    *ret = p;
    return 0;
}

void practice_free(struct practice *p)
{
    if (!p)
        return;
    forget_all(p);
    judge_free(p->judge);
    folder_release(&p->folder);
    pictures_free(p->pictures);
    deck_free(p->deck);
    free(p);
}
