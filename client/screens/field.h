/* SPDX-License-Identifier: Apache-2.0 */
/* A line of text being typed: bounded, with a cursor that steps over whole characters, wide ones included. */
#ifndef KAOCHANG_CLIENT_SCREENS_FIELD_H
#define KAOCHANG_CLIENT_SCREENS_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "client/screens/keys.h"

enum { FIELD_MAX = 1000 }; /* bytes */

struct field {
    char text[FIELD_MAX + 8];
    size_t n;      /* bytes, without the final zero */
    size_t cursor; /* byte offset at the start of a character, or n */
};

void field_clear(struct field *f);
/* As much of the text as fits, cursor at the end. */
void field_set(struct field *f, const char *text);
/* Typing, Backspace, Delete, Left, Right, Home, End. True if the text changed; *ret_used (may be NULL) tells whether
 * the key meant anything here: Left at the start and Right at the end do not. */
bool field_key(struct field *f, struct key k, bool *ret_used);
/* The part to show in `columns`, and the cursor's column in it, so that the cursor is always visible. */
struct field_window {
    size_t first, n; /* bytes */
    int cursor;
};
struct field_window field_window(const struct field *f, int columns);

#endif
