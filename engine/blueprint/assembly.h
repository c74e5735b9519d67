/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint over a bank as an assembly problem, and back: which item stands in which section of which form.
 */
#ifndef KAOCHANG_ENGINE_ASSEMBLY_H
#define KAOCHANG_ENGINE_ASSEMBLY_H

#include "base/err.h"
#include "engine/blueprint/blueprint.h"
#include "engine/problem/problem.h"
#include "paperbank/bank/bank.h"

struct assembly_item {
    struct bank_item item;
    size_t section;  /* of the blueprint */
    points_t points; /* in this exam */
    size_t rank;     /* place within a section: by the tree of knowledge points, then by id */
};

/* The pool: items of the bank that a section wants, sorted by id; item i of the problem is pool[i]. */
struct assembly {
    struct arena *arena;
    const struct blueprint *blueprint;
    struct problem *problem;
    struct assembly_item *pool;
    size_t n_pool;
    size_t n_bank;           /* items in the whole bank */
    size_t without_facility; /* wanted by a section, left out since the blueprint asks for facility */
    size_t without_time;     /* the same for the expected time */
    size_t graphic;          /* wanted by a section, left out since no text screen can show them */
    size_t unapproved;       /* wanted by a section, left out since the bank asks for approval */
    struct knowledge_point *point;
    size_t n_points;
};

/* Fills a from blueprint and bank; both must outlive it. forms 0: as the blueprint says. Retired items are
 * never taken, graphic ones only with `graphic`, others than approved ones only where the bank does not ask
 * for approval. ERR_DATA with the blueprint's line for an item to include or exclude that the bank does not
 * have, or that no section wants. */
MUST_CHECK int assembly_build(struct assembly **ret, const struct blueprint *b, struct bank *bank,
                              int64_t forms, bool graphic, struct err *e);
void assembly_free(struct assembly *a); /* NULL is fine */

/* Adds the blueprint's requirements and objective to a->problem (assembly-rules.c; called by assembly_build).
 */
MUST_CHECK int assembly_require(struct assembly *a, struct err *e);

#endif
