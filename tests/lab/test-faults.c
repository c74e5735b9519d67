/* SPDX-License-Identifier: Apache-2.0 */
/* Rubrics, ratings and marks that contradict themselves are refused, with the line. */
#include <string.h>

#include "tests/check.h"
#include "tests/lab/lab-kit.h"

#include "scoring/lab/marks.h"

#define STEP(attributes, slips) "<step title=\"t\" points=\"2\" " attributes ">\n" slips "</step>\n"

static void each_contradiction_is_told_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *head, *steps, *words;
        unsigned line;
    } cases[] = {
        {"total=\"3\"", STEP("mode=\"all\"", ""), "the steps are worth 2 together, not 3", 1},
        {"total=\"2\" raw=\"4\"", STEP("mode=\"all\"", "") STEP("mode=\"all\"", ""),
         "4 points are rated and 2 count: say foldTo", 1},
        {"total=\"2\" raw=\"2\" foldTo=\"1\"", STEP("mode=\"all\"", ""),
         "foldTo=\"1\" is for a raw total that differs", 1},
        {"total=\"2\"", STEP("mode=\"none\"", ""), "mode=\"none\": all, deduct or fatal", 2},
        {"total=\"2\"", STEP("mode=\"deduct\" cap=\"3\"", ""), "cap=\"3\" is more than its points", 2},
        {"total=\"2\"", STEP("mode=\"all\" cap=\"1\"", ""), "only a step of mode deduct has a cap", 2},
        {"total=\"2\"", STEP("mode=\"deduct\"", "<slip code=\"a\" minus=\"1\">x</slip>"),
         "its slips cost 1 together, never 2; say cap=\"1\"", 2},
        {"total=\"2\"", STEP("mode=\"deduct\"", "<slip code=\"a\">x</slip>"), "slip a says no minus", 3},
        {"total=\"2\"", STEP("mode=\"all\"", "<slip code=\"a\" minus=\"1\">x</slip>"),
         "slip a costs the whole step (mode all): no minus", 3},
        {"total=\"2\"", STEP("mode=\"all\"", "<slip code=\"b\">x</slip>"), "code=\"b\" where \"a\" is next",
         3},
        {"total=\"2\"", STEP("mode=\"all\"", "<slip code=\"a\"> \n </slip>"), "slip a says nothing", 3},
        {"total=\"2\"", STEP("mode=\"deduct\"", "<slip code=\"a\" minus=\"2\" includes=\"a\">x</slip>"),
         "slip a includes itself", 3},
        {"total=\"2\"",
         STEP("mode=\"deduct\"", "<slip code=\"a\" minus=\"2\" includes=\"b\">x</slip>\n"
                                 "<slip code=\"b\" minus=\"2\" includes=\"a\">y</slip>"),
         "slip a includes itself", 3},
        {"total=\"2\"", STEP("mode=\"deduct\"", "<slip code=\"a\" minus=\"2\" includes=\"c\">x</slip>"),
         "slip a includes a slip that there is not", 3},
        {"total=\"2\"",
         STEP("mode=\"deduct\"",
              "<slip code=\"a\" minus=\"1\" includes=\"b\">x</slip>\n"
              "<slip code=\"b\" minus=\"1.5\">y</slip><slip code=\"c\" minus=\"2\">z</slip>"),
         "slip a costs 1 and includes slips that cost 1.5", 3},
        {"total=\"2\"",
         STEP("mode=\"deduct\"", "<slip code=\"a\" minus=\"1\" includes=\"bc\">x</slip>\n"
                                 "<slip code=\"b\" minus=\"1\">y</slip><slip code=\"c\" minus=\"1\">z</slip>"
                                 "<slip code=\"d\" minus=\"1\">w</slip>"),
         "slip a costs 1 and includes slips that cost 2", 3},
        {"total=\"2\"",
         STEP("mode=\"deduct\" hint=\"0.5\"", "<slip code=\"a\" minus=\"2\" includes=\"b\">x</slip>\n"
                                              "<slip code=\"b\" minus=\"1\">y</slip>"),
         "slip a costs 0.5 and includes slips that cost 1", 3},
        {"total=\"2\"",
         STEP("mode=\"all\"", "<slip code=\"a\" includes=\"b\">x</slip><slip code=\"b\">y</slip>"),
         "only in a step of mode deduct", 3},
        {"total=\"2\"", STEP("mode=\"fatal\"", "<slip code=\"a\" same=\"n\">x</slip>"),
         "slip a ends the experiment", 3},
        {"total=\"2\"", STEP("mode=\"fatal\" hint=\"1\"", "<slip code=\"a\">x</slip>"),
         "hint is what a slip costs", 2},
        {"total=\"2\"", STEP("mode=\"all\" report=\"yes\"", "<slip code=\"a\">x</slip>"),
         "must be reported: exactly one slip", 2},
        {"total=\"2\"", STEP("mode=\"all\"", "<slip code=\"a\" report=\"yes\">x</slip>"),
         "need not be reported", 2},
        {"total=\"2\"", STEP("mode=\"all\"", "") "<fatal from=\"1\" to=\"2\">x</fatal>",
         "but there are 1 steps", 4},
        {"total=\"2\"", STEP("mode=\"all\"", "") "<fatal from=\"1\" to=\"1\"></fatal>",
         "<fatal> says nothing", 4},
        {"total=\"2\"", STEP("mode=\"all\"", "<note/>"), "<note> has no place in <step>", 3},
        {"total=\"2.05\"", STEP("mode=\"all\"", ""), "write points in whole tenths", 1},
        {"total=\"2\"", STEP("mode=\"all\" colour=\"red\"", ""), "colour", 2},
        {"total=\"2\"", "", "a rubric has steps", 1},
    };
    char fault[400];
    unsigned line;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kit_fault(cases[i].head, cases[i].steps, &line, fault);
        if (!strstr(fault, cases[i].words))
            fail_msg("case %zu: the message is \"%s\", not about \"%s\"", i, fault, cases[i].words);
        assert_int_equal(line, cases[i].line);
    }
}

