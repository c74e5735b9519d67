/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between an assessment test and a sealed exam. */
#include "tests/paperbank/test-kit.h"

#include "engine/exam/test-exam.h"

#define TIME "<timeLimits maxTime=\"600\"/>"
#define NS(inner) PART("p", "nonlinear", "simultaneous", inner)

struct told {
    char words[2000];
    unsigned line;
};

static void on_reason(void *context, unsigned line, const char *what)
{
    struct told *t = context;
    size_t n = strlen(t->words);
    snprintf(t->words + n, sizeof t->words - n, "%s\n", what);
    t->line = line;
}

static size_t reasons(const char *xml, int64_t duration_s, struct told *told)
{
    struct test *t = kit_read(xml);
    struct test_wish wish = {.forms = 1, .duration_s = duration_s};
    *told = (struct told){.line = 0};
    size_t n = test_reasons(t, &wish, on_reason, told);
    test_close(t);
    return n;
}

static void one_reason(const char *xml, const char *words)
{
    struct told told;
    size_t n = reasons(xml, 0, &told);
    if (n != 1 || !strstr(told.words, words) || told.line == 0)
        fail_msg("%zu reasons, not one about \"%s\": %s", n, words, told.words);
}

static void no_reason(const char *xml)
{
    struct told told;
    if (reasons(xml, 0, &told))
        fail_msg("%s", told.words);
}

static void a_plain_test_may_be_sealed(void **state)
{
    (void)state;
    no_reason(T_HEAD TIME TOTAL NS(S(I("a") I("b"))) SUM_UP T_TAIL);
    no_reason(T_HEAD NS(TIME S(I("a"))) T_TAIL);
    no_reason(T_HEAD TIME NI("<itemSessionControl maxAttempts=\"0\"/>" S(I("a"))) T_TAIL);
}

static void what_needs_the_key_while_the_exam_runs_is_refused(void **state)
{
    (void)state;
    one_reason(T_HEAD TIME NS(PRE(TRUE) S(I("a"))) T_TAIL, "preCondition of p");
    one_reason(T_HEAD TIME NS(BRANCH("EXIT_TEST", TRUE) S(I("a"))) T_TAIL, "branchRule of p");
    one_reason(T_HEAD TIME OUTCOME("F", "identifier", "x") NS(S(I("a"))) "<testFeedback access=\"atEnd\" outcomeIdentifier=\"F\" "
               "showHide=\"show\" identifier=\"x\"><p>x</p></testFeedback>" T_TAIL, "shows no feedback");
    one_reason(T_HEAD TIME NS(S(ITEM("a", "<itemSessionControl showFeedback=\"true\"/>"))) T_TAIL, "showFeedback");
    one_reason(T_HEAD TIME NS(S(ITEM("a", "<itemSessionControl showSolution=\"true\"/>"))) T_TAIL, "showSolution");
    one_reason(T_HEAD TIME NS(S(ITEM("a", "<templateDefault templateIdentifier=\"N\">" INTEGER("1") "</templateDefault>"))) T_TAIL,
               "templateDefault of a");
}

static void rules_that_a_nonlinear_part_passes_over_do_no_harm(void **state)
{
    (void)state;
    no_reason(T_HEAD TIME NS(S(ITEM("a", PRE(FALSE) BRANCH("b", TRUE)) I("b"))) T_TAIL);
}

static void what_the_candidates_program_does_otherwise_is_refused(void **state)
{
    (void)state;
    one_reason(T_HEAD TIME NS(S(I("a"))) PART("q", "nonlinear", "simultaneous", SECTION("u", "", I("b"))) T_TAIL,
               "testPart q: a sealed exam has one part");
    one_reason(T_HEAD TIME LI(S(I("a"))) PART("q", "nonlinear", "simultaneous", SECTION("u", "", I("b")))
                   T_TAIL,
               "or linear ones only");
    one_reason(T_HEAD TIME NI(S(I("a"))) T_TAIL, "maxAttempts of a");
    one_reason(T_HEAD TIME NI("<itemSessionControl maxAttempts=\"0\" allowSkipping=\"false\"/>" S(I("a"))) T_TAIL, "allowSkipping");
    one_reason(T_HEAD TIME NI("<itemSessionControl maxAttempts=\"0\" validateResponses=\"true\"/>" S(I("a"))) T_TAIL,
               "validateResponses");
    one_reason(T_HEAD TIME NS(S(ITEM("a", "<itemSessionControl allowComment=\"true\"/>"))) T_TAIL, "allowComment");
}

static void linear_parts_are_what_a_sealed_exam_can_be(void **state)
{
    (void)state;
    no_reason(T_HEAD TIME PART("p", "linear", "simultaneous", S(I("a"))) T_TAIL);
    no_reason(T_HEAD TIME LI(S(I("a"))) PART("q", "linear", "simultaneous", SECTION("u", "", I("b"))) T_TAIL);
    /* going on is the attempt: one, or any number that nothing is told about */
    no_reason(T_HEAD TIME LI("<itemSessionControl maxAttempts=\"1\"/>" S(I("a"))) T_TAIL);
    no_reason(T_HEAD TIME LI("<itemSessionControl maxAttempts=\"3\" allowReview=\"false\"/>" S(I("a")))
                  T_TAIL);
    one_reason(T_HEAD TIME LI("<itemSessionControl allowSkipping=\"false\"/>" S(I("a"))) T_TAIL,
               "allowSkipping");
    one_reason(T_HEAD TIME LI(S(ITEM("a", PRE(FALSE)))) T_TAIL, "preCondition of a");
}

