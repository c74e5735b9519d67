/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang adjudicate sign: one signature more beside a decision, with the certificate of who signs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/adjudicate/case-text.h"
#include "cli/adjudicate/commands.h"
#include "cli/keys/keyring.h"
#include "exam-packages/decision-file.h"

/* "stick/E07.key" -> "stick/E07.certificate.xml" */
static char *beside(const char *key)
{
    size_t n = strlen(key);
    bool suffixed = n > 4 && strcmp(key + n - 4, ".key") == 0;
    return mem_printf("%.*s.certificate.xml", (int)(suffixed ? n - 4 : n), key);
}

/* --certificate, or keys/NAME.certificate.xml where it is; NULL: the key is an officer's. The caller frees.
 */
static char *certificate_of(const struct args *a, const char *name)
{
    const char *given = args_get(a, "certificate");
    char *path = given               ? mem_strdup(given)
                 : strchr(name, '/') ? beside(name)
                                     : keyring_path(a, name, ".certificate.xml");
    if (!given && !file_exists(path)) {
        free(path);
        return NULL;
    }
    return path;
}

static int tell(const char *path, struct err *e)
{
    struct decision_file f = {0};
    int r = decision_file_load(&f, path, e);
    if (r == 0)
        printf(_("%s: signatures: %zu; \"kaochang merge %s\" takes it in, or says who is missing\n"), path,
               f.signatures.n, path);
    decision_file_release(&f);
    return r;
}

static int sign(const struct args *a, const char *path, const char *name, struct err *e)
{
    struct minisign_secret key = {0};
    char *certificate = certificate_of(a, name);
    int r = keyring_secret(a, name, &key, e);
    if (r == 0)
        r = decision_file_sign(path, &key, certificate, e);
    minisign_secret_free(&key);
    free(certificate);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *name = NULL;
    int r = args_need(a, "signer", &name, e);
    for (int f = 0; r == 0 && f < args_count(a); f++) {
        for (int i = 0; r == 0 && (name = args_each(a, "signer", i)); i++)
            r = sign(a, args_at(a, f), name, e);
        if (r == 0)
            r = tell(args_at(a, f), e);
    }
    return r;
}

static const struct command_option options[] = {
    {.name = "signer", .key = 's', .arg = "KEY", .help = N_("Who signs: a key's name or file; repeatable")},
    {.name = "certificate",
     .arg = "FILE",
     .help = N_("The signer's certificate (default: keys/KEY.certificate.xml; an officer needs none)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The key's password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the key must have no password")},
    {0},
};

const struct command cmd_adjudicate_sign = {
    .name = "adjudicate sign",
    .args = "DECISION…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Sign decisions: once for everybody who must"),
    .example = "kaochang adjudicate sign d1.xml -s chief-wang",
    .options = options,
    .no_json = true,
    .run = run,
};
