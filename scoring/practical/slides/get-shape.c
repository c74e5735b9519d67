/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds about shapes: P9–P12, P16, P19, P20. */
#include <string.h>

#include "scoring/practical/slides/get.h"

static void give_shapes(const struct slides_place *p, struct fact *ret)
{
    int64_t n = 0;
    for (const struct slides_shape *x = p->slide->shape; x; x = x->next)
        n += x->depth == 0;
    slides_give(ret, n);
}

static int64_t count(const struct slides_slide *s, enum slides_shape_kind kind)
{
    int64_t n = 0;
    for (const struct slides_shape *x = s->shape; x; x = x->next)
        n += x->kind == kind;
    return n;
}

static void give_hash(const struct slides_place *p, struct fact *ret)
{
    if (*p->shape->hash)
        slides_give_text(ret, p->shape->hash);
    else
        slides_absent(ret, "the file does not hold it");
}

/* The same bytes as a start file; office programs may pack a picture anew, then its hash changes. */
static void give_picture(const struct slides_place *p, struct fact *ret)
{
    const struct practical_folder *start = p->target->start;
    const struct practical_file *file = start && p->argument ? practical_find(start, p->argument) : NULL;
    char hex[65];
    file = file || !p->argument || !p->target->folder ? file : practical_find(p->target->folder, p->argument);
    if (!file)
        slides_absent(ret, "there is no such start file to compare with");
    else
        slides_give(ret, strcmp(hex_encode(hex, file->hash, sizeof file->hash), p->shape->hash) == 0);
}

static const char *cell_text(const struct slides_place *p, const struct slides_cell *c)
{
    struct bytes b = {0};
    slides_text_of(&c->text, &b);
    const char *text = b.n ? arena_strndup(p->arena, (const char *)b.p, b.n) : "";
    bytes_release(&b);
    return text;
}

static void give_cell(const struct slides_place *p, struct fact *ret)
{
    slides_give_text(ret, cell_text(p, p->cell));
}

static void give_cells(const struct slides_place *p, struct fact *ret)
{
    const struct slides_table *t = p->shape->table;
    size_t n = t ? t->rows * t->columns : 0;
    ret->value.item = arena_array(p->arena, n + 1, sizeof *ret->value.item);
    for (size_t i = 0; i < n; i++)
        ret->value.item[i] = cell_text(p, &t->cell[i]);
    ret->value.n_items = n;
}

static void give_placed(const struct slides_place *p, int64_t x, struct fact *ret)
{
    if (p->shape->placed)
        slides_give(ret, x);
    else
        slides_absent(ret, "the file says no place for it");
}

SLIDES_GETTER(shape_count)
{
    give_shapes(p, ret);
}

SLIDES_GETTER(picture_count)
{
    slides_give(ret, count(p->slide, SHAPE_PICTURE));
}

SLIDES_GETTER(picture)
{
    give_picture(p, ret);
}

SLIDES_GETTER(picture_hash)
{
    give_hash(p, ret);
}

SLIDES_GETTER(alternative_text)
{
    slides_give_text(ret, p->shape->alternative);
}

SLIDES_GETTER(shape_link)
{
    slides_give_link(&p->shape->link, ret);
}

SLIDES_GETTER(shape_link_slide)
{
    slides_give_link_slide(&p->shape->link, ret);
}

SLIDES_GETTER(shape_action)
{
    slides_give_text(ret, p->shape->link.action ? p->shape->link.action : "none");
}

SLIDES_GETTER(table_rows)
{
    slides_give(ret, p->shape->table ? (int64_t)p->shape->table->rows : 0);
}

SLIDES_GETTER(table_columns)
{
    slides_give(ret, p->shape->table ? (int64_t)p->shape->table->columns : 0);
}

SLIDES_GETTER(table_style)
{
    slides_give_text(ret, p->shape->table ? p->shape->table->style : "");
}

SLIDES_GETTER(table_header)
{
    slides_give(ret, p->shape->table && p->shape->table->first_row);
}

SLIDES_GETTER(table_cells)
{
    give_cells(p, ret);
}

SLIDES_GETTER(cell)
{
    give_cell(p, ret);
}

SLIDES_GETTER(cell_columns)
{
    slides_give(ret, p->cell->column_span);
}

SLIDES_GETTER(cell_rows)
{
    slides_give(ret, p->cell->row_span);
}

SLIDES_GETTER(cell_fill)
{
    slides_give(ret, p->cell->fill.color);
}

SLIDES_GETTER(chart)
{
    slides_give_text(ret, p->shape->chart);
}

SLIDES_GETTER(diagram)
{
    slides_give_text(ret, p->shape->diagram);
}

SLIDES_GETTER(left)
{
    give_placed(p, p->shape->x, ret);
}

SLIDES_GETTER(top)
{
    give_placed(p, p->shape->y, ret);
}

SLIDES_GETTER(width)
{
    give_placed(p, p->shape->w, ret);
}

SLIDES_GETTER(height)
{
    give_placed(p, p->shape->h, ret);
}

SLIDES_GETTER(rotation)
{
    slides_give(ret, p->shape->rotation);
}

SLIDES_GETTER(media_count)
{
    slides_give(ret, count(p->slide, SHAPE_MEDIA));
}

SLIDES_GETTER(media)
{
    slides_give_text(ret, p->shape->media);
}

SLIDES_GETTER(media_file)
{
    give_picture(p, ret);
}

SLIDES_GETTER(shape)
{
    slides_give_text(ret, p->shape->preset);
}

SLIDES_GETTER(word_art)
{
    slides_give_text(ret, *p->shape->warp ? p->shape->warp : "none");
}

SLIDES_GETTER(fill)
{
    slides_give_text(ret, p->shape->fill.kind);
}

SLIDES_GETTER(fill_color)
{
    slides_give(ret, p->shape->fill.color);
}

SLIDES_GETTER(line_color)
{
    slides_give(ret, p->shape->line_color);
}

SLIDES_GETTER(line_width)
{
    slides_give(ret, p->shape->line_width);
}

SLIDES_GETTER(line_dash)
{
    slides_give_text(ret, p->shape->line_dash);
}

SLIDES_GETTER(effects)
{
    slides_give_text(ret, p->shape->effects);
}
