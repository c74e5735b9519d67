/* SPDX-License-Identifier: Apache-2.0 */
/* The units of a city's results: the city, then each county with its schools with their rooms; names
 * bytewise. */
#ifndef KAOCHANG_STATISTICS_PLACES_H
#define KAOCHANG_STATISTICS_PLACES_H

#include "statistics/rates.h"

/* Those who count, by unit and ticket; ret has room for n. Returns how many. */
size_t places_sort(const struct store_result *result, size_t n, const struct store_result **ret);
bool place_belongs(const struct rates_unit *u, const struct store_result *x);
/* The unit of a level that x is in; its count is empty. */
struct rates_unit place_unit(enum rates_level level, const struct store_result *x);

#endif
