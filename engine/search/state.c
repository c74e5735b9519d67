/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/state-internal.h"

static int64_t group_short(const struct state_group *g, size_t form)
{
    if (g->cover)
        return g->lo > g->met[form] ? g->lo - g->met[form] : 0;
    uint32_t have = g->have[form], rest = (uint32_t)g->n - have;
    return have < rest ? have : rest;
}

static double hard_cost(const struct state *s, uint32_t requirement, int64_t d)
{
    return s->hard * s->stress[requirement] * (double)d * (double)d;
}

double state_group_cost(const struct state *s, const struct state_group *g, size_t form)
{
    return hard_cost(s, g->requirement, group_short(g, form));
}

double state_use_cost(const struct state *s, uint32_t item)
{
    int64_t d = outside(s->use[item], s->use_lo[item], s->use_hi[item]);
    return s->hard * (double)d * (double)d;
}

double state_overlap_cost(const struct state *s, const struct state_overlap *o, size_t f, size_t g)
{
    int64_t d = outside(o->shared[f * s->n_forms + g], 0, o->hi);
    return d ? hard_cost(s, o->requirement, d) : 0;
}

/* What a row is before and after a change of its sum. */
static void note_row(struct state *s, const struct state_row *r, int64_t from, int64_t to)
{
    if (!r->wish)
        s->broken += (size_t)(outside(to, r->lo, r->hi) != 0) - (size_t)(outside(from, r->lo, r->hi) != 0);
}

static double move_row(struct state *s, const struct state_row *r, int64_t *sum, int64_t by)
{
    int64_t from = *sum;
    *sum += by;
    note_row(s, r, from, *sum);
    return row_cost(r, *sum) - row_cost(r, from);
}

static double move_rows(struct state *s, size_t form, uint32_t j, int sign)
{
    double cost = 0;
    int64_t *sum = s->sum + form * s->n_rows;
    for (size_t c = s->cell_at[j]; c < s->cell_at[j + 1]; c++)
        cost += move_row(s, &s->row[s->cell[c].row], &sum[s->cell[c].row], sign * s->cell[c].coef);
    for (size_t c = s->total_at[j]; c < s->total_at[j + 1]; c++) {
        uint32_t row = s->total_cell[c].row;
        cost += move_row(s, &s->total[row], &s->total_sum[row], sign * s->total_cell[c].coef);
    }
    return cost;
}

static double move_goals(struct state *s, size_t form, uint32_t j, int sign)
{
    double cost = 0;
    int64_t *have = s->have + form * s->n_goals;
    for (size_t g = 0; g < s->n_goals; g++) {
        int64_t to = have[g] + sign * s->gain[j * s->n_goals + g];
        cost += row_cost(&s->goal[g], to) - row_cost(&s->goal[g], have[g]);
        have[g] = to;
    }
    return s->profit ? cost - sign * s->profit[j] : cost;
}

static void step_group(struct state_group *g, size_t form, int64_t of_cover, int sign)
{
    uint32_t *have = &g->have[g->cover ? form * g->n + (size_t)of_cover : form];
    if (g->cover && *have == (sign > 0 ? 0 : 1))
        g->met[form] += (uint32_t)sign;
    *have += (uint32_t)sign;
}

static double move_groups(struct state *s, size_t form, uint32_t j, int sign)
{
    double cost = 0;
    for (size_t c = s->group_at[j]; c < s->group_at[j + 1]; c++) {
        struct state_group *g = &s->group[s->group_cell[c].row];
        size_t was = group_short(g, form) != 0;
        cost -= state_group_cost(s, g, form);
        step_group(g, form, s->group_cell[c].coef, sign);
        cost += state_group_cost(s, g, form);
        s->broken += (size_t)(group_short(g, form) != 0) - was;
    }
    return cost;
}

static double step_overlap(struct state *s, struct state_overlap *o, size_t f, size_t g, int sign)
{
    double before = state_overlap_cost(s, o, f, g);
    size_t was = o->shared[f * s->n_forms + g] > o->hi;
    o->shared[f * s->n_forms + g] += sign;
    o->shared[g * s->n_forms + f] = o->shared[f * s->n_forms + g];
    s->broken += (size_t)(o->shared[f * s->n_forms + g] > o->hi) - was;
    return state_overlap_cost(s, o, f, g) - before;
}

/* Every other form that has the item shares one more or less with this one. */
static double move_overlaps(struct state *s, size_t form, uint32_t j, int sign)
{
    double cost = 0;
    for (size_t i = 0; i < s->n_overlaps; i++) {
        struct state_overlap *o = &s->overlap[i];
        for (size_t w = 0; (!o->counts || o->counts[j]) && w < s->words; w++)
            for (uint64_t rest = s->in [j * s->words + w]; rest; rest &= rest - 1) {
                size_t g = w * 64 + (size_t)__builtin_ctzll(rest);
                if (g != form)
                    cost += step_overlap(s, o, form, g, sign);
            }
    }
    return cost;
}

static double move_use(struct state *s, uint32_t j, int sign)
{
    double before = state_use_cost(s, j);
    size_t was = outside(s->use[j], s->use_lo[j], s->use_hi[j]) != 0;
    s->use[j] += (uint32_t)sign;
    s->broken += (size_t)(outside(s->use[j], s->use_lo[j], s->use_hi[j]) != 0) - was;
    return state_use_cost(s, j) - before;
}

static double move(struct state *s, size_t form, uint32_t j, int sign)
{
    double cost = move_rows(s, form, j, sign) + move_goals(s, form, j, sign) + move_groups(s, form, j, sign) +
                  move_overlaps(s, form, j, sign) + move_use(s, j, sign);
    s->in[j * s->words + form / 64] ^= UINT64_C(1) << (form % 64);
    s->cost += cost;
    return cost;
}

