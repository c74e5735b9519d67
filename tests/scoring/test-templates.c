/* SPDX-License-Identifier: Apache-2.0 */
/* Template processing: numbers by seed, in the whole item and in the candidate's slice of it. */
#include "tests/check.h"

#include "paperbank/item/expression/instance.h"
#include "paperbank/item/expression/printed.h"
#include "paperbank/item/view.h"
#include "scoring/evaluate.h"
#include "scoring/score.h"

#define VALUE(base, v) "<baseValue baseType=\"" base "\">" v "</baseValue>"
#define SET(id, expression) "<setTemplateValue identifier=\"" id "\">" expression "</setTemplateValue>"
#define VARIABLE(id) "<variable identifier=\"" id "\"/>"
#define DRAW(low, high) "<randomInteger min=\"" low "\" max=\"" high "\"/>"
#define CORRECT(expression) "<setCorrectResponse identifier=\"RESPONSE\">" expression "</setCorrectResponse>"

/* A sum of two numbers; `rules` between drawing and the key. */
static struct item *sum_item(const char *rules, const char *key, const char *body)
{
    struct err e;
    struct item *item = NULL;
    struct bytes b = {0};
    bytes_printf(
        &b,
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"sum\" title=\"\" adaptive=\"false\" "
        "timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"integer\"/>"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
        "<templateDeclaration identifier=\"A\" cardinality=\"single\" baseType=\"integer\"/>"
        "<templateDeclaration identifier=\"B\" cardinality=\"single\" baseType=\"integer\"/>"
        "<templateDeclaration identifier=\"C\" cardinality=\"single\" baseType=\"integer\"/>"
        "<templateDeclaration identifier=\"WORD\" cardinality=\"single\" baseType=\"identifier\"/>"
        "<templateProcessing>" SET("A", DRAW("10", "99")) SET("B", DRAW("10", "99")) "%s%s</templateProcessing>"
        "<itemBody><p>%s</p><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p></itemBody>"
        "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>"
        "</assessmentItem>",
        rules, key, body);
    if (item_read(&item, "sum", bytes_span(&b), &e) < 0)
        fail_msg("%s: %s", e.where, e.what);
    bytes_release(&b);
    return item;
}

#define SUM CORRECT("<sum>" VARIABLE("A") VARIABLE("B") "</sum>")
#define TEXT "<printedVariable identifier=\"A\"/> + <printedVariable identifier=\"B\"/> = ?"

static char *shown(const struct item *item, struct span seed, struct arena *a)
{
    struct err e;
    struct item *drawn = NULL;
    assert_done(item_instantiate(&drawn, item, seed, &e), e);
    assert_null(drawn->template_processing);
    char *text = item_node_text(drawn->body, a);
    item_free(drawn);
    return text;
}

static struct item *view_of(const struct item *item)
{
    struct err e;
    struct item *view = NULL;
    struct bytes b = {0};
    assert_done(item_view_write(item, &b, &e), e);
    assert_done(item_view_check("view", bytes_span(&b), &e), e);
    assert_done(item_read(&view, "view", bytes_span(&b), &e), e);
    assert_null(strstr((const char *)b.p, "setCorrectResponse"));
    bytes_release(&b);
    return view;
}

static void each_candidate_gets_other_numbers_and_an_own_key(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct item *item = sum_item("", SUM, TEXT), *one = NULL, *two = NULL;
    struct err e;
    assert_done(item_instantiate(&one, item, item_seed(a, "s", "t1", "sum"), &e), e);
    assert_done(item_instantiate(&two, item, item_seed(a, "s", "t2", "sum"), &e), e);
    assert_string_not_equal(item_node_text(one->body, a), item_node_text(two->body, a));
    int first, second;
    assert_int_equal(sscanf(item_node_text(one->body, a), "%d + %d", &first, &second), 2);
    const struct item_declaration *d = item_find(one, DECLARED_RESPONSE, "RESPONSE");
    assert_int_equal(d->n_correct, 1);
    assert_string_equal(d->correct[0].text, arena_printf(a, "%d", first + second));
    item_free(one);
    item_free(two);
    item_free(item);
    arena_free(a);
}

