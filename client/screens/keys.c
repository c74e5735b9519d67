/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/keys.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

static const char *const names[K_COUNT] = {
    [K_UP] = "Up",
    [K_DOWN] = "Down",
    [K_LEFT] = "Left",
    [K_RIGHT] = "Right",
    [K_HOME] = "Home",
    [K_END] = "End",
    [K_PAGE_UP] = "PageUp",
    [K_PAGE_DOWN] = "PageDown",
    [K_TAB] = "Tab",
    [K_BACK_TAB] = "BackTab",
    [K_ENTER] = "Enter",
    [K_ESCAPE] = "Escape",
    [K_BACKSPACE] = "Backspace",
    [K_DELETE] = "Delete",
    [K_F1] = "F1",
    [K_F2] = "F2",
    [K_F3] = "F3",
    [K_F4] = "F4",
    [K_F5] = "F5",
    [K_F6] = "F6",
    [K_F7] = "F7",
    [K_F8] = "F8",
    [K_F9] = "F9",
    [K_F10] = "F10",
};

struct key key_of(enum key_code code)
{
    return (struct key){.code = code};
}

struct key key_char(uint32_t ch)
{
    return (struct key){.code = K_CHAR, .ch = ch};
}

struct key key_plain(struct key k)
{
    if (k.code == K_CHAR && k.ch >= 0xFF01 && k.ch <= 0xFF5E)
        k.ch -= 0xFEE0;
    if (k.code == K_CHAR && k.ch == 0x3000)
        k.ch = ' ';
    return k;
}

enum key_code key_of_digit(uint32_t ch)
{
    if (ch == '0')
        return K_F10;
    return ch >= '1' && ch <= '9' ? K_F1 + (ch - '1') : K_NONE;
}

static enum key_code key_of_final(const char *signs, char final)
{
    static const enum key_code codes[] = {K_UP,       K_DOWN, K_RIGHT, K_LEFT, K_HOME, K_END,
                                          K_BACK_TAB, K_F1,   K_F2,    K_F3,   K_F4,   K_ENTER};
    const char *at = strchr(signs, final);
    return at ? codes[at - signs] : K_NONE;
}

static enum key_code key_of_number(const char *number)
{
    static const struct {
        const char *text;
        enum key_code code;
    } numbers[] = {{"1~", K_HOME}, {"3~", K_DELETE}, {"4~", K_END}, {"5~", K_PAGE_UP}, {"6~", K_PAGE_DOWN},
                   {"7~", K_HOME}, {"8~", K_END},    {"11~", K_F1}, {"12~", K_F2},     {"13~", K_F3},
                   {"14~", K_F4},  {"15~", K_F5},    {"17~", K_F6}, {"18~", K_F7},     {"19~", K_F8},
                   {"20~", K_F9},  {"21~", K_F10},   {"[A", K_F1},  {"[B", K_F2},      {"[C", K_F3},
                   {"[D", K_F4},   {"[E", K_F5}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(numbers[i].text, number) == 0)
            return numbers[i].code;
    return K_NONE;
}

enum key_code key_of_sequence(const char *sequence)
{
    if (!sequence[0] || !sequence[1])
        return K_NONE;
    if (sequence[2])
        return sequence[0] == '[' ? key_of_number(sequence + 1) : K_NONE;
    return key_of_final(sequence[0] == 'O' ? "ABCDHFZPQRSM" : "ABCDHFZ", sequence[1]);
}

static bool parse_alt(const char *name, struct key *ret)
{
    if (strlen(name) != 5 || memcmp(name, "Alt+", 4) != 0)
        return false;
    *ret = key_of(key_of_digit((unsigned char)name[4]));
    return ret->code != K_NONE;
}

bool key_parse(const char *name, struct key *ret)
{
    for (int code = 0; code < K_COUNT; code++)
        if (names[code] && ascii_casecmp(names[code], name) == 0) {
            *ret = key_of((enum key_code)code);
            return true;
        }
    if (ascii_casecmp(name, "Space") == 0) {
        *ret = key_char(' ');
        return true;
    }
    if (parse_alt(name, ret))
        return true;
    const char *p = name, *end = name + strlen(name);
    if (p == end || !utf8_valid(name, strlen(name)))
        return false;
    uint32_t ch = utf8_next(&p, end);
    *ret = key_char(ch);
    return p == end && ch > 0x20;
}
