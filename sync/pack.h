/* SPDX-License-Identifier: Apache-2.0 */
/* Answers and files of a sitting, and scores of its items, each packed into one value of the store
 * (docs/sync.md, "Packed values"). */
#ifndef KAOCHANG_SYNC_PACK_H
#define KAOCHANG_SYNC_PACK_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

struct packed_answer {
    const char *item;
    struct span response; /* response_set, encoded; borrowed from the packed bytes when read */
};
/* Writes in the order of the item's id (bytewise), whatever the order given. Answers never given (n 0) are left out. */
void answers_pack(const struct packed_answer *answer, size_t n, struct bytes *out);
MUST_CHECK int answers_unpack(struct span packed, struct arena *a, struct packed_answer **ret, size_t *ret_n,
                              struct err *e);

/* A file of a practical item at the end of the sitting. */
struct packed_file {
    const char *item, *path;
    int64_t attributes;  /* as in a snapshot (exam-packages/journal-files.h): read-only, a folder */
    struct span content; /* borrowed from the packed bytes when read */
};
/* Writes in the order of item and path (bytewise), whatever the order given; nothing at all for none. */
void files_pack(const struct packed_file *file, size_t n, struct bytes *out);
MUST_CHECK int files_unpack(struct span packed, struct arena *a, struct packed_file **ret, size_t *ret_n,
                            struct err *e);

struct packed_score {
    const char *item;
    int64_t version; /* of the item in the bank */
    points_t points, maximum;
};
/* Writes in the order given, which is the record's. */
void scores_pack(const struct packed_score *score, size_t n, struct bytes *out);
MUST_CHECK int scores_unpack(struct span packed, struct arena *a, struct packed_score **ret, size_t *ret_n,
                             struct err *e);

#endif
