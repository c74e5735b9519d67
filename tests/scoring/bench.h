/* SPDX-License-Identifier: Apache-2.0 */
/* A scorer's bench for tests: a paper of given items, a candidate's answers, and what they earn. */
#ifndef KAOCHANG_TESTS_SCORING_BENCH_H
#define KAOCHANG_TESTS_SCORING_BENCH_H

#include "scoring/score.h"

struct bench_item {
    const char *id, *xml, *points;
};

struct bench {
    struct paper *paper;
    struct bytes document; /* paper.xml */
    const struct bench_item *item;
    size_t n;
    struct score_key *key;
};

/* A paper of one form "A" with these items in this order; fails the test when it cannot be read. */
void bench_open(struct bench *b, const struct bench_item *item, size_t n);
void bench_close(struct bench *b);
/* A work without answers: session S1, ticket T001, form A, epoch 1, seq 7. */
struct score_work bench_work(void);
/* The answer {"RESPONSE": [value…]} in its encoded form; values end with NULL. */
struct bytes bench_answer(const char *const *value);

/* An item with one choice of A, B, C, D, of which `correct` is right, scored by match_correct; malloc'ed. */
char *bench_choice(const char *id, const char *correct);

#endif
