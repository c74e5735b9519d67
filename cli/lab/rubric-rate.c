/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang rubric rate: the arithmetic of a rating, for auditors: which slip costs what, and why. */
#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/lab/commands.h"
#include "cli/lab/reading.h"
#include "scoring/lab/marks.h"

static const char *const cost_name[] = {[RATING_COSTS] = "costs",
                                        [RATING_HINTED] = "hinted",
                                        [RATING_INCLUDED] = "included",
                                        [RATING_SAME] = "same"};

static json_t *slips_json(const struct rubric_step *s, const struct rating_step *x,
                          const enum rating_cost *cost)
{
    json_t *slips = json_array();
    for (size_t i = 0; i < s->n_slips; i++)
        if (x->slips >> i & 1)
            json_array_append_new(
                slips, json_pack("{s:s#,s:s}", "code", &s->slip[i].code, 1, "why", cost_name[cost[i]]));
    return slips;
}

static void print_json(const struct rating *x, const struct rubric *r, const struct rating_points *p)
{
    static const char *const mark[] = {
        [RATING_UNMARKED] = "open", [RATING_MARKED] = "rated", [RATING_ZERO] = "zero"};
    char points[32], of[32], raw[32], total[32];
    json_t *steps = json_array();
    for (size_t i = 0; i < r->n_steps; i++)
        json_array_append_new(
            steps, json_pack("{s:I,s:s,s:s,s:s,s:b,s:o}", "step", (json_int_t)i + 1, "mark",
                             mark[x->step[i].mark], "points", points_text(p->step[i], points, sizeof points),
                             "of", points_text(r->step[i].points, of, sizeof of), "ended", (int)p->ended[i],
                             "slips", slips_json(&r->step[i], &x->step[i], p->cost[i])));
    json_t *all = json_pack("{s:s,s:I,s:o,s:s,s:s,s:I}", "rubric", r->id, "version", (json_int_t)r->version,
                            "steps", steps, "raw", points_text(p->raw, raw, sizeof raw), "total",
                            points_text(p->total, total, sizeof total), "open", (json_int_t)p->open);
    json_dumpf(all, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(all);
}

static void print_step(const struct rating *x, const struct rubric *r, const struct rating_points *p,
                       size_t i)
{
    char points[32], of[32];
    const struct rubric_step *s = &r->step[i];
    bool open = x->step[i].mark == RATING_UNMARKED && !p->ended[i];
    printf("%2zu  %s  %s/%s%s%s\n", i + 1, s->title,
           open ? "-" : points_text(p->step[i], points, sizeof points), points_text(s->points, of, sizeof of),
           p->ended[i] ? "  " : "", p->ended[i] ? _("ended") : "");
    for (size_t k = 0; k < s->n_slips; k++)
        if (x->step[i].slips >> k & 1)
            printf("      %c  %s: %s\n", s->slip[k].code, s->slip[k].text, rating_cost_text(p->cost[i][k]));
}

static void print_people(const struct rating *x, const struct rubric *r, const struct rating_points *p)
{
    char raw[32], total[32];
    for (size_t i = 0; i < r->n_steps; i++)
        print_step(x, r, p, i);
    if (r->fold_step.milli)
        printf(_("rated %s, folded %s; open steps: %zu\n"), points_text(p->raw, raw, sizeof raw),
               points_text(p->total, total, sizeof total), p->open);
    else
        printf(_("total %s; open steps: %zu\n"), points_text(p->total, total, sizeof total), p->open);
}

static int run(const struct args *a, struct err *e)
{
    struct rubric *rubric = NULL;
    struct rating x;
    struct rating_points points;
    const char *marks;
    int r = args_need(a, "marks", &marks, e);
    if (r == 0)
        r = rubric_read_file(&rubric, args_at(a, 0), e);
    if (r == 0) {
        rating_begin(&x, rubric);
        r = rating_marks_parse(&x, rubric, marks, e);
    }
    if (r == 0) {
        rating_points(&x, rubric, &points);
        (args_json(a) ? print_json : print_people)(&x, rubric, &points);
    }
    rubric_free(rubric);
    return r;
}

static const struct command_option options[] = {
    {.name = "marks",
     .arg = "MARKS",
     .help = N_("The marks of each step: 1:full 2:ab 3:0 5:b+ (put right after a hint) fatal:1")},
    {0},
};

const struct command cmd_rubric_rate = {
    .name = "rubric rate",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Work out the points of a rating: what each slip costs, and why"),
    .example = "kaochang rubric rate data/rubrics/P1.xml --marks '1:full 2:full 3:ab+ 6:c 7:bc'",
    .options = options,
    .run = run,
};
