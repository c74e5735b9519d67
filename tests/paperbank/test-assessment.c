/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paperbank/test-kit.h"

static void a_test_is_read_as_it_stands(void **state)
{
    (void)state;
    struct test *t = kit_read(
        T_HEAD TOTAL "<timeLimits maxTime=\"3600\"/>" PART(
            "p", "nonlinear", "simultaneous",
            SECTION("s", "visible=\"false\" keepTogether=\"false\" required=\"true\"",
                    "<selection select=\"1\" withReplacement=\"true\"/><ordering shuffle=\"true\"/>"
                    "<rubricBlock view=\"candidate\"><p>Read well.</p></rubricBlock>"
                    "<assessmentItemRef identifier=\"a\" href=\"a%20b.xml\" category=\" x  y \" fixed=\"true\">"
                    "<variableMapping sourceIdentifier=\"SCORE\" targetIdentifier=\"POINTS\"/>"
                    "<weight identifier=\"W\" value=\"2.5\"/></assessmentItemRef>")) T_TAIL);
    const struct test_node *s = test_find(t, "s"), *a = test_find(t, "a");
    assert_string_equal(t->qti, "2.2");
    assert_int_equal(t->time.max_ms, 3600000);
    assert_int_equal(t->part->navigation, NAVIGATION_NONLINEAR);
    assert_int_equal(t->part->submission, SUBMISSION_SIMULTANEOUS);
    assert_true(!s->visible && !s->keep_together && s->required && s->shuffle && s->with_replacement);
    assert_int_equal(s->select, 1);
    assert_int_equal(s->n_rubrics, 1);
    assert_true(test_rubric_for_candidates(&s->rubric[0]));
    assert_string_equal(a->href, "a b.xml");
    assert_int_equal(a->n_categories, 2);
    assert_string_equal(a->category[1], "y");
    assert_true(a->fixed);
    assert_string_equal(a->weight[0].value, "2.5");
    assert_string_equal(a->mapping[0].target, "POINTS");
    test_close(t);
}

static void session_control_is_inherited_attribute_by_attribute(void **state)
{
    (void)state;
    struct test *t = kit_read(T_HEAD LI("<itemSessionControl maxAttempts=\"3\" showFeedback=\"true\"/>" SECTION(
        "s", "", "<itemSessionControl maxAttempts=\"0\"/>" I("a") ITEM("b", "<itemSessionControl allowSkipping=\"false\"/>")))
        T_TAIL);
    const struct test_control *a = &test_find(t, "a")->control, *b = &test_find(t, "b")->control;
    assert_int_equal(a->max_attempts, 0);
    assert_true(a->show_feedback && a->allow_review && a->allow_skipping);
    assert_false(a->show_solution || a->allow_comment || a->validate_responses);
    assert_true(b->show_feedback && !b->allow_skipping);
    test_close(t);
}

static const char faulty[] =
    T_HEAD "\n" PART("p", "linear", "individual",
    "\n" SECTION("s", "", "\n" I("a") "\n" I("a") "\n"
    ITEM("b", BRANCH("a", TRUE)) "\n"
    ITEM("c", BRANCH("nowhere", TRUE) PRE("")) "\n"
    "<assessmentItemRef identifier=\"d\" href=\"../outside.xml\"/>\n"
    "<assessmentItemRef identifier=\"e\"/>\n"
    ITEM("f", PRE("<variable identifier=\"zz.SCORE\"/>")) "\n"
    ITEM("g", PRE("<frobnicate/>")) "\n"
    ITEM("h", "<weight identifier=\"W\" value=\"many\"/>") "\n")
    SECTION("u", "visible=\"maybe\"", "\n<selection select=\"3\"/>" I("v") I("w")) "\n"
    SECTION("x", "", "<selection select=\"1\"/>" ITEM_A("y", "required=\"true\"") ITEM_A("z", "required=\"true\"")) "\n"
    "<gadget/>\n")
    PROCESSING(SET("NOTHERE", FLOAT("1"))) T_TAIL;

static void every_fault_is_gathered_with_its_line(void **state)
{
    (void)state;
    static const struct {
        unsigned line;
        const char *words;
    } wanted[] = {
        {5, "a is there twice; first in line 4"}, {6, "a, which does not come after it"},
        {7, "\"nowhere\", which is not in this test"}, {7, "has no expression"}, {8, "leads out of the package"},
        {9, "no attribute \"href\""}, {10, "\"zz.SCORE\""}, {11, "<frobnicate> is no expression"}, {12, "not a number"},
        {13, "neither true nor false"}, {13, "selects 3 of 2"}, {15, "2 are required"}, {16, "<gadget> is not known"},
        {17, "\"NOTHERE\", which is not declared"},
    };
    struct err e;
    struct test *t = NULL;
    assert_done(test_read_lenient(&t, "t.xml", "t.xml", span_str(faulty), NULL, &e), e);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        bool found = false;
        for (size_t k = 0; k < t->n_problems; k++)
            found |= t->problem[k].line == wanted[i].line && strstr(t->problem[k].what, wanted[i].words);
        if (!found)
            fail_msg("no fault in line %u about \"%s\"", wanted[i].line, wanted[i].words);
    }
    assert_int_equal(t->n_problems, sizeof wanted / sizeof *wanted);
    test_close(t);
    assert_refused(test_read(&t, "t.xml", "t.xml", span_str(faulty), NULL, &e), ERR_DATA, "test t:", e);
    assert_non_null(strstr(e.hint, "13 more"));
}

