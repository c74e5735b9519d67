/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "paperbank/item/item.h"

#define HEAD "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"t\">"
#define RESPONSE(cardinality, base, inner)                                                                             \
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"" cardinality "\" baseType=\"" base "\">" inner        \
    "</responseDeclaration>"
#define CORRECT(v) "<correctResponse><value>" v "</value></correctResponse>"
#define SCORE "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
#define CHOICE(attrs, inner)                                                                                           \
    "<choiceInteraction responseIdentifier=\"RESPONSE\" " attrs ">" inner "</choiceInteraction>"
#define AB "<simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice>"
#define BODY(x) "<itemBody>" x "</itemBody>"
#define MATCH "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>"
#define TAIL "</assessmentItem>"
#define GOOD HEAD RESPONSE("single", "identifier", CORRECT("A")) SCORE BODY(CHOICE("", AB)) MATCH TAIL

static struct item *read_good(const char *xml)
{
    struct err e;
    struct item *item = NULL;
    assert_done(item_read(&item, "k1.xml", span_str(xml), &e), e);
    return item;
}

struct bad {
    const char *xml, *words;
};

static void check_refused(const struct bad *bad, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct err e = {0};
        struct item *item = NULL;
        int r = item_read(&item, "k1.xml", span_str(bad[i].xml), &e);
        if (r != -ERR_DATA || !strstr(e.what, bad[i].words) || strncmp(e.where, "k1.xml", 6) != 0)
            fail_msg("not refused about \"%s\": %d, %s: %s", bad[i].words, r, e.where, e.what);
        assert_null(item);
    }
}

static void a_fault_in_an_item_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {HEAD SCORE BODY(CHOICE("", AB)) TAIL, "not declared"},
        {HEAD RESPONSE("single", "identifier", "") RESPONSE("single", "identifier", "") TAIL, "declared twice"},
        {HEAD RESPONSE("single", "identifier", "<correctResponse><value>A</value><value>B</value></correctResponse>")
             BODY(CHOICE("", AB)) TAIL, "2 correct values"},
        {HEAD RESPONSE("single", "identifier", CORRECT("C")) BODY(CHOICE("", AB)) TAIL, "no choice"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("maxChoices=\"0\"", AB)) TAIL, "cardinality multiple"},
        {HEAD RESPONSE("single", "string", "") BODY(CHOICE("", AB)) TAIL, "baseType identifier"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("", AB AB)) TAIL, "two choices"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("", "")) TAIL, "no simpleChoice"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("", AB) CHOICE("", AB)) TAIL, "two interactions"},
        {HEAD RESPONSE("multiple", "identifier", "<correctResponse><value>A</value><value>B</value></correctResponse>")
             BODY(CHOICE("maxChoices=\"1\"", AB)) TAIL, "at most 1"},
        {HEAD RESPONSE("multiple", "identifier", "") BODY(CHOICE("maxChoices=\"1\" minChoices=\"2\"", AB)) TAIL, "at least"},
        {HEAD RESPONSE("multiple", "identifier", "") BODY(CHOICE("maxChoices=\"-1\"", AB)) TAIL, "whole number"},
        {HEAD RESPONSE("several", "identifier", "") TAIL, "cardinality"},
        {HEAD RESPONSE("single", "colour", "") TAIL, "baseType"},
        {HEAD "<responseDeclaration identifier=\"R\" cardinality=\"single\"/>" TAIL, "no baseType"},
        {HEAD RESPONSE("single", "integer", CORRECT("four")) TAIL, "does not fit"},
        {HEAD RESPONSE("single", "identifier", "<mapping/>") TAIL, "no mapEntry"},
        {HEAD RESPONSE("single", "identifier", "<mapping><mapEntry mapKey=\"A\" mappedValue=\"much\"/></mapping>") TAIL,
         "not a number"},
        {HEAD RESPONSE("single", "identifier", "<mapping><mapEntry mappedValue=\"1\"/></mapping>") TAIL, "mapKey"},
        {HEAD RESPONSE("single", "point", "<areaMapping/>") TAIL, "areaMapEntry"},
        {HEAD RESPONSE("single", "identifier", "<hint/>") TAIL, "not known in a declaration"},
        {HEAD RESPONSE("single", "identifier", "") SCORE BODY(CHOICE("", AB)) MATCH TAIL, "needs a correctResponse"},
        {HEAD RESPONSE("single", "identifier", CORRECT("A")) BODY(CHOICE("", AB)) MATCH TAIL, "SCORE"},
        {HEAD SCORE MATCH TAIL, "declared as RESPONSE"},
        {HEAD RESPONSE("single", "identifier", "") SCORE
             "<responseProcessing template=\"http://x/map_response\"/>" TAIL, "needs a mapping"},
        {HEAD "<responseProcessing template=\"http://x/guess\"/>" TAIL, "not known"},
        {HEAD "<responseProcessing><setOutcomeValue identifier=\"X\"><null/></setOutcomeValue></responseProcessing>" TAIL,
         "not declared"},
        {HEAD SCORE "<responseProcessing><setOutcomeValue identifier=\"SCORE\"><guess/></setOutcomeValue></responseProcessing>"
             TAIL, "<guess>"},
        {HEAD "<modalFeedback outcomeIdentifier=\"F\" identifier=\"x\">x</modalFeedback>" TAIL, "not declared"},
        {HEAD "<teacherNotes/>" TAIL, "not known in an item"},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

