/* SPDX-License-Identifier: Apache-2.0 */
/* A candidate's SQLite database, opened in a private copy without trust.
 *
 * The file is copied with its -wal and -journal into a new folder (0700) and recovered there. A VFS of its
 * own lets SQLite open, look for and delete nothing but the copy: a journal may name any other file. Its clock
 * stands still. The schema is not trusted; extensions, virtual tables, ATTACH, PRAGMA and functions that are
 * not on a list are refused; memory, lengths and the number of steps are bounded, so that the same query ends
 * in the same way everywhere. */
#ifndef KAOCHANG_SCORING_PRACTICAL_DATABASE_PRIVATE_H
#define KAOCHANG_SCORING_PRACTICAL_DATABASE_PRIVATE_H

#include "scoring/practical/fact.h"

enum {
    PRIVATE_STEPS = 20 << 20,  /* of SQLite's virtual machine, for one statement */
    PRIVATE_MEMORY = 24 << 20, /* of SQLite while a statement runs */
    PRIVATE_ROWS = 10000,      /* of one result */
    PRIVATE_CELLS = 4 << 20,   /* bytes of one result */
};

/* A value in a result. */
struct private_cell {
    char kind;        /* 'n' NULL, 'i' integer, 'r' real, 't' text, 'b' blob (as hex in text) */
    int64_t integer;  /* of i */
    double real;      /* of i and r */
    const char *text; /* as shown: "NULL", "12", "3.5"; never NULL */
};
struct private_result {
    const char **column; /* names */
    size_t n_columns, n_rows;
    struct private_cell *cell; /* row after row */
};

struct private_database;

/* From the folder, with what lies beside it. Made as it was when the journal is rolled back. */
MUST_CHECK int private_open(struct private_database **ret, const struct practical_folder *folder,
                            const char *path, struct err *e);
/* The day that 'now' is in; 2026-01-01 without it. */
void private_set_day(struct private_database *d, int32_t year, int32_t month, int32_t day);
void private_close(struct private_database *d); /* NULL is fine; removes the copy */

/* One statement of ours with text parameters (NULL-ended list), which may use PRAGMA functions. */
MUST_CHECK int private_ask(struct private_database *d, struct arena *a, struct private_result *ret,
                           struct err *e, const char *sql, ...);
/* Statements of others. Only reading: anything that writes is refused. The last one that gives rows counts; a
 * script without any gives no columns. ERR_DATA with what SQLite says. */
MUST_CHECK int private_query(struct private_database *d, struct arena *a, const char *sql,
                             struct private_result *ret, struct err *e);
/* The same, and tables and rows may be changed: for a candidate's UPDATE, DELETE, CREATE. The copy stays
 * changed. */
MUST_CHECK int private_script(struct private_database *d, struct arena *a, const char *sql,
                              struct private_result *ret, struct err *e);

/* Why the last statement was refused, in English whatever the interface speaks: evidence. Until the next one. */
const char *private_why(const struct private_database *d);

#endif
