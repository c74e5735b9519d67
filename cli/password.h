/* SPDX-License-Identifier: Apache-2.0 */
/* Passwords and codes that a person gives to a command: from a file, or typed on the terminal without echo.
 */
#ifndef KAOCHANG_CLI_PASSWORD_H
#define KAOCHANG_CLI_PASSWORD_H

#include <stdbool.h>

#include "exam-packages/secret.h"

/* The first line of `file` without its end when file is not NULL; otherwise asks on the terminal, twice with
 * `twice` (a new password). ERR_USAGE when it is empty, when the two differ, or when there is no terminal to
 * ask on: the hint then names `option` ("--password-file"). `prompt` without the colon. */
MUST_CHECK int password_read(const char *file, const char *option, const char *prompt, bool twice,
                             struct secret *ret, struct err *e);

#endif
