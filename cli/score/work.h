/* SPDX-License-Identifier: Apache-2.0 */
/* From a sitting's journal, or from the central store, to its score record: the one way that session, store
 * and verify share, so that the bytes are the same wherever a work is scored. */
#ifndef KAOCHANG_CLI_SCORE_WORK_H
#define KAOCHANG_CLI_SCORE_WORK_H

#include "exam-packages/journal-fold.h"
#include "exam-packages/zip.h"
#include "scoring/score.h"
#include "sync/store.h"

/* The key part of a package, opened: its container and what was read from it. */
struct key_part {
    struct bytes plain;
    struct zip *zip;
    struct score_key *key;
};

/* Takes over `plain` (the decrypted key.age), success or not. */
MUST_CHECK int key_part_open(struct key_part *ret, struct bytes *plain, struct err *e);
void key_part_release(struct key_part *p); /* wipes; an empty one is fine */

/* The record of the work that was folded from a journal, which is open and unsealed: the files of practical
 * items are read from it. */
MUST_CHECK int score_journal_work(const struct score_key *k, struct journal *j, const struct journal_work *w,
                                  struct bytes *ret, struct err *e);
/* The record of a work of the store. */
MUST_CHECK int score_store_work(const struct score_key *k, const struct store_work *w, struct bytes *ret,
                                struct err *e);

#endif
