/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the keys that this version knows by name and does not have. */
#include "base/i18n.h"
#include "cli/keys/commands.h"

static int run_later(const struct args *a, struct err *e)
{
    (void)a;
    return err_set(e, ERR_USAGE, NULL,
                   _("not in this version: it comes with the rotation of the root and revocation"));
}

const struct command cmd_keys_rotate = {
    .name = "keys rotate",
    .args = "NAME",
    .min_args = 0,
    .max_args = -1,
    .summary = N_("Put a new key in the place of an old one (not in this version)"),
    .example = "kaochang keys rotate officer",
    .run = run_later,
};

const struct command cmd_keys_revoke = {
    .name = "keys revoke",
    .args = "NAME",
    .min_args = 0,
    .max_args = -1,
    .summary = N_("Revoke a key or a certificate (not in this version)"),
    .example = "kaochang keys revoke officer",
    .run = run_later,
};
