/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys root: the office's first root of trust, with keys that are here or that are held elsewhere;
 * signing a root offline, and taking a signed one back. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "cli/keys/root-file.h"
#include "cli/keys/root-show.h"
#include "exam-packages/document.h"
#include "exam-packages/trust.h"

/* The secret parts of those keys of an option that lie in this home; a FILE.pub is of somebody elsewhere. */
static int secrets_here(struct keyring *ret, const struct args *a, const char *option, struct err *e)
{
    const char *name;
    int r = 0;
    *ret = (struct keyring){0};
    for (int i = 0; r == 0 && ((name = args_each(a, option, i)) || (i == 0 && (name = option))); i++) {
        char *path = keyring_path(a, name, ".key");
        if (!strchr(name, '/') && file_exists(path)) {
            ret->key = mem_grow(ret->key, ret->n + 1, sizeof *ret->key);
            ret->key[ret->n] = (struct minisign_secret){0};
            r = keyring_secret(a, name, &ret->key[ret->n++], e);
        }
        free(path);
    }
    return r;
}

static int recipients(const struct args *a, struct trust_recipients *ret, struct err *e)
{
    const char *recovery = args_get(a, "recovery"), *results = args_get(a, "results");
    int r = keyring_recipient(a, recovery ? recovery : "recovery", &ret->recovery, e);
    return r < 0 ? r : keyring_recipient(a, results ? results : "results", &ret->results, e);
}

