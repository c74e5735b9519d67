/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/archive-internal.h"
#include "base/encoding.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    CENTRAL_SIZE = 46,
    NAME_MAX_BYTES = 1024,
    LOCAL_LEAST = 30
};
enum { UNIX = 3, DIRECTORY_MAX = 64 << 20 };

struct end {
    uint64_t entries, size, offset;
};

static int damaged(const struct archive *a, const char *what, struct err *e)
{
    return err_set(e, ERR_DATA, a->path, "%s", what);
}

static int bad_entry(const struct archive *a, const char *name, const char *what, struct err *e)
{
    char *where = mem_printf("%s/%s", a->path, name);
    int r = err_set(e, ERR_DATA, where, "%s", what);
    free(where);
    return r;
}

static int read_end64(const struct archive *a, uint64_t end_at, struct end *ret, struct err *e)
{
    uint8_t locator[LOCATOR_SIZE], p[END64_SIZE];
    if (end_at < LOCATOR_SIZE)
        return damaged(a, _("the archive's directory makes no sense"), e);
    int r = archive_bytes(a, end_at - LOCATOR_SIZE, locator, sizeof locator, e);
    if (r == 0 && (le32(locator) != 0x07064b50 || le32(locator + 16) > 1))
        r = damaged(a, _("the archive's directory makes no sense"), e);
    if (r == 0)
        r = archive_bytes(a, le64(locator + 8), p, sizeof p, e);
    if (r == 0 && (le32(p) != 0x06064b50 || le32(p + 16) != 0 || le32(p + 20) != 0))
        r = damaged(a, _("the archive's directory makes no sense"), e);
    if (r == 0)
        *ret = (struct end){.entries = le64(p + 32), .size = le64(p + 40), .offset = le64(p + 48)};
    return r;
}

static int read_end(const struct archive *a, struct end *ret, struct err *e)
{
    size_t n = a->size < END_SIZE + 65535 ? (size_t)a->size : END_SIZE + 65535;
    uint8_t *tail = mem_alloc(n + 1);
    int r = archive_bytes(a, a->size - n, tail, n, e);
    const uint8_t *p = NULL;
    for (size_t i = n; r == 0 && !p && i-- > 0;)
        if (i + END_SIZE <= n && le32(tail + i) == 0x06054b50 && i + END_SIZE + le16(tail + i + 20) == n)
            p = tail + i;
    if (r == 0 && !p)
        r = damaged(a, _("not a ZIP archive, or its end is cut off"), e);
    if (r == 0 && (le16(p + 4) != 0 || le16(p + 6) != 0))
        r = damaged(a, _("the archive is one part of several; pack it as one file"), e);
    if (r == 0) {
        *ret = (struct end){.entries = le16(p + 10), .size = le32(p + 12), .offset = le32(p + 16)};
        if (ret->entries == UINT16_MAX || ret->size == UINT32_MAX || ret->offset == UINT32_MAX)
            r = read_end64(a, a->size - n + (uint64_t)(p - tail), ret, e);
    }
    free(tail);
    if (r == 0 && (ret->offset > a->size || ret->size > a->size - ret->offset))
        r = damaged(a, _("the archive is cut off"), e);
    if (r == 0 && (ret->entries > a->limits.entries || ret->size > DIRECTORY_MAX))
        r = damaged(a, _("the archive holds more files than the limit"), e);
    return r;
}

/* The 64-bit sizes stand in extra field 1, in the order of the fields that are all ones. */
static void read_extra64(struct archive_entry *entry, struct span extra)
{
    while (extra.n >= 4) {
        uint16_t id = le16(extra.p), n = le16(extra.p + 2);
        if (n > extra.n - 4)
            return;
        const uint8_t *p = extra.p + 4, *end = p + n;
        uint64_t *field[] = {&entry->size, &entry->packed, &entry->offset};
        for (size_t i = 0; id == 1 && i < 3; i++)
            if (*field[i] == UINT32_MAX && end - p >= 8) {
                *field[i] = le64(p);
                p += 8;
            }
        extra.p += 4 + n;
        extra.n -= 4u + n;
    }
}

