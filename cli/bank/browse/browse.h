/* SPDX-License-Identifier: Apache-2.0 */
/* The bank on a screen, for the office: model, updates and views, without terminal, clock or file.
 * What must be read from the bank or written to it is a wish; the runner (run.c) fulfils it and the
 * model holds what came of it. */
#ifndef KAOCHANG_CLI_BANK_BROWSE_BROWSE_H
#define KAOCHANG_CLI_BANK_BROWSE_BROWSE_H

#include <stdbool.h>
#include <stdint.h>

#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"
#include "client/screens/work.h"
#include "paperbank/bank/bank.h"
#include "paperbank/bank/history.h"
#include "paperbank/bank/media.h"
#include "paperbank/bank/points.h"
#include "paperbank/bank/use.h"

enum browse_screen {
    BROWSE_LIST,
    BROWSE_POINTS,  /* the tree: to filter by, or for the item that is edited */
    BROWSE_CHOICES, /* kinds, states, levels */
    BROWSE_PREVIEW,
    BROWSE_DETAILS,
    BROWSE_NAME, /* who changes something; asked once */
    BROWSE_EDIT,
    BROWSE_CONFIRM, /* what will be saved */
    BROWSE_DISCARD, /* leave without saving? */
    BROWSE_REVIEW,
    BROWSE_SCREENS
};

enum browse_choices { CHOOSE_KIND, CHOOSE_STATE, CHOOSE_LEVEL };

/* What the runner shall do, in this order. */
enum browse_wish {
    BROWSE_COUNT = 1,    /* total */
    BROWSE_ROWS = 2,     /* rows from `top` on */
    BROWSE_TREE = 4,     /* points */
    BROWSE_OPEN = 8,     /* the item at the cursor */
    BROWSE_DRAW = 16,    /* the open item with other numbers */
    BROWSE_MORE = 32,    /* everything that is known of the open item */
    BROWSE_ENEMIES = 64, /* which of the enemies typed are not in the bank; then the confirmation */
    BROWSE_SAVE = 128,
    BROWSE_MOVE = 256, /* the review step */
};

enum browse_field {
    FIELD_POINT,
    FIELD_LEVEL,
    FIELD_FACILITY,
    FIELD_DISCRIMINATION,
    FIELD_POINTS,
    FIELD_TIME,
    FIELD_ENEMIES,
    BROWSE_FIELDS
};

enum { BROWSE_NAME_BYTES = 208, BROWSE_MESSAGE = 720, BROWSE_BLOCK = 100 /* rows read at once */ };

struct browse_finding {
    const char *what, *todo;
};

/* An open item, by whoever loads it; the model borrows it. */
struct browse_item {
    struct arena *arena;
    struct bank_item about;
    const char *point_title;
    const char *value[BROWSE_FIELDS]; /* bank_field_text of each bank_field */
    struct item *whole, *keyed,
        *shown; /* as it is kept; with its numbers drawn; the same as a candidate has it */
    struct work *work, *solved;    /* one question each: untouched, and answered rightly */
    const char *key, *explanation; /* as lines */
    const char *words;             /* what no terminal shows, in words; "" else */
    const char *trouble;           /* why no sealed exam uses it, or why it cannot be shown; "" */
    bool is_template;
    /* after BROWSE_MORE */
    bool complete;
    struct bank_event *event;
    size_t n_events;
    struct bank_statistic *statistic;
    size_t n_statistics;
    int64_t facility_in_use; /* thousandths or BANK_UNKNOWN */
    struct browse_finding *finding;
    size_t n_findings;
    struct bank_picture *picture;
    size_t n_pictures;
};

struct browse {
    int width, height;
    bool function_keys;
    enum browse_screen screen;
    unsigned wish; /* browse_wish */
    bool done;
    char who[BROWSE_NAME_BYTES]; /* "": not asked yet */
    char message[BROWSE_MESSAGE];
    bool alarm; /* the message is a refusal or a fault */

    struct field find;
    char point[64], point_title[256]; /* filter; "" any */
    const char *kind, *state;         /* filter; NULL any */
    int64_t total;                    /* BANK_UNKNOWN: not counted */
    const struct bank_item *row;      /* borrowed: of the list from `first` on */
    size_t first, n_rows;
    bool more;          /* others follow the rows */
    size_t cursor, top; /* in the whole list */

    const struct bank_point *points; /* borrowed */
    size_t n_points;
    int64_t lost;                   /* items outside of the tree */
    size_t point_cursor, point_top; /* 0: no point, then the points */
    struct field point_find;
    bool for_edit; /* points and choices are for the item that is edited */

    enum browse_choices choosing;
    size_t choice; /* 0: none, then the words */

