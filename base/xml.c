/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/xml-internal.h"

const struct xml_limits xml_default_limits = {.bytes = 16u << 20, .elements = 200000, .depth = 100};

int xml_read(struct xml_doc **ret, const char *name, struct span data, const struct xml_limits *limits,
             struct err *e)
{
    struct err unwanted;
    struct xml_watch w = {
        .limits = limits ? limits : &xml_default_limits, .e = e ? e : &unwanted, .name = name};
    if (data.n > w.limits->bytes || data.n > INT32_MAX)
        return err_set(e, ERR_DATA, name, _("larger than the limit of %zu bytes"), w.limits->bytes);
    if (data.n == 0)
        return err_set(e, ERR_DATA, name, _("the file is empty"));
    xmlParserCtxtPtr ctxt = xml_guarded_parser(&w, false);
    if (!ctxt)
        return err_set(e, ERR_ENV, name, _("out of memory"));
    xml_guard_silence(true);
    xmlDocPtr tree =
        xmlCtxtReadMemory(ctxt, (const char *)data.p, (int)data.n, NULL, NULL, XML_GUARDED_OPTIONS);
    xml_guard_silence(false);
    bool good = tree && ctxt->wellFormed && !w.refused && xmlDocGetRootElement(tree);
    xmlFreeParserCtxt(ctxt);
    if (!good) {
        xmlFreeDoc(tree);
        return w.refused ? -ERR_DATA : err_set(e, ERR_DATA, name, _("not well-formed XML"));
    }
    struct xml_doc *d = mem_alloc(sizeof *d);
    d->tree = tree;
    d->edited = false;
    d->arena = arena_new();
    d->name = arena_strdup(d->arena, name);
    *ret = d;
    return 0;
}

int xml_read_file(struct xml_doc **ret, const char *path, const struct xml_limits *limits, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, (limits ? limits : &xml_default_limits)->bytes, &data, e);
    if (r == 0)
        r = xml_read(ret, path, bytes_span(&data), limits, e);
    bytes_release(&data);
    return r;
}

void xml_free(struct xml_doc *d)
{
    if (!d)
        return;
    xmlFreeDoc(d->tree);
    arena_free(d->arena);
    free(d);
}

const char *xml_doc_name(const struct xml_doc *d)
{
    return d->name;
}

static const xmlNode *raw(const struct xml_node *n)
{
    return (const xmlNode *)n;
}

static const struct xml_node *shown(const xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE && n->type != XML_TEXT_NODE && n->type != XML_CDATA_SECTION_NODE)
        n = n->next;
    return (const struct xml_node *)n;
}

static const struct xml_node *element(const xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return (const struct xml_node *)n;
}

const struct xml_node *xml_root(const struct xml_doc *d)
{
    return (const struct xml_node *)xmlDocGetRootElement(d->tree);
}

bool xml_is_text(const struct xml_node *n)
{
    return raw(n)->type != XML_ELEMENT_NODE;
}

const struct xml_node *xml_first(const struct xml_node *n)
{
    return xml_is_text(n) ? NULL : shown(raw(n)->children);
}

const struct xml_node *xml_next(const struct xml_node *n)
{
    return shown(raw(n)->next);
}

const struct xml_node *xml_first_element(const struct xml_node *n)
{
    return xml_is_text(n) ? NULL : element(raw(n)->children);
}

const struct xml_node *xml_next_element(const struct xml_node *n)
{
    return element(raw(n)->next);
}

const struct xml_node *xml_parent(const struct xml_node *n)
{
    const xmlNode *p = raw(n)->parent;
    return p && p->type == XML_ELEMENT_NODE ? (const struct xml_node *)p : NULL;
}

const struct xml_node *xml_child(const struct xml_node *n, const char *local)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, local) && strcmp(xml_ns(c), xml_ns(n)) == 0)
            return c;
    return NULL;
}

const struct xml_node *xml_next_same(const struct xml_node *n)
{
    for (const struct xml_node *c = xml_next_element(n); c; c = xml_next_element(c))
        if (xml_named(c, xml_name(n)) && strcmp(xml_ns(c), xml_ns(n)) == 0)
            return c;
    return NULL;
}

const char *xml_name(const struct xml_node *n)
{
    return xml_is_text(n) ? "" : (const char *)raw(n)->name;
}

const char *xml_ns(const struct xml_node *n)
{
    const xmlNode *r = raw(n);
    return r->type == XML_ELEMENT_NODE && r->ns && r->ns->href ? (const char *)r->ns->href : "";
}

bool xml_named(const struct xml_node *n, const char *local)
{
    return strcmp(xml_name(n), local) == 0;
}

const char *xml_text(const struct xml_node *n)
{
    return xml_is_text(n) && raw(n)->content ? (const char *)raw(n)->content : "";
}

unsigned xml_line(const struct xml_node *n)
{
    long line = xmlGetLineNo(raw(n));
    return line > 0 ? (unsigned)line : 0;
}

