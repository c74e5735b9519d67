/* SPDX-License-Identifier: Apache-2.0 */
/* The quality of rating: what is planted is found, and nothing else. */
#include "statistics/quality/quality.h"

#include <math.h>

#include "base/rng.h"
#include "statistics/quality/additive.h"
#include "tests/check.h"
#include "tests/statistics/examiners.h"

static enum examiner_way all_plain(size_t rater)
{
    (void)rater;
    return WAY_PLAIN;
}

static const struct examiners city = {
    .raters = 40, .each = 60, .schools = 12, .rubrics = 6, .sites = 1, .way = examiners_planted};

static void assert_near(double a, double b, double apart)
{
    if (!(fabs(a - b) <= apart))
        fail_msg("%.12g is not %.12g", a, b);
}

static unsigned wanted_flags(enum examiner_way way)
{
    static const unsigned flags[] = {[WAY_PLAIN] = 0,
                                     [WAY_SEVERE] = QUALITY_SEVERE,
                                     [WAY_LENIENT] = QUALITY_LENIENT,
                                     [WAY_DRIFTING] = QUALITY_DRIFT,
                                     [WAY_CONSTANT] = QUALITY_CONSTANT};
    return flags[way];
}

static void check_planted(const struct examiners *x, uint64_t seed)
{
    struct arena *a = arena_new();
    struct quality_input in = examiners_make(x, seed, a);
    struct quality q;
    struct err e;
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.n_raters, x->raters);
    assert_int_equal(q.n_sets, x->sites);
    for (size_t i = 0; i < q.n_raters; i++) {
        unsigned wanted = wanted_flags(x->way(i));
        assert_string_equal(q.rater[i].id, examiners_id(i, a));
        if (q.rater[i].flags != wanted)
            fail_msg("seed %d: %s has flags %u instead of %u (offset %.2f, z %.2f, slope %.2f, p %.5f)",
                     (int)seed, q.rater[i].id, q.rater[i].flags, wanted, q.rater[i].offset, q.rater[i].z,
                     q.rater[i].slope, q.rater[i].slope_p);
    }
    quality_release(&q);
    arena_free(a);
}

static void planted_examiners_are_found_and_no_others(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++)
        check_planted(&city, seed);
}

static void where_nothing_is_planted_nothing_is_found(void **state)
{
    struct examiners plain = city;
    (void)state;
    plain.way = all_plain;
    for (uint64_t seed = 101; seed <= 112; seed++)
        check_planted(&plain, seed);
}

static void examiners_of_sites_that_share_no_school_are_compared_within_their_site_only(void **state)
{
    struct examiners apart = city;
    struct arena *a = arena_new();
    struct quality q;
    struct err e;
    (void)state;
    apart.sites = 4;
    struct quality_input in = examiners_make(&apart, 5, a);
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.n_sets, 4);
    for (size_t i = 0; i < q.n_raters; i++)
        assert_int_equal(q.rater[i].set, i / 10);
    for (size_t set = 0; set < 4; set++) {
        double sum = 0;
        for (size_t i = set * 10; i < set * 10 + 10; i++)
            sum += q.rater[i].offset * (double)q.rater[i].n;
        assert_near(sum, 0, 1e-6);
    }
    assert_true(q.rater[3].flags & QUALITY_SEVERE);
    quality_release(&q);
    arena_free(a);
}

/* Two raters, two schools, one experiment, noiseless: 10 + rater + school. */
static void the_model_recovers_effects_exactly(void **state)
{
    const struct additive_case x[] = {{0, 0, 0, 12}, {0, 1, 0, 9},  {1, 0, 0, 14}, {1, 1, 0, 11},
                                      {0, 0, 0, 12}, {1, 1, 0, 11}, {0, 1, 0, 9},  {1, 0, 0, 14}};
    struct additive m;
    struct err e;
    (void)state;
    assert_done(additive_fit(&m, x, 8, 2, 2, 1, &e), e);
    assert_int_equal(m.n_sets, 1);
    assert_near(m.rater[0].offset, -1, 1e-12);
    assert_near(m.rater[1].offset, 1, 1e-12);
    assert_near(m.sigma, 0, 1e-7);
    assert_int_equal((int)m.df, 5);
    additive_release(&m);
}

