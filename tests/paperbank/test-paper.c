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
        {"选择\"", "选择\" shuffle=\"no\"", "\"yes\" or left out"},
        {"选择\"", "选择\" shuffle=\"yes\" reenter=\"no\"", "canonical"},
        {"points=\"1\"", "points=\"1\" set=\"a b\"", "plain"},
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

/* Ten items, of which 4 to 6 are a set, in a shuffled section, and two in one that is not. */
static struct paper *shuffled_paper(void)
{
    struct paper *p;
    struct err e;
    struct bytes text = {0};
    bytes_printf(&text, "%.*s<form id=\"A\"><section id=\"s1\" title=\"T\" shuffle=\"yes\">",
                 (int)(strstr(good, "<form") - good), good);
    for (int i = 0; i < 10; i++)
        bytes_printf(&text, "<item id=\"k%d\" version=\"1\" points=\"0.2\"%s></item>", i,
                     i >= 4 && i <= 6 ? " set=\"m1\"" : "");
    bytes_str(
        &text,
        "</section><section id=\"s2\" title=\"T\"><item id=\"p1\" version=\"1\" points=\"0.5\"></item><item id=\"p2\" "
        "version=\"1\" points=\"0.5\"></item></section></form></paper>\n");
    assert_done(paper_read(&p, "paper.xml", bytes_span(&text), &e), e);
    bytes_release(&text);
    return p;
}

static size_t place_of(const struct paper_form *f, const char *id)
{
    size_t i = 0;
    while (strcmp(paper_form_item(f, i, NULL)->id, id) != 0)
        i++;
    return i;
}

static void each_candidate_has_an_order_of_his_own_that_stays(void **state)
{
    (void)state;
    struct paper *p = shuffled_paper();
    size_t differ = 0;
    for (int t = 0; t < 40; t++) {
        char ticket[16];
        snprintf(ticket, sizeof ticket, "T%d", t);
        const struct paper_form *f = paper_form_for(p, "A", "am1", ticket),
                                *again = paper_form_for(p, "A", "am1", ticket);
        assert_int_equal(paper_form_items(f), 12);
        for (size_t i = 0; i < 12; i++) {
            const char *id = paper_form_item(&p->form[0], i, NULL)->id;
            assert_int_equal(place_of(f, id), place_of(again, id)); /* and each is there */
            differ += place_of(f, id) != i;
        }
        assert_int_equal(place_of(f, "k5"), place_of(f, "k4") + 1);
        assert_int_equal(place_of(f, "k6"), place_of(f, "k4") + 2);
        assert_int_equal(place_of(f, "p1"), 10);
        assert_int_equal(place_of(f, "p2"), 11);
    }
    assert_true(differ > 200);
    assert_null(paper_form_for(p, "B", "am1", "T1"));
    paper_free(p);
}

/* The order is part of what a sitting means: it must never change between versions. */
static void the_order_of_a_candidate_is_the_same_on_every_machine(void **state)
{
    (void)state;
    struct paper *p = shuffled_paper();
    const struct paper_form *f = paper_form_for(p, "A", "am1", "T1");
    struct bytes order = {0};
    for (size_t i = 0; i < 10; i++)
        bytes_str(&order, paper_form_item(f, i, NULL)->id + 1);
    assert_true(span_equal(bytes_span(&order), span_str("3714560289")));
    bytes_release(&order);
    paper_free(p);
}

static void a_paper_without_orders_is_given_as_it_is(void **state)
{
    (void)state;
    struct paper *p;
    struct err e;
    assert_done(paper_read(&p, "paper.xml", span_str(good), &e), e);
    assert_ptr_equal(paper_form_for(p, "A", "am1", "T1"), &p->form[0]);
    paper_free(p);
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
        cmocka_unit_test(each_candidate_has_an_order_of_his_own_that_stays),
        cmocka_unit_test(the_order_of_a_candidate_is_the_same_on_every_machine),
        cmocka_unit_test(a_paper_without_orders_is_given_as_it_is),
        cmocka_unit_test(an_answer_reads_back_and_damage_is_seen),
    };
    return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
