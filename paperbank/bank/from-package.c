/* SPDX-License-Identifier: Apache-2.0 */
/* IMS content packages, folders or ZIP archives: the manifest says which items there are, and what is known
 * about each. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/archive.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "paperbank/bank/importing.h"
#include "paperbank/bank/tests.h"

/* Of the manifest in an archive, which is held whole; in a folder it is read piece by piece. */
enum { MANIFEST_MAX_PACKED_BYTES = 64 << 20 };

struct package {
    struct import *im;
    struct package_source *source;
    const char *manifest; /* its place in the report */
    bool bank_failed, has_tests;
    bool has_any; /* an item, a test or a knowledge point */
};

/* What a handler returns ends the reading: it is the bank that fails then, not the manifest. */
static int told(struct package *p, int r)
{
    p->bank_failed = p->bank_failed || r < 0;
    return r;
}

static int on_point(void *context, const struct manifest_point *point, struct err *e)
{
    struct package *p = context;
    p->has_any = true;
    return told(p, import_point(p->im, p->manifest, point, e));
}

static int take_item(struct package *p, const struct manifest_item *m, const char *place, struct err *e)
{
    struct bytes data = {0};
    struct err why = {0};
    int r = package_source_read(p->source, m->href, BANK_MAX_ITEM_BYTES, &data, &why);
    if (r < 0) {
        r = import_refuse(p->im, place, 0, m->identifier, "", &why, e);
    } else {
        const struct prepared_item item = {.file = place,
                                           .xml = bytes_span(&data),
                                           .source = p->source,
                                           .path = m->href,
                                           .metadata = m->has_metadata ? &m->metadata : NULL};
        r = import_one(p->im, &item, e);
    }
    bytes_release(&data);
    return r;
}

static int refuse_resource(struct package *p, const struct manifest_item *m, struct err *e)
{
    struct err why = {0};
    err_set(&why, ERR_DATA, p->manifest, "%s", m->fault);
    return told(p,
                import_refuse(p->im, p->manifest, m->fault_line, m->identifier, m->fault_element, &why, e));
}

static int on_item(void *context, const struct manifest_item *m, struct err *e)
{
    struct package *p = context;
    p->has_any = true;
    p->has_tests = p->has_tests || m->kind == MANIFEST_TEST;
    if (m->kind != MANIFEST_ITEM)
        return 0;
    if (m->fault)
        return refuse_resource(p, m, e);
    char *place = package_source_place(p->source, m->href);
    int r = told(p, take_item(p, m, place, e));
    free(place);
    return r;
}

static int no_point(void *context, const struct manifest_point *point, struct err *e)
{
    (void)context, (void)point, (void)e;
    return 0;
}

/* After all items: a test names those of the bank. */
static int on_test(void *context, const struct manifest_item *m, struct err *e)
{
    struct package *p = context;
    if (m->kind != MANIFEST_TEST)
        return 0;
    if (m->fault)
        return refuse_resource(p, m, e);
    char *place = package_source_place(p->source, m->href);
    int r = told(p, import_test(p->im, p->source, m->href, place, e));
    free(place);
    return r;
}

/* The manifest as a stream: of bytes in memory, or of a file. */
struct manifest_stream {
    struct bytes data;
    struct span rest;
    int fd; /* -1: in memory */
    const char *place;
};

static int read_on(void *source, void *buffer, size_t size, size_t *ret_n, struct err *e)
{
    struct manifest_stream *s = source;
    ssize_t n;
    if (s->fd < 0)
        return xml_span_source(&s->rest, buffer, size, ret_n, e);
    do
        n = read(s->fd, buffer, size);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_sys(e, s->place, _("cannot read"));
    *ret_n = (size_t)n;
    return 0;
}

