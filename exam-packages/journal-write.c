/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

int journal_epoch_insert(struct db *db, const struct journal_epoch *s, struct err *e)
{
    return db_run(db, e, "INSERT INTO epoch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", "itttbbiibb",
                  s->epoch, s->session, s->ticket, s->form, span_of(s->package, sizeof s->package),
                  span_of(s->station, sizeof s->station), s->fork_epoch, s->fork_seq,
                  span_of(s->fork_hash, sizeof s->fork_hash), s->j_age);
}

static int write_new(const char *path, const struct journal_epoch *start, const char *vfs, struct err *e)
{
    struct db *db = NULL;
    int r = db_open(&db, path, DB_CREATE, vfs, e);
    if (r < 0)
        return r;
    r = db_prepare_store(db, JOURNAL_APPLICATION_ID, JOURNAL_VERSION, journal_sql, e);
    if (r == 0)
        r = journal_epoch_insert(db, start, e);
    if (r == 0)
        r = db_checkpoint(db, e);
    db_close(db);
    return r;
}

static int put_in_place(const char *from, const char *path, struct err *e)
{
    const char *slash = strrchr(path, '/');
    /* never over a journal that could not be seen a moment ago; a file system without this flag says EINVAL */
    if (renameat2(AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) < 0 &&
        (errno != EINVAL || rename(from, path) < 0))
        return err_sys(e, path, _("cannot create the journal"));
    char *dir = slash ? mem_printf("%.*s", (int)(slash - path), path) : mem_strdup(".");
    int r = file_sync_dir(dir, e);
    free(dir);
    return r;
}

/* Also its -wal alone, which holds answers: SQLite would play it into whatever file is put beside it. */
static bool is_begun(const char *path)
{
    char *wal = mem_printf("%s-wal", path);
    struct stat st;
    bool begun = file_exists(path) || (stat(wal, &st) == 0 && st.st_size > 0);
    free(wal);
    return begun;
}

int journal_create(const char *path, const struct journal_epoch *start, const char *vfs, struct err *e)
{
    static const char *const leftover[] = {"", "-wal", "-shm"};
    if (is_begun(path)) {
        err_set(e, ERR_ENV, path, _("this sitting has a journal already"));
        if (e)
            e->code = EEXIST;
        return -ERR_ENV;
    }
    char *fresh = mem_printf("%s.new", path);
    for (int i = 0; i < 3; i++) {
        char *old = mem_printf("%s%s", fresh, leftover[i]);
        unlink(old);
        free(old);
    }
    int r = write_new(fresh, start, vfs, e);
    if (r == 0)
        r = put_in_place(fresh, path, e);
    free(fresh);
    return r;
}

int journal_moved(struct journal *j, struct err *e)
{
    return journal_no(e, JOURNAL_MOVED, j, _("another program has written into the journal meanwhile"));
}

/* Inside the transaction: the last event is still the one that was read last. */
static int check_head(struct journal *j, struct err *e)
{
    int64_t epoch = 0, seq = 0;
    int r = db_get_int(j->db, &epoch, 0, e, "SELECT max(epoch) FROM epoch", "");
    if (r == 0)
        r = db_get_int(j->db, &seq, 0, e, "SELECT max(seq) FROM event WHERE epoch = ?1", "i", epoch);
    if (r == 0 && (epoch != j->part[j->n - 1].start.epoch || j->at != j->n - 1 || !j->begun || seq != j->seq))
        r = journal_moved(j, e);
    return r;
}

int journal_row_insert(struct journal *j, const struct journal_stored *row, struct err *e)
{
    return db_run(j->db, e, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                  "iiiitiitbbb", row->epoch, row->seq, row->at.used_ms, row->at.mono_ms, row->at.boot,
                  row->at.wall_ms, row->kind, row->item, row->payload, span_of(row->prev, sizeof row->prev),
                  span_of(row->hash, sizeof row->hash));
}

/* What was read and verified is not damaged by adding to it: a disk that is gone looks so to SQLite, and may
 * come back. */
