/* SPDX-License-Identifier: Apache-2.0 */
/* The one door to XML: bounded reading without network, entities or DOCTYPE; RELAX NG; canonical writing.
 * Only base/xml*.c include libxml2. Nodes and texts are borrowed and live as long as their document. */
#ifndef KAOCHANG_BASE_XML_H
#define KAOCHANG_BASE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

struct xml_doc;
struct xml_node; /* an element or a text inside a document */

struct xml_limits {
    size_t bytes;    /* of the document */
    size_t elements; /* in all */
    unsigned depth;  /* of nesting, at most 250 */
};

extern const struct xml_limits xml_default_limits; /* 16 MiB, 200,000 elements, depth 100 */

/* Parses a document. Refuses (ERR_DATA with name:line): what is not well-formed, any DOCTYPE, what exceeds
 * the limits (NULL: the default). `name` stands in messages. */
MUST_CHECK int xml_read(struct xml_doc **ret, const char *name, struct span data,
                        const struct xml_limits *limits, struct err *e);
/* As xml_read from a file. */
MUST_CHECK int xml_read_file(struct xml_doc **ret, const char *path, const struct xml_limits *limits,
                             struct err *e);
void xml_free(struct xml_doc *d); /* NULL is fine */

/* Parses a piece of HTML in UTF-8 as browsers do: whatever is missing is supplied, entities are decoded;
 * never refused for its grammar, only past 20,000 elements or depth 60. The root is <html>, names are lower
 * case. It may be NULL for an empty text. */
MUST_CHECK int xml_read_html(struct xml_doc **ret, const char *name, const char *html, struct err *e);
/* The same with other limits: for whole pages. */
MUST_CHECK int xml_read_html_page(struct xml_doc **ret, const char *name, const char *html,
                                  const struct xml_limits *limits, struct err *e);

/* A document of any size, record by record: the elements at `depth` (the root is at 1) are handed over in
 * document order, each with its subtree and its parents (without what stood before it), and freed after the
 * call. Memory is that of one record. limits->elements and ->bytes hold for one record, ->depth for the
 * whole. What xml_read refuses is refused here too, but only when it is reached: records before it have been
 * handed over. The first negative return of `take` ends it and is returned. A document whose root is not
 * called `root` is refused before any record. */
typedef int xml_source_fn(void *source, void *buffer, size_t size, size_t *ret_n,
                          struct err *e); /* *ret_n 0: the end */
typedef int xml_record_fn(void *context, const struct xml_doc *d, const struct xml_node *record,
                          struct err *e);
MUST_CHECK int xml_records(const char *name, xml_source_fn *source, void *source_context, const char *root,
                           unsigned depth, const struct xml_limits *limits, xml_record_fn *take,
                           void *context, struct err *e);
/* A source over bytes in memory: context is a struct span *, which is used up. */
xml_source_fn xml_span_source;

const char *xml_doc_name(const struct xml_doc *d);
const struct xml_node *xml_root(const struct xml_doc *d);

/* Navigation. Comments and processing instructions are passed over; CDATA is text. */
bool xml_is_text(const struct xml_node *n);
const struct xml_node *xml_first(const struct xml_node *n); /* child: element or text; NULL if none */
const struct xml_node *xml_next(const struct xml_node *n);  /* sibling: element or text */
const struct xml_node *xml_first_element(const struct xml_node *n);
const struct xml_node *xml_next_element(const struct xml_node *n);
const struct xml_node *xml_parent(const struct xml_node *n); /* NULL above the root */
/* First child element of that local name in the same namespace as n, or NULL. */
const struct xml_node *xml_child(const struct xml_node *n, const char *local);
/* Next sibling element of the same name as n, or NULL. */
const struct xml_node *xml_next_same(const struct xml_node *n);

const char *xml_name(const struct xml_node *n); /* local name; "" for a text */
const char *xml_ns(const struct xml_node *n);   /* namespace URI or "" */
bool xml_named(const struct xml_node *n, const char *local);
const char *xml_text(const struct xml_node *text_node);
unsigned xml_line(const struct xml_node *n);
/* "name:line" of a node for messages, into buf; returns buf. */
const char *xml_place(const struct xml_doc *d, const struct xml_node *n, char *buf, size_t size);

