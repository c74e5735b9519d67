/* SPDX-License-Identifier: Apache-2.0 */
#include "base/archive.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/archive-internal.h"
#include "base/i18n.h"
#include "base/mem.h"

const struct archive_limits archive_default_limits = {
    .entries = 200000, .total = UINT64_C(4) << 30, .ratio = 200};

enum { LOCAL_SIZE = 30, CHUNK = 65536, RATIO_FROM = 1 << 20 };

bool archive_looks_like(struct span head)
{
    return head.n >= 4 && (memcmp(head.p, "PK\3\4", 4) == 0 || memcmp(head.p, "PK\5\6", 4) == 0);
}

int archive_bytes(const struct archive *a, uint64_t at, void *out, size_t n, struct err *e)
{
    uint8_t *p = out;
    if (at > a->size || n > a->size - at)
        return err_set(e, ERR_DATA, a->path, _("the archive is cut off"));
    while (n > 0) {
        ssize_t got = pread(a->fd, p, n, (off_t)at);
        if (got < 0)
            return err_sys(e, a->path, _("cannot read"));
        if (got == 0)
            return err_set(e, ERR_DATA, a->path, _("the archive is cut off"));
        p += got;
        at += (uint64_t)got;
        n -= (size_t)got;
    }
    return 0;
}

int archive_open(struct archive **ret, const char *path, const struct archive_limits *limits, struct err *e)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    struct archive *a = mem_alloc(sizeof *a);
    *a = (struct archive){.fd = fd,
                          .path = mem_strdup(path),
                          .arena = arena_new(),
                          .limits = limits ? *limits : archive_default_limits};
    int r = fstat(fd, &st) < 0 ? err_sys(e, path, _("cannot read")) : 0;
    if (r == 0 && !S_ISREG(st.st_mode))
        r = err_set(e, ERR_DATA, path, _("not a regular file"));
    if (r == 0) {
        a->size = (uint64_t)st.st_size;
        r = archive_read_directory(a, e);
    }
    if (r < 0) {
        archive_close(a);
        return r;
    }
    *ret = a;
    return 0;
}

void archive_close(struct archive *a)
{
    if (!a)
        return;
    close(a->fd);
    arena_free(a->arena);
    free(a->path);
    free(a);
}

size_t archive_count(const struct archive *a)
{
    return a->n;
}

const char *archive_name(const struct archive *a, size_t i)
{
    return a->entry[i].name;
}

uint64_t archive_size(const struct archive *a, size_t i)
{
    return a->entry[i].size;
}

