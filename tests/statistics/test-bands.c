/* SPDX-License-Identifier: Apache-2.0 */
/* Bands, the one-point table, and how marks lie: against plain counts of the same results. */
#include "statistics/bands.h"

#include <math.h>
#include <stdlib.h>

#include "tests/check.h"
#include "tests/statistics/city.h"

static const struct city teachers = {
    .registered = 3600, .sat = 3487, .passed = 2882, .high = 500, .full = 12};

static const char *cell(const struct table *t, size_t row, const char *key)
{
    for (size_t c = 0; c < t->n_columns; c++)
        if (strcmp(t->column[c].key, key) == 0)
            return t->row[row].cell[c];
    return NULL;
}

static int64_t count_between(const struct store_result *all, size_t n, int64_t low, int64_t below)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += all[i].mark == STORE_SCORED && all[i].points.milli >= low && all[i].points.milli < below;
    return count;
}

static void every_mark_is_in_one_band_and_parts_add_up(void **state)
{
    struct arena *a = arena_new();
    struct bands b;
    struct err e = {0};
    (void)state;
    struct store_result *all = city_make(&teachers, a);
    size_t n = (size_t)teachers.registered;
    assert_done(bands_compute(&b, all, n, points_milli(100000), points_milli(10000), &e), e);
    assert_int_equal(b.n_bands, 11);
    assert_int_equal(b.unit[0].scored, 3487);
    assert_int_equal(b.unit[0].band[0], 12);
    for (size_t k = 1; k < 11; k++)
        assert_int_equal(b.unit[0].band[k],
                         count_between(all, n, 100000 - (int64_t)k * 10000, 110000 - (int64_t)k * 10000));
    for (enum rates_level level = RATES_COUNTY; level < RATES_LEVELS; level++)
        for (size_t k = 0; k < 11; k++) {
            int64_t sum = 0;
            for (size_t i = 0; i < b.n; i++)
                sum += b.unit[i].place.level == level ? b.unit[i].band[k] : 0;
            assert_int_equal(sum, b.unit[0].band[k]);
        }
    bands_release(&b);
    arena_free(a);
}

static void the_last_band_of_an_odd_width_ends_at_nothing(void **state)
{
    struct arena *a = arena_new();
    struct bands b;
    struct err e = {0};
    (void)state;
    struct store_result *all = city_make(&teachers, a);
    assert_done(bands_compute(&b, all, 3600, points_milli(100000), points_milli(30000), &e), e);
    assert_int_equal(b.n_bands, 5); /* 100, 70–, 40–, 10–, 0– */
    assert_int_equal(b.unit[0].band[4], count_between(all, 3600, 0, 10000));
    struct table *t = bands_table(&b, (const bool[RATES_LEVELS]){true}, 2);
    assert_string_equal(t->column[t->n_columns - 1].head, "0–");
    assert_string_equal(t->column[t->n_columns - 4].head, "70–");
    table_free(t);
    bands_release(&b);
    assert_int_equal(bands_compute(&b, all, 3600, points_milli(100000), points_milli(999), &e), -ERR_USAGE);
    assert_int_equal(bands_compute(&b, all, 3600, points_milli(100000), points_milli(1000), &e), -ERR_USAGE);
    arena_free(a);
}

static int by_value(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void deviation_median_and_z_are_those_of_the_marks(void **state)
{
    struct arena *a = arena_new();
    struct bands b;
    struct err e = {0};
    static int64_t mark[3600];
    size_t n = 0;
    double sum = 0, squares = 0;
    (void)state;
    struct store_result *all = city_make(&teachers, a);
    for (size_t i = 0; i < 3600; i++)
        if (all[i].mark == STORE_SCORED)
            mark[n++] = all[i].points.milli;
    qsort(mark, n, sizeof *mark, by_value);
    for (size_t i = 0; i < n; i++)
        sum += (double)mark[i] / 1000;
    for (size_t i = 0; i < n; i++)
        squares += ((double)mark[i] / 1000 - sum / (double)n) * ((double)mark[i] / 1000 - sum / (double)n);
    assert_done(bands_compute(&b, all, 3600, points_milli(100000), points_milli(10000), &e), e);
    assert_int_equal(b.unit[0].twice_median_milli, 2 * mark[n / 2]);
    assert_true(fabs(b.unit[0].sd.value - sqrt(squares / (double)n)) < 1e-9);
    assert_true(fabs(b.unit[0].cv.value - sqrt(squares / (double)n) / (sum / (double)n)) < 1e-12);
    assert_true(b.unit[0].z.value == 0);
    double mean = (double)b.unit[1].sum_milli / 1000 / (double)b.unit[1].scored;
    assert_true(fabs(b.unit[1].z.value - (mean - sum / (double)n) / b.unit[0].sd.value) < 1e-12);
    bands_release(&b);
    arena_free(a);
}

static void the_one_point_table_ranks_from_the_top(void **state)
{
    struct arena *a = arena_new();
    struct bands b;
    struct err e = {0};
    (void)state;
    struct store_result *all = city_make(&teachers, a);
    assert_done(bands_compute(&b, all, 3600, points_milli(100000), points_milli(10000), &e), e);
    struct table *t = bands_marks_table(&b, 1);
    assert_string_equal(cell(t, 0, "mark"), "100");
    assert_string_equal(cell(t, 0, "times"), "12");
    assert_string_equal(cell(t, 0, "rank"), "1");
    assert_string_equal(cell(t, 1, "rank"), "13");
    assert_string_equal(cell(t, t->n_rows - 1, "cumulative"), "3487");
    assert_string_equal(cell(t, t->n_rows - 1, "share"), "100.0");
    for (size_t i = 0; i < t->n_rows; i++)
        if (strcmp(cell(t, i, "mark"), "60") == 0)
            assert_string_equal(cell(t, i, "cumulative"), "2882");
    table_free(t);
    bands_release(&b);
    arena_free(a);
}

/* Nobody sat: no mean, no deviation, and no division by nothing. */
static void nobody_with_a_mark_leaves_figures_empty(void **state)
{
    const struct city nobody = {.registered = 40};
    struct arena *a = arena_new();
    struct bands b;
    struct err e = {0};
    struct bytes svg = {0};
    (void)state;
    assert_done(bands_compute(&b, city_make(&nobody, a), 40, points_milli(20000), points_milli(2000), &e), e);
    assert_string_equal(b.unit[0].sd.why, "nobody has a mark");
    struct table *t = bands_table(&b, (const bool[RATES_LEVELS]){true, true}, 2);
    assert_string_equal(cell(t, 0, "mean"), "");
    assert_string_equal(cell(t, 0, "scored"), "0");
    bands_figure(&b, &svg);
    assert_non_null(strstr((const char *)svg.p, "</svg>"));
    bytes_release(&svg);
    table_free(t);
    bands_release(&b);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mark_is_in_one_band_and_parts_add_up),
        cmocka_unit_test(the_last_band_of_an_odd_width_ends_at_nothing),
        cmocka_unit_test(deviation_median_and_z_are_those_of_the_marks),
        cmocka_unit_test(the_one_point_table_ranks_from_the_top),
        cmocka_unit_test(nobody_with_a_mark_leaves_figures_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
