/* SPDX-License-Identifier: Apache-2.0 */
#include "client/practice/practice.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/practice/practice-internal.h"
#include "client/screens/frame.h"

static void forget_all(struct practice *p)
{
    for (size_t i = 0; p->checked && i < p->work->n; i++)
        practice_forget(p, i);
    free(p->checked);
    p->checked = NULL;
    work_free(p->work);
    p->work = p->m.work = NULL;
    route_free(p->route);
    p->route = NULL;
}

void practice_tell(struct practice *p, const char *fmt, const struct err *e)
{
    char text[sizeof *e];
    say(p->m.message, sizeof p->m.message, fmt, say_error(text, sizeof text, e));
}

static void show_card(void *context, size_t i)
{
    struct practice *p = context;
    const struct card *c = &p->deck->card[i];
    work_set(p->work, i, c->shown, c->section, c->document->points, span_str(c->seed));
}

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
    for (size_t i = 0; i < p->deck->n; i++)
        show_card(p, i);
    p->m.work = p->work;
    p->m.current = 0;
    p->m.focus = 0;
    p->m.scroll = p->scroll = 0;
    p->screen = PRACTICE_START;
    if (!p->deck->test)
        return 0;
    p->spent_ms = 0;
    const struct route_host host = {
        .judge = p->judged ? practice_judge : NULL, .dealt = show_card, .context = p};
    r = route_new(&p->route, p->deck, &host, 0, e);
    if (r == 0 && route_current(p->route) >= 0)
        p->m.current = (size_t)route_current(p->route);
    return r;
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
    practice_tell(p, "%s", &e);
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
    int64_t passed = p->last_ms ? now->mono_ms - p->last_ms : 0;
    p->last_ms = now->mono_ms;
    if (p->route)
        practice_spend(p, passed);
    practice_time(p, passed, p->route ? route_left(p->route, p->spent_ms) : -1);
    practice_offer_files(p, now->mono_ms);
}

static void on_perform(void *self, const struct clock_reading *now)
{
    struct practice *p = self;
    enum practice_wish wish = p->wish;
    (void)now;
    p->wish = WISH_NOTHING;
    if (wish == WISH_CHECK)
        practice_check(p);
    if (wish == WISH_MOVE)
        practice_move(p);
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
                        .perform = on_perform,
                        .draw = on_draw,
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
