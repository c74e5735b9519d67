/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a file or folder is, verifies it, and gathers what it says of itself. */
#ifndef KAOCHANG_CLI_PACKAGE_VERIFY_FILE_H
#define KAOCHANG_CLI_PACKAGE_VERIFY_FILE_H

#include <jansson.h>

#include "base/err.h"
#include "exam-packages/trust.h"
#include "paperbank/bank/bank.h"

/* A package, a result bundle, a repository (a folder, with all its packages, as of now) or an assembled exam (a folder; with
 * `bank` as of exam_verify). Adds "file", "kind" and, where it verifies, its facts to the object `facts`. */
MUST_CHECK int verify_file(const char *path, const struct trust *t, struct bank *bank, json_t *facts, struct err *e);

#endif
