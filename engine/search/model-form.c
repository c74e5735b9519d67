/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements on each form by itself: sums, sets of items, values that must be covered. */
#include "engine/search/model-internal.h"

#include <float.h>
#include <stdlib.h>

#include "base/mem.h"

/* lo up and hi down to multiples of g: sums are never between them. */
static double up_to(int64_t lo, int64_t g)
{
    return lo == OPEN_LO ? -DBL_MAX : (double)(lo / g + (lo % g > 0));
}

static double down_to(int64_t hi, int64_t g)
{
    return hi == OPEN_HI ? DBL_MAX : (double)(hi / g - (hi % g < 0));
}

/* In steps of the common divisor, so that a sum that is one step off is far off for the solver's tolerance;
 * data with too many digits for that keep their unit. */
static void linear_over(const struct builder *b, const struct requirement *r, size_t from, size_t to)
{
    int64_t g = 0, most = 1;
    for (size_t k = 0; k < r->n; k++) {
        int64_t c = r->coef ? r->coef[k] : 1;
        g = model_divisor(g, c);
        most = c > most ? c : -c > most ? -c : most;
    }
    bool steps = g > 0 && most / g <= MODEL_MAX_STEPS;
    double scale = steps ? (double)g : (double)r->unit;
    for (size_t f = from; f < to; f++)
        for (size_t k = 0; k < r->n; k++)
            model_x_cell(b->m, r->item[k], f, (double)(r->coef ? r->coef[k] : 1) / scale);
    model_row(b->m, steps ? up_to(r->lo, g) : model_low(r->lo, r->unit),
              steps ? down_to(r->hi, g) : model_high(r->hi, r->unit));
}

void model_linear(const struct builder *b, const struct requirement *r, size_t f)
{
    linear_over(b, r, f, f + 1);
}

void model_total(const struct builder *b, const struct requirement *r)
{
    linear_over(b, r, 0, b->p->n_forms);
}

void model_set(const struct builder *b, const struct requirement *r, size_t f, double lo, double hi)
{
    for (size_t k = 0; k < r->n; k++)
        model_x_cell(b->m, r->item[k], f, 1);
    model_row(b->m, lo, hi);
}

void model_all_or_none(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t k = 1; k < r->n; k++) {
        model_x_cell(b->m, r->item[0], f, 1);
        model_x_cell(b->m, r->item[k], f, -1);
        model_row(b->m, 0, 0);
    }
}

void model_include(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t k = 0; k < r->n; k++) {
        model_x_cell(b->m, r->item[k], f, 1);
        model_row(b->m, 1, 1);
    }
}

void model_cover(const struct builder *b, const struct requirement *r, size_t f)
{
    int *v = mem_alloc((r->n_groups + 1) * sizeof *v);
    bool all = r->lo >= (int64_t)r->n_groups;
    for (size_t g = 0; g < r->n_groups; g++) {
        v[g] = all ? -1 : model_column(b->m, 0, 1, true);
        for (size_t k = 0; k < r->n; k++)
            if (r->group[k] == g)
                model_x_cell(b->m, r->item[k], f, 1);
        if (!all)
            model_cell(b->m, v[g], -1);
        model_row(b->m, all ? 1 : 0, DBL_MAX);
    }
    for (size_t g = 0; !all && g < r->n_groups; g++)
        model_cell(b->m, v[g], 1);
    if (!all)
        model_row(b->m, (double)r->lo, DBL_MAX);
    else if (r->lo > (int64_t)r->n_groups)
        b->m->sure_infeasible = true;
    free(v);
}
