/* SPDX-License-Identifier: Apache-2.0 */
/* The power goes out at any moment while the minutes of a room are kept: what was noted before is there, in
 * its order. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "client/agent/minutes.h"
#include "tests/recording/image-tree.h"
#include "tests/recording/image-vfs.h"

enum { NOTES = 24 };

static struct err e;

static struct minute note(struct arena *a, int64_t number)
{
    return (struct minute){
        .shown = {.wall_ms = 1800000000000 + number,
                  .kind = number % 3 ? "incident" : "extra-time",
                  .ticket = number % 2 ? "T001" : "",
                  .station = "st01",
                  .text = arena_printf(a, "note %lld %0*d", (long long)number, (int)number * 70, 7)},
        .value = number};
}

/* Each even note is also done; `said` is twice the number of notes, plus one when the last of them is done.
 */
static void keeps_minutes(const char *path, struct arena *a, const char *vfs)
{
    struct minutes *m = NULL;
    assert_done(minutes_open(&m, path, vfs, &e), e);
    record_said(0);
    for (int64_t i = 1; i <= NOTES; i++) {
        struct minute what = note(a, i);
        assert_int_equal(minutes_add(m, &what), 0);
        record_said(2 * i);
        if (i % 2 == 0) {
            assert_int_equal(minutes_done(m, i), 0);
            record_said(2 * i + 1);
        }
        if (i == NOTES / 2) {
            minutes_close(m);
            assert_done(minutes_open(&m, path, vfs, &e), e);
        }
    }
    minutes_close(m);
}

static const char *compare(const struct minute *found, size_t n, int64_t said, struct arena *a)
{
    if ((int64_t)n < said / 2)
        return "a note is lost";
    for (size_t i = 0; i < n; i++) {
        struct minute wanted = note(a, (int64_t)i + 1);
        if (found[i].shown.number != (int64_t)i + 1 || strcmp(found[i].shown.text, wanted.shown.text) != 0 ||
            strcmp(found[i].shown.kind, wanted.shown.kind) != 0 || found[i].value != wanted.value)
            return "a note is another one";
        if (i % 2 == 1 && said >= 2 * ((int64_t)i + 1) + 1 && !found[i].done)
            return "what was done is open again";
    }
    return n > NOTES ? "a note was invented" : NULL;
}

static const char *minutes_are_whole(void *context, struct image *i, int64_t said)
{
    static char message[400];
    struct minutes *m = NULL;
    struct minute *found = NULL;
    size_t n = 0;
    const char *wrong = NULL;
    (void)context;
    if (!image_file(i, "minutes.db"))
        return said >= 0 ? "the minutes are not there" : NULL;
    image_vfs_serve(i);
    struct arena *a = arena_new();
    if (minutes_open(&m, IMAGE_FOLDER "/minutes.db", IMAGE_VFS, &e) < 0 ||
        minutes_find(m, &(struct minutes_query){0}, a, &found, &n, &e) < 0) {
        snprintf(message, sizeof message, "%s", e.what);
        wrong = message;
    } else {
        wrong = compare(found, n, said, a);
    }
    minutes_close(m);
    arena_free(a);
    return wrong;
}

static struct image_result images_of(const char *name, const char *vfs)
{
    char *dir = image_tree_new(), *path = mem_printf("%s/minutes.db", dir);
    struct arena *a = arena_new();
    struct image_plan plan = image_plan();
    plan.all_up_to = plan.all_up_to < 12 ? 5 : 12;
    weak_vfs();
    record_begin(dir, RECORD_ALL);
    keeps_minutes(path, a, vfs);
    struct record record = record_end();
    struct image_result found = image_each(&record, &plan, minutes_are_whole, NULL);
    printf("# %s: %zu operations, %ld images, %ld guilty\n", name, record.n, found.images, found.guilty);
    if (found.guilty)
        printf("# the first: %s\n", found.first);
    arena_free(a);
    image_tree_remove(dir);
    free(path);
    free(dir);
    return found;
}

static void a_power_cut_at_any_moment_loses_no_note(void **state)
{
    (void)state;
    struct image_result found = images_of("as it is", NULL);
    if (found.guilty)
        fail_msg("%ld of %ld images: %s", found.guilty, found.images, found.first);
    assert_true(found.images > 1000);
}

static void the_same_with_synchronous_normal_is_found_guilty(void **state)
{
    (void)state;
    assert_true(images_of("synchronous=NORMAL", NORMAL_VFS).guilty > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_at_any_moment_loses_no_note),
        cmocka_unit_test(the_same_with_synchronous_normal_is_found_guilty),
    };
    return cmocka_run_group_tests_name("minutes-power", tests, NULL, NULL);
}
