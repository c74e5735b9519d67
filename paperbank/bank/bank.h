/* SPDX-License-Identifier: Apache-2.0 */
/* The item bank: items with all their versions as they were imported, their metadata, the tree of knowledge points and
 * the history of imports, in one SQLite file (schema.sql). */
#ifndef KAOCHANG_PAPERBANK_BANK_BANK_H
#define KAOCHANG_PAPERBANK_BANK_BANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

struct bank;

/* The file of the bank inside an office home. */
#define BANK_FILE "bank.db"
/* A number that the bank does not know. */
#define BANK_UNKNOWN INT64_MIN
/* Bytes of one item's XML. */
enum { BANK_MAX_ITEM_BYTES = 4 << 20 };

/* Opens the bank; with `create` an absent one is made. A file of another kind or of a newer format is refused. */
MUST_CHECK int bank_open(struct bank **ret, const char *path, bool create, struct err *e);
void bank_close(struct bank *b); /* NULL is fine */

struct knowledge_point {
    const char *code, *title; /* the parent is the code up to its last dot */
};

/* The current version of an item. Texts are never NULL; "" is unknown. */
struct bank_item {
    const char *id, *title;
    int64_t version;
    const char *kind;            /* item_kind_name: derived from the item's XML */
    const char *stem;            /* what the candidate reads, as plain text without the choices */
    const char *knowledge_point; /* code */
    const char *level;           /* remember, understand, apply, analyse, evaluate, create */
    int64_t facility, discrimination; /* thousandths or BANK_UNKNOWN */
    int64_t expected_s;               /* seconds or BANK_UNKNOWN */
    points_t points;                  /* its usual maximum in a paper */
    points_t max_score;               /* what its own response processing can give */
    const char **enemy;               /* ids, from both sides, sorted; may name items that the bank does not have */
    size_t n_enemies;
    const char **declared;            /* the part of them that this item's own metadata names */
    size_t n_declared;
};

/* NULL means any. A knowledge point stands for itself and everything below it. */
struct bank_filter {
    const char *knowledge_point, *kind, *level;
};

/* All items that fit (filter NULL: all), sorted bytewise by id, into the arena. */
MUST_CHECK int bank_items(struct bank *b, const struct bank_filter *filter, struct arena *a, struct bank_item **ret,
                          size_t *ret_n, struct err *e);
/* One item; ERR_DATA when the bank does not have it. */
MUST_CHECK int bank_item(struct bank *b, const char *id, struct arena *a, struct bank_item *ret, struct err *e);
/* The original bytes of one version. */
MUST_CHECK int bank_item_xml(struct bank *b, const char *id, int64_t version, struct arena *a, struct span *ret,
                             struct err *e);
/* The tree in its own order: parents before children. */
MUST_CHECK int bank_knowledge_points(struct bank *b, struct arena *a, struct knowledge_point **ret, size_t *ret_n,
                                     struct err *e);

#endif
