/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/lp.h"

#include <coin/Clp_C_Interface.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/search/dense.h"

/* The functions of the library that are used. */
#define CLP_CALLS(each)                                                                                      \
    each(newModel) each(deleteModel) each(setLogLevel) each(addRows) each(addColumns) each(deleteRows)       \
        each(deleteColumns) each(numberRows) each(numberColumns) each(columnLower) each(columnUpper)         \
            each(rowLower) each(rowUpper) each(objective) each(setMaximumIterations) each(setMaximumSeconds) \
                each(dual) each(primal) each(status) each(numberIterations) each(objectiveValue)             \
                    each(primalColumnSolution) each(dualColumnSolution) each(dualRowSolution)                \
                        each(primalRowSolution) each(infeasibilityRay) each(freeRay) each(statusArray)       \
                            each(statusExists) each(setColumnStatus) each(setRowStatus) each(copyinStatus)   \
                                each(getVectorStarts) each(getVectorLengths) each(getIndices)                \
                                    each(getElements) each(setPrimalTolerance) each(setDualTolerance)        \
                                        each(dropNames)

struct calls {
#define EACH(name) __typeof__(Clp_##name) *name;
    CLP_CALLS(EACH)
#undef EACH
};

struct lp {
    struct calls call;
    Clp_Simplex *clp;
    bool often; /* solved by `dense` where that can be */
    double enough;
    bool by_dense;       /* it was the last to solve */
    struct dense *dense; /* of the matrix as it is; NULL: to be made */
};

static const char library_name[] = "libClp.so.1";

enum { BASIC = 1, AT_LOWER = 3, CLP_ALL_PIVOTS = INT32_MAX, DENSE_ROWS = 400, DENSE_CELLS = 1000000 };

static int load_calls(struct calls *ret, struct err *e)
{
    void *library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL); /* stays: it is not made to be unloaded */
    const struct {
        const char *name;
        void *at;
    } wanted[] = {
#define EACH(name) {"Clp_" #name, &ret->name},
        CLP_CALLS(EACH)
#undef EACH
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
    return err_hint(e, _("install Debian's package %s"), "coinor-libclp1");
}

int lp_new(struct lp **ret, struct err *e)
{
    struct lp *lp = mem_alloc(sizeof *lp);
    int r = load_calls(&lp->call, e);
    if (r < 0) {
        free(lp);
        return r;
    }
    lp->clp = lp->call.newModel();
    lp->enough = LP_OPEN;
    lp->call.setLogLevel(lp->clp, 0);
    lp->call.setPrimalTolerance(lp->clp, 1e-9);
    lp->call.setDualTolerance(lp->clp, 1e-9);
    *ret = lp;
    return 0;
}

void lp_free(struct lp *lp)
{
    if (lp) {
        dense_free(lp->dense);
        lp->call.deleteModel(lp->clp);
    }
    free(lp);
}

/* The matrix changes. */
static void forget_dense(struct lp *lp)
{
    dense_free(lp->dense);
    lp->dense = NULL;
    lp->by_dense = false;
}

void lp_set_often(struct lp *lp, bool often)
{
    lp->often = often;
    if (!often)
        forget_dense(lp);
}

size_t lp_n_rows(const struct lp *lp)
{
    return (size_t)lp->call.numberRows(lp->clp);
}

size_t lp_n_columns(const struct lp *lp)
{
    return (size_t)lp->call.numberColumns(lp->clp);
}

void lp_add_rows(struct lp *lp, size_t n, const double *lo, const double *hi, const int *start,
                 const int *column, const double *value)
{
    int *empty = start ? NULL : mem_alloc((n + 1) * sizeof *empty);
    size_t first = lp_n_rows(lp);
    const int none = 0;
    const double no = 0;
    forget_dense(lp);
    lp->call.addRows(lp->clp, (int)n, lo, hi, start ? start : empty, column ? column : &none,
                     value ? value : &no);
    for (size_t i = 0; lp->call.statusExists(lp->clp) && i < n; i++)
        lp->call.setRowStatus(lp->clp, (int)(first + i), BASIC);
    free(empty);
}

