/* SPDX-License-Identifier: Apache-2.0 */
/* The file of a spill: its head, its rows, and the lock. */
#include "exam-packages/journal-spill-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/canon.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-internal.h"

enum {
    HEAD = 72, /* magic, generation, epoch, seq before the first row, last seq on the disk, which start */
    MAX_ROW = 1200 << 10,
    MAX_SPILL = 64 << 20, /* more is not kept: the disk has been gone for a very long time */
    LOCK_WAIT_MS = 5000,
};
static const char magic[] = "KCSPILL1";

static void write_row(const struct journal_stored *row, struct bytes *out)
{
    size_t at = out->n;
    bytes_u32le(out, 0);
    journal_row_columns(row, out);
    canon_blob(out, row->payload);
    canon_blob(out, span_of(row->prev, sizeof row->prev));
    canon_blob(out, span_of(row->hash, sizeof row->hash));
    put_le32(out->p + at, (uint32_t)(out->n - at - 4));
}

static bool read_hash(struct canon_reader *r, uint8_t ret[32])
{
    struct span hash;
    if (!canon_read_blob(r, &hash) || hash.n != 32)
        return false;
    memcpy(ret, hash.p, 32);
    return true;
}

static bool read_row(struct span body, struct arena *a, struct journal_stored *ret)
{
    enum { MAX_ITEM = 100 };
    struct canon_reader r = canon_reader_of(body);
    const char *boot = NULL;
    *ret = (struct journal_stored){0};
    if (!canon_read_int(&r, &ret->epoch) || !canon_read_int(&r, &ret->seq) ||
        !canon_read_int(&r, &ret->at.used_ms) || !canon_read_int(&r, &ret->at.mono_ms) ||
        !canon_read_text(&r, a, sizeof ret->at.boot - 1, &boot) || !canon_read_int(&r, &ret->at.wall_ms) ||
        !canon_read_int(&r, &ret->kind) || !canon_read_text(&r, a, MAX_ITEM, &ret->item) ||
        !canon_read_blob(&r, &ret->payload) || !read_hash(&r, ret->prev) || !read_hash(&r, ret->hash) ||
        !canon_at_end(&r))
        return false;
    memcpy(ret->at.boot, boot, strlen(boot) + 1);
    return ret->payload.n >= SEAL_OVERHEAD && ret->payload.n <= JOURNAL_MAX_PAYLOAD + SEAL_OVERHEAD;
}

static struct span body_at(const struct spill *s, size_t i)
{
    return span_of(s->file.p + s->at[i] + 4, le32(s->file.p + s->at[i]));
}

bool spill_row(const struct spill *s, size_t i, struct arena *a, struct journal_stored *ret)
{
    return read_row(body_at(s, i), a, ret) && ret->epoch == s->epoch && ret->seq == s->base + 1 + (int64_t)i;
}

int64_t spill_last(const struct spill *s)
{
    return s->base + (int64_t)s->n;
}

/* ---- the file ---- */

bool spill_parse(struct spill *s)
{
    const uint8_t *p = s->file.p;
    s->n = 0;
    s->end = HEAD;
    if (s->file.n < HEAD || memcmp(p, magic, 8) != 0)
        return false;
    s->generation = le64(p + 8);
    s->epoch = (int64_t)le64(p + 16);
    s->base = (int64_t)le64(p + 24);
    s->disk = (int64_t)le64(p + 32);
    memcpy(s->start, p + 40, sizeof s->start);
    while (s->file.n - s->end > 4) {
        size_t size = le32(p + s->end);
        if (size > MAX_ROW || size > s->file.n - s->end - 4)
            break; /* being written, or its writer was killed */
        s->at = mem_grow(s->at, s->n + 1, sizeof *s->at);
        s->at[s->n++] = s->end;
        s->end += 4 + size;
    }
    return s->base >= 0 && s->base <= JOURNAL_MAX_EVENTS && s->disk >= s->base &&
           s->disk - s->base <= (int64_t)s->n;
}

static int load(struct spill *s, struct err *e)
{
    struct stat st;
    if (fstat(s->fd, &st) < 0)
        return err_sys(e, s->path, _("cannot read the spill"));
    if (st.st_size > MAX_SPILL + MAX_ROW)
        return err_set(e, ERR_DATA, s->path, _("the spill is too large"));
    bytes_clear(&s->file);
    static const uint8_t zero[4096];
    while (s->file.n < (size_t)st.st_size)
        bytes_add(&s->file, zero, sizeof zero);
    ssize_t n = st.st_size ? pread(s->fd, s->file.p, (size_t)st.st_size, 0) : 0;
    if (n < 0)
        return err_sys(e, s->path, _("cannot read the spill"));
    s->file.n = (size_t)n;
    return 0;
}

static bool is_as_read(const struct spill *s)
{
    uint8_t head[HEAD];
    struct stat st;
    return s->file.n >= HEAD && fstat(s->fd, &st) == 0 && (size_t)st.st_size == s->file.n &&
           pread(s->fd, head, HEAD, 0) == HEAD && memcmp(head, s->file.p, HEAD) == 0;
}

int spill_look(struct spill *s, struct err *e)
{
    enum { TRIES = 20 };
    if (is_as_read(s))
        return 0;
    for (int i = 0; i < TRIES; i++) {
        int r = load(s, e);
        if (r < 0)
            return r;
        if (spill_parse(s)) {
            uint8_t head[16];
            if (pread(s->fd, head, 16, 0) == 16 && le64(head + 8) == s->generation)
                return 0;
        } else if (i + 1 < TRIES) {
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        }
    }
    return err_set(e, ERR_DATA, s->path, _("the spill is damaged"));
}

