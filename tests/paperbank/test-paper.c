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
        cmocka_unit_test(a_paper_whose_parts_do_not_fit_is_refused),
        cmocka_unit_test(an_answer_reads_back_and_damage_is_seen),
    };
    return cmocka_run_group_tests_name("paper", tests, NULL, NULL);
}
