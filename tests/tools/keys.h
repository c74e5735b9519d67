/* SPDX-License-Identifier: Apache-2.0 */
/* What simulated candidates know: for each item of an assembled exam a right answer, a wrong one, and how
 * hard it is. */
#ifndef KAOCHANG_TESTS_TOOLS_KEYS_H
#define KAOCHANG_TESTS_TOOLS_KEYS_H

#include "base/rng.h"
#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

struct keys;

/* Reads EXAM/items/ID.xml as they are asked for. */
struct keys *keys_open(const char *exam);
void keys_close(struct keys *k);
/* The i-th item of a paper, by id; borrowed. */
MUST_CHECK int keys_item(struct keys *k, const char *id, const struct item **ret, struct err *e);
/* A full answer: right in every interaction, or wrong in at least one. Into the arena. */
struct response_set keys_answer(const struct item *item, bool right, struct rng *r, struct arena *a);
/* The chance that somebody of that ability answers rightly: logistic in ability - difficulty, the difficulty
 * (-1.2 to 1.2) being fixed by the item's id. */
double keys_chance(const char *id, double ability);

#endif
