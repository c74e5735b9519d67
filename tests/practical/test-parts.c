/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "scoring/practical/parts.h"
#include "tests/practical/office-kit.h"

#define DOCUMENT "<w:document " OFFICE_W "><w:body/></w:document>"

static int open_bytes(const struct bytes *file, struct parts **ret, struct err *e)
{
    *e = (struct err){0};
    return parts_open(ret, "a.docx", bytes_span(file), e);
}

/* Opening, or else reading a.xml, ends with that fault. */
static void assert_fault(struct bytes file, int fault)
{
    struct parts *p = NULL;
    struct bytes b = {0};
    struct err e;
    int r = open_bytes(&file, &p, &e);
    if (r == 0)
        r = parts_read(p, "a.xml", 1 << 20, &b, &e);
    assert_int_equal(r, -ERR_DATA);
    assert_string_equal(practical_fault_name(e.code), practical_fault_name(fault));
    assert_non_null(strstr(e.where, "a.docx"));
    parts_close(p);
    bytes_release(&file);
}

static void assert_holds(struct bytes file, const char *part, const char *wanted)
{
    struct parts *p = NULL;
    struct bytes b = {0};
    struct err e;
    assert_done(open_bytes(&file, &p, &e), e);
    assert_done(parts_read(p, part, 1 << 20, &b, &e), e);
    assert_string_equal(b.p, wanted);
    bytes_release(&b);
    parts_close(p);
    bytes_release(&file);
}

static struct bytes one(struct zip_made m)
{
    struct zip_made list[] = {m, {0}};
    list[0].name = m.name ? m.name : "a.xml";
    list[0].text = m.text ? m.text : "<a>some text, some text, some text</a>";
    return office_zip(list);
}

static void parts_are_read_however_their_sizes_are_told(void **state)
{
    (void)state;
    for (int sizes = SIZES_FIRST; sizes <= SIZES_64; sizes++)
        assert_holds(one((struct zip_made){.text = "中", .sizes = sizes}), "a.xml", "中");
    assert_holds(one((struct zip_made){.name = "Word/A.xml", .text = "x"}), "word/a.XML", "x");
    assert_holds(one((struct zip_made){.name = "word\\a.xml", .text = "x"}), "word/a.xml", "x");
}

static void headers_that_lie_are_refused(void **state)
{
    (void)state;
    assert_fault(one((struct zip_made){.wrong_crc = true}), FAULT_CORRUPT);
    assert_fault(one((struct zip_made){.claim = 3}), FAULT_CORRUPT);
    assert_fault(one((struct zip_made){.claim = 300}), FAULT_CORRUPT);
    assert_fault(one((struct zip_made){.claim = 2 << 20}), FAULT_TOO_BIG);
    assert_fault(one((struct zip_made){.local_name = "b.xml"}), FAULT_CORRUPT);
    assert_fault(one((struct zip_made){.method = 12}), FAULT_UNSUPPORTED);
    assert_fault(one((struct zip_made){.method = 99}), FAULT_ENCRYPTED);
    assert_fault(one((struct zip_made){.flags = 1}), FAULT_ENCRYPTED);
}

