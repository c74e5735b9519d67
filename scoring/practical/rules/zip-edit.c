/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/rules/zip-edit.h"

#include <string.h>
#include <zlib.h>

#include "base/i18n.h"

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

/* The entry at *p of the directory, with its data; false where it does not lie inside the file. */
static bool take_entry(const struct editing *z, const uint8_t **p, const uint8_t *end, struct entry *x)
{
    const uint8_t *c = *p;
    if (end - c < CENTRAL_SIZE || le32(c) != CENTRAL)
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
    if ((size_t)(end - c) < length || at + LOCAL_SIZE > z->file.n || le32(z->file.p + at) != LOCAL)
        return false;
    uint64_t data = at + LOCAL_SIZE + le16(z->file.p + at + 26) + le16(z->file.p + at + 28);
    if (data + x->packed > z->file.n)
        return false;
    x->data = (struct span){z->file.p + data, x->packed};
    *p = c + length;
    return true;
}

static const struct zip_change *change_of(const struct zip_change *change, size_t n, struct span name,
                                          bool *done)
{
    for (size_t i = 0; i < n; i++)
        if (span_equal(span_str(change[i].name), name)) {
            done[i] = true;
            return &change[i];
        }
    return NULL;
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

int zip_edit(const char *name, struct span file, const struct zip_change *change, size_t n, struct bytes *out,
             struct err *e)
{
    struct editing z = {.file = file, .out = out, .from = out->n};
    bool done[8] = {false};
    const uint8_t *end = file.n >= END_SIZE && file.n < INT32_MAX ? find_end(file) : NULL;
    bool fits = end && n <= 8 && le16(end + 10) + n < MANY &&
                (uint64_t)le32(end + 12) + le32(end + 16) <= (uint64_t)(end - file.p);
    const uint8_t *p = fits ? file.p + le32(end + 16) : NULL;
    for (unsigned i = fits ? le16(end + 10) : 0; fits && i > 0; i--) {
        struct entry x;
        fits = take_entry(&z, &p, end, &x);
        const struct zip_change *c = fits ? change_of(change, n, x.name, done) : NULL;
        if (c)
            put_change(&z, c);
        else if (fits)
            put_entry(&z, &x);
    }
    for (size_t i = 0; fits && i < n; i++)
        if (!done[i])
            put_change(&z, &change[i]);
    if (fits)
        put_end(&z);
    bytes_release(&z.directory);
    return fits ? 0
                : err_set(e, ERR_DATA, name, _("it cannot be changed: save it again with an office program"));
}
