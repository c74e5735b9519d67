/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/score/commands.h"
#include "cli/score/practical.h"
#include "scoring/practical/rules/propose.h"

static int write_out(const struct proposal *p, const char *path, struct err *e)
{
    struct bytes out = {0};
    int r = rules_write(p->rules, &out, e);
    if (r == 0 && path)
        r = file_put(path, 0644, bytes_span(&out), e);
    else if (r == 0)
        fwrite(out.p, 1, out.n, stdout);
    bytes_release(&out);
    return r;
}

static void tell(const struct proposal *p)
{
    fprintf(stderr, _("%zu checks proposed; remove what does not matter, then weight the rest\n"),
            p->rules->n_checks);
    if (p->n_differing > PROPOSE_MAX_CHECKS)
        fprintf(stderr, _("%zu facts differ; only the first %d are proposed\n"), p->n_differing,
                PROPOSE_MAX_CHECKS);
    if (p->n_cut)
        fprintf(stderr, _("%zu files have very many facts; only the first %d of each are looked at\n"),
                p->n_cut, PROPOSE_MAX_FACTS);
    if (p->n_unreadable)
        fprintf(stderr, _("%zu files cannot be read and are left out\n"), p->n_unreadable);
}

static int run(const struct args *a, struct err *e)
{
    struct collected *start = NULL, *model = NULL;
    const struct practical_folder *start_folder, *model_folder;
    const char *id = args_get(a, "id"), *points = args_get(a, "points");
    struct propose_options options = {.id = id ? id : "task", .protect = args_get(a, "protect")};
    struct proposal p = {0};
    int r = points ? points_parse(points, &options.points, e) : 0;
    if (r == 0 && (options.points.milli < 0 || !path_is_plain_name(options.id)))
        r = err_set(e, ERR_USAGE, NULL, _("points are more than 0, an id is of letters and digits"));
    if (r == 0)
        r = practical_folder_at(&start, args_at(a, 0), &start_folder, e);
    if (r == 0)
        r = practical_folder_at(&model, args_at(a, 1), &model_folder, e);
    if (r == 0)
        r = propose_rules(&p, start_folder, model_folder, &options, e);
    if (r == 0)
        r = write_out(&p, args_get(a, "output"), e);
    if (r == 0)
        tell(&p);
    rules_free(p.rules);
    collect_free(model);
    collect_free(start);
    return r;
}

static const struct command_option options[] = {
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("Where the rules go (default: standard output)")},
    {.name = "points", .arg = "N", .help = N_("What all checks give together (default: 100)")},
    {.name = "id", .arg = "ID", .help = N_("Id of the rules (default: task)")},
    {.name = "protect", .help = N_("Also forbid changing texts and numbers that stayed")},
    {0},
};

const struct command cmd_score_propose = {
    .name = "propose",
    .args = "START MODEL",
    .min_args = 2,
    .max_args = 2,
    .summary = N_("propose rules of a practical task from its start files and a model solution"),
    .example = "kaochang-score propose start model -o rules.xml",
    .options = options,
    .no_json = true,
    .run = run,
};