static void the_same_seed_gives_the_same_item(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct item *item = sum_item("", SUM, TEXT);
    assert_string_equal(shown(item, span_str("x"), a), shown(item, span_str("x"), a));
    item_free(item);
    arena_free(a);
}

static void a_test_says_what_a_variable_starts_with(void **state)
{
    (void)state;
    struct err e;
    struct arena *a = arena_new();
    struct bytes document = {0};
    struct item *item = sum_item(SET("B", "<product>" VARIABLE("C") VALUE("integer", "2") "</product>"), SUM,
                                 "<printedVariable identifier=\"C\"/> <printedVariable identifier=\"B\"/>");
    struct item *drawn = NULL, *again = NULL;
    const struct item_default start[] = {{"C", value_float(a, 21)}, {"NOBODY", value_integer(a, 1)}, {"RESPONSE", value_integer(a, 1)}};
    const struct item_draw how = {.seed = span_str("x"), .start = start, .n_starts = 3, .document = &document};
    assert_done(item_drawn_from(&drawn, item, &how, &e), e);
    assert_string_equal(item_node_text(drawn->body, a), "21 42 ____");
    assert_int_equal(item_find(drawn, DECLARED_RESPONSE, "RESPONSE")->n_initial, 0);
    assert_done(item_read(&again, "again", bytes_span(&document), &e), e);
    assert_string_equal(item_node_text(again->body, a), "21 42 ____");
    bytes_release(&document);
    item_free(again);
    item_free(drawn);
    item_free(item);
    arena_free(a);
}

/* Rules of every kind between the draws: assignments left out of the slice, branches, constraints, second draws. */
#define RULES                                                                                                        \
    SET("C", DRAW("1", "1000"))                                                                                      \
    "<templateConstraint><gt>" VARIABLE("A") VARIABLE("B") "</gt></templateConstraint>"                              \
    "<templateCondition><templateIf><gt>" VARIABLE("A") VALUE("integer", "50") "</gt>" SET("C", DRAW("1", "9"))      \
        SET("WORD", VALUE("identifier", "big")) "</templateIf>"                                                      \
    "<templateElse>" SET("B", DRAW("1", "9")) SET("WORD", VALUE("identifier", "small")) "</templateElse></templateCondition>"
#define CONDITIONAL                                                                                                  \
    TEXT " <templateInline templateIdentifier=\"WORD\" identifier=\"big\" showHide=\"show\">big</templateInline>"    \
    "<templateInline templateIdentifier=\"WORD\" identifier=\"big\" showHide=\"hide\">small</templateInline>"

static void the_slice_draws_what_the_whole_draws(void **state)
{
    (void)state;
    struct item *item = sum_item(RULES, SUM, CONDITIONAL), *view = view_of(item);
    size_t big = 0;
    assert_null(item_find(view, DECLARED_TEMPLATE, "C"));
    for (unsigned i = 0; i < 1000; i++) {
        struct arena *a = arena_new();
        struct span seed = item_seed(a, "2026-1", arena_printf(a, "T%u", i), "sum");
        char *whole = shown(item, seed, a);
        assert_string_equal(whole, shown(view, seed, a));
        big += strstr(whole, "big") != NULL;
        arena_free(a);
    }
    assert_in_range(big, 100, 999);
    item_free(view);
    item_free(item);
}

static void refused(const char *rules, const char *key, const char *body, const char *why)
{
    struct err e;
    struct bytes b = {0};
    struct item *item = sum_item(rules, key, body);
    assert_int_equal(item_sealed(item, &e), -ERR_DATA);
    if (!strstr(e.what, why))
        fail_msg("\"%s\" does not tell of %s", e.what, why);
    assert_int_equal(item_view_write(item, &b, &e), -ERR_DATA);
    bytes_release(&b);
    item_free(item);
}

