/* SPDX-License-Identifier: Apache-2.0 */
/* The room service without its network: what stations and proctor may expect of it. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "client/agent/message.h"
#include "client/room/copies.h"
#include "exam-packages/journal-order.h"
#include "tests/client/room/hall-kit.h"

static struct service room;

static int set_up(void **state)
{
    (void)state;
    service_open(&room);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    service_close(&room);
    return 0;
}

static int fresh(void **state)
{
    (void)state;
    service_reset(&room, true);
    return 0;
}

static void start_exam(void)
{
    service_done(&room, MESSAGE_START_ROOM, "", 0, "");
}

/* ---- stations ---- */

static void test_unknown(void **state)
{
    (void)state;
    struct peer p;
    peer_open(&p, &room, "a");
    assert_int_equal(peer_ask_news(&p), 403);
    assert_int_equal(peer_claim(&p, "T001", "", false), 403);
    assert_int_equal(hall_most(room.hall, p.tls), 65536);
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(hall_most(room.hall, p.tls), API_MAX);
    peer_close(&p);
}

static void test_same_name(void **state)
{
    (void)state;
    struct peer p, q;
    peer_open(&p, &room, "a");
    peer_open(&q, &room, "a");
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_hello(&q), 409);
    assert_non_null(strstr(q.refused.what, "another station of this name"));
    assert_int_equal(peer_hello(&q), 409);
    assert_int_equal(service_noted(&room, "trouble"), 1);
    peer_close(&p);
    peer_close(&q);
}

static void test_other_line(void **state)
{
    (void)state;
    struct peer p, q;
    peer_open(&p, &room, "a");
    peer_open(&q, &room, "b");
    memcpy(q.tls, p.tls, sizeof q.tls); /* shows its own introduction where another key has been proved */
    struct err e;
    struct introduction who = {.name = "b", .site = "S1", .room = "301", .has_recipient = true};
    struct bytes body = {0}, out = {0};
    uint8_t tls[32];
    struct secret seed = {0};
    assert_done(introduction_tls_seed(&q.key, &seed, tls, &e), e);
    memcpy(who.tls, tls, sizeof tls);
    assert_done(introduction_make(&who, &q.key, &q.chain, &body, &e), e);
    const struct hall_call c = {
        .method = "POST", .path = "/1/hello", .key = p.tls, .body = bytes_span(&body)};
    assert_int_equal(hall_answer(room.hall, &c, &out, &(int64_t){0}), 409);
    secret_free(&seed);
    bytes_release(&body);
    bytes_release(&out);
    peer_close(&p);
    peer_close(&q);
}

static void test_key_to_admitted_only(void **state)
{
    (void)state;
    struct peer p;
    service_reset(&room, false);
    peer_open(&p, &room, "a");
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_false(p.news.admitted);
    assert_int_equal(p.news.n, 0);
    assert_int_equal(service_station(&room, "a")->state, CONTROL_ASKS);
    service_done(&room, MESSAGE_ADMIT, "a", 1, "");
    assert_true(hall_is_ready(room.hall, p.tls));
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 1);
    assert_int_equal(p.news.command[0].kind, API_OPEN);
    /* U comes sealed to the key that it introduced, and to nobody else */
    struct err e;
    struct bytes text = {0};
    struct age_identity u = {0};
    assert_done(age_open(p.news.command[0].data, &p.recipient, 1, &text, &e), e);
    assert_done(age_identity_parse(bytes_span(&text), &u, &e), e);
    assert_true(secret_equal(&u.sk, &room.room->unlock.sk));
    /* and with the list of this room, without its secret */
    assert_null(memmem(p.news.command[0].more.p, p.news.command[0].more.n, "secret", 6));
    assert_null(memmem(p.news.command[0].more.p, p.news.command[0].more.n, "T009", 4));
    assert_non_null(memmem(p.news.command[0].more.p, p.news.command[0].more.n, "T004", 4));
    age_identity_free(&u);
    bytes_release(&text);
    service_again(&room); /* remembered */
    assert_int_equal(service_station(&room, "a")->state, CONTROL_SILENT);
    peer_close(&p);
}

