/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "exam-packages/zip-format.h"
#include "exam-packages/zip.h"
#include "tests/exam-packages/scratch.h"

static void add(struct zip_writer *w, const char *name, const char *text)
{
    struct err e;
    assert_done(zip_add(w, name, span_str(text), &e), e);
}

static struct bytes small_container(void)
{
    struct bytes out = {0};
    struct zip_writer *w = zip_writer_new(&out);
    struct err e;
    add(w, "mimetype", "application/vnd.kaochang.exam+zip");
    add(w, "paper.xml", "<paper></paper>\n");
    add(w, "items/k002.xml", "");
    add(w, "items/k001.xml", "<item></item>\n");
    assert_done(zip_finish(w, &e), e);
    return out;
}

static void refused(struct span data, const char *words)
{
    struct zip *z = NULL;
    struct err e;
    assert_refused(zip_open_span(&z, data, &e), ERR_DATA, words, e);
    assert_null(z);
}

static void parts_come_back_in_the_order_added(void **state)
{
    (void)state;
    static const char *const names[] = {"mimetype", "paper.xml", "items/k002.xml", "items/k001.xml"};
    struct bytes all = small_container();
    struct zip *z = NULL;
    struct err e;
    assert_done(zip_open_span(&z, bytes_span(&all), &e), e);
    assert_int_equal(zip_count(z), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(zip_name(z, i), names[i]);
        assert_int_equal(zip_find(z, names[i]), i);
    }
    assert_true(span_equal(zip_get(z, "paper.xml"), span_str("<paper></paper>\n")));
    assert_non_null(zip_get(z, "items/k002.xml").p);
    assert_int_equal(zip_get(z, "items/k002.xml").n, 0);
    assert_null(zip_get(z, "items").p);
    assert_int_equal(zip_find(z, "key.xml"), -1);
    zip_close(z);
    bytes_release(&all);
}

static void the_same_parts_give_the_same_bytes_in_memory_and_in_a_file(void **state)
{
    (void)state;
    struct scratch s;
    struct zip_writer *w = NULL;
    struct zip *z = NULL;
    struct err e;
    scratch_open(&s);
    struct bytes one = small_container(), two = small_container();
    assert_true(span_equal(bytes_span(&one), bytes_span(&two)));
    scratch_put(&s, "k001.xml", span_str("<item></item>\n"));
    char *path = scratch_path(&s, "a.zip"), *item = scratch_path(&s, "k001.xml");
    assert_done(zip_writer_file(&w, path, 0644, &e), e);
    add(w, "mimetype", "application/vnd.kaochang.exam+zip");
    add(w, "paper.xml", "<paper></paper>\n");
    add(w, "items/k002.xml", "");
    assert_done(zip_add_file(w, "items/k001.xml", item, &e), e);
    assert_false(scratch_has(&s, "a.zip"));
    assert_done(zip_finish(w, &e), e);
    struct bytes file = scratch_get(&s, "a.zip");
    assert_true(span_equal(bytes_span(&one), bytes_span(&file)));
    assert_done(zip_open_file(&z, path, &e), e);
    assert_int_equal(zip_count(z), 4);
    zip_close(z);
    bytes_release(&file);
    bytes_release(&one);
    bytes_release(&two);
    free(path);
    free(item);
    scratch_close(&s);
}

static void an_empty_container_is_one(void **state)
{
    (void)state;
    struct bytes all = {0};
    struct zip *z = NULL;
    struct err e;
    assert_done(zip_finish(zip_writer_new(&all), &e), e);
    assert_int_equal(all.n, ZIP_END_SIZE);
    assert_done(zip_open_span(&z, bytes_span(&all), &e), e);
    assert_int_equal(zip_count(z), 0);
    zip_close(z);
    bytes_release(&all);
}

static void no_changed_or_cut_container_opens(void **state)
{
    (void)state;
    struct bytes all = small_container();
    struct zip *z = NULL;
    struct err e;
    for (size_t i = 0; i < all.n; i++)
        for (unsigned bit = 1; bit < 256; bit *= 2) {
            all.p[i] ^= (uint8_t)bit;
            assert_int_equal(zip_open_span(&z, bytes_span(&all), &e), -ERR_DATA);
            all.p[i] ^= (uint8_t)bit;
        }
    for (size_t n = 0; n < all.n; n++)
        assert_int_equal(zip_open_span(&z, span_of(all.p, n), &e), -ERR_DATA);
    for (size_t n = 1; n <= all.n; n++)
        assert_int_equal(zip_open_span(&z, span_of(all.p + n, all.n - n), &e), -ERR_DATA);
    bytes_release(&all);
}

