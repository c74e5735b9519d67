/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/print/print.h"

static const struct print_options options = {
    .title = "Record", .footer = "session s1 · room 301", .made_ms = 1795000000000};

/* What a reader of the file sees: its text, by Debian's pdftotext. */
static char *text_of(struct span pdf)
{
    char path[] = "/tmp/kaochang-print-XXXXXX", command[128];
    static char text[1 << 18];
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, pdf.p, pdf.n) == (ssize_t)pdf.n);
    close(fd);
    snprintf(command, sizeof command, "pdftotext -layout %s -", path);
    FILE *f = popen(command, "r");
    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    assert_int_equal(pclose(f), 0);
    unlink(path);
    return text;
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void finish(struct print *p, struct bytes *out)
{
    struct err e = {0};
    assert_done(print_finish(p, out, &e), e);
    print_free(p);
}

static void what_is_put_in_stands_on_the_paper(void **state)
{
    static const char *const fact[][2] = {{"Room", "301"}, {"Candidates", "30"}, {"考点", "第一中学"}};
    static const char *const label[] = {"Chief proctor", "Proctor"};
    struct print *p = print_new(&options);
    struct bytes out = {0};
    (void)state;
    print_heading(p, 1, "考场记录");
    print_facts(p, fact, 3);
    print_paragraph(p, "Everything went as it should.");
    print_signatures(p, label, 2);
    finish(p, &out);
    assert_memory_equal(out.p, "%PDF-", 5);
    const char *text = text_of(bytes_span(&out));
    assert_non_null(strstr(text, "考场记录"));
    assert_non_null(strstr(text, "第一中学"));
    assert_non_null(strstr(text, "Everything went as it should."));
    assert_non_null(strstr(text, "Chief proctor"));
    assert_non_null(strstr(text, "session s1 · room 301"));
    assert_non_null(strstr(text, "Page 1"));
    bytes_release(&out);
}

static void a_long_table_repeats_its_titles_and_loses_no_row(void **state)
{
    enum { ROWS = 200 };
    static const struct print_column column[] = {
        {"Ticket", 2, false}, {"What happened", 5, false}, {"Min", 1, true}};
    static char ticket[ROWS][16];
    const char *cell[ROWS * 3];
    struct print *p = print_new(&options);
    struct bytes out = {0};
    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        snprintf(ticket[i], sizeof ticket[i], "T%03zu", i);
        cell[3 * i] = ticket[i];
        cell[3 * i + 1] =
            i % 7 ? "extra time"
                  : "a longer story, which takes more than the one line that the others have here";
        cell[3 * i + 2] = "5";
    }
    print_table(p, column, 3, cell, ROWS);
    size_t pages = print_pages(p);
    finish(p, &out);
    assert_true(pages > 3);
    const char *text = text_of(bytes_span(&out));
    assert_int_equal(count(text, "What happened"), pages);
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(count(text, ticket[i]), 1);
    bytes_release(&out);
}

static void the_same_document_is_the_same_file(void **state)
{
    struct bytes out[2] = {{0}, {0}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct print *p = print_new(&options);
        print_heading(p, 2, "Minutes");
        print_paragraph(p, "nothing");
        finish(p, &out[i]);
    }
    assert_true(span_equal(bytes_span(&out[0]), bytes_span(&out[1])));
    bytes_release(&out[0]);
    bytes_release(&out[1]);
}

static void an_empty_table_still_has_its_titles(void **state)
{
    static const struct print_column column[] = {{"Ticket", 1, false}, {"Note", 3, false}};
    struct print *p = print_new(&options);
    struct bytes out = {0};
    (void)state;
    print_table(p, column, 2, NULL, 0);
    finish(p, &out);
    assert_int_equal(count(text_of(bytes_span(&out)), "Note"), 1);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_stands_on_the_paper),
        cmocka_unit_test(a_long_table_repeats_its_titles_and_loses_no_row),
        cmocka_unit_test(the_same_document_is_the_same_file),
        cmocka_unit_test(an_empty_table_still_has_its_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
