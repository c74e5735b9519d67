/* SPDX-License-Identifier: Apache-2.0 */
/* The room service without its network: what stations and proctor may expect of it. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "client/agent/message.h"
#include "client/room/copies.h"
#include "tests/client/room/hall-room.h"

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
    hall_start();
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
    hall_start();
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

/* ---- orders ---- */

static void test_order(void **state)
{
    (void)state;
    struct peer p;
    struct err e;
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
    hall_sit(&p, "a", "T001");
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
        {"a station that has not introduced itself is told nothing", test_unknown, hall_fresh, NULL, NULL},
        {"a second machine of the same name is refused and noted", test_same_name, hall_fresh, NULL, NULL},
        {"an introduction counts only on the line of its key", test_other_line, hall_fresh, NULL, NULL},
        {"the session's key goes to admitted stations only, sealed", test_key_to_admitted_only, hall_fresh,
         NULL, NULL},
        {"the start reaches who is there, and who comes later", test_start, hall_fresh, NULL, NULL},
        {"a station that is not heard of is silent, since when", test_silent, hall_fresh, NULL, NULL},
        {"a command stays, with its number, until it was carried out", test_commands_again, hall_fresh, NULL,
         NULL},
        {"an order is pending until its act came back, also over a restart", test_order, hall_fresh, NULL,
         NULL},
        {"an order follows its candidate to another machine", test_order_follows, hall_fresh, NULL, NULL},
        {"all are paused, and go on", test_pause_all, hall_fresh, NULL, NULL},
        {"who was silent for long stands in the minutes", test_silence_is_noted, hall_fresh, NULL, NULL},
        {"a pause that no station has heard of is taken back", test_pause_and_continue_unseen, hall_fresh,
         NULL, NULL},
        {"a sitting whose machine is lost is ended from the room's copy", test_finish, hall_fresh, NULL,
         NULL},
        {"closing waits for who answers, and lists who does not", test_close, hall_fresh, NULL, NULL},
        {"stations are cleared of what the room has, and only of that", test_clear, hall_fresh, NULL, NULL},
        {"nobody sits at the room's machine", test_nobody_sits_here, hall_fresh, NULL, NULL},
    };
    return cmocka_run_group_tests(tests, hall_set_up, hall_tear_down);
}
