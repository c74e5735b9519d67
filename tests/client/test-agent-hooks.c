/* SPDX-License-Identifier: Apache-2.0 */
/* What a larger room may ask of the agent: requests answered later, news to a seat, other things in its loop.
 */
#include "tests/client/agent-steps.h"

#include "client/agent/line.h"
#include "client/agent/serve.h"

/* Lives in the agent's process. What it does depends on the ticket that signs in: T001 is answered at the
 * next turn, T002 never (the agent goes on by itself), T003 is refused when the answer comes; T004 is not put
 * off. */
struct other {
    struct room *room;
    struct line *waiting;
    int64_t since_ms;
    int stored;
};

enum { LATER_MS = 200, PATIENCE_MS = 600 };

static int request(void *self, struct asking *a, struct err *e)
{
    struct other *o = self;
    const char *ticket = a->request->ticket;
    if (a->request->type != MESSAGE_SIGN_IN || strcmp(ticket, "T004") == 0)
        return LINE_PASS;
    if (a->again == LINE_ANSWERED && strcmp(ticket, "T003") == 0)
        return line_refuse(e, ERR_MOVED, "sits elsewhere");
    if (a->again != LINE_FIRST)
        return LINE_PASS;
    if (strcmp(ticket, "T002") != 0) {
        o->waiting = a->line;
        o->since_ms = a->room->now.mono_ms;
    }
    return line_later(a, PATIENCE_MS);
}

static void left(void *self, struct line *l)
{
    struct other *o = self;
    if (o->waiting == l)
        o->waiting = NULL;
}

static void stored(void *self, struct seat *seat)
{
    struct other *o = self;
    o->stored++;
    seat->kept = (struct link_kept){.epoch = 1, .seq = o->stored, .reachable = true};
    line_tell_kept(seat);
    if (o->stored == 3)
        line_tell_moved(seat);
}

static void add_status(void *self, struct arena *a, struct control_room *ret)
{
    (void)self;
    (void)a;
    ret->reachable = true;
}

static int64_t wait_ms(void *self)
{
    struct other *o = self;
    return o->waiting ? 50 : -1;
}

static void turn(void *self, const struct clock_reading *now)
{
    struct other *o = self;
    if (!o->waiting || now->mono_ms < o->since_ms + LATER_MS)
        return;
    line_go_on(o->waiting);
    o->waiting = NULL;
}

static int begin_other(void *context, struct room *room, struct serve_extra *ret, struct err *e)
{
    struct other *o = context;
    (void)e;
    o->room = room;
    room->hooks = (struct room_hooks){
        .self = o, .request = request, .left = left, .stored = stored, .status = add_status};
    *ret = (struct serve_extra){.self = o, .fd = -1, .wait_ms = wait_ms, .turn = turn};
    return 0;
}

static void end_other(void *context)
{
    (void)context;
}

static void starts(struct fixture *f)
{
    static struct other other;
    const struct agent_part part = {.context = &other, .begin = begin_other, .end = end_other};
    unlocks(f, (struct agent_start){.part = &part});
}

static int64_t mono_ms(void)
{
    struct clock_reading now;
    clock_read(&now);
    return now.mono_ms;
}

static void a_request_may_be_answered_when_somebody_else_has_answered(void **state)
{
    struct fixture *f = *state;
    struct err e;
    starts(f);
    struct link *l = connects(f);
    int64_t before = mono_ms();
    assert_done(signs_in(f, l, "T001", &e), e);
    assert_true(mono_ms() - before >= LATER_MS - 1);
    assert_int_equal(signs_in(f, l, "T003", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_MOVED);
    link_close(l);
}

static void a_request_that_nobody_answers_goes_on_here_and_keeps_nobody_else_waiting(void **state)
{
    struct fixture *f = *state;
    struct err e;
    starts(f);
    struct link *l = connects(f), *other = connects(f);
    struct bytes out = {0};
    const struct request ask = {.type = MESSAGE_SIGN_IN, .ticket = "T002", .text = ""};
    message_put_request(&ask, &out);
    assert_done(wire_send(link_fd(l), bytes_span(&out), -1, &e), e);
    int64_t before = mono_ms();
    assert_done(signs_in(f, other, "T004", &e), e);
    assert_true(mono_ms() - before < PATIENCE_MS / 2);
    assert_done(signs_in(f, l, "T002", &e), e); /* the reply to the first */
    assert_true(mono_ms() - before >= PATIENCE_MS - 1);
    bytes_release(&out);
    link_close(other);
    link_close(l);
}

static void a_line_that_ends_while_it_waits_is_forgotten(void **state)
{
    struct fixture *f = *state;
    struct err e;
    starts(f);
    struct bytes out = {0};
    const struct request ask = {.type = MESSAGE_SIGN_IN, .ticket = "T001", .text = ""};
    message_put_request(&ask, &out);
    for (int i = 0; i < 10; i++) {
        struct link *l = connects(f);
        assert_done(wire_send(link_fd(l), bytes_span(&out), -1, &e), e);
        link_close(l);
    }
    struct link *l = connects(f);
    assert_done(signs_in(f, l, "T001", &e), e);
    bytes_release(&out);
    link_close(l);
}

static void a_seat_hears_what_the_room_has_of_it(void **state)
{
    struct fixture *f = *state;
    struct err e;
    starts(f);
    struct link *l = connects(f);
    struct sitting *s = sits(f, l, "T004");
    link_stored(l);
    hears(l, LINK_KEPT);
    assert_int_equal(link_kept(l).seq, 1);
    assert_true(link_kept(l).reachable);
    struct control *c = proctor(f);
    assert_true(room_of(f, c).reachable);
    assert_done(control_extra_time(c, "T004", 60, "an act is an event too", &e), e);
    hears(l, LINK_CHANGED);
    hears(l, LINK_KEPT);
    link_stored(l);
    hears(l, LINK_MOVED);
    control_close(c);
    sitting_close(s);
    link_close(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_request_may_be_answered_when_somebody_else_has_answered, begin),
        cmocka_unit_test_setup(a_request_that_nobody_answers_goes_on_here_and_keeps_nobody_else_waiting,
                               begin),
        cmocka_unit_test_setup(a_line_that_ends_while_it_waits_is_forgotten, begin),
        cmocka_unit_test_setup(a_seat_hears_what_the_room_has_of_it, begin),
    };
    return cmocka_run_group_tests_name("agent-hooks", tests, begin_all, end_all);
}
