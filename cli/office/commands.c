/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/office/commands.h"

#include <stddef.h>

const struct command *const office_commands[] = {
    &cmd_new,
    &cmd_session_new,
    &cmd_session_list,
    &cmd_session_closed,
    &cmd_session_rooms,
    &cmd_session_release_close,
    &cmd_roster_import,
    &cmd_roster_arrange,
    &cmd_roster_raters,
    &cmd_roster_tickets,
    &cmd_roster_draw,
    &cmd_roster_doors,
    NULL,
};
