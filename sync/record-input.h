/* SPDX-License-Identifier: Apache-2.0 */
/* A score record as the store takes it. */
#ifndef KAOCHANG_SYNC_RECORD_INPUT_H
#define KAOCHANG_SYNC_RECORD_INPUT_H

#include "scoring/record.h"
#include "sync/input.h"

/* Copies record and document (its canonical bytes) into the arena: for store_put_record. */
void record_input_take(struct merge_record *ret, struct arena *a, const struct score_record *record,
                       struct span document);

#endif
