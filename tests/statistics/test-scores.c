/* SPDX-License-Identifier: Apache-2.0 */
/* Score matrices, and the classical analysis of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/items/classical.h"
#include "tests/check.h"
#include "tests/statistics/matrix-of.h"

static void assert_unread(const char *text, const char *what)
{
    const struct matrix_reading how = {.name = "scores.csv"};
    struct score_matrix m = {0};
    struct err e = {0};
    assert_int_equal(matrix_read(&m, &how, span_str(text), &e), -ERR_DATA);
    if (!strstr(e.what, what))
        fail_msg("\"%s\" is not in \"%s\"", what, e.what);
}

static void a_matrix_has_items_persons_and_thousandths(void **state)
{
    (void)state;
    struct score_matrix m =
        matrix_of("id,Q1,Q2,total\r\nAnn,1,-0.125,1\r\n\"Bo, the \"\"2nd\"\"\",NA,10.500,7\r\n\r\n");
    assert_int_equal(m.n, 2);
    assert_int_equal(m.k, 2);
    assert_string_equal(m.item[1], "Q2");
    assert_string_equal(m.person[1], "Bo, the \"2nd\"");
    assert_int_equal(matrix_item(&m, 0)[0], 1000);
    assert_int_equal(matrix_item(&m, 0)[1], SCORE_MISSING);
    assert_int_equal(matrix_item(&m, 1)[0], -125);
    assert_int_equal(matrix_item(&m, 1)[1], 10500);
    assert_true(m.has_missing);
    matrix_release(&m);
}

static void what_is_no_score_is_named_with_line_and_column(void **state)
{
    (void)state;
    assert_unread("Q1,Q2\n1,0\n1,good\n", "line 3, column Q2");
    assert_unread("Q1,Q2\n1,0.0001\n", "line 2, column Q2");
    assert_unread("Q1,Q2\n1,10000\n", "line 2, column Q2");
    assert_unread("Q1,Q2\n1,99999999999999999999\n", "line 2, column Q2");
    assert_unread("Q1,Q2\n1\n", "line 2: there are fewer fields");
    assert_unread("Q1,Q2\n1,0,1\n", "line 2: there are more fields");
    assert_unread("Q1,Q2\n1,0\n\n1,0\n", "line 3: an empty line");
    assert_unread("Q1,Q1\n1,0\n", "two items are called Q1");
    assert_unread("Q1,Q2\n", "no person");
    assert_unread("id\na\n", "no item");
    assert_unread("id,Q1\n\"a,1\n", "quote is open");
    assert_unread("", "no head");
}

/* Four persons, three items, by hand: totals 3 2 1 0; var 5/3; items 1110, 1100, 1000: each var 1/4, 1/3,
 * 1/4. */
static void small_analysis_is_that_by_hand(void **state)
{
    struct test_analysis t;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B,C\n1,1,1\n1,1,0\n1,0,0\n0,0,0\n");
    assert_int_equal(classical_analyse(&t, &m, &e), 0);
    assert_near(t.mean.value, 1.5, 1e-15);
    assert_near(t.variance.value, 5.0 / 3, 1e-15);
    assert_near(t.median.value, 1.5, 0);
    assert_near(t.alpha.value, 1.5 * (1 - (0.25 + 1.0 / 3 + 0.25) / (5.0 / 3)), 1e-15);
    assert_near(t.kr20.value, t.alpha.value, 1e-15);
    assert_near(t.item[0].facility.value, 0.75, 0);
    assert_near(t.item[1].point_biserial.value, 0.89442719099991588, 1e-15);   /* 2/3 / sqrt(1/3 * 5/3) */
    assert_near(t.item[1].rest_correlation.value, 0.70710678118654757, 1e-15); /* 1/3 / sqrt(1/3 * 2/3) */
    assert_near(t.item[1].efficiency.value, 1, 1e-15);
    assert_int_equal(t.group, 1);
    assert_near(t.item[2].discrimination.value, 1, 0);
    classical_release(&t);
    matrix_release(&m);
}

/* Totals 2 2 2 1 1 0 …: the upper group has 3 of 11 persons, the boundary 2 is shared by 4: each counts 3/4.
 */
