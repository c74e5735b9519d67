/* SPDX-License-Identifier: Apache-2.0 */
/* What the shared screens say to an examiner. */
#ifndef KAOCHANG_CLIENT_RATE_WORDS_H
#define KAOCHANG_CLIENT_RATE_WORDS_H

#include "client/screens/words.h"

extern const struct seat_words examiner_words;

#endif