static char *decode_name(struct archive *a, struct span raw, bool marked)
{
    struct bytes out = {0};
    bool valid = utf8_valid((const char *)raw.p, raw.n);
    if (marked || valid)
        return valid ? arena_strndup(a->arena, (const char *)raw.p, raw.n) : NULL;
    enum encoding c = encoding_of(raw) == ENCODING_GB18030 ? ENCODING_GB18030 : ENCODING_CP437;
    char *name = NULL;
    if (encoding_convert(&out, c, "", raw, NULL) == 0)
        name = arena_strndup(a->arena, (const char *)out.p, out.n);
    bytes_release(&out);
    return name;
}

/* NULL, or why a name cannot be taken. */
static const char *name_fault(const char *name, size_t n)
{
    if (n == 0 || strlen(name) != n)
        return _("the entry has no name, or a zero byte in it");
    for (const char *p = name; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f || *p == '\\')
            return _("the entry's name holds a backslash or a control character");
    if (name[0] == '/' || (n > 1 && name[1] == ':'))
        return _("the entry's name is not a path inside the archive");
    for (const char *p = name; *p;) {
        size_t len = strcspn(p, "/");
        if (len == 0 || (len == 1 && *p == '.') || (len == 2 && p[0] == '.' && p[1] == '.'))
            return _("the entry's name is not a path inside the archive");
        p += len;
        p += *p == '/';
    }
    return NULL;
}

static const char *attribute_fault(const uint8_t *h)
{
    uint32_t mode = (le32(h + 38) >> 16) & 0170000;
    if (h[5] == UNIX && mode != 0 && mode != 0100000 && mode != 0040000)
        return _("the entry is a link or a device; pack the files themselves");
    if (le16(h + 8) & (1 | 64))
        return _("the entry is encrypted; pack it without a password");
    if (le16(h + 34) != 0)
        return _("the archive is one part of several; pack it as one file");
    return NULL;
}

/* One record at p, of which `left` bytes are there; moves on behind it. A folder gives an entry without name.
 */
static int read_central(struct archive *a, const uint8_t **p, size_t *left, uint64_t directory,
                        struct archive_entry *entry, struct err *e)
{
    const uint8_t *h = *p;
    if (*left < CENTRAL_SIZE || le32(h) != 0x02014b50)
        return damaged(a, _("the archive's directory makes no sense"), e);
    size_t n_name = le16(h + 28), n_extra = le16(h + 30),
           n_all = CENTRAL_SIZE + n_name + n_extra + le16(h + 32);
    if (n_all > *left || n_name > NAME_MAX_BYTES)
        return damaged(a, _("the archive's directory makes no sense"), e);
    *entry = (struct archive_entry){.raw = span_of(arena_copy(a->arena, h + CENTRAL_SIZE, n_name), n_name),
                                    .method = le16(h + 10),
                                    .crc = le32(h + 16),
                                    .packed = le32(h + 20),
                                    .size = le32(h + 24),
                                    .offset = le32(h + 42)};
    read_extra64(entry, span_of(h + CENTRAL_SIZE + n_name, n_extra));
    if (memchr(entry->raw.p, 0, n_name))
        return damaged(a, _("the entry has no name, or a zero byte in it"), e);
    const char *name = decode_name(a, entry->raw, le16(h + 8) & 0x800);
    if (!name)
        return damaged(a, _("an entry's name is in no encoding that this program knows"), e);
    const char *fault = name_fault(name, strlen(name));
    fault = fault ? fault : attribute_fault(h);
    if (fault)
        return bad_entry(a, name, fault, e);
    if (entry->packed > a->size || entry->offset > directory ||
        directory - entry->offset < LOCAL_LEAST + n_name ||
        entry->packed > directory - entry->offset - LOCAL_LEAST - n_name)
        return bad_entry(a, name, _("the entry lies outside the archive"), e);
    entry->name = name[strlen(name) - 1] == '/' ? NULL : name;
    *p += n_all;
    *left -= n_all;
    return 0;
}

