/* SPDX-License-Identifier: Apache-2.0 */
/* Sittings in the room service without its network: their rows, claims of tickets, re-seats. */
#include "tests/check.h"

#include <stdlib.h>

#include "client/agent/message.h"
#include "client/room/copies.h"
#include "exam-packages/journal-order.h"
#include "tests/client/room/hall-room.h"

/* ---- rows ---- */

static void test_rows(void **state)
{
    (void)state;
    struct peer p;
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    hall_sit(&q, "b", "T002");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(p, "a", "T001");
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

/* With each answer, and at once where somebody is moved: before the candidate is there, and the room is not.
 */
static void test_begun_is_told(void **state)
{
    (void)state;
    struct peer p, q;
    peer_open(&q, &room, "b");
    peer_enter(&q);
    assert_int_equal(peer_ask_news(&q), 200);
    assert_int_equal(q.news.n_begun, 0);
    hall_sit(&p, "a", "T001");
    assert_int_equal(peer_ask_news(&q), 200);
    assert_int_equal(q.news.n_begun, 0); /* nothing that the room has been told */
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(peer_ask_news(&q), 200);
    assert_int_equal(q.news.n_begun, 1); /* there is a journal at its station */
    assert_string_equal(q.news.begun[0].ticket, "T001");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(peer_ask_news(&p), 200);
    assert_int_equal(p.news.n_begun, 1); /* its own too: it has the journal, unless it has lost it */
    q.state = ROOM_RUNNING;
    assert_int_equal(peer_ask_news(&q), 200);
    peer_carry_out(&q);
    assert_int_equal(peer_ask_news(&q), 200);
    assert_false(hall_has_news(room.hall, hall_station_of(room.hall, q.tls)));
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "b\nthe mouse is broken");
    assert_true(hall_has_news(room.hall, hall_station_of(room.hall, q.tls)));
    peer_close(&p);
    peer_close(&q);
}

static void test_reseat_to_any(void **state)
{
    (void)state;
    struct peer p;
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"rows are taken in their order, acknowledged, and there after a restart", test_rows, hall_fresh,
         NULL, NULL},
        {"a signed end is taken with its signature", test_signed_end, hall_fresh, NULL, NULL},
        {"what two machines wrote lies side by side", test_two_machines, hall_fresh, NULL, NULL},
        {"a station cannot write another's sitting", test_edited_rows, hall_fresh, NULL, NULL},
        {"a station that sends garbage spoils nothing", test_liar, hall_fresh, NULL, NULL},
        {"a ticket sits at one place; going on takes a code", test_claims, hall_fresh, NULL, NULL},
        {"a re-seat goes on from the room's copy; the old tail is evidence", test_reseat, hall_fresh, NULL,
         NULL},
        {"stations know what was begun", test_begun_is_told, hall_fresh, NULL, NULL},
        {"who is moved to any machine may stay", test_reseat_to_any, hall_fresh, NULL, NULL},
        {"a machine that lost its answers goes on from the room's", test_lost_answers, hall_fresh, NULL,
         NULL},
        {"a long sitting goes to the next machine in pieces", test_long_sitting, hall_fresh, NULL, NULL},
        {"a re-seat under way survives the service", test_reseat_survives, hall_fresh, NULL, NULL},
        {"a re-seat is for the machine it names", test_no_epoch_without_order, hall_fresh, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, hall_set_up, hall_tear_down);
}
