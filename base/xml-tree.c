/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml-tree.h"

#include <libxml/parserInternals.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-tree-internal.h"

enum { URIS = 32, NAMES = 256, MAX_DECLARED = 100000, CHUNK = 16384 };

/* An element whose end has not come yet. */
struct open {
    struct xml_tree_node *node, *last, *before; /* `before` is the sibling before `last` */
    bool forgetful;                             /* a record ended in it: texts between records are not kept */
};

struct builder {
    const char *name;
    const struct xml_tree_options *options;
    xmlParserCtxtPtr ctxt;
    struct xml_tree *tree;
    struct open *open;
    unsigned depth, max_depth, record_depth; /* 0: not in a record */
    struct tree_mark mark;
    struct bytes text;
    unsigned text_line;
    struct { /* namespaces seen; the parser keeps each URI once */
        const xmlChar *uri;
        uint8_t id;
    } seen[URIS];
    size_t n_seen, n_declared; /* declared: with repetitions; libxml2 takes long for each */
    struct { /* names seen, by their address: the parser keeps each name once, too */
        const xmlChar *raw;
        const char *word;
    } known[NAMES];
    struct err *e;
    int result;
};

static void stop(struct builder *b)
{
    xmlStopParser(b->ctxt);
}

static void refuse(struct builder *b, int code, const char *what)
{
    char where[240];
    if (b->result < 0)
        return;
    snprintf(where, sizeof where, "%.200s:%d", b->name, b->ctxt->input ? b->ctxt->input->line : 0);
    b->result = err_set(b->e, ERR_DATA, where, "%s", what);
    b->e->code = code;
    stop(b);
}

static void too_much(struct builder *b)
{
    refuse(b, XML_TREE_LIMIT, _("it holds more than the limit for its kind of part"));
}

static uint8_t listed(const struct builder *b, const xmlChar *uri)
{
    for (const struct xml_tree_namespace *ns = b->options->ns; ns && ns->uri; ns++)
        if (strcmp(ns->uri, (const char *)uri) == 0)
            return ns->id;
    return 0;
}

static uint8_t namespace_id(struct builder *b, const xmlChar *uri)
{
    if (!uri)
        return 0;
    for (size_t i = 0; i < b->n_seen; i++)
        if (b->seen[i].uri == uri)
            return b->seen[i].id;
    uint8_t id = listed(b, uri);
    if (b->n_seen < URIS) {
        b->seen[b->n_seen].uri = uri;
        b->seen[b->n_seen++].id = id;
    }
    return id;
}

static const char *word_of(struct builder *b, const xmlChar *name)
{
    size_t i = ((uintptr_t)name >> 2) % NAMES;
    if (b->known[i].raw != name) {
        b->known[i].raw = name;
        b->known[i].word = tree_intern(b->tree, (const char *)name);
    }
    return b->known[i].word;
}

static void append(struct builder *b, struct xml_tree_node *n)
{
    struct open *o = &b->open[b->depth];
    n->parent = o->node;
    if (o->last)
        o->last->next = n;
    else if (o->node)
        o->node->first = n;
    o->before = o->last;
    o->last = n;
}

static void flush_text(struct builder *b)
{
    if (b->text.n == 0 || b->result < 0)
        return;
    if (!b->open[b->depth].forgetful) {
        struct xml_tree_node *n = tree_alloc(b->tree, sizeof *n);
        char *copy = n ? tree_alloc_text(b->tree, b->text.p, b->text.n) : NULL;
        if (!copy) {
            too_much(b);
            return;
        }
        *n = (struct xml_tree_node){.text = copy, .line = b->text_line};
        append(b, n);
    }
    bytes_clear(&b->text);
}

static bool read_attributes(struct builder *b, struct xml_tree_node *n, int count, const xmlChar **attr)
{
    if (count > UINT16_MAX)
        return false;
    n->n_attributes = (uint16_t)count;
    n->attribute = count ? tree_alloc(b->tree, (size_t)count * sizeof *n->attribute) : NULL;
    for (int i = 0; n->attribute && i < count; i++, attr += 5) {
        struct xml_tree_attribute *at = &n->attribute[i];
        at->name = word_of(b, attr[0]);
        at->value = tree_alloc_text(b->tree, attr[3], (size_t)(attr[4] - attr[3]));
        at->ns = namespace_id(b, attr[2]);
        at->foreign = attr[2] && !at->ns;
        if (!at->name || !at->value)
            return false;
    }
    return count == 0 || n->attribute;
}

