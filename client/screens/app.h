/* SPDX-License-Identifier: Apache-2.0 */
/* What the event loop runs: the candidate's seat, the proctor's desk, practice. The loop brings keys, clicks,
 * time and news; the app changes its model, draws, and does what its updates asked for. */
#ifndef KAOCHANG_CLIENT_SCREENS_APP_H
#define KAOCHANG_CLIENT_SCREENS_APP_H

#include <stdbool.h>

#include "base/clock.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"

struct app {
    void *self;
    void (*resize)(void *self, int width, int height, bool function_keys);
    void (*key)(void *self, struct key k);
    void (*click)(void *self, struct target t);
    /* Called at least every second, and after every input. */
    void (*time)(void *self, const struct clock_reading *now);
    /* The terminal is gone, or the program is asked to end: queue what must still be saved. NULL: nothing. */
    void (*hangup)(void *self);
    /* Does the queued effects; the screen was drawn just before, so that "saving..." is seen. */
    void (*perform)(void *self, const struct clock_reading *now);
    /* The grid holds what was drawn last, unless there was a resize since; an app may draw only what changed.
     */
    void (*draw)(void *self, struct grid *g);
    /* A file descriptor to watch, or -1; when it is readable, time() is called at once. NULL: none. */
    int (*fd)(void *self);
    bool (*done)(void *self);
    /* There is work for time() as soon as no input waits. NULL: never. */
    bool (*busy)(void *self);
};

#endif
