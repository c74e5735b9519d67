/* SPDX-License-Identifier: Apache-2.0 */
/* The uses of the command: a blueprint over the bank, a test of the bank, and a reference problem from a
 * folder. */
#ifndef KAOCHANG_CLI_ASSEMBLE_ASSEMBLE_H
#define KAOCHANG_CLI_ASSEMBLE_ASSEMBLE_H

#include "cli/command.h"
#include "engine/blueprint/assembly.h"
#include "engine/search/solve.h"

MUST_CHECK int assemble_blueprint(const struct args *a, const struct solve_options *o, struct err *e);
MUST_CHECK int assemble_problem(const struct args *a, const char *dir, const struct solve_options *o, struct err *e);

MUST_CHECK int assemble_test(const struct args *a, const char *identifier, uint64_t seed, struct err *e);

/* --explain: which requirements contradict each other (ERR_NO), else how long the bank lasts; no exam is made.
 */
MUST_CHECK int explain_problem(const struct args *a, const char *dir, const struct solve_options *o,
                               struct err *e);
MUST_CHECK int explain_blueprint(const struct args *a, const struct assembly *assembly,
                                 const struct solve_options *o, struct err *e);

/* Warns on stderr where the bank gives fewer than three exams like this one. */
void explain_thin(const struct assembly *assembly);

/* The folder that --output names, which must not be there yet; the caller frees it. */
MUST_CHECK int assemble_dir(char **ret, const struct args *a, struct err *e);

#endif