static int thresholds(const struct args *a, struct root_change *c, struct err *e)
{
    int r = args_int(a, "threshold", 1, ROLE_MAX_KEYS, 1, &c->officers.threshold, e);
    return r < 0 ? r : args_int(a, "root-threshold", 1, ROLE_MAX_KEYS, 1, &c->root.threshold, e);
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

static int found(const struct args *a, const struct root_change *c, struct err *e)
{
    struct keyring roots = {0}, officers = {0};
    struct trust_recipients to;
    struct trust_policy p = {.root = c->root.add,
                             .n_roots = c->root.n_add,
                             .root_threshold = c->root.threshold,
                             .officer = c->officers.add,
                             .n_officers = c->officers.n_add,
                             .officer_threshold = c->officers.threshold,
                             .expiry = c->expiry};
    int r = recipients(a, &to, e);
    if (r == 0)
        r = secrets_here(&roots, a, "root", e);
    if (r == 0)
        r = secrets_here(&officers, a, "officer", e);
    if (r == 0) {
        p.recovery = to.recovery;
        p.results = to.results;
        r = trust_found(args_home(a), &p, roots.key, roots.n, officers.key, officers.n, e);
    }
    keyring_close(&roots);
    keyring_close(&officers);
    return r < 0 ? r : tell(args_home(a), e);
}

/* The first root: made and signed here, or with -o as a proposal to be signed elsewhere. */
static int first(const struct args *a, struct err *e)
{
    struct public_keys roots = {0}, officers = {0};
    struct root_change c = {0};
    char expiry[32];
    int r = root_expiry(a, expiry, &c.expiry, e);
    if (r == 0)
        r = thresholds(a, &c, e);
    if (r == 0)
        r = public_keys_read(&roots, a, "root", "root", e);
    if (r == 0)
        r = public_keys_read(&officers, a, "officer", "officer", e);
    if (r == 0) {
        const char *out = args_get(a, "output");
        c.root.add = roots.key;
        c.root.n_add = roots.n;
        c.officers.add = officers.key;
        c.officers.n_add = officers.n;
        r = out ? root_file_propose(out, NULL, &c, e) : found(a, &c, e);
    }
    public_keys_free(&roots);
    public_keys_free(&officers);
    return r;
}

static int show(const char *path, struct err *e)
{
    struct root_file f = {0};
    int r = root_file_read(&f, path, e);
    if (r == 0)
        root_show(f.root, f.document, &f.signatures);
    root_file_release(&f);
    return r;
}

static int put_signature(const struct root_file *f, const char *path, const struct minisign_secret *key,
                         struct err *e)
{
    struct signatures s;
    struct minisign_public public;
    const char *comment =
        arena_printf(f->arena, "kaochang/1 role=root version=%lld", (long long)f->root->version);
    minisign_secret_public(key, &public);
    const char *to = arena_printf(f->arena, "%s/%s", dirname(arena_strdup(f->arena, path)),
                                  signature_name_of(f->arena, path_base(path), &public));
    int r = signatures_make(&s, f->arena, f->document, comment, key, 1, e);
    if (r == 0)
        r = file_put(to, 0644, s.list[0].file, e);
    if (r == 0)
        fprintf(stderr, _("%s: signed\n"), to);
    return r;
}

/* On a machine of its holder, without any home of an office: only the key and the document. */
static int sign(const struct args *a, const char *path, struct err *e)
{
    struct root_file f = {0};
    struct minisign_secret key = {0};
    struct minisign_public public;
    const char *name = args_get(a, "key");
    int r = root_file_read(&f, path, e);
    if (r == 0) {
        root_show(f.root, f.document, &f.signatures);
        fflush(stdout);
        r = keyring_secret(a, name ? name : "root", &key, e);
    }
    if (r == 0)
        r = put_signature(&f, path, &key, e);
    if (r == 0) {
        minisign_secret_public(&key, &public);
        if (!role_has_key(&f.root->role[ROOT_ROLE_ROOT], &public))
            fputs(_("this key is not among the root's new keys: it counts if it is one of the root before\n"),
                  stderr);
    }
    minisign_secret_free(&key);
    root_file_release(&f);
    return r;
}

static int install_next(const struct args *a, const struct root_file *f, const struct keyring *officers,
                        struct err *e)
{
    struct trust *t = NULL;
    int lock = -1, r = trust_lock(args_home(a), &lock, e);
    if (r == 0)
        r = trust_load(&t, args_home(a), e);
    if (r == 0 && !span_equal(trust_root_document(t), f->document))
        r = trust_install(t, f->document, &f->signatures, e);
    if (r == 0)
        r = trust_follow_root(t, officers->key, officers->n, e);
    if (r == 0)
        fputs(_("stations take the new root with the next publication: \"kaochang publish\"\n"), stderr);
    trust_free(t);
    trust_unlock(lock);
    return r;
}

static int install(const struct args *a, const char *path, struct err *e)
{
    struct root_file f = {0};
    struct keyring officers = {0};
    struct trust_recipients to;
    char *seen = path_join(args_home(a), "trust/seen.xml");
    bool has_root = file_exists(seen);
    int r = root_file_read(&f, path, e);
    if (r == 0 && !has_root)
        r = recipients(a, &to, e);
    if (r == 0)
        r = keyring_open(&officers, a, "officer", "officer", e);
    if (r == 0)
        r = has_root ? install_next(a, &f, &officers, e)
                     : trust_found_signed(args_home(a), f.document, &f.signatures, &to, officers.key,
                                          officers.n, e);
    keyring_close(&officers);
    root_file_release(&f);
    free(seen);
    return r < 0 ? r : tell(args_home(a), e);
}

static int run(const struct args *a, struct err *e)
{
    static const char *const acts[] = {"fingerprint", "show", "sign", "install"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        n += args_get(a, acts[i]) != NULL;
    if (n > 1)
        return err_set(e, ERR_USAGE, NULL, _("only one of --fingerprint, --show, --sign, --install"));
    if (args_get(a, "fingerprint"))
        return tell(args_home(a), e);
    if (args_get(a, "show"))
        return show(args_get(a, "show"), e);
    if (args_get(a, "sign"))
        return sign(a, args_get(a, "sign"), e);
    if (args_get(a, "install"))
        return install(a, args_get(a, "install"), e);
    return first(a, e);
}

static const struct command_option options[] = {
    {.name = "root", .arg = "NAME", .help = N_("A root key, or its FILE.pub; repeatable (default: root)")},
    {.name = "root-threshold",
     .arg = "N",
     .help = N_("How many root keys must sign a root document (default 1)")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key; repeatable (default: officer). With --install those who sign")},
    {.name = "threshold",
     .arg = "N",
     .help = N_("How many officers must sign packages and the index (default 1)")},
    {.name = "recovery", .arg = "NAME", .help = N_("The recovery recipient R (default: recovery)")},
    {.name = "results", .arg = "NAME", .help = N_("The results recipient O (default: results)")},
    {.name = "expiry", .arg = "TIME", .help = N_("When the root ends (default: in ten years)")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("Only write the root document, to be signed by keys that are held elsewhere")},
    {.name = "show", .arg = "FILE", .help = N_("Show a root document and whose signatures lie beside it")},
    {.name = "sign",
     .arg = "FILE",
     .help = N_("Sign a root document: the signature is put beside it; needs no home of an office")},
    {.name = "key", .arg = "NAME", .help = N_("With --sign: the root key, a name or a file (default: root)")},
    {.name = "install", .arg = "FILE", .help = N_("Take a signed root document into this office")},
    {.name = "fingerprint", .help = N_("Only show the fingerprint of the root that is there")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_keys_root = {
    .name = "keys root",
    .args = "",
    .summary =
        N_("Make the office's root of trust, sign one offline, take a signed one, show its fingerprint"),
    .example = "kaochang keys root --officer li --officer wang --threshold 2",
    .options = options,
    .no_json = true,
    .run = run,
};
