/* SPDX-License-Identifier: Apache-2.0 */
/* XML of others as a small tree: for office files, where a part may be anything. Read by a scanner of our own
 * (XML 1.0, 5th edition; Namespaces in XML 1.0, 3rd edition) into our own nodes, so that memory is counted and
 * bounded: a part of 16 MiB cannot take more than the limit, whatever it holds. UTF-8 and UTF-16; any prefix;
 * any DOCTYPE refused; no entities but the five. docs/base.md says how it is held against libxml2, which reads
 * the XML that we ourselves define (base/xml.h). */
#ifndef KAOCHANG_BASE_XML_TREE_H
#define KAOCHANG_BASE_XML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/xml.h"

/* What err.code holds when a tree could not be read. */
enum xml_tree_fault {
    XML_TREE_DTD = 101,       /* a DOCTYPE or an entity of its own */
    XML_TREE_MALFORMED = 102, /* not well-formed */
    XML_TREE_LIMIT = 103,     /* deeper, larger or more than allowed */
};

/* Namespaces that the caller knows, told apart by small numbers above 0; several URIs may share one
 * (transitional and strict). Namespaces that are not listed are 0. The table ends with uri NULL. */
struct xml_tree_namespace {
    const char *uri;
    uint8_t id;
};

struct xml_tree_attribute {
    const char *name; /* local */
    const char *value;
    uint8_t ns; /* 0: none, or one that is not listed (then `foreign` is true) */
    bool foreign;
};

/* An element, or a text (name NULL). All borrowed from the tree. White space is kept as it stands; adjacent
 * texts are one; comments and processing instructions are not there. */
struct xml_tree_node {
    const char *name; /* local; NULL for a text */
    const char *text; /* of a text node, else NULL */
    struct xml_tree_attribute *attribute;
    struct xml_tree_node *parent, *first, *next;
    uint32_t line;
    uint16_t n_attributes;
    uint8_t ns;
};

/* An element that is handed over as soon as it ends, and then forgotten: for sheets with many rows. What
 * stands outside of records stays in the tree. The first negative return ends the reading and is returned. */
typedef int xml_tree_record_fn(void *context, const struct xml_tree_node *record, struct err *e);

struct xml_tree_options {
    const struct xml_tree_namespace *ns;
    size_t max_bytes;   /* of the part; 0: 64 MiB */
    size_t max_memory;  /* of the tree (of one record, where there are records); 0: 24 MiB */
    unsigned max_depth; /* 0: 200 */
    /* Records: elements of this name and namespace, with their parents but not their siblings; a record in a
     * record is part of it. NULL: none. With `record_in`, all that stand in an element of that name and
     * record_ns, whatever they are called; of an AlternateContent among them, what it is replaced by. */
    const char *record_name, *record_in;
    uint8_t record_ns;
    xml_tree_record_fn *record;
    void *context;
    /* Not 0: an element AlternateContent of this namespace (ECMA-376 part 3, 9) is replaced by what its first
     * Choice holds, or where it has none, its Fallback; never both. */
    uint8_t alternates_ns;
};

struct xml_tree;

/* `name` stands in messages: "通知.docx/word/document.xml". ERR_DATA with an xml_tree_fault in e->code, and
 * the line in e->where, for what is refused. `data` is not needed afterwards. */
MUST_CHECK int xml_tree_read(struct xml_tree **ret, const char *name, struct span data,
                             const struct xml_tree_options *options, struct err *e);
/* The same from bytes that come one piece after the other. */
MUST_CHECK int xml_tree_read_from(struct xml_tree **ret, const char *name, xml_source_fn *source,
                                  void *source_context, const struct xml_tree_options *options,
                                  struct err *e);
void xml_tree_free(struct xml_tree *t);                              /* NULL is fine */
const struct xml_tree_node *xml_tree_root(const struct xml_tree *t); /* never NULL */
const char *xml_tree_name(const struct xml_tree *t);

/* First child element of that name, or NULL; n may be NULL everywhere here. */
const struct xml_tree_node *xml_tree_child(const struct xml_tree_node *n, uint8_t ns, const char *name);
/* Next sibling element of that name, or NULL. */
const struct xml_tree_node *xml_tree_next(const struct xml_tree_node *n, uint8_t ns, const char *name);
/* First child element / next sibling element of any name. */
const struct xml_tree_node *xml_tree_first_element(const struct xml_tree_node *n);
const struct xml_tree_node *xml_tree_next_element(const struct xml_tree_node *n);
bool xml_tree_is(const struct xml_tree_node *n, uint8_t ns, const char *name);
/* The element after n in document order inside `top` (which is not returned), or NULL: a loop over all
 * descendants begins with xml_tree_walk(top, top). */
const struct xml_tree_node *xml_tree_walk(const struct xml_tree_node *top, const struct xml_tree_node *n);
/* The same, passing over what is inside n. */
const struct xml_tree_node *xml_tree_skip(const struct xml_tree_node *top, const struct xml_tree_node *n);
/* Value of an attribute, or NULL. ns 0: of an attribute without namespace. */
const char *xml_tree_attr(const struct xml_tree_node *n, uint8_t ns, const char *name);
/* Appends all text inside n. */
void xml_tree_text(const struct xml_tree_node *n, struct bytes *out);

#endif