/* A container put together by hand, for what our writer would never write. */
struct builder {
    struct bytes out, directory;
    uint16_t n;
};

static void put_entry(struct builder *b, const char *name, const char *text, uint32_t offset)
{
    struct zip_entry entry = {.crc = zip_crc(0, span_str(text)),
                              .size = (uint32_t)strlen(text),
                              .offset = offset,
                              .n_name = (uint16_t)strlen(name)};
    uint8_t local[ZIP_LOCAL_SIZE], central[ZIP_CENTRAL_SIZE];
    zip_local_header(local, &entry);
    zip_central_header(central, &entry);
    bytes_add(&b->out, local, sizeof local);
    bytes_str(&b->out, name);
    bytes_str(&b->out, text);
    bytes_add(&b->directory, central, sizeof central);
    bytes_str(&b->directory, name);
    b->n++;
}

static void put_next(struct builder *b, const char *name, const char *text)
{
    put_entry(b, name, text, (uint32_t)b->out.n);
}

static void finish_and_refuse(struct builder *b, const char *words)
{
    uint8_t end[ZIP_END_SIZE];
    zip_end_record(end, b->n, (uint32_t)b->directory.n, (uint32_t)b->out.n);
    bytes_add(&b->out, b->directory.p, b->directory.n);
    bytes_add(&b->out, end, sizeof end);
    refused(bytes_span(&b->out), words);
    bytes_release(&b->out);
    bytes_release(&b->directory);
    b->n = 0;
}

static void a_part_that_stands_twice_is_refused(void **state)
{
    (void)state;
    struct builder b = {0};
    put_next(&b, "paper.xml", "one");
    put_next(&b, "key.xml", "two");
    put_next(&b, "paper.xml", "three");
    finish_and_refuse(&b, "stands twice");
    struct bytes out = {0};
    struct zip_writer *w = zip_writer_new(&out);
    struct err e;
    add(w, "paper.xml", "one");
    add(w, "paper.xml", "two");
    assert_refused(zip_finish(w, &e), ERR_DATA, "stands twice", e);
    bytes_release(&out);
}

static void a_part_that_is_also_a_folder_is_refused(void **state)
{
    (void)state;
    struct builder b = {0};
    put_next(&b, "items/k001.xml", "one");
    put_next(&b, "items", "two");
    finish_and_refuse(&b, "also the folder");
}

static void names_that_lead_elsewhere_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "..",
                                      ".",
                                      "/etc/passwd",
                                      "a/../b",
                                      "../a",
                                      "items/../../a",
                                      "a//b",
                                      "a/",
                                      "/",
                                      "items/deep/er.xml",
                                      "a\\b",
                                      "C:a",
                                      "-rf",
                                      "items/-rf",
                                      ".hidden",
                                      "a b",
                                      "名",
                                      "a\nb"};
    struct bytes out = {0};
    struct zip_writer *w = zip_writer_new(&out);
    struct err e;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct builder b = {0};
        put_next(&b, bad[i], "text");
        finish_and_refuse(&b, "not plain");
        assert_refused(zip_add(w, bad[i], span_str("text"), &e), ERR_DATA, "not a plain name", e);
    }
    assert_false(zip_name_is_plain(span_of("a\0b", 3)));
    zip_cancel(w);
    bytes_release(&out);
}

static void hidden_bytes_are_refused_wherever_they_lie(void **state)
{
    (void)state;
    struct builder b = {0};
    bytes_str(&b.out, "#!/bin/sh\n");
    put_next(&b, "paper.xml", "one");
    finish_and_refuse(&b, "does not lie where");
    put_next(&b, "paper.xml", "one");
    bytes_str(&b.out, "between");
    put_next(&b, "key.xml", "two");
    finish_and_refuse(&b, "does not lie where");
    put_next(&b, "paper.xml", "one");
    bytes_str(&b.out, "after");
    finish_and_refuse(&b, "outside its parts");
    put_next(&b, "paper.xml", "one");
    bytes_str(&b.directory, "in the directory");
    finish_and_refuse(&b, "outside its parts");
    struct bytes all = small_container();
    bytes_str(&all, "behind");
    refused(bytes_span(&all), "follows its end");
    bytes_release(&all);
}

static void two_names_for_the_same_bytes_are_refused(void **state)
{
    (void)state;
    struct builder b = {0};
    put_next(&b, "paper.xml", "one");
    struct bytes first = {0};
    bytes_add(&first, b.directory.p, b.directory.n);
    bytes_add(&b.directory, first.p, first.n);
    b.n++;
    finish_and_refuse(&b, "does not lie where");
    bytes_release(&first);
}

