/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/model-internal.h"

#include <float.h>

static void row_cells(const struct builder *b, const struct objective_row *row, size_t f)
{
    for (size_t i = 0; i < b->p->n_items; i++)
        model_x_cell(b->m, (uint32_t)i, f, (double)row->coef[i] / b->m->scale);
}

/* Common divisor of all coefficients of the objective; 0 if they are all zero. */
static int64_t objective_step(const struct problem *p)
{
    int64_t g = 0;
    for (size_t k = 0; k < p->objective->n_rows; k++)
        for (size_t i = 0; i < p->n_items; i++)
            g = model_divisor(g, p->objective->row[k].coef[i]);
    return g;
}

/* What 1 of the objective in the model stands for, in the problem's integers. */
static double objective_scale(const struct problem *p, int64_t g)
{
    int64_t most = 0;
    for (size_t k = 0; k < p->objective->n_rows; k++)
        for (size_t i = 0; i < p->n_items; i++)
            most = p->objective->row[k].coef[i] > most ? p->objective->row[k].coef[i] : most;
    return g > 0 && most / g <= MODEL_MAX_STEPS ? (double)g : (double)p->objective->unit;
}

/* Sums of integers are multiples of their common divisor: no form comes nearer to the target than this. */
static double nearest_step(const struct model *m, int64_t target, int64_t g)
{
    if (g == 0)
        return 0;
    int64_t rest = target % g;
    rest = rest < 0 ? rest + g : rest;
    return (double)(rest < g - rest ? rest : g - rest) / m->scale;
}

static void add_sum(const struct builder *b)
{
    struct model *m = b->m;
    for (size_t i = 0; !b->o->ties && i < b->p->n_items; i++)
        for (size_t f = 0; f < b->p->n_forms; f++)
            if (model_x(m, (uint32_t)i, f) >= 0)
                m->cost[model_x(m, (uint32_t)i, f)] = -(double)b->p->objective->row[0].coef[i] / m->scale;
}

/* y >= |sum - target| in every form and row. */
static void add_deviation(const struct builder *b, const struct objective_row *row, int64_t g)
{
    struct model *m = b->m;
    double target = (double)row->target / m->scale, step = nearest_step(m, row->target, g);
    if (step > m->lower[m->y])
        m->lower[m->y] = step;
    for (size_t f = 0; f < b->p->n_forms; f++) {
        row_cells(b, row, f);
        model_cell(m, m->y, -1);
        model_row(m, -DBL_MAX, target);
        row_cells(b, row, f);
        model_cell(m, m->y, 1);
        model_row(m, target, DBL_MAX);
    }
}

/* weight * y <= sum in every form and row. */
static void add_least(const struct builder *b, const struct objective_row *row)
{
    struct model *m = b->m;
    for (size_t f = 0; f < b->p->n_forms; f++) {
        row_cells(b, row, f);
        model_cell(m, m->y, -(double)row->weight / 1000);
        model_row(m, 0, DBL_MAX);
    }
}

void model_objective(const struct builder *b)
{
    struct model *m = b->m;
    const struct problem *p = b->p;
    bool dev = p->objective->kind == OBJECTIVE_MINIMAX_DEV;
    int64_t g = objective_step(p);
    m->scale = objective_scale(p, g);
    if (p->objective->kind == OBJECTIVE_MAX_SUM) {
        add_sum(b);
        return;
    }
    m->y = model_column(m, dev ? 0 : -DBL_MAX, DBL_MAX, false);
    m->cost[m->y] = b->o->ties ? 0 : dev ? 1 : -1;
    if (b->o->ties)
        (dev ? m->upper : m->lower)[m->y] = b->o->level / m->scale;
    for (size_t k = 0; k < p->objective->n_rows; k++)
        if (dev)
            add_deviation(b, &p->objective->row[k], g);
        else
            add_least(b, &p->objective->row[k]);
    if (dev && (double)p->objective->indifferent / m->scale > m->lower[m->y])
        m->lower[m->y] = (double)p->objective->indifferent / m->scale;
    m->floor = dev ? m->lower[m->y] : -DBL_MAX;
    if (m->lower[m->y] > m->upper[m->y])
        m->upper[m->y] = m->lower[m->y];
}