void lp_add_columns(struct lp *lp, size_t n, const double *cost, const double *lower, const double *upper,
                    const int *start, const int *row, const double *value)
{
    size_t first = lp_n_columns(lp);
    forget_dense(lp);
    lp->call.addColumns(lp->clp, (int)n, lower, upper, cost, start, row, value);
    for (size_t i = 0; lp->call.statusExists(lp->clp) && i < n; i++)
        lp->call.setColumnStatus(lp->clp, (int)(first + i), AT_LOWER);
}

void lp_set_enough(struct lp *lp, double value)
{
    lp->enough = value;
}

static int *from_to(size_t first, size_t n)
{
    int *which = mem_alloc((n - first + 1) * sizeof *which);
    for (size_t i = first; i < n; i++)
        which[i - first] = (int)i;
    return which;
}

void lp_drop_rows(struct lp *lp, size_t first)
{
    size_t n = lp_n_rows(lp);
    int *which = from_to(first, n);
    forget_dense(lp);
    if (first < n)
        lp->call.deleteRows(lp->clp, (int)(n - first), which);
    free(which);
}

void lp_drop_columns(struct lp *lp, size_t first)
{
    size_t n = lp_n_columns(lp);
    int *which = from_to(first, n);
    forget_dense(lp);
    if (first < n)
        lp->call.deleteColumns(lp->clp, (int)(n - first), which);
    free(which);
}

void lp_set_bounds(struct lp *lp, size_t column, double lower, double upper)
{
    lp->call.columnLower(lp->clp)[column] = lower;
    lp->call.columnUpper(lp->clp)[column] = upper;
}

void lp_set_row(struct lp *lp, size_t row, double lo, double hi)
{
    lp->call.rowLower(lp->clp)[row] = lo;
    lp->call.rowUpper(lp->clp)[row] = hi;
}

void lp_set_cost(struct lp *lp, size_t column, double cost)
{
    lp->call.objective(lp->clp)[column] = cost;
}

/* What a pivot costs in units of work. */
static int64_t pivot_units(const struct lp *lp)
{
    return 2 + (int64_t)(lp_n_rows(lp) + lp_n_columns(lp)) / 64;
}

static int pivots_allowed(const struct lp *lp, int iterations, const struct work *w)
{
    int64_t most = iterations > 0 ? iterations : CLP_ALL_PIVOTS;
    if (w && w->left / pivot_units(lp) < most)
        most = w->left / pivot_units(lp);
    return most > 0 ? (int)most : 1;
}

static double seconds_allowed(const struct work *w)
{
    if (!w || !w->now_ms)
        return -1;
    int64_t left = w->deadline_ms - w->now_ms();
    return left > 0 ? (double)left / 1000 : 0.001;
}

static void make_dense(struct lp *lp)
{
    const struct dense_matrix m = {.rows = lp_n_rows(lp),
                                   .columns = lp_n_columns(lp),
                                   .start = lp->call.getVectorStarts(lp->clp),
                                   .length = lp->call.getVectorLengths(lp->clp),
                                   .row = lp->call.getIndices(lp->clp),
                                   .value = lp->call.getElements(lp->clp)};
    if (!lp->dense)
        lp->dense = dense_new(&m);
}

