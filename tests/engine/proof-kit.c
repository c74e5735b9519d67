/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/engine/proof-kit.h"

enum { MOST_TERMS = 6 };

static int64_t below(struct rng *rng, int64_t n)
{
    return (int64_t)rng_below(rng, (uint64_t)n);
}

static struct problem *small(struct rng *rng)
{
    struct problem *p = problem_new(KIT_ITEMS, 1 + (size_t)below(rng, 2));
    uint32_t *stimulus = arena_array(p->arena, KIT_ITEMS, sizeof *stimulus);
    for (size_t i = 0; i < KIT_ITEMS; i++) {
        p->id[i] = arena_printf(p->arena, "i%zu", i);
        stimulus[i] = below(rng, 4) ? (uint32_t)below(rng, 2) : NO_STIMULUS;
    }
    p->stimulus = stimulus;
    p->n_stimuli = 2;
    return p;
}

static int64_t *random_coefs(struct problem *p, struct rng *rng, size_t n)
{
    int64_t *coef = arena_array(p->arena, n, sizeof *coef);
    for (size_t i = 0; i < n; i++)
        coef[i] = below(rng, 9) - 2;
    return coef;
}

static void require_something(struct problem *p, struct rng *rng)
{
    static const enum requirement_kind kinds[] = {
        REQUIRE_LINEAR,  REQUIRE_LINEAR,  REQUIRE_AT_MOST_ONE, REQUIRE_ALL_OR_NONE, REQUIRE_COVER,
        REQUIRE_STIMULI, REQUIRE_INCLUDE, REQUIRE_EXCLUDE,     REQUIRE_TOTAL,       REQUIRE_PER_STIMULUS,
        REQUIRE_USE,     REQUIRE_OVERLAP, REQUIRE_STIMULUS_USE, REQUIRE_RANGE,   REQUIRE_PENALTY};
    enum requirement_kind kind = kinds[below(rng, sizeof kinds / sizeof *kinds)];
    uint32_t *item = arena_array(p->arena, KIT_ITEMS, sizeof *item), *group = arena_array(p->arena, KIT_ITEMS, sizeof *group);
    struct requirement r = {.kind = kind, .id = "r", .words = "", .item = item, .group = group, .unit = 1};
    bool few = kind == REQUIRE_INCLUDE || kind == REQUIRE_EXCLUDE || kind == REQUIRE_ALL_OR_NONE;
    for (uint32_t i = 0; i < KIT_ITEMS; i++)
        if (below(rng, few ? 4 : 2) == 0) {
            group[r.n] = (uint32_t)below(rng, 2);
            item[r.n++] = i;
        }
    r.n_groups = 2;
    bool linear = kind == REQUIRE_LINEAR || kind == REQUIRE_TOTAL;
    bool sums = linear || kind == REQUIRE_RANGE;
    r.coef = sums && below(rng, 2) ? random_coefs(p, rng, r.n) : NULL;
    r.lo = linear && below(rng, 4) == 0 ? OPEN_LO : below(rng, 2);
    r.hi = linear && below(rng, 4) == 0 ? OPEN_HI : below(rng, 2) + (linear ? 3 : 1);
    r.weight = linear && below(rng, 3) == 0 ? 1 + below(rng, 3) : 0;
    r.lo = kind == REQUIRE_PENALTY ? OPEN_LO : r.lo;
    r.hi += kind == REQUIRE_PENALTY ? below(rng, 10) : 0;
    problem_require(p, &r);
}

static void wish_something(struct problem *p, struct rng *rng)
{
    static const enum objective_kind kinds[] = {OBJECTIVE_MAX_SUM, OBJECTIVE_MAXIMIN, OBJECTIVE_MINIMAX_DEV,
                                                OBJECTIVE_MIN_PENALTY};
    p->objective->kind = kinds[below(rng, 4)];
    p->objective->n_rows = p->objective->kind == OBJECTIVE_MIN_PENALTY ? 0 : 1 + (size_t)below(rng, 2);
    p->objective->row = arena_array(p->arena, 2, sizeof *p->objective->row);
    for (size_t k = 0; k < p->objective->n_rows; k++)
        p->objective->row[k] = (struct objective_row){
            .coef = random_coefs(p, rng, KIT_ITEMS), .target = below(rng, 12), .weight = 500 + 250 * below(rng, 4)};
}

struct problem *kit_problem(struct rng *rng)
{
    struct problem *p = small(rng);
    wish_something(p, rng);
    for (int64_t n = 1 + below(rng, 4); n > 0; n--)
        require_something(p, rng);
    return p;
}

static size_t rows_of(const struct problem *p, uint32_t k)
{
    const struct requirement *r = &p->requirement[k];
    if (k == p->n_requirements)
        return p->objective->kind == OBJECTIVE_MINIMAX_DEV ? 2 * p->objective->n_rows
               : p->objective->kind == OBJECTIVE_MAXIMIN   ? p->objective->n_rows
                                                           : 0;
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
        return 3;
    case REQUIRE_STIMULI:
        return 1 + 4 + KIT_ITEMS;
    case REQUIRE_PER_STIMULUS:
    case REQUIRE_STIMULUS_USE:
        return 4 + KIT_ITEMS;
    default:
        return 0;
    }
}

static void add_multipliers(struct proof *q, const struct problem *p, struct rng *rng, uint32_t depth, bool last)
{
    struct proof_term term[MOST_TERMS];
    size_t n = 0;
    for (uint32_t tries = (uint32_t)below(rng, MOST_TERMS); tries; tries--) {
        uint32_t k = (uint32_t)below(rng, (int64_t)p->n_requirements + 1 + depth);
        size_t rows = k > p->n_requirements ? 1 : rows_of(p, k);
        if (rows)
            term[n++] = (struct proof_term){k, (uint32_t)below(rng, (int64_t)rows), below(rng, 9) - 4};
    }
    bool minimax = p->objective->kind == OBJECTIVE_MINIMAX_DEV;
    if (minimax || p->objective->kind == OBJECTIVE_MAXIMIN)
        term[n++] = (struct proof_term){(uint32_t)p->n_requirements, 0, minimax ? 20 : -20};
    proof_add_terms(q, last ? PROOF_LEAF : PROOF_REDUCE, term, n, 1 + below(rng, 3));
}

static void add_tree(struct proof *q, const struct problem *p, struct rng *rng, uint32_t depth)
{
    while (below(rng, 2))
        add_multipliers(q, p, rng, depth, false);
    if (depth == 3 || below(rng, 3) == 0) {
        add_multipliers(q, p, rng, depth, true);
        return;
    }
    uint32_t item[2];
    int64_t coef[2] = {1, 1};
    bool stimuli = below(rng, 4) == 0;
    item[0] = (uint32_t)below(rng, stimuli ? 1 : KIT_ITEMS - 1);
    item[1] = item[0] + 1;
    proof_add(q, &(struct proof_node){.kind = PROOF_BRANCH,
                                      .item = item,
                                      .coef = coef,
                                      .n = 1 + (size_t)below(rng, 2),
                                      .at = below(rng, 3),
                                      .stimuli = stimuli});
    add_tree(q, p, rng, depth + 1);
    add_tree(q, p, rng, depth + 1);
}

void kit_tree(struct proof *q, const struct problem *p, struct rng *rng)
{
    add_tree(q, p, rng, 0);
}
