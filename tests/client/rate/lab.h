/* SPDX-License-Identifier: Apache-2.0 */
/* A lab exam for the tests of the examiner's program: three experiments, 24 candidates in six groups of four,
 * a desk whose journal takes the ratings. */
#ifndef KAOCHANG_TESTS_CLIENT_RATE_LAB_H
#define KAOCHANG_TESTS_CLIENT_RATE_LAB_H

#include "client/agent/link.h"
#include "client/rate/rate-update.h"
#include "client/rate/rater.h"
#include "tests/desk.h"

enum { LAB_CANDIDATES = 24, LAB_BENCHES = 4 };

/* P1 of eight steps with slips, hints, a report and a fatal item; C1 of ten steps of one slip that costs
 * once; B1 of 100 points, folded. 20 points each. */
struct lab_plan *lab_sample(void);
/* The candidates, as the link gives them; `a` owns the texts. */
struct link_rated *lab_rated(struct arena *a);
/* The sheets of all of them, nothing rated. */
struct book *lab_book(const struct lab_plan *p);
/* Creates the desk's journal where there is none, and what a sitting is opened with. */
void lab_terms(struct desk *d, struct arena *a, struct link_terms *ret);

/* A model with its sheets, without any disk: what is to be saved is counted. */
struct lab_screen {
    struct lab_plan *plan;
    struct book *book;
    struct rate_model r;
    struct model m;
    int saves; /* effects since the last look */
};
void lab_screen_open(struct lab_screen *s, int width, int height);
void lab_screen_close(struct lab_screen *s);
void lab_press(struct lab_screen *s, struct key k);
void lab_type(struct lab_screen *s, const char *keys); /* one key for each character; '\n' is Enter */
void lab_pass(struct lab_screen *s, int64_t ms);
/* Every candidate's face was compared, and the first group is on the screen. */
void lab_identified(struct lab_screen *s);

#endif
