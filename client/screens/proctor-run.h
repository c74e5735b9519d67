/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's desk: the model of the proctor's screens over the agent (client/agent/control.h). */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_RUN_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_RUN_H

#include "client/agent/control.h"
#include "client/screens/app.h"

struct proctor_opening {
    const char *home;
    const char *session; /* NULL: the only package that is there */
    const char *code;    /* NULL: it is typed on the screen, or proctors put their sticks in */
    const char *listen;  /* of the room's machine; NULL: as beside_serve */
    const char *const *sticks; /* where sticks appear, as sticks_new; NULL: the usual places */
    bool hold;           /* candidates sign in and wait until the exam is started */
    bool resume_codes;   /* going on after an interruption takes a one-time code */
};
/* Connects to the agent; starts it first where none runs: on a machine that is certified for its room the
 * room service (held, whatever `hold` says). Needs the code. */
MUST_CHECK int proctor_connect(struct control **ret, const struct proctor_opening *o, struct err *e);

struct proctor_desk;
/* ERR_USAGE where several sessions are here and none is named, before the screen asks for a code. */
MUST_CHECK int proctor_opening_check(const struct proctor_opening *o, struct err *e);
struct proctor_desk *proctor_desk_new(const struct proctor_opening *o);
void proctor_desk_free(struct proctor_desk *d); /* NULL is fine; the agent goes on */
struct app proctor_desk_app(struct proctor_desk *d);

#endif