static int by_offset(const void *a, const void *b)
{
    const struct archive_entry *x = *(const struct archive_entry *const *)a,
                               *y = *(const struct archive_entry *const *)b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* No byte belongs to two entries. Gives each its end. */
static int check_overlap(const struct archive *a, struct archive_entry **order, size_t n, uint64_t directory,
                         struct err *e)
{
    uint64_t total = 0;
    qsort(order, n, sizeof *order, by_offset);
    for (size_t i = 0; i < n; i++) {
        struct archive_entry *x = order[i];
        x->end = i + 1 < n ? order[i + 1]->offset : directory;
        if (x->offset + LOCAL_LEAST + x->raw.n + x->packed > x->end)
            return bad_entry(a, x->name ? x->name : "", _("the entry overlaps another one"), e);
        if (x->size > a->limits.total - total)
            return damaged(a, _("the archive grows past the limit when it is unpacked"), e);
        total += x->size;
    }
    return 0;
}

struct folded {
    const char *key;
    size_t index;
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct folded *)a)->key, ((const struct folded *)b)->key);
}

static int by_plain_name(const void *a, const void *b, void *context)
{
    const struct archive_entry *entry = context;
    return strcmp(entry[*(const size_t *)a].name, entry[*(const size_t *)b].name);
}

static int check_names(struct archive *a, struct err *e)
{
    struct arena *scratch = arena_new();
    struct folded *f = arena_array(scratch, a->n + 1, sizeof *f);
    int r = 0;
    for (size_t i = 0; i < a->n; i++)
        f[i] = (struct folded){.key = text_fold_case(scratch, a->entry[i].name), .index = i};
    qsort(f, a->n, sizeof *f, by_key);
    for (size_t i = 1; r == 0 && i < a->n; i++)
        if (strcmp(f[i - 1].key, f[i].key) == 0)
            r = bad_entry(a, a->entry[f[i].index].name,
                          _("the archive holds this name twice (perhaps in another case)"), e);
    arena_free(scratch);
    a->by_name = arena_array(a->arena, a->n + 1, sizeof *a->by_name);
    for (size_t i = 0; i < a->n; i++)
        a->by_name[i] = i;
    qsort_r(a->by_name, a->n, sizeof *a->by_name, by_plain_name, a->entry);
    return r;
}

static int read_entries(struct archive *a, const struct end *end, struct span directory, struct err *e)
{
    const uint8_t *p = directory.p;
    size_t left = directory.n, n = (size_t)end->entries;
    struct archive_entry *all = arena_array(a->arena, n + 1, sizeof *all);
    struct archive_entry **order = mem_alloc((n + 1) * sizeof *order);
    int r = 0;
    for (size_t i = 0; r == 0 && i < n; i++) {
        r = read_central(a, &p, &left, end->offset, &all[i], e);
        order[i] = &all[i];
    }
    if (r == 0)
        r = check_overlap(a, order, n, end->offset, e);
    free(order);
    if (r < 0)
        return r;
    a->entry = all;
    for (size_t i = 0; i < n; i++)
        if (all[i].name)
            all[a->n++] = all[i];
    return check_names(a, e);
}

int archive_read_directory(struct archive *a, struct err *e)
{
    struct end end = {0};
    int r = read_end(a, &end, e);
    if (r == 0 && end.entries > end.size / CENTRAL_SIZE)
        r = damaged(a, _("the archive's directory makes no sense"), e);
    if (r < 0)
        return r;
    uint8_t *directory = mem_alloc((size_t)end.size + 1);
    r = archive_bytes(a, end.offset, directory, (size_t)end.size, e);
    if (r == 0)
        r = read_entries(a, &end, span_of(directory, (size_t)end.size), e);
    free(directory);
    return r;
}
