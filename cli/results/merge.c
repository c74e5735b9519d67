/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ahead.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/identities.h"
#include "cli/results/commands.h"
#include "cli/results/own-sessions.h"
#include "cli/results/place.h"
#include "cli/results/tally.h"
#include "sync/closing.h"
#include "sync/intake.h"

/* Rosters alone need none. */
static int load_identities(const struct args *a, struct intake *x, struct age_identity **ret, struct err *e)
{
    return args_get(a, "identity") ? identities_read(a, ret, &x->n_ids, e) : 0;
}

/* Whether the file begins with that text: of our own documents the kind stands first. */
static bool begins(const char *path, const char *text)
{
    char head[32] = "";
    size_t n = file_head(path, head, sizeof head - 1);
    return n >= strlen(text) && memcmp(head, text, strlen(text)) == 0;
}

static bool is_decision(const char *path)
{
    return begins(path, "<decision");
}

static int take_policy(const struct intake *x, const char *path, struct tally *t, struct err *e)
{
    static const struct {
        const char *begins;
        int (*take)(const struct intake *x, const char *path, struct err *e);
        size_t counted; /* where in the tally */
    } kind[] = {
        {"<lab", intake_plan, offsetof(struct tally, plans)},
        {"<release", intake_release, offsetof(struct tally, releases)},
        {"<admission", intake_admission, offsetof(struct tally, admissions)},
        {"PK", intake_withdrawal, offsetof(struct tally, withdrawals)}, /* a container */
        {"", intake_roster, offsetof(struct tally, rosters)},
    };
    struct err own = {0};
    size_t i = 0;
    while (!begins(path, kind[i].begins))
        i++;
    int r = kind[i].take(x, path, &own);
    if (r < 0)
        return tally_refuse(t, path, r, &own, e);
    ++*(size_t *)(void *)((char *)t + kind[i].counted);
    return 0;
}

/* Without --policy: the signed rosters of the office's own sessions. */
static int take_own_rosters(const struct intake *x, const struct own_sessions *own, struct tally *t,
                            struct err *e)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < own->n; i++)
        if (own->roster[i] && (r = take_policy(x, own->roster[i], t, e)) == 0 && own->plan[i])
            r = take_policy(x, own->plan[i], t, e);
    for (size_t i = 0; r == 0 && i < own->n_further; i++)
        r = take_policy(x, own->further[i], t, e);
    return r;
}

static int take_rosters(const struct intake *x, const struct args *a, const struct own_sessions *own,
                        struct tally *t, struct err *e)
{
    int r = 0;
    const char *path;
    if (!args_get(a, "policy"))
        return take_own_rosters(x, own, t, e);
    for (int i = 0; r == 0 && (path = args_each(a, "policy", i)); i++)
        r = take_policy(x, path, t, e);
    return r;
}

static int take_decision(const struct intake *x, const char *path, struct tally *t, struct err *e)
{
    struct err own = {0};
    int r = intake_decision(x, path, &own);
    if (r < 0)
        return tally_refuse(t, path, r, &own, e);
    t->decisions++;
    return 0;
}

static int take_decisions(const struct intake *x, const struct args *a, struct tally *t, struct err *e)
{
    int r = 0;
    for (int i = 0; r == 0 && i < args_count(a); i++)
        if (is_decision(args_at(a, i)))
            r = take_decision(x, args_at(a, i), t, e);
    return r;
}

/* Bundles of revoked keys that officers let in, from the copies that were kept. */
static int take_admitted(const struct intake *x, struct tally *t, struct err *e)
{
    struct arena *a = arena_new();
    struct store_quarantined *all = NULL;
    size_t n = 0;
    int r = store_quarantine(x->store, a, &all, &n, e);
    for (size_t i = 0; r == 0 && x->n_ids && i < n; i++) {
        struct intake_result result;
        struct err own = {0};
        bool admitted = false;
        char hex[2 * MERGE_HASH + 1];
        const char *copy =
            arena_printf(a, "%s/%s.results", x->aside, hex_encode(hex, all[i].side, sizeof all[i].side));
        if (strcmp(all[i].reason, "revoked-key") != 0 || !file_exists(copy))
            continue;
        r = store_bundle_admitted(x->store, all[i].session, all[i].side, &admitted, e);
        if (r == 0 && admitted && (r = intake_bundle(x, copy, &result, &own)) < 0)
            r = tally_refuse(t, copy, r, &own, e);
        else if (r == 0 && admitted)
            tally_add(t, copy, &result);
    }
    arena_free(a);
    return r;
}

