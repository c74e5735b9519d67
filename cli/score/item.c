/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/feedback.h"
#include "cli/score/outcomes.h"

enum { MAX_RESPONSES = 4 << 20 };

static int read_responses(const char *path, struct arena *a, struct response_set *ret, struct err *e)
{
    struct bytes data = {0};
    json_error_t fault;
    json_t *document = NULL;
    int r = file_read(path, MAX_RESPONSES, &data, e);
    if (r == 0 && !(document = json_loadb((const char *)data.p, data.n, JSON_REJECT_DUPLICATES, &fault)))
        r = err_set(e, ERR_DATA, path, _("not JSON: line %d: %s"), fault.line, fault.text);
    if (r == 0) {
        const json_t *inner = json_object_get(document, "responses");
        r = responses_from_json(ret, a, json_is_object(inner) ? inner : document, e);
        if (r < 0)
            err_within(e, path);
    }
    json_decref(document);
    bytes_release(&data);
    return r;
}

static int answer(const struct args *args, const struct response_set *responses, json_t **ret, struct err *e)
{
    const char *seed = args_get(args, "seed");
    if (args_get(args, "feedback"))
        return feedback_of(args_at(args, 0), responses, seed ? seed : "", ret, e);
    return outcomes_of(args_at(args, 0), responses, seed, ret, e);
}

static int run(const struct args *args, struct err *e)
{
    const char *path;
    struct response_set responses = {0};
    json_t *outcomes = NULL;
    struct arena *a = arena_new();
    int r = args_need(args, "responses", &path, e);
    if (r == 0)
        r = read_responses(path, a, &responses, e);
    if (r == 0)
        r = answer(args, &responses, &outcomes, e);
    if (r == 0) {
        char *text = json_dumps(outcomes, JSON_COMPACT | JSON_REAL_PRECISION(17));
        puts(text ? text : "{}");
        free(text);
    }
    json_decref(outcomes);
    arena_free(a);
    return r;
}

static const struct command_option options[] = {
    {.name = "responses", .arg = "FILE", .help = N_("the responses as JSON: {\"RESPONSE\": [\"A\"]}")},
    {.name = "feedback", .help = N_("Points, correct responses and outcomes, for practice")},
    {.name = "seed", .arg = "TEXT", .help = N_("Draw the numbers of a parametrised item from this text")},
    {0},
};

const struct command cmd_score_item = {
    .name = "item",
    .args = "ITEM.xml",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("outcomes of one item as JSON"),
    .example = "kaochang-score item k001.xml --responses answers.json",
    .options = options,
    .run = run,
};
