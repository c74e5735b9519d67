/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/officers.h"

#include "base/i18n.h"
#include "cli/keys/keyring.h"

int officers_sign(const struct args *a, const struct trust *t, const char *folder, const char *name,
                  struct span document, const char *comment, struct err *e)
{
    const struct targets *targets = trust_targets(t);
    struct keyring officers = {0};
    struct signatures s = {0};
    struct arena *arena = arena_new();
    int r = targets ? 0 : err_set(e, ERR_NO, name, _("this home knows no officers yet"));
    if (r == 0)
        r = keyring_open(&officers, a, "officer", "officer", e);
    if (r == 0)
        r = signatures_make(&s, arena, document, comment, officers.key, officers.n, e);
    if (r == 0)
        r = role_verify(&targets->role[TARGETS_ROLE_PACKAGE], name, document, comment, &s, e);
    if (r == 0)
        r = signatures_save_document(folder, name, document, &s, e);
    keyring_close(&officers);
    arena_free(arena);
    return r;
}
