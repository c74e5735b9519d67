/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "scoring/practical/files/collect.h"
#include "tests/practical/folder-kit.h"
#include "tests/practical/office-kit.h"

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

/* ---- kinds ---- */

static const char *value(struct arena *a, const struct practical_folder *work,
                         const struct practical_folder *start, const char *path, const char *kind,
                         const char *at, const char *argument)
{
    return kit_value(a, work, start, path, kind, at, argument);
}

static void F1_a_file_and_a_folder_of_that_name_are_told_apart(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *w = kit_folder(a, "考生/", "", "考生/Readme.TXT", "x", NULL);
    assert_string_equal(value(a, w, NULL, "考生/readme.txt", "file.exists", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "考生", "file.exists", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, "考生/", "folder.exists", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "考生\\Readme.TXT", "folder.exists", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, "../考生", "folder.exists", "", NULL), "no");
    arena_free(a);
}

static void F1_a_link_is_no_file(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *w = kit_folder(a, "a.txt", "", NULL);
    kit_file(w, "a.txt")->skipped = "a link";
    assert_string_equal(value(a, w, NULL, "a.txt", "file.exists", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, "a.txt", "file.text", "", NULL), "(absent: a link)");
    arena_free(a);
}

static void F2_what_is_deleted_is_gone(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *w = kit_folder(a, "keep/", "", "keep/a", "x", NULL);
    assert_string_equal(value(a, w, NULL, "b", "file.absent", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "keep/a", "file.absent", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, "old", "folder.absent", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "keep", "folder.absent", "", NULL), "no");
    arena_free(a);
}

static void F3_renamed_is_gone_there_and_here_with_its_content(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *s = kit_folder(a, "readme.txt", "x", "d/", "", "d/1", "1", "e", "5", NULL);
    const struct practical_folder *w = kit_folder(a, "README.txt", "x", "f/", "", "f/1", "1", "g", "6", NULL);
    const struct practical_folder *copy = kit_folder(a, "readme.txt", "x", "README.txt", "x", NULL);
    assert_string_equal(value(a, w, s, "README.txt", "file.renamed", "from=readme.txt", NULL), "yes");
    assert_string_equal(value(a, s, s, "README.txt", "file.renamed", "from=readme.txt", NULL), "no");
    assert_string_equal(value(a, copy, s, "README.txt", "file.renamed", "from=readme.txt", NULL), "no");
    assert_string_equal(value(a, w, s, "f", "file.renamed", "from=d", NULL), "yes");
    assert_string_equal(value(a, w, s, "g", "file.renamed", "from=e", NULL), "no");
    assert_string_equal(value(a, w, s, "g", "file.renamed", "from=e content=any", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "g", "file.renamed", "from=e", NULL), "no");
    assert_string_equal(value(a, w, s, "g", "file.renamed", "", NULL),
                        "(error: the rule names no \"from\", or one that cannot be)");
    arena_free(a);
}

static void F4_copied_is_in_both_places_as_it_was(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *s = kit_folder(a, "a", "x", NULL);
    const struct practical_folder *w = kit_folder(a, "a", "y", "b/", "", "b/a", "x", "c", "y", NULL);
    const struct practical_folder *moved = kit_folder(a, "b/", "", "b/a", "x", NULL);
    assert_string_equal(value(a, w, s, "b/a", "file.copied", "from=a", NULL), "yes");
    assert_string_equal(value(a, w, s, "c", "file.copied", "from=a", NULL), "no");
    assert_string_equal(value(a, moved, s, "b/a", "file.copied", "from=a", NULL), "no");
    assert_string_equal(value(a, w, s, "b/a", "file.same", "", "a"), "yes");
    assert_string_equal(value(a, w, s, "c", "file.same", "", "a"), "no");
    arena_free(a);
}

static void F5_moved_is_gone_at_its_source_with_the_same_content_at_its_target(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *s = kit_folder(a, "a", "x", "b", "keep", NULL);
    const struct practical_folder *w = kit_folder(a, "t/", "", "t/a", "x", "b", "keep", NULL);
    const struct practical_folder *other = kit_folder(a, "t/", "", "t/a", "", NULL);
    assert_string_equal(value(a, w, s, "t/a", "file.moved", "from=a", NULL), "yes");
    assert_string_equal(value(a, other, s, "t/a", "file.moved", "from=a", NULL), "no");
    assert_string_equal(value(a, w, s, "b", "file.unchanged", "", NULL), "yes");
    assert_string_equal(value(a, w, s, "a", "file.unchanged", "", NULL), "no");
    arena_free(a);
}

