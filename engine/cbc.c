/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/cbc.h"

#include <coin/Cbc_C_Interface.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Rows to columns: what Cbc wants. */
static void load(Cbc_Model *cbc, const struct model *m)
{
    int *start = mem_alloc((m->n_cols + 2) * sizeof *start);
    int *row = mem_alloc((m->n_cells + 1) * sizeof *row);
    double *value = mem_alloc((m->n_cells + 1) * sizeof *value);
    for (size_t k = 0; k < m->n_cells; k++)
        start[m->index[k] + 1]++;
    for (size_t c = 0; c < m->n_cols; c++)
        start[c + 1] += start[c];
    int *next = mem_alloc((m->n_cols + 1) * sizeof *next);
    for (size_t c = 0; c < m->n_cols; c++)
        next[c] = start[c];
    for (size_t r = 0; r < m->n_rows; r++)
        for (size_t k = m->start[r]; k < m->start[r + 1]; k++) {
            int at = next[m->index[k]]++;
            row[at] = (int)r;
            value[at] = m->value[k];
        }
    Cbc_loadProblem(cbc, (int)m->n_cols, (int)m->n_rows, start, row, value, m->lower, m->upper, m->cost, m->lo, m->hi);
    for (size_t c = 0; c < m->n_cols; c++)
        if (m->integer[c])
            Cbc_setInteger(cbc, (int)c);
    free(start);
    free(row);
    free(value);
    free(next);
}

void cbc_run(struct cbc_answer *ret, const struct model *m, const struct cbc_limits *limits)
{
    Cbc_Model *cbc = Cbc_newModel();
    Cbc_setLogLevel(cbc, 0);
    Cbc_setParameter(cbc, "log", "0");
    load(cbc, m);
    Cbc_setObjSense(cbc, 1);
    Cbc_setMaximumNodes(cbc, (int)(limits->nodes < INT32_MAX ? limits->nodes : INT32_MAX));
    if (limits->seconds > 0)
        Cbc_setMaximumSeconds(cbc, (double)limits->seconds);
    if (limits->first)
        Cbc_setMaximumSolutions(cbc, 1);
    if (limits->gap_milli > 0)
        Cbc_setAllowableFractionGap(cbc, (double)limits->gap_milli / 1000);
    Cbc_solve(cbc);
    const double *best = Cbc_bestSolution(cbc);
    *ret = (struct cbc_answer){.infeasible = !best && Cbc_isProvenInfeasible(cbc),
                               .by_clock = Cbc_isSecondsLimitReached(cbc) && !Cbc_isProvenOptimal(cbc),
                               .bound = Cbc_getBestPossibleObjValue(cbc),
                               .nodes = Cbc_getNodeCount(cbc)};
    if (best) {
        ret->solution = mem_alloc((m->n_cols + 1) * sizeof *ret->solution);
        memcpy(ret->solution, best, m->n_cols * sizeof *ret->solution);
    }
    Cbc_deleteModel(cbc);
}