static void a_sealed_exam_refuses_a_slice_that_gives_the_key_away(void **state)
{
    (void)state;
    struct err e;
    struct item *good = sum_item(RULES, SUM, CONDITIONAL);
    assert_done(item_sealed(good, &e), e);
    item_free(good);
    const char *add = SET("C", "<sum>" VARIABLE("A") VARIABLE("B") "</sum>");
    refused(add, CORRECT(VARIABLE("C")), TEXT "<printedVariable identifier=\"C\"/>", "variable C");
    refused(SET("C", "<sum>" VARIABLE("A") VARIABLE("B") "</sum>")
            "<templateConstraint><gt>" VARIABLE("C") VALUE("integer", "30") "</gt></templateConstraint>",
            CORRECT("<sum>" VARIABLE("C") VALUE("integer", "1") "</sum>"), TEXT, "variable C");
    refused("", CORRECT(VARIABLE("A")), TEXT, "variable A");
    refused("<templateConstraint><gt>" DRAW("1", "6") VALUE("integer", "3") "</gt></templateConstraint>", SUM, TEXT,
            "randomInteger");
    refused(SET("C", "<round><mathOperator name=\"sin\">" VARIABLE("A") "</mathOperator></round>"), SUM, TEXT,
            "mathOperator");
}

#define ONE(expression) "<sum>" expression "</sum>"
#define SHOW(id) "<printedVariable identifier=\"" id "\"/>"
#define INDEX(list, n) "<index n=\"" n "\">" list "</index>"
#define IF(condition, rules, otherwise)                                                                              \
    "<templateCondition><templateIf>" condition rules "</templateIf><templateElse>" otherwise                        \
    "</templateElse></templateCondition>"

static void a_key_as_it_is_shown_hides_behind_no_operator(void **state)
{
    (void)state;
    refused("", CORRECT(ONE(VARIABLE("A"))), TEXT, "variable A");
    refused("", CORRECT("<max>" VARIABLE("A") "</max>"), TEXT, "variable A");
    refused("", CORRECT(INDEX("<ordered>" VARIABLE("A") VARIABLE("B") "</ordered>", "1")), TEXT, "variable B");
    refused("", CORRECT("<random><multiple>" VARIABLE("A") "</multiple></random>"), TEXT, "variable A");
    refused("", CORRECT("<multiple>" VARIABLE("A") VALUE("integer", "3") "</multiple>"), TEXT, "variable A");
    refused(SET("C", "<random><multiple><sum>" VARIABLE("A") VARIABLE("B") "</sum></multiple></random>"),
            CORRECT("<sum>" VARIABLE("C") VALUE("integer", "1") "</sum>"), TEXT SHOW("C"), "variable C");
}

/* The solution is drawn, and the problem made from it: the view would have to draw the solution too. */
static void a_key_does_not_rest_on_what_is_drawn_but_not_shown(void **state)
{
    (void)state;
    const char *made = SET("C", "<sum><product>" VALUE("integer", "3") VARIABLE("A") "</product>" VARIABLE("B") "</sum>");
    refused(made, CORRECT("<product>" VARIABLE("A") VALUE("integer", "-1") "</product>"), "3x + " SHOW("B") " = " SHOW("C"),
            "variable A");
    refused("<templateConstraint><lt>" VARIABLE("A") VALUE("integer", "50") "</lt></templateConstraint>", SUM, SHOW("B"),
            "variable A");
    const char *truth = IF("<gt>" VARIABLE("A") VALUE("integer", "50") "</gt>", SET("WORD", VALUE("identifier", "big")),
                           SET("WORD", VALUE("identifier", "small")));
    const char *by_truth = IF("<gt>" VARIABLE("A") VALUE("integer", "50") "</gt>", CORRECT(VALUE("integer", "1")),
                              CORRECT(VALUE("integer", "0")));
    refused(truth, by_truth, SHOW("WORD"), "variable A");
    refused("<templateCondition><templateIf><gt>" VARIABLE("A") VALUE("integer", "50") "</gt>" CORRECT(
                VALUE("integer", "1")) "<exitTemplate/></templateIf></templateCondition>",
            CORRECT(VALUE("integer", "0")), SHOW("B"), "variable A");
}

