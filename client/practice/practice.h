/* SPDX-License-Identifier: Apache-2.0 */
/* Practice: the screens of a sitting without a session, with feedback after each answer. Nothing is saved,
 * nothing is sent, no key is needed to begin. */
#ifndef KAOCHANG_CLIENT_PRACTICE_PRACTICE_H
#define KAOCHANG_CLIENT_PRACTICE_PRACTICE_H

#include "client/practice/deck.h"
#include "client/screens/app.h"

struct practice;

/* Takes the deck over, success or not. `seed` draws the numbers and the orders of choices; a new start takes
 * the next one. ERR_DATA where nothing can be dealt, or a test cannot be started. */
MUST_CHECK int practice_new(struct practice **ret, struct deck *deck, uint64_t seed, struct err *e);
void practice_free(struct practice *p); /* NULL is fine */
struct app practice_app(struct practice *p);

#endif
