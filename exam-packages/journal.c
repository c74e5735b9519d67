/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/journal-internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/age.h"
#include "exam-packages/derive.h"

int journal_err(struct err *e, int code, const char *name, const char *fmt, ...)
{
    char what[sizeof e->what];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    err_set(e, ERR_DATA, name, "%s", what);
    if (e)
        e->code = code;
    return -ERR_DATA;
}

int journal_no(struct err *e, int code, const struct journal *j, const char *fmt, ...)
{
    char what[sizeof e->what];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    err_set(e, ERR_NO, j->name, "%s", what);
    if (e)
        e->code = code;
    return -ERR_NO;
}

struct journal_part *journal_find_part(const struct journal *j, int64_t epoch)
{
    for (size_t i = 0; i < j->n; i++)
        if (j->part[i].start.epoch == epoch)
            return &j->part[i];
    return NULL;
}

const char *journal_kind_name(int64_t kind)
{
    static const char *const name[] = {
        [JOURNAL_START] = "start",           [JOURNAL_RESUME] = "resume", [JOURNAL_VISIT] = "visit",
        [JOURNAL_ANSWER] = "answer",         [JOURNAL_FLAG] = "flag",     [JOURNAL_UNFLAG] = "unflag",
        [JOURNAL_EXTRA_TIME] = "extra-time", [JOURNAL_PAUSE] = "pause",   [JOURNAL_CONTINUE] = "continue",
        [JOURNAL_VIOLATION] = "violation",   [JOURNAL_RESEAT] = "reseat", [JOURNAL_HAND_IN] = "hand-in",
        [JOURNAL_FORCED_END] = "forced-end", [JOURNAL_NOTES] = "notes",   [JOURNAL_FILE] = "file",
        [JOURNAL_SNAPSHOT] = "snapshot",     [JOURNAL_RATING] = "rating",
    };
    return kind > 0 && kind < (int64_t)(sizeof name / sizeof *name) ? name[kind] : NULL;
}

static int start(struct journal **ret, struct db *db, const char *name, struct err *e)
{
    struct journal *j = mem_alloc(sizeof *j);
    *j = (struct journal){.db = db, .name = mem_strdup(name), .arena = arena_new()};
    int r = journal_check_shape(db, e);
    if (r == 0)
        r = journal_load(j, e);
    if (r < 0) {
        journal_close(j);
        return r;
    }
    *ret = j;
    return 0;
}

int journal_open(struct journal **ret, const char *path, const struct journal_keys *keys, const char *vfs,
                 struct err *e)
{
    struct db *db = NULL;
    struct journal *j = NULL;
    int r = db_open(&db, path, DB_WRITE, vfs, e);
    if (r < 0)
        return r;
    db_keep_wal(db, true);
    if ((r = start(&j, db, path, e)) < 0)
        return r;
    if (keys && (r = secret_copy(&j->part[j->n - 1].keys, span_of(keys, sizeof *keys), e)) < 0) {
        journal_close(j);
        return r;
    }
    j->vfs = vfs;
    *ret = j;
    return 0;
}

/* A journal keeps its -wal until its end is sealed: a file in WAL mode without one was copied too simply. */
static int check_wal(const char *path, bool *ret_suspect, struct err *e)
{
    uint8_t head[20] = {0};
    struct stat st;
    if (stat(path, &st) < 0)
        return err_sys(e, path, _("cannot open the journal"));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_DATA, path, _("not a regular file"));
    size_t n = file_head(path, head, sizeof head);
    char *wal = mem_printf("%s-wal", path);
    bool has_wal = stat(wal, &st) == 0 && st.st_size > 0;
    free(wal);
    if (n == 0 && !has_wal)
        return journal_err(e, JOURNAL_INCOMPLETE, path, _("the journal is empty: its -wal file is missing"));
    *ret_suspect = n == sizeof head && head[18] == 2 && !has_wal;
    return 0;
}

