/* SPDX-License-Identifier: Apache-2.0 */
/* Objectives in their order: the next one alone, with what the earlier ones reached held by requirements. */
#ifndef KAOCHANG_ENGINE_STAGE_H
#define KAOCHANG_ENGINE_STAGE_H

#include "base/err.h"
#include "engine/problem/problem.h"

/* p with objective k as its only one. Requirements are appended that hold what objectives 0..k-1 reached:
 * value[2 i] / value[2 i + 1] as of check_objective, less `give`, or `indifferent` where that is worse:
 *   MAX_SUM TOTAL; MAXIMIN, MINIMAX_DEV a LINEAR for each row; MIN_RANGE a RANGE for each row; MIN_PENALTY
 * PENALTY. A shallow copy: p must outlive it, problem_free frees it. ERR_DATA where numbers are too large. */
MUST_CHECK int problem_stage(struct problem **ret, const struct problem *p, size_t k, const int64_t *value,
                             struct err *e);

#endif
