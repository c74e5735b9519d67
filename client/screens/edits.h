/* SPDX-License-Identifier: Apache-2.0 */
/* How far what a candidate writes has come, each in edits since the beginning: nothing is marked as saved or
 * unsaved, it follows from the numbers. */
#ifndef KAOCHANG_CLIENT_SCREENS_EDITS_H
#define KAOCHANG_CLIENT_SCREENS_EDITS_H

#include <stdbool.h>
#include <stdint.h>

struct edits {
    uint64_t shown;  /* on the screen */
    uint64_t given;  /* taken by the sitting, which has it on the disk or tries until it has */
    uint64_t stored; /* on the disk */
};

void edits_add(struct edits *e);
/* What is shown now is given; what was given is stored. */
void edits_give(struct edits *e);
void edits_store(struct edits *e);

bool edits_saved(const struct edits *e);
/* The newest was not given: not sent yet, or refused. */
bool edits_wait(const struct edits *e);

#endif
