/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"


#include "client/agent/line.h"
#include "tests/client/room/hall-kit.h"



/* ---- the room's machine ---- */

static void start(struct service *s)
{
    struct err e;
    const struct agent_start how = {
        .home = s->exam.home, .role = ROOM_AT_SERVICE, .waiting = true, .hold = true};
    assert_done(room_new(&s->room, &how, &s->now, &e), e);
    assert_done(room_unlock_code(s->room, s->exam.code, &e), e);
    assert_done(hall_begin(&s->hall, s->room, &s->options, &e), e);
}

static void stop(struct service *s)
{
    hall_free(s->hall);
    room_free(s->room);
    s->hall = NULL;
    s->room = NULL;
}

void service_open(struct service *s)
{
    struct err e;
    *s = (struct service){.options = {.admit = true}};
    room_exam_open(&s->exam);
    assert_done(time_parse(WORLD_START, &s->now.wall_ms, &e), e);
    s->now.mono_ms = HOUR_MS;
    snprintf(s->now.boot_id, sizeof s->now.boot_id, "00000000-0000-0000-0000-000000000001");
    start(s);
}

void service_close(struct service *s)
{
    stop(s);
    room_exam_close(&s->exam);
}

void service_reset(struct service *s, bool admit)
{
    stop(s);
    room_exam_reset(&s->exam);
    s->options.admit = admit;
    start(s);
}

void service_again(struct service *s)
{
    stop(s);
    start(s);
}

void service_pass(struct service *s, int64_t ms)
{
    s->now.wall_ms += ms;
    s->now.mono_ms += ms;
    room_clock(s->room, &s->now);
}

struct seat *service_seat(struct service *s, const char *ticket)
{
    struct err e;
    struct seat *seat = NULL;
    assert_done(room_seat(s->room, ticket, &seat, &e), e);
    return seat;
}

int service_ask(struct service *s, enum message_type type, const char *ticket, int64_t value,
                const char *text, struct err *e)
{
    const struct request q = {.type = type, .ticket = ticket, .text = text, .value = value};
    struct line line = {.proctor = true};
    struct bytes out = {0}, body = {0};
    struct arena *a = arena_new();
    int fd = -1;
    wire_init(&line.wire, -1);
    message_put_request(&q, &body);
    line_handle(s->room, &line, type, span_of(body.p + MESSAGE_HEAD, body.n - MESSAGE_HEAD), &out, &fd);
    *e = (struct err){0};
    if (out.n && out.p[4] == MESSAGE_REFUSED)
        assert_int_equal(
            message_get_refused(span_of(out.p + MESSAGE_HEAD, out.n - MESSAGE_HEAD), a, e, &(struct err){0}),
            0);
    int r = line.waiting ? 1 : -(int)e->kind;
    bytes_release(&line.waiting_body);
    bytes_release(&body);
    bytes_release(&out);
    arena_free(a);
    return r;
}

void service_done(struct service *s, enum message_type type, const char *ticket, int64_t value,
                  const char *text)
{
    struct err e;
    assert_done(service_ask(s, type, ticket, value, text, &e), e);
}

static struct control_room *look(struct service *s)
{
    static struct arena *a; /* of the last look */
    static struct control_room room;
    struct err e;
    arena_free(a);
    a = arena_new();
    assert_done(room_status(s->room, a, &room, &e), e);
    return &room;
}

const struct control_candidate *service_candidate(struct service *s, const char *ticket)
{
    const struct control_room *room = look(s);
    for (size_t i = 0; i < room->n; i++)
        if (strcmp(room->candidate[i].ticket, ticket) == 0)
            return &room->candidate[i];
    fail_msg("no candidate %s", ticket);
    return NULL;
}

const struct control_station *service_station(struct service *s, const char *name)
{
    const struct control_room *room = look(s);
    for (size_t i = 0; i < room->n_stations; i++)
        if (strcmp(room->station[i].name, name) == 0)
            return &room->station[i];
    return NULL;
}

size_t service_noted(struct service *s, const char *kind)
{
    struct err e;
    struct arena *a = arena_new();
    struct minute *m = NULL;
    size_t n = 0;
    assert_done(minutes_find(s->room->minutes, &(struct minutes_query){.kind = kind}, a, &m, &n, &e), e);
    arena_free(a);
    return n;
}
