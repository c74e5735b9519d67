/* SPDX-License-Identifier: Apache-2.0 */
/* From several ratings to one mark: agreement, the third, ties, the chief. */
#include "tests/check.h"

#include "scoring/lab/combine.h"

static struct lab_plan plan(int64_t raters)
{
    return (struct lab_plan){.raters = raters,
                             .tolerance = points_milli(2000),
                             .round = points_milli(500),
                             .dispute = LAB_DISPUTE_THIRD,
                             .recheck = points_milli(0)};
}

static struct combine_rating rated(int64_t order, int64_t milli)
{
    return (struct combine_rating){.rater = "E",
                                   .order = order,
                                   .status = RATING_RATED,
                                   .total = points_milli(milli),
                                   .complete = true,
                                   .confirmed = true};
}

static struct combine_rating said(int64_t order, enum rating_status status)
{
    return (struct combine_rating){.rater = "E", .order = order, .status = status};
}

/* The same whatever the order in which ratings come. */
static struct combined combine(const struct lab_plan *p, const struct combine_rating *x, size_t n)
{
    struct combine_rating turned[4];
    struct combined one, other;
    for (size_t i = 0; i < n; i++)
        turned[i] = x[n - 1 - i];
    lab_combine(p, x, n, &one);
    lab_combine(p, turned, n, &other);
    assert_int_equal(one.state, other.state);
    assert_int_equal(one.status, other.status);
    assert_int_equal(one.total.milli, other.total.milli);
    assert_string_equal(one.rule, other.rule);
    return one;
}

static void expect(const struct combined *c, enum combine_state state, int64_t milli, const char *rule)
{
    assert_string_equal(combine_state_name(c->state), combine_state_name(state));
    assert_int_equal(c->total.milli, milli);
    assert_string_equal(c->rule, rule);
}

static struct combined two(const struct lab_plan *p, int64_t a, int64_t b)
{
    const struct combine_rating x[] = {rated(1, a), rated(2, b)};
    return combine(p, x, 2);
}

static struct combined three(const struct lab_plan *p, int64_t a, int64_t b, int64_t c)
{
    const struct combine_rating x[] = {rated(1, a), rated(2, b), rated(3, c)};
    return combine(p, x, 3);
}

static void one_rater_is_enough_where_the_plan_asks_one(void **state)
{
    (void)state;
    struct lab_plan p = plan(1);
    const struct combine_rating x = rated(1, 17500);
    struct combined c = combine(&p, &x, 1);
    expect(&c, COMBINE_DONE, 17500, "one");
    lab_combine(&p, NULL, 0, &c);
    expect(&c, COMBINE_NONE, 0, "");
}

static void two_within_the_tolerance_give_their_mean_half_up(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = two(&p, 16000, 18000);
    expect(&c, COMBINE_DONE, 17000, "mean");
    c = two(&p, 17000, 17500);
    expect(&c, COMBINE_DONE, 17500, "mean"); /* 17.25 */
    p.round = points_milli(1000);
    c = two(&p, 17000, 18000);
    expect(&c, COMBINE_DONE, 18000, "mean"); /* 17.5 */
    c = two(&p, 20000, 20000);
    expect(&c, COMBINE_DONE, 20000, "mean");
}

static void further_apart_a_third_is_needed_or_the_chief(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = two(&p, 15000, 17100);
    expect(&c, COMBINE_THIRD, 0, "");
    p.dispute = LAB_DISPUTE_CHIEF;
    c = two(&p, 15000, 17100);
    expect(&c, COMBINE_CHIEF, 0, "");
}

static void the_third_makes_a_pair_with_the_nearer_one(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = three(&p, 10000, 16000, 15000);
    expect(&c, COMBINE_DONE, 15500, "nearer-pair");
    c = three(&p, 16000, 10000, 11000);
    expect(&c, COMBINE_DONE, 10500, "nearer-pair");
}

static void of_two_equally_near_pairs_the_higher_one_counts(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = three(&p, 12000, 16000, 14000);
    expect(&c, COMBINE_DONE, 15000, "nearer-pair");
    c = three(&p, 16000, 12000, 14000);
    expect(&c, COMBINE_DONE, 15000, "nearer-pair");
}

static void a_third_that_is_near_to_neither_goes_to_the_chief(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = three(&p, 5000, 16000, 10000);
    expect(&c, COMBINE_CHIEF, 0, "");
}

static void a_third_that_was_not_needed_changes_nothing(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combined c = three(&p, 16000, 17000, 2000);
    expect(&c, COMBINE_DONE, 16500, "mean");
}

static void the_third_is_not_asked_before_it_is_finished(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combine_rating x[] = {rated(1, 10000), rated(2, 16000), rated(3, 15000)};
    x[2].complete = false;
    struct combined c = combine(&p, x, 3);
    expect(&c, COMBINE_THIRD, 0, "");
    x[2].chief = true;
    c = combine(&p, x, 3);
    expect(&c, COMBINE_CHIEF, 0, "");
}

