/* SPDX-License-Identifier: Apache-2.0 */
/* The result bundles of a session on its station: made once, kept in sessions/SESSION/results/, copied from there. */
#ifndef KAOCHANG_CLI_SCORE_KEPT_H
#define KAOCHANG_CLI_SCORE_KEPT_H

#include "exam-packages/bundle.h"
#include "exam-packages/package.h"
#include "exam-packages/station.h"

/* A sitting on this station, ready to leave. */
struct leaving {
    const char *ticket;
    struct bytes journal; /* one file, without -wal */
    struct bytes record;  /* canonical score record; empty: not scored */
};

/* Makes the bundle of these sittings (in bytewise order of ticket; `epoch` of `document` filled by the caller) and keeps it; a
 * kept one of the same sittings, in the same state and as far scored, is taken instead, so that a second export gives the
 * same bytes. *ret is its path, malloc'ed; *ret_made tells if it is new. */
MUST_CHECK int kept_bundle(const struct station *s, const struct trust *t, const struct package *p,
                           struct bundle_document *document, const struct leaving *sitting, char **ret, bool *ret_made,
                           struct err *e);

#endif