static bool put_at(int fd, const void *p, size_t n, size_t at)
{
    ssize_t done = pwrite(fd, p, n, (off_t)at);
    return done == (ssize_t)n;
}

bool spill_put_head(struct spill *s)
{
    uint8_t head[HEAD];
    memcpy(head, magic, 8);
    put_le64(head + 8, s->generation);
    put_le64(head + 16, (uint64_t)s->epoch);
    put_le64(head + 24, (uint64_t)s->base);
    put_le64(head + 32, (uint64_t)s->disk);
    memcpy(head + 40, s->start, sizeof s->start);
    if (!put_at(s->fd, head, HEAD, 0))
        return false;
    if (s->file.n < HEAD) {
        bytes_clear(&s->file);
        bytes_add(&s->file, head, HEAD);
    }
    memcpy(s->file.p, head, HEAD);
    return true;
}

bool spill_begin_anew(struct spill *s, int64_t epoch, const uint8_t start[32], int64_t seq)
{
    uint64_t generation = s->generation + 1;
    if (ftruncate(s->fd, 0) < 0)
        return false;
    bytes_clear(&s->file);
    s->generation = generation;
    s->epoch = epoch;
    memcpy(s->start, start, sizeof s->start);
    s->base = s->disk = seq;
    s->n = 0;
    s->end = HEAD;
    return spill_put_head(s);
}

bool spill_add(struct spill *s, const struct journal_stored *row)
{
    struct bytes out = {0};
    write_row(row, &out);
    bool fits = s->end + out.n <= MAX_SPILL && ftruncate(s->fd, (off_t)s->end) == 0 &&
                put_at(s->fd, out.p, out.n, s->end);
    if (fits) {
        s->file.n = s->end;
        bytes_add(&s->file, out.p, out.n);
        s->at = mem_grow(s->at, s->n + 1, sizeof *s->at);
        s->at[s->n++] = s->end;
        s->end = s->file.n;
    } else if (ftruncate(s->fd, (off_t)s->end) < 0) {
        fits = false; /* the next writer cuts it off */
    }
    bytes_release(&out);
    return fits;
}

void spill_take_back(struct spill *s)
{
    s->end = s->at[--s->n];
    s->file.n = s->end;
    if (ftruncate(s->fd, (off_t)s->end) < 0)
        s->file.n = 0; /* read it again */
}

int spill_lock(struct spill *s, struct err *e)
{
    for (int ms = 0; flock(s->fd, LOCK_EX | LOCK_NB) < 0; ms++) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || ms >= LOCK_WAIT_MS)
            return err_sys(e, s->path, _("another program writes into the journal and does not finish"));
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    int r = spill_look(s, e);
    if (r < 0)
        flock(s->fd, LOCK_UN);
    return r;
}

bool spill_try_lock(struct spill *s)
{
    return flock(s->fd, LOCK_EX | LOCK_NB) == 0;
}

void spill_unlock(struct spill *s)
{
    flock(s->fd, LOCK_UN);
}

void spill_free(struct spill *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    bytes_release(&s->file);
    free(s->at);
    free(s->path);
    free(s);
}

/* ---- where it is ---- */

char *journal_spill_path(const char *journal_path)
{
    uint8_t hash[32];
    char hex[65], *full = realpath(journal_path, NULL);
    char *folder = mem_strdup(full ? full : journal_path), *slash = strrchr(folder, '/');
    const char *base = path_base(journal_path), *dot = strrchr(base, '.');
    if (slash)
        *slash = '\0';
    blake2b_256(hash, span_str(folder));
    hex_encode(hex, hash, 16);
    char *path = mem_printf("/dev/shm/kaochang-%u/%s/%.*s.spill", (unsigned)geteuid(), hex,
                            (int)(dot ? dot - base : (ptrdiff_t)strlen(base)), base);
    free(folder);
    free(full);
    return path;
}

/* Ours alone: /dev/shm is everybody's. */
static int check_folder(const char *folder, struct err *e)
{
    struct stat st;
    if (lstat(folder, &st) < 0)
        return err_sys(e, folder, _("cannot make the spill"));
    if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid() || (st.st_mode & 022))
        return err_set(e, ERR_ENV, folder, _("this folder belongs to somebody else"));
    return 0;
}

static int make_folder(const char *path, struct err *e)
{
    char *folder = mem_strdup(path), *slash = strrchr(folder, '/');
    int r = 0;
    if (slash) {
        *slash = '\0';
        r = file_mkdirs(folder, true, e);
        if (r == 0)
            r = check_folder(folder, e);
        char *above = strrchr(folder, '/');
        if (r == 0 && above && strncmp(folder, "/dev/shm/", 9) == 0) {
            *above = '\0';
            r = check_folder(folder, e);
        }
    }
    free(folder);
    return r;
}

int spill_open(struct spill **ret, const char *path, struct err *e)
{
    int r = make_folder(path, e);
    if (r < 0)
        return r;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_sys(e, path, _("cannot make the spill"));
    struct spill *s = mem_alloc(sizeof *s);
    *s = (struct spill){.path = mem_strdup(path), .fd = fd, .end = HEAD};
    *ret = s;
    return 0;
}
