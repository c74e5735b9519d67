/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes that rubrics of real offices have, in words of our own, and the traps in their arithmetic. */
#include "tests/check.h"
#include "tests/lab/lab-kit.h"

/* Steps with many slips, one of them put right after a hint, and an act that ends a part. */
static const char circuit[] =
    "<step title=\"parts\" points=\"2\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">not looked over</slip>"
    "<slip code=\"b\" minus=\"1\">missing ones not named</slip></step>\n"
    "<step title=\"wires\" points=\"6\" mode=\"deduct\" hint=\"1\"><slip code=\"a\" minus=\"1\">switch shut</slip>"
    "<slip code=\"b\" minus=\"2\">lamps side by side</slip><slip code=\"c\" minus=\"2\">meter in the line</slip>"
    "<slip code=\"d\" minus=\"1\">poles</slip><slip code=\"e\" minus=\"1\">range</slip></step>\n"
    "<step title=\"touch\" points=\"2\" mode=\"all\" report=\"yes\"><slip code=\"a\">needle not watched</slip>"
    "<slip code=\"b\" report=\"yes\">went on without a word</slip></step>\n"
    "<step title=\"first\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">not called</slip>"
    "<slip code=\"b\" minus=\"1\">value</slip><slip code=\"c\" minus=\"1\">unit</slip></step>\n"
    "<step title=\"second\" points=\"2\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">connection</slip>"
    "<slip code=\"b\" minus=\"1\">value</slip></step>\n"
    "<step title=\"both\" points=\"2\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">connection</slip>"
    "<slip code=\"b\" minus=\"1\">value</slip></step>\n"
    "<step title=\"conclusion\" points=\"1\" mode=\"all\"></step>\n"
    "<step title=\"tidy\" points=\"2\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">switch</slip>"
    "<slip code=\"b\" minus=\"1\">places</slip></step>\n"
    "<fatal from=\"4\" to=\"8\">battery shorted</fatal>\n";

/* A slip that contains others; slips that are charged once. */
static const char gas[] =
    "<step title=\"tight\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">stopper pushed</slip>"
    "<slip code=\"b\" minus=\"2\" includes=\"c\">no test</slip><slip code=\"c\" minus=\"1\">no bubble seen</slip></step>\n"
    "<step title=\"fill\" points=\"4\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">tube upright</slip>"
    "<slip code=\"b\" minus=\"1\">fingers</slip><slip code=\"c\" minus=\"2\" includes=\"a\">acid first</slip>"
    "<slip code=\"d\" minus=\"1\">spilt</slip></step>\n"
    "<step title=\"pour\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"1\" same=\"stopper\">stopper down</slip>"
    "<slip code=\"b\" minus=\"1\" same=\"label\">label away</slip><slip code=\"c\" minus=\"1\">too much</slip></step>\n"
    "<step title=\"clamp\" points=\"2\" mode=\"deduct\"><slip code=\"a\" minus=\"1\">height</slip>"
    "<slip code=\"b\" minus=\"1\">leans</slip></step>\n"
    "<step title=\"collect\" points=\"4\" mode=\"deduct\"><slip code=\"a\" minus=\"4\" includes=\"bc\">other way</slip>"
    "<slip code=\"b\" minus=\"1\">pipe high</slip><slip code=\"c\" minus=\"1\">no plate</slip></step>\n"
    "<step title=\"full\" points=\"2\" mode=\"all\"></step>\n"
    "<step title=\"lime\" points=\"1\" mode=\"all\"><slip code=\"a\" same=\"label\">label away</slip></step>\n"
    "<step title=\"tidy\" points=\"1\" mode=\"all\"></step>\n";

/* Ten steps of the same worth, any slip voids, the same slip once. */
static struct rubric *ten_steps(void)
{
    struct bytes steps = {0};
    for (int i = 1; i <= 10; i++)
        bytes_printf(
            &steps,
            "<step title=\"step %d\" points=\"2\" mode=\"all\"><slip code=\"a\" same=\"drip\">dripped</slip>"
            "<slip code=\"b\">left out</slip></step>\n",
            i);
    struct rubric *r = kit_rubric("total=\"20\"", (const char *)steps.p);
    bytes_release(&steps);
    return r;
}

static void a_rubric_with_everything_right_gives_its_total(void **state)
{
    (void)state;
    struct rubric *one = kit_rubric("total=\"20\"", circuit), *two = kit_rubric("total=\"20\"", gas);
    const char *full = "1:full 2:full 3:full 4:full 5:full 6:full 7:full 8:full";
    assert_int_equal(kit_total(one, full), 20000);
    assert_int_equal(kit_total(two, full), 20000);
    assert_int_equal(kit_total(one, ""), 0);
    rubric_free(one);
    rubric_free(two);
}

