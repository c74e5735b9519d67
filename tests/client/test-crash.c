/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever was acknowledged before a kill is there after it. $KILLS sets how often (200). */
#include "tests/check.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "tests/client/exam.h"
#include "tests/killing.h"

enum { ITEMS = 4 };

/* Seen by the writer and by who looks afterwards: the number of the last acknowledged answer to each item. */
struct acknowledged {
    volatile int64_t answer[ITEMS];
};

struct fixture {
    struct desk desk;
    struct link_terms terms;
    struct acknowledged *said;
};

static int begin(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    desk_open(&f->desk);
    exam_terms(&f->desk, &f->terms);
    f->said = mmap(NULL, sizeof *f->said, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(f->said != MAP_FAILED);
    *state = f;
    return 0;
}

static int end(void **state)
{
    struct fixture *f = *state;
    close(f->terms.paper_fd);
    munmap(f->said, sizeof *f->said);
    desk_close(&f->desk);
    free(f);
    return 0;
}

static struct sitting *opens(struct fixture *f)
{
    struct err e;
    struct sitting *s = NULL;
    struct clock_reading now = exam_clock(0);
    struct link_terms terms = f->terms;
    terms.paper_fd = dup(f->terms.paper_fd);
    return sitting_open(&s, &terms, NULL, &now, &e) == 0 ? s : NULL;
}

/* Answers round after round, each answer with a higher number, and notes what was acknowledged. 0 when all
 * went well. */
static int writes(struct fixture *f, int64_t rounds)
{
    struct clock_reading now = exam_clock(0);
    struct sitting *s = opens(f);
    bool fine = s && (sitting_session(s)->state != SITTING_NEW || sitting_start(s, &now, NULL) == 0);
    int64_t number = 0;
    for (size_t i = 0; i < ITEMS; i++)
        number = f->said->answer[i] > number ? f->said->answer[i] : number;
    for (int64_t k = 0; fine && k < rounds * ITEMS; k++) {
        struct arena *a = arena_new();
        struct response_set set = exam_choice(a, arena_printf(a, "%lld", (long long)++number));
        fine = sitting_answer(s, (size_t)(k % ITEMS), &set, &now, NULL) == 0;
        if (fine)
            f->said->answer[k % ITEMS] = number;
        arena_free(a);
    }
    sitting_close(s);
    return fine ? 0 : 1;
}

static void nothing_acknowledged_is_lost(struct fixture *f)
{
    struct sitting *s = opens(f);
    assert_non_null(s);
    for (size_t i = 0; i < ITEMS; i++) {
        struct err e;
        struct arena *a = arena_new();
        struct response_set set = {0};
        assert_done(sitting_response(s, i, a, &set, &e), e);
        int64_t found = set.n && set.response[0].n ? strtoll(set.response[0].value[0], NULL, 10) : 0;
        assert_true(found >= f->said->answer[i]);
        arena_free(a);
    }
    sitting_close(s);
}

static int writes_some(void *context)
{
    return writes(context, 2);
}

static void a_kill_before_any_change_of_the_disk_loses_nothing_acknowledged(void **state)
{
    (void)state;
    bool ended = false;
    int changes = 0;
    while (!ended) {
        void *own = NULL;
        int status = 0;
        begin(&own);
        ended = run_until_change(++changes, writes_some, own, &status);
        assert_true(!ended || status == 0);
        nothing_acknowledged_is_lost(own);
        end(&own);
    }
    assert_true(changes > 20);
}

/* Microseconds that a writer needs here until something is acknowledged: the kills are spread around it. */
static uint64_t time_to_the_first_word(struct fixture *f)
{
    struct clock_reading start, now;
    int status = 0;
    clock_read(&start);
    pid_t child = fork();
    if (child == 0)
        _exit(writes(f, 1000000));
    do {
        usleep(500);
        clock_read(&now);
    } while (f->said->answer[0] == 0 && now.mono_ms - start.mono_ms < 30000);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    assert_true(f->said->answer[0] > 0);
    return (uint64_t)(now.mono_ms - start.mono_ms + 1) * 1000;
}

static void a_kill_at_any_moment_loses_nothing_acknowledged(void **state)
{
    struct fixture *f = *state;
    const char *wanted = getenv("KILLS");
    long kills = wanted ? strtol(wanted, NULL, 10) : 200;
    struct rng r;
    rng_seed(&r, 20261122);
    uint64_t span = 2 * time_to_the_first_word(f) + 2000;
    for (long k = 0; k < kills; k++) {
        int status = 0;
        pid_t child = fork();
        if (child == 0)
            _exit(writes(f, 1000000));
        usleep((useconds_t)rng_below(&r, span));
        kill(child, SIGKILL);
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status));
        nothing_acknowledged_is_lost(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_before_any_change_of_the_disk_loses_nothing_acknowledged),
        cmocka_unit_test_setup_teardown(a_kill_at_any_moment_loses_nothing_acknowledged, begin, end),
    };
    return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
