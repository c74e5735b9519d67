/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's desk: the model of the proctor's screens over the agent (client/agent/control.h). */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_RUN_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_RUN_H

#include "client/agent/control.h"
#include "client/screens/app.h"

/* Connects to the agent; starts it first where none runs. `session` may be NULL: the only package that is there. */
MUST_CHECK int proctor_connect(struct control **ret, const char *home, const char *session, const char *code,
                               struct err *e);
/* "stopped", "working" …: stable words for --json. */
const char *proctor_state_word(const struct control_candidate *c);

struct proctor_desk;
/* `code` may be NULL: it is typed on the screen. */
struct proctor_desk *proctor_desk_new(const char *home, const char *session, const char *code);
void proctor_desk_free(struct proctor_desk *d); /* NULL is fine; the agent goes on */
struct app proctor_desk_app(struct proctor_desk *d);

#endif
