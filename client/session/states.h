/* SPDX-License-Identifier: Apache-2.0 */
/* Closed lists of states, and one table of allowed moves for each. Nothing else changes a state. */
#ifndef KAOCHANG_CLIENT_SESSION_STATES_H
#define KAOCHANG_CLIENT_SESSION_STATES_H

#include <stdbool.h>

/* The session of a room. */
enum room_state {
    ROOM_LOCKED,  /* the package is here, nothing is open */
    ROOM_OPEN,    /* candidates sign in, and wait for the start */
    ROOM_RUNNING, /* the exam has begun */
    ROOM_CLOSED,
    ROOM_STATES
};
/* The work of one candidate. */
enum sitting_state {
    SITTING_NEW, /* not begun */
    SITTING_ANSWERING,
    SITTING_PAUSED, /* by the proctor: time stands still */
    SITTING_HANDED_IN,
    SITTING_FORCED_END,
    SITTING_STATES
};
/* A candidate's attempt at one item. */
enum attempt_state {
    ATTEMPT_NOT_SEEN,
    ATTEMPT_SEEN,
    ATTEMPT_ANSWERED,
    ATTEMPT_CLEARED, /* answered, and taken back */
    ATTEMPT_STATES
};

/* The candidate's way through one section of the paper. */
enum section_state {
    SECTION_NEW,    /* not entered */
    SECTION_OPEN,   /* the candidate is in it */
    SECTION_LEFT,   /* may be entered again */
    SECTION_CLOSED, /* left for good, or left after its time was over */
    SECTION_STATES
};

bool room_may_move(enum room_state from, enum room_state to);
bool sitting_may_move(enum sitting_state from, enum sitting_state to);
bool attempt_may_move(enum attempt_state from, enum attempt_state to);
bool section_may_move(enum section_state from, enum section_state to);
/* "answering", "handed-in" …: stable words for files and scripts. */
const char *sitting_state_word(enum sitting_state s);
bool sitting_state_ended(enum sitting_state s);

#endif
