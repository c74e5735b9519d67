/* SPDX-License-Identifier: Apache-2.0 */
/* The socket under the messages: where it lies, and for the asking side one request and its reply. */
#ifndef KAOCHANG_CLIENT_AGENT_WIRE_H
#define KAOCHANG_CLIENT_AGENT_WIRE_H

#include "client/agent/fields.h"
#include "client/agent/message.h"

/* HOME/run/agent.sock: connect to it, or make it (0600; what a dead agent left behind is replaced). */
MUST_CHECK int wire_connect(const char *home, int *ret_fd, struct err *e);
MUST_CHECK int wire_listen(const char *home, int *ret_fd, struct err *e);
/* Sends all of it at once with an optional descriptor (-1: none); never waits. */
MUST_CHECK int wire_send(int fd, struct span data, int passed_fd, struct err *e);

struct wire {
    int fd;
    int64_t wait_ms; /* for a reply; LINK_WAIT_MS */
    struct bytes in;
    size_t spent;  /* bytes of the reply given last */
    int passed_fd; /* came with a message; -1: none */
    /* news that came in between: see link_poll */
    bool changed, started, has_kept, was_told, moved;
    struct link_kept kept;
    char told[FIELD_MAX_TEXT + 1];
    bool gone;
};
void wire_init(struct wire *w, int fd);
void wire_release(struct wire *w);
/* Sends the request, waits for the reply, takes a refusal into *e. The body is valid until the next call. */
MUST_CHECK int wire_ask(struct wire *w, const struct request *r, enum message_type wanted,
                        struct span *ret_body, struct err *e);
/* Reads once without waiting; sets gone at the end of the line. */
void wire_receive(struct wire *w);
/* Takes n bytes from the front of w->in away, and wipes them. */
void wire_drop(struct wire *w, size_t n);
/* Wipes the reply given last. */
void wire_forget(struct wire *w);
/* Reads what has come without waiting. */
void wire_poll(struct wire *w);

#endif
