/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a table of candidates: shared by taking a whole list (roster-import.c) and changing one
 * (roster-amend.c). */
#ifndef KAOCHANG_OFFICE_ROSTER_IMPORT_INTERNAL_H
#define KAOCHANG_OFFICE_ROSTER_IMPORT_INTERNAL_H

#include "base/csv.h"
#include "office/roster-import.h"

enum roster_column {
    TICKET,
    NAME,
    ID_NUMBER,
    COUNTY,
    SCHOOL,
    SITE,
    ROOM,
    SEAT,
    FORM,
    EXTRA_MINUTES,
    N_COLUMNS
};

struct roster_import {
    struct csv csv;
    struct arena *arena;
    const char *file;
    const struct roster *base; /* what the rows change: their empty cells keep what it says; or NULL */
    const struct roster_candidate *now; /* in base: the row's; or NULL */
    int column[N_COLUMNS];              /* in the table, or -1 */
    roster_complain_fn *complain;
    void *context;
    size_t complaints;
};

/* A row with its line, so that two rows that clash can name each other. */
struct roster_entry {
    struct roster_candidate c; /* texts in the import's arena, or base's */
    unsigned line;
};

void __attribute__((format(printf, 3, 4)))
roster_import_complain(struct roster_import *im, unsigned line, const char *fmt, ...);
MUST_CHECK int roster_import_columns(struct roster_import *im, struct bytes *unused, struct err *e);
/* Every row below the header line; faults are complained of. The caller frees. */
struct roster_entry *roster_import_rows(struct roster_import *im, size_t *ret_n);
/* Seats and tickets that are given twice; leaves the entries in order of ticket. */
void roster_import_clashes(struct roster_import *im, struct roster_entry *all, size_t n);

#endif
