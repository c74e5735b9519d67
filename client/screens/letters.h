/* SPDX-License-Identifier: Apache-2.0 */
/* Digits and capital letters five rows high, made of '#': a code that is read out across a room. */
#ifndef KAOCHANG_CLIENT_SCREENS_LETTERS_H
#define KAOCHANG_CLIENT_SCREENS_LETTERS_H

#include "client/screens/grid.h"

/* Columns of the text: six for each sign. */
int letters_width(const char *text);
/* Returns the row after it. What is neither digit, letter nor '-' is left blank. */
int letters_draw(struct grid *g, int x, int y, enum look look, const char *text);

#endif
