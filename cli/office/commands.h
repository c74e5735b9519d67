/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLI_OFFICE_COMMANDS_H
#define KAOCHANG_CLI_OFFICE_COMMANDS_H

#include "cli/command.h"

extern const struct command *const office_commands[]; /* NULL-terminated */

extern const struct command cmd_new;
extern const struct command cmd_session_new;
extern const struct command cmd_session_list;
extern const struct command cmd_session_closed;
extern const struct command cmd_session_rooms;
extern const struct command cmd_session_release_close;
extern const struct command cmd_roster_import;
extern const struct command cmd_roster_arrange;
extern const struct command cmd_roster_raters, cmd_roster_tickets;
extern const struct command cmd_roster_draw;
extern const struct command cmd_roster_doors;

#endif
