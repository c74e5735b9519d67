/* SPDX-License-Identifier: Apache-2.0 */
/* What the reports on ratings share. */
#ifndef KAOCHANG_CLI_RESULTS_RATING_REPORT_H
#define KAOCHANG_CLI_RESULTS_RATING_REPORT_H

#include "cli/results/reporting.h"
#include "statistics/quality/ratings.h"

struct rating_report {
    struct reporting base;
    struct session_ratings ratings; /* of all; in base.arena */
    size_t *first;                  /* of each session, in ratings */
};

/* As reporting_open, and reads the ratings. ERR_USAGE where the session is no lab-skills exam. Close it
 * whether this succeeds or not. */
MUST_CHECK int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e);
void rating_report_close(struct rating_report *x);
/* Moves every half-day onto the first one, so that hours are those since its start; returns the longest one's
 * end. */
int64_t rating_report_one_day(struct rating_report *x);

#endif
