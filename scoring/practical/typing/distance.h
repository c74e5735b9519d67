/* SPDX-License-Identifier: Apache-2.0 */
/* What was typed, held against what was to be typed. */
#ifndef KAOCHANG_SCORING_PRACTICAL_TYPING_DISTANCE_H
#define KAOCHANG_SCORING_PRACTICAL_TYPING_DISTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum {
    TYPING_CHARACTERS_MAX = 20000, /* of either text; what comes after does not count */
    TYPING_BAND = 500,             /* how far a place in one text may be from its place in the other */
};

struct typing_text {
    uint32_t *c; /* characters */
    size_t n;
};
/* The characters that count: line ends and blanks between Chinese characters are not typed to be scored, runs
 * of blanks between letters are one. `forms`: full and half width and Chinese and western punctuation are
 * one. `text` is UTF-8. */
void typing_read(struct arena *a, const char *text, bool forms, struct typing_text *ret);

struct typing_result {
    size_t correct; /* characters in their place */
    size_t errors;  /* wrong, missing or too many */
};
/* The fewest errors that make `typed` of a beginning of `given` (who did not come to the end has not made
 * errors there), and of such ways the one with most correct characters. Time and memory by the length of the
 * text and the band; who strays farther than the band gets more errors, never fewer. */
struct typing_result typing_compare(const struct typing_text *typed, const struct typing_text *given);

#endif
