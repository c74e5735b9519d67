/* SPDX-License-Identifier: Apache-2.0 */
/* The indexes that were: what they listed stays accepted. */
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "exam-packages/derive.h"
#include "exam-packages/document.h"
#include "exam-packages/trust-internal.h"

static bool lists_package(const struct targets *targets, const struct accepted_package *p)
{
    uint8_t hash[32];
    blake2b_256(hash, p->manifest);
    const struct target_package *listed = targets_find_package(targets, hash);
    return listed && strcmp(listed->session, p->session) == 0 && listed->version == p->version;
}

static bool lists_supplement(const struct targets *targets, const struct accepted_package *p)
{
    for (size_t i = 0; i < targets->n_supplements; i++) {
        const struct target_supplement *listed = &targets->supplement[i];
        if (strcmp(listed->session, p->session) == 0 && listed->number == p->version)
            return memcmp(listed->hash, p->file, sizeof listed->hash) == 0;
    }
    return false;
}

static bool listed_and_signed(const struct targets *targets, const struct accepted_package *p,
                              const struct signatures *s)
{
    struct role_key key[2 * ROLE_MAX_KEYS];
    const struct role *now = &targets->role[TARGETS_ROLE_PACKAGE];
    struct role both = {.name = now->name, .threshold = now->threshold, .key = key};
    if (p->file ? !lists_supplement(targets, p) : !lists_package(targets, p))
        return false;
    for (size_t i = 0; i < now->n; i++)
        key[both.n++] = now->key[i];
    for (size_t i = 0; i < targets->former.n; i++)
        key[both.n++] = targets->former.key[i];
    return role_verify(&both, p->name, p->manifest, p->comment, s, NULL) == 0;
}

/* Signed as a root of this home says that was in force. */
static int verify_earlier(const struct trust *t, struct span document, const struct signatures *s,
                          struct arena *a, struct targets **ret, struct err *e)
{
    int r = err_set(e, ERR_NO, t->folder, _("no root of this home vouches for an earlier index"));
    for (int64_t v = t->seen.root; v >= 1; v--) {
        struct root *root = NULL;
        struct span root_document;
        if (trust_load_root_at(t, v, a, &root, &root_document, NULL) == 0)
            r = trust_verify_targets(root, document, s, ret, e);
        root_free(root);
        if (r == 0)
            return 0;
    }
    return r;
}

static int load_earlier(const struct trust *t, const char *name, struct arena *a, struct targets **ret,
                        struct err *e)
{
    struct span document;
    struct signatures s;
    int r = signatures_load_document(&document, &s, a, t->folder, name, DOCUMENT_MAX_BYTES, e);
    return r < 0 ? r : verify_earlier(t, document, &s, a, ret, e);
}

static bool is_targets(const char *name)
{
    static const char suffix[] = ".targets.xml";
    size_t n = strlen(name), end = strlen(suffix);
    return n > end && strcmp(name + n - end, suffix) == 0;
}

static bool accepted_by(const struct trust *t, const char *name, const struct accepted_package *p,
                        const struct signatures *s)
{
    struct arena *a = arena_new();
    struct targets *earlier = NULL;
    bool good = load_earlier(t, name, a, &earlier, NULL) == 0 && listed_and_signed(earlier, p, s);
    targets_free(earlier);
    arena_free(a);
    return good;
}

bool trust_accepted(const struct trust *t, const struct accepted_package *p, const struct signatures *s)
{
    struct file_names names = {0};
    bool good = listed_and_signed(t->targets, p, s);
    if (good || file_list(t->folder, &names, NULL) < 0)
        return good;
    for (size_t i = 0; i < names.n && !good; i++)
        good = is_targets(names.name[i]) && accepted_by(t, names.name[i], p, s);
    file_names_free(&names);
    return good;
}
