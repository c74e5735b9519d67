/* SPDX-License-Identifier: Apache-2.0 */
/* exp without branches, so that a compiler does several at once: x = k ln 2 + r, exp(r) by Taylor's series to
 * r^13
 * (|r| < 0.35: below 1e-17), times 2^k put together from its bits. */
#include <string.h>

#include "statistics/irt/irt-internal.h"

static double power_of_two(double k)
{
    int64_t bits = ((int64_t)k + 1023) << 52;
    double ret;
    memcpy(&ret, &bits, sizeof ret);
    return ret;
}

void exp_each(double *x, size_t n)
{
    static const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33, to_whole = 0x1.8p52;
    for (size_t i = 0; i < n; i++) {
        double v = x[i] < -700 ? -700 : x[i];
        double k = (v * 0x1.71547652b82fep0 + to_whole) - to_whole;
        double r = (v - k * ln2_high) - k * ln2_low;
        double p = 1.0 / 6227020800;
        p = p * r + 1.0 / 479001600;
        p = p * r + 1.0 / 39916800;
        p = p * r + 1.0 / 3628800;
        p = p * r + 1.0 / 362880;
        p = p * r + 1.0 / 40320;
        p = p * r + 1.0 / 5040;
        p = p * r + 1.0 / 720;
        p = p * r + 1.0 / 120;
        p = p * r + 1.0 / 24;
        p = p * r + 1.0 / 6;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        x[i] = x[i] < -700 ? 0 : p * power_of_two(k);
    }
}
