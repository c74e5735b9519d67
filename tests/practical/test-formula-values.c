/* SPDX-License-Identifier: Apache-2.0 */
/* Runs tests/golden/formula/FAMILY.table. Lines "FORMULA => VALUE" are computed in cell H5 ("@B3 FORMULA" in
 * B3);
 * {=FORMULA} is entered as an array. VALUE: a number, "text", TRUE, #N/A, or "! words of why it cannot be
 * told". Lines that begin with ":" fill the workbook that follows (formula-book.h), ":clear" empties it; # is
 * a remark. */
#include "tests/check.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "tests/practical/formula-book.h"

static size_t check_line(struct test_book *b, const char *line, const char *table)
{
    char *copy = arena_strdup(b->arena, line), *arrow = strstr(copy, " => "), *formula = copy;
    const char *at = "H5";
    if (!arrow)
        fail_msg("%s: no => in %s", table, line);
    *arrow = '\0';
    if (formula[0] == '@' && formula[1] != '(') {
        at = formula + 1;
        formula = strchr(formula, ' ');
        *formula++ = '\0';
    }
    const char *got = test_result(b, formula, at), *wanted = arrow + 4;
    bool same = wanted[0] == '!' ? got[0] == '!' && strstr(got, wanted + 2) : strcmp(got, wanted) == 0;
    if (!same)
        print_error("%s: %s is %s\n", table, line, got);
    return !same;
}

static void holds(void **state)
{
    struct bytes text = {0};
    struct err e;
    struct test_book b;
    size_t checked = 0, wrong = 0;
    assert_done(file_read(*state, 1 << 20, &text, &e), e);
    test_book_open(&b);
    for (char *rest = (char *)text.p, *line = strsep(&rest, "\n"); line; line = strsep(&rest, "\n")) {
        if (strcmp(line, ":clear") == 0) {
            test_book_close(&b);
            test_book_open(&b);
        } else if (line[0] == ':') {
            test_book_line(&b, line + 1);
        } else if (line[0] && line[0] != '#') {
            wrong += check_line(&b, line, *state);
            checked++;
        }
    }
    test_book_close(&b);
    bytes_release(&text);
    assert_true(checked > 5);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    static const char *const families[] = {"operators", "logic", "math",  "statistics", "conditions",
                                           "lookup",    "text",  "dates", "books"};
    enum { N = sizeof families / sizeof *families };
    struct CMUnitTest tests[N];
    char *paths[N];
    for (size_t i = 0; i < N; i++) {
        paths[i] = mem_printf("%s/tests/golden/formula/%s.table", getenv("SOURCE_ROOT"), families[i]);
        tests[i] = (struct CMUnitTest){.name = families[i], .test_func = holds, .initial_state = paths[i]};
    }
    int r = _cmocka_run_group_tests("X8_formula_values", tests, N, NULL, NULL);
    for (size_t i = 0; i < N; i++)
        free(paths[i]);
    return r;
}
