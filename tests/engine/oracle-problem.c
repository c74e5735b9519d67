/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/engine/oracle.h"

#include <stdlib.h>

static int64_t between(struct rng *rng, int64_t lo, int64_t hi)
{
    return lo + (int64_t)rng_below(rng, (uint64_t)(hi - lo + 1));
}

/* Some of the items, ascending; at least `least`. */
static void some_items(struct problem *p, struct rng *rng, struct requirement *r, size_t least)
{
    uint32_t *item = arena_array(p->arena, p->n_items, sizeof *item), bits = 0;
    while ((size_t)__builtin_popcount(bits) < least || bits == 0)
        bits = (uint32_t)rng_below(rng, 1u << p->n_items);
    r->n = 0;
    for (uint32_t i = 0; i < p->n_items; i++)
        if (bits >> i & 1)
            item[r->n++] = i;
    r->item = item;
}

static void few_items(struct problem *p, struct rng *rng, struct requirement *r, size_t most)
{
    do
        some_items(p, rng, r, 1);
    while (r->n > most);
}

static const int64_t *some_coefs(struct problem *p, struct rng *rng, size_t n)
{
    int64_t *coef = arena_array(p->arena, n, sizeof *coef);
    for (size_t k = 0; k < n; k++)
        coef[k] = between(rng, rng_below(rng, 4) ? 0 : -9, 9);
    return coef;
}

static void some_bounds(struct rng *rng, struct requirement *r, int64_t most)
{
    r->lo = rng_below(rng, 3) ? between(rng, 0, most) : OPEN_LO;
    r->hi = rng_below(rng, 3) ? between(rng, r->lo == OPEN_LO ? 0 : r->lo, most + 1) : OPEN_HI;
}

static void linear(struct problem *p, struct rng *rng, struct requirement *r, int64_t times)
{
    some_items(p, rng, r, 1);
    if (rng_below(rng, 2)) {
        r->coef = some_coefs(p, rng, r->n);
        r->unit = 10;
    }
    some_bounds(rng, r, times * (int64_t)r->n * (r->coef ? 4 : 1) / 2);
}

static void cover(struct problem *p, struct rng *rng, struct requirement *r)
{
    uint32_t *item = arena_array(p->arena, 2 * p->n_items, sizeof *item);
    uint32_t *group = arena_array(p->arena, 2 * p->n_items, sizeof *group);
    r->n_groups = 2 + rng_below(rng, 3);
    for (uint32_t i = 0; i < p->n_items; i++)
        for (uint32_t g = 0, had = 0; g < r->n_groups && had < 2; g++)
            if (rng_below(rng, 2)) {
                item[r->n] = i;
                group[r->n++] = g;
                had++;
            }
    r->item = item;
    r->group = group;
    r->lo = between(rng, 1, (int64_t)r->n_groups);
    r->hi = OPEN_HI;
}

static void need_stimuli(struct problem *p, struct rng *rng)
{
    if (p->stimulus)
        return;
    uint32_t *stimulus = arena_array(p->arena, p->n_items, sizeof *stimulus);
    p->n_stimuli = 2 + rng_below(rng, 2);
    for (size_t i = 0; i < p->n_items; i++)
        stimulus[i] = rng_below(rng, 4) ? (uint32_t)rng_below(rng, p->n_stimuli) : NO_STIMULUS;
    p->stimulus = stimulus;
}

static void of_stimuli(struct problem *p, struct rng *rng, struct requirement *r)
{
    need_stimuli(p, rng);
    r->lo = r->kind == REQUIRE_STIMULUS_USE ? 0 : between(rng, 1, 2);
    r->hi = r->kind == REQUIRE_STIMULUS_USE ? between(rng, 1, (int64_t)p->n_forms) : between(rng, r->lo, 3);
}

static void across(struct problem *p, struct rng *rng, struct requirement *r)
{
    int64_t forms = (int64_t)p->n_forms;
    some_items(p, rng, r, p->n_items / 2);
    r->lo = r->kind == REQUIRE_USE && rng_below(rng, 4) == 0 ? 1 : 0;
    r->hi = r->kind == REQUIRE_USE ? between(rng, r->lo ? r->lo : 1, forms) : between(rng, 0, 3);
}

