/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang session withdraw: stops a package that is published. */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/package/commands.h"
#include "cli/package/supplying.h"

static int run(const struct args *a, struct err *e)
{
    struct supplying s = {0};
    const char *out, *reason;
    int r;
    if ((r = args_need(a, "reason", &reason, e)) < 0 || (r = args_need(a, "output", &out, e)) < 0)
        return r;
    if ((r = supplying_open(&s, a, args_at(a, 0), SUPPLEMENT_WITHDRAWAL, e)) == 0 &&
        (r = supplying_build(&s, e)) == 0 && (r = file_copy(s.built, out, 0644, e)) == 0) {
        printf(_("%s: session %s, version %lld is withdrawn: %s\n"), out, s.session.id,
               (long long)package_manifest(s.package)->version, reason);
        printf(_("stations learn it when they pull: kaochang publish %s\n"), out);
    }
    supplying_release(&s);
    return r;
}

static const struct command_option options[] = {
    {.name = "reason",
     .arg = "TEXT",
     .help = N_("Why, in one sentence: it is signed, and every station shows it")},
    {.name = "output", .key = 'o', .arg = "FILE.exam", .help = N_("The supplement to write")},
    {.name = "version", .arg = "N", .help = N_("Of the package (default: the published one)")},
    {.name = "officer",
     .arg = "NAME",
     .help = N_("An officer's key that signs; repeatable (default: officer)")},
    {.name = "password-file", .arg = "FILE", .help = N_("The keys' password is the first line of this file")},
    {.name = "no-password", .help = N_("Never ask; the keys must have no password")},
    {0},
};

const struct command cmd_session_withdraw = {
    .name = "session withdraw",
    .args = "ID",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Withdraw a session's package: no station opens it any more"),
    .example = "kaochang session withdraw am1 --reason \"item 3 is wrong\" -o am1.withdrawn.exam",
    .options = options,
    .no_json = true,
    .run = run,
};
