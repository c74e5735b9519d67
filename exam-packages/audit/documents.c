/* SPDX-License-Identifier: Apache-2.0 */
/* From the fingerprint on paper to the index: root, timestamp, snapshot, targets. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/audit/internal.h"
#include "exam-packages/document.h"
#include "exam-packages/index.h"

enum { MAX_ROOTS = 1000 };

static bool load(struct audit *a, const char *name, size_t max, struct audit_document *ret)
{
    struct err e = {0};
    ret->name = name;
    ret->at = arena_printf(a->arena, "\"$repo\"/%s", name);
    int r = signatures_load_document(&ret->data, &ret->signatures, a->arena, a->in->repo, name, max, &e);
    if (r < 0)
        audit_tell(a, r, &e, arena_printf(a->arena, "test -f %s", ret->at), _("%s: is there"), name);
    return r == 0;
}

static const char *comment_of(struct audit *a, const char *role, int64_t version)
{
    return arena_printf(a->arena, "kaochang/1 role=%s version=%lld", role, (long long)version);
}

/* The reader took it, and its version is the one in its name. */
static bool tell_read(struct audit *a, const struct audit_document *d, int r, int64_t version, struct err *e)
{
    if (r == 0 && atoll(d->name) != version)
        r = err_set(e, ERR_NO, d->name, _("holds another version than its name says"));
    const char *command = arena_printf(
        a->arena, "test \"$(wc -l <%s)\" -eq 1 && ! grep -q '<[!?]\\|/>' %s && test %lld = \"%s\"", d->at,
        d->at, atoll(d->name), audit_attribute(a, d->at, "version"));
    return audit_tell(a, r, e, command, _("%s: written in its one spelling, with the version of its name"),
                      d->name);
}

static void tell_expiry(struct audit *a, const struct audit_document *d, const char *expiry,
                        int64_t expiry_ms)
{
    struct err e = {0};
    int r = expiry_ms > a->in->now_ms ? 0 : err_set(&e, ERR_NO, d->name, _("expired at %s"), expiry);
    audit_remark(a, r, &e,
                 arena_printf(a->arena, "test \"$(date -d \"%s\" +%%s)\" -gt \"$(date +%%s)\"",
                              audit_attribute(a, d->at, "expiry")),
                 _("%s: has not expired"), d->name);
}

/* ---- the root ---- */

static const char *root_name(struct audit *a, int64_t version)
{
    return arena_printf(a->arena, "%lld.root.xml", (long long)version);
}

static bool has(const struct audit *a, const char *name)
{
    char *path = path_join(a->in->repo, name);
    bool there = file_exists(path);
    free(path);
    return there;
}

/* The version whose fingerprint is on the paper; 1 when there is none such. */
static int64_t find_root(struct audit *a)
{
    struct signatures s;
    struct span document;
    for (int64_t v = 1; v < MAX_ROOTS && has(a, root_name(a, v)); v++)
        if (signatures_load_document(&document, &s, a->arena, a->in->repo, root_name(a, v),
                                     DOCUMENT_MAX_BYTES, NULL) == 0 &&
            root_is(document, a->in->root, NULL) == 0)
            return v;
    return 1;
}

static void tell_fingerprint(struct audit *a, const struct audit_document *d)
{
    struct err e = {0};
    char digits[65] = "";
    size_t n = 0;
    for (const char *p = a->in->root; *p && n < 64; p++)
        if (isxdigit((unsigned char)*p))
            digits[n++] = (char)tolower((unsigned char)*p);
    const char *command = arena_printf(a->arena, "test \"$(b2sum -l 256 %s | cut -c1-%zu)\" = '%s'", d->at,
                                       n == 64 ? (size_t)64 : (size_t)32, digits);
    audit_tell(a, root_is(d->data, a->in->root, &e), &e, command, _("%s: has the fingerprint on paper"),
               d->name);
}

static bool read_root(struct audit *a, const struct audit_document *d, struct root **ret)
{
    struct err e = {0};
    int r = root_read(ret, d->name, d->data, &e);
    tell_read(a, d, r, r == 0 ? (*ret)->version : 0, &e);
    return r == 0;
}

/* A trust of our own, from this copy alone: it says of certificates what a station's or an office's would. */
static void trust_first(struct audit *a, const struct audit_document *d)
{
    if (trust_pin(a->scratch, d->data, &d->signatures, a->in->root, NULL) < 0 ||
        trust_load(&a->trust, a->scratch, NULL) < 0)
        a->trust = NULL;
}

static void trust_next(struct audit *a, const struct audit_document *d)
{
    if (a->trust && trust_rotate(a->trust, d->data, &d->signatures, NULL) < 0) {
        trust_free(a->trust);
        a->trust = NULL;
    }
}

/* Signed as it says itself, and as the one before says. */
static bool take_root(struct audit *a, int64_t version)
{
    struct audit_document d;
    struct root *root = NULL;
    if (!load(a, root_name(a, version), DOCUMENT_MAX_BYTES, &d))
        return false;
    if (!a->root)
        tell_fingerprint(a, &d);
    if (!read_root(a, &d, &root))
        return false;
    const char *comment = comment_of(a, "root", root->version);
    if (a->root) {
        audit_signed(a, &d, &a->root->role[ROOT_ROLE_ROOT], NULL, &a->root_document, comment);
        trust_next(a, &d);
    } else {
        trust_first(a, &d);
    }
    audit_signed(a, &d, &root->role[ROOT_ROLE_ROOT], NULL, &d, comment);
    root_free(a->root);
    a->root = root;
    a->root_document = d;
    return true;
}

