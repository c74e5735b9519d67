/* SPDX-License-Identifier: Apache-2.0 */
/* Exact small numbers: shares of a mark as other programs write them, and decimals with their tolerances. */
#ifndef KAOCHANG_PAPERBANK_BANK_FRACTION_H
#define KAOCHANG_PAPERBANK_BANK_FRACTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct fraction {
    int64_t num, den; /* den > 0, in lowest terms */
};

/* A percentage, at most 100 either way: "33.33333" is a third, since programs round shares; a share is one
 * with a denominator up to 20 if it is that near (0.005 per cent), else exactly what is written. False for
 * what is no number. */
bool fraction_of_percent(const char *text, struct fraction *ret);
int64_t fraction_lcm(int64_t a, int64_t b); /* 0 past 10^9 */

/* A decimal: digits × 10^-scale. */
struct decimal {
    int64_t digits;
    int scale;
};
/* "-1.50", "2e3", "１" is none; at most 15 digits, scale 0..15. False otherwise. */
bool decimal_parse(const char *text, struct decimal *ret);
/* a + b or a - b; false where the result has more digits. */
bool decimal_sum(struct decimal a, struct decimal b, bool minus, struct decimal *ret);
bool decimal_product(struct decimal a, struct decimal b, struct decimal *ret);
struct decimal decimal_half(struct decimal a);
int decimal_compare(struct decimal a, struct decimal b);
/* Shortest text, "1.5". */
const char *decimal_text(struct arena *a, struct decimal d);

#endif