static void count(void *context, unsigned line, const char *message)
{
    (void)line;
    (void)message;
    ++*(int *)context;
}

static void all_faults_are_told_at_once(void **state)
{
    (void)state;
    static const char text[] =
        "<rubric xmlns=\"urn:kaochang:rubric:1\" id=\"a b\" version=\"0\" subject=\"x\" title=\"y\" minutes=\"900\" "
        "total=\"3\"><step title=\"\" points=\"2\" mode=\"all\"></step></rubric>";
    struct rubric *r = NULL;
    struct err e = {0};
    int n = 0;
    assert_refused(rubric_read(&r, "r.xml", span_str(text), count, &n, &e), ERR_DATA, "is not a plain name",
                   e);
    assert_int_equal(n, 5);
}

static void count_fault(void *context, unsigned line, const char *message)
{
    (void)line;
    *(int *)context += strstr(message, "more than 32 steps") != NULL;
}

static void too_many_steps_are_told_once(void **state)
{
    (void)state;
    struct rubric *r = NULL;
    struct bytes text = {0};
    struct err e;
    int told = 0;
    bytes_printf(
        &text,
        "<rubric xmlns=\"%s\" id=\"P1\" version=\"1\" subject=\"s\" title=\"t\" minutes=\"9\" total=\"80\">",
        RUBRIC_NS);
    for (int i = 0; i < 40; i++)
        bytes_printf(&text, STEP("mode=\"all\"", ""));
    bytes_printf(&text, "</rubric>");
    assert_int_equal(rubric_read(&r, "P1.xml", bytes_span(&text), count_fault, &told, &e), -ERR_DATA);
    assert_int_equal(told, 1);
    bytes_release(&text);
}

