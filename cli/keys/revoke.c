/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang keys revoke: a key or a certificate, by its file, its name or its serial. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/keys/commands.h"
#include "cli/keys/keyring.h"
#include "cli/keys/weakened.h"
#include "exam-packages/document.h"
#include "exam-packages/root-change.h"
#include "exam-packages/trust.h"

struct revoking {
    const struct args *a;
    struct trust *trust;
    struct arena *arena;
    struct revoked *list;
    size_t n;
    const char *since, *reason;
};

static bool is_serial(const char *what)
{
    return strlen(what) == 16 && strspn(what, "0123456789abcdef") == 16;
}

static int from_certificate(struct revoking *v, const char *path, struct span data, struct revoked *ret,
                            struct err *e)
{
    struct certificate *c = NULL;
    int r = certificate_read(&c, path, data, e);
    if (r == 0) {
        ret->has_key = true;
        ret->key = c->key;
        ret->serial = arena_strdup(v->arena, c->serial);
    }
    certificate_free(c);
    return r;
}

static int from_file(struct revoking *v, const char *path, struct revoked *ret, struct err *e)
{
    struct bytes data = {0};
    int r = file_read(path, DOCUMENT_MAX_BYTES, &data, e);
    if (r == 0 && data.n && data.p[0] == '<') {
        r = from_certificate(v, path, bytes_span(&data), ret, e);
    } else if (r == 0) {
        ret->has_key = true;
        r = minisign_public_load(path, &ret->key, e);
    }
    bytes_release(&data);
    return r;
}

static int from_name(struct revoking *v, const char *name, struct revoked *ret, struct err *e)
{
    const struct targets *t = trust_targets(v->trust);
    const struct role_key *key = NULL;
    ret->has_key = true;
    for (size_t i = 0; t && i < TARGETS_ROLES && !key; i++)
        key = role_key_named(&t->role[i], name);
    if (!key)
        return keyring_public(v->a, name, &ret->key, e);
    ret->key = key->key;
    return 0;
}

static int add(struct revoking *v, const char *what, struct err *e)
{
    struct revoked *r = &v->list[v->n++];
    *r = (struct revoked){.serial = "", .since = v->since, .reason = v->reason};
    if (is_serial(what))
        r->serial = what;
    else if (strchr(what, '/') || file_exists(what))
        return from_file(v, what, r, e);
    else
        return from_name(v, what, r, e);
    return 0;
}

static void tell(const struct revoking *v)
{
    const struct role *officers = &trust_root(v->trust)->role[ROOT_ROLE_TARGETS];
    char line[PUBLIC_KEY_LINE];
    for (size_t i = 0; i < v->n; i++) {
        const struct revoked *r = &v->list[i];
        printf(_("revoked: %s%s%s since %s\n"), r->has_key ? public_key_line(&r->key, line) : "",
               r->has_key && r->serial[0] ? " " : "", r->serial, r->since);
        if (r->has_key && role_has_key(officers, &r->key))
            fputs(
                _("the root still names this officer for the index: make a new root without, with \"kaochang keys "
                  "rotate --remove-officer\"\n"),
                stderr);
    }
    weakened_tell(v->a, v->trust);
    fputs(_("stations and rooms learn it with the next publication: \"kaochang publish\"\n"), stderr);
}

static int revoke_all(struct revoking *v, struct err *e)
{
    struct keyring officers = {0};
    int r = 0;
    v->list = arena_array(v->arena, (size_t)args_count(v->a) + 1, sizeof *v->list);
    for (int i = 0; i < args_count(v->a) && r == 0; i++)
        r = add(v, args_at(v->a, i), e);
    if (r == 0)
        r = keyring_open(&officers, v->a, "officer", "officer", e);
    if (r == 0)
        r = trust_revoke(v->trust, v->list, v->n, officers.key, officers.n, e);
    keyring_close(&officers);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct revoking v = {.a = a, .arena = arena_new(), .since = args_get(a, "since")};
    struct clock_reading now;
    char text[32];
    int lock = -1;
    clock_read(&now);
    if (!v.since)
        v.since = time_text(now.wall_ms, 0, text, sizeof text);
    int r = args_need(a, "reason", &v.reason, e);
    if (r == 0)
        r = document_check_time(v.since, NULL, e);
    if (r == 0)
        r = trust_lock(args_home(a), &lock, e);
    if (r == 0)
        r = trust_load(&v.trust, args_home(a), e);
    if (r == 0)
        r = revoke_all(&v, e);
    if (r == 0)
        tell(&v);
    trust_free(v.trust);
    trust_unlock(lock);
    arena_free(v.arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "reason", .arg = "TEXT", .help = N_("Why; stations and the quarantine show it")},
    {.name = "since",
     .arg = "TIME",
     .help = N_("Decisions that a person signed before this day stand (default: now)")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_keys_revoke = {
    .name = "keys revoke",
    .args = "WHAT…",
    .min_args = 1,
    .max_args = -1,
    .summary = N_("Revoke, by a certificate, a KEY.pub, an officer's name, or a serial"),
    .example = "kaochang keys revoke st01.certificate.xml --reason \"stolen on the way\"",
    .options = options,
    .no_json = true,
    .run = run,
};
