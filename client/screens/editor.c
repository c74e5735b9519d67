/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/editor.h"

#include <string.h>

#include "base/text.h"
#include "client/screens/sheet.h"

enum { LEAST_ROOM = 256 };

void editor_init(struct editor *e, struct arena *a, size_t max)
{
    *e = (struct editor){.arena = a, .max = max, .room = LEAST_ROOM, .column = -1};
    e->text = arena_alloc(a, e->room);
}

static uint32_t char_at(const struct editor *e, size_t at)
{
    const char *p = e->text + at;
    return at < e->n ? utf8_next(&p, e->text + e->n) : 0;
}

static bool joins(uint32_t ch)
{
    return ch != '\n' && char_width(ch) == 0;
}

static size_t step_right(const struct editor *e, size_t at)
{
    const char *p = e->text + at, *end = e->text + e->n;
    if (p == end)
        return at;
    utf8_next(&p, end);
    while (p < end && joins(char_at(e, (size_t)(p - e->text))))
        utf8_next(&p, end);
    return (size_t)(p - e->text);
}

static size_t step_left(const struct editor *e, size_t at)
{
    while (at > 0) {
        do
            at--;
        while (at > 0 && ((unsigned char)e->text[at] & 0xC0) == 0x80);
        if (!joins(char_at(e, at)))
            break;
    }
    return at;
}

static void make_room(struct editor *e, size_t n)
{
    if (n + 1 <= e->room)
        return;
    while (e->room < n + 1)
        e->room *= 2;
    char *text = arena_alloc(e->arena, e->room);
    memcpy(text, e->text, e->n + 1);
    e->text = text;
}

static enum editor_result insert(struct editor *e, uint32_t ch)
{
    char utf8[8];
    if (ch != '\n' && (ch < 0x20 || ch == 0x7F || (ch >= 0x80 && ch < 0xA0)))
        return EDITOR_USED;
    size_t n = utf8_put(utf8, ch);
    if (n == 0)
        return EDITOR_USED;
    if (e->n + n > e->max)
        return EDITOR_FULL;
    make_room(e, e->n + n);
    memmove(e->text + e->cursor + n, e->text + e->cursor, e->n - e->cursor + 1);
    memcpy(e->text + e->cursor, utf8, n);
    e->n += n;
    e->cursor += n;
    return EDITOR_CHANGED;
}

void editor_set(struct editor *e, const char *text)
{
    const char *end = text + strlen(text);
    e->n = e->cursor = 0;
    e->text[0] = '\0';
    while (text < end)
        if (insert(e, utf8_next(&text, end)) == EDITOR_FULL)
            break;
}

/* ---- lines ---- */

static bool may_break(uint32_t before, uint32_t next)
{
    struct glyph a = {.ch = before}, b = {.ch = next};
    return sheet_may_break(&a, &b);
}

static struct editor_line line_from(const struct editor *e, size_t first, int columns)
{
    struct editor_line l = {.first = first};
    size_t at = first, chance = first;
    uint32_t before = 0;
    for (int used = 0; at < e->n; at = step_right(e, at)) {
        uint32_t ch = char_at(e, at);
        if (ch == '\n') {
            l.end = at;
            l.next = at + 1;
            return l;
        }
        if (at > first && may_break(before, ch))
            chance = at;
        used += char_width(ch);
        if (used > columns && ch != ' ') {
            l.end = l.next = chance > first ? chance : at > first ? at : step_right(e, at);
            return l;
        }
        before = ch;
    }
    l.end = l.next = e->n;
    l.last = true;
    return l;
}

struct editor_line editor_first(const struct editor *e, int columns)
{
    return line_from(e, 0, columns);
}

struct editor_line editor_next(const struct editor *e, struct editor_line l, int columns)
{
    return line_from(e, l.next, columns);
}

bool editor_has_cursor(const struct editor *e, struct editor_line l)
{
    return e->cursor >= l.first && (l.last || e->cursor < l.next);
}

