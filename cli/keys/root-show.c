/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/root-show.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static void show_role(const char *what, const struct role *r)
{
    char id[MINISIGN_ID_TEXT], line[PUBLIC_KEY_LINE];
    printf(_("%s: %lld of these %zu must sign\n"), what, (long long)r->threshold, r->n);
    for (size_t i = 0; i < r->n; i++)
        printf("  %-16s %s  %s\n", r->key[i].name, minisign_id_text(r->key[i].key.id, id),
               public_key_line(&r->key[i].key, line));
}

static const char *holder(const struct root *r, const char *keyid)
{
    char id[MINISIGN_ID_TEXT];
    for (size_t i = 0; i < r->role[ROOT_ROLE_ROOT].n; i++)
        if (strcmp(minisign_id_text(r->role[ROOT_ROLE_ROOT].key[i].key.id, id), keyid) == 0)
            return r->role[ROOT_ROLE_ROOT].key[i].name;
    return _("(a key of the root before, or a stranger's)");
}

void root_show(const struct root *r, struct span document, const struct signatures *s)
{
    char fingerprint[ROOT_FINGERPRINT_TEXT];
    printf(_("Root version %lld, ends %s\n"), (long long)r->version, r->expiry);
    show_role(_("Root"), &r->role[ROOT_ROLE_ROOT]);
    show_role(_("Officers (packages, index, certificates)"), &r->role[ROOT_ROLE_TARGETS]);
    for (size_t i = 0; s && i < s->n; i++)
        printf(_("Signature by %s  %s\n"), s->list[i].keyid, holder(r, s->list[i].keyid));
    printf(_("Fingerprint  %s\n"), root_fingerprint(document, fingerprint));
}
