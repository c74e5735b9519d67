/* SPDX-License-Identifier: Apache-2.0 */
/* Paper sheets on a screen of the office: model, updates and views, without terminal, clock or file. Who types
 * gives the sheet's number and its marks, step by step, with the keys of the examiner's screen; what is whole
 * is a wish to save, which the runner (run.c) fulfils. The same screen is for a third look at sheets that two
 * people typed differently: there it goes through what differs. */
#ifndef KAOCHANG_CLI_SHEETS_TYPING_TYPING_H
#define KAOCHANG_CLI_SHEETS_TYPING_TYPING_H

#include <stdbool.h>

#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"
#include "office/sheets/sheet-compare.h"

enum typing_stage {
    TYPING_ID,
    TYPING_RATER,  /* who rated, where the roster does not say or another one did */
    TYPING_MARKS,  /* step by step */
    TYPING_SUM,    /* what the paper says; or, where it is not rated, the word to save */
    TYPING_STATUS, /* was not rated: why */
    TYPING_REASON,
    TYPING_NOTE,
    TYPING_FATAL, /* what ended the experiment */
    TYPING_LEAVE, /* give this sheet up? */
    TYPING_STAGES
};

enum { TYPING_UNDO = 100, TYPING_MESSAGE = 720, TYPING_STATUSES = 7, TYPING_TEXT = SHEET_MAX_TEXT + 16 };

struct typing_mark {
    uint32_t fatals;
    size_t at;
    struct rating_step step; /* of `at`, before it was changed */
};

struct typing {
    int width, height;
    bool function_keys;
    const struct sheet_list *list;
    const struct sheet_file *file; /* what is saved; borrowed, changes below */
    const char *clerk;
    enum typing_stage stage, before; /* before: where the note, the status … were asked for */
    bool done, save;                 /* save: a wish */
    char message[TYPING_MESSAGE];
    bool alarm; /* the message is a refusal */

    struct field input; /* of the stage */
    bool proposed;      /* it stands there already; what is typed replaces it */
    const struct sheet_place *place;
    struct sheet sheet; /* its texts are those below */
    char rater[TYPING_TEXT], reason[TYPING_TEXT], note[TYPING_TEXT];
    char last_rater[TYPING_TEXT]; /* of the sheet before: a room's sheets have few */
    size_t at;                    /* step that Enter means */
    size_t held;                  /* step whose slips are being typed, plus 1; 0: letters mean `at` too */
    uint32_t slip;                /* typed last at the held step: what a hint belongs to */
    int choice;                   /* of statuses or fatals */
    struct typing_mark undo[TYPING_UNDO];
    size_t n_undo;
    bool again; /* it was typed before */

    /* of a third look; n_asked 0: everything is typed */
    struct sheet_finding *asked; /* `third` is filled in as they are saved */
    size_t n_asked;
    const char *first, *second; /* who typed */
    bool third;
};

/* Borrows everything; `file` is read for what is typed already. */
void typing_init(struct typing *t, const struct sheet_list *list, const struct sheet_file *file);
/* For a third look at these. */
void typing_ask(struct typing *t, struct sheet_finding *asked, size_t n, const char *first, const char *second);
void typing_resize(struct typing *t, int width, int height, bool function_keys);
void typing_key(struct typing *t, struct key k);
void typing_click(struct typing *t, struct target target);
void typing_draw(const struct typing *t, struct grid *g);
/* Cut off in the middle of a sheet: the marks of that sheet are not saved. */
bool typing_is_open(const struct typing *t);

/* ---- for the runner ---- */

void typing_was_saved(struct typing *t);
void typing_refuse(struct typing *t, const struct err *e);

/* ---- the pieces, one file each ---- */

void update_marks(struct typing *t, struct key k);
void update_sum(struct typing *t, struct key k);
void update_status(struct typing *t, struct key k);
void update_reason(struct typing *t, struct key k);
void update_note(struct typing *t, struct key k);
void update_fatal(struct typing *t, struct key k);
void typing_go(struct typing *t, enum typing_stage stage);
void typing_undo(struct typing *t);
/* Step whose slips the letters are. */
size_t typing_slip_step(const struct typing *t);
/* A plain sign of the keyboard, lower case; 0 for another key. */
char typing_letter(struct key k);
enum rating_status typing_status_at(int i);
const char *typing_status_word(enum rating_status s);
const struct sheet_finding *typing_asked(const struct typing *t, const char *id);
size_t typing_still_asked(const struct typing *t, const struct sheet_finding **ret_next);

#endif
