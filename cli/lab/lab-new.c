/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang lab new: the plan of a lab-skills exam from its rubrics. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/lab/commands.h"
#include "cli/lab/reading.h"
#include "engine/exam/exam.h"
#include "scoring/lab/plan.h"

/* A plain name is an exam of the office home; anything with a slash is a path. */
static char *exam_folder(const struct args *a, const char *name)
{
    if (strchr(name, '/'))
        return mem_strdup(name);
    char *exams = path_join(args_home(a), "exams"), *dir = path_join(exams, name);
    free(exams);
    return dir;
}

static int points_option(const struct args *a, const char *name, const char *otherwise, points_t *ret,
                         struct err *e)
{
    const char *text = args_get(a, name);
    if (points_parse(text ? text : otherwise, ret, e) < 0)
        return err_set(e, ERR_USAGE, NULL, _("--%s \"%s\": write points as 2 or 0.5"), name, text);
    return 0;
}

/* "injury=9:cannot use the right hand" */
static int read_exemption(struct lab_plan *p, const char *text, struct err *e)
{
    const char *equals = strchr(text, '='), *colon = equals ? strchr(equals, ':') : NULL;
    struct lab_exemption *x = &p->exemption[p->n_exemptions++];
    if (!colon || !colon[1])
        return err_set(e, ERR_USAGE, NULL, _("--exempt \"%s\": write NAME=POINTS:TEXT"), text);
    x->name = arena_strndup(p->arena, text, (size_t)(equals - text));
    x->text = colon + 1;
    return points_parse(arena_strndup(p->arena, equals + 1, (size_t)(colon - equals - 1)), &x->points, e);
}

static int read_options(struct lab_plan *p, const struct args *a, struct err *e)
{
    const char *dispute = args_get(a, "dispute") ? args_get(a, "dispute") : "third";
    int r;
    if ((r = args_int(a, "interval", 0, 1440, 5, &p->interval_s, e)) < 0 ||
        (r = args_int(a, "raters", 1, 2, 1, &p->raters, e)) < 0 ||
        (r = points_option(a, "tolerance", "2", &p->tolerance, e)) < 0 ||
        (r = points_option(a, "round", "0.5", &p->round, e)) < 0 ||
        (r = points_option(a, "recheck", "0", &p->recheck, e)) < 0)
        return r;
    p->interval_s *= 60;
    p->dispute = strcmp(dispute, "chief") == 0 ? LAB_DISPUTE_CHIEF : LAB_DISPUTE_THIRD;
    if (p->dispute == LAB_DISPUTE_THIRD && strcmp(dispute, "third") != 0)
        return err_set(e, ERR_USAGE, NULL, _("--dispute \"%s\": third or chief"), dispute);
    for (int i = 0; args_each(a, "exempt", i) && r == 0; i++)
        r = i < LAB_MAX_EXEMPTIONS
                ? read_exemption(p, args_each(a, "exempt", i), e)
                : err_set(e, ERR_USAGE, NULL, _("there are more than %d exemptions"), LAB_MAX_EXEMPTIONS);
    return r;
}

static int read_rubrics(struct lab_plan *p, const struct args *a, struct err *e)
{
    if (args_count(a) > LAB_MAX_RUBRICS)
        return err_set(e, ERR_USAGE, NULL, _("there are more than %d rubrics"), LAB_MAX_RUBRICS);
    for (int i = 0; i < args_count(a); i++) {
        int r = rubric_read_file(&p->rubric[p->n_rubrics], args_at(a, i), e);
        if (r < 0)
            return r;
        p->n_rubrics++;
    }
    return 0;
}

/* What was put together is read like any plan, so that it is checked and in its order. */
static int save(const struct lab_plan *made, const char *dir, struct err *e)
{
    struct bytes text = {0};
    struct lab_plan *p = NULL;
    char *path = path_join(dir, "lab.xml");
    int r = exam_name_free(dir, e);
    if (r == 0)
        r = lab_plan_write(made, &text, e);
    if (r == 0)
        r = lab_plan_read(&p, path, bytes_span(&text), e);
    bytes_clear(&text);
    if (r == 0)
        r = lab_plan_write(p, &text, e);
    if (r == 0)
        r = file_mkdirs(dir, false, e);
    if (r == 0)
        r = file_put_new(path, 0644, bytes_span(&text), e);
    if (r == 0)
        printf(_("%s: %zu rubrics, each rated by %lld\n"), path, p->n_rubrics, (long long)p->raters);
    lab_plan_free(p);
    bytes_release(&text);
    free(path);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct rubric *rubric[LAB_MAX_RUBRICS] = {NULL};
    struct lab_exemption exemption[LAB_MAX_EXEMPTIONS] = {{0}};
    struct lab_plan p = {.arena = arena_new(), .rubric = rubric, .exemption = exemption};
    const char *out = NULL;
    char *dir = NULL;
    int r = args_need(a, "output", &out, e);
    if (r == 0 && (r = read_options(&p, a, e)) == 0 && (r = read_rubrics(&p, a, e)) == 0) {
        dir = exam_folder(a, out);
        p.id = args_get(a, "id") ? args_get(a, "id") : path_base(dir);
        p.title = args_get(a, "title") ? args_get(a, "title") : _("Lab-skills exam");
        r = save(&p, dir, e);
    }
    for (size_t i = 0; i < p.n_rubrics; i++)
        rubric_free(rubric[i]);
    arena_free(p.arena);
    free(dir);
    return r;
}

static const struct command_option options[] = {
    {.name = "output",
     .key = 'o',
     .arg = "EXAM",
     .help = N_("Name of the exam in the home, or a folder (with a slash)")},
    {.name = "id", .arg = "ID", .help = N_("Plain name of the exam (default: the folder's)")},
    {.name = "title", .arg = "TEXT", .help = N_("Title on screens and sheets")},
    {.name = "interval", .arg = "MINUTES", .help = N_("Between two groups at a bench (default 5)")},
    {.name = "raters", .arg = "N", .help = N_("Independent ratings of each candidate: 1 (default) or 2")},
    {.name = "tolerance",
     .arg = "POINTS",
     .help = N_("Difference of two ratings that is an agreement (default 2)")},
    {.name = "round", .arg = "POINTS", .help = N_("Means are a multiple of this, half up (default 0.5)")},
    {.name = "dispute",
     .arg = "WHO",
     .help = N_("Who decides beyond the tolerance: third (default) or chief")},
    {.name = "recheck",
     .arg = "POINTS",
     .help = N_("Totals below are looked at again before release (default 0: none)")},
    {.name = "exempt", .arg = "NAME=POINTS:TEXT", .help = N_("A fixed score for a reason; may be repeated")},
    {0},
};

const struct command cmd_lab_new = {
    .name = "lab new",
    .args = "RUBRIC…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Make the plan of a lab-skills exam from its rubrics"),
    .example = "kaochang lab new -C office data/rubrics/P1.xml data/rubrics/C1.xml --raters 2 -o skills",
    .options = options,
    .no_json = true,
    .run = run,
};
