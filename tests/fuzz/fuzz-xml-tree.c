/* SPDX-License-Identifier: Apache-2.0 */
/* XML of any kind is refused, or its tree is one: every node is reached once, parents and children agree, and
 * no alternative stands in it. The first byte chooses the options. */
#include <stdlib.h>
#include <string.h>

#include "base/xml-tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMORY = 1 << 20 };

static int on_record(void *context, const struct xml_tree_node *record, struct err *e)
{
    size_t *n = context;
    (void)e;
    if (!xml_tree_is(record, 1, "r") || !record->parent)
        abort();
    return ++*n == 1000 ? err_set(e, ERR_NO, "", "enough") : 0;
}

static void check(const struct xml_tree *t)
{
    const struct xml_tree_node *root = xml_tree_root(t), *n = root;
    struct bytes text = {0};
    if (!root || !root->name || root->parent)
        abort();
    while ((n = xml_tree_walk(root, n))) {
        if (!n->parent || (n->ns == 2 && strcmp(n->name, "AlternateContent") == 0))
            abort();
        const struct xml_tree_node *sibling = n->parent->first;
        for (size_t i = 0; sibling != n && i < 100; i++)
            if (!(sibling = sibling->next))
                abort();
    }
    xml_tree_text(root, &text);
    if (text.n > MEMORY)
        abort();
    bytes_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct xml_tree_namespace ns[] = {{"urn:a", 1}, {"urn:mc", 2}, {NULL, 0}};
    struct xml_tree *t = NULL;
    struct err e = {0};
    size_t records = 0;
    struct xml_tree_options o = {.ns = ns, .max_memory = MEMORY, .alternates_ns = 2};
    if (size == 0)
        return 0;
    if (data[0] & 1) {
        o.record_name = "r";
        o.record_ns = 1;
        o.record = on_record;
        o.context = &records;
    }
    int r = xml_tree_read(&t, "x", (struct span){data + 1, size - 1}, &o, &e);
    if (r == 0)
        check(t);
    else if (r == -ERR_DATA && (e.code < XML_TREE_DTD || e.code > XML_TREE_LIMIT))
        abort();
    xml_tree_free(t);
    return 0;
}
