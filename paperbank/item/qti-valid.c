/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/xml-edit.h"
#include "paperbank/item/qti.h"

extern const char qti22_schema[];
extern const size_t qti22_schema_size;

int qti_schema(struct xml_schema **ret, struct err *e)
{
    return xml_schema_load(ret, "qti22.rng", span_of(qti22_schema, qti22_schema_size), e);
}

static bool is_free(const char *ns, const char *name)
{
    return !*ns &&
           (strncmp(name, "data-", 5) == 0 || strncmp(name, "aria-", 5) == 0 || strcmp(name, "role") == 0);
}

/* Attributes that any element may have under any name that begins so. */
static void drop_free_attrs(struct xml_doc *d, const struct xml_node *n)
{
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(d, n, i, &ns, &name, &value);)
        if (is_free(ns, name))
            xml_edit_attr_drop(d, n, name);
        else
            i++;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        drop_free_attrs(d, c);
}

int qti_valid(const struct xml_schema *schema, const char *name, struct span data, xml_complaint_fn *complain,
              void *context, struct err *e)
{
    struct xml_doc *d = NULL;
    const char *version;
    int r = qti_read(&d, &version, name, data, NULL, e);
    if (r < 0)
        return r;
    drop_free_attrs(d, xml_root(d));
    r = xml_schema_check(schema, d, complain, context, e);
    xml_free(d);
    return r;
}
