/* SPDX-License-Identifier: Apache-2.0 */
/* What the places of choices tell: in the bytes of a candidate's view, and on the screen. */
#include "tests/check.h"

#include "paperbank/item/view.h"

#define HEAD                                                                                                     \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"q\" title=\"\" "            \
    "adaptive=\"false\" timeDependent=\"false\">"
#define KEY(cardinality, base, values)                                                                           \
    "<responseDeclaration identifier=\"R\" cardinality=\"" cardinality "\" baseType=\"" base "\">"               \
    "<correctResponse>" values "</correctResponse></responseDeclaration>"                                        \
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>"
#define V(text) "<value>" text "</value>"
#define TAIL                                                                                                     \
    "<responseProcessing><responseCondition><responseIf><match><variable identifier=\"R\"/><correct "            \
    "identifier=\"R\"/></match><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">1"            \
    "</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing></assessmentItem>"

#define SIMPLE(id) "<simpleChoice identifier=\"" id "\">" id "</simpleChoice>"
#define FIXED(id) "<simpleChoice identifier=\"" id "\" fixed=\"true\">" id "</simpleChoice>"
#define SIDE(id) "<simpleAssociableChoice identifier=\"" id "\" matchMax=\"1\">" id "</simpleAssociableChoice>"
#define WORD(id) "<gapText identifier=\"" id "\" matchMax=\"1\">" id "</gapText>"
#define GAP(id) "<gap identifier=\"" id "\"/>"

#define ORDER(shuffle, choices)                                                                                  \
    HEAD KEY("ordered", "identifier", V("A") V("B") V("C"))                                                      \
    "<itemBody><orderInteraction responseIdentifier=\"R\" shuffle=\"" shuffle "\">" choices                      \
    "</orderInteraction></itemBody>" TAIL
#define MATCH(shuffle, sources, targets)                                                                         \
    HEAD KEY("multiple", "directedPair", V("A X") V("B Y") V("C Z"))                                             \
    "<itemBody><matchInteraction responseIdentifier=\"R\" maxAssociations=\"3\" shuffle=\"" shuffle "\">"        \
    "<simpleMatchSet>" sources "</simpleMatchSet><simpleMatchSet>" targets "</simpleMatchSet>"                   \
    "</matchInteraction></itemBody>" TAIL
#define GAPS(shuffle, words)                                                                                     \
    HEAD KEY("multiple", "directedPair", V("A X") V("B Y") V("C Z"))                                             \
    "<itemBody><gapMatchInteraction responseIdentifier=\"R\" shuffle=\"" shuffle "\">" words                     \
    "<p>" GAP("X") GAP("Y") GAP("Z") "</p></gapMatchInteraction></itemBody>" TAIL
#define PAIRS(shuffle, choices)                                                                                  \
    HEAD KEY("multiple", "pair", V("A B") V("D C") V("E F"))                                                     \
    "<itemBody><associateInteraction responseIdentifier=\"R\" maxAssociations=\"3\" shuffle=\"" shuffle "\">"    \
    choices "</associateInteraction></itemBody>" TAIL

static struct item *read_item(const char *xml)
{
    struct err e;
    struct item *item = NULL;
    assert_done(item_read(&item, "q.xml", span_str(xml), &e), e);
    return item;
}

static struct bytes view_of(const char *xml)
{
    struct err e;
    struct bytes out = {0};
    struct item *item = read_item(xml);
    assert_done(item_view_write(item, &out, &e), e);
    assert_done(item_view_check("view", bytes_span(&out), &e), e);
    item_free(item);
    return out;
}

static void same_view(const char *one, const char *other)
{
    struct bytes x = view_of(one), y = view_of(other);
    assert_string_equal((const char *)x.p, (const char *)y.p);
    bytes_release(&x);
    bytes_release(&y);
}

static void the_bytes_of_a_view_do_not_keep_the_order_of_the_author(void **state)
{
    (void)state;
    same_view(ORDER("true", SIMPLE("A") SIMPLE("B") SIMPLE("C")),
              ORDER("true", SIMPLE("C") SIMPLE("A") SIMPLE("B")));
    same_view(MATCH("true", SIDE("A") SIDE("B") SIDE("C"), SIDE("X") SIDE("Y") SIDE("Z")),
              MATCH("true", SIDE("B") SIDE("A") SIDE("C"), SIDE("Z") SIDE("X") SIDE("Y")));
    same_view(GAPS("true", WORD("A") WORD("B") WORD("C")), GAPS("true", WORD("B") WORD("C") WORD("A")));
    same_view(PAIRS("true", SIDE("A") SIDE("B") SIDE("C") SIDE("D") SIDE("E") SIDE("F")),
              PAIRS("true", SIDE("F") SIDE("C") SIDE("A") SIDE("B") SIDE("E") SIDE("D")));
}

static void choices_that_are_fixed_or_not_shuffled_stay(void **state)
{
    (void)state;
    struct bytes fixed = view_of(ORDER("true", SIMPLE("C") FIXED("B") SIMPLE("A")));
    struct bytes still = view_of(ORDER("false", SIMPLE("C") SIMPLE("A") SIMPLE("B")));
    const char *at = strstr((const char *)fixed.p, "fixed=\"true\">B");
    assert_non_null(at);
    assert_non_null(strstr(at, "<simpleChoice"));
    assert_true(strstr((const char *)fixed.p, "<simpleChoice") < at - 30);
    assert_non_null(strstr((const char *)still.p, "C</simpleChoice><simpleChoice identifier=\"A\">A</simpleChoice>"));
    bytes_release(&fixed);
    bytes_release(&still);
}

static void a_key_that_is_read_off_the_places_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        ORDER("false", SIMPLE("A") SIMPLE("B") SIMPLE("C")),
        ORDER("true", FIXED("A") FIXED("B") SIMPLE("C")),
        MATCH("false", SIDE("A") SIDE("B") SIDE("C"), SIDE("X") SIDE("Y") SIDE("Z")),
        MATCH("false", SIDE("C") SIDE("A") SIDE("B"), SIDE("Z") SIDE("X") SIDE("Y")),
        GAPS("false", WORD("A") WORD("B") WORD("C")),
        GAPS("false", WORD("A") WORD("B") WORD("C") WORD("D")),
        PAIRS("false", SIDE("A") SIDE("B") SIDE("C") SIDE("D") SIDE("E") SIDE("F")),
    };
    static const char *const good[] = {
        ORDER("true", SIMPLE("A") SIMPLE("B") SIMPLE("C")),
        ORDER("false", SIMPLE("B") SIMPLE("A") SIMPLE("C")),
        MATCH("true", SIDE("A") SIDE("B") SIDE("C"), SIDE("X") SIDE("Y") SIDE("Z")),
        MATCH("false", SIDE("A") SIDE("B") SIDE("C"), SIDE("X") SIDE("Z") SIDE("Y")),
        GAPS("false", WORD("B") WORD("A") WORD("C")),
        PAIRS("false", SIDE("A") SIDE("C") SIDE("B") SIDE("D") SIDE("E") SIDE("F")),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        struct item *item = read_item(bad[i]);
        assert_refused(item_sealed(item, &e), ERR_DATA, "correct order", e);
        item_free(item);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct err e;
        struct item *item = read_item(good[i]);
        assert_done(item_sealed(item, &e), e);
        item_free(item);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bytes_of_a_view_do_not_keep_the_order_of_the_author),
        cmocka_unit_test(choices_that_are_fixed_or_not_shuffled_stay),
        cmocka_unit_test(a_key_that_is_read_off_the_places_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
