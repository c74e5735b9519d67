/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/work.h"

#include <stddef.h>

enum {
    LOOK_BITS = 10
}; /* the clock is looked at whenever the units spent pass a multiple of 1 << LOOK_BITS */

bool work_ended(const struct work *w)
{
    return w && (w->left <= 0 || w->by_clock || w->interrupted);
}

bool work_spend(struct work *w, int64_t units)
{
    if (!w)
        return true;
    int64_t before = w->spent;
    w->spent += units;
    w->left -= units;
    if (before >> LOOK_BITS != w->spent >> LOOK_BITS) {
        w->interrupted = w->interrupted || (w->stop && *w->stop);
        w->by_clock = w->by_clock || (w->now_ms && w->now_ms() >= w->deadline_ms);
    }
    return !work_ended(w);
}

struct work work_part(const struct work *w, int64_t units)
{
    struct work part = *w;
    part.left = units < w->left ? units : w->left;
    part.spent = 0;
    return part;
}

void work_return(struct work *w, const struct work *part)
{
    w->left -= part->spent;
    w->spent += part->spent;
    w->by_clock = w->by_clock || part->by_clock;
    w->interrupted = w->interrupted || part->interrupted;
}

void work_tell(const struct work *w, struct work_progress now)
{
    if (!w || !w->progress)
        return;
    now.units = w->spent;
    w->progress(w->context, &now);
}