ssize_t archive_find(const struct archive *a, const char *name)
{
    size_t lo = 0, hi = a->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = strcmp(a->entry[a->by_name[mid]].name, name);
        if (c == 0)
            return (ssize_t)a->by_name[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

static int wrong(const struct archive *a, const struct archive_entry *entry, const char *what, struct err *e)
{
    char *where = mem_printf("%s/%s", a->path, entry->name);
    int r = err_set(e, ERR_DATA, where, "%s", what);
    free(where);
    return r;
}

/* Where the entry's packed bytes begin, once its own header was held against the directory's. */
static int find_data(const struct archive *a, const struct archive_entry *entry, uint64_t *ret, struct err *e)
{
    uint8_t h[LOCAL_SIZE];
    int r = archive_bytes(a, entry->offset, h, sizeof h, e);
    if (r < 0)
        return r;
    uint16_t flags = le16(h + 6), n_name = le16(h + 26);
    bool sizes_follow = flags & 8, zip64 = le32(h + 18) == UINT32_MAX || le32(h + 22) == UINT32_MAX;
    if (le32(h) != 0x04034b50 || le16(h + 8) != entry->method || n_name != entry->raw.n || (flags & 1))
        return wrong(a, entry, _("the entry's own header says something else than the archive's directory"),
                     e);
    if (!sizes_follow && !zip64 &&
        (le32(h + 14) != entry->crc || le32(h + 18) != entry->packed || le32(h + 22) != entry->size))
        return wrong(a, entry, _("the entry's own header says something else than the archive's directory"),
                     e);
    uint8_t *name = mem_alloc((size_t)n_name + 1);
    r = archive_bytes(a, entry->offset + LOCAL_SIZE, name, n_name, e);
    if (r == 0 && memcmp(name, entry->raw.p, n_name) != 0)
        r = wrong(a, entry, _("the entry's own header says something else than the archive's directory"), e);
    free(name);
    *ret = entry->offset + LOCAL_SIZE + n_name + le16(h + 28);
    if (r == 0 && *ret + entry->packed > entry->end)
        r = wrong(a, entry, _("the entry overlaps another one"), e);
    return r;
}

/* Takes what was inflated, unless it is more than anyone allows. */
static int take(struct archive *a, const struct archive_entry *entry, const uint8_t *p, size_t n, size_t max,
                struct bytes *out, struct err *e)
{
    a->inflated += n;
    if (n > max - out->n)
        return wrong(a, entry, _("the entry is larger than the limit"), e);
    if (out->n + n > entry->size)
        return wrong(a, entry, _("the entry is larger than the archive's directory says"), e);
    if (a->inflated > a->limits.total)
        return wrong(a, entry, _("the archive grows past the limit when it is unpacked"), e);
    if (out->n + n > RATIO_FROM && (out->n + n) / a->limits.ratio > entry->packed)
        return wrong(a, entry, _("the entry grows as no honest file does"), e);
    bytes_add(out, p, n);
    return 0;
}

static int copy_stored(struct archive *a, const struct archive_entry *entry, uint64_t at, size_t max,
                       struct bytes *out, struct err *e)
{
    uint8_t chunk[CHUNK];
    int r = 0;
    for (uint64_t left = entry->packed; r == 0 && left > 0;) {
        size_t n = left < sizeof chunk ? (size_t)left : sizeof chunk;
        r = archive_bytes(a, at, chunk, n, e);
        if (r == 0)
            r = take(a, entry, chunk, n, max, out, e);
        at += n;
        left -= n;
    }
    return r;
}

static int inflate_entry(struct archive *a, const struct archive_entry *entry, uint64_t at, size_t max,
                         struct bytes *out, struct err *e)
{
    uint8_t in[CHUNK], chunk[CHUNK];
    z_stream z = {0};
    uint64_t left = entry->packed;
    int r = 0, status = Z_OK;
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return err_set(e, ERR_ENV, a->path, _("cannot unpack"));
    while (r == 0 && status == Z_OK) {
        if (z.avail_in == 0 && left > 0) {
            z.avail_in = left < sizeof in ? (uInt)left : (uInt)sizeof in;
            z.next_in = in;
            r = archive_bytes(a, at, in, z.avail_in, e);
            at += z.avail_in;
            left -= z.avail_in;
        }
        z.next_out = chunk;
        z.avail_out = sizeof chunk;
        if (r == 0)
            status = inflate(&z, Z_NO_FLUSH);
        if (r == 0 && (status == Z_OK || status == Z_STREAM_END))
            r = take(a, entry, chunk, sizeof chunk - z.avail_out, max, out, e);
    }
    if (r == 0 && (status != Z_STREAM_END || left > 0 || z.avail_in > 0))
        r = wrong(a, entry, _("the entry is damaged"), e);
    inflateEnd(&z);
    return r;
}

int archive_read(struct archive *a, size_t i, size_t max, struct bytes *ret, struct err *e)
{
    const struct archive_entry *entry = &a->entry[i];
    struct bytes out = {0};
    uint64_t at = 0;
    if (entry->size > max)
        return wrong(a, entry, _("the entry is larger than the limit"), e);
    if (entry->method != 0 && entry->method != 8)
        return wrong(
            a, entry,
            _("the entry is packed in a way that this program does not know; pack it as an ordinary ZIP"), e);
    int r = find_data(a, entry, &at, e);
    if (r == 0)
        r = entry->method == 8 ? inflate_entry(a, entry, at, max, &out, e)
                               : copy_stored(a, entry, at, max, &out, e);
    if (r == 0 && (out.n != entry->size || crc32(crc32(0, NULL, 0), out.p, (uInt)out.n) != entry->crc))
        r = wrong(a, entry, _("the entry is damaged: its size or checksum is wrong"), e);
    if (r < 0) {
        bytes_release(&out);
        return r;
    }
    if (!out.p)
        bytes_add(&out, "", 0);
    *ret = out;
    return 0;
}
