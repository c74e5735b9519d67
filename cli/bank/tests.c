/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/tests.h"

struct shape {
    size_t parts, sections, items;
};

static int shape_of(const struct bank_test *t, struct shape *ret, struct err *e)
{
    struct test *test = NULL;
    int r = test_read_lenient(&test, t->identifier, "tests/t.xml", t->xml, NULL, e);
    *ret = (struct shape){0};
    for (size_t i = 0; r == 0 && i < test->n_nodes; i++) {
        ret->parts += test->node[i]->kind == TEST_PART;
        ret->sections += test->node[i]->kind == TEST_SECTION;
        ret->items += test->node[i]->kind == TEST_ITEM;
    }
    test_close(test);
    return r;
}

static int print(const struct bank_test *t, json_t *list, struct err *e)
{
    struct shape s;
    int r = shape_of(t, &s, e);
    if (r < 0)
        return r;
    if (list)
        json_array_append_new(list, json_pack("{s:s,s:I,s:s,s:I,s:I,s:I}", "test", t->identifier, "version",
                                              (json_int_t)t->version, "title", t->title, "parts",
                                              (json_int_t)s.parts, "sections", (json_int_t)s.sections,
                                              "items", (json_int_t)s.items));
    else
        printf(_("%s, version %lld: %s (parts %zu, sections %zu, item references %zu)\n"), t->identifier,
               (long long)t->version, t->title, s.parts, s.sections, s.items);
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    struct arena *arena = arena_new();
    struct bank *bank = NULL;
    struct bank_test *test = NULL;
    size_t n = 0;
    json_t *list = args_json(a) ? json_array() : NULL;
    int r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = bank_tests(bank, arena, &test, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        r = print(&test[i], list, e);
    if (r == 0 && list) {
        json_dumpf(list, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (r == 0 && n == 0)
        puts(_("the bank has no tests"));
    json_decref(list);
    bank_close(bank);
    arena_free(arena);
    return r;
}

const struct command cmd_bank_tests = {
    .name = "bank tests",
    .args = "",
    .summary = N_("List the assessment tests of the bank"),
    .example = "kaochang bank tests -C office",
    .run = run,
};
