/* SPDX-License-Identifier: Apache-2.0 */
/* The office changes its targets. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "exam-packages/root-change.h"
#include "exam-packages/trust-internal.h"

int trust_copy_targets(const struct trust *t, struct targets **ret, struct err *e)
{
    struct bytes document = {0};
    if (!t->targets)
        return err_set(e, ERR_ENV, t->folder, _("this home has no targets of its own"));
    int r = targets_write(t->targets, &document, e);
    if (r == 0)
        r = targets_read(ret, "targets.xml", bytes_span(&document), e);
    bytes_release(&document);
    return r;
}

int trust_amend(struct trust *t, struct targets *changed, const struct minisign_secret *officer,
                size_t n_officers, struct err *e)
{
    struct arena *a = arena_new();
    struct bytes document = {0};
    struct signatures s;
    char comment[64];
    changed->version = t->seen.targets + 1;
    snprintf(comment, sizeof comment, "kaochang/1 role=targets version=%lld", (long long)changed->version);
    int r = targets_write(changed, &document, e);
    if (r == 0)
        r = signatures_make(&s, a, bytes_span(&document), comment, officer, n_officers, e);
    if (r == 0)
        r = trust_accept(t, bytes_span(&document), &s, t->seen.snapshot, t->seen.timestamp, e);
    bytes_release(&document);
    arena_free(a);
    return r;
}

static void add_key(const struct targets *t, struct role *role, const struct role_key *key)
{
    if (!role_has_key(role, &key->key) && !revoked_find(t->revoked, t->n_revoked, &key->key, NULL))
        role->key[role->n++] = *key;
}

/* Room for the keys of all three roles. */
static struct role gathered(struct arena *a, const struct role *like)
{
    return (struct role){
        .name = like->name, .threshold = 1, .key = arena_array(a, 4 * ROLE_MAX_KEYS, sizeof *like->key)};
}

static bool same_keys(const struct role *a, const struct role *b)
{
    bool same = a->n == b->n && a->threshold == b->threshold;
    for (size_t i = 0; i < a->n; i++)
        same = same && role_has_key(b, &a->key[i].key);
    return same;
}

int trust_follow_root(struct trust *t, const struct minisign_secret *officer, size_t n_officers,
                      struct err *e)
{
    const struct role *officers = &t->root->role[ROOT_ROLE_TARGETS];
    struct targets *next = NULL;
    int r = trust_copy_targets(t, &next, e);
    if (r < 0 || same_keys(officers, &next->role[TARGETS_ROLE_PACKAGE])) {
        targets_free(next);
        return r;
    }
    const struct role *old = &next->role[TARGETS_ROLE_PACKAGE],
                      *issuers = &next->role[TARGETS_ROLE_CERTIFICATE];
    struct role package = gathered(next->arena, old), certificate = gathered(next->arena, issuers),
                former = gathered(next->arena, &next->former);
    package.threshold = officers->threshold;
    for (size_t i = 0; i < officers->n; i++) {
        add_key(next, &package, &officers->key[i]);
        add_key(next, &certificate, &officers->key[i]);
    }
    for (size_t i = 0; i < issuers->n; i++)
        add_key(next, &certificate, &issuers->key[i]);
    for (size_t i = 0; i < old->n; i++)
        if (!role_has_key(&package, &old->key[i].key))
            add_key(next, &former, &old->key[i]);
    for (size_t i = 0; i < next->former.n; i++)
        if (!role_has_key(&package, &next->former.key[i].key))
            add_key(next, &former, &next->former.key[i]);
    next->role[TARGETS_ROLE_PACKAGE] = package;
    next->role[TARGETS_ROLE_CERTIFICATE] = certificate;
    next->former = former;
    r = trust_amend(t, next, officer, n_officers, e);
    targets_free(next);
    return r;
}

static int drop_from_role(struct role *role, const struct minisign_public *key, struct err *e)
{
    size_t kept = 0;
    if (!role_has_key(role, key))
        return 0;
    for (size_t i = 0; i < role->n; i++)
        if (memcmp(role->key[i].key.pk, key->pk, sizeof key->pk) != 0)
            role->key[kept++] = role->key[i];
    role->n = kept;
    if (kept >= (size_t)role->threshold)
        return 0;
    err_set(e, ERR_NO, role->name, _("would have %zu keys, and %lld must sign"), kept,
            (long long)role->threshold);
    return err_hint(e, _("bring in another officer first: \"kaochang keys rotate --add-officer\""));
}

static int revoke_one(const struct trust *t, struct targets *next, const struct revoked *revoked,
                      struct err *e)
{
    int r = 0;
    if (revoked->has_key && role_has_key(&t->root->role[ROOT_ROLE_ROOT], &revoked->key)) {
        err_set(e, ERR_NO, NULL, _("this is a key of the root, which only a new root takes away"));
        return err_hint(e, _("\"kaochang keys rotate --remove-root\""));
    }
    for (size_t i = 0; i < TARGETS_ROLES && revoked->has_key && r == 0; i++)
        r = drop_from_role(&next->role[i], &revoked->key, e);
    if (r == 0 && revoked->has_key && next->former.n == 1 && role_has_key(&next->former, &revoked->key))
        next->former.n = 0;
    else if (r == 0 && revoked->has_key)
        r = drop_from_role(&next->former, &revoked->key, e);
    return r < 0 ? r : targets_revoke(next, revoked, e);
}

int trust_revoke(struct trust *t, const struct revoked *list, size_t n, const struct minisign_secret *officer,
                 size_t n_officers, struct err *e)
{
    struct targets *next = NULL;
    int r = trust_copy_targets(t, &next, e);
    for (size_t i = 0; i < n && r == 0; i++)
        r = revoke_one(t, next, &list[i], e);
    if (r == 0)
        r = trust_amend(t, next, officer, n_officers, e);
    targets_free(next);
    return r;
}
