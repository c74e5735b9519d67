/* SPDX-License-Identifier: Apache-2.0 */
/* How the parts write themselves into the body of an item (body.h). For body*.c, part-*.c and the feedback of
 * practice only. */
#ifndef KAOCHANG_CLIENT_SCREENS_BODY_WRITER_H
#define KAOCHANG_CLIENT_SCREENS_BODY_WRITER_H

#include "client/screens/body.h"

struct body_writer {
    struct sheet *sheet;
    const struct question *question;
    const struct part *part; /* whose content is being written, or NULL */
    size_t focus;            /* place of the cursor */
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
/* A table as ASCII lines; what stands in its cells is laid out as anywhere. */
void body_table(struct body_writer *w, const struct item_node *table);
/* Prompt, and a blank line. */
void body_prompt(struct body_writer *w, const struct item_interaction *i);
/* A line of its own about a part. */
void body_note(struct body_writer *w, enum look look, const char *text);
/* An entry of a list to choose from: content under a label, with room for a word on the right. */
struct body_entry {
    struct target target;
    const char *label;
    const struct item_node *content;
    const char *tail; /* after the content, or NULL */
    const char *word; /* at the end of the first line; the entry is then marked as chosen. NULL: none */
    bool focus;
};
void body_entry(struct body_writer *w, const struct body_entry *x);
/* The words of a node as one line, cut to what fits beside another. */
char *body_short(const struct item_node *n, struct arena *a);
/* Things to put in, in a row after `lead` where they are short, else as a list below it. Clicks on option i
 * mean sub i + 1 of the place. */
struct body_option {
    char label[PART_LABEL];
    const struct item_node *content;
    char word[40]; /* beside it: where it is used; "": nowhere */
    bool quiet;    /* cannot be used any more */
};
void body_options(struct body_writer *w, size_t place, const char *lead, const struct body_option *option,
                  size_t n);
/* How many must be chosen at least, if the interaction says so. */
void body_least_chosen(struct body_writer *w, const struct part *p);
/* A numbered box in a sentence: "[1 ____]", "[1 B 复制]"; "[1>…" while the cursor is on it. */
void body_box(struct body_writer *w, size_t place, size_t number, const char *label, const char *word);
/* A text on the line being written that is never broken and means a target of the mouse. */
void body_piece(struct body_writer *w, enum look look, const char *text, struct target target, bool cursor);

#endif
