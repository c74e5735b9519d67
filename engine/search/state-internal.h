/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of state. */
#ifndef KAOCHANG_ENGINE_STATE_INTERNAL_H
#define KAOCHANG_ENGINE_STATE_INTERNAL_H

#include "engine/search/state.h"

static inline int64_t outside(int64_t value, int64_t lo, int64_t hi)
{
    return value < lo ? lo - value : value > hi ? value - hi : 0;
}

static inline double row_cost(const struct state_row *r, int64_t value)
{
    int64_t d = outside(value, r->lo, r->hi);
    return d ? (double)d * (r->square * (double)d + r->linear) : 0;
}

/* Groups of one form, the uses of one item, a pair's overlap: their costs. */
double state_group_cost(const struct state *s, const struct state_group *g, size_t form);
bool state_group_broken(const struct state *s, const struct state_group *g, size_t form);
double state_use_cost(const struct state *s, uint32_t item);
double state_overlap_cost(const struct state *s, const struct state_overlap *o, size_t f, size_t g);

#endif
