/* SPDX-License-Identifier: Apache-2.0 */
/* Checked 128-bit integers; shared by proof/ only. Each returns false, and leaves *a alone, where the result
 * does not fit. */
#ifndef KAOCHANG_ENGINE_WIDE_H
#define KAOCHANG_ENGINE_WIDE_H

#include <stdbool.h>
#include <stdint.h>

typedef __int128 wide;

/* Magnitudes below this may be multiplied by 64 bits. */
#define WIDE_SMALL ((wide)1 << 62)
#define WIDE_LARGEST ((wide)(~(unsigned __int128)0 >> 1))

static inline bool wide_within(wide a, wide limit)
{
    return a < limit && a > -limit;
}

static inline bool wide_add(wide *a, wide b)
{
    wide sum;
    if (__builtin_add_overflow(*a, b, &sum))
        return false;
    *a = sum;
    return true;
}

static inline bool wide_times(wide a, int64_t b, wide *ret)
{
    if (!wide_within(a, WIDE_SMALL)) {
        wide m = b < 0 ? -(wide)b : b;
        if (m && !wide_within(a, WIDE_LARGEST / m))
            return false;
    }
    *ret = a * b;
    return true;
}

/* *a += b c */
static inline bool wide_add_times(wide *a, wide b, int64_t c)
{
    wide product;
    return wide_times(b, c, &product) && wide_add(a, product);
}

/* The largest whole number <= a / b; b > 0. */
static inline wide wide_floor(wide a, wide b)
{
    wide q = a / b;
    return q * b > a ? q - 1 : q;
}

static inline bool wide_narrow(wide a, int64_t *ret)
{
    if (a > INT64_MAX || a < -(wide)INT64_MAX)
        return false;
    *ret = (int64_t)a;
    return true;
}

#endif
