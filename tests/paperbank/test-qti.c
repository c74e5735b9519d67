/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include "paperbank/item/item.h"

#define V30 "xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\""
#define V22 "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\""
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static struct xml_doc *read_good(const char *xml, const char *version)
{
    struct err e;
    struct xml_doc *d = NULL;
    const char *said = NULL;
    assert_done(qti_read(&d, &said, "q.xml", span_str(xml), NULL, &e), e);
    assert_string_equal(said, version);
    return d;
}

static void check_mapped(const char *xml, const char *version, const char *wanted)
{
    struct bytes out = {0}, again = {0};
    struct xml_doc *d = read_good(xml, version);
    qti_write(d, span_str(xml), &out);
    assert_string_equal((const char *)out.p, wanted);
    xml_free(d);
    d = read_good(wanted, "2.2");
    qti_write(d, span_str(wanted), &again);
    assert_true(span_equal(bytes_span(&out), bytes_span(&again)));
    bytes_release(&out);
    bytes_release(&again);
    xml_free(d);
}

static void names_of_3_0_become_those_of_2_2(void **state)
{
    (void)state;
    check_mapped(
        "<qti-assessment-item " V30 " identifier=\"a\" time-dependent=\"false\" xml:lang=\"zh\">"
        "<qti-response-declaration identifier=\"RESPONSE\" cardinality=\"multiple\" base-type=\"directedPair\">"
        "<qti-correct-response><qti-value>A b</qti-value></qti-correct-response>"
        "<qti-mapping lower-bound=\"0\" default-value=\"-1\"><qti-map-entry map-key=\"A b\" mapped-value=\"2\""
        " case-sensitive=\"false\"/></qti-mapping></qti-response-declaration>"
        "<qti-item-body><p class=\"x\" data-note=\"n\" aria-label=\"l\">1</p>"
        "<qti-match-interaction response-identifier=\"RESPONSE\" max-associations=\"2\" data-max-selections-message=\"two\">"
        "<qti-prompt>p</qti-prompt><qti-simple-match-set><qti-simple-associable-choice identifier=\"A\" match-max=\"1\">a"
        "</qti-simple-associable-choice></qti-simple-match-set></qti-match-interaction></qti-item-body>"
        "<qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml\"/>"
        "<qti-modal-feedback outcome-identifier=\"F\" identifier=\"x\" show-hide=\"show\"><qti-content-body>a<b>c</b>d"
        "</qti-content-body></qti-modal-feedback></qti-assessment-item>",
        "3.0",
        XML
        "<assessmentItem " V22 " identifier=\"a\" timeDependent=\"false\" xml:lang=\"zh\">"
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"multiple\" baseType=\"directedPair\">"
        "<correctResponse><value>A b</value></correctResponse>"
        "<mapping lowerBound=\"0\" defaultValue=\"-1\"><mapEntry mapKey=\"A b\" mappedValue=\"2\" caseSensitive=\"false\"/>"
        "</mapping></responseDeclaration>"
        "<itemBody><p class=\"x\" data-note=\"n\" aria-label=\"l\">1</p>"
        "<matchInteraction responseIdentifier=\"RESPONSE\" maxAssociations=\"2\" data-max-selections-message=\"two\">"
        "<prompt>p</prompt><simpleMatchSet><simpleAssociableChoice identifier=\"A\" matchMax=\"1\">a"
        "</simpleAssociableChoice></simpleMatchSet></matchInteraction></itemBody>"
        "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response\"/>"
        "<modalFeedback outcomeIdentifier=\"F\" identifier=\"x\" showHide=\"show\">a<b>c</b>d</modalFeedback></assessmentItem>\n");
}

static void rules_of_3_0_become_those_of_2_2(void **state)
{
    (void)state;
    check_mapped(
        "<qti-assessment-item " V30 " identifier=\"a\"><qti-response-processing><qti-response-condition><qti-response-else-if>"
        "<qti-any-n min=\"1\" max=\"2\"><qti-duration-gte/><qti-duration-lt/><qti-gte/><qti-is-null/><qti-integer-to-float/>"
        "<qti-equal tolerance-mode=\"absolute\" include-lower-bound=\"false\"/><qti-round-to rounding-mode=\"decimalPlaces\"/>"
        "<qti-map-response-point identifier=\"R\"/><qti-string-match case-sensitive=\"true\"/><qti-test-variables"
        " section-identifier=\"S\"/></qti-any-n></qti-response-else-if></qti-response-condition></qti-response-processing>"
        "</qti-assessment-item>",
        "3.0",
        XML
        "<assessmentItem " V22 " identifier=\"a\"><responseProcessing><responseCondition><responseElseIf>"
        "<anyN min=\"1\" max=\"2\"><durationGTE/><durationLT/><gte/><isNull/><integerToFloat/>"
        "<equal toleranceMode=\"absolute\" includeLowerBound=\"false\"/><roundTo roundingMode=\"decimalPlaces\"/>"
        "<mapResponsePoint identifier=\"R\"/><stringMatch caseSensitive=\"true\"/><testVariables"
        " sectionIdentifier=\"S\"/></anyN></responseElseIf></responseCondition></responseProcessing>"
        "</assessmentItem>\n");
}