static void names_stay_inside_the_file(void **state)
{
    static const char *const bad[] = {"../a.xml", "a/../../b", "/a.xml", "a//b", "c:a", "a/./b", "a\nb"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_fault(one((struct zip_made){.name = bad[i]}), FAULT_UNSAFE_NAME);
    assert_fault(one((struct zip_made){.zero_in_name = true}), FAULT_UNSAFE_NAME);
    assert_holds(one((struct zip_made){.mode = 0120777, .text = "/etc/passwd"}), "a.xml", "/etc/passwd");
}

static void no_two_parts_share_a_name_or_a_byte(void **state)
{
    (void)state;
    assert_fault(
        office_zip((struct zip_made[]){{.name = "a.xml", .text = "1"}, {.name = "A.XML", .text = "2"}, {0}}),
        FAULT_CORRUPT);
    assert_fault(office_zip((struct zip_made[]){{.name = "b.xml", .text = "1"},
                                                {.name = "a.xml", .text = "1", .over_previous = true},
                                                {0}}),
                 FAULT_CORRUPT);
}

static struct bytes cut(struct bytes b, size_t n)
{
    b.n = n;
    return b;
}

static void what_is_no_office_file_is_told_apart(void **state)
{
    struct bytes text = {0}, empty = {0}, old = {0}, locked = {0};
    (void)state;
    bytes_str(&text, "%PDF-1.7");
    bytes_str(&empty, "");
    bytes_add(&old, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 W\0o\0r\0d", 16);
    bytes_add(&locked,
              "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
              "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
              40);
    assert_fault(text, FAULT_NOT_ZIP);
    assert_fault(empty, FAULT_NOT_ZIP);
    assert_fault(old, FAULT_WRONG_TYPE);
    assert_fault(locked, FAULT_ENCRYPTED);
    assert_fault(cut(one((struct zip_made){0}), 90), FAULT_TRUNCATED);
}

static void an_OpenDocument_with_a_password_is_told_as_such(void **state)
{
    (void)state;
    struct zip_made list[] = {{.name = "a.xml", .text = "secret"}, {.name = "META-INF/manifest.xml"}, {0}};
    list[1].text = "<m:manifest xmlns:m='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><m:file-entry>"
                   "<m:encryption-data/></m:file-entry></m:manifest>";
    assert_fault(office_opendocument("text", list), FAULT_ENCRYPTED);
    list[1].text = "<!DOCTYPE manifest SYSTEM 'Manifest.dtd'><manifest/>";
    assert_holds(office_opendocument("text", list), "a.xml", "secret");
}

static void parts_that_grow_too_much_are_refused(void **state)
{
    struct bytes zeros = {0};
    struct parts *p = NULL;
    struct err e;
    uint8_t hash[32];
    (void)state;
    zeros.p = calloc(1, zeros.n = 12 << 20);
    struct bytes file = office_zip((struct zip_made[]){{.name = "a.png", .bytes = bytes_span(&zeros)}, {0}});
    assert_done(open_bytes(&file, &p, &e), e);
    for (int i = 0; i < 20000; i++) { /* inflated once */
        assert_int_equal(parts_hash(p, "a.png", hash, &e), -ERR_DATA);
        assert_int_equal(e.code, FAULT_TOO_BIG);
    }
    parts_close(p);
    bytes_release(&file);
    free(zeros.p);
}

static void a_hash_is_that_of_the_bytes(void **state)
{
    struct bytes file = one((struct zip_made){.text = "abc"});
    struct parts *p = NULL;
    struct err e;
    uint8_t hash[32];
    char hex[65];
    (void)state;
    assert_done(open_bytes(&file, &p, &e), e);
    assert_done(parts_hash(p, "a.xml", hash, &e), e);
    memset(hash, 0, sizeof hash);
    assert_done(parts_hash(p, "a.xml", hash, &e), e);
    assert_string_equal(hex_encode(hex, hash, 32),
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    parts_close(p);
    bytes_release(&file);
}

static void relationships_are_resolved_inside_the_file(void **state)
{
    struct bytes file = office_package(
        "/doc/main.xml",
        (struct zip_made[]){
            {.name = "doc/main.xml", .text = DOCUMENT},
            {.name = "doc/_rels/main.xml.rels",
             .text = OFFICE_RELS(OFFICE_REL("a", "styles", "styles.xml") OFFICE_REL(
                 "b", "image", "../media/%E5%9B%BE.png") OFFICE_REL("c", "image", "../../../etc/passwd")
                                     OFFICE_REL_EXTERNAL("d", "hyperlink", "http://x/../y")
                                         OFFICE_REL("e", "header", "./x/../header1.xml"))},
            {.name = "media/图.png", .text = "x"},
            {0}});
    struct parts *p = NULL;
    struct parts_relationship *rel;
    const char *main_part;
    size_t n;
    struct err e;
    struct arena *a = arena_new();
    (void)state;
    assert_done(open_bytes(&file, &p, &e), e);
    assert_done(parts_main(p, a, &main_part, &e), e);
    assert_string_equal(main_part, "doc/main.xml");
    assert_done(parts_relationships(p, main_part, a, &rel, &n, &e), e);
    assert_int_equal(n, 4);
    assert_string_equal(parts_by_type(rel, n, "styles")->target, "doc/styles.xml");
    assert_string_equal(parts_by_id(rel, n, "b")->target, "media/图.png");
    assert_null(parts_by_id(rel, n, "c"));
    assert_string_equal(parts_by_id(rel, n, "d")->target, "http://x/../y");
    assert_string_equal(parts_by_id(rel, n, "e")->target, "doc/header1.xml");
    assert_done(parts_relationships(p, "media/图.png", a, &rel, &n, &e), e);
    assert_int_equal(n, 0);
    parts_close(p);
    arena_free(a);
    bytes_release(&file);
}

static void assert_main(struct bytes file, const char *wanted)
{
    struct parts *p = NULL;
    const char *main_part = NULL;
    struct err e;
    struct arena *a = arena_new();
    assert_done(open_bytes(&file, &p, &e), e);
    if (wanted) {
        assert_done(parts_main(p, a, &main_part, &e), e);
        assert_string_equal(main_part, wanted);
    } else {
        assert_int_equal(parts_main(p, a, &main_part, &e), -ERR_DATA);
        assert_int_equal(e.code, FAULT_WRONG_TYPE);
    }
    parts_close(p);
    arena_free(a);
    bytes_release(&file);
}

static void the_main_part_is_found_by_the_relationships(void **state)
{
    static const struct zip_made content[] = {{.name = "content.xml", .text = "<a/>"}, {0}};
    (void)state;
    assert_main(office_package("content.xml", content), "content.xml");
    assert_main(office_package("_rels/.rels", content), NULL);
    assert_main(office_package("nothing.xml", content), NULL);
    assert_main(office_zip(content), NULL);
    assert_main(office_opendocument("spreadsheet", content), "content.xml");
}

static void a_part_is_a_tree_with_alternates_resolved(void **state)
{
    struct bytes file = one((struct zip_made){
        .text = "<w:p " OFFICE_W OFFICE_MC "><mc:AlternateContent><mc:Choice Requires='x'><w:r/></mc:Choice>"
                "<mc:Fallback><w:x/></mc:Fallback></mc:AlternateContent></w:p>"});
    struct parts *p = NULL;
    struct xml_tree *t = NULL;
    struct err e;
    (void)state;
    assert_done(open_bytes(&file, &p, &e), e);
    assert_done(parts_tree(p, "a.xml", NULL, &t, &e), e);
    assert_true(xml_tree_is(xml_tree_first_element(xml_tree_root(t)), NS_W, "r"));
    assert_string_equal(xml_tree_name(t), "a.docx/a.xml");
    xml_tree_free(t);
    assert_int_equal(parts_tree(p, "b.xml", NULL, &t, &e), -ERR_NO);
    parts_close(p);
    bytes_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_read_however_their_sizes_are_told),
        cmocka_unit_test(headers_that_lie_are_refused),
        cmocka_unit_test(names_stay_inside_the_file),
        cmocka_unit_test(no_two_parts_share_a_name_or_a_byte),
        cmocka_unit_test(what_is_no_office_file_is_told_apart),
        cmocka_unit_test(an_OpenDocument_with_a_password_is_told_as_such),
        cmocka_unit_test(parts_that_grow_too_much_are_refused),
        cmocka_unit_test(a_hash_is_that_of_the_bytes),
        cmocka_unit_test(relationships_are_resolved_inside_the_file),
        cmocka_unit_test(the_main_part_is_found_by_the_relationships),
        cmocka_unit_test(a_part_is_a_tree_with_alternates_resolved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
