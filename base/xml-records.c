/* SPDX-License-Identifier: Apache-2.0 */
#include <libxml/parserInternals.h>
#include <string.h>

#include "base/i18n.h"
#include "base/xml-internal.h"

struct records {
    struct xml_watch watch; /* first: ctxt->_private is a struct xml_watch */
    startElementNsSAX2Func start;
    endElementNsSAX2Func end;
    const char *root;
    unsigned depth;
    size_t fed, mark; /* bytes given to the parser in all, and when the last record ended */
    struct xml_doc doc;
    xml_record_fn *take;
    void *context;
    struct err *e;
    int result;
};

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri, int n_ns,
                     const xmlChar **ns, int n_attr, int n_default, const xmlChar **attr)
{
    xmlParserCtxtPtr ctxt = context;
    struct records *r = ctxt->_private;
    if (r->watch.depth == 0 && strcmp((const char *)local, r->root) != 0) {
        xml_guard_refuse(ctxt, _("this is another kind of document"));
        return;
    }
    r->start(context, local, prefix, uri, n_ns, ns, n_attr, n_default, attr);
}

/* What the parent still holds of earlier records: white space. */
static void drop_before(xmlNodePtr n)
{
    while (n->prev) {
        xmlNodePtr old = n->prev;
        xmlUnlinkNode(old);
        xmlFreeNode(old);
    }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr ctxt = context;
    struct records *r = ctxt->_private;
    bool record = r->watch.depth == r->depth;
    r->end(context, local, prefix, uri);
    if (!record || r->watch.refused || !ctxt->node || !ctxt->node->last)
        return;
    xmlNodePtr n = ctxt->node->last;
    drop_before(n);
    r->doc.tree = ctxt->myDoc;
    r->doc.arena = arena_new();
    r->result = r->take(r->context, &r->doc, (const struct xml_node *)n, r->e);
    arena_free(r->doc.arena);
    xmlUnlinkNode(n);
    xmlFreeNode(n);
    r->watch.elements = 0;
    r->mark = r->fed;
    if (r->result < 0) {
        r->watch.refused = true;
        xmlStopParser(ctxt);
    }
}

static int feed(xmlParserCtxtPtr ctxt, struct records *r, xml_source_fn *source, void *source_context,
                struct err *e)
{
    char buffer[16384];
    size_t n = 1;
    while (n && !r->watch.refused) {
        int status = source(source_context, buffer, sizeof buffer, &n, e);
        if (status < 0)
            return status;
        if (n == 0 && r->fed == 0)
            return err_set(e, ERR_DATA, r->watch.name, _("the file is empty"));
        r->fed += n;
        if (r->fed - r->mark > r->watch.limits->bytes)
            return err_set(e, ERR_DATA, r->watch.name, _("larger than the limit of %zu bytes"),
                           r->watch.limits->bytes);
        xmlParseChunk(ctxt, buffer, (int)n, n == 0);
    }
    return 0;
}

static int outcome(xmlParserCtxtPtr ctxt, const struct records *r, struct err *e)
{
    if (r->result < 0)
        return r->result;
    if (r->watch.refused)
        return -ERR_DATA;
    return ctxt->wellFormed ? 0 : err_set(e, ERR_DATA, r->watch.name, _("not well-formed XML"));
}

int xml_records(const char *name, xml_source_fn *source, void *source_context, const char *root,
                unsigned depth, const struct xml_limits *limits, xml_record_fn *take, void *context,
                struct err *e)
{
    struct err unwanted;
    e = e ? e : &unwanted;
    struct records r = {.watch = {.limits = limits ? limits : &xml_default_limits, .e = e, .name = name},
                        .root = root,
                        .depth = depth,
                        .doc = {.name = name},
                        .take = take,
                        .context = context,
                        .e = e};
    xmlParserCtxtPtr ctxt = xml_guarded_parser(&r.watch, true);
    if (!ctxt)
        return err_set(e, ERR_ENV, name, _("out of memory"));
    r.start = ctxt->sax->startElementNs;
    r.end = ctxt->sax->endElementNs;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    xml_guard_silence(true);
    int status = feed(ctxt, &r, source, source_context, e);
    xml_guard_silence(false);
    if (status == 0)
        status = outcome(ctxt, &r, e);
    xmlFreeDoc(ctxt->myDoc);
    xmlFreeParserCtxt(ctxt);
    return status;
}

int xml_span_source(void *source, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    (void)e;
    struct span *s = source;
    size_t n = s->n < size ? s->n : size;
    if (n)
        memcpy(buffer, s->p, n);
    *s = (struct span){s->p + n, s->n - n};
    *ret_n = n;
    return 0;
}
