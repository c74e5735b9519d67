/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/equating/equating.h"

/* Share of persons up to and with each score. */
static double *cumulate(const struct distribution *d)
{
    double *ret = mem_alloc((d->n + 1) * sizeof *ret), sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        sum += d->count[i];
        ret[i] = sum / d->persons;
    }
    return ret;
}

/* Lord's: P(1-P)(nx+ny)/(nx ny) - (G(u) - P)(P - G(u-1)) / (ny (G(u) - G(u-1))), over the square of the step. */
static struct figure error_of(double p, double below, double step, double nx, double ny)
{
    double variance = (p * (1 - p) * (nx + ny) / (nx * ny) - (below + step - p) * (p - below) / (ny * step)) / (step * step);
    return variance >= 0 ? figure_of(sqrt(variance)) : figure_undefined(N_("the data tell too little"));
}

void equate_equipercentile(const struct distribution *x, const struct distribution *y, struct figure *yx, struct figure *error)
{
    double *f = cumulate(x), *g = cumulate(y);
    size_t u = 0;
    for (size_t i = 0; i < x->n; i++) {
        double p = (i ? f[i - 1] : 0) + x->count[i] / x->persons / 2;
        while (u < y->n && g[u] <= p)
            u++;
        if (p <= 0 || u == y->n) { /* below or above everybody: the end of the scale */
            yx[i] = figure_of((double)y->low - 0.5 + (p <= 0 ? 0 : (double)y->n));
            error[i] = figure_of(0);
            continue;
        }
        double below = u ? g[u - 1] : 0, step = g[u] - below;
        yx[i] = figure_of((p - below) / step + (double)y->low + (double)u - 0.5);
        error[i] = error_of(p, below, step, x->persons, y->persons);
    }
    free(f);
    free(g);
}
