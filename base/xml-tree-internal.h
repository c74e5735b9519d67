/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by base/xml-tree*.c only. Bytes go
 *     source -> input (checked, UTF-8) -> scan (well-formed?) -> build (nodes of the tree, memory counted)
 * docs/base.md, "XML of others", says why this reader is our own. */
#ifndef KAOCHANG_BASE_XML_TREE_INTERNAL_H
#define KAOCHANG_BASE_XML_TREE_INTERNAL_H

#include <string.h>

#include "base/xml-tree.h"

/* ---- memory and words (xml-tree-memory.c, xml-tree-words.c) ---- */
struct tree_block;
struct tree_word;

struct xml_tree {
    char *name;
    struct xml_tree_node *root;
    size_t max, held; /* bytes that the blocks take */
    struct tree_block *nodes, *names;
    struct tree_word **word; /* open addressing */
    size_t words, slots;
};

/* A place to return to: what was allocated since is forgotten, words excepted. */
struct tree_mark {
    struct tree_block *block;
    size_t used;
};

struct xml_tree *tree_new(const char *name, size_t max);
void *tree_alloc(struct xml_tree *t, size_t size);      /* NULL past the limit; not zeroed */
char *tree_alloc_text(struct xml_tree *t, size_t size); /* the same, for bytes */
void *tree_alloc_word(struct xml_tree *t, size_t size); /* never forgotten */
bool tree_may_hold(const struct xml_tree *t, size_t more);
struct tree_mark tree_here(const struct xml_tree *t);
void tree_back_to(struct xml_tree *t, struct tree_mark mark);

/* A name as it is written ("w:rPr"), a prefix or a namespace's address: each text is there once, so that what
 * can be known of it is found out once. */
struct tree_word {
    uint64_t head, tail; /* its first and its last 8 bytes; of a short one, all of it */
    uint32_t n;
    uint32_t tag; /* the number of the last tag that had it as an attribute */
    enum { WORD_NEW, WORD_NAME, WORD_NO_NAME } kind;
    /* of a name */
    struct tree_word *prefix; /* of a name without one: the empty word */
    struct tree_word *declares; /* of xmlns and xmlns:p: the prefix */
    const char *local;
    /* of a prefix: the address that it stands for now, or NULL */
    struct tree_word *bound;
    /* of an address: its number in the table of namespaces; 0 where it is not listed */
    uint8_t id;
    bool id_known;
    char text[]; /* ends with a zero byte */
};

/* At least 8 bytes behind p + n must be readable. NULL past the limit. */
struct tree_word *tree_word(struct xml_tree *t, const uint8_t *p, size_t n);
/* Finds out what a word is as a name (XML 1.0, 2.3; Namespaces in XML, 4); false where it is none or where
 * the limit is reached, then *ret_full. */
bool tree_word_is_name(struct xml_tree *t, struct tree_word *w, bool *ret_full);

/* ---- characters (xml-tree-chars.c) ---- */
enum { CHAR_NAME = 1, CHAR_SPACE = 2, CHAR_STOPS_VALUE = 4 };
extern const uint8_t tree_class[256]; /* what is not ASCII counts as CHAR_NAME: tree_word_is_name looks closer */
bool tree_is_name_char(uint32_t c, bool first);
bool tree_is_char(uint32_t c);

struct tree_look {
    bool returns, bad; /* it has \r; what does not belong there follows */
    size_t n;                 /* bytes that are whole characters of XML */
};
struct tree_look tree_look_at(const uint8_t *p, size_t n);
/* \r\n and \r become \n, in place; returns the new length. */
size_t tree_mend_lines(uint8_t *p, size_t n);

/* UTF-8 from UTF-8 or UTF-16, chunk by chunk; told apart by the first bytes. */
struct tree_decoder {
    uint8_t carry[4];
    size_t n_carry;
    enum { TREE_UNDECIDED, TREE_UTF8, TREE_UTF16LE, TREE_UTF16BE } form;
};
/* Appends to `out` what can be told; an empty chunk is the end. False where it is no UTF-16. */
bool tree_decode(struct tree_decoder *d, struct span chunk, struct bytes *out);

/* ---- reading ---- */
/* An element whose end has not come yet. */
struct tree_open {
    struct xml_tree_node *node, *last, *before; /* `before` is the sibling before `last` */
    const struct tree_word *name;
    uint32_t declared; /* how many declarations were in force before it */
    bool forgetful;    /* a record ended in it: texts between records are not kept */
};

struct tree_attribute {
    struct tree_word *name;
    const uint8_t *value;
    size_t n;
    bool plain; /* no reference, tab or line end in it */
};

struct tree_declaration {
    struct tree_word *prefix, *before;
};

struct tree_reader {
    const char *name;
    const struct xml_tree_options *options;
    struct xml_tree *tree;
    struct err *e;
    int result;

    /* input: checked bytes from `at` to `end`; behind them a zero, which XML cannot hold */
    xml_source_fn *source;
    void *source_context;
    struct tree_decoder decoder;
    struct bytes decoded;
    uint8_t *buffer, *at, *end;
    size_t room, fed;
    uint8_t tail[4]; /* bytes that make no character yet, or \r */
    size_t n_tail;
    bool ended, bad;
    unsigned line;           /* of the bytes up to `line_end` */
    const uint8_t *line_end; /* the next \n that is not counted yet, or the end */

    /* scan */
    enum { TREE_START, TREE_PROLOG, TREE_CONTENT, TREE_EPILOG } state;
    bool in_cdata;
    uint32_t tag;
    struct tree_attribute *attribute;
    size_t n_attributes, room_attributes;
    size_t n_declaring;             /* of them, the declarations */
    const struct tree_word *prefix; /* of one of the others that has one */
    bool mixed;                     /* they have several */
    struct tree_declaration *declared;
    size_t n_declared, room_declared, all_declared; /* all_declared: with repetitions */
    struct tree_word *empty;

    /* build */
    struct tree_open *open;
    unsigned depth, max_depth, record_depth; /* 0: not in a record */
    struct tree_mark mark;
    struct bytes text;
    unsigned text_line;
};

/* The first fault counts. `where` is the place in the buffer. */
void tree_refuse(struct tree_reader *r, int code, const char *what, const uint8_t *where);
void tree_malformed(struct tree_reader *r, const char *why, const uint8_t *where);
void tree_too_much(struct tree_reader *r);

/* More bytes behind `at`; moves the buffer. False at the end or after a fault. */
bool tree_input_more(struct tree_reader *r);
unsigned tree_input_line(struct tree_reader *r, const uint8_t *where); /* `where` never goes back */

void tree_scan(struct tree_reader *r);
/* Each reads what stands at `at` and goes behind it; false: more bytes are needed (or it was refused), and
 * nothing has happened yet. */
bool tree_scan_start_tag(struct tree_reader *r);
bool tree_scan_end_tag(struct tree_reader *r);
/* "&…;" from p, before end: writes what it stands for, returns its bytes; 0 where it is none. */
size_t tree_scan_reference(const uint8_t *p, const uint8_t *end, char out[4], size_t *ret_n);

/* A node for what stands at r->attribute; NULL after a fault. */
struct xml_tree_node *tree_build_start(struct tree_reader *r, const struct tree_word *name, uint8_t ns,
                                       size_t n_attributes, unsigned line);
void tree_build_end(struct tree_reader *r);
void tree_build_text(struct tree_reader *r, const void *p, size_t n, unsigned line);
/* The same where no more text follows it. */
void tree_build_whole_text(struct tree_reader *r, const void *p, size_t n, unsigned line);

#endif
