/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "base/xml-tree-internal.h"

static void append(struct tree_reader *r, struct xml_tree_node *n)
{
    struct tree_open *o = &r->open[r->depth];
    n->parent = o->node;
    if (o->last)
        o->last->next = n;
    else if (o->node)
        o->node->first = n;
    o->before = o->last;
    o->last = n;
}

/* Text that is known to be all there goes straight into the tree. */
static void keep_text(struct tree_reader *r, const void *p, size_t n, unsigned line)
{
    if (r->open[r->depth].forgetful)
        return;
    struct xml_tree_node *text = tree_alloc(r->tree, sizeof *text);
    char *copy = text ? tree_alloc_text(r->tree, n + 1) : NULL;
    if (!copy) {
        tree_too_much(r);
        return;
    }
    memcpy(copy, p, n);
    copy[n] = '\0';
    *text = (struct xml_tree_node){.text = copy, .line = line};
    append(r, text);
}

static void flush_text(struct tree_reader *r)
{
    if (r->text.n > 0)
        keep_text(r, r->text.p, r->text.n, r->text_line);
    r->text.n = 0;
}

void tree_build_text(struct tree_reader *r, const void *p, size_t n, unsigned line)
{
    if (r->text.n == 0)
        r->text_line = line;
    if (!tree_may_hold(r->tree, r->text.n + n))
        tree_too_much(r);
    else
        bytes_add(&r->text, p, n);
}

void tree_build_whole_text(struct tree_reader *r, const void *p, size_t n, unsigned line)
{
    if (r->text.n > 0)
        tree_build_text(r, p, n, line);
    else
        keep_text(r, p, n, line);
}

static bool is_record(const struct tree_reader *r, uint8_t ns, const char *name)
{
    const struct xml_tree_options *o = r->options;
    if (!o->record || r->record_depth)
        return false;
    if (o->record_in)
        return xml_tree_is(r->open[r->depth].node, o->record_ns, o->record_in);
    return ns == o->record_ns && strcmp(name, o->record_name) == 0;
}

struct xml_tree_node *tree_build_start(struct tree_reader *r, const struct tree_word *name, uint8_t ns,
                                       size_t n_attributes, unsigned line)
{
    flush_text(r);
    if (r->result < 0)
        return NULL;
    if (r->depth >= r->max_depth) {
        tree_refuse(r, XML_TREE_LIMIT, _("nested deeper than the limit"), r->at);
        return NULL;
    }
    bool record = is_record(r, ns, name->local);
    if (record) {
        r->record_depth = r->depth + 1;
        r->mark = tree_here(r->tree);
    }
    struct xml_tree_node *n = tree_alloc(r->tree, sizeof *n + n_attributes * sizeof *n->attribute);
    if (!n) {
        tree_too_much(r);
        return NULL;
    }
    *n = (struct xml_tree_node){.name = name->local, .ns = ns, .line = line};
    n->n_attributes = (uint16_t)n_attributes;
    n->attribute = n_attributes ? (struct xml_tree_attribute *)(n + 1) : NULL;
    if (record)
        n->parent = r->open[r->depth].node; /* not among its children: it goes when it ends */
    else
        append(r, n);
    if (r->depth == 0)
        r->tree->root = n;
    r->open[++r->depth] = (struct tree_open){.node = n, .name = name};
    return n;
}

static bool alternates(const struct tree_reader *r, const struct xml_tree_node *n)
{
    return r->options->alternates_ns && n->ns == r->options->alternates_ns &&
           strcmp(n->name, "AlternateContent") == 0;
}

/* What the first Choice holds, or where there is none the Fallback. */
static struct xml_tree_node *chosen_of(const struct xml_tree_node *n)
{
    const struct xml_tree_node *chosen = xml_tree_child(n, n->ns, "Choice");
    chosen = chosen ? chosen : xml_tree_child(n, n->ns, "Fallback");
    return chosen ? chosen->first : NULL;
}

static int hand_over(struct tree_reader *r, const struct xml_tree_node *n)
{
    const struct xml_tree_options *o = r->options;
    int result = 0;
    if (!alternates(r, n))
        return o->record(o->context, n, r->e);
    for (struct xml_tree_node *in = chosen_of(n); result == 0 && in; in = in->next) {
        in->parent = n->parent;
        if (in->name)
            result = o->record(o->context, in, r->e);
    }
    return result;
}

static void end_record(struct tree_reader *r, struct xml_tree_node *n)
{
    r->record_depth = 0;
    int result = hand_over(r, n);
    tree_back_to(r->tree, r->mark);
    r->open[r->depth].forgetful = true;
    if (result < 0)
        r->result = result;
}

/* What was chosen takes the place of the element. */
static void unwrap(struct tree_reader *r, struct xml_tree_node *n)
{
    struct tree_open *o = &r->open[r->depth];
    if (!o->node)
        return;
    struct xml_tree_node *in = chosen_of(n);
    *(o->before ? &o->before->next : &o->node->first) = in;
    o->last = o->before;
    for (; in; in = in->next) {
        in->parent = o->node;
        o->last = in;
    }
}

void tree_build_end(struct tree_reader *r)
{
    flush_text(r);
    if (r->result < 0)
        return;
    struct xml_tree_node *n = r->open[r->depth--].node;
    if (r->record_depth == r->depth + 1)
        end_record(r, n);
    else if (alternates(r, n))
        unwrap(r, n);
}
