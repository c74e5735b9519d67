/* SPDX-License-Identifier: Apache-2.0 */
/* A requirement that contradicts itself: its lower bound is above its upper one. */
#ifndef KAOCHANG_ENGINE_CONTRADICTION_H
#define KAOCHANG_ENGINE_CONTRADICTION_H

#include "engine/problem/problem.h"
#include "engine/proof/proof.h"

/* False: there is none. `keep` as in solve_options. *ret, which is new, proves it: a branch at the upper
 * bound, of which neither side holds anything. */
bool contradiction_find(const struct problem *p, const bool *keep, struct proof *ret);

#endif
