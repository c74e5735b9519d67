/* SPDX-License-Identifier: Apache-2.0 */
/* Updates: model + event → model + effects. Pure: what must happen outside (a commit, a question to the
 * agent) is returned as an effect, and its outcome comes back as an event. */
#ifndef KAOCHANG_CLIENT_SCREENS_UPDATE_H
#define KAOCHANG_CLIENT_SCREENS_UPDATE_H

#include "client/screens/keys.h"
#include "client/screens/model.h"

enum event_kind {
    EVENT_KEY,
    EVENT_CLICK,       /* target */
    EVENT_RESIZE,      /* width, height */
    EVENT_TIME,        /* remaining_ms; passed_ms since the last one; wall_ms: the clock, for people */
    EVENT_AGENT,       /* the session is open here */
    EVENT_NO_AGENT,    /* not open, or gone */
    EVENT_SIGNED_IN,   /* person, title */
    EVENT_NOT_OPEN,    /* the machine waits for its room, or for the proctor's code */
    EVENT_CODE_WANTED, /* text: why not with the one that was typed; "" at first */
    EVENT_CODE_TAKEN,  /* during the exam */
    EVENT_HELD,        /* the paper is given out when the exam begins */
    EVENT_BEGIN,       /* the proctor has started the exam */
    EVENT_REFUSED,     /* text: sign-in, start or handing in was refused; on any screen */
    EVENT_OPENED,      /* the paper is here: work, session, practice, notes, on (calculator),
                          rules, allowance_ms, points; resumed: answering goes on at
                          `item` */
    EVENT_STARTED,     /* the time runs */
    EVENT_SAVED,       /* the disk has all that was given; item: its answer as shown is given too, or
                          MODEL_NOTES, or none; text: time of day */
    EVENT_NOT_SAVED,   /* item: as before; on: the disk is full, else it cannot be written */
    EVENT_COPY,        /* copy: what the room has */
    EVENT_SENT,        /* item, text: the visit was refused, or the section is over: goes on there */
    EVENT_PAUSED,      /* on: by the proctor; off again */
    EVENT_TOLD,        /* text, at: the proctor's words */
    EVENT_MESSAGE,     /* text: a line for the candidate */
    EVENT_MOVED,       /* the sitting goes on at another machine */
    EVENT_ENDED,       /* ending, text: receipt, sealed */
    EVENT_FAILED,      /* text: this machine cannot go on */
    EVENT_FILES,       /* item: the list of its files has changed */
    EVENT_PICTURE,     /* one of the item is ready that was shown as words */
    EVENT_HANGUP,      /* the terminal is gone: what was typed is saved */
};

struct event {
    enum event_kind kind;
    struct key key;
    struct target target;
    int width, height;
    int64_t remaining_ms, passed_ms, allowance_ms, wall_ms;
    const char *text, *title, *points, *at; /* borrowed for the call */
    const struct person *person;
    struct work *work, *practice;
    struct editor *notes;
    const struct session *session;
    const char *const *rule;
    size_t n_rules, item;
    bool resumed, sealed, on;
    enum ending ending;
    enum room_copy copy;
};

enum effect_kind {
    EFFECT_SIGN_IN, /* with the ticket and the code that are typed */
    EFFECT_REJOIN,  /* during the exam: with the code that is typed */
    EFFECT_SIGN_OUT,
    EFFECT_OPEN, /* the person confirmed: get the paper */
    EFFECT_START,
    EFFECT_VISIT,  /* item */
    EFFECT_ANSWER, /* item: commit what is on the screen */
    EFFECT_FLAG,   /* item */
    EFFECT_NOTES,  /* commit the scratch notes */
    EFFECT_HAND_IN,
    EFFECT_OPEN_FILE,   /* item, file (part.h) */
    EFFECT_BEGIN_AGAIN, /* item */
    EFFECT_SHELL,       /* item */
    EFFECT_STAGE,       /* item: of the stage (stage.h) */
    EFFECT_RETRY,       /* connect again */
    EFFECT_LEAVE,       /* the program ends */
};

struct effect {
    enum effect_kind kind;
    size_t item, file;
};
enum { EFFECTS_MAX = 16 };
struct effects {
    struct effect effect[EFFECTS_MAX];
    int n;
};

/* Changes the model and adds to the effects. */
void model_update(struct model *m, const struct event *e, struct effects *out);

/* ---- the pieces, one file each ---- */
void effects_add(struct effects *out, enum effect_kind kind, size_t item);
void update_enter(struct model *m, struct key k, struct effects *out); /* waiting … rules */
void update_paper(struct model *m, struct key k, struct effects *out);
void update_picture(struct model *m, struct key k);
void update_overview(struct model *m, struct key k, struct effects *out);
void update_hand_in(struct model *m, struct key k, struct effects *out);
void update_leave(struct model *m, struct key k, struct effects *out);
void update_reading(struct model *m, struct key k);
void update_code(struct model *m, struct key k, struct effects *out);
/* What the proctor and the room do (update-proctor.c). True if the event was one of those. */
bool update_proctor(struct model *m, const struct event *e, struct effects *out);
/* Keys of notes and calculator, on an item. True if the key meant anything to them. */
bool update_tools(struct model *m, struct key k, struct effects *out);
/* The tutorial (update-tools.c): begins; ends, and the candidate goes on; is given up without going on. */
void tutorial_begin(struct model *m, struct effects *out);
void tutorial_end(struct model *m, struct effects *out);
void tutorial_drop(struct model *m);
/* Takes the effects from `first` on that mean the exam out again. */
void tutorial_filter(struct effects *out, int first);
void update_click(struct model *m, struct target t, struct effects *out);

/* Pledged, and ready: starts, or waits for the proctor to start. */
void model_proceed(struct model *m, struct effects *out);

/* Goes to an item on the paper screen: commits what was typed, marks the visit. Where the rules of the
 * sections say no it says why and stays; where something is given up for good it asks. */
void model_go_to(struct model *m, size_t item, struct effects *out);
/* The same, without asking. */
void model_enter_item(struct model *m, size_t item, struct effects *out);
/* Commits a text that was typed and not sent yet. */
void model_flush(struct model *m, struct effects *out);
/* Answers and notes that were sent and refused, as during a pause. */
void model_send_again(const struct model *m, struct effects *out);
/* A click on a place of the item. */
void model_click(struct model *m, struct target t, struct effects *out);
/* The item grew: who has moved in it keeps the cursor in sight. */
void model_grown(struct model *m);
/* Scrolls so that the cursor's place is on the screen. */
void model_show_focus(struct model *m);
void open_picture(struct model *m, struct effects *out);
/* Scrolls the overview to its cursor. */
void overview_show_cursor(struct model *m);
void open_overview(struct model *m, struct effects *out);
void open_hand_in(struct model *m, struct effects *out);

#endif