    const struct browse_item *item; /* borrowed; NULL: none is open */
    enum browse_screen looking;     /* preview or details: where Escape leads from the others */
    uint64_t draw;                  /* which numbers a template shows */
    bool key_shown;
    int scroll;

    struct field value[BROWSE_FIELDS];
    size_t at;         /* field of the form */
    char absent[256];  /* enemies that the bank does not have */
    struct field name; /* of the person, as typed */
    enum browse_screen after_name;

    int button;
    struct field note;
    const char *to; /* state wanted */
};

/* `who` may be NULL. Wishes for the first rows. */
void browse_init(struct browse *b, const char *who);
void browse_resize(struct browse *b, int width, int height, bool function_keys);
void browse_key(struct browse *b, struct key k);
void browse_click(struct browse *b, struct target t);
void browse_draw(const struct browse *b, struct grid *g);

/* ---- for the runner ---- */

void browse_tell(struct browse *b, const char *text);      /* what was done */
void browse_refuse(struct browse *b, const struct err *e); /* what was not, and why */
void browse_rows_are_here(struct browse *b);               /* after BROWSE_ROWS */
void browse_item_is_here(struct browse *b, const struct browse_item *item);
void browse_confirm(struct browse *b); /* after BROWSE_ENEMIES */
void browse_was_saved(struct browse *b, size_t changed);
void browse_was_moved(struct browse *b);
/* The filter as the bank takes it; borrows from the model. */
struct bank_filter browse_filter(const struct browse *b);
/* True if the text of the field differs from what the item has. */
bool browse_differs(const struct browse *b, size_t field);

/* ---- the pieces, one file each ---- */

void update_list(struct browse *b, struct key k);
void update_points(struct browse *b, struct key k);
void update_choices(struct browse *b, struct key k);
void update_item(struct browse *b, struct key k);
void update_edit(struct browse *b, struct key k);
void update_edit_button(struct browse *b, struct key k); /* confirmation and discarding */
void update_name(struct browse *b, struct key k);
void update_review(struct browse *b, struct key k);
void browse_open_points(struct browse *b, bool for_edit);
void browse_open_choices(struct browse *b, enum browse_choices what);
void browse_open_edit(struct browse *b);
void browse_open_review(struct browse *b);
void browse_move_cursor(struct browse *b, int64_t to);
void browse_press(struct browse *b, int button);
/* A letter typed as a command, whatever the width; 0 for another key. */
char browse_letter(struct key k);
/* -1, 0 or 1 for keys that go through buttons. */
int browse_step(struct key k);
/* Keeps the cursor of n things within `rows` from *top on. */
void browse_keep_in_sight(size_t cursor, size_t *top, int rows);

void view_list(const struct browse *b, struct grid *g);
void view_points_tree(const struct browse *b, struct grid *g);
void view_choices(const struct browse *b, struct grid *g);
void view_preview(const struct browse *b, struct grid *g);
void view_details(const struct browse *b, struct grid *g);
void view_edit(const struct browse *b, struct grid *g);
void view_confirm(const struct browse *b, struct grid *g);
void view_discard(const struct browse *b, struct grid *g);
void view_name(const struct browse *b, struct grid *g);
void view_review(const struct browse *b, struct grid *g);

/* ---- what views and updates share ---- */

struct sheet;

/* Row of the rule above message and keys, and the rows that lists have. */
int browse_rule_y(const struct browse *b);
int browse_list_rows(const struct browse *b);
int browse_point_rows(const struct browse *b);
int browse_sheet_rows(const struct browse *b);
/* Preview or details laid out; the caller releases it. */
void browse_sheet(const struct browse *b, struct sheet *ret);
/* The words of a chooser; NULL past the last. */
const char *browse_choice_word(enum browse_choices what, size_t i);
/* States that the open item can go to; NULL past the last. */
const char *browse_move_to(const struct browse *b, size_t i);
/* "F3" or "Alt+3". */
const char *browse_function_key(const struct browse *b, int number);
/* A word of the bank (kind, state, level, delivery) in the language of the interface; "" for "". */
const char *browse_word(const char *raw);
const char *browse_field_label(size_t field);
/* What may stand in a field, as a sentence. */
const char *browse_field_help(size_t field);
/* The value of a field as people read it: a level in their language, a knowledge point with its
 * title. Returns buf. */
const char *browse_field_shown(const struct browse *b, size_t field, const char *text, char *buf,
                               size_t size);
/* As much as fits, with ".." where something is left out. Returns buf. */
const char *browse_fit(char *buf, size_t size, const char *text, int columns);
const char *browse_thousandths(int64_t v, char *buf, size_t size); /* "" unknown */
/* The message, or two lines of the caller's, above the keys; then the keys. */
void browse_foot(const struct browse *b, struct grid *g, const char *line, const char *second,
                 const char *keys);

#endif
