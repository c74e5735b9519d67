/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/proof/rows.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/proof/proof.h"

static int too_large(const struct problem *p, struct err *e)
{
    return err_set(e, ERR_DATA, p->name, _("the problem's numbers are too large to be proven with"));
}

static bool has_rows(const struct requirement *r)
{
    return r->weight == 0 || r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL;
}

static size_t rows_of_requirement(const struct problem *p, const struct requirement *r)
{
    if (!has_rows(r))
        return 0;
    switch (r->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
    case REQUIRE_AT_MOST_ONE:
    case REQUIRE_OVERLAP:
    case REQUIRE_PENALTY:
        return 1;
    case REQUIRE_ALL_OR_NONE:
        return r->n;
    case REQUIRE_COVER:
        return r->n_groups + 1;
    case REQUIRE_STIMULI:
        return 1 + 2 * p->n_stimuli + p->n_items;
    case REQUIRE_PER_STIMULUS:
    case REQUIRE_STIMULUS_USE:
        return 2 * p->n_stimuli + p->n_items;
    default:
        return 0;
    }
}

static size_t rows_of_objective(const struct objective *o)
{
    return o->kind == OBJECTIVE_MAXIMIN ? o->n_rows : o->kind == OBJECTIVE_MINIMAX_DEV ? 2 * o->n_rows : 0;
}

static int number_rows(struct rows *r, struct err *e)
{
    const struct problem *p = r->p;
    size_t n = p->n_requirements, vars = p->n_items + p->n_stimuli, rows = 0;
    r->first = mem_alloc((n + 2) * sizeof *r->first);
    r->first_w = mem_alloc((n + 1) * sizeof *r->first_w);
    for (size_t k = 0; k <= n; k++) {
        const struct requirement *q = &p->requirement[k];
        r->first[k] = (uint32_t)rows;
        rows += k < n ? rows_of_requirement(p, q) : rows_of_objective(p->objective);
        r->first_w[k] = (uint32_t)vars;
        if (k < n && q->kind == REQUIRE_COVER && has_rows(q))
            vars += q->n_groups;
        if (rows > PROOF_MAX_ROWS || vars > PROOF_MAX_ROWS)
            return err_set(e, ERR_DATA, p->name, _("too many requirements to be proven with"));
    }
    r->first[n + 1] = (uint32_t)rows;
    r->n = rows;
    r->n_vars = vars;
    return 0;
}

static void narrow(struct rows *r, size_t var, int64_t lo, int64_t hi)
{
    if (lo > r->lo[var])
        r->lo[var] = lo > INT32_MAX ? INT32_MAX : (int32_t)lo;
    if (hi < r->hi[var])
        r->hi[var] = hi < -1 ? -1 : (int32_t)hi;
}

static void narrow_by(struct rows *r, const struct requirement *q)
{
    int64_t forms = (int64_t)r->p->n_forms;
    bool pairs = q->kind == REQUIRE_OVERLAP && q->hi <= 0;
    for (size_t k = 0; k < q->n; k++) {
        if (q->kind == REQUIRE_INCLUDE)
            narrow(r, q->item[k], forms, forms);
        else if (q->kind == REQUIRE_EXCLUDE)
            narrow(r, q->item[k], 0, 0);
        else if (q->kind == REQUIRE_USE)
            narrow(r, q->item[k], q->lo, q->hi);
        else if (pairs)
            narrow(r, q->item[k], 0, q->hi == 0 ? 1 : -1);
    }
    for (size_t t = 0; q->kind == REQUIRE_STIMULUS_USE && t < r->p->n_stimuli; t++)
        narrow(r, r->p->n_items + t, 0, q->hi);
}

static void set_domains(struct rows *r)
{
    r->lo = mem_alloc((r->n_vars + 1) * sizeof *r->lo);
    r->hi = mem_alloc((r->n_vars + 1) * sizeof *r->hi);
    for (size_t v = 0; v < r->n_vars; v++)
        r->hi[v] = (int32_t)r->p->n_forms;
    for (size_t k = 0; k < r->p->n_requirements; k++)
        if (r->p->requirement[k].weight == 0)
            narrow_by(r, &r->p->requirement[k]);
}

