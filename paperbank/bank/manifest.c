/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/package-source.h"
#include "base/xml.h"

/* Of one record: a resource with its metadata, or the whole tree of knowledge points. */
static const struct xml_limits limits = {.bytes = MANIFEST_MAX_RECORD_BYTES, .elements = 100000, .depth = 40};

struct reader {
    const struct manifest_handler *handler; /* NULL: only looking whether it can be read */
    struct arena *arena;                    /* of the record at hand */
    const struct xml_doc *d;
    struct manifest_item *item; /* where a fault belongs */
    struct arena *codes;
    const char **code; /* of the knowledge points so far, without faulty ones */
    size_t n_codes, room_codes, n_points, n_items;
};

static bool is_ours(const struct xml_node *n, const char *name)
{
    return xml_named(n, name) && strcmp(xml_ns(n), METADATA_NS) == 0;
}

/* The first fault of a resource is kept. */
static void fault(const struct reader *r, const struct xml_node *n, const char *what, const char *value)
{
    if (r->item->fault)
        return;
    r->item->fault = arena_printf(r->arena, "%s%s%.60s%s", what, value ? " (\"" : "", value ? value : "",
                                  value ? "\")" : "");
    r->item->fault_line = xml_line(n);
    r->item->fault_element = arena_strdup(r->arena, xml_name(n));
}

static void only_known(const struct reader *r, const struct xml_node *n)
{
    static const char *const known[] = {"knowledgePoint", "cognitiveLevel", "facility", "discrimination",
                                        "points",         "expectedTime",   "enemies",  "irt",
                                        "attributes"};
    const char *ns, *name, *value;
    for (size_t i = 0; xml_attr_at(r->d, n, i, &ns, &name, &value); i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            found = found || (!*ns && strcmp(known[k], name) == 0);
        if (!found)
            fault(r, n, _("unknown attribute"), name);
    }
}

static void read_values(const struct reader *r, const struct xml_node *n, struct item_metadata *m)
{
    const char *v, *wrong = NULL;
    if ((v = xml_attr(r->d, n, "knowledgePoint")) && (wrong = metadata_read_code(v, &m->knowledge_point)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "cognitiveLevel")) && (wrong = metadata_read_level(v, &m->level)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "facility")) && (wrong = metadata_read_facility(v, &m->facility)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "discrimination")) &&
        (wrong = metadata_read_discrimination(v, &m->discrimination)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "points")) && (wrong = metadata_read_points(v, &m->points)))
        fault(r, n, wrong, v);
    m->has_points = v && !wrong;
    if ((v = xml_attr(r->d, n, "expectedTime")) && (wrong = metadata_read_time(v, &m->expected_s)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "enemies")) &&
        (wrong = metadata_read_enemies(v, r->arena, &m->enemy, &m->n_enemies)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "irt")) && (wrong = metadata_read_irt(v, &m->irt)))
        fault(r, n, wrong, v);
    if ((v = xml_attr(r->d, n, "attributes")) && (wrong = metadata_read_attributes(v, r->arena, &m->attributes)))
        fault(r, n, wrong, v);
}

static void read_metadata(const struct reader *r, const struct xml_node *n)
{
    struct item_metadata m = metadata_none();
    if (r->item->has_metadata)
        fault(r, n, _("the metadata stands there twice"), NULL);
    r->item->has_metadata = true;
    only_known(r, n);
    read_values(r, n, &m);
    m.knowledge_point = arena_strdup(r->arena, m.knowledge_point);
    r->item->metadata = m;
}

/* Where the hrefs of an element are read from: xml:base of it and of all around it. NULL: out of the package. */
static const char *base_of(const struct reader *r, const struct xml_node *n)
{
    const char *outer = xml_parent(n) ? base_of(r, xml_parent(n)) : "";
    const char *own = xml_attr_ns(r->d, n, "http://www.w3.org/XML/1998/namespace", "base");
    if (!outer || !own || strspn(own, "./") == strlen(own))
        return own && strstr(own, "..") ? NULL : outer;
    const char *base = package_source_resolve(outer, own, r->arena);
    return base && own[strlen(own) - 1] == '/' ? arena_printf(r->arena, "%s/", base) : base;
}

/* NULL unless an href of n is a path that stays inside the package. */
static const char *safe_path(const struct reader *r, const struct xml_node *n, const char *href)
{
    enum { PATH_MAX_BYTES = 500 };
    const char *base = base_of(r, n), *path = base ? package_source_resolve(base, href, r->arena) : NULL;
    return path && strlen(path) <= PATH_MAX_BYTES ? path : NULL;
}

static bool begins(const char *type, const char *with)
{
    return strncmp(type, with, strlen(with)) == 0;
}

/* QTI 1.2, alone or in a Common Cartridge, counts as an item: one that is refused. */
static enum manifest_kind kind_of(const char *type)
{
    if (begins(type, "imsqti_item") || begins(type, "imsqti_apipitem") || begins(type, "imsqti_xmlv1p"))
        return MANIFEST_ITEM;
    if (begins(type, "imsqti_test") || begins(type, "imsqti_assessment") || begins(type, "imsqti_apiptest"))
        return MANIFEST_TEST;
    return MANIFEST_OTHER;
}

