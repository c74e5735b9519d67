/* SPDX-License-Identifier: Apache-2.0 */
/* The independent check: does a selection meet every requirement, and what is its objective? Exact integers
 * straight from the problem; shares no code with the solver. */
#ifndef KAOCHANG_ENGINE_CHECK_H
#define KAOCHANG_ENGINE_CHECK_H

#include "base/err.h"
#include "engine/problem/problem.h"

/* What a form has of a requirement: the sum, the number of groups covered, of stimuli, of items; of one
 * across forms what all of them have (`form` is of no matter, except to OVERLAP: what it shares with a later
 * one). Where many values must hold one by one, the worst. */
int64_t check_value(const struct problem *p, const struct requirement *r, const struct selection *s,
                    size_t form);
/* What the wishes that are not met cost. */
int64_t check_penalty(const struct problem *p, const struct selection *s);
/* Items that forms f and g share. */
int64_t check_overlap(const struct selection *s, size_t f, size_t g);

/* 0 if everything but wishes holds; otherwise -ERR_NO, with the first requirement that is broken in e. keep
 * as in solve_options. ERR_BUG: the problem itself is not as problem.h says. Takes time as the requirements'
 * items and the forms', not as their product. */
MUST_CHECK int check_selection(const struct problem *p, const struct selection *s, const bool *keep,
                               struct err *e);

/* The value of one objective as the exact fraction num / (o->unit * den); a penalty is num. ERR_DATA if it
 * does not fit into 64 bits. */
MUST_CHECK int check_objective(const struct problem *p, const struct objective *o, const struct selection *s,
                               int64_t *num, int64_t *den, struct err *e);

#endif
