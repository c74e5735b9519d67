/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/repository-internal.h"
#include "exam-packages/zip.h"

static const int64_t default_life_ms = 60LL * 86400 * 1000;

/* What one publication writes. */
struct publication {
    struct arena *arena;
    const char *folder;
    struct trust *office;
    const struct minisign_secret *officer;
    size_t n_officers;
    const char *expiry;
    struct bytes targets, snapshot, timestamp;
    int64_t targets_version, snapshot_version, timestamp_version;
    struct signatures by_targets, by_snapshot, by_timestamp;
};

static int describe(struct publication *p, const char *path, int64_t now_ms, struct target_package *ret,
                    struct err *e)
{
    struct package *package = NULL;
    struct stat st;
    int r = package_open(&package, path, p->office, e);
    if (r < 0)
        return r;
    const struct manifest *m = package_manifest(package);
    *ret = (struct target_package){.session = arena_strdup(p->arena, m->session),
                                   .version = m->version,
                                   .expiry = arena_strdup(p->arena, m->expiry),
                                   .expiry_ms = m->expiry_ms,
                                   .spare_for = m->spare_for ? arena_strdup(p->arena, m->spare_for) : NULL};
    memcpy(ret->package, package_hash(package), sizeof ret->package);
    if (stat(path, &st) < 0)
        r = err_sys(e, path, _("cannot read"));
    ret->size = st.st_size;
    if (r == 0)
        r = blake2b_512_file(ret->hash, path, ZIP_SIZE_MAX, e);
    if (r == 0 && ret->expiry_ms <= now_ms)
        r = err_set(e, ERR_NO, path, _("the package expired at %s"), ret->expiry);
    package_close(package);
    return r;
}

static int describe_supplement(struct publication *p, const char *path, struct target_supplement *ret,
                               struct err *e)
{
    struct supplement *supplement = NULL;
    struct stat st;
    int r = supplement_open(&supplement, path, p->office, e);
    if (r < 0)
        return r;
    const struct supplement_document *d = supplement_document_of(supplement);
    *ret = (struct target_supplement){.kind = d->kind,
                                      .session = arena_strdup(p->arena, d->session),
                                      .number = d->number,
                                      .expiry = arena_strdup(p->arena, d->expiry),
                                      .expiry_ms = d->expiry_ms};
    memcpy(ret->package, d->package, sizeof ret->package);
    if (!targets_find(trust_targets(p->office), d->session))
        r = err_set(e, ERR_NO, path, _("is for session %s, whose package is not published"), ret->session);
    if (r == 0 && stat(path, &st) < 0)
        r = err_sys(e, path, _("cannot read"));
    ret->size = r == 0 ? st.st_size : 0;
    if (r == 0)
        r = blake2b_512_file(ret->hash, path, ZIP_SIZE_MAX, e);
    supplement_close(supplement);
    return r;
}

static void drop_expired(struct targets *t, int64_t now_ms)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->n_packages; i++)
        if (t->package[i].expiry_ms > now_ms)
            t->package[kept++] = t->package[i];
    t->n_packages = kept;
    kept = 0;
    for (size_t i = 0; i < t->n_supplements; i++)
        if (t->supplement[i].expiry_ms > now_ms)
            t->supplement[kept++] = t->supplement[i];
    t->n_supplements = kept;
}

static const char *default_expiry(struct publication *p, const struct targets *t, int64_t now_ms)
{
    char text[32];
    int64_t latest = now_ms + default_life_ms;
    for (size_t i = 0; i < t->n_packages; i++)
        if (t->package[i].expiry_ms > latest)
            latest = t->package[i].expiry_ms;
    return arena_strdup(p->arena, time_text(latest, 0, text, sizeof text));
}

static int sign(struct publication *p, const char *kind, int64_t version, const struct bytes *document,
                struct signatures *ret, struct err *e)
{
    char comment[80];
    snprintf(comment, sizeof comment, "kaochang/1 role=%s version=%lld", kind, (long long)version);
    return signatures_make(ret, p->arena, bytes_span(document), comment, p->officer, p->n_officers, e);
}

/* Before anything is written: as many officers as the root asks for. */
static int enough_sign(const struct publication *p, struct err *e)
{
    struct targets *t = NULL;
    int r = trust_check_targets(p->office, bytes_span(&p->targets), &p->by_targets, &t, e);
    targets_free(t);
    return r;
}

