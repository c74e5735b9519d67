/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the parts of the item reader only. */
#ifndef KAOCHANG_PAPERBANK_ITEM_ITEM_INTERNAL_H
#define KAOCHANG_PAPERBANK_ITEM_ITEM_INTERNAL_H

#include "paperbank/item/item.h"

/* Notes a fault of the item; beyond ITEM_MAX_PROBLEMS it is dropped. */
void item_problem(struct item *item, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

void item_read_declarations(struct item *item);
void item_read_body(struct item *item);
/* Rules that look at the whole: references, cardinalities, correct values. */
void item_check(struct item *item);

/* item-check-interaction.c: what it is bound to, its numbers, choices and correct values. */
void item_check_interaction(struct item *item, const struct item_interaction *i);

/* item-elements.c: the elements of a body that are shown, by name; NULL for others. */
struct body_element {
    const char *name;
    enum item_node_kind kind;
    int64_t number;
};
const struct body_element *item_body_element(const char *name);
bool item_element_transparent(const char *name);
bool item_element_hidden(const char *name);

/* item-body.c. `within`: the gap match or hottext whose gaps or hot words are met, or NULL. */
struct item_node *item_node_new(struct item *item, enum item_node_kind kind);
struct item_node *item_read_content(struct item *item, const struct xml_node *n,
                                    struct item_interaction *within);
/* One element alone, as the only child of a group. */
struct item_node *item_read_alone(struct item *item, const struct xml_node *n);
const struct item_condition *item_read_condition(struct item *item, const struct xml_node *n,
                                                 const char *variable, const char *identifier);

/* item-interaction.c: the node becomes a NODE_INTERACTION (for a positionObjectStage a NODE_GROUP of them),
 * and the interaction is appended to the item's. */
bool item_is_interaction(const char *name);
bool item_is_graphic(enum item_interaction_kind kind);
void item_read_interaction(struct item *item, const struct xml_node *n, struct item_node *ret);

/* item-choices.c */
void item_read_choices(struct item *item, const struct xml_node *n, struct item_interaction *i);
void item_read_gap(struct item *item, const struct xml_node *n, struct item_interaction *i,
                   struct item_node *ret);
void item_read_hottext(struct item *item, const struct xml_node *n, struct item_interaction *i,
                       struct item_node *ret);

/* item-math.c: MathML as one line of text, "(a)/(b)", "x^2". */
#define MATHML_NS "http://www.w3.org/1998/Math/MathML"
const char *item_math_text(struct arena *a, const struct xml_doc *doc, const struct xml_node *math);

/* White space around removed; into the item's arena. */
const char *item_trimmed(struct item *item, const char *s);
bool item_is_space(char c);
/* `word` among the words of `list`, which may be NULL. */
bool item_has_word(const char *list, const char *word);
bool item_attr_true(const struct item *item, const struct xml_node *n, const char *name, bool fallback);
/* A whole number of at most six digits; a problem, and the fallback, for anything else. */
int64_t item_attr_whole(struct item *item, const struct xml_node *n, const char *name, int64_t fallback);
/* The attribute, or "" and a problem. */
const char *item_attr_needed(struct item *item, const struct xml_node *n, const char *name);
/* Neither QTI's nor HTML 5's. */
bool item_is_foreign(const struct xml_node *n);
bool item_is_speech(const struct xml_node *n);
bool item_is_picture(const struct item *item, const struct xml_node *n);

/* As the canonical form wants it: a tab or carriage return becomes a space. */
char *item_plain_text(struct arena *a, const char *text);
/* The template declarations and rules that a candidate's view needs (slice.h). */
MUST_CHECK int item_write_slice(const struct item *item, struct xml_out *out, struct arena *a, struct err *e);

#endif
