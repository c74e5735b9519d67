/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/word/docx.h"

#include <string.h>

#include "base/i18n.h"
#include "scoring/practical/word/docx-internal.h"

int docx_part(struct docx *x, const char *type, struct xml_tree **ret, const char **ret_part, struct err *e)
{
    const struct parts_relationship *rel = parts_by_type(x->main_rel, x->n_main_rel, type);
    *ret = NULL;
    if (!rel || rel->external || !parts_has(x->parts, rel->target))
        return 0;
    *ret_part = docx_keep(x, rel->target);
    return parts_tree(x->parts, rel->target, NULL, ret, e);
}

int docx_enter_part(struct docx *x, const char *part, struct err *e)
{
    x->part = part;
    return parts_relationships(x->parts, part, x->scratch, &x->rel, &x->n_rel, e);
}

/* What the part itself counts, whatever is read of it. */
static void count(struct docx *x, node *top)
{
    struct word_document *d = x->d;
    d->raw_paragraphs += xml_tree_is(top, NS_W, "p");
    for (node *n = top; n; n = xml_tree_walk(top, n)) {
        d->raw_sections += xml_tree_is(n, NS_W, "sectPr");
        d->raw_images += xml_tree_is(n, NS_A, "blip") && xml_tree_attr(n, NS_R, "embed");
    }
    for (node *n = top; n;) {
        bool table = xml_tree_is(n, NS_W, "tbl");
        d->raw_tables += table;
        n = table ? xml_tree_skip(top, n) : xml_tree_walk(top, n);
    }
}

static void background_read(struct docx *x, node *n)
{
    x->d->background_told = docx_color(x, n, "color", "themeColor", "themeTint", "themeShade");
    if (x->show_background)
        x->d->background = x->d->background_told;
}

static int too_much(struct docx *x, struct err *e)
{
    int r = err_set(e, ERR_DATA, x->d->name, _("the document holds more than is read"));
    e->code = FAULT_LIMIT;
    return r;
}

/* One paragraph, table or control after the other, so that a long document needs no large tree. */
static int body_block(void *context, node *n, struct err *e)
{
    struct docx *x = context;
    (void)e;
    if (n->parent->parent && n->parent->parent->parent)
        return 0;
    count(x, n);
    if (xml_tree_is(n, NS_W, "sectPr"))
        docx_section_read(x, n);
    else if (!x->too_much) {
        x->depth++;
        docx_block_read(x, n, &x->d->body);
        x->depth--;
    }
    return 0;
}

static int body_read(struct docx *x, struct err *e)
{
    const struct xml_tree_options blocks = {
        .record_in = "body", .record_ns = NS_W, .record = body_block, .context = x};
    struct xml_tree *tree;
    word_flow_init(&x->d->body, x->part, NULL);
    docx_section_begin(x);
    int r = parts_tree(x->parts, x->part, &blocks, &tree, e);
    if (r < 0) {
        if (r == -ERR_NO)
            e->code = FAULT_WRONG_TYPE;
        return r == -ERR_NO ? err_set(e, ERR_DATA, x->d->name, _("the main part is missing")) : r;
    }
    node *root = xml_tree_root(tree);
    if (xml_tree_is(root, NS_W, "document"))
        background_read(x, docx_child(root, "background"));
    else {
        r = err_set(e, ERR_DATA, x->d->name, _("this is no text document"));
        e->code = FAULT_WRONG_TYPE;
    }
    xml_tree_free(tree);
    return r;
}

static void fields_close(struct docx *x)
{
    x->n_fields = x->fields_beyond = 0;
    x->letter = NULL;
    x->in_toc_control = x->in_control = 0;
}

static int margins_read(struct docx *x, struct err *e)
{
    int r = 0;
    x->in_margin = true;
    for (struct word_margin *m = x->d->margin; r == 0 && m; m = m->next) {
        struct xml_tree *tree;
        fields_close(x);
        r = docx_enter_part(x, m->flow.part, e);
        if (r == 0)
            r = parts_tree(x->parts, m->flow.part, NULL, &tree, e);
        if (r < 0)
            break;
        docx_flow_read(x, xml_tree_root(tree), &m->flow);
        xml_tree_free(tree);
    }
    x->in_margin = false;
    fields_close(x);
    return r;
}

/* Bookmarks that never end hold what followed them in the body. */
static void bookmarks_close(struct docx *x)
{
    for (struct docx_bookmark *b = x->bookmark; b; b = b->next)
        bytes_release(&b->text);
    x->bookmark = NULL;
    for (struct docx_note_ref *r = x->note_ref; r; r = r->next)
        r->open = false;
}

static int read_all(struct docx *x, struct err *e)
{
    const char *main_part;
    int r = parts_main(x->parts, x->scratch, &main_part, e);
    if (r < 0)
        return r;
    x->d->part = docx_keep(x, main_part);
    r = docx_enter_part(x, x->d->part, e);
    x->main_rel = x->rel;
    x->n_main_rel = x->n_rel;
    if (r == 0)
        r = docx_settings_read(x, e);
    if (r == 0)
        r = docx_theme_read(x, e);
    if (r == 0)
        r = docx_styles_read(x, e);
    if (r == 0)
        r = docx_numbering_read(x, e);
    if (r == 0) {
        docx_styles_list(x);
        r = body_read(x, e);
    }
    bookmarks_close(x);
    fields_close(x);
    if (r == 0)
        r = margins_read(x, e);
    if (r == 0)
        r = docx_notes_read(x, e);
    if (r == 0)
        r = docx_properties_read(x, e);
    return r == 0 && (x->too_much || word_full(x->d)) ? too_much(x, e) : r;
}

int docx_read(struct word_document **ret, struct parts *p, const char *name, struct err *e)
{
    struct docx x = {.parts = p, .scratch = arena_new(), .d = word_document_new(name, 0)};
    int r = read_all(&x, e);
    bookmarks_close(&x);
    for (size_t i = 0; i < DOCX_FIELDS; i++) {
        bytes_release(&x.field[i].instruction);
        bytes_release(&x.field[i].result);
    }
    for (struct docx_note_ref *n = x.note_ref; n; n = n->next)
        bytes_release(&n->about);
    arena_free(x.scratch);
    if (r < 0) {
        word_document_free(x.d);
        return r;
    }
    word_finish(x.d);
    *ret = x.d;
    return 0;
}
