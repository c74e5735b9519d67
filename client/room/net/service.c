/* SPDX-License-Identifier: Apache-2.0 */
#include "client/room/net/service.h"

#include <poll.h>
#include <string.h>

#include "base/i18n.h"
#include "client/agent/room.h"
#include "client/agent/serve.h"
#include "client/room/hall.h"
#include "client/room/net/https.h"

enum { FAREWELL_MS = 15000 };

struct service {
    const struct service_start *start;
    struct room *room;
    struct hall *hall;
    struct https *https;
};

static int answer(void *self, const struct https_request *q, struct bytes *out, int64_t *ret_wait_ms)
{
    const struct service *s = self;
    const struct hall_call call = {.method = q->method,
                                   .path = q->path,
                                   .key = q->key,
                                   .body = q->body,
                                   .again = q->again,
                                   .last = q->last};
    return hall_answer(s->hall, &call, out, ret_wait_ms);
}

static bool ready(void *self, const uint8_t key[TLS_PUBLIC_KEY])
{
    return hall_is_ready(((struct service *)self)->hall, key);
}

static size_t most(void *self, const uint8_t *key)
{
    return hall_most(((struct service *)self)->hall, key);
}

static int64_t wait_ms(void *self)
{
    const struct service *s = self;
    struct clock_reading now;
    clock_read(&now);
    return https_wait_ms(s->https, now.mono_ms);
}

static void turn(void *self, const struct clock_reading *now)
{
    https_turn(((struct service *)self)->https, now->mono_ms);
}

/* Stations take orders of no other. */
static int check_kind(const struct room *room, struct err *e)
{
    struct certificate *c = NULL;
    int r = certificate_read(&c, room->station->name, room->chain.certificate, e);
    if (r == 0 && c->kind != CERTIFICATE_ROOM) {
        err_set(e, ERR_NO, room->station->name, _("this machine is certified as a station, not for a room"));
        r = err_hint(e, _("have it certified with \"kaochang keys certify --for-room\""));
    }
    certificate_free(c);
    return r;
}

static int begin(void *context, struct room *room, struct serve_extra *ret, struct err *e)
{
    struct service *s = context;
    const struct hall_options options = {.admit = s->start->admit};
    const struct https_answers answers = {.self = s, .answer = answer, .ready = ready, .most = most};
    s->room = room;
    int r = check_kind(room, e);
    if (r == 0)
        r = room_unlock_code(room, s->start->code, e);
    if (r == 0)
        r = hall_begin(&s->hall, room, &options, e);
    if (r == 0)
        r = https_open(&s->https, s->start->address, hall_tls_seed(s->hall), &answers, e);
    if (r == 0)
        *ret = (struct serve_extra){.self = s, .fd = https_fd(s->https), .wait_ms = wait_ms, .turn = turn};
    return r;
}

/* The room is closed: the stations that ask are told. */
static void farewell(struct service *s)
{
    struct clock_reading now;
    clock_read(&now);
    for (const int64_t until = now.mono_ms + FAREWELL_MS; now.mono_ms < until && hall_is_awaited(s->hall);) {
        struct pollfd p = {.fd = https_fd(s->https), .events = POLLIN};
        int64_t wait = https_wait_ms(s->https, now.mono_ms), left = until - now.mono_ms;
        poll(&p, 1, (int)(wait >= 0 && wait < left ? wait : left));
        clock_read(&now);
        room_clock(s->room, &now);
        https_turn(s->https, now.mono_ms);
    }
}

static void end(void *context)
{
    struct service *s = context;
    if (s->https && s->room->state == ROOM_CLOSED)
        farewell(s);
    https_close(s->https);
    hall_free(s->hall);
    s->https = NULL;
    s->hall = NULL;
}

int service_start(const struct service_start *start, pid_t *ret_pid, struct err *e)
{
    struct service s = {.start = start};
    const struct agent_part part = {.context = &s, .begin = begin, .end = end};
    const struct agent_start agent = {.home = start->home,
                                      .session = start->session,
                                      .role = ROOM_AT_SERVICE,
                                      .waiting = true,
                                      .hold = true,
                                      .part = &part};
    return start->foreground ? agent_run_here(&agent, e) : agent_start(&agent, ret_pid, e);
}
