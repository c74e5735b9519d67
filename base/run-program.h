/* SPDX-License-Identifier: Apache-2.0 */
/* Runs another program to its end, without a shell and without showing anything. */
#ifndef KAOCHANG_BASE_RUN_PROGRAM_H
#define KAOCHANG_BASE_RUN_PROGRAM_H

#include <stdint.h>

#include "base/err.h"

/* argv[0] is the name that it is called by; `input` (or NULL, at most 4096 bytes) is all that it reads on its
 * standard input; it never stands in an argument or a file. What it prints is dropped. Waits for its end at
 * most wait_ms, then kills it (ERR_ENV); 0: as long as it takes. What it leaves running in the background is
 * not waited for. A program that fails gives its own complaint: "PROGRAM: what", and the hint that is
 * indented below it; the kind is its exit status where that is one, else ERR_ENV. */
MUST_CHECK int run_program(const char *path, char *const argv[], const char *input, int64_t wait_ms,
                           struct err *e);

#endif
