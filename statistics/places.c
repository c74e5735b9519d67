/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/places.h"

#include <stdlib.h>
#include <string.h>

static int by_place(const void *a, const void *b)
{
    const struct store_result *x = *(const struct store_result *const *)a;
    const struct store_result *y = *(const struct store_result *const *)b;
    const char *const left[] = {x->county, x->school, x->site, x->room, x->ticket};
    const char *const right[] = {y->county, y->school, y->site, y->room, y->ticket};
    int c = 0;
    for (size_t i = 0; c == 0 && i < sizeof left / sizeof *left; i++)
        c = strcmp(left[i], right[i]);
    return c;
}

bool place_belongs(const struct rates_unit *u, const struct store_result *x)
{
    return (u->level < RATES_COUNTY || strcmp(u->county, x->county) == 0) &&
           (u->level < RATES_SCHOOL || strcmp(u->school, x->school) == 0) &&
           (u->level < RATES_ROOM || (strcmp(u->site, x->site) == 0 && strcmp(u->room, x->room) == 0));
}

struct rates_unit place_unit(enum rates_level level, const struct store_result *x)
{
    return (struct rates_unit){
        .level = level,
        .county = level >= RATES_COUNTY ? x->county : "",
        .school = level >= RATES_SCHOOL ? x->school : "",
        .site = level >= RATES_ROOM ? x->site : "",
        .room = level >= RATES_ROOM ? x->room : "",
    };
}

size_t places_sort(const struct store_result *result, size_t n, const struct store_result **ret)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (result[i].registered && result[i].mark != STORE_VOID)
            ret[kept++] = &result[i];
    qsort(ret, kept, sizeof *ret, by_place);
    return kept;
}
