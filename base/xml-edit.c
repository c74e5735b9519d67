/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml-edit.h"

#include <libxml/tree.h>
#include <libxml/xmlsave.h>
#include <string.h>

#include "base/text.h"
#include "base/xml-internal.h"

static xmlNodePtr raw(const struct xml_node *n)
{
    return (xmlNodePtr)(uintptr_t)n;
}

static const char *href(const xmlNs *ns)
{
    return ns && ns->href ? (const char *)ns->href : "";
}

/* The element after n in document order within `top`. */
static xmlNodePtr after(xmlNodePtr n, const xmlNode *top)
{
    if (n->type == XML_ELEMENT_NODE && n->children)
        return n->children;
    while (n != top && !n->next)
        n = n->parent;
    return n == top ? NULL : n->next;
}

static void set_href(xmlNsPtr ns, const char *to)
{
    xmlFree((xmlChar *)(uintptr_t)ns->href);
    ns->href = xmlStrdup(BAD_CAST to);
}

void xml_edit_namespace(struct xml_doc *d, const char *from, const char *to)
{
    xmlNodePtr root = xmlDocGetRootElement(d->tree);
    from = arena_strdup(d->arena, from);
    d->edited = true;
    xmlNsPtr own = *from ? NULL : xmlNewNs(root, BAD_CAST to, NULL);
    for (xmlNodePtr n = root; n; n = after(n, root)) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        for (xmlNsPtr ns = n->nsDef; ns; ns = ns->next)
            if (ns != own && strcmp(href(ns), from) == 0)
                set_href(ns, to);
        if (!n->ns && own)
            n->ns = own;
    }
}

static xmlNsPtr default_namespace(xmlNodePtr n, const char *to)
{
    for (xmlNsPtr ns = n->nsDef; ns; ns = ns->next)
        if (!ns->prefix) {
            set_href(ns, to);
            return ns;
        }
    return xmlNewNs(n, BAD_CAST to, NULL);
}

void xml_edit_move(struct xml_doc *d, const struct xml_node *node, const char *to)
{
    xmlNodePtr top = raw(node);
    char *from = arena_strdup(d->arena, href(top->ns));
    d->edited = true;
    xmlNsPtr own = default_namespace(top, to);
    for (xmlNodePtr n = top; n; n = after(n, top))
        if (n->type == XML_ELEMENT_NODE && (n == top || strcmp(href(n->ns), from) == 0))
            n->ns = own;
}

void xml_edit_prefix(struct xml_doc *d, const struct xml_node *n, const char *to, const char *prefix)
{
    xmlNodePtr root = xmlDocGetRootElement(d->tree);
    xmlNsPtr ns = xmlSearchNsByHref(d->tree, raw(n), BAD_CAST to);
    d->edited = true;
    if (!ns)
        ns = xmlNewNs(root, BAD_CAST to, BAD_CAST prefix);
    if (ns)
        raw(n)->ns = ns;
}

void xml_edit_name(struct xml_doc *d, const struct xml_node *n, const char *name)
{
    d->edited = true;
    xmlNodeSetName(raw(n), BAD_CAST name);
}

void xml_edit_attr(struct xml_doc *d, const struct xml_node *n, const char *name, const char *value)
{
    d->edited = true;
    xmlSetNsProp(raw(n), NULL, BAD_CAST name, BAD_CAST value);
}

static xmlAttrPtr find(const struct xml_node *n, const char *ns, const char *name)
{
    for (xmlAttrPtr at = raw(n)->properties; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0 && strcmp(href(at->ns), ns) == 0)
            return at;
    return NULL;
}

void xml_edit_attr_ns(struct xml_doc *d, const struct xml_node *n, const char *ns, const char *name,
                      const char *value)
{
    d->edited = true;
    xmlAttrPtr at = find(n, ns, name);
    if (at)
        xmlSetNsProp(raw(n), at->ns, BAD_CAST name, BAD_CAST value);
}

void xml_edit_attr_name(struct xml_doc *d, const struct xml_node *n, const char *from, const char *to)
{
    xmlAttrPtr at = find(n, "", from);
    if (!at)
        return;
    d->edited = true;
    if (find(n, "", to))
        xmlRemoveProp(at);
    else
        xmlNodeSetName((xmlNodePtr)at, BAD_CAST to);
}

void xml_edit_attr_drop(struct xml_doc *d, const struct xml_node *n, const char *name)
{
    d->edited = true;
    xmlAttrPtr at = find(n, "", name);
    if (at)
        xmlRemoveProp(at);
}

void xml_edit_unwrap(struct xml_doc *d, const struct xml_node *node)
{
    d->edited = true;
    xmlNodePtr n = raw(node);
    while (n->children) {
        xmlNodePtr child = n->children;
        xmlUnlinkNode(child);
        /* not xmlAddPrevSibling: it would melt neighbouring texts into one and free one of them */
        child->parent = n->parent;
        child->prev = n->prev;
        child->next = n;
        if (n->prev)
            n->prev->next = child;
        else
            n->parent->children = child;
        n->prev = child;
    }
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}

void xml_edit_add_text(struct xml_doc *d, const struct xml_node *n, const char *text)
{
    d->edited = true;
    xmlAddChild(raw(n), xmlNewDocText(d->tree, BAD_CAST text));
}

void xml_whole(const struct xml_doc *d, struct bytes *out)
{
    xmlChar *text = NULL;
    int n = 0;
    xmlDocDumpMemoryEnc(d->tree, &text, &n, "UTF-8");
    if (text && n > 0)
        bytes_add(out, text, (size_t)n);
    xmlFree(text);
}

bool xml_is_edited(const struct xml_doc *d)
{
    return d->edited;
}

bool xml_says_utf8(const struct xml_doc *d)
{
    const char *said = (const char *)d->tree->encoding;
    return !said || ascii_casecmp(said, "UTF-8") == 0 || ascii_casecmp(said, "US-ASCII") == 0 ||
           ascii_casecmp(said, "ASCII") == 0;
}

void xml_edit_replace(struct xml_doc *d, const struct xml_node *n, const struct xml_node *with)
{
    xmlNodePtr copy = xmlDocCopyNode(raw(with), d->tree, 1);
    if (!copy)
        return;
    d->edited = true;
    xmlReplaceNode(raw(n), copy);
    xmlReconciliateNs(d->tree, copy);
    xmlFreeNode(raw(n));
}

const struct xml_node *xml_edit_put_first(struct xml_doc *d, const struct xml_node *n,
                                          const struct xml_node *what)
{
    xmlNodePtr copy = xmlDocCopyNode(raw(what), d->tree, 1);
    if (!copy)
        return NULL;
    d->edited = true;
    if (raw(n)->children)
        xmlAddPrevSibling(raw(n)->children, copy);
    else
        xmlAddChild(raw(n), copy);
    xmlReconciliateNs(d->tree, copy);
    return (const struct xml_node *)copy;
}

void xml_edit_drop(struct xml_doc *d, const struct xml_node *n)
{
    d->edited = true;
    xmlUnlinkNode(raw(n));
    xmlFreeNode(raw(n));
}
