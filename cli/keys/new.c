/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys new: a signing key (minisign) or an identity (age), never over an old one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "cli/password.h"
#include "exam-packages/key-file.h"
#include "exam-packages/signatures.h"

static bool is_signing(const char *kind)
{
    static const char *const kinds[] = {"root", "officer", "site-signing", "chief", "rater"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    return false;
}

static bool is_sealing(const char *kind)
{
    static const char *const kinds[] = {"recovery", "results", "site", "proctor"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kind, kinds[i]) == 0)
            return true;
    return false;
}

/* The public part never stands for another secret, nor goes when its secret is kept elsewhere. */
static int check_new(const char *secret_path, const char *public_path, struct err *e)
{
    if (file_exists(secret_path)) {
        err_set(e, ERR_USAGE, secret_path, _("is already there; a key is never written over"));
        return err_hint(e, _("choose another name, or go on with the key that is there"));
    }
    if (file_exists(public_path)) {
        err_set(e, ERR_USAGE, public_path, _("is already there, and its secret part is kept elsewhere"));
        return err_hint(e,
                        _("choose another name; if this key is given up, take its public part away first"));
    }
    return 0;
}

static int put_pair(const char *secret_path, struct span secret, const char *public_path, struct span public,
                    struct err *e)
{
    char *folder = mem_strdup(secret_path);
    *strrchr(folder, '/') = '\0';
    int r = file_mkdirs(folder, true, e);
    if (r == 0)
        r = file_put_new(secret_path, 0600, secret, e);
    if (r == 0)
        r = file_put_new(public_path, 0644, public, e);
    free(folder);
    return r;
}

static int new_signing(const struct args *a, const char *name, const char *kind, struct err *e)
{
    struct minisign_secret key = {0};
    struct minisign_public public;
    struct secret password = {0};
    struct bytes text = {0}, public_text = {0};
    char *secret_path = keyring_path(a, name, ".key"), *public_path = keyring_path(a, name, ".pub");
    char line[PUBLIC_KEY_LINE], id[MINISIGN_ID_TEXT];
    int r = check_new(secret_path, public_path, e);
    if (r == 0 && !args_get(a, "no-password"))
        r = password_read(args_get(a, "password-file"), "--password-file", _("Password for the new key"),
                          true, &password, e);
    if (r == 0)
        r = minisign_new(&key, e);
    if (r == 0)
        r = minisign_secret_write(&key, &password, &text, e);
    if (r == 0) {
        minisign_secret_public(&key, &public);
        bytes_printf(&public_text, "untrusted comment: kaochang %s %s, minisign public key %s\n%s\n", kind,
                     name, minisign_id_text(public.id, id), public_key_line(&public, line));
        r = put_pair(secret_path, bytes_span(&text), public_path, bytes_span(&public_text), e);
    }
    if (r == 0)
        printf("%s\n", line);
    if (r == 0)
        fprintf(stderr, _("key id %s; secret part in %s\n"), id, secret_path);
    minisign_secret_free(&key);
    secret_free(&password);
    bytes_release(&text);
    bytes_release(&public_text);
    free(secret_path);
    free(public_path);
    return r;
}

/* A proctor carries his key on a stick: it has a passphrase unless he wants none. */
static int lock_identity(const struct args *a, const char *kind, struct bytes *text, struct err *e)
{
    struct secret passphrase = {0};
    if (strcmp(kind, "proctor") != 0 || args_get(a, "no-password"))
        return 0;
    int r = password_read(args_get(a, "password-file"), "--password-file", _("Passphrase for the new key"),
                          true, &passphrase, e);
    if (r == 0)
        r = key_file_lock(text, secret_span(&passphrase), e);
    secret_free(&passphrase);
    return r;
}

static int new_sealing(const struct args *a, const char *name, const char *kind, struct err *e)
{
    struct age_identity id = {0};
    struct age_recipient recipient;
    struct bytes text = {0}, public_text = {0};
    char *secret_path = keyring_path(a, name, ".identity"),
         *public_path = keyring_path(a, name, ".recipient");
    char line[AGE_RECIPIENT_TEXT];
    int r = check_new(secret_path, public_path, e);
    if (r == 0)
        r = age_identity_new(&id, e);
    if (r == 0) {
        age_identity_recipient(&id, &recipient);
        age_recipient_text(&recipient, line);
        bytes_printf(&text, "# kaochang %s %s\n# public key: %s\n", kind, name, line);
        age_identity_text(&id, &text);
        bytes_str(&text, "\n");
        bytes_printf(&public_text, "# kaochang %s %s\n%s\n", kind, name, line);
        r = lock_identity(a, kind, &text, e);
    }
    if (r == 0)
        r = put_pair(secret_path, bytes_span(&text), public_path, bytes_span(&public_text), e);
    if (r == 0)
        printf("%s\n", line);
    if (r == 0)
        fprintf(stderr, _("secret part in %s: keep an offline copy\n"), secret_path);
    age_identity_free(&id);
    bytes_release(&text);
    bytes_release(&public_text);
    free(secret_path);
    free(public_path);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *kind, *name = args_at(a, 0);
    int r = args_need(a, "kind", &kind, e);
    if (r < 0)
        return r;
    if (!path_is_plain_name(name))
        return err_set(e, ERR_USAGE, name, _("is not a plain name for a key"));
    if (!file_exists(args_home(a))) {
        err_set(e, ERR_USAGE, args_home(a), _("there is no such folder"));
        return err_hint(e, _("\"kaochang new DIR\" makes an office; keys may lie in any folder that is there"));
    }
    if (is_signing(kind))
        return new_signing(a, name, kind, e);
    if (is_sealing(kind))
        return new_sealing(a, name, kind, e);
    err_set(e, ERR_USAGE, NULL, _("there is no kind of key \"%s\""), kind);
    return err_hint(
        e,
        _("root, officer, site-signing, chief, rater (they sign); recovery, results, site, proctor (for them things "
          "are sealed)"));
}

static const struct command_option options[] = {
    {.name = "kind",
     .arg = "KIND",
     .help = N_("root, officer, site-signing, chief, rater, recovery, results, site or proctor")},
    {.name = "password-file",
     .arg = "FILE",
     .help = N_("The password of a signing key, or of a proctor's key, is the first line of this file")},
    {.name = "no-password",
     .help = N_("A signing key, or a proctor's key, without a password: for tests and demonstrations")},
    {0},
};

const struct command cmd_keys_new = {
    .name = "keys new",
    .args = "NAME",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Make a signing key, or an identity to seal for"),
    .example = "kaochang keys new officer --kind officer",
    .options = options,
    .no_json = true,
    .run = run,
};
