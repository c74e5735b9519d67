/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scoring/practical/files/collect.h"
#include "tests/practical/folder-kit.h"

static struct collected *collect(const struct collect_limits *limits)
{
    struct collected *c = NULL;
    struct err e;
    assert_done(collect_folder(&c, ".", limits, &e), e);
    return c;
}

static const struct practical_file *at(const struct collected *c, const char *path)
{
    const struct practical_file *f = practical_find(collect_files(c), path);
    if (!f)
        fail_msg("no %s", path);
    return f;
}

static void a_folder_is_read_with_sizes_contents_and_marks(void **state)
{
    (void)state;
    kit_write("成绩/一班.csv", "姓名,分数\n");
    kit_write("a-b", "x");
    kit_write("a/b", "x");
    kit_write("empty", "");
    kit_write(".秘密.txt", "?");
    kit_write("~$通知.docx", "lock");
    kit_write(".~lock.通知.odt#", "lock");
    assert_int_equal(chmod("a-b", 0444), 0);
    struct collected *c = collect(NULL);
    const struct practical_folder *f = collect_files(c);
    const char *const expected[] = {
        ".~lock.通知.odt#", ".秘密.txt", "a", "a-b", "a/b", "empty", "~$通知.docx", "成绩", "成绩/一班.csv"};
    assert_int_equal(f->n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < f->n; i++)
        assert_string_equal(f->file[i].path, expected[i]);
    assert_true(at(c, "a")->folder && at(c, "成绩")->folder);
    assert_true(at(c, "a-b")->read_only && !at(c, "a/b")->read_only);
    assert_memory_equal(at(c, "a-b")->hash, at(c, "a/b")->hash, 32);
    assert_true(at(c, ".秘密.txt")->hidden && !at(c, ".秘密.txt")->temporary);
    assert_true(at(c, "~$通知.docx")->temporary && at(c, ".~lock.通知.odt#")->temporary);
    assert_int_equal(at(c, "成绩/一班.csv")->size, strlen("姓名,分数\n"));
    assert_memory_equal(at(c, "成绩/一班.csv")->bytes.p, "姓名,分数\n", strlen("姓名,分数\n"));
    collect_rest(c);
    assert_memory_equal(at(c, "a-b")->bytes.p, "x", 1);
    assert_int_equal(at(c, "empty")->size, 0);
    collect_free(c);
}

static void links_pipes_and_devices_are_listed_and_never_opened(void **state)
{
    (void)state;
    kit_write("real/file", "x");
    assert_int_equal(symlink("/etc/passwd", "out"), 0);
    assert_int_equal(symlink("/", "root"), 0);
    assert_int_equal(symlink("real/file", "in"), 0);
    assert_int_equal(symlink("..", "real/up"), 0);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    struct collected *c = collect(NULL);
    const char *const links[] = {"out", "root", "in", "real/up"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(at(c, links[i])->skipped, "a link");
        assert_int_equal(at(c, links[i])->bytes.n, 0);
        assert_false(at(c, links[i])->folder);
    }
    assert_string_equal(at(c, "pipe")->skipped, "a pipe");
    assert_int_equal(collect_files(c)->n, 7);
    collect_free(c);
}

static void names_that_cannot_be_shown_are_mended(void **state)
{
    (void)state;
    kit_write("a\nb.txt", "1");
    kit_write("\xff\xfe.txt", "2");
    kit_write("\x1b[2J.txt", "3");
    kit_write("\xc2\x9b.txt", "4");
    struct collected *c = collect(NULL);
    assert_int_equal(at(c, "a\xEF\xBF\xBD"
                           "b.txt")
                         ->size,
                     1);
    assert_int_equal(at(c, "\xEF\xBF\xBD\xEF\xBF\xBD.txt")->size, 1);
    assert_int_equal(at(c, "\xEF\xBF\xBD[2J.txt")->size, 1);
    assert_int_equal(at(c, "\xEF\xBF\xBD.txt")->size, 1);
    collect_free(c);
}