#define SHOWN(id, inner) SECTION(id, "visible=\"true\"", inner)
#define HIDDEN(id, inner) SECTION(id, "visible=\"false\"", inner)

static void a_section_that_candidates_see_may_have_its_own_time(void **state)
{
    (void)state;
    no_reason(T_HEAD TIME NS(SHOWN("s", TIME I("a"))) T_TAIL);
    no_reason(T_HEAD TIME NS(SHOWN("s", TIME HIDDEN("h", I("a")) I("b"))) T_TAIL);
    no_reason(T_HEAD TIME LI(TIME SHOWN("s", I("a"))) PART("q", "linear", "simultaneous", HIDDEN("u", I("b")))
                  T_TAIL);
}

static void times_that_no_section_of_a_paper_can_have_are_refused(void **state)
{
    (void)state;
    struct told told;
    one_reason(T_HEAD TIME NS(S(ITEM("a", TIME))) T_TAIL, "timeLimits of a: an item has no time of its own");
    one_reason(T_HEAD TIME NS(HIDDEN("s", TIME I("a"))) T_TAIL, "do not see this section");
    one_reason(T_HEAD TIME NS(SHOWN("s", TIME SHOWN("u", I("a")) I("b"))) T_TAIL, "over several sections");
    one_reason(T_HEAD TIME LI(TIME SHOWN("s", I("a")) SHOWN("t", I("c")))
                   PART("q", "linear", "simultaneous", HIDDEN("u", I("b"))) T_TAIL,
               "timeLimits of p: a time over several sections");
    one_reason(T_HEAD TIME NS(SHOWN("s", "<timeLimits minTime=\"60\"/>" I("a"))) T_TAIL,
               "keeps nobody in a section");
    one_reason(T_HEAD TIME NS(SHOWN("s", "<timeLimits maxTime=\"0\"/>" I("a"))) T_TAIL, "leaves no time");
    one_reason(T_HEAD TIME NS(SHOWN("s", "<timeLimits maxTime=\"60\" allowLateSubmission=\"true\"/>" I("a")))
                   T_TAIL,
               "allowLateSubmission");
    one_reason(T_HEAD TIME NS(HIDDEN(
                   "s", "<selection select=\"3\" withReplacement=\"true\"/>" SHOWN("t", TIME I("a")))) T_TAIL,
               "drawn twice");
    one_reason(T_HEAD "<timeLimits maxTime=\"600\" allowLateSubmission=\"true\"/>" NS(S(I("a"))) T_TAIL, "allowLateSubmission");
    one_reason(T_HEAD NS(S(I("a"))) T_TAIL, "give --duration");
    one_reason(T_HEAD LI(TIME S(I("a"))) PART("q", "linear", "simultaneous", HIDDEN("u", I("b"))) T_TAIL,
               "give --duration");
    assert_int_equal(reasons(T_HEAD NS(S(I("a"))) T_TAIL, 600, &told), 0);
}

static void outcomes_that_are_no_sum_of_scores_are_refused(void **state)
{
    (void)state;
    one_reason(T_HEAD TIME TOTAL NS(S(I("a"))) PROCESSING(SET("TOTAL", "<numberCorrect/>")) T_TAIL, "<setOutcomeValue>");
    one_reason(T_HEAD TIME TOTAL NS(S(I("a"))) PROCESSING("<outcomeCondition><outcomeIf>" TRUE SET("TOTAL", FLOAT("1"))
               "</outcomeIf></outcomeCondition>") T_TAIL, "<outcomeCondition>");
    no_reason(T_HEAD TIME TOTAL NS(S(I("a") I("b"))) PROCESSING(SET("TOTAL", "<sum>" VARIABLE("a.SCORE") VARIABLE("b.SCORE")
              "</sum>")) T_TAIL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_test_may_be_sealed),
        cmocka_unit_test(what_needs_the_key_while_the_exam_runs_is_refused),
        cmocka_unit_test(rules_that_a_nonlinear_part_passes_over_do_no_harm),
        cmocka_unit_test(what_the_candidates_program_does_otherwise_is_refused),
        cmocka_unit_test(linear_parts_are_what_a_sealed_exam_can_be),
        cmocka_unit_test(a_section_that_candidates_see_may_have_its_own_time),
        cmocka_unit_test(times_that_no_section_of_a_paper_can_have_are_refused),
        cmocka_unit_test(outcomes_that_are_no_sum_of_scores_are_refused),
    };
    return cmocka_run_group_tests_name("test-exam", tests, NULL, NULL);
}