/* Which of several lists' places is asked is seen on the screen; the other list stays behind. */
static void a_place_that_picks_what_is_shown_may_pick_the_key(void **state)
{
    (void)state;
    struct err e;
    const char *asked = SET("A", "<randomInteger min=\"1\" max=\"2\"/>")
        SET("WORD", INDEX("<ordered>" VALUE("identifier", "france") VALUE("identifier", "spain") "</ordered>", "A"));
    struct item *item = sum_item(
        asked, CORRECT(INDEX("<ordered>" VALUE("integer", "33") VALUE("integer", "34") "</ordered>", "A")), SHOW("WORD"));
    assert_done(item_sealed(item, &e), e);
    struct item *view = view_of(item);
    item_free(view);
    item_free(item);
}

static void what_candidates_see_depends_on_the_view_alone(void **state)
{
    (void)state;
    refused(SET("C", "<correct identifier=\"RESPONSE\"/>"), SUM, TEXT SHOW("C"), "correct");
    refused(SET("C", "<variable identifier=\"RESPONSE\"/>"), SUM, TEXT SHOW("C"), "variable");
    refused("<setDefaultValue identifier=\"C\">" VALUE("integer", "3") "</setDefaultValue>", SUM, TEXT SHOW("C"),
            "setDefaultValue");
    struct err e;
    struct item *item = sum_item(IF("<isNull>" VARIABLE("C") "</isNull>", SET("C", VALUE("integer", "2")), ""),
                                 CORRECT("<sum>" VARIABLE("C") VARIABLE("A") "</sum>"), TEXT);
    assert_done(item_sealed(item, &e), e);
    item_free(item);
}

static void a_variable_that_only_the_key_uses_stays_behind(void **state)
{
    (void)state;
    struct item *item = sum_item(SET("C", "<sum>" VARIABLE("A") VARIABLE("B") "</sum>"), CORRECT(VARIABLE("C")), TEXT);
    struct item *view = view_of(item);
    assert_non_null(item_find(view, DECLARED_TEMPLATE, "A"));
    assert_null(item_find(view, DECLARED_TEMPLATE, "C"));
    item_free(view);
    item_free(item);
}

static void a_constraint_that_never_holds_leaves_the_defaults(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct item *item = sum_item("<templateConstraint>" VALUE("boolean", "false") "</templateConstraint>"
                                 SET("B", VALUE("integer", "7")),
                                 CORRECT(VARIABLE("B")), TEXT);
    assert_string_equal(shown(item, span_str("x"), a), "+ 7 = ? ____");
    item_free(item);
    arena_free(a);
}

static void a_key_is_tried_with_several_seeds(void **state)
{
    (void)state;
    struct err e;
    struct item *good = sum_item("", SUM, TEXT);
    assert_done(score_try_key(good, &e), e);
    item_free(good);
    /* NULL for about half of the seeds */
    struct item *bad = sum_item("", CORRECT("<divide>" VARIABLE("A") "<subtract>" VARIABLE("B") VARIABLE("B")
                                            "</subtract></divide>"), TEXT);
    assert_int_equal(score_try_key(bad, &e), -ERR_DATA);
    item_free(bad);
}

/* Whatever the rules are: what a visible variable holds for every seed is no key. */
static void a_visible_value_that_is_the_key_for_every_seed_is_found(void **state)
{
    (void)state;
    struct err e = {0};
    struct item *item = sum_item("", CORRECT("<subtract><sum>" VARIABLE("A") VARIABLE("B") "</sum>" VARIABLE("B")
                                             "</subtract>"), TEXT);
    assert_done(item_sealed(item, &e), e);
    assert_refused(score_try_key(item, &e), ERR_DATA, "variable A", e);
    item_free(item);
}

