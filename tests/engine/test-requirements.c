/* SPDX-License-Identifier: Apache-2.0 */
/* Each element of a blueprint as a requirement or an objective of the problem, over a bank of eight items. */
#include <stdlib.h>

#include "engine/blueprint/assembly.h"
#include "engine/blueprint/information.h"
#include "tests/check.h"
#include "tests/paperbank/bank-kit.h"

#define HEAD                                                                                                 \
    "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" "        \
    "pass=\"2\" high=\"3\" date=\"2026-02-28\" forms=\"2\" maxOverlap=\"2\">"                                 \
    "<section id=\"s1\" title=\"S\" kinds=\"single\" count=\"2\" points=\"2\"/>"

static const char *const metadata[] = {
    "knowledgePoint=\"1.1\" facility=\"0.5\" expectedTime=\"30\" irt=\"1 0\" attributes=\"theme=a words=10 stimulus=s\"",
    "knowledgePoint=\"1.2\" facility=\"0.6\" expectedTime=\"40\" irt=\"1 1\" attributes=\"theme=a words=20.5 stimulus=t\"",
    "knowledgePoint=\"2\" facility=\"0.7\" expectedTime=\"50\" irt=\"2 0 0.2\" attributes=\"theme=b words=30 stimulus=s\"",
    "knowledgePoint=\"2\" facility=\"0.8\" expectedTime=\"60\" irt=\"1 0 0 normal\" attributes=\"theme=b theme=c words=-4\"",
    "knowledgePoint=\"2\" facility=\"0.9\" expectedTime=\"70\" attributes=\"source=old\"",
    "knowledgePoint=\"2\" cognitiveLevel=\"apply\"",
};
enum { ITEMS = sizeof metadata / sizeof *metadata };

struct made {
    struct kit kit;
    struct blueprint *blueprint;
    struct assembly *assembly;
};

static int setup(void **state)
{
    struct made *m = calloc(1, sizeof *m);
    struct bytes all = {0};
    kit_open(&m->kit);
    for (int i = 0; i < ITEMS; i++) {
        char name[16], id[8];
        snprintf(id, sizeof id, "i%d", i);
        snprintf(name, sizeof name, "%s.xml", id);
        kit_write_item(&m->kit, name, id, id);
        bytes_printf(&all,
                     "<resource identifier=\"R%d\" type=\"imsqti_item_xmlv2p2\" href=\"%s\"><metadata><kc:item "
                     "%s/></metadata><file href=\"%s\"/></resource>",
                     i, name, metadata[i], name);
    }
    bytes_add(&all, "", 1);
    kit_write_manifest(&m->kit, (const char *)all.p);
    kit_import(&m->kit, "imsmanifest.xml");
    assert_int_equal(m->kit.n[IMPORT_NEW], ITEMS);
    bytes_release(&all);
    *state = m;
    return 0;
}

static int teardown(void **state)
{
    struct made *m = *state;
    assembly_free(m->assembly);
    blueprint_free(m->blueprint);
    kit_close(&m->kit);
    free(m);
    return 0;
}

static int try(struct made *m, const char *elements, struct err *e)
{
    struct bytes text = {0};
    bytes_printf(&text, HEAD "%s</blueprint>", elements);
    int r = blueprint_read(&m->blueprint, "b.xml", bytes_span(&text), NULL, NULL, e);
    bytes_release(&text);
    assert_done(r, *e);
    return assembly_build(&m->assembly, m->blueprint, m->kit.bank, 0, false, e);
}

static void make(struct made *m, const char *elements)
{
    struct err e = {0};
    assert_done(try(m, elements, &e), e);
}

static void refused(struct made *m, const char *elements, const char *words)
{
    struct err e = {0};
    assert_refused(try(m, elements, &e), ERR_DATA, words, e);
    assert_non_null(strstr(e.where, "b.xml:1"));
    blueprint_free(m->blueprint);
    m->blueprint = NULL;
}

/* The k-th requirement of a kind besides that of the section. */
static const struct requirement *of_kind(const struct made *m, enum requirement_kind kind, size_t k)
{
    const struct problem *p = m->assembly->problem;
    for (size_t i = 1; i < p->n_requirements; i++)
        if (p->requirement[i].kind == kind && k-- == 0)
            return &p->requirement[i];
    fail_msg("no such requirement");
    return NULL;
}

