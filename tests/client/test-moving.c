/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting under a room: orders are carried out once, and it goes on at another machine. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "client/store/sitting-store.h"
#include "exam-packages/journal-order.h"
#include "exam-packages/journal-rows.h"
#include "tests/client/exam.h"

struct room {
    struct desk desk; /* the first machine */
    struct link_terms terms;
    struct minisign_secret machine, spare; /* keys of the room's and of the second machine */
    struct certificate_chain chain;
    struct paper *paper;
    struct arena *a;
    struct bytes j_age; /* of epoch 2 */
    struct journal_keys keys;
    char path[160]; /* of the journal at the second machine */
};
static struct err e;

static void certify(struct room *r)
{
    struct certificate *c = certificate_new();
    struct bytes document = {0};
    c->kind = CERTIFICATE_ROOM;
    c->serial = "00000000000000cc";
    c->name = "room301";
    c->site = "S1";
    c->room = "301";
    c->from = "2026-01-01T00:00:00+08:00";
    c->until = "2026-12-31T00:00:00+08:00";
    minisign_secret_public(&r->machine, &c->key);
    assert_done(certificate_write(c, &document, &e), e);
    r->chain.certificate = span_of(arena_copy(r->a, document.p, document.n), document.n);
    r->chain.signature = span_str("checked elsewhere");
    bytes_release(&document);
    certificate_free(c);
}

static int begin(void **state)
{
    struct room *r = calloc(1, sizeof *r);
    struct secret j = {0};
    struct age_recipient to;
    desk_open(&r->desk);
    exam_terms(&r->desk, &r->terms);
    r->a = arena_new();
    r->paper = exam_paper();
    assert_done(minisign_new(&r->machine, &e), e);
    assert_done(minisign_new(&r->spare, &e), e);
    certify(r);
    assert_done(secret_new(&j, 32, &e), e);
    secret_random(&j);
    journal_keys_derive(&j, &r->keys);
    age_identity_recipient(&r->desk.recovery, &to);
    assert_done(age_seal(secret_span(&j), &to, 1, &r->j_age, &e), e);
    secret_free(&j);
    snprintf(r->path, sizeof r->path, "%s/second.journal", r->desk.dir);
    *state = r;
    return 0;
}

static int end(void **state)
{
    struct room *r = *state;
    minisign_secret_free(&r->machine);
    minisign_secret_free(&r->spare);
    bytes_release(&r->j_age);
    paper_free(r->paper);
    arena_free(r->a);
    desk_close(&r->desk);
    free(r);
    return 0;
}

static struct span packed(struct room *r, const struct journal_order *o)
{
    struct bytes out = {0};
    assert_done(journal_order_sign(o, &r->machine, &r->chain, &out, &e), e);
    struct span s = span_of(arena_copy(r->a, out.p, out.n), out.n);
    bytes_release(&out);
    return s;
}

static struct journal_order order_of(enum journal_kind kind, int64_t value)
{
    return (struct journal_order){.kind = kind,
                                  .session = "S1",
                                  .ticket = "T001",
                                  .serial = "000102030405060708090a0b0c0d0e0f",
                                  .value = value,
                                  .wall_ms = 1800000000000,
                                  .reason = "smoke"};
}

/* The agent's own look at the journal of a machine. */
static struct sitting_store *looks(struct room *r, const char *path, struct session *session)
{
    struct sitting_store *s = NULL;
    assert_done(sitting_store_open(&s, path, NULL, NULL, &e), e);
    assert_done(sitting_store_unseal(s, &r->desk.recovery, &e), e);
    session_init(session, r->paper, paper_form(r->paper, "A"), 0);
    assert_done(sitting_store_read(s, session, NULL, &e), e);
    return s;
}

/* Sixty seconds at the first machine: an answer, and a mark. */
static void sits(struct room *r)
{
    struct sitting *s = NULL;
    enum session_notice n;
    struct response_set set = exam_choice(r->a, "C");
    struct clock_reading now = exam_clock(0);
    assert_done(sitting_open(&s, &r->terms, NULL, &now, &e), e);
    assert_done(sitting_start(s, &now, &e), e);
    for (int64_t ms = 1000; ms <= 60000; ms += 1000) {
        now = exam_clock(ms);
        assert_done(sitting_clock(s, &now, &n, &e), e);
    }
    assert_done(sitting_answer(s, 2, &set, &now, &e), e);
    assert_done(sitting_flag(s, 1, true, &now, &e), e);
    sitting_close(s);
}

