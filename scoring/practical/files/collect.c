/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/files/collect.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file-map.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/files/listing.h"

const struct collect_limits collect_default_limits = {
    .entries = 10000, .looked_at = 200000, .depth = 32, .path = 1000, .file = 64 << 20, .total = 512 << 20};

struct collected {
    struct arena *arena;
    struct practical_folder folder;
    struct practical_file *file;
    size_t n, cap;
};

struct collecting {
    struct collected *c;
    const struct collect_limits *limits;
    dev_t device;
    size_t looked_at, reserved; /* names listed and not yet taken */
    uint64_t total;
};

static const char *read_folder(struct collecting *g, int fd, const char *path, unsigned depth);

char *collect_mend_name(struct arena *a, const char *name)
{
    struct bytes out = {0};
    for (const char *p = name, *end = name + strlen(name); p < end;) {
        char utf8[4];
        uint32_t c = utf8_next(&p, end);
        bytes_add(&out, utf8, utf8_put(utf8, c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0xFFFD : c));
    }
    char *mended = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return mended;
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && ascii_casecmp(s + n - k, end) == 0;
}

static bool is_temporary(const char *name)
{
    return strncmp(name, "~$", 2) == 0 || strncmp(name, ".~", 2) == 0 ||
           (name[0] == '~' && ends_with(name, ".tmp")) || ascii_casecmp(name, "Thumbs.db") == 0 ||
           ascii_casecmp(name, "desktop.ini") == 0 || strcmp(name, ".DS_Store") == 0;
}

static void mark(struct practical_file *f)
{
    const char *slash = strrchr(f->path, '/'), *name = slash ? slash + 1 : f->path;
    f->hidden = name[0] == '.';
    f->temporary = !f->folder && is_temporary(name);
}

void collect_describe(struct practical_file *f)
{
    mark(f);
    f->size = f->bytes.n;
    crypto_generichash(f->hash, sizeof f->hash, f->bytes.p, f->bytes.n, NULL, 0);
}

static struct practical_file *add(struct collected *c, const char *path)
{
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 64;
        c->file = mem_grow(c->file, c->cap, sizeof *c->file);
    }
    c->file[c->n] = (struct practical_file){.path = path};
    return &c->file[c->n++];
}

/* Hashes through a small buffer, so that the file need not lie in memory as a whole. */
static const char *hash_file(int fd, struct practical_file *f)
{
    uint8_t chunk[65536];
    uint64_t at = 0;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof f->hash);
    while (at < f->size) {
        ssize_t n = pread(fd, chunk, sizeof chunk, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return "cannot be read";
        if ((uint64_t)n > f->size - at)
            n = (ssize_t)(f->size - at);
        crypto_generichash_update(&state, chunk, (size_t)n);
        at += (uint64_t)n;
    }
    crypto_generichash_final(&state, f->hash, sizeof f->hash);
    return NULL;
}

static const char *map_file(int fd, struct practical_file *f)
{
    struct err unwanted;
    if (file_map_fd(fd, f->path, (size_t)f->size, &f->bytes, &unwanted) < 0)
        return "cannot be read";
    f->mapped = f->bytes.n > 0;
    return NULL;
}

/* A name may have become something else since it was looked at: what is open counts. */
static int open_same(int dir, const char *name, int flags, const struct stat *seen)
{
    struct stat st;
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | flags);
    if (fd >= 0 && (fstat(fd, &st) < 0 || st.st_ino != seen->st_ino || st.st_dev != seen->st_dev)) {
        close(fd);
        return -1;
    }
    return fd;
}

static void take_file(struct collecting *g, int dir, const char *name, const struct stat *st,
                      struct practical_file *f)
{
    f->size = (uint64_t)st->st_size;
    f->read_only = !(st->st_mode & 0222);
    if (f->size > g->limits->file)
        f->skipped =
            arena_printf(g->c->arena, "larger than %llu MiB", (unsigned long long)(g->limits->file >> 20));
    else if (f->size > g->limits->total - g->total)
        f->skipped = "past the limit of bytes in all";
    if (f->skipped)
        return;
    int fd = open_same(dir, name, 0, st);
    if (fd < 0) {
        f->skipped = "cannot be read";
        return;
    }
    g->total += f->size;
    f->skipped = hash_file(fd, f);
    if (!f->skipped)
        f->skipped = map_file(fd, f);
    close(fd);
}

