/* SPDX-License-Identifier: Apache-2.0 */
/* Inline text of an item with the marks of print_marked. */
#include "base/html.h"
#include "base/i18n.h"
#include "engine/print/body.h"

/* Runs of white space become one space, as HTML reads them. */
static void add_words(struct bytes *out, const char *text)
{
    char piece[2] = {0};
    for (; *text; text++) {
        bool space = *text == ' ' || *text == '\n' || *text == '\t' || *text == '\r';
        if (!space) {
            piece[0] = *text;
            html_text(out, piece);
        } else if (out->n && out->p[out->n - 1] != ' ' && out->p[out->n - 1] != '\n') {
            bytes_str(out, " ");
        }
    }
}

static const char *tag_of(enum item_node_kind k)
{
    switch (k) {
    case NODE_EMPHASIS:
        return "i";
    case NODE_STRONG:
        return "b";
    case NODE_CODE:
        return "tt";
    case NODE_SUB:
        return "sub";
    case NODE_SUP:
        return "sup";
    default:
        return NULL;
    }
}

static void add_node(const struct item_node *n, struct bytes *out)
{
    const char *tag = tag_of(n->kind);
    if (n->kind == NODE_FEEDBACK)
        return;
    if (tag)
        bytes_printf(out, "<%s>", tag);
    if (n->kind == NODE_TEXT)
        add_words(out, n->text);
    else if (n->kind == NODE_BREAK)
        bytes_str(out, "\n");
    else if (n->kind == NODE_IMAGE) {
        bytes_str(out, "[");
        html_text(out, n->text && n->text[0] ? n->text : _("picture"));
        bytes_str(out, "]");
    }
    body_marked(n->child, out);
    if (tag)
        bytes_printf(out, "</%s>", tag);
    if (n->kind == NODE_CELL || n->kind == NODE_PARAGRAPH || n->kind == NODE_LIST_ITEM)
        bytes_str(out, " ");
}

void body_marked(const struct item_node *n, struct bytes *out)
{
    for (; n; n = n->next)
        add_node(n, out);
}
