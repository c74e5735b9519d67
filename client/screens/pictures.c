/* SPDX-License-Identifier: Apache-2.0 */
#include "client/screens/pictures.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "client/screens/picture.h"

enum { MIN_COLUMNS = 8, MIN_ROWS = 3, PIXELS_PER_CELL = 16, MAX_PIXELS = 1280 };

struct kept {
    const struct item_node *image; /* whose item outlives this */
    int max_columns, max_rows;
    bool large, there;
    struct picture_cells cells;
};

struct pictures {
    picture_find_fn *find;
    void *context;
    struct kept kept[PICTURES_KEPT]; /* the oldest makes room */
    size_t next;
    bool later;
    struct {
        const struct item *item; /* NULL: none is wanted */
        const struct item_node *image;
        int max_columns, max_rows;
        bool large;
    } wanted;
};

struct pictures *pictures_new(picture_find_fn *find, void *context)
{
    struct pictures *p = mem_alloc(sizeof *p);
    p->find = find;
    p->context = context;
    return p;
}

static void release(struct kept *k)
{
    free((char *)(uintptr_t)k->cells.cell);
    *k = (struct kept){0};
}

void pictures_forget(struct pictures *p)
{
    for (size_t i = 0; i < PICTURES_KEPT; i++)
        release(&p->kept[i]);
    p->wanted.item = NULL;
}

