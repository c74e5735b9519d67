/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the readers of a bundle's parts. */
#ifndef KAOCHANG_SYNC_BUNDLE_INPUT_INTERNAL_H
#define KAOCHANG_SYNC_BUNDLE_INPUT_INTERNAL_H

#include "sync/bundle-input.h"

/* Whose word counts: the bundle's own certified key, or another one that the trust vouches for. */
struct witness {
    const struct certificate *own;
    const struct trust *trust;
};

/* One journal, verified and folded, with everything in the arena. `name` stands in messages. */
MUST_CHECK int journal_input_read(struct merge_sitting *ret, struct arena *a, const char *name, struct span journal,
                                  const char *session, const struct witness *w, const struct age_identity *id,
                                  size_t n_ids, struct err *e);
/* One score record of that sitting. */
MUST_CHECK int record_input_read(struct merge_record *ret, struct arena *a, const char *name, struct span document,
                                 const char *session, const struct merge_sitting *sitting, struct err *e);

#endif
