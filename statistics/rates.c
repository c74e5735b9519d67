/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "statistics/places.h"

static void count_points(struct rates_count *c, int64_t milli, const struct rates_lines *lines)
{
    c->min_milli = c->scored == 0 || milli < c->min_milli ? milli : c->min_milli;
    c->max_milli = c->scored == 0 || milli > c->max_milli ? milli : c->max_milli;
    c->scored++;
    c->sum_milli += milli;
    c->passed += milli >= lines->pass.milli;
    c->high += milli >= lines->high.milli;
    c->full += milli >= lines->full.milli;
    c->zero += milli == 0;
}

static void count(struct rates_count *c, const struct store_result *x, const struct rates_lines *lines)
{
    c->registered++;
    if (x->mark == STORE_ABSENT) {
        c->absent++;
        return;
    }
    if (x->mark == STORE_POSTPONED) {
        c->postponed++;
        return;
    }
    c->sat++;
    c->violation += x->mark == STORE_BREACH;
    c->cheating += x->mark == STORE_CHEATING;
    c->quarantined += x->mark == STORE_QUARANTINED;
    c->withdrawn += x->mark == STORE_WITHDRAWN;
    c->unscored += x->mark == STORE_UNSCORED || x->mark == STORE_PENDING;
    if (x->mark == STORE_SCORED) {
        count_points(c, x->points.milli, lines);
        c->exempt += strcmp(x->status, "exempt") == 0;
    }
}

static void add(struct rates_count *to, const struct rates_count *c)
{
    if (c->scored) {
        to->min_milli = to->scored == 0 || c->min_milli < to->min_milli ? c->min_milli : to->min_milli;
        to->max_milli = to->scored == 0 || c->max_milli > to->max_milli ? c->max_milli : to->max_milli;
    }
    to->registered += c->registered;
    to->sat += c->sat;
    to->absent += c->absent;
    to->violation += c->violation;
    to->cheating += c->cheating;
    to->postponed += c->postponed;
    to->exempt += c->exempt;
    to->scored += c->scored;
    to->unscored += c->unscored;
    to->quarantined += c->quarantined;
    to->withdrawn += c->withdrawn;
    to->passed += c->passed;
    to->high += c->high;
    to->full += c->full;
    to->zero += c->zero;
    to->sum_milli += c->sum_milli;
}

static int check_unit(const struct rates *r, size_t parent, struct err *e)
{
    const struct rates_unit *u = &r->unit[parent];
    const struct rates_count *c = &u->count;
    struct rates_count sum = {0};
    for (size_t i = parent + 1; i < r->n && r->unit[i].level > u->level; i++)
        if (r->unit[i].level == u->level + 1)
            add(&sum, &r->unit[i].count);
    bool leaf = u->level == RATES_ROOM;
    bool same = leaf || memcmp(&sum, c, sizeof sum) == 0;
    if (same && c->registered == c->sat + c->absent + c->postponed &&
        c->sat == c->scored + c->unscored + c->quarantined + c->withdrawn + c->violation + c->cheating)
        return 0;
    return err_set(e, ERR_BUG, u->school[0] ? u->school : u->county,
                   _("the parts do not add up to the whole"));
}

static void count_all(struct rates *r, const struct store_result *const *sorted, size_t n,
                      const struct rates_lines *lines)
{
    size_t open[RATES_LEVELS] = {0};
    for (size_t i = 0; i < n; i++)
        for (enum rates_level level = RATES_CITY; level < RATES_LEVELS; level++) {
            if (i == 0 || !place_belongs(&r->unit[open[level]], sorted[i])) {
                open[level] = r->n;
                r->unit[r->n++] = place_unit(level, sorted[i]);
            }
            count(&r->unit[open[level]].count, sorted[i], lines);
        }
}

int rates_compute(struct rates *ret, const struct store_result *result, size_t n,
                  const struct rates_lines *lines, struct err *e)
{
    struct rates r = {.arena = arena_new()};
    const struct store_result **sorted = mem_grow(NULL, n + 1, sizeof *sorted);
    size_t registered = places_sort(result, n, sorted);
    for (size_t i = 0; i < n; i++) {
        r.unregistered += !result[i].registered;
        r.voided += result[i].registered && result[i].mark == STORE_VOID;
    }
    r.unit = arena_array(r.arena, registered * RATES_LEVELS + 1, sizeof *r.unit);
    count_all(&r, sorted, registered, lines);
    free(sorted);
    int k = 0;
    for (size_t i = 0; k == 0 && i < r.n; i++)
        k = check_unit(&r, i, e);
    if (k == 0)
        *ret = r;
    else
        rates_release(&r);
    return k;
}

void rates_release(struct rates *r)
{
    arena_free(r->arena);
    *r = (struct rates){0};
}
