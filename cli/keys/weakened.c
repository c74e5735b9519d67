/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/weakened.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "exam-packages/zip.h"

/* Whether `file` is "BEFOREKEYID.minisig" with the id of an officer. */
static bool is_signature(const char *file, const char *before, const struct role *officers)
{
    char id[MINISIGN_ID_TEXT];
    size_t n = strlen(before);
    for (size_t i = 0; strncmp(file, before, n) == 0 && i < officers->n; i++) {
        minisign_id_text(officers->key[i].key.id, id);
        if (strncmp(file + n, id, strlen(id)) == 0 && strcmp(file + n + strlen(id), ".minisig") == 0)
            return true;
    }
    return false;
}

static bool package_is_weak(const char *path, const struct role *officers)
{
    struct zip *z = NULL;
    int64_t good = 0;
    if (zip_open_file_later(&z, path, NULL) < 0)
        return false;
    for (size_t i = 0; i < zip_count(z); i++)
        good += is_signature(zip_name(z, i), "manifest.xml.", officers);
    zip_close(z);
    return good < officers->threshold;
}

static bool roster_is_weak(const char *folder, const struct role *officers)
{
    struct file_names names = {0};
    char *roster = path_join(folder, "roster.xml");
    int64_t good = 0;
    bool there = file_exists(roster) && file_list(folder, &names, NULL) == 0;
    for (size_t i = 0; i < names.n; i++)
        good += is_signature(names.name[i], "roster.xml.", officers);
    file_names_free(&names);
    free(roster);
    return there && good < officers->threshold;
}

static bool is_weak(const struct args *a, const char *path, const struct role *officers)
{
    char *file = mem_printf("%s/repo/%s", args_home(a), path);
    bool weak = package_is_weak(file, officers);
    free(file);
    return weak;
}

static void tell_session(const struct args *a, const struct trust *t, const struct target_package *p,
                         struct arena *arena)
{
    const struct targets *all = trust_targets(t);
    const struct role *officers = &all->role[TARGETS_ROLE_PACKAGE];
    char *folder = mem_printf("%s/sessions/%s", args_home(a), p->session);
    if (is_weak(a, target_package_path(arena, p), officers))
        fprintf(stderr,
                _("session %s: stations that have not pulled it yet refuse its package: pack and publish it again, "
                  "with other officers\n"),
                p->session);
    for (size_t i = 0; i < all->n_supplements; i++)
        if (strcmp(all->supplement[i].session, p->session) == 0 &&
            is_weak(a, target_supplement_path(arena, &all->supplement[i]), officers))
            fprintf(stderr,
                    _("session %s: stations that have not pulled it yet refuse its supplement %lld: make it "
                      "again today\n"),
                    p->session, (long long)all->supplement[i].number);
    if (roster_is_weak(folder, officers))
        fprintf(stderr,
                _("session %s: a new store does not take its roster any more; another officer signs it: kaochang "
                  "sign --secret-key keys/NAME.key --comment \"kaochang/1 role=roster session=%s\" "
                  "-o %s/roster.xml.KEYID.minisig %s/roster.xml\n"),
                p->session, p->session, folder, folder);
    free(folder);
}

void weakened_tell(const struct args *a, const struct trust *t)
{
    const struct targets *all = trust_targets(t);
    struct arena *arena = arena_new();
    for (size_t i = 0; all && i < all->n_packages; i++)
        tell_session(a, t, &all->package[i], arena);
    arena_free(arena);
}
