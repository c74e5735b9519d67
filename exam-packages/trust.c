/* SPDX-License-Identifier: Apache-2.0 */
#include "exam-packages/trust-internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"

const struct root *trust_root(const struct trust *t)
{
    return t->root;
}

struct span trust_root_document(const struct trust *t)
{
    return t->root_document;
}

const struct signatures *trust_root_signatures(const struct trust *t)
{
    return &t->root_signatures;
}

const struct targets *trust_targets(const struct trust *t)
{
    return t->targets;
}

const struct trust_seen *trust_seen(const struct trust *t)
{
    return &t->seen;
}

void trust_free(struct trust *t)
{
    if (!t)
        return;
    root_free(t->root);
    targets_free(t->targets);
    arena_free(t->arena);
    free(t->folder);
    free(t);
}

static struct trust *trust_new(const char *home)
{
    struct trust *t = mem_alloc(sizeof *t);
    t->arena = arena_new();
    t->folder = path_join(home, "trust");
    return t;
}

int trust_verify_root(const struct role *by, const char *name, int64_t version, struct span document,
                      const struct signatures *s, struct err *e)
{
    char comment[64];
    snprintf(comment, sizeof comment, "kaochang/1 role=root version=%lld", (long long)version);
    return role_verify(by, name, document, comment, s, e);
}

static int check_root(const struct root *root, struct span document, const struct signatures *s,
                      struct err *e)
{
    return trust_verify_root(&root->role[ROOT_ROLE_ROOT], "root.xml", root->version, document, s, e);
}

int trust_verify_targets(const struct root *root, struct span document, const struct signatures *s,
                         struct targets **ret, struct err *e)
{
    char comment[64];
    struct targets *targets = NULL;
    int r = targets_read(&targets, "targets.xml", document, e);
    if (r < 0)
        return r;
    snprintf(comment, sizeof comment, "kaochang/1 role=targets version=%lld", (long long)targets->version);
    r = role_verify(&root->role[ROOT_ROLE_TARGETS], "targets.xml", document, comment, s, e);
    if (r < 0) {
        targets_free(targets);
        return r;
    }
    *ret = targets;
    return 0;
}

int trust_check_targets(const struct trust *t, struct span document, const struct signatures *s,
                        struct targets **ret, struct err *e)
{
    return trust_verify_targets(t->root, document, s, ret, e);
}

static int load_root(struct trust *t, struct err *e)
{
    uint8_t hash[32];
    const char *name = arena_printf(t->arena, "%lld.root.xml", (long long)t->seen.root);
    int r = signatures_load_document(&t->root_document, &t->root_signatures, t->arena, t->folder, name,
                                     DOCUMENT_MAX_BYTES, e);
    if (r < 0)
        return r;
    blake2b_256(hash, t->root_document);
    if (memcmp(hash, t->seen.root_hash, sizeof hash) != 0)
        return err_set(e, ERR_NO, t->folder, _("%s is not the root document that was pinned"), name);
    r = root_read(&t->root, name, t->root_document, e);
    return r < 0 ? r : check_root(t->root, t->root_document, &t->root_signatures, e);
}

/* Those in use since before the root was rotated, under the root of that time. */
static int load_kept(struct trust *t, struct span document, const struct signatures *s, struct err *e)
{
    struct root *root = NULL;
    struct span root_document;
    uint8_t hash[32];
    int r = trust_load_root_at(t, t->seen.kept_root, t->arena, &root, &root_document, e);
    if (r < 0)
        return r;
    blake2b_256(hash, root_document);
    r = memcmp(hash, t->seen.kept_root_hash, sizeof hash) == 0
            ? trust_verify_targets(root, document, s, &t->targets, e)
            : err_set(e, ERR_NO, t->folder, _("the root of the kept targets is not the one that was pinned"));
    root_free(root);
    return r;
}

static int load_targets(struct trust *t, struct err *e)
{
    struct span document;
    struct signatures s;
    int64_t version = t->seen.kept ? t->seen.kept : t->seen.targets;
    if (version == 0)
        return 0;
    const char *name =
        t->seen.kept ? TRUST_KEPT_TARGETS : arena_printf(t->arena, "%lld.targets.xml", (long long)version);
    int r = signatures_load_document(&document, &s, t->arena, t->folder, name, DOCUMENT_MAX_BYTES, e);
    if (r == 0)
        r = t->seen.kept ? load_kept(t, document, &s, e)
                         : trust_check_targets(t, document, &s, &t->targets, e);
    if (r == 0 && t->targets->version != version)
        r = err_set(e, ERR_NO, t->folder, _("%s holds another version than its name says"), name);
    return r;
}