static void what_is_no_test_is_refused_at_once(void **state)
{
    (void)state;
    static const struct {
        const char *xml, *words;
    } bad[] = {
        {"", "empty"},
        {"<assessmentTest", "not well-formed"},
        {"<!DOCTYPE x [<!ENTITY a \"b\">]><assessmentTest/>", "DOCTYPE"},
        {"<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\"/>", "is not an <assessmentTest>"},
        {"<assessmentTest xmlns=\"urn:other\" identifier=\"t\"/>", "namespace"},
        {"<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"/>", "identifier"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e;
        struct test *t = NULL;
        assert_refused(test_read_lenient(&t, "t.xml", "t.xml", span_str(bad[i].xml), NULL, &e), ERR_DATA, bad[i].words, e);
    }
}

static void a_branch_stays_in_its_part_and_a_part_branches_to_parts(void **state)
{
    (void)state;
    static const char xml[] = T_HEAD PART("p1", "linear", "individual",
        BRANCH("b", TRUE) BRANCH("EXIT_SECTION", TRUE) S(ITEM("a", BRANCH("b", TRUE))))
        PART("p2", "linear", "individual", SECTION("s2", "", I("b"))) T_TAIL;
    struct err e;
    struct test *t = NULL;
    assert_done(test_read_lenient(&t, "t.xml", "t.xml", span_str(xml), NULL, &e), e);
    assert_int_equal(t->n_problems, 3);
    assert_non_null(strstr(t->problem[0].what, "to testParts only"));
    assert_non_null(strstr(t->problem[1].what, "cannot branch to EXIT_SECTION"));
    assert_non_null(strstr(t->problem[2].what, "in another testPart"));
    test_close(t);
}

struct files {
    const char *path, *text;
};

static const struct files package[] = {
    {"parts/s.xml", "<assessmentSection xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"s\" title=\"s\" "
                    "visible=\"true\">\n<assessmentItemRef identifier=\"a\" href=\"../items/a.xml\"/>\n"
                    "<assessmentItemRef identifier=\"b\" href=\"b.xml\"/></assessmentSection>"},
    {"loop.xml", "<assessmentSection xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"l\" title=\"l\" "
                 "visible=\"true\"><assessmentSectionRef identifier=\"r\" href=\"loop.xml\"/></assessmentSection>"},
    {"items/a.xml", ""},
};

static const struct files *file(const char *path)
{
    for (size_t i = 0; i < sizeof package / sizeof *package; i++)
        if (strcmp(package[i].path, path) == 0)
            return &package[i];
    return NULL;
}

static int open_file(void *context, const char *path, size_t max, struct bytes *ret, struct err *e)
{
    (void)context, (void)max;
    if (!file(path))
        return err_set(e, ERR_ENV, path, "no such file");
    bytes_str(ret, file(path)->text);
    return 0;
}

static bool exists(void *context, const char *path)
{
    (void)context;
    return file(path) != NULL;
}

static const struct test_source source = {.open = open_file, .exists = exists};

static struct test *read_package(const char *xml)
{
    struct err e;
    struct test *t = NULL;
    assert_done(test_read_lenient(&t, "tests/t.xml", "tests/t.xml", span_str(xml), &source, &e), e);
    return t;
}

static void a_section_in_a_file_of_its_own_is_read_in_its_place(void **state)
{
    (void)state;
    struct test *t = read_package(T_HEAD LI("<assessmentSectionRef identifier=\"r\" href=\"../parts/s.xml\"/>") T_TAIL);
    assert_string_equal(test_find(t, "a")->href, "items/a.xml");
    assert_int_equal(t->n_problems, 1);
    assert_string_equal(t->problem[0].file, "parts/s.xml");
    assert_int_equal(t->problem[0].line, 3);
    assert_non_null(strstr(t->problem[0].what, "\"parts/b.xml\" leads to no file"));
    test_close(t);
}

static void a_section_that_holds_itself_ends_at_the_limit(void **state)
{
    (void)state;
    struct test *t = read_package(T_HEAD LI("<assessmentSectionRef identifier=\"r\" href=\"../loop.xml\"/>") T_TAIL);
    bool told = false;
    for (size_t i = 0; i < t->n_problems; i++)
        told |= strstr(t->problem[i].what, "nested deeper") != NULL;
    assert_true(told);
    test_close(t);
    t = read_package(T_HEAD LI("<assessmentSectionRef identifier=\"r\" href=\"../gone.xml\"/>" S(I("x"))) T_TAIL);
    assert_non_null(strstr(t->problem[0].what, "no such file"));
    test_close(t);
}

static void a_reference_stays_in_the_package(void **state)
{
    (void)state;
    static const struct {
        const char *path, *href, *is;
    } all[] = {
        {"t.xml", "a.xml", "a.xml"}, {"tests/t.xml", "../items/a.xml", "items/a.xml"},
        {"tests/t.xml", "./x/../a.xml", "tests/a.xml"}, {"t.xml", "%E9%A2%98.xml", "\xe9\xa2\x98.xml"},
        {"t.xml", "../a.xml", NULL}, {"tests/t.xml", "../../a.xml", NULL}, {"t.xml", "/etc/passwd", NULL},
        {"t.xml", "http://x/a.xml", NULL}, {"t.xml", "%2e%2e/a.xml", NULL}, {"t.xml", "a%00.xml", NULL},
        {"t.xml", "..\\a.xml", NULL}, {"t.xml", "%2fetc/passwd", NULL}, {"t.xml", ".", NULL},
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *got = test_href(a, all[i].path, all[i].href);
        if (!all[i].is != !got || (got && strcmp(got, all[i].is) != 0))
            fail_msg("%s in %s means %s", all[i].href, all[i].path, got ? got : "nothing");
    }
    arena_free(a);
}

static void a_test_of_qti_3_is_read_as_one_of_qti_2_2(void **state)
{
    (void)state;
    struct test *t = kit_read(
        "<qti-assessment-test xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"t\" title=\"T\">"
        "<qti-outcome-declaration identifier=\"TOTAL\" cardinality=\"single\" base-type=\"float\"/>"
        "<qti-test-part identifier=\"p\" navigation-mode=\"linear\" submission-mode=\"individual\">"
        "<qti-assessment-section identifier=\"s\" title=\"s\" visible=\"true\">"
        "<qti-selection select=\"1\" with-replacement=\"true\"/><qti-ordering shuffle=\"true\"/>"
        "<qti-assessment-item-ref identifier=\"a\" href=\"a.xml\" category=\"x\">"
        "<qti-pre-condition><qti-base-value base-type=\"boolean\">true</qti-base-value></qti-pre-condition>"
        "<qti-branch-rule target=\"EXIT_TEST\"><qti-base-value base-type=\"boolean\">true</qti-base-value></qti-branch-rule>"
        "<qti-item-session-control max-attempts=\"0\" show-feedback=\"true\"/>"
        "<qti-time-limits max-time=\"5\" allow-late-submission=\"true\"/>"
        "<qti-weight identifier=\"W\" value=\"2\"/></qti-assessment-item-ref></qti-assessment-section></qti-test-part>"
        "<qti-outcome-processing><qti-set-outcome-value identifier=\"TOTAL\"><qti-sum>"
        "<qti-test-variables variable-identifier=\"SCORE\" weight-identifier=\"W\"/></qti-sum>"
        "</qti-set-outcome-value></qti-outcome-processing></qti-assessment-test>");
    const struct test_node *s = test_find(t, "s"), *a = test_find(t, "a");
    assert_string_equal(t->qti, "3.0");
    assert_true(s->selects && s->with_replacement && s->shuffle);
    assert_int_equal(a->n_preconditions, 1);
    assert_int_equal(a->branch[0].to, TARGET_EXIT_TEST);
    assert_int_equal(a->control.max_attempts, 0);
    assert_true(a->control.show_feedback && a->time.late);
    assert_int_equal(a->time.max_ms, 5000);
    assert_int_equal(a->n_weights, 1);
    assert_non_null(t->outcome_processing);
    test_close(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_is_read_as_it_stands),
        cmocka_unit_test(session_control_is_inherited_attribute_by_attribute),
        cmocka_unit_test(every_fault_is_gathered_with_its_line),
        cmocka_unit_test(what_is_no_test_is_refused_at_once),
        cmocka_unit_test(a_branch_stays_in_its_part_and_a_part_branches_to_parts),
        cmocka_unit_test(a_test_of_qti_3_is_read_as_one_of_qti_2_2),
        cmocka_unit_test(a_section_in_a_file_of_its_own_is_read_in_its_place),
        cmocka_unit_test(a_section_that_holds_itself_ends_at_the_limit),
        cmocka_unit_test(a_reference_stays_in_the_package),
    };
    return cmocka_run_group_tests_name("assessment", tests, NULL, NULL);
}
