/* SPDX-License-Identifier: Apache-2.0 */
/* A contradiction of the relaxation as multipliers in whole numbers, verified by proof/. */
#ifndef KAOCHANG_ENGINE_CONFLICT_PROOF_H
#define KAOCHANG_ENGINE_CONFLICT_PROOF_H

#include "engine/explain/conflict.h"
#include "engine/explain/explain.h"

/* Fills in proven, term and, where the rules count items once each, needed, possible and of_bank of ret, for
 * the rules of c alone. */
void conflict_prove(struct explanation *ret, const struct lots *l, struct elastic *x,
                   const struct conflict *c);

#endif