/* What is new: a package, a supplement, or neither. */
struct addition {
    struct target_package package;
    struct target_supplement supplement;
    const char *name; /* in the repository; NULL: neither */
    bool is_supplement;
};

static int put_addition(struct targets *t, const struct addition *add, struct err *e)
{
    if (!add->name)
        return 0;
    return add->is_supplement ? targets_put_supplement(t, &add->supplement, e)
                              : targets_put(t, &add->package, e);
}

static int make_targets(struct publication *p, const struct addition *add, int64_t now_ms, const char *expiry,
                        struct err *e)
{
    struct targets *t = NULL;
    int r = trust_copy_targets(p->office, &t, e);
    if (r == 0) {
        drop_expired(t, now_ms);
        r = put_addition(t, add, e);
    }
    if (r == 0) {
        p->expiry = expiry ? expiry : default_expiry(p, t, now_ms);
        t->version = p->targets_version;
        t->expiry = p->expiry;
        r = targets_write(t, &p->targets, e);
    }
    if (r == 0)
        r = sign(p, "targets", t->version, &p->targets, &p->by_targets, e);
    if (r == 0)
        r = enough_sign(p, e);
    targets_free(t);
    return r;
}

static int make_index(struct publication *p, struct err *e)
{
    struct index *snapshot = index_new(false), *timestamp = index_new(true);
    snapshot->version = p->snapshot_version;
    timestamp->version = p->timestamp_version;
    snapshot->expiry = timestamp->expiry = p->expiry;
    snapshot->entry[INDEX_ROOT] =
        index_entry_of(trust_root(p->office)->version, trust_root_document(p->office));
    snapshot->entry[INDEX_TARGETS] = index_entry_of(p->targets_version, bytes_span(&p->targets));
    int r = index_write(snapshot, &p->snapshot, e);
    if (r == 0) {
        timestamp->entry[INDEX_SNAPSHOT] = index_entry_of(p->snapshot_version, bytes_span(&p->snapshot));
        r = index_write(timestamp, &p->timestamp, e);
    }
    if (r == 0)
        r = sign(p, "snapshot", p->snapshot_version, &p->snapshot, &p->by_snapshot, e);
    if (r == 0)
        r = sign(p, "timestamp", p->timestamp_version, &p->timestamp, &p->by_timestamp, e);
    index_free(snapshot);
    index_free(timestamp);
    return r;
}

static int save(struct publication *p, const char *kind, int64_t version, struct span document,
                const struct signatures *s, struct err *e)
{
    return signatures_save_document(
        p->folder, arena_printf(p->arena, "%lld.%s.xml", (long long)version, kind), document, s, e);
}

static int describe_any(struct publication *p, const char *path, int64_t now_ms, struct addition *ret,
                        struct err *e)
{
    *ret = (struct addition){.is_supplement = path && supplement_is(path)};
    if (!path)
        return 0;
    int r = ret->is_supplement ? describe_supplement(p, path, &ret->supplement, e)
                               : describe(p, path, now_ms, &ret->package, e);
    if (r == 0)
        ret->name = ret->is_supplement ? target_supplement_path(p->arena, &ret->supplement)
                                       : target_package_path(p->arena, &ret->package);
    return r;
}

static bool is_same(const struct addition *a, const struct addition *b)
{
    const struct target_package *x = &a->package, *y = &b->package;
    const struct target_supplement *s = &a->supplement, *t = &b->supplement;
    if (a->is_supplement != b->is_supplement || strcmp(a->name, b->name) != 0)
        return false;
    return a->is_supplement ? s->size == t->size && memcmp(s->hash, t->hash, sizeof s->hash) == 0 &&
                                  memcmp(s->package, t->package, sizeof s->package) == 0
                            : x->size == y->size && memcmp(x->hash, y->hash, sizeof x->hash) == 0 &&
                                  memcmp(x->package, y->package, sizeof x->package) == 0;
}

/* What is listed is what is there: the file may have been exchanged while it was looked at. */
static int put_file(struct publication *p, const char *from, const struct addition *add, int64_t now_ms,
                    struct err *e)
{
    struct addition copied;
    char *to = path_join(p->folder, add->name);
    int r = file_copy(from, to, 0644, e);
    if (r == 0)
        r = describe_any(p, to, now_ms, &copied, e);
    if (r == 0 && !is_same(add, &copied))
        r = err_set(e, ERR_NO, from, _("changed while it was read"));
    free(to);
    return r;
}

