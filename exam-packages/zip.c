/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file-map.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/pipeline.h"
#include "exam-packages/zip-format.h"

enum { PIECE = 512 * 1024, LARGE = 4 << 20 };

struct part {
    char *name;
    struct span data;
    uint32_t crc;
    bool unchecked; /* the sum is left to zip_hash */
};

struct zip {
    struct span all;
    int fd;            /* of a mapped file, else -1 */
    bool ours;         /* `all` is given back with file_unmap */
    bool later;        /* sums of large parts are left to zip_hash */
    struct part *part; /* in file order */
    size_t n;
    uint32_t *by_name; /* indices, sorted */
};

static int damaged(struct err *e, const char *name, const char *what)
{
    return err_set(e, ERR_DATA, name, "%s", what);
}

/* The end record says where the directory is and how many entries there are; it must be the one that we would
 * write. */
static int read_end(struct span all, size_t *ret_n, uint32_t *ret_offset, struct err *e)
{
    if (all.n > ZIP_SIZE_MAX)
        return damaged(e, NULL, _("the container is larger than 2 GiB"));
    if (all.n < ZIP_END_SIZE)
        return damaged(e, NULL, _("not a container: too short"));
    const uint8_t *p = all.p + all.n - ZIP_END_SIZE;
    uint16_t n = (uint16_t)(p[8] | p[9] << 8);
    uint32_t size = le32(p + 12), offset = le32(p + 16);
    uint8_t right[ZIP_END_SIZE];
    zip_end_record(right, n, size, offset);
    if (memcmp(p, right, sizeof right) != 0)
        return damaged(e, NULL, _("not a container, or its end is cut off, or something follows its end"));
    if (n > ZIP_ENTRIES_MAX)
        return damaged(e, NULL, _("the container has too many parts"));
    if ((uint64_t)offset + size != all.n - ZIP_END_SIZE)
        return damaged(e, NULL, _("the container holds bytes outside its parts, or was cut"));
    *ret_n = n;
    *ret_offset = offset;
    return 0;
}

/* One central header at *at; moves on behind its name. */
static int read_central(struct span all, size_t end, size_t *at, struct zip_entry *entry, struct part *part,
                        struct err *e)
{
    const uint8_t *p = all.p + *at;
    if (end - *at < ZIP_CENTRAL_SIZE)
        return damaged(e, NULL, _("the container's directory is cut"));
    *entry = (struct zip_entry){.crc = le32(p + 16), .size = le32(p + 20), .offset = le32(p + 42),
                                .n_name = (uint16_t)(p[28] | p[29] << 8)};
    *at += ZIP_CENTRAL_SIZE;
    struct span name = span_of(all.p + *at, entry->n_name);
    if (end - *at < entry->n_name || !zip_name_is_plain(name))
        return damaged(e, NULL, _("the container's directory holds a name that is not plain"));
    part->name = mem_printf("%.*s", (int)name.n, (const char *)name.p);
    *at += entry->n_name;
    uint8_t right[ZIP_CENTRAL_SIZE];
    zip_central_header(right, entry);
    if (memcmp(p, right, sizeof right) != 0)
        return damaged(e, part->name,
                       _("a part that is compressed, encrypted, dated or commented is not accepted"));
    return 0;
}

void zip_forget(const struct zip *z)
{
    if (z->fd >= 0)
        madvise((void *)(uintptr_t)z->all.p, z->all.n, MADV_DONTNEED);
}

static int check_sum(bool fits, const struct part *part, struct err *e)
{
    return fits ? 0 : damaged(e, part->name, _("this part is damaged: its checksum does not fit"));
}

/* The local header at *at must say the same; then name and content. */
static int read_local(const struct zip *z, size_t end, size_t *at, const struct zip_entry *entry,
                      struct part *part, struct err *e)
{
    struct span all = z->all;
    uint8_t right[ZIP_LOCAL_SIZE];
    zip_local_header(right, entry);
    if (entry->offset != *at || end - *at < (uint64_t)ZIP_LOCAL_SIZE + entry->n_name + entry->size)
        return damaged(e, part->name, _("this part does not lie where the container's directory says"));
    if (memcmp(all.p + *at, right, sizeof right) != 0 ||
        memcmp(all.p + *at + ZIP_LOCAL_SIZE, part->name, entry->n_name) != 0)
        return damaged(e, part->name, _("this part's own header contradicts the container's directory"));
    *at += ZIP_LOCAL_SIZE + (size_t)entry->n_name;
    part->data = span_of(all.p + *at, entry->size);
    *at += entry->size;
    part->crc = entry->crc;
    part->unchecked = z->later && entry->size > LARGE;
    return part->unchecked ? 0 : check_sum(zip_crc(0, part->data) == part->crc, part, e);
}

