/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "paperbank/bank/words.h"

#define HEAD                                                                                                           \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"t\">"                     \
    "<responseDeclaration identifier=\"R\" cardinality=\"multiple\" baseType=\"directedPair\"><correctResponse><value>A x</value>" \
    "</correctResponse></responseDeclaration><outcomeDeclaration identifier=\"F\" cardinality=\"single\" baseType=\"identifier\"/><itemBody>"
#define TAIL "<feedbackBlock outcomeIdentifier=\"F\" identifier=\"f\"><p>x is right</p></feedbackBlock></itemBody></assessmentItem>"
#define SET(id, words)                                                                                                 \
    "<simpleMatchSet><simpleAssociableChoice identifier=\"" id "\" matchMax=\"1\">" words "</simpleAssociableChoice></simpleMatchSet>"
#define MATCH "<matchInteraction responseIdentifier=\"R\"><prompt>Pair.</prompt>" SET("A", "key") SET("x", "lock") "</matchInteraction>"
#define GAPS                                                                                                           \
    "<gapMatchInteraction responseIdentifier=\"R\"><gapText identifier=\"A\" matchMax=\"1\">key</gapText><p>a <gap identifier=\"x\"/> b</p>" \
    "</gapMatchInteraction>"

static void check(const char *xml, const char *stem, const char *body, const char *key)
{
    struct err e;
    struct item *item = NULL;
    struct bytes out = {0};
    assert_done(item_read(&item, "k1.xml", span_str(xml), &e), e);
    assert_string_equal(item_stem(item, item->arena), stem);
    item_write_body(item, item->arena, &out);
    assert_string_equal((const char *)out.p, body);
    bytes_clear(&out);
    item_write_key(item, item->arena, &out);
    assert_string_equal((const char *)out.p, key);
    bytes_release(&out);
    item_free(item);
}

static void both_sets_of_a_match_are_listed_and_the_key_is_in_words(void **state)
{
    (void)state;
    check(HEAD MATCH TAIL, "Pair.", "Pair.\n  [A] key\n      [x] lock\n", "  A x  key - lock\n");
}

static void a_gap_is_a_blank_in_its_text(void **state)
{
    (void)state;
    check(HEAD GAPS TAIL, "a ____ b", "a ____ b\n  [A] key\n", "  A x  key - x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sets_of_a_match_are_listed_and_the_key_is_in_words),
        cmocka_unit_test(a_gap_is_a_blank_in_its_text),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
