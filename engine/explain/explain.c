/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/explain.h"

#include <stdlib.h>

#include "base/mem.h"

enum { EXPLAIN_WORK = 2000 };

/* One requirement as a person sees it: all of the same unit_no. */
struct unit {
    uint32_t number;
    size_t matches;
};

size_t requirement_matches(const struct problem *p, const struct requirement *r)
{
    bool *seen = mem_alloc(p->n_items + 1);
    size_t n = 0;
    for (size_t k = 0; k < r->n; k++) {
        n += !seen[r->item[k]];
        seen[r->item[k]] = true;
    }
    free(seen);
    return n;
}

/* Those about the fewest items are tried for leaving out first: what stays are the broad rules that a person
 * knows. */
static int by_matches(const void *a, const void *b)
{
    const struct unit *x = a, *y = b;
    if (x->matches != y->matches)
        return x->matches < y->matches ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static size_t list_units(const struct problem *p, struct unit *unit)
{
    size_t n = 0;
    for (size_t k = 0; k < p->n_requirements; k++)
        if (p->requirement[k].unit_no == k)
            unit[n++] = (struct unit){(uint32_t)k, requirement_matches(p, &p->requirement[k])};
    qsort(unit, n, sizeof *unit, by_matches);
    return n;
}

static void set_unit(const struct problem *p, bool *keep, uint32_t number, bool value)
{
    for (size_t k = 0; k < p->n_requirements; k++)
        if (p->requirement[k].unit_no == number)
            keep[k] = value;
}

/* 1: infeasible is proven, 0: not so, or not known. */
static int still_infeasible(const struct problem *p, const struct solve_options *o, const bool *keep,
                            bool *ret_known, struct err *e)
{
    struct solve_options any = {
        .seed = o->seed, .work = EXPLAIN_WORK, .seconds = o->seconds, .keep = keep, .any = true};
    struct solve_result result = {0};
    int r = solve(p, &any, &result, e);
    if (r < 0)
        return r;
    *ret_known = result.status != SOLVE_BUDGET;
    bool infeasible = result.status == SOLVE_INFEASIBLE;
    solve_result_release(&result);
    return infeasible;
}

static int filter(const struct problem *p, const struct solve_options *o, const struct unit *unit, size_t n,
                  bool *keep, bool *ret_smallest, struct err *e)
{
    *ret_smallest = true;
    for (size_t k = 0; k < n; k++) {
        bool known = true;
        set_unit(p, keep, unit[k].number, false);
        int r = still_infeasible(p, o, keep, &known, e);
        if (r < 0)
            return r;
        if (r == 0)
            set_unit(p, keep, unit[k].number, true);
        *ret_smallest = *ret_smallest && known;
    }
    return 0;
}

/* A single requirement that no selection meets says all. */
static int lone(const struct problem *p, const struct solve_options *o, const struct unit *unit, size_t n,
                bool *keep, bool *ret_found, struct err *e)
{
    for (size_t k = 0; k < p->n_requirements; k++)
        keep[k] = false;
    *ret_found = false;
    for (size_t k = 0; k < n && !*ret_found; k++) {
        bool known = true;
        set_unit(p, keep, unit[k].number, true);
        int r = still_infeasible(p, o, keep, &known, e);
        if (r < 0)
            return r;
        *ret_found = r == 1;
        if (r == 0)
            set_unit(p, keep, unit[k].number, false);
    }
    for (size_t k = 0; !*ret_found && k < p->n_requirements; k++)
        keep[k] = true;
    return 0;
}

int explain_infeasible(const struct problem *p, const struct solve_options *o, struct explanation *ret,
                       struct err *e)
{
    struct unit *unit = mem_alloc((p->n_requirements + 1) * sizeof *unit);
    bool *keep = mem_alloc(p->n_requirements + 1), found = false, smallest = true;
    size_t n = list_units(p, unit);
    int r = lone(p, o, unit, n, keep, &found, e);
    if (r == 0 && !found)
        r = filter(p, o, unit, n, keep, &smallest, e);
    if (r == 0) {
        *ret = (struct explanation){.requirement = mem_alloc((n + 1) * sizeof *ret->requirement),
                                    .smallest = smallest};
        for (size_t k = 0; k < p->n_requirements; k++)
            if (keep[k] && p->requirement[k].unit_no == k)
                ret->requirement[ret->n++] = (uint32_t)k;
    }
    free(unit);
    free(keep);
    return r;
}

void explanation_release(struct explanation *x)
{
    free(x->requirement);
    *x = (struct explanation){0};
}