int trust_load(struct trust **ret, const char *home, struct err *e)
{
    struct trust *t = trust_new(home);
    int r = trust_seen_read(t->folder, &t->seen, e);
    if (r == 0)
        r = load_root(t, e);
    if (r == 0)
        r = load_targets(t, e);
    if (r < 0) {
        trust_free(t);
        return r;
    }
    *ret = t;
    return 0;
}

/* Whether this home came to its root from this one, or has it: the fingerprint on an old sheet is right. */
static bool is_known_root(const struct trust *t, int64_t version, struct span document)
{
    struct bytes here = {0};
    char *path = mem_printf("%s/%lld.root.xml", t->folder, (long long)version);
    bool known =
        file_read(path, DOCUMENT_MAX_BYTES, &here, NULL) == 0 && span_equal(bytes_span(&here), document);
    bytes_release(&here);
    free(path);
    return known;
}

static int refuse_other_root(const struct trust *t, struct span document, struct err *e)
{
    struct trust_seen old;
    int r = trust_seen_read(t->folder, &old, e);
    if (r == 0 && (t->seen.root > old.root || !is_known_root(t, t->seen.root, document))) {
        r = err_set(e, ERR_NO, t->folder, _("this home already trusts another root"));
        err_hint(
            e,
            _("a changed root of the same office comes with \"pull\"; for another office use another home"));
    }
    return r;
}

static int save_targets(struct trust *t, struct span document, const struct signatures *s, struct err *e)
{
    int r = trust_check_targets(t, document, s, &t->targets, e);
    if (r < 0)
        return r;
    t->seen.targets = t->targets->version;
    return signatures_save_document(
        t->folder, arena_printf(t->arena, "%lld.targets.xml", (long long)t->seen.targets), document, s, e);
}

int trust_begin(const char *home, struct span document, const struct signatures *s, const char *typed,
                struct span targets, const struct signatures *by_targets, struct err *e)
{
    struct trust *t = trust_new(home);
    char *seen_path = path_join(t->folder, "seen.xml");
    int r = typed ? root_is(document, typed, e) : 0;
    if (r == 0)
        r = root_read(&t->root, "root.xml", document, e);
    if (r == 0)
        r = check_root(t->root, document, s, e);
    if (r < 0)
        goto done;
    t->seen.root = t->root->version;
    blake2b_256(t->seen.root_hash, document);
    if (file_exists(seen_path)) {
        r = refuse_other_root(t, document, e);
        goto done;
    }
    const char *name = arena_printf(t->arena, "%lld.root.xml", (long long)t->root->version);
    if ((r = file_mkdirs(t->folder, false, e)) == 0 &&
        (r = signatures_save_document(t->folder, name, document, s, e)) == 0 &&
        (r = targets.p ? save_targets(t, targets, by_targets, e) : 0) == 0)
        r = trust_seen_write(t->folder, &t->seen, e);
done:
    free(seen_path);
    trust_free(t);
    return r;
}

int trust_pin(const char *home, struct span root, const struct signatures *s, const char *typed,
              struct err *e)
{
    return trust_begin(home, root, s, typed, (struct span){0}, NULL, e);
}

int trust_accept(struct trust *t, struct span document, const struct signatures *s, int64_t snapshot,
                 int64_t timestamp, struct err *e)
{
    struct targets *targets = NULL;
    struct trust_seen seen = t->seen;
    int r = trust_check_targets(t, document, s, &targets, e);
    if (r < 0)
        return r;
    seen.targets = targets->version;
    seen.snapshot = snapshot;
    seen.timestamp = timestamp;
    seen.kept = seen.kept_root = 0;
    if (seen.targets < t->seen.targets || snapshot < t->seen.snapshot || timestamp < t->seen.timestamp) {
        targets_free(targets);
        return err_set(e, ERR_NO, t->folder, _("newer versions than these were already seen"));
    }
    char *name = mem_printf("%lld.targets.xml", (long long)targets->version);
    r = signatures_save_document(t->folder, name, document, s, e);
    if (r == 0)
        r = trust_seen_write(t->folder, &seen, e);
    free(name);
    if (r < 0) {
        targets_free(targets);
        return r;
    }
    targets_free(t->targets);
    t->targets = targets;
    t->seen = seen;
    return 0;
}

int trust_with_targets(struct trust **ret, const struct trust *t, struct span targets,
                       const struct signatures *s, struct err *e)
{
    struct trust *other = mem_alloc(sizeof *other);
    other->arena = arena_new();
    other->folder = mem_strdup(t->folder);
    other->seen = t->seen;
    other->root_document =
        span_of(arena_copy(other->arena, t->root_document.p, t->root_document.n), t->root_document.n);
    int r = root_read(&other->root, "root.xml", other->root_document, e);
    if (r == 0)
        r = trust_check_targets(other, targets, s, &other->targets, e);
    if (r < 0) {
        trust_free(other);
        return r;
    }
    *ret = other;
    return 0;
}
