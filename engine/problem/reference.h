/* SPDX-License-Identifier: Apache-2.0 */
/* Reference assembly problems: a folder with items.csv and problem.json (docs/engine.md, "Reference
 * problems"). Decimals are taken to nine places. */
#ifndef KAOCHANG_ENGINE_REFERENCE_H
#define KAOCHANG_ENGINE_REFERENCE_H

#include "base/err.h"
#include "engine/problem/problem.h"

enum { REFERENCE_MAX_ITEMS = 500000, REFERENCE_MAX_BYTES = 256 << 20 };

/* ERR_DATA, with file and constraint, for what is ill-formed or of a kind that is not known. */
MUST_CHECK int reference_read(struct problem **ret, const char *dir, struct err *e);

#endif
