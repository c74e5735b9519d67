/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/xml-tree-internal.h"

const struct xml_tree_node *xml_tree_root(const struct xml_tree *t)
{
    return t->root;
}

const char *xml_tree_name(const struct xml_tree *t)
{
    return t->name;
}

/* Most names differ in their first letter: no call for those. */
static inline bool same(const char *a, const char *b)
{
    return a[0] == b[0] && strcmp(a, b) == 0;
}

static inline bool is(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    return n->ns == ns && n->name && same(n->name, name);
}

bool xml_tree_is(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    return n && is(n, ns, name);
}

static const struct xml_tree_node *named(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    while (n && !is(n, ns, name))
        n = n->next;
    return n;
}

static const struct xml_tree_node *element(const struct xml_tree_node *n)
{
    while (n && !n->name)
        n = n->next;
    return n;
}

const struct xml_tree_node *xml_tree_child(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    return n ? named(n->first, ns, name) : NULL;
}

const struct xml_tree_node *xml_tree_next(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    return n ? named(n->next, ns, name) : NULL;
}

const struct xml_tree_node *xml_tree_first_element(const struct xml_tree_node *n)
{
    return n ? element(n->first) : NULL;
}

const struct xml_tree_node *xml_tree_next_element(const struct xml_tree_node *n)
{
    return n ? element(n->next) : NULL;
}

static const struct xml_tree_node *after(const struct xml_tree_node *top, const struct xml_tree_node *n)
{
    while (n && n != top) {
        const struct xml_tree_node *next = element(n->next);
        if (next)
            return next;
        n = n->parent;
    }
    return NULL;
}

const struct xml_tree_node *xml_tree_walk(const struct xml_tree_node *top, const struct xml_tree_node *n)
{
    const struct xml_tree_node *in = xml_tree_first_element(n);
    return in ? in : after(top, n);
}

const struct xml_tree_node *xml_tree_skip(const struct xml_tree_node *top, const struct xml_tree_node *n)
{
    return after(top, n);
}

const char *xml_tree_attr(const struct xml_tree_node *n, uint8_t ns, const char *name)
{
    for (size_t i = 0; n && i < n->n_attributes; i++) {
        const struct xml_tree_attribute *at = &n->attribute[i];
        if (at->ns == ns && !at->foreign && same(at->name, name))
            return at->value;
    }
    return NULL;
}

void xml_tree_text(const struct xml_tree_node *top, struct bytes *out)
{
    const struct xml_tree_node *n = top;
    while (n) {
        if (n->text)
            bytes_str(out, n->text);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
    }
}