/* From the basis that Clp has, and back to it; DENSE_TROUBLE: Clp must. */
static enum dense_status solve_dense(struct lp *lp, int most, struct work *w)
{
    size_t rows = lp_n_rows(lp), columns = lp_n_columns(lp);
    int pivots;
    lp->by_dense = false;
    if (!lp->often || rows > DENSE_ROWS || rows * columns > DENSE_CELLS || !lp->call.statusExists(lp->clp))
        return DENSE_TROUBLE;
    make_dense(lp);
    const struct dense_bounds b = {.cost = lp->call.objective(lp->clp),
                                   .lower = lp_lower(lp),
                                   .upper = lp_upper(lp),
                                   .lo = lp->call.rowLower(lp->clp),
                                   .hi = lp->call.rowUpper(lp->clp),
                                   .enough = lp->enough};
    enum dense_status s = dense_solve(lp->dense, &b, lp->call.statusArray(lp->clp), most, &pivots);
    work_spend(w, (int64_t)(pivots + 1) * pivot_units(lp));
    lp->by_dense = s != DENSE_TROUBLE;
    return s;
}

enum lp_status lp_solve(struct lp *lp, enum lp_method method, int iterations, struct work *w)
{
    if (work_ended(w))
        return LP_LIMIT;
    if (lp_n_rows(lp) + lp_n_columns(lp) == 0) /* Clp has no objective then, and looks at it */
        return LP_OPTIMAL;
    const enum lp_status said[] = {[DENSE_OPTIMAL] = LP_OPTIMAL,
                                   [DENSE_INFEASIBLE] = LP_INFEASIBLE,
                                   [DENSE_LIMIT] = LP_LIMIT,
                                   [DENSE_ENOUGH] = LP_ENOUGH};
    enum dense_status dense = solve_dense(lp, pivots_allowed(lp, iterations, w), w);
    if (dense != DENSE_TROUBLE)
        return said[dense];
    lp->call.setMaximumIterations(lp->clp, pivots_allowed(lp, iterations, w));
    lp->call.setMaximumSeconds(lp->clp, seconds_allowed(w));
    if (method == LP_DUAL)
        lp->call.dual(lp->clp, 0);
    else
        lp->call.primal(lp->clp, 0);
    work_spend(w, (int64_t)(lp->call.numberIterations(lp->clp) + 1) * pivot_units(lp));
    switch (lp->call.status(lp->clp)) {
    case 0:
        return LP_OPTIMAL;
    case 1:
        return LP_INFEASIBLE;
    case 2:
        return LP_UNBOUNDED;
    default:
        return LP_LIMIT;
    }
}

double lp_value(const struct lp *lp)
{
    return lp->by_dense ? dense_value(lp->dense) : lp->call.objectiveValue(lp->clp);
}

const double *lp_columns(const struct lp *lp)
{
    return lp->by_dense ? dense_values(lp->dense) : lp->call.primalColumnSolution(lp->clp);
}

const double *lp_reduced(const struct lp *lp)
{
    return lp->by_dense ? dense_reduced(lp->dense) : lp->call.dualColumnSolution(lp->clp);
}

const double *lp_duals(const struct lp *lp)
{
    return lp->by_dense ? dense_reduced(lp->dense) + lp_n_columns(lp) : lp->call.dualRowSolution(lp->clp);
}

const double *lp_activity(const struct lp *lp)
{
    return lp->by_dense ? dense_values(lp->dense) + lp_n_columns(lp) : lp->call.primalRowSolution(lp->clp);
}

const double *lp_lower(const struct lp *lp)
{
    return lp->call.columnLower(lp->clp);
}

const double *lp_upper(const struct lp *lp)
{
    return lp->call.columnUpper(lp->clp);
}

static double best_end(double y, double lo, double hi)
{
    double end = y > 0 ? lo : hi;
    return end <= -LP_OPEN || end >= LP_OPEN ? -LP_OPEN : y * end;
}

