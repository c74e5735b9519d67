/* SPDX-License-Identifier: Apache-2.0 */
/* What runs the proctor's model: shared by proctor-run.c and proctor-perform.c. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_DESK_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_DESK_H

#include "client/screens/proctor.h"

struct proctor_desk {
    struct proctor p;
    struct proctor_effect todo;
    struct control *control;
    struct arena *room, *lists;    /* texts of the room; of check and minutes */
    char *home, *session, *listen; /* the last two may be NULL */
    bool hold, resume_codes;
    int64_t looked_ms;
    bool done;
};

/* Carries an effect out and tells the model; on failure the model is as before. */
MUST_CHECK int perform(struct proctor_desk *d, const struct proctor_effect *x, struct err *e);
/* The minutes that came since; shows the list. */
MUST_CHECK int perform_minutes(struct proctor_desk *d, struct err *e);

#endif
