/* SPDX-License-Identifier: Apache-2.0 */
/* What the journal's own files share; nobody else includes this. */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_INTERNAL_H

#include "base/db.h"
#include "exam-packages/journal-rows.h"
#include "exam-packages/journal-spill.h"
#include "exam-packages/secret.h"

enum { JOURNAL_APPLICATION_ID = 0x4B434A31, JOURNAL_VERSION = 1, SEAL_OVERHEAD = 24 + 16, MAX_EPOCHS = 1000 };

struct journal_part { /* an epoch in the file */
    struct journal_epoch start;
    struct secret keys; /* struct journal_keys; empty until opened */
    struct journal_seal seal;
    bool has_seal;
    bool seal_waits;          /* for the disk */
    int64_t last_superseding; /* events after this seq are superseded; INT64_MAX: none */
};

struct spill;
struct journal {
    struct db *db;
    char *name;
    const char *vfs;
    struct spill *spill; /* NULL: none */
    struct arena *arena;
    struct journal_part *part;
    size_t n;
    size_t at;  /* the part that is being read */
    bool begun; /* its start hash stands in `hash` */
    int64_t seq;
    uint8_t hash[32];
};

extern const char journal_sql[];

/* Fills the parts, and the seals, from the file. */
MUST_CHECK int journal_load(struct journal *j, struct err *e);
const struct journal_keys *journal_part_keys(const struct journal_part *p); /* NULL: not opened */
/* Opens and checks the file's identity and shape. */
MUST_CHECK int journal_check_shape(struct db *db, struct err *e);

/* The kind with that name. */
bool journal_kind_of(const char *name, enum journal_kind *ret);

/* err_set with kind ERR_DATA and that code. */
int journal_err(struct err *e, int code, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* The chain and the seal (journal-chain.c). */
void journal_start_hash(const struct journal_keys *k, const struct journal_epoch *start, uint8_t ret[32]);
/* Adds the columns that stand before the payload, as the hash, the seal and a spill have them. */
void journal_row_columns(const struct journal_stored *row, struct bytes *out);
void journal_row_hash(const struct journal_keys *k, const struct journal_stored *row, uint8_t ret[32]);
void journal_row_seal(const struct journal_keys *k, const struct journal_epoch *start,
                      const struct journal_stored *row, struct span plain, struct bytes *ret);
MUST_CHECK bool journal_row_open(const struct journal_keys *k, const struct journal_epoch *start,
                                 const struct journal_stored *row, struct bytes *ret_plain);
/* Whether the row is what the writer with those keys wrote: NULL, or why not. */
const char *journal_row_fault(const struct journal_keys *k, const struct journal_epoch *start,
                              const struct journal_stored *row, struct bytes *ret_plain);

/* Rows of the table of events, in the order of `JOURNAL_COLUMNS`; texts into the arena, the payload borrowed.
 * False where it cannot be a row of a journal. */
#define JOURNAL_COLUMNS "epoch, seq, used_ms, mono_ms, boot, wall_ms, kind, item, payload, prev, hash"
bool journal_row_take(struct db_stmt *row, struct arena *a, struct journal_stored *ret);
MUST_CHECK int journal_row_insert(struct journal *j, const struct journal_stored *row, struct err *e);
MUST_CHECK int journal_epoch_insert(struct db *db, const struct journal_epoch *start, struct err *e);
/* The epoch belongs to this sitting and continues an event that is here. */
MUST_CHECK int journal_check_start(const struct journal *j, const struct journal_epoch *start, struct err *e);
/* The fork of a further epoch is here: ERR_NO with JOURNAL_GAP or JOURNAL_FORKED. */
MUST_CHECK int journal_check_fork(struct journal *j, const struct journal_epoch *start, struct err *e);
/* The sub-keys in start->j_age, guarded. */
MUST_CHECK int journal_start_keys(const struct journal *j, const struct journal_epoch *start,
                                  const struct age_identity *id, size_t n, struct secret *ret, struct err *e);
/* The part with that number, or NULL. */
struct journal_part *journal_find_part(const struct journal *j, int64_t epoch);
/* -ERR_NO with that code. */
int journal_no(struct err *e, int code, const struct journal *j, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* JOURNAL_MOVED. */
int journal_moved(struct journal *j, struct err *e);
/* 1 if an event with that number is on the disk, and its hash. */
MUST_CHECK int journal_hash_at(struct journal *j, int64_t epoch, int64_t seq, uint8_t ret[32], struct err *e);

/* ---- the spill (journal-spill.c) ---- */
void journal_spill_close(struct journal *j);
/* Unlinks it when nothing is in it that the disk does not have. */
void journal_spill_remove(struct journal *j);
/* Reads what others added. */
MUST_CHECK int journal_spill_look(struct journal *j, struct err *e);
/* Rows as of the last look. */
MUST_CHECK int journal_spill_after(struct journal *j, int64_t epoch, int64_t after, size_t max,
                                   journal_stored_fn *each, void *context, struct err *e);
/* It holds every event after that one. */
bool journal_spill_knows(const struct journal *j, int64_t epoch, int64_t seq);
/* Its last row, as of the last look; false when it has none of that epoch. */
bool journal_spill_last(const struct journal *j, int64_t epoch, int64_t *ret_seq, uint8_t ret_hash[32]);
/* The disk failed (r, *e), and what comes after that event is in the spill. */
bool journal_disk_is_needless(struct journal *j, int r, int64_t epoch, int64_t seq, const struct err *e);
/* Takes the turn, until journal_spill_end. JOURNAL_MOVED when there is an event that was not read.
 * *ret_disk_first: all that is there is on the disk. */
MUST_CHECK int journal_spill_begin(struct journal *j, bool *ret_disk_first, struct err *e);
MUST_CHECK bool journal_spill_add(struct journal *j, const struct journal_stored *row);
/* What became of the row that was added; JOURNAL_NO_ROW: none was. */
enum journal_spill_end { JOURNAL_NO_ROW, JOURNAL_ROW_SAVED, JOURNAL_ROW_SPILLED, JOURNAL_ROW_REFUSED };
void journal_spill_end(struct journal *j, enum journal_spill_end how);

/* The next reading begins at the beginning. */
void journal_rewind(struct journal *j);

#endif
