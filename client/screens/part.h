/* SPDX-License-Identifier: Apache-2.0 */
/* A part: one interaction of an item as the candidate has it on the screen. What differs between the kinds of interaction
 * stands behind one table of operations (struct part_kind), a file part-*.c for each; nothing else asks what kind it is. */
#ifndef KAOCHANG_CLIENT_SCREENS_PART_H
#define KAOCHANG_CLIENT_SCREENS_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "client/screens/field.h"
#include "paperbank/item/item.h"
#include "paperbank/item/response.h"

struct part_kind;
struct body_writer;

struct part {
    const struct item *item; /* borrowed */
    const struct item_interaction *interaction;
    const struct part_kind *kind; /* NULL: cannot be answered on a terminal */
    size_t first;                 /* the first of its places among those of the question */
    size_t n_places;              /* that a cursor can stand on */
    uint32_t *order;              /* index of the choice shown at each position */
    bool *chosen;                 /* by position */
    struct field *field;          /* a line that is typed */
};

/* A key, or a click, and what came of it. */
enum part_result {
    PART_IGNORED, /* the key means nothing here */
    PART_USED,    /* something on the screen changed, but not the answer */
    PART_TYPED,   /* the answer changed; it is committed after a pause */
    PART_CHANGED, /* the answer changed; it is committed at once */
};
enum { PART_MESSAGE = 256 };
struct part_turn {
    size_t place;               /* in the part, where the cursor stands; and where it goes to */
    char message[PART_MESSAGE]; /* for the candidate, or "" */
};

struct part_kind {
    const char *name; /* N_(): what an item is called that has nothing else */
    const char *keys; /* N_(): its part of the last line of the screen */
    bool typed;       /* letters are text: Enter goes to the next part, PageDown to the next item */
    void (*init)(struct part *p, struct span seed, struct arena *a);
    bool (*answered)(const struct part *p);
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
};

extern const struct part_kind part_choice, part_text;

/* Sets the part up for its interaction; `first` as in struct part. */
void part_init(struct part *p, const struct item *item, const struct item_interaction *i, size_t first, struct span seed,
               struct arena *a);

/* ---- shared by the kinds ---- */

/* A…Z, AA, AB … for the choice shown at a position. Returns buf. */
enum { PART_LABEL = 8 };
const char *part_label(size_t position, char buf[PART_LABEL]);
/* The position that a typed letter names; SIZE_MAX if the key is no letter or has no choice. Full-width letters, from an
 * input method left on, mean the plain ones. */
size_t part_letter(struct key k, size_t n);
bool part_is_space(struct key k);
/* Orders the choices as this candidate sees them; makes room in `chosen`. */
void part_choices(struct part *p, struct span seed, struct arena *a);
size_t part_chosen_count(const struct part *p);
/* The choice shown at a position. */
const struct item_choice *part_choice_at(const struct part *p, size_t position);
/* True if the response has the value. */
bool part_has_value(const struct response *r, const char *value);
void part_add_value(struct response *r, struct arena *a, const char *value, size_t room);

#endif
