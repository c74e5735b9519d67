/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of a ZIP file in memory (PKWARE APPNOTE 6.3.4, 4.3.12–4.3.16). */
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/parts-internal.h"

enum { END = 22, END64 = 56, LOCATOR = 20, CENTRAL = 46, LOCAL = 30, NAME_LIMIT = 1024 };

struct directory {
    uint64_t entries, size, offset, at; /* at: where its end record stands */
};

static int corrupt(const struct parts *p, const char *part, struct err *e)
{
    return parts_fault(p, part, FAULT_CORRUPT, _("the file's directory makes no sense; save the file again"),
                       e);
}

static int no_directory(const struct parts *p, struct err *e)
{
    static const uint8_t first[] = {'P', 'K', 3, 4};
    if (p->file.n >= sizeof first && memcmp(p->file.p, first, sizeof first) == 0)
        return parts_fault(p, NULL, FAULT_TRUNCATED, _("the file is cut off; hand in a whole copy"), e);
    return parts_fault(p, NULL, FAULT_NOT_ZIP, _("this is no office file, whatever its name says"), e);
}

/* The last end record whose comment ends with the file. */
static const uint8_t *find_end(struct span file)
{
    size_t least = file.n > END + 65535 ? file.n - END - 65535 : 0;
    for (size_t at = file.n >= END ? file.n - END + 1 : 0; at-- > least;)
        if (le32(file.p + at) == 0x06054b50 && at + END + le16(file.p + at + 20) == file.n)
            return file.p + at;
    return NULL;
}

static int read_end64(const struct parts *p, struct directory *d, struct err *e)
{
    const uint8_t *locator = p->file.p + d->at - LOCATOR;
    if (d->at < LOCATOR || le32(locator) != 0x07064b50)
        return corrupt(p, NULL, e);
    uint64_t at = le64(locator + 8);
    if (p->file.n < END64 || at > p->file.n - END64)
        return corrupt(p, NULL, e);
    const uint8_t *h = p->file.p + at;
    if (le32(h) != 0x06064b50)
        return corrupt(p, NULL, e);
    if (le32(locator + 16) > 1 || le32(h + 16) != 0 || le32(h + 20) != 0)
        return parts_fault(p, NULL, FAULT_UNSUPPORTED, _("the file is one part of several"), e);
    *d = (struct directory){.entries = le64(h + 32), .size = le64(h + 40), .offset = le64(h + 48), .at = at};
    return 0;
}

static int read_end(const struct parts *p, struct directory *ret, struct err *e)
{
    const uint8_t *h = find_end(p->file);
    if (!h)
        return no_directory(p, e);
    if (le16(h + 4) != le16(h + 6) || (le16(h + 4) != 0 && le16(h + 4) != UINT16_MAX))
        return parts_fault(p, NULL, FAULT_UNSUPPORTED, _("the file is one part of several"), e);
    *ret = (struct directory){.entries = le16(h + 10),
                              .size = le32(h + 12),
                              .offset = le32(h + 16),
                              .at = (uint64_t)(h - p->file.p)};
    bool large = ret->entries == UINT16_MAX || ret->size == UINT32_MAX || ret->offset == UINT32_MAX;
    int r = large ? read_end64(p, ret, e) : 0;
    if (r == 0 && (ret->offset > ret->at || ret->size > ret->at - ret->offset))
        r = corrupt(p, NULL, e);
    if (r == 0 && ret->entries > PARTS_MAX_ENTRIES)
        r = parts_fault(p, NULL, FAULT_LIMIT, _("it holds more parts than the limit"), e);
    if (r == 0 && ret->entries > ret->size / CENTRAL)
        r = corrupt(p, NULL, e);
    return r;
}

/* The 64-bit numbers stand in extra field 1, in the order of the fields that are all ones. */
static void read_extra(struct entry *x, struct span extra)
{
    uint64_t *field[] = {&x->size, &x->packed, &x->offset};
    while (extra.n >= 4) {
        size_t n = le16(extra.p + 2), used = 0;
        if (n > extra.n - 4)
            return;
        for (size_t i = 0; le16(extra.p) == 1 && i < 3; i++)
            if (*field[i] == UINT32_MAX && n - used >= 8) {
                *field[i] = le64(extra.p + 4 + used);
                used += 8;
            }
        extra = span_of(extra.p + 4 + n, extra.n - 4 - n);
    }
}

static char *name_of(struct parts *p, struct span raw, bool utf8)
{
    struct bytes out = {0};
    char *name = arena_strndup(p->arena, (const char *)raw.p, raw.n);
    if (!utf8_valid(name, raw.n)) {
        if (!utf8 && encoding_convert(&out, ENCODING_GB18030, "", raw, NULL) == 0)
            name = arena_strndup(p->arena, (const char *)out.p, out.n);
        else
            utf8_mend(name, '_');
        bytes_release(&out);
    }
    for (char *c = name; *c; c++)
        if (*c == '\\')
            *c = '/';
    return name;
}

