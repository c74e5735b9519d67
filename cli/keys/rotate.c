/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys rotate: the next root as a proposal to be signed, or other recipients R and O at once. */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "cli/keys/root-file.h"
#include "exam-packages/trust.h"

static bool given(const struct args *a, const char *const *names)
{
    for (; *names; names++)
        if (args_get(a, *names))
            return true;
    return false;
}

/* All values of --remove-…; borrowed from the arguments. */
static size_t names_of(const struct args *a, const char *option, const char **ret)
{
    size_t n = 0;
    while (n < ROLE_MAX_KEYS && (ret[n] = args_each(a, option, (int)n)))
        n++;
    return n;
}

static int next_root(const struct args *a, const struct trust *t, struct err *e)
{
    struct public_keys roots = {0}, officers = {0};
    struct root_change c = {0};
    const char *no_root[ROLE_MAX_KEYS], *no_officer[ROLE_MAX_KEYS], *out;
    char expiry[32];
    int r;
    if ((r = args_need(a, "output", &out, e)) == 0 && (r = root_expiry(a, expiry, &c.expiry, e)) == 0 &&
        (r = args_int(a, "root-threshold", 1, ROLE_MAX_KEYS, 0, &c.root.threshold, e)) == 0 &&
        (r = args_int(a, "threshold", 1, ROLE_MAX_KEYS, 0, &c.officers.threshold, e)) == 0 &&
        (r = public_keys_read(&roots, a, "add-root", NULL, e)) == 0 &&
        (r = public_keys_read(&officers, a, "add-officer", NULL, e)) == 0) {
        c.root.add = roots.key;
        c.root.n_add = roots.n;
        c.root.remove = no_root;
        c.root.n_remove = names_of(a, "remove-root", no_root);
        c.officers.add = officers.key;
        c.officers.n_add = officers.n;
        c.officers.remove = no_officer;
        c.officers.n_remove = names_of(a, "remove-officer", no_officer);
        r = root_file_propose(out, trust_root(t), &c, e);
    }
    public_keys_free(&roots);
    public_keys_free(&officers);
    return r;
}

static int change_recipients(const struct args *a, struct trust *t, struct err *e)
{
    struct targets *next = NULL;
    struct keyring officers = {0};
    const char *recovery = args_get(a, "recovery"), *results = args_get(a, "results");
    int r = trust_copy_targets(t, &next, e);
    if (r == 0 && recovery)
        r = keyring_recipient(a, recovery, &next->recovery, e);
    if (r == 0 && results)
        r = keyring_recipient(a, results, &next->results, e);
    if (r == 0)
        r = keyring_open(&officers, a, "officer", "officer", e);
    if (r == 0)
        r = trust_amend(t, next, officers.key, officers.n, e);
    if (r == 0)
        fputs(
            _("packages from now on are sealed for the new recipient. Keep the old identity: what was sealed for it "
              "opens with nothing else.\n"),
            stderr);
    keyring_close(&officers);
    targets_free(next);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    static const char *const of_root[] = {"add-root",    "remove-root",    "root-threshold",
                                          "add-officer", "remove-officer", "threshold",
                                          "expiry",      "output",         NULL};
    static const char *const at_once[] = {"recovery", "results", NULL};
    struct trust *t = NULL;
    int lock = -1, r;
    if (given(a, of_root) == given(a, at_once)) {
        err_set(e, ERR_USAGE, NULL, _("either the root and its officers change, or the recipients R and O"));
        return err_hint(
            e, _("a new root: --add-root, --remove-root, --add-officer, --remove-officer with -o FILE; "
                 "recipients: --recovery NAME, --results NAME"));
    }
    if ((r = trust_lock(args_home(a), &lock, e)) == 0 && (r = trust_load(&t, args_home(a), e)) == 0)
        r = given(a, of_root) ? next_root(a, t, e) : change_recipients(a, t, e);
    trust_free(t);
    trust_unlock(lock);
    return r;
}

static const struct command_option options[] = {
    {.name = "add-root", .arg = "NAME", .help = N_("A new root key, or its FILE.pub; repeatable")},
    {.name = "remove-root", .arg = "NAME", .help = N_("A root key that goes; repeatable")},
    {.name = "root-threshold", .arg = "N", .help = N_("How many root keys must sign from now on")},
    {.name = "add-officer", .arg = "NAME", .help = N_("A new officer's key, or its FILE.pub; repeatable")},
    {.name = "remove-officer", .arg = "NAME", .help = N_("An officer who leaves; repeatable")},
    {.name = "threshold", .arg = "N", .help = N_("How many officers must sign from now on")},
    {.name = "expiry", .arg = "TIME", .help = N_("When the new root ends (default: in ten years)")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("The new root document, to be signed: 2.root.xml")},
    {.name = "recovery", .arg = "NAME", .help = N_("Seal for this recovery recipient R from now on")},
    {.name = "results", .arg = "NAME", .help = N_("Seal for this results recipient O from now on")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs the change of recipients; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_keys_rotate = {
    .name = "keys rotate",
    .args = "",
    .summary = N_("Change keys: the next root document as a proposal to sign, or the recipients R and O"),
    .example = "kaochang keys rotate --add-officer sun --remove-officer zhao -o 2.root.xml",
    .options = options,
    .no_json = true,
    .run = run,
};
