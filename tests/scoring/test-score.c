/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <locale.h>
#include <stdlib.h>

#include "base/mem.h"
#include "paperbank/item/response.h"
#include "tests/scoring/bench.h"

static const char *const choose_b[] = {"B", NULL}, *const choose_c[] = {"C", NULL}, *const choose_none[] = {NULL};

struct exam {
    char *one, *two;
    struct bench_item item[2];
    struct bench bench;
    struct bytes right, wrong, none;
};

static int set_up(void **state)
{
    struct exam *x = mem_alloc(sizeof *x);
    x->one = bench_choice("k001", "B");
    x->two = bench_choice("k002", "B");
    x->item[0] = (struct bench_item){"k001", x->one, "2"};
    x->item[1] = (struct bench_item){"k002", x->two, "1.5"};
    bench_open(&x->bench, x->item, 2);
    x->right = bench_answer(choose_b);
    x->wrong = bench_answer(choose_c);
    x->none = bench_answer(choose_none);
    *state = x;
    return 0;
}

static int tear_down(void **state)
{
    struct exam *x = *state;
    bench_close(&x->bench);
    bytes_release(&x->right);
    bytes_release(&x->wrong);
    bytes_release(&x->none);
    free(x->one);
    free(x->two);
    free(x);
    return 0;
}

static void every_point_names_its_reason(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_record rec = {0};
    struct score_answer answer[] = {{"k001", bytes_span(&x->right)}, {"k002", bytes_span(&x->wrong)}};
    struct score_work w = bench_work();
    w.answer = answer;
    w.n_answers = 2;
    assert_done(score_sitting(x->bench.key, &w, &rec, &e), e);
    assert_int_equal(rec.points.milli, 2000);
    assert_int_equal(rec.maximum.milli, 3500);
    assert_string_equal(rec.item[0].evidence, "answered B; correct B");
    assert_string_equal(rec.item[1].evidence, "answered C; correct B");
    assert_string_equal(rec.item[1].rule, "match_correct");
    assert_int_equal(rec.status, SCORE_AUTO);
    score_record_release(&rec);
}

static void an_unanswered_item_earns_nothing_and_says_so(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_record rec = {0};
    struct score_answer answer = {"k002", bytes_span(&x->none)};
    struct score_work w = bench_work();
    w.answer = &answer;
    w.n_answers = 1;
    assert_done(score_sitting(x->bench.key, &w, &rec, &e), e);
    assert_int_equal(rec.points.milli, 0);
    assert_string_equal(rec.item[0].evidence, "no answer; correct B");
    assert_string_equal(rec.item[1].evidence, "no answer; correct B");
    score_record_release(&rec);
}

static void the_same_work_gives_the_same_bytes_whatever_the_order_of_its_answers(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct bytes first = {0}, second = {0};
    struct score_answer there[] = {{"k001", bytes_span(&x->right)}, {"k002", bytes_span(&x->wrong)}};
    struct score_answer back[] = {{"k002", bytes_span(&x->wrong)}, {"other", bytes_span(&x->right)},
                                  {"k001", bytes_span(&x->right)}};
    struct score_work w = bench_work();
    w.answer = there;
    w.n_answers = 2;
    assert_done(score_sitting_bytes(x->bench.key, &w, &first, &e), e);
    setlocale(LC_ALL, "zh_CN.UTF-8");
    w.answer = back;
    w.n_answers = 3;
    assert_done(score_sitting_bytes(x->bench.key, &w, &second, &e), e);
    assert_true(span_equal(bytes_span(&first), bytes_span(&second)));
    bytes_release(&first);
    bytes_release(&second);
}

static void an_answer_that_is_not_allowed_earns_nothing_and_says_so(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_record rec = {0};
    static const char *const all[] = {"A", "B", "C", "D", NULL};
    struct bytes ticked = bench_answer(all);
    struct score_answer answer = {"k001", bytes_span(&ticked)};
    struct score_work w = bench_work();
    w.answer = &answer;
    w.n_answers = 1;
    assert_done(score_sitting(x->bench.key, &w, &rec, &e), e);
    assert_int_equal(rec.points.milli, 0);
    assert_string_equal(rec.item[0].evidence, "answered A B C D, which is not allowed; correct B");
    score_record_release(&rec);
    bytes_release(&ticked);
}

#define HOSTILE_HEAD(cardinality, base)                                                                              \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"h\" title=\"\" adaptive=\"false\" " \
    "timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"" cardinality "\" baseType=\""    \
    base "\"><mapping upperBound=\"2\" defaultValue=\"0.5\"><mapEntry mapKey=\""