static void choices_come_and_go_by_condition(void **state)
{
    (void)state;
    struct err e;
    struct item *item = NULL, *drawn = NULL;
    static const char xml[] =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"c\" title=\"\">"
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>"
        "<value>X</value></correctResponse></responseDeclaration>"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
        "<templateDeclaration identifier=\"T\" cardinality=\"multiple\" baseType=\"identifier\"><defaultValue>"
        "<value>one</value><value>two</value></defaultValue></templateDeclaration><itemBody>"
        "<choiceInteraction responseIdentifier=\"RESPONSE\" maxChoices=\"1\"><simpleChoice identifier=\"X\">x</simpleChoice>"
        "<simpleChoice identifier=\"one\" templateIdentifier=\"T\" showHide=\"show\">1</simpleChoice>"
        "<simpleChoice identifier=\"three\" templateIdentifier=\"T\" showHide=\"show\">3</simpleChoice>"
        "<simpleChoice identifier=\"two\" templateIdentifier=\"T\" showHide=\"hide\">2</simpleChoice>"
        "</choiceInteraction></itemBody></assessmentItem>";
    assert_done(item_read(&item, "c", span_str(xml), &e), e);
    assert_done(item_instantiate(&drawn, item, span_str("x"), &e), e);
    assert_int_equal(drawn->interaction->n_choices, 2);
    assert_string_equal(drawn->interaction->choice[1].identifier, "one");
    item_free(drawn);
    item_free(item);
}

static void a_variable_in_a_formula_stands_for_its_value(void **state)
{
    (void)state;
    struct err e;
    struct item *item = NULL;
    struct arena *a = arena_new();
    static const char xml[] =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"m\" title=\"\">"
        "<templateDeclaration identifier=\"k\" cardinality=\"single\" baseType=\"integer\" mathVariable=\"true\">"
        "<defaultValue><value>7</value></defaultValue></templateDeclaration>"
        "<templateDeclaration identifier=\"x\" cardinality=\"single\" baseType=\"integer\"><defaultValue><value>3</value>"
        "</defaultValue></templateDeclaration><itemBody><p><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>k</mi>"
        "<mi>x</mi></math></p></itemBody></assessmentItem>";
    assert_done(item_read_lenient(&item, "m", span_str(xml), &e), e);
    char *text = shown(item, span_str("s"), a);
    assert_non_null(strstr(text, "7"));
    assert_non_null(strstr(text, "x"));
    assert_null(strstr(text, "3"));
    item_free(item);
    arena_free(a);
}

/* A constant that is shown and compared with the response: a key in plain sight, with no rule that draws. */
static void a_constant_that_is_shown_is_no_key(void **state)
{
    (void)state;
    struct err e;
    struct item *item = NULL;
    static const char xml[] =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"c\" title=\"\">"
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"integer\"/>"
        "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
        "<templateDeclaration identifier=\"K\" cardinality=\"single\" baseType=\"integer\"><defaultValue><value>7</value>"
        "</defaultValue></templateDeclaration><itemBody><p><printedVariable identifier=\"K\"/><textEntryInteraction "
        "responseIdentifier=\"RESPONSE\"/></p></itemBody><responseProcessing><responseCondition><responseIf><equal "
        "toleranceMode=\"exact\"><variable identifier=\"RESPONSE\"/><variable identifier=\"K\"/></equal>"
        "<setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1</baseValue></setOutcomeValue></responseIf>"
        "</responseCondition></responseProcessing></assessmentItem>";
    assert_done(item_read(&item, "c", span_str(xml), &e), e);
    assert_refused(item_sealed(item, &e), ERR_DATA, "variable K", e);
    item_free(item);
}

static void what_is_written_out_stays_within_the_readers_limit(void **state)
{
    (void)state;
    struct err e;
    struct item *item = NULL, *drawn = NULL;
    struct bytes b = {0};
    bytes_str(&b, "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"b\" title=\"\">"
                  "<templateDeclaration identifier=\"L\" cardinality=\"ordered\" baseType=\"integer\"/><templateProcessing>"
                  "<setTemplateValue identifier=\"L\"><repeat numberRepeats=\"9999\"><baseValue baseType=\"integer\">"
                  "1234567890</baseValue></repeat></setTemplateValue></templateProcessing><itemBody><p>");
    for (int i = 0; i < 2000; i++)
        bytes_str(&b, "<printedVariable identifier=\"L\"/>");
    bytes_str(&b, "</p></itemBody></assessmentItem>");
    assert_done(item_read(&item, "b", bytes_span(&b), &e), e);
    assert_int_equal(item_instantiate(&drawn, item, span_str("s"), &e), -ERR_DATA);
    item_free(item);
    bytes_release(&b);
}

