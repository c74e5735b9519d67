/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/cbc.h"

#include <coin/Cbc_C_Interface.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

/* The functions of the library that are used, each under its own name and of its own type. */
struct calls {
    __typeof__(Cbc_newModel) *newModel;
    __typeof__(Cbc_deleteModel) *deleteModel;
    __typeof__(Cbc_loadProblem) *loadProblem;
    __typeof__(Cbc_setInteger) *setInteger;
    __typeof__(Cbc_setLogLevel) *setLogLevel;
    __typeof__(Cbc_setParameter) *setParameter;
    __typeof__(Cbc_setObjSense) *setObjSense;
    __typeof__(Cbc_setMaximumNodes) *setMaximumNodes;
    __typeof__(Cbc_setMaximumSeconds) *setMaximumSeconds;
    __typeof__(Cbc_setMaximumSolutions) *setMaximumSolutions;
    __typeof__(Cbc_setAllowableFractionGap) *setAllowableFractionGap;
    __typeof__(Cbc_solve) *solve;
    __typeof__(Cbc_bestSolution) *bestSolution;
    __typeof__(Cbc_isProvenInfeasible) *isProvenInfeasible;
    __typeof__(Cbc_isSecondsLimitReached) *isSecondsLimitReached;
    __typeof__(Cbc_isProvenOptimal) *isProvenOptimal;
    __typeof__(Cbc_getBestPossibleObjValue) *getBestPossibleObjValue;
    __typeof__(Cbc_getNodeCount) *getNodeCount;
};

static const char library_name[] = "libCbcSolver.so.3";

static int load_calls(struct calls *ret, struct err *e)
{
    void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL); /* stays: it is not made to be unloaded */
    struct {
        const char *name;
        void *at;
    } wanted[] = {
        {"Cbc_newModel", &ret->newModel},
        {"Cbc_deleteModel", &ret->deleteModel},
        {"Cbc_loadProblem", &ret->loadProblem},
        {"Cbc_setInteger", &ret->setInteger},
        {"Cbc_setLogLevel", &ret->setLogLevel},
        {"Cbc_setParameter", &ret->setParameter},
        {"Cbc_setObjSense", &ret->setObjSense},
        {"Cbc_setMaximumNodes", &ret->setMaximumNodes},
        {"Cbc_setMaximumSeconds", &ret->setMaximumSeconds},
        {"Cbc_setMaximumSolutions", &ret->setMaximumSolutions},
        {"Cbc_setAllowableFractionGap", &ret->setAllowableFractionGap},
        {"Cbc_solve", &ret->solve},
        {"Cbc_bestSolution", &ret->bestSolution},
        {"Cbc_isProvenInfeasible", &ret->isProvenInfeasible},
        {"Cbc_isSecondsLimitReached", &ret->isSecondsLimitReached},
        {"Cbc_isProvenOptimal", &ret->isProvenOptimal},
        {"Cbc_getBestPossibleObjValue", &ret->getBestPossibleObjValue},
        {"Cbc_getNodeCount", &ret->getNodeCount},
    };
    for (size_t i = 0; library && i < sizeof wanted / sizeof *wanted; i++) {
        void *found = dlsym(library, wanted[i].name);
        if (!found)
            library = NULL;
        memcpy(wanted[i].at, &found, sizeof found);
    }
    if (library)
        return 0;
    err_set(e, ERR_ENV, library_name, _("the library that assembles papers cannot be loaded"));
    return err_hint(e, _("install Debian's package %s"), "coinor-libcbc3");
}

/* Rows to columns: what Cbc wants. */
static void load(const struct calls *call, Cbc_Model *cbc, const struct model *m)
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
    call->loadProblem(cbc, (int)m->n_cols, (int)m->n_rows, start, row, value, m->lower, m->upper, m->cost,
                      m->lo, m->hi);
    for (size_t c = 0; c < m->n_cols; c++)
        if (m->integer[c])
            call->setInteger(cbc, (int)c);
    free(start);
    free(row);
    free(value);
    free(next);
}

int cbc_run(struct cbc_answer *ret, const struct model *m, const struct cbc_limits *limits, struct err *e)
{
    struct calls loaded = {0}, *call = &loaded;
    int r = load_calls(call, e);
    if (r < 0)
        return r;
    Cbc_Model *cbc = call->newModel();
    call->setLogLevel(cbc, 0);
    call->setParameter(cbc, "log", "0");
    load(call, cbc, m);
    call->setObjSense(cbc, 1);
    call->setMaximumNodes(cbc, (int)(limits->nodes < INT32_MAX ? limits->nodes : INT32_MAX));
    if (limits->seconds > 0)
        call->setMaximumSeconds(cbc, (double)limits->seconds);
    if (limits->first)
        call->setMaximumSolutions(cbc, 1);
    if (limits->gap_milli > 0)
        call->setAllowableFractionGap(cbc, (double)limits->gap_milli / 1000);
    call->solve(cbc);
    const double *best = call->bestSolution(cbc);
    *ret = (struct cbc_answer){.infeasible = !best && call->isProvenInfeasible(cbc),
                               .optimal = best && call->isProvenOptimal(cbc),
                               .by_clock = call->isSecondsLimitReached(cbc) && !call->isProvenOptimal(cbc),
                               .bound = call->getBestPossibleObjValue(cbc),
                               .nodes = call->getNodeCount(cbc)};
    if (best) {
        ret->solution = mem_alloc((m->n_cols + 1) * sizeof *ret->solution);
        memcpy(ret->solution, best, m->n_cols * sizeof *ret->solution);
    }
    call->deleteModel(cbc);
    return 0;
}
