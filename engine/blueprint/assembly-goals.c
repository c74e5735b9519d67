/* SPDX-License-Identifier: Apache-2.0 */
/* The goals of a blueprint as objectives, in their order. */
#include <stdio.h>

#include "base/i18n.h"
#include "engine/blueprint/assembly-internal.h"
#include "engine/blueprint/information.h"

enum { MILLI = INFORMATION_UNIT / 1000 };

static void add_row(struct assembly *a, struct objective *o, const struct gathered *g, int64_t target,
                    int64_t weight)
{
    struct arena *arena = a->problem->arena;
    struct objective_row *row = arena_array(arena, o->n_rows + 1, sizeof *row);
    int64_t *coef = arena_array(arena, a->n_pool + 1, sizeof *coef);
    for (size_t k = 0; k < o->n_rows; k++)
        row[k] = o->row[k];
    for (size_t k = 0; k < g->n; k++)
        coef[g->item[k]] = g->coef[k];
    row[o->n_rows++] = (struct objective_row){.coef = coef, .target = target, .weight = weight};
    o->row = row;
}

static int64_t paper_milli(const struct assembly *a)
{
    return a->blueprint->points.milli > 0 ? a->blueprint->points.milli : 1;
}

/* Facility of the points that can be reached; half a thousandth more or less is as good. */
static void facility_rows(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    int64_t total = paper_milli(a);
    struct gathered sum = assembly_facility(a);
    add_row(a, o, &sum, a->blueprint->mean_facility.target * total, 1000);
    o->unit = total * 1000;
    o->indifferent = total / 2;
    o->give = g->give * total;
}

static struct gathered times(const struct assembly *a)
{
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, a->pool[i].item.expected_s);
    return g;
}

static struct gathered numbers(const struct assembly *a, const char *attribute,
                               const struct blueprint_selector *s)
{
    struct gathered g = assembly_room(a);
    int64_t v = 0;
    for (size_t i = 0; i < a->n_pool; i++)
        if ((!s || assembly_selected(s, &a->pool[i].item)) &&
            assembly_number(&a->pool[i].item, attribute, &v))
            assembly_take(&g, i, v);
    return g;
}

static struct gathered points(const struct assembly *a)
{
    struct gathered g = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&g, i, a->pool[i].points.milli);
    return g;
}

/* The sum of the rows, each times its weight, as one. */
static void weigh_information(struct assembly *a, struct objective *o)
{
    const struct blueprint_information *info = &a->blueprint->information;
    struct gathered all = assembly_room(a);
    for (size_t i = 0; i < a->n_pool; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < info->n; k++)
            sum += information_at(&a->pool[i].item.irt, info->at[k].theta) * info->at[k].weight / 1000;
        assembly_take(&all, i, sum);
    }
    add_row(a, o, &all, 0, 1000);
}

static void information_rows(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    const struct blueprint_information *info = &a->blueprint->information;
    o->unit = INFORMATION_UNIT;
    o->give = g->give * MILLI;
    if (info->goal == INFORMATION_SUM && g->kind == GOAL_INFORMATION) {
        weigh_information(a, o);
        return;
    }
    for (size_t k = 0; k < info->n; k++) {
        struct gathered row = assembly_information(a, info->at[k].theta);
        add_row(a, o, &row, info->at[k].target * MILLI, info->at[k].weight);
    }
}

static void curve_rows(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    const struct blueprint_curve *c = &a->blueprint->curve;
    for (size_t k = 0; k < c->n; k++) {
        struct gathered row = assembly_room(a);
        for (size_t i = 0; i < a->n_pool; i++)
            if (a->pool[i].item.facility >= c->at[k].from && a->pool[i].item.facility <= c->at[k].to)
                assembly_take(&row, i, 1);
        add_row(a, o, &row, c->at[k].items, 1000);
    }
    o->give = g->give / 1000;
}

/* Items that stood in few exams first. */
static void fresh_rows(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    struct gathered row = assembly_room(a);
    int64_t *exams = arena_array(a->problem->arena, a->n_pool + 1, sizeof *exams), most = 0;
    assembly_count_exams(a, g->years, exams);
    for (size_t i = 0; i < a->n_pool; i++)
        most = exams[i] > most ? exams[i] : most;
    for (size_t i = 0; i < a->n_pool; i++)
        assembly_take(&row, i, most - exams[i]);
    add_row(a, o, &row, 0, 1000);
    o->give = g->give / 1000;
}

