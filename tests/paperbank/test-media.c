/* SPDX-License-Identifier: Apache-2.0 */
/* Where the href of a picture leads, and which names the bank gives. */
#include "tests/check.h"

#include "base/package-source.h"
#include "paperbank/bank/media.h"

static const char *leads(const char *path, const char *href, struct arena *a)
{
    const char *to = package_source_resolve(path, href, a);
    return to ? to : "nowhere";
}

static void an_href_is_read_from_where_the_item_lies(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    assert_string_equal(leads("item.xml", "a.png", a), "a.png");
    assert_string_equal(leads("items/item.xml", "a.png", a), "items/a.png");
    assert_string_equal(leads("items/one/item.xml", "../images/a.png", a), "items/images/a.png");
    assert_string_equal(leads("items/item.xml", "../a.png", a), "a.png");
    assert_string_equal(leads("items/item.xml", "./x/../././a.png", a), "items/a.png");
    assert_string_equal(leads("items/item.xml", "%E5%9B%BE%201.png", a), "items/图 1.png");
    assert_string_equal(leads("item.xml", "100%.png", a), "100%.png");
    arena_free(a);
}

static void nothing_leads_out_of_the_package(void **state)
{
    (void)state;
    static const char *const href[] = {
        "../a.png",
        "x/../../a.png",
        "%2e%2e/a.png",
        "/etc/passwd",
        "%2Fetc/passwd",
        "file:///etc/passwd",
        "http://a/b.png",
        "data:image/png;base64,AA",
        "..\\a.png",
        "%5c%5chost%5ca.png",
        "a%00.png",
        "a%0a.png",
        "",
        ".",
        "..",
    };
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof href / sizeof *href; i++)
        if (package_source_resolve("item.xml", href[i], a))
            fail_msg("\"%s\" leads to \"%s\"", href[i], package_source_resolve("item.xml", href[i], a));
    arena_free(a);
}

static void a_kept_picture_is_known_by_its_name(void **state)
{
    (void)state;
#define DIGITS "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    assert_true(item_picture_is_kept("media/" DIGITS ".png"));
    assert_true(item_picture_is_drawing("media/" DIGITS ".svg"));
    assert_false(item_picture_is_kept("media/" DIGITS ".svg"));
    assert_false(item_picture_is_kept("media/" DIGITS "0.png"));
    assert_false(item_picture_is_kept("media/../" DIGITS ".png"));
    assert_false(item_picture_is_kept("media/a.png"));
    assert_false(item_picture_is_kept(""));
}

static void a_picture_with_other_bytes_is_not_what_it_is_named_after(void **state)
{
    char digits[PICTURE_HASH_DIGITS + 1], name[PICTURE_NAME_MAX];
    const struct span bytes = span_of("bytes", 5);
    (void)state;
    item_picture_digits(bytes, digits);
    snprintf(name, sizeof name, PICTURE_FOLDER "/%s.png", digits);
    assert_true(item_picture_is_named_after(name, bytes));
    assert_false(item_picture_is_named_after(name, span_of("other", 5)));
    assert_false(item_picture_is_named_after("media/a.png", bytes));
}

static const char *kept_name(void *context, const char *href)
{
    return strcmp(href, "a.png") == 0 ? context : NULL;
}

static void a_renamed_picture_has_its_new_name_in_what_is_written(void **state)
{
    static const char document[] =
        "<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p2\" identifier=\"i\" title=\"t\" "
        "adaptive=\"false\" timeDependent=\"false\"><itemBody><p><img src=\"a.png\" alt=\"a\"/><img "
        "src=\"b.png\" alt=\"b\"/></p></itemBody></assessmentItem>";
    (void)state;
    struct item *item = NULL;
    struct bytes before = {0}, after = {0};
    struct err e = {0};
    assert_done(item_read_lenient(&item, "i.xml", span_of(document, sizeof document - 1), &e), e);
    item_normal(item, &before);
    assert_memory_equal(before.p, document, before.n);
    char name[] = "media/" DIGITS ".png";
    item_rename_pictures(item, kept_name, name, &after);
    assert_non_null(strstr((const char *)after.p, "media/" DIGITS ".png"));
    assert_null(strstr((const char *)after.p, "\"a.png\""));
    assert_non_null(strstr((const char *)after.p, "\"b.png\""));
    bytes_release(&before);
    bytes_release(&after);
    item_free(item);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_href_is_read_from_where_the_item_lies),
        cmocka_unit_test(nothing_leads_out_of_the_package),
        cmocka_unit_test(a_kept_picture_is_known_by_its_name),
        cmocka_unit_test(a_picture_with_other_bytes_is_not_what_it_is_named_after),
        cmocka_unit_test(a_renamed_picture_has_its_new_name_in_what_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
