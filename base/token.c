/* SPDX-License-Identifier: Apache-2.0 */
#include "base/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/xml-tree.h"
#include "base/zip-edit.h"

#define NAME "Kaochang"
#define OPC "http://schemas.openxmlformats.org/"
enum { MAX_PART = 4 << 20 };

static const char types_part[] = "[Content_Types].xml", rels_part[] = "_rels/.rels", meta_part[] = "meta.xml",
                  custom_part[] = "docProps/custom.xml";

static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-";

/* Where the token stands, or would stand. */
struct carrier {
    const char *name;
    struct span file;
    struct arena *arena;
    const char *part; /* NULL: a file that can carry none */
    bool odf, there;  /* there: the part exists */
};

static int read_tree(const struct carrier *c, const char *part, struct xml_tree **ret, struct err *e)
{
    const struct xml_tree_options options = {.max_bytes = MAX_PART};
    struct bytes xml = {0};
    int r = zip_edit_read(c->name, c->file, part, MAX_PART, &xml, e);
    if (r == 0)
        r = xml_tree_read(ret, c->name, bytes_span(&xml), &options, e);
    bytes_release(&xml);
    return r;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* The package's custom properties stand where its relationships say; strict files spell the type otherwise.
 */
static int find_properties(struct carrier *c, struct err *e)
{
    struct xml_tree *t = NULL;
    int r = read_tree(c, rels_part, &t, e);
    if (r < 0)
        return r;
    for (const struct xml_tree_node *n = xml_tree_first_element(xml_tree_root(t)); n;
         n = xml_tree_next_element(n)) {
        const char *type = xml_tree_attr(n, 0, "Type"), *target = xml_tree_attr(n, 0, "Target");
        if (type && target &&
            (ends_with(type, "/custom-properties") || ends_with(type, "/customProperties"))) {
            c->part = arena_strdup(c->arena, target + (*target == '/'));
            break;
        }
    }
    xml_tree_free(t);
    return 0;
}

static int find_carrier(struct carrier *c, struct err *e)
{
    bool types = zip_edit_has(c->file, types_part);
    int r = 0;
    c->odf = !types && zip_edit_has(c->file, meta_part);
    if (c->odf)
        c->part = meta_part;
    else if (types && zip_edit_has(c->file, rels_part)) {
        c->part = custom_part;
        r = find_properties(c, e);
    }
    c->there = r == 0 && c->part && zip_edit_has(c->file, c->part);
    return r;
}

static bool is_ours(const struct xml_tree_node *n)
{
    if (strcmp(n->name, "property") != 0 && strcmp(n->name, "user-defined") != 0)
        return false;
    for (size_t i = 0; i < n->n_attributes; i++)
        if (strcmp(n->attribute[i].name, "name") == 0 && strcmp(n->attribute[i].value, NAME) == 0)
            return true;
    return false;
}

/* The token's text, or NULL; *ret_pid the largest pid of a property. */
static int look(struct carrier *c, const char **ret, int *ret_pid, struct err *e)
{
    struct xml_tree *t = NULL;
    struct bytes text = {0};
    *ret = NULL;
    *ret_pid = 1;
    int r = read_tree(c, c->part, &t, e);
    if (r < 0)
        return r;
    const struct xml_tree_node *root = xml_tree_root(t);
    for (const struct xml_tree_node *n = xml_tree_walk(root, root); n; n = xml_tree_walk(root, n)) {
        const char *pid = strcmp(n->name, "property") == 0 ? xml_tree_attr(n, 0, "pid") : NULL;
        long value = pid && strlen(pid) < 9 ? strtol(pid, NULL, 10) : 0;
        *ret_pid = value > *ret_pid ? (int)value : *ret_pid;
        if (*ret || !is_ours(n))
            continue;
        xml_tree_text(n, &text);
        *ret = arena_strndup(c->arena, text.p ? (const char *)text.p : "",
                             text.n < TOKEN_MAX ? text.n : TOKEN_MAX);
    }
    bytes_release(&text);
    xml_tree_free(t);
    return 0;
}

static const uint8_t *find_last(struct span s, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = s.n; i >= n && n; i--)
        if (memcmp(s.p + i - n, what, n) == 0)
            return s.p + i - n;
    return NULL;
}

/* The end tag of the root, or of <…:meta>; NULL where it is not to be found as ASCII. */
static const uint8_t *end_tag(struct span xml, bool of_meta)
{
    const uint8_t *tag;
    while ((tag = find_last(xml, "</"))) {
        size_t rest = xml.n - (size_t)(tag - xml.p) - 2, n = 0;
        const uint8_t *name = tag + 2;
        while (n < rest && name[n] != '>' && name[n] > ' ')
            n++;
        const uint8_t *colon = memchr(name, ':', n);
        struct span local = colon ? span_of(colon + 1, n - (size_t)(colon + 1 - name)) : span_of(name, n);
        if (!of_meta || span_equal(local, span_str("meta")))
            return tag;
        xml.n = (size_t)(tag - xml.p);
    }
    return NULL;
}

/* Our own element of an earlier token, from "<" to the end of its end tag. */
static void cut_ours(struct bytes *xml)
{
    const uint8_t *mark = find_last(bytes_span(xml), "\"" NAME "\"");
    size_t at = mark ? (size_t)(mark - xml->p) : 0, from = at, to = at;
    static const char *const names[] = {"property>", "user-defined>"};
    while (from > 0 && xml->p[from] != '<')
        from--;
    for (size_t k = 0; at && to == at && k < 2; k++) {
        size_t n = strlen(names[k]);
        for (size_t i = at; i + n <= xml->n && to == at; i++)
            if (memcmp(xml->p + i, names[k], n) == 0)
                to = i + n;
    }
    if (to > at) {
        memmove(xml->p + from, xml->p + to, xml->n - to);
        xml->n -= to - from;
    }
}

