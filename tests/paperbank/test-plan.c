/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/test-kit.h"

enum { SEEDS = 200 };

static const char *plan_for(struct kit *k, const char *xml, int seed)
{
    char text[16];
    snprintf(text, sizeof text, "%d", seed);
    kit_plan(k, xml, text);
    return kit_slots(k->plan);
}

#define SHUFFLED "<ordering shuffle=\"true\"/>"
#define SELECT(n) "<selection select=\"" n "\"/>"

static void the_same_seed_gives_the_same_plan_and_another_seed_another(void **state)
{
    (void)state;
    static const char xml[] = T_HEAD LI(SECTION("s", "", SELECT("4") SHUFFLED I("a") I("b") I("c") I("d") I("e") I("f"))) T_TAIL;
    struct kit k;
    char first[100];
    size_t same = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
        snprintf(first, sizeof first, "%s", plan_for(&k, xml, seed));
        kit_end(&k);
        assert_string_equal(plan_for(&k, xml, seed), first);
        kit_end(&k);
        same += strcmp(plan_for(&k, xml, seed + 1), first) == 0;
        kit_end(&k);
    }
    assert_true(same < SEEDS / 20);
}

static void a_plan_is_the_same_on_every_machine(void **state)
{
    (void)state;
    static const char xml[] = T_HEAD LI(SECTION("s", "", SELECT("4") SHUFFLED I("a") I("b") I("c") I("d") I("e") I("f"))) T_TAIL;
    struct kit k;
    assert_string_equal(plan_for(&k, xml, 7), "a f d c");
    kit_end(&k);
}

static void without_ordering_the_selection_keeps_the_order_of_the_document(void **state)
{
    (void)state;
    struct kit k;
    bool seen[4] = {false};
    static const char *const possible[] = {"a b", "a c", "b c"};
    for (int seed = 0; seed < SEEDS; seed++) {
        const char *got = plan_for(&k, T_HEAD LI(SECTION("s", "", SELECT("2") I("a") I("b") I("c"))) T_TAIL, seed);
        size_t i = 0;
        while (i < 3 && strcmp(possible[i], got) != 0)
            i++;
        seen[i] = true;
        kit_end(&k);
    }
    assert_true(seen[0] && seen[1] && seen[2] && !seen[3]);
}

static void required_children_are_always_selected(void **state)
{
    (void)state;
    struct kit k;
    for (int seed = 0; seed < SEEDS; seed++) {
        const char *got = plan_for(
            &k, T_HEAD LI(SECTION("s", "", SELECT("2") I("a") I("b") ITEM_A("c", "required=\"true\"") I("d"))) T_TAIL, seed);
        assert_non_null(strchr(got, 'c'));
        assert_int_equal(strlen(got), 3);
        kit_end(&k);
    }
}

static void with_replacement_an_item_may_come_twice_and_is_numbered(void **state)
{
    (void)state;
    struct kit k;
    bool twice = false;
    for (int seed = 0; seed < SEEDS; seed++) {
        const char *got = plan_for(&k, T_HEAD LI(SECTION(
            "s", "", "<selection select=\"3\" withReplacement=\"true\"/>" I("a") ITEM_A("b", "required=\"true\"") I("c"))) T_TAIL, seed);
        assert_int_equal(k.plan->n_slots, 3);
        assert_non_null(strchr(got, 'b'));
        twice |= strcmp(got, "a.1 a.2 b") == 0;
        kit_end(&k);
    }
    assert_true(twice);
}

static void fixed_children_keep_the_place_that_they_have_after_selection(void **state)
{
    (void)state;
    struct kit k;
    bool moved = false;
    for (int seed = 0; seed < SEEDS; seed++) {
        const char *got = plan_for(
            &k, T_HEAD LI(SECTION("s", "", SHUFFLED I("a") ITEM_A("b", "fixed=\"true\"") I("c") I("d"))) T_TAIL, seed);
        assert_int_equal(got[2], 'b');
        moved |= strcmp(got, "d b a c") == 0;
        kit_end(&k);
    }
    assert_true(moved);
}

