/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of base/xml-tree.h held against libxml2: of the same bytes the same tree, or both refuse. */
#ifndef KAOCHANG_TESTS_PRACTICAL_XML_REFERENCE_H
#define KAOCHANG_TESTS_PRACTICAL_XML_REFERENCE_H

#include "base/xml-tree.h"

/* NULL, or how they differ in this input (UTF-8; UTF-16 is only read, not compared). Where the bytes are no
 * UTF-8 or hold what XML cannot, ours has to refuse, whatever libxml2 says: it takes some overlong sequences.
 * In three more things ours is meant to differ: it has limits, an address of a namespace that is no URI is an
 * address (Namespaces in XML, 2.1, makes no error of it), and the first line is read as
 * productions 23 to 32 say, where libxml2 lets pass version='1.' and attributes without a space. `piece`: how many bytes ours gets at a time. */
const char *xml_differ(struct span input, const struct xml_tree_namespace *ns, size_t piece,
                       struct bytes *ret_ours, struct bytes *ret_theirs);

#endif