static bool is_record(const struct builder *b, uint8_t ns, const char *name)
{
    const struct xml_tree_options *o = b->options;
    if (!o->record || b->record_depth)
        return false;
    if (o->record_in)
        return xml_tree_is(b->open[b->depth].node, o->record_ns, o->record_in);
    return ns == o->record_ns && strcmp(name, o->record_name) == 0;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attr, int n_default, const xmlChar **attr)
{
    struct builder *b = context;
    (void)prefix, (void)ns, (void)n_default;
    flush_text(b);
    if (b->result < 0)
        return;
    if (b->depth >= b->max_depth) {
        refuse(b, XML_TREE_LIMIT, _("nested deeper than the limit"));
        return;
    }
    b->n_declared += (size_t)n_ns;
    if (b->n_declared > MAX_DECLARED) {
        too_much(b);
        return;
    }
    uint8_t id = namespace_id(b, uri);
    if (is_record(b, id, (const char *)local)) {
        b->record_depth = b->depth + 1;
        b->mark = tree_here(b->tree);
    }
    struct xml_tree_node *n = tree_alloc(b->tree, sizeof *n);
    if (n) {
        *n = (struct xml_tree_node){.ns = id, .line = (uint32_t)b->ctxt->input->line};
        n->name = word_of(b, local);
    }
    if (!n || !n->name || !read_attributes(b, n, n_attr, attr)) {
        too_much(b);
        return;
    }
    if (b->record_depth == b->depth + 1)
        n->parent = b->open[b->depth].node; /* not among its children: it goes when it ends */
    else
        append(b, n);
    if (b->depth == 0)
        b->tree->root = n;
    b->open[++b->depth] = (struct open){.node = n};
}

static bool alternates(const struct builder *b, const struct xml_tree_node *n)
{
    return b->options->alternates_ns && n->ns == b->options->alternates_ns &&
           strcmp(n->name, "AlternateContent") == 0;
}

/* What the first Choice holds, or where there is none the Fallback. */
static struct xml_tree_node *chosen_of(const struct xml_tree_node *n)
{
    const struct xml_tree_node *chosen = xml_tree_child(n, n->ns, "Choice");
    chosen = chosen ? chosen : xml_tree_child(n, n->ns, "Fallback");
    return chosen ? chosen->first : NULL;
}

static int hand_over(struct builder *b, struct xml_tree_node *n)
{
    const struct xml_tree_options *o = b->options;
    int r = 0;
    if (!alternates(b, n))
        return o->record(o->context, n, b->e);
    for (struct xml_tree_node *in = chosen_of(n); r == 0 && in; in = in->next) {
        in->parent = n->parent;
        if (in->name)
            r = o->record(o->context, in, b->e);
    }
    return r;
}

static void end_record(struct builder *b, struct xml_tree_node *n)
{
    b->record_depth = 0;
    int r = hand_over(b, n);
    tree_back_to(b->tree, b->mark);
    b->open[b->depth].forgetful = true;
    if (r < 0) {
        b->result = r;
        stop(b);
    }
}

/* What was chosen takes the place of the element. */
static void unwrap(struct builder *b, struct xml_tree_node *n)
{
    struct open *o = &b->open[b->depth];
    if (!o->node)
        return;
    struct xml_tree_node *in = chosen_of(n);
    *(o->before ? &o->before->next : &o->node->first) = in;
    o->last = o->before;
    for (; in; in = in->next) {
        in->parent = o->node;
        o->last = in;
    }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct builder *b = context;
    (void)local, (void)prefix, (void)uri;
    flush_text(b);
    if (b->result < 0)
        return;
    struct xml_tree_node *n = b->open[b->depth--].node;
    if (b->record_depth == b->depth + 1)
        end_record(b, n);
    else if (alternates(b, n))
        unwrap(b, n);
}