/* The file that a resource is: its href, else its only file. */
static const char *file_of(const struct reader *r, const struct xml_node *n, const char **ret_href)
{
    const struct xml_node *file = xml_child(n, "file");
    *ret_href = xml_attr(r->d, n, "href");
    if (*ret_href)
        return safe_path(r, n, *ret_href);
    if (!file || xml_next_same(file))
        return NULL;
    *ret_href = xml_attr(r->d, file, "href");
    return *ret_href ? safe_path(r, file, *ret_href) : NULL;
}

static void read_own_metadata(const struct reader *r, const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (xml_named(c, "metadata"))
            for (const struct xml_node *i = xml_first_element(c); i; i = xml_next_element(i))
                if (is_ours(i, "item"))
                    read_metadata(r, i);
}

static int read_resource(struct reader *r, const struct xml_node *n, struct err *e)
{
    const char *href, *identifier = xml_attr(r->d, n, "identifier"), *type = xml_attr(r->d, n, "type");
    struct manifest_item item = {.kind = type ? kind_of(type) : MANIFEST_OTHER, .line = xml_line(n)};
    if (item.kind == MANIFEST_OTHER)
        return 0;
    r->item = &item;
    item.identifier = arena_strdup(r->arena, identifier ? identifier : "");
    item.href = file_of(r, n, &href);
    if (begins(type, "imsqti_xmlv1p"))
        fault(r, n, _("QTI 1.2 is not read; have the other program write QTI 2 or Moodle XML"), type);
    if (!item.href) {
        fault(r, n, href ? _("href is not a path inside the package") : _("the resource has no href"), href);
        item.href = "";
    }
    read_own_metadata(r, n);
    r->n_items += item.kind == MANIFEST_ITEM;
    return r->handler ? r->handler->item(r->handler->context, &item, e) : 0;
}

static bool has_point(const struct reader *r, const char *code, size_t n)
{
    for (size_t i = 0; i < r->n_codes; i++)
        if (strncmp(r->code[i], code, n) == 0 && r->code[i][n] == '\0')
            return true;
    return false;
}

static void keep_code(struct reader *r, const char *code)
{
    if (r->n_codes == r->room_codes) {
        r->room_codes = r->room_codes ? 2 * r->room_codes : 64;
        r->code = mem_grow(r->code, r->room_codes, sizeof *r->code);
    }
    r->code[r->n_codes++] = arena_strdup(r->codes, code);
}

static int read_point(struct reader *r, const struct xml_node *n, struct err *e)
{
    const char *code = xml_attr(r->d, n, "code"), *title = xml_attr(r->d, n, "title");
    struct manifest_point p = {.code = code ? code : "", .title = title ? title : "", .line = xml_line(n)};
    const char *dot = strrchr(p.code, '.');
    if (!metadata_is_code(p.code) || !metadata_is_title(p.title))
        p.fault = _("a knowledge point needs a code like 1.2 and a title");
    else if (has_point(r, p.code, strlen(p.code)))
        p.fault = _("this knowledge point stands there twice");
    else if (dot && !has_point(r, p.code, (size_t)(dot - p.code)))
        p.fault = _("the knowledge point above it does not stand before it");
    else
        keep_code(r, p.code);
    return r->handler ? r->handler->point(r->handler->context, &p, e) : 0;
}

static int read_tree(struct reader *r, const struct xml_node *tree, struct err *e)
{
    int status = 0;
    for (const struct xml_node *k = xml_first_element(tree); k && status == 0; k = xml_next_element(k))
        if (is_ours(k, "knowledgePoint")) {
            if (++r->n_points > MANIFEST_MAX_POINTS)
                return xml_err(e, r->d, k, _("more than %d knowledge points"), MANIFEST_MAX_POINTS);
            status = read_point(r, k, e);
        }
    return status;
}

static int on_record(void *context, const struct xml_doc *d, const struct xml_node *n, struct err *e)
{
    struct reader *r = context;
    const struct xml_node *parent = xml_parent(n);
    int status = 0;
    r->d = d;
    r->arena = arena_new();
    if (is_ours(n, "knowledgePoints") && xml_named(parent, "metadata"))
        status = read_tree(r, n, e);
    else if (xml_named(n, "resource") && xml_named(parent, "resources"))
        status = read_resource(r, n, e);
    arena_free(r->arena);
    return status;
}

int manifest_read(const char *name, xml_source_fn *source, void *source_context,
                  const struct manifest_handler *handler, size_t *ret_items, struct err *e)
{
    struct reader r = {.handler = handler, .codes = arena_new()};
    int status = xml_records(name, source, source_context, "manifest", 3, &limits, on_record, &r, e);
    if (status == 0 && ret_items)
        *ret_items = r.n_items;
    arena_free(r.codes);
    free(r.code);
    return status;
}
