/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/repository-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

/* A reading of a repository: each step asks one mirror and verifies what it gives. */
struct reading {
    struct repository *r;
    const struct trust *t;
    int64_t now_ms;
};

/* One document as it is fetched: "3.targets.xml". */
struct fetched {
    const char *name;
    struct span document;
    struct signatures signatures;
};

static int fetch(const struct reading *v, size_t mirror, enum root_role role, int64_t version, size_t max,
                 struct fetched *ret, struct err *e)
{
    const struct repository *r = v->r;
    const struct role *by = &trust_root(v->t)->role[role];
    ret->name = arena_printf(r->arena, "%lld.%s.xml", (long long)version, by->name);
    int result = source_document(r->source, mirror, ret->name, max, r->arena, &ret->document, e);
    if (result < 0)
        return repository_if_absent(result,
                                    _("this copy of the repository is not whole; copy the folder again"), e);
    return source_signatures(r->source, mirror, ret->name, by, NULL, r->arena, &ret->signatures, e);
}

static int check_signed(const struct trust *t, enum root_role role, int64_t version, const struct fetched *f,
                        struct err *e)
{
    char comment[80];
    const struct role *by = &trust_root(t)->role[role];
    snprintf(comment, sizeof comment, "kaochang/1 role=%s version=%lld", by->name, (long long)version);
    return role_verify(by, f->name, f->document, comment, &f->signatures, e);
}

static int check_age(const char *name, int64_t version, int64_t seen, int64_t expiry_ms, const char *expiry,
                     int64_t now_ms, struct err *e)
{
    char now[32];
    if (version < seen) {
        err_set(e, ERR_NO, name,
                _("is version %lld, but version %lld was already seen here: an old state is being played "
                  "back"),
                (long long)version, (long long)seen);
        return err_hint(e, _("get a current copy of the repository"));
    }
    if (expiry_ms <= now_ms) {
        err_set(e, ERR_NO, name,
                _("expired at %s, and this machine's clock says %s: this copy of the repository is no longer "
                  "kept up, or the clock is wrong"),
                expiry, time_text(now_ms, 0, now, sizeof now));
        return err_hint(
            e, _("check this machine's clock; if it is right, get a current copy of the repository"));
    }
    return 0;
}

/* A timestamp that verified, and whose it is. */
struct newest {
    struct reading *v;
    size_t mirror;
    struct index *index; /* NULL: none yet */
    struct fetched file;
};

static int check_timestamp(const struct reading *v, const struct index *index, const struct fetched *f,
                           struct err *e)
{
    int r = check_signed(v->t, ROOT_ROLE_TIMESTAMP, index->version, f, e);
    return r < 0 ? r
                 : check_age(f->name, index->version, trust_seen(v->t)->timestamp, index->expiry_ms,
                             index->expiry, v->now_ms, e);
}

/* timestamp.xml is read only for its version; N.timestamp.xml beside it is what is verified. */
static int read_timestamp(const struct reading *v, size_t mirror, struct index **ret,
                          struct fetched *ret_file, struct err *e)
{
    static const char name[] = "timestamp.xml";
    struct span pointer;
    int r = source_document(v->r->source, mirror, name, INDEX_MAX_BYTES, v->r->arena, &pointer, e);
    if (r < 0)
        return repository_is_none(r, e);
    r = index_read(ret, true, name, pointer, e);
    if (r == 0)
        r = fetch(v, mirror, ROOT_ROLE_TIMESTAMP, (*ret)->version, INDEX_MAX_BYTES, ret_file, e);
    if (r == 0 && !span_equal(ret_file->document, pointer))
        r = err_set(e, ERR_NO, name, _("differs from %s"), ret_file->name);
    return r < 0 ? r : check_timestamp(v, *ret, ret_file, e);
}

static int compare_timestamp(struct newest *best, size_t mirror, struct err *e)
{
    struct index *index = NULL;
    struct fetched file;
    int r = read_timestamp(best->v, mirror, &index, &file, e);
    if (r < 0 || (best->index && index->version <= best->index->version)) {
        index_free(index);
        return r;
    }
    index_free(best->index);
    *best = (struct newest){.v = best->v, .mirror = mirror, .index = index, .file = file};
    return 0;
}

/* Every mirror is asked, and the newest state counts: one that is kept up is enough to show that others are
 * not. */