static bool together(const char *got)
{
    return strstr(got, "x y") != NULL;
}

static void an_invisible_section_mixes_into_its_parent_unless_kept_together(void **state)
{
    (void)state;
    struct kit k;
    size_t apart[3] = {0};
    static const char *const xml[] = {
        T_HEAD LI(SECTION("s", "", SHUFFLED I("a") SECTION("m", "visible=\"false\" keepTogether=\"false\"", I("x") I("y")) I("b"))) T_TAIL,
        T_HEAD LI(SECTION("s", "", SHUFFLED I("a") SECTION("m", "visible=\"false\" keepTogether=\"true\"", I("x") I("y")) I("b"))) T_TAIL,
        T_HEAD LI(SECTION("s", "", SHUFFLED I("a") SECTION("m", "visible=\"true\" keepTogether=\"false\"", I("x") I("y")) I("b"))) T_TAIL,
    };
    for (int seed = 0; seed < SEEDS; seed++)
        for (size_t i = 0; i < 3; i++) {
            apart[i] += !together(plan_for(&k, xml[i], seed));
            kit_end(&k);
        }
    assert_true(apart[0] > SEEDS / 2);
    assert_int_equal(apart[1], 0);
    assert_int_equal(apart[2], 0);
}

static void the_precondition_of_a_mixed_section_stays_with_its_items(void **state)
{
    (void)state;
    struct kit k;
    kit_begin(&k, T_HEAD LI(SECTION("s", "", SHUFFLED I("a") SECTION("m", "visible=\"false\" keepTogether=\"false\"",
                                                                     PRE(FALSE) I("x") I("y")))) T_TAIL);
    kit_walk(&k);
    assert_string_equal(kit_entered(&k), "a");
    kit_end(&k);
}

static void a_plan_beyond_the_limit_is_refused(void **state)
{
    (void)state;
    struct kit k = {.test = kit_read(T_HEAD LI(SECTION(
        "s", "", "<selection select=\"1000\" withReplacement=\"true\"/>" SECTION(
            "u", "", "<selection select=\"1000\" withReplacement=\"true\"/>" I("a")))) T_TAIL)};
    struct err e;
    assert_refused(plan_make(&k.plan, k.test, span_str("1"), &e), ERR_DATA, "more items", e);
    kit_end(&k);
}

static bool is_b(void *context, const struct test_node *item)
{
    (void)context;
    return strcmp(item->identifier, "b") == 0;
}

static void a_plan_of_what_was_delivered_neither_selects_nor_shuffles(void **state)
{
    (void)state;
    struct kit k = {.test = kit_read(T_HEAD LI(SECTION("s", "", SELECT("1") SHUFFLED I("a") I("b") I("c"))) T_TAIL)};
    struct err e;
    assert_done(plan_of(&k.plan, k.test, is_b, NULL, &e), e);
    assert_string_equal(kit_slots(k.plan), "b");
    kit_end(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_plan_and_another_seed_another),
        cmocka_unit_test(a_plan_is_the_same_on_every_machine),
        cmocka_unit_test(without_ordering_the_selection_keeps_the_order_of_the_document),
        cmocka_unit_test(required_children_are_always_selected),
        cmocka_unit_test(with_replacement_an_item_may_come_twice_and_is_numbered),
        cmocka_unit_test(fixed_children_keep_the_place_that_they_have_after_selection),
        cmocka_unit_test(an_invisible_section_mixes_into_its_parent_unless_kept_together),
        cmocka_unit_test(the_precondition_of_a_mixed_section_stays_with_its_items),
        cmocka_unit_test(a_plan_beyond_the_limit_is_refused),
        cmocka_unit_test(a_plan_of_what_was_delivered_neither_selects_nor_shuffles),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
