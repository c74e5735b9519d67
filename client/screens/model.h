/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that the candidate's screen depends on, and nothing else: views draw it, updates change it. No
 * terminal, no clock, no file. */
#ifndef KAOCHANG_CLIENT_SCREENS_MODEL_H
#define KAOCHANG_CLIENT_SCREENS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "client/screens/calculator.h"
#include "client/screens/editor.h"
#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/work.h"
#include "client/session/session.h"

enum screen {
    SCREEN_WAITING, /* nothing is open on this machine yet */
    SCREEN_SIGN_IN,
    SCREEN_CHECK, /* is this you? */
    SCREEN_NOT_ME,
    SCREEN_CODE, /* going on takes a one-time code from the proctor */
    SCREEN_RULES,
    SCREEN_HELD, /* pledged; the proctor has not started the exam yet */
    SCREEN_PAPER,
    SCREEN_STAGE,   /* in the place of the paper: the examiner's sheets (stage.h) */
    SCREEN_PICTURE, /* one of the item, alone */
    SCREEN_OVERVIEW,
    SCREEN_HAND_IN,
    SCREEN_LEAVE, /* going there gives something up for good: is it meant? */
    SCREEN_ENDED, /* the receipt */
    SCREEN_MOVED, /* the sitting goes on at another machine */
    SCREEN_ERROR,
    SCREEN_COUNT
};

enum ending {
    ENDING_HANDED_IN,
    ENDING_TIME_UP,
    ENDING_BY_PROCTOR,
    ENDING_BEFORE, /* ended by force before this program came: by the time or by the proctor */
};
enum save_state { SAVE_NOTHING, SAVE_DONE, SAVE_RUNNING, SAVE_FAILED };
/* What the room has of it. */
enum room_copy {
    COPY_NONE,    /* this machine works alone */
    COPY_RUNNING, /* not all yet */
    COPY_DONE,    /* every event */
    COPY_AWAY,    /* not all, and the room does not answer */
};
enum tool { TOOL_NONE, TOOL_NOTES, TOOL_CALCULATOR }; /* beside the item */
enum hand_in_button { BUTTON_GO_TO, BUTTON_BACK, BUTTON_CONFIRM, BUTTONS };

#define MODEL_NOTES SIZE_MAX /* in the place of an item, where the scratch notes are meant */
enum {
    MODEL_NOTES_MAX = 16384, /* bytes */
    MODEL_TEXT = 256,
    MODEL_CONFIRM_DIGITS = 4,
    MODEL_WARNING_MS = 5 * 60000,
    MODEL_LAST_WARNING_MS = 60000,
    MODEL_TYPING_PAUSE_MS = 300,
    MODEL_TOLD = 8,
    MODEL_TOLD_TEXT = 1024,
};

/* What the proctor said, the newest last; the oldest goes when there are more. */
struct told {
    char text[MODEL_TOLD_TEXT], at[16]; /* "10:18:52" */
};
struct told_list {
    struct told told[MODEL_TOLD];
    size_t n, unread; /* of the newest */
};

/* Who sits here, as the roster says. */
struct person {
    char name[MODEL_TEXT], ticket[64], id_masked[64], school[MODEL_TEXT], room[MODEL_TEXT], seat[64];
    bool resumes;     /* has begun before */
    bool clock_wrong; /* the machine's clock stands outside the session's window */
    bool held;        /* the proctor has not started the exam yet */
};

struct stage;
struct seat_words;

struct model {
    const struct stage *stage; /* NULL: a candidate sits here, and the paper is shown */
    void *on_stage;            /* the stage's own model; borrowed */
    int width, height;
    bool function_keys; /* the terminal has them; otherwise the screens name Alt+digit */
    enum screen screen;
    char title[MODEL_TEXT]; /* of the exam; "" before sign-in */

    struct field ticket;          /* as typed */
    char refusal[2 * MODEL_TEXT]; /* why the last sign-in failed; "" if it did not */
    bool busy;                    /* waiting for an answer of the agent */
    bool not_open;                /* signed in too early: tried again until the room is open */
    struct field code;            /* the one-time code, as typed */
    bool code_wanted;             /* during the exam: the agent asks for one */
    enum colours colours;
    struct person person;

