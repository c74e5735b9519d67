/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/odf/package.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "scoring/practical/odf/odf.h"

enum { CONTENT_MEMORY = 24 << 20, STYLES_MEMORY = 8 << 20, SIDE_MEMORY = 4 << 20 };

/* Flat files are XML themselves: told by their first characters and their root's name space. */
static bool flat(struct span file)
{
    struct span s = file;
    if (s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0)
        s = span_of(s.p + 3, s.n - 3);
    if (s.n < 5 || s.p[0] != '<')
        return false;
    size_t n = s.n < 4096 ? s.n : 4096;
    return memmem(s.p, n, "urn:oasis:names:tc:opendocument", 31) != NULL;
}

bool odf_recognised(struct span file)
{
    struct parts *p = NULL;
    if (flat(file))
        return true;
    if (file.n < 4 || memcmp(file.p, "PK", 2) != 0 || parts_open(&p, "", file, NULL) < 0)
        return false;
    bool found = !parts_has(p, "[Content_Types].xml") &&
                 (parts_has(p, "content.xml") || parts_has(p, "encrypted-package"));
    parts_close(p);
    return found;
}

static int fault(struct err *e, const char *name, enum practical_fault code, const char *what)
{
    err_set(e, ERR_DATA, name, "%s", what);
    if (e)
        e->code = code;
    return -ERR_DATA;
}

/* Does the manifest say that content.xml is encrypted? What cannot be read says nothing. */
static bool encrypted(struct odf_package *p)
{
    if (parts_has(p->parts, "encrypted-package"))
        return true;
    struct xml_tree *t = odf_side_part(p, "META-INF/manifest.xml");
    bool found = false;
    const struct xml_tree_node *root = t ? xml_tree_root(t) : NULL;
    for (const struct xml_tree_node *n = xml_tree_child(root, NS_MANIFEST, "file-entry"); n && !found;
         n = xml_tree_next(n, NS_MANIFEST, "file-entry")) {
        const char *path = xml_tree_attr(n, NS_MANIFEST, "full-path");
        found = path && strcmp(path, "content.xml") == 0 && xml_tree_child(n, NS_MANIFEST, "encryption-data");
    }
    xml_tree_free(t);
    return found;
}

/* Why a part could not be read, where the reason is a password. */
static int locked(struct odf_package *p, int r, struct err *e)
{
    if (r == 0 || !encrypted(p))
        return r;
    fault(e, p->name, FAULT_ENCRYPTED, _("the document is protected with a password"));
    return err_hint(e, _("save it without a password"));
}

static int read_content(struct odf_package *p, const struct xml_tree_options *o, struct err *e)
{
    int r = parts_tree(p->parts, "content.xml", o, &p->content, e);
    if (r == -ERR_NO)
        r = fault(e, p->name, FAULT_WRONG_TYPE, _("it is no OpenDocument file: content.xml is missing"));
    return locked(p, r, e);
}

static int read_styles(struct odf_package *p, struct err *e)
{
    const struct xml_tree_options o = {.max_memory = STYLES_MEMORY};
    int r = parts_tree(p->parts, "styles.xml", &o, &p->common, e);
    return r == -ERR_NO ? 0 : locked(p, r, e);
}

static int find_body(struct odf_package *p, const char *kind, struct err *e)
{
    p->root = xml_tree_root(p->content);
    const struct xml_tree_node *body = xml_tree_child(p->root, NS_OFFICE, "body");
    p->body = xml_tree_child(body, NS_OFFICE, kind);
    if (p->body)
        return 0;
    const struct xml_tree_node *other = xml_tree_first_element(body);
    if (!other)
        return fault(e, p->name, FAULT_WRONG_TYPE, _("it is no OpenDocument file: it has no body"));
    fault(e, p->name, FAULT_WRONG_TYPE, _("it is another kind of document than its name says"));
    return err_hint(e, _("it holds office:%s"), other->name);
}

const struct odf_styles *odf_styles_so_far(struct odf_package *p, const struct xml_tree_node *n)
{
    if (p->styles)
        return p->styles;
    while (n->parent)
        n = n->parent;
    const struct xml_tree_node *common = p->common ? xml_tree_root(p->common) : NULL;
    p->styles = odf_styles_new(p->arena, p->parts ? common : n, n);
    return p->styles;
}

int odf_begin(struct odf_package **ret, const char *name, struct span file, struct err *e)
{
    struct odf_package *p = mem_alloc(sizeof *p);
    p->arena = arena_new();
    p->name = arena_strdup(p->arena, name);
    int r = flat(file) ? 0 : parts_open(&p->parts, name, file, e);
    if (r == 0 && p->parts)
        r = read_styles(p, e);
    if (r < 0) {
        odf_close(p);
        return r;
    }
    *ret = p;
    return 0;
}

int odf_go_on(struct odf_package *p, struct span file, const char *body,
              const struct xml_tree_options *records, struct err *e)
{
    struct xml_tree_options o = records ? *records : (struct xml_tree_options){0};
    o.max_memory = o.max_memory ? o.max_memory : CONTENT_MEMORY;
    o.ns = office_namespaces;
    int r = p->parts ? read_content(p, &o, e) : xml_tree_read(&p->content, p->name, file, &o, e);
    if (r == 0)
        r = find_body(p, body, e);
    if (r == 0)
        odf_styles_so_far(p, p->root);
    return r;
}

int odf_open(struct odf_package **ret, const char *name, struct span file, const char *body,
             const struct xml_tree_options *records, struct err *e)
{
    struct odf_package *p = NULL;
    int r = odf_begin(&p, name, file, e);
    if (r == 0)
        r = odf_go_on(p, file, body, records, e);
    if (r < 0) {
        odf_close(p);
        return r;
    }
    *ret = p;
    return 0;
}

void odf_close(struct odf_package *p)
{
    if (!p)
        return;
    xml_tree_free(p->content);
    xml_tree_free(p->common);
    parts_close(p->parts);
    arena_free(p->arena);
    free(p);
}

const char *odf_content_name(const struct odf_package *p)
{
    return p->parts ? "content.xml" : "flat XML";
}

const char *odf_styles_name(const struct odf_package *p)
{
    return p->parts ? "styles.xml" : "flat XML";
}

struct xml_tree *odf_side_part(struct odf_package *p, const char *part)
{
    const struct xml_tree_options o = {.max_memory = SIDE_MEMORY};
    struct xml_tree *t = NULL;
    if (!p->parts || parts_tree(p->parts, part, &o, &t, NULL) < 0)
        return NULL;
    return t;
}

const struct xml_tree_node *odf_side_body(const struct odf_package *p, const struct xml_tree *side,
                                          const char *name)
{
    const struct xml_tree_node *root = side ? xml_tree_root(side) : p->parts ? NULL : p->root;
    return xml_tree_child(root, NS_OFFICE, name);
}

const char *odf_part_name(const struct odf_package *p, const char *href)
{
    if (!href || !p->parts)
        return NULL;
    if (strncmp(href, "./", 2) == 0)
        href += 2;
    size_t n = strlen(href);
    while (n > 0 && href[n - 1] == '/')
        n--;
    char *name = arena_strndup(p->arena, href, n);
    return n && !strchr(name, ':') && name[0] != '/' && name[0] != '#' && !strstr(name, "..") ? name : NULL;
}
