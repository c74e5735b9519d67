/* SPDX-License-Identifier: Apache-2.0 */
/* What runs the proctor's model: shared by proctor-run.c and proctor-perform.c. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_DESK_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_DESK_H

#include "client/agent/opening.h"
#include "client/screens/proctor.h"

struct proctor_desk {
    struct proctor p;
    struct proctor_effect todo;
    struct control *control;
    struct arena *room, *lists;    /* texts of the room; of check and minutes */
    char *home, *session, *listen; /* the last two may be NULL */
    bool hold, resume_codes;
    /* opening with the keys of proctors */
    struct arena *texts;
    struct opening_who who;
    struct sticks *sticks;
    struct age_identity *held; /* until the session is open */
    size_t n_held;
    struct bytes locked; /* a key file that waits for its passphrase */
    int64_t sticks_ms;
    int64_t looked_ms;
    bool done;
};

/* Carries an effect out and tells the model; on failure the model is as before. */
MUST_CHECK int perform(struct proctor_desk *d, const struct proctor_effect *x, struct err *e);
/* The minutes that came since; shows the list. */
MUST_CHECK int perform_minutes(struct proctor_desk *d, struct err *e);

/* ---- the sticks (proctor-sticks.c) ---- */
/* Shows who opens the session, where proctors do. */
void desk_ask_for_keys(struct proctor_desk *d, bool is_open);
void desk_look_at_sticks(struct proctor_desk *d);
void desk_try_passphrase(struct proctor_desk *d);
void desk_leave_key(struct proctor_desk *d);
/* What the keys are to the agent; the caller releases it. */
void desk_opening_text(const struct proctor_desk *d, struct bytes *ret);
void desk_drop_keys(struct proctor_desk *d); /* wipes */

#endif
