/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the writer of drafts (draft-*.c). */
#ifndef KAOCHANG_PAPERBANK_BANK_DRAFT_INTERNAL_H
#define KAOCHANG_PAPERBANK_BANK_DRAFT_INTERNAL_H

#include "paperbank/bank/draft.h"

struct draft_writer {
    struct draft *d;
    int64_t scale; /* worth of a whole mark of weight 1 */
    struct bytes *out;
};

void draft_declare_response(struct draft_writer *w, size_t part);
/* Of a match: the identifier of what belongs to an answer, which stands there once for all answers of that
 * text; whether this answer is the first with it; how many answers have a source. Every source is worth the
 * same. */
const char *draft_target_id(const struct draft *d, const struct draft_part *p, size_t answer);
bool draft_first_target(const struct draft_part *p, size_t answer);
size_t draft_n_sources(const struct draft_part *p);

#endif
