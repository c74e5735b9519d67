/* SPDX-License-Identifier: Apache-2.0 */
/* Two files typed by two people from the same paper, and a third look where they differ. */
#ifndef KAOCHANG_OFFICE_SHEETS_SHEET_COMPARE_H
#define KAOCHANG_OFFICE_SHEETS_SHEET_COMPARE_H

#include "office/sheets/sheet-file.h"

enum sheet_finding_kind {
    SHEET_ONLY_FIRST, /* the second has not typed it */
    SHEET_ONLY_SECOND,
    SHEET_UNTYPED, /* neither has */
    SHEET_DIFFERS,
    SHEET_UNKNOWN, /* not a sheet of the session as it is now */
};

/* What differs besides the marks of steps. */
enum sheet_part {
    SHEET_STATUS = 1,
    SHEET_REASON = 2,
    SHEET_RATER = 4,
    SHEET_FATALS = 8,
    SHEET_SUM = 16,
    SHEET_CHIEF = 32,
    SHEET_SIGNATURE = 64,
};

struct sheet_finding {
    enum sheet_finding_kind kind;
    const struct sheet_place *place; /* NULL: SHEET_UNKNOWN */
    const struct sheet *first, *second;
    uint32_t steps; /* bit i: step i differs */
    unsigned parts; /* sheet_part */
    /* Of a sheet that differs, with a third file: what was decided; NULL while it has not been looked at, or
     * what is there does not stand any more since a sheet was typed again. */
    const struct sheet *third;
};

struct sheet_comparison {
    struct sheet_finding *finding; /* in the order of the list; what is unknown last */
    size_t n;
    const struct sheet **agreed; /* the first's, in the order of the list; not those that a third look decided */
    size_t n_agreed;
};

/* Which sheets must have been typed: of these places; NULL any. `expected` NULL: only what somebody typed. */
struct sheet_expected {
    const char *site, *room;
    int64_t order; /* 0: those that the plan asks of everybody */
};

/* `third` may be NULL. ERR_USAGE: files of different sessions, of the same person, of the wrong kind. */
MUST_CHECK int sheet_compare(struct sheet_comparison *ret, const struct sheet_list *l,
                             const struct sheet_file *first, const struct sheet_file *second,
                             const struct sheet_file *third, const struct sheet_expected *expected,
                             struct err *e);
void sheet_comparison_release(struct sheet_comparison *c);

/* Steps and parts in which two typings of a sheet differ; true if they do. Remarks may differ. */
bool sheet_differs(const struct sheet *a, const struct sheet *b, uint32_t *ret_steps, unsigned *ret_parts);
/* What both say: the parts that differ are as sheet_begin has them. */
void sheet_common(struct sheet *ret, const struct sheet_finding *f);

#endif
