/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/blueprint/assembly-internal.h"

static void take_less(const struct assembly *a, const struct blueprint_exposure *x, int64_t *used,
                      int64_t *left)
{
    assembly_count_exams(a, x->years, used);
    for (size_t i = 0; i < a->n_pool; i++)
        left[i] = x->exams - used[i] < left[i] ? x->exams - used[i] : left[i];
}

int64_t *assembly_exams_left(const struct assembly *a, int64_t *ret_years)
{
    const struct blueprint *b = a->blueprint;
    int64_t *left = mem_alloc((a->n_pool + 1) * sizeof *left),
            *used = mem_alloc((a->n_pool + 1) * sizeof *used);
    bool any = false, ever = false;
    *ret_years = 0;
    for (size_t i = 0; i < a->n_pool; i++)
        left[i] = INT64_MAX;
    for (size_t k = 0; k < b->n_exposures; k++) {
        const struct blueprint_exposure *x = &b->exposure[k];
        if (x->exams == INT64_MAX)
            continue;
        take_less(a, x, used, left);
        any = true;
        ever = ever || x->years == 0;
        *ret_years = x->years > *ret_years ? x->years : *ret_years;
    }
    if (ever)
        *ret_years = 0;
    free(used);
    if (any)
        return left;
    free(left);
    return NULL;
}
