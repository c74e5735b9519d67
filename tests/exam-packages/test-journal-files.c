/* SPDX-License-Identifier: Apache-2.0 */
/* Files in a journal: docs/formats.md, "Files". */
#include "tests/check.h"

#include <stdlib.h>

#include "exam-packages/journal-files.h"
#include "exam-packages/journal-fold.h"
#include "exam-packages/journal-rows.h"
#include "tests/desk.h"

enum { LONG = 3 * JOURNAL_PIECE + 1234 };

struct fixture {
    struct desk desk;
    struct journal *j;
    uint8_t *content; /* LONG bytes */
    struct arena *a;
};
static struct err e;

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    desk_open(&f->desk);
    f->j = desk_journal(&f->desk);
    f->content = malloc(LONG);
    for (size_t i = 0; i < LONG; i++)
        f->content[i] = (uint8_t)(i * 7 + i / 256);
    f->a = arena_new();
    desk_add(f->j, 0, JOURNAL_START, "", "");
    desk_add(f->j, 10, JOURNAL_VISIT, "p001", "");
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    journal_close(f->j);
    desk_close(&f->desk);
    arena_free(f->a);
    free(f->content);
    free(f);
    return 0;
}

static void append(struct journal *j, enum journal_kind kind, const char *item, struct bytes *payload)
{
    struct journal_clock at = {.used_ms = 100};
    assert_done(journal_append(j, &at, kind, item, bytes_span(payload), &e), e);
    bytes_release(payload);
}

static struct journal_file file_of(const struct fixture *f, const char *path, struct span content)
{
    struct journal_file file = {.path = path, .size = (int64_t)content.n, .mtime_ms = 1800000000000};
    journal_content_id(f->desk.keys.blob, content, file.id);
    return file;
}

static void put_piece(struct journal *j, const struct journal_file *file, struct span content, int64_t k)
{
    struct bytes payload = {0};
    struct journal_piece p = {.size = file->size, .offset = k * JOURNAL_PIECE};
    size_t left = content.n - (size_t)p.offset;
    memcpy(p.id, file->id, sizeof p.id);
    p.content = span_of(content.p + p.offset, left < JOURNAL_PIECE ? left : JOURNAL_PIECE);
    journal_piece_put(&p, &payload);
    append(j, JOURNAL_FILE, "", &payload);
}

static void put_content(struct journal *j, const struct journal_file *file, struct span content)
{
    int64_t n = file->size == 0 ? 1 : (file->size + JOURNAL_PIECE - 1) / JOURNAL_PIECE;
    for (int64_t k = 0; k < n; k++)
        put_piece(j, file, content, k);
}

static void put_snapshot(struct journal *j, const char *item, struct journal_file *file, size_t n,
                         bool worked)
{
    struct bytes payload = {0};
    journal_snapshot_put(&(struct journal_snapshot){.worked = worked, .file = file, .n = n}, &payload);
    append(j, JOURNAL_SNAPSHOT, item, &payload);
}

static struct journal_files *load(struct journal *j)
{
    struct journal_files *files = NULL;
    assert_done(journal_files_load(&files, j, &e), e);
    return files;
}

static void assert_content(struct journal *j, const struct journal_files *files,
                           const struct journal_file *file, struct span content)
{
    struct bytes got = {0};
    assert_done(journal_files_get(files, j, file, &got, &e), e);
    assert_true(span_equal(bytes_span(&got), content));
    bytes_release(&got);
}

