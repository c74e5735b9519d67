/* SPDX-License-Identifier: Apache-2.0 */
/* Rubric files of the commands: every fault is printed with its line. */
#ifndef KAOCHANG_CLI_LAB_READING_H
#define KAOCHANG_CLI_LAB_READING_H

#include "scoring/lab/rubric.h"

/* ERR_DATA counts the faults. */
MUST_CHECK int rubric_read_file(struct rubric **ret, const char *path, struct err *e);

#endif
