/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zip-edit.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/i18n.h"
#include "base/mem.h"

/* APPNOTE 4.3.7, 4.3.12, 4.3.16. */
enum {
    LOCAL = 0x04034b50,
    CENTRAL = 0x02014b50,
    END = 0x06054b50,
    LOCAL_SIZE = 30,
    CENTRAL_SIZE = 46,
    END_SIZE = 22,
    UTF8_NAMES = 1 << 11,
    DESCRIPTOR = 1 << 3,
    DATE = 0x21, /* 1980-01-01 */
    MANY = 0xffff,
    ENCRYPTED = 1,
    MOST_CHANGES = 8,
};

struct entry {
    unsigned flags, method, time, date;
    uint32_t crc, packed, size, attributes;
    struct span name, data;
};

struct editing {
    struct span file;
    struct bytes *out, directory;
    size_t from; /* of `out`, where the ZIP begins */
    unsigned entries;
    uint64_t copied; /* never more than there is: entries do not share their data */
};

/* A walk through the directory. */
struct walk {
    struct span file;
    const uint8_t *p, *end;
    unsigned left;
};

static unsigned le16(const uint8_t *p)
{
    return p[0] | (unsigned)p[1] << 8;
}

static void put16(struct bytes *b, unsigned v)
{
    bytes_u8(b, (uint8_t)v);
    bytes_u8(b, (uint8_t)(v >> 8));
}

static const uint8_t *find_end(struct span f)
{
    for (size_t back = END_SIZE; back <= f.n && back <= END_SIZE + 65535; back++)
        if (le32(f.p + f.n - back) == END && le16(f.p + f.n - back + 20) == back - END_SIZE)
            return f.p + f.n - back;
    return NULL;
}

/* Both headers share this part. */
static void put_common(struct bytes *b, const struct entry *x)
{
    put16(b, 20);
    put16(b, x->flags);
    put16(b, x->method);
    put16(b, x->time);
    put16(b, x->date);
    bytes_u32le(b, x->crc);
    bytes_u32le(b, x->packed);
    bytes_u32le(b, x->size);
    put16(b, (unsigned)x->name.n);
    put16(b, 0);
}

static void put_entry(struct editing *z, const struct entry *x)
{
    uint32_t at = (uint32_t)(z->out->n - z->from);
    bytes_u32le(z->out, LOCAL);
    put_common(z->out, x);
    bytes_add(z->out, x->name.p, x->name.n);
    if (x->data.n)
        bytes_add(z->out, x->data.p, x->data.n);
    bytes_u32le(&z->directory, CENTRAL);
    put16(&z->directory, 20);
    put_common(&z->directory, x);
    put16(&z->directory, 0);
    put16(&z->directory, 0);
    put16(&z->directory, 0);
    bytes_u32le(&z->directory, x->attributes);
    bytes_u32le(&z->directory, at);
    bytes_add(&z->directory, x->name.p, x->name.n);
    z->entries++;
}

static void put_change(struct editing *z, const struct zip_change *c)
{
    struct entry x = {.flags = UTF8_NAMES, .date = DATE, .name = span_str(c->name), .data = c->content};
    x.packed = x.size = (uint32_t)c->content.n;
    x.crc = (uint32_t)crc32(crc32(0, NULL, 0), c->content.p, (unsigned)c->content.n);
    put_entry(z, &x);
}

static bool begin(struct walk *w, struct span file)
{
    const uint8_t *end = file.n >= END_SIZE && file.n < INT32_MAX ? find_end(file) : NULL;
    if (!end || (uint64_t)le32(end + 12) + le32(end + 16) > (uint64_t)(end - file.p))
        return false;
    *w = (struct walk){file, file.p + le32(end + 16), end, le16(end + 10)};
    return true;
}

