/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/archive.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* PKWARE APPNOTE 6.3.4: 4.3.7 local header, 4.3.12 central directory, 4.3.14 to 4.3.16 its end. Entries are
 * stored, with UTF-8 names (bit 11), and all of one moment: 1980-01-01. */
enum {
    LOCAL = 0x04034b50,
    CENTRAL = 0x02014b50,
    END = 0x06054b50,
    END64 = 0x06064b50,
    LOCATOR64 = 0x07064b50,
    DATE = 0x21,
    VERSION = 20,
    VERSION64 = 45,
    UTF8_NAMES = 1 << 11,
    MANY = 0xffff
};

struct archive_writer {
    struct file_writer *file;
    struct bytes directory;
    uint64_t at, entries;
    char *path;
};

static void u16(struct bytes *b, unsigned v)
{
    bytes_u8(b, (uint8_t)v);
    bytes_u8(b, (uint8_t)(v >> 8));
}

int archive_create(struct archive_writer **ret, const char *path, struct err *e)
{
    struct archive_writer *w = mem_alloc(sizeof *w);
    w->path = mem_strdup(path);
    int r = file_begin(&w->file, path, 0644, e);
    if (r < 0) {
        archive_cancel(w);
        return r;
    }
    *ret = w;
    return 0;
}

void archive_cancel(struct archive_writer *w)
{
    if (!w)
        return;
    file_cancel(w->file);
    bytes_release(&w->directory);
    free(w->path);
    free(w);
}

/* What both headers share: from the version needed to the length of the name. */
static void add_common(struct bytes *b, uint32_t crc, uint32_t size, size_t name)
{
    u16(b, VERSION);
    u16(b, UTF8_NAMES);
    u16(b, 0); /* stored */
    u16(b, 0);
    u16(b, DATE);
    bytes_u32le(b, crc);
    bytes_u32le(b, size);
    bytes_u32le(b, size);
    u16(b, (unsigned)name);
    u16(b, 0);
}

int archive_add(struct archive_writer *w, const char *name, struct span data, struct err *e)
{
    struct bytes head = {0};
    size_t length = strlen(name);
    if (length > 500 || data.n > INT32_MAX || w->at > UINT32_MAX)
        return err_set(e, ERR_DATA, w->path, _("the archive grows beyond 4 GiB, or a name beyond 500 bytes"));
    uint32_t crc = (uint32_t)crc32(crc32(0, NULL, 0), data.p, (unsigned)data.n), size = (uint32_t)data.n;
    bytes_u32le(&head, LOCAL);
    add_common(&head, crc, size, length);
    bytes_str(&head, name);
    int r = file_write(w->file, head.p, head.n, e);
    if (r == 0 && data.n)
        r = file_write(w->file, data.p, data.n, e);
    bytes_u32le(&w->directory, CENTRAL);
    u16(&w->directory, VERSION);
    add_common(&w->directory, crc, size, length);
    u16(&w->directory, 0); /* comment */
    u16(&w->directory, 0); /* disk */
    u16(&w->directory, 0); /* attributes */
    bytes_u32le(&w->directory, 0);
    bytes_u32le(&w->directory, (uint32_t)w->at);
    bytes_str(&w->directory, name);
    w->at += head.n + data.n;
    w->entries++;
    bytes_release(&head);
    return r;
}

static void add_end64(struct bytes *b, const struct archive_writer *w, uint64_t directory)
{
    bytes_u32le(b, END64);
    bytes_u64le(b, 44);
    u16(b, VERSION64);
    u16(b, VERSION64);
    bytes_u32le(b, 0);
    bytes_u32le(b, 0);
    bytes_u64le(b, w->entries);
    bytes_u64le(b, w->entries);
    bytes_u64le(b, directory);
    bytes_u64le(b, w->at);
    bytes_u32le(b, LOCATOR64);
    bytes_u32le(b, 0);
    bytes_u64le(b, w->at + directory);
    bytes_u32le(b, 1);
}

int archive_commit(struct archive_writer *w, struct err *e)
{
    size_t directory = w->directory.n;
    unsigned entries = w->entries > MANY ? MANY : (unsigned)w->entries;
    int r = 0;
    if (w->at > UINT32_MAX || directory > UINT32_MAX)
        r = err_set(e, ERR_DATA, w->path, _("the archive grows beyond 4 GiB, or a name beyond 500 bytes"));
    if (w->entries >= MANY)
        add_end64(&w->directory, w, directory);
    bytes_u32le(&w->directory, END);
    u16(&w->directory, 0);
    u16(&w->directory, 0);
    u16(&w->directory, entries);
    u16(&w->directory, entries);
    bytes_u32le(&w->directory, (uint32_t)directory);
    bytes_u32le(&w->directory, (uint32_t)w->at);
    u16(&w->directory, 0);
    if (r == 0)
        r = file_write(w->file, w->directory.p, w->directory.n, e);
    if (r == 0) {
        r = file_commit(w->file, e);
        w->file = NULL;
    }
    archive_cancel(w);
    return r;
}
