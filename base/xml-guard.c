/* SPDX-License-Identifier: Apache-2.0 */
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xml-internal.h"
#include "base/xml.h"

void xml_guard_refuse(xmlParserCtxtPtr ctxt, const char *what)
{
    struct xml_watch *w = ctxt->_private;
    if (!w->refused) {
        char where[220];
        snprintf(where, sizeof where, "%s:%d", w->name, ctxt->input ? ctxt->input->line : 0);
        err_set(w->e, ERR_DATA, where, "%s", what);
    }
    w->refused = true;
    xmlStopParser(ctxt);
}

static void on_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
    (void)name, (void)public_id, (void)system_id;
    xml_guard_refuse(context, _("a DOCTYPE is not allowed here"));
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attr, int n_default, const xmlChar **attr)
{
    xmlParserCtxtPtr ctxt = context;
    struct xml_watch *w = ctxt->_private;
    if (++w->elements > w->limits->elements)
        xml_guard_refuse(ctxt, _("more elements than the limit"));
    else if (++w->depth > w->limits->depth)
        xml_guard_refuse(ctxt, _("nested deeper than the limit"));
    else
        w->start(context, local, prefix, uri, n_ns, ns, n_attr, n_default, attr);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr ctxt = context;
    struct xml_watch *w = ctxt->_private;
    w->depth--;
    w->end(context, local, prefix, uri);
}

static void on_error(void *context, xmlErrorPtr error)
{
    xmlParserCtxtPtr ctxt = context;
    struct xml_watch *w = ctxt->_private;
    if (w->refused || error->level < XML_ERR_ERROR)
        return;
    char where[220], what[200];
    snprintf(where, sizeof where, "%s:%d", w->name, error->line);
    snprintf(what, sizeof what, "%s", error->message ? error->message : "");
    what[strcspn(what, "\n")] = '\0';
    err_set(w->e, ERR_DATA, where, _("not well-formed XML: %s"), what);
    if (error->code == XML_ERR_INVALID_ENCODING || error->code == XML_ERR_INVALID_CHAR)
        err_hint(w->e, _("save it as UTF-8, or declare its encoding in the first line"));
    else if (strstr(what, "huge text node"))
        err_hint(w->e, _("one text in it is longer than %d bytes"), XML_MAX_TEXT_LENGTH);
    w->refused = true;
}

static void silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static void unheard(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

xmlParserCtxtPtr xml_guarded_parser(struct xml_watch *w, bool push)
{
    xmlParserCtxtPtr ctxt = push ? xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL) : xmlNewParserCtxt();
    if (!ctxt)
        return NULL;
    xmlCtxtUseOptions(ctxt, XML_GUARDED_OPTIONS);
    ctxt->_private = w;
    w->start = ctxt->sax->startElementNs;
    w->end = ctxt->sax->endElementNs;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    ctxt->sax->internalSubset = on_doctype;
    ctxt->sax->serror = on_error;
    ctxt->sax->error = silent;
    ctxt->sax->warning = silent;
    return ctxt;
}

void xml_guard_silence(bool on)
{
    xmlSetStructuredErrorFunc(NULL, on ? unheard : NULL);
}