/* The next entry with its data; false where it does not lie inside the file. */
static bool take_entry(struct walk *w, struct entry *x)
{
    const uint8_t *c = w->p;
    if (w->end - c < CENTRAL_SIZE || le32(c) != CENTRAL)
        return false;
    size_t length = CENTRAL_SIZE + (size_t)le16(c + 28) + le16(c + 30) + le16(c + 32);
    uint64_t at = le32(c + 42);
    *x = (struct entry){.flags = le16(c + 8) & ~(unsigned)DESCRIPTOR,
                        .method = le16(c + 10),
                        .time = le16(c + 12),
                        .date = le16(c + 14),
                        .crc = le32(c + 16),
                        .packed = le32(c + 20),
                        .size = le32(c + 24),
                        .attributes = le32(c + 38),
                        .name = {c + CENTRAL_SIZE, le16(c + 28)}};
    if ((size_t)(w->end - c) < length || at + LOCAL_SIZE > w->file.n || le32(w->file.p + at) != LOCAL)
        return false;
    uint64_t data = at + LOCAL_SIZE + le16(w->file.p + at + 26) + le16(w->file.p + at + 28);
    if (data + x->packed > w->file.n)
        return false;
    x->data = (struct span){w->file.p + data, x->packed};
    w->p = c + length;
    w->left--;
    return true;
}

static void put_end(struct editing *z)
{
    uint32_t at = (uint32_t)(z->out->n - z->from);
    bytes_add(z->out, z->directory.p, z->directory.n);
    bytes_u32le(z->out, END);
    put16(z->out, 0);
    put16(z->out, 0);
    put16(z->out, z->entries);
    put16(z->out, z->entries);
    bytes_u32le(z->out, (uint32_t)z->directory.n);
    bytes_u32le(z->out, at);
    put16(z->out, 0);
}

/* An entry as it will stand: changed, or as it is. False where a name comes twice or data is shared. */
static bool put_next(struct editing *z, struct walk *w, const struct zip_change *change, size_t n, bool *done)
{
    struct entry x;
    if (!take_entry(w, &x))
        return false;
    for (size_t i = 0; i < n; i++)
        if (span_equal(span_str(change[i].name), x.name)) {
            put_change(z, &change[i]);
            return !done[i] && (done[i] = true);
        }
    z->copied += LOCAL_SIZE + x.name.n + x.data.n;
    if (z->copied > z->file.n)
        return false;
    put_entry(z, &x);
    return true;
}

int zip_edit(const char *name, struct span file, const struct zip_change *change, size_t n, struct bytes *out,
             struct err *e)
{
    struct editing z = {.file = file, .out = out, .from = out->n};
    struct walk w;
    bool done[MOST_CHANGES] = {false};
    bool fits = n <= MOST_CHANGES && begin(&w, file) && w.left + n < MANY;
    while (fits && w.left)
        fits = put_next(&z, &w, change, n, done);
    for (size_t i = 0; fits && i < n; i++)
        if (!done[i])
            put_change(&z, &change[i]);
    if (fits)
        put_end(&z);
    else
        out->n = z.from;
    bytes_release(&z.directory);
    return fits ? 0
                : err_set(e, ERR_DATA, name, _("it cannot be changed: save it again with an office program"));
}

/* ---- reading ---- */

static bool find_entry(struct span file, const char *entry, struct entry *ret)
{
    struct walk w;
    if (!begin(&w, file))
        return false;
    while (w.left && take_entry(&w, ret))
        if (span_equal(ret->name, span_str(entry)))
            return true;
    return false;
}

bool zip_edit_has(struct span file, const char *entry)
{
    struct entry x;
    return find_entry(file, entry, &x);
}

/* Exactly x->size bytes into `to`. */
static bool inflate_entry(const struct entry *x, uint8_t *to)
{
    z_stream z = {
        .next_in = (uint8_t *)x->data.p, .avail_in = x->packed, .next_out = to, .avail_out = x->size};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return false;
    bool whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.avail_out == 0;
    inflateEnd(&z);
    return whole;
}

int zip_edit_read(const char *name, struct span file, const char *entry, size_t max, struct bytes *ret,
                  struct err *e)
{
    struct entry x;
    struct bytes plain = {0};
    bool fits = find_entry(file, entry, &x) && !(x.flags & ENCRYPTED) && x.size <= max && x.size > 0;
    if (fits && x.method == Z_DEFLATED) {
        uint8_t *to = mem_alloc(x.size);
        if ((fits = inflate_entry(&x, to)))
            bytes_add(&plain, to, x.size);
        free(to);
    } else if (fits && (fits = x.method == 0 && x.packed == x.size))
        bytes_add(&plain, x.data.p, x.data.n);
    fits = fits && crc32(crc32(0, NULL, 0), plain.p, (unsigned)plain.n) == x.crc;
    if (fits)
        bytes_add(ret, plain.p, plain.n);
    bytes_release(&plain);
    return fits ? 0 : err_set(e, ERR_DATA, name, _("%s cannot be read"), entry);
}
