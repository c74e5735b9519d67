/* SPDX-License-Identifier: Apache-2.0 */
/* Paper sheets: numbers, marks, files that only grow, tables. */
#include "tests/check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "office/sheets/sheet-csv.h"
#include "office/sheets/sheet-file.h"
#include "tests/lab/sheet-sample.h"

/* ---- numbers ---- */

static void every_sheet_of_a_session_has_a_number_of_its_own(void **state)
{
    struct sample s;
    (void)state;
    sample_open(&s, 2);
    assert_int_equal(s.list.n, 4 * 3);
    for (size_t i = 0; i < s.list.n; i++) {
        const struct sheet_place *found;
        struct err e = {0};
        assert_done(sheet_list_find(&s.list, s.list.place[i].id, &found, &e), e);
        assert_ptr_equal(found, &s.list.place[i]);
    }
    assert_string_equal(sample_place(&s, "2026001", 1)->rater->id, "E07");
    assert_null(sample_place(&s, "2026001", 2)->rater);
    assert_int_equal(sample_place(&s, "2026004", 1)->group, 2);
    assert_int_equal(sample_place(&s, "2026004", 1)->bench, 1);
    sample_close(&s);
}

static void a_number_is_read_in_small_letters_without_hyphen_and_with_o_for_zero(void **state)
{
    struct sample s;
    const struct sheet_place *found;
    struct err e = {0};
    char typed[16] = "";
    (void)state;
    sample_open(&s, 1);
    const struct sheet_place *p = sample_place(&s, "2026003", 1);
    for (size_t i = 0, n = 0; p->id[i]; i++)
        if (p->id[i] != '-')
            typed[n++] = p->id[i] == '0' ? 'o' : p->id[i] >= 'A' ? (char)(p->id[i] + 32) : p->id[i];
    assert_done(sheet_list_find(&s.list, typed, &found, &e), e);
    assert_ptr_equal(found, p);
    sample_close(&s);
}

static void any_wrong_or_swapped_sign_of_a_number_is_noticed(void **state)
{
    static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    struct sample s;
    const struct sheet_place *found;
    struct err e = {0};
    char typed[16];
    (void)state;
    sample_open(&s, 1);
    const char *id = sample_place(&s, "2026002", 1)->id;
    for (size_t i = 0; i < strlen(id); i++)
        for (size_t k = 0; k < 32 && id[i] != '-'; k++) {
            snprintf(typed, sizeof typed, "%s", id);
            typed[i] = signs[k];
            if (signs[k] != id[i])
                assert_refused(sheet_list_find(&s.list, typed, &found, &e), ERR_DATA, "check", e);
        }
    snprintf(typed, sizeof typed, "%s", id);
    typed[0] = id[1];
    typed[1] = id[0];
    if (id[0] != id[1])
        assert_refused(sheet_list_find(&s.list, typed, &found, &e), ERR_DATA, "check", e);
    sample_close(&s);
}

static void a_sheet_printed_before_the_rubric_was_changed_is_told_with_its_candidate(void **state)
{
    struct sample s;
    const struct sheet_place *found;
    struct err e = {0};
    char old[SHORT_CODE_SHOWN];
    (void)state;
    sample_open(&s, 1);
    sheet_id("lab1", "2026001", "P1", 1, 1, 0, old);
    assert_refused(sheet_list_find(&s.list, old, &found, &e), ERR_DATA, "陈晨", e);
    sheet_id("another", "2026001", "P1", 2, 1, 0, old);
    assert_refused(sheet_list_find(&s.list, old, &found, &e), ERR_DATA, "no such sheet", e);
    sample_close(&s);
}

/* ---- marks ---- */

static void the_word_of_a_mark_reads_back_as_the_mark(void **state)
{
    static const char *const word[] = {"full", "0", "-", "a", "ab", "a*", "a*b"};
    struct sample s;
    char text[SHEET_MARKS];
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    const struct rubric_step *step = &sample_place(&s, "2026001", 1)->rubric->step[0];
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        struct rating_step x;
        assert_done(sheet_marks_read(word[i], step, &x, &e), e);
        assert_string_equal(sheet_marks_text(&x, text), word[i]);
    }
    struct rating_step x;
    assert_refused(sheet_marks_read("c", step, &x, &e), ERR_DATA, "no mark", e);
    assert_refused(sheet_marks_read("*", step, &x, &e), ERR_DATA, "hint", e);
    sample_close(&s);
}

static void a_sum_that_is_not_that_of_the_marks_needs_the_chief(void **state)
{
    struct sample s;
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    struct sheet x = sample_sheet(&s, "2026001", "b full full");
    const struct sheet_place *p = sample_place(&s, "2026001", 1);
    assert_int_equal(x.sum.milli, 5000);
    x.sum = points_milli(6000);
    assert_refused(sheet_check(&x, p, s.plan, &e), ERR_DATA, "says 6, its marks give 5", e);
    x.rating.chief = true;
    assert_done(sheet_check(&x, p, s.plan, &e), e);
    sample_close(&s);
}

