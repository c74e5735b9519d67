/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/practical/xml-reference.h"

#include <libxml/parserInternals.h>
#include <string.h>

#include "base/text.h"

struct theirs {
    xmlParserCtxtPtr ctxt;
    const struct xml_tree_namespace *ns;
    struct bytes *out;
    unsigned depth;
    bool refused, in_text, odd_lines;
};

static int number_of(const struct xml_tree_namespace *ns, const xmlChar *uri)
{
    if (!uri)
        return 0;
    while (ns->uri && strcmp(ns->uri, (const char *)uri) != 0)
        ns++;
    return ns->uri ? ns->id : 0;
}

static void end_text(struct theirs *t)
{
    if (t->in_text)
        bytes_str(t->out, "\"\n");
    t->in_text = false;
}

static void refuse(struct theirs *t)
{
    t->refused = true;
    xmlStopParser(t->ctxt);
}

/* libxml2 counts \n only; ours counts \r alone, too, which is a line end of XML. */
static bool odd_lines(struct span s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'))
            return true;
    return false;
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attr, int n_default, const xmlChar **attr)
{
    struct theirs *t = context;
    (void)prefix, (void)n_ns, (void)ns, (void)n_default;
    end_text(t);
    bytes_printf(t->out, "<%d %s line %d\n", number_of(t->ns, uri), (const char *)local,
                 t->odd_lines ? 0 : t->ctxt->input->line);
    for (int i = 0; i < n_attr; i++, attr += 5) {
        int id = number_of(t->ns, attr[2]);
        bytes_printf(t->out, " %d%s %s=", id, attr[2] && !id ? " foreign" : "", (const char *)attr[0]);
        bytes_add(t->out, attr[3], (size_t)(attr[4] - attr[3]));
        bytes_str(t->out, "\n");
    }
    t->depth++;
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct theirs *t = context;
    (void)local, (void)prefix, (void)uri;
    end_text(t);
    bytes_str(t->out, ">\n");
    t->depth--;
}

static void on_text(void *context, const xmlChar *text, int n)
{
    struct theirs *t = context;
    if (t->depth == 0 || n == 0)
        return;
    if (!t->in_text)
        bytes_str(t->out, "\"");
    t->in_text = true;
    bytes_add(t->out, text, (size_t)n);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    refuse(context);
}

static void on_error(void *context, xmlErrorPtr error)
{
    if (error->level >= XML_ERR_ERROR && error->code != XML_WAR_NS_URI)
        refuse(context);
}

static void silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static bool theirs_reads(struct span input, const struct xml_tree_namespace *ns, struct bytes *out)
{
    struct theirs t = {.ns = ns, .out = out, .odd_lines = odd_lines(input)};
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
    xmlParserCtxtPtr ctxt = input.n ? xmlCreateMemoryParserCtxt((const char *)input.p, (int)input.n) : NULL;
    if (!ctxt)
        return false;
    xmlSAXHandler *own = ctxt->sax;
    ctxt->sax = &sax;
    ctxt->userData = &t;
    t.ctxt = ctxt;
    xmlCtxtUseOptions(ctxt, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC);
    xmlParseDocument(ctxt);
    bool good = ctxt->wellFormed && !t.refused;
    ctxt->sax = own;
    xmlFreeDoc(ctxt->myDoc);
    xmlFreeParserCtxt(ctxt);
    return good;
}

static void dump_start(const struct xml_tree_node *n, bool lines, struct bytes *out)
{
    bytes_printf(out, "<%d %s line %u\n", n->ns, n->name, lines ? n->line : 0);
    for (size_t i = 0; i < n->n_attributes; i++)
        bytes_printf(out, " %d%s %s=%s\n", n->attribute[i].ns, n->attribute[i].foreign ? " foreign" : "",
                     n->attribute[i].name, n->attribute[i].value);
}

static void dump(const struct xml_tree_node *root, bool lines, struct bytes *out)
{
    for (const struct xml_tree_node *n = root; n;) {
        if (n->name)
            dump_start(n, lines, out);
        else
            bytes_printf(out, "\"%s\"\n", n->text);
        if (n->name && n->first) {
            n = n->first;
            continue;
        }
        if (n->name)
            bytes_str(out, ">\n");
        while (n != root && !n->next) {
            n = n->parent;
            bytes_str(out, ">\n");
        }
        n = n == root ? NULL : n->next;
    }
}

struct piecewise {
    struct span left;
    size_t piece;
};

static int next_piece(void *context, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    struct piecewise *s = context;
    size_t n = s->left.n < s->piece ? s->left.n : s->piece;
    (void)e;
    n = n < size ? n : size;
    if (n)
        memcpy(buffer, s->left.p, n);
    s->left = span_of(s->left.p + n, s->left.n - n);
    *ret_n = n;
    return 0;
}

/* 0, or the fault. */
static int ours_reads(struct span input, const struct xml_tree_namespace *ns, size_t piece, struct bytes *out)
{
    struct piecewise s = {input, piece};
    struct xml_tree_options o = {.ns = ns};
    struct xml_tree *t = NULL;
    struct err e = {0};
    if (xml_tree_read_from(&t, "x", next_piece, &s, &o, &e) < 0) {
        bytes_printf(out, "%s: %s", e.where, e.what);
        return e.code;
    }
    dump(xml_tree_root(t), !odd_lines(input), out);
    xml_tree_free(t);
    return 0;
}

static bool all_may_stand(struct span s)
{
    const char *p = (const char *)s.p, *end = p + s.n;
    if (!utf8_valid(p, s.n))
        return false;
    while (p < end) {
        uint32_t c = utf8_next(&p, end);
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xfffe || c == 0xffff)
            return false;
    }
    return true;
}

static bool is_utf16(struct span s)
{
    return s.n >= 2 && ((s.p[0] == 0xff && s.p[1] == 0xfe) || (s.p[0] == 0xfe && s.p[1] == 0xff) ||
                        (s.n >= 4 && memcmp(s.p, "<\0", 2) == 0 && s.p[3] == 0) ||
                        (s.n >= 4 && memcmp(s.p, "\0<\0", 3) == 0));
}

const char *xml_differ(struct span input, const struct xml_tree_namespace *ns, size_t piece,
                       struct bytes *ret_ours, struct bytes *ret_theirs)
{
    static const char mark[] = "\xef\xbb\xbf";
    bytes_clear(ret_ours);
    bytes_clear(ret_theirs);
    bytes_str(ret_ours, "");
    bytes_str(ret_theirs, "");
    int fault = ours_reads(input, ns, piece, ret_ours);
    if (is_utf16(input) || fault == XML_TREE_LIMIT)
        return NULL;
    if (input.n >= 3 && memcmp(input.p, mark, 3) == 0)
        input = span_of(input.p + 3, input.n - 3);
    if (!all_may_stand(input) || (input.n >= 3 && memcmp(input.p, mark, 3) == 0))
        return fault ? NULL : "ours takes what is no text of XML";
    bool good = theirs_reads(input, ns, ret_theirs);
    if (good && fault && strstr((const char *)ret_ours->p, "declares it wrongly"))
        return NULL;
    if (good && fault)
        return "ours refuses what libxml2 reads";
    if (!good && !fault)
        return "ours reads what libxml2 refuses";
    return fault || span_equal(bytes_span(ret_ours), bytes_span(ret_theirs)) ? NULL : "the trees differ";
}
