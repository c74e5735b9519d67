/* SPDX-License-Identifier: Apache-2.0 */
/* The workstation's own programs, started for a file of the workspace: children that nobody waits for. */
#ifndef KAOCHANG_CLIENT_WORKSPACE_PROGRAM_H
#define KAOCHANG_CLIENT_WORKSPACE_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct programs;
struct programs *programs_new(void);
/* Asks those that still run to end. NULL is fine. */
void programs_free(struct programs *p);
/* Starts `command` (words separated by spaces; no shell), `more` being its further arguments (NULL at the
 * end), in that folder, without a terminal and without any open file of this program. ERR_ENV when it cannot
 * be started.
 */
MUST_CHECK int programs_start(struct programs *p, const char *command, const char *folder, char *const more[],
                              struct err *e);
/* The same with a shell that sees this folder, the system's programs and nothing else: no network, no other
 * process, no other file. `terminal` is what shows it ("xterm -e"). ERR_ENV when there is no bubblewrap. */
MUST_CHECK int programs_shell(struct programs *p, const char *terminal, const char *folder, struct err *e);
/* Looks which have ended. True and its name when one failed; call until false. Never waits. */
bool programs_failed(struct programs *p, char *ret_name, size_t size);

#endif
