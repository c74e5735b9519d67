/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml-tree.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-tree-internal.h"

void tree_refuse(struct tree_reader *r, int code, const char *what, const uint8_t *where)
{
    char place[240];
    if (r->result < 0)
        return;
    snprintf(place, sizeof place, "%.200s:%u", r->name, tree_input_line(r, where));
    r->result = err_set(r->e, ERR_DATA, place, "%s", what);
    r->e->code = code;
}

void tree_malformed(struct tree_reader *r, const char *why, const uint8_t *where)
{
    char what[200];
    snprintf(what, sizeof what, _("not well-formed XML: %s"), why);
    tree_refuse(r, XML_TREE_MALFORMED, what, where);
}

void tree_too_much(struct tree_reader *r)
{
    tree_refuse(r, XML_TREE_LIMIT, _("it holds more than the limit for its kind of part"), r->at);
}

/* What is there before anything is read: the empty prefix, and "xml" with its address. */
static void first_words(struct tree_reader *r)
{
    static const uint8_t xml[16] = "xml", uri[48] = "http://www.w3.org/XML/1998/namespace";
    r->empty = tree_word(r->tree, xml + 8, 0);
    struct tree_word *prefix = tree_word(r->tree, xml, 3);
    if (r->empty && prefix)
        prefix->bound = tree_word(r->tree, uri, strlen((const char *)uri));
    if (!prefix || !prefix->bound)
        tree_too_much(r);
}

static void release(struct tree_reader *r)
{
    bytes_release(&r->decoded);
    bytes_release(&r->text);
    free(r->attribute);
    free(r->declared);
    free(r->buffer);
    free(r->open);
    if (r->result < 0)
        xml_tree_free(r->tree);
}

int xml_tree_read_from(struct xml_tree **ret, const char *name, xml_source_fn *source, void *source_context,
                       const struct xml_tree_options *options, struct err *e)
{
    static const struct xml_tree_options plain;
    struct err unwanted;
    struct tree_reader r = {.name = name,
                            .options = options ? options : &plain,
                            .source = source,
                            .source_context = source_context,
                            .line = 1,
                            .e = e ? e : &unwanted};
    r.max_depth = r.options->max_depth ? r.options->max_depth : 200;
    r.tree = tree_new(name, r.options->max_memory ? r.options->max_memory : 24u << 20);
    r.open = mem_grow(NULL, r.max_depth + 1, sizeof *r.open);
    r.open[0] = (struct tree_open){0};
    first_words(&r);
    tree_scan(&r);
    if (r.result == 0)
        *ret = r.tree;
    release(&r);
    return r.result;
}

int xml_tree_read(struct xml_tree **ret, const char *name, struct span data,
                  const struct xml_tree_options *options, struct err *e)
{
    return xml_tree_read_from(ret, name, xml_span_source, &data, options, e);
}
