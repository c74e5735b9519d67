/* SPDX-License-Identifier: Apache-2.0 */
/* Points are integer milli-points in a struct: they cannot be added to an int by mistake, and no float
 * ever holds a mark. points_part and points_from_outcome are the only places that round. */
#ifndef KAOCHANG_BASE_POINTS_H
#define KAOCHANG_BASE_POINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct {
    int64_t milli;
} points_t;

#define POINTS_MAX_MILLI INT64_C(1000000000000)

static inline points_t points_milli(int64_t milli)
{
    return (points_t){milli};
}

/* Sum; ERR_DATA beyond ±POINTS_MAX_MILLI. */
MUST_CHECK int points_add(points_t a, points_t b, points_t *ret, struct err *e);
/* max·num/den, half up (away from zero for ties). den > 0. */
MUST_CHECK int points_part(points_t max, int64_t num, int64_t den, points_t *ret, struct err *e);
/* A QTI float outcome to points: half up on the third decimal. NaN and infinite are refused. */
MUST_CHECK int points_from_outcome(double value, points_t *ret, struct err *e);
/* "2", "2.5", "-0.125": at most three decimals, nothing else. */
MUST_CHECK int points_parse(const char *s, points_t *ret, struct err *e);
/* Shortest exact decimal: "2", "2.5". buf of 32 is enough. Returns buf. */
const char *points_text(points_t p, char *buf, size_t size);

/* num/den as a percentage with `decimals` (0..6) decimals, half up, from integers: "82.6". den > 0,
 * num >= 0. Returns buf. */
const char *percent_text(int64_t num, int64_t den, int decimals, char *buf, size_t size);
/* num/den as a decimal with `decimals` (0..6) decimals, half up away from zero. Returns buf. */
const char *ratio_text(int64_t num, int64_t den, int decimals, char *buf, size_t size);

#endif
