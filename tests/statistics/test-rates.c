/* SPDX-License-Identifier: Apache-2.0 */
/* Rates: definitions, exactness, and that the parts are the whole. */
#include "statistics/rates.h"

#include "statistics/tables.h"
#include "tests/check.h"
#include "tests/statistics/city.h"

static const struct city teachers = {
    .registered = 3600, .sat = 3487, .passed = 2882, .high = 500, .full = 12};
static const struct city lab = {
    .registered = 50078, .sat = 47732, .passed = 43576, .high = 38573, .full = 22298};

static const char *cell(const struct table *t, size_t row, const char *key)
{
    for (size_t c = 0; c < t->n_columns; c++)
        if (strcmp(t->column[c].key, key) == 0)
            return t->row[row].cell[c];
    return NULL;
}

static struct table *city_row(const struct city *c, struct rates *rates, struct arena *a, int decimals)
{
    const struct rates_view view = {.level = {[RATES_CITY] = true}, .decimals = decimals};
    struct err e;
    assert_done(rates_compute(rates, city_make(c, a), (size_t)c->registered, &city_lines, &e), e);
    return rates_table(rates, &view);
}

static void the_teachers_exam_comes_out_as_published(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct rates r, again;
    struct table *one = city_row(&teachers, &r, a, 1), *two = city_row(&teachers, &again, a, 2);
    assert_int_equal(one->n_rows, 1);
    assert_string_equal(cell(one, 0, "sat"), "3487");
    assert_string_equal(cell(one, 0, "passed"), "2882");
    assert_string_equal(cell(one, 0, "passRate"), "82.6");
    assert_string_equal(cell(two, 0, "passRate"), "82.65");
    table_free(one);
    table_free(two);
    rates_release(&r);
    rates_release(&again);
    arena_free(a);
}

static void the_citys_lab_exam_comes_out_as_published(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct rates r;
    struct table *t = city_row(&lab, &r, a, 4);
    assert_string_equal(cell(t, 0, "registered"), "50078");
    assert_string_equal(cell(t, 0, "sat"), "47732");
    assert_string_equal(cell(t, 0, "absent"), "2346");
    assert_string_equal(cell(t, 0, "passed"), "43576");
    assert_string_equal(cell(t, 0, "passRate"), "91.2931");
    assert_string_equal(cell(t, 0, "high"), "38573");
    assert_string_equal(cell(t, 0, "highRate"), "80.8116");
    assert_string_equal(cell(t, 0, "full"), "22298");
    assert_string_equal(cell(t, 0, "fullRate"), "46.7150");
    table_free(t);
    rates_release(&r);
    arena_free(a);
}

static bool inside(const struct rates_unit *u, const struct store_result *x)
{
    return (!u->county[0] || strcmp(u->county, x->county) == 0) &&
           (!u->school[0] || strcmp(u->school, x->school) == 0) &&
           (!u->room[0] || (strcmp(u->room, x->room) == 0 && strcmp(u->site, x->site) == 0));
}

/* Counted again candidate by candidate, without any of the module's code. */
static void every_unit_agrees_with_an_independent_recount(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct store_result *all = city_make(&teachers, a);
    struct rates r;
    struct err e;
    size_t schools = 0;
    all[5].mark = STORE_UNSCORED;
    all[6].mark = STORE_QUARANTINED;
    all[7].mark = STORE_PENDING;
    assert_done(rates_compute(&r, all, (size_t)teachers.registered, &city_lines, &e), e);
    for (size_t u = 0; u < r.n; u++) {
        const struct rates_count *c = &r.unit[u].count;
        int64_t registered = 0, absent = 0, passed = 0, sum = 0, waiting = 0, min = INT64_MAX, max = -1;
        for (int64_t i = 0; i < teachers.registered; i++) {
            const struct store_result *x = &all[i];
            if (!inside(&r.unit[u], x))
                continue;
            registered++;
            absent += x->mark == STORE_ABSENT;
            if (x->mark != STORE_SCORED) {
                waiting += x->mark != STORE_ABSENT;
                continue;
            }
            passed += x->points.milli >= 60000;
            sum += x->points.milli;
            min = x->points.milli < min ? x->points.milli : min;
            max = x->points.milli > max ? x->points.milli : max;
        }
        assert_int_equal(c->registered, registered);
        assert_int_equal(c->absent, absent);
        assert_int_equal(c->sat, registered - absent);
        assert_int_equal(c->unscored + c->quarantined, waiting);
        assert_int_equal(c->passed, passed);
        assert_int_equal(c->sum_milli, sum);
        assert_int_equal(c->max_milli, c->scored ? max : 0);
        assert_int_equal(c->min_milli, c->scored ? min : 0);
        schools += r.unit[u].level == RATES_SCHOOL;
    }
    assert_int_equal(schools, 3 + 4 + 5 + 6 + 7);
    rates_release(&r);
    arena_free(a);
}

