/* SPDX-License-Identifier: Apache-2.0 */
/* The ratings of a lab session in the store, as statistics take them; and as a list for people who check. */
#ifndef KAOCHANG_STATISTICS_QUALITY_RATINGS_H
#define KAOCHANG_STATISTICS_QUALITY_RATINGS_H

#include "statistics/quality/rated.h"
#include "statistics/table.h"
#include "sync/lab.h"

struct session_ratings {
    struct rated
        *rated;  /* by ticket, then rater; in the arena, rubrics and names borrowed from the session */
    bool *sheet; /* each: typed from paper */
    size_t n;
    size_t unreadable; /* ratings that are of no rubric of the plan: left out */
};

/* Reads every rating of every candidate, also those that wait for a third or were overruled. */
MUST_CHECK int session_ratings_read(struct session_ratings *ret, const struct lab_session *l, struct arena *a,
                                    struct err *e);
/* Every rating with its steps: "2 5 1.5 …". Times are shown with this offset from UTC. */
struct table *ratings_table(const struct session_ratings *s, int utc_offset_min);

#endif