static void on_text(void *context, const xmlChar *text, int n)
{
    struct builder *b = context;
    if (b->result < 0 || b->depth == 0)
        return;
    if (b->text.n == 0)
        b->text_line = (unsigned)b->ctxt->input->line;
    if ((size_t)n > tree_left(b->tree) || b->text.n + (size_t)n > tree_left(b->tree))
        too_much(b);
    else
        bytes_add(&b->text, text, (size_t)n);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    struct builder *b = context;
    (void)name, (void)public_id, (void)system_id;
    refuse(b, XML_TREE_DTD, _("a DOCTYPE is not allowed here"));
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct builder *b = context;
    if (error->level < XML_ERR_ERROR || b->result < 0)
        return;
    char what[200];
    const char *message = error->message ? error->message : "";
    bool large = error->code == XML_ERR_INTERNAL_ERROR || strcasestr(message, "huge") ||
                 strcasestr(message, "too long");
    snprintf(what, sizeof what, _("not well-formed XML: %s"), message);
    what[strcspn(what, "\n")] = '\0';
    refuse(b, large ? XML_TREE_LIMIT : XML_TREE_MALFORMED, what);
}

static void silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static xmlParserCtxtPtr new_parser(struct builder *b)
{
    xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
                         .startElementNs = on_start,
                         .endElementNs = on_end,
                         .characters = on_text,
                         .ignorableWhitespace = on_text,
                         .cdataBlock = on_text,
                         .internalSubset = on_doctype,
                         .serror = on_error,
                         .error = silent,
                         .warning = silent};
    xmlParserCtxtPtr ctxt = xmlCreatePushParserCtxt(&sax, b, NULL, 0, NULL);
    /* NOENT: or an attribute's &amp; stays &#38;. There is no DOCTYPE that could name other entities. */
    if (ctxt)
        xmlCtxtUseOptions(ctxt,
                          XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC);
    return ctxt;
}

/* Gives the parser all of it, as UTF-8. */
static int feed(struct builder *b, xml_source_fn *source, void *source_context)
{
    uint8_t chunk[CHUNK];
    struct tree_decoder decoder = {0};
    struct tree_tags tags = {0};
    struct bytes out = {0};
    size_t max = b->options->max_bytes ? b->options->max_bytes : 64u << 20, fed = 0, n = 1;
    while (n > 0 && b->result == 0) {
        int r = source(source_context, chunk, sizeof chunk, &n, b->e);
        if (r < 0 && b->result == 0)
            b->result = r;
        fed += n;
        if (b->result == 0 && fed > max)
            refuse(b, XML_TREE_LIMIT, _("it is larger than the limit for its kind of part"));
        bytes_clear(&out);
        if (b->result == 0 && !tree_decode(&decoder, span_of(chunk, n), &out))
            refuse(b, XML_TREE_MALFORMED, _("not well-formed XML: it is cut off, or no UTF-16"));
        if (b->result == 0 && !tree_tags_look(&tags, bytes_span(&out)))
            too_much(b);
        if (b->result == 0 && (out.n > 0 || n == 0))
            xmlParseChunk(b->ctxt, (const char *)out.p, (int)out.n, n == 0);
    }
    bytes_release(&out);
    return b->result;
}

int xml_tree_read_from(struct xml_tree **ret, const char *name, xml_source_fn *source, void *source_context,
                       const struct xml_tree_options *options, struct err *e)
{
    static const struct xml_tree_options plain;
    struct err unwanted;
    struct builder b = {.name = name, .options = options ? options : &plain, .e = e ? e : &unwanted};
    b.max_depth = b.options->max_depth ? b.options->max_depth : 200;
    b.tree = tree_new(name, b.options->max_memory ? b.options->max_memory : 24u << 20);
    b.open = mem_alloc((b.max_depth + 1) * sizeof *b.open);
    b.ctxt = new_parser(&b);
    if (!b.ctxt)
        b.result = err_set(e, ERR_ENV, name, _("out of memory"));
    if (b.result == 0)
        feed(&b, source, source_context);
    if (b.result == 0 && (!b.ctxt->wellFormed || !b.tree->root))
        refuse(&b, XML_TREE_MALFORMED, _("not well-formed XML"));
    xmlFreeParserCtxt(b.ctxt);
    bytes_release(&b.text);
    free(b.open);
    if (b.result < 0) {
        xml_tree_free(b.tree);
        return b.result;
    }
    *ret = b.tree;
    return 0;
}

int xml_tree_read(struct xml_tree **ret, const char *name, struct span data,
                  const struct xml_tree_options *options, struct err *e)
{
    return xml_tree_read_from(ret, name, xml_span_source, &data, options, e);
}
