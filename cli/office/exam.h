/* SPDX-License-Identifier: Apache-2.0 */
/* What several office commands need first: the home, the session named by --session, and the paper of its exam. */
#ifndef KAOCHANG_CLI_OFFICE_EXAM_H
#define KAOCHANG_CLI_OFFICE_EXAM_H

#include "cli/command.h"
#include "office/session.h"
#include "paperbank/item/paper.h"
#include "scoring/lab/plan.h"

struct desk {
    struct arena *arena;
    struct office *office;
    struct office_session session;
};

/* Opens the home (-C) and the session (--session). Close it whether this succeeds or not. */
MUST_CHECK int desk_open(struct desk *ret, const struct args *a, struct err *e);
void desk_close(struct desk *d);

/* paper.xml of a session's exam. */
MUST_CHECK int exam_paper(const struct office *o, const struct office_session *s, struct paper **ret, struct err *e);
/* lab.xml of a session's exam; ERR_USAGE where the exam is no lab-skills exam. */
MUST_CHECK int exam_lab_plan(const struct office *o, const struct office_session *s, struct lab_plan **ret,
                             struct err *e);
bool exam_is_lab(const struct office *o, const struct office_session *s);
/* What the longest experiment of the plan takes. */
int64_t exam_lab_seconds(const struct lab_plan *plan);
/* From the start of a group to the start of the next, in ms; 0 for a session of another exam. */
MUST_CHECK int exam_lab_turn(const struct office *o, const struct office_session *s, int64_t *ret_ms, struct err *e);

#endif