static void an_order_is_carried_out_once(void **state)
{
    struct room *r = *state;
    struct session session;
    struct journal_order o = order_of(JOURNAL_EXTRA_TIME, 300000);
    struct clock_reading now = exam_clock(61000);
    sits(r);
    struct sitting_store *s = looks(r, r->desk.path, &session);
    const struct sitting_store_act act = {.order = packed(r, &o)};
    assert_done(sitting_store_put_act(s, &session, &act, &r->desk.station, &now, &e), e);
    assert_int_equal(session.granted_ms, 300000);
    assert_true(sitting_store_has_serial(s, o.serial));
    assert_int_equal(sitting_store_put_act(s, &session, &act, &r->desk.station, &now, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_REPEATED);
    sitting_store_close(s);
    session_release(&session);
    s = looks(r, r->desk.path, &session); /* the agent was started anew */
    assert_int_equal(sitting_store_put_act(s, &session, &act, &r->desk.station, &now, &e), -ERR_NO);
    assert_int_equal(e.code, JOURNAL_REPEATED);
    assert_int_equal(session.granted_ms, 300000);
    sitting_store_close(s);
    session_release(&session);
}

static void an_order_for_another_candidate_is_not_carried_out(void **state)
{
    struct room *r = *state;
    struct session session;
    struct journal_order o = order_of(JOURNAL_PAUSE, 0);
    struct clock_reading now = exam_clock(61000);
    o.ticket = "T002";
    sits(r);
    struct sitting_store *s = looks(r, r->desk.path, &session);
    const struct sitting_store_act act = {.order = packed(r, &o)};
    assert_refused(sitting_store_put_act(s, &session, &act, &r->desk.station, &now, &e), ERR_NO,
                   "something else", e);
    assert_int_equal(session.state, SITTING_ANSWERING);
    sitting_store_close(s);
    session_release(&session);
}

static int copy_row(void *context, const struct journal_stored *row, struct err *e2)
{
    int64_t seq;
    return journal_take(context, row, 1, &seq, e2);
}

/* The room's rows of the first machine, at the second. */
static void takes_rows(struct room *r, int64_t up_to)
{
    struct journal *from = NULL, *to = NULL;
    struct journal_clock tick;
    assert_done(journal_open(&from, r->desk.path, NULL, NULL, &e), e);
    assert_done(journal_create(r->path, journal_epoch(from, 0), NULL, &e), e);
    assert_done(journal_open(&to, r->path, NULL, NULL, &e), e);
    assert_done(journal_unseal(to, &r->desk.recovery, 1, &e), e);
    assert_done(journal_stored_after(from, 1, 0, (size_t)up_to, copy_row, to, &e), e);
    if (journal_last_tick(from, &tick))
        assert_done(journal_take_tick(to, &tick, &e), e);
    journal_close(from);
    journal_close(to);
}

/* What the room orders: to the second machine, after the last event that it has. */
static struct journal_epoch second_epoch(struct room *r, const struct sitting_store *s,
                                         struct journal_order *ret)
{
    struct minisign_public pub;
    struct journal_epoch start = r->desk.start;
    start.j_age = bytes_span(&r->j_age);
    minisign_secret_public(&r->spare, &pub);
    memcpy(start.station + 2, pub.id, sizeof pub.id);
    memcpy(start.station + 10, pub.pk, sizeof pub.pk);
    journal_head(sitting_store_journal((struct sitting_store *)s), &start.fork_epoch, &start.fork_seq,
                 start.fork_hash);
    start.epoch = start.fork_epoch + 1;
    *ret = order_of(JOURNAL_RESEAT, 0);
    memcpy(ret->station, start.station, sizeof ret->station);
    ret->fork_epoch = start.fork_epoch;
    ret->fork_seq = start.fork_seq;
    memcpy(ret->fork_hash, start.fork_hash, sizeof ret->fork_hash);
    return start;
}

static struct sitting *sits_down_at_the_second(struct room *r, int64_t ms)
{
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(ms);
    r->terms.journal = r->path;
    r->terms.paper_fd = exam_paper_fd();
    r->terms.earlier[0] = r->terms.keys;
    r->terms.n_earlier = 1;
    r->terms.keys = r->keys;
    assert_done(sitting_open(&s, &r->terms, NULL, &now, &e), e);
    return s;
}

static void a_sitting_goes_on_at_another_machine_with_everything_there(void **state)
{
    struct room *r = *state;
    struct session session;
    struct journal_order o;
    struct clock_reading later = exam_clock(500000);
    sits(r);
    takes_rows(r, 100);
    struct sitting_store *s = looks(r, r->path, &session);
    struct journal_epoch start = second_epoch(r, s, &o);
    assert_done(sitting_store_begin_epoch(s, &session, &start, &r->desk.recovery, packed(r, &o), &r->spare,
                                          &later, &e),
                e);
    sitting_store_close(s);
    session_release(&session);
    struct sitting *sitting = sits_down_at_the_second(r, 510000);
    const struct session *now = sitting_session(sitting);
    struct response_set set = {0};
    assert_int_equal(now->state, SITTING_ANSWERING);
    assert_int_equal(now->used_ms, 60000);
    assert_int_equal(now->interruptions, 1);
    assert_true(now->item[1].flagged);
    assert_done(sitting_response(sitting, 2, r->a, &set, &e), e);
    assert_string_equal(set.response[0].value[0], "C");
    set = exam_choice(r->a, "D");
    assert_done(sitting_answer(sitting, 3, &set, &later, &e), e);
    sitting_close(sitting);
    s = looks(r, r->path, &session); /* and the agent reads both epochs */
    assert_int_equal(session.item[3].state, ATTEMPT_ANSWERED);
    assert_int_equal(session.item[2].state, ATTEMPT_ANSWERED);
    assert_true(sitting_store_has_serial(s, o.serial));
    sitting_store_close(s);
    session_release(&session);
}

static void what_the_room_had_not_got_is_not_there_and_does_not_count(void **state)
{
    struct room *r = *state;
    struct session session;
    struct journal_order o;
    struct clock_reading later = exam_clock(500000);
    sits(r);
    takes_rows(r, 1);
    struct sitting_store *s = looks(r, r->path, &session);
    struct journal_epoch start = second_epoch(r, s, &o);
    assert_done(sitting_store_begin_epoch(s, &session, &start, &r->desk.recovery, packed(r, &o), &r->spare,
                                          &later, &e),
                e);
    sitting_store_close(s);
    session_release(&session);
    struct sitting *sitting = sits_down_at_the_second(r, 510000);
    assert_int_equal(sitting_session(sitting)->item[2].state, ATTEMPT_NOT_SEEN);
    sitting_close(sitting);
}

static void a_machine_that_was_not_ordered_begins_nothing(void **state)
{
    struct room *r = *state;
    struct session session;
    struct journal_order o;
    struct clock_reading later = exam_clock(500000);
    sits(r);
    takes_rows(r, 100);
    struct sitting_store *s = looks(r, r->path, &session);
    struct journal_epoch start = second_epoch(r, s, &o);
    o.station[12] ^= 1;
    assert_refused(sitting_store_begin_epoch(s, &session, &start, &r->desk.recovery, packed(r, &o), &r->spare,
                                             &later, &e),
                   ERR_NO, "something else", e);
    assert_int_equal(journal_epochs(sitting_store_journal(s)), 1);
    sitting_store_close(s);
    session_release(&session);
}

#define RULE(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(an_order_is_carried_out_once),
        RULE(an_order_for_another_candidate_is_not_carried_out),
        RULE(a_sitting_goes_on_at_another_machine_with_everything_there),
        RULE(what_the_room_had_not_got_is_not_there_and_does_not_count),
        RULE(a_machine_that_was_not_ordered_begins_nothing),
    };
    return cmocka_run_group_tests_name("moving", tests, NULL, NULL);
}