static int disk_failed(const struct journal *j, struct err *e)
{
    int code = e ? e->code : 0;
    err_set(e, ERR_ENV, j->name, _("cannot read or write the database"));
    if (e)
        e->code = code;
    return err_hint(e, _("check that the file is there and may be written"));
}

/* A new row for the place after the last one that was read. */
static void make_row(struct journal *j, struct journal_stored *row, struct span payload, struct bytes *sealed)
{
    struct journal_part *p = &j->part[j->n - 1];
    row->epoch = p->start.epoch;
    row->seq = j->seq + 1;
    memcpy(row->prev, j->hash, sizeof row->prev);
    journal_row_seal(journal_part_keys(p), &p->start, row, payload, sealed);
    row->payload = bytes_span(sealed);
    journal_row_hash(journal_part_keys(p), row, row->hash);
}

/* Inside the transaction of write_row: the turn is this journal's. With a spill the row is there first. */
static int insert_checked(struct journal *j, const struct journal_stored *row, bool *ret_added, struct err *e)
{
    int r = check_head(j, e);
    if (r == 0 && j->spill)
        *ret_added = journal_spill_add(j, row);
    if (r == 0)
        r = journal_row_insert(j, row, e);
    return r == 0 ? db_commit(j->db, e) : r;
}

static int write_row(struct journal *j, const struct journal_stored *row, bool *ret_added, struct err *e)
{
    int r = db_begin(j->db, e);
    if (r < 0)
        return r == -ERR_DATA ? disk_failed(j, e) : r;
    if ((r = insert_checked(j, row, ret_added, e)) < 0)
        db_rollback(j->db);
    return r == -ERR_DATA ? disk_failed(j, e) : r;
}

/* With a spill: to the disk, or else it stays in the spill. */
static int write_or_spill(struct journal *j, const struct journal_stored *row, bool disk_first, struct err *e)
{
    enum journal_spill_end end = JOURNAL_NO_ROW;
    bool added = false;
    int r = disk_first ? write_row(j, row, &added, e)
                       : err_set(e, ERR_ENV, j->name,
                                 _("this machine cannot write the answers to its disk at present"));
    if (r == -ERR_ENV && !added)
        added = journal_spill_add(j, row);
    if (added)
        end = r == 0 ? JOURNAL_ROW_SAVED : r == -ERR_ENV ? JOURNAL_ROW_SPILLED : JOURNAL_ROW_REFUSED;
    journal_spill_end(j, end);
    return end == JOURNAL_ROW_SPILLED ? 1 : r;
}

int journal_append(struct journal *j, const struct journal_clock *at, enum journal_kind kind,
                   const char *item, struct span payload, struct err *e)
{
    struct journal_stored row = {.at = *at, .kind = kind, .item = item};
    struct bytes sealed = {0};
    bool disk_first = true, added = false;
    if (payload.n > JOURNAL_MAX_PAYLOAD)
        return err_set(e, ERR_DATA, j->name, _("an answer of %zu bytes is too long"), payload.n);
    if (!j->begun || j->at != j->n - 1)
        return journal_moved(j, e);
    int r = j->spill ? journal_spill_begin(j, &disk_first, e) : 0;
    if (r < 0)
        return r;
    make_row(j, &row, payload, &sealed);
    r = j->spill ? write_or_spill(j, &row, disk_first, e) : write_row(j, &row, &added, e);
    if (r >= 0) {
        j->seq = row.seq;
        memcpy(j->hash, row.hash, sizeof j->hash);
    }
    bytes_release(&sealed);
    return r;
}

static int insert_begun(struct journal *j, const struct journal_epoch *start,
                        const struct journal_stored *first, struct err *e)
{
    int r = db_begin(j->db, e);
    if (r < 0)
        return r;
    if ((r = journal_load(j, e)) == 0 && journal_find_part(j, start->epoch))
        r = journal_moved(j, e);
    if (r == 0 && (r = journal_check_fork(j, start, e)) == 0 && (r = journal_check_start(j, start, e)) == 0 &&
        (r = journal_epoch_insert(j->db, start, e)) == 0 && (r = journal_row_insert(j, first, e)) == 0)
        r = db_commit(j->db, e);
    if (r < 0)
        db_rollback(j->db);
    return r;
}