static void test_start(void **state)
{
    (void)state;
    struct peer p, late;
    peer_open(&p, &room, "a");
    peer_enter(&p);
    assert_int_equal(p.state, ROOM_OPEN);
    start_exam();
    assert_true(hall_is_ready(room.hall, p.tls));
    assert_int_equal(peer_ask_news(&p), 200);
    peer_carry_out(&p);
    assert_int_equal(p.state, ROOM_RUNNING);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_false(hall_is_ready(room.hall, p.tls));
    peer_open(&late, &room, "z");
    peer_enter(&late);
    assert_int_equal(late.state, ROOM_RUNNING);
    peer_close(&p);
    peer_close(&late);
}

static void test_silent(void **state)
{
    (void)state;
    struct peer p;
    peer_open(&p, &room, "a");
    peer_enter(&p);
    assert_int_equal(service_station(&room, "a")->state, CONTROL_OPEN);
    assert_int_equal(service_station(&room, "a")->battery, 80);
    service_pass(&room, 40000);
    assert_int_equal(service_station(&room, "a")->state, CONTROL_SILENT);
    assert_int_equal(service_station(&room, "a")->silent_ms, 40000);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(service_station(&room, "a")->silent_ms, 0);
    peer_close(&p);
}

static void test_commands_again(void **state)
{
    (void)state;
    struct peer p;
    peer_open(&p, &room, "a");
    start_exam();
    peer_enter(&p);
    service_done(&room, MESSAGE_TELL, CONTROL_ALL, 0, "five minutes left");
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 1);
    int64_t number = p.news.command[0].number;
    assert_int_equal(peer_ask_news(&p), 200); /* the reply was lost */
    assert_int_equal(p.news.command[0].number, number);
    assert_string_equal(p.news.command[0].text, "five minutes left");
    peer_carry_out(&p);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 0);
    peer_close(&p);
}

/* ---- rows ---- */

static void sit(struct peer *p, const char *name, const char *ticket)
{
    peer_open(p, &room, name);
    start_exam();
    peer_enter(p);
    assert_int_equal(peer_claim(p, ticket, "", false), 200);
    assert_int_equal(p->claimed.verdict, API_BEGIN);
    peer_begin(p, ticket);
    peer_answer(p, "k001", "A");
}

static void test_rows(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(service_candidate(&room, "T001")->kept, CONTROL_HERE);
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_string_equal(p.kept.refused, "");
    assert_int_equal(p.kept.seq, 3);
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_int_equal(c->kept, CONTROL_BOTH);
    assert_int_equal(c->state, SITTING_ANSWERING);
    assert_int_equal(c->answered, 1);
    assert_true(c->connected);
    assert_string_equal(c->station, "a");
    peer_answer(&p, "k002", "B");
    assert_int_equal(peer_send(&p, 0, 4), 200); /* one is missing */
    assert_int_equal(p.kept.seq, 3);
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_int_equal(p.kept.seq, 5);
    assert_int_equal(peer_send(&p, 0, 0), 200); /* all of it once more */
    assert_int_equal(p.kept.seq, 5);
    service_again(&room);
    assert_int_equal(service_candidate(&room, "T001")->answered, 2);
    assert_string_equal(service_candidate(&room, "T001")->station, "a");
    peer_close(&p);
}

static void test_signed_end(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    peer_end(&p);
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_string_equal(p.kept.refused, "");
    assert_true(service_candidate(&room, "T001")->sealed);
    assert_int_equal(strlen(service_candidate(&room, "T001")->receipt), 21);
    peer_close(&p);
}

