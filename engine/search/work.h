/* SPDX-License-Identifier: Apache-2.0 */
/* A budget that every search spends from: counted in units of about a microsecond of a machine of 2020, never
 * measured, so that the same problem, seed and budget end at the same place on every machine. A clock and an
 * interrupt only abort. */
#ifndef KAOCHANG_ENGINE_WORK_H
#define KAOCHANG_ENGINE_WORK_H

#include <stdbool.h>
#include <stdint.h>

struct work_progress {
    const char *stage; /* msgid of what is being done */
    bool has_incumbent, has_bound;
    double incumbent, bound; /* in the objective's unit */
    int64_t units;           /* spent so far */
};

struct work {
    int64_t left, spent;      /* units */
    int64_t (*now_ms)(void);  /* monotonic clock; NULL: none */
    int64_t deadline_ms;      /* with now_ms; looked at every thousand units or so */
    const volatile int *stop; /* not 0: an interrupt, the best found so far is kept; NULL: none */
    bool by_clock, interrupted;
    void (*progress)(void *context, const struct work_progress *now); /* NULL: none */
    void *context;
};

/* False: the budget, the time or the user's patience is over; stays so. w NULL: no end. */
bool work_spend(struct work *w, int64_t units);
bool work_ended(const struct work *w);
/* A part of w of so many units, to be handed back with work_return. */
struct work work_part(const struct work *w, int64_t units);
void work_return(struct work *w, const struct work *part);
/* Tells the listener, if there is one; units is filled in here. */
void work_tell(const struct work *w, struct work_progress now);

#endif
