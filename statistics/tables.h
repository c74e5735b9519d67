/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the reports: rates per unit, and the list of candidates. */
#ifndef KAOCHANG_STATISTICS_TABLES_H
#define KAOCHANG_STATISTICS_TABLES_H

#include "statistics/rates.h"
#include "statistics/table.h"

struct rates_view {
    bool level[RATES_LEVELS]; /* which levels have rows */
    bool statuses;            /* of a lab exam: postponed, violation, cheating, exempt */
    int decimals;             /* of percentages and means, 0..6; half up */
};

/* Columns without any count in the whole city are left out for people: not scored, quarantined, and the statuses. */
struct table *rates_table(const struct rates *r, const struct rates_view *view);
/* Every candidate by ticket, those outside the roster too. Points are shown exactly. */
struct table *candidates_table(const struct store_result *result, size_t n, const struct rates_lines *lines);

/* Six cells of a unit: its name for people, level, county, school, site, room. Borrowed from u or in the
 * arena. */
void place_cells(struct arena *a, const struct rates_unit *u, const char **cell);

/* "scored", "absent" … for data; translated for people by mark_name. */
const char *mark_key(enum store_mark mark);
const char *mark_name(enum store_mark mark);

#endif