/* A balanced design has the textbook's variance: sigma^2 (1/n_i - 1/N) for n_i of N ratings. */
static void standard_errors_of_a_balanced_design_are_the_textbooks(void **state)
{
    struct additive_case x[48];
    struct additive m;
    struct err e;
    struct rng rng;
    (void)state;
    rng_seed(&rng, 3);
    for (size_t i = 0; i < 48; i++)
        x[i] = (struct additive_case){i % 4, i / 4 % 3, i / 12 % 2, rng_unit(&rng) * 5};
    assert_done(additive_fit(&m, x, 48, 4, 3, 2, &e), e);
    assert_int_equal((int)m.df, 48 - (4 + 2 + 1));
    for (int r = 0; r < 4; r++)
        assert_near(m.rater[r].se, m.sigma * sqrt(1.0 / 12 - 1.0 / 48), 1e-12);
    additive_release(&m);
}

/* Rater and experiment go together: neither the connection through schools nor anything else tells them
 * apart. */
static void raters_who_each_have_an_experiment_of_their_own_cannot_be_compared(void **state)
{
    struct additive_case x[24];
    struct additive m;
    struct err e;
    (void)state;
    for (size_t i = 0; i < 24; i++)
        x[i] = (struct additive_case){i % 2, i / 2 % 3, i % 2, (double)(i % 5)};
    assert_done(additive_fit(&m, x, 24, 2, 3, 2, &e), e);
    assert_int_equal(m.n_sets, 2);
    assert_true(m.rater[0].offset == 0 && m.rater[0].se == 0);
    additive_release(&m);
}

static void the_order_of_the_ratings_changes_nothing(void **state)
{
    struct arena *a = arena_new();
    struct quality_input in = examiners_make(&city, 9, a), turned = in;
    struct rated *back = arena_array(a, in.n, sizeof *back);
    struct quality q, r;
    struct err e;
    (void)state;
    for (size_t i = 0; i < in.n; i++)
        back[i] = in.rated[in.n - 1 - i];
    turned.rated = back;
    assert_done(quality_compute(&q, &in, &e), e);
    assert_done(quality_compute(&r, &turned, &e), e);
    for (size_t i = 0; i < q.n_raters; i++) {
        assert_true(q.rater[i].offset == r.rater[i].offset && q.rater[i].slope == r.rater[i].slope);
        assert_int_equal(q.rater[i].flags, r.rater[i].flags);
    }
    assert_int_equal(q.n_looks, r.n_looks);
    for (size_t i = 0; i < q.n_looks; i++)
        assert_string_equal(in.rated[q.look[i].at].ticket, back[r.look[i].at].ticket);
    quality_release(&q);
    quality_release(&r);
    arena_free(a);
}

static void double_ratings_agree_as_far_as_their_noise_lets_them(void **state)
{
    struct examiners twice = city;
    struct arena *a = arena_new();
    struct quality q;
    struct err e;
    (void)state;
    twice.twice = true;
    twice.way = all_plain;
    struct quality_input in = examiners_make(&twice, 4, a);
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.agreement.n, 2400);
    /* candidates vary by 1.5 and schools by 0.8 points, a rater by 0.7 and by rounding */
    assert_near(q.agreement.icc.icc1.value, 0.85, 0.04);
    assert_near(q.agreement.icc.icc3.value, q.agreement.icc.icc1.value, 0.01);
    assert_near(q.agreement.quadratic.value, q.agreement.icc.icc1.value, 0.01);
    assert_true(q.agreement.linear.value < q.agreement.quadratic.value);
    assert_true(q.agreement.kappa.value < q.agreement.linear.value);
    assert_true(q.agreement.within > q.agreement.same && q.agreement.within * 100 > q.agreement.n * 90);
    assert_int_equal(q.agreement.steps, 2400 * 8);
    quality_release(&q);
    arena_free(a);
}

static void what_slips_cost_adds_up_to_what_was_lost(void **state)
{
    struct arena *a = arena_new();
    struct quality_input in = examiners_make(&city, 6, a);
    struct quality q;
    struct err e;
    int64_t lost = 0, given = 0;
    (void)state;
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.n_rubrics, 6);
    for (size_t k = 0; k < q.n_rubrics; k++)
        for (size_t s = 0; s < q.rubric[k].rubric->n_steps; s++) {
            int64_t slips = 0;
            for (size_t i = 0; i < q.rubric[k].step[s].step->n_slips; i++)
                slips += q.rubric[k].step[s].slip[i].cost_milli;
            assert_int_equal(slips, q.rubric[k].step[s].lost_milli);
            lost += slips;
        }
    for (size_t i = 0; i < in.n; i++)
        given += in.rated[i].total.milli;
    assert_int_equal(lost, 20000 * (int64_t)in.n - given);
    quality_release(&q);
    arena_free(a);
}