static void test_two_machines(void **state)
{
    (void)state;
    struct peer p, q;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    peer_open(&q, &room, "b");
    peer_enter(&q);
    peer_begin(&q, "T001"); /* while it did not see the room */
    peer_answer(&q, "k001", "B");
    peer_answer(&q, "k002", "B");
    assert_int_equal(peer_send(&q, 0, PEER_START), 200);
    assert_string_equal(q.kept.refused, "");
    assert_int_equal(q.kept.seq, 0);
    assert_string_equal(service_candidate(&room, "T001")->trouble, "");
    assert_int_equal(peer_send(&q, 0, 0), 200);
    assert_int_equal(q.kept.seq, 5);
    assert_string_equal(q.kept.refused, "");
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_int_equal(c->answered, 1); /* as it was */
    assert_non_null(strstr(c->trouble, "two machines"));
    assert_int_equal(service_noted(&room, "trouble"), 1);
    char *beside = copies_beside(room.room, service_seat(&room, "T001"));
    assert_string_equal(beside, "T001.other-b.journal");
    free(beside);
    assert_int_equal(peer_send(&p, 0, 0), 200); /* the first one goes on */
    assert_string_equal(p.kept.refused, "");
    service_again(&room);
    assert_non_null(strstr(service_candidate(&room, "T001")->trouble, "two machines"));
    peer_close(&p);
    peer_close(&q);
}

static void test_edited_rows(void **state)
{
    (void)state;
    struct peer p, q;
    sit(&p, "a", "T001");
    peer_open(&q, &room, "b");
    peer_enter(&q);
    peer_begin(&q, "T002");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    /* a station that says its journal is somebody else's */
    struct peer liar = q;
    liar.store = p.store;
    assert_int_equal(peer_send(&liar, 0, 0), 200);
    assert_int_equal(service_candidate(&room, "T001")->answered, 1);
    peer_close(&p);
    peer_close(&q);
}

static void test_liar(void **state)
{
    (void)state;
    struct peer p, q;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    sit(&q, "b", "T002");
    q.lie = 20261122;
    for (int i = 0; i < 3000; i++) {
        if (i % 4 == 0)
            peer_hello(&q);
        else if (i % 4 == 1)
            peer_ask_news(&q);
        else if (i % 4 == 2)
            peer_claim(&q, i % 8 ? "T002" : "T003", "0000-0000", i % 3 == 0);
        else
            peer_send(&q, 0, i % 8 == 3 ? 0 : 2);
        assert_true(q.status == 200 || q.status == 400 || q.status == 403 || q.status == 409);
    }
    q.lie = 0;
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_int_equal(c->answered, 1);
    assert_string_equal(c->station, "a");
    assert_string_equal(c->trouble, "");
    assert_int_equal(peer_send(&p, 0, 0), 200); /* the others go on as before */
    assert_string_equal(p.kept.refused, "");
    assert_int_equal(peer_hello(&q), 200);
    assert_int_equal(peer_send(&q, 0, 0), 200); /* and it too, once it says the truth */
    assert_string_equal(q.kept.refused, "");
    assert_int_equal(q.kept.seq, 3);
    peer_close(&p);
    peer_close(&q);
}

/* ---- claims ---- */

static void test_claims(void **state)
{
    (void)state;
    struct peer p, q;
    sit(&p, "a", "T001");
    assert_int_equal(peer_ask_news(&p), 200);
    peer_open(&q, &room, "b");
    peer_enter(&q);
    assert_int_equal(peer_claim(&q, "T001", "", false), 409);
    assert_int_equal(q.refused.code, ERR_OPEN_ELSEWHERE);
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(peer_claim(&q, "T001", "", false), 409);
    assert_int_equal(q.refused.code, ERR_OPEN_ELSEWHERE);
    assert_int_equal(peer_claim(&q, "T009", "", false), 409);
    assert_int_equal(q.refused.code, ERR_OTHER_ROOM);
    assert_int_equal(peer_claim(&q, "X", "", false), 409);
    assert_int_equal(q.refused.code, ERR_UNKNOWN_TICKET);
    service_done(&room, MESSAGE_ABSENT, "T002", CONTROL_ABSENT, "");
    assert_int_equal(peer_claim(&q, "T002", "", false), 409);
    assert_int_equal(q.refused.code, ERR_MARKED_ABSENT);
    assert_int_equal(peer_claim(&p, "T001", "", false), 200);
    assert_int_equal(p.claimed.verdict, API_GO_ON);
    assert_int_equal(peer_claim(&p, "T001", "", true), 409); /* its agent was started anew */
    assert_int_equal(p.refused.code, ERR_RESUME_CODE);
    service_pass(&room, 40000); /* the machine is lost: elsewhere it takes a code */
    assert_int_equal(peer_claim(&q, "T001", "", false), 409);
    assert_int_equal(q.refused.code, ERR_RESUME_CODE);
    peer_close(&p);
    peer_close(&q);
}

