/* SPDX-License-Identifier: Apache-2.0 */
/* A practical item in the scoring part of a package: its rules, and what candidates were given. */
#ifndef KAOCHANG_SCORING_TASK_H
#define KAOCHANG_SCORING_TASK_H

#include "base/bytes.h"
#include "base/err.h"
#include "scoring/practical/fact.h"
#include "scoring/record.h"

/* The bytes of a part by its name ("tasks/ID.xml", "rules/ID.xml", "files/HASH"), borrowed until the key is
 * freed; an empty span where there is none. */
typedef int score_part_fn(void *context, const char *name, struct span *ret, struct err *e);

struct score_task;
/* *ret is NULL where the item is not practical. ERR_DATA where rules or a file are missing or damaged. */
MUST_CHECK int score_task_open(struct score_task **ret, const char *item, score_part_fn *part, void *context,
                               struct err *e);
void score_task_free(struct score_task *t); /* NULL is fine */

/* Fills points, rule, status, evidence and checks of *ret, whose maximum is set: points = maximum x earned /
 * the rules' points, half up to milli-points. `work` NULL: nothing was ever collected. `token`: what
 * the station put into this candidate's start files. Texts into the arena. */
MUST_CHECK int score_task_work(const struct score_task *t, const struct practical_folder *work,
                               const char *token, struct arena *a, struct score_item *ret, struct err *e);
/* What people read of a check, in the interface's language; NULL where there is none of that id. */
const char *score_task_check_title(const struct score_task *t, const char *check);

#endif
