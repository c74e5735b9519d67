/* SPDX-License-Identifier: Apache-2.0 */
/* One w:p: its properties, and what stands in it. Deleted and moved-away text is not there, inserted text is;
 * of a mc:AlternateContent one branch is read. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_DEPTH = 60, MAX_OPEN_BOOKMARKS = 64 };

static void link_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    const char *id = xml_tree_attr(n, NS_R, "id"), *anchor = docx_attr(n, "anchor");
    const struct word_link *outer = p->link;
    struct word_link *link = word_link_add(x->d, p->p);
    const struct parts_relationship *rel = id ? parts_by_id(x->rel, x->n_rel, id) : NULL;
    link->address = rel ? docx_keep(x, rel->target) : NULL;
    link->anchor = docx_keep(x, anchor);
    const struct word_run *before = p->p->last;
    p->link = link;
    docx_inline_read(x, n, p);
    p->link = outer;
    struct bytes text = {0};
    for (const struct word_run *r = before ? before->next : p->p->first; r; r = r->next)
        bytes_str(&text, r->text);
    link->text = arena_strndup(x->d->arena, text.n ? (const char *)text.p : "", text.n);
    bytes_release(&text);
}

static void bookmark_read(struct docx *x, node *n, const struct word_paragraph *p)
{
    const char *name = docx_attr(n, "name"), *id = docx_attr(n, "id");
    unsigned open = 0;
    for (struct docx_bookmark *b = x->bookmark; b; b = b->next)
        open++;
    if (!name || !id)
        return;
    struct word_bookmark *mark = word_bookmark_add(x->d, p);
    mark->name = docx_keep(x, name);
    if (open >= MAX_OPEN_BOOKMARKS)
        return;
    struct docx_bookmark *b = arena_alloc(x->scratch, sizeof *b);
    b->id = docx_keep(x, id);
    b->bookmark = mark;
    b->next = x->bookmark;
    x->bookmark = b;
}

static void bookmark_end(struct docx *x, node *n)
{
    const char *id = docx_attr(n, "id");
    for (struct docx_bookmark **b = &x->bookmark; id && *b; b = &(*b)->next)
        if (strcmp((*b)->id, id) == 0) {
            struct docx_bookmark *done = *b;
            done->bookmark->text =
                arena_strndup(x->d->arena, done->text.n ? (const char *)done->text.p : "", done->text.n);
            bytes_release(&done->text);
            *b = done->next;
            return;
        }
}

static bool mark_read(struct docx *x, node *n, const struct word_paragraph *p)
{
    if (strcmp(n->name, "bookmarkStart") == 0)
        bookmark_read(x, n, p);
    else if (strcmp(n->name, "bookmarkEnd") == 0)
        bookmark_end(x, n);
    else if (strcmp(n->name, "commentRangeStart") == 0)
        docx_comment_range(x, n, true);
    else if (strcmp(n->name, "commentRangeEnd") == 0)
        docx_comment_range(x, n, false);
    else
        return false;
    return true;
}

static void math_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    struct bytes text = {0};
    for (node *t = xml_tree_walk(n, n); t; t = xml_tree_walk(n, t))
        if (xml_tree_is(t, NS_M, "t"))
            xml_tree_text(t, &text);
    if (text.n) {
        struct word_run *r =
            word_run_add(x->d, p->p, WORD_RUN_TEXT, (const char *)text.p, text.n, p->p->chars);
        r->number = ++p->runs;
        r->indirect = true;
        docx_text_out(x, (const char *)text.p, text.n);
    }
    bytes_release(&text);
}

static bool passes_through(const char *name)
{
    static const char *const names[] = {"ins", "moveTo", "smartTag",   "customXml",
                                        "dir", "bdo",    "sdtContent", NULL};
    for (size_t i = 0; names[i]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void inside_read(struct docx *x, node *n, struct docx_paragraph *p)
{
    p->inside++;
    if (strcmp(n->name, "hyperlink") == 0)
        link_read(x, n, p);
    else if (strcmp(n->name, "fldSimple") == 0)
        docx_field_simple(x, n, p);
    else if (strcmp(n->name, "sdt") == 0) {
        node *content = docx_child(n, "sdtContent");
        if (content)
            docx_inline_read(x, content, p);
    } else if (passes_through(n->name))
        docx_inline_read(x, n, p);
    p->inside--;
}

void docx_inline_read(struct docx *x, node *parent, struct docx_paragraph *p)
{
    if (++x->depth > MAX_DEPTH)
        x->too_much = true;
    for (node *n = xml_tree_first_element(parent); n && !x->too_much; n = xml_tree_next_element(n)) {
        if (xml_tree_is(n, NS_W, "r"))
            docx_run_read(x, n, p);
        else if (xml_tree_is(n, NS_MC, "AlternateContent")) {
            node *chosen = docx_alternative(n);
            if (chosen)
                docx_inline_read(x, chosen, p);
        } else if (xml_tree_is(n, NS_M, "oMath") || xml_tree_is(n, NS_M, "oMathPara"))
            math_read(x, n, p);
        else if (n->ns == NS_W && !mark_read(x, n, p->p))
            inside_read(x, n, p);
        if (word_full(x->d))
            x->too_much = true;
    }
    x->depth--;
}

static const struct docx_style *style_of(const struct docx *x, const char *id)
{
    const struct docx_style *s = docx_style_find(x, "paragraph", id);
    return s ? s : x->styles.default_paragraph;
}

/* Numbering stands under the level that refers to it. */
static void levels_join(struct docx *x, const struct docx_style *s, const struct docx_ppr *direct,
                        struct docx_ppr *all)
{
    *all = x->styles.default_p;
    if (x->look && x->look->p)
        docx_ppr_over(x, all, x->look->p, true);
    docx_ppr_over(x, all, docx_style_p(x, s), true);
    if (direct->has & (HAS_NUM | HAS_LEVEL)) {
        if (direct->has & HAS_NUM)
            all->num_id = direct->num_id;
        all->level = direct->has & HAS_LEVEL ? direct->level : direct->has & HAS_NUM ? 0 : all->level;
        const struct docx_level *l = docx_level_find(x, all->num_id, all->level);
        if (l)
            docx_ppr_over(x, all, l->p, false);
    }
    docx_ppr_over(x, all, direct, true);
}

