/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

static size_t slot_of(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)a * 31 + (uintptr_t)b;
    return (x >> 4 ^ x >> 13) % TEXT_CACHE;
}

const char *text_keep(struct text_reader *r, const char *s)
{
    return word_keep(r->d, s);
}

/* Styles that both families bring with them, under OOXML's names (17.7.4.9: names of latent styles). */
const char *text_style_name(struct text_reader *r, const struct odf_style *style)
{
    static const struct {
        const char *odf, *name;
    } names[] = {
        {"Standard", "Normal"},
        {"Default Paragraph Style", "Normal"},
        {"Text body", "Body Text"},
        {"Footnote", "footnote text"},
        {"Endnote", "endnote text"},
        {"Internet link", "Hyperlink"},
        {"Contents Heading", "TOC Heading"},
    };
    if (!style)
        return NULL;
    const char *shown = odf_style_shown(style, r->p->arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].odf, shown) == 0)
            return names[i].name;
    if (strncmp(shown, "Contents ", 9) == 0 && shown[9] >= '1' && shown[9] <= '9' && !shown[10])
        return text_keep(r, arena_printf(r->p->arena, "toc %c", shown[9]));
    return text_keep(r, shown);
}

static void begin(struct text_reader *r, struct word_chars *c, struct word_format *f)
{
    const struct odf_style *base = odf_style_default(r->p->styles, "paragraph");
    word_chars_init(c);
    word_format_init(f);
    c->size = c->size_asian = 12 * 12700;
    if (base) {
        text_chars_level(r, base, c);
        text_format_level(r, base, f);
    }
}

static bool tells_margin(const struct odf_style *s)
{
    return odf_style_direct(s, "paragraph-properties", NS_FO, "margin-left") ||
           odf_style_direct(s, "paragraph-properties", NS_FO, "margin");
}

static const char *along(const struct odf_style *s, const char *name)
{
    for (int i = 0; s && i < ODF_CHAIN; i++, s = s->parent) {
        const char *value = xml_tree_attr(s->node, NS_STYLE, name);
        if (value)
            return *value ? value : NULL;
    }
    return NULL;
}

static void resolve(struct text_reader *r, const struct odf_style *style, struct text_style *t)
{
    const struct odf_style *chain[ODF_CHAIN], *named = odf_style_common(style);
    int n = 0;
    memset(t, 0, sizeof *t);
    t->style = style;
    begin(r, &t->chars, &t->format);
    for (const struct odf_style *s = style; s && n < ODF_CHAIN; s = s->parent)
        chain[n++] = s;
    while (n-- > 0) {
        text_chars_level(r, chain[n], &t->chars);
        text_format_level(r, chain[n], &t->format);
    }
    t->format.style = text_style_name(r, named);
    t->format.style_id = named ? text_keep(r, named->name) : NULL;
    t->list_style = along(style, "list-style-name");
    const char *master = style ? xml_tree_attr(style->node, NS_STYLE, "master-page-name") : NULL;
    t->master = master && *master ? master : NULL;
    t->margin_told = tells_margin(style);
}

void text_style(struct text_reader *r, const char *name, struct text_style *ret)
{
    const struct odf_style *style = odf_style_find(r->p->styles, r->part, "paragraph", name);
    if (!style)
        style = odf_style_find(r->p->styles, ODF_STYLES, "paragraph", "Standard");
    struct text_style **slot = &r->cache[slot_of(style, NULL)];
    if (!*slot || (*slot)->style != style || !style) {
        if (!*slot)
            *slot = arena_alloc(r->p->arena, sizeof **slot);
        resolve(r, style, *slot);
    }
    memcpy(ret, *slot, sizeof *ret);
}

const struct word_chars *text_span(struct text_reader *r, const struct word_chars *base, const char *name)
{
    const struct odf_style *style = odf_style_find(r->p->styles, r->part, "text", name);
    if (!style)
        return base;
    struct text_span *s = &r->span[slot_of(style, base)];
    if (s->base == base && s->style == style)
        return s->chars;
    struct word_chars c;
    memcpy(&c, base, sizeof c);
    text_chars_chain(r, style, &c);
    const struct odf_style *named = odf_style_common(style);
    if (named)
        c.style = text_style_name(r, named);
    *s = (struct text_span){base, style, word_chars_share(r->d, &c)};
    return s->chars;
}

static struct word_style *list_one(struct text_reader *r, const struct odf_style *style, const char *type)
{
    struct word_style *w = word_style_add(r->d);
    const char *next = xml_tree_attr(style->node, NS_STYLE, "next-style-name");
    w->name = text_style_name(r, style);
    w->id = text_keep(r, style->name);
    w->type = type;
    w->based_on = text_style_name(r, style->parent);
    w->following = text_style_name(r, odf_style_find(r->p->styles, ODF_STYLES, style->family, next));
    return w;
}

static void list_family(struct text_reader *r, const char *family, const char *type)
{
    const struct odf_style *style;
    for (size_t i = 0; (style = odf_style_at(r->p->styles, family, i)) && !text_over(r); i++) {
        if (style->automatic || !*style->name)
            continue;
        struct word_style *w = list_one(r, style, type);
        struct text_style t;
        memset(&t, 0, sizeof t);
        if (strcmp(type, "paragraph") == 0)
            resolve(r, style, &t);
        else {
            begin(r, &t.chars, &t.format);
            text_chars_chain(r, style, &t.chars);
        }
        w->chars = word_chars_share(r->d, &t.chars);
        if (strcmp(type, "paragraph") == 0)
            w->format = word_format_share(r->d, &t.format);
    }
}

void text_styles_list(struct text_reader *r)
{
    list_family(r, "paragraph", "paragraph");
    list_family(r, "text", "character");
    list_family(r, "table", "table");
    list_family(r, "list-style", "list");
}
