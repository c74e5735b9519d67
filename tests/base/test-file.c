/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/db.h"
#include "base/file.h"

static int in_a_folder(void **state)
{
    char *dir = strdup("/tmp/kaochang-file-XXXXXX");
    *state = mkdtemp(dir);
    return *state && chdir(dir) == 0 ? 0 : -1;
}

static void remove_all(const char *dir)
{
    struct file_names names;
    struct err e;
    if (file_list(dir, &names, &e) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        char *path = path_join(dir, names.name[i]);
        if (unlink(path) < 0)
            remove_all(path);
        free(path);
    }
    file_names_free(&names);
    rmdir(dir);
}

static int leave_it(void **state)
{
    if (chdir("/") < 0)
        return -1;
    remove_all(*state);
    free(*state);
    return 0;
}

static void limit_file_size(rlim_t bytes)
{
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_written_file_is_whole_and_has_its_mode(void **state)
{
    (void)state;
    struct err e;
    struct bytes back = {0};
    struct stat st;
    assert_done(file_put("a", 0600, span_str("one"), &e), e);
    assert_done(file_put("a", 0600, span_str("two"), &e), e);
    assert_done(file_read("a", 100, &back, &e), e);
    assert_string_equal((const char *)back.p, "two");
    assert_int_equal(stat("a", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    bytes_release(&back);
}

static void a_cancelled_write_leaves_the_old_file(void **state)
{
    (void)state;
    struct err e;
    struct file_writer *w;
    struct bytes back = {0};
    struct file_names names;
    assert_done(file_put("a", 0644, span_str("old"), &e), e);
    assert_done(file_begin(&w, "a", 0644, &e), e);
    assert_done(file_write(w, "new", 3, &e), e);
    file_cancel(w);
    assert_done(file_read("a", 100, &back, &e), e);
    assert_string_equal((const char *)back.p, "old");
    assert_done(file_list(".", &names, &e), e);
    assert_int_equal(names.n, 1);
    file_names_free(&names);
    bytes_release(&back);
}

static void a_full_disk_leaves_the_old_file_and_says_so(void **state)
{
    (void)state;
    struct err e;
    struct bytes back = {0};
    char *big = calloc(1, 100000);
    assert_done(file_put("a", 0644, span_str("old"), &e), e);
    limit_file_size(4096);
    int r = file_put("a", 0644, span_of(big, 100000), &e);
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(r, -ERR_ENV);
    assert_non_null(strstr(e.what, "cannot write"));
    assert_done(file_read("a", 100, &back, &e), e);
    assert_string_equal((const char *)back.p, "old");
    bytes_release(&back);
    free(big);
}

static void a_key_file_is_never_overwritten(void **state)
{
    (void)state;
    struct err e;
    assert_done(file_put_new("key", 0600, span_str("k"), &e), e);
    assert_int_equal(file_put_new("key", 0600, span_str("x"), &e), -ERR_ENV);
    assert_int_equal(e.code, EEXIST);
}

static void a_pipe_is_written_and_not_replaced(void **state)
{
    (void)state;
    struct err e;
    struct stat st;
    char back[8] = {0};
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int fd = open("pipe", O_RDWR | O_NONBLOCK);
    assert_true(fd >= 0);
    assert_done(file_put("pipe", 0644, span_str("one"), &e), e);
    assert_int_equal(read(fd, back, sizeof back), 3);
    assert_string_equal(back, "one");
    assert_int_equal(file_put_new("pipe", 0600, span_str("k"), &e), -ERR_ENV);
    close(fd);
    assert_int_equal(file_put("pipe", 0644, span_str("nobody reads"), &e), -ERR_ENV);
    assert_int_equal(lstat("pipe", &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
}

static void a_full_device_is_a_failure_and_stays_a_device(void **state)
{
    (void)state;
    struct err e;
    struct stat st;
    assert_int_equal(file_put("/dev/full", 0644, span_str("one"), &e), -ERR_ENV);
    assert_int_equal(e.code, ENOSPC);
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static void a_file_over_the_limit_is_refused_before_it_fills_memory(void **state)
{
    (void)state;
    struct err e;
    struct bytes back = {0};
    assert_done(file_put("sparse", 0644, span_str(""), &e), e);
    assert_int_equal(truncate("sparse", (off_t)1 << 30), 0);
    assert_refused(file_read("sparse", 1 << 20, &back, &e), ERR_DATA, "larger than the limit", e);
    assert_refused(file_read(".", 1 << 20, &back, &e), ERR_DATA, "not a regular file", e);
    assert_int_equal(file_read("absent", 10, &back, &e), -ERR_ENV);
}

static void names_from_outside_are_plain_or_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", ".", "..", "a/b", "-x", ".hidden", "a b", "名", "a\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(path_is_plain_name(bad[i]));
    assert_true(path_is_plain_name("2026-11-22-am"));
}

static void a_store_knows_its_kind_and_version(void **state)
{
    (void)state;
    struct err e;
    struct db *d;
    const char *schema = "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT) STRICT;";
    assert_done(db_open(&d, "s.db", DB_CREATE, NULL, &e), e);
    assert_done(db_prepare_store(d, 77, 1, schema, &e), e);
    assert_done(db_prepare_store(d, 77, 1, schema, &e), e);
    assert_refused(db_prepare_store(d, 78, 1, schema, &e), ERR_DATA, "not the database", e);
    assert_done(db_script(d, "PRAGMA user_version=2", &e), e);
    assert_refused(db_prepare_store(d, 77, 1, schema, &e), ERR_DATA, "newer version", e);
    db_close(d);
}

static void statements_bind_step_and_bind_again(void **state)
{
    (void)state;
    struct err e;
    struct db *d;
    struct db_stmt *s;
    int64_t n;
    assert_done(db_open(&d, "s.db", DB_CREATE, NULL, &e), e);
    assert_done(db_script(d, "CREATE TABLE t(a, b, c)", &e), e);
    assert_done(db_run(d, &e, "INSERT INTO t VALUES(?1,?2,?3)", "itb", INT64_C(1), "词", span_of("\0x", 2)), e);
    assert_done(db_run(d, &e, "INSERT INTO t VALUES(?1,?2,?3)", "itb", INT64_C(2), NULL, span_of(NULL, 0)), e);
    assert_done(db_query(d, &s, &e, "SELECT b, c FROM t WHERE a=?1", "i", INT64_C(1)), e);
    assert_int_equal(db_step(s, &e), 1);
    assert_string_equal(db_text(s, 0), "词");
    assert_int_equal(db_blob(s, 1).n, 2);
    assert_int_equal(db_step(s, &e), 0);
    assert_done(db_again(s, &e, "i", INT64_C(2)), e);
    assert_int_equal(db_step(s, &e), 1);
    assert_true(db_is_null(s, 0));
    db_done(s);
    assert_done(db_get_int(d, &n, -1, &e, "SELECT count(*) FROM t", ""), e);
    assert_int_equal(n, 2);
    assert_done(db_backup(d, "copy.db", &e), e);
    db_close(d);
    assert_done(db_open(&d, "copy.db", DB_READ, NULL, &e), e);
    assert_done(db_get_int(d, &n, -1, &e, "SELECT count(*) FROM t", ""), e);
    assert_int_equal(n, 2);
    assert_true(db_run(d, &e, "DELETE FROM t", "") < 0);
    db_close(d);
}

static void attack_a_link_to_a_device_is_replaced_and_not_followed(void **state)
{
    (void)state;
    struct stat st;
    struct err e;
    assert_int_equal(symlink("/dev/full", "signed"), 0);
    assert_int_equal(file_put("signed", 0644, span_str("one"), &e), 0);
    assert_int_equal(lstat("signed", &st), 0);
    assert_true(S_ISREG(st.st_mode));
}

static void attack_a_pipe_in_place_of_a_file_is_not_waited_for(void **state)
{
    (void)state;
    char head[8];
    struct bytes data = {0};
    struct err e;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_int_equal(file_copy("pipe", "copy", 0644, &e), -ERR_DATA);
    assert_int_equal(file_read("pipe", 100, &data, &e), -ERR_DATA);
    assert_int_equal(file_head("pipe", head, sizeof head), 0);
    assert_false(file_exists("copy"));
}

static void what_is_no_database_is_refused_with_a_message(void **state)
{
    (void)state;
    struct err e;
    struct db *d = NULL;
    assert_done(file_put("x.db", 0644, span_str("this is not a database, only a text that is long enough"), &e), e);
    assert_true(db_open(&d, "x.db", DB_WRITE, NULL, &e) < 0);
    assert_string_equal(e.where, "x.db");
    assert_int_equal(e.kind, ERR_DATA);
    assert_true(e.hint[0] != '\0');
    assert_int_equal(mkfifo("pipe.db", 0600), 0);
    assert_refused(db_open(&d, "pipe.db", DB_READ, NULL, &e), ERR_DATA, "not a regular file", e);
    assert_true(db_open(&d, "absent.db", DB_READ, NULL, &e) < 0);
    assert_int_equal(e.kind, ERR_ENV);
    assert_true(e.hint[0] != '\0');
}

static int make_a_store(void)
{
    struct err e;
    struct db *d = NULL;
    int r = db_open(&d, "new.db", DB_CREATE, NULL, &e);
    if (r == 0)
        r = db_prepare_store(d, 7, 1, "CREATE TABLE a(x); CREATE TABLE b(x); INSERT INTO a VALUES(1);", &e);
    db_close(d);
    return r;
}

static void of_several_programs_that_find_a_new_store_one_makes_it(void **state)
{
    (void)state;
    enum { PROGRAMS = 6 };
    struct err e;
    struct db *d = NULL;
    int64_t rows = 0;
    for (int i = 0; i < PROGRAMS; i++) {
        pid_t pid = fork();
        assert_true(pid >= 0);
        if (pid == 0)
            _exit(-make_a_store());
    }
    for (int i = 0, status = 0; i < PROGRAMS; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_done(db_open(&d, "new.db", DB_READ, NULL, &e), e);
    assert_done(db_get_int(d, &rows, -1, &e, "SELECT count(*) FROM a", ""), e);
    assert_int_equal(rows, 1);
    db_close(d);
}

static void a_database_that_was_edited_is_bad_data_and_no_bug(void **state)
{
    (void)state;
    struct err e;
    struct db *d = NULL;
    struct db_stmt *s = NULL;
    assert_done(db_open(&d, "x.db", DB_CREATE, NULL, &e), e);
    assert_refused(db_query(d, &s, &e, "SELECT id FROM item", ""), ERR_DATA, "the database is damaged", e);
    assert_true(e.hint[0] != '\0');
    db_close(d);
}

static void a_shorter_file_in_shared_memory_replaces_the_longer_one_whole(void **state)
{
    struct err e;
    struct bytes got = {0};
    char dir[] = "/dev/shm/kaochang-file-XXXXXX";
    (void)state;
    if (!mkdtemp(dir)) {
        print_message("there is no /dev/shm here\n");
        skip();
    }
    char *path = path_join(dir, "file");
    assert_done(file_put(path, 0600, span_str("the long one"), &e), e);
    assert_done(file_put(path, 0600, span_str("short"), &e), e);
    assert_done(file_read(path, 100, &got, &e), e);
    assert_true(span_equal(bytes_span(&got), span_str("short")));
    bytes_release(&got);
    unlink(path);
    free(path);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shorter_file_in_shared_memory_replaces_the_longer_one_whole),
        cmocka_unit_test_setup_teardown(a_written_file_is_whole_and_has_its_mode, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_cancelled_write_leaves_the_old_file, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_file_and_says_so, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_key_file_is_never_overwritten, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_pipe_is_written_and_not_replaced, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_full_device_is_a_failure_and_stays_a_device, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_file_over_the_limit_is_refused_before_it_fills_memory, in_a_folder, leave_it),
        cmocka_unit_test(names_from_outside_are_plain_or_refused),
        cmocka_unit_test_setup_teardown(a_store_knows_its_kind_and_version, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(statements_bind_step_and_bind_again, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(attack_a_link_to_a_device_is_replaced_and_not_followed, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(attack_a_pipe_in_place_of_a_file_is_not_waited_for, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(what_is_no_database_is_refused_with_a_message, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(of_several_programs_that_find_a_new_store_one_makes_it, in_a_folder, leave_it),
        cmocka_unit_test_setup_teardown(a_database_that_was_edited_is_bad_data_and_no_bug, in_a_folder, leave_it),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
