/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by base/xml-tree*.c only: the memory of a tree, which is counted, and its decoder. */
#ifndef KAOCHANG_BASE_XML_TREE_INTERNAL_H
#define KAOCHANG_BASE_XML_TREE_INTERNAL_H

#include "base/xml-tree.h"

struct tree_block;

struct xml_tree {
    char *name;
    struct xml_tree_node *root;
    size_t max, held; /* bytes that the blocks take */
    struct tree_block *nodes, *names;
    const char **word; /* names once each: open addressing */
    size_t words, slots;
};

/* A place to return to: what was allocated since is forgotten, names excepted. */
struct tree_mark {
    struct tree_block *block;
    size_t used;
};

struct xml_tree *tree_new(const char *name, size_t max);
void *tree_alloc(struct xml_tree *t, size_t size); /* NULL past the limit; not zeroed */
char *tree_alloc_text(struct xml_tree *t, const void *p, size_t n);
const char *tree_intern(struct xml_tree *t, const char *name); /* NULL past the limit */
size_t tree_left(const struct xml_tree *t);
struct tree_mark tree_here(const struct xml_tree *t);
void tree_back_to(struct xml_tree *t, struct tree_mark mark);

/* UTF-8 from UTF-8 or UTF-16, chunk by chunk; told apart by the first bytes. */
struct tree_decoder {
    uint8_t carry[4];
    size_t n_carry;
    enum { TREE_UNDECIDED, TREE_UTF8, TREE_UTF16LE, TREE_UTF16BE } form;
};
/* Appends to `out` what can be told; an empty chunk is the end. False where it is no UTF-16. */
bool tree_decode(struct tree_decoder *d, struct span chunk, struct bytes *out);

/* Attributes and namespaces of the tag that is being fed: libxml2 compares each of them with all before it, so
 * that a crowded tag takes minutes. */
struct tree_tags {
    bool in_tag, just_begun;
    uint8_t quote;
    unsigned attributes;
};
/* False where a tag holds more than 2,000; it is then not to be parsed. "<" begins a tag wherever it stands:
 * XML has none in attributes, and what stands in comments can only be counted too much. */
bool tree_tags_look(struct tree_tags *t, struct span utf8);

#endif
