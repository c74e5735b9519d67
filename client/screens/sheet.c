/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/sheet.h"

#include <string.h>

#include "base/mem.h"
#include "base/text.h"

void sheet_init(struct sheet *s, int width)
{
    *s = (struct sheet){.width = width < 8 ? 8 : width};
}

void sheet_release(struct sheet *s)
{
    free(s->glyph);
    free(s->line);
    *s = (struct sheet){0};
}

static bool is_ideograph(uint32_t ch)
{
    return ch >= 0x4E00 && ch <= 0x9FFF;
}

/* Most of any text: ideographs, letters, digits. */
static bool is_plain(uint32_t ch)
{
    return is_ideograph(ch) || (ch >= '0' && ch <= '9') || ((ch | 0x20) >= 'a' && (ch | 0x20) <= 'z');
}

static int columns_of(uint32_t ch)
{
    return ch >= 0x20 && ch < 0x7F ? 1 : is_ideograph(ch) ? 2 : char_width(ch);
}

static struct glyph *add_glyph(struct sheet *s, enum look look, uint32_t ch)
{
    if (s->n_glyphs == s->glyph_room) {
        s->glyph_room = s->glyph_room ? s->glyph_room * 2 : 256;
        s->glyph = mem_grow(s->glyph, s->glyph_room, sizeof *s->glyph);
    }
    struct glyph *q = &s->glyph[s->n_glyphs++];
    *q = (struct glyph){.ch = ch, .look = (uint8_t)look};
    return q;
}

static struct line *add_line(struct sheet *s)
{
    if (s->n_lines == s->line_room) {
        s->line_room = s->line_room ? s->line_room * 2 : 32;
        s->line = mem_grow(s->line, s->line_room, sizeof *s->line);
    }
    struct line *l = &s->line[s->n_lines++];
    *l = (struct line){0};
    return l;
}

static void add_mark(struct sheet *s, uint32_t ch)
{
    struct glyph *last = s->n_glyphs > s->paragraph ? &s->glyph[s->n_glyphs - 1] : NULL;
    if (last && ch >= 0x300 && !last->mark)
        last->mark = ch;
}

static void add_text(struct sheet *s, enum look look, const char *text, size_t n)
{
    const char *end = text + n;
    for (const char *p = text; p < end;) {
        uint32_t ch = utf8_next(&p, end);
        if (ch == '\t' || ch == '\r')
            ch = ' ';
        if (ch == '\n' || columns_of(ch) > 0)
            add_glyph(s, look, ch);
        else
            add_mark(s, ch);
    }
}

void sheet_text(struct sheet *s, enum look look, const char *text)
{
    add_text(s, look, text, strlen(text));
}

static void add_box_glyph(struct sheet *s, enum look look, uint32_t ch, bool cursor, struct target target)
{
    struct glyph *q = add_glyph(s, look, ch);
    q->glued = true;
    q->cursor = cursor;
    q->target = target;
}

void sheet_field(struct sheet *s, const struct field *f, int columns, bool active, struct target target)
{
    struct field_window w = field_window(f, columns);
    enum look look = active ? LOOK_CURSOR : LOOK_FIELD;
    add_glyph(s, look, '[')->target = target;
    int at = 0;
    const char *end = f->text + w.first + w.n;
    for (const char *p = f->text + w.first; p < end;) {
        uint32_t ch = utf8_next(&p, end);
        if (columns_of(ch) == 0) {
            add_mark(s, ch);
            continue;
        }
        add_box_glyph(s, look, ch, active && at == w.cursor, target);
        at += columns_of(ch);
    }
    for (; at < columns; at++)
        add_box_glyph(s, look, '_', active && at == w.cursor, target);
    add_box_glyph(s, look, ']', active && at == w.cursor, target);
}

static bool is_one_of(uint32_t ch, const uint32_t *set)
{
    if (is_plain(ch))
        return false;
    while (*set && *set != ch)
        set++;
    return *set != 0;
}

bool sheet_may_break(const struct glyph *before, const struct glyph *next)
{
    static const uint32_t closing[] = U"，。、；：？！）】》」』〉〕”’…—～·％)]},.!?:;%",
                          opening[] = U"（【《「『〈〔“‘([{";
    if (next->glued || next->ch == ' ')
        return false;
    if (is_one_of(next->ch, closing) && !(next->target.kind))
        return false;
    if (is_one_of(before->ch, opening) && !before->target.kind)
        return false;
    if (before->ch == ' ')
        return true;
    return columns_of(before->ch) == 2 || columns_of(next->ch) == 2;
}

