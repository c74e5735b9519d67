/* SPDX-License-Identifier: Apache-2.0 */
/* A small exam for the tests: one form of four items, sixty minutes, handing in after fifteen. */
#ifndef KAOCHANG_TESTS_CLIENT_EXAM_H
#define KAOCHANG_TESTS_CLIENT_EXAM_H

#include "base/clock.h"
#include "client/agent/link.h"
#include "client/sitting.h"
#include "tests/desk.h"

struct paper *exam_paper(void);
/* The key part: item k00N is right with the N-th letter. */
void exam_key_zip(struct bytes *ret);
/* The paper part; and the same as a sealed memfd would hold it. */
void exam_paper_zip(struct bytes *ret);
int exam_paper_fd(void);
/* The same of another paper. */
int exam_fd_of(const struct paper *p);
/* Creates the desk's journal and what a sitting is opened with. */
void exam_terms(struct desk *d, struct link_terms *ret);
/* A response set of one identifier in the arena. */
struct response_set exam_choice(struct arena *a, const char *identifier);
/* The clock at `ms` after some beginning. */
struct clock_reading exam_clock(int64_t ms);

#endif