static void what_3_0_says_by_classes_becomes_attributes(void **state)
{
    (void)state;
    check_mapped("<qti-assessment-item " V30 "><qti-item-body>"
                 "<qti-choice-interaction class=\"qti-orientation-horizontal\"/>"
                 "<qti-order-interaction class=\"qti-orientation-vertical\" orientation=\"horizontal\"/>"
                 "<qti-text-entry-interaction class=\"a qti-input-width-15\"/>"
                 "<qti-extended-text-interaction class=\"qti-height-lines-6\" format=\"preformatted\"/>"
                 "<qti-hotspot-interaction><img src=\"a.jpg\" alt=\"地图\" width=\"9\"/></qti-hotspot-interaction>"
                 "</qti-item-body></qti-assessment-item>",
                 "3.0",
                 XML "<assessmentItem " V22 "><itemBody>"
                     "<choiceInteraction class=\"qti-orientation-horizontal\" orientation=\"horizontal\"/>"
                     "<orderInteraction class=\"qti-orientation-vertical\" orientation=\"horizontal\"/>"
                     "<textEntryInteraction class=\"a qti-input-width-15\" expectedLength=\"15\"/>"
                     "<extendedTextInteraction class=\"qti-height-lines-6\" format=\"preFormatted\" expectedLines=\"6\"/>"
                     "<hotspotInteraction><object data=\"a.jpg\" width=\"9\" type=\"image/jpeg\">地图</object></hotspotInteraction>"
                     "</itemBody></assessmentItem>\n");
}

static void what_2_2_has_no_name_for_is_kept(void **state)
{
    (void)state;
    check_mapped("<!-- made by hand --><?tool x?><qti-assessment-item " V30 " xmlns:x=\"urn:x\" x:own=\"1\"><qti-catalog-info>"
                 "<qti-catalog id=\"c\"><qti-html-content><p>p</p></qti-html-content></qti-catalog></qti-catalog-info>"
                 "<x:qti-part max-size=\"1\"/><qti-item-body><p data-catalog-idref=\"c\">1</p></qti-item-body>"
                 "</qti-assessment-item>",
                 "3.0",
                 XML "<!-- made by hand -->\n<?tool x?>\n<assessmentItem " V22 " xmlns:x=\"urn:x\" x:own=\"1\"><qti-catalog-info " V30 ">"
                     "<qti-catalog id=\"c\"><qti-html-content><p>p</p></qti-html-content></qti-catalog></qti-catalog-info>"
                     "<x:qti-part max-size=\"1\"/><itemBody><p data-catalog-idref=\"c\">1</p></itemBody></assessmentItem>\n");
}

static void older_versions_only_change_their_namespace(void **state)
{
    (void)state;
    check_mapped("<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema"
                 "-instance\" xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsqti_v2p1 imsqti_v2p1.xsd\" identifier=\"a\">"
                 "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct\"/>"
                 "</assessmentItem>",
                 "2.1",
                 XML "<assessmentItem " V22 " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"http:"
                     "//www.imsglobal.org/xsd/imsqti_v2p2 http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd\" identifier=\"a\">"
                     "<responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/>"
                     "</assessmentItem>\n");
    check_mapped("<q:assessmentItem xmlns:q=\"http://www.imsglobal.org/xsd/imsqti_v2p0\"><q:responseProcessing><q:variable"
                 " identifier=\"completion_status\"/></q:responseProcessing></q:assessmentItem>",
                 "2.0",
                 XML "<q:assessmentItem xmlns:q=\"http://www.imsglobal.org/xsd/imsqti_v2p2\"><q:responseProcessing><q:variable"
                     " identifier=\"completionStatus\"/></q:responseProcessing></q:assessmentItem>\n");
    check_mapped("<assessmentItem identifier=\"a\"><itemBody><p xmlns=\"urn:x\"><b xmlns=\"\">1</b></p></itemBody></assessmentItem>",
                 "2.2",
                 XML "<assessmentItem " V22 " identifier=\"a\"><itemBody><p xmlns=\"urn:x\"><b " V22 ">1</b></p></itemBody>"
                     "</assessmentItem>\n");
}

