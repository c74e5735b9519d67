/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys root: the office's root document and its first targets, from keys that are there. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "exam-packages/document.h"
#include "exam-packages/trust.h"

static const int64_t ten_years_ms = 3653LL * 86400 * 1000;

/* Public parts of all keys of an option, and the secret parts of those that lie here. */
struct holders {
    struct role_key *public;
    struct minisign_secret *secret;
    size_t n, n_secrets;
};

static int add_holder(struct holders *h, const struct args *a, const char *name, struct err *e)
{
    h->public = mem_grow(h->public, h->n + 1, sizeof *h->public);
    h->secret = mem_grow(h->secret, h->n + 1, sizeof *h->secret);
    h->public[h->n].name = path_base(name);
    int r = keyring_public(a, name, &h->public[h->n].key, e);
    if (r < 0)
        return r;
    h->n++;
    char *path = keyring_path(a, name, ".key");
    if (file_exists(path)) {
        h->secret[h->n_secrets] = (struct minisign_secret){0};
        r = keyring_secret(a, name, &h->secret[h->n_secrets++], e);
    }
    free(path);
    return r;
}

static int gather(struct holders *h, const struct args *a, const char *option, struct err *e)
{
    const char *name;
    int r = 0;
    for (int i = 0; r == 0 && ((name = args_each(a, option, i)) || (i == 0 && (name = option))); i++)
        r = add_holder(h, a, name, e);
    return r;
}

static void release(struct holders *h)
{
    for (size_t i = 0; i < h->n_secrets; i++)
        minisign_secret_free(&h->secret[i]);
    free(h->public);
    free(h->secret);
}

static const char *name_of(const struct args *a, const char *option)
{
    return args_get(a, option) ? args_get(a, option) : option;
}

static int read_policy(const struct args *a, struct trust_policy *p, char expiry[32], struct err *e)
{
    struct clock_reading now;
    int r;
    clock_read(&now);
    p->expiry =
        args_get(a, "expiry") ? args_get(a, "expiry") : time_text(now.wall_ms + ten_years_ms, 0, expiry, 32);
    if ((r = document_check_time(p->expiry, NULL, e)) < 0 ||
        (r = args_int(a, "threshold", 1, ROLE_MAX_KEYS, 1, &p->officer_threshold, e)) < 0 ||
        (r = args_int(a, "root-threshold", 1, ROLE_MAX_KEYS, 1, &p->root_threshold, e)) < 0 ||
        (r = keyring_recipient(a, name_of(a, "recovery"), &p->recovery, e)) < 0)
        return r;
    return keyring_recipient(a, name_of(a, "results"), &p->results, e);
}

static int tell(const char *home, struct err *e)
{
    struct trust *t = NULL;
    char fingerprint[ROOT_FINGERPRINT_TEXT];
    int r = trust_load(&t, home, e);
    if (r == 0) {
        printf("%s\n", root_fingerprint(trust_root_document(t), fingerprint));
        fputs(_("This is the root's fingerprint: it is typed at every station when it is enrolled. Hand it "
                "out on paper.\n"),
              stderr);
    }
    trust_free(t);
    return r;
}

/* With a root already there: only its fingerprint again. */
static bool only_tell(const struct args *a)
{
    return args_get(a, "fingerprint") != NULL;
}

static int run(const struct args *a, struct err *e)
{
    struct holders roots = {0}, officers = {0};
    struct trust_policy p = {0};
    char expiry[32];
    if (only_tell(a))
        return tell(args_home(a), e);
    int r = read_policy(a, &p, expiry, e);
    if (r == 0)
        r = gather(&roots, a, "root", e);
    if (r == 0)
        r = gather(&officers, a, "officer", e);
    if (r == 0) {
        p.root = roots.public;
        p.n_roots = roots.n;
        p.officer = officers.public;
        p.n_officers = officers.n;
        r = trust_found(args_home(a), &p, roots.secret, roots.n_secrets, officers.secret, officers.n_secrets,
                        e);
    }
    if (r == 0)
        r = tell(args_home(a), e);
    release(&roots);
    release(&officers);
    return r;
}

static const struct command_option options[] = {
    {.name = "root", .arg = "NAME", .help = N_("A root key; repeatable (default: root)")},
    {.name = "root-threshold",
     .arg = "N",
     .help = N_("How many root keys must sign a root document (default 1)")},
    {.name = "officer", .arg = "NAME", .help = N_("An officer's key; repeatable (default: officer)")},
    {.name = "threshold",
     .arg = "N",
     .help = N_("How many officers must sign packages and the index (default 1)")},
    {.name = "recovery", .arg = "NAME", .help = N_("The recovery recipient R (default: recovery)")},
    {.name = "results", .arg = "NAME", .help = N_("The results recipient O (default: results)")},
    {.name = "expiry", .arg = "TIME", .help = N_("When the root ends (default: in ten years)")},
    {.name = "fingerprint", .help = N_("Only show the fingerprint of the root that is there")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_keys_root = {
    .name = "keys root",
    .args = "",
    .summary = N_("Make the office's root of trust from its keys, and show its fingerprint"),
    .example = "kaochang keys root --officer li --officer wang --threshold 2",
    .options = options,
    .no_json = true,
    .run = run,
};
