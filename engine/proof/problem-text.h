/* SPDX-License-Identifier: Apache-2.0 */
/* A problem as text, and back: problem.txt of an exam's folder (docs/engine.md, "Files"). The same problem
 * gives the same bytes. */
#ifndef KAOCHANG_ENGINE_PROBLEM_TEXT_H
#define KAOCHANG_ENGINE_PROBLEM_TEXT_H

#include "base/bytes.h"
#include "base/err.h"
#include "engine/problem/problem.h"

enum {
    PROBLEM_TEXT_MAX_BYTES = 1 << 29,
    PROBLEM_TEXT_MAX_ITEMS = 1 << 20,
    PROBLEM_TEXT_MAX_FORMS = 1 << 16,
    PROBLEM_TEXT_MAX_ENTRIES = 1 << 27, /* of all requirements and objectives together */
};

void problem_text(const struct problem *p, struct bytes *out);
/* ERR_DATA with the line for what is ill-formed or too large. `name` stands in messages. */
MUST_CHECK int problem_text_read(struct problem **ret, const char *name, struct span text, struct err *e);

#endif
