/* SPDX-License-Identifier: Apache-2.0 */
/* What the terminal says while papers are searched, and Ctrl-C. */
#include <time.h>
#include <unistd.h>

#include "cli/assemble/watch.h"
#include "tests/check.h"

static void the_line_says_what_is_found_and_what_is_proven(void **state)
{
    (void)state;
    static const struct {
        struct work_progress now;
        const char *line;
    } rows[] = {
        {{.stage = "search"}, "no papers yet"},
        {{.stage = "search", .has_bound = true, .bound = 8.9561}, "no papers yet, bound 8.9561"},
        {{.stage = "search", .has_incumbent = true, .incumbent = 8}, "best 8"},
        {{.stage = "search", .has_incumbent = true, .incumbent = 8, .has_bound = true, .bound = 8.1},
         "best 8, bound 8.1 (1.25 %)"},
        {{.stage = "search", .has_incumbent = true, .incumbent = 0.25, .has_bound = true, .bound = 0},
         "best 0.25, bound 0 (100.00 %)"},
        {{.stage = "search", .has_incumbent = true, .has_bound = true, .bound = 3}, "best 0, bound 3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[160];
        assert_string_equal(watch_line(&rows[i].now, line, sizeof line), rows[i].line);
    }
}

static bool blocked(void)
{
    sigset_t now;
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    return sigismember(&now, SIGINT);
}

static void the_first_interrupt_is_a_wish_to_stop(void **state)
{
    (void)state;
    const struct timespec pause = {.tv_nsec = 1000000};
    struct watch w;
    watch_begin(&w);
    assert_int_equal(w.stop, 0);
    assert_true(blocked());
    kill(getpid(), SIGINT);
    for (int i = 0; i < 5000 && !w.stop; i++)
        nanosleep(&pause, NULL);
    assert_int_equal(w.stop, 1);
    watch_end(&w);
    assert_false(blocked());
}

static void without_an_interrupt_all_is_as_it_was(void **state)
{
    (void)state;
    struct watch w;
    watch_begin(&w);
    watch_end(&w);
    assert_int_equal(w.stop, 0);
    assert_false(blocked());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_says_what_is_found_and_what_is_proven),
        cmocka_unit_test(the_first_interrupt_is_a_wish_to_stop),
        cmocka_unit_test(without_an_interrupt_all_is_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