/* "i0 i2:30": items with their coefficients other than 1. */
static void items_are(const struct made *m, const struct requirement *r, const char *wanted)
{
    struct bytes text = {0};
    for (size_t k = 0; k < r->n; k++) {
        bytes_printf(&text, "%s%s", k ? " " : "", m->assembly->problem->id[r->item[k]]);
        if (r->coef && r->coef[k] != 1)
            bytes_printf(&text, ":%lld", (long long)r->coef[k]);
        if (r->group)
            bytes_printf(&text, "/%u", r->group[k]);
    }
    bytes_add(&text, "", 1);
    assert_string_equal((const char *)text.p, wanted);
    bytes_release(&text);
}

static void row_is(const struct made *m, size_t goal, size_t row, const int64_t *wanted)
{
    const struct problem *p = m->assembly->problem;
    for (size_t i = 0; i < p->n_items; i++)
        assert_int_equal(p->objective[goal].row[row].coef[i], wanted[i]);
}

static void a_quota_is_one_requirement_for_each_value(void **state)
{
    struct made *m = *state;
    make(m, "<quota attribute=\"theme\" max=\"1\"/>");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 0), "i0 i1");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 1), "i2 i3");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 2), "i3");
    assert_int_equal(of_kind(m, REQUIRE_LINEAR, 2)->hi, 1);
    assert_string_equal(of_kind(m, REQUIRE_LINEAR, 1)->words, "theme b: at most 1 items");
}

static void values_of_one_name_are_alternatives_and_of_two_are_both_needed(void **state)
{
    struct made *m = *state;
    make(m, "<cell attributes=\"theme=a theme=c\" min=\"1\"/><cell attributes=\"theme=a words=10\" max=\"1\"/>");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 0), "i0 i1 i3");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 1), "i0");
}

static void a_sum_adds_up_numbers_and_leaves_out_who_has_none(void **state)
{
    struct made *m = *state;
    make(m, "<sum attribute=\"words\" from=\"-2.5\" to=\"40\"/>");
    const struct requirement *r = of_kind(m, REQUIRE_LINEAR, 0);
    items_are(m, r, "i0:10000 i1:20500 i2:30000 i3:-4000");
    assert_true(r->lo == -2500 && r->hi == 40000 && r->unit == 1000);
    assert_int_equal(m->assembly->without_number, 2);
    assert_string_equal(r->words, "words of all items: -2.5 to 40");
}

static void a_weight_makes_a_wish_that_costs_by_the_item_and_by_the_point(void **state)
{
    struct made *m = *state;
    make(m, "<cell knowledgePoint=\"1\" min=\"1\" weight=\"3\"/><points knowledgePoint=\"2\" max=\"2\" weight=\"5\"/>");
    assert_int_equal(of_kind(m, REQUIRE_LINEAR, 0)->weight, 3000);
    assert_int_equal(of_kind(m, REQUIRE_LINEAR, 1)->weight, 5); /* of a thousandth of a point */
    assert_int_equal(m->assembly->problem->n_objectives, 1);
    assert_int_equal(m->assembly->problem->objective->kind, OBJECTIVE_MIN_PENALTY);
    assert_int_equal(m->assembly->problem->objective->unit, 1000);
}

static void coverage_counts_values_of_an_attribute_too(void **state)
{
    struct made *m = *state;
    make(m, "<coverage attribute=\"theme\" min=\"2\"/>");
    const struct requirement *r = of_kind(m, REQUIRE_COVER, 0);
    items_are(m, r, "i0/0 i1/0 i2/1 i3/1 i3/2");
    assert_true(r->lo == 2 && r->n_groups == 3);
}

static void items_go_together_or_never_meet(void **state)
{
    struct made *m = *state;
    make(m, "<allOrNone items=\"i4 i1\"/><allOrNone attribute=\"stimulus\"/><enemies items=\"i0 i2 i3\"/>"
            "<enemies attribute=\"theme\"/>");
    items_are(m, of_kind(m, REQUIRE_ALL_OR_NONE, 0), "i1 i4");
    items_are(m, of_kind(m, REQUIRE_ALL_OR_NONE, 1), "i0 i2");
    items_are(m, of_kind(m, REQUIRE_AT_MOST_ONE, 0), "i0 i2 i3");
    items_are(m, of_kind(m, REQUIRE_AT_MOST_ONE, 1), "i0 i1");
    items_are(m, of_kind(m, REQUIRE_AT_MOST_ONE, 2), "i2 i3");
    assert_int_equal(of_kind(m, REQUIRE_AT_MOST_ONE, 2)->unit_no, of_kind(m, REQUIRE_AT_MOST_ONE, 1)->unit_no);
}

