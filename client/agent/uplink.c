/* SPDX-License-Identifier: Apache-2.0 */
/* Introduce, hello, news, and again from the beginning where that fails. */
#include "client/agent/uplink.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/agent/message.h"
#include "client/agent/uplink-internal.h"

enum { ASK_MS = 5000, NEWS_PAUSE_MS = 300 };

int64_t uplink_now(const struct uplink *u)
{
    return u->room->now.mono_ms;
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

void uplink_lost(struct uplink *u, const char *why)
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
    uplink_lost(u, err_text(e, text, sizeof text));
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
    uplink_lost(u, text);
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
            uplink_lost(u, _("the room service does not answer in time"));
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
    if (uplink_now(u) - u->looked_ms >= UPLINK_LOOK_MS) {
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
    int64_t now = uplink_now(u), wait = UPLINK_LOOK_MS;
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
