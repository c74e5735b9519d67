/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/mem.h"
#include "client/screens/frame.h"
#include "client/screens/seat-internal.h"
#include "client/screens/view.h"

enum { ROUNDS = 8, RETRY_MS = 1000 };

void seat_send(struct seat *s, const struct event *e)
{
    model_update(&s->m, e, &s->queue);
}

void seat_say(struct seat *s, enum event_kind kind, const char *text)
{
    seat_send(s, &(struct event){.kind = kind, .text = text});
}

void seat_refuse(struct seat *s, const struct err *e)
{
    char text[sizeof *e];
    seat_say(s, EVENT_REFUSED, say_refusal(text, sizeof text, e));
}

static void seat_rejoin(struct seat *s)
{
    char code[MODEL_CODE];
    seat_reconnect(s, model_code(&s->m, code));
}

static void leave(struct seat *s)
{
    s->done = true;
    if (s->memory)
        s->memory->ticket[0] = '\0';
}

static void perform_one(struct seat *s, const struct effect *x, const struct clock_reading *now)
{
    switch (x->kind) {
    case EFFECT_SIGN_IN:
        seat_sign_in(s, s->m.ticket.text);
        break;
    case EFFECT_REJOIN:
        seat_rejoin(s);
        break;
    case EFFECT_SIGN_OUT:
        seat_sign_out(s);
        break;
    case EFFECT_OPEN:
        seat_open(s, now);
        break;
    case EFFECT_START:
        seat_start(s, now);
        break;
    case EFFECT_VISIT:
        seat_visit(s, x->item, now);
        break;
    case EFFECT_ANSWER:
        seat_answer(s, x->item, now);
        break;
    case EFFECT_FLAG:
        seat_flag(s, x->item, now);
        break;
    case EFFECT_NOTES:
        seat_notes(s, now);
        break;
    case EFFECT_HAND_IN:
        seat_hand_in(s, now);
        break;
    case EFFECT_STAGE:
        seat_stage(s, x->item, now);
        break;
    case EFFECT_OPEN_FILE:
        seat_open_file(s, x->item, x->file);
        break;
    case EFFECT_BEGIN_AGAIN:
        seat_begin_again(s, x->item);
        break;
    case EFFECT_SHELL:
        seat_shell(s, x->item);
        break;
    case EFFECT_RETRY:
        seat_disconnect(s);
        if (seat_connect(s))
            seat_say(s, EVENT_AGENT, "");
        break;
    case EFFECT_LEAVE:
        leave(s);
        break;
    }
}

void seat_perform(struct seat *s, const struct clock_reading *now)
{
    for (int round = 0; round < ROUNDS && s->queue.n > 0; round++) {
        struct effects todo = s->queue;
        s->queue.n = 0;
        for (int i = 0; i < todo.n; i++)
            perform_one(s, &todo.effect[i], now);
    }
}

/* ---- the app ---- */

static void stir(struct seat *s)
{
    s->ahead = AHEAD_NOT_YET;
    s->made = 0;
    s->drawn = false;
}

static void on_resize(void *self, int width, int height, bool function_keys)
{
    struct seat *s = self;
    stir(s);
    s->m.function_keys = function_keys;
    seat_send(s, &(struct event){.kind = EVENT_RESIZE, .width = width, .height = height});
}

static void on_key(void *self, struct key k)
{
    struct seat *s = self;
    stir(s);
    seat_send(s, &(struct event){.kind = EVENT_KEY, .key = k});
}

static void on_click(void *self, struct target t)
{
    stir(self);
    seat_send(self, &(struct event){.kind = EVENT_CLICK, .target = t});
}

/* More than are kept would be made again and again. */
static bool wants_picture(const struct seat *s)
{
    return pictures_wanted(s->pictures) && s->made < PICTURES_KEPT;
}

static bool on_busy(void *self)
{
    const struct seat *s = self;
    return s->gathering || wants_picture(s);
}

/* One picture that was shown as words. */
static void make_picture(struct seat *s)
{
    if (!wants_picture(s))
        return;
    s->made++;
    const struct item *item = pictures_make(s->pictures);
    const struct question *q = model_question(&s->m);
    if (q && q->item == item)
        seat_say(s, EVENT_PICTURE, "");
}

/* While nothing is typed the items beside this one are laid out once, so that their pictures are decoded when
 * they are wanted. */
static void look_ahead(struct seat *s)
{
    struct model beside = s->m;
    struct paper_layout layout;
    if (s->ahead == AHEAD_DONE || s->m.screen != SCREEN_PAPER || !s->m.work || pictures_wanted(s->pictures))
        return;
    s->ahead++;
    beside.current += s->ahead == AHEAD_NEXT ? 1 : (size_t)-1;
    if (s->ahead < AHEAD_NEXT || s->ahead > AHEAD_PREVIOUS || beside.current >= beside.work->n)
        return;
    beside.focus = 0;
    view_paper_lay_out(&beside, &layout);
    view_paper_release(&layout);
    if (pictures_wanted(s->pictures))
        s->ahead--; /* once more when that one is made */
}

