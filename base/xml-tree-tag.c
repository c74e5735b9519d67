/* SPDX-License-Identifier: Apache-2.0 */
/* Tags, their attributes, and what namespaces they are in (Namespaces in XML 1.0, 3rd edition). A start tag is
 * read twice: first where its attributes are, which is done again when it does not end in the buffer; then
 * what they mean. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-tree-internal.h"

enum { MAX_ATTRIBUTES = 2000, MAX_NAME = 50000, MAX_DECLARED = 100000, FEW = 16 };

static const char XML_URI[] = "http://www.w3.org/XML/1998/namespace";
static const char XMLNS_URI[] = "http://www.w3.org/2000/xmlns/";

static inline const uint8_t *skip_space(const uint8_t *p)
{
    while (tree_class[*p] & CHAR_SPACE)
        p++;
    return p;
}

/* The name at *p, behind which *p goes; NULL after a fault, or where it may go on behind the end. */
static struct tree_word *scan_name(struct tree_reader *r, const uint8_t **p)
{
    const uint8_t *begin = *p, *end = begin;
    bool full = false;
    while (tree_class[*end] & CHAR_NAME)
        end++;
    if (end == r->end)
        return NULL;
    struct tree_word *w = end - begin > MAX_NAME ? NULL : tree_word(r->tree, begin, (size_t)(end - begin));
    if (w && w->kind != WORD_NAME && !tree_word_is_name(r->tree, w, &full) && !full) {
        tree_malformed(r, _("a name that XML does not allow"), begin);
        return NULL;
    }
    if (!w || full) {
        tree_too_much(r);
        return NULL;
    }
    *p = end;
    return w;
}

static struct tree_attribute *new_attribute(struct tree_reader *r)
{
    if (r->n_attributes == r->room_attributes) {
        r->room_attributes = r->room_attributes ? 2 * r->room_attributes : 32;
        r->attribute = mem_grow(r->attribute, r->room_attributes, sizeof *r->attribute);
    }
    return &r->attribute[r->n_attributes++];
}

/* 10, 41: the value at the quote; NULL as above. */
static const uint8_t *scan_value(struct tree_reader *r, const uint8_t *quote, struct tree_attribute *at)
{
    const uint8_t *p = quote + 1;
    at->plain = true;
    for (;; p++) {
        while (!(tree_class[*p] & CHAR_STOPS_VALUE))
            p++;
        if (*p == *quote)
            break;
        if (*p == '<') {
            tree_malformed(r, _("\"<\" in an attribute"), p);
            return NULL;
        }
        if (p == r->end)
            return NULL;
        if (*p != '"' && *p != '\'')
            at->plain = false;
    }
    at->value = quote + 1;
    at->n = (size_t)(p - at->value);
    return p + 1;
}

/* Most tags declare nothing, and their attributes have one prefix or none. */
static void note_prefix(struct tree_reader *r, const struct tree_word *name)
{
    if (name->declares)
        r->n_declaring++;
    else if (name->prefix != r->empty) {
        r->mixed |= r->prefix && r->prefix != name->prefix;
        r->prefix = name->prefix;
    }
}

/* One attribute at p; NULL as above. */
static const uint8_t *scan_attribute(struct tree_reader *r, const uint8_t *p)
{
    const uint8_t *begin = p;
    struct tree_word *name = scan_name(r, &p);
    if (!name)
        return NULL;
    if (r->n_attributes == MAX_ATTRIBUTES) {
        tree_too_much(r);
        return NULL;
    }
    if (name->tag == r->tag) {
        tree_malformed(r, _("an attribute that stands there twice"), begin);
        return NULL;
    }
    name->tag = r->tag;
    note_prefix(r, name);
    p = skip_space(p);
    const uint8_t *quote = *p == '=' ? skip_space(p + 1) : p;
    if (*p == '=' && (*quote == '"' || *quote == '\'')) {
        struct tree_attribute *at = new_attribute(r);
        at->name = name;
        return scan_value(r, quote, at);
    }
    if (quote < r->end)
        tree_malformed(r, _("an attribute without a value in quotes"), begin);
    return NULL;
}

/* 40, 44: everything behind the name up to ">"; NULL as above. */
static const uint8_t *scan_attributes(struct tree_reader *r, const uint8_t *p)
{
    r->tag++;
    r->n_attributes = r->n_declaring = 0;
    r->prefix = NULL;
    r->mixed = false;
    for (;;) {
        const uint8_t *next = skip_space(p);
        if (*next == '>' || (*next == '/' && next[1] == '>'))
            return next;
        if (next == r->end || (*next == '/' && next + 1 == r->end))
            return NULL;
        if (next == p || !(tree_class[*next] & CHAR_NAME)) {
            tree_malformed(r, _("a tag that is not written as one"), p);
            return NULL;
        }
        p = scan_attribute(r, next);
        if (!p)
            return NULL;
    }
}

