/* SPDX-License-Identifier: Apache-2.0 */
/* rating_points against a slow model that is written from the words of docs/lab.md, and what must hold of any
 * rubric and any rating. */
#include "tests/check.h"
#include "tests/lab/lab-kit.h"

enum { RUBRICS = 150, RATINGS = 40 };

/* ---- the slow model: tenths of points, one question at a time ---- */

static bool made(const struct rating *x, size_t step, size_t slip)
{
    return x->step[step].mark == RATING_MARKED && (x->step[step].slips & (1u << slip));
}

static bool contained(const struct rating *x, const struct rubric *r, size_t step, size_t slip)
{
    for (size_t other = 0; other < r->step[step].n_slips; other++)
        if (made(x, step, other) && (r->step[step].slip[other].includes & (1u << slip)))
            return true;
    return false;
}

/* Does this slip come before, in the order of steps and codes, under the same name, and was charged? */
static bool charged_earlier(const struct rating *x, const struct rubric *r, size_t step, size_t slip)
{
    const char *name = r->step[step].slip[slip].same;
    for (size_t i = 0; i <= step && name[0]; i++)
        for (size_t k = 0; k < r->step[i].n_slips; k++) {
            if (i == step && k == slip)
                return false;
            if (made(x, i, k) && strcmp(r->step[i].slip[k].same, name) == 0 && !contained(x, r, i, k))
                return true;
        }
    return false;
}

static int64_t slow_step(const struct rating *x, const struct rubric *r, size_t step)
{
    const struct rubric_step *s = &r->step[step];
    int64_t left = s->points.milli / 100, off = 0;
    if (x->step[step].mark != RATING_MARKED)
        return 0;
    for (size_t slip = 0; slip < s->n_slips; slip++) {
        if (!made(x, step, slip) || contained(x, r, step, slip) || charged_earlier(x, r, step, slip))
            continue;
        int64_t own = s->mode == RUBRIC_DEDUCT ? s->slip[slip].minus.milli / 100 : left;
        if ((x->step[step].hinted & (1u << slip)) && s->hint.milli / 100 < own)
            own = s->hint.milli / 100;
        off += own;
    }
    if (s->mode == RUBRIC_DEDUCT && off > s->cap.milli / 100)
        off = s->cap.milli / 100;
    return off > left ? 0 : left - off;
}

static bool slow_ended(const struct rating *x, const struct rubric *r, size_t step)
{
    for (size_t i = 0; i < r->n_fatals; i++)
        if ((x->fatals & (1u << i)) && step >= r->fatal[i].from && step <= r->fatal[i].to)
            return true;
    for (size_t i = 0; i < step; i++)
        if (r->step[i].mode == RUBRIC_FATAL && x->step[i].mark != RATING_UNMARKED && slow_step(x, r, i) == 0)
            return true;
    return false;
}

/* The multiple of the fold step that is nearest to raw * total / sum, the upper of two. */
static int64_t slow_fold(const struct rubric *r, int64_t tenths)
{
    if (r->fold_step.milli == 0)
        return tenths * 100;
    int64_t step = r->fold_step.milli, best = 0;
    double exact = (double)tenths * 100 * (double)r->total.milli / (double)r->raw.milli;
    for (int64_t at = 0; at <= r->total.milli; at += step) {
        double here = (double)at - exact, there = (double)best - exact;
        if ((here < 0 ? -here : here) <= (there < 0 ? -there : there))
            best = at;
    }
    return best;
}

static void points_are_those_of_the_slow_model(void **state)
{
    (void)state;
    struct kit_random random = {.state = 7};
    for (int i = 0; i < RUBRICS; i++) {
        struct rubric *r = kit_random_rubric(&random);
        for (int k = 0; k < RATINGS; k++) {
            struct rating x;
            struct rating_points points;
            int64_t sum = 0;
            kit_random_rating(&random, r, &x);
            rating_points(&x, r, &points);
            for (size_t s = 0; s < r->n_steps; s++) {
                int64_t slow = slow_ended(&x, r, s) ? 0 : slow_step(&x, r, s);
                assert_int_equal(points.step[s].milli, slow * 100);
                assert_int_equal(points.ended[s], slow_ended(&x, r, s));
                sum += slow;
            }
            assert_int_equal(points.raw.milli, sum * 100);
            assert_int_equal(points.total.milli, slow_fold(r, sum));
        }
        rubric_free(r);
    }
}

static void a_step_never_falls_below_zero_nor_rises_above_its_points(void **state)
{
    (void)state;
    struct kit_random random = {.state = 11};
    for (int i = 0; i < RUBRICS; i++) {
        struct rubric *r = kit_random_rubric(&random);
        for (int k = 0; k < RATINGS; k++) {
            struct rating x;
            struct rating_points points;
            kit_random_rating(&random, r, &x);
            rating_points(&x, r, &points);
            for (size_t s = 0; s < r->n_steps; s++)
                assert_in_range(points.step[s].milli, 0, r->step[s].points.milli);
            assert_in_range(points.total.milli, 0, r->total.milli);
        }
        rubric_free(r);
    }
}

