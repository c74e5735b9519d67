/* SPDX-License-Identifier: Apache-2.0 */
/* A test as one document of QTI 2.2. */
#include <string.h>

#include "base/xml-edit.h"
#include "paperbank/item/qti.h"
#include "paperbank/test/test.h"

static struct xml_doc *document_of(struct test *t, const struct xml_doc *doc)
{
    for (size_t i = 0; i < t->n_documents; i++)
        if (t->document[i] == doc)
            return t->document[i];
    return NULL;
}

static void set_href(struct test *t, const struct test_node *n, const char *href)
{
    struct xml_doc *doc = document_of(t, n->doc);
    const char *was = xml_attr(doc, n->element, "href");
    if (href && (!was || strcmp(was, href) != 0))
        xml_edit_attr(doc, n->element, "href", href);
}

/* What was read last is put into its place first: a section in a section of another file. */
void test_normal(struct test *t, struct span data, test_href_fn *href, void *context, struct bytes *out)
{
    for (size_t i = t->n_nodes; i-- > 0;) {
        struct test_node *n = t->node[i];
        if (n->kind == TEST_ITEM)
            set_href(t, n, href(context, n));
        if (n->ref)
            xml_edit_replace(document_of(t, n->parent->doc), n->ref, n->element);
    }
    qti_write(t->doc, data, out);
}
