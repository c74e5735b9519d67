/* SPDX-License-Identifier: Apache-2.0 */
/* The search over a built assembly, and what is written or told of how it ends. */
#ifndef KAOCHANG_CLI_ASSEMBLE_SOLVE_H
#define KAOCHANG_CLI_ASSEMBLE_SOLVE_H

#include "base/bytes.h"
#include "cli/command.h"
#include "engine/exam/exam.h"
#include "engine/search/solve.h"

/* Writes the exam with its certificate to `dir` and prints the certificate; or explains why no paper
 * meets the blueprint (ERR_NO); or says that the budget ended first (ERR_NO). `blueprint` is its text,
 * kept with the exam. */
MUST_CHECK int solve_blueprint(const struct args *a, const char *dir, const struct assembly *assembly,
                               const struct solve_options *o, struct bank *bank,
                               const struct bytes *blueprint, struct err *e);

#endif