static void F6_attributes_and_size(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *w = kit_folder(a, ".h", "12345", "r", "1", NULL);
    kit_file(w, "r")->read_only = true;
    assert_string_equal(value(a, w, NULL, "r", "file.read-only", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, ".h", "file.read-only", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, ".h", "file.hidden", "", NULL), "yes");
    assert_string_equal(value(a, w, NULL, "r", "file.hidden", "", NULL), "no");
    assert_string_equal(value(a, w, NULL, ".h", "file.size", "", NULL), "5");
    assert_string_equal(value(a, w, NULL, "x", "file.hidden", "", NULL), "(absent: no such file or folder)");
    arena_free(a);
}

static void F7_found_by_pattern_and_copied(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *s = kit_folder(a, "q/", "", "q/一.txt", "1", "q/d/", "", "q/d/二.TXT", "2",
                                                  "q/三.doc", "3", "to/", "", NULL);
    const struct practical_folder *w = kit_folder(a, "q/一.txt", "1", "q/d/二.TXT", "2", "q/三.doc", "3",
                                                  "to/", "", "to/一.txt", "1", "to/二.TXT", "2", NULL);
    const struct practical_folder *more =
        kit_folder(a, "to/一.txt", "1", "to/二.TXT", "2", "to/三.doc", "3", NULL);
    const struct practical_folder *less = kit_folder(a, "to/一.txt", "1", NULL);
    assert_string_equal(value(a, w, s, "", "files.matching", "folder=q", "*.txt"), "q/d/二.TXT | q/一.txt");
    assert_string_equal(value(a, w, s, "", "files.matching", "folder=q deep=no", "?.txt"), "q/一.txt");
    assert_string_equal(value(a, w, s, "to", "files.copied-matching", "from=q", "*.txt"), "yes");
    assert_string_equal(value(a, s, s, "to", "files.copied-matching", "from=q", "*.txt"), "no");
    assert_string_equal(value(a, more, s, "to", "files.copied-matching", "from=q", "*.txt"), "no");
    assert_string_equal(value(a, less, s, "to", "files.copied-matching", "from=q", "*.txt"), "no");
    arena_free(a);
}

static struct span zip(struct arena *a, const char *one, const char *one_text, const char *two,
                       const char *two_text)
{
    const struct zip_made part[] = {{.name = one, .text = one_text}, {.name = two, .text = two_text}, {0}};
    struct bytes out = office_zip(part);
    struct span s = span_of(arena_copy(a, out.p, out.n), out.n);
    bytes_release(&out);
    return s;
}

static void F8_an_archive_holds_what_a_folder_holds(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *w =
        kit_folder(a, "资料/", "", "资料/甲.txt", "1", "资料/乙.txt", "2", "in.zip", "", "with.zip", "",
                   "less.zip", "", "old.zip", "", "no.zip", "no", NULL);
    kit_file(w, "in.zip")->bytes = zip(a, "甲.txt", "1", "乙.txt", "2");
    kit_file(w, "with.zip")->bytes = zip(a, "资料/甲.txt", "1", "资料/乙.txt", "2");
    kit_file(w, "less.zip")->bytes = zip(a, "甲.txt", "1", NULL, "");
    kit_file(w, "old.zip")->bytes = zip(a, "甲.txt", "1", "乙.txt", "old");
    assert_string_equal(value(a, w, NULL, "with.zip", "file.zip-entries", "", NULL),
                        "资料/乙.txt | 资料/甲.txt");
    assert_string_equal(value(a, w, NULL, "in.zip", "file.zip-equals", "", "资料"), "yes");
    assert_string_equal(value(a, w, NULL, "with.zip", "file.zip-equals", "", "资料"), "yes");
    assert_string_equal(value(a, w, NULL, "less.zip", "file.zip-equals", "", "资料"), "no");
    assert_string_equal(value(a, w, NULL, "old.zip", "file.zip-equals", "", "资料"), "no");
    assert_string_equal(value(a, w, NULL, "in.zip", "file.zip-contains", "", "甲.*"), "yes");
    assert_string_equal(value(a, w, NULL, "less.zip", "file.zip-contains", "", "乙.txt"), "no");
    assert_string_equal(value(a, w, NULL, "old.zip", "file.zip-text", "", "乙.txt"), "old");
    assert_string_equal(value(a, w, w, "资料", "folder.extracted", "from=in.zip", NULL), "yes");
    assert_string_equal(value(a, w, w, "资料", "folder.extracted", "from=old.zip", NULL), "no");
    assert_true(strstr(value(a, w, NULL, "no.zip", "file.zip-entries", "", NULL), "(error: ") != NULL);
    arena_free(a);
}

