/* SPDX-License-Identifier: Apache-2.0 */
/* Where items were used, and how they did there. A version that was put in an exam is never changed, whatever
 * comes later. */
#ifndef KAOCHANG_PAPERBANK_BANK_USE_H
#define KAOCHANG_PAPERBANK_BANK_USE_H

#include "paperbank/bank/bank.h"

struct bank_used {
    const char *item;
    int64_t version;
};

/* An exam was assembled with these. Written again, it takes the place of what was there of this exam. */
MUST_CHECK int bank_use_exam(struct bank *b, const char *exam, const struct bank_used *used, size_t n,
                             int64_t at_ms, struct err *e);
/* A session of that exam was held; candidates BANK_UNKNOWN: how many is not known. ERR_DATA for an exam that
 * the bank does not know. */
MUST_CHECK int bank_use_session(struct bank *b, const char *exam, const char *session, int64_t candidates,
                                int64_t at_ms, struct err *e);

struct bank_use_row {
    int64_t version, at_ms, candidates; /* BANK_UNKNOWN */
    const char *exam, *session;         /* "": of the exam as such */
    const char *item;
};
/* All uses of an item, oldest first. */
MUST_CHECK int bank_uses(struct bank *b, const char *id, struct arena *a, struct bank_use_row **ret,
                         size_t *ret_n, struct err *e);

/* All uses of all items, by item, then oldest first. */
MUST_CHECK int bank_all_uses(struct bank *b, struct arena *a, struct bank_use_row **ret, size_t *ret_n,
                             struct err *e);

struct bank_statistic {
    int64_t version, at_ms, n, facility, discrimination; /* thousandths; discrimination may be BANK_UNKNOWN */
    const char *exam;
};
/* Statistics of past use, oldest first; *ret_mean, if any, is the facility over all candidates of the current
 * version, in thousandths, half up, else BANK_UNKNOWN. */
MUST_CHECK int bank_statistics(struct bank *b, const char *id, struct arena *a, struct bank_statistic **ret,
                               size_t *ret_n, int64_t *ret_mean, struct err *e);

/* One row of results that could not be taken. */
typedef void bank_calibrate_fn(void *context, unsigned line, const char *item, const char *reason);
/* Takes a table of results (CSV: item, n, facility, and if wanted version, discrimination) under the name of
 * an exam; rows that were taken before under this name are replaced. The author's estimates stay. A row with
 * a fault is told and left out. ERR_DATA where the table as a whole cannot be read; nothing is then taken. */
MUST_CHECK int bank_calibrate(struct bank *b, const char *name, struct span csv, const char *exam,
                              int64_t at_ms, bank_calibrate_fn *refused, void *context, int64_t *ret_taken,
                              int64_t *ret_refused, struct err *e);

#endif
