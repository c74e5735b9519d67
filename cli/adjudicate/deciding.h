/* SPDX-License-Identifier: Apache-2.0 */
/* A decision from a case and the options of the command line. */
#ifndef KAOCHANG_CLI_ADJUDICATE_DECIDING_H
#define KAOCHANG_CLI_ADJUDICATE_DECIDING_H

#include "cli/adjudicate/docket.h"

/* Old mark and status, what was seen and what is replaced come from the case; the rest from --total,
 * --status,
 * --step, --reason, --article, --video, --video-at, --date. */
MUST_CHECK int deciding(const struct docket *d, const struct lab_case *c, enum decision_kind kind,
                        const struct args *a, struct decision **ret, struct err *e);
/* --video FILE: where the recording lies (--video-at, or the file's name) and what b2sum prints of it, into
 * the arena. */
MUST_CHECK int deciding_video(const struct args *a, struct arena *arena, const char **ret_at,
                              const char **ret_hash, struct err *e);

#endif
