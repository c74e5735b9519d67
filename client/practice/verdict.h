/* SPDX-License-Identifier: Apache-2.0 */
/* What kaochang-score said about an answer: points, correct responses, outcomes. The client holds no
 * evaluator; it only compares identifiers to know which feedback is to be shown. */
#ifndef KAOCHANG_CLIENT_PRACTICE_VERDICT_H
#define KAOCHANG_CLIENT_PRACTICE_VERDICT_H

#include "base/points.h"
#include "client/screens/work.h"

enum { VERDICT_MAX_BYTES = 256 << 10 }; /* of the process's answer */

struct verdict {
    enum question_mark mark;     /* MARK_WAITING where a person marks it */
    points_t points, maximum;    /* maximum 0: not known */
    struct response_set correct; /* by response; those without a key are missing */
    struct response_set outcome; /* by outcome, values as texts; no value: NULL */
};

/* Reads the JSON of "kaochang-score item --feedback" into the arena. ERR_DATA for anything else, whatever it
 * is: it comes from another program. */
MUST_CHECK int verdict_read(struct verdict *ret, struct arena *a, struct span json, struct err *e);

/* Whether content with that condition is to be seen now: feedbackBlock, feedbackInline, modalFeedback
 * (QTI 2.2, 3.1.5). */
bool verdict_shows(const struct verdict *v, const char *outcome, const char *identifier, bool show);
/* A modal feedback: as verdict_shows; besides, one whose outcome no rule has set is the item's explanation,
 * as items of our bank have it, and always shown. */
bool verdict_shows_modal(const struct verdict *v, const struct item_feedback *f);

#endif
