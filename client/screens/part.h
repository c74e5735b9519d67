/* SPDX-License-Identifier: Apache-2.0 */
/* A part: one interaction of an item as the candidate has it on the screen. What differs between the kinds of
 * interaction stands behind one table of operations (struct part_kind), a file part-*.c for each; nothing
 * else asks what kind it is. */
#ifndef KAOCHANG_CLIENT_SCREENS_PART_H
#define KAOCHANG_CLIENT_SCREENS_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "client/screens/editor.h"
#include "client/screens/field.h"
#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

struct part_kind;
struct body_writer;
struct folder_list;
struct task_view;

struct part_pair { /* indices of the interaction's choices and targets; without a target, its place in an
                      order */
    uint32_t source, target;
};

struct part {
    const struct item *item; /* borrowed */
    const struct item_interaction *interaction;
    const struct part_kind *kind; /* NULL: cannot be answered on a terminal */
    size_t number;                /* among the parts of its kind, from 1 */
    size_t first;                 /* the first of its places among those of the question */
    size_t n_places;              /* that a cursor can stand on */
    uint32_t *order;              /* index of the choice shown at each position */
    uint32_t *target_order;       /* index of the target shown at each position */
    bool *chosen;                 /* by position */
    struct part_pair *pair;       /* in the order in which they were made; room for RESPONSE_MAX_VALUES */
    size_t n_pairs;
    size_t held;           /* position that waits for its partner or is being moved, plus 1; 0: none */
    struct field *field;   /* a line that is typed */
    struct editor *editor; /* texts of several lines, one for each place */
    const struct folder_list *folder; /* files that may be chosen; NULL: none are offered */
    const struct task_view *task;     /* of a practical item (task-view.h); NULL before there is one */
};

/* A key, or a click, and what came of it. */
enum part_result {
    PART_IGNORED, /* the key means nothing here */
    PART_USED,    /* something on the screen changed, but not the answer */
    PART_TYPED,   /* the answer changed; it is committed after a pause */
    PART_CHANGED, /* the answer changed; it is committed at once */
};
enum { PART_MESSAGE = 256 };
/* What a practical item asks for besides. */
enum part_wish { PART_WISHES_NOTHING, PART_OPENS, PART_BEGINS_AGAIN, PART_WANTS_SHELL };
struct part_turn {
    size_t place;               /* in the part, where the cursor stands; and where it goes to */
    int width;                  /* columns of the body */
    bool more;                  /* another key is waiting */
    char message[PART_MESSAGE]; /* for the candidate, or "" */
    enum part_wish wish;
    size_t file; /* of PART_OPENS: 0 the folder, else the file plus 1 */
};

struct part_kind {
    const char *keys; /* N_(): its part of the last line of the screen */
    bool typed;       /* letters are text: Enter goes to the next part, PageDown to the next item */
    void (*init)(struct part *p, struct span seed, struct arena *a);
    bool (*answered)(const struct part *p);
    /* True if as much is answered as the item asks for. NULL: whatever is answered is complete. */
    bool (*complete)(const struct part *p);
    /* The values of the answer as QTI writes them, into the arena. */
    void (*response)(const struct part *p, struct response *r, struct arena *a);
    /* Shows what the journal has; what does not belong to the interaction is ignored. */
    void (*restore)(struct part *p, const struct response *r);
    /* The answer in a few words. */
    void (*words)(const struct part *p, struct bytes *out);
    enum part_result (*key)(struct part *p, struct part_turn *t, struct key k);
    /* `sub` is what the layout gave the target: 0 for the place itself. */
    enum part_result (*click)(struct part *p, struct part_turn *t, int sub, int column);
    void (*lay_out)(const struct part *p, struct body_writer *w);
    /* A gap or hottext in the interaction's content; NULL: it has none. */
    void (*inner)(const struct part *p, struct body_writer *w, const struct item_node *n);
    /* What can be put in at the cursor's place, for a list that stays on the screen; NULL: nothing. */
    void (*bank)(const struct part *p, struct body_writer *w);
    bool bank_below; /* the body ends with it: the part itself stands in a line of text */
};

extern const struct part_kind part_associate, part_choice, part_extended, part_gap_match, part_hottext,
    part_inline, part_match, part_order, part_slider, part_task, part_text, part_upload;

/* Sets the part up for its interaction; `first` and `number` as in struct part. */
void part_init(struct part *p, const struct item *item, const struct item_interaction *i, struct span seed,
               struct arena *a);
bool part_answered(const struct part *p);
bool part_complete(const struct part *p);

/* ---- shared by the kinds ---- */

/* A…Z, AA, AB … for the choice shown at a position. Returns buf. */
enum { PART_LABEL = 8 };
const char *part_label(size_t position, char buf[PART_LABEL]);
/* The position that a typed letter names, or that a digit from 1 to 9 names; SIZE_MAX if the key is none of
 * n. Full-width ones count as plain ones (key_plain). */
size_t part_letter(struct key k, size_t n);
size_t part_digit(struct key k, size_t n);
bool part_is_space(struct key k);
bool part_is_erase(struct key k);
/* Orders the choices as this candidate sees them; makes room in `chosen`. */
void part_choices(struct part *p, struct span seed, struct arena *a);
/* The choice, the target shown at a position; the position of a choice, of a target. */
const struct item_choice *part_choice_at(const struct part *p, size_t position);
const struct item_choice *part_target_at(const struct part *p, size_t position);
size_t part_position(const struct part *p, uint32_t choice);
size_t part_target_position(const struct part *p, uint32_t target);
/* Index of the choice with that identifier; SIZE_MAX if there is none. */
size_t part_find(const struct item_choice *choice, size_t n, const char *identifier, size_t length);
/* True if the response has the value. */
bool part_has_value(const struct response *r, const char *value);
/* Adds a value to a response that gets at most `room`. */
void part_add_value(struct response *r, struct arena *a, const char *value, size_t room);
/* Where some of the choices are chosen (part-chosen.c). */
size_t part_chosen_count(const struct part *p);
bool part_chosen_any(const struct part *p);
bool part_chosen_enough(const struct part *p);
void part_choose_only(struct part *p, size_t position); /* SIZE_MAX: none */
/* Chooses, or takes back where several may be chosen, within the limits. */
enum part_result part_choose(struct part *p, struct part_turn *t, size_t position);
void part_chosen_response(const struct part *p, struct response *r, struct arena *a);
void part_chosen_restore(struct part *p, const struct response *r);
void part_chosen_words(const struct part *p, struct bytes *out);
/* Where every place is a choice: a letter, Space or a click chooses, Backspace takes all back. */
enum part_result part_chosen_key(struct part *p, struct part_turn *t, struct key k);
enum part_result part_chosen_click(struct part *p, struct part_turn *t, int sub, int column);

/* Where the answer is a line that is typed, the first place (part-line.c). */
void part_line_init(struct part *p, struct span seed, struct arena *a);
bool part_line_answered(const struct part *p);
void part_line_response(const struct part *p, struct response *r, struct arena *a);
void part_line_restore(struct part *p, const struct response *r);
void part_line_words(const struct part *p, struct bytes *out);

/* False where the interaction has a patternMask and the text is not like it; a mask that is no pattern asks
 * for nothing. */
bool part_pattern_fits(const struct part *p, const char *text);
/* How many values an answer may have: the interaction's maximum, and never more than a response can hold. */
size_t part_most(const struct part *p);

#endif
