/* SPDX-License-Identifier: Apache-2.0 */
/* The station's end of the line: whom it believes, what it does for the room, how it says it is. */
#include "tests/check.h"

#include <unistd.h>

#include "base/file.h"
#include "tests/client/room/fake-room.h"

static struct fake f;
static struct err e;

#define CASE(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

static const struct request sign_in = {.type = MESSAGE_SIGN_IN, .ticket = "T001"};

/* ---- who is there ---- */

static void a_station_introduces_itself_to_a_room_that_it_believes(void **state)
{
    (void)state;
    assert_int_equal(f.who, 1);
    fake_pass(&f, 1);
    assert_string_equal(fake_asked(&f, "/1/introduction")->pin, "");
    fake_introduce(&f);
    struct fake_sent *hello = fake_asked(&f, "/1/hello");
    assert_memory_equal(hello->pin, "sha256//", 8);
    assert_true(hello->post);
    fake_hello(&f);
    assert_string_equal(f.station.name, "st01");
    assert_true(f.station.has_recipient && !f.station.of_room);
    assert_true(fake_reaches(&f));
    assert_string_equal(fake_asked(&f, "/1/news")->pin, hello->pin);
}

static void nobody_else_is_taken_for_the_room(void **state)
{
    struct minisign_secret stranger = {0};
    const struct introduction who = {.of_room = true, .name = "desk", .site = "S1", .room = "301"};
    struct certificate_chain station = kit_certify(&f.hall->world, f.a, &f.key, "station", "desk", "301");
    struct certificate_chain elsewhere = kit_certify(&f.hall->world, f.a, &f.key, "room", "desk", "302");
    const struct certificate_chain *chains[] = {&station, &elsewhere, &f.chain};
    (void)state;
    assert_done(minisign_new(&stranger, &e), e);
    for (int i = 0; i < 3; i++) {
        struct bytes packed = {0};
        assert_done(introduction_make(&who, i == 2 ? &stranger : &f.key, chains[i], &packed, &e), e);
        fake_pass(&f, UPLINK_LAST_PAUSE_MS);
        fake_answer(&f, fake_asked(&f, "/1/introduction"), 200, bytes_span(&packed));
        fake_pass(&f, 1);
        assert_false(fake_asks(&f, "/1/hello"));
        assert_false(fake_reaches(&f));
        bytes_release(&packed);
    }
    minisign_secret_free(&stranger);
}

