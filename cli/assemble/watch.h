/* SPDX-License-Identifier: Apache-2.0 */
/* A search as the terminal sees it: one line with what is found and proven so far, and Ctrl-C, which asks the
 * search to stop and keep its best; a second one ends the program. */
#ifndef KAOCHANG_CLI_ASSEMBLE_WATCH_H
#define KAOCHANG_CLI_ASSEMBLE_WATCH_H

#include <pthread.h>
#include <signal.h>

#include "engine/search/solve.h"

struct watch {
    volatile int stop; /* 1 after the first Ctrl-C: for struct work */
    /* of the line: */
    int64_t told_units;
    const char *told_stage;
    bool has_bound; /* of the objective that is worked on */
    double bound;
    /* of the interrupt: */
    pthread_t waiter;
    sigset_t before;
    bool waits;
    volatile int over;
};

/* Ctrl-C is ours until watch_end. */
void watch_begin(struct watch *w);
void watch_end(struct watch *w); /* takes the line away */
/* For struct work; context is the watch. The line changes with the stage and with every WATCH_UNITS, on a
 * terminal only. */
enum { WATCH_UNITS = 200000 };
void watch_progress(void *watch, const struct work_progress *now);

/* solve, watched. */
MUST_CHECK int watch_solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret,
                           struct err *e);

/* What the line says, into buf; "best 8.861, not above 8.956 (1.1 %)" has at most 78 columns. Returns buf. */
const char *watch_line(const struct work_progress *now, char *buf, size_t size);

#endif
