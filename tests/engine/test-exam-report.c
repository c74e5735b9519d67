/* SPDX-License-Identifier: Apache-2.0 */
/* The report of an exam and the table of its items. */
#include <stdlib.h>
#include <string.h>

#include "engine/exam/report.h"
#include "tests/check.h"

#define HEAD                                                                                                            \
    "item,version,title,kind,knowledgePoint,knowledgePointTitle,area,areaTitle,cognitiveLevel,facility,discrimination," \
    "expectedTime,exams,irt\r\n"
#define K1 "k1,1,<One>,single,1.1,Files,1,System,remember,0.9,0.3,30,0,1.2 -0.35 0.2 logistic\r\n"
#define K2 "k2,3,Two,single,1.2,Folders,1,System,apply,0.5,-0.1,60,2,\r\n"
#define K3 "k3,1,Three,fill,2,Words,2,Words,apply,,,,0,\r\n"

static const char paper_text[] =
    "<paper xmlns=\"urn:kaochang:paper:1\" id=\"spring\" title=\"A &amp; B\" ruleset=\"kaochang-1\" duration=\"600\" "
    "earliestHandIn=\"0\" points=\"4\" pass=\"2\" high=\"3\"><form id=\"A\"><section id=\"s1\" title=\"S\"><item id=\"k1\" "
    "version=\"1\" points=\"2\"></item><item id=\"k2\" version=\"3\" points=\"2\"></item></section></form><form id=\"B\">"
    "<section id=\"s1\" title=\"S\"><item id=\"k2\" version=\"3\" points=\"2\"></item><item id=\"k3\" version=\"1\" "
    "points=\"2\"></item></section></form></paper>\n";

static const char blueprint_text[] =
    "<blueprint xmlns=\"urn:kaochang:blueprint:1\" id=\"b\" title=\"T\" duration=\"600\" points=\"4\" pass=\"2\" high=\"3\" "
    "forms=\"2\"><section id=\"s1\" title=\"S\" kinds=\"single fill\" count=\"2\" points=\"2\"/>"
    "<cell knowledgePoint=\"1\" cognitiveLevel=\"apply\" min=\"1\" max=\"2\"/></blueprint>";

static const char certificate_text[] =
    "{\"status\":\"feasible\",\"seed\":7,\"interrupted\":true,\"objective\":{\"value\":0.25,\"bound\":0.125},"
    "\"requirements\":[{\"id\":\"section s1\",\"line\":1,\"min\":2,\"max\":2,\"met\":[2,2]},"
    "{\"id\":\"cell line 1\",\"line\":1,\"min\":1,\"max\":2.5,\"met\":[1,1]}]}";

static struct exam_facts *facts_of(const char *text)
{
    struct exam_facts *f = NULL;
    struct err e = {0};
    assert_done(exam_facts_read(&f, "items.csv", span_str(text), &e), e);
    return f;
}

static struct bytes report_of(const struct problem *words)
{
    struct exam_facts *f = facts_of(HEAD K1 K2 K3);
    struct paper *p = NULL;
    struct bytes page = {0};
    struct err e = {0};
    assert_done(paper_read(&p, "paper.xml", span_str(paper_text), &e), e);
    const struct exam_report_source s = {.paper = p,
                                         .facts = f,
                                         .certificate = span_str(certificate_text),
                                         .blueprint = span_str(blueprint_text),
                                         .words = words};
    assert_done(exam_report(&s, &page, &e), e);
    bytes_u8(&page, 0);
    paper_free(p);
    exam_facts_free(f);
    return page;
}

static void assert_says(const struct bytes *page, const char *what)
{
    if (!strstr((const char *)page->p, what))
        fail_msg("the report does not say: %s", what);
}

static void facts_are_written_as_they_were_read(void **state)
{
    (void)state;
    struct exam_facts *f = facts_of(HEAD K1 K2 K3);
    struct bytes out = {0};
    assert_int_equal(f->n, 3);
    assert_int_equal(exam_fact(f, "k2")->discrimination, -100);
    assert_int_equal(exam_fact(f, "k1")->irt.b, -350);
    assert_true(exam_fact(f, "k3")->facility == BANK_UNKNOWN);
    assert_null(exam_fact(f, "k4"));
    exam_facts_write(f, &out);
    assert_true(span_equal(bytes_span(&out), span_str(HEAD K1 K2 K3)));
    bytes_release(&out);
    exam_facts_free(f);
}