#define HOSTILE_TAIL(body)                                                                                           \
    "\" mappedValue=\"2\"/></mapping></responseDeclaration><outcomeDeclaration identifier=\"SCORE\" "                \
    "cardinality=\"single\" baseType=\"float\"/><itemBody>" body "</itemBody><responseProcessing "                   \
    "template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response\"/></assessmentItem>"
#define HOSTILE_SIDE(id) "<simpleAssociableChoice identifier=\"" id "\" matchMax=\"0\">" id "</simpleAssociableChoice>"

/* Each value as often as a journal holds it, in every kind of item. */
static void no_answer_earns_more_than_the_maximum_or_stops_the_scorer(void **state)
{
    static const char *const items[] = {
        HOSTILE_HEAD("multiple", "identifier") "A" HOSTILE_TAIL(
            "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"0\"><simpleChoice "
            "identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></choiceInteraction>"),
        HOSTILE_HEAD("ordered", "identifier") "A" HOSTILE_TAIL(
            "<orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\"><simpleChoice identifier=\"A\">a"
            "</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></orderInteraction>"),
        HOSTILE_HEAD("multiple", "pair") "A B" HOSTILE_TAIL(
            "<associateInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\">" HOSTILE_SIDE("A")
                HOSTILE_SIDE("B") "</associateInteraction>"),
        HOSTILE_HEAD("multiple", "directedPair") "A B" HOSTILE_TAIL(
            "<matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"0\"><simpleMatchSet>"
            HOSTILE_SIDE("A") "</simpleMatchSet><simpleMatchSet>" HOSTILE_SIDE("B") "</simpleMatchSet></matchInteraction>"),
        HOSTILE_HEAD("single", "float") "1" HOSTILE_TAIL("<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>"),
        HOSTILE_HEAD("single", "integer") "1" HOSTILE_TAIL("<p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>"),
        HOSTILE_HEAD("multiple", "string") "x" HOSTILE_TAIL("<extendedTextInteraction responseIdentifier=\"RESPONSE\"/>"),
    };
    static const char *const values[] = {"A", "A B", "B A", "A B C", " ", "", "X", "1e999", "NaN", "-INF", "1", "0x1p3",
                                         "99999999999999999999", "\xff\xfe", "\xed\xa0\x80", "\x01\x1b[2J", "]]>&<\""};
    static const size_t often[] = {1, 2, RESPONSE_MAX_VALUES};
    char *text = mem_alloc(RESPONSE_MAX_TEXT + 1);
    memset(text, 'x', RESPONSE_MAX_TEXT);
    (void)state;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        struct bench_item item = {"h", items[i], "2"};
        struct bench bench;
        bench_open(&bench, &item, 1);
        for (size_t v = 0; v < 3 * (sizeof values / sizeof *values + 1); v++) {
            struct err e;
            struct score_record rec = {0};
            const char *value[RESPONSE_MAX_VALUES + 1] = {0};
            struct bytes record = {0};
            for (size_t k = 0; k < often[v % 3]; k++)
                value[k] = v / 3 < sizeof values / sizeof *values ? values[v / 3] : text;
            struct bytes given = bench_answer(value);
            struct score_answer answer = {"h", bytes_span(&given)};
            struct score_work w = bench_work();
            w.answer = &answer;
            w.n_answers = 1;
            if (score_sitting(bench.key, &w, &rec, &e) == 0) {
                assert_in_range(rec.points.milli, 0, 2000);
                assert_done(score_record_write(&rec, &record, &e), e);
            }
            score_record_release(&rec);
            bytes_release(&record);
            bytes_release(&given);
        }
        bench_close(&bench);
    }
    free(text);
}

static void a_form_that_is_not_in_the_paper_is_refused(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_record rec = {0};
    struct score_work w = bench_work();
    w.form = "B";
    assert_refused(score_sitting(x->bench.key, &w, &rec, &e), ERR_DATA, "form B", e);
}

static void a_damaged_answer_is_refused(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_record rec = {0};
    struct score_answer answer = {"k001", span_str("not an answer")};
    struct score_work w = bench_work();
    w.answer = &answer;
    w.n_answers = 1;
    assert_refused(score_sitting(x->bench.key, &w, &rec, &e), ERR_DATA, "damaged", e);
}

static int nothing(void *context, const char *id, struct span *ret, struct err *e)
{
    (void)context, (void)ret;
    return err_set(e, ERR_DATA, id, "missing");
}

static void a_scorer_without_the_rule_set_refuses(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_key *key = NULL;
    struct bytes paper = {0};
    x->bench.paper->ruleset = "kaochang-99";
    assert_done(paper_write(x->bench.paper, &paper, &e), e);
    assert_refused(score_key_open(&key, bytes_span(&paper), nothing, NULL, &e), ERR_DATA, "kaochang-99", e);
    assert_null(key);
    bytes_release(&paper);
}

