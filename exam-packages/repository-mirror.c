/* SPDX-License-Identifier: Apache-2.0 */
/* A verified copy of a repository in a folder, for a site without a network or for a county's server. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/document.h"
#include "exam-packages/repository-internal.h"

struct mirroring {
    const struct repository *r;
    struct trust *t;
    const char *to;
    char *packages; /* TO/packages */
    repository_copied_fn *tell;
    void *context;
};

/* What lies there counts only where it verifies; a newer state is never written over by an older one. */
static int refuse_older(const struct mirroring *m, int64_t now_ms, struct err *e)
{
    struct source *there = source_of_folder(m->to);
    struct repository *old = NULL;
    int r = 0;
    if (repository_open(&old, there, m->t, now_ms, NULL) == 0 &&
        old->timestamp->version > m->r->timestamp->version)
        r = err_set(e, ERR_NO, m->to,
                    _("holds version %lld already, and what would be copied is version %lld"),
                    (long long)old->timestamp->version, (long long)m->r->timestamp->version);
    repository_close(old);
    source_close(there);
    return r;
}

/* ---- packages and supplements ---- */

typedef int check_fn(const struct mirroring *m, const void *entry, const char *path, struct err *e);

static int check_package(const struct mirroring *m, const void *entry, const char *path, struct err *e)
{
    return repository_check_package(m->r, entry, path, m->t, e);
}

static int check_supplement(const struct mirroring *m, const void *entry, const char *path, struct err *e)
{
    return repository_check_supplement(m->r, entry, path, m->t, e);
}

static int copy_file(const struct mirroring *m, const struct repository_file *f, check_fn *check,
                     const void *entry, struct err *e)
{
    char *path = path_join(m->to, f->name), *part = repository_part(m->packages, f);
    bool here = repository_file_is_here(path, f);
    int r = here ? 0 : repository_fetch(m->r, f, part, e);
    if (r == 0 && !here && (r = check(m, entry, part, e)) < 0)
        unlink(part);
    if (r == 0 && !here && rename(part, path) < 0)
        r = err_sys(e, path, _("cannot put in place"));
    if (r == 0 && m->tell)
        m->tell(m->context, f->name, !here);
    free(part);
    free(path);
    return r;
}

static int copy_files(const struct mirroring *m, struct err *e)
{
    const struct targets *t = m->r->targets;
    int r = 0;
    for (size_t i = 0; i < t->n_packages && r == 0; i++) {
        struct repository_file f = repository_file_of(m->r, &t->package[i]);
        r = copy_file(m, &f, check_package, &t->package[i], e);
    }
    for (size_t i = 0; i < t->n_supplements && r == 0; i++) {
        struct repository_file f = repository_file_of_supplement(m->r, &t->supplement[i]);
        r = copy_file(m, &f, check_supplement, &t->supplement[i], e);
    }
    return r < 0 ? r : file_sync_dir(m->packages, e);
}

/* ---- documents ---- */

static int save(const struct mirroring *m, const char *kind, int64_t version, struct span document,
                const struct signatures *s, struct err *e)
{
    return signatures_save_document(m->to, arena_printf(m->r->arena, "%lld.%s.xml", (long long)version, kind),
                                    document, s, e);
}

struct old_root {
    const struct mirroring *m;
    int64_t version;
};

/* One that this home has never needed: who needs it verifies it. */
static int fetch_old_root(void *context, size_t mirror, struct err *e)
{
    const struct old_root *o = context;
    const struct repository *r = o->m->r;
    const char *name = arena_printf(r->arena, "%lld.root.xml", (long long)o->version);
    struct root *root = NULL;
    struct span document;
    struct signatures by;
    int result = source_document(r->source, mirror, name, DOCUMENT_MAX_BYTES, r->arena, &document, e);
    if (result == 0)
        result = root_read(&root, name, document, e);
    if (result == 0)
        result = source_signatures(r->source, mirror, name, &root->role[ROOT_ROLE_ROOT],
                                   &trust_root(o->m->t)->role[ROOT_ROLE_ROOT], r->arena, &by, e);
    root_free(root);
    return result < 0 ? result : save(o->m, "root", o->version, document, &by, e);
}

