/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/scores/matrix.h"

#include <stdlib.h>

#include "base/mem.h"

void matrix_new(struct score_matrix *ret, size_t n, size_t k)
{
    *ret = (struct score_matrix){.n = n,
                                 .k = k,
                                 .item = mem_alloc((k + 1) * sizeof *ret->item),
                                 .score = mem_alloc((n * k + 1) * sizeof *ret->score),
                                 .max = mem_alloc((k + 1) * sizeof *ret->max)};
}

void matrix_release(struct score_matrix *m)
{
    for (size_t j = 0; m->item && j < m->k; j++)
        free(m->item[j]);
    for (size_t i = 0; m->person && i < m->n; i++)
        free(m->person[i]);
    free(m->item);
    free(m->person);
    free(m->score);
    free(m->max);
    *m = (struct score_matrix){0};
}