static int by_name(const void *a, const void *b, void *context)
{
    const struct part *part = context;
    return strcmp(part[*(const uint32_t *)a].name, part[*(const uint32_t *)b].name);
}

static int sort_names(struct zip *z, struct err *e)
{
    z->by_name = mem_alloc((z->n + 1) * sizeof *z->by_name);
    for (uint32_t i = 0; i < z->n; i++)
        z->by_name[i] = i;
    if (z->n)
        qsort_r(z->by_name, z->n, sizeof *z->by_name, by_name, z->part);
    for (size_t i = 1; i < z->n; i++) {
        const char *name = z->part[z->by_name[i]].name;
        if (strcmp(z->part[z->by_name[i - 1]].name, name) == 0)
            return damaged(e, name, _("this part stands twice in the container"));
    }
    for (size_t i = 0; i < z->n; i++) {
        const char *name = z->part[i].name, *slash = strchr(name, '/');
        char *folder = mem_printf("%.*s", slash ? (int)(slash - name) : 0, name);
        bool both = slash && zip_find(z, folder) >= 0;
        free(folder);
        if (both)
            return damaged(e, name, _("a part of the container is also the folder of another"));
    }
    return 0;
}

static int read_all(struct zip *z, struct err *e)
{
    size_t entries = 0, at = 0;
    uint32_t directory = 0;
    int r = read_end(z->all, &entries, &directory, e);
    if (r < 0)
        return r;
    if ((z->all.n - ZIP_END_SIZE - directory) / ZIP_CENTRAL_SIZE < entries)
        return damaged(e, NULL, _("the container's directory is cut"));
    z->part = mem_alloc((entries + 1) * sizeof *z->part);
    size_t central = directory, end = z->all.n - ZIP_END_SIZE, seen = 0;
    for (; z->n < entries; z->n++) {
        struct zip_entry entry;
        struct part *part = &z->part[z->n];
        r = read_central(z->all, end, &central, &entry, part, e);
        if (r == 0)
            r = read_local(z, directory, &at, &entry, part, e);
        if (r < 0) {
            free(part->name);
            return r;
        }
        if (at - seen > LARGE) {
            zip_forget(z);
            seen = at;
        }
    }
    if (central != end || at != directory)
        return damaged(e, NULL, _("the container holds bytes outside its parts, or was cut"));
    return sort_names(z, e);
}

static int open_as(struct zip **ret, struct zip as, struct err *e)
{
    struct zip *z = mem_alloc(sizeof *z);
    *z = as;
    int r = read_all(z, e);
    if (r < 0) {
        zip_close(z);
        return r;
    }
    *ret = z;
    return 0;
}

int zip_open_span(struct zip **ret, struct span data, struct err *e)
{
    return open_as(ret, (struct zip){.all = data, .fd = -1}, e);
}

/* What was verified is what is opened later, whatever happens to the file meanwhile. */
static int copy_file(int fd, const char *path, size_t size, struct span *ret, struct err *e)
{
    uint8_t *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED)
        return err_sys(e, path, _("cannot read"));
    *ret = span_of(p, size);
    for (size_t have = 0; have < size;) {
        ssize_t n = pread(fd, p + have, size - have, (off_t)have);
        if (n > 0) {
            have += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            int r = n ? err_sys(e, path, _("cannot read"))
                      : err_set(e, ERR_ENV, path, _("changed while it was read"));
            file_unmap(*ret);
            return r;
        }
    }
    return 0;
}

static int load_file(int fd, const char *path, struct zip *ret, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return err_sys(e, path, _("cannot read"));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, path, _("not a regular file"));
    if (st.st_size == 0)
        return err_set(e, ERR_DATA, path, _("not a container: too short"));
    if (st.st_size > (off_t)ZIP_SIZE_MAX)
        return err_set(e, ERR_DATA, path, _("the container is larger than 2 GiB"));
    bool small = st.st_size <= LARGE;
    int r = small ? copy_file(fd, path, (size_t)st.st_size, &ret->all, e)
                  : file_map_fd(fd, path, (size_t)st.st_size, &ret->all, e);
    ret->ours = r == 0;
    ret->fd = r == 0 && !small ? fd : -1;
    return r;
}

