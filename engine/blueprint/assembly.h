/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint over a bank as an assembly problem, and back: which item stands in which section of which form.
 */
#ifndef KAOCHANG_ENGINE_ASSEMBLY_H
#define KAOCHANG_ENGINE_ASSEMBLY_H

#include "base/err.h"
#include "engine/blueprint/blueprint.h"
#include "engine/problem/problem.h"
#include "paperbank/bank/bank.h"
#include "paperbank/bank/use.h"

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
    size_t without_irt;      /* left out since the blueprint asks for information */
    size_t without_number;   /* left out since they lack a number that the blueprint adds up */
    struct knowledge_point *point;
    size_t n_points;
    struct bank_use_row *use; /* of the whole bank, by item, where the blueprint asks for past use */
    size_t n_uses;
};

/* Fills a from blueprint and bank; both must outlive it. forms 0: as the blueprint says. Retired items are
 * never taken, graphic ones only with `graphic`, others than approved ones only where the bank does not ask
 * for approval. ERR_DATA with the blueprint's line for an item that is named and that the bank does not have,
 * or that no section wants, for an attribute that no such item has, for a past exam that the bank does not
 * know. */
MUST_CHECK int assembly_build(struct assembly **ret, const struct blueprint *b, struct bank *bank,
                              int64_t forms, bool graphic, struct err *e);
/* For how many exams, this one included, each item of the pool may still be taken, as the blueprint's
 * exposure rules say, and after how many years again (0: never). Free it; NULL: no rule says so. */
int64_t *assembly_exams_left(const struct assembly *a, int64_t *ret_years);
/* The same for the exam of that name: its own use does not count where past use is looked at; with `again`,
 * nor does any since it was assembled, so that what it was made from comes out once more. */
MUST_CHECK int assembly_build_exam(struct assembly **ret, const struct blueprint *b, struct bank *bank,
                                   int64_t forms, bool graphic, const char *exam, bool again, struct err *e);
void assembly_free(struct assembly *a); /* NULL is fine */

#endif