static bool set_costs(struct rows *r)
{
    const struct objective *o = r->p->objective;
    if (o->kind != OBJECTIVE_MAX_SUM)
        return true;
    r->cost = mem_alloc((r->n_vars + 1) * sizeof *r->cost);
    for (size_t k = 0; k < o->n_rows; k++)
        for (size_t i = 0; i < r->p->n_items; i++)
            if (__builtin_add_overflow(r->cost[i], o->row[k].coef[i], &r->cost[i]))
                return false;
    return true;
}

/* Numbers of the objective's rows times 1000. */
static bool objective_fits(const struct problem *p)
{
    const struct objective *o = p->objective;
    for (size_t k = 0; k < rows_of_objective(o); k++) {
        const struct objective_row *row = &o->row[o->kind == OBJECTIVE_MAXIMIN ? k : k / 2];
        if ((o->kind == OBJECTIVE_MAXIMIN && row->weight <= 0) || row->target == INT64_MIN)
            return false;
        for (size_t i = 0; i < p->n_items; i++)
            if (row->coef[i] > INT64_MAX / 1000 || row->coef[i] < -INT64_MAX / 1000)
                return false;
    }
    return true;
}

int rows_new(struct rows *ret, const struct problem *p, struct err *e)
{
    *ret = (struct rows){.p = p};
    if (p->n_forms > PROOF_MAX_FORMS)
        return err_set(e, ERR_DATA, p->name, _("more than %d forms"), PROOF_MAX_FORMS);
    int r = number_rows(ret, e);
    if (r < 0)
        return r;
    set_domains(ret);
    return set_costs(ret) && objective_fits(p) ? 0 : too_large(p, e);
}

void rows_release(struct rows *r)
{
    free(r->first);
    free(r->first_w);
    free(r->lo);
    free(r->hi);
    free(r->cost);
    *r = (struct rows){0};
}

bool rows_find(const struct rows *r, uint32_t requirement, uint32_t sub, uint32_t *row)
{
    if (requirement > r->p->n_requirements)
        return false;
    *row = r->first[requirement] + sub;
    return sub < r->first[requirement + 1] - r->first[requirement];
}

static struct sides between(int64_t lo, int64_t hi, size_t times)
{
    return (struct sides){.lo = (wide)lo * (wide)times,
                          .hi = (wide)hi * (wide)times,
                          .has_lo = lo != OPEN_LO,
                          .has_hi = hi != OPEN_HI};
}

static struct sides stimulus_sides(const struct problem *p, uint32_t sub, bool open)
{
    if (sub >= 2 * p->n_stimuli || sub % 2)
        return (struct sides){.has_hi = sub >= 2 * p->n_stimuli || !open};
    return (struct sides){.has_lo = true};
}

static struct sides objective_sides(const struct problem *p, uint32_t sub)
{
    const struct objective *o = p->objective;
    if (o->kind == OBJECTIVE_MAXIMIN)
        return (struct sides){.has_lo = true};
    wide hi = (wide)o->row[sub / 2].target * (wide)p->n_forms;
    return (struct sides){.hi = sub % 2 ? -hi : hi, .has_hi = true};
}

struct sides rows_sides(const struct rows *r, uint32_t requirement, uint32_t sub)
{
    const struct problem *p = r->p;
    size_t forms = p->n_forms;
    if (requirement == p->n_requirements)
        return objective_sides(p, sub);
    const struct requirement *q = &p->requirement[requirement];
    switch (q->kind) {
    case REQUIRE_LINEAR:
        return between(q->lo, q->hi, forms);
    case REQUIRE_TOTAL:
        return between(q->lo, q->hi, 1);
    case REQUIRE_AT_MOST_ONE:
        return between(OPEN_LO, 1, forms);
    case REQUIRE_ALL_OR_NONE:
        return sub ? between(0, 0, 1) : (struct sides){0};
    case REQUIRE_COVER:
        return sub < q->n_groups ? between(0, OPEN_HI, 1) : between(q->lo, OPEN_HI, forms);
    case REQUIRE_STIMULI:
        return sub ? stimulus_sides(p, sub - 1, true) : between(q->lo, q->hi, forms);
    case REQUIRE_PER_STIMULUS:
        return stimulus_sides(p, sub, q->hi == OPEN_HI);
    case REQUIRE_STIMULUS_USE:
        return stimulus_sides(p, sub, true);
    case REQUIRE_OVERLAP:
        return between(OPEN_LO, q->hi, forms * (forms - 1) / 2);
    case REQUIRE_PENALTY:
        return between(OPEN_LO, q->hi, 1);
    default:
        return (struct sides){0};
    }
}

