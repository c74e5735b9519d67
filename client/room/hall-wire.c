/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the stations as bytes (docs/room.md, "The line between"). */
#include <string.h>

#include "base/i18n.h"
#include "client/room/hall-internal.h"

enum {
    OK = 200,
    BAD = 400,
    FORBIDDEN = 403,
    NOT_FOUND = 404,
    REFUSED = 409,
    FAILED = 503,
    NOBODY_BYTES = 65536
};

struct calling {
    struct hall *hall;
    struct hall_station *station; /* NULL: not introduced */
    const struct hall_call *call;
    struct arena *arena;
    struct bytes *out;
    int64_t *wait_ms;
};

static int hello(struct calling *c, struct err *e)
{
    const struct station *own = c->hall->room->station;
    struct introduction who;
    struct minisign_public key;
    struct api_hello answer;
    int r = introduction_check(&who, &key, c->arena, c->call->body, c->hall->room->trust, own->site,
                               own->room, e);
    if (r == 0 && (!c->call->key || memcmp(who.tls, c->call->key, sizeof who.tls) != 0))
        r = err_set(e, ERR_NO, who.name, _("the introduction is for another line"));
    if (r == 0)
        r = hall_hello(c->hall, &who, &key, &answer, e);
    if (r < 0)
        return r;
    api_put_hello(&answer, c->out);
    return OK;
}

static int news(struct calling *c, struct err *e)
{
    struct api_state state;
    struct api_news answer;
    int r = api_get_state(c->call->body, c->arena, &state, e);
    if (r < 0)
        return r;
    bool any = hall_news(c->hall, c->station, &state, c->call->again, c->arena, &answer);
    if (!any && !c->call->last && state.wait_ms > 0) {
        *c->wait_ms = state.wait_ms < API_WAIT_MS ? state.wait_ms : API_WAIT_MS;
        return 0;
    }
    api_put_news(&answer, c->out);
    return OK;
}

static int rows(struct calling *c, struct err *e)
{
    struct api_rows list;
    struct api_kept answer;
    int r = api_get_rows(c->call->body, c->arena, &list, e);
    if (r == 0)
        r = hall_rows(c->hall, c->station, &list, c->arena, &answer, e);
    if (r < 0)
        return r;
    api_put_kept(&answer, c->out);
    return OK;
}

static int claim(struct calling *c, struct err *e)
{
    struct api_claim what;
    struct api_claimed answer;
    int r = api_get_claim(c->call->body, c->arena, &what, e);
    if (r == 0)
        r = hall_claim(c->hall, c->station, &what, c->arena, &answer, e);
    if (r < 0)
        return r;
    api_put_claimed(&answer, c->out);
    return OK;
}

static const struct path {
    const char *method, *path;
    bool anybody; /* before a hello */
    int (*answer)(struct calling *c, struct err *e);
} paths[] = {
    {"POST", "/1/hello", true, hello},
    {"POST", "/1/news", false, news},
    {"POST", "/1/rows", false, rows},
    {"POST", "/1/claim", false, claim},
};

static int refuse(struct calling *c, int result, const struct err *e)
{
    struct bytes message = {0};
    bytes_clear(c->out);
    message_put_refused(e, &message);
    bytes_add(c->out, message.p + MESSAGE_HEAD, message.n - MESSAGE_HEAD);
    bytes_release(&message);
    return result == -ERR_DATA ? BAD : result == -ERR_ENV ? FAILED : REFUSED;
}

static const struct path *find(const struct hall_call *call)
{
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (strcmp(paths[i].method, call->method) == 0 && strcmp(paths[i].path, call->path) == 0)
            return &paths[i];
    return NULL;
}

int hall_answer(struct hall *h, const struct hall_call *call, struct bytes *out, int64_t *ret_wait_ms)
{
    struct calling c = {.hall = h, .call = call, .out = out, .wait_ms = ret_wait_ms};
    struct err e = {0};
    const struct path *path = find(call);
    if (strcmp(call->method, "GET") == 0 && strcmp(call->path, "/1/introduction") == 0) {
        bytes_add(out, h->introduction.p, h->introduction.n);
        return OK;
    }
    if (!path)
        return NOT_FOUND;
    c.station = call->key ? hall_station_of(h, call->key) : NULL;
    if (!c.station && !path->anybody)
        return FORBIDDEN;
    c.arena = arena_new();
    int r = path->answer(&c, &e);
    if (r < 0)
        r = refuse(&c, r, &e);
    arena_free(c.arena);
    return r;
}

size_t hall_most(struct hall *h, const uint8_t *key)
{
    return key && hall_station_of(h, key) ? API_MAX : NOBODY_BYTES;
}

bool hall_is_ready(struct hall *h, const uint8_t key[INTRODUCTION_TLS_KEY])
{
    const struct hall_station *s = hall_station_of(h, key);
    return s && hall_has_news(h, s);
}
