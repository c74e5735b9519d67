/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the reader of Moodle XML: a question element and the draft that it becomes. Names of elements are
 * those of Moodle's own export (question bank, format "Moodle XML", versions 1.9 to 4). */
#ifndef KAOCHANG_PAPERBANK_BANK_FROM_MOODLE_H
#define KAOCHANG_PAPERBANK_BANK_FROM_MOODLE_H

#include "base/xml.h"
#include "paperbank/bank/draft.h"
#include "paperbank/bank/markup.h"

struct moodle_question {
    struct draft *d;
    const struct xml_doc *doc;
    const struct xml_node *n;
    const char *type;
    const struct xml_node *field; /* whose files the text at hand may use */
    void (*mark)(struct markup *m, const char *name, struct bytes *out); /* of the body's marks, or NULL */
    const char *body; /* replaces the question's text where a type had to change it, or NULL */
    void *context;    /* of mark */
};

/* Content of the <text> in n, or of n itself where there is none; "" for NULL. Without marks. */
const char *moodle_text(const struct moodle_question *q, const struct xml_node *n);
/* The same of a child of the question by its name. */
const char *moodle_field(const struct moodle_question *q, const char *name);
bool moodle_is_true(const char *text); /* "true", "1" */
enum markup_format moodle_format(const struct moodle_question *q, const struct xml_node *n);
/* XHTML of the text in n, with its pictures; NULL where it is empty and `place` is MARKUP_BLOCKS. */
const char *moodle_xhtml(struct moodle_question *q, const struct xml_node *n, enum markup_place place);
/* The feedback inside an answer, or NULL. */
const char *moodle_feedback(struct moodle_question *q, const struct xml_node *answer);
/* The share that an answer's fraction says; a fault where it is no number. */
struct fraction moodle_share(struct moodle_question *q, const struct xml_node *answer);
/* Finds the picture of an img in the field's files, or in the address itself (data:), and gives it to the
 * draft. For struct markup, whose context is the question. */
const char *moodle_image(struct markup *m, const char *source);

/* Fills the draft: body, parts, explanation. */
void moodle_question(struct moodle_question *q);

/* Unit behind a number; a fault where the unit itself is graded. */
void moodle_units(struct moodle_question *q, struct draft_part *p);

/* Parts of each type that has a file of its own. */
void moodle_cloze(struct moodle_question *q);
void moodle_calculated(struct moodle_question *q);
void moodle_gaps(struct moodle_question *q); /* gapselect, ddwtos */

/* Moodle's formula as a QTI expression. `variable` gives the identifier of a data set's {name}, or NULL.
 * False with *ret_fault. */
struct formula_names {
    const char *(*variable)(void *context, const char *name);
    bool (*is_whole)(void *context, const char *id); /* a variable that is never negative nor broken */
    void *context;
};
bool formula_to_qti(struct arena *a, const char *formula, const struct formula_names *names,
                    struct bytes *out, const char **ret_fault);

#endif
