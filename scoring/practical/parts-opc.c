/* SPDX-License-Identifier: Apache-2.0 */
/* Relationships and the main part (ECMA-376 part 2, 6.2 and 6.5; ODF 1.3 part 2, 3.3). */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/parts-internal.h"

enum { MANY = 100000 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* %41 becomes A, in place. */
static void decode_percent(char *s)
{
    char *out = s;
    for (const char *in = s; *in; in++) {
        int high = in[0] == '%' ? hex_digit(in[1]) : -1, low = high >= 0 ? hex_digit(in[2]) : -1;
        if (low >= 0 && high + low > 0) {
            *out++ = (char)(high << 4 | low);
            in += 2;
        } else
            *out++ = *in;
    }
    *out = '\0';
}

static size_t folder_of(const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash ? (size_t)(slash - part) + 1 : 0;
}

/* Joins and shortens "word/" + "../media/a.png"; NULL where it climbs out. */
static char *resolve(struct arena *a, const char *base, const char *target)
{
    size_t n = *target == '/' ? 0 : folder_of(base), n_target = strcspn(target, "#?");
    char *out = arena_alloc(a, n + n_target + 2);
    memcpy(out, base, n);
    for (const char *c = target, *end = target + n_target; c < end;) {
        size_t len = strcspn(c, "/");
        len = len > (size_t)(end - c) ? (size_t)(end - c) : len;
        if (len == 2 && c[0] == '.' && c[1] == '.') {
            if (n == 0)
                return NULL;
            out[n - 1] = '\0';
            n = folder_of(out);
        } else if (len > 0 && !(len == 1 && c[0] == '.')) {
            memcpy(out + n, c, len);
            n += len;
            if (c + len < end)
                out[n++] = '/';
        }
        out[n] = '\0';
        c += len + (c + len < end);
    }
    return n ? out : NULL;
}

static const char *target_part(const struct parts *p, struct arena *a, const char *base, const char *target)
{
    char *name = resolve(a, base, target);
    if (!name || parts_has(p, name) || !strchr(name, '%'))
        return name;
    char *decoded = arena_strdup(a, name);
    decode_percent(decoded);
    return parts_has(p, decoded) ? decoded : name;
}

static const char *last_segment(const char *type)
{
    const char *slash = strrchr(type, '/');
    return slash ? slash + 1 : type;
}

/* False where it has no use: nothing named, or outside of the package. */
static bool read_relationship(const struct parts *p, struct arena *a, const char *base,
                              const struct xml_tree_node *n, struct parts_relationship *ret)
{
    const char *id = xml_tree_attr(n, 0, "Id"), *type = xml_tree_attr(n, 0, "Type"),
               *target = xml_tree_attr(n, 0, "Target"), *mode = xml_tree_attr(n, 0, "TargetMode");
    if (!id || !type || !target)
        return false;
    *ret = (struct parts_relationship){.id = arena_strdup(a, id),
                                       .type = arena_strdup(a, last_segment(type)),
                                       .external = mode && strcmp(mode, "External") == 0};
    bool as_written = ret->external || *target == '#';
    ret->target = as_written ? arena_strdup(a, target) : target_part(p, a, base, target);
    return ret->target != NULL;
}

int parts_relationships(struct parts *p, const char *part, struct arena *a, struct parts_relationship **ret,
                        size_t *ret_n, struct err *e)
{
    size_t n_folder = folder_of(part), n = 0, max = 0;
    struct xml_tree *t = NULL;
    char *name = mem_printf("%.*s_rels/%s.rels", (int)n_folder, part, part + n_folder);
    int r = parts_has(p, name) ? parts_tree(p, name, NULL, &t, e) : 0;
    free(name);
    *ret = NULL;
    *ret_n = 0;
    if (r < 0 || !t)
        return r;
    const struct xml_tree_node *root = xml_tree_root(t),
                               *first = xml_tree_child(root, NS_REL, "Relationship");
    for (const struct xml_tree_node *c = first; c; c = xml_tree_next(c, NS_REL, "Relationship"))
        max++;
    if (max > MANY)
        r = parts_fault(p, part, FAULT_LIMIT, _("it has more relationships than the limit"), e);
    else
        *ret = arena_array(a, max + 1, sizeof **ret);
    for (const struct xml_tree_node *c = first; r == 0 && c; c = xml_tree_next(c, NS_REL, "Relationship"))
        n += read_relationship(p, a, part, c, &(*ret)[n]);
    *ret_n = n;
    xml_tree_free(t);
    return r;
}

const struct parts_relationship *parts_by_id(const struct parts_relationship *r, size_t n, const char *id)
{
    for (size_t i = 0; id && i < n; i++)
        if (strcmp(r[i].id, id) == 0)
            return &r[i];
    return NULL;
}

const struct parts_relationship *parts_by_type(const struct parts_relationship *r, size_t n, const char *type)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(r[i].type, type) == 0)
            return &r[i];
    return NULL;
}

const char *parts_opendocument(struct parts *p, struct arena *a)
{
    static const char prefix[] = "application/vnd.oasis.opendocument.";
    struct bytes type = {0};
    const char *ret = NULL;
    if (parts_has(p, "mimetype") && parts_read(p, "mimetype", 200, &type, NULL) == 0 &&
        strncmp((const char *)type.p, prefix, sizeof prefix - 1) == 0)
        ret = text_trim(a, (const char *)type.p + sizeof prefix - 1);
    bytes_release(&type);
    return ret;
}

static int wrong_type(const struct parts *p, struct err *e)
{
    parts_fault(p, NULL, FAULT_WRONG_TYPE, _("this is no document of an office program"), e);
    return err_hint(e, _("save it as .docx, .xlsx or .pptx, or as OpenDocument"));
}

static bool is_relationships(const char *part)
{
    size_t n = strlen(part);
    return n >= 5 && ascii_casecmp(part + n - 5, ".rels") == 0;
}

int parts_main(struct parts *p, struct arena *a, const char **ret, struct err *e)
{
    struct parts_relationship *rel = NULL;
    size_t n = 0;
    if (parts_opendocument(p, a)) {
        *ret = "content.xml";
        return parts_has(p, *ret) ? 0 : wrong_type(p, e);
    }
    int r = parts_relationships(p, "", a, &rel, &n, e);
    if (r < 0)
        return r;
    const struct parts_relationship *document = parts_by_type(rel, n, "officeDocument");
    if (!document || document->external || is_relationships(document->target) ||
        !parts_has(p, document->target))
        return wrong_type(p, e);
    *ret = document->target;
    return 0;
}

int parts_content_type(struct parts *p, const char *part, struct arena *a, const char **ret, struct err *e)
{
    struct xml_tree *t = NULL;
    const char *dot = strrchr(part, '.');
    *ret = NULL;
    int r = parts_has(p, "[Content_Types].xml") ? parts_tree(p, "[Content_Types].xml", NULL, &t, e) : 0;
    if (r < 0 || !t)
        return r;
    for (const struct xml_tree_node *n = xml_tree_first_element(xml_tree_root(t)); n;
         n = xml_tree_next_element(n)) {
        const char *name = xml_tree_attr(n, 0, "PartName"), *extension = xml_tree_attr(n, 0, "Extension"),
                   *type = xml_tree_attr(n, 0, "ContentType");
        bool own = name && *name == '/' && ascii_casecmp(name + 1, part) == 0;
        bool by_extension = extension && dot && ascii_casecmp(extension, dot + 1) == 0;
        if (type && (own || (by_extension && !*ret)))
            *ret = arena_strdup(a, type);
        if (own)
            break;
    }
    xml_tree_free(t);
    return 0;
}
