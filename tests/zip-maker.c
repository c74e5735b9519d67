/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/zip-maker.h"

#include <string.h>
#include <zlib.h>

static void u16(struct bytes *b, unsigned v)
{
    bytes_u8(b, (uint8_t)v);
    bytes_u8(b, (uint8_t)(v >> 8));
}

static void pack(struct bytes *out, struct span text)
{
    uint8_t chunk[4096];
    z_stream z = {.next_in = (uint8_t *)(uintptr_t)text.p, .avail_in = (uInt)text.n};
    int status = deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    while (status == Z_OK) {
        z.next_out = chunk;
        z.avail_out = sizeof chunk;
        status = deflate(&z, Z_FINISH);
        bytes_add(out, chunk, sizeof chunk - z.avail_out);
    }
    deflateEnd(&z);
}

static struct span content(const struct zip_made *m)
{
    return m->bytes.p ? m->bytes : span_str(m->text);
}

/* The fields that both headers share. */
static void shared(struct bytes *b, const struct zip_made *m, uint32_t crc, size_t packed, const char *name,
                   bool local)
{
    size_t n = m->claim ? m->claim : content(m).n;
    bool follow = m->sizes == SIZES_FOLLOW || m->sizes == SIZES_FOLLOW_UNSIGNED, unsaid = follow && local;
    u16(b, m->flags | (follow ? 8u : 0u));
    u16(b, m->method ? m->method : m->deflate ? 8 : 0);
    u16(b, 0);
    u16(b, 0x21);
    bytes_u32le(b, unsaid ? 0 : crc);
    bytes_u32le(b, unsaid ? 0 : m->sizes == SIZES_64 ? UINT32_MAX : (uint32_t)packed);
    bytes_u32le(b, unsaid ? 0 : m->sizes == SIZES_64 ? UINT32_MAX : (uint32_t)n);
    u16(b, (unsigned)strlen(name));
    u16(b, m->sizes == SIZES_64 ? 20 : 0);
}

static void add_sizes64(struct bytes *b, const struct zip_made *m, size_t packed)
{
    if (m->sizes != SIZES_64)
        return;
    u16(b, 1);
    u16(b, 16);
    bytes_u64le(b, m->claim ? m->claim : content(m).n);
    bytes_u64le(b, packed);
}

static void add_descriptor(struct bytes *b, const struct zip_made *m, uint32_t crc, size_t packed)
{
    if (m->sizes != SIZES_FOLLOW && m->sizes != SIZES_FOLLOW_UNSIGNED)
        return;
    if (m->sizes == SIZES_FOLLOW)
        bytes_u32le(b, 0x08074b50);
    bytes_u32le(b, crc);
    bytes_u32le(b, (uint32_t)packed);
    bytes_u32le(b, (uint32_t)content(m).n);
}

static void add_name(struct bytes *b, const char *name, bool zero)
{
    bytes_str(b, name);
    if (zero)
        b->p[b->n - strlen(name) + 1] = 0;
}

void zip_maker_add(struct zip_maker *z, struct zip_made m)
{
    struct bytes packed = {0};
    struct span text = content(&m);
    const char *local = m.local_name ? m.local_name : m.name;
    uint32_t crc = (uint32_t)crc32(crc32(0, NULL, 0), text.p, (uInt)text.n) ^ (m.wrong_crc ? 1u : 0u);
    uint32_t at = m.over_previous ? z->previous : (uint32_t)z->out.n;
    if (m.deflate)
        pack(&packed, text);
    else
        bytes_add(&packed, text.p, text.n);
    if (!m.over_previous) {
        bytes_u32le(&z->out, 0x04034b50);
        u16(&z->out, 20);
        shared(&z->out, &m, crc, packed.n, local, true);
        add_name(&z->out, local, m.zero_in_name);
        add_sizes64(&z->out, &m, packed.n);
        bytes_add(&z->out, packed.p, packed.n);
        add_descriptor(&z->out, &m, crc, packed.n);
    }
    bytes_u32le(&z->directory, 0x02014b50);
    u16(&z->directory, m.mode ? 0x314 : 20);
    u16(&z->directory, 20);
    shared(&z->directory, &m, crc, packed.n, m.name, false);
    for (int i = 0; i < 3; i++) /* comment, disk, internal attributes */
        u16(&z->directory, 0);
    bytes_u32le(&z->directory, m.mode << 16);
    bytes_u32le(&z->directory, at);
    add_name(&z->directory, m.name, m.zero_in_name);
    add_sizes64(&z->directory, &m, packed.n);
    z->previous = at;
    z->n++;
    bytes_release(&packed);
}

void zip_maker_end(struct zip_maker *z)
{
    uint32_t at = (uint32_t)z->out.n;
    bytes_add(&z->out, z->directory.p, z->directory.n);
    bytes_u32le(&z->out, 0x06054b50);
    u16(&z->out, 0);
    u16(&z->out, 0);
    u16(&z->out, z->n);
    u16(&z->out, z->n);
    bytes_u32le(&z->out, (uint32_t)z->directory.n);
    bytes_u32le(&z->out, at);
    u16(&z->out, 0);
}

void zip_maker_free(struct zip_maker *z)
{
    bytes_release(&z->out);
    bytes_release(&z->directory);
    *z = (struct zip_maker){0};
}
