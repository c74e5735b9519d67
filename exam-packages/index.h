/* SPDX-License-Identifier: Apache-2.0 */
/* snapshot.xml and timestamp.xml: which versions of which documents belong together, with length and hash.
 * Format: docs/exam-packages.md, "Repository". */
#ifndef KAOCHANG_EXAM_PACKAGES_INDEX_H
#define KAOCHANG_EXAM_PACKAGES_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "exam-packages/parts.h"

#define SNAPSHOT_NS "urn:kaochang:snapshot:1"
#define TIMESTAMP_NS "urn:kaochang:timestamp:1"
enum { INDEX_MAX_BYTES = 65536 };

struct index_entry {
    int64_t version, size;
    uint8_t hash[PART_HASH_BYTES]; /* BLAKE2b-512 */
};

/* A snapshot holds root and targets; a timestamp holds the snapshot in `entry[0]`. */
enum { INDEX_ROOT, INDEX_TARGETS, INDEX_SNAPSHOT = 0, INDEX_ENTRIES = 2 };

struct index {
    struct arena *arena;
    bool is_timestamp;
    int64_t version;
    const char *expiry;
    int64_t expiry_ms;
    struct index_entry entry[INDEX_ENTRIES];
};

struct index *index_new(bool is_timestamp);
void index_free(struct index *i); /* NULL is fine */
MUST_CHECK int index_write(struct index *i, struct bytes *out, struct err *e);
MUST_CHECK int index_read(struct index **ret, bool is_timestamp, const char *name, struct span data,
                          struct err *e);

struct index_entry index_entry_of(int64_t version, struct span document);
/* ERR_NO when the bytes are not the ones of the entry. */
MUST_CHECK int index_entry_matches(const struct index_entry *entry, const char *name, struct span document,
                                   struct err *e);

#endif