/* The bound that y, times sign, gives with costs of zero. */
static double ray_value(const struct lp *lp, const double *y, double sign)
{
    const int *start = lp->call.getVectorStarts(lp->clp), *row = lp->call.getIndices(lp->clp);
    const int *length = lp->call.getVectorLengths(lp->clp);
    const double *value = lp->call.getElements(lp->clp);
    double sum = 0;
    for (size_t i = 0; i < lp_n_rows(lp); i++)
        if (y[i] > 1e-12 || y[i] < -1e-12)
            sum += best_end(sign * y[i], lp->call.rowLower(lp->clp)[i], lp->call.rowUpper(lp->clp)[i]);
    for (size_t c = 0; c < lp_n_columns(lp); c++) {
        double d = 0;
        for (int k = start[c]; k < start[c] + length[c]; k++)
            d -= sign * y[row[k]] * value[k];
        if (d > 1e-9 || d < -1e-9)
            sum += best_end(d, lp_lower(lp)[c], lp_upper(lp)[c]);
    }
    return sum;
}

/* y with the sign that shows something, or nothing. */
static bool orient(const struct lp *lp, double *y)
{
    double sign = ray_value(lp, y, 1) > 1e-9 ? 1 : ray_value(lp, y, -1) > 1e-9 ? -1 : 0;
    for (size_t i = 0; i < lp_n_rows(lp); i++)
        y[i] *= sign;
    return sign != 0;
}

/* Two columns to each row that take up what it lacks, at a cost of 1: the duals at the least cost. */
static void elastic(struct lp *lp, double *y)
{
    size_t rows = lp_n_rows(lp), columns = lp_n_columns(lp);
    double *cost = mem_alloc((2 * rows + columns + 1) * sizeof *cost), *kept = cost + 2 * rows;
    double *zero = mem_alloc((2 * rows + 1) * sizeof *zero), *open = mem_alloc((2 * rows + 1) * sizeof *open);
    double *value = mem_alloc((2 * rows + 1) * sizeof *value);
    bool often = lp->often;
    lp_set_often(lp, false); /* its first basis is not a dual one */
    int *start = mem_alloc((2 * rows + 1) * sizeof *start), *row = mem_alloc((2 * rows + 1) * sizeof *row);
    memcpy(kept, lp->call.objective(lp->clp), columns * sizeof *kept);
    for (size_t c = 0; c < columns; c++)
        lp_set_cost(lp, c, 0);
    for (size_t k = 0; k < 2 * rows; k++) {
        cost[k] = 1;
        open[k] = LP_OPEN;
        value[k] = k % 2 ? -1 : 1;
        start[k + 1] = (int)k + 1;
        row[k] = (int)k / 2;
    }
    lp_add_columns(lp, 2 * rows, cost, zero, open, start, row, value);
    if (lp_solve(lp, LP_PRIMAL, 0, NULL) == LP_OPTIMAL)
        memcpy(y, lp_duals(lp), rows * sizeof *y);
    lp_drop_columns(lp, columns);
    for (size_t c = 0; c < columns; c++)
        lp_set_cost(lp, c, kept[c]);
    lp_set_often(lp, often);
    free(cost);
    free(zero);
    free(open);
    free(value);
    free(start);
    free(row);
}

static bool take_ray(struct lp *lp, double *y)
{
    size_t size = lp_n_rows(lp) * sizeof *y;
    if (lp->by_dense) {
        memcpy(y, dense_ray(lp->dense), size);
        return true;
    }
    double *found = lp->call.infeasibilityRay(lp->clp);
    if (found)
        memcpy(y, found, size);
    lp->call.freeRay(lp->clp, found);
    return found;
}

double *lp_ray(struct lp *lp)
{
    size_t rows = lp_n_rows(lp);
    double *y = mem_alloc((rows + 1) * sizeof *y);
    if (take_ray(lp, y) && orient(lp, y))
        return y;
    elastic(lp, y);
    if (orient(lp, y))
        return y;
    free(y);
    return NULL;
}

size_t lp_basis_size(const struct lp *lp)
{
    return lp_n_rows(lp) + lp_n_columns(lp);
}

void lp_save_basis(const struct lp *lp, unsigned char *ret)
{
    memcpy(ret, lp->call.statusArray(lp->clp), lp_basis_size(lp));
}

void lp_load_basis(struct lp *lp, const unsigned char *basis)
{
    lp->call.copyinStatus(lp->clp, basis);
}
