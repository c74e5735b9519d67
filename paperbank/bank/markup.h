/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of other programs as XHTML of QTI 2.2: what is allowed there is kept, what does something (scripts,
 * styles, events) is dropped, what is unknown is taken off its content. */
#ifndef KAOCHANG_PAPERBANK_BANK_MARKUP_H
#define KAOCHANG_PAPERBANK_BANK_MARKUP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

/* Around the name of something that is put into a text while it is written: U+F8FF, of the private use area.
 * Texts from outside lose it first (markup_clean). */
#define MARKUP_MARK "\xEF\xA3\xBF"

enum markup_format {
    MARKUP_HTML,
    MARKUP_AUTO /* HTML whose line ends count */,
    MARKUP_PLAIN,
    MARKUP_MARKDOWN
};
enum markup_place {
    MARKUP_BLOCKS /* an item's body */,
    MARKUP_FLOW /* a choice: one paragraph loses its element */
};

struct markup {
    struct arena *arena;
    const char *fault; /* the first reason why a text cannot be taken, or NULL */
    /* The href that an image of that source gets, or NULL with `fault` set; NULL: there are no images. */
    const char *(*image)(struct markup *m, const char *source);
    /* Writes what a mark stands for. NULL: marks are dropped. */
    void (*mark)(struct markup *m, const char *name, struct bytes *out);
    void *context;
};

/* XHTML, into the arena; "" for a text without content. */
const char *markup_xhtml(struct markup *m, enum markup_format format, enum markup_place place,
                         const char *text);
/* The words alone on one line, into the arena. */
const char *markup_words(struct markup *m, enum markup_format format, const char *text);
/* A text without marks and without characters that XML cannot hold; ends of lines are LF. */
char *markup_clean(struct arena *a, const char *text);
/* Appends a text with & < > " escaped. */
void markup_escape(struct bytes *out, const char *text);
/* Markdown as HTML: paragraphs, headings, lists, emphasis, code. */
char *markup_from_markdown(struct arena *a, const char *text);

#endif
