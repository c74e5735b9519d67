/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds about the show and its slides: P1, P2, P4, P13–P15, P17, P18. */
#include <string.h>

#include "scoring/practical/slides/get.h"

static const char *slide_title(const struct slides_place *p, const struct slides_slide *s)
{
    for (const struct slides_shape *x = s->shape; x; x = x->next)
        if (x->placeholder && strcmp(x->placeholder, "title") == 0)
            return slides_shape_text(p->arena, x);
    return "";
}

static void give_titles(const struct slides_place *p, struct fact *ret)
{
    size_t n = 0;
    ret->value.item = arena_array(p->arena, (size_t)p->show->n_slides + 1, sizeof *ret->value.item);
    for (const struct slides_slide *s = p->show->slide; s; s = s->next)
        ret->value.item[n++] = slide_title(p, s);
    ret->value.n_items = n;
}

static void give_footer(const struct slides_place *p, struct fact *ret)
{
    if (p->slide->shows_footer)
        slides_give_text(ret, p->slide->footer);
    else
        slides_absent(ret, "the slide shows no footer");
}

SLIDES_GETTER(count)
{
    slides_give(ret, p->show->n_slides);
}

SLIDES_GETTER(titles)
{
    give_titles(p, ret);
}

SLIDES_GETTER(hidden)
{
    slides_give(ret, p->slide->hidden);
}

SLIDES_GETTER(layout)
{
    if (*p->slide->layout)
        slides_give_text(ret, p->slide->layout);
    else
        slides_absent(ret, "the file does not tell");
}

SLIDES_GETTER(layout_name)
{
    slides_give_text(ret, p->slide->layout_name);
}

SLIDES_GETTER(theme)
{
    slides_give_text(ret, p->slide->theme);
}

SLIDES_GETTER(master)
{
    slides_give_text(ret, p->slide->master);
}

SLIDES_GETTER(color_scheme)
{
    slides_give_text(ret, p->slide->color_scheme);
}

SLIDES_GETTER(font_scheme)
{
    slides_give_text(ret, p->slide->font_scheme);
}

SLIDES_GETTER(notes)
{
    slides_give_text(ret, p->slide->notes);
}

SLIDES_GETTER(background)
{
    if (*p->slide->background.kind)
        slides_give_text(ret, p->slide->background.kind);
    else
        slides_absent(ret, "the file does not tell");
}

SLIDES_GETTER(background_color)
{
    slides_give(ret, p->slide->background.color);
}

SLIDES_GETTER(background_own)
{
    slides_give(ret, p->slide->own_background);
}

SLIDES_GETTER(slide_number)
{
    slides_give(ret, p->slide->shows_number);
}

SLIDES_GETTER(footer)
{
    give_footer(p, ret);
}

SLIDES_GETTER(date)
{
    slides_give(ret, p->slide->shows_date);
}

SLIDES_GETTER(show_type)
{
    slides_give_text(ret, p->show->show.kind);
}

SLIDES_GETTER(show_loop)
{
    slides_give(ret, p->show->show.loop);
}

SLIDES_GETTER(show_narration)
{
    slides_give(ret, p->show->show.with_narration);
}

SLIDES_GETTER(show_animation)
{
    slides_give(ret, p->show->show.with_animation);
}

SLIDES_GETTER(show_manual)
{
    slides_give(ret, p->show->show.manual);
}

SLIDES_GETTER(show_from)
{
    slides_give(ret, p->show->show.from ? p->show->show.from : 1);
}

SLIDES_GETTER(show_to)
{
    slides_give(ret, p->show->show.to ? p->show->show.to : p->show->n_slides);
}

SLIDES_GETTER(slide_width)
{
    slides_give(ret, p->show->width);
}

SLIDES_GETTER(slide_height)
{
    slides_give(ret, p->show->height);
}

SLIDES_GETTER(orientation)
{
    slides_give_text(ret, p->show->height > p->show->width ? "portrait" : "landscape");
}