static bool follow_roots(struct audit *a)
{
    int64_t version = find_root(a);
    bool good = take_root(a, version);
    while (good && version < MAX_ROOTS && has(a, root_name(a, version + 1)))
        good = take_root(a, ++version);
    if (a->root)
        tell_expiry(a, &a->root_document, a->root->expiry, a->root->expiry_ms);
    return good;
}

/* ---- the index ---- */

/* The entry of `by` that names the document. */
static void tell_named(struct audit *a, const struct audit_document *by, const char *entry_name,
                       const struct index_entry *entry, const struct audit_document *d)
{
    struct err e = {0};
    const char *command = arena_printf(
        a->arena,
        "test \"$(grep -o '<document name=\"%s\"[^>]*' %s | cut -d'\"' -f4,8 --output-delimiter=' ')\" ="
        " \"%lld $(b2sum %s | cut -d' ' -f1)\"",
        entry_name, by->at, atoll(d->name), d->at);
    int r = index_entry_matches(entry, d->name, d->data, &e);
    if (r == 0 && entry->version != atoll(d->name))
        r = err_set(&e, ERR_NO, by->name, _("names version %lld"), (long long)entry->version);
    audit_tell(a, r, &e, command, _("%s: the one that %s names"), d->name, by->name);
}

static void sign_and_age(struct audit *a, const struct audit_document *d, enum root_role role,
                         int64_t version, const char *expiry, int64_t expiry_ms)
{
    const struct role *wanted = &a->root->role[role];
    audit_signed(a, d, wanted, NULL, &a->root_document, comment_of(a, wanted->name, version));
    tell_expiry(a, d, expiry, expiry_ms);
}

static bool open_timestamp(struct audit *a, struct audit_document *d, struct index **ret)
{
    struct err e = {0};
    struct bytes data = {0};
    char *path = path_join(a->in->repo, "timestamp.xml");
    int r = file_read(path, INDEX_MAX_BYTES, &data, &e);
    if (r == 0)
        r = index_read(ret, true, path, bytes_span(&data), &e);
    bool good = r == 0 || audit_tell(a, r, &e, "grep -q '^<timestamp ' \"$repo\"/timestamp.xml",
                                     _("%s: can be read"), "timestamp.xml");
    good = good && load(a, arena_printf(a->arena, "%lld.timestamp.xml", (long long)(*ret)->version),
                        INDEX_MAX_BYTES, d);
    if (good) {
        r = span_equal(d->data, bytes_span(&data)) ? 0
                                                   : err_set(&e, ERR_NO, path, _("differs from %s"), d->name);
        audit_tell(a, r, &e, arena_printf(a->arena, "cmp \"$repo\"/timestamp.xml %s", d->at),
                   _("%s: the same as timestamp.xml"), d->name);
        sign_and_age(a, d, ROOT_ROLE_TIMESTAMP, (*ret)->version, (*ret)->expiry, (*ret)->expiry_ms);
    }
    bytes_release(&data);
    free(path);
    return good;
}

static bool open_snapshot(struct audit *a, const struct audit_document *by, const struct index *timestamp,
                          struct audit_document *d, struct index **ret)
{
    struct err e = {0};
    const struct index_entry *entry = &timestamp->entry[INDEX_SNAPSHOT];
    const char *name = arena_printf(a->arena, "%lld.snapshot.xml", (long long)entry->version);
    if (!load(a, name, INDEX_MAX_BYTES, d))
        return false;
    tell_named(a, by, "snapshot", entry, d);
    int r = index_read(ret, false, d->name, d->data, &e);
    tell_read(a, d, r, r == 0 ? (*ret)->version : 0, &e);
    if (r == 0)
        sign_and_age(a, d, ROOT_ROLE_SNAPSHOT, (*ret)->version, (*ret)->expiry, (*ret)->expiry_ms);
    return r == 0;
}

static void open_targets(struct audit *a, const struct audit_document *by, const struct index *snapshot)
{
    struct err e = {0};
    const struct index_entry *entry = &snapshot->entry[INDEX_TARGETS];
    struct audit_document *d = &a->targets_document;
    struct trust *newer = NULL;
    if (!load(a, arena_printf(a->arena, "%lld.targets.xml", (long long)entry->version), DOCUMENT_MAX_BYTES,
              d))
        return;
    tell_named(a, by, "targets", entry, d);
    int r = targets_read(&a->targets, d->name, d->data, &e);
    tell_read(a, d, r, r == 0 ? a->targets->version : 0, &e);
    if (r < 0)
        return;
    sign_and_age(a, d, ROOT_ROLE_TARGETS, a->targets->version, a->targets->expiry, a->targets->expiry_ms);
    if (a->trust && trust_with_targets(&newer, a->trust, d->data, &d->signatures, NULL) < 0)
        newer = NULL;
    trust_free(a->trust);
    a->trust = newer;
}

void audit_documents(struct audit *a)
{
    struct audit_document timestamp, snapshot;
    struct index *times = NULL, *snap = NULL;
    if (follow_roots(a) && open_timestamp(a, &timestamp, &times) &&
        open_snapshot(a, &timestamp, times, &snapshot, &snap)) {
        tell_named(a, &snapshot, "root", &snap->entry[INDEX_ROOT], &a->root_document);
        open_targets(a, &snapshot, snap);
    }
    index_free(times);
    index_free(snap);
}
