/* SPDX-License-Identifier: Apache-2.0 */
/* What stands beside the points of an item so that a person can check them. */
#ifndef KAOCHANG_SCORING_EVIDENCE_H
#define KAOCHANG_SCORING_EVIDENCE_H

#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

/* "answered B; correct B", "no answer; correct A C", "answered \"cpu\"; accepted \"CPU\" \"中央处理器\"".
 * Several responses are told one after another with their names. Always in English and in the same words,
 * since it is part of the record; at most SCORE_MAX_EVIDENCE bytes, control characters replaced. `scored`
 * false adds "waits for a marker". */
const char *evidence_text(const struct item *item, const struct response_set *responses,
                          const struct response_set *counted, bool scored,
                          struct arena *a);

#endif
