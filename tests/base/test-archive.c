/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/archive.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"
#include "tests/check.h"
#include "tests/zip-maker.h"

static int setup(void **state)
{
    char template[] = "/tmp/archive-XXXXXX";
    *state = mem_strdup(mkdtemp(template));
    return 0;
}

static int teardown(void **state)
{
    char *path = path_join(*state, "a.zip");
    unlink(path);
    rmdir(*state);
    free(path);
    free(*state);
    return 0;
}

static int open_made(const char *dir, struct zip_maker *z, const struct archive_limits *limits,
                     struct archive **ret, struct err *e)
{
    char *path = path_join(dir, "a.zip");
    zip_maker_end(z);
    assert_int_equal(file_put(path, 0600, bytes_span(&z->out), e), 0);
    int r = archive_open(ret, path, limits, e);
    zip_maker_free(z);
    free(path);
    return r;
}

static void refused(const char *dir, struct zip_maker *z, const char *words)
{
    struct archive *a = NULL;
    struct err e = {0};
    int r = open_made(dir, z, NULL, &a, &e);
    if (r == 0) {
        struct bytes b = {0};
        r = archive_read(a, 0, 1 << 20, &b, &e);
        bytes_release(&b);
        archive_close(a);
    }
    assert_refused(r, ERR_DATA, words, e);
}

static void stored_and_deflated_entries_are_read(void **state)
{
    struct zip_maker z = {0};
    struct archive *a = NULL;
    struct bytes b = {0};
    struct err e = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "hello"});
    zip_maker_add(&z,
                  (struct zip_made){.name = "d/b.xml", .text = "hello hello hello hello", .deflate = true});
    zip_maker_add(&z, (struct zip_made){.name = "empty/", .text = ""});
    assert_done(open_made(*state, &z, NULL, &a, &e), e);
    assert_int_equal(archive_count(a), 2);
    assert_int_equal(archive_find(a, "d/b.xml"), 1);
    assert_int_equal(archive_find(a, "b.xml"), -1);
    assert_done(archive_read(a, 1, 100, &b, &e), e);
    assert_string_equal((char *)b.p, "hello hello hello hello");
    bytes_release(&b);
    assert_refused(archive_read(a, 0, 4, &b, &e), ERR_DATA, "larger than the limit", e);
    archive_close(a);
}

static void names_in_chinese_are_read_in_every_encoding_that_occurs(void **state)
{
    struct zip_maker z = {0};
    struct archive *a = NULL;
    struct err e = {0};
    zip_maker_add(&z, (struct zip_made){.name = "试题.xml", .text = "", .flags = 0x800});
    zip_maker_add(&z, (struct zip_made){.name = "\xCA\xD4\xBE\xED.xml", .text = ""}); /* 试卷 in GBK */
    zip_maker_add(&z, (struct zip_made){.name = "caf\x82.xml", .text = ""}); /* café in code page 437 */
    assert_done(open_made(*state, &z, NULL, &a, &e), e);
    assert_string_equal(archive_name(a, 0), "试题.xml");
    assert_string_equal(archive_name(a, 1), "试卷.xml");
    assert_string_equal(archive_name(a, 2), "café.xml");
    archive_close(a);
}

static void names_that_lead_out_are_refused(void **state)
{
    static const char *const names[] = {"../a.xml", "a/../../b.xml", "/etc/passwd", "a//b", "./a", "C:a.xml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct zip_maker z = {0};
        zip_maker_add(&z, (struct zip_made){.name = names[i], .text = "x"});
        refused(*state, &z, "not a path inside");
    }
    struct zip_maker z = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a\\b.xml", .text = "x"});
    refused(*state, &z, "backslash");
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a\nb.xml", .text = "x"});
    refused(*state, &z, "control character");
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "ab.xml", .text = "x", .zero_in_name = true});
    refused(*state, &z, "zero byte");
}

static void links_and_encrypted_entries_are_refused(void **state)
{
    struct zip_maker z = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "/etc/passwd", .mode = 0120777});
    refused(*state, &z, "link");
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "x", .flags = 1});
    refused(*state, &z, "without a password");
}

static void names_that_repeat_are_refused(void **state)
{
    struct zip_maker z = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "x"});
    zip_maker_add(&z, (struct zip_made){.name = "A.XML", .text = "y"});
    refused(*state, &z, "twice");
}

static void lying_sizes_are_refused(void **state)
{
    struct zip_maker z = {0};
    zip_maker_add(
        &z, (struct zip_made){.name = "a.xml", .text = "hello hello hello", .deflate = true, .claim = 3});
    refused(*state, &z, "larger than the archive's directory says");
    z = (struct zip_maker){0};
    zip_maker_add(
        &z, (struct zip_made){.name = "a.xml", .text = "hello hello hello", .deflate = true, .claim = 300});
    refused(*state, &z, "size or checksum");
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "hello", .wrong_crc = true});
    refused(*state, &z, "size or checksum");
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "hello", .local_name = "b.xml"});
    refused(*state, &z, "own header");
}

static void entries_that_overlap_are_refused(void **state)
{
    struct zip_maker z = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "hello"});
    zip_maker_add(&z, (struct zip_made){.name = "b.xml", .text = "hello", .over_previous = true});
    refused(*state, &z, "overlaps");
}

