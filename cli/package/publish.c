/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang publish: a package into the repository, with a new signed index. */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/keys/keyring.h"
#include "cli/keys/list-trust.h"
#include "cli/package/commands.h"
#include "exam-packages/repository.h"

/* A clock that is years ahead would empty the index. */
static void tell_what_left(const struct targets *before, const struct targets *after, int64_t now_ms)
{
    char now[32];
    for (size_t i = 0; i < before->n_packages; i++)
        if (!targets_find(after, before->package[i].session))
            fprintf(stderr,
                    _("session %s left the index: it expired at %s, and this machine's clock says %s; if that is wrong, "
                      "set it and publish the package again\n"),
                    before->package[i].session, before->package[i].expiry, time_text(now_ms, 0, now, sizeof now));
}

static int run(const struct args *a, struct err *e)
{
    struct keyring officers = {0};
    struct trust *t = NULL;
    struct targets *before = NULL;
    struct clock_reading now;
    char *usual = path_join(args_home(a), "repo");
    const char *folder = args_get(a, "repo") ? args_get(a, "repo") : usual;
    clock_read(&now);
    int lock = -1, r = trust_lock(args_home(a), &lock, e);
    if (r == 0)
        r = trust_load(&t, args_home(a), e);
    if (r == 0)
        r = keyring_open(&officers, a, "officer", "officer", e);
    if (r == 0 && trust_targets(t))
        r = trust_copy_targets(t, &before, e);
    if (r == 0)
        r = repository_publish(folder, t, args_at(a, 0), args_get(a, "expiry"), now.wall_ms, officers.key,
                               officers.n, e);
    if (r == 0 && before)
        tell_what_left(before, trust_targets(t), now.wall_ms);
    if (r == 0)
        printf(_("%s: index version %lld, %zu packages\n"), folder, (long long)trust_seen(t)->timestamp,
               trust_targets(t)->n_packages);
    if (r == 0)
        list_trust_warn(a, t, now.wall_ms);
    keyring_close(&officers);
    trust_unlock(lock);
    targets_free(before);
    trust_free(t);
    free(usual);
    return r;
}

static const struct command_option options[] = {
    {.name = "repo", .arg = "DIR", .help = N_("The repository's folder (default: repo in the home)")},
    {.name = "expiry",
     .arg = "TIME",
     .help = N_("The index ends at this time (default: in 60 days, or with its last package)")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_publish = {
    .name = "publish",
    .args = "[FILE.exam]",
    .min_args = 0,
    .max_args = 1,
    .summary = N_("Publish a package into a repository; without one, renew the index"),
    .example = "kaochang publish am1.exam --repo /media/usb/repo",
    .options = options,
    .no_json = true,
    .run = run,
};