const char *xml_place(const struct xml_doc *d, const struct xml_node *n, char *buf, size_t size)
{
    snprintf(buf, size, "%s:%u", d->name, xml_line(n));
    return buf;
}

static const char *attr_value(const struct xml_doc *d, const xmlAttr *at)
{
    const xmlNode *text = at->children;
    if (!text)
        return "";
    if (!text->next && text->type == XML_TEXT_NODE)
        return text->content ? (const char *)text->content : "";
    xmlChar *joined = xmlNodeListGetString(d->tree, at->children, 1);
    char *copy = arena_strdup(d->arena, joined ? (const char *)joined : "");
    xmlFree(joined);
    return copy;
}

static const char *attr_ns(const xmlAttr *at)
{
    return at->ns && at->ns->href ? (const char *)at->ns->href : "";
}

const char *xml_attr_ns(const struct xml_doc *d, const struct xml_node *n, const char *ns, const char *name)
{
    if (xml_is_text(n))
        return NULL;
    for (const xmlAttr *at = raw(n)->properties; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0 && strcmp(attr_ns(at), ns) == 0)
            return attr_value(d, at);
    return NULL;
}

const char *xml_attr(const struct xml_doc *d, const struct xml_node *n, const char *name)
{
    return xml_attr_ns(d, n, "", name);
}

bool xml_attr_at(const struct xml_doc *d, const struct xml_node *n, size_t i, const char **ret_ns,
                 const char **ret_name, const char **ret_value)
{
    if (xml_is_text(n))
        return false;
    const xmlAttr *at = raw(n)->properties;
    while (at && i--)
        at = at->next;
    if (!at)
        return false;
    *ret_ns = attr_ns(at);
    *ret_name = (const char *)at->name;
    *ret_value = attr_value(d, at);
    return true;
}

static void gather(const struct xml_node *n, struct bytes *out)
{
    for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
        if (xml_is_text(c))
            bytes_str(out, xml_text(c));
        else
            gather(c, out);
    }
}

char *xml_content(const struct xml_node *n, struct arena *a)
{
    struct bytes text = {0};
    if (xml_is_text(n))
        bytes_str(&text, xml_text(n));
    else
        gather(n, &text);
    char *s = arena_strndup(a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return s;
}

int xml_err(struct err *e, const struct xml_doc *d, const struct xml_node *n, const char *fmt, ...)
{
    char what[320], where[240];
    va_list ap;
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    return err_set(e, ERR_DATA, xml_place(d, n, where, sizeof where), "%s", what);
}

int xml_need(const struct xml_doc *d, const struct xml_node *n, const char *attr, const char **ret,
             struct err *e)
{
    const char *v = xml_attr(d, n, attr);
    if (!v)
        return xml_err(e, d, n, _("<%s> has no attribute \"%s\""), xml_name(n), attr);
    *ret = v;
    return 0;
}

int xml_need_int(const struct xml_doc *d, const struct xml_node *n, const char *attr, int64_t lo, int64_t hi,
                 int64_t *ret, struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r < 0)
        return r;
    const char *p = v + (*v == '-');
    size_t n_digits = strspn(p, "0123456789");
    long long x = n_digits > 0 && n_digits <= 18 && p[n_digits] == '\0' ? strtoll(v, NULL, 10) : INT64_MAX;
    if (x == INT64_MAX || x < lo || x > hi)
        return xml_err(e, d, n, _("%s=\"%.40s\" is not a whole number from %lld to %lld"), attr, v,
                       (long long)lo, (long long)hi);
    *ret = x;
    return 0;
}

int xml_need_points(const struct xml_doc *d, const struct xml_node *n, const char *attr, points_t *ret,
                    struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r < 0)
        return r;
    struct err inner;
    if (points_parse(v, ret, &inner) < 0)
        return xml_err(e, d, n, "%s: %s", attr, inner.what);
    return 0;
}

int xml_need_hex(const struct xml_doc *d, const struct xml_node *n, const char *attr, void *ret,
                 size_t n_bytes, struct err *e)
{
    const char *v;
    int r = xml_need(d, n, attr, &v, e);
    if (r < 0)
        return r;
    if (!hex_decode(ret, n_bytes, v))
        return xml_err(e, d, n, _("%s is not %zu bytes in hex"), attr, n_bytes);
    return 0;
}

void xml_subtree(const struct xml_doc *d, const struct xml_node *n, struct bytes *out)
{
    xmlDocPtr own = xmlNewDoc(BAD_CAST "1.0");
    xmlNodePtr copy = xmlDocCopyNode((xmlNodePtr)(uintptr_t)raw(n), own, 1);
    (void)d;
    if (own && copy) {
        xmlDocSetRootElement(own, copy);
        xmlReconciliateNs(own, copy);
        xmlBufferPtr b = xmlBufferCreate();
        if (b && xmlNodeDump(b, own, copy, 0, 0) >= 0)
            bytes_add(out, xmlBufferContent(b), (size_t)xmlBufferLength(b));
        xmlBufferFree(b);
    }
    xmlFreeDoc(own);
}