static void move_to_b(struct peer *p, struct peer *q)
{
    sit(p, "a", "T001");
    assert_int_equal(peer_send(p, 0, 0), 200);
    peer_open(q, &room, "b");
    peer_enter(q);
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "b\nthe keyboard is broken");
    assert_true(service_candidate(&room, "T001")->pending);
    assert_int_equal(peer_claim(q, "T001", "", false), 200);
    assert_int_equal(q->claimed.verdict, API_TAKE);
}

static void test_reseat(void **state)
{
    (void)state;
    struct peer p, q;
    move_to_b(&p, &q);
    peer_answer(&p, "k002", "C"); /* the old machine goes on for a moment */
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_int_equal(p.kept.seq, 3);
    assert_int_equal(peer_claim(&q, "T001", "", false), 200); /* the reply was lost: the same order */
    peer_take(&q, "T001");
    assert_int_equal(q.session.state, SITTING_ANSWERING);
    peer_answer(&q, "k003", "C");
    assert_int_equal(peer_send(&q, 2, 0), 200);
    assert_string_equal(q.kept.refused, "");
    assert_int_equal(q.kept.seq, 3);
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_int_equal(c->answered, 2); /* k001 and k003 */
    assert_string_equal(c->station, "b");
    assert_false(c->pending);
    /* what the old one wrote later is kept, and does not count */
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_int_equal(p.kept.seq, 5);
    assert_int_equal(service_candidate(&room, "T001")->answered, 2);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 1);
    assert_int_equal(p.news.command[0].kind, API_STOP);
    assert_string_equal(p.news.command[0].text, "b");
    assert_int_equal(peer_claim(&p, "T001", "", false), 409);
    peer_close(&p);
    peer_close(&q);
}

static void test_reseat_to_any(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "\nthe mouse is broken");
    assert_int_equal(peer_claim(&p, "T001", "", true), 200); /* it is repaired; no code is needed, once */
    assert_int_equal(p.claimed.verdict, API_GO_ON);
    assert_false(service_candidate(&room, "T001")->pending);
    service_again(&room);
    assert_int_equal(peer_hello(&p), 200);
    assert_false(service_candidate(&room, "T001")->pending);
    assert_int_equal(peer_claim(&p, "T001", "", true), 409);
    assert_int_equal(p.refused.code, ERR_RESUME_CODE);
    peer_close(&p);
}

/* A disk that failed, and then the power: the room has more than the machine. */
static void test_lost_answers(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    peer_answer(&p, "k002", "C");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    int64_t answered = service_candidate(&room, "T001")->answered;
    peer_forget(&p);
    assert_int_equal(peer_claim(&p, "T001", "", false), 200);
    assert_int_equal(p.claimed.verdict, API_TAKE);
    peer_take(&p, "T001");
    assert_int_equal(session_counts(&p.session).answered, answered);
    peer_answer(&p, "k003", "A");
    assert_int_equal(peer_send(&p, 2, 0), 200);
    assert_string_equal(p.kept.refused, "");
    assert_int_equal(service_candidate(&room, "T001")->answered, answered + 1);
    assert_int_equal(peer_claim(&p, "T001", "", false), 200);
    assert_int_equal(p.claimed.verdict, API_GO_ON);
    peer_close(&p);
}

