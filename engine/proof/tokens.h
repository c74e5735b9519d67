/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of words and numbers, one blank between them; shared by the readers of proof/ only. Once something is
 * not so, `bad` stays true and nothing more is read. */
#ifndef KAOCHANG_ENGINE_TOKENS_H
#define KAOCHANG_ENGINE_TOKENS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

struct tokens {
    const char *p, *end;
    size_t line;
    bool bad;
};

struct tokens tokens_of(struct span text);
size_t tokens_left(const struct tokens *t); /* bytes */
/* This text stands here. */
void tokens_expect(struct tokens *t, const char *what);
bool tokens_try(struct tokens *t, const char *what);
void tokens_end_line(struct tokens *t);
/* A whole number of 64 bits within lo..hi. */
int64_t tokens_number(struct tokens *t, int64_t lo, int64_t hi);
/* "-" is `open`. */
int64_t tokens_number_or(struct tokens *t, int64_t open);
/* A count of things of which each takes at least `bytes` of what is left. */
size_t tokens_count(struct tokens *t, size_t most, size_t bytes);
/* Up to a blank (or the end of the line), %XX decoded; "" on failure. */
const char *tokens_word(struct tokens *t, struct arena *a);
const char *tokens_rest(struct tokens *t, struct arena *a);
/* One of the words, up to a blank. */
int tokens_choice(struct tokens *t, const char *const *word, int n);
/* ERR_DATA with the line, if anything was bad or something is left. */
MUST_CHECK int tokens_done(const struct tokens *t, const char *name, struct err *e);

/* The other way: what tokens_word and tokens_rest read. */
void tokens_put_word(struct bytes *out, const char *s);
void tokens_put_rest(struct bytes *out, const char *s);
void tokens_put_number(struct bytes *out, char before, int64_t v);

#endif
