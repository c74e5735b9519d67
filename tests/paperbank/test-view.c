/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "paperbank/item/view.h"

static const char full[] =
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"Keys\" label=\"SECRET\">\n"
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"multiple\" baseType=\"identifier\"><correctResponse"
    " interpretation=\"SECRET\"><value>A</value></correctResponse><mapping><mapEntry mapKey=\"A\" mappedValue=\"1\"/></mapping>"
    "</responseDeclaration>"
    "<responseDeclaration identifier=\"R2\" cardinality=\"single\" baseType=\"string\"><correctResponse><value>SECRET</value>"
    "</correctResponse><defaultValue><value>SECRET</value></defaultValue></responseDeclaration>"
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"><matchTable><matchTableEntry"
    " sourceValue=\"1\" targetValue=\"2\"/></matchTable></outcomeDeclaration>"
    "<outcomeDeclaration identifier=\"SECRET\" cardinality=\"single\" baseType=\"identifier\"/>"
    "<itemBody class=\"SECRET\"><!-- SECRET --><p id=\"SECRET\" data-key=\"SECRET\">Which?\t<span class=\"SECRET\">now</span></p>"
    "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"2\" label=\"SECRET\"><prompt>Choose.</prompt>"
    "<simpleChoice identifier=\"A\" fixed=\"SECRET\" class=\"SECRET\">Ctrl &amp; C<feedbackInline outcomeIdentifier=\"SECRET\""
    " identifier=\"A\" showHide=\"show\">SECRET</feedbackInline></simpleChoice>"
    "<simpleChoice identifier=\"B\" fixed=\"true\">Alt</simpleChoice></choiceInteraction>"
    "<p><textEntryInteraction responseIdentifier=\"R2\" class=\"SECRET kc-normalize\" patternMask=\"SECRET\""
    " expectedLength=\"6\"/></p><feedbackBlock outcomeIdentifier=\"SECRET\" identifier=\"x\" showHide=\"show\">SECRET</feedbackBlock>"
    "<rubricBlock view=\"scorer tutor\">SECRET</rubricBlock></itemBody>"
    "<responseProcessing><setOutcomeValue identifier=\"SCORE\"><mapResponse identifier=\"RESPONSE\"/></setOutcomeValue>"
    "</responseProcessing>"
    "<modalFeedback outcomeIdentifier=\"SECRET\" identifier=\"explanation\" showHide=\"show\">SECRET</modalFeedback>"
    "</assessmentItem>";

static const char wanted[] =
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k1\" title=\"\" adaptive=\"false\""
    " timeDependent=\"false\"><responseDeclaration identifier=\"RESPONSE\" cardinality=\"multiple\" baseType=\"identifier\">"
    "</responseDeclaration><responseDeclaration identifier=\"R2\" cardinality=\"single\" baseType=\"string\"></responseDeclaration>"
    "<itemBody><p>Which? <span>now</span></p><choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxChoices=\"2\">"
    "<prompt>Choose.</prompt><simpleChoice identifier=\"A\">Ctrl &amp; C</simpleChoice><simpleChoice identifier=\"B\""
    " fixed=\"true\">Alt</simpleChoice></choiceInteraction><p><textEntryInteraction class=\"kc-normalize\""
    " responseIdentifier=\"R2\" expectedLength=\"6\"></textEntryInteraction></p></itemBody></assessmentItem>\n";

static struct bytes view_of(const char *xml)
{
    struct err e;
    struct item *item = NULL;
    struct bytes out = {0};
    assert_done(item_read(&item, "k1.xml", span_str(xml), &e), e);
    assert_done(item_view_write(item, &out, &e), e);
    item_free(item);
    return out;
}

static void the_view_holds_what_a_candidate_sees_and_nothing_else(void **state)
{
    (void)state;
    struct err e;
    struct bytes view = view_of(full);
    assert_string_equal((const char *)view.p, wanted);
    assert_null(strstr((const char *)view.p, "SECRET"));
    assert_done(item_view_check("view", bytes_span(&view), &e), e);
    bytes_release(&view);
}

static void a_view_of_a_view_is_the_same(void **state)
{
    (void)state;
    struct bytes once = view_of(full), twice = view_of((const char *)once.p);
    assert_true(span_equal(bytes_span(&once), bytes_span(&twice)));
    bytes_release(&once);
    bytes_release(&twice);
}

/* `wanted` with the first `from` replaced. */
static struct bytes altered(const char *from, const char *to)
{
    struct bytes b = {0};
    const char *at = strstr(wanted, from);
    assert_non_null(at);
    bytes_add(&b, wanted, (size_t)(at - wanted));
    bytes_str(&b, to);
    bytes_str(&b, at + strlen(from));
    return b;
}

