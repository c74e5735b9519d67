/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/repository.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

/* One document as it is fetched: "3.targets.xml". */
struct fetched {
    const char *name;
    struct span document;
    struct signatures signatures;
};

static int fetch(struct repository *r, const char *kind, int64_t version, size_t max, struct fetched *ret,
                 struct err *e)
{
    ret->name = arena_printf(r->arena, "%lld.%s.xml", (long long)version, kind);
    int result =
        signatures_load_document(&ret->document, &ret->signatures, r->arena, r->folder, ret->name, max, e);
    return result < 0 ? err_hint(e, _("this copy of the repository is not whole; copy the folder again")) : 0;
}

static int check_signed(const struct trust *t, enum root_role role, const char *kind, int64_t version,
                        const struct fetched *f, struct err *e)
{
    char comment[80];
    snprintf(comment, sizeof comment, "kaochang/1 role=%s version=%lld", kind, (long long)version);
    return role_verify(&trust_root(t)->role[role], f->name, f->document, comment, &f->signatures, e);
}

static int check_age(const char *name, int64_t version, int64_t seen, int64_t expiry_ms, const char *expiry,
                     int64_t now_ms, struct err *e)
{
    if (version < seen) {
        err_set(e, ERR_NO, name,
                _("is version %lld, but version %lld was already seen here: an old state is being played "
                  "back"),
                (long long)version, (long long)seen);
        return err_hint(e, _("get a current copy of the repository"));
    }
    if (expiry_ms <= now_ms) {
        err_set(e, ERR_NO, name, _("expired at %s: this copy of the repository is no longer kept up"),
                expiry);
        return err_hint(e, _("get a current copy of the repository; check this machine's clock"));
    }
    return 0;
}

/* timestamp.xml is read only for its version; N.timestamp.xml beside it is what is verified. */
static int open_timestamp(struct repository *r, const struct trust *t, int64_t now_ms, struct err *e)
{
    struct bytes data = {0};
    struct fetched f;
    char *path = path_join(r->folder, "timestamp.xml");
    int result = file_read(path, INDEX_MAX_BYTES, &data, e);
    if (result == 0)
        result = index_read(&r->timestamp, true, path, bytes_span(&data), e);
    if (result == 0)
        result = fetch(r, "timestamp", r->timestamp->version, INDEX_MAX_BYTES, &f, e);
    if (result == 0 && !span_equal(f.document, bytes_span(&data)))
        result = err_set(e, ERR_NO, path, _("differs from %s"), f.name);
    if (result == 0)
        result = check_signed(t, ROOT_ROLE_TIMESTAMP, "timestamp", r->timestamp->version, &f, e);
    if (result == 0)
        result = check_age(f.name, r->timestamp->version, trust_seen(t)->timestamp, r->timestamp->expiry_ms,
                           r->timestamp->expiry, now_ms, e);
    bytes_release(&data);
    free(path);
    return result;
}

static int open_snapshot(struct repository *r, const struct trust *t, int64_t now_ms, struct err *e)
{
    const struct index_entry *entry = &r->timestamp->entry[INDEX_SNAPSHOT];
    struct fetched f;
    int result = fetch(r, "snapshot", entry->version, (size_t)entry->size, &f, e);
    if (result == 0)
        result = index_entry_matches(entry, f.name, f.document, e);
    if (result == 0)
        result = index_read(&r->snapshot, false, f.name, f.document, e);
    if (result == 0 && r->snapshot->version != entry->version)
        result = err_set(e, ERR_NO, f.name, _("holds another version than its name says"));
    if (result == 0)
        result = check_signed(t, ROOT_ROLE_SNAPSHOT, "snapshot", r->snapshot->version, &f, e);
    if (result == 0)
        result = check_age(f.name, r->snapshot->version, trust_seen(t)->snapshot, r->snapshot->expiry_ms,
                           r->snapshot->expiry, now_ms, e);
    return result;
}

static int check_root(const struct repository *r, const struct trust *t, int64_t now_ms, struct err *e)
{
    const struct root *root = trust_root(t);
    const struct index_entry *entry = &r->snapshot->entry[INDEX_ROOT];
    if (entry->version > root->version)
        return err_set(e, ERR_NO, r->folder,
                       _("the office has changed its root (version %lld; this home trusts %lld); changing "
                         "the root is not supported by this version yet"),
                       (long long)entry->version, (long long)root->version);
    if (entry->version < root->version)
        return err_set(e, ERR_NO, r->folder, _("the snapshot names an older root than the one trusted here"));
    int result = index_entry_matches(entry, "root.xml", trust_root_document(t), e);
    return result < 0 ? result
                      : check_age("root.xml", root->version, trust_seen(t)->root, root->expiry_ms,
                                  root->expiry, now_ms, e);
}

