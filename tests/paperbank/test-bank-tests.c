/* SPDX-License-Identifier: Apache-2.0 */
/* Assessment tests in the bank. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "paperbank/bank/export.h"
#include "paperbank/bank/tests.h"
#include "tests/paperbank/bank-kit.h"

#define RESOURCE(id, type, href) "<resource identifier=\"" id "\" type=\"" type "\" href=\"" href "\"/>\n"
#define ITEM(id, href) RESOURCE(id, "imsqti_item_xmlv2p2", href)

static const char document[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment stays -->\n"
    "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" xmlns:x=\"urn:other\" identifier=\"final\" title=\"期末\">\n"
    "<testPart identifier=\"p\" navigationMode=\"nonlinear\" submissionMode=\"simultaneous\">\n"
    "<assessmentSection identifier=\"s\" title=\"S\" visible=\"true\">\n"
    "<rubricBlock view=\"candidate\"><p><img src=\"../pic.png\" alt=\"A\"/></p></rubricBlock>\n"
    "<assessmentItemRef identifier=\"q1\" href=\"../questions/one.xml\"><x:note>kept</x:note></assessmentItemRef>\n"
    "<assessmentSectionRef identifier=\"r\" href=\"parts/u.xml\"/>\n"
    "</assessmentSection></testPart></assessmentTest>\n";
static const char section[] =
    "<assessmentSection xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"u\" title=\"U\" visible=\"true\">"
    "<rubricBlock view=\"candidate\"><p><img src=\"pic.png\" alt=\"B\"/></p></rubricBlock>\n"
    "<assessmentItemRef identifier=\"q2\" href=\"../../questions/two.xml\"/>\n"
    "<assessmentItemRef identifier=\"q3\" href=\"../../questions/one.xml\"/></assessmentSection>\n";

/* One white pixel (W3C PNG). */
static const uint8_t pixel[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01,
    0x01, 0x01, 0x00, 0xb1, 0x38, 0xf6, 0x14, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
};

static void write_picture(struct kit *k, const char *name)
{
    struct err e;
    char *path = kit_path(k, name);
    assert_done(file_put(path, 0644, span_of(pixel, sizeof pixel), &e), e);
    free(path);
}

static void write_package(struct kit *k)
{
    static const char *const folders[] = {"questions", "tests", "tests/parts"};
    struct err e;
    for (size_t i = 0; i < 3; i++) {
        char *path = kit_path(k, folders[i]);
        assert_done(file_mkdirs(path, false, &e), e);
        free(path);
    }
    kit_write_item(k, "questions/one.xml", "k-one", "Which one?");
    kit_write_item(k, "questions/two.xml", "k-two", "Which other?");
    kit_write(k, "tests/t.xml", document);
    kit_write(k, "tests/parts/u.xml", section);
    write_picture(k, "pic.png");
    write_picture(k, "tests/parts/pic.png");
    kit_write_manifest(k, RESOURCE("T", "imsqti_test_xmlv2p1", "tests/t.xml") ITEM("A", "questions/one.xml")
                              ITEM("B", "questions/two.xml"));
}

static struct bank_test the_test(struct kit *k, struct arena *a)
{
    struct err e;
    struct bank_test t = {0};
    assert_done(bank_test(k->bank, "final", a, &t, &e), e);
    return t;
}

static void a_test_comes_in_after_the_items_that_it_names(void **state)
{
    (void)state;
    struct kit k;
    struct arena *a = arena_new();
    kit_open(&k);
    write_package(&k);
    kit_import(&k, "imsmanifest.xml");
    if (k.n[IMPORT_REFUSED])
        fail_msg("refused: %s: %s", k.item, k.reason);
    assert_int_equal(k.n[IMPORT_NEW], 3);
    struct bank_test t = the_test(&k, a);
    assert_string_equal(t.title, "期末");
    assert_int_equal(t.version, 1);
    const char *xml = arena_strndup(a, (const char *)t.xml.p, t.xml.n);
    assert_non_null(strstr(xml, "href=\"../items/k-one.xml\""));
    assert_non_null(strstr(xml, "href=\"../items/k-two.xml\""));
    assert_null(strstr(xml, "assessmentSectionRef"));
    assert_non_null(strstr(xml, "a comment stays"));
    assert_non_null(strstr(xml, "<x:note>kept</x:note>"));
    assert_null(strstr(xml, "pic.png"));
    assert_non_null(strstr(xml, "<img src=\"media/"));
    arena_free(a);
    kit_close(&k);
}

static void the_same_test_again_changes_nothing_and_another_is_a_new_version(void **state)
{
    (void)state;
    struct kit k;
    struct arena *a = arena_new();
    kit_open(&k);
    write_package(&k);
    kit_import(&k, "imsmanifest.xml");
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_UNCHANGED], 3);
    assert_int_equal(the_test(&k, a).version, 1);
    kit_write(&k, "tests/parts/u.xml",
              "<assessmentSection xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"u\" title=\"V\" visible=\"true\">"
              "<assessmentItemRef identifier=\"q2\" href=\"../../questions/two.xml\"/></assessmentSection>");
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_VERSION], 1);
    assert_int_equal(the_test(&k, a).version, 2);
    arena_free(a);
    kit_close(&k);
}

