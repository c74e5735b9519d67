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