int journal_begin_epoch(struct journal *j, const struct journal_epoch *start, const struct age_identity *id,
                        const struct journal_clock *at, struct span payload, struct err *e)
{
    struct journal_stored row = {
        .epoch = start->epoch, .seq = 1, .at = *at, .kind = JOURNAL_RESEAT, .item = ""};
    struct secret keys = {0};
    struct bytes sealed = {0};
    if (journal_spilled(j))
        return err_set(e, ERR_ENV, j->name, _("what was answered is not on this disk yet"));
    int r = journal_start_keys(j, start, id, 1, &keys, e);
    if (r == 0) {
        const struct journal_keys *k = (const struct journal_keys *)keys.p;
        journal_start_hash(k, start, row.prev);
        journal_row_seal(k, start, &row, payload, &sealed);
        row.payload = bytes_span(&sealed);
        journal_row_hash(k, &row, row.hash);
        r = insert_begun(j, start, &row, e);
    }
    if (r == 0) {
        journal_rewind(j);
        r = journal_load(j, e);
    }
    if (r == 0) {
        struct journal_part *p = journal_find_part(j, start->epoch);
        p->keys = keys;
        keys = (struct secret){0};
    }
    secret_free(&keys);
    bytes_release(&sealed);
    return r;
}

int journal_tick(struct journal *j, const struct journal_clock *at, struct err *e)
{
    int r = db_run(j->db, e, "INSERT OR REPLACE INTO tick VALUES (1, ?1, ?2, ?3, ?4, ?5)", "iiiti",
                   j->part[j->n - 1].start.epoch, at->used_ms, at->mono_ms, at->boot, at->wall_ms);
    return r == -ERR_DATA ? disk_failed(j, e) : r;
}

static struct span not_null(struct span s)
{
    return s.p ? s : span_str("");
}

static int write_seal(struct journal *j, const struct journal_seal *s, struct err *e)
{
    return db_run(j->db, e, "INSERT OR REPLACE INTO seal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", "iibbbbbb",
                  s->epoch, s->seq, span_of(s->head, sizeof s->head), not_null(s->signature),
                  not_null(s->certificate), not_null(s->certificate_signature), not_null(s->issuer),
                  not_null(s->issuer_signature));
}

static struct span keep(struct journal *j, struct span s)
{
    return s.n ? span_of(arena_copy(j->arena, s.p, s.n), s.n) : (struct span){0};
}

/* The seal that the disk does not take now. */
static void keep_seal(struct journal *j, const struct journal_seal *s)
{
    struct journal_part *p = journal_find_part(j, s->epoch);
    if (!p || p->seal_waits)
        return;
    p->seal = *s;
    p->seal.signature = keep(j, s->signature);
    p->seal.certificate = keep(j, s->certificate);
    p->seal.certificate_signature = keep(j, s->certificate_signature);
    p->seal.issuer = keep(j, s->issuer);
    p->seal.issuer_signature = keep(j, s->issuer_signature);
    p->has_seal = p->seal_waits = true;
}

int journal_put_seal(struct journal *j, const struct journal_seal *s, struct err *e)
{
    struct journal_part *p = journal_find_part(j, s->epoch);
    int r = journal_spilled(j)
                ? err_set(e, ERR_ENV, j->name, _("the end of the sitting is not on this disk yet"))
                : write_seal(j, s, e);
    if ((r == -ERR_ENV || r == -ERR_DATA) && j->spill) {
        keep_seal(j, s);
        return 1;
    }
    if (r < 0)
        return r;
    if (p)
        p->seal_waits = false;
    if (s->epoch != j->part[j->n - 1].start.epoch)
        return journal_load(j, e);
    db_keep_wal(j->db, false);
    if (db_checkpoint(j->db, NULL) < 0) /* the -wal stays a little longer; nothing depends on it */
        db_keep_wal(j->db, true);
    journal_spill_remove(j);
    return journal_load(j, e);
}

int journal_copy(struct journal *j, const char *path, struct err *e)
{
    return db_backup(j->db, path, e);
}
