/* SPDX-License-Identifier: Apache-2.0 */
/* What a station's agent and its courier (kaochang-room carry) say to each other over a socket: u32
 * little-endian length of what follows, u8 type, canonical body. The courier knows nothing of exams: it
 * carries a request to an address whose TLS key is pinned, and brings the reply back. Replies come in any
 * order. */
#ifndef KAOCHANG_CLIENT_ROOM_CARRY_H
#define KAOCHANG_CLIENT_ROOM_CARRY_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "client/room/api.h"

enum {
    CARRY_MAX = API_MAX + (1 << 16), /* of one message */
    CARRY_AT_ONCE = 16,              /* requests under way; one more is refused */
    CARRY_MAX_WAIT_MS = 60000,
};

enum carry_type {
    CARRY_WHO = 1, /* agent: struct carry_who; again: from then on */
    CARRY_REQUEST, /* agent: struct carry_request */
    CARRY_CANCEL,  /* agent: only `id`; no reply comes any more (one may be under way) */
    CARRY_REPLY,   /* courier: struct carry_reply, once for each request */
};

/* The TLS certificate and key shown to whoever is pinned, as PEM. */
struct carry_who {
    struct span certificate, key;
};
struct carry_request {
    int64_t id;
    const char *url; /* "https://ADDRESS:PORT/path" */
    const char *pin; /* "sha256//…" (tls_pin); "" only for /1/introduction */
    bool post;
    int64_t wait_ms; /* for the whole of it */
    struct span body;
};
struct carry_reply {
    int64_t id;
    int64_t status;    /* of HTTP; 0: there was no answer, and `error` says why */
    const char *error; /* else "" */
    struct span body;
};
/* One message; only the member of its type is filled. Spans are borrowed. */
struct carry_message {
    enum carry_type type;
    struct carry_who who;
    struct carry_request request; /* of CARRY_CANCEL the id */
    struct carry_reply reply;
};

void carry_put_who(const struct carry_who *w, struct bytes *out);
void carry_put_request(const struct carry_request *r, struct bytes *out);
void carry_put_cancel(int64_t id, struct bytes *out);
void carry_put_reply(const struct carry_reply *r, struct bytes *out);

/* The first message in the data: 1 and *ret_size when it is whole, 0 when more has to come, -ERR_DATA for
 * what is none. Texts go into the arena. */
MUST_CHECK int carry_next(struct span data, struct arena *a, struct carry_message *ret, size_t *ret_size,
                          struct err *e);

/* One end of the socket. Nothing here waits: what cannot be sent yet is kept. */
struct carry_pipe {
    int fd;
    struct bytes in, out;
    size_t sent, spent; /* of out; of in: the message given last */
    bool gone;
};
void carry_pipe_init(struct carry_pipe *p, int fd); /* owns fd from then on; makes it non-blocking */
void carry_pipe_release(struct carry_pipe *p);      /* wipes, closes */
/* Something was added to p->out: sends what goes. */
void carry_pipe_flush(struct carry_pipe *p);
bool carry_pipe_is_full(const struct carry_pipe *p); /* something waits to be sent */
/* Reads what is there; sets gone at the end. */
void carry_pipe_receive(struct carry_pipe *p);
/* The next whole message: as carry_next. Its spans live until the next call. */
MUST_CHECK int carry_pipe_next(struct carry_pipe *p, struct arena *a, struct carry_message *ret,
                               struct err *e);

#endif
