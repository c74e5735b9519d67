/* SPDX-License-Identifier: Apache-2.0 */
/* How the parts write themselves into the body of an item (body.h). For body*.c, part-*.c and the feedback of practice only. */
#ifndef KAOCHANG_CLIENT_SCREENS_BODY_WRITER_H
#define KAOCHANG_CLIENT_SCREENS_BODY_WRITER_H

#include "client/screens/body.h"

struct body_writer {
    struct sheet *sheet;
    const struct question *question;
    size_t focus; /* place of the cursor */
    int indent, margin;
    struct target owner;
    enum look look;
};

/* Nodes of an item as paragraphs and words. */
void body_nodes(struct body_writer *w, const struct item_node *n);
/* Ends the paragraph being written, if there is one. */
void body_flush(struct body_writer *w);
/* A picture: its characters as lines of their own where it can be shown, and its words. */
void body_picture(struct body_writer *w, const struct item_node *n);
/* A space, unless the paragraph begins here or has one. */
void body_space(struct body_writer *w);
/* Prompt, and a blank line. */
void body_prompt(struct body_writer *w, const struct item_interaction *i);
/* An entry of a list to choose from: content under a label, with room for a word on the right. */
struct body_entry {
    size_t place;
    const char *label;
    const char *word; /* NULL: not chosen */
};
void body_entry(struct body_writer *w, const struct body_entry *x, const struct item_node *content);

#endif
