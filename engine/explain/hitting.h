/* SPDX-License-Identifier: Apache-2.0 */
/* The fewest elements that have one of every set. */
#ifndef KAOCHANG_ENGINE_HITTING_H
#define KAOCHANG_ENGINE_HITTING_H

#include "engine/search/work.h"

#include <stddef.h>

struct hitting;

enum hitting_status { HITTING_FOUND, HITTING_NONE, HITTING_UNKNOWN };

/* n elements; `rank`: in order of liking, borrowed. */
struct hitting *hitting_new(size_t n, const uint32_t *rank);
void hitting_free(struct hitting *h); /* NULL is fine */
void hitting_add(struct hitting *h, const bool *set);
/* Fewer than `below`, or HITTING_NONE. */
enum hitting_status hitting_least(struct hitting *h, size_t below, bool *ret, struct work *w);

#endif