static void a_dead_room_is_tried_after_200_ms_and_less_and_less_often(void **state)
{
    int64_t pause = UPLINK_FIRST_PAUSE_MS;
    (void)state;
    fake_pass(&f, 1);
    for (int i = 0; i < 10; i++) {
        fake_fail(&f, fake_asked(&f, "/1/introduction"));
        fake_pass(&f, pause - 1);
        assert_false(fake_asks(&f, "/1/introduction"));
        assert_in_range(uplink_wait_ms(f.uplink), 0, 1);
        fake_pass(&f, 1);
        assert_true(fake_asks(&f, "/1/introduction"));
        pause = pause * 2 < UPLINK_LAST_PAUSE_MS ? pause * 2 : UPLINK_LAST_PAUSE_MS;
    }
    fake_introduce(&f);
    fake_hello(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    fake_pass(&f, UPLINK_FIRST_PAUSE_MS);
    assert_true(fake_asks(&f, "/1/introduction"));
}

static void another_package_than_the_rooms_is_said_and_opens_nothing(void **state)
{
    struct api_hello h = {.admitted = true, .session = "am", .package = {1}};
    struct bytes body = {0};
    (void)state;
    fake_pass(&f, 1);
    fake_introduce(&f);
    api_put_hello(&h, &body);
    fake_answer(&f, fake_asked(&f, "/1/hello"), 200, bytes_span(&body));
    fake_pass(&f, 1);
    struct api_state told = fake_told(&f);
    assert_non_null(strstr(told.trouble, "is not the one that the room has open"));
    fake_command(&f, (struct api_command){.kind = API_OPEN, .data = span_str("x")});
    assert_int_equal(f.room->state, ROOM_LOCKED);
    bytes_release(&body);
}

/* ---- what the room tells it to do ---- */

static void the_rooms_key_opens_the_station_and_the_start_starts_it(void **state)
{
    enum message_type type;
    (void)state;
    assert_true(fake_ask(&f, &sign_in, &type, NULL));
    assert_int_equal(type, MESSAGE_REFUSED);
    fake_open(&f);
    sitting_close(fake_sit(&f));
}

static void a_key_sealed_to_somebody_else_opens_nothing_and_is_not_asked_for_in_a_loop(void **state)
{
    struct age_identity other = {0};
    (void)state;
    fake_pass(&f, 1);
    fake_introduce(&f);
    fake_hello(&f);
    assert_done(age_identity_new(&other, &e), e);
    age_identity_recipient(&other, &f.station.recipient);
    struct bytes sealed = {0};
    assert_done(age_seal(span_str("no key"), &f.station.recipient, 1, &sealed, &e), e);
    fake_command(&f, (struct api_command){.kind = API_OPEN, .data = bytes_span(&sealed)});
    assert_int_equal(f.room->state, ROOM_LOCKED);
    assert_false(fake_asks(&f, "/1/news"));
    fake_pass(&f, 5000);
    assert_true(fake_asks(&f, "/1/news"));
    bytes_release(&sealed);
    age_identity_free(&other);
}

static int64_t granted(void)
{
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    return fake_seat(&f, "T001")->session.granted_ms;
}

static void an_order_is_carried_out_once_however_often_it_comes(void **state)
{
    const struct journal_order more = {.kind = JOURNAL_EXTRA_TIME, .value = 300000};
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    struct span packed = fake_order(&f, &more, &f.key, &f.chain);
    fake_heard(&f, MESSAGE_CHANGED, NULL);
    fake_command(&f, (struct api_command){.kind = API_ORDER, .ticket = "T001", .data = packed});
    assert_true(fake_heard(&f, MESSAGE_CHANGED, NULL));
    assert_int_equal(granted(), 300000);
    fake_command(&f, (struct api_command){.kind = API_ORDER, .ticket = "T001", .data = packed});
    fake_command(&f, (struct api_command){.kind = API_ORDER, .number = 3, .ticket = "T001", .data = packed});
    sitting_close(s);
    fake_restart(&f);
    fake_open(&f);
    fake_command(&f, (struct api_command){.kind = API_ORDER, .ticket = "T001", .data = packed});
    assert_int_equal(granted(), 300000);
}

static void only_the_rooms_own_machine_gives_orders(void **state)
{
    const struct journal_order more = {.kind = JOURNAL_EXTRA_TIME, .value = 300000};
    const struct journal_order other = {.kind = JOURNAL_EXTRA_TIME, .value = 300000, .session = "pm"};
    struct certificate_chain elsewhere = kit_certify(&f.hall->world, f.a, &f.key, "room", "desk", "302");
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    const struct span orders[] = {fake_order(&f, &more, &f.key, &elsewhere),
                                  fake_order(&f, &other, &f.key, &f.chain),
                                  span_str("no order"),
                                  {0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        fake_command(&f, (struct api_command){.kind = API_ORDER, .ticket = "T001", .data = orders[i]});
    assert_int_equal(granted(), 0);
    sitting_close(s);
}

static void an_order_for_one_who_has_not_begun_waits_for_him(void **state)
{
    const struct journal_order more = {.kind = JOURNAL_EXTRA_TIME, .value = 300000};
    (void)state;
    fake_open(&f);
    fake_command(&f, (struct api_command){.kind = API_ORDER,
                                          .ticket = "T001",
                                          .data = fake_order(&f, &more, &f.key, &f.chain)});
    struct sitting *s = fake_sit(&f);
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    fake_pass(&f, 10);
    assert_int_equal(granted(), 300000);
    sitting_close(s);
}

static void a_forced_end_of_the_room_is_signed_here(void **state)
{
    const struct journal_order stop = {.kind = JOURNAL_FORCED_END};
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_command(&f, (struct api_command){.kind = API_ORDER,
                                          .ticket = "T001",
                                          .data = fake_order(&f, &stop, &f.key, &f.chain)});
    assert_int_equal(fake_seat(&f, "T001")->session.state, SITTING_FORCED_END);
    fake_take_rows(&f);
    bool sealed = false;
    for (size_t i = 0; i < f.n; i++) {
        struct api_rows rows;
        if (strcmp(f.sent[i].path, "/1/rows") == 0 && api_get_rows(f.sent[i].body, f.a, &rows, &e) == 0)
            sealed = sealed || rows.part[0].has_seal;
    }
    assert_true(sealed);
    sitting_close(s);
}

static void what_was_carried_out_is_known_after_a_restart(void **state)
{
    (void)state;
    fake_open(&f);
    fake_command(&f, (struct api_command){.kind = API_TELL, .text = "quiet, please"});
    fake_restart(&f);
    fake_pass(&f, 1);
    fake_introduce(&f);
    fake_hello(&f);
    struct api_state told = fake_told(&f);
    assert_int_equal(told.after, 3);
}

static void a_message_reaches_the_candidate(void **state)
{
    struct span body;
    const char *text;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_command(&f, (struct api_command){.kind = API_TELL, .ticket = "T001", .text = "look at the board"});
    assert_true(fake_heard(&f, MESSAGE_TOLD, &body));
    assert_done(message_get_text(body, f.a, &text, &e), e);
    assert_string_equal(text, "look at the board");
    sitting_close(s);
}

static void a_sitting_that_goes_on_elsewhere_stops_here(void **state)
{
    enum message_type type;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_command(&f, (struct api_command){.kind = API_STOP, .ticket = "T001", .text = "st02"});
    assert_true(fake_heard(&f, MESSAGE_MOVED, NULL));
    sitting_close(s);
    fake_restart(&f);
    fake_open(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    assert_true(fake_ask(&f, &sign_in, &type, NULL));
    assert_int_equal(type, MESSAGE_REFUSED);
}

static void a_closed_room_is_reported_and_the_agent_ends(void **state)
{
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_command(&f, (struct api_command){.kind = API_CLOSE});
    struct api_state told = fake_told(&f);
    assert_int_equal(told.state, ROOM_CLOSED);
    assert_int_equal(f.room->state, ROOM_RUNNING);
    fake_news(&f, NULL, 0);
    fake_take_rows(&f);
    fake_pass(&f, 1000);
    assert_int_equal(f.room->state, ROOM_CLOSED);
    sitting_close(s);
}

static void a_journal_is_removed_only_when_the_room_has_all_of_it(void **state)
{
    uint8_t head[32];
    int64_t seq;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    const struct journal_order stop = {.kind = JOURNAL_FORCED_END};
    struct seat *seat = fake_seat(&f, "T001");
    assert_true(journal_epoch_end(sitting_store_journal(seat->store), 0, &seq, head) || true);
    struct api_command clear = {.kind = API_CLEAR, .ticket = "T001", .data = span_of(head, sizeof head)};
    fake_command(&f, clear);
    assert_true(file_exists(seat->path)); /* he has not ended */
    sitting_close(s);
    fake_command(&f, (struct api_command){.kind = API_ORDER,
                                          .ticket = "T001",
                                          .data = fake_order(&f, &stop, &f.key, &f.chain)});
    fake_command(&f, clear);
    assert_true(file_exists(seat->path)); /* another head */
    assert_done(room_refresh(f.room, seat, &e), e);
    assert_true(journal_epoch_end(sitting_store_journal(seat->store), 0, &seq, head));
    fake_command(&f, clear);
    assert_false(file_exists(seat->path));
    fake_command(
        &f, (struct api_command){.kind = API_CLEAR, .ticket = "../../../station", .data = span_of(head, 32)});
    assert_string_equal(f.room->station->name, "st01");
}

/* ---- how the machine is ---- */

static void power(const char *name, const char *value)
{
    char *folder = world_path(&f.hall->world, "BAT0"), *path = path_join(folder, name);
    assert_done(file_mkdirs(folder, false, &e), e);
    world_write(path, span_str(value));
    free(path);
    free(folder);
}

static void battery_and_disk_are_reported_at_once_when_they_change(void **state)
{
    (void)state;
    power("type", "Battery\n");
    power("capacity", "83\n");
    power("status", "Discharging\n");
    fake_open(&f);
    fake_pass(&f, 5000);
    struct api_state told = fake_told(&f);
    assert_int_equal(told.battery, 83);
    assert_false(told.charging);
    assert_int_equal(told.disk, CONTROL_DISK_FINE);
    power("status", "Charging\n");
    fake_pass(&f, 5000);
    told = fake_told(&f);
    assert_true(told.charging);
    assert_int_equal(told.n, 0);
    struct sitting *s = fake_sit(&f);
    fake_pass(&f, 400);
    told = fake_told(&f);
    assert_int_equal(told.n, 1);
    assert_true(told.seat[0].connected);
    sitting_close(s);
}

int main(void)
{
    fake_use(&f);
    const struct CMUnitTest tests[] = {
        CASE(a_station_introduces_itself_to_a_room_that_it_believes),
        CASE(nobody_else_is_taken_for_the_room),
        CASE(a_dead_room_is_tried_after_200_ms_and_less_and_less_often),
        CASE(another_package_than_the_rooms_is_said_and_opens_nothing),
        CASE(the_rooms_key_opens_the_station_and_the_start_starts_it),
        CASE(a_key_sealed_to_somebody_else_opens_nothing_and_is_not_asked_for_in_a_loop),
        CASE(an_order_is_carried_out_once_however_often_it_comes),
        CASE(only_the_rooms_own_machine_gives_orders),
        CASE(an_order_for_one_who_has_not_begun_waits_for_him),
        CASE(a_forced_end_of_the_room_is_signed_here),
        CASE(what_was_carried_out_is_known_after_a_restart),
        CASE(a_message_reaches_the_candidate),
        CASE(a_sitting_that_goes_on_elsewhere_stops_here),
        CASE(a_closed_room_is_reported_and_the_agent_ends),
        CASE(a_journal_is_removed_only_when_the_room_has_all_of_it),
        CASE(battery_and_disk_are_reported_at_once_when_they_change),
    };
    return cmocka_run_group_tests(tests, fake_setup_all, fake_teardown_all);
}