/* More events than one answer holds. */
static void test_long_sitting(void **state)
{
    (void)state;
    struct peer p, q;
    size_t rows = 0;
    sit(&p, "a", "T001");
    for (int i = 0; i < API_MAX_ROWS / 2; i++) {
        peer_answer(&p, "k002", i % 2 ? "A" : "B");
        if (i % 400 == 399)
            assert_int_equal(peer_send(&p, 0, p.kept.seq), 200);
    }
    assert_int_equal(peer_send(&p, 0, p.kept.seq), 200);
    assert_int_equal(p.kept.seq, API_MAX_ROWS + 3);
    peer_open(&q, &room, "b");
    peer_enter(&q);
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "b\nthe keyboard is broken");
    assert_int_equal(peer_claim(&q, "T001", "", false), 200);
    assert_int_equal(q.claimed.rows.n, 1);
    assert_true(q.claimed.rows.part[0].has_start);
    rows = q.claimed.rows.part[0].n;
    assert_int_equal(rows, API_MAX_ROWS);
    q.has = q.claimed.rows.part[0].row[rows - 1];
    assert_int_equal(peer_claim(&q, "T001", "", false), 200); /* the rest */
    assert_int_equal(q.claimed.verdict, API_TAKE);
    assert_false(q.claimed.rows.part[0].has_start);
    assert_int_equal(q.claimed.rows.part[0].n, 3);
    assert_int_equal(q.claimed.rows.part[0].row[0].seq, API_MAX_ROWS + 1);
    q.has.hash[0] ^= 1; /* something else: from the beginning */
    assert_int_equal(peer_claim(&q, "T001", "", false), 200);
    assert_true(q.claimed.rows.part[0].has_start);
    peer_close(&p);
    peer_close(&q);
}

static void test_reseat_survives(void **state)
{
    (void)state;
    struct peer p, q;
    move_to_b(&p, &q);
    service_again(&room);
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_hello(&q), 200);
    peer_take(&q, "T001");
    assert_int_equal(peer_send(&q, 2, 0), 200);
    assert_string_equal(q.kept.refused, "");
    assert_int_equal(q.kept.seq, 1);
    peer_close(&p);
    peer_close(&q);
}

static void test_no_epoch_without_order(void **state)
{
    (void)state;
    struct peer p, q, thief;
    move_to_b(&p, &q);
    peer_open(&thief, &room, "c");
    peer_enter(&thief);
    thief.claimed = q.claimed;
    struct journal_order order;
    struct err e;
    assert_done(journal_order_read(&order, NULL, q.arena, q.claimed.order, &e), e);
    assert_int_equal(order.fork_seq, 3);
    assert_memory_equal(order.station + 10, q.key.sk.p + 32, 32);
    assert_int_equal(peer_claim(&thief, "T001", "", false), 409);
    peer_close(&p);
    peer_close(&q);
    peer_close(&thief);
}

/* ---- orders ---- */

static void test_order(void **state)
{
    (void)state;
    struct peer p;
    struct err e;
    sit(&p, "a", "T001");
    assert_int_equal(service_ask(&room, MESSAGE_EXTRA_TIME, "T001", 300, "power cut", &e),
                     -ERR_NO); /* not begun here yet */
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_EXTRA_TIME, "T001", 300, "power cut");
    assert_true(service_candidate(&room, "T001")->pending);
    service_again(&room); /* before it went out */
    assert_true(service_candidate(&room, "T001")->pending);
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 1);
    assert_int_equal(p.news.command[0].kind, API_ORDER);
    peer_carry_out(&p);
    assert_int_equal(p.session.granted_ms, 300000);
    assert_true(service_candidate(&room, "T001")->pending);
    assert_int_equal(peer_send(&p, 0, 3), 200);
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_false(c->pending);
    assert_int_equal(c->allowance_ms, 65 * 60000);
    service_again(&room);
    assert_false(service_candidate(&room, "T001")->pending);
    peer_close(&p);
}

static void test_order_follows(void **state)
{
    (void)state;
    struct peer p, q;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_EXTRA_TIME, CONTROL_ALL, 60, "late start"); /* p is cut off */
    peer_open(&q, &room, "b");
    peer_enter(&q);
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "\nno network");
    assert_int_equal(peer_claim(&q, "T001", "", false), 200);
    peer_take(&q, "T001");
    assert_int_equal(peer_ask_news(&q), 200);
    peer_carry_out(&q);
    assert_int_equal(q.session.granted_ms, 60000);
    assert_int_equal(peer_send(&q, 2, 0), 200);
    assert_false(service_candidate(&room, "T001")->pending);
    peer_close(&p);
    peer_close(&q);
}

