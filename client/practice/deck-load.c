/* SPDX-License-Identifier: Apache-2.0 */
/* Items from files, folders and content packages (IMS Content Packaging 1.1, QTI's profile). */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/package-source.h"
#include "client/practice/deck.h"
#include "paperbank/test/test.h"

#define MANIFEST "imsmanifest.xml"
enum { MANIFEST_MAX = 16 << 20 };

static const struct xml_limits manifest_limits = {.bytes = MANIFEST_MAX, .elements = 500000, .depth = 60};

struct load {
    struct deck *deck;
    struct package_source *source;
};

static void add_file(struct load *l, const char *name)
{
    struct bytes data = {0};
    struct err e = {0};
    if (package_source_read(l->source, name, item_limits.bytes, &data, &e) < 0)
        deck_skip(l->deck, name, &e);
    else
        deck_add(l->deck, &(struct deck_entry){.name = name, .document = bytes_span(&data)});
    bytes_release(&data);
}

static bool is_item(const char *type)
{
    return strncmp(type, "imsqti_item", 11) == 0 || strncmp(type, "imsqti_apipitem", 15) == 0;
}

static void add_resource(struct load *l, const struct xml_doc *doc, const struct xml_node *resource)
{
    const char *type = xml_attr(doc, resource, "type"), *href = xml_attr(doc, resource, "href");
    struct arena *a = l->deck->arena;
    if (!type || !is_item(type))
        return;
    const char *name = href ? test_href(a, MANIFEST, href) : NULL;
    struct err e = {0};
    if (name) {
        add_file(l, name);
        return;
    }
    xml_err(&e, doc, resource, _("this resource names no file of the package"));
    deck_skip(l->deck, href ? href : MANIFEST, &e);
}

static int add_manifest(struct load *l, struct err *e)
{
    struct bytes data = {0};
    struct xml_doc *doc = NULL;
    char *name = package_source_place(l->source, MANIFEST);
    int r = package_source_read(l->source, MANIFEST, MANIFEST_MAX, &data, e);
    if (r == 0)
        r = xml_read(&doc, name, bytes_span(&data), &manifest_limits, e);
    const struct xml_node *resources = r == 0 ? xml_child(xml_root(doc), "resources") : NULL;
    if (r == 0 && (!xml_named(xml_root(doc), "manifest") || !resources))
        r = xml_err(e, doc, xml_root(doc), _("this is no manifest of a content package"));
    for (const struct xml_node *n = resources ? xml_first_element(resources) : NULL; n; n = xml_next_element(n))
        if (xml_named(n, "resource"))
            add_resource(l, doc, n);
    xml_free(doc);
    bytes_release(&data);
    free(name);
    return r;
}

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), k = strlen(end);
    return n >= k && strcmp(path + n - k, end) == 0;
}

/* Without a manifest: every XML file, if it is an item. */
static int add_all(struct load *l, struct err *e)
{
    const char *const *name;
    size_t n;
    int r = package_source_list(l->source, &name, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (ends_in(name[i], ".xml"))
            add_file(l, name[i]);
    return r;
}

static int add_package(struct deck *d, const char *path, struct err *e)
{
    struct load l = {.deck = d};
    int r = package_source_open(&l.source, path, e);
    if (r == 0)
        r = package_source_has_manifest(l.source) ? add_manifest(&l, e) : add_all(&l, e);
    package_source_close(l.source);
    return r;
}

static int add_document(struct deck *d, const char *path, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, item_limits.bytes, &data, e);
    if (r == 0)
        deck_add(d, &(struct deck_entry){.name = path, .document = bytes_span(&data)});
    bytes_release(&data);
    return r;
}

static int add_manifest_file(struct deck *d, const char *path, struct err *e)
{
    char *folder = mem_strdup(path);
    folder[strlen(path) - strlen(MANIFEST)] = '\0';
    int r = add_package(d, *folder ? folder : ".", e);
    free(folder);
    return r;
}

int deck_add_path(struct deck *d, const char *path, const struct deck_options *o, struct err *e)
{
    struct stat st;
    if (stat(path, &st) < 0)
        return err_sys(e, path, _("cannot be read"));
    if (S_ISDIR(st.st_mode))
        return add_package(d, path, e);
    if (strcmp(path_base(path), MANIFEST) == 0)
        return add_manifest_file(d, path, e);
    if (ends_in(path, ".exam"))
        return deck_add_exam(d, path, o, e);
    return package_source_is_zip(path) ? add_package(d, path, e) : add_document(d, path, e);
}
