/* SPDX-License-Identifier: Apache-2.0 */
/* What stands among paragraphs: tables, content controls, and what only surrounds others. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_DEPTH = 60 };

static bool is_toc_control(node *n)
{
    node *gallery = docx_child(docx_child(docx_child(n, "sdtPr"), "docPartObj"), "docPartGallery");
    const char *name = docx_val(gallery);
    return name && strcmp(name, "Table of Contents") == 0;
}

static void control_read(struct docx *x, node *n, struct word_flow *flow)
{
    bool toc = is_toc_control(n);
    node *content = docx_child(n, "sdtContent");
    if (!content)
        return;
    x->in_control++;
    x->in_toc_control += toc;
    docx_flow_read(x, content, flow);
    x->in_toc_control -= toc;
    x->in_control--;
}

static bool surrounds(const char *name)
{
    static const char *const names[] = {"ins", "moveTo", "customXml", "smartTag", NULL};
    for (size_t i = 0; names[i]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* A bookmark between paragraphs is told at the next one; without one, at none. */
static void block_read(struct docx *x, node *n, struct word_flow *flow)
{
    if (strcmp(n->name, "p") == 0)
        docx_paragraph_read(x, n, flow);
    else if (strcmp(n->name, "tbl") == 0)
        docx_table_read(x, n, flow);
    else if (strcmp(n->name, "sdt") == 0)
        control_read(x, n, flow);
    else if (surrounds(n->name))
        docx_flow_read(x, n, flow);
}

void docx_block_read(struct docx *x, node *n, struct word_flow *flow)
{
    if (xml_tree_is(n, NS_MC, "AlternateContent")) {
        node *chosen = docx_alternative(n);
        if (chosen)
            docx_flow_read(x, chosen, flow);
    } else if (n->ns == NS_W)
        block_read(x, n, flow);
    if (word_full(x->d) || arena_used(x->scratch) > (14u << 20))
        x->too_much = true;
}

void docx_flow_read(struct docx *x, node *parent, struct word_flow *flow)
{
    if (++x->depth > MAX_DEPTH)
        x->too_much = true;
    for (node *n = xml_tree_first_element(parent); n && !x->too_much; n = xml_tree_next_element(n))
        docx_block_read(x, n, flow);
    x->depth--;
}