    const char *const *rule; /* paragraphs of the paper's notice, borrowed */
    size_t n_rules;
    int64_t allowance_ms;
    char points[32];
    bool pledged, held;

    struct work *work;             /* owned by whoever runs the model; NULL before the paper is there */
    const struct session *session; /* its rules, borrowed; NULL: every item is open */
    size_t current;
    size_t leave_to; /* SCREEN_LEAVE: where the candidate wants to go */
    size_t focus;    /* place in the current item (work.h) */
    size_t picture;  /* which of the item's pictures is shown alone */
    int scroll;      /* first line shown of item, rules, overview or list */

    /* The tutorial: practice items in the place of the exam's, whose work and session wait. */
    struct work *practice_work; /* borrowed; NULL: the paper has none */
    struct work *exam_work;
    const struct session *exam_session;
    bool tutorial, tutorial_done;
    bool begun; /* the proctor has started the exam meanwhile */

    enum tool tool;
    struct editor *notes;   /* owned by whoever runs the model; NULL: the paper allows none */
    int64_t notes_typed_ms; /* as typed_ms */
    struct edits notes_edits;
    bool may_calculate;
    struct calculator calculator;

    int64_t remaining_ms;
    int warned;            /* 1: of five minutes, 2: of the last one */
    size_t section_warned; /* section that the last warning was for, plus 1 */
    int section_level;     /* the same of that section */
    bool warning_shown, warning_of_section, warning_is_last;
    char message[MODEL_TEXT]; /* one line above the keys until the next key; "" none */

    enum save_state save;
    enum room_copy copy;
    char saved_at[16]; /* "10:18:52" */
    bool disk_full;    /* of SAVE_FAILED: full, else it cannot be written */
    bool behind;       /* typed while more keys waited: scroll was not brought to the cursor */
    int64_t typed_ms;  /* since the last change of a text that was not yet sent to the disk; -1: none */

    size_t list_cursor; /* overview: item; hand-in: row of the list */
    enum hand_in_button button;
    bool confirming; /* the last four digits are being typed */
    struct field confirm;

    /* Practice: no session stands behind the screens, and these two stand where a sitting says what is saved.
     */
    bool practice, untimed;
    char practice_state[MODEL_TEXT], practice_tally[MODEL_TEXT];

    bool paused;           /* the paper is hidden, the time stands still */
    struct told_list said; /* by the proctor */
    bool reading;          /* the list of what the proctor said covers the screen */
    int told_scroll;

    enum ending ending;
    char receipt[32];
    bool sealed; /* the station's signature is there */
};

void model_init(struct model *m, int width, int height);
/* How to talk to whoever sits here. */
const struct seat_words *model_words(const struct model *m);
/* The item on the screen, or NULL. */
struct question *model_question(const struct model *m);
/* "F3", or "Alt+3" where the terminal has no function keys. */
const char *model_function_key(const struct model *m, int number);

/* The exam's own screens: what is typed may wait to be saved, the time is told. */
bool model_in_exam(const struct model *m);
/* The code in its usual form, "XXXX-XXXX", from what was typed: o and 0, i, l and 1 are taken as meant. */
enum { MODEL_CODE = 16 };
const char *model_code(const struct model *m, char buf[MODEL_CODE]);

/* What must be said now over the exam's screens: the answer to a key, the proctor's words, that something is
 * not saved, five minutes left.
 * "" if nothing. */
enum alert { ALERT_NONE, ALERT_MESSAGE, ALERT_TIME, ALERT_CODE, ALERT_NOT_SAVED, ALERT_TOLD };
enum alert model_alert(const struct model *m);
/* What is shown is saved nowhere but in this machine's memory. */
bool model_at_risk(const struct model *m);

/* The paper allows it, and it is open to the candidate now. */
bool model_may_use(const struct model *m, enum tool tool);
/* No way back to the item: its section is closed, or it was passed in a linear one. */
bool model_closed(const struct model *m, size_t item);
size_t model_closed_items(const struct model *m);
/* Own time of the section on the screen; INT64_MAX if it has none. */
int64_t model_section_left_ms(const struct model *m);

/* Items that the check before handing in lists, none that is closed: unanswered first, then those that lack a
 * part, then flagged ones. */
size_t model_open_items(const struct model *m, size_t *ret, size_t max);

#endif
