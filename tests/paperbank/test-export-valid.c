/* SPDX-License-Identifier: Apache-2.0 */
/* What the bank hands on follows our schemas of QTI 2.2 and of its packages: data/schemas/. */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "paperbank/bank/export.h"
#include "paperbank/item/qti.h"
#include "tests/paperbank/bank-kit.h"

static struct xml_schema *load(void)
{
    struct bytes text = {0};
    struct err e;
    struct xml_schema *s = NULL;
    char *path = path_join(getenv("SOURCE_ROOT"), "data/schemas/imscp-qti22.rng");
    assert_done(file_read(path, 1 << 20, &text, &e), e);
    assert_done(xml_schema_load(&s, "imscp-qti22.rng", bytes_span(&text), &e), e);
    bytes_release(&text);
    free(path);
    return s;
}

static void check_manifest(const char *path)
{
    struct xml_schema *s = load();
    struct xml_doc *d = NULL;
    struct err e;
    assert_done(xml_read_file(&d, path, NULL, &e), e);
    assert_done(xml_schema_check(s, d, NULL, NULL, &e), e);
    xml_free(d);
    xml_schema_free(s);
}

static void our_packages_are_valid(void **state)
{
    (void)state;
    static const char *const packages[] = {"data/bank/imsmanifest.xml", "data/practice/imsmanifest.xml"};
    for (size_t i = 0; i < 2; i++) {
        char *path = path_join(getenv("SOURCE_ROOT"), packages[i]);
        check_manifest(path);
        free(path);
    }
}

static void check_item(const char *path)
{
    struct bytes data = {0};
    struct xml_schema *s = NULL;
    struct err e;
    assert_done(file_read(path, 1 << 20, &data, &e), e);
    assert_done(qti_schema(&s, &e), e);
    assert_done(qti_valid(s, path, bytes_span(&data), NULL, NULL, &e), e);
    xml_schema_free(s);
    bytes_release(&data);
}

static void an_export_is_valid_whatever_came_in(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    size_t n = 0;
    kit_open(&k);
    kit_write_item(&k, "a.xml", "a", "Which?");
    kit_import(&k, "a.xml");
    kit_write(&k, "b.xml",
              "<qti-assessment-item xmlns=\"http://www.imsglobal.org/xsd/imsqtiasi_v3p0\" identifier=\"b\" title=\"B\""
              " time-dependent=\"false\"><qti-response-declaration identifier=\"RESPONSE\" cardinality=\"ordered\" base-type=\"identifier\">"
              "<qti-correct-response><qti-value>B</qti-value><qti-value>A</qti-value></qti-correct-response></qti-response-declaration>"
              "<qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" base-type=\"float\"/><qti-item-body><article><p>Sort.</p>"
              "</article><qti-order-interaction response-identifier=\"RESPONSE\" data-x=\"1\"><qti-simple-choice identifier=\"A\">a"
              "</qti-simple-choice><qti-simple-choice identifier=\"B\">b</qti-simple-choice></qti-order-interaction></qti-item-body>"
              "<qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml\"/>"
              "</qti-assessment-item>");
    kit_import(&k, "b.xml");
    assert_int_equal(kit_items(&k), 2);
    char *out = kit_path(&k, "out");
    assert_done(bank_export(k.bank, out, NULL, 0, &n, &e), e);
    assert_int_equal(n, 2);
    static const char *const items[] = {"items/a.xml", "items/b.xml"};
    for (size_t i = 0; i < 2; i++) {
        char *path = path_join(out, items[i]);
        check_item(path);
        free(path);
    }
    char *manifest = path_join(out, "imsmanifest.xml");
    check_manifest(manifest);
    free(manifest);
    free(out);
    kit_close(&k);
}

#define ITEM(language)                                                                                                 \
    "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"k\" title=\"Files &amp; folders\"" \
    " adaptive=\"false\" timeDependent=\"false\" xml:lang=\"" language "\">"                                         \
    "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\"><correctResponse>"     \
    "<value>A</value></correctResponse></responseDeclaration>"                                                         \
    "<outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/><itemBody><choiceInteraction"  \
    " responseIdentifier=\"RESPONSE\" shuffle=\"false\" maxChoices=\"1\"><simpleChoice identifier=\"A\">a</simpleChoice>" \
    "<simpleChoice identifier=\"B\">b</simpleChoice></choiceInteraction></itemBody><responseProcessing"                \
    " template=\"http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct\"/></assessmentItem>"

static struct span read_all(const char *dir, const char *name, struct bytes *out)
{
    struct err e;
    char *path = path_join(dir, name);
    bytes_release(out);
    assert_done(file_read(path, 1 << 20, out, &e), e);
    free(path);
    return bytes_span(out);
}

static void export_to(struct kit *k, const char *dir)
{
    struct err e;
    size_t n = 0;
    assert_done(bank_export(k->bank, dir, NULL, 0, &n, &e), e);
}

static void others_read_what_the_bank_knows(void **state)
{
    (void)state;
    struct kit k;
    struct bytes first = {0}, second = {0};
    kit_open(&k);
    kit_write(&k, "k.xml", ITEM("zh-CN"));
    kit_write_manifest(&k, "<resource identifier=\"R\" type=\"imsqti_item_xmlv2p2\" href=\"k.xml\"><metadata>"
                           "<kc:item knowledgePoint=\"1.1\" facility=\"0.72\" expectedTime=\"45\"/></metadata></resource>");
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(kit_items(&k), 1);
    char *out = kit_path(&k, "out"), *again = kit_path(&k, "again"), *manifest = path_join(out, "imsmanifest.xml");
    export_to(&k, out);
    check_manifest(manifest);
    const char *text = (const char *)read_all(out, "imsmanifest.xml", &first).p;
    static const char *const parts[] = {
        "<imsmd:entry>k</imsmd:entry>", "<imsmd:string language=\"zh-CN\">Files &amp; folders</imsmd:string>",
        "<imsmd:language>zh-CN</imsmd:language>", "<imsmd:keyword><imsmd:string language=\"zh-CN\">",
        "<imsmd:source>LOMv1.0</imsmd:source><imsmd:value>easy</imsmd:value>", "<imsmd:duration>PT45S</imsmd:duration>"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(text, parts[i]))
            fail_msg("%s is not in\n%s", parts[i], text);
    kit_import(&k, "out/imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_UNCHANGED], 1);
    export_to(&k, again);
    assert_true(span_equal(bytes_span(&first), read_all(again, "imsmanifest.xml", &second)));
    bytes_release(&first);
    bytes_release(&second);
    free(out);
    free(again);
    free(manifest);
    kit_close(&k);
}

static void a_language_that_is_none_is_not_told(void **state)
{
    (void)state;
    struct kit k;
    struct bytes text = {0};
    kit_open(&k);
    kit_write(&k, "k.xml", ITEM("zh_CN"));
    kit_import(&k, "k.xml");
    if (kit_items(&k) == 1) {
        char *out = kit_path(&k, "out"), *manifest = path_join(out, "imsmanifest.xml");
        export_to(&k, out);
        check_manifest(manifest);
        assert_null(strstr((const char *)read_all(out, "imsmanifest.xml", &text).p, "zh_CN"));
        free(out);
        free(manifest);
    }
    bytes_release(&text);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_packages_are_valid),
        cmocka_unit_test(an_export_is_valid_whatever_came_in),
        cmocka_unit_test(others_read_what_the_bank_knows),
        cmocka_unit_test(a_language_that_is_none_is_not_told),
    };
    return cmocka_run_group_tests_name("export-valid", tests, NULL, NULL);
}
