/* SPDX-License-Identifier: Apache-2.0 */
/* What an examiner's keys do to one rating, by its rubric. Pure. Each returns true if the rating changed; the
 * time of the change is for people. */
#ifndef KAOCHANG_CLIENT_RATE_MARKING_H
#define KAOCHANG_CLIENT_RATE_MARKING_H

#include "scoring/lab/rating.h"

/* The step full, or zero; its slips go. */
bool marking_full(struct rating *x, size_t step, int64_t wall_ms);
bool marking_zero(struct rating *x, size_t step, int64_t wall_ms);
/* Makes the slip or takes it back; the step counts as rated from then on. */
bool marking_slip(struct rating *x, const struct rubric *r, size_t step, size_t slip, int64_t wall_ms);
/* The slip was put right after a hint, or was not after all. False where the step allows no hints or the slip
 * was not made. */
bool marking_hint(struct rating *x, const struct rubric *r, size_t step, size_t slip, int64_t wall_ms);
bool marking_fatal(struct rating *x, const struct rubric *r, size_t fatal);
/* Index of the slip with that code in the step; n_slips: none. */
size_t marking_slip_of(const struct rubric *r, size_t step, uint32_t code);

/* The first step from `from` on, then from the beginning, that is neither rated nor ended; n_steps: none. */
size_t marking_next_open(const struct rating *x, const struct rating_points *p, size_t from);

#endif
