/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/keys/keyring.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/password.h"
#include "exam-packages/trust.h"

char *keyring_path(const struct args *a, const char *name, const char *suffix)
{
    return strchr(name, '/') ? mem_strdup(name) : mem_printf("%s/keys/%s%s", args_home(a), name, suffix);
}

static int hint_new(const char *name, const char *kind, struct err *e)
{
    if (strchr(name, '/'))
        return err_hint(e, _("no such file: has it been copied here, is the stick in?"));
    return err_hint(e, _("make it with \"kaochang keys new %s --kind %s\""), name, kind);
}

int keyring_public(const struct args *a, const char *name, struct minisign_public *ret, struct err *e)
{
    char *path = keyring_path(a, name, ".pub");
    int r = minisign_public_load(path, ret, e);
    if (r < 0 && !file_exists(path))
        hint_new(name, strncmp(name, "root", 4) == 0 ? "root" : "officer", e);
    free(path);
    return r;
}

int keyring_recipient(const struct args *a, const char *name, struct age_recipient *ret, struct err *e)
{
    char *path = keyring_path(a, name, ".recipient");
    int r = age_recipient_load(path, ret, e);
    if (r < 0 && !file_exists(path))
        hint_new(name, strcmp(name, "recovery") == 0 || strcmp(name, "results") == 0 ? name : "site", e);
    free(path);
    return r;
}

static int parse_secret(const struct args *a, const char *name, struct span text, struct minisign_secret *ret,
                        struct err *e)
{
    struct secret password = {0};
    bool locked = false;
    char *prompt = mem_printf(_("Password of the key %s"), path_base(name));
    int r = minisign_secret_locked(text, &locked, e);
    if (r == 0 && locked && !args_get(a, "no-password"))
        r = password_read(args_get(a, "password-file"), "--password-file", prompt, false, &password, e);
    if (r == 0)
        r = minisign_secret_parse(text, &password, ret, e);
    secret_free(&password);
    free(prompt);
    return r;
}

int keyring_secret(const struct args *a, const char *name, struct minisign_secret *ret, struct err *e)
{
    struct bytes text = {0};
    char *path = keyring_path(a, name, ".key");
    int r = file_read(path, MINISIGN_FILE_MAX, &text, e);
    if (r < 0 && !file_exists(path))
        hint_new(name, "officer", e);
    else if (r == 0 && (r = parse_secret(a, name, bytes_span(&text), ret, e)) < 0)
        err_within(e, path);
    bytes_release(&text);
    free(path);
    return r;
}

/* Nobody was named, and nobody is called "officer": those who may sign. */
static int name_officers(const struct args *a, const char *option, enum targets_role role, struct err *e)
{
    struct trust *t = NULL;
    struct bytes names = {0};
    const struct role *who = NULL;
    if (trust_load(&t, args_home(a), NULL) == 0 && trust_targets(t))
        who = &trust_targets(t)->role[role];
    for (size_t i = 0; who && i < who->n; i++)
        bytes_printf(&names, "%s%s", i ? ", " : "", who->key[i].name);
    if (names.n) {
        err_set(e, ERR_USAGE, NULL, _("say who signs: --%s NAME"), option);
        err_hint(e, _("officers: %.*s; %lld must sign, the option is given once for each"), (int)names.n,
                 (const char *)names.p, (long long)who->threshold);
    }
    bytes_release(&names);
    trust_free(t);
    return e ? -(int)e->kind : -ERR_USAGE;
}

int keyring_officer(const struct args *a, const char *name, const char *option, enum targets_role role,
                    struct minisign_secret *ret, struct err *e)
{
    char *usual = keyring_path(a, "officer", ".key");
    int r = keyring_secret(a, name ? name : "officer", ret, e);
    if (r < 0 && !name && !file_exists(usual))
        r = name_officers(a, option, role, e);
    free(usual);
    return r;
}

int keyring_open(struct keyring *ret, const struct args *a, const char *option, const char *fallback,
                 struct err *e)
{
    struct keyring k = {0};
    int r = 0;
    for (const char *name;
         r == 0 && ((name = args_each(a, option, (int)k.n)) || (k.n == 0 && (name = fallback)));) {
        k.name = mem_grow(k.name, k.n + 1, sizeof *k.name);
        k.key = mem_grow(k.key, k.n + 1, sizeof *k.key);
        k.key[k.n] = (struct minisign_secret){0};
        k.name[k.n] = name;
        bool officer = name == fallback && strcmp(name, "officer") == 0;
        r = officer ? keyring_officer(a, NULL, option, TARGETS_ROLE_PACKAGE, &k.key[k.n++], e)
                    : keyring_secret(a, name, &k.key[k.n++], e);
    }
    if (r < 0)
        keyring_close(&k);
    *ret = k;
    return r;
}

void keyring_close(struct keyring *k)
{
    for (size_t i = 0; i < k->n; i++)
        minisign_secret_free(&k->key[i]);
    free(k->key);
    free(k->name);
    *k = (struct keyring){0};
}