static void half_points_are_exact(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric(
        "total=\"3\"",
        "<step title=\"t\" points=\"2.5\" mode=\"deduct\" cap=\"2\"><slip code=\"a\" minus=\"0.5\">x</slip>"
        "<slip code=\"b\" minus=\"0.5\">y</slip><slip code=\"c\" minus=\"1.5\">z</slip></step>"
        "<step title=\"u\" points=\"0.5\" mode=\"all\"></step>");
    assert_int_equal(kit_total(r, "1:a 2:full"), 2500);
    assert_int_equal(kit_total(r, "1:ab 2:0"), 1500);
    assert_int_equal(kit_total(r, "1:abc 2:full"), 1000);
    rubric_free(r);
}

static void a_slip_absorbs_those_that_it_includes(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"20\"", gas);
    struct rating_points points;
    kit_points(r, "2:ac", &points);
    assert_int_equal(points.step[1].milli, 2000);
    assert_int_equal(points.cost[1][0], RATING_INCLUDED);
    assert_int_equal(points.cost[1][2], RATING_COSTS);
    kit_points(r, "2:a", &points);
    assert_int_equal(points.step[1].milli, 3000);
    kit_points(r, "5:abc", &points);
    assert_int_equal(points.step[4].milli, 0);
    kit_points(r, "1:abc", &points);
    assert_int_equal(points.step[0].milli, 0);
    rubric_free(r);
}

static void a_slip_absorbs_what_the_included_ones_include(void **state)
{
    (void)state;
    struct rubric *r =
        kit_rubric("total=\"4\"",
                   "<step title=\"t\" points=\"4\" mode=\"deduct\" cap=\"3\"><slip code=\"a\" minus=\"3\" "
                   "includes=\"b\">x</slip><slip code=\"b\" minus=\"2\" includes=\"c\">y</slip>"
                   "<slip code=\"c\" minus=\"1\">z</slip></step>");
    struct rating_points points;
    kit_points(r, "1:ac", &points);
    assert_int_equal(points.step[0].milli, 1000);
    assert_int_equal(points.cost[0][2], RATING_INCLUDED);
    rubric_free(r);
}

static void a_step_never_costs_more_than_its_cap(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric(
        "total=\"11\"",
        "<step title=\"t\" points=\"11\" mode=\"deduct\" cap=\"4\"><slip code=\"a\" minus=\"4\" "
        "includes=\"bcd\">x</slip><slip code=\"b\" minus=\"1\">y</slip><slip code=\"c\" minus=\"1\">z</slip>"
        "<slip code=\"d\" minus=\"2\">w</slip><slip code=\"e\" minus=\"3\">v</slip></step>");
    assert_int_equal(kit_total(r, "1:ae"), 7000);
    assert_int_equal(kit_total(r, "1:bcde"), 7000);
    assert_int_equal(kit_total(r, "1:bc"), 9000);
    assert_int_equal(kit_total(r, "1:0"), 0);
    rubric_free(r);
}

static void no_step_falls_below_zero(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"20\"", circuit);
    struct rating_points points;
    kit_points(r, "2:abcde 1:full", &points);
    assert_int_equal(points.step[1].milli, 0);
    assert_int_equal(points.total.milli, 2000);
    rubric_free(r);
}

static void the_same_slip_is_charged_once_across_steps(void **state)
{
    (void)state;
    struct rubric *r = ten_steps();
    struct rating_points points;
    kit_points(r, "1:full 2:a 3:full 4:a 5:ab 6:a 7:full 8:full 9:full 10:full", &points);
    assert_int_equal(points.step[1].milli, 0);
    assert_int_equal(points.step[3].milli, 2000);
    assert_int_equal(points.cost[3][0], RATING_SAME);
    assert_int_equal(points.step[4].milli, 0); /* b is another slip */
    assert_int_equal(points.step[5].milli, 2000);
    assert_int_equal(points.total.milli, 16000);
    rubric_free(r);
}

static void a_slip_that_another_one_absorbed_is_still_charged_at_the_next_step(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric(
        "total=\"4\"",
        "<step title=\"t\" points=\"3\" mode=\"deduct\"><slip code=\"a\" minus=\"3\" includes=\"b\">x</slip>"
        "<slip code=\"b\" minus=\"1\" same=\"n\">y</slip></step>"
        "<step title=\"u\" points=\"1\" mode=\"all\"><slip code=\"a\" same=\"n\">y</slip></step>");
    assert_int_equal(kit_total(r, "1:ab 2:a"), 0);
    assert_int_equal(kit_total(r, "1:b 2:a"), 3000);
    rubric_free(r);
}

