/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers of a draw, from its seed and a label: the same on every machine, and in twenty lines of any
 * language that has BLAKE2b (docs/lab.md, "The draw"; build-aux/verify-draw.py).
 *
 * Block i of a label is BLAKE2b-512 with the seed as its key over: the label, a zero byte, i as 8 bytes little-endian.
 * Each block gives eight numbers of 64 bits, little-endian.
 */
#ifndef KAOCHANG_OFFICE_DRAW_STREAM_H
#define KAOCHANG_OFFICE_DRAW_STREAM_H

#include <stddef.h>
#include <stdint.h>

enum { DRAW_SEED = 32, DRAW_LABEL = 1024 };

struct draw_stream {
    const uint8_t *seed;
    uint8_t text[DRAW_LABEL + 9]; /* label, zero, number of the next block */
    size_t n_label;
    uint64_t block, number[8];
    unsigned left; /* numbers of the block that are not taken yet */
};

/* The seed is borrowed. A label has at most DRAW_LABEL bytes. */
void draw_stream_begin(struct draw_stream *s, const uint8_t seed[DRAW_SEED], const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
uint64_t draw_stream_next(struct draw_stream *s);
/* Uniform in 0..n-1: numbers from the largest multiple of n on are passed over; n > 0. */
uint64_t draw_stream_below(struct draw_stream *s, uint64_t n);
/* Fisher and Yates from the end: for i = n-1 … 1 place i changes with place below(i + 1). */
void draw_stream_shuffle(struct draw_stream *s, uint32_t *what, size_t n);

#endif
