/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical binary bodies (docs/formats.md, "Canonical bytes"): a domain string, then the fields in fixed order.
 * A text or blob is a u32 little-endian length and its bytes; an integer is 8 bytes little-endian (two's
 * complement) without a length; NULL is the length 0xFFFFFFFF. The domain is written as a text. */
#ifndef KAOCHANG_BASE_CANON_H
#define KAOCHANG_BASE_CANON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

void canon_domain(struct bytes *out, const char *domain);
void canon_text(struct bytes *out, const char *s); /* NULL writes NULL */
void canon_blob(struct bytes *out, struct span b); /* p NULL writes NULL */
void canon_int(struct bytes *out, int64_t v);

struct canon_reader {
    const uint8_t *p, *end;
};
struct canon_reader canon_reader_of(struct span data);
/* Each returns false where the bytes are not so; nothing is read past the end. */
bool canon_read_domain(struct canon_reader *r, const char *domain);
/* Copies into the arena; refuses NULL, zero bytes, invalid UTF-8 and more than max bytes. */
bool canon_read_text(struct canon_reader *r, struct arena *a, size_t max, const char **ret);
/* Borrowed from the data; NULL gives p NULL. */
bool canon_read_blob(struct canon_reader *r, struct span *ret);
bool canon_read_int(struct canon_reader *r, int64_t *ret);
bool canon_at_end(const struct canon_reader *r);

#endif