/* Attribute without namespace, or NULL. Borrowed. */
const char *xml_attr(const struct xml_doc *d, const struct xml_node *n, const char *name);
const char *xml_attr_ns(const struct xml_doc *d, const struct xml_node *n, const char *ns, const char *name);
/* The i-th attribute in document order: name (local), namespace and value; false when there are no more. */
bool xml_attr_at(const struct xml_doc *d, const struct xml_node *n, size_t i, const char **ret_ns,
                 const char **ret_name, const char **ret_value);
/* All text inside n, in document order, into the arena. */
char *xml_content(const struct xml_node *n, struct arena *a);

/* Typed required attributes; ERR_DATA with place when absent or ill-formed. Integers are within lo..hi. */
MUST_CHECK int xml_need(const struct xml_doc *d, const struct xml_node *n, const char *attr, const char **ret,
                        struct err *e);
MUST_CHECK int xml_need_int(const struct xml_doc *d, const struct xml_node *n, const char *attr, int64_t lo,
                            int64_t hi, int64_t *ret, struct err *e);
MUST_CHECK int xml_need_points(const struct xml_doc *d, const struct xml_node *n, const char *attr,
                               points_t *ret, struct err *e);
MUST_CHECK int xml_need_hex(const struct xml_doc *d, const struct xml_node *n, const char *attr, void *ret,
                            size_t n_bytes, struct err *e);
/* err_set with the node's place; returns -ERR_DATA. */
int xml_err(struct err *e, const struct xml_doc *d, const struct xml_node *n, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Serialises one element with its subtree as a document of its own (namespaces declared), UTF-8, no
 * declaration. For keeping what we do not understand; not the canonical form. */
void xml_subtree(const struct xml_doc *d, const struct xml_node *n, struct bytes *out);

/* RELAX NG. Every violation is told with its line; returns 0 valid, -ERR_DATA with the first one in e. */
typedef void xml_complaint_fn(void *context, unsigned line, const char *message);
MUST_CHECK int xml_validate(const struct xml_doc *d, const char *schema_name, struct span schema,
                            xml_complaint_fn *complain, void *context, struct err *e);

/* The same with a schema that is loaded once for many documents. */
struct xml_schema;
MUST_CHECK int xml_schema_load(struct xml_schema **ret, const char *name, struct span schema, struct err *e);
void xml_schema_free(struct xml_schema *s); /* NULL is fine */
MUST_CHECK int xml_schema_check(const struct xml_schema *s, const struct xml_doc *d,
                                xml_complaint_fn *complain, void *context, struct err *e);

/* True if the whole text matches a regular expression of XML Schema; false too where the pattern is longer
 * than 1,000 bytes or none (*ret_valid, if not NULL, tells the two apart). Independent of any locale. */
bool xml_pattern_matches(const char *pattern, const char *text, bool *ret_valid);

/* Canonical writing (docs/formats.md): UTF-8, no declaration, no indentation, double quotes, attributes in
 * the order written, no self-closing tags, only & < > " escaped, a final line feed. A control character
 * or invalid UTF-8 spoils the document: xml_end then says so. */
struct xml_out {
    struct bytes *out;
    const char *open[32];
    unsigned depth;
    bool in_tag, spoilt;
};
void xml_begin(struct xml_out *o, struct bytes *out);
void xml_open(struct xml_out *o, const char *name); /* name must outlive the writing */
void xml_put(struct xml_out *o, const char *attr, const char *value);
void xml_put_int(struct xml_out *o, const char *attr, int64_t value);
void xml_put_points(struct xml_out *o, const char *attr, points_t value);
void xml_put_hex(struct xml_out *o, const char *attr, const void *p, size_t n);
void xml_put_text(struct xml_out *o, const char *text);
void xml_close(struct xml_out *o);
MUST_CHECK int xml_end(struct xml_out *o, struct err *e);

#endif
