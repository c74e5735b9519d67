/* SPDX-License-Identifier: Apache-2.0 */
#include "client/session/states.h"

static const bool room_moves[ROOM_STATES][ROOM_STATES] = {
    [ROOM_LOCKED] = {[ROOM_OPEN] = true},
    [ROOM_OPEN] = {[ROOM_RUNNING] = true, [ROOM_CLOSED] = true},
    [ROOM_RUNNING] = {[ROOM_CLOSED] = true},
};

static const bool sitting_moves[SITTING_STATES][SITTING_STATES] = {
    [SITTING_NEW] = {[SITTING_ANSWERING] = true},
    [SITTING_ANSWERING] = {[SITTING_PAUSED] = true, [SITTING_HANDED_IN] = true, [SITTING_FORCED_END] = true},
    [SITTING_PAUSED] = {[SITTING_ANSWERING] = true, [SITTING_FORCED_END] = true},
};

static const bool attempt_moves[ATTEMPT_STATES][ATTEMPT_STATES] = {
    [ATTEMPT_NOT_SEEN] = {[ATTEMPT_SEEN] = true, [ATTEMPT_ANSWERED] = true},
    [ATTEMPT_SEEN] = {[ATTEMPT_SEEN] = true, [ATTEMPT_ANSWERED] = true},
    [ATTEMPT_ANSWERED] = {[ATTEMPT_ANSWERED] = true, [ATTEMPT_CLEARED] = true},
    [ATTEMPT_CLEARED] = {[ATTEMPT_CLEARED] = true, [ATTEMPT_ANSWERED] = true},
};

static const bool section_moves[SECTION_STATES][SECTION_STATES] = {
    [SECTION_NEW] = {[SECTION_OPEN] = true},
    [SECTION_OPEN] = {[SECTION_LEFT] = true, [SECTION_CLOSED] = true},
    [SECTION_LEFT] = {[SECTION_OPEN] = true},
};

bool room_may_move(enum room_state from, enum room_state to)
{
    return from < ROOM_STATES && to < ROOM_STATES && room_moves[from][to];
}

bool sitting_may_move(enum sitting_state from, enum sitting_state to)
{
    return from < SITTING_STATES && to < SITTING_STATES && sitting_moves[from][to];
}

bool attempt_may_move(enum attempt_state from, enum attempt_state to)
{
    return from < ATTEMPT_STATES && to < ATTEMPT_STATES && attempt_moves[from][to];
}

bool section_may_move(enum section_state from, enum section_state to)
{
    return from < SECTION_STATES && to < SECTION_STATES && section_moves[from][to];
}

const char *sitting_state_word(enum sitting_state s)
{
    static const char *const word[SITTING_STATES] = {
        [SITTING_NEW] = "new",
        [SITTING_ANSWERING] = "answering",
        [SITTING_PAUSED] = "paused",
        [SITTING_HANDED_IN] = "handed-in",
        [SITTING_FORCED_END] = "forced-end",
    };
    return s < SITTING_STATES ? word[s] : "unknown";
}

bool sitting_state_ended(enum sitting_state s)
{
    return s == SITTING_HANDED_IN || s == SITTING_FORCED_END;
}