/* A step of 3 points that is capped at 2: slips of 2 and 2 cost 1 each; a hint costs its own price. */
static void a_capped_loss_is_parted_by_the_slips_prices(void **state)
{
    struct rubric_slip slip[3] = {
        {.code = 'a', .minus = {2000}}, {.code = 'b', .minus = {2000}}, {.code = 'c', .minus = {1000}}};
    const struct rubric_step step = {.mode = RUBRIC_DEDUCT,
                                     .points = {3000},
                                     .cap = {2000},
                                     .fix = true,
                                     .hint = {500},
                                     .slip = slip,
                                     .n_slips = 3};
    const struct rated_step capped = {.points = {1000}, .slips = 3, .charged = 3};
    const struct rated_step hinted = {.points = {500}, .slips = 5, .charged = 5, .hinted = 4};
    int64_t cost[RUBRIC_MAX_SLIPS];
    (void)state;
    rated_slip_costs(&capped, &step, cost);
    assert_int_equal(cost[0], 1000);
    assert_int_equal(cost[1], 1000);
    rated_slip_costs(&hinted, &step, cost);
    assert_int_equal(cost[0], 2000);
    assert_int_equal(cost[2], 500);
}

static const struct quality_look *look_at(const struct quality *q, const char *ticket)
{
    for (size_t i = 0; i < q->n_looks; i++)
        if (strcmp(q->in->rated[q->look[i].at].ticket, ticket) == 0)
            return &q->look[i];
    return NULL;
}

static void ratings_worth_a_look_are_listed_with_their_reasons(void **state)
{
    struct examiners plain = city;
    struct arena *a = arena_new();
    struct quality q;
    struct err e;
    (void)state;
    plain.way = all_plain;
    struct quality_input in = examiners_make(&plain, 8, a);
    struct rated *all = arena_copy(a, in.rated, in.n * sizeof *all);
    in.rated = all;
    all[10].used_ms = 60000;
    all[20].confirmed_total.milli -= 1000;
    all[30].chief = true;
    all[40].complete = false;
    all[50].identified = false;
    all[60].confirmed = false;
    all[70].total.milli = 500;
    all[80].status = RATING_ABSENT;
    all[80].complete = false;
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.counted, in.n - 2);
    assert_true(look_at(&q, all[10].ticket)->reasons >> QUALITY_SHORT & 1);
    assert_near(look_at(&q, all[10].ticket)->value[QUALITY_SHORT], 60, 0);
    assert_true(look_at(&q, all[20].ticket)->reasons >> QUALITY_CHANGED & 1);
    assert_true(look_at(&q, all[30].ticket)->reasons >> QUALITY_DOUBT & 1);
    assert_true(look_at(&q, all[40].ticket)->reasons >> QUALITY_OPEN & 1);
    assert_true(look_at(&q, all[50].ticket)->reasons >> QUALITY_NO_FACE & 1);
    assert_true(look_at(&q, all[60].ticket)->reasons >> QUALITY_NO_CONFIRM & 1);
    assert_string_equal(in.rated[q.look[0].at].ticket, all[70].ticket);
    assert_true(q.look[0].reasons >> QUALITY_UNLIKELY & 1);
    assert_null(look_at(&q, all[80].ticket));
    quality_release(&q);
    arena_free(a);
}

static void a_passing_mark_that_an_examiners_offset_made_is_named(void **state)
{
    struct arena *a = arena_new();
    struct quality_input in = examiners_make(&city, 2, a);
    struct quality q;
    struct err e;
    size_t named = 0;
    (void)state;
    assert_done(quality_compute(&q, &in, &e), e);
    for (size_t i = 0; i < q.n_looks; i++) {
        const struct rated *r = &in.rated[q.look[i].at];
        if (!(q.look[i].reasons >> QUALITY_LINE & 1))
            continue;
        bool severe = strcmp(r->rater, "E03") == 0 || strcmp(r->rater, "E21") == 0;
        assert_true(severe || strcmp(r->rater, "E11") == 0);
        assert_int_equal(severe, r->total.milli < in.pass.milli);
        named++;
    }
    assert_true(named > 0);
    quality_release(&q);
    arena_free(a);
}

