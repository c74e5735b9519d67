/* SPDX-License-Identifier: Apache-2.0 */
/* A file of another program is refused as a whole or question by question, or each item of it can be read. */
#ifndef KAOCHANG_TESTS_FUZZ_FOREIGN_H
#define KAOCHANG_TESTS_FUZZ_FOREIGN_H

#include "paperbank/bank/foreign.h"

void fuzz_foreign(enum foreign_format format, const uint8_t *data, size_t size);

#endif
