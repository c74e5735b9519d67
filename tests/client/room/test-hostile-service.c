/* SPDX-License-Identifier: Apache-2.0 */
/* A room service that means harm, or has lost its wits: what it may say to a station. It never stops a
 * candidate, loses no answer, learns no key, and keeps nobody waiting. What does not verify at all is in
 * test-uplink-claim.c (rubbish) and test-uplink.c. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/rng.h"
#include "tests/client/room/fake-room.h"

static struct fake f;
static struct err e;

#define CASE(name) cmocka_unit_test_setup_teardown(name, fake_setup, fake_teardown)

static size_t noted(const char *kind)
{
    struct minute *m = NULL;
    size_t n = 0;
    assert_done(minutes_find(f.room->minutes, &(struct minutes_query){.kind = kind}, f.a, &m, &n, &e), e);
    return n;
}

static int64_t granted(void)
{
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    return fake_seat(&f, "T001")->session.granted_ms;
}

/* Forgets what was answered. */
static void tidy(void)
{
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (!f.sent[i].gone)
            f.sent[n++] = f.sent[i];
    f.n = n;
}

static void send_all(struct api_command *c, size_t n)
{
    fake_take_rows(&f);
    if (!fake_asks(&f, "/1/news"))
        fake_pass(&f, 6000);
    fake_news(&f, c, n);
    tidy();
}

/* ---- introduction ---- */

static void an_introduction_that_is_changed_anywhere_is_not_believed(void **state)
{
    struct rng r;
    struct bytes bad = {0};
    (void)state;
    rng_seed(&r, 4);
    fake_pass(&f, 1);
    fake_introduce(&f);
    const char *pin = fake_asked(&f, "/1/hello")->pin;
    fake_fail(&f, fake_asked(&f, "/1/hello"));
    for (int i = 0; i < 150; i++) {
        bytes_clear(&bad);
        bytes_add(&bad, f.introduction.p,
                  f.introduction.n - (i % 3 == 0 ? 1 + rng_below(&r, f.introduction.n - 1) : 0));
        if (i % 3)
            bad.p[rng_below(&r, bad.n)] ^= (uint8_t)(1 + rng_below(&r, 255));
        fake_pass(&f, UPLINK_LAST_PAUSE_MS);
        fake_answer(&f, fake_asked(&f, "/1/introduction"), 200, bytes_span(&bad));
        fake_pass(&f, 1);
        if (fake_asks(&f, "/1/hello")) { /* a remark that nobody signed was changed: the key is the same */
            assert_string_equal(fake_asked(&f, "/1/hello")->pin, pin);
            fake_fail(&f, fake_asked(&f, "/1/hello"));
        }
        tidy();
    }
    bytes_release(&bad);
}

static void a_station_that_poses_as_the_room_is_not_believed(void **state)
{
    struct minisign_secret key = {0};
    struct bytes packed = {0};
    const struct introduction roles[] = {
        {.of_room = true, .name = "st07", .site = "S1", .room = "301", .tls = {3}},
        {.name = "st07", .site = "S1", .room = "301", .tls = {3}}};
    (void)state;
    assert_done(minisign_new(&key, &e), e);
    struct certificate_chain chain = kit_certify(&f.hall->world, f.a, &key, "station", "st07", "301");
    for (int i = 0; i < 2; i++) {
        bytes_clear(&packed);
        if (introduction_make(&roles[i], &key, &chain, &packed, &e) < 0)
            continue;
        fake_pass(&f, UPLINK_LAST_PAUSE_MS);
        fake_answer(&f, fake_asked(&f, "/1/introduction"), 200, bytes_span(&packed));
        fake_pass(&f, 1);
        assert_false(fake_asks(&f, "/1/hello"));
    }
    bytes_release(&packed);
    minisign_secret_free(&key);
}

