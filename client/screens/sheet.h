/* SPDX-License-Identifier: Apache-2.0 */
/* A text laid out in lines for a given width: the body of an item, a notice. Longer than the screen, it is
 * scrolled. Paragraphs are made of glyphs, so that a field to type in can stand in the middle of a sentence;
 * lines break as Chinese print does: no closing sign begins a line, no opening sign ends one, a Latin word
 * stays whole where it can. */
#ifndef KAOCHANG_CLIENT_SCREENS_SHEET_H
#define KAOCHANG_CLIENT_SCREENS_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/screens/field.h"
#include "client/screens/grid.h"

struct glyph {
    uint32_t ch, mark;
    uint8_t look;
    bool glued;           /* no line break before it */
    bool cursor;          /* the terminal's cursor stands here */
    struct target target; /* of a click on it */
};

/* What stands beside a line: the cursor, a label before it, a word at its end. */
struct line_sign {
    bool shown, focus;
    char label[8];
    char word[40]; /* on the right; the line is then marked as chosen. "": none */
};

struct line {
    size_t first, n; /* glyphs */
    int indent;
    struct target owner; /* what the whole line belongs to, such as a choice */
    struct line_sign sign;
};

struct sheet {
    int width;
    struct glyph *glyph;
    size_t n_glyphs, glyph_room;
    struct line *line;
    size_t n_lines, line_room;
    size_t paragraph; /* first glyph of the paragraph being written */
};

void sheet_init(struct sheet *s, int width);
void sheet_release(struct sheet *s);

/* Adds to the paragraph being written. A line feed in the text ends a line. */
void sheet_text(struct sheet *s, enum look look, const char *text);
/* A box to type in, `columns` wide between its brackets. */
void sheet_field(struct sheet *s, const struct field *f, int columns, bool active, struct target target);
/* Ends the paragraph: breaks it into lines of the sheet's width, `indent` columns in, `margin` kept free on
 * the right. */
void sheet_end(struct sheet *s, int indent, int margin, struct target owner);
void sheet_blank(struct sheet *s);
/* One line as it is, spaces kept; what is wider than the sheet continues on the next line. */
void sheet_verbatim(struct sheet *s, int indent, enum look look, const char *text, size_t n);

/* Adds the glyphs of a line of another sheet. */
void sheet_copy(struct sheet *s, const struct sheet *from, const struct line *l);
/* The glyphs from `first` on mean the target to the mouse, and no line breaks between them. */
void sheet_bind(struct sheet *s, size_t first, struct target target);
/* Columns of a line without its indent. */
int sheet_line_width(const struct sheet *s, const struct line *l);
/* Draws the glyphs of a line. */
void sheet_draw_line(const struct sheet *s, const struct line *l, struct grid *g, int x, int y);
/* Where a line may not break: before `next`. */
bool sheet_may_break(const struct glyph *before, const struct glyph *next);

#endif
