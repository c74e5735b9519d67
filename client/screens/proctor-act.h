/* SPDX-License-Identifier: Apache-2.0 */
/* What a proctor can do, as one table: what is asked, in which order, and what it is called. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_ACT_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct proctor;

enum proctor_act_id {
    ACT_NONE,
    ACT_UNLOCK,
    ACT_PASSPHRASE, /* of a key on a stick; these two are in no menu */
    ACT_LEAVE_KEY,
    ACT_START,
    ACT_EXTRA,
    ACT_PAUSE,
    ACT_CONTINUE,
    ACT_RESEAT,
    ACT_ABSENT,
    ACT_ABSENT_ALL,
    ACT_LATE,
    ACT_PRESENT,
    ACT_VIOLATION,
    ACT_CHEATING,
    ACT_NO_BREACH,
    ACT_INCIDENT,
    ACT_TELL,
    ACT_CODE,
    ACT_END,
    ACT_FINISH,
    ACT_ADMIT,
    ACT_ADMIT_ALL,
    ACT_REFUSE,
    ACT_CHECK,
    ACT_CLOSE,
    ACT_CLEAR,
    ACT_RECORD, /* of a closed room; these two are in no menu */
    ACT_PRINT,
    ACT_STATIONS,
    ACT_MINUTES,
    ACT_LEAVE,
    MENU_CLOCK, /* pause and go on */
    MENU_MARK,  /* absent, late, violation, cheating */
    MENU_NOTE,  /* incident, one-time code, end */
    MENU_COLLECT,
    MENU_LISTS,
    MENU_SEAT,    /* all that can be done for the candidate under the cursor */
    MENU_STATION, /* for the machine under the cursor */
    ACT_COUNT
};

/* Questions, one after the other. */
enum proctor_step {
    STEP_END,
    STEP_MENU,
    STEP_WHO, /* this candidate, or all */
    STEP_STATION,
    STEP_MINUTES,
    STEP_ARTICLE,
    STEP_TEXT, /* a reason, a note, a message: a ready one or own words */
    STEP_SURE, /* the safe answer first */
};
enum { ACT_STEPS = 5, ACT_OPTIONS = 24 };

struct proctor_act_entry {
    const char *name;     /* N_(): on a button, in a list */
    const char *ask_text; /* N_(): above the ready texts; NULL where there is no STEP_TEXT */
    const char *sure;     /* N_(): the last question; NULL where there is no STEP_SURE */
    const char *done;     /* N_() */
    enum proctor_step step[ACT_STEPS];
    const char *const *text;         /* N_(): ready texts, NULL-terminated */
    const enum proctor_act_id *menu; /* ACT_NONE-terminated */
    bool service;                    /* only where there is a room service */
    /* Why it cannot be done now (N_()), or NULL. */
    const char *(*hindrance)(const struct proctor *p);
};
const struct proctor_act_entry *proctor_act_of(enum proctor_act_id act);
/* It can be done now, and here. */
bool proctor_act_possible(const struct proctor *p, enum proctor_act_id act);

/* What stands to be chosen at the present step. */
struct proctor_option {
    char text[400];
    char value[160];         /* ticket, station, minutes, article */
    enum proctor_act_id act; /* of a menu */
    bool own;                /* words or a number of one's own */
};
size_t proctor_options(const struct proctor *p, struct proctor_option ret[ACT_OPTIONS]);
enum proctor_step proctor_step_now(const struct proctor *p);
const char *proctor_step_question(const struct proctor *p);

/* Ministry of Education order 33, articles 5 (violations) and 6 (cheating), in short own words: number and
 * N_() title; ends with a NULL number. */
struct proctor_article {
    const char *number, *title;
};
extern const struct proctor_article proctor_violations[], proctor_cheatings[];

#endif
