/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/statistics/city.h"

#include "base/rng.h"

const struct rates_lines city_lines = {{100000}, {60000}, {90000}};

static points_t points_of(const struct city *c, int64_t i)
{
    if (i < c->full)
        return points_milli(100000);
    if (i < c->high)
        return points_milli(90000 + i % 20 * 500);
    if (i < c->passed)
        return points_milli(60000 + i % 59 * 500);
    return points_milli(i % 119 * 500);
}

struct store_result *city_make(const struct city *c, struct arena *a)
{
    static const char *const county[] = {"东湖区", "南山县", "临江市", "西陵区", "云岭县"};
    struct store_result *all = arena_array(a, (size_t)c->registered, sizeof *all);
    uint32_t *place = arena_array(a, (size_t)c->registered, sizeof *place);
    struct rng rng;
    for (int64_t i = 0; i < c->registered; i++)
        place[i] = (uint32_t)i;
    rng_seed(&rng, 7);
    rng_shuffle(&rng, place, (size_t)c->registered);
    for (int64_t i = 0; i < c->registered; i++) {
        struct store_result *x = &all[place[i]];
        uint32_t at = place[i], k = at % 5, school = at / 5 % (3 + k);
        *x = (struct store_result){.id_number = "", .form = "", .status = "", .receipt = "", .registered = true};
        x->ticket = arena_printf(a, "42%07u", at);
        x->name = arena_printf(a, "考生%u", at);
        x->county = county[k];
        x->school = arena_printf(a, "%s第%u中学", county[k], school + 1);
        x->site = arena_printf(a, "S%02u", k + 1);
        x->room = arena_printf(a, "R%02u", at / 40 % 9 + 1);
        x->seat = at % 40 + 1;
        x->mark = i < c->sat ? STORE_SCORED : STORE_ABSENT;
        x->points = i < c->sat ? points_of(c, i) : points_milli(0);
        x->maximum = points_milli(100000);
    }
    return all;
}
