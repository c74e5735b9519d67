/* SPDX-License-Identifier: Apache-2.0 */
/* The one door to SQLite. Statements are named constants with parameters; no SQL is built by printf. */
#ifndef KAOCHANG_BASE_DB_H
#define KAOCHANG_BASE_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

struct db;
struct db_stmt;

enum db_mode {
    DB_READ,   /* must exist, read only */
    DB_WRITE,  /* must exist */
    DB_CREATE, /* created when absent */
};

/* Opens with WAL (when writing), synchronous=FULL, foreign keys, trusted_schema off, defensive mode, and a
 * busy wait of 5 s. `vfs` is NULL except in tests. */
MUST_CHECK int db_open(struct db **ret, const char *path, enum db_mode mode, const char *vfs, struct err *e);
/* Opens a whole database held in memory, for reading; the data is copied and `name` stands in messages. */
MUST_CHECK int db_open_bytes(struct db **ret, const char *name, struct span data, struct err *e);
/* Leaves the -wal where it is when the last connection closes (or no longer does): its absence then tells
 * something. */
void db_keep_wal(struct db *d, bool keep);
/* Moves everything from the -wal into the main file. */
MUST_CHECK int db_checkpoint(struct db *d, struct err *e);
void db_close(struct db *d); /* NULL is fine */
const char *db_path(const struct db *d);

/* Runs a script of several statements (schema, pragma). */
MUST_CHECK int db_script(struct db *d, const char *sql, struct err *e);

/* Runs one statement to its end. One letter of `types` for each parameter ?1 ?2 …:
 *   t const char * (NULL binds NULL) · i int64_t · b struct span (p NULL binds NULL) · d double · n (nothing:
 * NULL) */
MUST_CHECK int db_run(struct db *d, struct err *e, const char *sql, const char *types, ...);
int64_t db_last_id(const struct db *d);
int64_t db_changes(const struct db *d);

/* A statement that is done stays prepared for its next use, up to a bound; the same one may be in use several
 * times at once. */
/* Queries: prepare and bind, then step to 1 (a row), 0 (no more), or negative; always end with db_done. */
MUST_CHECK int db_query(struct db *d, struct db_stmt **ret, struct err *e, const char *sql, const char *types,
                        ...);
MUST_CHECK int db_step(struct db_stmt *s, struct err *e);
void db_done(struct db_stmt *s); /* NULL is fine */
/* Rebinds a statement for another run, without preparing it again. */
MUST_CHECK int db_again(struct db_stmt *s, struct err *e, const char *types, ...);
/* Columns of the current row; texts and blobs are borrowed until the next step. NULL gives "" / 0 / {NULL,0}. */
const char *db_text(struct db_stmt *s, int column);
int64_t db_int(struct db_stmt *s, int column);
double db_double(struct db_stmt *s, int column);
struct span db_blob(struct db_stmt *s, int column);
bool db_is_null(struct db_stmt *s, int column);

/* One value of one row: *ret gets it, or `absent` if there is no row. */
MUST_CHECK int db_get_int(struct db *d, int64_t *ret, int64_t absent, struct err *e, const char *sql,
                          const char *types, ...);

MUST_CHECK int db_begin(struct db *d, struct err *e); /* BEGIN IMMEDIATE */
MUST_CHECK int db_commit(struct db *d, struct err *e);
void db_rollback(struct db *d);

/* For many transactions in a row: each commit stays whole or absent as before, but the power may take back
 * the last ones, until db_settle, which makes durable all that was committed. */
MUST_CHECK int db_hurry(struct db *d, struct err *e);
MUST_CHECK int db_settle(struct db *d, struct err *e);

/* Creates `path` by SQLite's backup API from d: a whole copy of a live database. */
MUST_CHECK int db_backup(struct db *d, const char *path, struct err *e);

/* The format version stored in the file (PRAGMA user_version). */
MUST_CHECK int db_version(struct db *d, int64_t *ret, struct err *e);
/* Opens or creates a store: an empty file gets `schema` and `version`; a file of another application id or a
 * newer version is refused. */
MUST_CHECK int db_prepare_store(struct db *d, int32_t application_id, int64_t version, const char *schema,
                                struct err *e);

#endif
