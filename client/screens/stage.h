/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the place of the paper where an examiner sits instead of a candidate. Signing in, codes,
 * messages, the line to the room, the failing disk and the end are the seat's, in its words. Update and draw
 * are pure, as model and views are. */
#ifndef KAOCHANG_CLIENT_SCREENS_STAGE_H
#define KAOCHANG_CLIENT_SCREENS_STAGE_H

#include "base/clock.h"
#include "client/screens/update.h"
#include "client/screens/words.h"

struct link;
struct link_candidate;
struct sitting;

struct stage {
    const struct seat_words *words;
    /* Keys and clicks while it is on the screen; EVENT_TIME, _SAVED, _NOT_SAVED, _ENDED always. What it wants
     * saved is EFFECT_STAGE with a number of its own. */
    void (*update)(void *self, struct model *m, const struct event *e, struct effects *out);
    /* Over a cleared grid of at least the smallest size. */
    void (*draw)(const void *self, const struct model *m, struct grid *g);
    /* Gets the terms over the link and opens the sitting; drops an earlier one's texts. */
    int (*open)(void *self, struct link *link, const struct link_candidate *who,
                const struct clock_reading *now, struct sitting **ret, struct err *e);
    /* Carries EFFECT_STAGE out: 0 on the disk; -ERR_ENV not yet, it is tried again. */
    int (*perform)(void *self, struct sitting *s, size_t item, const struct clock_reading *now,
                   struct err *e);
    void (*close)(void *self); /* the sitting is closed after it; nothing open is fine */
};

#endif