void pictures_free(struct pictures *p)
{
    if (p)
        pictures_forget(p);
    free(p);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Columns and rows for a picture of that size in pixels: both shrink alike. False where too little
 * is left. */
static bool fit(struct kept *k, int64_t width, int64_t height)
{
    if (!k->large && (width < PICTURES_SMALL || height < PICTURES_SMALL))
        return false;
    int64_t columns =
        k->large ? k->max_columns
                 : least(k->max_columns, (width + PICTURE_CELL_WIDTH - 1) / PICTURE_CELL_WIDTH);
    int64_t rows = (columns * height * PICTURE_CELL_WIDTH + width * PICTURE_CELL_HEIGHT / 2) /
                   (width * PICTURE_CELL_HEIGHT);
    if (rows > k->max_rows) {
        rows = k->max_rows;
        columns =
            least(columns, rows * width * PICTURE_CELL_HEIGHT / (height * PICTURE_CELL_WIDTH));
    }
    k->cells.columns = (int)most(columns, 1);
    k->cells.rows = (int)most(rows, 1);
    return k->max_columns >= MIN_COLUMNS && k->max_rows >= MIN_ROWS;
}

/* The size that the page asks for; what it leaves out follows from the other. */
static void wanted_size(const struct item_node *image, const struct picture_size *own,
                        int64_t *width, int64_t *height)
{
    *width = own->width;
    *height = own->height;
    if (image->width > 0 && image->width <= PICTURE_MAX_SIDE) {
        *width = image->width;
        *height = most(1, image->width * own->height / own->width);
    }
    if (image->height > 0 && image->height <= PICTURE_MAX_SIDE) {
        *height = image->height;
        if (*width == own->width)
            *width = most(1, image->height * own->width / own->height);
    }
}

static bool draw(struct kept *k, struct span png)
{
    struct picture_gray gray = {0};
    struct err e;
    uint32_t width = (uint32_t)least(MAX_PIXELS, (int64_t)k->cells.columns * PIXELS_PER_CELL);
    uint32_t height = (uint32_t)least(MAX_PIXELS, (int64_t)k->cells.rows * 2 * PIXELS_PER_CELL);
    if (picture_png_gray("", png, width, height, &gray, &e) < 0)
        return false;
    char *cell = mem_alloc((size_t)k->cells.columns * (size_t)k->cells.rows);
    picture_draw(&gray, k->cells.columns, k->cells.rows, cell);
    picture_gray_release(&gray);
    k->cells.cell = cell;
    return true;
}

static bool make(struct pictures *p, struct kept *k, const struct item *item)
{
    struct bytes png = {0};
    struct picture_size own;
    struct err e;
    int64_t width, height;
    bool there = false;
    if (p->find(p->context, item, k->image->source, &png, &e) == 0 &&
        picture_png_size("", bytes_span(&png), &own, &e) == 0) {
        wanted_size(k->image, &own, &width, &height);
        there = fit(k, width, height) && draw(k, bytes_span(&png));
    }
    bytes_release(&png);
    return there;
}

static const struct kept *keep(struct pictures *p, const struct item *item, const struct item_node *image,
                               int max_columns, int max_rows, bool large)
{
    struct kept *k = &p->kept[p->next++ % PICTURES_KEPT];
    release(k);
    *k = (struct kept){.image = image, .max_columns = max_columns, .max_rows = max_rows, .large = large};
    k->there = make(p, k, item);
    return k;
}

void pictures_later(struct pictures *p)
{
    p->later = true;
}

bool pictures_wanted(const struct pictures *p)
{
    return p && p->wanted.item;
}

const struct item *pictures_make(struct pictures *p)
{
    if (!pictures_wanted(p))
        return NULL;
    const struct item *item = p->wanted.item;
    keep(p, item, p->wanted.image, p->wanted.max_columns, p->wanted.max_rows, p->wanted.large);
    p->wanted.item = NULL;
    return item;
}

static void want(struct pictures *p, const struct item *item, const struct item_node *image, int max_columns,
                 int max_rows, bool large)
{
    if (p->wanted.item == item)
        return;
    p->wanted.item = item;
    p->wanted.image = image;
    p->wanted.max_columns = max_columns;
    p->wanted.max_rows = max_rows;
    p->wanted.large = large;
}

static const struct picture_cells *show(struct pictures *p, const struct item *item,
                                        const struct item_node *image, int max_columns,
                                        int max_rows, bool large)
{
    if (!p || !image->source)
        return NULL;
    for (size_t i = 0; i < PICTURES_KEPT; i++) {
        const struct kept *k = &p->kept[i];
        if (k->image == image && k->max_columns == max_columns && k->max_rows == max_rows &&
            k->large == large)
            return k->there ? &k->cells : NULL;
    }
    if (p->later) {
        want(p, item, image, max_columns, max_rows, large);
        return NULL;
    }
    const struct kept *k = keep(p, item, image, max_columns, max_rows, large);
    return k->there ? &k->cells : NULL;
}

const struct picture_cells *pictures_show(struct pictures *p, const struct item *item,
                                          const struct item_node *image, int max_columns,
                                          int max_rows)
{
    return show(p, item, image, max_columns, max_rows, false);
}

const struct picture_cells *pictures_show_large(struct pictures *p, const struct item *item,
                                                const struct item_node *image, int max_columns,
                                                int max_rows)
{
    return show(p, item, image, max_columns, max_rows, true);
}

/* ---- which there are ---- */

struct listing {
    const struct item_node **node;
    size_t n, max;
};

static void list(struct listing *l, const struct item_node *n);

static void list_choices(struct listing *l, const struct item_choice *c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        list(l, c[i].content);
}

static void list_interaction(struct listing *l, const struct item_interaction *i)
{
    list(l, i->prompt);
    list(l, i->content);
    list_choices(l, i->choice, i->n_choices);
    list_choices(l, i->target, i->n_targets);
}

static void list(struct listing *l, const struct item_node *n)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_IMAGE && l->n < l->max)
            l->node[l->n++] = n;
        else if (n->kind == NODE_INTERACTION)
            list_interaction(l, n->interaction);
        else if (n->kind != NODE_FEEDBACK)
            list(l, n->child);
    }
}

size_t pictures_of(const struct item *item, const struct item_node **ret, size_t max)
{
    struct listing l = {ret, 0, max};
    list(&l, item->body);
    return l.n;
}