static void a_bad_bench_and_a_bad_group_show(void **state)
{
    struct examiners plain = city;
    struct arena *a = arena_new();
    struct quality q, r;
    struct err e;
    size_t found = 0;
    (void)state;
    plain.way = all_plain;
    plain.raters = 12;
    plain.each = 120;
    struct quality_input in = examiners_make(&plain, 3, a);
    assert_done(quality_compute(&q, &in, &e), e);
    assert_true(q.bench.exists && q.group.exists);
    assert_true(q.bench.p > 0.01 && q.group.p > 0.01);
    struct rated *all = arena_copy(a, in.rated, in.n * sizeof *all);
    for (size_t i = 0; i < in.n; i++)
        if (strcmp(all[i].room, "R05") == 0 && all[i].bench == 3 && all[i].total.milli >= 3000)
            all[i].total.milli -= 3000;
        else if (all[i].group == 2 && all[i].total.milli >= 2500)
            all[i].total.milli -= 2500;
    struct quality_input bad = in;
    bad.rated = all;
    assert_done(quality_compute(&r, &bad, &e), e);
    for (size_t i = 0; i < r.n_spots; i++)
        if (r.spot[i].found) {
            assert_string_equal(r.spot[i].room, "R05");
            assert_int_equal(r.spot[i].number, 3);
            found++;
        }
    assert_int_equal(found, 1);
    assert_true(r.group.p < 0.001);
    quality_release(&q);
    quality_release(&r);
    arena_free(a);
}

static void an_examiner_whose_clock_is_hours_off_is_named(void **state)
{
    struct arena *a = arena_new();
    struct quality_input in = examiners_make(&city, 2, a);
    struct rated *all = arena_copy(a, in.rated, in.n * sizeof *all);
    struct quality q;
    struct err e;
    (void)state;
    in.rated = all;
    in.start_ms = all[0].begun_ms;
    in.end_ms = in.start_ms + 6 * 3600000;
    for (size_t i = 0; i < in.n; i++)
        if (strcmp(all[i].rater, "E07") == 0) {
            all[i].begun_ms += 9 * 3600000;
            all[i].wall_ms += 9 * 3600000;
        }
    assert_done(quality_compute(&q, &in, &e), e);
    for (size_t i = 0; i < q.n_raters; i++)
        assert_int_equal((q.rater[i].flags & QUALITY_CLOCK) != 0, i == 7);
    assert_false(q.rater[7].flags & QUALITY_DRIFT);
    quality_release(&q);
    arena_free(a);
}

static void a_session_without_ratings_has_an_empty_report(void **state)
{
    struct quality_input in = {.full = {20000}};
    struct quality q;
    struct err e;
    (void)state;
    assert_done(quality_compute(&q, &in, &e), e);
    assert_int_equal(q.n_raters + q.n_looks + q.n_rubrics + q.counted, 0);
    quality_release(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_examiners_are_found_and_no_others),
        cmocka_unit_test(where_nothing_is_planted_nothing_is_found),
        cmocka_unit_test(examiners_of_sites_that_share_no_school_are_compared_within_their_site_only),
        cmocka_unit_test(the_model_recovers_effects_exactly),
        cmocka_unit_test(standard_errors_of_a_balanced_design_are_the_textbooks),
        cmocka_unit_test(raters_who_each_have_an_experiment_of_their_own_cannot_be_compared),
        cmocka_unit_test(the_order_of_the_ratings_changes_nothing),
        cmocka_unit_test(double_ratings_agree_as_far_as_their_noise_lets_them),
        cmocka_unit_test(what_slips_cost_adds_up_to_what_was_lost),
        cmocka_unit_test(a_capped_loss_is_parted_by_the_slips_prices),
        cmocka_unit_test(ratings_worth_a_look_are_listed_with_their_reasons),
        cmocka_unit_test(a_passing_mark_that_an_examiners_offset_made_is_named),
        cmocka_unit_test(a_bad_bench_and_a_bad_group_show),
        cmocka_unit_test(an_examiner_whose_clock_is_hours_off_is_named),
        cmocka_unit_test(a_session_without_ratings_has_an_empty_report),
    };
    return cmocka_run_group_tests_name("quality", tests, NULL, NULL);
}
