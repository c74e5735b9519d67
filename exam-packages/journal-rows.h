/* SPDX-License-Identifier: Apache-2.0 */
/* Events of a journal as they are stored, to be copied from one machine to another: sealed, chained, and
 * meaningful only in their place. The room's copy of a sitting is a journal like the station's own, filled
 * through this; so is the journal that a spare machine starts a new epoch in.
 */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_ROWS_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_ROWS_H

#include "exam-packages/journal.h"

struct journal_stored {
    int64_t epoch, seq;
    struct journal_clock at;
    int64_t kind;
    const char *item;
    struct span payload; /* sealed */
    uint8_t prev[32], hash[32];
};

/* The stored rows of one epoch after `after_seq`, ascending, at most `max`; texts and spans live only during
 * the call of `each`, whose negative result ends the reading. No key is needed. Rows that are only in the
 * spill (journal-spill.h) are given too. */
typedef int journal_stored_fn(void *context, const struct journal_stored *row, struct err *e);
MUST_CHECK int journal_stored_after(struct journal *j, int64_t epoch, int64_t after_seq, size_t max,
                                    journal_stored_fn *each, void *context, struct err *e);

/* ---- taking what another machine wrote: all are durable when they return 0 ---- */
enum {
    JOURNAL_FORKED = 4011, /* another event or epoch stands in that place: both were written */
    JOURNAL_GAP = 4012,    /* an earlier one is missing: send from there */
};
/* An epoch that begins elsewhere; the same again is nothing. ERR_NO with JOURNAL_FORKED when another start
 * has that number or another event stands at its fork, JOURNAL_GAP when its fork is not here; ERR_DATA when
 * it is of another sitting. Unseal afterwards. What was read may be superseded now: the next journal_read or
 * journal_fold begins at the beginning. */
MUST_CHECK int journal_take_epoch(struct journal *j, const struct journal_epoch *start, struct err *e);
/* Rows of one epoch in their order, in one commit. Each is verified by prev and hash (the epoch must be
 * unsealed); one that is here already is passed over. *ret_seq: the last seq of that epoch that is here now,
 * also when refused: ERR_NO with JOURNAL_FORKED or JOURNAL_GAP, ERR_DATA with JOURNAL_BROKEN when it does not
 * verify (also after a signed end). What comes before the refused one is kept. Also for epochs before the
 * last: the tail of a machine that was given up. */
MUST_CHECK int journal_take(struct journal *j, const struct journal_stored *row, size_t n, int64_t *ret_seq,
                            struct err *e);
/* Of the newest epoch. Keeps the later of two. */
MUST_CHECK int journal_take_tick(struct journal *j, const struct journal_clock *at, struct err *e);
/* A station's seal of an epoch: must name this epoch's last event (JOURNAL_GAP: a later one; JOURNAL_FORKED).
 * The signature is the caller's to check. */
MUST_CHECK int journal_take_seal(struct journal *j, const struct journal_seal *seal, struct err *e);

#endif
