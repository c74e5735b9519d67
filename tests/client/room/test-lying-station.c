/* SPDX-License-Identifier: Apache-2.0 */
/* A certified station that means harm: what it may tell the room service. It harms its own candidates'
 * answers at most. */
#include "tests/check.h"

#include <stdlib.h>

#include "client/agent/message.h"
#include "client/room/copies.h"
#include "tests/client/room/hall-room.h"

static void sit(struct peer *p, const char *name, const char *ticket)
{
    hall_sit(p, name, ticket);
    assert_int_equal(peer_send(p, 0, 0), 200);
    assert_string_equal(p->kept.refused, "");
}

static int tell(const struct peer *p, const struct api_state *s)
{
    struct bytes body = {0}, out = {0};
    api_put_state(s, &body);
    const struct hall_call c = {
        .method = "POST", .path = "/1/news", .key = p->tls, .body = bytes_span(&body), .last = true};
    int status = hall_answer(room.hall, &c, &out, &(int64_t){0});
    bytes_release(&body);
    bytes_release(&out);
    return status;
}

/* ---- what it says of itself ---- */

static void figures_out_of_all_bounds_are_refused_or_harmless(void **state)
{
    static const int64_t wild[] = {INT64_MIN, INT64_MAX, -1, 0, INT64_C(1) << 60, (INT64_C(1) << 60) + 1};
    struct peer p;
    (void)state;
    sit(&p, "a", "T001");
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < 6; k++) {
            struct api_seat seat = {.ticket = "T001",
                                    .connected = true,
                                    .epoch = wild[k],
                                    .seq = wild[i],
                                    .spilled = wild[i],
                                    .used_ms = wild[k],
                                    .trouble = ""};
            struct api_state s = {.after = i == 5 ? 0 : wild[k],
                                  .wall_ms = wild[i],
                                  .state = ROOM_OPEN,
                                  .battery = wild[k],
                                  .trouble = "",
                                  .seat = &seat,
                                  .n = 1};
            int status = tell(&p, &s);
            assert_true(status == 200 || status == 400);
            assert_non_null(service_candidate(&room, "T001"));
            assert_non_null(service_station(&room, "a"));
        }
    peer_close(&p);
}

static void a_flood_of_troubles_leaves_room_for_the_closing(void **state)
{
    struct peer p;
    char text[32];
    (void)state;
    sit(&p, "a", "T001");
    int64_t before = minutes_last(room.room->minutes);
    for (int i = 0; i < 2000; i++) {
        snprintf(text, sizeof text, "trouble number %d", i);
        struct api_state s = {.after = INT64_C(1)
                                       << 30, /* all done, and locked again: it wants the key once more */
                              .state = ROOM_LOCKED,
                              .disk = (enum control_disk)(i % 4),
                              .trouble = text};
        assert_int_equal(tell(&p, &s), 200);
    }
    assert_in_range(minutes_last(room.room->minutes), before, before + 120);
    peer_close(&p);
}

static void what_it_says_to_have_holds_up_nothing_once_it_is_sent_away(void **state)
{
    struct peer p, liar;
    struct err e;
    (void)state;
    sit(&p, "a", "T001");
    peer_end(&p);
    assert_int_equal(peer_send(&p, 0, 0), 200);
    service_done(&room, MESSAGE_ABSENT, "T002", CONTROL_ABSENT, "");
    service_done(&room, MESSAGE_ABSENT, "T003", CONTROL_ABSENT, "");
    service_done(&room, MESSAGE_ABSENT, "T004", CONTROL_ABSENT, "");
    peer_open(&liar, &room, "c");
    peer_enter(&liar);
    struct api_seat seat = {.ticket = "T001", .connected = true, .epoch = 9, .seq = 1000000, .trouble = ""};
    const struct api_state s = {.state = ROOM_RUNNING, .trouble = "", .seat = &seat, .n = 1};
    assert_int_equal(tell(&liar, &s), 200);
    assert_refused(service_ask(&room, MESSAGE_CLEAR, "", 0, "", &e), ERR_NO, "not complete", e);
    service_done(&room, MESSAGE_ADMIT, "c", 0, "");
    service_done(&room, MESSAGE_CLEAR, "", 0, "");
    peer_close(&p);
    peer_close(&liar);
}

/* ---- sittings ---- */

static void who_pretends_to_have_a_ticket_is_outdone_by_the_proctor(void **state)
{
    struct peer p, liar;
    (void)state;
    service_done(&room, MESSAGE_START_ROOM, "", 0, "");
    peer_open(&liar, &room, "c");
    peer_enter(&liar);
    struct api_seat seat = {.ticket = "T001", .connected = true, .epoch = 1, .seq = 5, .trouble = ""};
    assert_int_equal(
        tell(&liar, &(struct api_state){.state = ROOM_RUNNING, .trouble = "", .seat = &seat, .n = 1}), 200);
    peer_open(&p, &room, "a");
    peer_enter(&p);
    assert_int_equal(peer_claim(&p, "T001", "", false), 409);
    service_done(&room, MESSAGE_RESEAT, "T001", 0, "a\nthe candidate sits here");
    assert_int_equal(peer_claim(&p, "T001", "", false), 200);
    assert_int_equal(p.claimed.verdict, API_BEGIN);
    peer_begin(&p, "T001");
    peer_answer(&p, "k001", "A");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_string_equal(p.kept.refused, "");
    assert_int_equal(service_candidate(&room, "T001")->answered, 1);
    peer_close(&p);
    peer_close(&liar);
}