static int insert(struct carrier *c, const char *part, const char *piece, bool of_meta, bool cut,
                  struct bytes *ret, struct err *e)
{
    struct bytes old = {0};
    int r = zip_edit_read(c->name, c->file, part, MAX_PART, &old, e);
    if (r == 0 && cut)
        cut_ours(&old);
    const uint8_t *tag = r == 0 ? end_tag(bytes_span(&old), of_meta) : NULL;
    if (r == 0 && !tag)
        r = err_set(e, ERR_DATA, c->name, _("it cannot be changed: save it again with an office program"));
    if (r == 0) {
        bytes_add(ret, old.p, (size_t)(tag - old.p));
        bytes_str(ret, piece);
        bytes_add(ret, tag, old.n - (size_t)(tag - old.p));
    }
    bytes_release(&old);
    return r;
}

static char *property(struct carrier *c, const char *token, int pid)
{
    return arena_printf(c->arena,
                        "<property xmlns=\"" OPC "officeDocument/2006/custom-properties\" "
                        "fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"%d\" name=\"" NAME "\">"
                        "<vt:lpwstr xmlns:vt=\"" OPC
                        "officeDocument/2006/docPropsVTypes\">%s</vt:lpwstr></property>",
                        pid, token);
}

/* The part anew, and where it was not there its type and its relationship. */
static int stamp_opc(struct carrier *c, const char *token, struct bytes content[3], size_t *ret_n,
                     struct err *e)
{
    const char *old = NULL;
    int pid = 1;
    if (c->there) {
        int r = look(c, &old, &pid, e);
        *ret_n = 1;
        return r < 0 ? r : insert(c, c->part, property(c, token, pid + 1), false, old, &content[0], e);
    }
    bytes_printf(&content[0],
                 "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"" OPC
                 "officeDocument/2006/custom-properties\">%s</Properties>",
                 property(c, token, 2));
    *ret_n = 3;
    int r = insert(c, types_part,
                   "<Override xmlns=\"" OPC "package/2006/content-types\" PartName=\"/docProps/custom.xml\" "
                   "ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>",
                   false, false, &content[1], e);
    return r < 0
               ? r
               : insert(
                     c, rels_part,
                     "<Relationship xmlns=\"" OPC
                     "package/2006/relationships\" Id=\"rIdKaochang\" Type=\"" OPC
                     "officeDocument/2006/relationships/custom-properties\" Target=\"docProps/custom.xml\"/>",
                     false, false, &content[2], e);
}

static int stamp_odf(struct carrier *c, const char *token, struct bytes *content, struct err *e)
{
    const char *old = NULL;
    int pid, r = look(c, &old, &pid, e);
    const char *piece =
        arena_printf(c->arena,
                     "<meta:user-defined xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "
                     "meta:name=\"" NAME "\" meta:value-type=\"string\">%s</meta:user-defined>",
                     token);
    return r < 0 ? r : insert(c, meta_part, piece, true, old, content, e);
}

static bool is_token(const char *token)
{
    size_t n = strlen(token);
    return n > 0 && n <= TOKEN_MAX && !token[strspn(token, allowed)];
}

static int stamp(struct carrier *c, const char *token, struct bytes *out, struct err *e)
{
    struct bytes content[3] = {{0}};
    struct zip_change change[3];
    size_t n = 1;
    int r = c->odf ? stamp_odf(c, token, &content[0], e) : stamp_opc(c, token, content, &n, e);
    const char *const names[] = {c->part, types_part, rels_part};
    for (size_t i = 0; r == 0 && i < n; i++)
        change[i] = (struct zip_change){names[i], bytes_span(&content[i])};
    if (r == 0)
        r = zip_edit(c->name, c->file, change, n, out, e);
    for (size_t i = 0; i < 3; i++)
        bytes_release(&content[i]);
    return r;
}

int token_stamp(const char *name, struct span file, const char *token, struct bytes *out, struct err *e)
{
    struct carrier c = {.name = name, .file = file, .arena = arena_new()};
    int r = is_token(token) ? 0 : err_set(e, ERR_DATA, name, _("\"%.60s\" is no token"), token);
    if (r == 0)
        r = find_carrier(&c, e);
    if (r == 0 && !c.part)
        r = err_set(e, ERR_DATA, name, _("this kind of file carries no token"));
    if (r == 0)
        r = stamp(&c, token, out, e);
    arena_free(c.arena);
    return r;
}

int token_read(const char *name, struct span file, struct arena *a, const char **ret, struct err *e)
{
    struct carrier c = {.name = name, .file = file, .arena = a};
    int pid, r = find_carrier(&c, e);
    *ret = NULL;
    if (r == 0 && !c.part)
        r = err_set(e, ERR_DATA, name, _("this kind of file carries no token"));
    return r == 0 && c.there ? look(&c, ret, &pid, e) : r;
}

/* ---- names ---- */

const char *token_for(char ret[TOKEN_MAX + 1], const char *session, const char *ticket, const char *item)
{
    snprintf(ret, TOKEN_MAX + 1, "kc:%.60s:%.60s:%.70s", session, ticket, item);
    for (char *p = ret; *p; p++)
        if (!strchr(allowed, *p))
            *p = '_';
    return ret;
}

bool token_fits(const char *path)
{
    static const char *const kinds[] = {".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".xltx", ".pptx",
                                        ".pptm", ".ppsx", ".potx", ".odt",  ".ods",  ".odp"};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (strcasecmp(dot, kinds[i]) == 0)
            return true;
    return false;
}