/* Glyphs from `first` to `end` that make one line of `columns`; at least one. */
static size_t line_length(const struct sheet *s, size_t first, size_t end, int columns)
{
    size_t fit = first;
    for (int used = 0; fit < end; fit++) {
        used += columns_of(s->glyph[fit].ch);
        if (used > columns && (s->glyph[fit].ch != ' ' || s->glyph[fit].glued))
            break;
    }
    if (fit == end)
        return end - first;
    for (size_t at = fit; at > first; at--)
        if (sheet_may_break(&s->glyph[at - 1], &s->glyph[at]))
            return at - first;
    return fit > first ? fit - first : 1;
}

static size_t without_end_spaces(const struct sheet *s, size_t first, size_t n)
{
    while (n > 0 && s->glyph[first + n - 1].ch == ' ' && !s->glyph[first + n - 1].glued)
        n--;
    return n;
}

static void wrap(struct sheet *s, size_t first, size_t end, int indent, int columns, struct target owner)
{
    do {
        size_t n = line_length(s, first, end, columns);
        struct line *l = add_line(s);
        *l = (struct line){.first = first,
                           .n = without_end_spaces(s, first, n),
                           .indent = indent,
                           .owner = owner};
        first += n;
        while (first < end && s->glyph[first].ch == ' ')
            first++;
    } while (first < end);
}

void sheet_end(struct sheet *s, int indent, int margin, struct target owner)
{
    int columns = s->width - indent - margin;
    size_t first = s->paragraph, lines = s->n_lines;
    for (size_t i = first; i < s->n_glyphs; i++)
        if (s->glyph[i].ch == '\n') {
            wrap(s, first, i, indent, columns < 2 ? 2 : columns, owner);
            first = i + 1;
        }
    if (first < s->n_glyphs || s->n_lines == lines)
        wrap(s, first, s->n_glyphs, indent, columns < 2 ? 2 : columns, owner);
    s->paragraph = s->n_glyphs;
}

void sheet_blank(struct sheet *s)
{
    add_line(s);
}

static void keep_together(struct sheet *s, size_t first)
{
    for (size_t i = first; i < s->n_glyphs; i++)
        s->glyph[i].glued = true;
}

void sheet_verbatim(struct sheet *s, int indent, enum look look, const char *text, size_t n)
{
    size_t first = s->n_glyphs;
    add_text(s, look, text, n);
    keep_together(s, first);
    sheet_end(s, indent, 0, (struct target){0});
}

void sheet_copy(struct sheet *s, const struct sheet *from, const struct line *l)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct glyph *q = &from->glyph[l->first + i];
        struct glyph *copy = add_glyph(s, (enum look)q->look, q->ch);
        *copy = *q;
        if (copy->target.kind == TARGET_NONE)
            copy->target = l->owner;
    }
}

void sheet_bind(struct sheet *s, size_t first, struct target target)
{
    for (size_t i = first; i < s->n_glyphs; i++) {
        s->glyph[i].target = target;
        s->glyph[i].glued = i > first;
    }
}

int sheet_line_width(const struct sheet *s, const struct line *l)
{
    int columns = 0;
    for (size_t i = 0; i < l->n; i++)
        columns += columns_of(s->glyph[l->first + i].ch);
    return columns;
}

void sheet_draw_line(const struct sheet *s, const struct line *l, struct grid *g, int x, int y)
{
    x += l->indent;
    for (size_t i = 0; i < l->n; i++) {
        const struct glyph *q = &s->glyph[l->first + i];
        int w = columns_of(q->ch);
        if (x + w > g->width) {
            g->cut++;
            break;
        }
        grid_put(g, x, y, (enum look)q->look, q->ch);
        if (q->mark)
            g->cell[y * g->width + x].mark = q->mark;
        if (q->target.kind != TARGET_NONE)
            grid_target(g, x, y, w, q->target);
        if (q->cursor)
            grid_cursor(g, x, y);
        x += w;
    }
}