size_t editor_lines(const struct editor *e, int columns)
{
    size_t n = 1;
    for (struct editor_line l = editor_first(e, columns); !l.last; l = editor_next(e, l, columns))
        n++;
    return n;
}

size_t editor_characters(const struct editor *e)
{
    size_t n = 0;
    const char *end = e->text + e->n;
    for (const char *p = e->text; p < end;) {
        uint32_t ch = utf8_next(&p, end);
        n += ch != ' ' && ch != 0x3000 && char_width(ch) > 0;
    }
    return n;
}

static size_t line_of_cursor(const struct editor *e, int columns, struct editor_line *ret)
{
    size_t n = 0;
    *ret = editor_first(e, columns);
    for (; !editor_has_cursor(e, *ret); n++)
        *ret = editor_next(e, *ret, columns);
    return n;
}

static int column_of(const struct editor *e, size_t from, size_t at)
{
    int columns = 0;
    for (; from < at; from = step_right(e, from))
        columns += char_width(char_at(e, from));
    return columns;
}

/* The last place of a line that the cursor can have: the end, or before the character at which it is broken. */
static size_t last_place(const struct editor *e, struct editor_line l)
{
    bool broken = !l.last && l.end == l.next;
    return broken ? step_left(e, l.end) : l.end;
}

void editor_point(struct editor *e, size_t line, int column, int columns)
{
    struct editor_line l = editor_first(e, columns);
    while (line-- > 0 && !l.last)
        l = editor_next(e, l, columns);
    size_t last = last_place(e, l);
    e->cursor = l.first;
    while (e->cursor < last && column_of(e, l.first, step_right(e, e->cursor)) <= column)
        e->cursor = step_right(e, e->cursor);
}

/* ---- keys ---- */

static enum editor_result cut_out(struct editor *e, size_t from, size_t to)
{
    if (from == to)
        return EDITOR_USED;
    memmove(e->text + from, e->text + to, e->n - to + 1);
    e->n -= to - from;
    e->cursor = from;
    return EDITOR_CHANGED;
}

static enum editor_result go_to(struct editor *e, size_t at, enum editor_result at_end)
{
    if (at == e->cursor)
        return at_end;
    e->cursor = at;
    return EDITOR_USED;
}

static enum editor_result go_line(struct editor *e, int step, int columns)
{
    struct editor_line l;
    size_t line = line_of_cursor(e, columns, &l);
    if (step < 0 ? line == 0 : l.last)
        return EDITOR_IGNORED;
    int column = e->column >= 0 ? e->column : column_of(e, l.first, e->cursor);
    editor_point(e, step < 0 ? line - 1 : line + 1, column, columns);
    e->column = column;
    return EDITOR_USED;
}

static enum editor_result go_end(struct editor *e, bool end, int columns)
{
    struct editor_line l;
    line_of_cursor(e, columns, &l);
    return go_to(e, end ? last_place(e, l) : l.first, EDITOR_USED);
}

enum editor_result editor_key(struct editor *e, struct key k, int columns)
{
    if (k.code == K_UP || k.code == K_DOWN)
        return go_line(e, k.code == K_UP ? -1 : 1, columns);
    e->column = -1;
    switch (k.code) {
    case K_CHAR:
        return insert(e, k.ch);
    case K_ENTER:
        return insert(e, '\n');
    case K_BACKSPACE:
        return cut_out(e, step_left(e, e->cursor), e->cursor);
    case K_DELETE:
        return cut_out(e, e->cursor, step_right(e, e->cursor));
    case K_LEFT:
        return go_to(e, step_left(e, e->cursor), EDITOR_IGNORED);
    case K_RIGHT:
        return go_to(e, step_right(e, e->cursor), EDITOR_IGNORED);
    case K_HOME:
    case K_END:
        return go_end(e, k.code == K_END, columns);
    default:
        return EDITOR_IGNORED;
    }
}
