/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "exam-packages/roster.h"

static struct roster_room rooms[2];
static struct roster_candidate people[3];

/* Two rooms of one site, three people, given in no order. */
static struct roster sample(struct arena *a)
{
    rooms[0] = (struct roster_room){.site = "S1", .id = "302", .name = "信息楼 302", .seats = 30};
    rooms[1] = (struct roster_room){.site = "S1", .id = "301", .name = "信息楼 301", .seats = 2};
    people[0] = (struct roster_candidate){.ticket = "420103",
                                          .name = "李明",
                                          .id_number = "",
                                          .county = "东湖",
                                          .school = "一中",
                                          .site = "S1",
                                          .room = "302",
                                          .seat = 12,
                                          .form = "A",
                                          .extra_s = 600};
    people[1] = (struct roster_candidate){.ticket = "420101",
                                          .name = "王芳",
                                          .id_number = "42",
                                          .county = "东湖",
                                          .school = "",
                                          .site = "S1",
                                          .room = "301",
                                          .seat = 2,
                                          .form = "B"};
    people[2] = (struct roster_candidate){.ticket = "420102",
                                          .name = "O\"Neil & <son>",
                                          .id_number = "",
                                          .county = "",
                                          .school = "",
                                          .site = "S1",
                                          .room = "301",
                                          .seat = 1,
                                          .form = "A"};
    return (struct roster){.arena = a,
                           .session = "am",
                           .site = "",
                           .room = rooms,
                           .n_rooms = 2,
                           .candidate = people,
                           .n_candidates = 3};
}

static void a_written_roster_reads_back_and_finds_its_people(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct roster r = sample(a), *again = NULL;
    struct bytes first = {0}, second = {0};
    struct err e;
    assert_done(roster_write(&r, &first, &e), e);
    assert_done(roster_read(&again, "roster.xml", bytes_span(&first), &e), e);
    assert_string_equal(again->candidate[0].ticket, "420101");
    assert_string_equal(roster_find(again, "420103")->name, "李明");
    assert_int_equal(roster_find(again, "420103")->extra_s, 600);
    assert_null(roster_find(again, "420104"));
    assert_int_equal(roster_find_room(again, "S1", "301")->seats, 2);
    assert_done(roster_write(again, &second, &e), e);
    assert_true(span_equal(bytes_span(&first), bytes_span(&second)));
    roster_free(again);
    bytes_release(&first);
    bytes_release(&second);
    arena_free(a);
}

static void a_site_sees_its_own_people_and_room_secrets(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct roster r = sample(a), *view = NULL, *again = NULL;
    struct bytes out = {0};
    struct err e;
    rooms[0].site = "S2";
    people[0].site = "S2";
    assert_done(roster_check(&r, &e), e);
    assert_string_equal(roster_site(&r, 0), "S1");
    assert_string_equal(roster_site(&r, 1), "S2");
    assert_null(roster_site(&r, 2));
    assert_done(roster_site_view(&view, &r, "S1", &e), e);
    assert_int_equal(view->n_candidates, 2);
    assert_int_equal(view->n_rooms, 1);
    assert_done(roster_write(view, &out, &e), e);
    assert_done(roster_read(&again, "S1.xml", bytes_span(&out), &e), e);
    assert_memory_equal(again->room[0].secret, view->room[0].secret, ROSTER_SECRET_BYTES);
    assert_refused(roster_site_view(&view, &r, "S3", &e), ERR_DATA, "no such site", e);
    roster_free(again);
    roster_free(view);
    bytes_release(&out);
    arena_free(a);
}

static void refused(struct roster *r, const char *where, const char *words)
{
    struct bytes out = {0};
    struct err e;
    assert_refused(roster_write(r, &out, &e), ERR_DATA, words, e);
    assert_string_equal(e.where, where);
    bytes_release(&out);
}

static void a_duplicate_ticket_number_is_refused_by_name(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    people[0].ticket = "420101";
    refused(&r, "420101", "occurs twice");
}

static void two_people_on_one_seat_are_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    people[2].seat = 2;
    refused(&r, "420102", "also given to 420101");
}

static void a_seat_outside_the_room_is_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    people[1].seat = 3;
    refused(&r, "420101", "not in room 301");
}

static void a_room_that_is_not_listed_is_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    people[1].room = "303";
    refused(&r, "420101", "no room 303");
}

static void a_name_that_is_a_path_is_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    people[0].ticket = "../x";
    refused(&r, "../x", "plain names");
}

static void a_whole_session_roster_never_holds_a_room_secret(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    rooms[0].has_secret = true;
    refused(&r, "302", "no room secrets");
}

static void other_bytes_of_the_same_facts_are_refused(void **state)
{
    (void)state;
    static const char spaced[] =
        "<roster xmlns=\"urn:kaochang:roster:1\"  session=\"am\" site=\"\"></roster>\n";
    struct roster *r = NULL;
    struct err e;
    assert_refused(roster_read(&r, "r.xml", span_str(spaced), &e), ERR_DATA, "canonical", e);
    assert_refused(roster_read(&r, "r.xml", span_str("<manifest/>"), &e), ERR_DATA, "not a <roster>", e);
    assert_refused(roster_read(&r, "r.xml", span_str("<!DOCTYPE roster><roster/>"), &e), ERR_DATA, "DOCTYPE",
                   e);
}

static void two_hundred_thousand_candidates_fit(void **state)
{
    (void)state;
    struct roster *r = roster_new(), *again = NULL;
    struct bytes out = {0};
    struct err e;
    r->session = "am";
    r->n_rooms = 2000;
    r->n_candidates = ROSTER_MAX_CANDIDATES;
    r->room = arena_array(r->arena, r->n_rooms, sizeof *r->room);
    r->candidate = arena_array(r->arena, r->n_candidates, sizeof *r->candidate);
    for (size_t i = 0; i < r->n_rooms; i++)
        r->room[i] = (struct roster_room){
            .site = "S", .id = arena_printf(r->arena, "r%zu", i), .name = "", .seats = 100};
    for (size_t i = 0; i < r->n_candidates; i++)
        r->candidate[i] = (struct roster_candidate){.ticket = arena_printf(r->arena, "%zu", i),
                                                    .name = "n",
                                                    .id_number = "",
                                                    .county = "",
                                                    .school = "",
                                                    .site = "S",
                                                    .form = "A",
                                                    .room = arena_printf(r->arena, "r%zu", i / 100),
                                                    .seat = (int64_t)(i % 100) + 1};
    assert_done(roster_write(r, &out, &e), e);
    assert_done(roster_read(&again, "big.xml", bytes_span(&out), &e), e);
    assert_int_equal(again->n_candidates, ROSTER_MAX_CANDIDATES);
    roster_free(again);
    roster_free(r);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_roster_reads_back_and_finds_its_people),
        cmocka_unit_test(a_site_sees_its_own_people_and_room_secrets),
        cmocka_unit_test(a_duplicate_ticket_number_is_refused_by_name),
        cmocka_unit_test(two_people_on_one_seat_are_refused),
        cmocka_unit_test(a_seat_outside_the_room_is_refused),
        cmocka_unit_test(a_room_that_is_not_listed_is_refused),
        cmocka_unit_test(a_name_that_is_a_path_is_refused),
        cmocka_unit_test(a_whole_session_roster_never_holds_a_room_secret),
        cmocka_unit_test(other_bytes_of_the_same_facts_are_refused),
        cmocka_unit_test(two_hundred_thousand_candidates_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
