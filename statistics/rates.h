/* SPDX-License-Identifier: Apache-2.0 */
/* Rates of a session per city, county, school and room. Integers only; nothing is rounded here. Definitions:
 * docs/statistics.md. */
#ifndef KAOCHANG_STATISTICS_RATES_H
#define KAOCHANG_STATISTICS_RATES_H

#include "sync/store.h"

enum rates_level { RATES_CITY, RATES_COUNTY, RATES_SCHOOL, RATES_ROOM, RATES_LEVELS };

struct rates_lines {
    points_t full, pass, high; /* of the paper; at the line is over the line */
};

struct rates_count {
    int64_t registered, sat, absent, postponed; /* registered = sat + absent + postponed */
    int64_t violation, cheating; /* of a lab exam: among those who sat, without a mark */
    int64_t withdrawn;           /* sat with a package that was withdrawn */
    int64_t scored, unscored, quarantined; /* sat = these + withdrawn + violation + cheating; unscored
                                              includes pending marks */
    int64_t exempt; /* among the scored: with a fixed score */
    int64_t passed, high, full, zero; /* among the scored */
    int64_t sum_milli, min_milli, max_milli; /* of the scored; min and max are 0 when there is none */
};

struct rates_unit {
    enum rates_level level;
    const char *county, *school, *site, *room; /* "" above its level; a room is one of a school: its part of it */
    struct rates_count count;
};

struct rates {
    struct arena *arena;
    struct rates_unit *unit; /* the city, then each county with its schools with their rooms; names bytewise */
    size_t n;
    int64_t unregistered; /* works of tickets that are not on the roster: in no unit */
    int64_t voided;       /* registered, and counted nowhere */
};

/* Counts all registered candidates. ERR_BUG if the children of a unit do not add up to it. The texts are borrowed from
 * `result`. */
MUST_CHECK int rates_compute(struct rates *ret, const struct store_result *result, size_t n,
                             const struct rates_lines *lines, struct err *e);
void rates_release(struct rates *r);

#endif