static void take_folder(struct collecting *g, int dir, const char *name, const struct stat *st, size_t at,
                        unsigned depth)
{
    const char *path = g->c->file[at].path, *skipped = NULL;
    g->c->file[at].folder = true;
    g->c->file[at].read_only = !(st->st_mode & 0222);
    if (depth >= g->limits->depth)
        skipped = "folders nested too deep";
    else if (strlen(path) > g->limits->path)
        skipped = "too long a path";
    else {
        int fd = open_same(dir, name, O_DIRECTORY, st);
        skipped = fd < 0 ? "cannot be read" : read_folder(g, fd, path, depth);
    }
    g->c->file[at].skipped = skipped;
}

static const char *what_else(mode_t mode)
{
    if (S_ISLNK(mode))
        return "a link";
    if (S_ISFIFO(mode))
        return "a pipe";
    return S_ISSOCK(mode) ? "a socket" : "a device";
}

static void take_entry(struct collecting *g, int dir, const char *parent, const char *name, unsigned depth)
{
    struct stat st;
    struct arena *a = g->c->arena;
    const char *mended = collect_mend_name(a, name);
    size_t at = g->c->n;
    struct practical_file *f = add(g->c, *parent ? arena_printf(a, "%s/%s", parent, mended) : mended);
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        f->skipped = "cannot be read";
    else if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        f->skipped = what_else(st.st_mode);
    else if (st.st_dev != g->device)
        f->skipped = "on another file system";
    else if (S_ISREG(st.st_mode))
        take_file(g, dir, name, &st, f);
    else
        take_folder(g, dir, name, &st, at, depth + 1);
    mark(&g->c->file[at]);
}

/* Takes over fd. NULL, or why the folder is left out. */
static const char *read_folder(struct collecting *g, int fd, const char *path, unsigned depth)
{
    struct listing l = {0};
    size_t left = g->limits->entries - g->c->n - g->reserved, looked = g->limits->looked_at - g->looked_at;
    const char *skipped = listing_read(&l, fd, left < looked ? left : looked);
    g->looked_at += l.n_seen < looked ? l.n_seen : looked;
    g->reserved += l.n;
    for (size_t i = 0; i < l.n; i++) {
        g->reserved--;
        take_entry(g, l.fd, path, l.name[i], depth);
    }
    listing_release(&l);
    return skipped;
}

static int by_path(const void *a, const void *b)
{
    const struct practical_file *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : memcmp(x->hash, y->hash, sizeof x->hash);
}

static int read_top(struct collecting *g, const char *dir, struct err *e)
{
    struct stat st;
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_sys(e, dir, _("cannot open the folder"));
    if (fstat(fd, &st) < 0) {
        close(fd);
        return err_sys(e, dir, _("cannot open the folder"));
    }
    g->device = st.st_dev;
    const char *skipped = read_folder(g, fd, "", 0);
    if (!skipped)
        return 0;
    if (strcmp(skipped, LISTING_TOO_MANY) != 0)
        return err_set(e, ERR_ENV, dir, _("the folder cannot be read"));
    err_set(e, ERR_DATA, dir, _("more than %zu files and folders"), g->limits->entries);
    return err_hint(e, _("move what does not belong to the work out of the folder"));
}

int collect_folder(struct collected **ret, const char *dir, const struct collect_limits *limits,
                   struct err *e)
{
    struct collected *c = mem_alloc(sizeof *c);
    c->arena = arena_new();
    struct collecting g = {.c = c, .limits = limits ? limits : &collect_default_limits};
    int r = read_top(&g, dir, e);
    if (r < 0) {
        collect_free(c);
        return r;
    }
    if (c->n)
        qsort(c->file, c->n, sizeof *c->file, by_path);
    c->folder = (struct practical_folder){.file = c->file, .n = c->n};
    *ret = c;
    return 0;
}

const struct practical_folder *collect_files(const struct collected *c)
{
    return &c->folder;
}

void collect_rest(const struct collected *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->file[i].mapped)
            madvise((void *)(uintptr_t)c->file[i].bytes.p, c->file[i].bytes.n, MADV_DONTNEED);
}

void collect_free(struct collected *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        if (c->file[i].mapped)
            munmap((void *)(uintptr_t)c->file[i].bytes.p, c->file[i].bytes.n);
    free(c->file);
    arena_free(c->arena);
    free(c);
}
