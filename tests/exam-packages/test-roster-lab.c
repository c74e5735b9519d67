/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "exam-packages/roster.h"

enum { BENCHES = 4, CANDIDATES = 8 };

static struct roster_room rooms[2];
static struct roster_candidate people[CANDIDATES];
static struct roster_rater raters[4];

/* Two groups at four benches in room L1; two raters, and a second look at every bench by E03. */
static struct roster sample(struct arena *a)
{
    static char ticket[CANDIDATES][8];
    rooms[0] =
        (struct roster_room){.site = "S1", .id = "L1", .name = "实验室 1", .seats = 8, .benches = BENCHES};
    rooms[1] = (struct roster_room){.site = "S2", .id = "L1", .name = "实验室 1", .seats = 8, .benches = 2};
    for (int i = 0; i < CANDIDATES; i++) {
        snprintf(ticket[i], sizeof ticket[i], "42010%d", i);
        people[i] = (struct roster_candidate){.ticket = ticket[i],
                                              .name = "王芳",
                                              .id_number = "",
                                              .county = "东湖",
                                              .school = i < 4 ? "一中" : "二中",
                                              .site = "S1",
                                              .room = "L1",
                                              .seat = i + 1,
                                              .form = i % 2 ? "P1" : "C1"};
    }
    raters[0] = (struct roster_rater){"E03", "郑", "", "S1", "L1", 1, 4, 2};
    raters[1] = (struct roster_rater){"E02", "吴", "三中", "S1", "L1", 3, 4, 1};
    raters[2] = (struct roster_rater){"E01", "周", "四中", "S1", "L1", 1, 2, 1};
    raters[3] = (struct roster_rater){"E09", "冯", "", "S2", "L1", 1, 2, 1};
    return (struct roster){.arena = a,
                           .session = "lab",
                           .site = "",
                           .room = rooms,
                           .n_rooms = 2,
                           .candidate = people,
                           .n_candidates = CANDIDATES,
                           .rater = raters,
                           .n_raters = 4};
}

static void a_roster_with_raters_reads_back(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct roster r = sample(a), *again = NULL, *view = NULL;
    struct bytes out = {0};
    struct err e;
    assert_done(roster_write(&r, &out, &e), e);
    assert_done(roster_read(&again, "roster.xml", bytes_span(&out), &e), e);
    assert_int_equal(again->n_raters, 4);
    assert_string_equal(again->rater[0].id, "E01");
    assert_int_equal(roster_find_rater(again, "E02")->from, 3);
    assert_null(roster_find_rater(again, "E04"));
    assert_int_equal(roster_find_room(again, "S1", "L1")->benches, BENCHES);
    assert_done(roster_site_view(&view, again, "S1", &e), e);
    assert_int_equal(view->n_raters, 3);
    assert_int_equal(view->room[0].benches, BENCHES);
    roster_free(view);
    roster_free(again);
    bytes_release(&out);
    arena_free(a);
}

static void a_seat_gives_group_and_bench(void **state)
{
    (void)state;
    const struct roster_room room = {.seats = 10, .benches = 4};
    static const int64_t expected[][3] = {{1, 1, 1}, {4, 1, 4}, {5, 2, 1}, {8, 2, 4}, {9, 3, 1}, {10, 3, 2}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        int64_t group = 0, bench = 0;
        roster_bench(&room, expected[i][0], &group, &bench);
        assert_int_equal(group, expected[i][1]);
        assert_int_equal(bench, expected[i][2]);
    }
}

static void a_rater_rates_his_benches_of_every_group(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct roster r = sample(a);
    struct err e;
    assert_done(roster_check(&r, &e), e);
    const struct roster_rater *x = roster_find_rater(&r, "E01");
    for (int i = 0; i < CANDIDATES; i++) {
        assert_int_equal(roster_rates(&r, x, &r.candidate[i]), i % BENCHES < 2);
        assert_true(roster_rates(&r, roster_find_rater(&r, "E03"), &r.candidate[i]));
        assert_false(roster_rates(&r, roster_find_rater(&r, "E09"), &r.candidate[i]));
    }
    arena_free(a);
}

static void the_raters_sit_down_in_a_lab_and_the_candidates_elsewhere(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct roster r = sample(a);
    struct err e;
    size_t n = 0;
    assert_done(roster_check(&r, &e), e);
    const struct roster_candidate *s = roster_sitters(&r, &n);
    assert_int_equal(n, 4);
    static const struct {
        const char *id, *site;
        int64_t seat;
    } expected[] = {{"E01", "S1", 1}, {"E02", "S1", 2}, {"E03", "S1", 3}, {"E09", "S2", 1}};
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(s[i].ticket, expected[i].id);
        assert_string_equal(s[i].site, expected[i].site);
        assert_string_equal(s[i].form, ROSTER_RATING_FORM);
        assert_int_equal(s[i].seat, expected[i].seat);
    }
    r.n_raters = 0;
    assert_ptr_equal(roster_sitters(&r, &n), r.candidate);
    assert_int_equal(n, CANDIDATES);
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

static void a_rater_never_rates_the_own_school(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    raters[1].school = "二中";
    refused(&r, "E02", "same school as candidate 420106");
    r = sample(NULL);
    raters[3].school = "一中"; /* another room */
    struct bytes out = {0};
    struct err e;
    assert_done(roster_write(&r, &out, &e), e);
    bytes_release(&out);
}

static void a_bench_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    raters[1].to = 5;
    refused(&r, "E02", "benches 3 to 5 are not in room L1, which has 4");
    r = sample(NULL);
    raters[1].from = 5;
    refused(&r, "E02", "benches");
    r = sample(NULL);
    rooms[1].benches = 0;
    refused(&r, "E09", "no benches");
    r = sample(NULL);
    rooms[0].benches = 9;
    refused(&r, "L1", "no more benches than seats");
    r = sample(NULL);
    raters[1].room = "L2";
    refused(&r, "E02", "no room L2");
}

static void two_raters_of_one_order_at_a_bench_are_refused(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    raters[2].to = 3;
    refused(&r, "E02", "bench 3 in room L1 is also rated by E01");
    r = sample(NULL);
    raters[0].order = 1;
    refused(&r, "E03", "also rated by E01");
    r = sample(NULL);
    raters[0].order = 4;
    refused(&r, "E03", "order");
}

static void a_rater_is_one_person_and_no_candidate(void **state)
{
    (void)state;
    struct roster r = sample(NULL);
    raters[0].id = "E02";
    refused(&r, "E02", "occurs twice");
    r = sample(NULL);
    raters[0].id = "420103";
    refused(&r, "420103", "ticket number of a candidate");
    r = sample(NULL);
    raters[0].name = "";
    refused(&r, "E03", "no name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_roster_with_raters_reads_back),
        cmocka_unit_test(a_seat_gives_group_and_bench),
        cmocka_unit_test(a_rater_rates_his_benches_of_every_group),
        cmocka_unit_test(the_raters_sit_down_in_a_lab_and_the_candidates_elsewhere),
        cmocka_unit_test(a_rater_never_rates_the_own_school),
        cmocka_unit_test(a_bench_that_is_not_there_is_refused),
        cmocka_unit_test(two_raters_of_one_order_at_a_bench_are_refused),
        cmocka_unit_test(a_rater_is_one_person_and_no_candidate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