static void a_directory_in_another_order_is_refused(void **state)
{
    (void)state;
    struct builder b = {0}, swapped = {0};
    put_next(&b, "a", "one");
    put_next(&b, "b", "two");
    size_t half = b.directory.n / 2;
    bytes_add(&swapped.out, b.out.p, b.out.n);
    bytes_add(&swapped.directory, b.directory.p + half, half);
    bytes_add(&swapped.directory, b.directory.p, half);
    swapped.n = 2;
    finish_and_refuse(&swapped, "does not lie where");
    bytes_release(&b.out);
    bytes_release(&b.directory);
}

static void more_entries_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    struct builder b = {0};
    put_next(&b, "paper.xml", "one");
    b.n = 60000;
    finish_and_refuse(&b, "directory is cut");
    put_next(&b, "paper.xml", "one");
    b.n = 65535;
    finish_and_refuse(&b, "too many parts");
}

static void a_cancelled_container_leaves_nothing(void **state)
{
    (void)state;
    struct scratch s;
    struct zip_writer *w = NULL;
    struct err e;
    scratch_open(&s);
    char *path = scratch_path(&s, "a.zip"), *absent = scratch_path(&s, "absent");
    assert_done(zip_writer_file(&w, path, 0644, &e), e);
    add(w, "paper.xml", "one");
    assert_int_equal(zip_add_file(w, "key.xml", absent, &e), -ERR_ENV);
    assert_refused(zip_add_file(w, "key.xml", s.dir, &e), ERR_DATA, "not a regular file", e);
    zip_cancel(w);
    zip_cancel(NULL);
    assert_int_equal(scratch_count(&s), 0);
    free(path);
    free(absent);
    scratch_close(&s);
}

static void what_is_no_file_is_refused(void **state)
{
    (void)state;
    struct scratch s;
    struct zip *z = NULL;
    struct err e;
    scratch_open(&s);
    char *empty = scratch_path(&s, "empty"), *huge = scratch_path(&s, "huge");
    scratch_put(&s, "empty", span_str(""));
    FILE *f = fopen(huge, "wb");
    assert_int_equal(fseeko(f, (off_t)ZIP_SIZE_MAX, SEEK_SET), 0);
    fputc(0, f);
    fclose(f);
    assert_refused(zip_open_file(&z, empty, &e), ERR_DATA, "too short", e);
    assert_refused(zip_open_file(&z, huge, &e), ERR_DATA, "larger than 2 GiB", e);
    assert_refused(zip_open_file(&z, s.dir, &e), ERR_DATA, "not a regular file", e);
    assert_int_equal(zip_open_file(&z, "/nonexistent", &e), -ERR_ENV);
    free(empty);
    free(huge);
    scratch_close(&s);
}

/* 65,534 parts in, all found again. */
static void the_largest_number_of_parts_is_written_and_read(void **state)
{
    (void)state;
    struct bytes out = {0};
    struct zip_writer *w = zip_writer_new(&out);
    struct zip *z = NULL;
    struct err e;
    char name[32];
    for (int i = 0; i < ZIP_ENTRIES_MAX; i++) {
        snprintf(name, sizeof name, "items/k%05d.xml", i);
        add(w, name, name);
    }
    assert_refused(zip_add(w, "one-more", span_str(""), &e), ERR_DATA, "more than 65534", e);
    assert_done(zip_finish(w, &e), e);
    assert_done(zip_open_span(&z, bytes_span(&out), &e), e);
    assert_int_equal(zip_count(z), ZIP_ENTRIES_MAX);
    assert_true(span_equal(zip_get(z, name), span_str(name)));
    zip_close(z);
    bytes_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_come_back_in_the_order_added),
        cmocka_unit_test(the_same_parts_give_the_same_bytes_in_memory_and_in_a_file),
        cmocka_unit_test(an_empty_container_is_one),
        cmocka_unit_test(no_changed_or_cut_container_opens),
        cmocka_unit_test(a_part_that_stands_twice_is_refused),
        cmocka_unit_test(a_part_that_is_also_a_folder_is_refused),
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(hidden_bytes_are_refused_wherever_they_lie),
        cmocka_unit_test(two_names_for_the_same_bytes_are_refused),
        cmocka_unit_test(a_directory_in_another_order_is_refused),
        cmocka_unit_test(more_entries_than_there_is_room_for_are_refused),
        cmocka_unit_test(a_cancelled_container_leaves_nothing),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(the_largest_number_of_parts_is_written_and_read),
    };
    return cmocka_run_group_tests_name("zip", tests, NULL, NULL);
}
