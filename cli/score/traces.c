/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/practical.h"
#include "scoring/practical/rules/integrity.h"

static void tell(void *context, const struct trace *t)
{
    json_t *o = json_object(), *files = json_array();
    size_t *n = context;
    ++*n;
    json_object_set_new(o, "trace", json_string(trace_kind_name(t->kind)));
    json_object_set_new(o, "value", json_string(t->value));
    if (t->kind == TRACE_RSID)
        json_object_set_new(o, "shared", json_integer((json_int_t)t->shared));
    for (size_t i = 0; i < t->n_files; i++)
        json_array_append_new(files, json_string(t->file[i]));
    json_object_set_new(o, "files", files);
    practical_print_json(o);
}

static int add(struct traces *t, const char *candidate, const char *dir, struct err *e)
{
    struct collected *c = NULL;
    const struct practical_folder *folder;
    int r = practical_folder_at(&c, dir, &folder, e);
    if (r == 0 && folder)
        r = traces_add(t, candidate, folder, e);
    collect_free(c);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct traces *t = traces_new();
    size_t n = 0;
    int r = add(t, NULL, args_get(a, "start"), e);
    for (int i = 0; r == 0 && i < args_count(a); i++) {
        progress(_("reading"), i, args_count(a));
        r = add(t, args_at(a, i), args_at(a, i), e);
    }
    progress_end();
    if (r == 0) {
        traces_tell(t, tell, &n);
        fprintf(stderr, _("%zu traces: to be looked at by a person; none of them proves anything\n"), n);
    }
    traces_free(t);
    return r;
}

static const struct command_option options[] = {
    {.name = "start", .arg = "DIR", .help = N_("The start files: what they hold is common to all")},
    {0},
};

const struct command cmd_score_traces = {
    .name = "traces",
    .args = "DIR…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_(
        "traces that candidates' files have one origin, a line of JSON each: a list to look at, no verdict"),
    .example = "kaochang-score traces work/0001 work/0002 --start start",
    .options = options,
    .run = run,
};