double state_put(struct state *s, size_t form, uint32_t item)
{
    size_t n = s->forms.n[form]++;
    if (n == s->room[form]) {
        s->room[form] = n < 16 ? 32 : 2 * n;
        s->forms.form[form] = mem_grow(s->forms.form[form], s->room[form], sizeof **s->forms.form);
    }
    s->forms.form[form][n] = item;
    return move(s, form, item, 1);
}

double state_drop(struct state *s, size_t form, uint32_t item)
{
    uint32_t *list = s->forms.form[form];
    size_t i = 0, last = --s->forms.n[form];
    while (list[i] != item)
        i++;
    list[i] = list[last];
    return move(s, form, item, -1);
}

/* `in` takes the place of `out` in the list. */
double state_swap(struct state *s, size_t form, uint32_t out, uint32_t in)
{
    uint32_t *list = s->forms.form[form];
    size_t i = 0;
    while (list[i] != out)
        i++;
    list[i] = in;
    double cost = move(s, form, out, -1);
    return cost + move(s, form, in, 1);
}

double state_exchange(struct state *s, size_t f, uint32_t a, size_t g, uint32_t b)
{
    double cost = state_swap(s, f, a, b);
    return cost + state_swap(s, g, b, a);
}

/* Rows that differ between two items, in one pass over their cells; sum of one form. */
static double try_rows(const struct state *s, size_t form, uint32_t out, uint32_t in)
{
    double cost = 0;
    const int64_t *sum = s->sum + form * s->n_rows;
    const struct state_cell *a = s->cell + s->cell_at[out], *a_end = s->cell + s->cell_at[out + 1];
    const struct state_cell *b = s->cell + s->cell_at[in], *b_end = s->cell + s->cell_at[in + 1];
    while (a < a_end || b < b_end) {
        int64_t by = 0;
        uint32_t row = b == b_end || (a < a_end && a->row <= b->row) ? a->row : b->row;
        if (a < a_end && a->row == row)
            by -= a++->coef;
        if (b < b_end && b->row == row)
            by += b++->coef;
        if (by != 0)
            cost += row_cost(&s->row[row], sum[row] + by) - row_cost(&s->row[row], sum[row]);
    }
    return cost;
}

static double try_goals(const struct state *s, size_t form, uint32_t out, uint32_t in)
{
    double cost = 0;
    const int64_t *have = s->have + form * s->n_goals;
    const int64_t *a = s->gain + out * s->n_goals, *b = s->gain + in * s->n_goals;
    for (size_t g = 0; g < s->n_goals; g++)
        cost += row_cost(&s->goal[g], have[g] + b[g] - a[g]) - row_cost(&s->goal[g], have[g]);
    return s->profit ? cost + s->profit[out] - s->profit[in] : cost;
}

static bool is_plain(const struct state *s, uint32_t a, uint32_t b)
{
    return s->group_at[a] == s->group_at[a + 1] && s->group_at[b] == s->group_at[b + 1] &&
           s->total_at[a] == s->total_at[a + 1] && s->total_at[b] == s->total_at[b + 1];
}

/* Forms that have `out` share one less with this one, those that have `in` one more. */
static double try_overlap(const struct state *s, const struct state_overlap *o, size_t form, uint32_t out,
                          uint32_t in)
{
    double cost = 0;
    for (size_t w = 0; w < s->words; w++) {
        uint64_t less = !o->counts || o->counts[out] ? s->in[out * s->words + w] : 0;
        uint64_t more = !o->counts || o->counts[in] ? s->in[in * s->words + w] : 0;
        for (uint64_t rest = less ^ more; rest; rest &= rest - 1) {
            size_t g = w * 64 + (size_t)__builtin_ctzll(rest);
            int64_t was = o->shared[form * s->n_forms + g], is = was + (more & rest & -rest ? 1 : -1);
            if (g != form && (was > o->hi || is > o->hi))
                cost += hard_cost(s, o->requirement, outside(is, 0, o->hi)) -
                        hard_cost(s, o->requirement, outside(was, 0, o->hi));
        }
    }
    return cost;
}

static double try_use(const struct state *s, uint32_t j, int sign)
{
    int64_t was = outside(s->use[j], s->use_lo[j], s->use_hi[j]);
    int64_t is = outside((int64_t)s->use[j] + sign, s->use_lo[j], s->use_hi[j]);
    return s->hard * (double)(is * is - was * was);
}

/* By doing and undoing: right for every kind. */
static double try_by_doing(struct state *s, size_t form, uint32_t out, uint32_t in)
{
    double before = s->cost, by = state_swap(s, form, out, in);
    state_swap(s, form, in, out);
    s->cost = before;
    return by;
}

double state_try_swap(struct state *s, size_t form, uint32_t out, uint32_t in)
{
    if (!is_plain(s, out, in))
        return try_by_doing(s, form, out, in);
    double cost =
        try_goals(s, form, out, in) + try_rows(s, form, out, in) + try_use(s, out, -1) + try_use(s, in, 1);
    for (size_t i = 0; i < s->n_overlaps; i++)
        cost += try_overlap(s, &s->overlap[i], form, out, in);
    return cost;
}

double state_try_exchange(struct state *s, size_t f, uint32_t a, size_t g, uint32_t b)
{
    if (is_plain(s, a, b) && s->n_overlaps == 0)
        return try_goals(s, f, a, b) + try_goals(s, g, b, a) + try_rows(s, f, a, b) + try_rows(s, g, b, a);
    double before = s->cost, by = state_exchange(s, f, a, g, b);
    state_exchange(s, f, b, g, a);
    s->cost = before;
    return by;
}
