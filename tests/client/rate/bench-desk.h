/* SPDX-License-Identifier: Apache-2.0 */
/* An examiner at a device: the real seat, stage, sitting and journal, without an agent. */
#ifndef KAOCHANG_TESTS_CLIENT_RATE_BENCH_DESK_H
#define KAOCHANG_TESTS_CLIENT_RATE_BENCH_DESK_H

#include "client/screens/seat-internal.h"
#include "tests/client/rate/lab.h"

struct examiner {
    struct desk desk;
    struct rater *rater;
    struct seat *seat;
    struct app app;
    struct grid grid;
    int64_t now_ms;
    const char *vfs; /* NULL: the real disk */
};

/* Signs in, begins or goes on; the desk is open, the grid of some size. */
void examiner_sits_down(struct examiner *x);
/* As a kill: nothing is said good-bye to. */
void examiner_is_gone(struct examiner *x);
void examiner_presses(struct examiner *x, struct key k);
void examiner_waits(struct examiner *x, int64_t ms);
struct rate_model *examiner_model(struct examiner *x);
/* What the entry's rating is in the journal, without the time that passes by itself. Released by the caller.
 */
struct bytes examiner_rating(const struct rating *r);

#endif
