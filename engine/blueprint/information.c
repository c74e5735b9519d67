/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/information.h"

#include <math.h>

/* e to the x: e to the x / 1024 by its series, squared ten times. |x| is at most 400 here. */
static double exponential(double x)
{
    double r = x / 1024, term = 1, sum = 1;
    for (int i = 1; i < 20; i++) {
        term = term * r / i;
        sum += term;
    }
    for (int i = 0; i < 10; i++)
        sum *= sum;
    return sum;
}

int64_t information_at(const struct bank_irt *irt, int64_t theta)
{
    double a = (double)irt->a / 1000 * (irt->normal ? 1.702 : 1), c = (double)irt->c / 1000;
    double x = a * (double)(theta - irt->b) / 1000;
    double logistic = 1 / (1 + exponential(-x)), p = c + (1 - c) * logistic;
    double value = a * a * ((1 - p) / p) * logistic * logistic;
    return (int64_t)floor(value * INFORMATION_UNIT + 0.5);
}