static void a_file_comes_back_as_it_was(void **state)
{
    struct fixture *f = *state;
    struct span longer = span_of(f->content, LONG), empty = span_of("", 0);
    struct journal_file file[] = {file_of(f, "a/空.txt", empty), file_of(f, "成绩.xlsx", longer)};
    put_content(f->j, &file[0], empty);
    put_content(f->j, &file[1], longer);
    put_snapshot(f->j, "p001", file, 2, true);
    struct journal_files *files = load(f->j);
    const struct journal_snapshot *s = journal_files_of(files, "p001");
    assert_non_null(s);
    assert_int_equal(s->n, 2);
    assert_true(s->worked && !s->final);
    assert_string_equal(s->file[1].path, "成绩.xlsx");
    assert_int_equal(s->file[1].mtime_ms, 1800000000000);
    assert_content(f->j, files, &s->file[0], empty);
    assert_content(f->j, files, &s->file[1], longer);
    assert_null(journal_files_of(files, "p002"));
    assert_int_equal(journal_files_bytes(files), LONG);
    journal_files_free(files);
}

static void the_last_snapshot_of_an_item_counts(void **state)
{
    struct fixture *f = *state;
    struct span one = span_str("one"), two = span_str("two");
    struct journal_file first = file_of(f, "x", one), second = file_of(f, "x", two);
    put_content(f->j, &first, one);
    put_snapshot(f->j, "p001", &first, 1, true);
    put_content(f->j, &second, two);
    put_snapshot(f->j, "p001", &second, 1, true);
    struct journal_files *files = load(f->j);
    int64_t epoch, seq;
    assert_content(f->j, files, &journal_files_of(files, "p001")->file[0], two);
    assert_true(journal_files_place(files, "p001", &epoch, &seq));
    assert_int_equal(seq, 6);
    assert_content(f->j, files, &first, one); /* the one before is in the journal, too */
    journal_files_free(files);
}

static void a_content_in_the_middle_of_its_pieces_goes_on_where_it_was(void **state)
{
    struct fixture *f = *state;
    struct span content = span_of(f->content, LONG);
    struct journal_file file = file_of(f, "x", content);
    struct bytes got = {0};
    put_piece(f->j, &file, content, 0);
    put_piece(f->j, &file, content, 1);
    struct journal_files *files = load(f->j);
    assert_int_equal(journal_files_have(files, file.id), 2 * JOURNAL_PIECE);
    assert_false(journal_files_whole(files, file.id, file.size));
    assert_refused(journal_files_get(files, f->j, &file, &got, &e), ERR_DATA, "not whole", e);
    assert_int_equal(got.n, 0);
    journal_files_free(files);
    put_piece(f->j, &file, content, 2);
    put_piece(f->j, &file, content, 3);
    files = load(f->j);
    assert_true(journal_files_whole(files, file.id, file.size));
    assert_content(f->j, files, &file, content);
    journal_files_free(files);
}

static void a_piece_out_of_place_or_twice_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct span content = span_of(f->content, LONG);
    struct journal_file file = file_of(f, "x", content);
    put_piece(f->j, &file, content, 1);
    put_piece(f->j, &file, content, 0);
    put_piece(f->j, &file, content, 0);
    put_piece(f->j, &file, content, 2);
    put_piece(f->j, &file, content, 1);
    put_piece(f->j, &file, content, 2);
    put_piece(f->j, &file, content, 3);
    put_piece(f->j, &file, content, 3);
    struct journal_files *files = load(f->j);
    assert_content(f->j, files, &file, content);
    assert_int_equal(journal_files_bytes(files), LONG);
    journal_files_free(files);
}

static void a_content_that_is_not_what_its_id_says_is_not_given(void **state)
{
    struct fixture *f = *state;
    struct journal_file file = file_of(f, "x", span_str("one"));
    struct bytes got = {0};
    put_content(f->j, &file, span_str("two"));
    struct journal_files *files = load(f->j);
    assert_int_equal(journal_files_get(files, f->j, &file, &got, &e), -ERR_DATA);
    journal_files_free(files);
}

