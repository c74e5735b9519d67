/* SPDX-License-Identifier: Apache-2.0 */
/* A text of several lines being typed: bounded, wrapped at the width of its box, with a cursor that steps
 * over whole characters, wide ones included. */
#ifndef KAOCHANG_CLIENT_SCREENS_EDITOR_H
#define KAOCHANG_CLIENT_SCREENS_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "client/screens/keys.h"

struct editor {
    struct arena *arena; /* where the text lies */
    char *text;          /* ends in zero; lines end in a line feed */
    size_t n, room, max; /* bytes */
    size_t cursor;       /* at the start of a character, or n */
    int column;          /* that Up and Down keep to; -1: that of the cursor */
};

void editor_init(struct editor *e, struct arena *a, size_t max);
/* As much of the text as fits, cursor at the end; carriage returns and other control characters are left out. */
void editor_set(struct editor *e, const char *text);

enum editor_result {
    EDITOR_IGNORED, /* Up on the first line, Left at the start, …: the key means something else */
    EDITOR_USED,
    EDITOR_CHANGED,
    EDITOR_FULL, /* the text has reached its bound */
};
/* Typing, Enter, Backspace, Delete, arrows, Home and End of the line, in a box of `columns`. */
enum editor_result editor_key(struct editor *e, struct key k, int columns);

/* A line as it stands in the box: bytes [first, end), and where the next one begins; `last` if there is none. */
struct editor_line {
    size_t first, end, next;
    bool last;
};
struct editor_line editor_first(const struct editor *e, int columns);
struct editor_line editor_next(const struct editor *e, struct editor_line l, int columns);
bool editor_has_cursor(const struct editor *e, struct editor_line l);
/* Puts the cursor at a column of a line, counted from 0. */
void editor_point(struct editor *e, size_t line, int column, int columns);
size_t editor_lines(const struct editor *e, int columns);
/* Characters that are neither blanks nor line ends: what is counted in an essay. */
size_t editor_characters(const struct editor *e);

#endif