/* No other slip of that name is marked anywhere. */
static bool new_error(const struct rating *x, const struct rubric *r, size_t step, size_t slip)
{
    const char *name = r->step[step].slip[slip].same;
    for (size_t i = 0; i < r->n_steps && name[0]; i++)
        for (size_t k = 0; k < r->step[i].n_slips; k++)
            if (x->step[i].slips >> k & 1 && strcmp(r->step[i].slip[k].same, name) == 0)
                return false;
    return true;
}

static void one_error_more_never_gives_more_points(void **state)
{
    (void)state;
    struct kit_random random = {.state = 13};
    int tried = 0;
    for (int i = 0; i < RUBRICS * 2; i++) {
        struct rubric *r = kit_random_rubric(&random);
        for (int k = 0; k < RATINGS; k++) {
            struct rating x;
            struct rating_points before, after;
            kit_random_rating(&random, r, &x);
            size_t step = kit_next(&random, r->n_steps);
            if (r->step[step].n_slips == 0 || x.step[step].mark != RATING_MARKED)
                continue;
            size_t slip = kit_next(&random, r->step[step].n_slips);
            if (x.step[step].slips >> slip & 1 || !new_error(&x, r, step, slip))
                continue;
            rating_points(&x, r, &before);
            x.step[step].slips |= 1u << slip;
            if (r->step[step].fix && kit_next(&random, 2))
                x.step[step].hinted |= 1u << slip;
            rating_points(&x, r, &after);
            assert_true(after.total.milli <= before.total.milli);
            tried++;
        }
        rubric_free(r);
    }
    assert_true(tried > 500);
}

static void a_hint_never_gives_fewer_points_than_the_slip_itself(void **state)
{
    (void)state;
    struct kit_random random = {.state = 17};
    for (int i = 0; i < RUBRICS; i++) {
        struct rubric *r = kit_random_rubric(&random);
        for (int k = 0; k < RATINGS; k++) {
            struct rating x;
            struct rating_points with, without;
            kit_random_rating(&random, r, &x);
            rating_points(&x, r, &with);
            for (size_t s = 0; s < r->n_steps; s++)
                x.step[s].hinted = 0;
            rating_points(&x, r, &without);
            assert_true(without.total.milli <= with.total.milli);
        }
        rubric_free(r);
    }
}

/* ---- keys ---- */

struct key {
    size_t step, slip;
};

static void press(struct rating *x, const struct key *key)
{
    x->step[key->step].mark = RATING_MARKED;
    x->step[key->step].slips ^= 1u << key->slip;
}

static void the_order_of_keys_does_not_matter(void **state)
{
    (void)state;
    struct kit_random random = {.state = 19};
    for (int i = 0; i < RUBRICS; i++) {
        struct rubric *r = kit_random_rubric(&random);
        struct key keys[12];
        struct rating x, y;
        struct rating_points a, b;
        size_t n = 0;
        rating_begin(&x, r);
        for (size_t k = 0; k < 12; k++) {
            size_t step = kit_next(&random, r->n_steps);
            if (r->step[step].n_slips)
                keys[n++] = (struct key){.step = step, .slip = kit_next(&random, r->step[step].n_slips)};
        }
        y = x;
        for (size_t k = 0; k < n; k++)
            press(&x, &keys[k]);
        for (size_t k = n; k > 1; k--) {
            size_t other = kit_next(&random, k);
            struct key swap = keys[k - 1];
            keys[k - 1] = keys[other];
            keys[other] = swap;
        }
        for (size_t k = 0; k < n; k++)
            press(&y, &keys[k]);
        rating_points(&x, r, &a);
        rating_points(&y, r, &b);
        assert_memory_equal(&a, &b, sizeof a);
        rubric_free(r);
    }
}

static void a_random_rating_survives_writing_and_reading(void **state)
{
    (void)state;
    struct kit_random random = {.state = 23};
    for (int i = 0; i < RUBRICS / 4; i++) {
        struct rubric *r = kit_random_rubric(&random);
        struct rating x, y;
        struct bytes one = {0}, two = {0};
        struct err e = {0};
        struct arena *a = arena_new();
        kit_random_rating(&random, r, &x);
        assert_done(rating_write(&x, &one, &e), e);
        assert_done(rating_read(&y, a, "rating", bytes_span(&one), &e), e);
        assert_done(rating_fits(&y, r, &e), e);
        assert_done(rating_write(&y, &two, &e), e);
        assert_true(span_equal(bytes_span(&one), bytes_span(&two)));
        arena_free(a);
        bytes_release(&one);
        bytes_release(&two);
        rubric_free(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_those_of_the_slow_model),
        cmocka_unit_test(a_step_never_falls_below_zero_nor_rises_above_its_points),
        cmocka_unit_test(one_error_more_never_gives_more_points),
        cmocka_unit_test(a_hint_never_gives_fewer_points_than_the_slip_itself),
        cmocka_unit_test(the_order_of_keys_does_not_matter),
        cmocka_unit_test(a_random_rating_survives_writing_and_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