static void ties_at_a_boundary_count_with_their_fraction(void **state)
{
    struct test_analysis t;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B\n1,1\n1,1\n1,1\n1,1\n1,0\n1,0\n0,1\n0,0\n0,0\n0,0\n0,0\n");
    assert_int_equal(classical_analyse(&t, &m, &e), 0);
    assert_int_equal(t.group, 3);
    assert_near(t.item[0].upper.value, 1, 0);
    assert_near(t.item[0].lower.value, 0, 0);
    classical_release(&t);
    struct score_matrix other = matrix_of("A,B\n1,1\n1,0\n1,0\n0,1\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n0,0\n");
    assert_int_equal(classical_analyse(&t, &other, &e), 0);
    assert_near(t.item[0].upper.value, (1 + 2.0 / 3 * 2) / 3, 1e-15); /* of three with total 1, two count */
    assert_near(t.item[1].upper.value, (1 + 2.0 / 3 * 1) / 3, 1e-15);
    classical_release(&t);
    matrix_release(&m);
    matrix_release(&other);
}

static void undefined_figures_say_why(void **state)
{
    struct test_analysis t;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B\n1,1\n1,0\n1,1\n");
    assert_int_equal(classical_analyse(&t, &m, &e), 0);
    assert_string_equal(t.item[0].point_biserial.why, "all have the same score");
    assert_string_equal(t.item[0].efficiency.why, "all have the same score");
    assert_string_equal(t.kurtosis.why, "there are too few persons");
    assert_null(t.item[1].point_biserial.why);
    assert_string_equal(t.lambda6.why, "all have the same score in an item");
    classical_release(&t);
    struct score_matrix one = matrix_of("A,B\n1,0\n");
    assert_int_equal(classical_analyse(&t, &one, &e), 0);
    assert_string_equal(t.sd.why, "there is a single person");
    assert_string_equal(t.alpha.why, "there is a single person");
    assert_string_equal(t.item[1].facility.why, "the full marks are 0");
    assert_near(t.mean.value, 1, 0);
    classical_release(&t);
    struct score_matrix perfect = matrix_of("A,B\n1,1\n1,1\n");
    assert_int_equal(classical_analyse(&t, &perfect, &e), 0);
    assert_string_equal(t.alpha.why, "all have the same total");
    classical_release(&t);
    matrix_release(&m);
    matrix_release(&one);
    matrix_release(&perfect);
}

static void a_missing_score_is_not_taken_for_nothing(void **state)
{
    struct test_analysis t;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B\n1,1\n1,\n");
    assert_int_equal(classical_analyse(&t, &m, &e), -ERR_DATA);
    assert_string_equal(e.where, "B");
    assert_non_null(strstr(e.what, "person 2"));
    matrix_release(&m);
}

/* Scores that pass the quick sums of pairs, and the same ones too large for it, have the same correlations.
 */
static void both_ways_of_summing_pairs_agree(void **state)
{
    struct test_analysis small, large;
    struct err e = {0};
    (void)state;
    struct score_matrix m = matrix_of("A,B,C\n5,1,3\n4,2,1\n1,0,2\n3,3,3\n2,1,0\n"),
                        n = matrix_of("A,B,C\n0,0,0\n0,0,0\n0,0,0\n0,0,0\n0,0,0\n");
    for (size_t c = 0; c < m.n * m.k; c++)
        n.score[c] = m.score[c] * 2000 + (c == 0); /* the odd thousandth leaves no common step */
    assert_int_equal(classical_analyse(&small, &m, &e), 0);
    assert_int_equal(classical_analyse(&large, &n, &e), 0);
    assert_near(small.lambda6.value, large.lambda6.value, 1e-6);
    assert_near(small.alpha_standard.value, large.alpha_standard.value, 1e-6);
    assert_near(small.item[0].efficiency.value, large.item[0].efficiency.value, 1e-6);
    classical_release(&small);
    classical_release(&large);
    matrix_release(&m);
    matrix_release(&n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_matrix_has_items_persons_and_thousandths),
        cmocka_unit_test(what_is_no_score_is_named_with_line_and_column),
        cmocka_unit_test(small_analysis_is_that_by_hand),
        cmocka_unit_test(ties_at_a_boundary_count_with_their_fraction),
        cmocka_unit_test(undefined_figures_say_why),
        cmocka_unit_test(a_missing_score_is_not_taken_for_nothing),
        cmocka_unit_test(both_ways_of_summing_pairs_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