static void F9_a_shortcut_names_its_target(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char desktop[] = "[Desktop Entry]\nType=Application\nExec=/usr/bin/gedit %U\n";
    struct practical_folder *w =
        kit_folder(a, "a.desktop", desktop, "b.url", "[InternetShortcut]\r\nURL=https://www.example.cn/\r\n",
                   "c.lnk", "", "d.lnk", "no", NULL);
    uint8_t lnk[0x4C + 2 + 4 + 0x1C + 32] = {0x4C};
    uint8_t *info = lnk + 0x4C + 2 + 4;
    lnk[0x14] = 3; /* a list of identifiers of 4 bytes, and where it is */
    lnk[0x4C] = 4;
    info[0] = 0x1C + 32;
    info[4] = 0x1C;
    info[8] = 1;
    info[16] = 0x1C;
    info[24] = 0x1C + 31;
    memcpy(info + 0x1C, "D:\\\xB2\xC4\xC1\xCF\\a.exe", 14);
    kit_file(w, "c.lnk")->bytes = span_of(lnk, sizeof lnk);
    assert_string_equal(value(a, w, NULL, "a.desktop", "file.shortcut", "", NULL), "/usr/bin/gedit %U");
    assert_string_equal(value(a, w, NULL, "b.url", "file.shortcut", "", NULL), "https://www.example.cn/");
    assert_string_equal(value(a, w, NULL, "c.lnk", "file.shortcut", "", NULL), "D:\\材料\\a.exe");
    assert_string_equal(value(a, w, NULL, "d.lnk", "file.shortcut", "", NULL), "(absent: not a shortcut)");
    for (size_t n = 0; n < sizeof lnk; n++) {
        uint8_t *cut = arena_copy(a, lnk, n + 1);
        kit_file(w, "c.lnk")->bytes = span_of(cut, n);
        assert_non_null(value(a, w, NULL, "c.lnk", "file.shortcut", "", NULL));
    }
    arena_free(a);
}

static void F10_a_text_is_read_in_its_encoding(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct practical_folder *w =
        kit_folder(a, "utf8.txt", "\xEF\xBB\xBF第一行\r\n第二行", "gbk.txt", "\xC4\xE3\xBA\xC3\r\n",
                   "utf16.txt", "", "binary.txt", "", "words.txt", "北京，北京。\n北 京", NULL);
    kit_file(w, "utf16.txt")->bytes = span_of("\xFF\xFE\x60\x4F\x7D\x59", 6);
    kit_file(w, "binary.txt")->bytes = span_of("MZ\0\1\xff\xff\xff", 7);
    assert_string_equal(value(a, w, NULL, "utf8.txt", "file.text", "", NULL), "第一行\n第二行");
    assert_string_equal(value(a, w, NULL, "utf8.txt", "file.text", "line=2", NULL), "第二行");
    assert_string_equal(value(a, w, NULL, "utf8.txt", "file.text", "line=3", NULL),
                        "(absent: there are fewer lines)");
    assert_string_equal(value(a, w, NULL, "gbk.txt", "file.text", "line=1", NULL), "你好");
    assert_string_equal(value(a, w, NULL, "gbk.txt", "file.encoding", "", NULL), "gb18030");
    assert_string_equal(value(a, w, NULL, "utf16.txt", "file.text", "", NULL), "你好");
    assert_string_equal(value(a, w, NULL, "utf16.txt", "file.encoding", "", NULL), "utf-16le");
    assert_string_equal(value(a, w, NULL, "binary.txt", "file.text", "", NULL), "(error: not a text)");
    assert_string_equal(value(a, w, NULL, "words.txt", "file.word-count", "", "北京"), "2");
    assert_string_equal(value(a, w, NULL, "words.txt", "file.lines", "", NULL), "2");
    arena_free(a);
}

