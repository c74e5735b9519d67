/* SPDX-License-Identifier: Apache-2.0 */
/* Growable bytes, borrowed spans, explicit little-endian helpers, hex. */
#ifndef KAOCHANG_BASE_BYTES_H
#define KAOCHANG_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Owned and growable. `p` always has a zero byte after the end once anything was added. */
struct bytes {
    uint8_t *p;
    size_t n, cap;
};

/* Borrowed: valid as long as what it points into. */
struct span {
    const uint8_t *p;
    size_t n;
};

void bytes_add(struct bytes *b, const void *p, size_t n);
/* n more bytes for the caller to fill; returns where they begin. */
uint8_t *bytes_more(struct bytes *b, size_t n);
void bytes_str(struct bytes *b, const char *s); /* without its zero */
void bytes_printf(struct bytes *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void bytes_u8(struct bytes *b, uint8_t v);
void bytes_u32le(struct bytes *b, uint32_t v);
void bytes_u64le(struct bytes *b, uint64_t v);
void bytes_clear(struct bytes *b);   /* empty, keeps the memory */
void bytes_release(struct bytes *b); /* wipes and frees; *b is empty afterwards */

struct span bytes_span(const struct bytes *b);
struct span span_of(const void *p, size_t n);
struct span span_str(const char *s);
bool span_equal(struct span a, struct span b); /* not constant time */
int span_compare(struct span a, struct span b); /* bytewise order, shorter first */

uint32_t le32(const uint8_t *p);
uint64_t le64(const uint8_t *p);
void put_le32(uint8_t *p, uint32_t v);
void put_le64(uint8_t *p, uint64_t v);

/* Lower-case hex with a final zero; out holds 2*n+1. */
char *hex_encode(char *out, const void *p, size_t n);
/* Exactly 2*n hex digits of either case, nothing else. */
bool hex_decode(void *out, size_t n, const char *hex);

#endif
