/* SPDX-License-Identifier: Apache-2.0 */
#include "base/run-program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/check.h"

static int shell(const char *script, const char *input, int64_t wait_ms, struct err *e)
{
    char name[] = "sh", option[] = "-c", *copy = strdup(script), *argv[] = {name, option, copy, NULL};
    int r = run_program("/bin/sh", argv, input, wait_ms, e);
    free(copy);
    return r;
}

static void it_reads_its_input_and_no_more(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(shell("test \"$(cat)\" = 'C9CR NEZB'", "C9CR NEZB\n", 0, &e), 0);
    assert_int_equal(shell("test -z \"$(cat)\"", NULL, 0, &e), 0);
}

static void its_complaint_is_the_error_with_kind_and_hint(void **state)
{
    (void)state;
    struct err e = {0};
    assert_int_equal(
        shell("echo out; echo 'kaochang-room serve: no' >&2; echo '  do this' >&2; exit 3", NULL, 0, &e),
        -ERR_DATA);
    assert_int_equal(e.kind, ERR_DATA);
    assert_string_equal(e.what, "kaochang-room serve: no");
    assert_string_equal(e.hint, "do this");
    assert_int_equal(shell("echo strange >&2; exit 77", NULL, 0, &e), -ERR_ENV);
    assert_string_equal(e.what, "strange");
    assert_string_equal(e.hint, "");
}

static void one_that_fails_without_a_word_is_named(void **state)
{
    (void)state;
    struct err e = {0};
    char name[] = "nothing", *argv[] = {name, NULL};
    assert_int_equal(shell("exit 1", NULL, 0, &e), -ERR_ENV);
    assert_string_equal(e.where, "/bin/sh");
    assert_non_null(strstr(e.what, "status 1"));
    assert_int_equal(shell("kill -9 $$", NULL, 0, &e), -ERR_ENV);
    assert_non_null(strstr(e.what, "signal 9"));
    assert_int_equal(run_program("/nowhere/nothing", argv, NULL, 0, &e), -ERR_ENV);
    assert_string_equal(e.where, "/nowhere/nothing");
}

static void one_that_hangs_is_killed_and_a_background_one_is_left(void **state)
{
    (void)state;
    struct err e = {0};
    time_t from = time(NULL);
    assert_int_equal(shell("exec sleep 60", NULL, 200, &e), -ERR_ENV);
    assert_int_equal(shell("sleep 40 2>/dev/null & exit 0", NULL, 0, &e), 0);
    assert_true(time(NULL) - from < 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_reads_its_input_and_no_more),
        cmocka_unit_test(its_complaint_is_the_error_with_kind_and_hint),
        cmocka_unit_test(one_that_fails_without_a_word_is_named),
        cmocka_unit_test(one_that_hangs_is_killed_and_a_background_one_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
