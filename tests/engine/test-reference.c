/* SPDX-License-Identifier: Apache-2.0 */
/* The solver on the reference problems of FIXTURES, where other solvers' values are known. */
#include <stdlib.h>

#include "base/file.h"
#include "engine/problem/reference.h"
#include "engine/search/solve.h"
#include "tests/check.h"

static char *problems(void)
{
    const char *fixtures = getenv("FIXTURES");
    return path_join(fixtures ? fixtures : "/nonexistent", "ata/problems");
}

static struct solve_result solved(const struct problem *p, uint64_t seed, enum solve_status wanted)
{
    struct solve_options o = {.seed = seed, .vary = true};
    struct solve_result r = {0};
    struct err e = {0};
    assert_done(solve(p, &o, &r, &e), e);
    assert_string_equal(solve_status_text(r.status), solve_status_text(wanted));
    return r;
}

static void the_reference_problems_have_their_known_values(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum solve_status status;
        int64_t micro;
    } known[] = {{"science_maxinfo", SOLVE_OPTIMAL, 26489953}, {"fatigue_enemy", SOLVE_OPTIMAL, 36942992},
                 {"zujuan_5000", SOLVE_OPTIMAL, 0}, {"science_infeasible", SOLVE_INFEASIBLE, 0}};
    char *folder = problems();
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char *dir = path_join(folder, known[i].name);
        struct problem *p = NULL;
        struct err e = {0};
        assert_done(reference_read(&p, dir, &e), e);
        struct solve_result r = solved(p, 1, known[i].status);
        if (known[i].status == SOLVE_OPTIMAL)
            assert_int_equal(r.objective_num * (1000000 / r.objective_den),
                             known[i].micro * (p->objective->unit / 1000000) * 1000000);
        solve_result_release(&r);
        problem_free(p);
        free(dir);
    }
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_reference_problems_have_their_known_values),
    };
    char *folder = problems();
    bool there = file_exists(folder);
    free(folder);
    if (!there)
        return skip_program("FIXTURES has no ata/problems: the reference problems were not tried");
    return cmocka_run_group_tests_name("reference", tests, NULL, NULL);
}
