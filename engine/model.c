/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/model.h"

#include <float.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

enum { MAX_STEPS = 1000000 };

struct builder {
    struct model *m;
    const struct problem *p;
    const struct model_options *o;
    int *z; /* column of stimulus s in form f, or -1 */
};

static int add_col(struct model *m, double lower, double upper, bool integer)
{
    if (m->n_cols == m->room_cols) {
        m->room_cols = m->room_cols ? 2 * m->room_cols : 256;
        m->lower = mem_grow(m->lower, m->room_cols, sizeof *m->lower);
        m->upper = mem_grow(m->upper, m->room_cols, sizeof *m->upper);
        m->cost = mem_grow(m->cost, m->room_cols, sizeof *m->cost);
        m->integer = mem_grow(m->integer, m->room_cols, sizeof *m->integer);
    }
    m->lower[m->n_cols] = lower;
    m->upper[m->n_cols] = upper;
    m->cost[m->n_cols] = 0;
    m->integer[m->n_cols] = integer;
    return (int)m->n_cols++;
}

/* Cells are added to the row that is open; row_end closes it. */
static void cell(struct model *m, int col, double value)
{
    if (m->n_cells == m->room_cells) {
        m->room_cells = m->room_cells ? 2 * m->room_cells : 1024;
        m->index = mem_grow(m->index, m->room_cells, sizeof *m->index);
        m->value = mem_grow(m->value, m->room_cells, sizeof *m->value);
    }
    m->index[m->n_cells] = col;
    m->value[m->n_cells++] = value;
}

static void row_end(struct model *m, double lo, double hi)
{
    if (m->n_rows + 2 > m->room_rows) {
        m->room_rows = m->room_rows ? 2 * m->room_rows : 256;
        m->lo = mem_grow(m->lo, m->room_rows, sizeof *m->lo);
        m->hi = mem_grow(m->hi, m->room_rows, sizeof *m->hi);
        m->start = mem_grow(m->start, m->room_rows + 1, sizeof *m->start);
        m->start[0] = 0;
    }
    if (m->n_cells == m->start[m->n_rows]) { /* 0 within lo..hi, or never */
        m->sure_infeasible = m->sure_infeasible || lo > 0 || hi < 0;
        return;
    }
    m->lo[m->n_rows] = lo;
    m->hi[m->n_rows] = hi;
    m->start[++m->n_rows] = m->n_cells;
}

static int x_of(const struct model *m, uint32_t item, size_t form)
{
    return m->x[(size_t)item * m->n_forms + form];
}

/* Adds value * x; an excluded item adds nothing. */
static void x_cell(struct model *m, uint32_t item, size_t form, double value)
{
    int col = x_of(m, item, form);
    if (col >= 0 && value != 0)
        cell(m, col, value);
}

static double low(int64_t v, int64_t unit)
{
    return v == OPEN_LO ? -DBL_MAX : (double)v / (double)unit;
}

static double high(int64_t v, int64_t unit)
{
    return v == OPEN_HI ? DBL_MAX : (double)v / (double)unit;
}

static bool kept(const struct builder *b, size_t k)
{
    return !b->o->keep || b->o->keep[k];
}

