/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that the candidate's screen depends on, and nothing else: views draw it, updates change it. No
 * terminal, no clock, no file. */
#ifndef KAOCHANG_CLIENT_SCREENS_MODEL_H
#define KAOCHANG_CLIENT_SCREENS_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/work.h"

enum screen {
    SCREEN_WAITING, /* nothing is open on this machine yet */
    SCREEN_SIGN_IN,
    SCREEN_CHECK, /* is this you? */
    SCREEN_NOT_ME,
    SCREEN_RULES,
    SCREEN_PAPER,
    SCREEN_PICTURE, /* one of the item, alone */
    SCREEN_OVERVIEW,
    SCREEN_HAND_IN,
    SCREEN_ENDED, /* the receipt */
    SCREEN_ERROR,
    SCREEN_COUNT
};

enum ending { ENDING_HANDED_IN, ENDING_TIME_UP, ENDING_BY_PROCTOR };
enum save_state { SAVE_NOTHING, SAVE_DONE, SAVE_RUNNING, SAVE_FAILED };
enum hand_in_button { BUTTON_GO_TO, BUTTON_BACK, BUTTON_CONFIRM, BUTTONS };

enum {
    MODEL_TEXT = 256,
    MODEL_CONFIRM_DIGITS = 4,
    MODEL_WARNING_MS = 5 * 60000,
    MODEL_TYPING_PAUSE_MS = 300
};

/* Who sits here, as the roster says. */
struct person {
    char name[MODEL_TEXT], ticket[64], id_masked[64], school[MODEL_TEXT], room[MODEL_TEXT], seat[64];
    bool resumes;     /* has begun before */
    bool clock_wrong; /* the machine's clock stands outside the session's window */
};

struct model {
    int width, height;
    bool function_keys; /* the terminal has them; otherwise the screens name Alt+digit */
    enum screen screen;
    char title[MODEL_TEXT]; /* of the exam; "" before sign-in */

    struct field ticket;          /* as typed */
    char refusal[2 * MODEL_TEXT]; /* why the last sign-in failed; "" if it did not */
    bool busy;                    /* waiting for an answer of the agent */
    struct person person;

    const char *const *rule; /* paragraphs of the paper's notice, borrowed */
    size_t n_rules;
    int64_t allowance_ms;
    char points[32];
    bool pledged;

    struct work *work; /* owned by whoever runs the model; NULL before the paper is there */
    size_t current;
    size_t focus; /* place in the current item (work.h) */
    size_t picture; /* which of the item's pictures is shown alone */
    int scroll;   /* first line shown of item, rules, overview or list */

    int64_t remaining_ms;
    bool warned, warning_shown; /* five minutes */
    char message[MODEL_TEXT];   /* one line above the keys until the next key; "" none */

    enum save_state save;
    char saved_at[16];        /* "10:18:52" */
    char problem[MODEL_TEXT]; /* why it is not saved */
    bool behind;      /* typed while more keys waited: scroll was not brought to the cursor */
    int64_t typed_ms; /* since the last change of a text that was not yet sent to the disk; -1: none */

    size_t list_cursor; /* overview: item; hand-in: row of the list */
    enum hand_in_button button;
    bool confirming; /* the last four digits are being typed */
    struct field confirm;

    /* Practice: no session stands behind the screens, and these two stand where a sitting says what is saved. */
    bool practice, untimed;
    char practice_state[MODEL_TEXT], practice_tally[MODEL_TEXT];

    enum ending ending;
    char receipt[32];
    bool sealed; /* the station's signature is there */
};

void model_init(struct model *m, int width, int height);
/* The item on the screen, or NULL. */
struct question *model_question(const struct model *m);
/* "F3", or "Alt+3" where the terminal has no function keys. */
const char *model_function_key(const struct model *m, int number);

/* What must be said now over the exam's screens: that an answer is not saved, five minutes left, a message.
 * "" if nothing. */
enum alert { ALERT_NONE, ALERT_MESSAGE, ALERT_TIME, ALERT_NOT_SAVED };
enum alert model_alert(const struct model *m);

/* Items that the check before handing in lists: unanswered first, then those that lack a part, then flagged
 * ones. */
size_t model_open_items(const struct model *m, size_t *ret, size_t max);

#endif