static void a_rating_in_other_bytes_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } cases[] = {
        {"status=\"rated\"", "status=\"fine\"", "no status"},
        {"slips=\"ab\"", "slips=\"ba\"", "canonical"},
        {"slips=\"ab\"", "slips=\"a1\"", "no \"1\""},
        {"hinted=\"b\"", "hinted=\"c\"", "not made"},
        {"mark=\"rated\"", "mark=\"open\"", "is not rated"},
        {"chief=\"no\"", "chief=\"maybe\"", "canonical"},
        {"at=\"5\"", "at=\"05\"", ""},
        {"changes=\"0\"", "changes=\"-1\"", ""},
        {"<rating ", "<rating  ", "canonical"},
    };
    struct rubric *r = kit_rubric("total=\"2\"", STEP("mode=\"deduct\" hint=\"1\"",
                                                      "<slip code=\"a\" minus=\"1\">x</slip>"
                                                      "<slip code=\"b\" minus=\"1\">y</slip>"));
    struct rating x, y;
    struct bytes good = {0};
    struct arena *a = arena_new();
    struct err e = {0};
    rating_begin(&x, r);
    x.status = RATING_RATED;
    x.step[0] = (struct rating_step){.mark = RATING_MARKED, .slips = 3, .hinted = 2, .wall_ms = 5};
    assert_done(rating_write(&x, &good, &e), e);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *text = (const char *)good.p, *at = strstr(text, cases[i].from);
        struct bytes bad = {0};
        assert_non_null(at);
        bytes_printf(&bad, "%.*s%s%s", (int)(at - text), text, cases[i].to, at + strlen(cases[i].from));
        assert_refused(rating_read(&y, a, "rating", bytes_span(&bad), &e), ERR_DATA, cases[i].words, e);
        bytes_release(&bad);
    }
    arena_free(a);
    bytes_release(&good);
    rubric_free(r);
}

static void a_rating_fits_only_its_own_rubric(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric("total=\"2\"", STEP("mode=\"all\"", "<slip code=\"a\">x</slip>"));
    struct rating x;
    struct err e = {0};
    rating_begin(&x, r);
    assert_done(rating_fits(&x, r, &e), e);
    x.version = 2;
    assert_refused(rating_fits(&x, r, &e), ERR_DATA, "version 2", e);
    rating_begin(&x, r);
    x.step[0] = (struct rating_step){.mark = RATING_MARKED, .slips = 2};
    assert_refused(rating_fits(&x, r, &e), ERR_DATA, "a slip that the rubric does not have", e);
    x.step[0] = (struct rating_step){.mark = RATING_MARKED, .slips = 1, .hinted = 1};
    assert_refused(rating_fits(&x, r, &e), ERR_DATA, "nothing is put right", e);
    rating_begin(&x, r);
    x.fatals = 1;
    assert_refused(rating_fits(&x, r, &e), ERR_DATA, "other steps or fatal acts", e);
    rubric_free(r);
}

static void marks_come_back_as_they_were_typed(void **state)
{
    (void)state;
    struct rubric *r = kit_rubric(
        "total=\"6\"",
        STEP("mode=\"all\" hint=\"1\"", "<slip code=\"a\">x</slip><slip code=\"b\">y</slip>")
            STEP("mode=\"all\"", "") STEP("mode=\"all\"", "") "<fatal from=\"3\" to=\"3\">z</fatal>");
    static const char *const good[] = {"", "1:full", "1:ab+ 2:0 3:full", "2:full fatal:1", "1:a+b+"};
    static const char *const wrong[] = {"1",
                                        "4:full",
                                        "0:full",
                                        "1:c",
                                        "1:aa",
                                        "2:a",
                                        "1:full 1:a",
                                        "fatal:2",
                                        "1:a++",
                                        "1:",
                                        "x:full",
                                        "1:+",
                                        "99999999999999999999:full"};
    struct rating x;
    struct err e = {0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct bytes out = {0};
        rating_begin(&x, r);
        assert_done(rating_marks_parse(&x, r, good[i], &e), e);
        rating_marks_write(&x, &out);
        assert_string_equal(out.n ? (const char *)out.p : "", good[i]);
        bytes_release(&out);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        rating_begin(&x, r);
        assert_int_equal(rating_marks_parse(&x, r, wrong[i], &e), -ERR_USAGE);
    }
    rubric_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_contradiction_is_told_with_its_line),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(too_many_steps_are_told_once),
        cmocka_unit_test(a_rating_in_other_bytes_is_refused),
        cmocka_unit_test(a_rating_fits_only_its_own_rubric),
        cmocka_unit_test(marks_come_back_as_they_were_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