static void test_pause_all(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_PAUSE, CONTROL_ALL, 1, "fire alarm");
    assert_int_equal(peer_ask_news(&p), 200);
    peer_carry_out(&p);
    assert_int_equal(p.session.state, SITTING_PAUSED);
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_int_equal(service_candidate(&room, "T001")->state, SITTING_PAUSED);
    service_done(&room, MESSAGE_PAUSE, CONTROL_ALL, 0, "false alarm");
    assert_int_equal(peer_ask_news(&p), 200);
    peer_carry_out(&p);
    assert_int_equal(p.session.state, SITTING_ANSWERING);
    peer_close(&p);
}

/* The station has asked for nothing yet: it is let go on all the same. */
static void test_pause_and_continue_unseen(void **state)
{
    (void)state;
    struct peer p;
    struct err e;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_PAUSE, CONTROL_ALL, 1, "fire alarm");
    assert_refused(service_ask(&room, MESSAGE_PAUSE, "T001", 1, "again", &e), ERR_NO,
                   "only a candidate who is answering", e);
    service_done(&room, MESSAGE_PAUSE, CONTROL_ALL, 0, "false alarm");
    assert_refused(service_ask(&room, MESSAGE_PAUSE, "T001", 0, "again", &e), ERR_NO, "has not been stopped",
                   e);
    assert_int_equal(peer_ask_news(&p), 200);
    peer_carry_out(&p);
    assert_int_equal(p.session.state, SITTING_ANSWERING);
    peer_close(&p);
}

static void test_silence_is_noted(void **state)
{
    (void)state;
    struct peer p;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_pass(&room, 10000);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(service_noted(&room, "silent"), 0);
    service_pass(&room, 40000);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(service_noted(&room, "silent"), 1);
    peer_close(&p);
}

static void test_finish(void **state)
{
    (void)state;
    struct peer p;
    struct err e;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_refused(service_ask(&room, MESSAGE_FINISH, "T001", 0, "lost", &e), ERR_NO, "answers", e);
    service_pass(&room, 40000);
    service_done(&room, MESSAGE_FINISH, "T001", 0, "the machine burned");
    const struct control_candidate *c = service_candidate(&room, "T001");
    assert_int_equal(c->state, SITTING_FORCED_END);
    assert_int_equal(c->answered, 1);
    assert_true(c->sealed);
    struct copies_end end;
    copies_end(service_seat(&room, "T001"), &end);
    assert_int_equal(end.epoch, 2);
    assert_int_equal(end.seq, 2);
    service_again(&room);
    assert_int_equal(service_candidate(&room, "T001")->state, SITTING_FORCED_END);
    peer_close(&p);
}

/* ---- the end ---- */

static void test_close(void **state)
{
    (void)state;
    struct peer p, q;
    struct err e;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    peer_open(&q, &room, "b");
    peer_enter(&q);
    assert_int_equal(peer_claim(&q, "T002", "", false), 200);
    peer_begin(&q, "T002");
    assert_int_equal(peer_send(&q, 0, 0), 200);
    service_pass(&room, 40000); /* b is silent from here on */
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(service_ask(&room, MESSAGE_CLOSE_ROOM, "", 0, "", &e), 1); /* waits for a */
    assert_int_equal(peer_ask_news(&p), 200);
    peer_carry_out(&p);
    assert_int_equal(p.session.state, SITTING_FORCED_END);
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_int_equal(service_ask(&room, MESSAGE_CLOSE_ROOM, "", 0, "", &e), 0);
    assert_int_equal(room.room->state, ROOM_CLOSED);
    assert_int_equal(service_noted(&room, "stranded"), 1);
    char *record = path_join(room.room->folder, "close.xml");
    struct bytes data = world_read(record);
    assert_non_null(strstr((const char *)data.p, "ticket=\"T001\""));
    assert_non_null(strstr((const char *)data.p, "forced-end"));
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.command[p.news.n - 1].kind, API_CLOSE);
    peer_carry_out(&p);
    bytes_release(&data);
    free(record);
    peer_close(&p);
    peer_close(&q);
}

