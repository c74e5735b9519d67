/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of words and numbers, one blank between them; shared by the readers of proof/ only. Once something is
 * not so, `bad` stays true and nothing more is read. */
#ifndef KAOCHANG_ENGINE_TEXT_READER_H
#define KAOCHANG_ENGINE_TEXT_READER_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct text_reader {
    const char *p, *end;
    size_t line;
    bool bad;
};

struct text_reader text_reader_of(struct span text);
size_t text_left(const struct text_reader *t); /* bytes */
/* This text stands here. */
void text_expect(struct text_reader *t, const char *what);
bool text_try(struct text_reader *t, const char *what);
void text_end_line(struct text_reader *t);
/* A whole number of 64 bits within lo..hi. */
int64_t text_number(struct text_reader *t, int64_t lo, int64_t hi);
/* "-" is `open`. */
int64_t text_number_or(struct text_reader *t, int64_t open);
/* A count of things of which each takes at least `bytes` of what is left. */
size_t text_count(struct text_reader *t, size_t most, size_t bytes);
/* Up to a blank (or the end of the line), %XX decoded; "" on failure. */
const char *text_word(struct text_reader *t, struct arena *a);
const char *text_rest(struct text_reader *t, struct arena *a);
/* One of the words, up to a blank. */
int text_choice(struct text_reader *t, const char *const *word, int n);
/* ERR_DATA with the line, if anything was bad or something is left. */
MUST_CHECK int text_done(const struct text_reader *t, const char *name, struct err *e);

/* The other way: what text_word and text_rest read. */
void text_put_word(struct bytes *out, const char *s);
void text_put_rest(struct bytes *out, const char *s);
void text_put_number(struct bytes *out, char before, int64_t v);

#endif
