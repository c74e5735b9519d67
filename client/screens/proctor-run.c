/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor-run.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/agent.h"
#include "client/agent/waiting.h"
#include "client/screens/frame.h"
#include "client/screens/proctor-beside.h"
#include "client/screens/proctor-desk.h"
#include "client/screens/sticks.h"

enum { REFRESH_MS = 2000, STICKS_MS = 1000 };

int proctor_connect(struct control **ret, const struct proctor_opening *o, struct err *e)
{
    int r = control_open(ret, o->home, o->code, e);
    if (r == 0 || e->code != ERR_NO_AGENT)
        return r;
    err_clear(e);
    if (beside_serves(o->home)) {
        r = beside_serve(o->home, o->session, o->code, o->listen, e);
        return r < 0 ? r : control_open(ret, o->home, o->code, e);
    }
    if (waiting_is_wanted(o->home)) { /* a station whose room service is dead: opened on the spot */
        r = waiting_start(o->home, e);
        return r < 0 ? r : control_open(ret, o->home, o->code, e);
    }
    const struct agent_start start = {.home = o->home,
                                      .session = o->session,
                                      .code = o->code,
                                      .hold = o->hold,
                                      .resume_codes = o->resume_codes};
    r = agent_start(&start, NULL, e);
    return r < 0 ? r : control_open(ret, o->home, o->code, e);
}

/* ---- what the agent tells ---- */

static void tell_failure(struct proctor_desk *d, const struct err *e)
{
    char text[sizeof *e];
    proctor_failed(&d->p, say_error(text, sizeof text, e));
}

/* The code opens it again: all that was saved is there. */
static void lose_agent(struct proctor_desk *d)
{
    control_close(d->control);
    d->control = NULL;
    proctor_lost(&d->p);
    sticks_forget(d->sticks);
}

static void more_minutes(struct proctor_desk *d)
{
    struct err e = {0};
    if (perform_minutes(d, &e) < 0)
        tell_failure(d, &e);
}

static void look(struct proctor_desk *d)
{
    struct err e = {0};
    struct control_room room = {0};
    struct arena *a = arena_new(), *old = d->room;
    if (!d->control || d->p.screen == PROCTOR_CLOSED)
        goto done;
    if (control_status(d->control, a, &room, &e) < 0) {
        tell_failure(d, &e);
        if (e.code == ERR_NO_AGENT)
            lose_agent(d);
        goto done;
    }
    proctor_look(&d->p, &room);
    d->room = a;
    a = old;
    if (d->p.screen == PROCTOR_MINUTES)
        more_minutes(d);
done:
    arena_free(a);
}

/* ---- what the proctor wants ---- */

/* A locked station refuses every candidate; nothing else tells it without the code. */
static bool waits_for_room(const char *home)
{
    struct err e = {0};
    struct link *l = NULL;
    struct link_candidate who;
    struct arena *a = arena_new();
    bool waits =
        link_open(&l, home, &e) == 0 && link_sign_in(l, "", "", a, &who, &e) < 0 && e.code == ERR_NOT_OPEN;
    link_close(l);
    arena_free(a);
    return waits;
}

static bool agent_runs(const char *home)
{
    struct link *l = NULL;
    bool runs = link_open(&l, home, NULL) == 0;
    link_close(l);
    return runs;
}

static void unlock(struct proctor_desk *d, const char *code)
{
    struct err e = {0};
    const struct proctor_opening o = {.home = d->home,
                                      .session = d->session,
                                      .code = code,
                                      .listen = d->listen,
                                      .hold = d->hold,
                                      .resume_codes = d->resume_codes};
    if (proctor_connect(&d->control, &o, &e) < 0) {
        tell_failure(d, &e);
        return;
    }
    desk_drop_keys(d);
    proctor_opened(&d->p);
    look(d);
}

static void unlock_with_keys(struct proctor_desk *d)
{
    struct bytes text = {0};
    desk_opening_text(d, &text);
    unlock(d, text.n ? (const char *)text.p : "");
    bytes_release(&text);
}

