/* SPDX-License-Identifier: Apache-2.0 */
/* What two people typed, compared; what a third look decides. */
#include "tests/check.h"

#include "office/sheets/sheet-decision.h"
#include "tests/lab/sheet-sample.h"

struct desk {
    struct sample s;
    struct arena *arena;
    struct sheet_file first, second, third;
    struct sheet sheet[3][8];
};

static void desk_open(struct desk *d)
{
    *d = (struct desk){0};
    sample_open(&d->s, 1);
    d->arena = arena_new();
    d->first = (struct sheet_file){.session = "lab1", .clerk = "张三", .sheet = d->sheet[0]};
    d->second = (struct sheet_file){.session = "lab1", .clerk = "李四", .sheet = d->sheet[1]};
    d->third = (struct sheet_file){
        .kind = SHEET_FILE_THIRD, .session = "lab1", .clerk = "王五", .sheet = d->sheet[2]};
}

static void desk_close(struct desk *d)
{
    arena_free(d->arena);
    sample_close(&d->s);
}

static void put(struct desk *d, struct sheet_file *f, const char *ticket, const char *marks)
{
    f->sheet[f->n++] = sample_sheet(&d->s, ticket, marks);
}

static struct sheet_comparison compare(struct desk *d, bool third, const struct sheet_expected *expected)
{
    struct sheet_comparison c;
    struct err e = {0};
    assert_done(sheet_compare(&c, &d->s.list, &d->first, &d->second, third ? &d->third : NULL, expected, &e),
                e);
    return c;
}

static void comparing_tells_what_differs_is_missing_or_was_typed_by_nobody(void **state)
{
    struct desk d;
    struct sheet_expected all = {0};
    (void)state;
    desk_open(&d);
    put(&d, &d.first, "2026001", "b full full");
    put(&d, &d.first, "2026002", "full");
    put(&d, &d.first, "2026003", "full full full");
    put(&d, &d.second, "2026001", "ab full full");
    put(&d, &d.second, "2026002", "full");
    struct sheet_comparison c = compare(&d, false, &all);
    assert_int_equal(c.n_agreed, 1);
    assert_int_equal(c.n, 3);
    assert_int_equal(c.finding[0].kind, SHEET_DIFFERS);
    assert_int_equal(c.finding[0].steps, 1);
    assert_int_equal(c.finding[0].parts, SHEET_SUM);
    assert_string_equal(sheet_difference_text(&c.finding[0], d.arena), "step 1: b / ab, sum: 5 / 3");
    assert_int_equal(c.finding[1].kind, SHEET_ONLY_FIRST);
    assert_int_equal(c.finding[2].kind, SHEET_UNTYPED);
    sheet_comparison_release(&c);
    desk_close(&d);
}

static void one_person_does_not_stand_for_two(void **state)
{
    struct desk d;
    struct sheet_comparison c;
    struct err e = {0};
    (void)state;
    desk_open(&d);
    d.second.clerk = "张三";
    assert_refused(sheet_compare(&c, &d.s.list, &d.first, &d.second, NULL, NULL, &e), ERR_USAGE,
                   "two of the files", e);
    d.second.clerk = "李四";
    d.third.clerk = "李四";
    assert_refused(sheet_compare(&c, &d.s.list, &d.first, &d.second, &d.third, NULL, &e), ERR_USAGE,
                   "two of the files", e);
    desk_close(&d);
}

static void a_third_look_decides_what_differs_and_nothing_else(void **state)
{
    struct desk d;
    (void)state;
    desk_open(&d);
    put(&d, &d.first, "2026001", "b full full");
    put(&d, &d.second, "2026001", "a full full");
    put(&d, &d.third, "2026001", "b full full");
    struct sheet_comparison c = compare(&d, true, NULL);
    assert_non_null(c.finding[0].third);
    sheet_comparison_release(&c);
    put(&d, &d.third, "2026001", "b full 0");
    c = compare(&d, true, NULL);
    assert_null(c.finding[0].third);
    sheet_comparison_release(&c);
    desk_close(&d);
}

static void a_sheet_typed_again_and_now_alike_needs_no_third_look(void **state)
{
    struct desk d;
    (void)state;
    desk_open(&d);
    put(&d, &d.first, "2026001", "b full full");
    put(&d, &d.second, "2026001", "a full full");
    put(&d, &d.second, "2026001", "b full full");
    struct sheet_comparison c = compare(&d, false, NULL);
    assert_int_equal(c.n, 0);
    assert_int_equal(c.n_agreed, 1);
    sheet_comparison_release(&c);
    desk_close(&d);
}

static void a_decision_names_who_typed_and_who_looked_and_is_the_same_each_time(void **state)
{
    struct desk d;
    struct decision *x = NULL, *y = NULL;
    struct bytes one = {0}, two = {0};
    struct err e = {0};
    (void)state;
    desk_open(&d);
    put(&d, &d.first, "2026001", "b full full");
    put(&d, &d.second, "2026001", "a full full");
    put(&d, &d.third, "2026001", "b full full");
    struct sheet_comparison c = compare(&d, true, NULL);
    const struct sheet_people who = {.first = "张三", .second = "李四", .third = "王五"};
    assert_done(sheet_decision(&x, &d.s.list, c.finding[0].third, &c.finding[0], &who, "2026-11-22", &e), e);
    assert_done(sheet_decision(&y, &d.s.list, c.finding[0].third, &c.finding[0], &who, "2026-11-22", &e), e);
    assert_int_equal(x->kind, DECISION_SHEET);
    assert_string_equal(x->rater, "E07");
    assert_int_equal(x->n_saw, 0);
    assert_non_null(
        strstr(x->reason, "typed by 张三 and 李四; they differed (step 1: b / a, sum: 5 / 4), and 王五"));
    assert_done(decision_write(x, &one, &e), e);
    assert_done(decision_write(y, &two, &e), e);
    assert_int_equal(one.n, two.n);
    assert_memory_equal(one.p, two.p, one.n);
    bytes_release(&one);
    bytes_release(&two);
    decision_free(x);
    decision_free(y);
    sheet_comparison_release(&c);
    desk_close(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparing_tells_what_differs_is_missing_or_was_typed_by_nobody),
        cmocka_unit_test(one_person_does_not_stand_for_two),
        cmocka_unit_test(a_third_look_decides_what_differs_and_nothing_else),
        cmocka_unit_test(a_sheet_typed_again_and_now_alike_needs_no_third_look),
        cmocka_unit_test(a_decision_names_who_typed_and_who_looked_and_is_the_same_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
