/* SPDX-License-Identifier: Apache-2.0 */
/* The spill of a journal: a file in memory with the rows that were added last, whether the disk has them or not
 * (docs/formats.md, "Spill"). Its lock is what makes writers of one journal take turns. */
#include "exam-packages/journal-spill.h"

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
    HEAD = 40,              /* magic, generation, epoch, seq before the first row, last seq on the disk */
    MAX_ROW = 1200 << 10,
    MAX_SPILL = 64 << 20,   /* more is not kept: the disk has been gone for a very long time */
    ENOUGH = 256 << 10,     /* a spill of saved rows is emptied beyond this */
    LOCK_WAIT_MS = 5000,
    MAX_ASIDE = 20,
};
static const char magic[] = "KCSPILL1";

struct spill {
    char *path;
    int fd;
    struct bytes file; /* as it was read last */
    uint64_t generation;
    int64_t epoch, base, disk; /* of the head */
    size_t *at;                /* offset of each whole row; row i has seq base + 1 + i */
    size_t n;
    size_t end; /* of the last whole row */
};

static void write_row(const struct journal_stored *row, struct bytes *out)
{
    size_t at = out->n;
    bytes_u32le(out, 0);
    canon_int(out, row->epoch);
    canon_int(out, row->seq);
    canon_int(out, row->at.used_ms);
    canon_int(out, row->at.mono_ms);
    canon_text(out, row->at.boot);
    canon_int(out, row->at.wall_ms);
    canon_int(out, row->kind);
    canon_text(out, row->item);
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

bool journal_spill_row(struct span body, struct arena *a, struct journal_stored *ret)
{
    enum { MAX_ITEM = 100 };
    struct canon_reader r = canon_reader_of(body);
    const char *boot = NULL;
    *ret = (struct journal_stored){0};
    if (!canon_read_int(&r, &ret->epoch) || !canon_read_int(&r, &ret->seq) || !canon_read_int(&r, &ret->at.used_ms) ||
        !canon_read_int(&r, &ret->at.mono_ms) || !canon_read_text(&r, a, sizeof ret->at.boot - 1, &boot) ||
        !canon_read_int(&r, &ret->at.wall_ms) || !canon_read_int(&r, &ret->kind) ||
        !canon_read_text(&r, a, MAX_ITEM, &ret->item) || !canon_read_blob(&r, &ret->payload) ||
        !read_hash(&r, ret->prev) || !read_hash(&r, ret->hash) || !canon_at_end(&r))
        return false;
    memcpy(ret->at.boot, boot, strlen(boot) + 1);
    return ret->payload.n >= SEAL_OVERHEAD && ret->payload.n <= JOURNAL_MAX_PAYLOAD + SEAL_OVERHEAD;
}

static struct span body_at(const struct spill *s, size_t i)
{
    return span_of(s->file.p + s->at[i] + 4, le32(s->file.p + s->at[i]));
}

static bool row_at(const struct spill *s, size_t i, struct arena *a, struct journal_stored *ret)
{
    return journal_spill_row(body_at(s, i), a, ret) && ret->epoch == s->epoch &&
           ret->seq == s->base + 1 + (int64_t)i;
}

static int64_t last_seq(const struct spill *s)
{
    return s->base + (int64_t)s->n;
}

/* ---- the file ---- */

/* What is whole of the file: its head and its rows. False when it is none of ours. */
static bool parse(struct spill *s)
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
    while (s->file.n - s->end > 4) {
        size_t size = le32(p + s->end);
        if (size > MAX_ROW || size > s->file.n - s->end - 4)
            break; /* being written, or its writer was killed */
        s->at = mem_grow(s->at, s->n + 1, sizeof *s->at);
        s->at[s->n++] = s->end;
        s->end += 4 + size;
    }
    return s->base >= 0 && s->disk >= s->base;
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

/* As another program left it. A file that is begun anew while it is read is read again. */
static int look(struct spill *s, struct err *e)
{
    enum { TRIES = 20 };
    if (is_as_read(s))
        return 0;
    for (int i = 0; i < TRIES; i++) {
        int r = load(s, e);
        if (r < 0)
            return r;
        if (parse(s)) {
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

static bool put_head(struct spill *s)
{
    uint8_t head[HEAD];
    memcpy(head, magic, 8);
    put_le64(head + 8, s->generation);
    put_le64(head + 16, (uint64_t)s->epoch);
    put_le64(head + 24, (uint64_t)s->base);
    put_le64(head + 32, (uint64_t)s->disk);
    if (!put_at(s->fd, head, HEAD, 0))
        return false;
    if (s->file.n < HEAD) {
        bytes_clear(&s->file);
        bytes_add(&s->file, head, HEAD);
    }
    memcpy(s->file.p, head, HEAD);
    return true;
}

/* Without rows, after that event, which the disk has. */
static bool begin_anew(struct spill *s, int64_t epoch, int64_t seq)
{
    uint64_t generation = s->generation + 1;
    if (ftruncate(s->fd, 0) < 0)
        return false;
    bytes_clear(&s->file);
    s->generation = generation;
    s->epoch = epoch;
    s->base = s->disk = seq;
    s->n = 0;
    s->end = HEAD;
    return put_head(s);
}

/* The row at the end; false, and nothing of it there, when memory is full. */
static bool add_row(struct spill *s, const struct journal_stored *row)
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

static void take_back_row(struct spill *s)
{
    s->end = s->at[--s->n];
    s->file.n = s->end;
    if (ftruncate(s->fd, (off_t)s->end) < 0)
        s->file.n = 0; /* read it again */
}

static int lock(struct spill *s, struct err *e)
{
    for (int ms = 0; flock(s->fd, LOCK_EX | LOCK_NB) < 0; ms++) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || ms >= LOCK_WAIT_MS)
            return err_sys(e, s->path, _("another program writes into the journal and does not finish"));
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    int r = look(s, e);
    if (r < 0)
        flock(s->fd, LOCK_UN);
    return r;
}

static void unlock(struct spill *s)
{
    flock(s->fd, LOCK_UN);
}

static void spill_free(struct spill *s)
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

void journal_spill_close(struct journal *j)
{
    spill_free(j->spill);
    j->spill = NULL;
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

static int open_spill(struct spill **ret, const char *path, struct err *e)
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

/* ---- with the journal ---- */

int journal_hash_at(struct journal *j, int64_t epoch, int64_t seq, uint8_t ret[32], struct err *e)
{
    struct db_stmt *row = NULL;
    int r = db_query(j->db, &row, e, "SELECT hash FROM event WHERE epoch = ?1 AND seq = ?2", "ii", epoch, seq);
    if (r == 0 && (r = db_step(row, e)) == 1) {
        struct span hash = db_blob(row, 0);
        memset(ret, 0, 32);
        if (hash.n == 32)
            memcpy(ret, hash.p, 32);
    }
    db_done(row);
    return r;
}

static int disk_end(struct journal *j, int64_t epoch, int64_t *ret, struct err *e)
{
    return db_get_int(j->db, ret, 0, e, "SELECT max(seq) FROM event WHERE epoch = ?1", "i", epoch);
}

/* Row i against the disk, whose last event is `end`: 1 it is there, 0 it comes next, ERR_NO it does not fit. */
static int compare(struct journal *j, const struct journal_stored *row, int64_t end, struct err *e)
{
    uint8_t hash[32];
    if (row->seq > end + 1)
        return journal_no(e, JOURNAL_FORKED, j, _("the spill does not continue the journal"));
    if (row->seq == 1 && end == 0)
        return 0;
    const uint8_t *wanted = row->seq <= end ? row->hash : row->prev;
    int r = journal_hash_at(j, row->epoch, row->seq <= end ? row->seq : end, hash, e);
    if (r < 0)
        return r;
    if (memcmp(hash, wanted, sizeof hash) != 0)
        return journal_no(e, JOURNAL_FORKED, j, _("the spill does not continue the journal"));
    return row->seq <= end;
}

/* Whether what a spill left there holds belongs after the disk's last event; then s->disk is right. */
static int fit(struct journal *j, struct spill *s, struct err *e)
{
    int64_t epoch = j->part[j->n - 1].start.epoch, end = 0;
    struct arena *a = arena_new();
    int r = disk_end(j, epoch, &end, e);
    if (r == 0 && s->epoch != epoch && last_seq(s) > s->disk)
        r = journal_no(e, JOURNAL_FORKED, j, _("the spill is of another epoch"));
    if (r == 0 && s->epoch == epoch)
        for (size_t i = 0; r == 0 && i < s->n; i++) {
            struct journal_stored row;
            arena_reset(a);
            r = row_at(s, i, a, &row) ? compare(j, &row, end, e)
                                      : journal_no(e, JOURNAL_FORKED, j, _("the spill is damaged"));
            if (r == 0)
                break;
            r = r < 0 ? r : 0;
        }
    arena_free(a);
    if (r < 0)
        return r;
    if (s->epoch != epoch || last_seq(s) < end)
        return begin_anew(s, epoch, end) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
    s->disk = end;
    return put_head(s) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
}

static int move_aside(const char *path, struct err *e)
{
    for (int i = 0; i < MAX_ASIDE; i++) {
        char *to = i ? mem_printf("%s.old%d", path, i) : mem_printf("%s.old", path);
        bool there = file_exists(to);
        int r = there ? 0 : rename(path, to);
        free(to);
        if (!there)
            return r == 0 ? 0 : err_sys(e, path, _("cannot write the spill"));
    }
    return err_set(e, ERR_ENV, path, _("too many spills were moved aside"));
}

static bool is_empty(const struct spill *s)
{
    struct stat st;
    return fstat(s->fd, &st) == 0 && st.st_size == 0;
}

/* Of two programs that find it new, one begins it. */
static int begin_if_new(struct journal *j, struct spill *s, struct err *e)
{
    int64_t end = 0, epoch = j->part[j->n - 1].start.epoch;
    if (!is_empty(s))
        return 0;
    if (flock(s->fd, LOCK_EX) < 0)
        return err_sys(e, s->path, _("cannot write the spill"));
    int r = disk_end(j, epoch, &end, e);
    if (r == 0 && is_empty(s) && !begin_anew(s, epoch, end))
        r = err_sys(e, s->path, _("cannot write the spill"));
    unlock(s);
    return r;
}

static int attach(struct journal *j, const char *path, struct err *e)
{
    struct spill *s = NULL;
    int r = open_spill(&s, path, e);
    if (r < 0)
        return r;
    if ((r = begin_if_new(j, s, e)) == 0 && (r = lock(s, e)) == 0) {
        r = fit(j, s, e);
        unlock(s);
    }
    if (r < 0)
        spill_free(s);
    else
        j->spill = s;
    return r;
}

int journal_spill_to(struct journal *j, const char *path, bool *ret_misfit, struct err *e)
{
    struct err why = {0};
    if (ret_misfit)
        *ret_misfit = false;
    if (j->spill || j->part[j->n - 1].has_seal)
        return 0;
    int r = attach(j, path, &why);
    if (r == -ERR_NO || r == -ERR_DATA) {
        if (ret_misfit)
            *ret_misfit = true;
        r = move_aside(path, &why);
        if (r == 0)
            r = attach(j, path, &why);
    }
    if (r < 0 && e)
        *e = why;
    return r;
}

int64_t journal_spilled(const struct journal *j)
{
    return j->spill ? last_seq(j->spill) - j->spill->disk : 0;
}

int journal_spill_look(struct journal *j, struct err *e)
{
    return j->spill ? look(j->spill, e) : 0;
}

int journal_spill_after(struct journal *j, int64_t epoch, int64_t after, size_t max, journal_stored_fn *each,
                        void *context, struct err *e)
{
    struct spill *s = j->spill;
    struct arena *a = arena_new();
    int r = 0;
    if (s && s->epoch == epoch && after >= s->base)
        for (size_t i = (size_t)(after - s->base); r == 0 && i < s->n && max > 0; i++, max--) {
            struct journal_stored row;
            arena_reset(a);
            r = row_at(s, i, a, &row) ? each(context, &row, e) : err_set(e, ERR_DATA, s->path, _("the spill is damaged"));
        }
    arena_free(a);
    return r;
}

bool journal_spill_knows(const struct journal *j, int64_t epoch, int64_t seq)
{
    return j->spill && j->spill->epoch == epoch && j->spill->base <= seq && seq <= last_seq(j->spill);
}

/* A disk that is gone may look like a damaged file. */
bool journal_disk_is_needless(struct journal *j, int r, int64_t epoch, int64_t seq, const struct err *e)
{
    bool failed = r == -ERR_ENV || (r == -ERR_DATA && e->code != JOURNAL_BROKEN);
    return failed && j->spill && journal_spill_look(j, NULL) == 0 && journal_spill_knows(j, epoch, seq);
}

/* ---- writing ---- */

int journal_spill_begin(struct journal *j, bool *ret_disk_first, struct err *e)
{
    struct spill *s = j->spill;
    int64_t epoch = j->part[j->n - 1].start.epoch;
    int r = lock(s, e);
    if (r < 0)
        return r;
    int64_t last = last_seq(s), unsaved = last - s->disk;
    if (s->epoch == epoch && last < j->seq && unsaved == 0) /* it was written without the spill */
        r = begin_anew(s, epoch, j->seq) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
    else if (s->epoch != epoch && unsaved == 0)
        r = begin_anew(s, epoch, j->seq) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
    else if (last != j->seq || s->epoch != epoch)
        r = journal_moved(j, e);
    *ret_disk_first = unsaved == 0;
    if (r < 0)
        unlock(s);
    return r;
}

bool journal_spill_add(struct journal *j, const struct journal_stored *row)
{
    struct spill *s = j->spill;
    if (s->disk == last_seq(s) && s->end > ENOUGH && !begin_anew(s, row->epoch, row->seq - 1))
        return false;
    return add_row(s, row);
}

void journal_spill_end(struct journal *j, enum journal_spill_end how)
{
    struct spill *s = j->spill;
    if (how == JOURNAL_ROW_SAVED) {
        s->disk = last_seq(s);
        put_head(s);
    } else if (how == JOURNAL_ROW_REFUSED) {
        take_back_row(s);
    }
    unlock(s);
}

/* ---- back to the disk ---- */

static int move_rows(struct journal *j, struct spill *s, struct err *e)
{
    struct arena *a = arena_new();
    int64_t end = 0;
    int r = disk_end(j, s->epoch, &end, e);
    for (size_t i = (size_t)(s->disk - s->base); r == 0 && i < s->n; i++) {
        struct journal_stored row;
        arena_reset(a);
        if (!row_at(s, i, a, &row))
            r = err_set(e, ERR_DATA, s->path, _("the spill is damaged"));
        else if ((r = compare(j, &row, end, e)) == 0 && (r = journal_row_insert(j, &row, e)) == 0)
            end = row.seq;
        r = r == 1 ? 0 : r;
    }
    arena_free(a);
    return r;
}

static int move_all(struct journal *j, struct spill *s, struct err *e)
{
    int r = db_begin(j->db, e);
    if (r < 0)
        return r;
    if ((r = move_rows(j, s, e)) == 0)
        r = db_commit(j->db, e);
    if (r < 0)
        db_rollback(j->db);
    return r;
}

/* The same journal again, where the disk was away. */
static int open_anew(struct journal *j, struct err *e)
{
    struct db *db = NULL;
    int r = db_open(&db, j->name, DB_WRITE, j->vfs, e);
    if (r == 0) {
        db_keep_wal(db, true);
        r = journal_check_shape(db, e);
    }
    if (r < 0) {
        db_close(db);
        return r;
    }
    db_keep_wal(j->db, true);
    db_close(j->db);
    j->db = db;
    return 0;
}

static int put_waiting_seals(struct journal *j, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < j->n; i++)
        if (j->part[i].seal_waits)
            r = journal_put_seal(j, &j->part[i].seal, e);
    return r;
}

int journal_unspill(struct journal *j, struct err *e)
{
    struct spill *s = j->spill;
    if (!s)
        return 0;
    int r = lock(s, e);
    if (r < 0)
        return r;
    if (last_seq(s) > s->disk) {
        if (((r = move_all(j, s, e)) == -ERR_ENV || r == -ERR_DATA) && open_anew(j, NULL) == 0)
            r = move_all(j, s, e);
        if (r == 0) {
            s->disk = last_seq(s);
            put_head(s);
        }
    }
    unlock(s);
    r = r == 0 ? put_waiting_seals(j, e) : r;
    return r > 0 || r == -ERR_DATA ? -ERR_ENV : r;
}

void journal_spill_remove(struct journal *j)
{
    struct spill *s = j->spill;
    if (!s || journal_spilled(j))
        return;
    char *slash = strrchr(s->path, '/');
    unlink(s->path);
    if (slash) {
        *slash = '\0';
        rmdir(s->path);
    }
    journal_spill_close(j);
}
