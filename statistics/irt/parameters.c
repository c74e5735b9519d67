/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/mem.h"
#include "statistics/irt/irt-internal.h"

size_t item_parameters(const struct irt_item *item)
{
    return item->why ? 0 : item->categories + (item->model == IRT_3PL);
}

double *item_parameter(struct irt_item *item, size_t local)
{
    return local == 0 ? &item->a : local < item->categories ? &item->d[local - 1] : &item->g;
}

/* a is fixed in RASCH and the same for all in 1PL and PCM, where it is number 0. */
void parameters_number(struct parameters *ret, const struct irt_item *item, size_t k)
{
    bool common = k && (item->model == IRT_1PL || item->model == IRT_PCM);
    *ret = (struct parameters){.n = common,
                               .number = mem_alloc((k * IRT_MAX_PARAMETERS + 1) * sizeof *ret->number)};
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < IRT_MAX_PARAMETERS; l++) {
            int *at = &ret->number[j * IRT_MAX_PARAMETERS + l];
            if (l >= item_parameters(&item[j]) || (l == 0 && item[j].model == IRT_RASCH))
                *at = NOT_FREE;
            else
                *at = l == 0 && common ? 0 : (int)ret->n++;
        }
}
