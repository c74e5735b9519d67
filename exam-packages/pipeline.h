/* SPDX-License-Identifier: Apache-2.0 */
/* Long work on a stream, on two threads: each reads a batch, works on it, and writes it when its turn comes,
 * so that one has the processor while the other waits for the disk. What is one batch starts no thread. Inner
 * header of exam-packages. */
#ifndef KAOCHANG_EXAM_PACKAGES_PIPELINE_H
#define KAOCHANG_EXAM_PACKAGES_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct batch {
    uint64_t number; /* from 0 */
    uint8_t *in, *out;
    size_t n_in, n_out;
    bool last; /* nothing follows it */
    int r;     /* as a function's result; after the first that failed nothing is read or written */
    struct err e;
};

struct pipeline {
    void *context;
    size_t in, out;                                /* bytes of a batch's memory; wiped in the end */
    void (*read)(void *context, struct batch *b);  /* in, n_in, last; one at a time */
    void (*work)(void *context, struct batch *b);  /* out, n_out; several at a time; may be NULL */
    void (*write)(void *context, struct batch *b); /* one at a time, in order; of the one that failed too */
};

/* The first failure, or 0. */
MUST_CHECK int pipeline_run(const struct pipeline *p, struct err *e);

#endif
