/* SPDX-License-Identifier: Apache-2.0 */
/* From one root to the next, after TUF 5.3. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"
#include "exam-packages/trust-internal.h"

int trust_root_at(const struct trust *t, int64_t version, struct arena *a, struct span *ret,
                  struct signatures *ret_signatures, struct err *e)
{
    return signatures_load_document(ret, ret_signatures, a, t->folder,
                                    arena_printf(a, "%lld.root.xml", (long long)version), DOCUMENT_MAX_BYTES,
                                    e);
}

int trust_load_root_at(const struct trust *t, int64_t version, struct arena *a, struct root **ret,
                       struct span *ret_document, struct err *e)
{
    struct signatures s;
    struct root *root = NULL;
    const char *name = arena_printf(a, "%lld.root.xml", (long long)version);
    int r = trust_root_at(t, version, a, ret_document, &s, e);
    if (r == 0)
        r = root_read(&root, name, *ret_document, e);
    if (r == 0 && root->version != version)
        r = err_set(e, ERR_NO, t->folder, _("%s holds another version than its name says"), name);
    if (r == 0)
        r = trust_verify_root(&root->role[ROOT_ROLE_ROOT], name, version, *ret_document, &s, e);
    if (r < 0) {
        root_free(root);
        return r;
    }
    *ret = root;
    return 0;
}

static int check_version(const struct trust *t, const struct root *next, const char *name, struct err *e)
{
    int64_t here = t->root->version;
    if (next->version <= here) {
        err_set(e, ERR_NO, name,
                _("is root version %lld, and version %lld is trusted here already: an old root is being "
                  "played back"),
                (long long)next->version, (long long)here);
        return err_hint(e, _("get a current copy of the repository"));
    }
    if (next->version > here + 1) {
        err_set(e, ERR_NO, name,
                _("is root version %lld, but the next one after %lld is wanted: none is skipped"),
                (long long)next->version, (long long)here);
        return err_hint(e, _("the repository keeps every root; get a whole copy of it"));
    }
    return 0;
}

/* Both thresholds: who held the keys until now hands them on, and who is to hold them has them. */
static int check_next(const struct trust *t, const struct root *next, struct span document,
                      const struct signatures *s, struct err *e)
{
    char name[40], by_old[80], by_new[80];
    snprintf(name, sizeof name, "%lld.root.xml", (long long)next->version);
    snprintf(by_old, sizeof by_old, _("%s (by root version %lld)"), name, (long long)t->root->version);
    snprintf(by_new, sizeof by_new, _("%s (by its own keys)"), name);
    int r = check_version(t, next, name, e);
    if (r < 0)
        return r;
    if ((r = trust_verify_root(&t->root->role[ROOT_ROLE_ROOT], by_old, next->version, document, s, e)) < 0 ||
        (r = trust_verify_root(&next->role[ROOT_ROLE_ROOT], by_new, next->version, document, s, e)) < 0)
        return e && e->hint[0]
                   ? r
                   : err_hint(e, _("a new root is signed by enough keys of the root before it and "
                                   "by enough of its own"));
    return 0;
}

int trust_check_root(const struct trust *t, struct span document, const struct signatures *s, struct err *e)
{
    struct root *next = NULL;
    int r = root_read(&next, "root.xml", document, e);
    if (r == 0)
        r = check_next(t, next, document, s, e);
    root_free(next);
    return r;
}

static bool same_role(const struct role *a, const struct role *b)
{
    bool same = a->threshold == b->threshold && a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++) {
        bool found = false;
        for (size_t j = 0; j < b->n; j++)
            found = found || minisign_public_equal(&a->key[i].key, &b->key[j].key);
        same = found;
    }
    return same;
}

static bool index_keys_changed(const struct root *a, const struct root *b)
{
    return !same_role(&a->role[ROOT_ROLE_TARGETS], &b->role[ROOT_ROLE_TARGETS]) ||
           !same_role(&a->role[ROOT_ROLE_SNAPSHOT], &b->role[ROOT_ROLE_SNAPSHOT]) ||
           !same_role(&a->role[ROOT_ROLE_TIMESTAMP], &b->role[ROOT_ROLE_TIMESTAMP]);
}

/* The targets in use stay in use under the root that they were accepted under, as a file that no later
 * version writes over. */
static int keep_targets(const struct trust *t, struct trust_seen *seen, struct err *e)
{
    struct arena *a = arena_new();
    struct span document;
    struct signatures s;
    int r = 0;
    if (t->targets && !t->seen.kept) {
        const char *name = arena_printf(a, "%lld.targets.xml", (long long)t->seen.targets);
        r = signatures_load_document(&document, &s, a, t->folder, name, DOCUMENT_MAX_BYTES, e);
        if (r == 0)
            r = signatures_save_document(t->folder, TRUST_KEPT_TARGETS, document, &s, e);
        seen->kept = t->seen.targets;
        seen->kept_root = t->seen.root;
        memcpy(seen->kept_root_hash, t->seen.root_hash, sizeof seen->kept_root_hash);
    }
    arena_free(a);
    return r;
}

static int pin_next(struct trust *t, const struct root *next, struct span document,
                    const struct signatures *s, bool forget, struct trust_seen *ret, struct err *e)
{
    struct trust_seen seen = t->seen;
    char *name = mem_printf("%lld.root.xml", (long long)next->version);
    bool changed = index_keys_changed(t->root, next);
    seen.root = next->version;
    blake2b_256(seen.root_hash, document);
    int r = changed ? keep_targets(t, &seen, e) : 0;
    if (changed && forget)
        seen.targets = seen.snapshot = seen.timestamp = 0;
    if (r == 0)
        r = signatures_save_document(t->folder, name, document, s, e);
    if (r == 0)
        r = trust_seen_write(t->folder, &seen, e);
    free(name);
    *ret = seen;
    return r;
}

static void adopt(struct trust *t, struct root *next, struct span document, const struct signatures *s)
{
    root_free(t->root);
    t->root = next;
    t->root_document = span_of(arena_copy(t->arena, document.p, document.n), document.n);
    t->root_signatures = *s;
    for (size_t i = 0; i < s->n; i++)
        t->root_signatures.list[i].file =
            span_of(arena_copy(t->arena, s->list[i].file.p, s->list[i].file.n), s->list[i].file.n);
}

static int rotate(struct trust *t, struct span document, const struct signatures *s, bool forget,
                  struct err *e)
{
    struct root *next = NULL;
    struct trust_seen seen;
    int r = root_read(&next, "root.xml", document, e);
    if (r == 0)
        r = check_next(t, next, document, s, e);
    if (r == 0)
        r = pin_next(t, next, document, s, forget, &seen, e);
    if (r < 0) {
        root_free(next);
        return r;
    }
    t->seen = seen;
    adopt(t, next, document, s);
    return 0;
}

int trust_rotate(struct trust *t, struct span document, const struct signatures *s, struct err *e)
{
    return rotate(t, document, s, true, e);
}

int trust_install(struct trust *t, struct span document, const struct signatures *s, struct err *e)
{
    return rotate(t, document, s, false, e);
}
