/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of .pptx, .pptm, .ppsx, .potx (ECMA-376 part 1, 13 and 19–21, transitional and strict). */
#ifndef KAOCHANG_SCORING_PRACTICAL_SLIDES_PPTX_H
#define KAOCHANG_SCORING_PRACTICAL_SLIDES_PPTX_H

#include "scoring/practical/parts.h"
#include "scoring/practical/slides/model.h"

/* FAULT_WRONG_TYPE where the main part is no presentation. A picture or chart that cannot be read is there
 * without what it holds; a slide that cannot be read is an error. */
MUST_CHECK int pptx_read(struct slides **ret, struct parts *p, struct err *e);

#endif
