/* SPDX-License-Identifier: Apache-2.0 */
/* Introduce, hello, news, and again from the beginning where that fails. */
#include "client/agent/uplink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "client/agent/line.h"
#include "client/agent/uplink-internal.h"

enum { ASK_MS = 5000, LATE_MS = 2000, LOOK_MS = 5000, ROWS_MS = 20000, NEWS_PAUSE_MS = 300 };

int64_t uplink_now(const struct uplink *u)
{
    return u->room->now.mono_ms;
}

struct uplink_seat *uplink_seat(struct seat *seat)
{
    if (!seat->attached) {
        struct uplink_seat *s = mem_alloc(sizeof *s);
        s->sent_seq = -1;
        seat->attached = s;
    }
    return seat->attached;
}

const struct journal *uplink_journal(const struct seat *seat)
{
    return seat->store ? sitting_store_journal(seat->store) : NULL;
}

/* ---- requests under way ---- */

bool uplink_is_under_way(const struct uplink *u, enum uplink_call_kind kind)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == kind)
            return true;
    return false;
}

static struct uplink_call *free_call(struct uplink *u)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == CALL_NONE)
            return &u->call[i];
    return NULL;
}

bool uplink_call(struct uplink *u, enum uplink_call_kind kind, const char *path, struct span body,
                 int64_t wait_ms, struct seat *seat)
{
    struct uplink_call *c = free_call(u);
    if (!c)
        return false;
    char *url = mem_printf("%s%s", u->service[u->at], path);
    *c = (struct uplink_call){
        .kind = kind, .id = ++u->next_id, .until_ms = uplink_now(u) + wait_ms + LATE_MS, .seat = seat};
    const struct carry_request r = {.id = c->id,
                                    .url = url,
                                    .pin = kind == CALL_INTRODUCTION ? "" : u->pin,
                                    .post = kind != CALL_INTRODUCTION,
                                    .wait_ms = wait_ms,
                                    .body = body};
    u->courier.send(u->courier.self, &r);
    free(url);
    return true;
}

static void call_ends(struct uplink *u, struct uplink_call *c)
{
    const struct uplink_call ended = *c;
    *c = (struct uplink_call){0};
    if (ended.kind == CALL_ROWS)
        uplink_rows_lost(u);
    if (ended.kind == CALL_CLAIM)
        uplink_claim_lost(u, ended.seat);
}

void uplink_cancel(struct uplink *u, enum uplink_call_kind kind)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind == kind) {
            u->courier.cancel(u->courier.self, u->call[i].id);
            call_ends(u, &u->call[i]);
        }
}

/* ---- failing ---- */

static void set_reachable(struct uplink *u, bool reachable)
{
    if (u->reachable == reachable)
        return;
    u->reachable = reachable;
    room_note(u->room, reachable ? "room-reached" : "room-lost", NULL, "%s", reachable ? "" : u->lost);
    uplink_tell_reachable(u);
}

void uplink_fail(struct uplink *u, const char *why)
{
    snprintf(u->lost, sizeof u->lost, "%s", why);
    u->phase = UPLINK_INTRODUCE;
    u->at = (u->at + 1) % u->n_services;
    u->next_ms = uplink_now(u) + u->pause_ms;
    u->pause_ms = u->pause_ms * 2 < UPLINK_LAST_PAUSE_MS ? u->pause_ms * 2 : UPLINK_LAST_PAUSE_MS;
    set_reachable(u, false);
    for (enum uplink_call_kind kind = CALL_INTRODUCTION; kind <= CALL_CLAIM; kind++)
        uplink_cancel(u, kind);
}

void uplink_lost(struct uplink *u, const char *why)
{
    uplink_fail(u, why);
}

void uplink_set_trouble(struct uplink *u, const struct err *e)
{
    if (e)
        err_text(e, u->trouble, sizeof u->trouble);
    else
        u->trouble[0] = '\0';
}

static void fail_with(struct uplink *u, const struct err *e)
{
    char text[300];
    uplink_fail(u, err_text(e, text, sizeof text));
}

/* ---- introduction and hello ---- */

static void take_introduction(struct uplink *u, struct span body)
{
    const struct station *s = u->room->station;
    struct arena *a = arena_new();
    struct introduction who = {0};
    struct err e = {0};
    int r = introduction_check(&who, NULL, a, body, u->room->trust, s->site, s->room, &e);
    if (r == 0 && !who.of_room)
        r = err_set(&e, ERR_NO, who.name, _("this is a station, not the room's machine"));
    if (r < 0) {
        fail_with(u, &e);
    } else {
        tls_pin(who.tls, u->pin);
        u->phase = UPLINK_HELLO;
        u->next_ms = uplink_now(u);
    }
    arena_free(a);
}

