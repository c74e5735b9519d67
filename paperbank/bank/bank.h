/* SPDX-License-Identifier: Apache-2.0 */
/* The item bank: items with all their versions as they were imported, their metadata, the tree of knowledge
 * points and the history of imports, in one SQLite file (schema.sql). */
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

/* Opens the bank; with `create` an absent one is made. A file of another kind or of a newer format is
 * refused. */
MUST_CHECK int bank_open(struct bank **ret, const char *path, bool create, struct err *e);
void bank_close(struct bank *b); /* NULL is fine */

struct knowledge_point {
    const char *code, *title; /* the parent is the code up to its last dot */
};

/* Estimates of the three-parameter logistic model, in thousandths: a candidate of ability t solves the item
 * with c + (1 - c) / (1 + exp(-D a (t - b))). */
struct bank_irt {
    int64_t a, b, c; /* a 0: not estimated */
    bool normal;     /* the scale: D is 1.702, otherwise 1 */
};

/* The current version of an item. Texts are never NULL; "" is unknown. */
struct bank_item {
    const char *id, *title;
    int64_t version;
    const char *kind;            /* item_kind_name: derived from the item's XML */
    const char *delivery;        /* terminal, graphic */
    const char *state;           /* draft, reviewed, approved, retired */
    const char *stem;            /* what the candidate reads, as plain text without the choices */
    const char *knowledge_point; /* code */
    const char *level;           /* remember, understand, apply, analyse, evaluate, create */
    int64_t facility, discrimination; /* the author's estimates: thousandths or BANK_UNKNOWN */
    int64_t expected_s;               /* seconds or BANK_UNKNOWN */
    struct bank_irt irt;
    const char *attributes; /* of the office's own: "name=value name=value", sorted bytewise */
    bool practical; /* it has files: rules, and what the candidate works on (task-files.h) */
    points_t points;                  /* its usual maximum in a paper */
    points_t max_score;               /* what its own response processing can give */
    int64_t exams, last_use_ms;       /* how many exams any version of it was put in; BANK_UNKNOWN: never */
    const char **enemy; /* ids, from both sides, sorted; may name items that the bank does not have */
    size_t n_enemies;
    const char **declared; /* the part of them that this item declares or that was confirmed for it */
    size_t n_declared;
};

enum bank_use { BANK_USED_OR_NOT, BANK_USED, BANK_UNUSED };

/* NULL means any. A knowledge point stands for itself and everything below it. */
struct bank_filter {
    const char *knowledge_point, *kind, *level, *state, *delivery;
    bool has_facility; /* then those whose facility is known and within from..to, in thousandths */
    int64_t facility_from, facility_to;
    enum bank_use use;
    const char *text; /* words that must all be there, see bank_find */
};

/* All items that fit (filter NULL: all), sorted bytewise by id, into the arena; `text` is not looked at. */
MUST_CHECK int bank_items(struct bank *b, const struct bank_filter *filter, struct arena *a,
                          struct bank_item **ret, size_t *ret_n, struct err *e);
/* One page: `limit` (1..BANK_MAX_PAGE) items after the first `offset`; *ret_more tells whether others follow.
 * Without `text` they are sorted by id. With it, all words must be there: Chinese as it is written, other
 * words by their beginning, case and width ignored; first come items with all words in identifier and title,
 * then those with all in these, stem, choices and explanation; within both as they came into the bank. A text
 * without any word finds nothing. */
enum { BANK_MAX_PAGE = 10000 };
MUST_CHECK int bank_find(struct bank *b, const struct bank_filter *filter, size_t offset, size_t limit,
                         struct arena *a, struct bank_item **ret, size_t *ret_n, bool *ret_more,
                         struct err *e);
/* How many items fit; `text` is not looked at. */
MUST_CHECK int bank_count(struct bank *b, const struct bank_filter *filter, int64_t *ret, struct err *e);
/* One item; ERR_DATA when the bank does not have it. */
MUST_CHECK int bank_item(struct bank *b, const char *id, struct arena *a, struct bank_item *ret,
                         struct err *e);
/* One version as QTI 2.2. */
MUST_CHECK int bank_item_xml(struct bank *b, const char *id, int64_t version, struct arena *a,
                             struct span *ret, struct err *e);
/* The tree in its own order: parents before children. */
MUST_CHECK int bank_knowledge_points(struct bank *b, struct arena *a, struct knowledge_point **ret,
                                     size_t *ret_n, struct err *e);

#endif
