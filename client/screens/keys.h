/* SPDX-License-Identifier: Apache-2.0 */
/* Keys as the screens know them, and their names for scripts. A terminal without function keys sends
 * Alt+digit (or Esc, then the digit), which is the same key here. */
#ifndef KAOCHANG_CLIENT_SCREENS_KEYS_H
#define KAOCHANG_CLIENT_SCREENS_KEYS_H

#include <stdbool.h>
#include <stdint.h>

enum key_code {
    K_NONE,
    K_CHAR, /* a character typed, in key.ch */
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_TAB,
    K_BACK_TAB,
    K_ENTER,
    K_ESCAPE,
    K_BACKSPACE,
    K_DELETE,
    K_F1,
    K_F2,
    K_F3,
    K_F4,
    K_F5,
    K_F6,
    K_F7,
    K_F8,
    K_F9,
    K_F10,
    K_COUNT
};

struct key {
    enum key_code code;
    uint32_t ch; /* of K_CHAR */
    bool more; /* another key is waiting, as when a text is pasted: what is seen may wait for the last one */
};

struct key key_of(enum key_code code);
struct key key_char(uint32_t ch);
/* A full-width sign, from an input method left on, as the plain one that it means; other keys as they are. */
struct key key_plain(struct key k);
/* The function key that Alt+digit stands for: '1'..'9' F1..F9, '0' F10; K_NONE for anything else. */
enum key_code key_of_digit(uint32_t ch);
/* The key of a terminal's sequence without its Escape: "[A", "OR", "[15~", "[[C"; what xterm, linux, rxvt and
 * the vt100 send, whatever TERM says. K_NONE for every other one, such as a report of the mouse. */
enum key_code key_of_sequence(const char *sequence);
/* "Enter", "F3", "Alt+3", "PageDown", "Space", or one character; case of a name does not matter. False if
 * there is no such key. */
bool key_parse(const char *name, struct key *ret);

#endif