static int is_there(const struct publication *p, const char *name, int64_t size, struct err *e)
{
    struct stat st;
    char *path = path_join(p->folder, name);
    int r = 0;
    if (stat(path, &st) < 0 || st.st_size != size) {
        err_set(e, ERR_NO, path, _("this folder lacks a package that the office has published elsewhere"));
        r = err_hint(e, _("publish into the folder that has it, then copy that folder as a whole"));
    }
    free(path);
    return r;
}

/* A reader must find every listed package, those of earlier publications too. */
static int all_packages_are_there(struct publication *p, struct err *e)
{
    struct targets *t = NULL;
    int r = targets_read(&t, "targets.xml", bytes_span(&p->targets), e);
    for (size_t i = 0; r == 0 && i < t->n_packages; i++)
        r = is_there(p, target_package_path(p->arena, &t->package[i]), t->package[i].size, e);
    for (size_t i = 0; r == 0 && i < t->n_supplements; i++)
        r = is_there(p, target_supplement_path(p->arena, &t->supplement[i]), t->supplement[i].size, e);
    targets_free(t);
    return r;
}

/* Every root from the first on: a reader goes from the one that it has to the newest, step by step. They come
 * just before the pointer, so that hardly anybody sees a root without its index. */
static int write_roots(struct publication *p, struct err *e)
{
    int r = 0;
    for (int64_t v = 1; v <= trust_root(p->office)->version && r == 0; v++) {
        struct span document;
        struct signatures s;
        r = trust_root_at(p->office, v, p->arena, &document, &s, e);
        if (r == 0)
            r = save(p, "root", v, document, &s, e);
    }
    return r;
}

static int write_all(struct publication *p, struct err *e)
{
    char *pointer = path_join(p->folder, "timestamp.xml");
    int r;
    if ((r = save(p, "targets", p->targets_version, bytes_span(&p->targets), &p->by_targets, e)) == 0 &&
        (r = save(p, "snapshot", p->snapshot_version, bytes_span(&p->snapshot), &p->by_snapshot, e)) == 0 &&
        (r = save(p, "timestamp", p->timestamp_version, bytes_span(&p->timestamp), &p->by_timestamp, e)) ==
            0 &&
        (r = trust_accept(p->office, bytes_span(&p->targets), &p->by_targets, p->snapshot_version,
                          p->timestamp_version, e)) == 0 &&
        (r = write_roots(p, e)) == 0)
        r = file_put(pointer, 0644, bytes_span(&p->timestamp), e);
    free(pointer);
    return r;
}

int repository_publish(const char *folder, struct trust *office, const char *package, const char *expiry,
                       int64_t now_ms, const struct minisign_secret *officer, size_t n_officers,
                       struct err *e)
{
    const struct trust_seen *seen = trust_seen(office);
    struct publication p = {.arena = arena_new(),
                            .folder = folder,
                            .office = office,
                            .officer = officer,
                            .n_officers = n_officers,
                            .targets_version = seen->targets + 1,
                            .snapshot_version = seen->snapshot + 1,
                            .timestamp_version = seen->timestamp + 1};
    struct addition add;
    char *packages = path_join(folder, "packages");
    int r;
    if (!trust_targets(office))
        r = err_set(e, ERR_ENV, folder,
                    _("only the exam office publishes: this home has no targets of its own"));
    else if ((r = repository_check_place(folder, e)) == 0 &&
             (r = describe_any(&p, package, now_ms, &add, e)) == 0 &&
             (r = make_targets(&p, &add, now_ms, expiry, e)) == 0 &&
             (r = make_index(&p, e)) == 0 && (r = file_mkdirs(packages, false, e)) == 0 &&
             (r = package ? put_file(&p, package, &add, now_ms, e) : 0) == 0 &&
             (r = all_packages_are_there(&p, e)) == 0)
        r = write_all(&p, e);
    bytes_release(&p.targets);
    bytes_release(&p.snapshot);
    bytes_release(&p.timestamp);
    arena_free(p.arena);
    free(packages);
    return r;
}
