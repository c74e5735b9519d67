/* SPDX-License-Identifier: Apache-2.0 */
/* The spill of a journal: a file in memory with the rows that were added last, whether the disk has them or
 * not (docs/formats.md, "Spill"). Its lock is what makes writers of one journal take turns. */
#include "exam-packages/journal-spill.h"

#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/canon.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/journal-internal.h"
#include "exam-packages/journal-spill-file.h"

enum {
    ENOUGH = 256 << 10, /* a spill of saved rows is emptied beyond this */
    MAX_ASIDE = 20,
    ROOM_FOR_FILES = 32 << 20, /* the rest of a spill is for answers */
};

static void hash_start(const struct journal *j, uint8_t ret[32])
{
    const struct journal_epoch *start = &j->part[j->n - 1].start;
    struct bytes body = {0};
    canon_int(&body, start->epoch);
    canon_blob(&body, span_of(start->station, sizeof start->station));
    canon_blob(&body, start->j_age);
    blake2b_256(ret, bytes_span(&body));
    bytes_release(&body);
}

static bool is_of(const struct spill *s, const struct journal *j)
{
    uint8_t start[32];
    hash_start(j, start);
    return s->epoch == j->part[j->n - 1].start.epoch && memcmp(s->start, start, sizeof start) == 0;
}

/* Without rows, after that event of the newest epoch, which the disk has. */
static bool begin_anew(struct spill *s, const struct journal *j, int64_t seq)
{
    uint8_t start[32];
    hash_start(j, start);
    return spill_begin_anew(s, j->part[j->n - 1].start.epoch, start, seq);
}

void journal_spill_close(struct journal *j)
{
    spill_free(j->spill);
    j->spill = NULL;
}

int journal_hash_at(struct journal *j, int64_t epoch, int64_t seq, uint8_t ret[32], struct err *e)
{
    struct db_stmt *row = NULL;
    int r =
        db_query(j->db, &row, e, "SELECT hash FROM event WHERE epoch = ?1 AND seq = ?2", "ii", epoch, seq);
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

/* Row i against the disk, whose last event is `end`: 1 it is there, 0 it comes next, ERR_NO it does not fit.
 */
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
    if (r == 0 && !is_of(s, j) && spill_last(s) > s->disk)
        r = journal_no(e, JOURNAL_FORKED, j, _("the spill is of another epoch"));
    if (r == 0 && is_of(s, j))
        for (size_t i = 0; r == 0 && i < s->n; i++) {
            struct journal_stored row;
            arena_reset(a);
            r = spill_row(s, i, a, &row) ? compare(j, &row, end, e)
                                         : journal_no(e, JOURNAL_FORKED, j, _("the spill is damaged"));
            if (r == 0)
                break;
            r = r < 0 ? r : 0;
        }
    arena_free(a);
    if (r < 0)
        return r;
    if (!is_of(s, j) || spill_last(s) < end)
        return begin_anew(s, j, end) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
    s->disk = end;
    return spill_put_head(s) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
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
    if (r == 0 && is_empty(s) && !begin_anew(s, j, end))
        r = err_sys(e, s->path, _("cannot write the spill"));
    spill_unlock(s);
    return r;
}

static int attach(struct journal *j, const char *path, struct err *e)
{
    struct spill *s = NULL;
    int r = spill_open(&s, path, e);
    if (r < 0)
        return r;
    if ((r = begin_if_new(j, s, e)) == 0 && (r = spill_lock(s, e)) == 0) {
        r = fit(j, s, e);
        spill_unlock(s);
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
    return j->spill ? spill_last(j->spill) - j->spill->disk : 0;
}

bool journal_spill_stays(struct journal *j)
{
    if (journal_spilled(j) == 0)
        return false;
    if (!spill_try_lock(j->spill)) /* who writes has it */
        return false;
    bool known = spill_look(j->spill, NULL) == 0;
    spill_unlock(j->spill);
    return !known || journal_spilled(j) > 0;
}

int journal_spill_look(struct journal *j, struct err *e)
{
    return j->spill ? spill_look(j->spill, e) : 0;
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
            r = spill_row(s, i, a, &row) ? each(context, &row, e)
                                         : err_set(e, ERR_DATA, s->path, _("the spill is damaged"));
        }
    arena_free(a);
    return r;
}

bool journal_spill_last(const struct journal *j, int64_t epoch, int64_t *ret_seq, uint8_t ret_hash[32])
{
    const struct spill *s = j->spill;
    struct journal_stored row;
    if (!s || s->n == 0 || s->epoch != epoch)
        return false;
    struct arena *a = arena_new();
    bool there = spill_row(s, s->n - 1, a, &row);
    arena_free(a);
    if (!there)
        return false;
    *ret_seq = row.seq;
    memcpy(ret_hash, row.hash, 32);
    return true;
}

bool journal_spill_knows(const struct journal *j, int64_t epoch, int64_t seq)
{
    return j->spill && j->spill->epoch == epoch && j->spill->base <= seq && seq <= spill_last(j->spill);
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
    int r = spill_lock(s, e);
    if (r < 0)
        return r;
    int64_t last = spill_last(s), unsaved = last - s->disk;
    bool own = is_of(s, j);
    if (unsaved == 0 && (!own || last < j->seq)) /* it was written without the spill */
        r = begin_anew(s, j, j->seq) ? 0 : err_sys(e, s->path, _("cannot write the spill"));
    else if (!own || last != j->seq)
        r = journal_moved(j, e);
    *ret_disk_first = unsaved == 0;
    if (r < 0)
        spill_unlock(s);
    return r;
}

bool journal_spill_add(struct journal *j, const struct journal_stored *row)
{
    struct spill *s = j->spill;
    if (row->kind == JOURNAL_FILE && s->disk < spill_last(s) && s->end > ROOM_FOR_FILES)
        return false;
    if (s->disk == spill_last(s) && s->end > ENOUGH && !begin_anew(s, j, row->seq - 1))
        return false;
    return spill_add(s, row);
}

void journal_spill_end(struct journal *j, enum journal_spill_end how)
{
    struct spill *s = j->spill;
    if (how == JOURNAL_ROW_SAVED) {
        s->disk = spill_last(s);
        spill_put_head(s);
    } else if (how == JOURNAL_ROW_REFUSED) {
        spill_take_back(s);
    }
    spill_unlock(s);
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
        if (!spill_row(s, i, a, &row))
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
    int r = spill_lock(s, e);
    if (r < 0)
        return r;
    if (spill_last(s) > s->disk) {
        if (((r = move_all(j, s, e)) == -ERR_ENV || r == -ERR_DATA) && open_anew(j, NULL) == 0)
            r = move_all(j, s, e);
        if (r == 0) {
            s->disk = spill_last(s);
            spill_put_head(s);
        }
    }
    spill_unlock(s);
    r = r == 0 ? put_waiting_seals(j, e) : r;
    return r > 0 || r == -ERR_DATA ? -ERR_ENV : r;
}

static void remove_file(char *path)
{
    char *slash = strrchr(path, '/');
    unlink(path);
    if (slash) {
        *slash = '\0';
        rmdir(path);
    }
}

void journal_spill_remove(struct journal *j)
{
    if (!j->spill || journal_spilled(j))
        return;
    remove_file(j->spill->path);
    journal_spill_close(j);
}

void journal_spill_forget(const char *journal_path)
{
    char *path = journal_spill_path(journal_path);
    remove_file(path);
    free(path);
}
