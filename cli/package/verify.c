/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang verify: packages, result bundles, repositories, against the root that the home trusts; assembled exams, by their
 * proofs. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/bank/home.h"
#include "cli/package/commands.h"
#include "cli/package/verify-file.h"
#include "engine/exam/verify.h"

static void add_verdict(json_t *facts, int r, const struct err *e)
{
    json_object_set_new(facts, "verifies", json_boolean(r == 0));
    if (r < 0) {
        json_object_set_new(facts, "where", json_string(e->where));
        json_object_set_new(facts, "what", json_string(e->what));
    }
}

/* "maximin 8.96, proven the best" */
static void print_objective(const json_t *o)
{
    const json_t *bound = json_object_get(o, "bound");
    printf("%s %.6g", json_string_value(json_object_get(o, "kind")), json_number_value(json_object_get(o, "value")));
    if (json_is_true(json_object_get(o, "best")))
        printf("%s", _(", proven the best"));
    else if (json_is_number(bound))
        printf(_(", proven that none is better than %.6g"), json_number_value(bound));
    else
        printf("%s", _(", nothing is proven of it"));
}

static void print_fact(const char *name, const json_t *value)
{
    size_t i;
    json_t *one;
    printf(" %s ", name);
    if (json_is_integer(value))
        printf("%lld", (long long)json_integer_value(value));
    else if (json_is_string(value))
        printf("%s", json_string_value(value));
    json_array_foreach((json_t *)value, i, one)
    {
        printf("%s", i ? json_is_object(one) ? "; " : ", " : "");
        if (json_is_object(one))
            print_objective(one);
        else
            printf("%s", json_string_value(one));
    }
}

static void print_verdict(const char *path, const json_t *facts, int r, const struct err *e)
{
    const char *name;
    json_t *value;
    if (r < 0) {
        printf(_("%s: does NOT verify: %s%s%s\n"), path, strcmp(e->where, path) == 0 ? "" : e->where,
               e->where[0] && strcmp(e->where, path) != 0 ? ": " : "", e->what);
        return;
    }
    printf(_("%s: verifies:"), path);
    json_object_foreach((json_t *)facts, name, value)
    {
        if (strcmp(name, "file") != 0 && strcmp(name, "verifies") != 0)
            print_fact(name, value);
    }
    putchar('\n');
}

static int verify_one(const struct args *a, const char *path, const struct trust *t, struct bank *bank, struct err *e)
{
    json_t *facts = json_object();
    struct err own = {0};
    int r = verify_file(path, t, bank, facts, &own);
    add_verdict(facts, r, &own);
    if (args_json(a)) {
        json_dumpf(facts, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
        putchar('\n');
    } else {
        print_verdict(path, facts, r, &own);
    }
    json_decref(facts);
    if (r == -ERR_ENV || r == -ERR_BUG)
        *e = own;
    return r == -ERR_ENV || r == -ERR_BUG ? r : r < 0 ? -ERR_NO : 0;
}

/* Proofs need nobody's word. */
static int load_trust(struct trust **ret, const struct args *a, struct err *e)
{
    for (int i = 0; i < args_count(a); i++)
        if (file_exists(args_at(a, i)) && !exam_is_folder(args_at(a, i)))
            return trust_load(ret, args_home(a), e);
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    struct trust *t = NULL;
    struct bank *bank = NULL;
    int worst = 0, r = load_trust(&t, a, e);
    if (r == 0 && args_get(a, "bank"))
        r = home_bank(&bank, a, false, e);
    if (r < 0) {
        trust_free(t);
        return r;
    }
    for (int i = 0; i < args_count(a); i++) {
        r = verify_one(a, args_at(a, i), t, bank, e);
        if (r < worst)
            worst = r;
    }
    bank_close(bank);
    trust_free(t);
    return worst;
}

static const struct command_option options[] = {
    {.name = "bank", .help = N_("Of exams: their problem is also what their blueprint and the bank of the home give now")},
    {0},
};

const struct command cmd_verify = {
    .name = "verify",
    .args = "FILE…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Verify packages, result bundles, repositories, and the proofs of assembled exams"),
    .example = "kaochang verify -C office am1.exam st01.results repo office/exams/spring",
    .options = options,
    .run = run,
};
