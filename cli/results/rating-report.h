/* SPDX-License-Identifier: Apache-2.0 */
/* What the reports on ratings share. */
#ifndef KAOCHANG_CLI_RESULTS_RATING_REPORT_H
#define KAOCHANG_CLI_RESULTS_RATING_REPORT_H

#include "cli/results/reporting.h"
#include "statistics/quality/ratings.h"

struct rating_report {
    struct reporting base;
    struct lab_session **lab; /* the session, then its make-up sessions */
    size_t n_labs;
    int64_t start_ms, end_ms;       /* from the first of them to the last */
    struct session_ratings ratings; /* of all of them; in base.arena */
};

/* As reporting_open, and reads the ratings. ERR_USAGE where a session is no lab-skills exam, or a make-up
 * session rates by other rubrics. Close it
 * whether this succeeds or not. */
MUST_CHECK int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e);
void rating_report_close(struct rating_report *x);

#endif
