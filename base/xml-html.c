/* SPDX-License-Identifier: Apache-2.0 */
#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-internal.h"

static const struct xml_limits piece_limits = {.bytes = 16u << 20, .elements = 20000, .depth = 60};

struct html_watch {
    const struct xml_limits *limits;
    size_t elements;
    unsigned depth;
    const char *fault;
    startElementSAXFunc start;
    endElementSAXFunc end;
};

static void stop(htmlParserCtxtPtr ctxt, const char *what)
{
    struct html_watch *w = ctxt->_private;
    if (!w->fault)
        w->fault = what;
    xmlStopParser(ctxt);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attr)
{
    htmlParserCtxtPtr ctxt = context;
    struct html_watch *w = ctxt->_private;
    if (++w->elements > w->limits->elements)
        stop(ctxt, _("more elements than the limit"));
    else if (++w->depth > w->limits->depth)
        stop(ctxt, _("nested deeper than the limit"));
    else
        w->start(context, name, attr);
}

static void on_end(void *context, const xmlChar *name)
{
    htmlParserCtxtPtr ctxt = context;
    struct html_watch *w = ctxt->_private;
    if (w->depth)
        w->depth--;
    w->end(context, name);
}

static void silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static void unheard(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

/* ---- what libxml2 takes quadratic time for: it compares each attribute of a tag with all before it ---- */

enum { MAX_ATTRIBUTES = 2000, MAX_NAME = 100, LOOKS_PER_BYTE = 32 };

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *past_blanks(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

static const char *past_name(const char *p)
{
    const char *first = p;
    if (!is_letter(*p) && (!*p || !strchr("_:.", *p)))
        return p;
    while (p - first < MAX_NAME && (is_letter(*p) || (*p && strchr("0123456789:-_.", *p))))
        p++;
    return p;
}

static const char *past_value(const char *p)
{
    if (*p != '"' && *p != '\'')
        return p + strcspn(p, " \t\r\n>");
    const char *end = strchr(p + 1, *p);
    return end ? end + 1 : p + strlen(p);
}

static const char *past_junk(const char *p)
{
    while (*p && !is_blank(*p) && *p != '>' && !(p[0] == '/' && p[1] == '>'))
        p++;
    return p;
}

/* The tag at p as libxml2 reads it: how many attributes, and where it ends. */
static size_t count_attributes(const char *p, const char **end)
{
    size_t n = 0;
    p = past_blanks(past_name(p + 1));
    while (*p && *p != '>' && !(p[0] == '/' && p[1] == '>') && n <= MAX_ATTRIBUTES) {
        const char *name = past_name(p), *next = past_blanks(name);
        if (name == p)
            p = past_junk(p == next ? p : name);
        else {
            n++;
            p = *next == '=' ? past_value(past_blanks(next + 1)) : next;
        }
        p = past_blanks(p);
    }
    *end = p;
    return n;
}

/* Each "<" is looked at by itself: which of them are tags depends on what stands before. */
static bool has_crowded_tag(const char *html, size_t n)
{
    size_t looks = 0;
    const char *end;
    for (const char *p = strchr(html, '<'); p; p = strchr(p + 1, '<')) {
        if (past_name(p + 1) == p + 1)
            continue;
        if (count_attributes(p, &end) > MAX_ATTRIBUTES)
            return true;
        looks += (size_t)(end - p);
        if (looks / LOOKS_PER_BYTE > n + 65536)
            return true;
    }
    return false;
}

int xml_read_html(struct xml_doc **ret, const char *name, const char *html, struct err *e)
{
    return xml_read_html_page(ret, name, html, &piece_limits, e);
}

int xml_read_html_page(struct xml_doc **ret, const char *name, const char *html,
                       const struct xml_limits *limits, struct err *e)
{
    struct html_watch w = {.limits = limits};
    size_t n = strlen(html);
    if (n > limits->bytes)
        return err_set(e, ERR_DATA, name, _("larger than the limit of %zu bytes"), limits->bytes);
    if (has_crowded_tag(html, n))
        return err_set(e, ERR_DATA, name, _("a tag has more attributes than the limit"));
    htmlParserCtxtPtr ctxt = htmlNewParserCtxt();
    if (!ctxt)
        return err_set(e, ERR_ENV, name, _("out of memory"));
    ctxt->_private = &w;
    w.start = ctxt->sax->startElement;
    w.end = ctxt->sax->endElement;
    ctxt->sax->startElement = on_start;
    ctxt->sax->endElement = on_end;
    ctxt->sax->serror = unheard;
    ctxt->sax->error = silent;
    ctxt->sax->warning = silent;
    xmlDocPtr tree = htmlCtxtReadMemory(ctxt, html, (int)n, NULL, "UTF-8",
                                        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                            HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT);
    htmlFreeParserCtxt(ctxt);
    if (w.fault || !tree) {
        xmlFreeDoc(tree);
        return err_set(e, ERR_DATA, name, "%s", w.fault ? w.fault : _("not a text in HTML"));
    }
    struct arena *a = arena_new();
    struct xml_doc *d = mem_alloc(sizeof *d);
    *d = (struct xml_doc){.tree = tree, .arena = a, .name = arena_strdup(a, name)};
    *ret = d;
    return 0;
}
