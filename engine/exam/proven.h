/* SPDX-License-Identifier: Apache-2.0 */
/* Papers of a problem without blueprint and bank, as a folder that verify.h verifies: problem.txt, proof.txt,
 * certificate.json. */
#ifndef KAOCHANG_ENGINE_PROVEN_H
#define KAOCHANG_ENGINE_PROVEN_H

#include "base/err.h"
#include "engine/search/solve.h"

/* r has forms. `dir` must not be there (ERR_USAGE). */
MUST_CHECK int proven_write(const char *dir, const struct problem *p, const struct solve_result *r,
                            uint64_t seed, struct err *e);

#endif