static bool unsafe(const char *name, struct span raw)
{
    if (raw.n == 0 || memchr(raw.p, 0, raw.n) || name[0] == '/' || name[1] == ':')
        return true;
    for (const char *c = name; *c; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return true;
    for (const char *c = name; *c; c += *c == '/') {
        size_t n = strcspn(c, "/");
        if (n == 0 || (n == 1 && c[0] == '.') || (n == 2 && c[0] == '.' && c[1] == '.'))
            return true;
        c += n;
    }
    return false;
}

/* One record of the directory; *ret_n gets its length. */
static int read_central(struct parts *p, struct span left, struct entry *x, size_t *ret_n, struct err *e)
{
    const uint8_t *h = left.p;
    if (left.n < CENTRAL || le32(h) != 0x02014b50)
        return corrupt(p, NULL, e);
    size_t n_name = le16(h + 28), n_extra = le16(h + 30);
    *ret_n = CENTRAL + n_name + n_extra + le16(h + 32);
    if (*ret_n > left.n || n_name > NAME_LIMIT)
        return corrupt(p, NULL, e);
    *x = (struct entry){.raw = span_of(h + CENTRAL, n_name),
                        .flags = le16(h + 8),
                        .method = le16(h + 10),
                        .crc = le32(h + 16),
                        .packed = le32(h + 20),
                        .size = le32(h + 24),
                        .offset = le32(h + 42)};
    read_extra(x, span_of(h + CENTRAL + n_name, n_extra));
    x->name = name_of(p, x->raw, x->flags & 0x800);
    if (unsafe(x->name, x->raw))
        return parts_fault(p, NULL, FAULT_UNSAFE_NAME,
                           _("a part's name is not a path inside the file; save the file again"), e);
    if (x->offset > p->file.n || p->file.n - x->offset < LOCAL + n_name ||
        x->packed > p->file.n - x->offset - LOCAL - n_name)
        return corrupt(p, x->name, e);
    return 0;
}

static int by_offset(const void *a, const void *b)
{
    const struct entry *x = *(const struct entry *const *)a, *y = *(const struct entry *const *)b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Gives each entry its end; no byte belongs to two. */
static int check_overlap(const struct parts *p, struct entry **order, size_t n, uint64_t directory,
                         struct err *e)
{
    qsort(order, n, sizeof *order, by_offset);
    for (size_t i = 0; i < n; i++) {
        struct entry *x = order[i];
        x->end = x->offset < directory ? directory : p->file.n;
        if (i + 1 < n && order[i + 1]->offset < x->end)
            x->end = order[i + 1]->offset;
        if (x->offset + LOCAL + x->raw.n + x->packed > x->end)
            return parts_fault(p, x->name, FAULT_CORRUPT, _("it overlaps another part"), e);
    }
    return 0;
}

static int by_name(const void *a, const void *b, void *context)
{
    const struct entry *entry = context;
    return ascii_casecmp(entry[*(const size_t *)a].name, entry[*(const size_t *)b].name);
}

static int sort_names(struct parts *p, struct err *e)
{
    p->by_name = arena_array(p->arena, p->n + 1, sizeof *p->by_name);
    for (size_t i = 0; i < p->n; i++)
        p->by_name[i] = i;
    qsort_r(p->by_name, p->n, sizeof *p->by_name, by_name, p->entry);
    for (size_t i = 1; i < p->n; i++)
        if (by_name(&p->by_name[i - 1], &p->by_name[i], p->entry) == 0)
            return parts_fault(p, p->entry[p->by_name[i]].name, FAULT_CORRUPT,
                               _("the file holds this part twice; save the file again"), e);
    return 0;
}

static bool folder(const struct entry *x)
{
    return x->name[strlen(x->name) - 1] == '/';
}

int parts_read_directory(struct parts *p, struct err *e)
{
    struct directory d = {0};
    int r = read_end(p, &d, e);
    if (r < 0)
        return r;
    struct span left = span_of(p->file.p + d.offset, (size_t)d.size);
    size_t n = (size_t)d.entries;
    p->entry = arena_array(p->arena, n + 1, sizeof *p->entry);
    struct entry **order = arena_array(p->arena, n + 1, sizeof *order);
    for (size_t i = 0; r == 0 && i < n; i++) {
        size_t used = 0;
        order[i] = &p->entry[i];
        r = read_central(p, left, order[i], &used, e);
        left = r == 0 ? span_of(left.p + used, left.n - used) : left;
    }
    if (r == 0)
        r = check_overlap(p, order, n, d.offset, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (!folder(&p->entry[i]))
            p->entry[p->n++] = p->entry[i];
    return r < 0 ? r : sort_names(p, e);
}