static void a_session_name_leads_nowhere(void **state)
{
    static const char *const names[] = {"../../etc", "/etc/passwd", "..", "am/../am", "pm", "", "a\nb"};
    (void)state;
    fake_pass(&f, 1);
    fake_introduce(&f);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct api_hello h = {.admitted = true, .session = names[i]};
        struct bytes body = {0};
        api_put_hello(&h, &body);
        fake_answer(&f, fake_asked(&f, "/1/hello"), 200, bytes_span(&body));
        fake_pass(&f, 1);
        assert_true(fake_told(&f).trouble[0]);
        assert_int_equal(f.room->state, ROOM_LOCKED);
        fake_fail(&f, fake_asked(&f, "/1/news"));
        fake_pass(&f, UPLINK_LAST_PAUSE_MS);
        fake_introduce(&f);
        tidy();
        bytes_release(&body);
    }
}

/* ---- commands ---- */

static void another_sessions_key_opens_nothing(void **state)
{
    struct age_identity other = {0};
    struct bytes text = {0}, sealed = {0};
    (void)state;
    fake_pass(&f, 1);
    fake_introduce(&f);
    fake_hello(&f);
    assert_done(age_identity_new(&other, &e), e);
    age_identity_text(&other, &text);
    assert_done(age_seal(bytes_span(&text), &f.station.recipient, 1, &sealed, &e), e);
    fake_command(&f, (struct api_command){
                         .kind = API_OPEN, .data = bytes_span(&sealed), .more = span_str("<roster/>")});
    assert_int_equal(f.room->state, ROOM_LOCKED);
    fake_restart(&f);
    fake_open(&f); /* the right one still does */
    bytes_release(&text);
    bytes_release(&sealed);
    age_identity_free(&other);
}

static void a_wild_number_deafens_nobody(void **state)
{
    static const int64_t wild[] = {INT64_MAX, INT64_MIN, INT64_MAX - 1, -1, INT64_C(1) << 60, 5000000};
    const struct journal_order more = {.kind = JOURNAL_EXTRA_TIME, .value = 300000};
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        struct api_command c = {.kind = API_TELL, .number = wild[i], .ticket = "T001", .text = "?"};
        send_all(&c, 1);
    }
    fake_restart(&f); /* nor is it remembered */
    fake_open(&f);
    fake_pass(&f, 6000);
    struct api_state told = fake_told(&f);
    assert_in_range(told.after, 0, 100);
    fake_command(&f, (struct api_command){.kind = API_ORDER,
                                          .ticket = "T001",
                                          .data = fake_order(&f, &more, &f.key, &f.chain)});
    assert_int_equal(granted(), 300000);
    sitting_close(s);
}

static void a_start_at_no_time_starts_nothing(void **state)
{
    static const int64_t when[] = {INT64_MIN, INT64_MAX, 0, -1};
    struct control_room shown;
    (void)state;
    fake_open(&f);
    for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
        struct api_command c = {.kind = API_START, .value = when[i]};
        send_all(&c, 1);
    }
    assert_done(room_status(f.room, f.a, &shown, &e), e);
    assert_in_range(shown.running_ms, 0, 86400000);
}

/* A thousand commands in each answer, each of them nonsense: neither the minutes nor the loop are full of
 * them. */