static void stimuli_are_numbered_by_their_names(void **state)
{
    struct made *m = *state;
    make(m, "<stimuli min=\"1\" max=\"2\" itemsMin=\"2\" itemsMax=\"3\" maxForms=\"1\"/>");
    const struct problem *p = m->assembly->problem;
    assert_int_equal(p->n_stimuli, 2);
    const uint32_t wanted[] = {0, 1, 0, NO_STIMULUS, NO_STIMULUS, NO_STIMULUS};
    assert_memory_equal(p->stimulus, wanted, sizeof wanted);
    assert_true(of_kind(m, REQUIRE_STIMULI, 0)->lo == 1 && of_kind(m, REQUIRE_STIMULI, 0)->hi == 2);
    assert_true(of_kind(m, REQUIRE_PER_STIMULUS, 0)->lo == 2 && of_kind(m, REQUIRE_PER_STIMULUS, 0)->hi == 3);
    assert_int_equal(of_kind(m, REQUIRE_STIMULUS_USE, 0)->hi, 1);
    assert_int_equal(m->assembly->pool[2].rank, 1); /* beside i0, before i1 */
    assert_int_equal(m->assembly->pool[1].rank, 2);
}

static void an_item_may_be_limited_to_so_many_forms(void **state)
{
    struct made *m = *state;
    make(m, "<use knowledgePoint=\"1\" min=\"1\" max=\"1\"/>");
    items_are(m, of_kind(m, REQUIRE_USE, 0), "i0 i1");
    assert_true(of_kind(m, REQUIRE_USE, 0)->lo == 1 && of_kind(m, REQUIRE_USE, 0)->hi == 1);
}

/* 2024-02-27, 2024-02-29 and 2025: the last two years begin on 2024-02-28. */
static void use_in_the_past(struct made *m)
{
    enum { DAY = 86400000 };
    static const struct bank_used first[] = {{"i0", 1}, {"i1", 1}}, second[] = {{"i0", 1}, {"i2", 1}}, third[] = {{"i0", 1}};
    const int64_t day = INT64_C(19780) * DAY; /* 2024-02-27 */
    struct err e = {0};
    assert_done(bank_use_exam(m->kit.bank, "first", first, 2, day, &e), e);
    assert_done(bank_use_exam(m->kit.bank, "second", second, 2, day + 2 * (int64_t)DAY, &e), e);
    assert_done(bank_use_session(m->kit.bank, "second", "morning", 500, day + 2 * (int64_t)DAY, &e), e);
    assert_done(bank_use_exam(m->kit.bank, "third", third, 1, day + 400 * (int64_t)DAY, &e), e);
}

static void what_was_used_too_much_is_left_out(void **state)
{
    struct made *m = *state;
    use_in_the_past(m);
    make(m, "<exposure maxExams=\"2\" years=\"2\"/><exposure maxExams=\"1\"/><exposure maxCandidates=\"500\"/>");
    items_are(m, of_kind(m, REQUIRE_EXCLUDE, 0), "i0");
    items_are(m, of_kind(m, REQUIRE_EXCLUDE, 1), "i0 i1 i2");
    items_are(m, of_kind(m, REQUIRE_EXCLUDE, 2), "i0 i2");
    assert_string_equal(of_kind(m, REQUIRE_EXCLUDE, 0)->words,
                        "exposure of an item since 2024-02-28: exams: at most 2, this one included");
}

static void forms_share_so_much_with_each_past_exam(void **state)
{
    struct made *m = *state;
    use_in_the_past(m);
    make(m, "<past exams=\"first\" max=\"1\"/><past years=\"2\" max=\"0\" weight=\"2\"/>");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 0), "i0 i1");
    assert_int_equal(of_kind(m, REQUIRE_LINEAR, 0)->hi, 1);
    items_are(m, of_kind(m, REQUIRE_LINEAR, 1), "i0 i2");
    items_are(m, of_kind(m, REQUIRE_LINEAR, 2), "i0");
    assert_int_equal(of_kind(m, REQUIRE_LINEAR, 2)->weight, 2000);
}

