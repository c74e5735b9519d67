/* SPDX-License-Identifier: Apache-2.0 */
/* An exam office in a temporary folder, with an exam of two forms and a session. */
#ifndef KAOCHANG_TESTS_OFFICE_HOME_H
#define KAOCHANG_TESTS_OFFICE_HOME_H

#include "office/session.h"

struct home {
    char dir[64];
    struct office *office;
    struct arena *arena;
    struct office_session session; /* "am1": 2026-11-22 09:00 to 11:00 at +08:00 */
};

void home_open(struct home *h);
void home_close(struct home *h); /* removes the folder */
/* Reads the session anew. */
void home_reload(struct home *h);

#endif
