/* SPDX-License-Identifier: Apache-2.0 */
/* What the journal's own files share; nobody else includes this. */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_INTERNAL_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_INTERNAL_H

#include "base/db.h"
#include "exam-packages/journal.h"
#include "exam-packages/secret.h"

enum { JOURNAL_APPLICATION_ID = 0x4B434A31, JOURNAL_VERSION = 1, SEAL_OVERHEAD = 24 + 16, MAX_EPOCHS = 1000 };

/* One row of the table of events; the payload is sealed. */
struct journal_row {
    int64_t epoch, seq;
    struct journal_clock at;
    int64_t kind;
    const char *item;
    struct span payload;
    uint8_t prev[32];
};

struct journal_part { /* an epoch in the file */
    struct journal_epoch start;
    struct secret keys; /* struct journal_keys; empty until opened */
    struct journal_seal seal;
    bool has_seal;
    int64_t last_superseding; /* events after this seq are superseded; INT64_MAX: none */
};

struct journal {
    struct db *db;
    char *name;
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

/* err_set with kind ERR_DATA and that code. */
int journal_err(struct err *e, int code, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* The chain and the seal (journal-chain.c). */
void journal_start_hash(const struct journal_keys *k, const struct journal_epoch *start, uint8_t ret[32]);
void journal_row_hash(const struct journal_keys *k, const struct journal_row *row, uint8_t ret[32]);
void journal_row_seal(const struct journal_keys *k, const struct journal_epoch *start,
                      const struct journal_row *row, struct span plain, struct bytes *ret);
MUST_CHECK bool journal_row_open(const struct journal_keys *k, const struct journal_epoch *start,
                                 const struct journal_row *row, struct bytes *ret_plain);

#endif