static void an_exam_does_not_count_against_itself_nor_what_came_later_when_it_is_made_again(void **state)
{
    static const struct {
        const char *exam;
        bool again;
        const char *items;
    } cases[] = {{"first", false, "i0 i2"}, {"second", true, "i0 i1"}, {"fourth", true, "i0 i1 i2"}};
    struct made *m = *state;
    struct err e = {0};
    use_in_the_past(m);
    make(m, "<exposure maxExams=\"1\"/>");
    for (size_t k = 0; k < 3; k++) {
        assembly_free(m->assembly);
        m->assembly = NULL;
        assert_done(assembly_build_exam(&m->assembly, m->blueprint, m->kit.bank, 0, false, cases[k].exam,
                                        cases[k].again, &e),
                    e);
        items_are(m, of_kind(m, REQUIRE_EXCLUDE, 0), cases[k].items);
    }
}

static void the_freshest_are_worth_most(void **state)
{
    struct made *m = *state;
    use_in_the_past(m);
    make(m, "<fresh/>");
    const int64_t ever[] = {0, 2, 2, 3, 3, 3}; /* 3 - exams */
    assert_int_equal(m->assembly->problem->objective->kind, OBJECTIVE_MAX_SUM);
    row_is(m, 0, 0, ever);
}

static void information_follows_the_model_exactly(void **state)
{
    (void)state;
    const struct bank_irt rasch = {1000, 0, 0, false}, normal = {1000, 0, 0, true}, guessing = {2000, 0, 200, false};
    assert_int_equal(information_at(&rasch, 0), 250000);
    assert_int_equal(information_at(&normal, 0), 724201);   /* 1.702^2 / 4 */
    assert_int_equal(information_at(&guessing, 0), 666667); /* 4 (0.4 / 0.6) (1 / 2)^2 */
    assert_int_equal(information_at(&rasch, 1000), 196612); /* e / (1 + e)^2 */
    assert_int_equal(information_at(&guessing, -10000), 0);
    assert_int_equal(information_at(&guessing, 10000), 0);
}

static void information_has_limits_and_a_goal(void **state)
{
    struct made *m = *state;
    make(m, "<information goal=\"maximin\"><at theta=\"0\" weight=\"2\" min=\"0.5\" max=\"1.2\"/><at theta=\"1\"/></information>");
    const struct requirement *r = of_kind(m, REQUIRE_LINEAR, 0);
    const struct objective *o = m->assembly->problem->objective;
    items_are(m, r, "i0:250000 i1:196612 i2:666667 i3:724201");
    assert_true(r->lo == 500000 && r->hi == 1200000 && r->unit == 1000000);
    assert_string_equal(r->words, "information at ability 0: 0.500 to 1.200");
    assert_true(o->kind == OBJECTIVE_MAXIMIN && o->n_rows == 2 && o->row[0].weight == 2000 && o->row[1].weight == 1000);
    assert_int_equal(m->assembly->without_irt, 2);
}

static void information_may_follow_a_target_or_be_summed(void **state)
{
    struct made *m = *state;
    make(m, "<information goal=\"target\" give=\"0.05\"><at theta=\"0\" target=\"1.5\"/></information>");
    const struct objective *o = m->assembly->problem->objective;
    assert_true(o->kind == OBJECTIVE_MINIMAX_DEV && o->row[0].target == 1500000 && o->give == 50000);
    teardown(state);
    setup(state);
    m = *state;
    make(m, "<information goal=\"sum\"><at theta=\"0\" weight=\"2\"/><at theta=\"1\"/></information>");
    const int64_t sum[] = {500000 + 196612, 2 * 196612 + 250000};
    o = m->assembly->problem->objective;
    assert_true(o->kind == OBJECTIVE_MAX_SUM && o->n_rows == 1);
    assert_int_equal(o->row[0].coef[0], sum[0]);
    assert_int_equal(o->row[0].coef[1], sum[1]);
}