static void a_rating_that_is_open_or_not_confirmed_is_waited_for(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combine_rating x[] = {rated(1, 16000), rated(2, 16000)};
    x[1].confirmed = false;
    struct combined c = combine(&p, x, 2);
    expect(&c, COMBINE_WAITS, 0, "");
    x[1] = rated(2, 16000);
    x[1].complete = false;
    c = combine(&p, x, 2);
    expect(&c, COMBINE_WAITS, 0, "");
    c = combine(&p, x, 1);
    expect(&c, COMBINE_WAITS, 0, "");
    x[1] = said(2, RATING_OPEN);
    c = combine(&p, x, 2);
    expect(&c, COMBINE_WAITS, 0, "");
}

static void statuses_need_no_confirmation_and_absent_is_no_zero(void **state)
{
    (void)state;
    struct lab_plan p = plan(1);
    const struct combine_rating x = said(1, RATING_ABSENT);
    struct combined c = combine(&p, &x, 1);
    expect(&c, COMBINE_DONE, 0, "status");
    assert_int_equal(c.status, RATING_ABSENT);
    p.recheck = points_milli(12000);
    c = combine(&p, &x, 1);
    expect(&c, COMBINE_DONE, 0, "status"); /* not a low score either */
}

static void an_exemption_gives_its_fixed_score_and_is_not_looked_at_again(void **state)
{
    (void)state;
    struct lab_plan p = plan(1);
    struct combine_rating x = said(1, RATING_EXEMPT);
    x.total = points_milli(9000);
    p.recheck = points_milli(12000);
    struct combined c = combine(&p, &x, 1);
    expect(&c, COMBINE_DONE, 9000, "exempt");
}

static void statuses_that_differ_go_to_the_chief(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combine_rating x[] = {said(1, RATING_ABSENT), rated(2, 16000)};
    struct combined c = combine(&p, x, 2);
    expect(&c, COMBINE_CHIEF, 0, "");
    x[1] = said(2, RATING_ABSENT);
    c = combine(&p, x, 2);
    expect(&c, COMBINE_DONE, 0, "status");
    x[0] = x[1] = said(1, RATING_EXEMPT);
    x[1].order = 2;
    x[1].total = points_milli(9000);
    c = combine(&p, x, 2);
    expect(&c, COMBINE_CHIEF, 0, "");
}

static void a_low_total_is_looked_at_again_first(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    p.recheck = points_milli(12000);
    struct combined c = two(&p, 11000, 12000);
    expect(&c, COMBINE_RECHECK, 11500, "mean");
    c = two(&p, 12000, 12000);
    expect(&c, COMBINE_DONE, 12000, "mean");
}

static void a_score_changed_after_it_was_confirmed_is_void_until_signed(void **state)
{
    (void)state;
    struct lab_plan p = plan(1);
    struct combine_rating x = rated(1, 16000);
    x.confirmed = false;
    x.changed = true;
    struct combined c = combine(&p, &x, 1);
    expect(&c, COMBINE_UNSIGNED, 0, "");
}

static void a_doubt_goes_to_the_chief_even_before_the_rest(void **state)
{
    (void)state;
    struct lab_plan p = plan(2);
    struct combine_rating x[] = {rated(1, 16000), rated(2, 16000)};
    x[0].chief = true;
    struct combined c = combine(&p, x, 2);
    expect(&c, COMBINE_CHIEF, 0, "");
    c = combine(&p, x, 1);
    expect(&c, COMBINE_CHIEF, 0, "");
}

static void a_stranger_or_a_second_of_the_same_order_stops_everything(void **state)
{
    (void)state;
    struct lab_plan p = plan(1);
    struct combine_rating x[] = {rated(1, 16000), rated(0, 16000)};
    struct combined c = combine(&p, x, 2);
    expect(&c, COMBINE_STRANGER, 0, "");
    x[1].order = 1;
    c = combine(&p, x, 2);
    expect(&c, COMBINE_STRANGER, 0, "");
    x[1] = said(0, RATING_OPEN); /* opened by mistake, nothing said */
    c = combine(&p, x, 2);
    expect(&c, COMBINE_DONE, 16000, "one");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_rater_is_enough_where_the_plan_asks_one),
        cmocka_unit_test(two_within_the_tolerance_give_their_mean_half_up),
        cmocka_unit_test(further_apart_a_third_is_needed_or_the_chief),
        cmocka_unit_test(the_third_makes_a_pair_with_the_nearer_one),
        cmocka_unit_test(of_two_equally_near_pairs_the_higher_one_counts),
        cmocka_unit_test(a_third_that_is_near_to_neither_goes_to_the_chief),
        cmocka_unit_test(a_third_that_was_not_needed_changes_nothing),
        cmocka_unit_test(the_third_is_not_asked_before_it_is_finished),
        cmocka_unit_test(a_rating_that_is_open_or_not_confirmed_is_waited_for),
        cmocka_unit_test(statuses_need_no_confirmation_and_absent_is_no_zero),
        cmocka_unit_test(an_exemption_gives_its_fixed_score_and_is_not_looked_at_again),
        cmocka_unit_test(statuses_that_differ_go_to_the_chief),
        cmocka_unit_test(a_low_total_is_looked_at_again_first),
        cmocka_unit_test(a_score_changed_after_it_was_confirmed_is_void_until_signed),
        cmocka_unit_test(a_doubt_goes_to_the_chief_even_before_the_rest),
        cmocka_unit_test(a_stranger_or_a_second_of_the_same_order_stops_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
