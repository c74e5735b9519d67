/* SPDX-License-Identifier: Apache-2.0 */
/* What happened to an item, and what differs between two versions of it. */
#ifndef KAOCHANG_PAPERBANK_BANK_HISTORY_H
#define KAOCHANG_PAPERBANK_BANK_HISTORY_H

#include "base/bytes.h"
#include "paperbank/bank/bank.h"

enum bank_event_kind {
    EVENT_IMPORT,    /* what: the outcome in English; text: the file; detail: why it was refused */
    EVENT_REVIEW,    /* what: the state before; text: the one after; detail: the note */
    EVENT_EDIT,      /* what: the field; text: before; detail: after */
    EVENT_USE,       /* what: the exam; text: the session or ""; number: candidates or BANK_UNKNOWN */
    EVENT_STATISTIC, /* what: the exam; number: candidates; facility and discrimination */
};

struct bank_event {
    enum bank_event_kind kind;
    int64_t at_ms, version; /* 0: not of one version */
    const char *who, *what, *text, *detail;
    int64_t number, facility, discrimination; /* BANK_UNKNOWN */
};

/* Oldest first. ERR_DATA for an item that the bank does not have. */
MUST_CHECK int bank_history(struct bank *b, const char *id, struct arena *a, struct bank_event **ret,
                            size_t *ret_n, struct err *e);

/* Title, body with choices, key and explanation of both versions as lines, those only in `from` after "- ",
 * those only in `to` after "+ ", others after two spaces. Nothing where all lines are equal. */
MUST_CHECK int bank_diff(struct bank *b, const char *id, int64_t from, int64_t to, struct bytes *out,
                         struct err *e);

#endif
