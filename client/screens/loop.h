/* SPDX-License-Identifier: Apache-2.0 */
/* The event loops: on a terminal, and from a script. The only place of the screens that reads the clock. */
#ifndef KAOCHANG_CLIENT_SCREENS_LOOP_H
#define KAOCHANG_CLIENT_SCREENS_LOOP_H

#include "base/err.h"
#include "client/screens/app.h"
#include "client/screens/script.h"

/* Until the app is done, the terminal is gone, or SIGHUP or SIGTERM comes; what was typed is saved first. */
MUST_CHECK int loop_terminal(const struct app *app, struct err *e);
/* Plays the script without any terminal; screens go to `dump` (may be NULL). ERR_NO when an expectation of the script is
 * not met, naming the line. */
MUST_CHECK int loop_script(const struct app *app, const struct script *s, FILE *dump, struct err *e);

#endif
