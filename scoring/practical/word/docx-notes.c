/* SPDX-License-Identifier: Apache-2.0 */
/* Footnotes, endnotes and comments: those that the text refers to, in its order. Separators (ids -1 and 0)
 * are referred to by nothing. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_REFS = 5000, MAX_OPEN = 64 };

static struct docx_note_ref *open_comment(struct docx *x, const char *id)
{
    for (struct docx_note_ref *r = x->note_ref; r; r = r->next)
        if (r->kind == 2 && strcmp(r->id, id) == 0)
            return r;
    return NULL;
}

static struct docx_note_ref *ref_add(struct docx *x, const char *id, unsigned kind,
                                     const struct word_paragraph *at)
{
    if (x->n_refs++ >= MAX_REFS) {
        x->too_much = true;
        return NULL;
    }
    struct docx_note_ref *r = arena_alloc(x->scratch, sizeof *r);
    r->id = docx_keep(x, id);
    r->kind = (uint8_t)kind;
    r->at = at;
    if (x->last_note_ref)
        x->last_note_ref->next = r;
    else
        x->note_ref = r;
    x->last_note_ref = r;
    return r;
}

void docx_note_ref_add(struct docx *x, node *n, unsigned kind, const struct word_paragraph *at)
{
    const char *id = docx_attr(n, "id");
    struct docx_note_ref *known = id && kind == 2 ? open_comment(x, id) : NULL;
    if (known)
        known->at = at;
    else if (id)
        ref_add(x, id, kind, at);
}

void docx_comment_range(struct docx *x, node *n, bool open)
{
    const char *id = docx_attr(n, "id");
    if (!id)
        return;
    struct docx_note_ref *r = open_comment(x, id);
    if (!r && open)
        r = ref_add(x, id, 2, NULL);
    if (!r || r->open == open || (open && x->n_open_comments >= MAX_OPEN))
        return;
    r->open = open;
    x->n_open_comments += open ? 1 : -1;
}

static node *by_id(node *root, const char *name, const char *id)
{
    for (node *n = docx_child(root, name); n; n = xml_tree_next(n, NS_W, name)) {
        const char *own = docx_attr(n, "id");
        if (own && strcmp(own, id) == 0)
            return n;
    }
    return NULL;
}

static void comment_add(struct docx *x, node *n, struct docx_note_ref *r)
{
    struct word_comment *c = word_comment_add(x->d, x->part);
    c->author = docx_keep(x, docx_attr(n, "author"));
    c->about = arena_strndup(x->d->arena, r->about.n ? (const char *)r->about.p : "", r->about.n);
    c->at = r->at;
    docx_flow_read(x, n, c->flow);
}

static int part_read(struct docx *x, const char *type, const char *name, unsigned kind, struct err *e)
{
    struct xml_tree *tree;
    const char *part;
    int r = docx_part(x, type, &tree, &part, e);
    if (r < 0 || !tree)
        return r;
    r = docx_enter_part(x, part, e);
    size_t n_looked = 0;
    for (struct docx_note_ref *ref = x->note_ref; r == 0 && ref; ref = ref->next) {
        node *n = ref->kind == kind && n_looked++ < 2000 ? by_id(xml_tree_root(tree), name, ref->id) : NULL;
        if (!n)
            continue;
        if (kind == 2) {
            comment_add(x, n, ref);
            continue;
        }
        struct word_note *note = word_note_add(x->d, kind == 1, x->part);
        note->at = ref->at;
        docx_flow_read(x, n, note->flow);
    }
    xml_tree_free(tree);
    return r;
}

int docx_notes_read(struct docx *x, struct err *e)
{
    int r = 0;
    for (struct docx_note_ref *ref = x->note_ref; ref; ref = ref->next)
        ref->open = false;
    if (r == 0)
        r = part_read(x, "footnotes", "footnote", 0, e);
    if (r == 0)
        r = part_read(x, "endnotes", "endnote", 1, e);
    if (r == 0)
        r = part_read(x, "comments", "comment", 2, e);
    return r;
}