static void a_damaged_payload_is_counted_and_costs_nothing_else(void **state)
{
    struct fixture *f = *state;
    struct journal_file file = file_of(f, "x", span_str("one"));
    put_content(f->j, &file, span_str("one"));
    put_snapshot(f->j, "p001", &file, 1, true);
    desk_add(f->j, 200, JOURNAL_FILE, "", "no piece");
    desk_add(f->j, 200, JOURNAL_SNAPSHOT, "p001", "no snapshot");
    struct journal_files *files = load(f->j);
    assert_int_equal(journal_files_damaged(files), 2);
    assert_content(f->j, files, &journal_files_of(files, "p001")->file[0], span_str("one"));
    journal_files_free(files);
}

static int take_row(void *context, const struct journal_stored *row, struct err *error)
{
    int64_t seq;
    return journal_take(context, row, 1, &seq, error);
}

/* The machine was lost after the first snapshot reached the room; another one goes on. */
/* A forged journal: events as many as a journal may have. */
static void contents_and_items_without_number_cost_neither_time_nor_memory(void **state)
{
    (void)state;
    struct journal_files *files = journal_files_new();
    struct bytes piece = {0}, snapshot = {0};
    char item[24];
    journal_snapshot_put(&(struct journal_snapshot){.worked = true}, &snapshot);
    for (uint32_t i = 0; i < JOURNAL_MAX_DIFFERENT + 5000; i++) {
        struct journal_piece p = {
            .id = {(uint8_t)(i * 7), (uint8_t)(i >> 8), (uint8_t)(i >> 16), (uint8_t)i}};
        bytes_clear(&piece);
        journal_piece_put(&p, &piece);
        snprintf(item, sizeof item, "i%u", i);
        journal_files_add(
            files, &(struct journal_event){.kind = JOURNAL_FILE, .item = "", .payload = bytes_span(&piece)});
        if (i < JOURNAL_MAX_FILE_ITEMS + 10)
            journal_files_add(files, &(struct journal_event){.kind = JOURNAL_SNAPSHOT,
                                                             .item = item,
                                                             .payload = bytes_span(&snapshot)});
    }
    assert_true(journal_files_full(files));
    assert_int_equal(journal_files_damaged(files), 5000 + 10);
    assert_non_null(journal_files_of(files, "i999"));
    assert_null(journal_files_of(files, "i1000"));
    journal_files_free(files);
    bytes_release(&piece);
    bytes_release(&snapshot);
}

static void files_come_along_to_another_machine_and_what_was_superseded_does_not_count(void **state)
{
    struct fixture *f = *state;
    struct journal *copy = NULL;
    struct bytes act = {0};
    struct span longer = span_of(f->content, LONG);
    struct journal_file one = file_of(f, "x", longer), lost = file_of(f, "x", span_str("lost")),
                        later = file_of(f, "y", span_str("later"));
    struct journal_clock at = {.used_ms = 300};
    char path[160];
    put_content(f->j, &one, longer);
    put_snapshot(f->j, "p001", &one, 1, true);
    struct journal_epoch start = f->desk.start;
    start.epoch = 2;
    journal_head(f->j, &start.fork_epoch, &start.fork_seq, start.fork_hash);
    put_content(f->j, &lost, span_str("lost"));
    put_snapshot(f->j, "p001", &lost, 1, true);
    snprintf(path, sizeof path, "%s/copy.journal", f->desk.dir);
    assert_done(journal_create(path, &f->desk.start, NULL, &e), e);
    assert_done(journal_open(&copy, path, NULL, NULL, &e), e);
    assert_done(journal_unseal(copy, &f->desk.recovery, 1, &e), e);
    assert_done(journal_stored_after(f->j, 1, 0, 100, take_row, copy, &e), e);
    assert_done(journal_read(copy, NULL, NULL, &e), e);
    f->desk.start.epoch = 2;
    desk_act(&f->desk, JOURNAL_RESEAT, 1, 0, &act);
    assert_done(journal_begin_epoch(copy, &start, &f->desk.recovery, &at, bytes_span(&act), &e), e);
    assert_done(journal_read(copy, NULL, NULL, &e), e);
    struct journal_files *files = load(copy);
    assert_content(copy, files, &journal_files_of(files, "p001")->file[0], longer);
    assert_int_equal(journal_files_have(files, lost.id), -1);
    journal_files_free(files);
    put_content(copy, &later, span_str("later"));
    struct journal_file both[] = {one, later};
    put_snapshot(copy, "p001", both, 2, true);
    files = load(copy);
    assert_content(copy, files, &journal_files_of(files, "p001")->file[0], longer);
    assert_content(copy, files, &journal_files_of(files, "p001")->file[1], span_str("later"));
    journal_files_free(files);
    journal_close(copy);
    bytes_release(&act);
}