static void bombs_are_refused_while_they_grow(void **state)
{
    char *zeros = mem_alloc(8 << 20);
    memset(zeros, ' ', (8 << 20) - 1);
    struct zip_maker z = {0};
    struct archive *a = NULL;
    struct bytes b = {0};
    struct err e = {0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = zeros, .deflate = true});
    zip_maker_add(&z, (struct zip_made){.name = "b.xml", .text = zeros, .deflate = true});
    assert_done(open_made(*state, &z, NULL, &a, &e), e);
    assert_refused(archive_read(a, 0, 16 << 20, &b, &e), ERR_DATA, "no honest file", e);
    archive_close(a);
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = zeros, .deflate = true});
    const struct archive_limits small = {.entries = 10, .total = 1 << 20, .ratio = 5000};
    assert_refused(open_made(*state, &z, &small, &a, &e), ERR_DATA, "past the limit", e);
    z = (struct zip_maker){0};
    zip_maker_add(&z, (struct zip_made){.name = "a", .text = ""});
    zip_maker_add(&z, (struct zip_made){.name = "b", .text = ""});
    const struct archive_limits one = {.entries = 1, .total = 1 << 20, .ratio = 200};
    assert_refused(open_made(*state, &z, &one, &a, &e), ERR_DATA, "more files", e);
    free(zeros);
}

static void an_archive_that_is_cut_off_is_refused(void **state)
{
    struct zip_maker z = {0};
    struct err e = {0};
    struct archive *a = NULL;
    char *path = path_join(*state, "a.zip");
    zip_maker_add(&z, (struct zip_made){.name = "a.xml", .text = "hello"});
    zip_maker_end(&z);
    for (size_t n = 0; n < z.out.n; n++) {
        assert_done(file_put(path, 0600, span_of(z.out.p, n), &e), e);
        assert_int_equal(archive_open(&a, path, NULL, &e), -ERR_DATA);
    }
    zip_maker_free(&z);
    free(path);
}

static void a_text_is_known_by_its_bytes(void **state)
{
    (void)state;
    struct bytes out = {0};
    struct err e = {0};
    assert_int_equal(encoding_of(span_str("试题")), ENCODING_UTF8);
    assert_int_equal(encoding_of(span_str("\xCA\xD4\xCC\xE2")), ENCODING_GB18030);
    assert_int_equal(encoding_of(span_str("\xFF\xFE\xD5\x8B")), ENCODING_UTF16LE);
    assert_int_equal(encoding_of(span_str("\xFF\xFF\xFF")), ENCODING_UNKNOWN);
    assert_done(encoding_convert(&out, ENCODING_GB18030, "t", span_str("\xCA\xD4\xCC\xE2"), &e), e);
    assert_string_equal((char *)out.p, "试题");
    bytes_release(&out);
    assert_refused(encoding_convert(&out, ENCODING_UTF8, "t", span_str("a\nb\xFF"), &e), ERR_DATA,
                   "not a text", e);
    assert_string_equal(e.where, "t:2");
    bytes_release(&out);
    assert_int_equal(encoding_named("gbk"), ENCODING_GB18030);
}

static void a_text_file_gives_its_lines_in_utf8(void **state)
{
    struct text_file *t = NULL;
    struct err e = {0};
    const char *line;
    unsigned number;
    char *path = path_join(*state, "a.zip");
    assert_done(file_put(path, 0600, span_str("\xCA\xD4\r\n\nlast \xCC\xE2"), &e), e);
    assert_done(text_file_open(&t, path, ENCODING_UNKNOWN, 100, &e), e);
    assert_int_equal(text_file_encoding(t), ENCODING_GB18030);
    assert_done(text_file_line(t, &line, &number, &e), e);
    assert_string_equal(line, "试");
    assert_done(text_file_line(t, &line, &number, &e), e);
    assert_string_equal(line, "");
    assert_done(text_file_line(t, &line, &number, &e), e);
    assert_string_equal(line, "last 题");
    assert_int_equal(number, 3);
    assert_done(text_file_line(t, &line, &number, &e), e);
    assert_null(line);
    text_file_close(t);
    assert_refused(text_file_open(&t, path, ENCODING_UNKNOWN, 5, &e), ERR_DATA, "larger than the limit", e);
    assert_done(file_put(path, 0600, span_of("a\n\0", 3), &e), e);
    assert_done(text_file_open(&t, path, ENCODING_UNKNOWN, 100, &e), e);
    assert_refused(text_file_line(t, &line, &number, &e), ERR_DATA, "not a text", e);
    text_file_close(t);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(stored_and_deflated_entries_are_read, setup, teardown),
        cmocka_unit_test_setup_teardown(names_in_chinese_are_read_in_every_encoding_that_occurs, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(names_that_lead_out_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(links_and_encrypted_entries_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(names_that_repeat_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(lying_sizes_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(entries_that_overlap_are_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(bombs_are_refused_while_they_grow, setup, teardown),
        cmocka_unit_test_setup_teardown(an_archive_that_is_cut_off_is_refused, setup, teardown),
        cmocka_unit_test(a_text_is_known_by_its_bytes),
        cmocka_unit_test_setup_teardown(a_text_file_gives_its_lines_in_utf8, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
