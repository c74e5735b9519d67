/* SPDX-License-Identifier: Apache-2.0 */
/* A test in practice: the delivery (paperbank/test) says what comes next and what may be answered; every
 * attempt goes to kaochang-score, so that branch rules and preconditions see real outcomes. */
#ifndef KAOCHANG_CLIENT_PRACTICE_ROUTE_H
#define KAOCHANG_CLIENT_PRACTICE_ROUTE_H

#include "client/practice/deck.h"
#include "paperbank/test/delivery.h"

struct route;

/* Told when a card was drawn anew, before it is shown for the first time. */
typedef void route_dealt_fn(void *context, size_t card);

/* Works out an attempt at a card: its outcomes, and whatever else the caller notes. Not called where nothing
 * scores. */
typedef int route_judge_fn(void *context, size_t card, const struct response_set *responses, struct arena *a,
                           struct response_set *ret_outcomes, struct err *e);

/* Over the cards that were dealt last; starts the test. `judge` NULL: nothing is scored, outcomes keep their
 * defaults. `dealt` may be NULL; both get the context. */
struct route_host {
    route_judge_fn *judge;
    route_dealt_fn *dealt;
    void *context;
};
MUST_CHECK int route_new(struct route **ret, struct deck *d, const struct route_host *host, int64_t now_ms,
                         struct err *e);
void route_free(struct route *r); /* NULL is fine */

/* The card on the screen; -1: the test is over. */
int64_t route_current(const struct route *r);
/* Takes part responses of the current card as an attempt (individual submission), or keeps them. */
MUST_CHECK int route_answer(struct route *r, const struct response_set *responses, int64_t now_ms,
                            struct err *e);
/* True if the card's answer may still be changed. */
bool route_open(const struct route *r, size_t card);
/* True if the present part only goes forward. */
bool route_linear(const struct route *r);
/* True if answers of the present part are only scored together, at its end. */
bool route_simultaneous(const struct route *r);
/* True if the card has been taken with an answer. */
bool route_taken(const struct route *r, size_t card);
const struct response_set *route_responses(const struct route *r, size_t card);
/* To another card: the next one, out of the part, or in a nonlinear part any. ERR_NO with the reason where
 * that is not allowed. */
MUST_CHECK int route_go(struct route *r, size_t card, int64_t now_ms, struct err *e);
/* Lets time pass; what has run out is over. */
MUST_CHECK int route_clock(struct route *r, int64_t now_ms, struct err *e);
int64_t route_left(const struct route *r, int64_t now_ms); /* -1: no limit */
/* What the test has to say, in the order in which it is written. */
struct route_feedback {
    const struct test_feedback **at;
    size_t n;
};
/* While it runs: feedback with access "during" of the test and the present part. The array in the arena. */
struct route_feedback route_feedback_during(const struct route *r, struct arena *a);
/* At the end of the parts, and of the test, that the last of route_new, route_answer, route_go and
 * route_clock left; empty where it left none. Valid until the next of them. */
const struct route_feedback *route_feedback_at_end(const struct route *r);
/* "SCORE 4, LEVEL high": the test's outcomes, into buf. Returns buf. */
const char *route_outcomes(const struct route *r, char *buf, size_t size);

#endif
