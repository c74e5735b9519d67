/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "base/arena.h"
#include "paperbank/item/paper.h"
#include "paperbank/item/response.h"

static const char good[] =
    "<paper xmlns=\"urn:kaochang:paper:1\" id=\"p1\" title=\"教师计算机等级考试\" ruleset=\"kaochang-1\" duration=\"3600\""
    " earliestHandIn=\"900\" points=\"3\" pass=\"1.5\" high=\"2.5\"><notice>不得交谈。</notice><form id=\"A\"><section"
    " id=\"s1\" title=\"单项选择\"><item id=\"k001\" version=\"1\" points=\"2\"></item><item id=\"k002\" version=\"3\""
    " points=\"1\"></item></section></form></paper>\n";

static int read_changed(struct paper **p, const char *from, const char *to, struct err *e)
{
    char text[2000];
    const char *at = strstr(good, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - good), good, to, at + strlen(from));
    return paper_read(p, "paper.xml", span_str(text), e);
}

static void a_paper_reads_back_as_it_was_written(void **state)
{
    (void)state;
    struct paper *p;
    struct err e;
    struct bytes again = {0};
    assert_done(paper_read(&p, "paper.xml", span_str(good), &e), e);
    assert_int_equal(p->duration_s, 3600);
    assert_int_equal(p->pass.milli, 1500);
    const struct paper_section *s;
    assert_int_equal(paper_form_items(paper_form(p, "A")), 2);
    assert_string_equal(paper_form_item(paper_form(p, "A"), 1, &s)->id, "k002");
    assert_string_equal(s->title, "单项选择");
    assert_null(paper_form_item(paper_form(p, "A"), 2, NULL));
    assert_null(paper_form(p, "B"));
    assert_done(paper_write(p, &again, &e), e);
    assert_string_equal((const char *)again.p, good);
    bytes_release(&again);
    paper_free(p);
}

static void the_rules_of_a_paper_without_any_are_the_plain_ones(void **state)
{
    (void)state;
    struct paper *p;
    struct err e;
    assert_done(paper_read(&p, "paper.xml", span_str(good), &e), e);
    assert_false(p->calculator || p->notes || p->tutorial);
    assert_false(paper_section_has_rules(&p->form->section[0]));
    paper_free(p);
}

static void rules_of_sections_and_aids_read_back(void **state)
{
    (void)state;
    struct paper *p;
    struct err e;
    assert_done(read_changed(&p, "选择\"", "选择\" time=\"600\" navigation=\"linear\" reenter=\"no\"", &e),
                e);
    const struct paper_section *s = &p->form->section[0];
    assert_int_equal(s->time_s, 600);
    assert_int_equal(s->navigation, PAPER_LINEAR);
    assert_true(s->once);
    assert_true(paper_section_has_rules(s));
    paper_free(p);
    assert_done(read_changed(&p, " high=\"2.5\"",
                             " high=\"2.5\" calculator=\"yes\" notes=\"yes\" tutorial=\"yes\"", &e),
                e);
    assert_true(p->calculator && p->notes && p->tutorial);
    paper_free(p);
}

static void a_paper_whose_parts_do_not_fit_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } changes[] = {
        {" points=\"3\"", " points=\"4\"", "worth"},
        {"k002", "k001", "twice"},
        {"pass=\"1.5\"", "pass=\"2.6\"", "must not fall"},
        {"duration=\"3600\"", "duration=\"600\"", "times"},
        {"id=\"k001\"", "id=\"../k001\"", "plain"},
        {"<notice>", "<notices>", "not well-formed"},
        {"urn:kaochang:paper:1", "urn:kaochang:paper:2", "not a paper"},
        {" high", "  high", "canonical"},
        {"version=\"3\"", "version=\"0\"", "whole number"},
        {"<item id=\"k001\"", "<item time=\"9\" id=\"k001\"", "canonical"},
        {"选择\"", "选择\" time=\"3601\"", "3601 seconds, the whole paper 3600"},
        {"选择\"", "选择\" time=\"0\"", "whole number"},
        {"选择\"", "选择\" time=\"604801\"", "whole number"},
        {"选择\"", "选择\" navigation=\"free\"", "left out"},
        {"选择\"", "选择\" navigation=\"sideways\"", "\"linear\" or left out"},
        {"选择\"", "选择\" reenter=\"yes\"", "\"no\" or left out"},
        {"选择\"", "选择\" reenter=\"no\" time=\"60\"", "canonical"},
        {"<section", "<section id=\"s0\" title=\"\" reenter=\"no\"></section><section", "no items"},
        {" high=\"2.5\"", " high=\"2.5\" calculator=\"no\"", "\"yes\" or left out"},
        {" high=\"2.5\"", " high=\"2.5\" notes=\"1\"", "\"yes\" or left out"},
        {" high=\"2.5\"", " high=\"2.5\" tutorial=\"yes\" notes=\"yes\"", "canonical"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct paper *p;
        struct err e;
        assert_refused(read_changed(&p, changes[i].from, changes[i].to, &e), ERR_DATA, changes[i].words, e);
    }
}

static void an_answer_reads_back_and_damage_is_seen(void **state)
{
    (void)state;
    const char *values[] = {"A", "选项"};
    struct response r[] = {{.identifier = "RESPONSE", .value = values, .n = 2}, {.identifier = "R2"}};
    struct response_set set = {.response = r, .n = 2}, back;
    struct bytes b = {0};
    struct err e;
    struct arena *a = arena_new();
    response_encode(&set, &b);
    assert_done(response_decode(&back, a, bytes_span(&b), &e), e);
    assert_string_equal(response_find(&back, "RESPONSE")->value[1], "选项");
    assert_int_equal(response_find(&back, "R2")->n, 0);
    assert_false(response_is_empty(&back));
    for (size_t cut = 0; cut < b.n; cut++)
        assert_int_equal(response_decode(&back, a, span_of(b.p, cut), &e), -ERR_DATA);
    arena_free(a);
    bytes_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_paper_reads_back_as_it_was_written),
        cmocka_unit_test(the_rules_of_a_paper_without_any_are_the_plain_ones),
        cmocka_unit_test(rules_of_sections_and_aids_read_back),
        cmocka_unit_test(a_paper_whose_parts_do_not_fit_is_refused),
        cmocka_unit_test(an_answer_reads_back_and_damage_is_seen),
    };
    return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
