/* SPDX-License-Identifier: Apache-2.0 */
/* What a station stores goes to the room: after what the room has, again where it lacks something, later when
 * it is away. */
#include "tests/check.h"

#include "tests/client/room/fake-room.h"

static struct fake f;
static struct err e;

#define CASE(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

static void what_is_stored_goes_to_the_room_and_the_candidate_hears_when_it_is_there(void **state)
{
    struct span body;
    struct link_kept kept;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_write(&f, s, 0, "A");
    assert_int_equal(fake_take_rows(&f), 2); /* start, answer */
    assert_true(fake_heard(&f, MESSAGE_KEPT, &body));
    fake_write(&f, s, 1, "B");
    struct api_rows rows = fake_rows(&f, -1);
    assert_int_equal(rows.part[0].n, 1);
    assert_false(rows.part[0].has_start);
    assert_true(fake_heard(&f, MESSAGE_KEPT, &body));
    assert_done(message_get_kept(body, &kept, &e), e);
    assert_int_equal(kept.epoch, 1);
    assert_int_equal(kept.seq, 3);
    assert_true(kept.reachable);
    assert_false(fake_asks(&f, "/1/rows"));
    sitting_close(s);
}

static void what_the_room_lacks_is_sent_again(void **state)
{
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_write(&f, s, 0, "A");
    fake_take_rows(&f);
    fake_write(&f, s, 1, "B");
    fake_rows(&f, 1); /* it has forgotten the second */
    fake_pass(&f, 1000);
    struct api_rows rows = fake_rows(&f, -1);
    assert_int_equal(rows.part[0].row[0].seq, 2);
    assert_int_equal(rows.part[0].n, 2);
    uint8_t from[8] = {0};
    fake_command(&f, (struct api_command){.kind = API_SEND, .ticket = "T001", .value = 1, .more = {from, 8}});
    assert_true(fake_rows(&f, 0).part[0].has_start);
    assert_int_equal(fake_take_rows(&f), 3);
    sitting_close(s);
}

static void what_was_answered_while_the_room_was_away_is_sent_when_it_comes_back(void **state)
{
    struct span body;
    struct link_kept kept;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_write(&f, s, 0, "A");
    fake_take_rows(&f);
    fake_heard(&f, MESSAGE_KEPT, NULL);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_heard(&f, MESSAGE_KEPT, &body));
    assert_done(message_get_kept(body, &kept, &e), e);
    assert_false(kept.reachable);
    for (int i = 0; i < 10; i++) {
        fake_write(&f, s, (size_t)i % 4, i % 2 ? "A" : "B");
        fake_pass(&f, 100);
        assert_false(fake_asks(&f, "/1/rows"));
        if (fake_asks(&f, "/1/introduction"))
            fake_fail(&f, fake_asked(&f, "/1/introduction"));
    }
    fake_pass(&f, UPLINK_LAST_PAUSE_MS);
    fake_introduce(&f);
    fake_hello(&f);
    assert_true(fake_rows(&f, 2).part[0].has_start); /* that is what it has */
    assert_int_equal(fake_take_rows(&f), 10);
    assert_int_equal(fake_seat(&f, "T001")->kept.seq, 12);
    sitting_close(s);
}

static void a_room_that_refuses_a_sitting_is_not_asked_without_end(void **state)
{
    struct api_kept_sitting no = {"T001", 1, 0, "two machines have written it"};
    struct bytes body = {0};
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_pass(&f, 1);
    api_put_kept(&(struct api_kept){&no, 1}, &body);
    fake_answer(&f, fake_asked(&f, "/1/rows"), 200, bytes_span(&body));
    for (int i = 0; i < 20; i++) {
        fake_write(&f, s, 0, i % 2 ? "A" : "B");
        fake_pass(&f, 100);
        assert_false(fake_asks(&f, "/1/rows"));
    }
    fake_pass(&f, 15000);
    fake_news(&f, NULL, 0);
    fake_pass(&f, 15000);
    assert_true(fake_asks(&f, "/1/rows"));
    sitting_close(s);
    bytes_release(&body);
}

int main(void)
{
    fake_use(&f);
    const struct CMUnitTest tests[] = {
        CASE(what_is_stored_goes_to_the_room_and_the_candidate_hears_when_it_is_there),
        CASE(what_the_room_lacks_is_sent_again),
        CASE(what_was_answered_while_the_room_was_away_is_sent_when_it_comes_back),
        CASE(a_room_that_refuses_a_sitting_is_not_asked_without_end),
    };
    return cmocka_run_group_tests(tests, fake_setup_all, fake_teardown_all);
}