static void a_view_that_holds_more_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *words;
    } bad[] = {
        {"baseType=\"identifier\">", "baseType=\"identifier\"><correctResponse><value>A</value></correctResponse>", "declaration"},
        {"</itemBody>", "</itemBody><responseProcessing template=\"http://x/match_correct\"/>", ""},
        {"<itemBody>", "<outcomeDeclaration identifier=\"S\" cardinality=\"single\" baseType=\"float\"/><itemBody>",
         "outcomeDeclaration"},
        {"<itemBody>", "<templateProcessing/><itemBody>", "canonical form"},
        {"</itemBody>", "<rubricBlock view=\"scorer\">A</rubricBlock></itemBody>", "canonical"},
        {"</itemBody>", "<feedbackBlock identifier=\"x\">A</feedbackBlock></itemBody>", "feedbackBlock"},
        {"<p>", "<p class=\"right-A\">", "attribute class"},
        {"<p>", "<p xml:id=\"A\">", "attribute id"},
        {"<span>", "<span xmlns=\"urn:other\">", "span"},
        {"<span>", "<!-- A --><span>", "canonical"},
        {"<span>", "<?key A?><span>", "canonical"},
        {"<simpleChoice identifier=\"B\" fixed=\"true\">", "<simpleChoice identifier=\"B\" fixed=\"false\">", "canonical"},
        {"class=\"kc-normalize\"", "class=\"kc-normalize A\"", "canonical"},
        {"title=\"\"", "title=\"\" label=\"A\"", "attribute label"},
        {"title=\"\"", "title=\"A\"", "canonical"},
        {"</assessmentItem>\n", "</assessmentItem>", "canonical"},
        {"timeDependent=\"false\"", "timeDependent=\"A\"", "canonical"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err e = {0};
        struct bytes b = altered(bad[i].from, bad[i].to);
        assert_refused(item_view_check("view", bytes_span(&b), &e), ERR_DATA, bad[i].words, e);
        bytes_release(&b);
    }
}

static void an_item_that_cannot_be_delivered_has_no_view(void **state)
{
    (void)state;
    static const char hotspot[] =
        "<assessmentItem identifier=\"x\"><responseDeclaration identifier=\"R\" cardinality=\"single\" baseType=\"identifier\"/>"
        "<itemBody><hotspotInteraction responseIdentifier=\"R\" maxChoices=\"1\"><object type=\"image/png\" data=\"a.png\"/>"
        "<hotspotChoice identifier=\"A\" shape=\"default\"/></hotspotInteraction></itemBody></assessmentItem>";
    struct err e;
    struct item *item = NULL;
    struct bytes out = {0};
    assert_done(item_read(&item, "x", span_str(hotspot), &e), e);
    assert_refused(item_view_write(item, &out, &e), ERR_DATA, "hotspotInteraction", e);
    bytes_release(&out);
    item_free(item);
}

/* Every interaction that is delivered, each with all it may have and more. */
static const char all[] =
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k2\" title=\"All\">"
    "<responseDeclaration identifier=\"O\" cardinality=\"ordered\" baseType=\"identifier\"><correctResponse><value>B</value><value>A"
    "</value></correctResponse></responseDeclaration>"
    "<responseDeclaration identifier=\"P\" cardinality=\"multiple\" baseType=\"pair\"/>"
    "<responseDeclaration identifier=\"M\" cardinality=\"multiple\" baseType=\"directedPair\"><mapping><mapEntry mapKey=\"A x\""
    " mappedValue=\"1\"/></mapping></responseDeclaration>"
    "<responseDeclaration identifier=\"G\" cardinality=\"multiple\" baseType=\"directedPair\"/>"
    "<responseDeclaration identifier=\"I\" cardinality=\"single\" baseType=\"identifier\"/>"
    "<responseDeclaration identifier=\"E\" cardinality=\"single\" baseType=\"string\"/>"
    "<responseDeclaration identifier=\"H\" cardinality=\"single\" baseType=\"identifier\"/>"
    "<responseDeclaration identifier=\"S\" cardinality=\"single\" baseType=\"float\"><correctResponse><value>7</value></correctResponse>"
    "</responseDeclaration>"
    "<responseDeclaration identifier=\"U\" cardinality=\"single\" baseType=\"file\"/><itemBody>"
    "<orderInteraction responseIdentifier=\"O\" shuffle=\"true\" minChoices=\"1\" maxChoices=\"2\" orientation=\"vertical\" class=\"SECRET\">"
    "<simpleChoice identifier=\"A\" class=\"SECRET\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></orderInteraction>"
    "<associateInteraction responseIdentifier=\"P\" maxAssociations=\"2\"><simpleAssociableChoice identifier=\"A\" matchMax=\"1\""
    " matchMin=\"0\" matchGroup=\"SECRET\">a</simpleAssociableChoice></associateInteraction>"
    "<matchInteraction responseIdentifier=\"M\" shuffle=\"false\" maxAssociations=\"0\"><simpleMatchSet><simpleAssociableChoice"
    " identifier=\"A\" fixed=\"true\" matchMax=\"1\" matchGroup=\"SECRET\">a</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>"
    "<simpleAssociableChoice identifier=\"x\" matchMax=\"2\">x</simpleAssociableChoice></simpleMatchSet></matchInteraction>"
    "<gapMatchInteraction responseIdentifier=\"G\" shuffle=\"true\"><gapText identifier=\"A\" matchMax=\"1\">a</gapText><gapImg"
    " identifier=\"B\" matchMax=\"1\" objectLabel=\"SECRET\"><object type=\"image/png\" data=\"b.png\" width=\"9\" height=\"8\">a\nb</object>"
    "</gapImg><p>1 <gap identifier=\"x\" required=\"true\" matchGroup=\"SECRET\"/></p></gapMatchInteraction>"
    "<p><inlineChoiceInteraction responseIdentifier=\"I\" shuffle=\"true\" required=\"true\"><inlineChoice identifier=\"A\">a</inlineChoice>"
    "</inlineChoiceInteraction></p>"
    "<extendedTextInteraction responseIdentifier=\"E\" expectedLines=\"4\" expectedLength=\"x\" format=\"SECRET\" patternMask=\"SECRET\""
    " placeholderText=\"here\"/>"
    "<hottextInteraction responseIdentifier=\"H\" maxChoices=\"1\"><p>a <hottext identifier=\"A\" class=\"SECRET\">b</hottext></p>"
    "</hottextInteraction>"
    "<sliderInteraction responseIdentifier=\"S\" lowerBound=\"0\" upperBound=\"10\" step=\"0.5\" stepLabel=\"true\" reverse=\"false\"/>"
    "<uploadInteraction responseIdentifier=\"U\" type=\"text/csv\"/>"
    "<p><math xmlns=\"http://www.w3.org/1998/Math/MathML\"><msup><mi>x</mi><mn>2</mn></msup><!-- SECRET --></math></p>"
    "</itemBody></assessmentItem>";

