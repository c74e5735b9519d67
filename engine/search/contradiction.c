/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/contradiction.h"

#include <stdlib.h>

#include "base/mem.h"

static bool contradicts(const struct requirement *r)
{
    bool sums = r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL || r->kind == REQUIRE_STIMULI;
    return sums && r->weight == 0 && r->lo > r->hi;
}

/* At most `at`, against the lower bound; at least at + 1, against the upper one. */
static void prove(const struct problem *p, uint32_t number, int64_t at, struct proof *ret)
{
    const struct requirement *r = &p->requirement[number];
    bool stimuli = r->kind == REQUIRE_STIMULI;
    size_t n = stimuli ? p->n_stimuli : r->n;
    uint32_t *item = mem_alloc((n + 1) * sizeof *item), branch = (uint32_t)p->n_requirements + 1;
    int64_t *coef = mem_alloc((n + 1) * sizeof *coef);
    for (size_t i = 0; i < n; i++) {
        item[i] = stimuli ? (uint32_t)i : r->item[i];
        coef[i] = stimuli || !r->coef ? 1 : r->coef[i];
    }
    const struct proof_term low[] = {{number, 0, -1}, {branch, 0, 1}};
    const struct proof_term high[] = {{number, 0, 1}, {branch, 0, -1}};
    proof_add(ret,
              &(struct proof_node){
                  .kind = PROOF_BRANCH, .item = item, .coef = coef, .n = n, .at = at, .stimuli = stimuli});
    proof_add_terms(ret, PROOF_LEAF, low, 2, 0);
    proof_add_terms(ret, PROOF_LEAF, high, 2, 0);
    free(item);
    free(coef);
}

bool contradiction_find(const struct problem *p, const bool *keep, struct proof *ret)
{
    for (uint32_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        int64_t at, times = r->kind == REQUIRE_TOTAL ? 1 : (int64_t)p->n_forms;
        if ((keep && !keep[k]) || !contradicts(r) || __builtin_mul_overflow(r->hi, times, &at))
            continue;
        proof_init(ret);
        prove(p, k, at, ret);
        return true;
    }
    return false;
}
