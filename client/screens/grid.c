/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/grid.h"

#include "base/mem.h"
#include "base/text.h"

void grid_init(struct grid *g, int width, int height)
{
    *g = (struct grid){.width = width > 0 ? width : 1, .height = height > 0 ? height : 1};
    g->cell = mem_alloc(sizeof *g->cell * (size_t)g->width * (size_t)g->height);
    grid_clear(g);
}

void grid_release(struct grid *g)
{
    free(g->cell);
    *g = (struct grid){0};
}

void grid_clear(struct grid *g)
{
    for (int i = 0; i < g->width * g->height; i++)
        g->cell[i] = (struct cell){.ch = ' '};
    g->cursor_x = g->cursor_y = -1;
    g->cut = g->n_hits = 0;
}

static struct cell *cell_at(const struct grid *g, int x, int y)
{
    bool inside = x >= 0 && y >= 0 && x < g->width && y < g->height;
    return inside ? &g->cell[y * g->width + x] : NULL;
}

/* Blanks the other half of a wide character of which one half is about to be overwritten. */
static void free_halves(struct grid *g, int x, int y)
{
    struct cell *c = cell_at(g, x, y);
    if (c->ch == 0 && x > 0)
        c[-1].ch = ' ';
    if (x + 1 < g->width && c[1].ch == 0)
        c[1].ch = ' ';
}

int grid_put(struct grid *g, int x, int y, enum look look, uint32_t ch)
{
    int w = char_width(ch);
    struct cell *c = cell_at(g, x, y), *tail = w == 2 ? cell_at(g, x + 1, y) : NULL;
    if (!c || w == 0 || (w == 2 && !tail))
        return w;
    free_halves(g, x, y);
    *c = (struct cell){.ch = ch, .look = (uint8_t)look};
    if (w == 2) {
        free_halves(g, x + 1, y);
        *tail = (struct cell){.ch = 0, .look = (uint8_t)look};
    }
    return w;
}

static void put_mark(struct grid *g, int x, int y, uint32_t mark)
{
    struct cell *c = cell_at(g, x - 1, y);
    if (c && c->ch == 0)
        c = cell_at(g, x - 2, y);
    if (c && !c->mark)
        c->mark = mark;
}

/* An accent is drawn on the character before it; a sign that only steers, such as the direction of writing,
 * is not: it would turn the rest of the screen around. */
static bool is_accent(uint32_t ch)
{
    bool steers = (ch >= 0x200B && ch <= 0x200F) || (ch >= 0x2028 && ch <= 0x202E) ||
                  (ch >= 0x2060 && ch <= 0x206F) || ch == 0x061C || ch == 0xFEFF ||
                  (ch >= 0xFFF9 && ch <= 0xFFFB) || ch >= 0xE0000;
    return ch >= 0x300 && !steers;
}

int grid_text(struct grid *g, int x, int y, int columns, enum look look, const char *text)
{
    int used = 0;
    const char *end = text + strlen(text);
    for (const char *p = text; p < end;) {
        uint32_t ch = utf8_next(&p, end);
        if (ch < 0x20 || ch == 0x7F)
            ch = ' ';
        int w = char_width(ch);
        if (w == 0) {
            if (used > 0 && is_accent(ch))
                put_mark(g, x + used, y, ch);
            continue;
        }
        if (used + w > columns || x + used + w > g->width) {
            g->cut++;
            break;
        }
        grid_put(g, x + used, y, look, ch);
        used += w;
    }
    return used;
}

int grid_text_right(struct grid *g, int end, int y, enum look look, const char *text)
{
    int x = end - (int)text_width(text);
    grid_text(g, x, y, end - x, look, text);
    return x;
}

void grid_fill(struct grid *g, int x, int y, int columns, enum look look, uint32_t ch)
{
    for (int i = 0; i < columns; i++)
        grid_put(g, x + i, y, look, ch);
}

void grid_mark(struct grid *g, int x, int y, int columns, enum look look)
{
    for (int i = 0; i < columns; i++) {
        struct cell *c = cell_at(g, x + i, y);
        if (c)
            c->look = (uint8_t)look;
    }
}

void grid_cursor(struct grid *g, int x, int y)
{
    g->cursor_x = x;
    g->cursor_y = y;
}

static bool same_target(const struct target *a, const struct target *b)
{
    return a->kind == b->kind && a->index == b->index && a->sub == b->sub;
}

void grid_target(struct grid *g, int x, int y, int columns, struct target target)
{
    struct hit *last = g->n_hits > 0 ? &g->hit[g->n_hits - 1] : NULL;
    if (last && last->y == y && last->x + last->columns == x && same_target(&last->target, &target))
        last->columns += columns;
    else if (g->n_hits < GRID_MAX_HITS)
        g->hit[g->n_hits++] = (struct hit){.x = x, .y = y, .columns = columns, .target = target};
}

struct target grid_target_at(const struct grid *g, int x, int y)
{
    for (int i = g->n_hits - 1; i >= 0; i--) {
        const struct hit *h = &g->hit[i];
        if (h->y == y && x >= h->x && x < h->x + h->columns)
            return (struct target){.kind = h->target.kind,
                                   .index = h->target.index,
                                   .sub = h->target.sub,
                                   .column = x - h->x};
    }
    return (struct target){.kind = TARGET_NONE};
}

static void dump_row(const struct grid *g, int y, struct bytes *out)
{
    int last = g->width - 1;
    while (last >= 0 && g->cell[y * g->width + last].ch == ' ')
        last--;
    for (int x = 0; x <= last; x++) {
        const struct cell *c = &g->cell[y * g->width + x];
        char utf8[8];
        if (c->ch)
            bytes_add(out, utf8, utf8_put(utf8, c->ch));
        if (c->mark)
            bytes_add(out, utf8, utf8_put(utf8, c->mark));
    }
    bytes_u8(out, '\n');
}

void grid_dump(const struct grid *g, struct bytes *out)
{
    for (int y = 0; y < g->height; y++)
        dump_row(g, y, out);
}

void grid_copy(struct grid *to, const struct grid *from)
{
    memcpy(to->cell, from->cell, sizeof *to->cell * (size_t)to->width * (size_t)to->height);
    to->cursor_x = from->cursor_x;
    to->cursor_y = from->cursor_y;
    to->colours = from->colours;
}

static bool cell_equal(const struct cell *a, const struct cell *b)
{
    return a->ch == b->ch && a->mark == b->mark && a->look == b->look;
}

bool grid_equal(const struct grid *a, const struct grid *b)
{
    if (a->width != b->width || a->height != b->height || a->cursor_x != b->cursor_x ||
        a->cursor_y != b->cursor_y || a->colours != b->colours)
        return false;
    for (int i = 0; i < a->width * a->height; i++)
        if (!cell_equal(&a->cell[i], &b->cell[i]))
            return false;
    return true;
}