static void the_fold_tells_whether_an_item_was_worked_on(void **state)
{
    struct fixture *f = *state;
    struct journal_work w = {0};
    struct journal_file file = file_of(f, "x", span_str("one"));
    put_content(f->j, &file, span_str("one"));
    put_snapshot(f->j, "p001", &file, 1, true);
    assert_done(journal_fold(f->j, &w, &e), e);
    assert_true(journal_work_find(&w, "p001")->worked);
    journal_work_release(&w);
    put_snapshot(f->j, "p001", &file, 1, false);
    assert_done(journal_fold(f->j, &w, &e), e);
    assert_false(journal_work_find(&w, "p001")->worked);
    journal_work_release(&w);
}

static void payloads_outside_their_limits_are_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        int64_t size, offset;
        size_t n;
    } bad[] = {{10, 0, 9},
               {10, 5, 5},
               {-1, 0, 0},
               {10, 10, 0},
               {(int64_t)JOURNAL_MAX_FILE + 1, 0, JOURNAL_PIECE},
               {JOURNAL_PIECE, 0, 5}};
    static const char *const path[] = {"", "/x", "../x", "a//b", "a\\b", "a\nb", "a/.", "\xFF"};
    struct journal_file file = {.path = "x"}, twice[] = {{.path = "b"}, {.path = "b"}};
    struct bytes out = {0};
    struct journal_piece p;
    struct journal_snapshot s;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bytes_clear(&out);
        journal_piece_put(&(struct journal_piece){.size = bad[i].size,
                                                  .offset = bad[i].offset,
                                                  .content = span_of(f->content, bad[i].n)},
                          &out);
        assert_int_equal(journal_piece_read(&p, bytes_span(&out), &e), -ERR_DATA);
    }
    for (size_t i = 0; i < sizeof path / sizeof *path; i++) {
        bytes_clear(&out);
        file.path = path[i];
        journal_snapshot_put(&(struct journal_snapshot){.file = &file, .n = 1}, &out);
        assert_int_equal(journal_snapshot_read(&s, f->a, bytes_span(&out), &e), -ERR_DATA);
    }
    bytes_clear(&out);
    journal_snapshot_put(&(struct journal_snapshot){.file = twice, .n = 2}, &out);
    assert_refused(journal_snapshot_read(&s, f->a, bytes_span(&out), &e), ERR_DATA, "damaged", e);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_comes_back_as_it_was, begin, end),
        cmocka_unit_test_setup_teardown(the_last_snapshot_of_an_item_counts, begin, end),
        cmocka_unit_test_setup_teardown(a_content_in_the_middle_of_its_pieces_goes_on_where_it_was, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_piece_out_of_place_or_twice_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_content_that_is_not_what_its_id_says_is_not_given, begin, end),
        cmocka_unit_test_setup_teardown(a_damaged_payload_is_counted_and_costs_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(
            files_come_along_to_another_machine_and_what_was_superseded_does_not_count, begin, end),
        cmocka_unit_test(contents_and_items_without_number_cost_neither_time_nor_memory),
        cmocka_unit_test_setup_teardown(the_fold_tells_whether_an_item_was_worked_on, begin, end),
        cmocka_unit_test_setup_teardown(payloads_outside_their_limits_are_refused, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
