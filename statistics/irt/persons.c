/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/irt/irt-internal.h"
#include "statistics/quality/numbers.h"

static void score_person(struct irt_person *ret, const struct irt_fit *fit, const double *w)
{
    double mean = 0, square = 0;
    for (size_t q = 0; q < fit->points; q++)
        mean += w[q] * fit->theta[q];
    for (size_t q = 0; q < fit->points; q++)
        square += w[q] * (fit->theta[q] - mean) * (fit->theta[q] - mean);
    ret->eap = figure_of(mean);
    ret->psd = figure_of(sqrt(square));
}

int irt_score(struct irt_person *ret, const struct irt_fit *fit, const struct score_matrix *m, struct err *e)
{
    struct responses r = {0};
    struct curves curves = {0};
    double w[IRT_MAX_POINTS + 3], *log_weight = mem_alloc((fit->points + 1) * sizeof *log_weight);
    int status = responses_of(&r, fit->item, m, e);
    for (size_t q = 0; q < fit->points; q++)
        log_weight[q] = fit->weight[q] > 0 ? num_log(fit->weight[q]) : -1e6;
    if (status == 0)
        curves_take(&curves, fit, &r, log_weight);
    for (size_t i = 0; status == 0 && i < m->n; i++) {
        posterior(&curves, &r, i, w);
        score_person(&ret[i], fit, w);
    }
    curves_release(&curves);
    responses_release(&r);
    free(log_weight);
    return status;
}
