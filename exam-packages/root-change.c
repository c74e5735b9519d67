/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/root-change.h"

#include <string.h>

#include "base/i18n.h"

const struct role_key *role_key_named(const struct role *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++)
        if (strcmp(r->key[i].name, name) == 0)
            return &r->key[i];
    return NULL;
}

bool role_has_key(const struct role *r, const struct minisign_public *key)
{
    for (size_t i = 0; i < r->n; i++)
        if (memcmp(r->key[i].key.pk, key->pk, sizeof key->pk) == 0)
            return true;
    return false;
}

static bool is_among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static int change_role(struct role *role, const struct role_change *c, struct arena *a, struct err *e)
{
    struct role_key *key = arena_array(a, role->n + c->n_add + 1, sizeof *key);
    size_t n = 0;
    for (size_t i = 0; i < c->n_remove; i++)
        if (!role_key_named(role, c->remove[i]))
            return err_set(e, ERR_USAGE, c->remove[i], _("the role \"%s\" has no key of this name"),
                           role->name);
    for (size_t i = 0; i < role->n; i++)
        if (!is_among(role->key[i].name, c->remove, c->n_remove))
            key[n++] = role->key[i];
    for (size_t i = 0; i < c->n_add; i++) {
        const struct role present = {.key = key, .n = n};
        if (role_key_named(&present, c->add[i].name) || role_has_key(&present, &c->add[i].key))
            return err_set(e, ERR_USAGE, c->add[i].name,
                           _("the role \"%s\" has this key, or one of this name"), role->name);
        key[n++] = c->add[i];
    }
    role->key = key;
    role->n = n;
    if (c->threshold || !role->threshold)
        role->threshold = c->threshold ? c->threshold : 1;
    return 0;
}

int root_propose(const struct root *old, const struct root_change *change, struct bytes *out, struct err *e)
{
    struct root *next = root_new();
    int r = 0;
    next->version = old ? old->version + 1 : 1;
    next->expiry = change->expiry;
    for (size_t i = 0; i < ROOT_ROLES && r == 0; i++) {
        if (old)
            next->role[i] = old->role[i];
        r = change_role(&next->role[i], i == ROOT_ROLE_ROOT ? &change->root : &change->officers, next->arena,
                        e);
    }
    if (r == 0)
        r = root_write(next, out, e);
    root_free(next);
    return r;
}
