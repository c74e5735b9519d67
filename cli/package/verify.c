/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang verify: packages, result bundles, repositories, against the root that the home trusts; assembled exams, by their
 * proofs. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
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

static const char *objective_words(const char *kind)
{
    static const char *const words[][2] = {
        {"max_sum", N_("the sum, as large as possible")},
        {"maximin", N_("the least value, as large as possible")},
        {"minimax_dev", N_("the largest deviation, as small as possible")},
        {"min_range", N_("the difference between forms, as small as possible")},
        {"min_penalty", N_("the wishes that are missed, as few as possible")},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(kind, words[i][0]) == 0)
            return _(words[i][1]);
    return kind;
}

/* "  goal 1, the least value, as large as possible: 8.96, proven the best" */
static void print_objective(size_t k, const json_t *o)
{
    const json_t *bound = json_object_get(o, "bound");
    if (!json_is_number(json_object_get(o, "value")))
        return;
    printf(_("  goal %zu, %s: %.6g"), k + 1, objective_words(json_string_value(json_object_get(o, "kind"))),
           json_number_value(json_object_get(o, "value")));
    if (json_is_true(json_object_get(o, "best")))
        printf("%s", _(", proven the best"));
    else if (json_is_number(bound))
        printf(_(", proven that none is better than %.6g"), json_number_value(bound));
    else
        printf("%s", _(", nothing is proven of it"));
    putchar('\n');
}

/* Of an assembled exam: what was computed again. */
static void print_proven(const char *path, const json_t *facts, bool bank)
{
    size_t k;
    json_t *one;
    printf(_("%s: verifies: %lld forms meet %lld requirements\n"), path,
           (long long)json_integer_value(json_object_get(facts, "forms")),
           (long long)json_integer_value(json_object_get(facts, "requirements")));
    json_array_foreach(json_object_get(facts, "objectives"), k, one)
        print_objective(k, one);
    if (bank && json_object_get(facts, "exam"))
        printf("%s", _("  its blueprint and the bank as it is now give this very problem\n"));
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
        printf("%s%s", i ? ", " : "", json_string_value(one));
    }
}

static void print_verdict(const char *path, const json_t *facts, bool bank, int r, const struct err *e)
{
    const char *name;
    json_t *value;
    if (r < 0) {
        printf(_("%s: does NOT verify: %s%s%s\n"), path, strcmp(e->where, path) == 0 ? "" : e->where,
               e->where[0] && strcmp(e->where, path) != 0 ? ": " : "", e->what);
        return;
    }
    if (json_object_get(facts, "objectives")) {
        print_proven(path, facts, bank);
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
    } else if (r != -ERR_ENV && r != -ERR_BUG) {
        print_verdict(path, facts, bank != NULL, r, &own);
    }
    json_decref(facts);
    if (r == -ERR_ENV || r == -ERR_BUG)
        *e = own;
    return r == -ERR_ENV || r == -ERR_BUG ? r : r < 0 ? -ERR_NO : 0;
}

/* As typed, or the exam of the home with that name. Free it. */
static char *meant(const struct args *a, const char *name)
{
    char *exams = path_join(args_home(a), "exams"), *exam = path_join(exams, name);
    bool is = !strchr(name, '/') && !file_exists(name) && exam_is_folder(exam);
    char *path = is ? exam : mem_strdup(name);
    if (!is)
        free(exam);
    free(exams);
    return path;
}

/* Proofs need nobody's word. */
static int load_trust(struct trust **ret, const struct args *a, char *const *path, struct err *e)
{
    for (int i = 0; i < args_count(a); i++)
        if (file_exists(path[i]) && !exam_is_folder(path[i]))
            return trust_load(ret, args_home(a), e);
    return 0;
}

static char **all_meant(const struct args *a)
{
    char **path = mem_alloc((size_t)args_count(a) * sizeof *path);
    for (int i = 0; i < args_count(a); i++)
        path[i] = meant(a, args_at(a, i));
    return path;
}

static int run(const struct args *a, struct err *e)
{
    struct trust *t = NULL;
    struct bank *bank = NULL;
    char **path = all_meant(a);
    int worst = 0, r = load_trust(&t, a, path, e);
    if (r == 0 && args_get(a, "bank"))
        r = home_bank(&bank, a, false, e);
    for (int i = 0; r == 0 && i < args_count(a); i++) {
        int one = verify_one(a, path[i], t, bank, e);
        if (one < worst)
            worst = one;
    }
    for (int i = 0; i < args_count(a); i++)
        free(path[i]);
    free(path);
    bank_close(bank);
    trust_free(t);
    return r < 0 ? r : worst;
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
