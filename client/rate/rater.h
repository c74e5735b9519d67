/* SPDX-License-Identifier: Apache-2.0 */
/* The examiner's program: the stage (client/screens/stage.h) on which the seat shows the sheets instead of a
 * paper. Opens plan and ratings of a sitting, saves one rating with each key. */
#ifndef KAOCHANG_CLIENT_RATE_RATER_H
#define KAOCHANG_CLIENT_RATE_RATER_H

#include "client/rate/rate-model.h"
#include "client/screens/stage.h"

struct link_terms;
struct rater;

/* `home`: the station's folder, for the lock that keeps two programs of one device off one sheet. */
struct rater *rater_new(const char *home);
void rater_free(struct rater *r);      /* NULL is fine */
extern const struct stage rater_stage; /* its `self` is a struct rater */
const struct rate_model *rater_model(const struct rater *r);

/* What the stage's open does once it has the terms: opens the sitting, reads lab.xml and every rating. Takes
 * terms->paper_fd over, success or not. */
MUST_CHECK int rater_open(struct rater *r, const struct link_terms *terms, const char *room, const char *vfs,
                          const struct clock_reading *now, struct sitting **ret, struct err *e);

#endif
