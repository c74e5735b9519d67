/* SPDX-License-Identifier: Apache-2.0 */
/* Commands of the room that this version knows by name and does not have. */
#include "base/i18n.h"
#include "cli/client/commands.h"

static int run_room(const struct args *a, struct err *e)
{
    (void)a;
    err_set(e, ERR_USAGE, NULL,
            _("not in this version: the room service, with it moving a candidate to another machine, "
              "one-time resume codes, "
              "unlocking by several proctors and closing by phone"));
    return err_hint(e, _("one machine serves its room: open it with \"kaochang-client proctor\""));
}

const struct command cmd_room = {
    .name = "room",
    .args = "",
    .min_args = 0,
    .max_args = -1,
    .summary = N_("serve a room of several machines (not in this version)"),
    .example = "kaochang-client room -C station",
    .run = run_room,
};