static const char all_wanted[] =
    "<itemBody>"
    "<orderInteraction responseIdentifier=\"O\" shuffle=\"true\" maxChoices=\"2\" minChoices=\"1\" orientation=\"vertical\">"
    "<simpleChoice identifier=\"A\">a</simpleChoice><simpleChoice identifier=\"B\">b</simpleChoice></orderInteraction>"
    "<associateInteraction responseIdentifier=\"P\" maxAssociations=\"2\"><simpleAssociableChoice identifier=\"A\" matchMax=\"1\""
    " matchMin=\"0\">a</simpleAssociableChoice></associateInteraction>"
    "<matchInteraction responseIdentifier=\"M\" maxAssociations=\"0\"><simpleMatchSet><simpleAssociableChoice"
    " identifier=\"A\" fixed=\"true\" matchMax=\"1\">a</simpleAssociableChoice></simpleMatchSet><simpleMatchSet>"
    "<simpleAssociableChoice identifier=\"x\" matchMax=\"2\">x</simpleAssociableChoice></simpleMatchSet></matchInteraction>"
    "<gapMatchInteraction responseIdentifier=\"G\" shuffle=\"true\"><gapText identifier=\"A\" matchMax=\"1\">a</gapText><gapImg"
    " identifier=\"B\" matchMax=\"1\"><img src=\"b.png\" alt=\"a b\" width=\"9\" height=\"8\"></img>"
    "</gapImg><p>1 <gap identifier=\"x\" required=\"true\"></gap></p></gapMatchInteraction>"
    "<p><inlineChoiceInteraction responseIdentifier=\"I\" shuffle=\"true\" required=\"true\"><inlineChoice identifier=\"A\">a</inlineChoice>"
    "</inlineChoiceInteraction></p>"
    "<extendedTextInteraction responseIdentifier=\"E\" expectedLines=\"4\" placeholderText=\"here\"></extendedTextInteraction>"
    "<hottextInteraction responseIdentifier=\"H\" maxChoices=\"1\"><p>a <hottext identifier=\"A\">b</hottext></p></hottextInteraction>"
    "<sliderInteraction responseIdentifier=\"S\" lowerBound=\"0\" upperBound=\"10\" step=\"0.5\" stepLabel=\"true\"></sliderInteraction>"
    "<uploadInteraction responseIdentifier=\"U\" type=\"text/csv\"></uploadInteraction>"
    "<p>x^2</p></itemBody></assessmentItem>\n";

static void every_interaction_is_shown_without_its_key(void **state)
{
    (void)state;
    struct err e;
    struct item *item = NULL;
    struct bytes view = {0};
    assert_done(item_read_lenient(&item, "k2.xml", span_str(all), &e), e);
    assert_done(item_view_write(item, &view, &e), e);
    const char *body = strstr((const char *)view.p, "<itemBody>");
    assert_non_null(body);
    assert_string_equal(body, all_wanted);
    assert_null(strstr((const char *)view.p, "SECRET"));
    assert_null(strstr((const char *)view.p, "correctResponse"));
    assert_done(item_view_check("view", bytes_span(&view), &e), e);
    bytes_release(&view);
    item_free(item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_view_holds_what_a_candidate_sees_and_nothing_else),
        cmocka_unit_test(every_interaction_is_shown_without_its_key),
        cmocka_unit_test(a_view_of_a_view_is_the_same),
        cmocka_unit_test(a_view_that_holds_more_is_refused),
        cmocka_unit_test(an_item_that_cannot_be_delivered_has_no_view),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