static void what_is_no_item_is_refused_at_once(void **state)
{
    (void)state;
    static const struct bad bad[] = {
        {"", "empty"},
        {"<assessmentItem", "not well-formed"},
        {"<html/>", "not an assessmentItem"},
        {"<assessmentItem xmlns=\"urn:other\" identifier=\"x\"/>", "namespace"},
        {"<assessmentItem title=\"x\"/>", "identifier"},
        {"<!DOCTYPE assessmentItem>" GOOD, "DOCTYPE"},
        {"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" GOOD, "DOCTYPE"},
        {"<?xml version=\"1.0\" encoding=\"GBK\"?><assessmentItem identifier=\"\xff\xff\"/>", "not well-formed"},
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?><assessmentItem identifier=\"\xd6\xd0\"/>", "not well-formed"},
    };
    check_refused(bad, sizeof bad / sizeof *bad);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    struct bytes b = {0};
    struct err e;
    struct item *item = NULL;
    bytes_str(&b, HEAD "<itemBody>");
    for (int i = 0; i < 10000; i++)
        bytes_str(&b, "<div>");
    assert_refused(item_read(&item, "k1.xml", bytes_span(&b), &e), ERR_DATA, "nested", e);
    bytes_release(&b);
}

static void a_huge_file_is_refused_by_its_size(void **state)
{
    (void)state;
    char path[] = "/tmp/kaochang-item-XXXXXX";
    struct err e;
    struct item *item = NULL;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && ftruncate(fd, 1 << 30) == 0);
    close(fd);
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(item_read_file(&item, path, &e), -ERR_DATA);
    clock_gettime(CLOCK_MONOTONIC, &to);
    assert_true(to.tv_sec - from.tv_sec <= 1);
    assert_int_equal(unlink(path), 0);
}

static void the_kind_is_derived_from_the_interactions(void **state)
{
    (void)state;
    static const struct {
        const char *xml;
        enum item_kind kind;
    } kinds[] = {
        {GOOD, ITEM_SINGLE},
        {HEAD RESPONSE("multiple", "identifier", CORRECT("A")) SCORE BODY(CHOICE("maxChoices=\"0\"", AB)) MATCH TAIL, ITEM_MULTIPLE},
        {HEAD RESPONSE("single", "identifier", CORRECT("true")) SCORE
             BODY(CHOICE("", "<simpleChoice identifier=\"true\">对</simpleChoice><simpleChoice identifier=\"false\">错</simpleChoice>"))
                 MATCH TAIL, ITEM_TRUE_FALSE},
        {HEAD RESPONSE("single", "string", CORRECT("x")) SCORE
             BODY("<p>a <textEntryInteraction responseIdentifier=\"RESPONSE\" class=\"a kc-normalize\" expectedLength=\"8\"/></p>")
                 MATCH TAIL, ITEM_FILL},
        {HEAD RESPONSE("ordered", "identifier", CORRECT("A")) SCORE
             BODY("<orderInteraction responseIdentifier=\"RESPONSE\">" AB "</orderInteraction>") MATCH TAIL, ITEM_ORDER},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct item *item = read_good(kinds[i].xml);
        assert_int_equal(item->kind, kinds[i].kind);
        if (item->kind == ITEM_FILL) {
            assert_true(item->interaction->normalize);
            assert_int_equal(item->interaction->expected_length, 8);
        }
        item_free(item);
    }
}

