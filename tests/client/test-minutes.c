/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/db.h"
#include "base/file.h"
#include "client/agent/minutes.h"
#include "tests/failing-vfs.h"

struct fixture {
    char folder[64], *path;
    struct arena *a;
};

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    snprintf(f->folder, sizeof f->folder, "/tmp/minutes-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->path = path_join(f->folder, "minutes.db");
    f->a = arena_new();
    *state = f;
    return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static int end(void **state)
{
    struct fixture *f = *state;
    nftw(f->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    arena_free(f->a);
    free(f->path);
    free(f);
    return 0;
}

static struct minutes *opens(struct fixture *f, const char *vfs)
{
    struct err e;
    struct minutes *m = NULL;
    assert_done(minutes_open(&m, f->path, vfs, &e), e);
    return m;
}

static int add(struct minutes *m, const char *kind, const char *ticket, const char *text)
{
    const struct minute what = {.shown = {.wall_ms = 1000, .kind = kind, .ticket = ticket, .text = text}};
    return minutes_add(m, &what);
}

static size_t count(struct fixture *f, struct minutes *m, struct minutes_query q, struct minute **ret)
{
    struct err e;
    size_t n = 0;
    assert_done(minutes_find(m, &q, f->a, ret, &n, &e), e);
    return n;
}

static void what_was_noted_is_there_after_a_restart_in_its_order(void **state)
{
    struct fixture *f = *state;
    struct minute *list;
    struct minutes *m = opens(f, NULL);
    assert_int_equal(minutes_last(m), 0);
    assert_int_equal(add(m, "opened", "", "code"), 0);
    assert_int_equal(add(m, "incident", "T001", "first"), 0);
    assert_int_equal(add(m, "incident", "T002", "second"), 0);
    assert_int_equal(minutes_done(m, 2), 0);
    minutes_close(m);
    m = opens(f, NULL);
    assert_int_equal(add(m, "closed", "", ""), 0);
    assert_int_equal(count(f, m, (struct minutes_query){0}, &list), 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(list[i].shown.number, i + 1);
    assert_true(list[1].done);
    assert_false(list[2].done);
    assert_int_equal(count(f, m, (struct minutes_query){.kind = "incident"}, &list), 2);
    assert_int_equal(count(f, m, (struct minutes_query){.ticket = "T002"}, &list), 1);
    assert_string_equal(list[0].shown.text, "second");
    assert_int_equal(count(f, m, (struct minutes_query){.after = 2}, &list), 2);
    assert_int_equal(count(f, m, (struct minutes_query){.after = 1, .max = 1}, &list), 1);
    assert_int_equal(list[0].shown.number, 2);
    minutes_close(m);
}

static void nothing_is_ever_changed_or_removed(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct db *db = NULL;
    struct minutes *m = opens(f, NULL);
    add(m, "opened", "", "code");
    minutes_done(m, 1);
    minutes_close(m);
    assert_done(db_open(&db, f->path, DB_WRITE, NULL, &e), e);
    assert_true(db_script(db, "UPDATE minute SET text = 'other'", &e) < 0);
    assert_true(db_script(db, "DELETE FROM minute", &e) < 0);
    assert_true(db_script(db, "DELETE FROM done", &e) < 0);
    db_close(db);
}

static void a_full_disk_delays_the_minutes_and_loses_none(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct minute *list;
    struct failing_vfs *v = failing_vfs();
    *v = (struct failing_vfs){.countdown = -1};
    struct minutes *m = opens(f, FAILING_VFS);
    assert_int_equal(add(m, "opened", "", ""), 0);
    v->countdown = 0;
    v->for_good = true;
    assert_int_equal(add(m, "incident", "T001", "first"), 1);
    assert_int_equal(add(m, "incident", "T002", "second"), 1);
    assert_int_equal(minutes_done(m, 2), 1);
    assert_int_equal(minutes_flush(m, &e), -ERR_ENV);
    assert_int_equal(count(f, m, (struct minutes_query){0}, &list), 3);
    assert_true(list[1].done);
    assert_int_equal(list[2].shown.number, 3);
    v->countdown = -1;
    v->for_good = false;
    assert_done(minutes_flush(m, &e), e);
    minutes_close(m);
    m = opens(f, NULL);
    assert_int_equal(count(f, m, (struct minutes_query){0}, &list), 3);
    assert_string_equal(list[1].shown.text, "first");
    assert_true(list[1].done);
    minutes_close(m);
}

static void each_write_that_fails_once_leaves_every_minute_once(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct minute *list;
    struct failing_vfs *v = failing_vfs();
    *v = (struct failing_vfs){.countdown = -1};
    struct minutes *m = opens(f, FAILING_VFS);
    for (int i = 0; i < 40; i++) {
        v->countdown = i % 8;
        add(m, "incident", "", "something");
        v->countdown = -1;
    }
    assert_done(minutes_flush(m, &e), e);
    minutes_close(m);
    m = opens(f, NULL);
    assert_int_equal(count(f, m, (struct minutes_query){0}, &list), 40);
    for (int i = 0; i < 40; i++)
        assert_int_equal(list[i].shown.number, i + 1);
    minutes_close(m);
}

static void the_document_is_canonical_and_reads_back(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct bytes out = {0};
    struct minutes_document *d = NULL;
    const struct minutes_head head = {
        .session = "am", .site = "S1", .room = "301", .machine = "st01", .package = {7}};
    struct minutes *m = opens(f, NULL);
    add(m, "opened", "", "code");
    const struct minute extra = {.shown = {.wall_ms = 2000,
                                           .kind = "extra-time",
                                           .ticket = "T001",
                                           .station = "st01",
                                           .text = "键盘坏了 \"<&>\"\n\x02"},
                                 .value = 300};
    minutes_add(m, &extra);
    assert_done(minutes_write(m, &head, &out, &e), e);
    assert_done(minutes_read(&d, "minutes.xml", bytes_span(&out), &e), e);
    assert_string_equal(d->head.machine, "st01");
    assert_int_equal(d->head.package[0], 7);
    assert_int_equal(d->n, 2);
    assert_string_equal(d->minute[1].shown.text, "键盘坏了 \"<&>\"  ");
    assert_int_equal(d->minute[1].value, 300);
    assert_string_equal(minutes_text(&d->minute[1], f->a), "+300 s: 键盘坏了 \"<&>\"  ");
    minutes_document_free(d);
    for (size_t i = 0; i < out.n; i += 7) { /* whatever is changed is noticed, or reads as itself */
        uint8_t was = out.p[i];
        out.p[i] ^= 0x10;
        if (minutes_read(&d, "minutes.xml", bytes_span(&out), &e) == 0)
            minutes_document_free(d);
        out.p[i] = was;
    }
    assert_int_equal(minutes_read(&d, "minutes.xml", span_of(out.p, out.n - 1), &e), -ERR_DATA);
    minutes_close(m);
    bytes_release(&out);
}

static void another_database_is_refused(void **state)
{
    struct fixture *f = *state;
    struct err e;
    struct db *db = NULL;
    struct minutes *m = NULL;
    assert_done(db_open(&db, f->path, DB_CREATE, NULL, &e), e);
    assert_done(db_prepare_store(db, 1234, 1, "CREATE TABLE minute (number INTEGER)", &e), e);
    db_close(db);
    assert_int_equal(minutes_open(&m, f->path, NULL, &e), -ERR_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_noted_is_there_after_a_restart_in_its_order, begin, end),
        cmocka_unit_test_setup_teardown(nothing_is_ever_changed_or_removed, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_delays_the_minutes_and_loses_none, begin, end),
        cmocka_unit_test_setup_teardown(each_write_that_fails_once_leaves_every_minute_once, begin, end),
        cmocka_unit_test_setup_teardown(the_document_is_canonical_and_reads_back, begin, end),
        cmocka_unit_test_setup_teardown(another_database_is_refused, begin, end),
    };
    return cmocka_run_group_tests_name("minutes", tests, NULL, NULL);
}
