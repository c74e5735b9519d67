/* SPDX-License-Identifier: Apache-2.0 */
/* Small problems with every kind of requirement and objective, and random trees of multipliers over them. */
#ifndef KAOCHANG_TESTS_PROOF_KIT_H
#define KAOCHANG_TESTS_PROOF_KIT_H

#include "base/rng.h"
#include "engine/proof/proof.h"

enum { KIT_ITEMS = 5 };

/* One or two forms of KIT_ITEMS items. */
struct problem *kit_problem(struct rng *rng);
/* A whole tree that proof_bound takes. */
void kit_tree(struct proof *q, const struct problem *p, struct rng *rng);

#endif
