/* SPDX-License-Identifier: Apache-2.0 */
/* word/numbering.xml: num to abstractNum to level, with overrides and links to list styles (ECMA-376 part 1,
 * 17.9). */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

static size_t bucket_of(uint32_t id)
{
    return (id * 2654435761u) >> 20;
}

static struct docx_abstract *abstract_find(const struct docx *x, uint32_t id)
{
    struct docx_abstract *a = x->numbering.abstract[bucket_of((uint32_t)id)];
    while (a && a->id != id)
        a = a->next;
    return a;
}

static struct docx_num *num_find(const struct docx *x, uint32_t id)
{
    struct docx_num *n = x->numbering.num[bucket_of((uint32_t)id)];
    while (n && n->id != id)
        n = n->next;
    return n;
}

static const char *format_of(node *level)
{
    node *format = docx_child(level, "numFmt");
    node *alternate = xml_tree_child(level, NS_MC, "AlternateContent");
    if (alternate && !format)
        format = docx_child(docx_alternative(alternate), "numFmt");
    return docx_val(format);
}

static void level_read(struct docx *x, node *n, struct docx_level *l)
{
    const char *format = format_of(n);
    l->told = true;
    l->format = format ? docx_keep(x, format) : "decimal";
    l->text = docx_keep(x, docx_val(docx_child(n, "lvlText")));
    l->style = docx_keep(x, docx_val(docx_child(n, "pStyle")));
    l->start = 0;
    docx_integer(docx_val(docx_child(n, "start")), &l->start);
    l->p = arena_alloc(x->scratch, sizeof *l->p);
    docx_ppr_read(x, docx_child(n, "pPr"), WORD_STYLE, l->p);
}

static bool level_index(node *n, size_t *ret)
{
    int64_t i;
    if (!docx_attr_integer(n, "ilvl", &i) || i < 0 || i >= DOCX_LEVELS)
        return false;
    *ret = (size_t)i;
    return true;
}

static void abstract_read(struct docx *x, node *n)
{
    int64_t id;
    size_t i;
    if (!docx_attr_integer(n, "abstractNumId", &id) || id < 0)
        return;
    struct docx_abstract *a = arena_alloc(x->scratch, sizeof *a);
    struct docx_abstract **bucket = &x->numbering.abstract[bucket_of((uint32_t)id)];
    a->id = (uint32_t)id;
    a->next = *bucket;
    *bucket = a;
    a->link = docx_keep(x, docx_val(docx_child(n, "numStyleLink")));
    for (node *l = docx_child(n, "lvl"); l; l = xml_tree_next(l, NS_W, "lvl"))
        if (level_index(l, &i))
            level_read(x, l, &a->level[i]);
}

static void override_read(struct docx *x, node *n, struct docx_num *num)
{
    size_t i;
    if (!level_index(n, &i))
        return;
    docx_integer(docx_val(docx_child(n, "startOverride")), &num->start[i]);
    node *own = docx_child(n, "lvl");
    if (own) {
        num->own[i] = arena_alloc(x->scratch, sizeof *num->own[i]);
        level_read(x, own, num->own[i]);
    }
}

static void num_read(struct docx *x, node *n)
{
    int64_t id, abstract;
    if (!docx_attr_integer(n, "numId", &id) || id < 1 ||
        !docx_integer(docx_val(docx_child(n, "abstractNumId")), &abstract))
        return;
    struct docx_num *num = arena_alloc(x->scratch, sizeof *num);
    struct docx_num **bucket = &x->numbering.num[bucket_of((uint32_t)id)];
    num->id = (uint32_t)id;
    num->abstract = (uint32_t)abstract;
    for (size_t i = 0; i < DOCX_LEVELS; i++)
        num->start[i] = -1;
    for (node *o = docx_child(n, "lvlOverride"); o; o = xml_tree_next(o, NS_W, "lvlOverride"))
        override_read(x, o, num);
    num->next = *bucket;
    *bucket = num;
}

int docx_numbering_read(struct docx *x, struct err *e)
{
    struct xml_tree *tree;
    const char *part;
    int r = docx_part(x, "numbering", &tree, &part, e);
    if (r < 0 || !tree)
        return r;
    for (node *n = xml_tree_first_element(xml_tree_root(tree)); n && !x->too_much;
         n = xml_tree_next_element(n)) {
        if (xml_tree_is(n, NS_W, "abstractNum"))
            abstract_read(x, n);
        else if (xml_tree_is(n, NS_W, "num"))
            num_read(x, n);
        x->too_much = arena_used(x->scratch) > (8u << 20) || word_full(x->d);
    }
    xml_tree_free(tree);
    return 0;
}

/* Through numStyleLink to the list style's own num, a few steps at most. */
static const struct docx_abstract *abstract_of(const struct docx *x, const struct docx_num *num)
{
    const struct docx_abstract *a = abstract_find(x, num->abstract);
    for (int step = 0; a && a->link && step < 4; step++) {
        const struct docx_style *s = docx_style_find(x, "numbering", a->link);
        const struct docx_num *linked = s && s->p && (s->p->has & HAS_NUM) ? num_find(x, s->p->num_id) : NULL;
        const struct docx_abstract *next = linked ? abstract_find(x, linked->abstract) : NULL;
        if (!next || next == a)
            break;
        a = next;
    }
    return a;
}

const struct docx_level *docx_level_find(const struct docx *x, uint32_t num, uint32_t level)
{
    const struct docx_num *n = num_find(x, num);
    if (!n || level >= DOCX_LEVELS)
        return NULL;
    if (n->own[level])
        return n->own[level];
    const struct docx_abstract *a = abstract_of(x, n);
    return a && a->level[level].told ? &a->level[level] : NULL;
}

uint32_t docx_level_of_style(const struct docx *x, uint32_t num, const char *style)
{
    for (uint32_t i = 0; i < DOCX_LEVELS; i++) {
        const struct docx_level *l = docx_level_find(x, num, i);
        if (l && l->style && strcmp(l->style, style) == 0)
            return i;
    }
    return 0;
}

const struct word_list *docx_list(struct docx *x, uint32_t num, uint32_t level)
{
    struct docx_num *n = num_find(x, num);
    if (n && n->list[level])
        return n->list[level];
    const struct docx_level *l = docx_level_find(x, num, level);
    struct word_list *list = arena_alloc(x->d->arena, sizeof *list);
    list->id = num;
    list->level = level + 1;
    list->format = l ? l->format : "none";
    list->text = l && l->text ? l->text : "";
    list->start = n && n->start[level] >= 0 ? n->start[level] : l ? l->start : 0;
    if (n)
        n->list[level] = list;
    return list;
}
