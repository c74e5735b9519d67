/* SPDX-License-Identifier: Apache-2.0 */
/* Practice: the screens of a sitting without a session, with feedback after each answer. Nothing is saved, nothing is
 * sent, no key is needed to begin. */
#ifndef KAOCHANG_CLIENT_PRACTICE_PRACTICE_H
#define KAOCHANG_CLIENT_PRACTICE_PRACTICE_H

#include "client/practice/deck.h"
#include "client/screens/app.h"

struct practice;

/* Takes the deck over. `seed` draws the numbers and the orders of choices; a new start takes the next one. */
struct practice *practice_new(struct deck *deck, uint64_t seed);
void practice_free(struct practice *p); /* NULL is fine */
struct app practice_app(struct practice *p);

#endif
