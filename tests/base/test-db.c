/* SPDX-License-Identifier: Apache-2.0 */
/* Statements stay prepared between their uses: nothing of one use may be seen in the next. */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/db.h"
#include "tests/failing-vfs.h"

static const char sql_add[] = "INSERT INTO t (a, b) VALUES (?1, ?2)";
static const char sql_all[] = "SELECT a, b FROM t ORDER BY a";
static const char sql_from[] = "SELECT * FROM t WHERE a >= ?1 ORDER BY a";

static struct db *fresh(void)
{
    struct db *d = NULL;
    struct err e = {0};
    assert_int_equal(db_open(&d, ":memory:", DB_CREATE, NULL, &e), 0);
    assert_int_equal(db_script(d, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)", &e), 0);
    for (int64_t i = 1; i <= 3; i++)
        assert_int_equal(db_run(d, &e, sql_add, "it", i, "x"), 0);
    return d;
}

static int64_t rows(struct db *d, const char *sql, int64_t from)
{
    struct db_stmt *s = NULL;
    struct err e = {0};
    int64_t n = 0;
    assert_int_equal(db_query(d, &s, &e, sql, "i", from), 0);
    while (db_step(s, &e) == 1)
        n++;
    db_done(s);
    return n;
}

static void test_bindings_of_the_last_use_are_gone(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct err e = {0};
    int64_t n = 0;
    assert_int_equal(db_run(d, &e, sql_add, "i", (int64_t)4), 0);
    assert_int_equal(db_get_int(d, &n, -1, &e, "SELECT count(*) FROM t WHERE b IS NULL", ""), 0);
    assert_int_equal(n, 1);
    db_close(d);
}

static void test_a_statement_left_half_way_begins_anew(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct db_stmt *s = NULL;
    struct err e = {0};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(db_query(d, &s, &e, sql_all, ""), 0);
        assert_int_equal(db_step(s, &e), 1);
        assert_int_equal(db_int(s, 0), 1);
        db_done(s);
    }
    assert_int_equal(db_script(d, "DROP TABLE t", &e), 0); /* nothing holds it any more */
    db_close(d);
}

static void test_one_statement_is_used_inside_itself(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct db_stmt *outer = NULL;
    struct err e = {0};
    int64_t seen = 0;
    for (int round = 0; round < 3; round++) {
        assert_int_equal(db_query(d, &outer, &e, sql_from, "i", (int64_t)1), 0);
        for (seen = 0; db_step(outer, &e) == 1; seen++)
            assert_int_equal(rows(d, sql_from, db_int(outer, 0)), 3 - seen);
        db_done(outer);
        assert_int_equal(seen, 3);
    }
    db_close(d);
}

static void test_a_failure_leaves_nothing_behind(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct err e = {0};
    for (int i = 0; i < 3; i++)
        assert_int_equal(db_run(d, &e, sql_add, "it", (int64_t)1, "again"), -ERR_DATA);
    assert_int_equal(db_run(d, &e, sql_add, "it", (int64_t)9, "new"), 0);
    assert_int_equal(rows(d, sql_from, 9), 1);
    db_close(d);
}

static void test_tables_may_change_between_uses(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct db_stmt *s = NULL;
    struct err e = {0};
    assert_int_equal(rows(d, sql_from, 1), 3);
    assert_int_equal(db_script(d, "ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'later'", &e), 0);
    assert_int_equal(db_query(d, &s, &e, sql_from, "i", (int64_t)1), 0);
    assert_int_equal(db_step(s, &e), 1);
    assert_string_equal(db_text(s, 2), "later");
    db_done(s);
    assert_int_equal(db_script(d, "DROP TABLE t", &e), 0);
    int r = db_query(d, &s, &e, sql_from, "i", (int64_t)1);
    if (r == 0) {
        r = db_step(s, &e);
        db_done(s);
    }
    assert_int_equal(r, -ERR_DATA);
    db_close(d);
}

static void test_another_text_in_the_same_place_is_another_statement(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct err e = {0};
    char sql[60];
    for (int64_t i = 0; i < 200; i++) { /* more than are kept */
        int64_t n = 0;
        snprintf(sql, sizeof sql, "SELECT %d + ?1", (int)i);
        assert_int_equal(db_get_int(d, &n, -1, &e, sql, "i", (int64_t)1000), 0);
        assert_int_equal(n, 1000 + i);
    }
    assert_int_equal(rows(d, sql_from, 2), 2);
    db_close(d);
}

static void test_the_version_is_read_each_time(void **state)
{
    (void)state;
    struct db *d = fresh();
    struct err e = {0};
    int64_t n = 0;
    for (int64_t i = 1; i <= 2; i++) {
        assert_int_equal(db_script(d, i == 1 ? "PRAGMA user_version = 1" : "PRAGMA user_version = 2", &e), 0);
        assert_int_equal(db_version(d, &n, &e), 0);
        assert_int_equal(n, i);
    }
    db_close(d);
}

static long calls_of_a_commit(struct db *d, struct failing_vfs *disk)
{
    struct err e = {0};
    long before = disk->calls;
    assert_done(db_run(d, &e, "UPDATE t SET a = a + 1", ""), e);
    return disk->calls - before;
}

static void test_in_a_hurry_a_commit_is_not_waited_for_until_it_is_settled(void **state)
{
    (void)state;
    struct failing_vfs *disk = failing_vfs();
    struct db *d = NULL;
    struct err e = {0};
    char folder[] = "/tmp/kaochang-db-XXXXXX", path[64];
    const char *const ending[] = {"", "-wal", "-shm"};
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/x.db", folder);
    assert_done(db_open(&d, path, DB_CREATE, FAILING_VFS, &e), e);
    assert_done(db_script(d, "CREATE TABLE t (a); INSERT INTO t VALUES (1);", &e), e);
    long waited = calls_of_a_commit(d, disk);
    assert_done(db_hurry(d, &e), e);
    long hurried = calls_of_a_commit(d, disk);
    assert_int_equal(hurried, waited - 1);
    disk->countdown = hurried; /* the page is written, and the disk fails when it is waited for */
    assert_int_equal(db_settle(d, &e), -ERR_ENV);
    disk->countdown = -1;
    assert_done(db_settle(d, &e), e);
    assert_int_equal(calls_of_a_commit(d, disk), waited);
    db_close(d);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/x.db%s", folder, ending[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bindings_of_the_last_use_are_gone),
        cmocka_unit_test(test_a_statement_left_half_way_begins_anew),
        cmocka_unit_test(test_one_statement_is_used_inside_itself),
        cmocka_unit_test(test_a_failure_leaves_nothing_behind),
        cmocka_unit_test(test_tables_may_change_between_uses),
        cmocka_unit_test(test_another_text_in_the_same_place_is_another_statement),
        cmocka_unit_test(test_the_version_is_read_each_time),
        cmocka_unit_test(test_in_a_hurry_a_commit_is_not_waited_for_until_it_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
