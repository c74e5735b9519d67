/* SPDX-License-Identifier: Apache-2.0 */
/* A city's results, made up to given totals and spread over counties, schools and rooms. */
#ifndef KAOCHANG_TESTS_STATISTICS_CITY_H
#define KAOCHANG_TESTS_STATISTICS_CITY_H

#include "statistics/rates.h"

struct city {
    int64_t registered, sat, passed, high, full;
};

extern const struct rates_lines city_lines; /* 100, 60, 90 */

/* c->registered results in the arena. Who passed is scattered, so that units differ. */
struct store_result *city_make(const struct city *c, struct arena *a);

#endif
