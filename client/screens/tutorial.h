/* SPDX-License-Identifier: Apache-2.0 */
/* Three little items to try the keys on before the exam, untimed: nothing of them touches a journal. */
#ifndef KAOCHANG_CLIENT_SCREENS_TUTORIAL_H
#define KAOCHANG_CLIENT_SCREENS_TUTORIAL_H

#include "client/screens/work.h"

struct tutorial;

/* In the language of the screens. */
struct tutorial *tutorial_new(void);
void tutorial_free(struct tutorial *t); /* NULL is fine */
/* Borrowed. */
struct work *tutorial_work(const struct tutorial *t);

#endif