static bool is_letter(const struct word_paragraph *p)
{
    return strcmp(p->format->drop_cap, "none") != 0;
}

/* A letter waits for the next paragraph of its flow, which then has it. */
static void letter_join(struct docx *x, struct word_paragraph *p)
{
    if (is_letter(p)) {
        p->is_letter = true;
        x->letter = p;
    } else if (x->letter && x->letter->block.flow == p->block.flow) {
        p->letter = x->letter;
        struct word_format f = *p->format;
        f.drop_cap = x->letter->format->drop_cap;
        f.drop_lines = x->letter->format->drop_lines;
        f.drop_distance = x->letter->format->drop_distance;
        f.drop_length = 1;
        p->format = word_format_share(x->d, &f);
        x->letter = NULL;
    }
}

void docx_paragraph_read(struct docx *x, node *n, struct word_flow *flow)
{
    struct word_paragraph *model = word_paragraph_add(x->d, flow);
    struct docx_paragraph p = {.p = model};
    struct docx_ppr direct, all;
    struct docx_rpr mark;
    node *ppr = docx_child(n, "pPr");
    bool toc = docx_in_toc(x);
    docx_ppr_read(x, ppr, WORD_DIRECT, &direct);
    const struct docx_style *s = style_of(x, direct.style);
    p.style_r = docx_style_r(x, s);
    levels_join(x, s, &direct, &all);
    model->format = docx_format(x, &all, s);
    docx_rpr_read(x, ppr ? docx_child(ppr, "rPr") : NULL, WORD_DIRECT, &mark);
    model->chars = docx_chars(x, x->look ? x->look->r : NULL, p.style_r,
                              docx_style_find(x, "character", mark.style), &mark);
    model->in_control = x->in_control > 0;
    docx_inline_read(x, n, &p);
    letter_join(x, model);
    model->in_toc = model->in_toc || toc || docx_in_toc(x) || x->in_toc_control > 0;
    if (docx_in_toc(x))
        docx_toc_entry(x, model);
    node *sect = ppr ? docx_child(ppr, "sectPr") : NULL;
    if (sect && flow == &x->d->body) {
        docx_section_read(x, sect);
        docx_section_begin(x);
    }
}
