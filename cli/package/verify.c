/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang verify: packages, result bundles, repositories, against the root that the home trusts. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/package/commands.h"
#include "cli/package/verify-file.h"

static void add_verdict(json_t *facts, int r, const struct err *e)
{
    json_object_set_new(facts, "verifies", json_boolean(r == 0));
    if (r < 0) {
        json_object_set_new(facts, "where", json_string(e->where));
        json_object_set_new(facts, "what", json_string(e->what));
    }
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
    json_array_foreach((json_t *)value, i, one) printf("%s%s", i ? ", " : "", json_string_value(one));
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

static int verify_one(const struct args *a, const char *path, const struct trust *t, struct err *e)
{
    json_t *facts = json_object();
    struct err own = {0};
    int r = verify_file(path, t, facts, &own);
    add_verdict(facts, r, &own);
    if (args_json(a)) {
        json_dumpf(facts, stdout, JSON_COMPACT);
        putchar('\n');
    } else {
        print_verdict(path, facts, r, &own);
    }
    json_decref(facts);
    if (r == -ERR_ENV || r == -ERR_BUG)
        *e = own;
    return r == -ERR_ENV || r == -ERR_BUG ? r : r < 0 ? -ERR_NO : 0;
}

static int run(const struct args *a, struct err *e)
{
    struct trust *t = NULL;
    int worst = 0, r = trust_load(&t, args_home(a), e);
    if (r < 0)
        return r;
    for (int i = 0; i < args_count(a); i++) {
        r = verify_one(a, args_at(a, i), t, e);
        if (r < worst)
            worst = r;
    }
    trust_free(t);
    return worst;
}

const struct command cmd_verify = {
    .name = "verify",
    .args = "FILE…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Verify packages, result bundles and repositories; open nothing"),
    .example = "kaochang verify -C office am1.exam st01.results repo",
    .run = run,
};
