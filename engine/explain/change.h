/* SPDX-License-Identifier: Apache-2.0 */
/* The least changes that would each make the relaxation work, and the items whose writing would. */
#ifndef KAOCHANG_ENGINE_CHANGE_H
#define KAOCHANG_ENGINE_CHANGE_H

#include "engine/explain/conflict.h"
#include "engine/explain/explain.h"

/* Fills in change and lack of ret. */
void change_find(struct explanation *ret, const struct lots *l, struct elastic *x, const struct conflict *c);
/* Items to write so that all rules can be met `times` times (1: once), with what the bank has besides.
 * Returns the list and *ret_n; NULL where that cannot be. Free it. */
struct explain_lack *change_write(const struct lots *l, struct elastic *x, double times, size_t *ret_n);
/* The sums of a requirement are multiples of it. */
int64_t change_step(const struct requirement *r);
/* The copy of p in which the changes of one way are made: requirements copied, everything else borrowed; free
 * what problem_new gave with change_undo. */
struct problem *change_make(const struct problem *p, const struct explain_change *change, size_t n);
void change_undo(struct problem *p);

#endif