static void a_key_without_one_of_its_items_is_refused(void **state)
{
    struct exam *x = *state;
    struct err e;
    struct score_key *key = NULL;
    assert_refused(score_key_open(&key, bytes_span(&x->bench.document), nothing, NULL, &e), ERR_DATA, "missing", e);
}

static void a_typed_answer_cannot_spoil_the_record(void **state)
{
    (void)state;
    static const char text[] =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"t\" title=\"\">"
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\"><correctResponse>"
        "<value>x</value></correctResponse></responseDeclaration><outcomeDeclaration identifier=\"SCORE\""
        " cardinality=\"single\" baseType=\"float\"/><itemBody><p><textEntryInteraction responseIdentifier=\"RESPONSE\"/></p>"
        "</itemBody><responseProcessing template=\"http://x/match_correct\"/></assessmentItem>";
    struct bench_item item = {"t", text, "1"};
    struct bench b;
    struct err e;
    char typed[3000];
    memset(typed, 'y', sizeof typed - 1);
    static const char odd[] = "a\nb\tc\x01\x1f\"<&>";
    memcpy(typed, odd, sizeof odd - 1);
    typed[sizeof typed - 1] = '\0';
    const char *const value[] = {typed, NULL};
    struct bytes encoded = bench_answer(value), document = {0};
    struct score_answer answer = {"t", bytes_span(&encoded)};
    struct score_record back = {0};
    struct score_work w = bench_work();
    w.answer = &answer;
    w.n_answers = 1;
    bench_open(&b, &item, 1);
    assert_done(score_sitting_bytes(b.key, &w, &document, &e), e);
    assert_done(score_record_read(&back, "record", bytes_span(&document), &e), e);
    assert_true(strlen(back.item[0].evidence) <= SCORE_MAX_EVIDENCE + 3);
    assert_non_null(strstr(back.item[0].evidence, "\"a b c\xef\xbf\xbd\xef\xbf\xbd\"<&>"));
    score_record_release(&back);
    bytes_release(&document);
    bytes_release(&encoded);
    bench_close(&b);
}

static int try_key(const char *correct, const char *more, struct err *e)
{
    struct item *item = NULL;
    char *xml = bench_choice("k001", correct), *end = strstr(xml, "<itemBody>");
    char *whole = mem_printf("%.*s%s%s", (int)(end - xml), xml, more, end);
    int r = item_read(&item, "k001", span_str(whole), e);
    if (r == 0)
        r = score_try_key(item, e);
    item_free(item);
    free(whole);
    free(xml);
    return r;
}

static void a_key_that_does_not_earn_all_points_is_found_before_the_exam(void **state)
{
    (void)state;
    struct err e;
    assert_done(try_key("B", "", &e), e);
    static const char two[] = "<outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\">"
                              "<defaultValue><value>2</value></defaultValue></outcomeDeclaration>";
    assert_refused(try_key("B", two, &e), ERR_DATA, "earns 1 of 2 points", e);
}

static int64_t milli(const char *maximum, double score, const char *reach)
{
    points_t max, most, got;
    struct err e;
    assert_done(points_parse(maximum, &max, &e), e);
    assert_done(points_parse(reach, &most, &e), e);
    assert_done(score_points(max, score, most, &got, &e), e);
    return got.milli;
}

static void points_are_rounded_half_up_once(void **state)
{
    (void)state;
    assert_int_equal(milli("1", 1.0 / 3, "1"), 333);
    assert_int_equal(milli("3", 1.0 / 3, "1"), 1000);
    assert_int_equal(milli("1", 2.0 / 3, "1"), 667);
    assert_int_equal(milli("1", 0.1 + 0.2, "0.6"), 500);
    assert_int_equal(milli("1", 0.0625, "1"), 63);
    assert_int_equal(milli("2", 1.005, "2"), 1005);
    assert_int_equal(milli("0", 1, "2"), 0);
    assert_int_equal(milli("2", -1, "2"), 0);
    assert_int_equal(milli("2", 1e300, "2"), 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_point_names_its_reason, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unanswered_item_earns_nothing_and_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_work_gives_the_same_bytes_whatever_the_order_of_its_answers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_answer_that_is_not_allowed_earns_nothing_and_says_so, set_up, tear_down),
        cmocka_unit_test(no_answer_earns_more_than_the_maximum_or_stops_the_scorer),
        cmocka_unit_test_setup_teardown(a_form_that_is_not_in_the_paper_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_answer_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_scorer_without_the_rule_set_refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_key_without_one_of_its_items_is_refused, set_up, tear_down),
        cmocka_unit_test(a_typed_answer_cannot_spoil_the_record),
        cmocka_unit_test(a_key_that_does_not_earn_all_points_is_found_before_the_exam),
        cmocka_unit_test(points_are_rounded_half_up_once),
    };
    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
