/* SPDX-License-Identifier: Apache-2.0 */
/* Texts cut into words for the search index, the same way when they are written and when they are asked for: NFKC, case folded;
 * Han, kana and hangul as overlapping triples ("题库管理" is 题库管 库管理 管理 理), other letters and digits as words. */
#ifndef KAOCHANG_PAPERBANK_BANK_SEARCH_WORDS_H
#define KAOCHANG_PAPERBANK_BANK_SEARCH_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* Raised when the cutting changes: a bank whose index was written by other code is indexed again. */
#define SEARCH_WORDS_VERSION "1"

enum search_char { SEARCH_SPACE, SEARCH_LETTER, SEARCH_IDEOGRAPH };
enum search_char search_char_of(uint32_t c);
/* NFKC and case folded; "" for what is not UTF-8. */
const char *search_fold(struct arena *a, const char *text);
/* Appends the words of a text, each followed by a space. */
void search_words_add(struct bytes *out, const char *text, struct arena *a);
/* What to ask FTS5 so that all words must be there: ideographs as they follow each other, other words by their beginning; NULL
 * when the text holds no word. More than 32 words are cut off. */
const char *search_query(struct arena *a, const char *text);

#endif
