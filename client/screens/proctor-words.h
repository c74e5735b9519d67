/* SPDX-License-Identifier: Apache-2.0 */
/* How a room's states are called: stable words for scripts, and what the proctor's screens show. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_WORDS_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_WORDS_H

#include "client/agent/control.h"

/* What the proctor sees of a candidate. */
enum seat_state {
    SEAT_NEW,     /* not come, or not signed in */
    SEAT_WAITING, /* signed in, not begun */
    SEAT_ABSENT,
    SEAT_WORKING,
    SEAT_STOPPED, /* answering, and no program is open for it */
    SEAT_PAUSED,
    SEAT_HANDED_IN,
    SEAT_ENDED,
    SEAT_STATES
};
enum seat_state seat_state_of(const struct control_candidate *c);

/* ---- stable words, for --json: never translated, never changed ---- */
const char *seat_state_word(enum seat_state s); /* SEAT_WAITING too is "not-begun" */
const char *kept_word(enum control_kept k);
const char *breach_word(enum control_breach b);
const char *room_state_word(enum room_state s);
const char *station_state_word(enum control_station_state s);
const char *disk_word(enum control_disk d);

/* ---- translated ---- */
const char *seat_state_text(enum seat_state s, bool rater);
const char *seat_state_short(enum seat_state s, bool rater); /* four columns */
const char *kept_text(enum control_kept k);
const char *room_state_text(const struct control_room *room);
const char *station_state_text(enum control_station_state s);
const char *disk_text(enum control_disk d);
/* Of a minute's kind; the word itself where it is unknown here. */
const char *minute_kind_text(const char *kind);
/* Of a minute's text, as minutes_text gives it: what the agent wrote in stable words is said in the language;
 * what people wrote stays. May be in buf. */
const char *minute_note_text(const char *kind, const char *text, char *buf, size_t size);
/* Whom it concerns: a ticket, all, or "". */
const char *minute_whom_text(const char *ticket);

#endif
