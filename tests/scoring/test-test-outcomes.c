/* SPDX-License-Identifier: Apache-2.0 */
/* Outcome processing of tests. */
#include "tests/paperbank/test-kit.h"

#include "scoring/test-outcomes.h"

#define TESTVARS(attrs) "<testVariables variableIdentifier=\"SCORE\" " attrs "/>"
#define SUM(x) "<sum>" x "</sum>"
#define WEIGHT(id, v) "<weight identifier=\"" id "\" value=\"" v "\"/>"
#define THREE                                                                                                          \
    LI(SECTION("s1", "",                                                                                               \
               "<assessmentItemRef identifier=\"a\" href=\"a.xml\" category=\"x\">" WEIGHT("W", "2") "</assessmentItemRef>"   \
               "<assessmentItemRef identifier=\"b\" href=\"b.xml\" category=\"x y\">" WEIGHT("W", "0.5")               \
               "</assessmentItemRef>")                                                                                 \
           SECTION("s2", "", "<assessmentItemRef identifier=\"c\" href=\"c.xml\"/>"))

/* TOTAL after answering a with A, b with B, c with A. */
static void total_is(const char *xml, double total)
{
    struct kit k;
    struct err e;
    kit_begin(&k, xml);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_done(kit_next(&k, &e), e);
    assert_done(kit_answer(&k, "B", &e), e);
    assert_done(kit_next(&k, &e), e);
    assert_done(kit_answer(&k, "A", &e), e);
    double got = kit_outcome(&k, "TOTAL");
    if (got != total)
        fail_msg("TOTAL is %g, not %g", got, total);
    kit_end(&k);
}

#define DOCUMENT(x) T_HEAD TOTAL THREE PROCESSING(SET("TOTAL", x)) T_TAIL

static void test_variables_gather_all_items(void **state)
{
    (void)state;
    total_is(DOCUMENT(SUM(TESTVARS(""))), 2);
}

static void a_weight_multiplies_and_where_there_is_none_counts_as_one(void **state)
{
    (void)state;
    total_is(DOCUMENT(SUM(TESTVARS("weightIdentifier=\"W\""))), 3);
    total_is(DOCUMENT(SUM(TESTVARS("weightIdentifier=\"NONE\""))), 2);
    total_is(DOCUMENT("<variable identifier=\"a.SCORE\" weightIdentifier=\"W\"/>"), 2);
    total_is(DOCUMENT("<variable identifier=\"c.SCORE\" weightIdentifier=\"W\"/>"), 1);
}

static void categories_include_and_exclude(void **state)
{
    (void)state;
    total_is(DOCUMENT(SUM(TESTVARS("includeCategory=\"x\""))), 1);
    total_is(DOCUMENT("<numberSelected includeCategory=\"y z\"/>"), 1);
    total_is(DOCUMENT("<numberSelected excludeCategory=\"y\"/>"), 2);
    total_is(DOCUMENT("<numberSelected includeCategory=\"x\" excludeCategory=\"y\"/>"), 1);
}

static void a_section_narrows_the_items(void **state)
{
    (void)state;
    total_is(DOCUMENT(SUM(TESTVARS("sectionIdentifier=\"s2\""))), 1);
    total_is(DOCUMENT("<numberSelected sectionIdentifier=\"s1\"/>"), 2);
}

static void items_are_counted_as_they_were_answered(void **state)
{
    (void)state;
    total_is(DOCUMENT("<numberCorrect/>"), 2);
    total_is(DOCUMENT("<numberIncorrect/>"), 1);
    total_is(DOCUMENT("<numberResponded/>"), 3);
    total_is(DOCUMENT("<numberPresented/>"), 3);
}

static void the_bounds_of_an_outcome_are_weighted_sums(void **state)
{
    (void)state;
    total_is(DOCUMENT("<outcomeMaximum outcomeIdentifier=\"SCORE\" weightIdentifier=\"W\"/>"), 3.5);
    total_is(DOCUMENT("<outcomeMinimum outcomeIdentifier=\"SCORE\"/>"), -3);
}

static void a_mapped_variable_is_read_under_the_name_of_the_test(void **state)
{
    (void)state;
    total_is(T_HEAD TOTAL LI(S(ITEM("a", "<variableMapping sourceIdentifier=\"SCORE\" targetIdentifier=\"MARK\"/>") I("b") I("c")))
                 PROCESSING(SET("TOTAL", SUM("<testVariables variableIdentifier=\"MARK\"/>" VARIABLE("a.MARK")))) T_TAIL,
             2);
}

static void conditions_take_the_first_branch_that_holds(void **state)
{
    (void)state;
    total_is(T_HEAD TOTAL THREE PROCESSING(
                 "<outcomeCondition><outcomeIf>" FALSE SET("TOTAL", FLOAT("1")) "</outcomeIf>"
                 "<outcomeElseIf>" TRUE SET("TOTAL", FLOAT("2")) "</outcomeElseIf>"
                 "<outcomeElse>" SET("TOTAL", FLOAT("3")) "</outcomeElse></outcomeCondition>") T_TAIL, 2);
}

