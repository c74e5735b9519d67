/* SPDX-License-Identifier: Apache-2.0 */
/* An assembled exam's folder, opened by its name in the office home or by its path. */
#ifndef KAOCHANG_CLI_EXAM_FOLDER_H
#define KAOCHANG_CLI_EXAM_FOLDER_H

#include "base/bytes.h"
#include "cli/command.h"
#include "paperbank/item/paper.h"

struct exam_folder {
    char *dir;
    struct paper *paper;
};

/* A plain name is an exam of the office home; anything with a slash is a path. Release in any case. */
MUST_CHECK int exam_folder_open(struct exam_folder *ret, const struct args *a, const char *name,
                                struct err *e);
void exam_folder_release(struct exam_folder *x);
/* A file of it, appended. */
MUST_CHECK int exam_folder_read(const struct exam_folder *x, const char *name, size_t limit,
                                struct bytes *ret, struct err *e);
bool exam_folder_has(const struct exam_folder *x, const char *name);

#endif
