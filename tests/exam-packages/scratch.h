/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for a test, files in it, and the programs of others run on them. */
#ifndef KAOCHANG_TESTS_EXAM_PACKAGES_SCRATCH_H
#define KAOCHANG_TESTS_EXAM_PACKAGES_SCRATCH_H

#include <stdbool.h>

#include "base/bytes.h"

struct scratch {
    char dir[64];
};

void scratch_open(struct scratch *s);
void scratch_close(struct scratch *s); /* removes the folder and what is in it */
/* DIR/name, malloc'ed. */
char *scratch_path(const struct scratch *s, const char *name);
void scratch_put(const struct scratch *s, const char *name, struct span data);
/* Release it. */
struct bytes scratch_get(const struct scratch *s, const char *name);
bool scratch_has(const struct scratch *s, const char *name);
/* Number of names in the folder. */
size_t scratch_count(const struct scratch *s);
/* Runs words up to NULL in the folder, without a terminal, output to DIR/output; exit status, or -1. */
int scratch_run(const struct scratch *s, const char *const *words);
/* Whether a program of that name is on the PATH. */
bool scratch_program(const char *name);

/* FIXTURES/name, malloc'ed, or NULL when the folder is not there. */
char *fixture_path(const char *name);

#endif