static void who_begins_another_machines_exam_first_makes_two_of_it_and_both_are_kept(void **state)
{
    struct peer p, liar;
    (void)state;
    sit(&liar, "c", "T002"); /* nobody sits there */
    peer_open(&p, &room, "a");
    peer_enter(&p);
    peer_begin(&p, "T002"); /* while the service was away */
    peer_answer(&p, "k002", "B");
    peer_answer(&p, "k003", "C");
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(p.kept.seq, 5); /* all of it is in the room */
    assert_non_null(strstr(service_candidate(&room, "T002")->trouble, "two machines"));
    char *beside = copies_beside(room.room, service_seat(&room, "T002"));
    assert_string_equal(beside, "T002.other-a.journal");
    free(beside);
    peer_close(&p);
    peer_close(&liar);
}

/* A disk that was copied after it had been enrolled: two machines, one key. */
static void two_machines_with_one_key_are_found_out_and_both_exams_are_kept(void **state)
{
    struct peer p, twin;
    struct bytes text = {0};
    struct err e;
    (void)state;
    sit(&p, "a", "T001");
    peer_open(&twin, &room, "a-2");
    twin.name = "a";
    minisign_secret_free(&twin.key);
    assert_done(minisign_secret_write(&p.key, NULL, &text, &e), e);
    assert_done(minisign_secret_parse(bytes_span(&text), NULL, &twin.key, &e), e);
    bytes_release(&text);
    twin.chain = p.chain;
    memcpy(twin.tls, p.tls, sizeof twin.tls);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(peer_hello(&twin), 200);
        assert_int_equal(peer_hello(&p), 200);
    }
    assert_int_equal(service_noted(&room, "trouble"), 1);
    peer_begin(&twin, "T001");
    peer_answer(&twin, "k002", "B");
    peer_answer(&twin, "k003", "C");
    assert_int_equal(peer_send(&twin, 0, 0), 200);
    assert_string_equal(twin.kept.refused, "");
    assert_int_equal(twin.kept.seq, 5);
    peer_answer(&p, "k004", "A"); /* the first one goes on */
    assert_int_equal(peer_send(&p, 0, 0), 200);
    assert_int_equal(p.kept.seq, 5);
    assert_string_equal(p.kept.refused, "");
    assert_int_equal(peer_send(&p, 0, 3), 200);
    assert_string_equal(p.kept.refused, "");
    peer_answer(&twin, "k004", "D"); /* and so does the other */
    assert_int_equal(peer_send(&twin, 0, 5), 200);
    assert_int_equal(twin.kept.seq, 7);
    peer_close(&p);
    peer_close(&twin);
}

/* ---- time ---- */

static void pass(struct peer *p, int64_t ms, int64_t used_ms)
{
    service_pass(&room, ms);
    p->session.used_ms += used_ms;
    assert_int_equal(peer_ask_news(p), 200);
}

static void time_that_is_not_counted_is_in_the_minutes(void **state)
{
    struct peer p;
    (void)state;
    sit(&p, "a", "T001");
    p.after = 0;
    for (int i = 0; i < 30; i++) { /* ten minutes, all counted */
        pass(&p, 20000, 18000);
        peer_answer(&p, "k001", i % 2 ? "A" : "B");
        assert_int_equal(peer_send(&p, 0, 0), 200);
    }
    assert_int_equal(service_noted(&room, "time-lags"), 0);
    p.connected = false;
    for (int i = 0; i < 30; i++) /* nobody sits there */
        pass(&p, 20000, 0);
    p.connected = true;
    pass(&p, 3600000, 0); /* it slept */
    pass(&p, 20000, 0);
    assert_int_equal(service_noted(&room, "time-lags"), 0);
    for (int i = 0; i < 15; i++) { /* five minutes of which it says nothing */
        pass(&p, 20000, 0);
        peer_answer(&p, "k002", i % 2 ? "A" : "B");
        p.session.used_ms -= 1500;
        assert_int_equal(peer_send(&p, 0, 0), 200);
    }
    assert_in_range(service_noted(&room, "time-lags"), 1, 3);
    peer_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(figures_out_of_all_bounds_are_refused_or_harmless, hall_fresh),
        cmocka_unit_test_setup(a_flood_of_troubles_leaves_room_for_the_closing, hall_fresh),
        cmocka_unit_test_setup(what_it_says_to_have_holds_up_nothing_once_it_is_sent_away, hall_fresh),
        cmocka_unit_test_setup(who_pretends_to_have_a_ticket_is_outdone_by_the_proctor, hall_fresh),
        cmocka_unit_test_setup(who_begins_another_machines_exam_first_makes_two_of_it_and_both_are_kept,
                               hall_fresh),
        cmocka_unit_test_setup(two_machines_with_one_key_are_found_out_and_both_exams_are_kept, hall_fresh),
        cmocka_unit_test_setup(time_that_is_not_counted_is_in_the_minutes, hall_fresh),
    };
    return cmocka_run_group_tests(tests, hall_set_up, hall_tear_down);
}