static void a_storm_of_commands_keeps_nobody_waiting(void **state)
{
    static struct api_command c[API_MAX_COMMANDS];
    enum message_type type;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    size_t before = (size_t)minutes_last(f.room->minutes);
    int64_t number = f.number;
    for (int round = 0; round < 30; round++) {
        for (size_t i = 0; i < API_MAX_COMMANDS; i++)
            c[i] = (struct api_command){
                .number = ++number,
                .kind = (enum api_command_kind)(round % 2 ? API_SEND : (int)(i % API_COMMANDS)),
                .ticket = i % 3 ? "T001" : "*",
                .text = "?",
                .value = (int64_t)i - 500,
                .data = span_str("nonsense"),
                .more = span_str("12345678")};
        for (size_t i = 0; i < API_MAX_COMMANDS; i++)
            if (c[i].kind == API_CLOSE || c[i].kind == API_STOP)
                c[i].kind = API_TELL;
        send_all(c, API_MAX_COMMANDS);
        number = f.number = number - API_MAX_COMMANDS + 40; /* what was not carried out is said again */
        fake_write(&f, s, (size_t)round % 4, round % 2 ? "A" : "B");
        assert_true(
            fake_ask(&f, &(struct request){.type = MESSAGE_SEAL}, &type, NULL)); /* answered at once */
    }
    assert_in_range((size_t)minutes_last(f.room->minutes), before, before + 200);
    assert_int_equal(fake_seat(&f, "T001")->session.state, SITTING_ANSWERING);
    room_note_left_out(f.room);
    assert_true(noted("left-out") > 0);
    sitting_close(s);
}

static void to_send_from_nowhere_is_to_send_from_the_beginning(void **state)
{
    static const char *const from[] = {"\xff\xff\xff\xff\xff\xff\xff\x7f", "\xff\xff\xff\xff\xff\xff\xff\xff",
                                       "short", ""};
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_write(&f, s, 0, "A");
    fake_take_rows(&f);
    for (int i = 0; i < 12; i++) {
        struct api_command c = {.kind = API_SEND,
                                .ticket = "T001",
                                .value = (int64_t[]){0, 1, 7, INT64_MIN, INT64_MAX}[i % 5],
                                .more = span_of(from[i % 4], i % 4 < 2 ? 8 : strlen(from[i % 4]))};
        send_all(&c, 1);
        fake_write(&f, s, 1, i % 2 ? "A" : "B");
        for (int k = 0; k < 4 && !fake_asks(&f, "/1/rows"); k++)
            fake_pass(&f, 1000);
        fake_take_rows(&f);
    }
    struct seat *seat = fake_seat(&f, "T001");
    int64_t epoch, seq;
    uint8_t head[32];
    assert_done(room_refresh(f.room, seat, &e), e);
    fake_pass(&f, 2000);
    fake_take_rows(&f);
    journal_head(sitting_store_journal(seat->store), &epoch, &seq, head);
    assert_int_equal(seat->kept.seq, seq);
    sitting_close(s);
}

/* It knows the head of all that it was sent; that makes no journal its own. */
static void an_exam_that_goes_on_is_not_removed(void **state)
{
    uint8_t head[32] = {0};
    int64_t epoch, seq;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    struct seat *seat = fake_seat(&f, "T001");
    for (int i = 0; i < 3; i++) {
        fake_write(&f, s, 0, i % 2 ? "A" : "B");
        fake_take_rows(&f);
        assert_done(room_refresh(f.room, seat, &e), e);
        journal_head(sitting_store_journal(seat->store), &epoch, &seq, head);
        struct api_command c = {.kind = API_CLEAR, .ticket = "T001", .data = span_of(head, sizeof head)};
        send_all(&c, 1);
        assert_true(file_exists(seat->path));
    }
    static const char *const names[] = {"*", "", "..", "T001.journal", "../uplink", "T001/../T001"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct api_command c = {.kind = API_CLEAR, .ticket = names[i], .data = span_of(head, sizeof head)};
        send_all(&c, 1);
    }
    assert_true(file_exists(seat->path));
    fake_write(&f, s, 1, "C");
    sitting_close(s);
}

static void to_stop_everybody_is_nobodys_name(void **state)
{
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    struct api_command c = {.kind = API_STOP, .ticket = "*", .text = "st02"};
    send_all(&c, 1);
    assert_false(fake_heard(&f, MESSAGE_MOVED, NULL));
    fake_write(&f, s, 0, "A");
    sitting_close(s);
}

/* ---- what it says it has ---- */