static int open_manifest(struct manifest_stream *s, const struct package *p, struct err *e)
{
    *s = (struct manifest_stream){.fd = -1, .place = p->manifest};
    if (package_source_is_folder(p->source)) {
        s->fd = open(p->manifest, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        return s->fd < 0 ? err_sys(e, p->manifest, _("cannot read")) : 0;
    }
    int r = package_source_read(p->source, MANIFEST_FILE, MANIFEST_MAX_PACKED_BYTES, &s->data, e);
    s->rest = bytes_span(&s->data);
    return r;
}

static int read_again(struct manifest_stream *s, struct err *e)
{
    s->rest = bytes_span(&s->data);
    return s->fd >= 0 && lseek(s->fd, 0, SEEK_SET) < 0 ? err_sys(e, s->place, _("cannot read")) : 0;
}

/* First only to see that all of it can be read; then for the items, and for the tests if there are any. */
static int read_passes(struct package *p, struct err *e)
{
    const struct manifest_handler handler = {on_point, on_item, p}, tests = {no_point, on_test, p};
    struct manifest_stream s;
    int r = open_manifest(&s, p, e);
    if (r == 0)
        r = manifest_read(p->manifest, read_on, &s, NULL, NULL, e);
    if (r == 0)
        r = read_again(&s, e);
    if (r == 0)
        r = manifest_read(p->manifest, read_on, &s, &handler, NULL, e);
    if (r == 0 && p->has_tests && (r = read_again(&s, e)) == 0)
        r = manifest_read(p->manifest, read_on, &s, &tests, NULL, e);
    if (s.fd >= 0)
        close(s.fd);
    bytes_release(&s.data);
    return r;
}

int import_package(struct import *im, struct package_source *source, struct err *e)
{
    char *manifest = package_source_place(source, MANIFEST_FILE);
    struct package p = {.im = im, .source = source, .manifest = manifest};
    struct err why = {0};
    int r = read_passes(&p, &why);
    if (r < 0 && p.bank_failed)
        *e = why;
    if (r == 0 && !p.has_any)
        r = err_set(&why, ERR_DATA, NULL, _("the manifest lists no QTI items and no tests"));
    if (r < 0 && !p.bank_failed)
        r = import_refuse(im, manifest, 0, "", "", &why, e);
    free(manifest);
    return r;
}

static bool says_test(struct span data)
{
    static const char *const roots[] = {"<assessmentTest", "<qti-assessment-test"};
    for (size_t i = 0; i < 2; i++)
        if (memmem(data.p, data.n, roots[i], strlen(roots[i])))
            return true;
    return false;
}

static bool ends_in_xml(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && ascii_casecmp(name + n - 4, ".xml") == 0;
}

static bool is_test(struct package *p, const char *name)
{
    struct bytes data = {0};
    bool found = package_source_read(p->source, name, BANK_MAX_ITEM_BYTES, &data, NULL) == 0 && data.n &&
                 says_test(bytes_span(&data)) && test_recognised(bytes_span(&data));
    bytes_release(&data);
    return found;
}

static int take_loose(struct package *p, const char *name, bool test, struct err *e)
{
    const struct manifest_item m = {.href = name, .identifier = ""};
    char *place = package_source_place(p->source, name);
    int r = test ? import_test(p->im, p->source, name, place, e) : take_item(p, &m, place, e);
    free(place);
    return r;
}

/* A package without manifest: every XML file in it is an item, or a test, or is refused. Tests come after the
 * items that they name. */
static int import_loose(struct import *im, struct package_source *source, const char *report, struct err *e)
{
    struct package p = {.im = im, .source = source, .manifest = report};
    const char *const *name = NULL;
    size_t n = 0, items = 0;
    struct err why = {0};
    int r = package_source_list(source, &name, &n, &why);
    if (r < 0)
        return import_refuse(im, report, 0, "", "", &why, e);
    bool *test = mem_alloc(n + 1);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (ends_in_xml(name[i])) {
            items++;
            test[i] = is_test(&p, name[i]);
            r = test[i] ? 0 : take_loose(&p, name[i], false, e);
        }
    for (size_t i = 0; r == 0 && i < n; i++)
        if (test[i])
            r = take_loose(&p, name[i], true, e);
    free(test);
    if (r < 0 || items)
        return r;
    err_set(&why, ERR_DATA, NULL, _("it holds neither an imsmanifest.xml nor item files (.xml)"));
    return import_refuse(im, report, 0, "", "", &why, e);
}

static int take_source(struct import *im, const char *path, const char *report, struct err *e)
{
    struct package_source *source = NULL;
    struct err why = {0};
    int r = package_source_open(&source, path, &why);
    if (r < 0)
        r = import_refuse(im, report, 0, "", "", &why, e);
    else if (package_source_has_manifest(source))
        r = import_package(im, source, e);
    else
        r = import_loose(im, source, report, e);
    package_source_close(source);
    return r;
}

/* The folder that a file lies in; the caller frees it. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_printf("%.*s", (int)(slash - path), path);
}

static bool looks_like_zip(const char *path, struct span head)
{
    (void)path;
    return archive_looks_like(head);
}

static int take_zip(struct import *im, const char *path, struct err *e)
{
    return take_source(im, path, path, e);
}

const struct import_kind import_zip = {looks_like_zip, take_zip};

static bool looks_like_manifest(const char *path, struct span head)
{
    (void)head;
    return strcmp(path_base(path), MANIFEST_FILE) == 0;
}

static int take_manifest(struct import *im, const char *path, struct err *e)
{
    char *folder = folder_of(path);
    int r = take_source(im, folder, path, e);
    free(folder);
    return r;
}

const struct import_kind import_manifest = {looks_like_manifest, take_manifest};

static bool looks_like_test(const char *path, struct span head)
{
    (void)path;
    return says_test(head);
}

static int take_test(struct import *im, const char *path, struct err *e)
{
    struct package_source *source = NULL;
    struct err why = {0};
    char *folder = folder_of(path);
    int r = package_source_open(&source, folder, &why);
    r = r < 0 ? import_refuse(im, path, 0, "", "", &why, e)
              : import_test(im, source, path_base(path), path, e);
    package_source_close(source);
    free(folder);
    return r;
}

const struct import_kind import_test_file = {looks_like_test, take_test};

static bool anything(const char *path, struct span head)
{
    (void)path, (void)head;
    return true;
}

static int take_one_item(struct import *im, const char *path, struct err *e)
{
    struct package_source *source = NULL;
    struct bytes data = {0};
    struct err why = {0};
    char *folder = folder_of(path);
    int r = file_read(path, BANK_MAX_ITEM_BYTES, &data, &why);
    if (r == 0)
        r = package_source_open(&source, folder, &why);
    const struct prepared_item p = {
        .file = path, .xml = bytes_span(&data), .source = source, .path = path_base(path)};
    r = r < 0 ? import_refuse(im, path, 0, "", "", &why, e) : import_one(im, &p, e);
    package_source_close(source);
    free(folder);
    bytes_release(&data);
    return r;
}

const struct import_kind import_item = {anything, take_one_item};
