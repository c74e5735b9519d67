/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/field.h"

#include <string.h>

#include "base/text.h"

void field_clear(struct field *f)
{
    *f = (struct field){0};
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

void field_set(struct field *f, const char *text)
{
    field_clear(f);
    size_t n = strlen(text);
    if (n > FIELD_MAX)
        n = FIELD_MAX;
    while (n > 0 && is_continuation(text[n]))
        n--;
    memcpy(f->text, text, n);
    f->n = f->cursor = n;
}

static size_t step_right(const struct field *f, size_t at)
{
    const char *p = f->text + at, *end = f->text + f->n;
    if (p == end)
        return at;
    utf8_next(&p, end);
    for (const char *mark = p; mark < end; p = mark)
        if (char_width(utf8_next(&mark, end)) != 0)
            break;
    return (size_t)(p - f->text);
}

static size_t step_left(const struct field *f, size_t at)
{
    size_t before = 0;
    for (size_t p = 0; p < at; p = step_right(f, p))
        before = p;
    return before;
}

static void cut_out(struct field *f, size_t from, size_t to)
{
    memmove(f->text + from, f->text + to, f->n - to + 1);
    f->n -= to - from;
    f->cursor = from;
}

static bool insert(struct field *f, uint32_t ch)
{
    char utf8[8];
    if (ch < 0x20 || ch == 0x7F || (ch >= 0x80 && ch < 0xA0))
        return false;
    size_t n = utf8_put(utf8, ch);
    if (n == 0 || f->n + n > FIELD_MAX)
        return false;
    memmove(f->text + f->cursor + n, f->text + f->cursor, f->n - f->cursor + 1);
    memcpy(f->text + f->cursor, utf8, n);
    f->n += n;
    f->cursor += n;
    return true;
}

static bool move_to(struct field *f, size_t at)
{
    bool moved = at != f->cursor;
    f->cursor = at;
    return moved;
}

bool field_key(struct field *f, struct key k, bool *ret_used)
{
    bool ignored, *used = ret_used ? ret_used : &ignored;
    size_t n = f->n;
    *used = true;
    switch (k.code) {
    case K_CHAR:
        return insert(f, k.ch);
    case K_BACKSPACE:
        cut_out(f, step_left(f, f->cursor), f->cursor);
        return f->n != n;
    case K_DELETE:
        cut_out(f, f->cursor, step_right(f, f->cursor));
        return f->n != n;
    case K_LEFT:
        *used = move_to(f, step_left(f, f->cursor));
        return false;
    case K_RIGHT:
        *used = move_to(f, step_right(f, f->cursor));
        return false;
    case K_HOME:
        move_to(f, 0);
        return false;
    case K_END:
        move_to(f, f->n);
        return false;
    default:
        *used = false;
        return false;
    }
}

static int columns_between(const struct field *f, size_t from, size_t to)
{
    int columns = 0;
    const char *end = f->text + to;
    for (const char *p = f->text + from; p < end;)
        columns += char_width(utf8_next(&p, end));
    return columns;
}

struct field_window field_window(const struct field *f, int columns)
{
    struct field_window w = {0};
    while (columns_between(f, w.first, f->cursor) >= columns && w.first < f->cursor)
        w.first = step_right(f, w.first);
    w.cursor = columns_between(f, w.first, f->cursor);
    size_t end = w.first;
    while (end < f->n && columns_between(f, w.first, step_right(f, end)) <= columns)
        end = step_right(f, end);
    w.n = end - w.first;
    return w;
}