static void equal_rows(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    struct gathered row;
    o->kind = OBJECTIVE_MIN_RANGE;
    o->unit = 1000;
    o->give = g->give;
    switch (g->measure) {
    case MEASURE_FACILITY:
        facility_rows(a, o, g);
        o->row->target = 0;
        o->words = _("difference of the mean facility between forms");
        return;
    case MEASURE_INFORMATION:
        information_rows(a, o, g);
        o->words = _("difference of the information between forms");
        return;
    case MEASURE_TIME:
        row = times(a);
        o->unit = 1;
        o->give = g->give / 1000;
        o->words = _("difference of the expected time between forms");
        break;
    case MEASURE_POINTS:
        row = points(a);
        o->words = _("difference of the points between forms");
        break;
    default:
        row = numbers(a, g->attribute, NULL);
        o->words = arena_printf(a->problem->arena, _("difference of %s between forms"), g->attribute);
    }
    add_row(a, o, &row, 0, 1000);
}

static void information_goal(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    enum blueprint_information_goal goal = a->blueprint->information.goal;
    o->kind = goal == INFORMATION_MAXIMIN ? OBJECTIVE_MAXIMIN
              : goal == INFORMATION_SUM   ? OBJECTIVE_MAX_SUM
                                          : OBJECTIVE_MINIMAX_DEV;
    o->words = goal == INFORMATION_MAXIMIN ? _("least information of a form")
               : goal == INFORMATION_SUM   ? _("sum of the information")
                                           : _("largest deviation of the information from its target");
    information_rows(a, o, g);
}

static void sum_goal(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    const struct blueprint_sum *s = &a->blueprint->sum[g->which];
    struct gathered row = numbers(a, s->attribute, &s->what);
    o->kind = OBJECTIVE_MINIMAX_DEV;
    o->unit = 1000;
    o->give = g->give;
    o->words = arena_printf(a->problem->arena, _("largest deviation of %s from its target"), s->attribute);
    add_row(a, o, &row, s->range.target, 1000);
}

static void time_goal(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    struct gathered row = times(a);
    o->kind = OBJECTIVE_MINIMAX_DEV;
    o->give = g->give / 1000;
    o->words = _("largest deviation of the expected time from its target");
    add_row(a, o, &row, a->blueprint->expected_time.target, 1000);
}

static void one_goal(struct assembly *a, struct objective *o, const struct blueprint_goal *g)
{
    o->unit = 1;
    switch (g->kind) {
    case GOAL_WISHES:
        *o = (struct objective){.kind = OBJECTIVE_MIN_PENALTY,
                                .unit = 1000,
                                .give = g->give,
                                .words = _("weight of the wishes that are missed")};
        return;
    case GOAL_MEAN_FACILITY:
        o->kind = OBJECTIVE_MINIMAX_DEV;
        o->words = _("largest deviation of the mean facility from its target");
        facility_rows(a, o, g);
        return;
    case GOAL_EXPECTED_TIME:
        time_goal(a, o, g);
        return;
    case GOAL_SUM:
        sum_goal(a, o, g);
        return;
    case GOAL_INFORMATION:
        information_goal(a, o, g);
        return;
    case GOAL_CURVE:
        o->kind = OBJECTIVE_MINIMAX_DEV;
        o->words = _("largest deviation from the difficulty curve, in items");
        curve_rows(a, o, g);
        return;
    case GOAL_EQUAL:
        equal_rows(a, o, g);
        return;
    case GOAL_FRESH:
        o->kind = OBJECTIVE_MAX_SUM;
        o->words = _("freshness: past exams that the items were not in");
        fresh_rows(a, o, g);
        return;
    }
}

void assembly_wish(struct assembly *a)
{
    const struct blueprint *b = a->blueprint;
    struct problem *p = a->problem;
    if (b->n_goals == 0)
        return;
    p->objective = arena_array(p->arena, b->n_goals, sizeof *p->objective);
    p->n_objectives = b->n_goals;
    for (size_t i = 0; i < b->n_goals; i++)
        one_goal(a, &p->objective[i], &b->goal[i]);
}