struct bundles {
    const char **path;
    size_t n;
    struct tally *tally;
};

static int tell(void *context, size_t i, int r, const struct intake_result *result, const struct err *bundle,
                struct err *e)
{
    struct bundles *b = context;
    if (r < 0)
        r = tally_refuse(b->tally, b->path[i], r, bundle, e);
    else
        tally_add(b->tally, b->path[i], result);
    progress(_("merging"), (int64_t)i + 1, (int64_t)b->n);
    return r;
}

static int take_bundles(const struct intake *x, const struct args *a, unsigned threads, struct tally *t,
                        struct err *e)
{
    struct bundles b = {.path = mem_grow(NULL, (size_t)args_count(a), sizeof *b.path), .tally = t};
    for (int i = 0; i < args_count(a); i++)
        if (!is_decision(args_at(a, i)))
            b.path[b.n++] = args_at(a, i);
    int r = intake_bundles(x, b.path, b.n, threads, tell, &b, e);
    progress_end();
    free(b.path);
    return r;
}

static int check_usage(const struct args *a, struct err *e)
{
    if (args_count(a) == 0 && !args_get(a, "policy"))
        return err_set(e, ERR_USAGE, NULL,
                       _("there is nothing to merge: give bundles, decisions, or --policy"));
    bool bundles = false;
    for (int i = 0; i < args_count(a); i++)
        bundles = bundles || !is_decision(args_at(a, i));
    if (bundles && !args_get(a, "identity")) {
        err_set(e, ERR_USAGE, NULL, _("--identity is missing"));
        return err_hint(e, _("the office's results identity (O) or recovery identity (R) opens the bundles"));
    }
    return 0;
}

/* What the power takes back before the end was never reported as merged, and can be merged again. */
static int take_all(const struct intake *x, const struct args *a, const struct own_sessions *own,
                    unsigned threads, struct tally *t, struct err *e)
{
    int r;
    if ((r = store_hurry(x->store, e)) < 0 || (r = take_rosters(x, a, own, t, e)) < 0 ||
        (r = take_admitted(x, t, e)) < 0 || (r = take_bundles(x, a, threads, t, e)) < 0 || (r = take_decisions(x, a, t, e)) < 0)
        return r;
    return store_settle(x->store, e);
}

static int run(const struct args *a, struct err *e)
{
    struct intake x = {0};
    struct trust *trust = NULL;
    struct age_identity *ids = NULL;
    struct tally tally = {0};
    struct own_sessions own = {0};
    char *path = store_place(a), *aside = path_join(args_home(a), "quarantine");
    int64_t threads = 0;
    int r;
    if ((r = check_usage(a, e)) < 0 ||
        (r = args_int(a, "threads", 1, AHEAD_MAX_THREADS, 0, &threads, e)) < 0 ||
        (r = load_identities(a, &x, &ids, e)) < 0 || (r = own_sessions_read(&own, args_home(a), e)) < 0 ||
        (r = trust_load(&trust, args_home(a), e)) < 0 || (r = store_open(&x.store, path, DB_CREATE, e)) < 0)
        goto done;
    x.trust = trust;
    x.id = ids;
    x.session = own.session;
    x.n_sessions = own.n;
    x.aside = aside;
    if ((r = take_all(&x, a, &own, (unsigned)threads, &tally, e)) == 0 &&
        (r = store_missing(x.store, &tally.missing, e)) == 0) {
        tally_print(&tally, args_json(a));
        r = tally_verdict(&tally, e);
    }
done:
    store_close(x.store);
    trust_free(trust);
    age_identities_free(ids, x.n_ids);
    own_sessions_release(&own);
    free(aside);
    free(path);
    return r;
}

static const struct command_option options[] = {
    {.name = "identity",
     .key = 'i',
     .arg = "FILE",
     .help = N_("Opens the bundles: the office's O or R; may be repeated")},
    {.name = "policy",
     .arg = "FILE",
     .help = N_("A signed roster.xml, lab.xml, release-N.xml or admission-N.xml, a withdrawal; repeatable (default: those of "
                "the office's own sessions)")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {.name = "threads",
     .arg = "N",
     .help = N_("Open so many bundles at once (default: one for each processor)")},
    {0},
};

const struct command cmd_merge = {
    .name = "merge",
    .args = "[BUNDLE|DECISION…]",
    .max_args = -1,
    .summary = N_(
        "Take result bundles and signed decisions into the central store: in any order, twice, without change"),
    .example = "kaochang merge --identity keys/results.identity inbox/*.results",
    .options = options,
    .run = run,
};
