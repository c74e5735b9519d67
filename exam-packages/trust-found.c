/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/root-change.h"
#include "exam-packages/trust-internal.h"

static struct role role_of(const char *name, const struct role_key *key, size_t n, int64_t threshold)
{
    return (struct role){.name = name, .threshold = threshold, .key = (struct role_key *)key, .n = n};
}

static int write_root(const struct trust_policy *p, struct bytes *out, struct err *e)
{
    const struct root_change first = {
        .root = {.add = p->root, .n_add = p->n_roots, .threshold = p->root_threshold},
        .officers = {.add = p->officer, .n_add = p->n_officers, .threshold = p->officer_threshold},
        .expiry = p->expiry};
    return root_propose(NULL, &first, out, e);
}

/* Those who sign targets and index sign packages and certificates too. */
static int write_targets(const struct root *root, const struct trust_recipients *to, struct bytes *out,
                         struct err *e)
{
    struct targets *t = targets_new();
    const struct role *officers = &root->role[ROOT_ROLE_TARGETS];
    t->version = 1;
    t->expiry = root->expiry;
    t->role[TARGETS_ROLE_PACKAGE] = role_of("package", officers->key, officers->n, officers->threshold);
    t->role[TARGETS_ROLE_CERTIFICATE] = role_of("certificate", officers->key, officers->n, 1);
    t->recovery = to->recovery;
    t->results = to->results;
    int r = targets_write(t, out, e);
    targets_free(t);
    return r;
}

static int refuse_second(const char *home, struct err *e)
{
    char *seen = path_join(home, "trust/seen.xml");
    int r = file_exists(seen) ? err_set(e, ERR_NO, home, _("this office already has its root")) : 0;
    if (r < 0)
        err_hint(e, _("\"kaochang keys rotate\" makes the next one"));
    free(seen);
    return r;
}

int trust_found_signed(const char *home, struct span document, const struct signatures *s,
                       const struct trust_recipients *to, const struct minisign_secret *officer,
                       size_t n_officers, struct err *e)
{
    struct arena *a = arena_new();
    struct root *root = NULL;
    struct bytes targets = {0};
    struct signatures by_officers;
    int r = refuse_second(home, e);
    if (r == 0 && (r = root_read(&root, "root.xml", document, e)) == 0 && root->version != 1)
        r = err_set(e, ERR_NO, "root.xml", _("an office begins with root version 1, not with %lld"),
                    (long long)root->version);
    if (r == 0)
        r = write_targets(root, to, &targets, e);
    if (r == 0)
        r = signatures_make(&by_officers, a, bytes_span(&targets), "kaochang/1 role=targets version=1",
                            officer, n_officers, e);
    if (r == 0)
        r = trust_begin(home, document, s, NULL, bytes_span(&targets), &by_officers, e);
    root_free(root);
    bytes_release(&targets);
    arena_free(a);
    return r;
}

int trust_found(const char *home, const struct trust_policy *p, const struct minisign_secret *root,
                size_t n_roots, const struct minisign_secret *officer, size_t n_officers, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes document = {0};
    struct signatures by_root;
    const struct trust_recipients to = {.recovery = p->recovery, .results = p->results};
    int r = refuse_second(home, e);
    if (r == 0)
        r = write_root(p, &document, e);
    if (r == 0)
        r = signatures_make(&by_root, a, bytes_span(&document), "kaochang/1 role=root version=1", root,
                            n_roots, e);
    if (r == 0)
        r = trust_found_signed(home, bytes_span(&document), &by_root, &to, officer, n_officers, e);
    bytes_release(&document);
    arena_free(a);
    return r;
}