/* 3.3.3: the value as it is meant, into n bytes at `to`, which suffice; returns its end, NULL after a fault. */
static char *normalized(struct tree_reader *r, const struct tree_attribute *at, char *to)
{
    const uint8_t *p = at->value, *end = p + at->n;
    while (p < end) {
        char text[4];
        size_t n_text, n;
        if (*p != '&') {
            *to++ = tree_class[*p] & CHAR_SPACE ? ' ' : (char)*p;
            p++;
            continue;
        }
        n = tree_scan_reference(p, end, text, &n_text);
        if (n == 0) {
            tree_malformed(r, _("a reference to something that is not there"), p);
            return NULL;
        }
        memcpy(to, text, n_text);
        to += n_text;
        p += n;
    }
    return to;
}

static struct tree_word *address(struct tree_reader *r, const uint8_t *p, size_t n)
{
    struct tree_word *w = tree_word(r->tree, p, n);
    if (!w)
        tree_too_much(r);
    return w;
}

/* Of most addresses that office programs declare nothing follows. */
static uint8_t number_of(const struct tree_reader *r, struct tree_word *address)
{
    const struct xml_tree_namespace *ns = r->options->ns;
    if (!address || address->id_known)
        return address ? address->id : 0;
    while (ns && ns->uri && strcmp(ns->uri, address->text) != 0)
        ns++;
    address->id_known = true;
    address->id = ns && ns->uri ? ns->id : 0;
    return address->id;
}

/* What a declaration declares; NULL after a fault. */
static struct tree_word *declared_address(struct tree_reader *r, const struct tree_attribute *at)
{
    if (at->plain)
        return address(r, at->value, at->n);
    char *text = mem_alloc(at->n + 8), *end = normalized(r, at, text);
    struct tree_word *w = end ? address(r, (const uint8_t *)text, (size_t)(end - text)) : NULL;
    free(text);
    return w;
}

/* 3, "Reserved Prefixes and Namespace Names", and 5: xmlns:p="" is nothing. */
static bool may_declare(const struct tree_word *prefix, const struct tree_word *uri)
{
    if (strcmp(prefix->text, "xmlns") == 0 || strcmp(uri->text, XMLNS_URI) == 0)
        return false;
    if ((strcmp(prefix->text, "xml") == 0) != (strcmp(uri->text, XML_URI) == 0))
        return false;
    return uri->n > 0 || prefix->n == 0;
}

static void bind(struct tree_reader *r, struct tree_word *prefix, struct tree_word *uri)
{
    if (r->n_declared == r->room_declared) {
        r->room_declared = r->room_declared ? 2 * r->room_declared : 32;
        r->declared = mem_grow(r->declared, r->room_declared, sizeof *r->declared);
    }
    r->declared[r->n_declared++] = (struct tree_declaration){prefix, prefix->bound};
    prefix->bound = uri->n > 0 ? uri : NULL;
}

static void declare_all(struct tree_reader *r)
{
    for (size_t i = 0; r->result == 0 && i < r->n_attributes; i++) {
        const struct tree_attribute *at = &r->attribute[i];
        struct tree_word *uri;
        if (!at->name->declares)
            continue;
        if (++r->all_declared > MAX_DECLARED)
            tree_too_much(r);
        else if ((uri = declared_address(r, at))) {
            if (may_declare(at->name->declares, uri))
                bind(r, at->name->declares, uri);
            else
                tree_malformed(r, _("a namespace that may not be declared so"), at->value);
        }
    }
}

static void undeclare(struct tree_reader *r, size_t keep)
{
    while (r->n_declared > keep) {
        const struct tree_declaration *d = &r->declared[--r->n_declared];
        d->prefix->bound = d->before;
    }
}

static int by_meaning(const void *a, const void *b)
{
    const struct tree_word *x = (*(const struct tree_attribute *const *)a)->name,
                           *y = (*(const struct tree_attribute *const *)b)->name;
    int c = strcmp(x->prefix->bound->text, y->prefix->bound->text);
    return c ? c : strcmp(x->local, y->local);
}

/* 6.3: two names may differ and mean the same. `at` are those with a prefix, all of them declared. */
static bool same_meaning(const struct tree_attribute **at, size_t n)
{
    if (n > FEW)
        qsort(at, n, sizeof *at, by_meaning);
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t j = i + 1; j < (n > FEW ? i + 2 : n); j++)
            if (at[i]->name->prefix != at[j]->name->prefix &&
                at[i]->name->prefix->bound == at[j]->name->prefix->bound &&
                strcmp(at[i]->name->local, at[j]->name->local) == 0)
                return true;
    return false;
}

