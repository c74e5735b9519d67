/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/scores/figure.h"

#include <math.h>

#include "base/i18n.h"

struct figure figure_of(double value)
{
    return isfinite(value) ? (struct figure){.value = value}
                           : figure_undefined(N_("the numbers are beyond what can be computed"));
}

struct figure figure_undefined(const char *why)
{
    return (struct figure){.why = why};
}

bool figure_is(const struct figure *f)
{
    return !f->why;
}