static void out_and_in_again_a_test_is_the_same_to_the_byte(void **state)
{
    (void)state;
    struct kit k, other;
    struct arena *a = arena_new();
    struct err e;
    size_t n = 0;
    struct bytes first = {0}, second = {0};
    kit_open(&k);
    kit_open(&other);
    write_package(&k);
    kit_import(&k, "imsmanifest.xml");
    char *out = kit_path(&k, "out"), *again = kit_path(&other, "again");
    assert_done(bank_export(k.bank, out, NULL, 0, &n, &e), e);
    assert_int_equal(n, 2);
    int64_t totals[IMPORT_OUTCOMES] = {0};
    assert_done(bank_import(other.bank, out, NULL, 1, NULL, NULL, totals, &e), e);
    assert_int_equal(totals[IMPORT_NEW], 3);
    assert_int_equal(totals[IMPORT_REFUSED], 0);
    assert_true(span_equal(the_test(&k, a).xml, the_test(&other, a).xml));
    assert_done(bank_export(other.bank, again, NULL, 0, &n, &e), e);
    static const char *const files[] = {"imsmanifest.xml", "tests/final.xml", "items/k-one.xml"};
    for (size_t i = 0; i < 3; i++) {
        char *x = path_join(out, files[i]), *y = path_join(again, files[i]);
        bytes_release(&first);
        bytes_release(&second);
        assert_done(file_read(x, 1 << 20, &first, &e), e);
        assert_done(file_read(y, 1 << 20, &second, &e), e);
        assert_true(span_equal(bytes_span(&first), bytes_span(&second)));
        free(x);
        free(y);
    }
    bytes_release(&first);
    bytes_release(&second);
    free(out);
    free(again);
    arena_free(a);
    kit_close(&k);
    kit_close(&other);
}

static void a_test_whose_picture_is_not_there_is_refused(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    write_package(&k);
    char *path = kit_path(&k, "pic.png");
    assert_int_equal(unlink(path), 0);
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_REFUSED], 1);
    assert_non_null(strstr(k.reason, "pic.png"));
    assert_int_equal(k.line, 6);
    free(path);
    kit_close(&k);
}

static void a_test_that_lacks_an_item_is_refused_with_the_line_and_the_items_stay(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    write_package(&k);
    kit_write(&k, "questions/two.xml", "<assessmentItem/>");
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_NEW], 1);
    assert_int_equal(k.n[IMPORT_REFUSED], 2);
    assert_string_equal(k.item, "final");
    assert_non_null(strstr(k.reason, "\"questions/two.xml\" cannot be read"));
    assert_int_equal(k.line, 2);
    kit_close(&k);
}

static void a_test_with_a_fault_is_refused_with_the_line(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    write_package(&k);
    kit_write(&k, "tests/parts/u.xml",
              "<assessmentSection xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"u\" title=\"V\" visible=\"true\">\n"
              "\n<assessmentItemRef identifier=\"q1\" href=\"../../questions/two.xml\"/></assessmentSection>");
    kit_import(&k, "imsmanifest.xml");
    assert_int_equal(k.n[IMPORT_REFUSED], 1);
    assert_non_null(strstr(k.reason, "q1 is there twice"));
    assert_int_equal(k.line, 3);
    kit_close(&k);
}

static void a_test_file_alone_names_items_that_the_bank_has(void **state)
{
    (void)state;
    struct kit k;
    kit_open(&k);
    kit_write_item(&k, "one.xml", "k-one", "Which one?");
    kit_write(&k, "t.xml",
              "<assessmentTest xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"final\" title=\"F\">"
              "<testPart identifier=\"p\" navigationMode=\"linear\" submissionMode=\"individual\">\n"
              "<assessmentSection identifier=\"s\" title=\"S\" visible=\"true\">"
              "<assessmentItemRef identifier=\"q1\" href=\"one.xml\"/></assessmentSection></testPart></assessmentTest>");
    kit_import(&k, "t.xml");
    assert_int_equal(k.n[IMPORT_REFUSED], 1);
    assert_non_null(strstr(k.reason, "import the item first"));
    kit_import(&k, "one.xml");
    kit_import(&k, "t.xml");
    assert_int_equal(k.n[IMPORT_NEW], 1);
    kit_close(&k);
}

static void an_export_of_some_items_holds_the_tests_that_need_no_others(void **state)
{
    (void)state;
    struct kit k;
    struct err e;
    size_t n = 0;
    const char *one[] = {"k-one"};
    kit_open(&k);
    write_package(&k);
    kit_import(&k, "imsmanifest.xml");
    char *out = kit_path(&k, "out"), *tests = path_join(out, "tests");
    assert_done(bank_export(k.bank, out, one, 1, &n, &e), e);
    assert_false(file_exists(tests));
    free(tests);
    free(out);
    kit_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_comes_in_after_the_items_that_it_names),
        cmocka_unit_test(the_same_test_again_changes_nothing_and_another_is_a_new_version),
        cmocka_unit_test(out_and_in_again_a_test_is_the_same_to_the_byte),
        cmocka_unit_test(a_test_whose_picture_is_not_there_is_refused),
        cmocka_unit_test(a_test_that_lacks_an_item_is_refused_with_the_line_and_the_items_stay),
        cmocka_unit_test(a_test_with_a_fault_is_refused_with_the_line),
        cmocka_unit_test(a_test_file_alone_names_items_that_the_bank_has),
        cmocka_unit_test(an_export_of_some_items_holds_the_tests_that_need_no_others),
    };
    return cmocka_run_group_tests_name("bank-tests", tests, NULL, NULL);
}
