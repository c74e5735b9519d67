/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a task tried on its own files before anybody is scored by them. */
#ifndef KAOCHANG_SCORING_PRACTICAL_RULES_TRY_H
#define KAOCHANG_SCORING_PRACTICAL_RULES_TRY_H

#include "scoring/practical/rules/rules.h"

/* The files of a task's folder below "start/", "material/" (both are given) or "model/", with their paths
 * from there, into `out`, which has room for all. Returns how many. */
size_t rules_try_below(const struct practical_folder *all, const char *folder, struct practical_file *out);

/* What the candidate is given must earn nothing, and the model solution, where there is one, everything.
 * ERR_DATA otherwise, and where a check makes no sense for the start files. */
MUST_CHECK int rules_try(const struct rules *rules, const struct practical_folder *all, struct arena *a,
                         struct err *e);

#endif