static void children_add_up_to_their_parent(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct rates r;
    struct err e;
    int64_t total[RATES_LEVELS] = {0};
    assert_done(rates_compute(&r, city_make(&teachers, a), (size_t)teachers.registered, &city_lines, &e), e);
    for (size_t i = 0; i < r.n; i++)
        total[r.unit[i].level] += r.unit[i].count.passed;
    for (int l = 0; l < RATES_LEVELS; l++)
        assert_int_equal(total[l], teachers.passed);
    rates_release(&r);
    arena_free(a);
}

static struct store_result person(const char *ticket, enum store_mark mark, int64_t milli)
{
    return (struct store_result){.ticket = ticket,
                                 .name = "N",
                                 .id_number = "",
                                 .county = "C",
                                 .school = "X",
                                 .site = "S",
                                 .room = "R",
                                 .form = "A",
                                 .status = "",
                                 .receipt = "",
                                 .registered = true,
                                 .mark = mark,
                                 .points = {milli},
                                 .maximum = {100000}};
}

static void absent_is_not_zero(void **state)
{
    (void)state;
    const struct store_result all[] = {person("1", STORE_ABSENT, 0), person("2", STORE_SCORED, 0),
                                       person("3", STORE_SCORED, 80000)};
    const struct rates_view view = {.level = {true}, .decimals = 2};
    struct rates r;
    struct err e;
    assert_done(rates_compute(&r, all, 3, &city_lines, &e), e);
    assert_int_equal(r.unit[0].count.zero, 1);
    assert_int_equal(r.unit[0].count.absent, 1);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "mean"), "40.00");
    assert_string_equal(cell(t, 0, "passRate"), "50.00");
    assert_string_equal(cell(t, 0, "min"), "0");
    table_free(t);
    rates_release(&r);
}

static void percentages_and_means_are_rounded_half_up(void **state)
{
    (void)state;
    struct store_result all[8];
    const struct rates_view one = {.level = {true}, .decimals = 1}, none = {.level = {true}};
    struct rates r;
    struct err e;
    for (int i = 0; i < 8; i++)
        all[i] = person(i == 0 ? "a" : "b", STORE_SCORED, i == 0 ? 60000 : 500);
    assert_done(rates_compute(&r, all, 8, &city_lines, &e), e);
    struct table *t = rates_table(&r, &one), *whole = rates_table(&r, &none);
    assert_string_equal(cell(t, 0, "passRate"), "12.5");
    assert_string_equal(cell(whole, 0, "passRate"), "13");
    assert_string_equal(cell(t, 0, "mean"), "7.9"); /* 63.5 / 8 = 7.9375 */
    table_free(t);
    table_free(whole);
    rates_release(&r);
}

static void at_the_line_is_over_the_line(void **state)
{
    (void)state;
    const struct store_result all[] = {person("1", STORE_SCORED, 59999), person("2", STORE_SCORED, 60000),
                                       person("3", STORE_SCORED, 90000), person("4", STORE_SCORED, 100000)};
    struct rates r;
    struct err e;
    assert_done(rates_compute(&r, all, 4, &city_lines, &e), e);
    assert_int_equal(r.unit[0].count.passed, 3);
    assert_int_equal(r.unit[0].count.high, 2);
    assert_int_equal(r.unit[0].count.full, 1);
    rates_release(&r);
}

static void a_unit_where_nobody_sat_has_no_rates(void **state)
{
    (void)state;
    const struct store_result all[] = {person("1", STORE_ABSENT, 0)};
    const struct rates_view view = {.level = {true}, .decimals = 2};
    struct rates r;
    struct err e;
    assert_done(rates_compute(&r, all, 1, &city_lines, &e), e);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "passRate"), "");
    assert_string_equal(cell(t, 0, "mean"), "");
    assert_string_equal(cell(t, 0, "absent"), "1");
    table_free(t);
    rates_release(&r);
}

