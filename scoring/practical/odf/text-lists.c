/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_LEVEL = 10 };

static uint32_t known_list(const struct text_reader *r, const char *name)
{
    for (uint32_t i = 0; name && i < r->n_lists && i < TEXT_LISTS; i++)
        if (strcmp(r->lists[i].name, name) == 0)
            return r->lists[i].id;
    return 0;
}

static void remember_list(struct text_reader *r, const char *name, uint32_t id)
{
    if (!name || known_list(r, name))
        return;
    uint32_t at = r->n_lists % TEXT_LISTS;
    r->lists[at].name = name;
    r->lists[at].id = id;
    r->n_lists++;
}

struct text_list text_list_begin(struct text_reader *r, const struct xml_tree_node *list,
                                 const struct text_list *outer)
{
    const char *style = xml_tree_attr(list, NS_TEXT, "style-name");
    struct text_list l = {.outer = outer,
                          .style = style && *style ? style
                                   : outer         ? outer->style
                                                   : NULL,
                          .start = -1};
    l.level = outer ? outer->level + 1 : 1;
    l.header = outer && outer->header;
    if (outer) {
        l.id = outer->id;
        return l;
    }
    const char *name = xml_tree_attr(list, NS_XML, "id");
    l.id = known_list(r, xml_tree_attr(list, NS_TEXT, "continue-list"));
    if (!l.id && odf_true(xml_tree_attr(list, NS_TEXT, "continue-numbering")))
        l.id = r->last_list;
    if (!l.id)
        l.id = ++r->last_list;
    remember_list(r, name, l.id);
    return l;
}

static const struct xml_tree_node *level_of(const struct xml_tree_node *style, uint32_t level)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(style); n; n = xml_tree_next_element(n))
        if (n->ns == NS_TEXT &&
            odf_integer(xml_tree_attr(n, NS_TEXT, "level"), 1, MAX_LEVEL, 0) == (int64_t)level)
            return n;
    return NULL;
}

/* "第" "." around "%1.%2", as OOXML writes the text of a level (17.9.11). */
static const char *level_text(struct text_reader *r, const struct xml_tree_node *n, uint32_t level,
                              bool bullet)
{
    const char *prefix = xml_tree_attr(n, NS_STYLE, "num-prefix"),
               *suffix = xml_tree_attr(n, NS_STYLE, "num-suffix");
    const char *sign = xml_tree_attr(n, NS_TEXT, "bullet-char");
    const char *whole = xml_tree_attr(n, NS_LOEXT, "num-list-format");
    struct bytes text = {0};
    if (whole) { /* "%1%.%2%" */
        for (const char *p = whole; *p; p++)
            if (!(*p == '%' && p > whole && p[-1] >= '0' && p[-1] <= '9'))
                bytes_u8(&text, (uint8_t)*p);
    } else {
        int64_t shown = odf_integer(xml_tree_attr(n, NS_TEXT, "display-levels"), 1, level, 1);
        bytes_str(&text, prefix ? prefix : "");
        if (bullet)
            bytes_str(&text, sign ? sign : "");
        for (int64_t i = (int64_t)level - shown + 1; !bullet && i <= (int64_t)level; i++)
            bytes_printf(&text, i < (int64_t)level ? "%%%d." : "%%%d", (int)i);
        bytes_str(&text, suffix ? suffix : "");
    }
    const char *kept = word_keep_n(r->d, text.n ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return kept;
}

static const struct word_list *numbering(struct text_reader *r, const struct word_list *w)
{
    const struct word_list *last = r->numbering;
    if (!last || last->id != w->id || last->level != w->level || last->start != w->start ||
        strcmp(last->format, w->format) != 0 || strcmp(last->text, w->text) != 0)
        r->numbering = arena_copy(r->d->arena, w, sizeof *w);
    return r->numbering;
}

static const struct word_list *list_of(struct text_reader *r, const struct xml_tree_node *n,
                                       const struct text_list *list)
{
    struct word_list w = {0};
    bool bullet =
        strcmp(n->name, "list-level-style-bullet") == 0 || strcmp(n->name, "list-level-style-image") == 0;
    const char *format = odf_numbering(xml_tree_attr(n, NS_STYLE, "num-format"));
    w.id = list->id;
    w.level = list->level;
    w.format = bullet ? "bullet" : format ? text_keep(r, format) : "none";
    w.text = level_text(r, n, list->level, bullet);
    w.start =
        list->start >= 0 ? list->start : odf_integer(xml_tree_attr(n, NS_TEXT, "start-value"), 0, 100000, 1);
    return numbering(r, &w);
}

/* ODF 1.3 part 3, 17.20: the level's label alignment, or in older files its spaces. */
static void indent(const struct xml_tree_node *level, const struct text_style *style, struct word_format *f)
{
    const struct xml_tree_node *p = xml_tree_child(level, NS_STYLE, "list-level-properties");
    const struct xml_tree_node *label = xml_tree_child(p, NS_STYLE, "list-level-label-alignment");
    if (!p || style->margin_told)
        return;
    if (label) {
        f->left.emu = text_emu(xml_tree_attr(label, NS_FO, "margin-left"), f->left.emu);
        f->first.emu = text_emu(xml_tree_attr(label, NS_FO, "text-indent"), f->first.emu);
    } else {
        int32_t width = text_emu(xml_tree_attr(p, NS_TEXT, "min-label-width"), 0);
        f->left.emu += text_emu(xml_tree_attr(p, NS_TEXT, "space-before"), 0) + width;
        f->first.emu -= width;
    }
    f->left.relative = f->first.relative = false;
    f->left.from = f->first.from = WORD_STYLE;
}

void text_list_apply(struct text_reader *r, const struct text_list *list, const struct text_style *style,
                     struct word_format *f)
{
    const char *name = list->style ? list->style : style->list_style;
    const struct odf_style *found = odf_style_find(r->p->styles, r->part, "list-style", name);
    const struct xml_tree_node *level = found ? level_of(found->node, list->level) : NULL;
    if (level) {
        indent(level, style, f);
        f->list = list->header ? NULL : list_of(r, level, list);
    } else if (!list->header) {
        const struct word_list plain = {
            .id = list->id, .level = list->level, .format = "bullet", .text = "•", .start = 1};
        f->list = numbering(r, &plain);
    }
}

void text_outline_apply(struct text_reader *r, const struct text_style *style, struct word_format *f)
{
    const struct xml_tree_node *root = r->p->common ? xml_tree_root(r->p->common) : r->p->root;
    const struct xml_tree_node *outline =
        xml_tree_child(xml_tree_child(root, NS_OFFICE, "styles"), NS_TEXT, "outline-style");
    const struct xml_tree_node *level = f->outline ? level_of(outline, f->outline) : NULL;
    const char *format = level ? xml_tree_attr(level, NS_STYLE, "num-format") : NULL;
    if (!format || !*format)
        return;
    const struct text_list list = {.id = UINT32_MAX, .level = f->outline, .start = -1};
    indent(level, style, f);
    f->list = list_of(r, level, &list);
}