static int copy_root(const struct mirroring *m, int64_t version, struct err *e)
{
    struct old_root o = {.m = m, .version = version};
    struct span document;
    struct signatures by;
    if (trust_root_at(m->t, version, m->r->arena, &document, &by, NULL) == 0)
        return save(m, "root", version, document, &by, e);
    return source_each(m->r->source, fetch_old_root, &o, e);
}

static int copy_documents(const struct mirroring *m, struct err *e)
{
    const struct repository *r = m->r;
    int result = 0;
    for (int64_t v = 1; v <= trust_root(m->t)->version && result == 0; v++)
        result = copy_root(m, v, e);
    if (result == 0)
        result = save(m, "targets", r->targets->version, r->targets_document, &r->targets_signatures, e);
    if (result == 0)
        result = save(m, "snapshot", r->snapshot->version, r->snapshot_document, &r->snapshot_signatures, e);
    return result < 0 ? result
                      : save(m, "timestamp", r->timestamp->version, r->timestamp_document,
                             &r->timestamp_signatures, e);
}

/* The one rename that moves readers of the copy on. */
static int switch_over(const struct mirroring *m, struct err *e)
{
    char *pointer = path_join(m->to, "timestamp.xml");
    int r = file_put(pointer, 0644, m->r->timestamp_document, e);
    free(pointer);
    return r;
}

/* ---- what is listed no more ---- */

static bool is_listed(const struct mirroring *m, const char *name)
{
    const struct targets *t = m->r->targets;
    for (size_t i = 0; i < t->n_packages; i++)
        if (strcmp(path_base(target_package_path(m->r->arena, &t->package[i])), name) == 0)
            return true;
    for (size_t i = 0; i < t->n_supplements; i++)
        if (strcmp(path_base(target_supplement_path(m->r->arena, &t->supplement[i])), name) == 0)
            return true;
    return false;
}

static void drop_unlisted(const struct mirroring *m)
{
    struct file_names names = {0};
    if (file_list(m->packages, &names, NULL) < 0)
        return;
    for (size_t i = 0; i < names.n; i++) {
        size_t n = strlen(names.name[i]);
        if (n < 5 || strcmp(names.name[i] + n - 5, ".exam") != 0 || is_listed(m, names.name[i]))
            continue;
        char *path = path_join(m->packages, names.name[i]);
        unlink(path);
        free(path);
    }
    file_names_free(&names);
}

static int copy_all(const struct mirroring *m, int64_t now_ms, bool prune, struct err *e)
{
    const struct repository *r = m->r;
    int result = repository_check_place(m->to, e);
    if (result == 0)
        result = refuse_older(m, now_ms, e);
    if (result == 0)
        result = file_mkdirs(m->packages, false, e);
    if (result == 0)
        result = copy_files(m, e);
    if (result == 0)
        result = copy_documents(m, e);
    if (result == 0)
        result = switch_over(m, e);
    if (result == 0)
        result = trust_accept(m->t, r->targets_document, &r->targets_signatures, r->snapshot->version,
                              r->timestamp->version, e);
    if (result == 0)
        repository_drop_parts(m->packages, NULL, 0);
    if (result == 0 && prune)
        drop_unlisted(m);
    return result;
}

int repository_mirror(struct source *s, struct trust *t, const char *home, const char *to, int64_t now_ms,
                      bool prune, repository_copied_fn *tell, void *context, struct err *e)
{
    struct repository *r = NULL;
    int result = repository_begin(&r, s, t, home, now_ms, e);
    if (result < 0)
        return result;
    struct mirroring m = {
        .r = r, .t = t, .to = to, .packages = path_join(to, "packages"), .tell = tell, .context = context};
    result = copy_all(&m, now_ms, prune, e);
    free(m.packages);
    repository_close(r);
    return result;
}