static void facts_with_a_fault_are_refused_with_their_line(void **state)
{
    (void)state;
    static const char *const bad[][2] = {
        {"", "header"},
        {"item,version\r\nk1,1\r\n", "columns"},
        {HEAD K2 K1, "order"},
        {HEAD K1 K1, "twice"},
        {HEAD "k1,x,t,single,1,F,1,S,apply,0.5,0.1,30,0,\r\n", "version"},
        {HEAD "k1,1,t,single,1,F,1,S,apply,0.5,0.1,30.5,0,\r\n", "expectedTime"},
        {HEAD "k1,1,t,single,1,F,1,S,apply,0.5,0.1,30,0,high\r\n", "irt"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct exam_facts *f = NULL;
        struct err e = {0};
        assert_refused(exam_facts_read(&f, "items.csv", span_str(bad[i][0]), &e), ERR_DATA, bad[i][1], e);
        assert_null(f);
    }
}

static void wanted_and_met_stand_in_one_cell(void **state)
{
    (void)state;
    struct bytes page = report_of(NULL);
    assert_says(
        &page,
        "<tr><th>1 System</th><td>1 / 0</td><td>1 / 1<small>1–2</small></td><td class=\"all\">2 / 1</td>");
    assert_says(&page, "<tr><th>2 Words</th><td>·</td><td>0 / 1</td><td class=\"all\">0 / 1</td>");
    assert_says(&page,
                "<tr class=\"all\"><th>All</th><td>1 / 0</td><td>1 / 2</td><td class=\"all\">2 / 2</td>");
    assert_says(&page, "<th>cell line 1</th><td>1–2.5</td><td>1</td><td>1</td>");
    bytes_release(&page);
}

static void requirements_are_said_in_the_words_of_the_office(void **state)
{
    (void)state;
    struct problem *words = problem_new(1, 2);
    const struct requirement r = {.id = "cell line 1", .words = "System, apply: 1 to 2 items", .line = 1};
    problem_require(words, &r);
    struct bytes page = report_of(words);
    assert_says(&page, "<th>System, apply: 1 to 2 items</th>");
    assert_says(&page, "<th>section s1</th>"); /* nobody knows better */
    bytes_release(&page);
    problem_free(words);
}

static void the_page_shows_overlap_use_and_an_interrupt(void **state)
{
    (void)state;
    struct bytes page = report_of(NULL);
    assert_says(&page, "<tr><th>A</th><td class=\"self\">2</td><td>1</td></tr>");
    assert_says(&page, "<tr><th>A</th><td>1</td><td>0</td><td>1</td><td>0</td><td>0</td></tr>");
    assert_says(&page, "<tr><th>k2 Two</th><td>A B</td><td>2</td></tr>");
    assert_says(&page, "interrupted: these are the best papers found until then");
    assert_says(&page, "<b>0.2500</b>");
    assert_says(&page, "2 items have none and do not count");
    bytes_release(&page);
}

static void the_page_loads_nothing_and_escapes_what_it_is_given(void **state)
{
    (void)state;
    struct bytes page = report_of(NULL), again = report_of(NULL);
    const char *text = (const char *)page.p;
    assert_says(&page, "<h1>A &amp; B</h1>");
    assert_null(strstr(text, "<One>"));
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "http"));
    assert_null(strstr(text, "url("));
    assert_true(span_equal(bytes_span(&page), bytes_span(&again)));
    bytes_release(&again);
    bytes_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_are_written_as_they_were_read),
        cmocka_unit_test(facts_with_a_fault_are_refused_with_their_line),
        cmocka_unit_test(wanted_and_met_stand_in_one_cell),
        cmocka_unit_test(requirements_are_said_in_the_words_of_the_office),
        cmocka_unit_test(the_page_shows_overlap_use_and_an_interrupt),
        cmocka_unit_test(the_page_loads_nothing_and_escapes_what_it_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