/* Attributes with several prefixes: that each is declared, and that no two are the same. */
static void check_prefixes(struct tree_reader *r)
{
    const struct tree_attribute *few[FEW], **prefixed = few;
    size_t n = 0;
    if (r->n_attributes > FEW)
        prefixed = mem_grow(NULL, r->n_attributes, sizeof *prefixed);
    for (size_t i = 0; i < r->n_attributes; i++) {
        const struct tree_attribute *at = &r->attribute[i];
        if (at->name->declares || at->name->prefix == r->empty)
            continue;
        if (!at->name->prefix->bound) {
            tree_malformed(r, _("a prefix that is not declared"), at->value);
            break;
        }
        prefixed[n++] = at;
    }
    if (r->result == 0 && same_meaning(prefixed, n))
        tree_malformed(r, _("an attribute that stands there twice"), r->at);
    if (prefixed != few)
        free((void *)prefixed);
}

static bool fill_attribute(struct tree_reader *r, const struct tree_attribute *from,
                           struct xml_tree_attribute *to)
{
    struct tree_word *uri = from->name->prefix == r->empty ? NULL : from->name->prefix->bound;
    uint8_t ns = number_of(r, uri);
    char *value = tree_alloc_text(r->tree, from->n + 1), *end = value + from->n;
    if (!value) {
        tree_too_much(r);
        return false;
    }
    if (from->plain)
        memcpy(value, from->value, from->n);
    else
        end = normalized(r, from, value);
    if (!end)
        return false;
    *end = '\0';
    *to = (struct xml_tree_attribute){from->name->local, value, ns, uri && !ns};
    return true;
}

/* The element, now that all of its tag is there. */
static bool build(struct tree_reader *r, const struct tree_word *name, unsigned line)
{
    size_t before = r->n_declared, n_kept = r->n_attributes - r->n_declaring;
    if (r->n_declaring > 0)
        declare_all(r);
    if (r->result == 0 && r->mixed)
        check_prefixes(r);
    bool unknown = (r->prefix && !r->prefix->bound) || (name->prefix != r->empty && !name->prefix->bound);
    if (r->result == 0 && unknown)
        tree_malformed(r, _("a prefix that is not declared"), r->at);
    if (r->result < 0)
        return false;
    struct xml_tree_node *n =
        tree_build_start(r, name, number_of(r, name->prefix->bound), n_kept, line);
    if (!n)
        return false;
    r->open[r->depth].declared = (uint32_t)before;
    for (size_t i = 0, k = 0; i < r->n_attributes; i++)
        if (!r->attribute[i].name->declares && !fill_attribute(r, &r->attribute[i], &n->attribute[k++]))
            return false;
    return true;
}

static void end_element(struct tree_reader *r)
{
    undeclare(r, r->open[r->depth].declared);
    tree_build_end(r);
    if (r->depth == 0)
        r->state = TREE_EPILOG;
}

bool tree_scan_start_tag(struct tree_reader *r)
{
    const uint8_t *p = r->at + 1;
    if (r->state == TREE_EPILOG) {
        tree_malformed(r, _("an element behind the root element"), p);
        return false;
    }
    struct tree_word *name = tree_class[*p] & CHAR_NAME ? scan_name(r, &p) : NULL;
    if (!name && !(tree_class[*p] & CHAR_NAME))
        tree_malformed(r, _("a tag that is not written as one"), p);
    const uint8_t *end = name ? scan_attributes(r, p) : NULL;
    if (!end)
        return false;
    r->state = TREE_CONTENT;
    if (!build(r, name, tree_input_line(r, end)))
        return false;
    if (*end == '/')
        end_element(r);
    r->at = (uint8_t *)(uintptr_t)end + (*end == '/' ? 2 : 1);
    return true;
}

bool tree_scan_end_tag(struct tree_reader *r)
{
    if (r->state != TREE_CONTENT) {
        tree_malformed(r, _("an end tag without its start tag"), r->at);
        return false;
    }
    const struct tree_word *name = r->open[r->depth].name;
    const uint8_t *p = r->at + 2;
    size_t left = (size_t)(r->end - p), n = name->n < left ? name->n : left;
    bool same = memcmp(p, name->text, n) == 0;
    if (same && left <= name->n)
        return false;
    p = skip_space(p + n);
    if (same && *p == '>') {
        end_element(r);
        r->at = (uint8_t *)(uintptr_t)p + 1;
        return true;
    }
    if (!same || p < r->end)
        tree_malformed(r, _("an end tag that does not fit its start tag"), r->at);
    return false;
}
