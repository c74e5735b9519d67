/* SPDX-License-Identifier: Apache-2.0 */
/* The practical items of an assembled exam on their way into a package: what candidates are given goes into
 * both parts, the rules only into the scoring part. */
#ifndef KAOCHANG_CLI_PACKAGE_TASKS_H
#define KAOCHANG_CLI_PACKAGE_TASKS_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/zip.h"

/* All files of candidates together: an agent holds them in memory. */
enum { TASKS_MAX_BYTES = 256 << 20 };

struct part_task;
struct part_file;
struct part_tasks {
    struct arena *arena; /* of the caller */
    const char *exam;    /* its folder */
    struct part_task *task;
    size_t n;
    struct part_file *file; /* contents, each once */
    size_t n_files;
    size_t bytes;
};

/* Whether exam/tasks/ID is there: the item is practical. */
bool part_tasks_has(const struct part_tasks *p, const char *id);
/* Reads exam/tasks/ID: start/, material/, rules.xml, and model/ if there is one. The rules are tried: what
 * the candidate is given must earn nothing, and the model solution everything. ERR_DATA with file and line or
 * check. */
MUST_CHECK int part_tasks_add(struct part_tasks *p, const char *id, struct err *e);
/* tasks/ID.xml of each, for the scoring part rules/ID.xml too, and files/HASH, each group sorted bytewise. */
MUST_CHECK int part_tasks_write(const struct part_tasks *p, bool with_rules, struct zip_writer *w,
                                struct err *e);
void part_tasks_release(struct part_tasks *p);

#endif
