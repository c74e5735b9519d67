/* SPDX-License-Identifier: Apache-2.0 */
/* The manifest of a QTI content package (imsmanifest.xml) with our metadata (namespace urn:kaochang:metadata:1,
 * docs/paperbank-bank.md): which item files there are and what the bank should know about each. */
#ifndef KAOCHANG_PAPERBANK_BANK_MANIFEST_H
#define KAOCHANG_PAPERBANK_BANK_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "paperbank/bank/bank.h"

#define METADATA_NS "urn:kaochang:metadata:1"
#define MANIFEST_FILE "imsmanifest.xml"
enum { MANIFEST_MAX_BYTES = 64 << 20, MANIFEST_MAX_ENEMIES = 200 };

struct item_metadata {
    const char *knowledge_point, *level; /* "" unknown */
    int64_t facility, discrimination, expected_s; /* BANK_UNKNOWN */
    bool has_points;
    points_t points;
    const char **enemy; /* sorted, without repeats */
    size_t n_enemies;
};

struct manifest_point {
    const char *code, *title;
    unsigned line;
    const char *fault; /* NULL, or why it cannot be taken */
};

struct manifest_item {
    const char *href;            /* relative path without ".." */
    unsigned line;
    bool has_metadata;
    struct item_metadata metadata;
    const char *fault;           /* NULL, or why this one cannot be taken, with its line */
    unsigned fault_line;
};

struct manifest {
    struct arena *arena;
    struct manifest_point *point;
    size_t n_points;
    struct manifest_item *item;
    size_t n_items;
};

/* Reads a manifest; a fault inside one resource or knowledge point is kept with it, and the others are read. Refused as a
 * whole: what is no XML, has a DOCTYPE, is larger than the bounds, or is another document. */
MUST_CHECK int manifest_read(struct manifest **ret, const char *name, struct span data, struct err *e);
void manifest_free(struct manifest *m); /* NULL is fine */

/* Writes one; items in the order given, each as items/ID.xml. */
MUST_CHECK int manifest_write(const struct knowledge_point *point, size_t n_points, const struct bank_item *item,
                              size_t n_items, struct bytes *out, struct err *e);

#endif
