/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "paperbank/item/expression/program-internal.h"
#include "paperbank/item/operators.h"
#include "scoring/evaluate.h"

#define I(n) "<baseValue baseType=\"integer\">" #n "</baseValue>"
#define F(n) "<baseValue baseType=\"float\">" #n "</baseValue>"
#define S(s) "<baseValue baseType=\"string\">" s "</baseValue>"
#define T "<baseValue baseType=\"boolean\">true</baseValue>"
#define N "<baseValue baseType=\"boolean\">false</baseValue>"
#define U "<null/>"
#define P(s) "<baseValue baseType=\"point\">" s "</baseValue>"

static struct item *item_of(const char *expression, const char *more)
{
    struct err e;
    struct item *item = NULL;
    struct bytes b = {0};
    bytes_printf(&b,
                 "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"x\" title=\"\">"
                 "<responseDeclaration identifier=\"LIST\" cardinality=\"ordered\" baseType=\"identifier\"/>"
                 "<outcomeDeclaration identifier=\"V\" cardinality=\"single\"/>"
                 "<outcomeDeclaration identifier=\"N3\" cardinality=\"single\" baseType=\"integer\"><defaultValue><value>3</value>"
                 "</defaultValue></outcomeDeclaration>%s"
                 "<responseProcessing><setOutcomeValue identifier=\"V\">%s</setOutcomeValue></responseProcessing>"
                 "</assessmentItem>",
                 more, expression);
    assert_done(item_read_lenient(&item, "x", bytes_span(&b), &e), e);
    bytes_release(&b);
    return item;
}

/* Members joined by commas; "NULL" for NULL. */
static char *evaluated(struct arena *a, const char *expression)
{
    struct err e;
    struct item *item = item_of(expression, "");
    struct outcome_set set = {0};
    struct response_set none = {0};
    struct bytes text = {0};
    if (evaluate_item(item, &none, 1, a, &set, &e) < 0)
        fail_msg("%s: %s", expression, e.what);
    const struct outcome *o = outcome_find(&set, "V");
    for (size_t i = 0; i < o->value.n; i++)
        bytes_printf(&text, "%s%s", i ? "," : "", datum_text(a, &o->value.at[i]));
    char *copy = arena_strdup(a, text.n ? (const char *)text.p : "NULL");
    bytes_release(&text);
    item_free(item);
    return copy;
}

struct row {
    const char *expression, *value;
};

static void check_rows(const struct row *row, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct arena *a = arena_new();
        char *got = evaluated(a, row[i].expression);
        if (strcmp(got, row[i].value) != 0)
            fail_msg("%s is %s, not %s", row[i].expression, got, row[i].value);
        arena_free(a);
    }
}

