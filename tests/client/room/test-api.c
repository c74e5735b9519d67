/* SPDX-License-Identifier: Apache-2.0 */
/* What stations and room say to each other comes out as it went in, and nothing else is taken for it. */
#include "tests/check.h"

#include "base/canon.h"
#include "client/room/api.h"
#include "client/session/states.h"

static struct arena *a;
static struct bytes out;
static struct err e;

static int begin(void **state)
{
    (void)state;
    a = arena_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(a);
    bytes_release(&out);
    return 0;
}

#define READ_BACK(kind, sent, got)                                                                           \
    do {                                                                                                     \
        struct bytes again = {0};                                                                            \
        api_put_##kind(sent, &out);                                                                          \
        assert_done(api_get_##kind(bytes_span(&out), a, got, &e), e);                                        \
        api_put_##kind(got, &again);                                                                         \
        assert_true(span_equal(bytes_span(&again), bytes_span(&out)));                                       \
        bytes_release(&again);                                                                               \
        for (size_t cut = 0; cut < out.n; cut++)                                                             \
            assert_int_equal(api_get_##kind(span_of(out.p, cut), a, got, NULL), -ERR_DATA);                  \
        assert_done(api_get_##kind(bytes_span(&out), a, got, &e), e);                                        \
    } while (0)

static void a_hello_tells_the_session_and_its_package(void **state)
{
    struct api_hello sent = {.admitted = true, .session = "am", .package = {7, 8}, .wall_ms = -5}, got;
    (void)state;
    READ_BACK(hello, &sent, &got);
    assert_true(got.admitted);
    assert_string_equal(got.session, "am");
    assert_memory_equal(got.package, sent.package, sizeof sent.package);
    assert_int_equal(got.wall_ms, -5);
}

static void a_state_tells_every_seat(void **state)
{
    struct api_seat seat[2] = {{.ticket = "T001",
                                .connected = true,
                                .epoch = 2,
                                .seq = 41,
                                .spilled = 3,
                                .used_ms = 61000,
                                .trouble = ""},
                               {.ticket = "T002", .trouble = "damaged"}};
    struct api_state sent = {.after = 9,
                             .wait_ms = API_WAIT_MS,
                             .state = ROOM_LOCKED,
                             .battery = -1,
                             .charging = true,
                             .disk = CONTROL_DISK_GONE,
                             .trouble = "no such package",
                             .seat = seat,
                             .n = 2},
                     got;
    (void)state;
    READ_BACK(state, &sent, &got);
    assert_int_equal(got.n, 2);
    assert_int_equal(got.disk, CONTROL_DISK_GONE);
    assert_int_equal(got.battery, -1);
    assert_string_equal(got.trouble, "no such package");
    assert_int_equal(got.seat[0].seq, 41);
    assert_int_equal(got.seat[0].spilled, 3);
    assert_string_equal(got.seat[1].trouble, "damaged");
}

static void nobody_waits_longer_than_is_agreed(void **state)
{
    struct api_state sent = {.wait_ms = API_WAIT_MS + 1}, got;
    (void)state;
    api_put_state(&sent, &out);
    assert_int_equal(api_get_state(bytes_span(&out), a, &got, &e), -ERR_DATA);
    assert_int_equal(e.code, ERR_MESSAGE);
}

static void news_are_commands_in_their_order(void **state)
{
    struct api_command command[2] = {
        {.number = 3,
         .kind = API_OPEN,
         .ticket = "",
         .text = "",
         .data = span_str("sealed"),
         .more = span_str("<r/>")},
        {.number = 4, .kind = API_CLEAR, .ticket = "T001", .text = "", .value = 2}};
    struct api_begun begun = {"T007"};
    struct api_news sent = {.admitted = true, .command = command, .n = 2, .begun = &begun, .n_begun = 1}, got;
    (void)state;
    READ_BACK(news, &sent, &got);
    assert_int_equal(got.n_begun, 1);
    assert_string_equal(got.begun[0].ticket, "T007");
    assert_int_equal(got.n, 2);
    assert_true(got.admitted);
    assert_int_equal(got.command[0].kind, API_OPEN);
    assert_true(span_equal(got.command[0].data, span_str("sealed")));
    assert_int_equal(got.command[1].number, 4);
    assert_int_equal(got.command[1].data.n, 0);
}

static void a_command_that_does_not_exist_is_refused(void **state)
{
    struct api_command command = {.kind = API_COMMANDS, .ticket = "", .text = ""};
    struct api_news sent = {.command = &command, .n = 1}, got;
    (void)state;
    api_put_news(&sent, &out);
    assert_int_equal(api_get_news(bytes_span(&out), a, &got, NULL), -ERR_DATA);
}

static struct journal_stored row[2] = {{.epoch = 2,
                                        .seq = 1,
                                        .at = {10, 20, 30, "boot"},
                                        .kind = 1,
                                        .item = "",
                                        .payload = {(uint8_t *)"x", 1},
                                        .prev = {1},
                                        .hash = {2}},
                                       {.epoch = 2,
                                        .seq = 2,
                                        .at = {11, 21, 31, "boot"},
                                        .kind = 4,
                                        .item = "q1",
                                        .payload = {(uint8_t *)"yz", 2},
                                        .prev = {2},
                                        .hash = {3}}};

static struct api_part whole_part(void)
{
    return (struct api_part){.ticket = "T001",
                             .has_start = true,
                             .start = {.epoch = 2,
                                       .session = "am",
                                       .ticket = "T001",
                                       .form = "A",
                                       .package = {5},
                                       .station = "Ed",
                                       .fork_epoch = 1,
                                       .fork_seq = 17,
                                       .fork_hash = {9},
                                       .j_age = span_str("age")},
                             .row = row,
                             .n = 2,
                             .has_tick = true,
                             .has_seal = true,
                             .tick = {12, 22, 32, "boot"},
                             .seal = {.epoch = 2,
                                      .seq = 2,
                                      .head = {3},
                                      .signature = span_str("sig"),
                                      .certificate = span_str("c"),
                                      .certificate_signature = span_str("cs")}};
}

static void rows_carry_epochs_ticks_and_seals(void **state)
{
    struct api_part part[2] = {whole_part(), {.ticket = "T002", .start = {.epoch = 1}}};
    struct api_rows sent = {part, 2}, got;
    (void)state;
    READ_BACK(rows, &sent, &got);
    assert_int_equal(got.n, 2);
    assert_int_equal(got.part[0].start.fork_seq, 17);
    assert_int_equal(got.part[0].row[1].epoch, 2);
    assert_int_equal(got.part[0].row[1].at.wall_ms, 31);
    assert_string_equal(got.part[0].row[1].item, "q1");
    assert_true(span_equal(got.part[0].row[1].payload, span_str("yz")));
    assert_int_equal(got.part[0].seal.epoch, 2);
    assert_true(span_equal(got.part[0].seal.certificate_signature, span_str("cs")));
    assert_string_equal(got.part[0].tick.boot, "boot");
    assert_false(got.part[1].has_start || got.part[1].has_tick || got.part[1].has_seal);
    assert_int_equal(got.part[1].n, 0);
}

static void a_length_that_cannot_be_takes_no_memory(void **state)
{
    struct api_rows got;
    (void)state;
    canon_int(&out, API_MAX_SITTINGS + 1);
    assert_int_equal(api_get_rows(bytes_span(&out), a, &got, NULL), -ERR_DATA);
    bytes_clear(&out);
    struct api_part part = {.ticket = "T001", .start = {.epoch = 1}};
    struct api_rows one = {&part, 1};
    api_put_rows(&one, &out);
    put_le64(out.p + out.n - 8, API_MAX_ROWS); /* so many rows, and then nothing */
    size_t used = arena_used(a);
    assert_int_equal(api_get_rows(bytes_span(&out), a, &got, NULL), -ERR_DATA);
    assert_true(arena_used(a) - used < 4096);
}

static void more_rows_than_agreed_are_refused(void **state)
{
    struct journal_stored *many = arena_array(a, API_MAX_ROWS, sizeof *many);
    struct api_part part[2] = {{.ticket = "A", .start = {.epoch = 1}, .row = many, .n = API_MAX_ROWS},
                               {.ticket = "B", .start = {.epoch = 1}, .row = many, .n = 1}};
    struct api_rows sent = {part, 1}, got;
    (void)state;
    api_put_rows(&sent, &out);
    assert_done(api_get_rows(bytes_span(&out), a, &got, &e), e);
    bytes_clear(&out);
    sent.n = 2;
    api_put_rows(&sent, &out);
    assert_int_equal(api_get_rows(bytes_span(&out), a, &got, NULL), -ERR_DATA);
}

static void acknowledgements_say_how_far_or_why_not(void **state)
{
    struct api_kept_sitting sitting[2] = {{"T001", 1, 41, ""}, {"T002", 1, 7, "two machines wrote it"}};
    struct api_kept sent = {sitting, 2}, got;
    (void)state;
    READ_BACK(kept, &sent, &got);
    assert_int_equal(got.sitting[0].seq, 41);
    assert_string_equal(got.sitting[1].refused, "two machines wrote it");
}

static void a_claim_and_its_verdict(void **state)
{
    struct api_claim sent = {.ticket = "T001",
                             .resume_code = "ABCD-EFGH",
                             .epoch = 1,
                             .seq = 41,
                             .head = {1},
                             .fresh_agent = true},
                     got;
    struct api_part part = whole_part();
    struct api_claimed verdict = {.verdict = API_TAKE, .order = span_str("order"), .rows = {&part, 1}}, said;
    (void)state;
    READ_BACK(claim, &sent, &got);
    assert_true(got.fresh_agent);
    assert_string_equal(got.resume_code, "ABCD-EFGH");
    bytes_clear(&out);
    READ_BACK(claimed, &verdict, &said);
    assert_int_equal(said.verdict, API_TAKE);
    assert_true(span_equal(said.order, span_str("order")));
    assert_int_equal(said.rows.part[0].n, 2);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_hello_tells_the_session_and_its_package), CASE(a_state_tells_every_seat),
        CASE(nobody_waits_longer_than_is_agreed),        CASE(news_are_commands_in_their_order),
        CASE(a_command_that_does_not_exist_is_refused),  CASE(rows_carry_epochs_ticks_and_seals),
        CASE(a_length_that_cannot_be_takes_no_memory),   CASE(more_rows_than_agreed_are_refused),
        CASE(acknowledgements_say_how_far_or_why_not),   CASE(a_claim_and_its_verdict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
