/* SPDX-License-Identifier: Apache-2.0 */
/* What all screens have in common: the frame of plain ASCII, the head line, rules across, the line of keys. */
#ifndef KAOCHANG_CLIENT_SCREENS_FRAME_H
#define KAOCHANG_CLIENT_SCREENS_FRAME_H

#include <stdbool.h>

#include "base/err.h"
#include "client/screens/field.h"
#include "client/screens/grid.h"

enum { FRAME_MIN_WIDTH = 80, FRAME_MIN_HEIGHT = 24, FRAME_LEFT = 2, FRAME_BODY = 3 };

/* Too small for any screen: then only a message is drawn, and true is returned. In an exam it says besides
 * that nothing is lost. */
bool frame_too_small(struct grid *g, bool exam);
/* Border with the title in it. */
void frame_begin(struct grid *g, const char *title);
/* The line under the border, and a rule below it. */
void frame_head(struct grid *g, const char *left, const char *right);
void frame_rule(struct grid *g, int y);
/* The last line: the keys of this screen, under a rule at `rule_y`. */
void frame_keys(struct grid *g, int rule_y, const char *keys);

/* Columns inside the frame, and the first column after them. */
int frame_columns(const struct grid *g);
int frame_end(const struct grid *g);
/* A wrapped paragraph from row y, `indent` columns in; returns the row after it. Rows from `limit` on stay
 * untouched and count as cut. */
int frame_paragraph(struct grid *g, int y, int limit, int indent, enum look look, const char *text);
/* A paragraph in the middle of the line where it fits in one, else as frame_paragraph. */
int frame_centred(struct grid *g, int y, int limit, enum look look, const char *text);
/* "  > text" or "    text": something to choose. Clicks on it mean button `index`. Returns its end column. */
int frame_button(struct grid *g, int x, int y, bool focus, int index, const char *text);

/* A box to type in at x, y, with the cursor in it. */
void frame_field(struct grid *g, int x, int y, int columns, const struct field *f);

/* A formatted text in `buf`; returns buf. Never cut within a character. */
const char *say(char *buf, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* The same with a text that comes from a table: a msgid whose one "%s" is `text`. */
const char *say_of(char *buf, size_t size, const char *msgid, const char *text);

/* An error as sentences for people: "where: what. hint". Returns buf. */
const char *say_error(char *buf, size_t size, const struct err *e);
/* The same for a line of its own: without a place it begins with a capital. */
const char *say_refusal(char *buf, size_t size, const struct err *e);

#endif
