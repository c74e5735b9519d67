/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/points.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"

static int depth_of(const char *code)
{
    int n = 0;
    for (; *code; code++)
        n += *code == '.';
    return n;
}

static void print_json(const struct bank_point *p, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:I,s:I}", "code", p[i].code, "title", p[i].title, "items",
                                        (json_int_t)p[i].items, "below", (json_int_t)p[i].below));
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

static int list(struct bank *bank, bool json, struct err *e)
{
    struct arena *arena = arena_new();
    struct bank_point *p = NULL;
    size_t n = 0;
    int64_t lost = 0;
    int r = bank_points(bank, arena, &p, &n, &lost, e);
    if (r == 0 && json)
        print_json(p, n);
    for (size_t i = 0; r == 0 && !json && i < n; i++)
        printf("%6lld  %*s%s  %s\n", (long long)p[i].below, 2 * depth_of(p[i].code), "", p[i].code,
               p[i].title);
    if (r == 0 && !json && lost)
        printf(_("%6lld  without a knowledge point of the tree\n"), (long long)lost);
    arena_free(arena);
    return r;
}

static int move(struct bank *bank, const char *code, const char *to, bool json, struct err *e)
{
    int64_t items = 0;
    int r = bank_point_move(bank, code, to, &items, e);
    if (r == 0 && json)
        printf("{\"items\":%lld}\n", (long long)items);
    else if (r == 0)
        printf(_("%s is %s now, with %lld items\n"), code, to, (long long)items);
    return r;
}

static int change(const struct args *a, struct bank *bank, struct err *e)
{
    const char *verb = args_at(a, 0), *code = args_at(a, 1), *what = args_at(a, 2);
    if (strcmp(verb, "add") == 0)
        return bank_point_add(bank, code, what, e);
    if (strcmp(verb, "rename") == 0)
        return bank_point_rename(bank, code, what, e);
    return move(bank, code, what, args_json(a), e);
}

static int check_use(const struct args *a, struct err *e)
{
    const char *verb = args_count(a) ? args_at(a, 0) : "";
    bool known = strcmp(verb, "add") == 0 || strcmp(verb, "rename") == 0 || strcmp(verb, "move") == 0;
    if (args_count(a) == 0 || (known && args_count(a) == 3))
        return 0;
    err_set(e, ERR_USAGE, NULL, _("nothing, or one of: add CODE TITLE, rename CODE TITLE, move CODE CODE"));
    return err_hint(e, _("for example: kaochang bank points add 3.4 'Mail'"));
}

static int run(const struct args *a, struct err *e)
{
    struct bank *bank = NULL;
    int r = check_use(a, e);
    if (r == 0)
        r = home_bank(&bank, a, args_count(a) > 0, e);
    if (r == 0)
        r = args_count(a) ? change(a, bank, e) : list(bank, args_json(a), e);
    bank_close(bank);
    return r;
}

const struct command cmd_bank_points = {
    .name = "bank points", .args = "[add CODE TITLE | rename CODE TITLE | move CODE CODE]", .max_args = 3,
    .summary = N_("Show the tree of knowledge points with its counts, or change it"),
    .example = "kaochang bank points -C office move 2.3 4.1",
    .run = run,
};
