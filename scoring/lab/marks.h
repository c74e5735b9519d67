/* SPDX-License-Identifier: Apache-2.0 */
/* The marks of a rating in one line, as people write them on paper and auditors type them:
 *     1:full 2:ab 3:0 5:ab+ fatal:1
 * step 1 without a slip, step 2 with slips a and b, step 3 not done at all, in step 5 b was put right after a
 * hint, the first fatal act happened. A step that is not named is not rated. docs/lab.md, "Rubrics".
 */
#ifndef KAOCHANG_SCORING_LAB_MARKS_H
#define KAOCHANG_SCORING_LAB_MARKS_H

#include "scoring/lab/rating.h"

/* Sets marks, slips, hints and fatals of a rating that was begun for this rubric. ERR_USAGE names the word
 * that is not understood; x is then partly set. */
MUST_CHECK int rating_marks_parse(struct rating *x, const struct rubric *r, const char *marks, struct err *e);
/* The line, without a line end; "" where nothing is marked. */
void rating_marks_write(const struct rating *x, struct bytes *out);

#endif