static void a_room_that_claims_all_kinds_of_things_is_sent_everything_in_the_end(void **state)
{
    struct rng r;
    (void)state;
    rng_seed(&r, 12);
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    for (int i = 0; i < 60; i++) {
        static const int64_t seqs[] = {INT64_MAX, INT64_MIN, -1, 0, 1, 1000000};
        struct api_kept_sitting lies[] = {{.ticket = i % 3 ? "T001" : "T002",
                                           .epoch = rng_below(&r, 3),
                                           .seq = seqs[rng_below(&r, 6)],
                                           .refused = rng_below(&r, 5) ? "" : "no"},
                                          {.ticket = "nobody", .epoch = INT64_MAX, .seq = 3, .refused = ""}};
        struct bytes body = {0};
        fake_write(&f, s, (size_t)i % 4, i % 2 ? "A" : "B");
        fake_pass(&f, 1500);
        if (fake_asks(&f, "/1/rows")) {
            api_put_kept(&(struct api_kept){lies, 2}, &body);
            fake_answer(&f, fake_asked(&f, "/1/rows"), 200, bytes_span(&body));
        }
        bytes_release(&body);
        tidy();
    }
    if (fake_asks(&f, "/1/news"))
        fake_fail(&f, fake_asked(&f, "/1/news"));
    while (!fake_asks(&f, "/1/introduction"))
        fake_pass(&f, 1000);
    fake_introduce(&f); /* an honest one takes its place */
    fake_hello(&f);
    size_t rows = fake_take_rows(&f);
    int64_t epoch, seq;
    uint8_t head[32];
    assert_done(room_refresh(f.room, fake_seat(&f, "T001"), &e), e);
    journal_head(sitting_store_journal(fake_seat(&f, "T001")->store), &epoch, &seq, head);
    assert_int_equal(rows, seq);
    sitting_close(s);
}

/* ---- a flood of sign-ins on the candidates' line ---- */

static void a_flood_of_sign_ins_leaves_room_for_the_closing(void **state)
{
    enum message_type type;
    (void)state;
    fake_open(&f);
    struct sitting *s = fake_sit(&f);
    fake_take_rows(&f);
    fake_fail(&f, fake_asked(&f, "/1/news"));
    int64_t before = minutes_last(f.room->minutes);
    for (int i = 0; i < 3000; i++)
        assert_true(fake_ask(&f, &(struct request){.type = MESSAGE_SIGN_IN, .ticket = "T001"}, &type, NULL));
    assert_in_range(minutes_last(f.room->minutes), before, before + 60);
    f.now.mono_ms += 60000;
    room_clock(f.room, &f.now);
    fake_ask(&f, &(struct request){.type = MESSAGE_SIGN_IN, .ticket = "T001"}, &type, NULL);
    assert_int_equal(noted("left-out"), 1);
    assert_done(room_incident(f.room, NULL, "what people do is always noted", &e), e);
    assert_int_equal(noted("incident"), 1);
    sitting_close(s);
}

int main(void)
{
    fake_use(&f);
    const struct CMUnitTest tests[] = {
        CASE(an_introduction_that_is_changed_anywhere_is_not_believed),
        CASE(a_station_that_poses_as_the_room_is_not_believed),
        CASE(a_session_name_leads_nowhere),
        CASE(another_sessions_key_opens_nothing),
        CASE(a_wild_number_deafens_nobody),
        CASE(a_start_at_no_time_starts_nothing),
        CASE(a_storm_of_commands_keeps_nobody_waiting),
        CASE(to_send_from_nowhere_is_to_send_from_the_beginning),
        CASE(an_exam_that_goes_on_is_not_removed),
        CASE(to_stop_everybody_is_nobodys_name),
        CASE(a_room_that_claims_all_kinds_of_things_is_sent_everything_in_the_end),
        CASE(a_flood_of_sign_ins_leaves_room_for_the_closing),
    };
    return cmocka_run_group_tests(tests, fake_setup_all, fake_teardown_all);
}
