/* SPDX-License-Identifier: Apache-2.0 */
/* Changes to a document that was read: for mapping other versions of a format on the way in. Nodes keep their
 * lines. `d` owns the node n. Texts that were borrowed from a changed attribute or element end with it. */
#ifndef KAOCHANG_BASE_XML_EDIT_H
#define KAOCHANG_BASE_XML_EDIT_H

#include "base/xml.h"

/* Every element and declaration of namespace `from` ("": of none) becomes one of `to`. */
void xml_edit_namespace(struct xml_doc *d, const char *from, const char *to);
/* n, and what is inside it in the same namespace, moves to namespace `to`, which n declares as its default. */
void xml_edit_move(struct xml_doc *d, const struct xml_node *n, const char *to);
/* n alone moves to namespace `to`, which the root declares with that prefix. */
void xml_edit_prefix(struct xml_doc *d, const struct xml_node *n, const char *to, const char *prefix);
void xml_edit_name(struct xml_doc *d, const struct xml_node *n, const char *name);
/* Sets or adds an attribute without namespace. */
void xml_edit_attr(struct xml_doc *d, const struct xml_node *n, const char *name, const char *value);
/* Sets an attribute of a namespace, if n has it. */
void xml_edit_attr_ns(struct xml_doc *d, const struct xml_node *n, const char *ns, const char *name,
                      const char *value);
/* Renames an attribute without namespace in its place; dropped instead where there is one of that name. */
void xml_edit_attr_name(struct xml_doc *d, const struct xml_node *n, const char *from, const char *to);
void xml_edit_attr_drop(struct xml_doc *d, const struct xml_node *n, const char *name);
/* n goes, its children stand in its place. */
void xml_edit_unwrap(struct xml_doc *d, const struct xml_node *n);
/* Appends text to the content of n. */
void xml_edit_add_text(struct xml_doc *d, const struct xml_node *n, const char *text);

/* The whole document with comments and processing instructions, UTF-8 with its declaration. Not the canonical
 * form: for documents whose every part is kept. */
void xml_whole(const struct xml_doc *d, struct bytes *out);
/* Something above was done to it. */
bool xml_is_edited(const struct xml_doc *d);
/* The document says UTF-8 or US-ASCII, or nothing. */
bool xml_says_utf8(const struct xml_doc *d);

/* A copy of an element of another document (or this one) takes the place of n, which is gone afterwards. */
void xml_edit_replace(struct xml_doc *d, const struct xml_node *n, const struct xml_node *with);
/* A copy of an element of another document becomes the first child of n. Returns it; NULL: no memory. */
const struct xml_node *xml_edit_put_first(struct xml_doc *d, const struct xml_node *n,
                                          const struct xml_node *what);
/* n goes with all that is in it. */
void xml_edit_drop(struct xml_doc *d, const struct xml_node *n);

#endif