/* The session that the room has open must be one whose package is here, and the same. */
static int join_session(struct uplink *u, const struct api_hello *h, struct err *e)
{
    int r = h->session[0] ? room_choose(u->room, h->session, e)
                          : err_set(e, ERR_NO, NULL, _("the room service has no session open"));
    if (r == 0 && memcmp(package_hash(u->room->package), h->package, sizeof h->package) != 0) {
        err_set(e, ERR_NO, h->session,
                _("the package on this station is not the one that the room has open"));
        r = err_hint(e, _("fetch it with kaochang-client pull"));
    }
    return r;
}

static void take_hello(struct uplink *u, struct span body)
{
    struct arena *a = arena_new();
    struct api_hello h;
    struct err e = {0};
    if (api_get_hello(body, a, &h, &e) < 0) {
        fail_with(u, &e);
    } else {
        u->has_session = join_session(u, &h, &e) == 0;
        uplink_set_trouble(u, u->has_session ? NULL : &e);
        if (u->has_session)
            uplink_load(u);
        u->admitted = h.admitted;
        u->phase = UPLINK_NEWS;
        u->told = false;
        u->next_ms = uplink_now(u);
        u->pause_ms = UPLINK_FIRST_PAUSE_MS;
        uplink_rows_anew(u);
        set_reachable(u, true);
    }
    arena_free(a);
}

static void take_refusal(struct uplink *u, const struct carry_reply *reply)
{
    struct arena *a = arena_new();
    struct err said = {0}, e = {0};
    if (message_get_refused(reply->body, a, &said, &e) < 0)
        said = e;
    fail_with(u, &said);
    arena_free(a);
}

static void take_bad(struct uplink *u, const struct carry_reply *reply)
{
    char text[300];
    if (reply->status == 409) {
        take_refusal(u, reply);
        return;
    }
    if (reply->status)
        snprintf(text, sizeof text, _("the room service answers with %lld"), (long long)reply->status);
    else
        snprintf(text, sizeof text, "%s", reply->error);
    uplink_fail(u, text);
}

/* ---- what comes ---- */

void uplink_take(struct uplink *u, const struct carry_reply *reply)
{
    size_t i = 0;
    while (i < CARRY_AT_ONCE && (u->call[i].kind == CALL_NONE || u->call[i].id != reply->id))
        i++;
    if (i == CARRY_AT_ONCE)
        return;
    const struct uplink_call c = u->call[i];
    u->call[i] = (struct uplink_call){0};
    if (c.kind == CALL_CLAIM)
        uplink_take_claim(u, c.seat, reply);
    else if (c.kind == CALL_ROWS)
        uplink_take_kept(u, reply);
    else if (reply->status != 200)
        take_bad(u, reply);
    else if (c.kind == CALL_INTRODUCTION)
        take_introduction(u, reply->body);
    else if (c.kind == CALL_HELLO)
        take_hello(u, reply->body);
    else
        uplink_take_news(u, reply->body);
}

static void end_late_calls(struct uplink *u)
{
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind != CALL_NONE && u->call[i].until_ms <= uplink_now(u)) {
            uplink_fail(u, _("the room service does not answer in time"));
            return;
        }
}

/* ---- what is due ---- */

static void ask_for_news(struct uplink *u)
{
    struct arena *a = arena_new();
    struct bytes body = {0};
    struct api_state state;
    int64_t wait_ms = u->told && !u->closing ? API_WAIT_MS : 0;
    uplink_state(u, wait_ms, a, &state);
    api_put_state(&state, &body);
    if (uplink_call(u, CALL_NEWS, "/1/news", bytes_span(&body), wait_ms + ASK_MS, NULL)) {
        u->polled_ms = uplink_now(u);
        u->says_closed = state.state == ROOM_CLOSED;
    }
    bytes_release(&body);
    arena_free(a);
}

static void go_on(struct uplink *u)
{
    static const struct span nothing = {0};
    if (u->phase == UPLINK_NEWS && uplink_is_under_way(u, CALL_NEWS) && u->told &&
        uplink_now(u) - u->polled_ms >= NEWS_PAUSE_MS && uplink_has_news(u)) {
        uplink_cancel(u, CALL_NEWS);
        u->next_ms = uplink_now(u);
    }
    if (uplink_now(u) < u->next_ms)
        return;
    if (u->phase == UPLINK_INTRODUCE && !uplink_is_under_way(u, CALL_INTRODUCTION))
        uplink_call(u, CALL_INTRODUCTION, "/1/introduction", nothing, ASK_MS, NULL);
    else if (u->phase == UPLINK_HELLO && !uplink_is_under_way(u, CALL_HELLO))
        uplink_call(u, CALL_HELLO, "/1/hello", bytes_span(&u->introduction), ASK_MS, NULL);
    else if (u->phase == UPLINK_NEWS && !uplink_is_under_way(u, CALL_NEWS))
        ask_for_news(u);
}

void uplink_turn(struct uplink *u)
{
    if (uplink_now(u) - u->looked_ms >= LOOK_MS) {
        u->looked_ms = uplink_now(u);
        uplink_look(u);
    }
    end_late_calls(u);
    uplink_try_orders(u);
    go_on(u);
    if (u->phase == UPLINK_NEWS && u->admitted && u->has_session && !uplink_is_under_way(u, CALL_ROWS))
        uplink_send_rows(u);
    uplink_close(u);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return b < a ? (b < 0 ? 0 : b) : a;
}

