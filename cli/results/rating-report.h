/* SPDX-License-Identifier: Apache-2.0 */
/* What the reports on ratings share. */
#ifndef KAOCHANG_CLI_RESULTS_RATING_REPORT_H
#define KAOCHANG_CLI_RESULTS_RATING_REPORT_H

#include "cli/results/reporting.h"
#include "statistics/quality/ratings.h"

struct rating_report {
    struct reporting base;
    struct lab_session *lab;
    struct session_ratings ratings; /* in base.arena */
};

/* As reporting_open, and reads the ratings. ERR_USAGE where the session is no lab-skills exam. Close it
 * whether this succeeds or not. */
MUST_CHECK int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e);
void rating_report_close(struct rating_report *x);

#endif
