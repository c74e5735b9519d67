/* SPDX-License-Identifier: Apache-2.0 */
/* The two uses of the command: a blueprint over the bank, and a reference problem from a folder. */
#ifndef KAOCHANG_CLI_ASSEMBLE_ASSEMBLE_H
#define KAOCHANG_CLI_ASSEMBLE_ASSEMBLE_H

#include "cli/command.h"
#include "engine/solve.h"

MUST_CHECK int assemble_blueprint(const struct args *a, const struct solve_options *o, struct err *e);
MUST_CHECK int assemble_problem(const char *dir, const struct solve_options *o, struct err *e);

#endif