static int open_timestamp(struct reading *v, struct err *e)
{
    struct source *s = v->r->source;
    struct newest best = {.v = v};
    struct err gravest = {0};
    for (size_t i = 0; i < source_mirrors(s); i++) {
        struct err own = {0};
        if (compare_timestamp(&best, i, &own) == 0)
            continue;
        if (source_is_graver(&own, &gravest))
            gravest = own;
        source_give_up(s, i, &own);
    }
    if (!best.index) {
        if (e)
            *e = gravest;
        return gravest.kind ? -(int)gravest.kind : err_set(e, ERR_USAGE, NULL, _("no repository was given"));
    }
    source_prefer(s, best.mirror);
    v->r->timestamp = best.index;
    v->r->timestamp_document = best.file.document;
    v->r->timestamp_signatures = best.file.signatures;
    return 0;
}

static int read_snapshot(void *context, size_t mirror, struct err *e)
{
    struct reading *v = context;
    const struct index_entry *entry = &v->r->timestamp->entry[INDEX_SNAPSHOT];
    struct index *snapshot = NULL;
    struct fetched f;
    int r = fetch(v, mirror, ROOT_ROLE_SNAPSHOT, entry->version, (size_t)entry->size, &f, e);
    if (r == 0)
        r = index_entry_matches(entry, f.name, f.document, e);
    if (r == 0)
        r = index_read(&snapshot, false, f.name, f.document, e);
    if (r == 0 && snapshot->version != entry->version)
        r = err_set(e, ERR_NO, f.name, _("holds another version than its name says"));
    if (r == 0)
        r = check_signed(v->t, ROOT_ROLE_SNAPSHOT, snapshot->version, &f, e);
    if (r == 0)
        r = check_age(f.name, snapshot->version, trust_seen(v->t)->snapshot, snapshot->expiry_ms,
                      snapshot->expiry, v->now_ms, e);
    if (r < 0) {
        index_free(snapshot);
        return r;
    }
    v->r->snapshot = snapshot;
    v->r->snapshot_document = f.document;
    v->r->snapshot_signatures = f.signatures;
    return 0;
}

static int check_root(const struct reading *v, struct err *e)
{
    const struct root *root = trust_root(v->t);
    const struct index_entry *entry = &v->r->snapshot->entry[INDEX_ROOT];
    if (entry->version > root->version) {
        err_set(e, ERR_NO, "root.xml",
                _("the index is of root version %lld, but the step from version %lld to the next is missing"),
                (long long)entry->version, (long long)root->version);
        return err_hint(e, _("the repository keeps every root; get a whole copy of it"));
    }
    if (entry->version < root->version)
        return err_set(e, ERR_NO, "root.xml",
                       _("the snapshot names an older root than the one trusted here"));
    int r = index_entry_matches(entry, "root.xml", trust_root_document(v->t), e);
    return r < 0 ? r
                 : check_age("root.xml", root->version, trust_seen(v->t)->root, root->expiry_ms, root->expiry,
                             v->now_ms, e);
}

static int read_targets(void *context, size_t mirror, struct err *e)
{
    struct reading *v = context;
    const struct index_entry *entry = &v->r->snapshot->entry[INDEX_TARGETS];
    struct targets *targets = NULL;
    struct fetched f;
    int r = fetch(v, mirror, ROOT_ROLE_TARGETS, entry->version, (size_t)entry->size, &f, e);
    if (r == 0)
        r = index_entry_matches(entry, f.name, f.document, e);
    if (r == 0)
        r = trust_check_targets(v->t, f.document, &f.signatures, &targets, e);
    if (r == 0 && targets->version != entry->version)
        r = err_set(e, ERR_NO, f.name, _("holds another version than its name says"));
    if (r == 0)
        r = check_age(f.name, targets->version, trust_seen(v->t)->targets, targets->expiry_ms,
                      targets->expiry, v->now_ms, e);
    if (r < 0) {
        targets_free(targets);
        return r;
    }
    v->r->targets = targets;
    v->r->targets_document = f.document;
    v->r->targets_signatures = f.signatures;
    return 0;
}

int repository_open(struct repository **ret, struct source *s, const struct trust *t, int64_t now_ms,
                    struct err *e)
{
    struct repository *r = mem_alloc(sizeof *r);
    struct reading v = {.r = r, .t = t, .now_ms = now_ms};
    r->arena = arena_new();
    r->source = s;
    int result = open_timestamp(&v, e);
    repository_compare_clocks(s, now_ms);
    if (result < 0 || (result = source_each(s, read_snapshot, &v, e)) < 0 ||
        (result = check_root(&v, e)) < 0 || (result = source_each(s, read_targets, &v, e)) < 0) {
        repository_close(r);
        return result;
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

int repository_check_package(const struct repository *r, const struct target_package *target,
                             const char *path, const struct trust *t, struct err *e)
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

int repository_check_supplement(const struct repository *r, const struct target_supplement *s,
                                const char *path, const struct trust *t, struct err *e)
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