/* Excluded items get no columns at all; included ones are fixed. */
static void add_x(const struct builder *b)
{
    struct model *m = b->m;
    const struct problem *p = b->p;
    bool *out = mem_alloc(p->n_items + 1);
    uint32_t *order = mem_alloc((p->n_items + 1) * sizeof *order);
    for (size_t k = 0; k < p->n_requirements; k++)
        for (size_t i = 0; kept(b, k) && p->requirement[k].kind == REQUIRE_EXCLUDE && i < p->requirement[k].n; i++)
            out[p->requirement[k].item[i]] = true;
    for (size_t i = 0; b->o->out && i < p->n_items; i++)
        out[i] = out[i] || b->o->out[i];
    struct rng rng;
    rng_seed(&rng, b->o->seed);
    for (size_t i = 0; i < p->n_items; i++)
        order[i] = (uint32_t)i;
    rng_shuffle(&rng, order, p->n_items);
    m->x = mem_alloc((p->n_items * p->n_forms + 1) * sizeof *m->x);
    for (size_t k = 0; k < p->n_items; k++)
        for (size_t f = 0; f < p->n_forms; f++) {
            int col = out[order[k]] ? -1 : add_col(m, 0, 1, true);
            m->x[(size_t)order[k] * p->n_forms + f] = col;
            if (col >= 0 && b->o->ties)
                m->cost[col] = (double)rng_below(&rng, 1000);
        }
    m->n_x = m->n_cols;
    free(out);
    free(order);
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* lo up and hi down to multiples of g: sums are never between them. */
static double up_to(int64_t lo, int64_t g)
{
    return lo == OPEN_LO ? -DBL_MAX : (double)(lo / g + (lo % g > 0));
}

static double down_to(int64_t hi, int64_t g)
{
    return hi == OPEN_HI ? DBL_MAX : (double)(hi / g - (hi % g < 0));
}

/* In steps of the common divisor, so that a sum that is one step off is far off for the solver's tolerance; data with
 * too many digits for that keep their unit. */
static void add_linear(const struct builder *b, const struct requirement *r, size_t f)
{
    int64_t g = 0, most = 1;
    for (size_t k = 0; k < r->n; k++) {
        int64_t c = r->coef ? r->coef[k] : 1;
        g = gcd(g, c);
        most = c > most ? c : -c > most ? -c : most;
    }
    bool steps = g > 0 && most / g <= MAX_STEPS;
    double scale = steps ? (double)g : (double)r->unit;
    for (size_t k = 0; k < r->n; k++)
        x_cell(b->m, r->item[k], f, (double)(r->coef ? r->coef[k] : 1) / scale);
    row_end(b->m, steps ? up_to(r->lo, g) : low(r->lo, r->unit), steps ? down_to(r->hi, g) : high(r->hi, r->unit));
}

static void add_set(const struct builder *b, const struct requirement *r, size_t f, double lo, double hi)
{
    for (size_t k = 0; k < r->n; k++)
        x_cell(b->m, r->item[k], f, 1);
    row_end(b->m, lo, hi);
}

static void add_all_or_none(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t k = 1; k < r->n; k++) {
        x_cell(b->m, r->item[0], f, 1);
        x_cell(b->m, r->item[k], f, -1);
        row_end(b->m, 0, 0);
    }
}

static void add_include(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t k = 0; k < r->n; k++) {
        x_cell(b->m, r->item[k], f, 1);
        row_end(b->m, 1, 1);
    }
}

static void add_cover(const struct builder *b, const struct requirement *r, size_t f)
{
    int *v = mem_alloc((r->n_groups + 1) * sizeof *v);
    bool all = r->lo >= (int64_t)r->n_groups;
    for (size_t g = 0; g < r->n_groups; g++) {
        v[g] = all ? -1 : add_col(b->m, 0, 1, true);
        for (size_t k = 0; k < r->n; k++)
            if (r->group[k] == g)
                x_cell(b->m, r->item[k], f, 1);
        if (!all)
            cell(b->m, v[g], -1);
        row_end(b->m, all ? 1 : 0, DBL_MAX);
    }
    for (size_t g = 0; !all && g < r->n_groups; g++)
        cell(b->m, v[g], 1);
    if (!all)
        row_end(b->m, (double)r->lo, DBL_MAX);
    else if (r->lo > (int64_t)r->n_groups)
        b->m->sure_infeasible = true;
    free(v);
}

static bool needs_stimuli(const struct builder *b)
{
    for (size_t k = 0; k < b->p->n_requirements; k++) {
        enum requirement_kind kind = b->p->requirement[k].kind;
        if (kind == REQUIRE_STIMULI || kind == REQUIRE_PER_STIMULUS || kind == REQUIRE_STIMULUS_USE)
            return b->p->stimulus != NULL;
    }
    return false;
}

/* z(s,f) is 1 exactly if form f has an item of stimulus s: x <= z <= sum of x. */
static void add_z(struct builder *b)
{
    const struct problem *p = b->p;
    if (!needs_stimuli(b))
        return;
    b->z = mem_alloc((p->n_stimuli * p->n_forms + 1) * sizeof *b->z);
    for (size_t s = 0; s < p->n_stimuli * p->n_forms; s++)
        b->z[s] = add_col(b->m, 0, 1, true);
    for (size_t f = 0; f < p->n_forms; f++) {
        for (size_t i = 0; i < p->n_items; i++)
            if (p->stimulus[i] != NO_STIMULUS) {
                int col = x_of(b->m, (uint32_t)i, f);
                if (col < 0)
                    continue;
                cell(b->m, col, 1);
                cell(b->m, b->z[p->stimulus[i] * p->n_forms + f], -1);
                row_end(b->m, -DBL_MAX, 0);
            }
        for (size_t s = 0; s < p->n_stimuli; s++) {
            cell(b->m, b->z[s * p->n_forms + f], -1);
            for (size_t i = 0; i < p->n_items; i++)
                if (p->stimulus[i] == s)
                    x_cell(b->m, (uint32_t)i, f, 1);
            row_end(b->m, 0, DBL_MAX);
        }
    }
}