static void a_difficulty_curve_counts_items_in_bands(void **state)
{
    struct made *m = *state;
    make(m, "<difficultyCurve><at from=\"0.5\" to=\"0.6\" items=\"1\"/><at from=\"0.601\" to=\"1\" items=\"3\"/></difficultyCurve>");
    const int64_t low[] = {1, 1, 0, 0, 0}, high[] = {0, 0, 1, 1, 1};
    const struct objective *o = m->assembly->problem->objective;
    assert_true(o->kind == OBJECTIVE_MINIMAX_DEV && o->n_rows == 2 && o->row[1].target == 3);
    row_is(m, 0, 0, low);
    row_is(m, 0, 1, high);
    assert_int_equal(m->assembly->without_facility, 1);
}

static void forms_are_to_be_equal_in_any_measure(void **state)
{
    struct made *m = *state;
    make(m, "<equal of=\"facility\" give=\"0.01\"/><equal of=\"expectedTime\" give=\"30\"/><equal of=\"points\"/>"
            "<equal attribute=\"words\"/>");
    const struct objective *o = m->assembly->problem->objective;
    const int64_t facility[] = {1000000, 1200000, 1400000, 1600000}, time[] = {30, 40, 50, 60},
                  words[] = {10000, 20500, 30000, -4000};
    assert_int_equal(m->assembly->problem->n_objectives, 4);
    for (size_t k = 0; k < 4; k++)
        assert_int_equal(o[k].kind, OBJECTIVE_MIN_RANGE);
    row_is(m, 0, 0, facility);
    row_is(m, 1, 0, time);
    row_is(m, 3, 0, words);
    assert_true(o[0].unit == 4000000 && o[0].give == 40000 && o[0].indifferent == 2000);
    assert_true(o[1].unit == 1 && o[1].give == 30);
}

static void targets_of_time_and_of_a_sum_are_goals(void **state)
{
    struct made *m = *state;
    make(m, "<expectedTime from=\"0\" to=\"200\" target=\"90\" priority=\"60\"/><sum attribute=\"words\" target=\"30.5\"/>");
    const struct objective *o = m->assembly->problem->objective;
    assert_true(o[0].kind == OBJECTIVE_MINIMAX_DEV && o[0].row->target == 30500 && o[0].unit == 1000);
    assert_true(o[1].kind == OBJECTIVE_MINIMAX_DEV && o[1].row->target == 90 && o[1].unit == 1);
}

static void what_the_bank_does_not_know_is_refused_with_its_line(void **state)
{
    struct made *m = *state;
    refused(m, "<quota attribute=\"colour\" max=\"1\"/>", "has the attribute colour");
    refused(m, "<cell attributes=\"theme=a colour=red\" max=\"1\"/>", "has the attribute colour");
    refused(m, "<sum attribute=\"colour\" to=\"1\"/>", "has the attribute colour");
    refused(m, "<coverage attribute=\"colour\"/>", "has the attribute colour");
    refused(m, "<stimuli attribute=\"text\" min=\"1\"/>", "has the attribute text");
    refused(m, "<equal attribute=\"colour\"/>", "has the attribute colour");
    refused(m, "<allOrNone items=\"i1 i9\"/>", "item i9 is not in the bank");
    refused(m, "<past exams=\"autumn\" max=\"1\"/>", "no past exam autumn");
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(a_quota_is_one_requirement_for_each_value),
        RULE(values_of_one_name_are_alternatives_and_of_two_are_both_needed),
        RULE(a_sum_adds_up_numbers_and_leaves_out_who_has_none),
        RULE(a_weight_makes_a_wish_that_costs_by_the_item_and_by_the_point),
        RULE(coverage_counts_values_of_an_attribute_too),
        RULE(items_go_together_or_never_meet),
        RULE(stimuli_are_numbered_by_their_names),
        RULE(an_item_may_be_limited_to_so_many_forms),
        RULE(what_was_used_too_much_is_left_out),
        RULE(forms_share_so_much_with_each_past_exam),
        RULE(an_exam_does_not_count_against_itself_nor_what_came_later_when_it_is_made_again),
        RULE(the_freshest_are_worth_most),
        RULE(information_follows_the_model_exactly),
        RULE(information_has_limits_and_a_goal),
        RULE(information_may_follow_a_target_or_be_summed),
        RULE(a_difficulty_curve_counts_items_in_bands),
        RULE(forms_are_to_be_equal_in_any_measure),
        RULE(targets_of_time_and_of_a_sum_are_goals),
        RULE(what_the_bank_does_not_know_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
