/* SPDX-License-Identifier: Apache-2.0 */
/* A state as a whole: what it costs, its limits, from and to a selection. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/state-internal.h"

static double rows_cost(const struct state_row *row, size_t n, const int64_t *sum, size_t *broken)
{
    double cost = 0;
    for (size_t r = 0; r < n; r++) {
        cost += row_cost(&row[r], sum[r]);
        *broken += !row[r].wish && outside(sum[r], row[r].lo, row[r].hi) != 0;
    }
    return cost;
}

static double form_cost(const struct state *s, size_t f, size_t *broken)
{
    double cost = rows_cost(s->row, s->n_rows, s->sum + f * s->n_rows, broken);
    for (size_t i = 0; i < s->n_groups; i++) {
        double c = state_group_cost(s, &s->group[i], f);
        *broken += c > 0;
        cost += c;
    }
    for (size_t i = 0; i < s->n_overlaps; i++)
        for (size_t g = 0; g < f; g++) {
            double c = state_overlap_cost(s, &s->overlap[i], f, g);
            *broken += c > 0;
            cost += c;
        }
    return cost;
}

static double count_all(const struct state *s, size_t *broken)
{
    double cost = rows_cost(s->total, s->n_totals, s->total_sum, broken);
    for (size_t f = 0; f < s->n_forms; f++)
        cost += form_cost(s, f, broken);
    for (uint32_t j = 0; j < s->n_items; j++) {
        double c = state_use_cost(s, j);
        *broken += c > 0;
        cost += c;
    }
    return cost;
}

double state_violation(const struct state *s)
{
    size_t broken = 0;
    return count_all(s, &broken);
}

void state_recount(struct state *s)
{
    s->broken = 0;
    s->cost = count_all(s, &s->broken);
    for (size_t f = 0; f < s->n_forms; f++) {
        for (size_t g = 0; g < s->n_goals; g++)
            s->cost += row_cost(&s->goal[g], s->have[f * s->n_goals + g]);
        for (size_t i = 0; s->profit && i < s->forms.n[f]; i++)
            s->cost -= s->profit[s->forms.form[f][i]];
    }
}

void state_aim(struct state *s, double value)
{
    const struct objective *o = &s->p->objective[0];
    for (size_t g = 0; g < s->n_goals; g++) {
        struct state_row *r = &s->goal[g];
        if (o->kind == OBJECTIVE_MAXIMIN) {
            r->lo = (int64_t)ceil(value * (double)o->row[g].weight / 1000);
        } else {
            r->lo = o->row[g].target - (int64_t)floor(value);
            r->hi = o->row[g].target + (int64_t)floor(value);
        }
    }
    state_recount(s);
}

void state_stress(struct state *s, uint32_t k, double factor)
{
    s->stress[k] *= factor;
    for (size_t r = 0; r < s->n_rows; r++)
        if (s->row[r].requirement == k)
            s->row[r].square *= factor;
    for (size_t r = 0; r < s->n_totals; r++)
        if (s->total[r].requirement == k)
            s->total[r].square *= factor;
    state_recount(s);
}

double state_objective(const struct state *s)
{
    const struct objective *o = &s->p->objective[0];
    bool maximin = o->kind == OBJECTIVE_MAXIMIN;
    double value = maximin ? INFINITY : 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t g = 0; g < s->n_goals; g++) {
            double have = (double)s->have[f * s->n_goals + g];
            double v =
                maximin ? have * 1000 / (double)o->row[g].weight : fabs(have - (double)o->row[g].target);
            value = maximin ? fmin(value, v) : fmax(value, v);
        }
    return s->n_goals > 0 ? value : 0;
}

static void clear(struct state *s)
{
    for (size_t f = 0; f < s->n_forms; f++)
        while (s->forms.n[f] > 0)
            state_drop(s, f, s->forms.form[f][s->forms.n[f] - 1]);
}

void state_load(struct state *s, const struct selection *from)
{
    clear(s);
    for (size_t f = 0; f < from->n_forms && f < s->n_forms; f++)
        for (size_t i = 0; i < from->n[f]; i++)
            state_put(s, f, from->form[f][i]);
    state_recount(s);
}

void state_copy(struct state *s, const struct state *from)
{
    state_load(s, &from->forms);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void state_take(const struct state *s, struct selection *ret)
{
    *ret = (struct selection){.form = mem_alloc((s->n_forms + 1) * sizeof *ret->form),
                              .n = mem_alloc((s->n_forms + 1) * sizeof *ret->n),
                              .n_forms = s->n_forms};
    for (size_t f = 0; f < s->n_forms; f++) {
        ret->n[f] = s->forms.n[f];
        ret->form[f] = mem_alloc((ret->n[f] + 1) * sizeof **ret->form);
        if (ret->n[f] > 0)
            memcpy(ret->form[f], s->forms.form[f], ret->n[f] * sizeof **ret->form);
        qsort(ret->form[f], ret->n[f], sizeof **ret->form, by_number);
    }
}