static void work_that_is_not_scored_is_shown_as_such(void **state)
{
    (void)state;
    const struct store_result all[] = {person("1", STORE_UNSCORED, 0), person("2", STORE_SCORED, 70000)};
    const struct rates_view view = {.level = {true}, .decimals = 2};
    struct rates r;
    struct err e;
    assert_done(rates_compute(&r, all, 2, &city_lines, &e), e);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "unscored"), "1");
    assert_string_equal(cell(t, 0, "sat"), "2");
    assert_string_equal(cell(t, 0, "mean"), "70.00");
    assert_string_equal(cell(t, 0, "quarantined"), "0");
    assert_null(cell(t, 0, "cheating"));
    table_free(t);
    rates_release(&r);
}

/* Sat: rated, exempt, breach, cheating. Not: absent, postponed. Nowhere: void. */
static void statuses_of_a_lab_exam_have_their_own_columns(void **state)
{
    (void)state;
    struct store_result all[] = {person("1", STORE_SCORED, 70000), person("2", STORE_SCORED, 15000),
                                 person("3", STORE_BREACH, 0),     person("4", STORE_CHEATING, 0),
                                 person("5", STORE_POSTPONED, 0),  person("6", STORE_ABSENT, 0),
                                 person("7", STORE_VOID, 0),       person("8", STORE_PENDING, 0)};
    const struct rates_view view = {.level = {true}, .decimals = 2, .statuses = true};
    struct rates r;
    struct err e;
    all[1].status = "exempt";
    assert_done(rates_compute(&r, all, 8, &city_lines, &e), e);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "registered"), "7");
    assert_string_equal(cell(t, 0, "sat"), "5");
    assert_string_equal(cell(t, 0, "absent"), "1");
    assert_string_equal(cell(t, 0, "postponed"), "1");
    assert_string_equal(cell(t, 0, "violation"), "1");
    assert_string_equal(cell(t, 0, "cheating"), "1");
    assert_string_equal(cell(t, 0, "exempt"), "1");
    assert_string_equal(cell(t, 0, "unscored"), "1");
    assert_string_equal(cell(t, 0, "passRate"), "20.00");
    assert_string_equal(cell(t, 0, "mean"), "42.50");
    assert_int_equal(r.voided, 1);
    table_free(t);
    rates_release(&r);
}

static void there_are_no_rates_before_anything_is_scored(void **state)
{
    (void)state;
    const struct store_result all[] = {person("1", STORE_UNSCORED, 0), person("2", STORE_QUARANTINED, 0)};
    const struct rates_view view = {.level = {true}, .decimals = 2};
    struct rates r;
    struct err e;
    assert_done(rates_compute(&r, all, 2, &city_lines, &e), e);
    struct table *t = rates_table(&r, &view);
    assert_string_equal(cell(t, 0, "passRate"), "");
    assert_string_equal(cell(t, 0, "sat"), "2");
    table_free(t);
    rates_release(&r);
}

static void a_ticket_outside_the_roster_is_counted_apart(void **state)
{
    (void)state;
    struct store_result all[] = {person("1", STORE_SCORED, 70000), person("2", STORE_SCORED, 70000)};
    struct rates r;
    struct err e;
    all[1].registered = false;
    assert_done(rates_compute(&r, all, 2, &city_lines, &e), e);
    assert_int_equal(r.unit[0].count.sat, 1);
    assert_int_equal(r.unregistered, 1);
    rates_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_teachers_exam_comes_out_as_published),
        cmocka_unit_test(the_citys_lab_exam_comes_out_as_published),
        cmocka_unit_test(every_unit_agrees_with_an_independent_recount),
        cmocka_unit_test(children_add_up_to_their_parent),
        cmocka_unit_test(absent_is_not_zero),
        cmocka_unit_test(percentages_and_means_are_rounded_half_up),
        cmocka_unit_test(at_the_line_is_over_the_line),
        cmocka_unit_test(a_unit_where_nobody_sat_has_no_rates),
        cmocka_unit_test(work_that_is_not_scored_is_shown_as_such),
        cmocka_unit_test(statuses_of_a_lab_exam_have_their_own_columns),
        cmocka_unit_test(there_are_no_rates_before_anything_is_scored),
        cmocka_unit_test(a_ticket_outside_the_roster_is_counted_apart),
    };
    return cmocka_run_group_tests_name("rates", tests, NULL, NULL);
}