static int open_targets(struct repository *r, const struct trust *t, int64_t now_ms, struct err *e)
{
    const struct index_entry *entry = &r->snapshot->entry[INDEX_TARGETS];
    struct fetched f;
    int result = fetch(r, "targets", entry->version, (size_t)entry->size, &f, e);
    if (result == 0)
        result = index_entry_matches(entry, f.name, f.document, e);
    if (result == 0)
        result = trust_check_targets(t, f.document, &f.signatures, &r->targets, e);
    if (result < 0)
        return result;
    if (r->targets->version != entry->version)
        return err_set(e, ERR_NO, f.name, _("holds another version than its name says"));
    r->targets_document = f.document;
    r->targets_signatures = f.signatures;
    return check_age(f.name, r->targets->version, trust_seen(t)->targets, r->targets->expiry_ms,
                     r->targets->expiry, now_ms, e);
}

static int refuse_url(const char *folder, struct err *e)
{
    if (strncmp(folder, "http://", 7) != 0 && strncmp(folder, "https://", 8) != 0)
        return 0;
    err_set(e, ERR_USAGE, folder,
            _("fetching over the network comes with HTTP mirrors, which this version does not have yet"));
    return err_hint(e, _("give the folder or the USB stick that holds the repository"));
}

/* A folder that is none: what it might be instead. */
static int hint_folder(const char *folder, const char *document, struct err *e)
{
    char *path = path_join(folder, document);
    if (!file_exists(path))
        err_hint(e, _("is this the folder of a repository? The office makes it with \"kaochang publish\""));
    free(path);
    return e ? -(int)e->kind : -(int)ERR_ENV;
}

int repository_open(struct repository **ret, const char *folder, const struct trust *t, int64_t now_ms,
                    struct err *e)
{
    int result = refuse_url(folder, e);
    if (result < 0)
        return result;
    struct repository *r = mem_alloc(sizeof *r);
    r->arena = arena_new();
    r->folder = mem_strdup(folder);
    if ((result = open_timestamp(r, t, now_ms, e)) < 0 || (result = open_snapshot(r, t, now_ms, e)) < 0 ||
        (result = check_root(r, t, now_ms, e)) < 0 || (result = open_targets(r, t, now_ms, e)) < 0) {
        repository_close(r);
        return result == -ERR_ENV ? hint_folder(folder, "timestamp.xml", e) : result;
    }
    *ret = r;
    return 0;
}

void repository_close(struct repository *r)
{
    if (!r)
        return;
    index_free(r->timestamp);
    index_free(r->snapshot);
    targets_free(r->targets);
    arena_free(r->arena);
    free(r->folder);
    free(r);
}

static int check_file(const char *path, int64_t size, const uint8_t wanted[PART_HASH_BYTES], struct err *e)
{
    uint8_t hash[PART_HASH_BYTES];
    int r = blake2b_512_file(hash, path, (uint64_t)size, e);
    if (r == 0 && memcmp(hash, wanted, sizeof hash) != 0)
        r = err_set(e, ERR_NO, path, _("is not the file that the index names (length or hash differ)"));
    return r;
}

int repository_check_package(const struct repository *r, const struct target *target, const char *path,
                             const struct trust *t, struct err *e)
{
    struct trust *newer = NULL;
    struct package *p = NULL;
    int result = check_file(path, target->size, target->hash, e);
    if (result == 0)
        result = trust_with_targets(&newer, t, r->targets_document, &r->targets_signatures, e);
    if (result == 0)
        result = package_open(&p, path, newer, e);
    if (result == 0) {
        const struct manifest *m = package_manifest(p);
        if (strcmp(m->session, target->session) != 0 || m->version != target->version ||
            memcmp(package_hash(p), target->package, sizeof target->package) != 0)
            result = err_set(e, ERR_NO, path,
                             _("is the package of another session or version than the index says"));
    }
    package_close(p);
    trust_free(newer);
    return result;
}

int repository_check_supplement(const struct repository *r, const struct target_supplement *s, const char *path,
                                const struct trust *t, struct err *e)
{
    struct supplement *x = NULL;
    struct trust *newer = NULL;
    int result = check_file(path, s->size, s->hash, e);
    if (result == 0)
        result = trust_with_targets(&newer, t, r->targets_document, &r->targets_signatures, e);
    if (result == 0 && (result = supplement_open(&x, path, newer, e)) == 0) {
        const struct supplement_document *d = supplement_document_of(x);
        if (d->kind != s->kind || strcmp(d->session, s->session) != 0 || d->number != s->number ||
            memcmp(d->package, s->package, sizeof d->package) != 0)
            result = err_set(e, ERR_NO, path, _("is another supplement than the index says"));
    }
    supplement_close(x);
    trust_free(newer);
    return result;
}

int repository_root(const char *folder, struct arena *a, struct span *ret, struct signatures *ret_signatures,
                    struct err *e)
{
    int r = refuse_url(folder, e);
    if (r < 0)
        return r;
    r = signatures_load_document(ret, ret_signatures, a, folder, "1.root.xml", DOCUMENT_MAX_BYTES, e);
    return r == -ERR_ENV ? hint_folder(folder, "1.root.xml", e) : r;
}
