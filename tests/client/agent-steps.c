/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/client/agent-steps.h"

#include <poll.h>

int begin_all(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    hall_open(&f->hall);
    f->a = arena_new();
    *state = f;
    return 0;
}

int end_all(void **state)
{
    struct fixture *f = *state;
    hall_close(&f->hall);
    arena_free(f->a);
    free(f);
    return 0;
}

int begin(void **state)
{
    struct fixture *f = *state;
    hall_reset(&f->hall);
    return 0;
}

int unlock_with(struct fixture *f, const char *code, struct err *e)
{
    return agent_start(&(struct agent_start){.home = f->hall.home, .code = code}, &f->hall.agent, e);
}

struct link *connects(struct fixture *f)
{
    struct err e;
    struct link *l = NULL;
    assert_done(link_open(&l, f->hall.home, &e), e);
    return l;
}

int signs_in(struct fixture *f, struct link *l, const char *ticket, struct err *e)
{
    struct link_candidate c;
    return link_sign_in(l, ticket, "", f->a, &c, e);
}

struct sitting *sits(struct fixture *f, struct link *l, const char *ticket)
{
    struct err e;
    struct link_terms terms;
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(0);
    assert_done(signs_in(f, l, ticket, &e), e);
    assert_done(link_start(l, f->a, &terms, &e), e);
    assert_done(sitting_open(&s, &terms, NULL, &now, &e), e);
    journal_keys_wipe(&terms.keys);
    if (sitting_session(s)->state == SITTING_NEW)
        assert_done(sitting_start(s, &now, &e), e);
    return s;
}

void answers(struct fixture *f, struct sitting *s, size_t item, const char *choice)
{
    struct err e;
    struct response_set set = exam_choice(f->a, choice);
    struct clock_reading now = exam_clock(1000);
    assert_done(sitting_answer(s, item, &set, &now, &e), e);
}

struct control *proctor(struct fixture *f)
{
    struct err e;
    struct control *c = NULL;
    assert_done(control_open(&c, f->hall.home, f->hall.code, &e), e);
    return c;
}

struct control_candidate status_of(struct fixture *f, struct control *c, const char *ticket)
{
    struct err e;
    struct control_room room;
    assert_done(control_status(c, f->a, &room, &e), e);
    for (size_t i = 0; i < room.n; i++)
        if (strcmp(room.candidate[i].ticket, ticket) == 0)
            return room.candidate[i];
    fail_msg("%s is not in the room", ticket);
    return (struct control_candidate){0};
}

void unlocks(struct fixture *f, struct agent_start s)
{
    struct err e;
    s.home = f->hall.home;
    s.code = s.waiting ? NULL : f->hall.code;
    assert_done(agent_start(&s, &f->hall.agent, &e), e);
}

struct control_room room_of(struct fixture *f, struct control *c)
{
    struct err e;
    struct control_room room;
    assert_done(control_status(c, f->a, &room, &e), e);
    return room;
}

void hears(struct link *l, enum link_news news)
{
    enum link_news got = LINK_NOTHING;
    for (int i = 0; i < 500 && (got = link_poll(l)) != news; i++)
        poll(&(struct pollfd){.fd = link_fd(l), .events = POLLIN}, 1, 10);
    assert_int_equal(got, news);
}

size_t noted(struct fixture *f, struct control *c, const char *kind, const char *ticket,
             const char **ret_text)
{
    struct err e;
    struct control_minute *m = NULL;
    size_t n = 0, found = 0;
    assert_done(control_minutes(c, 0, f->a, &m, &n, &e), e);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(m[i].number, i + 1);
        if (strcmp(m[i].kind, kind) != 0 || (*ticket && strcmp(m[i].ticket, ticket) != 0))
            continue;
        found++;
        if (ret_text)
            *ret_text = m[i].text;
    }
    return found;
}