static void act(struct proctor_desk *d, const struct proctor_effect *x)
{
    struct err e = {0};
    if (x->act == ACT_LEAVE)
        d->done = true;
    else if (x->act == ACT_PASSPHRASE)
        desk_try_passphrase(d);
    else if (x->act == ACT_LEAVE_KEY)
        desk_leave_key(d);
    else if (x->act == ACT_UNLOCK && d->p.screen == PROCTOR_KEYS)
        unlock_with_keys(d);
    else if (x->act == ACT_UNLOCK)
        unlock(d, d->p.code.text);
    else if (d->control) {
        if (perform(d, x, &e) < 0)
            tell_failure(d, &e);
        look(d);
    }
}

/* ---- the app ---- */

static void on_resize(void *self, int width, int height, bool function_keys)
{
    struct proctor_desk *d = self;
    d->p.width = width;
    d->p.height = height;
    d->p.function_keys = function_keys;
    proctor_show_cursor(&d->p);
}

static void on_key(void *self, struct key k)
{
    struct proctor_desk *d = self;
    proctor_key(&d->p, k, &d->todo);
}

static void on_click(void *self, struct target t)
{
    struct proctor_desk *d = self;
    proctor_click(&d->p, t, &d->todo);
}

static void on_time(void *self, const struct clock_reading *now)
{
    struct proctor_desk *d = self;
    if (d->p.screen == PROCTOR_KEYS && !d->p.busy &&
        (!d->sticks_ms || now->mono_ms - d->sticks_ms >= STICKS_MS)) {
        d->sticks_ms = now->mono_ms;
        desk_look_at_sticks(d);
    }
    d->p.since_ms = d->looked_ms ? now->mono_ms - d->looked_ms : 0;
    if (d->looked_ms && d->p.since_ms < REFRESH_MS)
        return;
    d->looked_ms = now->mono_ms;
    look(d);
}

static void on_perform(void *self, const struct clock_reading *now)
{
    struct proctor_desk *d = self;
    (void)now;
    if (!d->todo.wanted)
        return;
    struct proctor_effect x = d->todo;
    d->todo.wanted = false;
    act(d, &x);
}

static void on_draw(void *self, struct grid *g)
{
    proctor_draw(&((struct proctor_desk *)self)->p, g);
}

static bool on_done(void *self)
{
    return ((struct proctor_desk *)self)->done;
}

struct app proctor_desk_app(struct proctor_desk *d)
{
    return (struct app){.self = d,
                        .resize = on_resize,
                        .key = on_key,
                        .click = on_click,
                        .time = on_time,
                        .perform = on_perform,
                        .draw = on_draw,
                        .done = on_done};
}

int proctor_opening_check(const struct proctor_opening *o, struct err *e)
{
    struct opening_who who;
    struct err own = {0};
    if (o->session || agent_runs(o->home) || waits_for_room(o->home))
        return 0;
    struct arena *a = arena_new();
    int r = opening_who(o->home, NULL, a, &who, &own);
    arena_free(a);
    if (r != -ERR_USAGE)
        return 0;
    *e = own;
    return r;
}

struct proctor_desk *proctor_desk_new(const struct proctor_opening *o)
{
    struct proctor_desk *d = mem_alloc(sizeof *d);
    proctor_init(&d->p, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    d->home = mem_strdup(o->home);
    d->session = o->session ? mem_strdup(o->session) : NULL;
    d->listen = o->listen ? mem_strdup(o->listen) : NULL;
    d->hold = o->hold;
    d->resume_codes = o->resume_codes;
    d->texts = arena_new();
    d->sticks = sticks_new(o->sticks);
    bool serves = beside_serves(d->home);
    d->p.waits = !serves && waits_for_room(d->home);
    d->p.serves = serves && !agent_runs(d->home);
    d->p.can_print = beside_can_print();
    if (o->code)
        unlock(d, o->code);
    if (!d->control)
        desk_ask_for_keys(d, !d->p.waits && agent_runs(d->home));
    return d;
}

void proctor_desk_free(struct proctor_desk *d)
{
    if (!d)
        return;
    control_close(d->control);
    desk_drop_keys(d);
    sticks_free(d->sticks);
    arena_free(d->texts);
    arena_free(d->room);
    arena_free(d->lists);
    free(d->p.minute);
    free(d->home);
    free(d->session);
    free(d->listen);
    free(d);
}
