/* SPDX-License-Identifier: Apache-2.0 */
/* The test of rules: the model earns all, the start nothing, other solutions what their author says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/score/commands.h"
#include "cli/score/practical.h"

struct trial {
    const struct args *args;
    const struct rules *rules;
    const struct practical_start *start;
    unsigned wrong;
};

enum wanted { WANT_NOTHING, WANT_ALL, WANT_SUM };

static void print_check(const struct rules_check *c, const struct practical_check_result *x)
{
    char points[32], maximum[32];
    printf(_("  %s (line %u) %s: %s of %s points; expected %s; found %s %s\n"), c->id, c->line, c->kind->name,
           points_text(x->points, points, sizeof points), points_text(x->maximum, maximum, sizeof maximum),
           x->expected, x->found, x->place);
}

static bool stands_out(enum wanted wanted, const struct practical_check_result *x)
{
    return wanted == WANT_NOTHING ? x->points.milli != 0
           : wanted == WANT_ALL   ? x->points.milli != x->maximum.milli
                                  : x->points.milli != x->maximum.milli;
}

static void report(struct trial *t, const char *name, const struct practical_result *result,
                   points_t expected, enum wanted wanted)
{
    char points[32], should[32];
    bool right = result->points.milli == expected.milli && result->n_senseless == 0;
    points_text(result->points, points, sizeof points);
    points_text(expected, should, sizeof should);
    t->wrong += !right;
    if (args_json(t->args)) {
        json_t *o = json_object(), *checks = json_array();
        json_object_set_new(o, "folder", json_string(name));
        json_object_set_new(o, "right", json_boolean(right));
        practical_put_points(o, "points", result->points);
        practical_put_points(o, "expected", expected);
        for (size_t i = 0; !right && i < result->n_checks; i++)
            if (stands_out(wanted, &result->check[i]))
                json_array_append_new(checks, practical_check_json(&t->rules->check[i], &result->check[i]));
        json_object_set_new(o, "checks", checks);
        practical_print_json(o);
        return;
    }
    printf(right ? _("%s: %s points, as they should be\n") : _("%s: %s points, but %s are right\n"), name,
           points, should);
    for (size_t i = 0; !right && i < result->n_checks; i++)
        if (stands_out(wanted, &result->check[i]))
            print_check(&t->rules->check[i], &result->check[i]);
}

static int try_folder(struct trial *t, const char *dir, const points_t *expected, enum wanted wanted,
                      struct err *e)
{
    struct collected *work = NULL;
    const struct practical_folder *folder;
    struct practical_result result = {0};
    int r = practical_folder_at(&work, dir, &folder, e);
    if (r == 0 && (r = practical_score(&result, t->start, folder, e)) == 0)
        report(t, dir, &result,
               expected             ? *expected
               : wanted == WANT_ALL ? t->rules->points
                                    : points_milli(0),
               wanted);
    practical_result_release(&result);
    collect_free(work);
    return r;
}

/* "DIR=12.5" */
static int try_case(struct trial *t, const char *text, struct err *e)
{
    points_t expected;
    const char *sign = strrchr(text, '=');
    if (!sign || sign == text)
        return err_set(e, ERR_USAGE, text, _("write a case as DIR=POINTS"));
    int r = points_parse(sign + 1, &expected, e);
    if (r < 0)
        return err_set(e, ERR_USAGE, text, _("write a case as DIR=POINTS"));
    char *dir = mem_printf("%.*s", (int)(sign - text), text);
    r = try_folder(t, dir, &expected, WANT_SUM, e);
    free(dir);
    return r;
}

static int try_all(const struct args *a, struct rules *rules, const struct practical_folder *start,
                   struct err *e)
{
    struct practical_start *s = NULL;
    struct trial t = {.args = a, .rules = rules};
    const char *model = args_get(a, "model"), *one;
    int r = practical_start_read(&s, rules, start, e);
    t.start = s;
    if (r == 0 && args_get(a, "start"))
        r = try_folder(&t, args_get(a, "start"), NULL, WANT_NOTHING, e);
    if (r == 0 && model)
        r = try_folder(&t, model, NULL, WANT_ALL, e);
    for (int i = 0; r == 0 && (one = args_each(a, "case", i)); i++)
        r = try_case(&t, one, e);
    practical_start_free(s);
    return r == 0 && t.wrong
               ? err_set(e, ERR_NO, rules->name, _("%u folders do not earn what they should"), t.wrong)
               : r;
}

static void print_summary(const struct rules *rules)
{
    char points[32];
    printf(_("%zu checks for %s points: no fault in the rules\n"), rules->n_checks,
           points_text(rules->points, points, sizeof points));
}

static int run(const struct args *a, struct err *e)
{
    struct rules *rules = NULL;
    struct collected *start = NULL;
    const struct practical_folder *start_folder;
    int r = practical_rules_file(&rules, args_at(a, 0), e);
    if (r == 0)
        r = practical_folder_at(&start, args_get(a, "start"), &start_folder, e);
    if (r == 0)
        r = try_all(a, rules, start_folder, e);
    if (r == 0 && !args_json(a))
        print_summary(rules);
    collect_free(start);
    rules_free(rules);
    return r;
}

static const struct command_option options[] = {
    {.name = "start", .arg = "DIR", .help = N_("The start files: they must earn nothing")},
    {.name = "model", .arg = "DIR", .help = N_("A model solution: it must earn all points")},
    {.name = "case",
     .arg = "DIR=POINTS",
     .help = N_("Another solution with the points it must earn; may be repeated")},
    {0},
};

const struct command cmd_score_rules = {
    .name = "rules",
    .args = "RULES.xml",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("test the rules of a practical task: every fault with its line, and what solutions earn"),
    .example = "kaochang-score rules rules.xml --start start --model model --case half=10",
    .options = options,
    .run = run,
};