int64_t uplink_wait_ms(const struct uplink *u)
{
    int64_t now = uplink_now(u), wait = LOOK_MS;
    bool waits = uplink_is_under_way(u, CALL_INTRODUCTION) || uplink_is_under_way(u, CALL_HELLO) ||
                 uplink_is_under_way(u, CALL_NEWS);
    if (!waits)
        wait = sooner(wait, u->next_ms - now);
    for (size_t i = 0; i < CARRY_AT_ONCE; i++)
        if (u->call[i].kind != CALL_NONE)
            wait = sooner(wait, u->call[i].until_ms - now);
    if (u->phase == UPLINK_NEWS && u->admitted && !uplink_is_under_way(u, CALL_ROWS))
        wait = sooner(wait, uplink_rows_wait_ms(u));
    return u->closing ? sooner(wait, 200) : wait;
}

bool uplink_reaches(const struct uplink *u)
{
    return u->reachable;
}

const char *uplink_trouble(const struct uplink *u)
{
    return u->trouble[0] ? u->trouble : u->reachable ? "" : u->lost;
}

/* ---- beginning and end ---- */

static void stored(void *self, struct seat *seat)
{
    (void)self;
    uplink_seat(seat)->dirty = true;
}

/* Opened on the spot: what is here may have been written while nobody copied it. */
static void unlocked(void *self)
{
    struct uplink *u = self;
    uplink_load(u);
    uplink_rows_anew(u);
}

/* The document that names the TLS key, and the recipient of this run. */
static int introduce(struct uplink *u, struct err *e)
{
    const struct room *room = u->room;
    struct introduction who = {.name = room->station->name,
                               .site = room->station->site,
                               .room = room->station->room,
                               .has_recipient = true};
    struct bytes certificate = {0}, key = {0};
    int r = age_identity_new(&u->own, e);
    if (r == 0)
        r = introduction_tls_seed(&room->key, &u->tls, who.tls, e);
    if (r == 0)
        r = tls_certificate_make(who.name, &u->tls, &certificate, &key, e);
    if (r == 0) {
        age_identity_recipient(&u->own, &who.recipient);
        u->courier.who(u->courier.self, &(struct carry_who){bytes_span(&certificate), bytes_span(&key)});
        r = introduction_make(&who, &room->key, &room->chain, &u->introduction, e);
    }
    bytes_release(&certificate);
    bytes_release(&key);
    return r;
}

void uplink_services(struct uplink *u, const char *const *service, size_t n)
{
    u->n_services = n < UPLINK_SERVICES ? n : UPLINK_SERVICES;
    for (size_t i = 0; i < u->n_services; i++)
        u->service[i] = arena_strdup(u->arena, service[i]);
    u->at = 0;
    u->pause_ms = UPLINK_FIRST_PAUSE_MS;
    if (!u->reachable)
        u->next_ms = uplink_now(u);
}

int uplink_new(struct uplink **ret, struct room *room, const struct uplink_options *o,
               const struct uplink_courier *courier, struct err *e)
{
    if (o->n_services == 0 || o->n_services > UPLINK_SERVICES)
        return err_set(e, ERR_USAGE, NULL, _("a station has 1 to %d addresses of its room service"),
                       UPLINK_SERVICES);
    struct uplink *u = mem_alloc(sizeof *u);
    *u = (struct uplink){.room = room,
                         .courier = *courier,
                         .power = o->power ? o->power : "/sys/class/power_supply",
                         .arena = arena_new(),
                         .pause_ms = UPLINK_FIRST_PAUSE_MS,
                         .looked_ms = -LOOK_MS,
                         .battery = -1};
    uplink_services(u, o->service, o->n_services);
    snprintf(u->lost, sizeof u->lost, "%s", _("the room service has not answered yet"));
    int r = introduce(u, e);
    if (r < 0) {
        uplink_free(u);
        return r;
    }
    uplink_load(u);
    room->hooks = (struct room_hooks){.self = u,
                                      .request = uplink_request,
                                      .left = uplink_left,
                                      .stored = stored,
                                      .unlocked = unlocked,
                                      .status = uplink_status};
    *ret = u;
    return 0;
}

static void free_seat(struct seat *seat)
{
    struct uplink_seat *s = seat->attached;
    for (struct uplink_order *o = s ? s->order : NULL, *next; o; o = next) {
        next = o->next;
        bytes_release(&o->packed);
        free(o);
    }
    free(s);
    seat->attached = NULL;
}

void uplink_free(struct uplink *u)
{
    if (!u)
        return;
    if (u->room->hooks.self == u)
        u->room->hooks = (struct room_hooks){0};
    for (size_t i = 0; i < u->room->n; i++)
        free_seat(&u->room->seat[i]);
    age_identity_free(&u->own);
    secret_free(&u->tls);
    bytes_release(&u->introduction);
    arena_free(u->arena);
    free(u);
}