static void a_test_is_mapped_as_an_item_is(void **state)
{
    (void)state;
    check_mapped("<qti-assessment-test " V30 " identifier=\"t\"><qti-test-part navigation-mode=\"linear\" submission-mode=\"individual\">"
                 "<qti-item-session-control max-attempts=\"1\"/><qti-assessment-section><qti-selection with-replacement=\"true\"/>"
                 "<qti-rubric-block view=\"candidate\"><qti-content-body><p>x</p></qti-content-body></qti-rubric-block>"
                 "<qti-assessment-item-ref href=\"a.xml\"><qti-branch-rule target=\"b\"/></qti-assessment-item-ref>"
                 "</qti-assessment-section></qti-test-part></qti-assessment-test>",
                 "3.0",
                 XML "<assessmentTest " V22 " identifier=\"t\"><testPart navigationMode=\"linear\" submissionMode=\"individual\">"
                     "<itemSessionControl maxAttempts=\"1\"/><assessmentSection><selection withReplacement=\"true\"/>"
                     "<rubricBlock view=\"candidate\"><p>x</p></rubricBlock>"
                     "<assessmentItemRef href=\"a.xml\"><branchRule target=\"b\"/></assessmentItemRef>"
                     "</assessmentSection></testPart></assessmentTest>\n");
}

static void a_document_of_2_2_comes_out_byte_for_byte(void **state)
{
    (void)state;
    static const char own[] = "<?xml version='1.0'?>\n\n<assessmentItem\n  " V22 " identifier='a'  ><!-- x --><itemBody/>\r\n</assessmentItem>";
    check_mapped(own, "2.2", own);
}

static void other_encodings_come_out_in_utf_8(void **state)
{
    (void)state;
    check_mapped("<?xml version=\"1.0\" encoding=\"GB18030\"?><assessmentItem " V22 " title=\"\xbf\xbc\xb3\xa1\"/>", "2.2",
                 XML "<assessmentItem " V22 " title=\"考场\"/>\n");
}

static void messages_name_the_lines_of_the_original(void **state)
{
    (void)state;
    static const char xml[] =
        "<qti-assessment-item " V30 " identifier=\"a\" title=\"t\">\n<qti-item-body>\n<qti-rubric-block view=\"candidate\">\n"
        "<qti-content-body>\n<p>x</p></qti-content-body></qti-rubric-block>\n"
        "<qti-portable-custom-interaction response-identifier=\"NONE\"/></qti-item-body></qti-assessment-item>";
    struct err e;
    struct item *item = NULL;
    assert_refused(item_read(&item, "a.xml", span_str(xml), &e), ERR_DATA, "NONE", e);
    assert_string_equal(e.where, "a.xml:6");
    assert_done(item_read_lenient(&item, "a.xml", span_str(xml), &e), e);
    assert_int_equal(item_delivery(item, &e), DELIVERY_NONE);
    assert_non_null(strstr(e.what, "portableCustomInteraction"));
    item_free(item);
}

static void other_namespaces_are_refused(void **state)
{
    (void)state;
    struct err e;
    struct xml_doc *d = NULL;
    const char *version;
    assert_refused(qti_read(&d, &version, "a", span_str("<assessmentItem xmlns=\"urn:x\"/>"), NULL, &e), ERR_DATA, "urn:x", e);
    assert_refused(qti_read(&d, &version, "a", span_str("<!DOCTYPE a><a/>"), NULL, &e), ERR_DATA, "DOCTYPE", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_3_0_become_those_of_2_2),
        cmocka_unit_test(rules_of_3_0_become_those_of_2_2),
        cmocka_unit_test(what_3_0_says_by_classes_becomes_attributes),
        cmocka_unit_test(what_2_2_has_no_name_for_is_kept),
        cmocka_unit_test(older_versions_only_change_their_namespace),
        cmocka_unit_test(a_test_is_mapped_as_an_item_is),
        cmocka_unit_test(a_document_of_2_2_comes_out_byte_for_byte),
        cmocka_unit_test(other_encodings_come_out_in_utf_8),
        cmocka_unit_test(messages_name_the_lines_of_the_original),
        cmocka_unit_test(other_namespaces_are_refused),
    };
    return cmocka_run_group_tests_name("qti", tests, NULL, NULL);
}
