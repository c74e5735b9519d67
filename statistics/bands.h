/* SPDX-License-Identifier: Apache-2.0 */
/* How the marks of a session lie: per unit mean, standard deviation, median and score bands; and the
 * one-point table. Sums are exact. */
#ifndef KAOCHANG_STATISTICS_BANDS_H
#define KAOCHANG_STATISTICS_BANDS_H

#include "statistics/rates.h"
#include "statistics/scores/figure.h"
#include "statistics/table.h"

struct bands_unit {
    struct rates_unit place; /* its count is empty */
    int64_t scored;
    int64_t sum_milli;
    int64_t twice_median_milli; /* the middle mark, or both middle ones added */
    struct figure sd;           /* points; divides by n: all marks are there, none is a sample */
    struct figure cv;           /* sd / mean */
    struct figure z;            /* (mean - the city's) / the city's sd */
    int64_t *band;              /* marks in each band */
};

struct bands {
    struct arena *arena;
    points_t full, width;
    size_t n_bands; /* the first holds the full marks alone, the last ends at 0 */
    struct bands_unit *unit;
    size_t n;
    points_t *mark; /* the marks that occur, from the highest */
    int64_t *times;
    size_t n_marks;
};

/* width: of a band, 1 point or more. ERR_USAGE where there would be more than BANDS_MAX. */
enum { BANDS_MAX = 60 };
MUST_CHECK int bands_compute(struct bands *ret, const struct store_result *result, size_t n, points_t full,
                             points_t width, struct err *e);
void bands_release(struct bands *b);

/* A row for each unit of the levels that are wanted, a column for each band. */
struct table *bands_table(const struct bands *b, const bool *level, int decimals);
/* The one-point table: each mark that occurs, how often, how many have it or more, their share, and the rank.
 */
struct table *bands_marks_table(const struct bands *b, int decimals);
/* The distribution as inline SVG: a bar for each band. */
void bands_figure(const struct bands *b, struct bytes *out);

#endif