static void add(struct problem *p, struct rng *rng, enum requirement_kind kind)
{
    struct requirement r = {.kind = kind, .unit = 1, .hi = 1};
    r.id = r.words = arena_printf(p->arena, "r%zu", p->n_requirements);
    if (kind == REQUIRE_LINEAR || kind == REQUIRE_TOTAL)
        linear(p, rng, &r, kind == REQUIRE_TOTAL ? (int64_t)p->n_forms : 1);
    else if (kind == REQUIRE_COVER)
        cover(p, rng, &r);
    else if (kind == REQUIRE_STIMULI || kind == REQUIRE_PER_STIMULUS || kind == REQUIRE_STIMULUS_USE)
        of_stimuli(p, rng, &r);
    else if (kind == REQUIRE_USE || kind == REQUIRE_OVERLAP)
        across(p, rng, &r);
    else
        few_items(p, rng, &r, kind == REQUIRE_INCLUDE || kind == REQUIRE_EXCLUDE ? 2 : 3);
    problem_require(p, &r);
}

static void wish(struct problem *p, struct rng *rng)
{
    enum requirement_kind kind = rng_below(rng, 3) ? REQUIRE_LINEAR : REQUIRE_TOTAL;
    add(p, rng, kind);
    p->requirement[p->n_requirements - 1].weight = between(rng, 1, 5);
}

static void form_size(struct problem *p, struct rng *rng)
{
    uint32_t *item = arena_array(p->arena, p->n_items, sizeof *item);
    for (uint32_t i = 0; i < p->n_items; i++)
        item[i] = i;
    int64_t lo = between(rng, 1, (int64_t)p->n_items / 2);
    problem_require(p, &(struct requirement){.kind = REQUIRE_LINEAR,
                                             .id = "size",
                                             .words = "size",
                                             .item = item,
                                             .n = p->n_items,
                                             .lo = lo,
                                             .hi = lo + between(rng, 0, 1)});
}

static void wanted(struct problem *p, struct rng *rng, struct objective *o, enum objective_kind kind)
{
    static const int64_t weight[] = {500, 1000, 1500, 2000};
    *o = (struct objective){.kind = kind, .words = "objective", .unit = rng_below(rng, 2) ? 1 : 1000};
    if (kind == OBJECTIVE_NONE || kind == OBJECTIVE_MIN_PENALTY)
        return;
    o->n_rows = kind == OBJECTIVE_MAX_SUM ? 1 : 1 + rng_below(rng, 3);
    o->row = arena_array(p->arena, o->n_rows, sizeof *o->row);
    for (size_t k = 0; k < o->n_rows; k++) {
        int64_t *coef = arena_array(p->arena, ORACLE_MAX_ITEMS, sizeof *coef);
        for (size_t i = 0; i < p->n_items; i++)
            coef[i] = between(rng, rng_below(rng, 8) ? 0 : -20, 99);
        o->row[k] = (struct objective_row){
            .coef = coef, .target = between(rng, 0, 300), .weight = weight[rng_below(rng, 4)]};
    }
}

static void objectives(struct problem *p, struct rng *rng, enum objective_kind first)
{
    p->n_objectives = rng_below(rng, 3) ? 1 : 2 + rng_below(rng, ORACLE_MAX_STAGES - 1);
    p->objective = arena_array(p->arena, p->n_objectives, sizeof *p->objective);
    for (size_t k = 0; k < p->n_objectives; k++) {
        wanted(p, rng, &p->objective[k],
               k ? (enum objective_kind)between(rng, OBJECTIVE_MAX_SUM, OBJECTIVE_MIN_PENALTY) : first);
        p->objective[k].give = rng_below(rng, 3) ? 0 : between(rng, 1, 30);
    }
}

struct problem *oracle_problem(struct rng *rng, enum requirement_kind kind, enum objective_kind objective,
                               size_t forms)
{
    struct problem *p = problem_new((size_t)between(rng, 4, forms == 1 ? 9 : forms == 2 ? 7 : 6), forms);
    p->name = "oracle";
    for (size_t i = 0; i < p->n_items; i++)
        p->id[i] = arena_printf(p->arena, "i%zu", i);
    objectives(p, rng, objective);
    if (rng_below(rng, 8))
        form_size(p, rng);
    add(p, rng, kind);
    for (size_t more = rng_below(rng, 4); more > 0; more--)
        add(p, rng, (enum requirement_kind)rng_below(rng, REQUIRE_OVERLAP + 1));
    for (size_t wishes = rng_below(rng, 3) + (objective == OBJECTIVE_MIN_PENALTY); wishes > 0; wishes--)
        wish(p, rng);
    return p;
}