static void look_for_agent(struct seat *s, const struct clock_reading *now)
{
    if (now->mono_ms < s->next_try_ms || (s->greeted && !s->m.not_open))
        return;
    s->next_try_ms = now->mono_ms + RETRY_MS;
    if (s->greeted) {
        seat_knock(s);
        return;
    }
    if (!seat_connect(s))
        return;
    s->greeted = true;
    if (s->sitting)
        seat_reconnect(s, "");
    else if (s->memory && s->memory->ticket[0])
        seat_resume(s, now);
    else
        seat_say(s, EVENT_AGENT, "");
    if (s->wanted_ticket && s->m.screen == SCREEN_SIGN_IN) {
        field_set(&s->m.ticket, s->wanted_ticket);
        free(s->wanted_ticket);
        s->wanted_ticket = NULL;
        seat_send(s, &(struct event){.kind = EVENT_KEY, .key = key_of(K_ENTER)});
    }
}

static void on_time(void *self, const struct clock_reading *now)
{
    struct seat *s = self;
    s->drawn = false;
    look_for_agent(s, now);
    seat_hear(s, now);
    seat_files_time(s, now);
    seat_pass_time(s, now);
    make_picture(s);
    look_ahead(s);
    s->last_ms = now->mono_ms;
}

static void on_hangup(void *self)
{
    ((struct seat *)self)->drawn = false;
    seat_say(self, EVENT_HANGUP, "");
}

/* "saving..." stands on the paper, and one answer is all there is to do. */
static bool will_only_save(const struct seat *s)
{
    return s->drawn && s->queue.n == 1 && s->queue.effect[0].kind == EFFECT_ANSWER &&
           s->m.save == SAVE_RUNNING && view_is_paper(&s->m);
}

static void on_perform(void *self, const struct clock_reading *now)
{
    struct seat *s = self;
    bool only_save = will_only_save(s), idle = s->queue.n == 0;
    seat_perform(s, now);
    if (!idle) {
        s->only_saved = only_save && s->m.save == SAVE_DONE && view_is_paper(&s->m) && s->queue.n == 0;
        s->drawn = s->only_saved;
    }
    if (s->memory) {
        s->memory->said = s->m.said;
        s->memory->colours = s->m.colours;
        s->memory->any = true;
    }
}

/* Once an answer is saved its line alone is drawn: that moment is what people wait for. */
static void on_draw(void *self, struct grid *g)
{
    struct seat *s = self;
    if (s->drawn && s->only_saved)
        view_paper_saved(&s->m, g);
    else if (!s->drawn)
        view_draw(&s->m, g);
    s->drawn = true;
    s->only_saved = false;
}

static int on_fd(void *self)
{
    struct seat *s = self;
    return s->link ? link_fd(s->link) : -1;
}

static bool on_done(void *self)
{
    return ((struct seat *)self)->done;
}

struct app seat_app(struct seat *s)
{
    return (struct app){.self = s,
                        .resize = on_resize,
                        .key = on_key,
                        .click = on_click,
                        .time = on_time,
                        .hangup = on_hangup,
                        .perform = on_perform,
                        .draw = on_draw,
                        .fd = on_fd,
                        .done = on_done,
                        .busy = on_busy};
}

struct seat *seat_new(const struct seat_options *o)
{
    struct seat *s = mem_alloc(sizeof *s);
    struct err e = {0};
    model_init(&s->m, FRAME_MIN_WIDTH, FRAME_MIN_HEIGHT);
    s->m.stage = o->stage;
    s->m.on_stage = o->on_stage;
    s->home = mem_strdup(o->home);
    s->wanted_ticket = o->ticket ? mem_strdup(o->ticket) : NULL;
    s->work_dir = o->work ? mem_strdup(o->work) : path_join(o->home, "work");
    s->open_with = o->open_with && *o->open_with ? mem_strdup(o->open_with) : NULL;
    s->shell = o->shell && *o->shell ? mem_strdup(o->shell) : NULL;
    s->memory = o->memory;
    s->m.colours = o->memory && o->memory->any ? o->memory->colours : o->colours;
    s->arena = arena_new();
    if (o->fd >= 0 && link_adopt(&s->link, o->fd, &e) < 0)
        s->link = NULL;
    return s;
}

void seat_free(struct seat *s)
{
    if (!s)
        return;
    seat_drop(s);
    arena_free(s->arena);
    free(s->home);
    free(s->wanted_ticket);
    free(s->work_dir);
    free(s->open_with);
    free(s->shell);
    free(s);
}
