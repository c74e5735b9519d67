/* SPDX-License-Identifier: Apache-2.0 */
/* What one candidate gets of a test: selection and ordering by a seed. Pure: the same test and seed
 * give the same plan. After QTI 2.2, "selection" and "ordering". */
#ifndef KAOCHANG_PAPERBANK_TEST_PLAN_H
#define KAOCHANG_PAPERBANK_TEST_PLAN_H

#include "paperbank/test/test.h"

enum { PLAN_MAX_SLOTS = 2000 }; /* items of one candidate, repeats counted */

/* A part, a section or an item as this candidate gets it. A section drawn twice is there twice. An
 * invisible section whose keepTogether is false is not there at all when its parent is shuffled:
 * its children stand among the parent's. */
struct plan_node {
    const struct test_node *node;
    struct plan_node *parent, *child, *next;
    size_t first, end;                    /* the slots in it: first … end-1 */
    unsigned instance;                    /* 1: the first of this node in the plan, 2: the second, … */
    const struct test_node *const *mixed; /* dissolved sections that it came from, the outer first */
    size_t n_mixed;
};

struct plan_slot {
    const struct plan_node *place;
    const struct test_node *item;
    const char *id; /* "q1"; where the item is there several times "q1.1", "q1.2", … */
    size_t part;    /* index into part */
};

struct test_plan {
    struct arena *arena;
    const struct test *test;
    struct plan_node **part; /* in order */
    size_t n_parts;
    struct plan_slot *slot; /* items in the order of the test */
    size_t n_slots;
    size_t n_nodes;
};

/* ERR_DATA where the test is too large or its selections make no sense. The seed's bytes are
 * derived by the caller, as for item_choice_order. The plan borrows the test. */
MUST_CHECK int plan_make(struct test_plan **ret, const struct test *t, struct span seed, struct err *e);
/* The items that `keep` says, in the document's order, without selection or shuffling: for a test that was
 * delivered by another system. */
MUST_CHECK int plan_of(struct test_plan **ret, const struct test *t,
                       bool (*keep)(void *context, const struct test_node *item), void *context,
                       struct err *e);
void plan_free(struct test_plan *p); /* NULL is fine */

/* The slot of that id ("q1" also names the first of several), or -1. */
int64_t plan_find(const struct test_plan *p, const char *id);

#endif