static void add_stimuli(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t s = 0; b->z && s < b->p->n_stimuli; s++)
        cell(b->m, b->z[s * b->p->n_forms + f], 1);
    row_end(b->m, low(r->lo, 1), high(r->hi, 1));
}

static void add_per_stimulus(const struct builder *b, const struct requirement *r, size_t f)
{
    const struct problem *p = b->p;
    for (size_t s = 0; b->z && s < p->n_stimuli; s++)
        for (int side = 0; side < 2; side++) {
            if ((side ? r->hi == OPEN_HI : r->lo == OPEN_LO))
                continue;
            for (size_t i = 0; i < p->n_items; i++)
                if (p->stimulus[i] == s)
                    x_cell(b->m, (uint32_t)i, f, 1);
            cell(b->m, b->z[s * p->n_forms + f], -(double)(side ? r->hi : r->lo));
            row_end(b->m, side ? -DBL_MAX : 0, side ? 0 : DBL_MAX);
        }
}

static void add_use(const struct builder *b, const struct requirement *r, double lo, double hi)
{
    for (size_t k = 0; k < r->n; k++) {
        for (size_t f = 0; f < b->p->n_forms; f++)
            x_cell(b->m, r->item[k], f, 1);
        row_end(b->m, lo, hi);
    }
}

static void add_stimulus_use(const struct builder *b, const struct requirement *r)
{
    for (size_t s = 0; b->z && s < b->p->n_stimuli; s++) {
        for (size_t f = 0; f < b->p->n_forms; f++)
            cell(b->m, b->z[s * b->p->n_forms + f], 1);
        row_end(b->m, -DBL_MAX, high(r->hi, 1));
    }
}

/* w >= x(i,f) + x(i,g) - 1 counts a shared item. */
static void add_overlap_pair(const struct builder *b, const struct requirement *r, size_t f, size_t g)
{
    int first = (int)b->m->n_cols, n = 0;
    for (size_t k = 0; k < r->n; k++) {
        if (x_of(b->m, r->item[k], f) < 0)
            continue;
        int w = add_col(b->m, 0, 1, false);
        x_cell(b->m, r->item[k], f, 1);
        x_cell(b->m, r->item[k], g, 1);
        cell(b->m, w, -1);
        row_end(b->m, -DBL_MAX, 1);
        n++;
    }
    for (int k = 0; k < n; k++)
        cell(b->m, first + k, 1);
    row_end(b->m, -DBL_MAX, high(r->hi, 1));
}

static void add_overlap(const struct builder *b, const struct requirement *r)
{
    if (r->hi == 0) {
        add_use(b, r, -DBL_MAX, 1);
        return;
    }
    for (size_t f = 0; f < b->p->n_forms; f++)
        for (size_t g = f + 1; g < b->p->n_forms; g++)
            add_overlap_pair(b, r, f, g);
}

static bool is_included(const struct builder *b, uint32_t item)
{
    for (size_t k = 0; k < b->p->n_requirements; k++) {
        const struct requirement *r = &b->p->requirement[k];
        for (size_t i = 0; r->kind == REQUIRE_INCLUDE && i < r->n; i++)
            if (r->item[i] == item)
                return true;
    }
    return false;
}

static void add_disjoint(const struct builder *b, const struct requirement *r)
{
    for (size_t k = 0; k < r->n; k++) {
        if (is_included(b, r->item[k]))
            continue;
        for (size_t f = 0; f < b->p->n_forms; f++)
            x_cell(b->m, r->item[k], f, 1);
        row_end(b->m, -DBL_MAX, 1);
    }
}

static void add_in_form(const struct builder *b, const struct requirement *r, size_t f)
{
    switch (r->kind) {
    case REQUIRE_LINEAR:
        add_linear(b, r, f);
        break;
    case REQUIRE_AT_MOST_ONE:
        add_set(b, r, f, -DBL_MAX, 1);
        break;
    case REQUIRE_ALL_OR_NONE:
        add_all_or_none(b, r, f);
        break;
    case REQUIRE_COVER:
        add_cover(b, r, f);
        break;
    case REQUIRE_STIMULI:
        add_stimuli(b, r, f);
        break;
    case REQUIRE_PER_STIMULUS:
        add_per_stimulus(b, r, f);
        break;
    case REQUIRE_INCLUDE:
        add_include(b, r, f);
        break;
    default:
        break;
    }
}

