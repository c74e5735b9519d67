/* SPDX-License-Identifier: Apache-2.0 */
/* What a journal's file holds besides its events: its identity, epochs, seals and the tick. */
#include "exam-packages/journal-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { MAX_J_AGE = 65536, MAX_DOCUMENT = 1 << 20 };

int journal_check_shape(struct db *db, struct err *e)
{
    int64_t id = 0, version = 0, tables = 0, others = 0;
    int r = db_get_int(db, &id, 0, e, "PRAGMA application_id", "");
    if (r == 0)
        r = db_version(db, &version, e);
    if (r == 0)
        r = db_get_int(db, &tables, 0, e,
                       "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'"
                       " AND name IN ('epoch', 'event', 'tick', 'seal')",
                       "");
    if (r == 0)
        r = db_get_int(db, &others, 0, e,
                       "SELECT count(*) FROM sqlite_master WHERE type = 'view' OR type = 'table'"
                       " AND name NOT IN ('epoch', 'event', 'tick', 'seal')",
                       "");
    if (r < 0)
        return r;
    if (id == 0 && tables == 0)
        return journal_err(e, JOURNAL_INCOMPLETE, db_path(db),
                           _("the journal is empty: its -wal file is missing"));
    if (id != JOURNAL_APPLICATION_ID || tables != 4 || others != 0)
        return journal_err(e, JOURNAL_BROKEN, db_path(db), _("not a journal of a sitting"));
    if (version > JOURNAL_VERSION) {
        err_set(e, ERR_DATA, db_path(db), _("written by a newer version of this program (format %lld)"),
                (long long)version);
        return err_hint(e, _("update the program"));
    }
    return 0;
}

static struct span keep(struct journal *j, struct span s)
{
    return s.n ? span_of(arena_copy(j->arena, s.p, s.n), s.n) : (struct span){0};
}

static bool take(struct span from, void *to, size_t n)
{
    if (from.n == n)
        memcpy(to, from.p, n);
    return from.n == n;
}

static bool load_start(struct journal *j, struct db_stmt *row, struct journal_epoch *ret)
{
    const char *text[3];
    for (int i = 0; i < 3; i++) {
        text[i] = arena_strdup(j->arena, db_text(row, 1 + i));
        if (!path_is_plain_name(text[i]))
            return false;
    }
    *ret = (struct journal_epoch){.epoch = db_int(row, 0),
                                  .session = text[0],
                                  .ticket = text[1],
                                  .form = text[2],
                                  .fork_epoch = db_int(row, 6),
                                  .fork_seq = db_int(row, 7),
                                  .j_age = keep(j, db_blob(row, 9))};
    return ret->j_age.n <= MAX_J_AGE && take(db_blob(row, 4), ret->package, sizeof ret->package) &&
           take(db_blob(row, 5), ret->station, sizeof ret->station) &&
           take(db_blob(row, 8), ret->fork_hash, sizeof ret->fork_hash);
}

static int load_epochs(struct journal *j, struct err *e)
{
    struct db_stmt *row = NULL;
    int r = db_query(
        j->db, &row, e,
        "SELECT epoch, session, ticket, form, package, station, fork_epoch, fork_seq, fork_hash, j_age"
        " FROM epoch ORDER BY epoch LIMIT 1001",
        "");
    for (size_t i = 0; r == 0 && (r = db_step(row, e)) == 1; i++, r = 0) {
        if (i < j->n)
            continue;
        struct journal_part *p;
        j->part = mem_grow(j->part, j->n + 1, sizeof *j->part);
        p = &j->part[j->n++];
        *p = (struct journal_part){.last_superseding = INT64_MAX};
        if (!load_start(j, row, &p->start) || j->n > MAX_EPOCHS)
            r = journal_err(e, JOURNAL_BROKEN, j->name, _("the beginning of epoch %lld is damaged"),
                            (long long)p->start.epoch);
        if (r < 0)
            break;
    }
    db_done(row);
    if (r == 0 && j->n == 0)
        r = journal_err(e, JOURNAL_INCOMPLETE, j->name,
                        _("the journal has no epoch: its -wal file is missing"));
    return r;
}

