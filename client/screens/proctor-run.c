/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/proctor-run.h"

#include <time.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/agent.h"
#include "client/agent/waiting.h"
#include "client/screens/frame.h"
#include "client/screens/proctor.h"

enum { REFRESH_MS = 2000 };

struct proctor_desk {
    struct proctor p;
    struct proctor_effect todo;
    struct control *control;
    char *home, *session;
    bool hold, resume_codes;
    int64_t next_look_ms;
    bool done;
};

int proctor_connect(struct control **ret, const struct proctor_opening *o, struct err *e)
{
    int r = control_open(ret, o->home, o->code, e);
    if (r == 0 || e->code != ERR_NO_AGENT)
        return r;
    err_clear(e);
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

static enum row_state state_of(const struct control_candidate *c)
{
    switch (c->state) {
    case SITTING_NEW:
        return c->absent ? ROW_ABSENT : ROW_NEW;
    case SITTING_ANSWERING:
        return c->connected ? ROW_WORKING : ROW_STOPPED;
    case SITTING_PAUSED:
        return ROW_PAUSED;
    case SITTING_HANDED_IN:
        return ROW_HANDED_IN;
    default:
        return ROW_ENDED;
    }
}

static void fill_row(struct proctor_row *r, const struct control_candidate *c)
{
    *r = (struct proctor_row){.state = state_of(c),
                              .answered = c->answered,
                              .items = c->items,
                              .sealed = c->sealed,
                              .interruptions = c->interruptions};
    r->left_ms = c->allowance_ms > c->used_ms ? c->allowance_ms - c->used_ms : 0;
    say(r->ticket, sizeof r->ticket, "%s", c->ticket);
    say(r->name, sizeof r->name, "%s", c->name);
    say(r->seat, sizeof r->seat, "%s", c->seat);
    say(r->receipt, sizeof r->receipt, "%s", c->receipt);
}

static const char *hour(int64_t wall_ms, char *buf, size_t size)
{
    time_t t = (time_t)(wall_ms / 1000);
    struct tm local;
    if (!localtime_r(&t, &local) || strftime(buf, size, "%m-%d %H:%M", &local) == 0)
        buf[0] = '\0';
    return buf;
}

static void fill_room(struct proctor *p, const struct control_room *room)
{
    char from[32], to[32];
    say(p->title, sizeof p->title, "%s", room->title);
    say(p->room, sizeof p->room, "%s  %s", room->room_name && *room->room_name ? room->room_name : room->room,
        room->title);
    say(p->window, sizeof p->window, _("%s to %s"), hour(room->window_start, from, sizeof from),
        hour(room->window_end, to, sizeof to));
    p->outside_window = room->outside_window;
}

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
    d->p.screen = PROCTOR_UNLOCK;
}

static void look(struct proctor_desk *d)
{
    struct err e = {0};
    struct control_room room = {0};
    struct arena *a = arena_new();
    if (!d->control || d->p.screen == PROCTOR_CLOSED)
        goto done;
    if (control_status(d->control, a, &room, &e) < 0) {
        tell_failure(d, &e);
        if (e.code == ERR_NO_AGENT)
            lose_agent(d);
        goto done;
    }
    struct proctor_row *row = mem_grow(NULL, room.n + 1, sizeof *row);
    for (size_t i = 0; i < room.n; i++)
        fill_row(&row[i], &room.candidate[i]);
    fill_room(&d->p, &room);
    free(proctor_rows(&d->p, row, room.n));
done:
    arena_free(a);
}

/* ---- what the proctor wants ---- */

static void unlock(struct proctor_desk *d, const char *code)
{
    struct err e = {0};
    const struct proctor_opening o = {.home = d->home,
                                      .session = d->session,
                                      .code = code,
                                      .hold = d->hold,
                                      .resume_codes = d->resume_codes};
    if (proctor_connect(&d->control, &o, &e) < 0) {
        tell_failure(d, &e);
        return;
    }
    proctor_opened(&d->p);
    look(d);
}

static void settle(struct proctor_desk *d, int r, const struct err *e, const char *message)
{
    if (r < 0)
        tell_failure(d, e);
    else
        proctor_done(&d->p, message);
    look(d);
}

static void give_time(struct proctor_desk *d, const char *ticket, int64_t seconds)
{
    struct err e = {0};
    char text[PROCTOR_TEXT];
    int r = control_extra_time(d->control, ticket, seconds, d->p.reason.text, &e);
    settle(d, r, &e,
           say(text, sizeof text, _("%s has %lld more minutes."), proctor_current(&d->p)->name,
               (long long)seconds / 60));
}

static void close_room(struct proctor_desk *d)
{
    struct err e = {0};
    struct control_closing c = {0};
    if (control_close_room(d->control, &c, &e) < 0) {
        tell_failure(d, &e);
        return;
    }
    struct proctor_closing closing = {
        .registered = c.registered, .sat = c.sat, .absent = c.absent, .forced = c.forced};
    say(closing.path, sizeof closing.path, "%s", c.path);
    proctor_room_closed(&d->p, &closing);
}

static void act(struct proctor_desk *d, const struct proctor_effect *x)
{
    struct err e = {0};
    const struct proctor_row *r = proctor_current(&d->p);
    char ticket[64] = "";
    if (r)
        say(ticket, sizeof ticket, "%s", r->ticket);
    switch (x->kind) {
    case PROCTOR_DO_UNLOCK:
        unlock(d, d->p.code.text);
        break;
    case PROCTOR_DO_EXTRA:
        give_time(d, ticket, x->seconds);
        break;
    case PROCTOR_DO_END:
        settle(d, control_force_end(d->control, ticket, d->p.reason.text, &e), &e,
               _("The exam of this candidate is ended."));
        break;
    case PROCTOR_DO_ABSENT:
        settle(d, control_presence(d->control, ticket, x->seconds ? CONTROL_ABSENT : CONTROL_PRESENT, &e), &e,
               x->seconds ? _("Marked as absent.") : _("The mark is taken back."));
        break;
    case PROCTOR_DO_CLOSE:
        close_room(d);
        break;
    case PROCTOR_DO_LEAVE:
        d->done = true;
        break;
    }
}

/* ---- the app ---- */

static void on_resize(void *self, int width, int height, bool function_keys)
{
    struct proctor_desk *d = self;
    d->p.width = width;
    d->p.height = height;
    d->p.function_keys = function_keys;
    d->p.scroll = 0;
}

static void on_key(void *self, struct key k)
{
    struct proctor_desk *d = self;
    proctor_key(&d->p, k, &d->todo);
}

static void on_click(void *self, struct target t)
{
    proctor_click(&((struct proctor_desk *)self)->p, t);
}

static void on_time(void *self, const struct clock_reading *now)
{
    struct proctor_desk *d = self;
    if (now->mono_ms < d->next_look_ms)
        return;
    d->next_look_ms = now->mono_ms + REFRESH_MS;
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

struct proctor_desk *proctor_desk_new(const struct proctor_opening *o)
{
    struct proctor_desk *d = mem_alloc(sizeof *d);
    proctor_init(&d->p, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    d->home = mem_strdup(o->home);
    d->session = o->session ? mem_strdup(o->session) : NULL;
    d->hold = o->hold;
    d->resume_codes = o->resume_codes;
    if (o->code)
        unlock(d, o->code);
    return d;
}

void proctor_desk_free(struct proctor_desk *d)
{
    if (!d)
        return;
    control_close(d->control);
    free(d->p.row);
    free(d->home);
    free(d->session);
    free(d);
}