static void what_cannot_be_delivered_is_named(void **state)
{
    (void)state;
    static const struct bad cannot[] = {
        {HEAD RESPONSE("single", "file", "") BODY("<drawingInteraction responseIdentifier=\"RESPONSE\"/>") TAIL,
         "drawingInteraction"},
        {HEAD RESPONSE("single", "point", "") BODY("<selectPointInteraction responseIdentifier=\"RESPONSE\"><object type=\"image/png\""
                                                   " data=\"a.png\">a</object></selectPointInteraction>") TAIL,
         "place on a picture"},
        {HEAD TAIL, "no itemBody"},
        {HEAD BODY("<p>read this</p>") TAIL, "no interaction"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("", AB) "<p><svg xmlns=\"http://www.w3.org/2000/svg\"/></p>") TAIL,
         "svg"},
        {HEAD RESPONSE("single", "identifier", "")
             BODY(CHOICE("", "<prompt><object data=\"x.mp4\">x</object></prompt>" AB)) TAIL, "object"},
        {"<assessmentItem identifier=\"x\" adaptive=\"true\">" RESPONSE("single", "identifier", "") BODY(CHOICE("", AB)) TAIL,
         "adaptive"},
    };
    for (size_t i = 0; i < sizeof cannot / sizeof *cannot; i++) {
        struct err e;
        struct item *item = read_good(cannot[i].xml);
        assert_refused(item_deliverable(item, &e), ERR_DATA, cannot[i].words, e);
        item_free(item);
    }
}

static void a_sealed_exam_takes_only_what_every_machine_scores_alike(void **state)
{
    (void)state;
    struct err e;
    struct item *item = read_good(GOOD);
    assert_done(item_sealed(item, &e), e);
    item_free(item);
    static const struct bad bad[] = {
        {HEAD RESPONSE("single", "identifier", "") SCORE BODY(CHOICE("", AB)) TAIL, "no response processing"},
        {HEAD RESPONSE("single", "identifier", "") BODY(CHOICE("", AB)) "<responseProcessing/>" TAIL, "no outcome SCORE"},
        {HEAD RESPONSE("single", "identifier", "") SCORE BODY(CHOICE("", AB))
             "<responseProcessing><setOutcomeValue identifier=\"SCORE\"><sum><mathOperator name=\"sin\"><baseValue"
             " baseType=\"float\">1</baseValue></mathOperator></sum></setOutcomeValue></responseProcessing>" TAIL, "mathOperator"},
        {HEAD RESPONSE("single", "file", "") SCORE BODY("<uploadInteraction responseIdentifier=\"RESPONSE\"/>") TAIL, "asks for a file"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        item = read_good(bad[i].xml);
        assert_refused(item_sealed(item, &e), ERR_DATA, bad[i].words, e);
        item_free(item);
    }
}

static void the_body_is_a_tree_that_can_be_walked(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "identifier", "")
                                  "<outcomeDeclaration identifier=\"F\" cardinality=\"single\" baseType=\"identifier\"/>" BODY(
        "\n<p>The  <em>first</em>\nline</p><pre>a\n  b</pre><ol><li>x</li></ol>"
        "<table><caption>c</caption><tbody><tr><th>h</th><td colspan=\"2\">d</td></tr></tbody></table>"
        "<p>在计算机\n    中</p><p><img src=\"a.png\" alt=\"a mouse\"/></p><feedbackBlock outcomeIdentifier=\"F\""
        " identifier=\"x\" showHide=\"show\">the answer is A</feedbackBlock><rubricBlock view=\"scorer\">A is right</rubricBlock>"
        "<rubricBlock view=\"candidate\"><p>Choose one.</p></rubricBlock>" CHOICE("", "<prompt>Which?</prompt>" AB)) TAIL);
    const struct item_node *n = item->body->child->next;
    assert_int_equal(n->kind, NODE_PARAGRAPH);
    assert_string_equal(n->child->text, "The ");
    assert_int_equal(n->child->next->kind, NODE_EMPHASIS);
    assert_string_equal(n->child->next->next->text, " line");
    assert_int_equal((n = n->next)->kind, NODE_PREFORMATTED);
    assert_string_equal(n->child->text, "a\n  b");
    assert_int_equal((n = n->next)->kind, NODE_LIST);
    assert_int_equal(n->number, 1);
    assert_int_equal((n = n->next)->kind, NODE_TABLE);
    assert_int_equal(n->child->kind, NODE_CAPTION);
    assert_int_equal(n->child->next->kind, NODE_ROW);
    assert_true(n->child->next->child->header);
    assert_int_equal(n->child->next->child->next->number, 2);
    assert_string_equal((n = n->next)->child->text, "在计算机中");
    assert_int_equal((n = n->next)->child->kind, NODE_IMAGE);
    assert_string_equal(n->child->text, "a mouse");
    assert_int_equal((n = n->next)->kind, NODE_FEEDBACK);
    assert_string_equal(n->condition->variable, "F");
    assert_int_equal((n = n->next)->kind, NODE_GROUP);
    assert_string_equal(n->child->child->text, "Choose one.");
    assert_int_equal((n = n->next)->kind, NODE_INTERACTION);
    assert_string_equal(item_node_text(n->interaction->prompt, item->arena), "Which?");
    assert_string_equal(item_node_text(n->interaction->choice[1].content, item->arena), "b");
    assert_null(n->next);
    item_free(item);
}

