/* SPDX-License-Identifier: Apache-2.0 */
/* Unicode text: validity, columns on a terminal, normalisation. Independent of any locale. */
#ifndef KAOCHANG_BASE_TEXT_H
#define KAOCHANG_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

bool utf8_valid(const char *s, size_t n);
/* In place: bytes of s that are no UTF-8 become `stand_in`, or go where it is '\0'. */
void utf8_mend(char *s, char stand_in);
/* Next code point at *s (before end), advancing; U+FFFD and one byte for a bad sequence. */
uint32_t utf8_next(const char **s, const char *end);
/* Writes 1..4 bytes, returns how many. */
size_t utf8_put(char *out, uint32_t c);

/* A control character, or a mark that turns or hides what stands beside it. */
bool char_is_control(uint32_t c);
/* In place, for a terminal: control characters and bytes that are no UTF-8 become '?'. */
void text_disarm(char *s);

/* Columns of one code point: 0 for controls and combining marks, 2 for East Asian wide and fullwidth, else
 * 1 (ambiguous counts 1, as real terminals do outside CJK locales). */
int char_width(uint32_t c);
/* Columns of a text. */
size_t text_width(const char *s);
/* Bytes of the longest prefix of s that fits into `columns`; *ret_columns gets its width. */
size_t text_fit(const char *s, size_t columns, size_t *ret_columns);

/* Unicode NFKC (full-width digits and letters become plain); NULL if s is not valid UTF-8. */
char *text_nfkc(struct arena *a, const char *s);
/* Without leading and trailing white space, U+3000 and U+00A0 included. */
char *text_trim(struct arena *a, const char *s);
/* NFKC, trimmed, inner white space runs to one space: how a candidate's typed answer is matched when the item
 * says so. NULL if s is not valid UTF-8. */
char *text_normalize_answer(struct arena *a, const char *s);
/* Unicode case folding, for comparison only; NULL if s is not valid UTF-8. */
char *text_fold_case(struct arena *a, const char *s);
/* Without diacritics: é becomes e; NULL if s is not valid UTF-8. */
char *text_strip_marks(struct arena *a, const char *s);
/* ASCII-only lower case in place of locale; for comparison of ASCII words. */
int ascii_casecmp(const char *a, const char *b);

#endif
