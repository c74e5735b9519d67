/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a verified bundle into plain data for merging: journals verified event by event and folded, score records read and
 * held against their sittings. */
#ifndef KAOCHANG_SYNC_BUNDLE_INPUT_H
#define KAOCHANG_SYNC_BUNDLE_INPUT_H

#include "exam-packages/bundle.h"
#include "sync/input.h"

struct bundle_input {
    struct arena *arena; /* owns what `in` points to */
    struct merge_input in;
};

/* Opens the bundle with one of the identities (O or R). ERR_DATA when what is inside is broken or is not what bundle.xml
 * says; ERR_NO when no identity fits. `t` checks the certificates of journals that another station signed. */
MUST_CHECK int bundle_input_read(struct bundle_input *ret, struct bundle *b, const struct trust *t,
                                 const struct age_identity *id, size_t n_ids, struct err *e);
void bundle_input_release(struct bundle_input *x);

#endif