static void test_clear(void **state)
{
    (void)state;
    struct peer p;
    struct err e;
    sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_refused(service_ask(&room, MESSAGE_CLEAR, "", 0, "", &e), ERR_NO, "not complete", e);
    peer_end(&p);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_refused(service_ask(&room, MESSAGE_CLEAR, "", 0, "", &e), ERR_NO, "not complete", e);
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_CLEAR, "", 0, ""); /* the station's last word is older than its end */
    service_again(&room);
    assert_int_equal(peer_hello(&p), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n, 1);
    assert_int_equal(p.news.command[0].kind, API_CLEAR);
    assert_string_equal(p.news.command[0].ticket, "T001");
    uint8_t head[32];
    journal_head(sitting_store_journal(p.store), &(int64_t){0}, &(int64_t){0}, head);
    assert_int_equal(p.news.command[0].data.n, 32);
    assert_memory_equal(p.news.command[0].data.p, head, 32);
    peer_close(&p);
}

static void test_nobody_sits_here(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(service_ask(&room, MESSAGE_SIGN_IN, "T001", 0, "", &e), -ERR_NO);
    assert_int_equal(e.code, ERR_NOT_OPEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"a station that has not introduced itself is told nothing", test_unknown, fresh, NULL, NULL},
        {"a second machine of the same name is refused and noted", test_same_name, fresh, NULL, NULL},
        {"an introduction counts only on the line of its key", test_other_line, fresh, NULL, NULL},
        {"the session's key goes to admitted stations only, sealed", test_key_to_admitted_only, fresh, NULL,
         NULL},
        {"the start reaches who is there, and who comes later", test_start, fresh, NULL, NULL},
        {"a station that is not heard of is silent, since when", test_silent, fresh, NULL, NULL},
        {"a command stays, with its number, until it was carried out", test_commands_again, fresh, NULL,
         NULL},
        {"rows are taken in their order, acknowledged, and there after a restart", test_rows, fresh, NULL,
         NULL},
        {"a signed end is taken with its signature", test_signed_end, fresh, NULL, NULL},
        {"what two machines wrote lies side by side", test_two_machines, fresh, NULL, NULL},
        {"a station cannot write another's sitting", test_edited_rows, fresh, NULL, NULL},
        {"a station that sends garbage spoils nothing", test_liar, fresh, NULL, NULL},
        {"a ticket sits at one place; going on takes a code", test_claims, fresh, NULL, NULL},
        {"a re-seat goes on from the room's copy; the old tail is evidence", test_reseat, fresh, NULL, NULL},
        {"who is moved to any machine may stay", test_reseat_to_any, fresh, NULL, NULL},
        {"a machine that lost its answers goes on from the room's", test_lost_answers, fresh, NULL, NULL},
        {"a long sitting goes to the next machine in pieces", test_long_sitting, fresh, NULL, NULL},
        {"a re-seat under way survives the service", test_reseat_survives, fresh, NULL, NULL},
        {"a re-seat is for the machine it names", test_no_epoch_without_order, fresh, NULL, NULL},
        {"an order is pending until its act came back, also over a restart", test_order, fresh, NULL, NULL},
        {"an order follows its candidate to another machine", test_order_follows, fresh, NULL, NULL},
        {"all are paused, and go on", test_pause_all, fresh, NULL, NULL},
        {"who was silent for long stands in the minutes", test_silence_is_noted, fresh, NULL, NULL},
        {"a pause that no station has heard of is taken back", test_pause_and_continue_unseen, fresh, NULL,
         NULL},
        {"a sitting whose machine is lost is ended from the room's copy", test_finish, fresh, NULL, NULL},
        {"closing waits for who answers, and lists who does not", test_close, fresh, NULL, NULL},
        {"stations are cleared of what the room has, and only of that", test_clear, fresh, NULL, NULL},
        {"nobody sits at the room's machine", test_nobody_sits_here, fresh, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