static int open_file(struct zip **ret, const char *path, bool later, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return err_sys(e, path, _("cannot open"));
    struct zip as = {.fd = -1, .later = later};
    int r = load_file(fd, path, &as, e);
    if (as.fd < 0)
        close(fd);
    if (r == 0 && (r = open_as(ret, as, e)) < 0)
        err_within(e, path);
    return r;
}

int zip_open_file(struct zip **ret, const char *path, struct err *e)
{
    return open_file(ret, path, false, e);
}

int zip_open_file_later(struct zip **ret, const char *path, struct err *e)
{
    return open_file(ret, path, true, e);
}

/* A part of a mapped file, read and not looked at where it is mapped: it takes no memory, and is not there
 * at worst. */
struct reading {
    const struct zip *zip;
    size_t at, left;
    uint32_t crc;
    crypto_generichash_state hash;
};

static void read_piece(void *context, struct batch *b)
{
    struct reading *x = context;
    size_t want = x->left < PIECE ? x->left : PIECE;
    while (b->n_in < want) {
        ssize_t n = pread(x->zip->fd, b->in + b->n_in, want - b->n_in, (off_t)(x->at + b->n_in));
        if (n > 0) {
            b->n_in += (size_t)n;
        } else if (n == 0 || errno != EINTR) {
            b->r = n ? err_sys(&b->e, NULL, _("cannot read"))
                     : err_set(&b->e, ERR_ENV, NULL, _("changed while it was read"));
            return;
        }
    }
    x->at += want;
    x->left -= want;
    b->last = x->left == 0;
}

static void sum_piece(void *context, struct batch *b)
{
    (void)context;
    put_le32(b->out, zip_crc(0, span_of(b->in, b->n_in)));
}

static void add_piece(void *context, struct batch *b)
{
    struct reading *x = context;
    x->crc = zip_crc_join(x->crc, le32(b->out), b->n_in);
    crypto_generichash_update(&x->hash, b->in, b->n_in);
}

static int hash_read(const struct zip *z, const struct part *part, uint8_t out[64], struct err *e)
{
    struct reading x = {.zip = z, .at = (size_t)(part->data.p - z->all.p), .left = part->data.n};
    crypto_generichash_init(&x.hash, NULL, 0, 64);
    int r = pipeline_run(&(struct pipeline){.context = &x,
                                            .in = PIECE,
                                            .out = sizeof x.crc,
                                            .read = read_piece,
                                            .work = sum_piece,
                                            .write = add_piece},
                         e);
    crypto_generichash_final(&x.hash, out, 64);
    return r < 0 ? r : check_sum(x.crc == part->crc, part, e);
}

int zip_hash(const struct zip *z, size_t i, uint8_t ret_blake2b_512[64], struct err *e)
{
    if (z->fd >= 0 && z->part[i].data.n > LARGE)
        return hash_read(z, &z->part[i], ret_blake2b_512, e);
    blake2b_512(ret_blake2b_512, z->part[i].data);
    return 0;
}

void zip_close(struct zip *z)
{
    if (!z)
        return;
    for (size_t i = 0; i < z->n; i++)
        free(z->part[i].name);
    free(z->part);
    free(z->by_name);
    if (z->ours)
        file_unmap(z->all);
    if (z->fd >= 0)
        close(z->fd);
    free(z);
}

size_t zip_count(const struct zip *z)
{
    return z->n;
}

const char *zip_name(const struct zip *z, size_t i)
{
    return z->part[i].name;
}

struct span zip_part(const struct zip *z, size_t i)
{
    return z->part[i].data;
}

ssize_t zip_find(const struct zip *z, const char *name)
{
    size_t lo = 0, hi = z->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = strcmp(z->part[z->by_name[mid]].name, name);
        if (c == 0)
            return (ssize_t)z->by_name[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return -1;
}

struct span zip_get(const struct zip *z, const char *name)
{
    ssize_t i = zip_find(z, name);
    return i < 0 ? (struct span){0} : z->part[i].data;
}
