/* SPDX-License-Identifier: Apache-2.0 */
#include "base/canon.h"

#include <string.h>

#include "base/text.h"

#define NULL_LENGTH 0xFFFFFFFFu

void canon_domain(struct bytes *out, const char *domain)
{
    canon_text(out, domain);
}

void canon_text(struct bytes *out, const char *s)
{
    canon_blob(out, s ? span_str(s) : (struct span){0});
}

void canon_blob(struct bytes *out, struct span b)
{
    bytes_u32le(out, b.p ? (uint32_t)b.n : NULL_LENGTH);
    if (b.p)
        bytes_add(out, b.p, b.n);
}

void canon_int(struct bytes *out, int64_t v)
{
    bytes_u64le(out, (uint64_t)v);
}

struct canon_reader canon_reader_of(struct span data)
{
    return (struct canon_reader){data.p, data.p + data.n};
}

bool canon_read_blob(struct canon_reader *r, struct span *ret)
{
    if (r->end - r->p < 4)
        return false;
    uint32_t n = le32(r->p);
    r->p += 4;
    *ret = (struct span){0};
    if (n == NULL_LENGTH)
        return true;
    if ((size_t)(r->end - r->p) < n)
        return false;
    *ret = span_of(r->p, n);
    r->p += n;
    return true;
}

bool canon_read_domain(struct canon_reader *r, const char *domain)
{
    struct span found;
    return canon_read_blob(r, &found) && found.p && span_equal(found, span_str(domain));
}

bool canon_read_text(struct canon_reader *r, struct arena *a, size_t max, const char **ret)
{
    struct span s;
    if (!canon_read_blob(r, &s) || !s.p || s.n > max || memchr(s.p, 0, s.n) || !utf8_valid((const char *)s.p, s.n))
        return false;
    *ret = arena_strndup(a, (const char *)s.p, s.n);
    return true;
}

bool canon_read_int(struct canon_reader *r, int64_t *ret)
{
    if (r->end - r->p < 8)
        return false;
    *ret = (int64_t)le64(r->p);
    r->p += 8;
    return true;
}

bool canon_at_end(const struct canon_reader *r)
{
    return r->p == r->end;
}