static void a_slip_that_is_put_right_costs_the_hint_but_never_more_than_itself(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"20\"", circuit);
    struct rating_points points;
    kit_points(r, "2:b+d", &points);
    assert_int_equal(points.step[1].milli, 4000);
    assert_int_equal(points.cost[1][1], RATING_HINTED);
    kit_points(r, "2:b", &points);
    assert_int_equal(points.step[1].milli, 4000);
    kit_points(r, "2:d+", &points);
    assert_int_equal(points.step[1].milli, 5000);
    rubric_free(r);
}

static void a_hint_saves_a_step_of_mode_all(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"2\"", "<step title=\"t\" points=\"2\" mode=\"all\" hint=\"0.5\">"
                                                 "<slip code=\"a\">x</slip><slip code=\"b\">y</slip></step>");
    assert_int_equal(kit_total(r, "1:a+"), 1500);
    assert_int_equal(kit_total(r, "1:a+b+"), 1000);
    assert_int_equal(kit_total(r, "1:a+b"), 0);
    rubric_free(r);
}

static void a_fatal_act_takes_its_steps_whatever_was_rated(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"20\"", circuit);
    struct rating_points points;
    kit_points(r, "1:full 2:full 3:full 4:full 5:full fatal:1", &points);
    assert_int_equal(points.total.milli, 10000);
    assert_int_equal(points.open, 0);
    assert_true(points.ended[3] && points.ended[7] && !points.ended[2]);
    rubric_free(r);
}

static void a_fatal_step_ends_the_experiment(void **state)
{
    (void)state;
    struct rubric *r =
        kit_rubric("total=\"6\"", "<step title=\"t\" points=\"2\" mode=\"all\"></step>"
                                  "<step title=\"u\" points=\"2\" mode=\"fatal\"><slip code=\"a\">x</slip>"
                                  "</step><step title=\"v\" points=\"2\" mode=\"all\"></step>");
    struct rating_points points;
    assert_int_equal(kit_total(r, "1:full 2:full 3:full"), 6000);
    assert_int_equal(kit_total(r, "1:full 2:a 3:full"), 2000);
    assert_int_equal(kit_total(r, "1:full 2:0 3:full"), 2000);
    kit_points(r, "1:full 2:a", &points);
    assert_int_equal(points.open, 0);
    kit_points(r, "1:full", &points);
    assert_int_equal(points.open, 2);
    rubric_free(r);
}

static void a_hundred_is_folded_to_twenty_half_up(void **state)
{
    (void)state;
    struct rubric *r =
        kit_rubric("total=\"20\" raw=\"100\" foldTo=\"1\"",
                   "<step title=\"t\" points=\"100\" mode=\"deduct\"><slip code=\"a\" minus=\"97.5\">x"
                   "</slip><slip code=\"b\" minus=\"0.1\">y</slip><slip code=\"c\" minus=\"2.4\">z</slip>"
                   "</step>");
    assert_int_equal(rubric_fold(r, points_milli(100000)).milli, 20000);
    assert_int_equal(rubric_fold(r, points_milli(87500)).milli, 18000); /* 17.5 */
    assert_int_equal(rubric_fold(r, points_milli(87400)).milli, 17000); /* 17.48 */
    assert_int_equal(rubric_fold(r, points_milli(82500)).milli, 17000); /* 16.5: half up, not to even */
    assert_int_equal(rubric_fold(r, points_milli(0)).milli, 0);
    assert_int_equal(kit_total(r, "1:a"), 1000); /* 2.5 of 100: 0.5 */
    assert_int_equal(kit_total(r, "1:ab"), 0);   /* 2.4 of 100: 0.48 */
    rubric_free(r);
}

static void steps_that_do_not_add_up_are_refused(void **state)
{
    (void)state;
    char fault[400];
    unsigned line;
    assert_string_equal(kit_fault("total=\"19\"", circuit, &line, fault),
                        "the steps are worth 20 together, not 19");
    assert_int_equal(line, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rubric_with_everything_right_gives_its_total),
        cmocka_unit_test(half_points_are_exact),
        cmocka_unit_test(a_slip_absorbs_those_that_it_includes),
        cmocka_unit_test(a_slip_absorbs_what_the_included_ones_include),
        cmocka_unit_test(a_step_never_costs_more_than_its_cap),
        cmocka_unit_test(no_step_falls_below_zero),
        cmocka_unit_test(the_same_slip_is_charged_once_across_steps),
        cmocka_unit_test(a_slip_that_another_one_absorbed_is_still_charged_at_the_next_step),
        cmocka_unit_test(a_slip_that_is_put_right_costs_the_hint_but_never_more_than_itself),
        cmocka_unit_test(a_hint_saves_a_step_of_mode_all),
        cmocka_unit_test(a_fatal_act_takes_its_steps_whatever_was_rated),
        cmocka_unit_test(a_fatal_step_ends_the_experiment),
        cmocka_unit_test(a_hundred_is_folded_to_twenty_half_up),
        cmocka_unit_test(steps_that_do_not_add_up_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
