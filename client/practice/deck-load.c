/* SPDX-License-Identifier: Apache-2.0 */
/* Items from files, folders and content packages (IMS Content Packaging 1.1, QTI's profile). */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "client/practice/deck.h"

#define MANIFEST "imsmanifest.xml"
enum { MANIFEST_MAX = 16 << 20, MOST_PARENTS = 8 };

static const struct xml_limits manifest_limits = {.bytes = MANIFEST_MAX, .elements = 500000, .depth = 60};

struct load {
    struct deck *deck;
    struct package_source *package;
    bool test;         /* the test is wanted, not the items */
    const char *found; /* the first test */
};

static void add_file(struct load *l, const char *name)
{
    struct bytes data = {0};
    struct err e = {0};
    if (package_source_read(l->package, name, item_limits.bytes, &data, &e) < 0)
        deck_skip(l->deck, name, &e);
    else
        deck_try(l->deck,
                 &(struct deck_entry){.name = name, .package = l->package, .data = bytes_span(&data)});
    bytes_release(&data);
}

static bool begins(const char *type, const char *with)
{
    return strncmp(type, with, strlen(with)) == 0;
}

/* Where the hrefs of an element are read from: xml:base of it and of all around it. */
static const char *base_of(const struct load *l, const struct xml_doc *doc, const struct xml_node *n)
{
    const char *outer = xml_parent(n) ? base_of(l, doc, xml_parent(n)) : MANIFEST;
    const char *own = xml_attr_ns(doc, n, "http://www.w3.org/XML/1998/namespace", "base");
    const char *base = own && outer ? test_href(l->deck->arena, outer, own) : NULL;
    if (!own)
        return outer;
    return base && own[strlen(own) - 1] == '/' ? arena_printf(l->deck->arena, "%s/", base) : base;
}

/* The file that a resource is: its href, else its only file. NULL: none in the package. */
static const char *file_of(const struct load *l, const struct xml_doc *doc, const struct xml_node *resource)
{
    const struct xml_node *n = resource, *file = xml_child(resource, "file");
    if (!xml_attr(doc, n, "href") && file && !xml_next_same(file))
        n = file;
    const char *href = xml_attr(doc, n, "href"), *base = base_of(l, doc, n);
    return href && base ? test_href(l->deck->arena, base, href) : NULL;
}

static void add_resource(struct load *l, const struct xml_doc *doc, const struct xml_node *resource)
{
    const char *type = xml_attr(doc, resource, "type"), *href = xml_attr(doc, resource, "href");
    bool item = type && (begins(type, "imsqti_item") || begins(type, "imsqti_apipitem"));
    bool test = type && (begins(type, "imsqti_test") || begins(type, "imsqti_apiptest"));
    if (l->test ? !test || l->found : !item)
        return;
    const char *name = file_of(l, doc, resource);
    struct err e = {0};
    if (name && test)
        l->found = name;
    else if (name)
        add_file(l, name);
    else {
        xml_err(&e, doc, resource, _("this resource names no file of the package"));
        deck_skip(l->deck, href ? href : MANIFEST, &e);
    }
}

static int add_manifest(struct load *l, struct err *e)
{
    struct bytes data = {0};
    struct xml_doc *doc = NULL;
    char *name = package_source_place(l->package, MANIFEST);
    int r = package_source_read(l->package, MANIFEST, MANIFEST_MAX, &data, e);
    if (r == 0)
        r = xml_read(&doc, name, bytes_span(&data), &manifest_limits, e);
    const struct xml_node *resources = r == 0 ? xml_child(xml_root(doc), "resources") : NULL;
    if (r == 0 && (!xml_named(xml_root(doc), "manifest") || !resources))
        r = xml_err(e, doc, xml_root(doc), _("this is no manifest of a content package"));
    for (const struct xml_node *n = resources ? xml_first_element(resources) : NULL; n;
         n = xml_next_element(n))
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
    int r = package_source_list(l->package, &name, &n, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (ends_in(name[i], ".xml"))
            add_file(l, name[i]);
    return r;
}

static int open_package(struct deck *d, const char *path, struct package_source **ret, struct err *e)
{
    int r = package_source_open(ret, path, e);
    if (r == 0)
        deck_keep(d, *ret);
    return r;
}

static int add_package(struct deck *d, const char *path, bool test, struct err *e)
{
    struct load l = {.deck = d, .test = test};
    int r = open_package(d, path, &l.package, e);
    if (r == 0)
        r = package_source_has_manifest(l.package) ? add_manifest(&l, e) : test ? 0 : add_all(&l, e);
    if (r < 0 || !test)
        return r;
    return l.found ? deck_add_test(d, l.package, l.found, e)
                   : err_set(e, ERR_DATA, path, _("its manifest names no test"));
}

/* The content package that a file belongs to: the nearest folder above it with a manifest, else its own
 * folder. Splits the path there. */
static void split(const char *path, char **ret_root, char **ret_name)
{
    size_t n = strlen(path), own = n;
    while (own > 0 && path[own - 1] != '/')
        own--;
    size_t at = own, root = own;
    for (int up = 0; up < MOST_PARENTS; up++) {
        char *manifest = mem_printf("%.*s%s", (int)at, path, MANIFEST);
        bool there = file_exists(manifest);
        free(manifest);
        if (there)
            root = at;
        if (there || at == 0)
            break;
        for (at--; at > 0 && path[at - 1] != '/';)
            at--;
    }
    *ret_root = root > 0 ? mem_printf("%.*s", (int)root, path) : mem_strdup(".");
    *ret_name = mem_strdup(path + root);
}

static int add_document(struct deck *d, const char *path, struct err *e)
{
    struct package_source *package = NULL;
    struct bytes data = {0};
    char *root, *name;
    split(path, &root, &name);
    int r = file_read(path, test_limits.bytes, &data, e);
    if (r == 0)
        r = open_package(d, root, &package, e);
    if (r == 0 && test_recognised(bytes_span(&data)))
        r = deck_add_test(d, package, arena_strdup(d->arena, name), e);
    else if (r == 0)
        deck_try(d, &(struct deck_entry){.name = name, .package = package, .data = bytes_span(&data)});
    bytes_release(&data);
    free(root);
    free(name);
    return r;
}

static int add_manifest_file(struct deck *d, const char *path, bool test, struct err *e)
{
    char *folder = mem_strdup(path);
    folder[strlen(path) - strlen(MANIFEST)] = '\0';
    int r = add_package(d, *folder ? folder : ".", test, e);
    free(folder);
    return r;
}

int deck_add_path(struct deck *d, const char *path, const struct deck_options *o, struct err *e)
{
    struct stat st;
    if (d->test)
        return err_set(e, ERR_USAGE, path, _("a test is practised alone"));
    if (stat(path, &st) < 0)
        return err_sys(e, path, _("cannot be read"));
    if (S_ISDIR(st.st_mode))
        return add_package(d, path, o->test, e);
    if (strcmp(path_base(path), MANIFEST) == 0)
        return add_manifest_file(d, path, o->test, e);
    if (ends_in(path, ".exam"))
        return deck_add_exam(d, path, o, e);
    return package_source_is_zip(path) ? add_package(d, path, o->test, e) : add_document(d, path, e);
}
