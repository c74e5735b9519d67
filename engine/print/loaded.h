/* SPDX-License-Identifier: Apache-2.0 */
/* The items of a form as they are printed; for the files of this folder alone. */
#ifndef KAOCHANG_ENGINE_PRINT_LOADED_H
#define KAOCHANG_ENGINE_PRINT_LOADED_H

#include "engine/print/print-exam.h"
#include "paperbank/item/item.h"

struct loaded_part {
    const struct item_interaction *interaction; /* of the view */
    uint32_t *order, *target_order;             /* the choice and target at each place */
};

struct loaded_item {
    const struct paper_item *ref;
    const struct paper_section *section;
    size_t number;      /* in the form, from 1 */
    struct item *view;  /* NULL: the candidate's view cannot be made */
    struct item *whole; /* with the key; NULL unless it was asked for */
    bool unfit;         /* cannot be answered on paper */
    struct loaded_part *part;
    size_t n_parts;
};

struct loaded {
    struct arena *arena;
    const struct print_exam *exam;
    const struct paper_form *form;
    struct loaded_item *item;
    size_t n;
};

MUST_CHECK int loaded_read(struct loaded *ret, const struct print_exam *x, const struct paper_form *form,
                           bool keys, struct err *e);
void loaded_release(struct loaded *l);

/* "A" … "Z", then "A27": what stands before the choice at a place. Into the arena. */
const char *loaded_letter(struct arena *a, size_t place);
/* The place of a choice or target by its identifier (n bytes), or the number of them. */
size_t loaded_place(const struct item_choice *c, size_t n_choices, const uint32_t *order,
                    const char *identifier, size_t n);
/* The part that fills this response, or NULL. */
const struct loaded_part *loaded_part_for(const struct loaded_item *i, const char *response);

#endif