static void each_of_stimuli(const struct rows *r, uint32_t row, int64_t lo, int64_t hi, rows_fn *fn,
                            void *context)
{
    const struct problem *p = r->p;
    uint32_t s = (uint32_t)p->n_items, n = (uint32_t)p->n_stimuli;
    for (uint32_t j = 0; p->stimulus && j < p->n_items; j++) {
        uint32_t t = p->stimulus[j];
        if (t == NO_STIMULUS)
            continue;
        fn(context, j, row + 2 * t, 1);
        if (hi != OPEN_HI)
            fn(context, j, row + 2 * t + 1, 1);
        fn(context, j, row + 2 * n + j, 1);
        fn(context, s + t, row + 2 * n + j, -1);
    }
    for (uint32_t t = 0; t < n; t++) {
        if (lo != OPEN_LO)
            fn(context, s + t, row + 2 * t, -lo);
        if (hi != OPEN_HI)
            fn(context, s + t, row + 2 * t + 1, -hi);
    }
}

static void each_of_cover(const struct rows *r, uint32_t k, rows_fn *fn, void *context)
{
    const struct requirement *q = &r->p->requirement[k];
    for (size_t i = 0; i < q->n; i++)
        fn(context, q->item[i], r->first[k] + q->group[i], 1);
    for (uint32_t g = 0; g < q->n_groups; g++) {
        fn(context, r->first_w[k] + g, r->first[k] + g, -1);
        fn(context, r->first_w[k] + g, r->first[k] + (uint32_t)q->n_groups, 1);
    }
}

static void each_of_requirement(const struct rows *r, uint32_t k, rows_fn *fn, void *context)
{
    const struct requirement *q = &r->p->requirement[k];
    uint32_t row = r->first[k];
    switch (q->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
    case REQUIRE_AT_MOST_ONE:
        for (size_t i = 0; i < q->n; i++)
            fn(context, q->item[i], row, q->coef && q->kind != REQUIRE_AT_MOST_ONE ? q->coef[i] : 1);
        return;
    case REQUIRE_OVERLAP:
        for (size_t i = 0; i < q->n; i++)
            fn(context, q->item[i], row | ROW_PAIRS, 1);
        return;
    case REQUIRE_ALL_OR_NONE:
        for (uint32_t i = 1; i < q->n; i++) {
            fn(context, q->item[0], row + i, 1);
            fn(context, q->item[i], row + i, -1);
        }
        return;
    case REQUIRE_COVER:
        each_of_cover(r, k, fn, context);
        return;
    case REQUIRE_STIMULI:
        for (uint32_t t = 0; t < r->p->n_stimuli; t++)
            fn(context, (uint32_t)r->p->n_items + t, row, 1);
        each_of_stimuli(r, row + 1, 1, OPEN_HI, fn, context);
        return;
    case REQUIRE_PER_STIMULUS:
        each_of_stimuli(r, row, q->lo, q->hi, fn, context);
        return;
    case REQUIRE_STIMULUS_USE:
        each_of_stimuli(r, row, 1, OPEN_HI, fn, context);
        return;
    default:
        return;
    }
}

static void each_of_objective(const struct rows *r, rows_fn *fn, void *context)
{
    const struct objective *o = r->p->objective;
    uint32_t row = r->first[r->p->n_requirements];
    for (uint32_t k = 0; rows_of_objective(o) && k < o->n_rows; k++)
        for (uint32_t j = 0; j < r->p->n_items; j++) {
            int64_t c = o->row[k].coef[j];
            if (c && o->kind == OBJECTIVE_MAXIMIN) {
                fn(context, j, row + k, 1000 * c);
            } else if (c) {
                fn(context, j, row + 2 * k, c);
                fn(context, j, row + 2 * k + 1, -c);
            }
        }
}

void rows_each(const struct rows *r, rows_fn *fn, void *context)
{
    for (uint32_t k = 0; k < r->p->n_requirements; k++)
        if (has_rows(&r->p->requirement[k]))
            each_of_requirement(r, k, fn, context);
    each_of_objective(r, fn, context);
}