static bool load_seal(struct journal *j, struct db_stmt *row, struct journal_part *p)
{
    struct span *const document[] = {&p->seal.signature, &p->seal.certificate, &p->seal.certificate_signature,
                                     &p->seal.issuer, &p->seal.issuer_signature};
    if (!take(db_blob(row, 2), p->seal.head, sizeof p->seal.head))
        return false;
    p->seal.epoch = p->start.epoch;
    p->seal.seq = db_int(row, 1);
    for (int i = 0; i < 5; i++) {
        if (db_blob(row, 3 + i).n > MAX_DOCUMENT)
            return false;
        *document[i] = keep(j, db_blob(row, 3 + i));
    }
    return true;
}

static int load_seals(struct journal *j, struct err *e)
{
    struct db_stmt *row = NULL;
    int r = db_query(
        j->db, &row, e,
        "SELECT epoch, seq, head, signature, certificate, certificate_signature, issuer, issuer_signature"
        " FROM seal",
        "");
    for (; r == 0 && (r = db_step(row, e)) == 1; r = 0)
        for (size_t i = 0; i < j->n; i++) {
            struct journal_part *p = &j->part[i];
            if (p->start.epoch != db_int(row, 0) || p->has_seal)
                continue;
            p->has_seal = load_seal(j, row, p);
        }
    db_done(row);
    return r;
}

/* From the newest epoch back through the forks: what came after a fork, and every epoch beside the way, is
 * superseded. */
static void mark_superseded(struct journal *j)
{
    int64_t at = j->part[j->n - 1].start.epoch, until = INT64_MAX;
    for (size_t i = j->n; i-- > 0;) {
        struct journal_part *p = &j->part[i];
        bool on_the_way = p->start.epoch == at;
        p->last_superseding = on_the_way ? until : 0;
        if (on_the_way) {
            at = p->start.fork_epoch;
            until = p->start.fork_seq;
        }
    }
}

int journal_load(struct journal *j, struct err *e)
{
    int r = load_epochs(j, e);
    if (r == 0)
        r = load_seals(j, e);
    if (r == 0)
        mark_superseded(j);
    return r;
}

static bool end_on_disk(const struct journal *j, size_t i, int64_t *ret_seq, uint8_t ret_hash[32])
{
    struct db_stmt *row = NULL;
    *ret_seq = 0;
    memset(ret_hash, 0, 32);
    int r =
        db_query(j->db, &row, NULL, "SELECT seq, hash FROM event WHERE epoch = ?1 ORDER BY seq DESC LIMIT 1",
                 "i", j->part[i].start.epoch);
    bool fine = r == 0 && (r = db_step(row, NULL)) >= 0;
    if (fine && r == 1) {
        *ret_seq = db_int(row, 0);
        fine = take(db_blob(row, 1), ret_hash, 32);
    }
    db_done(row);
    return fine;
}

bool journal_epoch_end(const struct journal *j, size_t i, int64_t *ret_seq, uint8_t ret_hash[32])
{
    int64_t seq = 0;
    uint8_t hash[32];
    if (i >= j->n)
        return false;
    bool there = end_on_disk(j, i, ret_seq, ret_hash);
    if (journal_spill_look((struct journal *)j, NULL) == 0 &&
        journal_spill_last(j, j->part[i].start.epoch, &seq, hash) && (!there || seq > *ret_seq)) {
        *ret_seq = seq;
        memcpy(ret_hash, hash, sizeof hash);
        there = true;
    }
    return there;
}

bool journal_last_tick(const struct journal *j, struct journal_clock *ret)
{
    struct db_stmt *row = NULL;
    int r = db_query(j->db, &row, NULL, "SELECT used_ms, mono_ms, boot, wall_ms FROM tick WHERE epoch = ?1",
                     "i", j->part[j->n - 1].start.epoch);
    if (r == 0 && (r = db_step(row, NULL)) == 1) {
        *ret = (struct journal_clock){
            .used_ms = db_int(row, 0), .mono_ms = db_int(row, 1), .wall_ms = db_int(row, 3)};
        snprintf(ret->boot, sizeof ret->boot, "%s", db_text(row, 2));
    }
    db_done(row);
    return r == 1;
}