static void what_a_fatal_item_ended_needs_no_mark(void **state)
{
    struct sample s;
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    struct sheet x = sample_sheet(&s, "2026001", "b full full");
    const struct sheet_place *p = sample_place(&s, "2026001", 1);
    x.rating.fatals = 1;
    x.sum = points_milli(2000);
    sheet_settle(&x, p);
    assert_int_equal(x.rating.step[1].mark, RATING_UNMARKED);
    assert_done(sheet_check(&x, p, s.plan, &e), e);
    assert_int_equal(x.rating.confirmed_milli, 2000);
    sample_close(&s);
}

/* ---- files ---- */

static char folder[64];

static char *path_of(const char *name)
{
    return path_join(folder, name);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/kaochang-sheets-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static struct sheet_log *open_log(const char *path, const char *clerk)
{
    struct sheet_log *l = NULL;
    struct err e = {0};
    assert_done(sheet_log_open(&l, path, SHEET_FILE_TYPED, "lab1", clerk, &e), e);
    return l;
}

static void type(const struct sample *s, const char *path, const char *clerk, const char *ticket,
                 const char *marks)
{
    struct sheet_log *l = open_log(path, clerk);
    struct sheet x = sample_sheet(s, ticket, marks);
    struct err e = {0};
    assert_done(sheet_log_add(l, &x, &e), e);
    sheet_log_close(l);
}

static void a_file_goes_on_where_it_stood_and_its_last_line_of_a_sheet_counts(void **state)
{
    struct sample s;
    char *path = path_of("first");
    (void)state;
    sample_open(&s, 1);
    type(&s, path, "张三", "2026001", "b full full");
    type(&s, path, "张三", "2026002", "full");
    type(&s, path, "张三", "2026001", "a full full");
    struct sheet_log *l = open_log(path, "张三");
    const struct sheet_file *f = sheet_log_file(l);
    assert_int_equal(f->n, 3);
    assert_int_equal(sheet_file_find(f, sample_place(&s, "2026001", 1)->id)->sum.milli, 4000);
    sheet_log_close(l);
    unlink(path);
    free(path);
    sample_close(&s);
}

static void a_file_belongs_to_one_person_and_one_session(void **state)
{
    struct sample s;
    char *path = path_of("first");
    struct sheet_log *l = NULL;
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    type(&s, path, "张三", "2026001", "full full full");
    assert_refused(sheet_log_open(&l, path, SHEET_FILE_TYPED, "lab1", "李四", &e), ERR_USAGE, "张三", e);
    assert_refused(sheet_log_open(&l, path, SHEET_FILE_TYPED, "lab2", "张三", &e), ERR_USAGE, "lab1", e);
    assert_refused(sheet_log_open(&l, path, SHEET_FILE_THIRD, "lab1", "张三", &e), ERR_USAGE, "other kind",
                   e);
    struct sheet_log *mine = open_log(path, "张三");
    assert_refused(sheet_log_open(&l, path, SHEET_FILE_TYPED, "lab1", "张三", &e), ERR_NO, "another program",
                   e);
    sheet_log_close(mine);
    unlink(path);
    free(path);
    sample_close(&s);
}

/* Wherever the power goes, the sheets told as saved are there, and the next one is taken. */
static void a_file_cut_off_anywhere_keeps_its_whole_lines_and_takes_more(void **state)
{
    struct sample s;
    char *path = path_of("first"), *cut = path_of("cut");
    struct bytes all = {0};
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    type(&s, path, "张三", "2026001", "b full full");
    type(&s, path, "张三", "2026002", "full");
    assert_done(file_read(path, 1 << 20, &all, &e), e);
    size_t head = (size_t)((uint8_t *)memchr(all.p, '\n', all.n) - all.p) + 1;
    for (size_t n = head; n <= all.n; n += n % 7 + 1) {
        size_t lines = 0;
        for (size_t i = head; i < n; i++)
            lines += all.p[i] == '\n';
        unlink(cut);
        assert_done(file_put(cut, 0600, span_of(all.p, n), &e), e);
        struct sheet_log *l = open_log(cut, "张三");
        assert_int_equal(sheet_log_file(l)->n, lines);
        struct sheet x = sample_sheet(&s, "2026003", "full full 0");
        assert_done(sheet_log_add(l, &x, &e), e);
        sheet_log_close(l);
        l = open_log(cut, "张三");
        assert_int_equal(sheet_log_file(l)->n, lines + 1);
        sheet_log_close(l);
    }
    bytes_release(&all);
    unlink(cut);
    unlink(path);
    free(cut);
    free(path);
    sample_close(&s);
}

static void a_line_that_was_edited_dropped_or_moved_is_refused_with_its_number(void **state)
{
    struct sample s;
    char *path = path_of("first");
    struct bytes all = {0};
    struct sheet_file *f = NULL;
    struct err e = {0};
    (void)state;
    sample_open(&s, 1);
    type(&s, path, "张三", "2026001", "b full full");
    type(&s, path, "张三", "2026002", "full");
    assert_done(file_read(path, 1 << 20, &all, &e), e);
    for (size_t i = 0; i < all.n; i += 3) {
        uint8_t was = all.p[i];
        if (was == '\n')
            continue;
        all.p[i] = was == 'x' ? 'y' : 'x';
        assert_int_equal(sheet_file_read(&f, "f", bytes_span(&all), &e), -ERR_DATA);
        all.p[i] = was;
    }
    uint8_t *first = memchr(all.p, '\n', all.n), *second = memchr(first + 1, '\n', all.n);
    struct bytes dropped = {0};
    bytes_add(&dropped, all.p, (size_t)(first + 1 - all.p));
    bytes_add(&dropped, second + 1, (size_t)(all.p + all.n - second - 1));
    assert_refused(sheet_file_read(&f, "f", bytes_span(&dropped), &e), ERR_DATA, "not as it was written", e);
    assert_string_equal(e.where, "f:2");
    bytes_release(&dropped);
    bytes_release(&all);
    unlink(path);
    free(path);
    sample_close(&s);
}

/* ---- tables ---- */

struct complaints {
    size_t n;
    unsigned line[16];
    char text[16][300];
};

static void complain(void *context, unsigned line, const char *message)
{
    struct complaints *c = context;
    if (c->n < 16) {
        c->line[c->n] = line;
        snprintf(c->text[c->n], sizeof c->text[0], "%s", message);
    }
    c->n++;
}

static int read_table(const struct sample *s, const char *text, struct sheet **ret, size_t *n,
                      struct arena *a, struct complaints *c, struct err *e)
{
    *c = (struct complaints){0};
    return sheet_csv_read(ret, n, a, &s->list, "t.csv", span_str(text), complain, c, e);
}

static void a_table_gives_the_same_sheets_as_the_screen(void **state)
{
    struct sample s;
    struct sheet *sheet = NULL;
    size_t n = 0;
    struct complaints c;
    struct err e = {0};
    struct arena *a = arena_new();
    (void)state;
    sample_open(&s, 1);
    char *text = mem_printf("表号,1,2,3,合计,状态\r\n%s,b,满,0,4,\r\n\r\n%s,,,,,缺考\r\n",
                            sample_place(&s, "2026001", 1)->id, sample_place(&s, "2026002", 1)->id);
    assert_done(read_table(&s, text, &sheet, &n, a, &c, &e), e);
    assert_int_equal(n, 2);
    struct sheet typed = sample_sheet(&s, "2026001", "b full 0");
    assert_false(sheet_differs(&sheet[0], &typed, NULL, NULL));
    assert_int_equal(sheet[1].rating.status, RATING_ABSENT);
    free(text);
    arena_free(a);
    sample_close(&s);
}

static void every_bad_row_of_a_table_is_told_with_its_line_and_nothing_is_taken(void **state)
{
    struct sample s;
    struct sheet *sheet = NULL;
    size_t n = 0;
    struct complaints c;
    struct err e = {0};
    struct arena *a = arena_new();
    (void)state;
    sample_open(&s, 1);
    const char *id = sample_place(&s, "2026001", 1)->id;
    char *text =
        mem_printf("sheet,1,2,3,sum,status\n%s,b,full,full,5,\n%s,z,full,full,5,\n%s,b,full,,4,\n"
                   "0000-000A,full,,,6,\n%s,b,full,full,6,\n%s,b,full,full,5,late\n%s,b,full,full,5,\n",
                   id, id, id, id, id, id);
    assert_int_equal(read_table(&s, text, &sheet, &n, a, &c, &e), -ERR_DATA);
    assert_int_equal(c.n, 6);
    static const char *const words[] = {"no mark", "step 3 is not marked", "check", "says 6", "no status",
                                        "twice"};
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(c.line[i], i + 3);
        assert_non_null(strstr(c.text[i], words[i]));
    }
    assert_null(sheet);
    free(text);
    arena_free(a);
    sample_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sheet_of_a_session_has_a_number_of_its_own),
        cmocka_unit_test(a_number_is_read_in_small_letters_without_hyphen_and_with_o_for_zero),
        cmocka_unit_test(any_wrong_or_swapped_sign_of_a_number_is_noticed),
        cmocka_unit_test(a_sheet_printed_before_the_rubric_was_changed_is_told_with_its_candidate),
        cmocka_unit_test(the_word_of_a_mark_reads_back_as_the_mark),
        cmocka_unit_test(a_sum_that_is_not_that_of_the_marks_needs_the_chief),
        cmocka_unit_test(what_a_fatal_item_ended_needs_no_mark),
        cmocka_unit_test(a_file_goes_on_where_it_stood_and_its_last_line_of_a_sheet_counts),
        cmocka_unit_test(a_file_belongs_to_one_person_and_one_session),
        cmocka_unit_test(a_file_cut_off_anywhere_keeps_its_whole_lines_and_takes_more),
        cmocka_unit_test(a_line_that_was_edited_dropped_or_moved_is_refused_with_its_number),
        cmocka_unit_test(a_table_gives_the_same_sheets_as_the_screen),
        cmocka_unit_test(every_bad_row_of_a_table_is_told_with_its_line_and_nothing_is_taken),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