static void printed(const char *wanted, struct value v, struct print_form form)
{
    struct arena *a = arena_new();
    assert_string_equal(print_value(a, &v, &form), wanted);
    arena_free(a);
}

static void values_are_printed_by_their_format(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct value seven = value_integer(a, 7), big = value_integer(a, -255), half = value_float(a, 2.675);
    struct datum members[] = {{.base = BASE_INTEGER, .integer = 1, .field = "a"},
                              {.base = BASE_FLOAT, .number = 2.5, .field = "b"}};
    struct value list = {CARDINALITY_ORDERED, members, 2}, record = {CARDINALITY_RECORD, members, 2};
    printed("7", seven, (struct print_form){0});
    printed("007", seven, (struct print_form){.format = "%03d"});
    printed("+7   |", seven, (struct print_form){.format = "%-+5d|"});
    printed("-FF", big, (struct print_form){.format = "%X"});
    printed("-0xff", big, (struct print_form){.format = "%#x"});
    printed("-11111111", big, (struct print_form){.format = "%i", .base = 2});
    printed("2.68", half, (struct print_form){.format = "%.2f"});
    printed("100% 2.7", half, (struct print_form){.format = "100%% %.1f"});
    printed("3", half, (struct print_form){.format = "%d"});
    printed("7.00", seven, (struct print_form){.format = "%.2f"});
    printed("2.68e+00", half, (struct print_form){.format = "%.2e"});
    printed("1.50 × 10³", value_float(a, 1500), (struct print_form){.format = "%.2e", .power = true});
    printed("1.200", value_float(a, 1.2), (struct print_form){.format = "%.4r"});
    printed("1.2", value_float(a, 1.2), (struct print_form){.format = "%.4g"});
    printed("2.675", half, (struct print_form){.format = "%q"});
    printed("", value_null(), (struct print_form){.format = "%d"});
    printed("1;2.5", list, (struct print_form){0});
    printed("1, 2.5", list, (struct print_form){.delimiter = ", "});
    printed("2.5", list, (struct print_form){.index = 2});
    printed("a=1;b=2.5", record, (struct print_form){0});
    printed("2.5", record, (struct print_form){.field = "b"});
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_candidate_gets_other_numbers_and_an_own_key),
        cmocka_unit_test(the_same_seed_gives_the_same_item),
        cmocka_unit_test(a_test_says_what_a_variable_starts_with),
        cmocka_unit_test(the_slice_draws_what_the_whole_draws),
        cmocka_unit_test(a_sealed_exam_refuses_a_slice_that_gives_the_key_away),
        cmocka_unit_test(a_key_as_it_is_shown_hides_behind_no_operator),
        cmocka_unit_test(a_key_does_not_rest_on_what_is_drawn_but_not_shown),
        cmocka_unit_test(a_place_that_picks_what_is_shown_may_pick_the_key),
        cmocka_unit_test(what_candidates_see_depends_on_the_view_alone),
        cmocka_unit_test(a_variable_that_only_the_key_uses_stays_behind),
        cmocka_unit_test(a_constraint_that_never_holds_leaves_the_defaults),
        cmocka_unit_test(a_key_is_tried_with_several_seeds),
        cmocka_unit_test(a_visible_value_that_is_the_key_for_every_seed_is_found),
        cmocka_unit_test(choices_come_and_go_by_condition),
        cmocka_unit_test(a_variable_in_a_formula_stands_for_its_value),
        cmocka_unit_test(a_constant_that_is_shown_is_no_key),
        cmocka_unit_test(what_is_written_out_stays_within_the_readers_limit),
        cmocka_unit_test(values_are_printed_by_their_format),
    };
    return cmocka_run_group_tests_name("templates", tests, NULL, NULL);
}
