/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the program called kaochang-score does, practice goes on. The programs here are scripts in a
 * folder of PATH. */
#include "tests/check.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "client/practice/judge.h"

#define ANSWER                                                                                               \
    "{\"status\":\"auto\",\"points\":\"1\",\"maximum\":\"1\",\"correct\":{\"RESPONSE\":[\"A\"]},"            \
    "\"outcomes\":{}}"

struct bench {
    char folder[64];
    char *program;
    struct arena *arena;
    struct verdict verdict;
    struct err e;
};

static int set_up(void **state)
{
    struct bench *b = mem_alloc(sizeof *b);
    snprintf(b->folder, sizeof b->folder, "/tmp/practice-XXXXXX");
    if (!mkdtemp(b->folder))
        return -1;
    b->program = path_join(b->folder, "kaochang-score");
    b->arena = arena_new();
    char *path = mem_printf("%s:/usr/bin:/bin", b->folder);
    setenv("PATH", path, 1);
    free(path);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;
    unlink(b->program);
    rmdir(b->folder);
    arena_free(b->arena);
    free(b->program);
    free(b);
    return 0;
}

static void program_is(struct bench *b, const char *body)
{
    char *text = mem_printf("#!/bin/sh\n%s\n", body);
    struct err e = {0};
    assert_done(file_put(b->program, 0755, span_str(text), &e), e);
    assert_int_equal(chmod(b->program, 0755), 0);
    free(text);
}

static int ask(struct bench *b)
{
    static const char *values[] = {"A \"quoted\""};
    struct response answer = {.identifier = "RESPONSE", .value = values, .n = 1};
    const struct response_set set = {.response = &answer, .n = 1};
    struct judge *j = judge_new();
    int r = judge_ask(j,
                      &(struct judge_question){
                          .item = span_str("<item/>"), .seed = "seed 1", .responses = &set, .limit_ms = 1500},
                      b->arena, &b->verdict, &b->e);
    judge_free(j);
    return r;
}

static void item_responses_and_seed_reach_it(void **state)
{
    struct bench *b = *state;
    program_is(b,
               "[ \"$1\" = item ] && [ \"$(cat \"$2\")\" = '<item/>' ] && [ \"$3\" = --responses ] &&"
               "[ \"$(cat \"$4\")\" = '{\"RESPONSE\":[\"A \\\"quoted\\\"\"]}' ] && [ \"$5\" = --feedback ] &&"
               "[ \"$7\" = 'seed 1' ] && echo '" ANSWER "'");
    assert_done(ask(b), b->e);
    assert_int_equal(b->verdict.mark, MARK_RIGHT);
    assert_string_equal(response_find(&b->verdict.correct, "RESPONSE")->value[0], "A");
}

static void nothing_but_its_four_files_is_open_in_it(void **state)
{
    struct bench *b = *state;
    program_is(b, "for fd in 0 1 2 3 4; do [ -e /proc/$$/fd/$fd ] || exit 3; done; for fd in 5 6 7 8 9; do "
                  "[ ! -e /proc/$$/fd/$fd ] || exit 3; done; echo '" ANSWER "'");
    assert_done(ask(b), b->e);
}

static void a_missing_program_is_said(void **state)
{
    struct bench *b = *state;
    setenv("PATH", b->folder, 1);
    struct judge *j = judge_new();
    assert_false(judge_there(j));
    judge_free(j);
    assert_refused(ask(b), ERR_ENV, "no kaochang-score", b->e);
}

static void a_program_that_cannot_start_is_said(void **state)
{
    struct bench *b = *state;
    struct err e = {0};
    assert_done(file_put(b->program, 0755,
                         span_str("\x7f"
                                  "ELF nothing"),
                         &e),
                e);
    assert_refused(ask(b), ERR_ENV, "cannot be started", b->e);
}

static void garbage_is_refused(void **state)
{
    struct bench *b = *state;
    program_is(b, "head -c 1000 /dev/urandom");
    assert_refused(ask(b), ERR_DATA, "not understood", b->e);
    program_is(b, "true");
    assert_refused(ask(b), ERR_DATA, "not understood", b->e);
}

static void an_answer_without_end_is_cut(void **state)
{
    struct bench *b = *state;
    program_is(b, "exec cat /dev/zero");
    assert_int_not_equal(ask(b), 0);
    program_is(b, "exec cat /dev/zero >&2");
    assert_int_not_equal(ask(b), 0);
}

static void a_killed_one_is_said(void **state)
{
    struct bench *b = *state;
    program_is(b, "kill -9 $$");
    assert_refused(ask(b), ERR_ENV, "killed", b->e);
}

static void one_that_hangs_is_stopped(void **state)
{
    struct bench *b = *state;
    program_is(b, "exec sleep 60");
    assert_refused(ask(b), ERR_ENV, "longer than 2 seconds", b->e);
    program_is(b, "exec sleep 60 >&- 2>&-");
    assert_refused(ask(b), ERR_ENV, "longer than 2 seconds", b->e);
}

static void its_complaint_is_passed_on_without_control_characters(void **state)
{
    struct bench *b = *state;
    program_is(b, "printf 'item is odd\\033[2J\\nsecond line' >&2; exit 3");
    assert_refused(ask(b), ERR_DATA, "item is odd [2J", b->e);
    assert_null(strchr(b->e.what, '\033'));
    program_is(b, "exit 3");
    assert_refused(ask(b), ERR_DATA, "refuses this item", b->e);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(item_responses_and_seed_reach_it),
        CASE(nothing_but_its_four_files_is_open_in_it),
        CASE(a_missing_program_is_said),
        CASE(a_program_that_cannot_start_is_said),
        CASE(garbage_is_refused),
        CASE(an_answer_without_end_is_cut),
        CASE(a_killed_one_is_said),
        CASE(one_that_hangs_is_stopped),
        CASE(its_complaint_is_passed_on_without_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
