/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang-room serve: the room service on the proctor's machine. */
#include <stdio.h>

#include "base/bytes.h"
#include "base/i18n.h"
#include "cli/opening.h"
#include "cli/room/commands.h"
#include "client/room/net/service.h"

static int run(const struct args *a, struct err *e)
{
    struct service_start s = {.home = args_home(a),
                              .session = args_get(a, "session"),
                              .address = args_get(a, "listen"),
                              .admit = !args_get(a, "no-admit"),
                              .foreground = args_get(a, "foreground") != NULL};
    struct bytes code = {0};
    int r = opening_read(a, &code, &s.code, e);
    if (r == 0 && !s.code)
        r = err_set(e, ERR_USAGE, NULL,
                    _("--code-file with the unlock code is missing, or --key of each proctor"));
    if (r < 0)
        goto done;
    s.address = s.address ? s.address : ":8443";
    r = service_start(&s, NULL, e);
    if (r == 0 && !s.foreground)
        printf(_("The room service listens at %s. The room is open and held: start the exam on the proctor's "
                 "screen.\n"),
               s.address);
done:
    bytes_release(&code);
    return r;
}

const struct command cmd_serve = {
    .name = "serve",
    .args = "",
    .summary = N_("Open the room service on the proctor's machine"),
    .example = "kaochang-room serve -C room --listen 192.168.1.10:8443 --code-file code.txt",
    .options =
        (const struct command_option[]){
            {.name = "listen",
             .arg = "ADDRESS:PORT",
             .help = N_("Where stations find it (default: port 8443 of every address of this machine)")},
            {.name = "code-file",
             .arg = "FILE",
             .help =
                 N_("Read the unlock code from the first line of this file; \"-\": of the standard input")},
            OPENING_OPTIONS,
            {.name = "session",
             .arg = "SESSION",
             .help = N_("Which accepted package to open (default: the only one)")},
            {.name = "no-admit", .help = N_("The proctor admits each station before it takes part")},
            {.name = "foreground", .help = N_("Stay in this terminal until the room is closed")},
            {0}},
    .no_json = true,
    .run = run,
};