static void exit_test_ends_the_processing(void **state)
{
    (void)state;
    total_is(T_HEAD TOTAL THREE PROCESSING("<outcomeProcessingFragment>" SET("TOTAL", FLOAT("4")) "<exitTest/>"
                                           "</outcomeProcessingFragment>" SET("TOTAL", FLOAT("5"))) T_TAIL, 4);
}

static void a_table_is_looked_up(void **state)
{
    (void)state;
    total_is(T_HEAD "<outcomeDeclaration identifier=\"TOTAL\" cardinality=\"single\" baseType=\"float\">"
                    "<interpolationTable defaultValue=\"0\"><interpolationTableEntry sourceValue=\"2\" targetValue=\"60\"/>"
                    "<interpolationTableEntry sourceValue=\"1\" targetValue=\"30\"/></interpolationTable></outcomeDeclaration>"
                 THREE PROCESSING("<lookupOutcomeValue identifier=\"TOTAL\">" SUM(TESTVARS("")) "</lookupOutcomeValue>") T_TAIL,
             60);
}

static void outcomes_start_at_their_defaults_each_time(void **state)
{
    (void)state;
    total_is(DOCUMENT(SUM(VARIABLE("TOTAL") FLOAT("1"))), 1);
}

static void rules_that_cannot_be_evaluated_are_told_with_their_line(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD TOTAL THREE "\n" PROCESSING("\n" SET("TOTAL", "<divide>" FLOAT("1") "</divide>")) T_TAIL);
    assert_refused(kit_answer(&k, "A", &e), ERR_DATA, "sub-expressions", e);
    assert_string_equal(e.where, "t.xml:3");
    kit_end(&k);
}

static void an_item_that_comes_twice_is_told_apart_by_its_number(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, T_HEAD TOTAL LI(SECTION("s", "", "<selection select=\"2\" withReplacement=\"true\"/>" I("a")))
                      PROCESSING(SET("TOTAL", "<subtract>" VARIABLE("a.1.SCORE") VARIABLE("a.2.SCORE") "</subtract>")) T_TAIL);
    assert_done(kit_answer(&k, "A", &e), e);
    assert_done(kit_next(&k, &e), e);
    assert_done(kit_answer(&k, "B", &e), e);
    assert_true(kit_outcome(&k, "TOTAL") == 1);
    kit_end(&k);
}

static void the_scorer_replays_moves_to_the_same_outcomes(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    kit_begin(&k, DOCUMENT(SUM(TESTVARS(""))));
    const struct item *full[] = {k.item, k.item, k.item};
    struct test_scorer scorer = {.item = full};
    struct delivery_host host = test_scorer_host(&scorer);
    struct delivery *d = NULL;
    const char *right = "A";
    struct response r = {.identifier = "RESPONSE", .value = &right, .n = 1};
    struct response_set set = {&r, 1};
    const struct test_action moves[] = {{.move = MOVE_RESPOND, .responses = &set}, {.move = MOVE_NEXT},
                                        {.move = MOVE_SKIP}, {.move = MOVE_RESPOND, .responses = &set},
                                        {.move = MOVE_END_PART}, {.move = MOVE_END_TEST}};
    assert_done(delivery_new(&d, k.plan, k.given, &host, &e), e);
    assert_done(delivery_start(d, 0, &e), e);
    for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
        assert_done(test_move(d, &moves[i], &e), e);
    assert_int_equal(delivery_state(d), DELIVERY_ENDED);
    assert_true(test_variable_find(&delivery_values(d)->outcomes, "TOTAL")->value.at[0].number == 2);
    delivery_free(d);
    kit_end(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_variables_gather_all_items),
        cmocka_unit_test(a_weight_multiplies_and_where_there_is_none_counts_as_one),
        cmocka_unit_test(categories_include_and_exclude),
        cmocka_unit_test(a_section_narrows_the_items),
        cmocka_unit_test(items_are_counted_as_they_were_answered),
        cmocka_unit_test(the_bounds_of_an_outcome_are_weighted_sums),
        cmocka_unit_test(a_mapped_variable_is_read_under_the_name_of_the_test),
        cmocka_unit_test(conditions_take_the_first_branch_that_holds),
        cmocka_unit_test(exit_test_ends_the_processing),
        cmocka_unit_test(a_table_is_looked_up),
        cmocka_unit_test(outcomes_start_at_their_defaults_each_time),
        cmocka_unit_test(rules_that_cannot_be_evaluated_are_told_with_their_line),
        cmocka_unit_test(an_item_that_comes_twice_is_told_apart_by_its_number),
        cmocka_unit_test(the_scorer_replays_moves_to_the_same_outcomes),
    };
    return cmocka_run_group_tests_name("test-outcomes", tests, NULL, NULL);
}
