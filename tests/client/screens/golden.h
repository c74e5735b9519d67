/* SPDX-License-Identifier: Apache-2.0 */
/* Screens against files: tests/golden/screens/NAME.LANGUAGE.WIDTHxHEIGHT.txt. UPDATE_GOLDEN=1 writes them anew. */
#ifndef KAOCHANG_TESTS_CLIENT_SCREENS_GOLDEN_H
#define KAOCHANG_TESTS_CLIENT_SCREENS_GOLDEN_H

/* Fails the running test where the text differs. */
void golden_check(const char *name, int width, int height, const char *text);
/* Every row is as wide as the screen and ends in the frame; nothing was cut. */
void golden_frame(const char *name, int width, const char *text, int cut);

#endif
