/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of work that are made in threads, ahead of the one who takes them: he takes them in their order, in
 * the caller's thread, so what comes of it is the same with however many threads. */
#ifndef KAOCHANG_BASE_AHEAD_H
#define KAOCHANG_BASE_AHEAD_H

#include <stddef.h>

#include "base/err.h"

enum { AHEAD_MAX_THREADS = 16 };

struct ahead {
    size_t n;             /* pieces 0 … n - 1 */
    unsigned threads;     /* that make; 0: one for each processor; 1: none, piece by piece */
    const size_t *weight; /* of each piece; NULL: nothing */
    size_t heaviest;      /* together, of the pieces that are there at once; a single one may be heavier */
    void *context;
    /* Makes piece i, in some thread: writes nothing that another piece looks at, and forks no child. Its own
     * failure is part of the piece. Never NULL. */
    void *(*make)(void *context, size_t i);
    /* Takes piece i, and frees it; a result other than 0 ends the work and is returned. */
    int (*take)(void *context, size_t i, void *piece, struct err *e);
    /* Frees a piece that was made and is not taken any more. */
    void (*drop)(void *piece);
};

/* 0, or what `take` ended it with. Where the system gives no threads, the caller's does everything. */
MUST_CHECK int ahead_run(const struct ahead *a, struct err *e);
/* How many processors this program may use; from 1 to AHEAD_MAX_THREADS. */
unsigned ahead_processors(void);

#endif
