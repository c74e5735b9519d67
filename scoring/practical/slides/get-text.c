/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds about text: P3, P5, P6, P10. */
#include <string.h>

#include "scoring/practical/slides/get.h"

static void give_title(const struct slides_place *p, struct fact *ret)
{
    for (const struct slides_shape *x = p->slide->shape; x; x = x->next)
        if (x->placeholder && strcmp(x->placeholder, "title") == 0) {
            slides_give_text(ret, slides_shape_text(p->arena, x));
            return;
        }
    slides_absent(ret, "the slide has no title");
}

static void give_paragraphs(const struct slides_place *p, struct fact *ret)
{
    int64_t n = 0;
    for (const struct slides_paragraph *x = p->shape->text.paragraph; x; x = x->next)
        n += !slides_is_blank(x->text);
    slides_give(ret, n);
}

static int64_t occurrences(const char *text, const char *word)
{
    int64_t n = 0;
    for (const char *at = text; *word && (at = strstr(at, word)); at += strlen(word))
        n++;
    return n;
}

/* Over all slides, in shapes and cells; a word is not found across paragraphs. */
static void give_words(const struct slides_place *p, struct fact *ret)
{
    int64_t n = 0;
    if (!p->argument || !*p->argument) {
        slides_absent(ret, "no word is named");
        return;
    }
    for (const struct slides_slide *s = p->show->slide; s; s = s->next)
        for (const struct slides_shape *x = s->shape; x; x = x->next)
            n += occurrences(slides_shape_text(p->arena, x), p->argument);
    slides_give(ret, n);
}

static void give_script(const struct slides_place *p, struct fact *ret)
{
    int64_t b = p->run->baseline;
    slides_give_text(ret, b > 0 ? "superscript" : b < 0 ? "subscript" : "none");
}

static void give_line(const struct slides_place *p, struct fact *ret)
{
    const struct slides_paragraph *x = p->paragraph;
    ret->value.type = x->line_ratio ? FACT_RATIO : FACT_LENGTH;
    slides_give(ret, x->line_ratio ? x->line_ratio : x->line_exact);
}

SLIDES_GETTER(title)
{
    give_title(p, ret);
}

SLIDES_GETTER(text)
{
    slides_give_text(ret, slides_shape_text(p->arena, p->shape));
}

SLIDES_GETTER(paragraph)
{
    slides_give_text(ret, p->paragraph->text);
}

SLIDES_GETTER(paragraph_count)
{
    give_paragraphs(p, ret);
}

SLIDES_GETTER(word_count)
{
    give_words(p, ret);
}

SLIDES_GETTER(font)
{
    if (*p->run->latin)
        slides_give_text(ret, p->run->latin);
    else
        slides_absent(ret, "the file names no font");
}

SLIDES_GETTER(font_asian)
{
    if (*p->run->east_asian)
        slides_give_text(ret, p->run->east_asian);
    else
        slides_absent(ret, "the file names no font");
}

SLIDES_GETTER(size)
{
    slides_give(ret, p->run->size);
}

SLIDES_GETTER(size_shown)
{
    slides_give(ret, p->run->size * p->shape->font_scale / 1000);
}

SLIDES_GETTER(bold)
{
    slides_give(ret, p->run->bold);
}

SLIDES_GETTER(italic)
{
    slides_give(ret, p->run->italic);
}

SLIDES_GETTER(underline)
{
    slides_give_text(ret, p->run->underline);
}

SLIDES_GETTER(strike)
{
    slides_give(ret, p->run->strike);
}

SLIDES_GETTER(color)
{
    slides_give(ret, p->run->color);
}

SLIDES_GETTER(highlight)
{
    slides_give(ret, p->run->highlight);
}

SLIDES_GETTER(script)
{
    give_script(p, ret);
}

SLIDES_GETTER(char_spacing)
{
    slides_give(ret, p->run->spacing);
}

SLIDES_GETTER(align)
{
    slides_give_text(ret, p->paragraph->align);
}

SLIDES_GETTER(line_spacing)
{
    give_line(p, ret);
}

SLIDES_GETTER(space_before)
{
    slides_give(ret, p->paragraph->before);
}

SLIDES_GETTER(space_after)
{
    slides_give(ret, p->paragraph->after);
}

SLIDES_GETTER(bullet)
{
    slides_give_text(ret, p->paragraph->bullet);
}

SLIDES_GETTER(bullet_text)
{
    slides_give_text(ret, p->paragraph->bullet_text);
}

SLIDES_GETTER(bullet_color)
{
    slides_give(ret, p->paragraph->bullet_color);
}

SLIDES_GETTER(level)
{
    slides_give(ret, p->paragraph->level);
}

SLIDES_GETTER(indent_left)
{
    slides_give(ret, p->paragraph->margin_left);
}

SLIDES_GETTER(indent_first)
{
    slides_give(ret, p->paragraph->indent);
}

SLIDES_GETTER(text_anchor)
{
    slides_give_text(ret, p->shape->anchor);
}

SLIDES_GETTER(text_columns)
{
    slides_give(ret, p->shape->text_columns);
}

SLIDES_GETTER(text_vertical)
{
    slides_give(ret, p->shape->vertical);
}

SLIDES_GETTER(link)
{
    slides_give_link(&p->run->link, ret);
}

SLIDES_GETTER(link_slide)
{
    slides_give_link_slide(&p->run->link, ret);
}

SLIDES_GETTER(link_action)
{
    slides_give_text(ret, p->run->link.action ? p->run->link.action : "none");
}
