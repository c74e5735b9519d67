/* SPDX-License-Identifier: Apache-2.0 */
/* The candidate's seat: the model of the screens over a sitting and the line to the agent. Effects become
 * calls of client/sitting.h and client/agent/link.h, their outcomes events. */
#ifndef KAOCHANG_CLIENT_SCREENS_SEAT_H
#define KAOCHANG_CLIENT_SCREENS_SEAT_H

#include "client/screens/app.h"
#include "client/screens/model.h"

/* What outlives a killed seat: shared with the supervisor that starts the next one. */
struct seat_memory {
    char ticket[64]; /* of the sitting that is open; "" if none */
    char token[33];  /* link_candidate.token of that sitting: the next seat shows it, and needs no resume code
                      */
    struct told_list said;
    enum colours colours;
    bool any; /* a seat has run: said and colours are its own */
};

struct seat_options {
    const char *home;           /* station home */
    int fd;                     /* a connection to the agent, or -1; owned by the seat from then on */
    const char *ticket;         /* typed in advance, or NULL */
    const char *work;           /* root of the workspace; NULL: HOME/work */
    const char *open_with;      /* command that opens a file of the workspace, or NULL */
    const char *shell;          /* command that shows a terminal with what follows in it, or NULL: no shell */
    const struct stage *stage;  /* NULL: for candidates */
    void *on_stage;             /* borrowed */
    enum colours colours;       /* to begin with */
    struct seat_memory *memory; /* or NULL */
};

struct seat;

/* Goes on at once with the sitting that the memory names. */
struct seat *seat_new(const struct seat_options *o);
void seat_free(struct seat *s); /* NULL is fine */
struct app seat_app(struct seat *s);

#endif
