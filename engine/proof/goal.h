/* SPDX-License-Identifier: Apache-2.0 */
/* Which values the objective can have, and rounding to them; shared by proof/ only. All is maximised: what is
 * minimised counts negative. */
#ifndef KAOCHANG_ENGINE_GOAL_H
#define KAOCHANG_ENGINE_GOAL_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/wide.h"

/* Values (step m + offset) / den, m any whole number. */
struct goal_class {
    int64_t step, offset, den;
};

struct fraction {
    int64_t num, den; /* den > 0 */
};

struct goal {
    struct goal_class *class;
    size_t n;
    bool down;                         /* minimised: never above 0 */
    bool has_best;                     /* there is an incumbent */
    struct fraction incumbent, better; /* better: the next value above the incumbent's */
};

/* ERR_DATA where numbers are too large. `incumbent` as of proof_bound. */
MUST_CHECK int goal_new(struct goal *ret, const struct problem *p, const int64_t *incumbent, struct err *e);
void goal_release(struct goal *g);
/* The largest value <= bound / times; false where it does not fit. times > 0. */
bool goal_floor(const struct goal *g, wide bound, int64_t times, struct fraction *ret);
/* Bounds below *ret show that nothing better than the incumbent is left. False without an incumbent. */
bool goal_threshold(const struct goal *g, int64_t times, wide *ret);
bool fraction_less(struct fraction a, struct fraction b);

#endif
