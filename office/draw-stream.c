/* SPDX-License-Identifier: Apache-2.0 */
#include "office/draw-stream.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/bytes.h"

void draw_stream_begin(struct draw_stream *s, const uint8_t seed[DRAW_SEED], const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf((char *)s->text, DRAW_LABEL + 1, fmt, ap);
    va_end(ap);
    s->seed = seed;
    s->n_label = n < 0 ? 0 : n > DRAW_LABEL ? DRAW_LABEL : (size_t)n;
    s->text[s->n_label] = 0;
    s->block = 0;
    s->left = 0;
}

static void fill(struct draw_stream *s)
{
    uint8_t hash[64];
    put_le64(s->text + s->n_label + 1, s->block++);
    crypto_generichash(hash, sizeof hash, s->text, s->n_label + 9, s->seed, DRAW_SEED);
    for (size_t i = 0; i < 8; i++)
        s->number[i] = le64(hash + 8 * i);
    s->left = 8;
}

uint64_t draw_stream_next(struct draw_stream *s)
{
    if (s->left == 0)
        fill(s);
    return s->number[8 - s->left--];
}

uint64_t draw_stream_below(struct draw_stream *s, uint64_t n)
{
    uint64_t over = (UINT64_MAX % n + 1) % n; /* 2^64 mod n */
    for (;;) {
        uint64_t x = draw_stream_next(s);
        if (over == 0 || x < UINT64_MAX - over + 1)
            return x % n;
    }
}

void draw_stream_shuffle(struct draw_stream *s, uint32_t *what, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)draw_stream_below(s, i);
        uint32_t kept = what[i - 1];
        what[i - 1] = what[j];
        what[j] = kept;
    }
}