int journal_open_file(struct journal **ret, const char *path, struct err *e)
{
    struct db *db = NULL;
    bool suspect = false;
    int r = check_wal(path, &suspect, e);
    if (r == 0)
        r = db_open(&db, path, DB_READ, NULL, e);
    if (r == 0)
        r = start(ret, db, path, e);
    if (r == 0 && suspect && !(*ret)->part[(*ret)->n - 1].has_seal) {
        journal_close(*ret);
        *ret = NULL;
        journal_err(e, JOURNAL_INCOMPLETE, path,
                    _("the journal is incomplete: it was copied without its -wal file"));
        return err_hint(e, _("look for the -wal file beside the original, and copy both"));
    }
    return r;
}

int journal_open_bytes(struct journal **ret, const char *name, struct span data, struct err *e)
{
    struct db *db = NULL;
    if (data.n < 100 || memcmp(data.p, "SQLite format 3", 16) != 0)
        return journal_err(e, JOURNAL_BROKEN, name, _("not a journal of a sitting"));
    if (data.p[18] == 2)
        return journal_err(e, JOURNAL_INCOMPLETE, name,
                           _("the journal is incomplete: it was copied without its -wal file"));
    int r = db_open_bytes(&db, name, data, e);
    return r < 0 ? r : start(ret, db, name, e);
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    for (size_t i = 0; i < j->n; i++)
        secret_free(&j->part[i].keys);
    journal_spill_close(j);
    db_close(j->db);
    arena_free(j->arena);
    free(j->part);
    free(j->name);
    free(j);
}

size_t journal_epochs(const struct journal *j)
{
    return j->n;
}

const struct journal_epoch *journal_epoch(const struct journal *j, size_t i)
{
    return i < j->n ? &j->part[i].start : NULL;
}

bool journal_epoch_seal(const struct journal *j, size_t i, struct journal_seal *ret)
{
    if (i >= j->n || !j->part[i].has_seal)
        return false;
    *ret = j->part[i].seal;
    return true;
}

const struct journal_keys *journal_epoch_keys(const struct journal *j, size_t i)
{
    return i < j->n ? journal_part_keys(&j->part[i]) : NULL;
}

int journal_use_keys(struct journal *j, int64_t epoch, const struct journal_keys *keys, struct err *e)
{
    struct journal_part *p = journal_find_part(j, epoch);
    if (!p)
        return journal_no(e, JOURNAL_GAP, j, _("epoch %lld is not here"), (long long)epoch);
    return p->keys.p ? 0 : secret_copy(&p->keys, span_of(keys, sizeof *keys), e);
}

const struct journal_keys *journal_part_keys(const struct journal_part *p)
{
    return (const struct journal_keys *)p->keys.p;
}

void journal_keys_derive(const struct secret *j, struct journal_keys *ret)
{
    derive_key(ret->seal, j, "seal");
    derive_key(ret->chain, j, "chain");
    derive_key(ret->blob, j, "blob");
}

int journal_start_keys(const struct journal *j, const struct journal_epoch *start,
                       const struct age_identity *id, size_t n, struct secret *ret, struct err *e)
{
    struct bytes opened = {0};
    struct secret secret = {0};
    int r = age_open(start->j_age, id, n, &opened, e);
    if (r < 0)
        r = err_within(e, j->name);
    else if (opened.n != 32)
        r = journal_err(e, JOURNAL_BROKEN, j->name, _("the key of epoch %lld is damaged"),
                        (long long)start->epoch);
    if (r == 0)
        r = secret_copy(&secret, bytes_span(&opened), e);
    if (r == 0)
        r = secret_new(ret, sizeof(struct journal_keys), e);
    if (r == 0)
        journal_keys_derive(&secret, (struct journal_keys *)ret->p);
    secret_free(&secret);
    bytes_release(&opened);
    return r;
}

int journal_unseal(struct journal *j, const struct age_identity *id, size_t n, struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < j->n; i++)
        if (!j->part[i].keys.p)
            r = journal_start_keys(j, &j->part[i].start, id, n, &j->part[i].keys, e);
    return r;
}
