/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the files of many. */
#ifndef KAOCHANG_ENGINE_MANY_INTERNAL_H
#define KAOCHANG_ENGINE_MANY_INTERNAL_H

#include "engine/search/many.h"
#include "engine/search/state.h"

struct core {
    uint32_t *item; /* of the whole problem: what the relaxation uses first, then the nearest to being used */
    size_t n, n_used;
    size_t length; /* of a form, about */
};

void core_make(struct core *c, const struct state *s, const struct relaxed *bound);
void core_release(struct core *c);
/* Empties s and deals out what the relaxation uses, in turn. The first n items of the core fill what is left.
 */
void core_deal(const struct core *c, struct state *s, const struct relaxed *bound, size_t n);

#endif