static void a_file_of_four_gigabytes_costs_nothing(void **state)
{
    (void)state;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    kit_write("big.docx", "PK");
    assert_int_equal(truncate("big.docx", 4LL << 30), 0);
    struct collected *c = collect(NULL);
    assert_string_equal(at(c, "big.docx")->skipped, "larger than 64 MiB");
    assert_int_equal(at(c, "big.docx")->size, 4LL << 30);
    assert_int_equal(at(c, "big.docx")->bytes.n, 0);
    collect_free(c);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 4096);
}

static void bytes_in_all_are_bounded(void **state)
{
    (void)state;
    const struct collect_limits limits = {
        .entries = 10, .looked_at = 100, .depth = 3, .path = 100, .file = 1 << 20, .total = 10};
    kit_write("a", "1234567");
    kit_write("b", "1234567");
    kit_write("c", "123");
    struct collected *c = collect(&limits);
    assert_null(at(c, "a")->skipped);
    assert_string_equal(at(c, "b")->skipped, "past the limit of bytes in all");
    assert_null(at(c, "c")->skipped);
    collect_free(c);
}

static void folders_nested_too_deep_end(void **state)
{
    (void)state;
    char path[512] = "d";
    for (int i = 0; i < 40; i++)
        memcpy(path + strlen(path), "/d", 3);
    kit_write(path, "x");
    struct collected *c = collect(NULL);
    const struct practical_folder *f = collect_files(c);
    assert_int_equal(f->n, 32);
    assert_string_equal(f->file[31].skipped, "folders nested too deep");
    collect_free(c);
}

static void a_folder_with_too_many_files_is_left_out_and_the_rest_is_there(void **state)
{
    (void)state;
    const struct collect_limits limits = {
        .entries = 10, .looked_at = 1000, .depth = 3, .path = 100, .file = 1 << 20, .total = 1 << 20};
    char path[32];
    for (int i = 0; i < 50; i++) {
        snprintf(path, sizeof path, "many/%d", i);
        kit_write(path, "x");
    }
    kit_write("few/1", "x");
    kit_write("work.docx", "x");
    struct collected *c = collect(&limits);
    assert_int_equal(collect_files(c)->n, 4);
    assert_string_equal(at(c, "many")->skipped, "more files and folders than the limit");
    assert_null(at(c, "work.docx")->skipped);
    assert_non_null(at(c, "few/1"));
    collect_free(c);
}

static void a_million_files_end_with_one_message(void **state)
{
    (void)state;
    const struct collect_limits limits = {
        .entries = 10, .looked_at = 1000, .depth = 3, .path = 100, .file = 1 << 20, .total = 1 << 20};
    char name[16];
    struct collected *c = NULL;
    struct err e;
    for (int i = 0; i < 30; i++) {
        snprintf(name, sizeof name, "%d", i);
        kit_write(name, "x");
    }
    assert_refused(collect_folder(&c, ".", &limits, &e), ERR_DATA, "more than 10 files and folders", e);
    assert_true(e.hint[0]);
    assert_refused(collect_folder(&c, "nowhere", &limits, &e), ERR_ENV, "cannot open the folder", e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_is_read_with_sizes_contents_and_marks, kit_enter_folder,
                                        kit_leave_folder),
        cmocka_unit_test_setup_teardown(links_pipes_and_devices_are_listed_and_never_opened, kit_enter_folder,
                                        kit_leave_folder),
        cmocka_unit_test_setup_teardown(names_that_cannot_be_shown_are_mended, kit_enter_folder,
                                        kit_leave_folder),
        cmocka_unit_test_setup_teardown(a_file_of_four_gigabytes_costs_nothing, kit_enter_folder,
                                        kit_leave_folder),
        cmocka_unit_test_setup_teardown(bytes_in_all_are_bounded, kit_enter_folder, kit_leave_folder),
        cmocka_unit_test_setup_teardown(folders_nested_too_deep_end, kit_enter_folder, kit_leave_folder),
        cmocka_unit_test_setup_teardown(a_folder_with_too_many_files_is_left_out_and_the_rest_is_there,
                                        kit_enter_folder, kit_leave_folder),
        cmocka_unit_test_setup_teardown(a_million_files_end_with_one_message, kit_enter_folder,
                                        kit_leave_folder),
    };
    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
