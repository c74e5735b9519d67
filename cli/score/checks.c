/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/practical.h"
#include "scoring/practical/rules/explain.h"

static void print(const struct rules *rules, const struct practical_result *result, bool as_text)
{
    struct bytes text = {0};
    if (as_text) {
        practical_explain(rules, result, &text);
        fwrite(text.p, 1, text.n, stdout);
        bytes_release(&text);
        return;
    }
    for (size_t i = 0; i < result->n_checks; i++)
        practical_print_json(practical_check_json(&rules->check[i], &result->check[i]));
    practical_print_json(practical_total_json(rules, result));
}

static int score(const struct args *a, const struct rules *rules, const struct practical_folder *start,
                 const struct practical_folder *work, struct err *e)
{
    struct practical_start *s = NULL;
    struct practical_result result = {0};
    int r = practical_start_read(&s, rules, start, e);
    if (r == 0 && (r = practical_score(&result, s, work, e)) == 0) {
        print(rules, &result, args_get(a, "text"));
        if (result.n_senseless)
            r = err_set(e, ERR_DATA, rules->name,
                        _("%zu checks make no sense for these files: see \"found\""), result.n_senseless);
        practical_result_release(&result);
    }
    practical_start_free(s);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct rules *rules = NULL;
    struct collected *start = NULL, *work = NULL;
    const struct practical_folder *start_folder, *work_folder;
    int r = practical_rules_file(&rules, args_at(a, 0), e);
    if (r == 0)
        r = practical_folder_at(&start, args_get(a, "start"), &start_folder, e);
    if (r == 0)
        r = practical_folder_at(&work, args_at(a, 1), &work_folder, e);
    if (r == 0)
        r = score(a, rules, start_folder, work_folder, e);
    collect_free(work);
    collect_free(start);
    rules_free(rules);
    return r;
}

static const struct command_option options[] = {
    {.name = "start", .arg = "DIR", .help = N_("The start files: what they meet already earns nothing")},
    {.name = "text", .help = N_("Explain in words instead of JSON")},
    {0},
};

const struct command cmd_score_checks = {
    .name = "checks",
    .args = "RULES.xml DIR",
    .min_args = 2,
    .max_args = 2,
    .summary = N_("score a folder of files by the rules of a practical task: a line of JSON per check"),
    .example = "kaochang-score checks rules.xml work --start start",
    .options = options,
    .run = run,
};
