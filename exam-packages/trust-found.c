/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/trust-internal.h"

static struct role role_of(const char *name, const struct role_key *key, size_t n, int64_t threshold)
{
    return (struct role){.name = name, .threshold = threshold, .key = (struct role_key *)key, .n = n};
}

static int write_root(const struct trust_policy *p, struct bytes *out, struct err *e)
{
    struct root *root = root_new();
    root->version = 1;
    root->expiry = p->expiry;
    for (size_t i = 0; i < ROOT_ROLES; i++)
        root->role[i] = i == ROOT_ROLE_ROOT
                            ? role_of(root->role[i].name, p->root, p->n_roots, p->root_threshold)
                            : role_of(root->role[i].name, p->officer, p->n_officers, p->officer_threshold);
    int r = root_write(root, out, e);
    root_free(root);
    return r;
}

static int write_targets(const struct trust_policy *p, struct bytes *out, struct err *e)
{
    struct targets *t = targets_new();
    t->version = 1;
    t->expiry = p->expiry;
    t->role[TARGETS_ROLE_PACKAGE] = role_of("package", p->officer, p->n_officers, p->officer_threshold);
    t->role[TARGETS_ROLE_CERTIFICATE] = role_of("certificate", p->officer, p->n_officers, 1);
    t->recovery = p->recovery;
    t->results = p->results;
    int r = targets_write(t, out, e);
    targets_free(t);
    return r;
}

int trust_found(const char *home, const struct trust_policy *p, const struct minisign_secret *root,
                size_t n_roots, const struct minisign_secret *officer, size_t n_officers, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes root_document = {0}, targets = {0};
    struct signatures by_root, by_officers;
    char *seen = path_join(home, "trust/seen.xml");
    int r = file_exists(seen) ? err_set(e, ERR_NO, home, _("this office already has its root")) : 0;
    if (r < 0)
        err_hint(e, _("\"kaochang keys rotate\" makes the next one"));
    if (r < 0 || (r = write_root(p, &root_document, e)) < 0 || (r = write_targets(p, &targets, e)) < 0 ||
        (r = signatures_make(&by_root, a, bytes_span(&root_document), "kaochang/1 role=root version=1", root,
                             n_roots, e)) < 0 ||
        (r = signatures_make(&by_officers, a, bytes_span(&targets), "kaochang/1 role=targets version=1",
                             officer, n_officers, e)) < 0)
        goto done;
    r = trust_begin(home, bytes_span(&root_document), &by_root, NULL, bytes_span(&targets), &by_officers, e);
done:
    free(seen);
    bytes_release(&root_document);
    bytes_release(&targets);
    arena_free(a);
    return r;
}
