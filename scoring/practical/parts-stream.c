/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/parts-internal.h"

enum { LOCAL_SIZE = 30, RATIO = 400, RATIO_FROM = 8 << 20 };
enum { FLAG_ENCRYPTED = 1, FLAG_SIZES_FOLLOW = 8, FLAG_HIDDEN = 0x2000, STORED = 0, DEFLATED = 8 };

static int wrong(const struct part_stream *s, int fault, const char *what, struct err *e)
{
    return parts_fault(s->parts, s->entry->name, fault, what, e);
}

static int lies(const struct part_stream *s, struct err *e)
{
    return wrong(s, FAULT_CORRUPT, _("its own header says something else than the file's directory"), e);
}

/* Finds the packed bytes, holding the entry's own header against the directory's. */
static int find_packed(struct part_stream *s, struct err *e)
{
    const struct entry *x = s->entry;
    const uint8_t *h = s->parts->file.p + x->offset;
    uint16_t flags = le16(h + 6), n_name = le16(h + 26);
    uint64_t at = x->offset + LOCAL_SIZE + n_name + le16(h + 28);
    if (le32(h) != 0x04034b50 || n_name != x->raw.n)
        return lies(s, e);
    if ((flags | x->flags) & (FLAG_ENCRYPTED | FLAG_HIDDEN))
        return wrong(s, FAULT_ENCRYPTED, _("it is encrypted; save it without a password"), e);
    if (le16(h + 8) != x->method || memcmp(h + LOCAL_SIZE, x->raw.p, n_name) != 0)
        return lies(s, e);
    bool zip64 = le32(h + 18) == UINT32_MAX || le32(h + 22) == UINT32_MAX;
    if (!((flags | x->flags) & FLAG_SIZES_FOLLOW) && !zip64 &&
        (le32(h + 14) != x->crc || le32(h + 18) != x->packed || le32(h + 22) != x->size))
        return lies(s, e);
    if (at > x->end || x->packed > x->end - at)
        return wrong(s, FAULT_CORRUPT, _("it overlaps another part"), e);
    s->packed = span_of(s->parts->file.p + at, (size_t)x->packed);
    return 0;
}

int part_stream_open(struct part_stream *s, const struct parts *p, const struct entry *entry, size_t max,
                     struct err *e)
{
    *s = (struct part_stream){.parts = p, .entry = entry, .max = max};
    if (entry->method == 99)
        return wrong(s, FAULT_ENCRYPTED, _("it is encrypted; save it without a password"), e);
    if (entry->method != STORED && entry->method != DEFLATED)
        return wrong(s, FAULT_UNSUPPORTED,
                     _("it is packed in a way that no office program writes; save the file again"), e);
    if (entry->size > max)
        return wrong(s, FAULT_TOO_BIG, _("it is larger than the limit"), e);
    int r = find_packed(s, e);
    if (r < 0 || entry->method == STORED)
        return r;
    if (inflateInit2(&s->z, -MAX_WBITS) != Z_OK)
        return err_set(e, ERR_ENV, p->name, _("out of memory"));
    s->inflating = true;
    s->z.next_in = (Bytef *)(uintptr_t)s->packed.p;
    s->z.avail_in = (uInt)s->packed.n;
    return 0;
}

void part_stream_close(struct part_stream *s)
{
    if (s->inflating)
        inflateEnd(&s->z);
    s->inflating = false;
}

static int inflate_some(struct part_stream *s, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    s->z.next_out = buffer;
    s->z.avail_out = (uInt)size;
    int status = inflate(&s->z, Z_NO_FLUSH);
    *ret_n = size - s->z.avail_out;
    s->ended = status == Z_STREAM_END;
    if (status == Z_STREAM_END ? s->z.avail_in > 0 : status != Z_OK)
        return wrong(s, FAULT_CORRUPT, _("it is damaged"), e);
    return 0;
}

static void copy_some(struct part_stream *s, void *buffer, size_t size, size_t *ret_n)
{
    size_t n = s->packed.n < size ? s->packed.n : size;
    if (n)
        memcpy(buffer, s->packed.p, n);
    s->packed = span_of(s->packed.p + n, s->packed.n - n);
    s->ended = s->packed.n == 0;
    *ret_n = n;
}

static int account(struct part_stream *s, const void *buffer, size_t n, struct err *e)
{
    s->given += n;
    s->crc = (uint32_t)crc32(s->crc, buffer, (uInt)n);
    if (s->given > s->entry->size)
        return wrong(s, FAULT_CORRUPT, _("it is larger than the file's directory says"), e);
    if (s->given > RATIO_FROM && s->given / RATIO > s->entry->packed)
        return wrong(s, FAULT_TOO_BIG, _("it grows as no honest file does"), e);
    if (s->ended && (s->given != s->entry->size || s->crc != s->entry->crc))
        return wrong(s, FAULT_CORRUPT, _("it is damaged: its size or checksum is wrong"), e);
    return 0;
}

int part_stream_next(void *stream, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    struct part_stream *s = stream;
    int r = 0;
    for (*ret_n = 0; r == 0 && *ret_n == 0 && !s->ended;) {
        if (s->inflating)
            r = inflate_some(s, buffer, size, ret_n, e);
        else
            copy_some(s, buffer, size, ret_n);
        if (r == 0)
            r = account(s, buffer, *ret_n, e);
    }
    return r;
}
