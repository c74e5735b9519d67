/* SPDX-License-Identifier: Apache-2.0 */
/* Keys on an item, and the answer that they give. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_ANSWERS_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_ANSWERS_H

#include "tests/client/screens/sample.h"

/* All values of the answer, "R1=a,b R2=c"; the caller frees it. */
char *answer_of(const struct question *q);
void check_answer(const struct sample *s, const char *wanted);
/* The keys, pressed on the item, give this answer. */
void keys_give(const char *item, const char *keys, const char *wanted);
/* The same, and a message says why the last key did nothing. */
void keys_are_refused(const char *item, const char *keys, const char *wanted);
/* Clicks where the text stands on the screen, `right` columns from its start. */
void click_text(struct sample *s, const char *text, int right);

#endif