static void F10_a_table_in_CSV(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    const struct practical_folder *w =
        kit_folder(a, "c.csv", "姓名,分数,\"说明, 等\"\n王芳,92,\"a \"\"b\"\"\nc\"\n李明,,x\n", "s.csv",
                   "姓名;分数\r\n王芳;92,5\r\n\r\n", "open.csv", "a,\"b\nc,d", NULL);
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "cell=B2", NULL), "92");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "row=2 column=3", NULL), "a \"b\"\nc");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "row=3 column=姓名", NULL), "李明");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "row=3 column=2", NULL), "");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "row=3 column=年龄", NULL),
                        "(absent: there is no such cell)");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "cell=D1", NULL),
                        "(absent: there is no such cell)");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.cell", "cell=A99", NULL),
                        "(absent: there is no such cell)");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.rows", "", NULL), "3");
    assert_string_equal(value(a, w, NULL, "c.csv", "csv.row", "row=1", NULL), "姓名 | 分数 | 说明, 等");
    assert_string_equal(value(a, w, NULL, "s.csv", "csv.cell", "cell=B2", NULL), "92,5");
    assert_string_equal(value(a, w, NULL, "s.csv", "csv.rows", "", NULL), "2");
    assert_string_equal(value(a, w, NULL, "open.csv", "csv.rows", "", NULL), "1");
    arena_free(a);
}

static void hear(void *context, const char *kind, const struct locator *at, const struct fact *found)
{
    const char *from = locator_get(at, "from");
    bytes_printf(context, "%s %s%s%s\n", kind, found->place, from ? " < " : "", from ? from : "");
}

static void a_rule_maker_sees_what_went_where(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct bytes out = {0};
    struct check_target t = {.start = kit_folder(a, "a.doc", "x", "b.doc", "y", "c.doc", "z", NULL),
                             .folder = kit_folder(a, "A1.doc", "x", "b.doc", "y", "t/", "", "t/b.doc", "y",
                                                  "t/c.doc", "z", "~$b.doc", "lock", NULL),
                             .path = ""};
    files_family.enumerate(&t, a, hear, &out);
    assert_string_equal(out.p, "file.exists A1.doc\nfile.renamed A1.doc < a.doc\nfile.exists b.doc\n"
                               "folder.exists t\nfile.exists t/b.doc\nfile.copied t/b.doc < b.doc\n"
                               "file.exists t/c.doc\nfile.moved t/c.doc < c.doc\n");
    bytes_release(&out);
    arena_free(a);
}

/* A mapped file that is cut would end the process. */
static void a_file_that_is_cut_while_it_is_looked_at_reads_as_zeros(void **state)
{
    (void)state;
    enum { SIZE = 3 << 16 };
    char *text = mem_alloc(SIZE);
    memset(text, 'x', SIZE);
    kit_write_bytes("cut", text, SIZE);
    struct collected *c = collect(NULL);
    assert_int_equal(truncate("cut", 10), 0);
    const struct practical_file *f = at(c, "cut");
    assert_int_equal(f->bytes.n, SIZE);
    assert_int_equal(f->bytes.p[0], 'x');
    assert_int_equal(f->bytes.p[SIZE - 1], 0);
    assert_int_equal(f->bytes.p[SIZE / 2], 0);
    collect_free(c);
    free(text);
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
        cmocka_unit_test(F1_a_file_and_a_folder_of_that_name_are_told_apart),
        cmocka_unit_test(F1_a_link_is_no_file),
        cmocka_unit_test(F2_what_is_deleted_is_gone),
        cmocka_unit_test(F3_renamed_is_gone_there_and_here_with_its_content),
        cmocka_unit_test(F4_copied_is_in_both_places_as_it_was),
        cmocka_unit_test(F5_moved_is_gone_at_its_source_with_the_same_content_at_its_target),
        cmocka_unit_test(F6_attributes_and_size),
        cmocka_unit_test(F7_found_by_pattern_and_copied),
        cmocka_unit_test(F8_an_archive_holds_what_a_folder_holds),
        cmocka_unit_test(F9_a_shortcut_names_its_target),
        cmocka_unit_test(F10_a_text_is_read_in_its_encoding),
        cmocka_unit_test(F10_a_table_in_CSV),
        cmocka_unit_test(a_rule_maker_sees_what_went_where),
        cmocka_unit_test_setup_teardown(a_file_that_is_cut_while_it_is_looked_at_reads_as_zeros, kit_enter_folder,
                                        kit_leave_folder),
    };
    return cmocka_run_group_tests_name("files", tests, NULL, NULL);
}