static void add_requirement(const struct builder *b, const struct requirement *r)
{
    if (r->kind == REQUIRE_USE)
        add_use(b, r, low(r->lo, 1), high(r->hi, 1));
    else if (r->kind == REQUIRE_STIMULUS_USE)
        add_stimulus_use(b, r);
    else if (r->kind == REQUIRE_OVERLAP && b->o->disjoint)
        add_disjoint(b, r);
    else if (r->kind == REQUIRE_OVERLAP)
        add_overlap(b, r);
    else
        for (size_t f = 0; f < b->p->n_forms; f++)
            add_in_form(b, r, f);
}

static void row_cells(const struct builder *b, const struct objective_row *row, size_t f)
{
    for (size_t i = 0; i < b->p->n_items; i++)
        x_cell(b->m, (uint32_t)i, f, (double)row->coef[i] / b->m->scale);
}

/* Common divisor of all coefficients of the objective; 0 if they are all zero. */
static int64_t objective_step(const struct problem *p)
{
    int64_t g = 0;
    for (size_t k = 0; k < p->n_rows; k++)
        for (size_t i = 0; i < p->n_items; i++)
            g = gcd(g, p->row[k].coef[i]);
    return g;
}

/* What 1 of the objective in the model stands for, in the problem's integers. */
static double objective_scale(const struct problem *p, int64_t g)
{
    int64_t most = 0;
    for (size_t k = 0; k < p->n_rows; k++)
        for (size_t i = 0; i < p->n_items; i++)
            most = p->row[k].coef[i] > most ? p->row[k].coef[i] : most;
    return g > 0 && most / g <= MAX_STEPS ? (double)g : (double)p->objective_unit;
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
            if (x_of(m, (uint32_t)i, f) >= 0)
                m->cost[x_of(m, (uint32_t)i, f)] = -(double)b->p->row[0].coef[i] / m->scale;
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
        cell(m, m->y, -1);
        row_end(m, -DBL_MAX, target);
        row_cells(b, row, f);
        cell(m, m->y, 1);
        row_end(m, target, DBL_MAX);
    }
}

/* weight * y <= sum in every form and row. */
static void add_least(const struct builder *b, const struct objective_row *row)
{
    struct model *m = b->m;
    for (size_t f = 0; f < b->p->n_forms; f++) {
        row_cells(b, row, f);
        cell(m, m->y, -(double)row->weight / 1000);
        row_end(m, 0, DBL_MAX);
    }
}

static void add_objective(const struct builder *b)
{
    struct model *m = b->m;
    const struct problem *p = b->p;
    bool dev = p->objective == OBJECTIVE_MINIMAX_DEV;
    int64_t g = objective_step(p);
    m->scale = objective_scale(p, g);
    if (p->objective == OBJECTIVE_MAX_SUM) {
        add_sum(b);
        return;
    }
    m->y = add_col(m, dev ? 0 : -DBL_MAX, DBL_MAX, false);
    m->cost[m->y] = b->o->ties ? 0 : dev ? 1 : -1;
    if (b->o->ties)
        (dev ? m->upper : m->lower)[m->y] = b->o->level / m->scale;
    for (size_t k = 0; k < p->n_rows; k++)
        if (dev)
            add_deviation(b, &p->row[k], g);
        else
            add_least(b, &p->row[k]);
    if (dev && (double)p->indifferent / m->scale > m->lower[m->y])
        m->lower[m->y] = (double)p->indifferent / m->scale;
    m->floor = dev ? m->lower[m->y] : -DBL_MAX;
    if (m->lower[m->y] > m->upper[m->y])
        m->upper[m->y] = m->lower[m->y];
}

void model_build(struct model *m, const struct problem *p, const struct model_options *o)
{
    *m = (struct model){.y = -1, .n_forms = p->n_forms, .scale = 1};
    struct builder b = {.m = m, .p = p, .o = o};
    row_end(m, 0, 0); /* makes room; an empty row is dropped */
    add_x(&b);
    add_z(&b);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (kept(&b, k))
            add_requirement(&b, &p->requirement[k]);
    if (!o->any && p->objective != OBJECTIVE_NONE)
        add_objective(&b);
    free(b.z);
}

void model_release(struct model *m)
{
    free(m->lower);
    free(m->upper);
    free(m->cost);
    free(m->integer);
    free(m->lo);
    free(m->hi);
    free(m->start);
    free(m->index);
    free(m->value);
    free(m->x);
    *m = (struct model){0};
}

bool model_chosen(const struct model *m, const double *solution, size_t item, size_t form)
{
    int col = x_of(m, (uint32_t)item, form);
    return col >= 0 && solution[col] > 0.5;
}
