/* SPDX-License-Identifier: Apache-2.0 */
/* What is said differently to whoever sits here: a candidate answers and raises a hand, an examiner rates and
 * tells the proctor. Msgids, for gettext. */
#ifndef KAOCHANG_CLIENT_SCREENS_WORDS_H
#define KAOCHANG_CLIENT_SCREENS_WORDS_H

struct seat_words {
    const char *title;                  /* before the exam's own is known */
    const char *number, *number_prompt; /* of the ticket, or of the examiner */
    const char *number_noted;           /* %s: the number; signed in as soon as it is open */
    const char *unknown, *other_room, *absent, *elsewhere, *moved, *closed; /* why signing in was refused */
    const char *resumes, *clock_wrong;
    const char *stop_heading, *stop_text; /* it is somebody else */
    const char *code_text, *code_keys;    /* going on takes a code; keys during the exam */
    const char *moved_heading, *moved_text, *moved_keys;
    const char *failed_heading, *failed_safe;
    const char *agent_gone, *code_wanted; /* %s: key */
    const char *not_started, *not_ended;  /* it could not be saved */
    const char *trouble[4][2];            /* the disk fails, by enum room_copy; cannot be written, is full */
    const char *ended[4];                 /* by enum ending */
    const char *at_risk, *stay;           /* after the end */
    const char *nothing_saved;            /* nothing to save yet */
};

extern const struct seat_words candidate_words;

#endif