#define MAX(value)                                                                                                     \
    "<outcomeDeclaration identifier=\"MAXSCORE\" cardinality=\"single\" baseType=\"float\"><defaultValue><value>" value \
    "</value></defaultValue></outcomeDeclaration>"
#define MAPPED(attrs)                                                                                                  \
    RESPONSE("multiple", "identifier",                                                                                 \
             "<mapping " attrs "><mapEntry mapKey=\"A\" mappedValue=\"1.5\"/><mapEntry mapKey=\"B\" mappedValue=\"2\"/>"   \
             "<mapEntry mapKey=\"C\" mappedValue=\"-1\"/></mapping>")
#define MAP "<responseProcessing template=\"http://x/map_response\"/>"

static void the_maximum_is_what_the_score_can_reach(void **state)
{
    (void)state;
    static const struct {
        const char *xml;
        int64_t milli;
    } good[] = {
        {GOOD, 1000},
        {HEAD MAX("2.5") TAIL, 2500},
        {HEAD "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"4\"/>" TAIL, 4000},
        {HEAD MAPPED("") SCORE MAP TAIL, 3500},
        {HEAD MAPPED("upperBound=\"3\"") SCORE MAP TAIL, 3000},
        {HEAD MAPPED("") SCORE "<responseProcessing><setOutcomeValue identifier=\"SCORE\"><sum><mapResponse identifier=\"RESPONSE\"/>"
                               "</sum></setOutcomeValue></responseProcessing>" TAIL, 3500},
    };
    struct err e;
    points_t p;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct item *item = read_good(good[i].xml);
        assert_done(item_max_score(item, &p, &e), e);
        assert_int_equal(p.milli, good[i].milli);
        item_free(item);
    }
    struct item *item = read_good(HEAD MAX("0") TAIL);
    assert_refused(item_max_score(item, &p, &e), ERR_DATA, "above zero", e);
    item_free(item);
}

static void shuffling_keeps_fixed_choices_and_depends_on_the_seed_alone(void **state)
{
    (void)state;
    struct item *item = read_good(HEAD RESPONSE("single", "identifier", "") BODY(
        CHOICE("shuffle=\"true\"", "<simpleChoice identifier=\"A\"/><simpleChoice identifier=\"B\"/><simpleChoice identifier=\"C\"/>"
                                   "<simpleChoice identifier=\"D\" fixed=\"true\"/><simpleChoice identifier=\"E\"/>")) TAIL);
    struct item_interaction *i = item->interaction;
    uint32_t order[5], again[5], first[5] = {0};
    bool differs = false;
    for (uint32_t s = 0; s < 200; s++) {
        unsigned seen = 0;
        item_choice_order(i, span_of(&s, sizeof s), order);
        item_choice_order(i, span_of(&s, sizeof s), again);
        assert_memory_equal(order, again, sizeof order);
        assert_int_equal(order[3], 3);
        for (size_t k = 0; k < 5; k++)
            seen |= 1u << order[k];
        assert_int_equal(seen, 31);
        differs |= s > 0 && memcmp(order, first, sizeof order) != 0;
        memcpy(first, order, sizeof first);
    }
    assert_true(differs);
    i->shuffle = false;
    item_choice_order(i, span_str("x"), order);
    for (uint32_t k = 0; k < 5; k++)
        assert_int_equal(order[k], k);
    item_free(item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_in_an_item_is_refused_with_its_line),
        cmocka_unit_test(what_is_no_item_is_refused_at_once),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(a_huge_file_is_refused_by_its_size),
        cmocka_unit_test(the_kind_is_derived_from_the_interactions),
        cmocka_unit_test(what_cannot_be_delivered_is_named),
        cmocka_unit_test(a_sealed_exam_takes_only_what_every_machine_scores_alike),
        cmocka_unit_test(the_body_is_a_tree_that_can_be_walked),
        cmocka_unit_test(the_maximum_is_what_the_score_can_reach),
        cmocka_unit_test(shuffling_keeps_fixed_choices_and_depends_on_the_seed_alone),
    };
    return cmocka_run_group_tests_name("item", tests, NULL, NULL);
}