static void logic_has_three_values(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<and>" T T "</and>", "true"},
        {"<and>" T U "</and>", "NULL"},
        {"<and>" N U "</and>", "false"},
        {"<or>" N U "</or>", "NULL"},
        {"<or>" T U "</or>", "true"},
        {"<or>" N N "</or>", "false"},
        {"<not>" U "</not>", "NULL"},
        {"<not>" N "</not>", "true"},
        {"<anyN min=\"2\" max=\"2\">" T T N "</anyN>", "true"},
        {"<anyN min=\"2\" max=\"2\">" T U N "</anyN>", "NULL"},
        {"<anyN min=\"2\" max=\"3\">" T N N U "</anyN>", "NULL"},
        {"<anyN min=\"1\" max=\"1\">" T T U "</anyN>", "false"},
        {"<anyN min=\"1\" max=\"N3\">" T T T "</anyN>", "true"},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void comparisons_go_by_value(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<match>" I(1) F(1.0) "</match>", "true"},
        {"<match>" I(1) U "</match>", "NULL"},
        {"<match><multiple>" I(1) I(2) "</multiple><multiple>" I(2) I(1) "</multiple></match>", "true"},
        {"<match><multiple>" I(1) I(1) "</multiple><multiple>" I(1) I(2) "</multiple></match>", "false"},
        {"<match><ordered>" I(1) I(2) "</ordered><ordered>" I(2) I(1) "</ordered></match>", "false"},
        {"<match>" S("a") S("A") "</match>", "false"},
        {"<lt>" I(1) F(1.5) "</lt>", "true"},
        {"<gte>" I(2) I(2) "</gte>", "true"},
        {"<gt>" S("b") S("a") "</gt>", "NULL"},
        {"<equal toleranceMode=\"exact\">" F(1e2) I(100) "</equal>", "true"},
        {"<equal toleranceMode=\"relative\" tolerance=\"10\">" F(100) F(110) "</equal>", "true"},
        {"<equal toleranceMode=\"relative\" tolerance=\"10\" includeUpperBound=\"false\">" F(100) F(110) "</equal>", "false"},
        {"<equal toleranceMode=\"relative\" tolerance=\"10\">" F(-100) F(-95) "</equal>", "true"},
        {"<equal toleranceMode=\"absolute\" tolerance=\"N3 0\">" F(10) F(7) "</equal>", "true"},
        {"<equal toleranceMode=\"absolute\" tolerance=\"3 0\">" F(10) F(10.5) "</equal>", "false"},
        {"<equalRounded roundingMode=\"significantFigures\" figures=\"3\">" F(3.175) F(3.183) "</equalRounded>", "true"},
        {"<equalRounded roundingMode=\"decimalPlaces\" figures=\"2\">" F(3.175) F(3.183) "</equalRounded>", "true"},
        {"<equalRounded roundingMode=\"significantFigures\" figures=\"3\">" F(1.549) F(1.5473) "</equalRounded>", "true"},
        {"<equalRounded roundingMode=\"significantFigures\" figures=\"3\">" F(1.644) F(1.635) "</equalRounded>", "true"},
        {"<equalRounded roundingMode=\"significantFigures\" figures=\"4\">" F(1.644) F(1.635) "</equalRounded>", "false"},
        {"<inside shape=\"rect\" coords=\"0,0,10,10\">" P("10 5") "</inside>", "true"},
        {"<inside shape=\"ellipse\" coords=\"10,10,4,2\">" P("13 11") "</inside>", "true"},
        {"<inside shape=\"ellipse\" coords=\"10,10,4,2\">" P("13 12") "</inside>", "false"},
        {"<inside shape=\"circle\" coords=\"0,0,1\"><multiple>" P("5 5") P("0 1") "</multiple></inside>", "true"},
        {"<isNull>" S("") "</isNull>", "true"},
        {"<isNull><multiple/></isNull>", "true"},
        {"<durationLT><baseValue baseType=\"duration\">PT59M</baseValue><baseValue baseType=\"duration\">3600</baseValue>"
         "</durationLT>", "true"},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void arithmetic_is_exact_where_integers_are(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<sum>" I(1) I(2) "</sum>", "3"},
        {"<sum>" I(1) F(2.5) "</sum>", "3.5"},
        {"<sum>" I(1) U "</sum>", "NULL"},
        {"<sum><multiple>" I(1) I(2) "</multiple>" I(4) "</sum>", "7"},
        {"<sum>" I(9223372036854775807) I(1) "</sum>", "NULL"},
        {"<product>" I(3) I(-4) "</product>", "-12"},
        {"<subtract>" I(3) F(0.5) "</subtract>", "2.5"},
        {"<divide>" I(7) I(2) "</divide>", "3.5"},
        {"<divide>" I(7) I(0) "</divide>", "NULL"},
        {"<integerDivide>" I(-7) I(2) "</integerDivide>", "-4"},
        {"<integerModulus>" I(-7) I(2) "</integerModulus>", "1"},
        {"<integerModulus>" I(7) I(-2) "</integerModulus>", "-1"},
        {"<integerDivide>" I(-9223372036854775808) I(-1) "</integerDivide>", "NULL"},
        {"<truncate>" F(-6.8) "</truncate>", "-6"},
        {"<round>" F(6.5) "</round>", "7"},
        {"<round>" F(-6.5) "</round>", "-6"},
        {"<round>" F(0.49999999999999994) "</round>", "0"},
        {"<roundTo roundingMode=\"significantFigures\" figures=\"3\">" F(1234.5) "</roundTo>", "1230"},
        {"<roundTo roundingMode=\"significantFigures\" figures=\"2\">" F(0.012345) "</roundTo>", "0.012"},
        {"<roundTo roundingMode=\"decimalPlaces\" figures=\"1\">" F(-0.25) "</roundTo>", "-0.3"},
        {"<roundTo roundingMode=\"decimalPlaces\" figures=\"0\">" F(2.5) "</roundTo>", "3"},
        {"<integerToFloat>" I(3) "</integerToFloat>", "3"},
        {"<gcd>" I(12) I(-18) I(0) "</gcd>", "6"},
        {"<gcd>" I(0) I(0) "</gcd>", "0"},
        {"<lcm>" I(4) I(6) "</lcm>", "12"},
        {"<lcm>" I(4) I(0) "</lcm>", "0"},
        {"<max>" I(2) F(2.5) "</max>", "2.5"},
        {"<min>" I(2) I(-1) "</min>", "-1"},
        {"<statsOperator name=\"mean\"><multiple>" I(1) I(2) "</multiple></statsOperator>", "1.5"},
        {"<statsOperator name=\"popVariance\"><multiple>" I(1) I(3) "</multiple></statsOperator>", "1"},
        {"<statsOperator name=\"sampleSD\"><multiple>" I(1) "</multiple></statsOperator>", "NULL"},
        {"<mathOperator name=\"floor\">" F(-1.5) "</mathOperator>", "-2"},
        {"<mathOperator name=\"ln\">" F(-1) "</mathOperator>", "NULL"},
        {"<mathOperator name=\"atan2\">" F(0) F(1) "</mathOperator>", "0"},
        {"<power>" I(2) I(10) "</power>", "1024"},
        {"<gt><mathConstant name=\"pi\"/>" F(3.14) "</gt>", "true"},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void containers_keep_what_they_are_given(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<multiple>" I(1) U I(2) "</multiple>", "1,2"},
        {"<containerSize>" U "</containerSize>", "0"},
        {"<containerSize><multiple>" I(1) I(1) "</multiple></containerSize>", "2"},
        {"<index n=\"2\"><ordered>" I(5) I(6) "</ordered></index>", "6"},
        {"<index n=\"N3\"><ordered>" I(5) I(6) "</ordered></index>", "NULL"},
        {"<index n=\"0\"><ordered>" I(5) "</ordered></index>", "NULL"},
        {"<member>" I(5) "<multiple>" I(4) F(5.0) "</multiple></member>", "true"},
        {"<member>" I(5) U "</member>", "NULL"},
        {"<delete>" I(5) "<ordered>" I(5) I(6) I(5) "</ordered></delete>", "6"},
        {"<delete>" I(5) "<ordered>" I(5) "</ordered></delete>", "NULL"},
        {"<contains><multiple>" I(1) I(2) I(3) "</multiple><multiple>" I(3) I(1) "</multiple></contains>", "true"},
        {"<contains><multiple>" I(1) I(2) "</multiple><multiple>" I(1) I(1) "</multiple></contains>", "false"},
        {"<contains><ordered>" I(1) I(2) I(3) "</ordered><ordered>" I(2) I(3) "</ordered></contains>", "true"},
        {"<contains><ordered>" I(1) I(2) I(3) "</ordered><ordered>" I(1) I(3) "</ordered></contains>", "false"},
        {"<repeat numberRepeats=\"2\">" I(1) "<ordered>" I(2) I(3) "</ordered></repeat>", "1,2,3,1,2,3"},
        {"<repeat numberRepeats=\"0\">" I(1) "</repeat>", "NULL"},
        {"<member><random><multiple>" I(1) I(2) "</multiple></random><multiple>" I(1) I(2) "</multiple></member>", "true"},
        {"<randomInteger min=\"5\" max=\"5\"/>", "5"},
        {"<lte><randomFloat min=\"1\" max=\"2\"/>" F(2) "</lte>", "true"},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void texts_match_as_they_are_told(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"<stringMatch caseSensitive=\"false\">" S("ÄPFEL") S("äpfel") "</stringMatch>", "true"},
        {"<stringMatch caseSensitive=\"true\">" S("Apfel") S("apfel") "</stringMatch>", "false"},
        {"<stringMatch caseSensitive=\"true\" substring=\"true\">" S("Apfelmus") S("felm") "</stringMatch>", "true"},
        {"<stringMatch caseSensitive=\"true\">" S("a") U "</stringMatch>", "NULL"},
        {"<substring caseSensitive=\"true\">" S("b") S("abc") "</substring>", "true"},
        {"<substring caseSensitive=\"true\">" S("abc") S("b") "</substring>", "false"},
        {"<patternMatch pattern=\"[a-c]+\">" S("abc") "</patternMatch>", "true"},
        {"<patternMatch pattern=\"[a-c]+\">" S("abcd") "</patternMatch>", "false"},
        {"<patternMatch pattern=\".{2}\">" S("中文") "</patternMatch>", "true"},
        {"<patternMatch pattern=\"a\">" U "</patternMatch>", "NULL"},
    };
    check_rows(rows, sizeof rows / sizeof *rows);
}

static void every_known_expression_has_a_function(void **state)
{
    (void)state;
    for (size_t i = 0; operator_expression(i); i++)
        if (!operator_find(operator_expression(i)))
            fail_msg("%s has no function", operator_expression(i));
    static const struct operator_row *const families[] = {logic_operators,     comparison_operators, arithmetic_operators,
                                                          container_operators, string_operators,     variable_operators,
                                                          inexact_operators,   dialect_operators};
    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        for (const struct operator_row *row = families[f]; row->name; row++)
            if (!operator_known(row->name))
                fail_msg("the reader does not know %s", row->name);
}

static void rules_that_cannot_be_evaluated_are_refused_with_their_line(void **state)
{
    (void)state;
    static const struct row bad[] = {
        {"<conjure/>", "not an expression"},
        {"<not>" T T "</not>", "sub-expressions"},
        {"<variable identifier=\"NOWHERE\"/>", "not declared"},
        {"<baseValue baseType=\"integer\">x</baseValue>", "does not fit"},
        {"<baseValue baseType=\"colour\">x</baseValue>", "baseType"},
        {"<mathOperator name=\"magic\">" F(1) "</mathOperator>", "magic"},
        {"<equal toleranceMode=\"absolute\">" F(1) F(1) "</equal>", "tolerance"},
        {"<patternMatch pattern=\"(\">" S("x") "</patternMatch>", "regular expression"},
        {"<patternMatch pattern=\"((a{1,9999}){1,9999}){1,9999}\">" S("x") "</patternMatch>", "regular expression"},
        {"<repeat numberRepeats=\"1000000\">" I(1) "</repeat>", "limit"},
        {"<repeat numberRepeats=\"5000\"><repeat numberRepeats=\"5000\">" I(1) "</repeat></repeat>", "limit"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e;
        struct arena *a = arena_new();
        struct outcome_set set = {0};
        struct response_set none = {0};
        struct item *item = item_of(bad[i].expression, "");
        assert_refused(evaluate_item(item, &none, 1, a, &set, &e), ERR_DATA, bad[i].value, e);
        assert_non_null(strstr(e.where, "x:1"));
        item_free(item);
        arena_free(a);
    }
}

static void a_seed_decides_what_templates_draw(void **state)
{
    (void)state;
    static const char template[] =
        "<templateDeclaration identifier=\"X\" cardinality=\"single\" baseType=\"integer\"/><templateProcessing>"
        "<setTemplateValue identifier=\"X\"><randomInteger min=\"1\" max=\"1000000\"/></setTemplateValue>"
        "<templateConstraint><gt><variable identifier=\"X\"/>" I(500000) "</gt></templateConstraint></templateProcessing>";
    int64_t drawn[3];
    for (uint64_t i = 0; i < 3; i++) {
        struct err e;
        struct arena *a = arena_new();
        struct outcome_set set = {0};
        struct response_set none = {0};
        struct item *item = item_of("<variable identifier=\"X\"/>", template);
        assert_done(evaluate_item(item, &none, i / 2, a, &set, &e), e);
        drawn[i] = outcome_find(&set, "V")->value.at[0].integer;
        assert_true(drawn[i] > 500000);
        item_free(item);
        arena_free(a);
    }
    assert_int_equal(drawn[0], drawn[1]);
    assert_int_not_equal(drawn[0], drawn[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logic_has_three_values),
        cmocka_unit_test(comparisons_go_by_value),
        cmocka_unit_test(arithmetic_is_exact_where_integers_are),
        cmocka_unit_test(containers_keep_what_they_are_given),
        cmocka_unit_test(texts_match_as_they_are_told),
        cmocka_unit_test(every_known_expression_has_a_function),
        cmocka_unit_test(rules_that_cannot_be_evaluated_are_refused_with_their_line),
        cmocka_unit_test(a_seed_decides_what_templates_draw),
    };
    return cmocka_run_group_tests_name("evaluate", tests, NULL, NULL);
}
