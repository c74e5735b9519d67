/* SPDX-License-Identifier: Apache-2.0 */
/* What stations and the room service say to each other, as bytes (docs/room.md, "The line between"). HTTPS
 * with both sides' TLS keys introduced; bodies are canonical bytes (fields.h). Nothing here touches a socket.
 *
 * | path                | request                            | reply                           |
 * | GET /1/introduction |                                    | the room's introduction, packed |
 * | POST /1/hello       | the station's introduction, packed | api_hello                       |
 * | POST /1/news        | api_state                          | api_news                        |
 * | POST /1/rows        | api_rows                           | api_kept                        |
 * | POST /1/claim       | api_claim                          | api_claimed                     |
 *
 * news is answered when there is some, or after wait_ms; claim asks whether a ticket may sit here.
 *
 * Before /1/hello, and from a TLS key that was not introduced, everything else is 403. A refusal has status
 * 409 and a body that message_get_refused reads. Any body over API_MAX is 413. */
#ifndef KAOCHANG_CLIENT_ROOM_API_H
#define KAOCHANG_CLIENT_ROOM_API_H

#include "client/agent/control.h"
#include "exam-packages/journal-rows.h"

enum {
    API_MAX = 8 << 20,
    API_MAX_ROWS = 2000,
    API_MAX_SITTINGS = 64,
    API_MAX_COMMANDS = 1000,
    API_MAX_BEGUN = 1000,
    API_WAIT_MS = 20000,
    API_PORT = 8443
};
#define API_MAX_INTEGER (INT64_C(1) << 60) /* of numbers and times: what is added to them stays one */

struct api_hello {
    bool admitted;       /* the proctor lets this station into the room */
    const char *session; /* "" while the service has none open */
    uint8_t package[32]; /* package hash */
    int64_t wall_ms;     /* the room's clock: shown, never used */
};

/* A seat as the station has it. */
struct api_seat {
    const char *ticket;
    bool connected; /* a program is open for it now */
    int64_t epoch, seq, spilled;
    int64_t used_ms;
    const char *trouble;
};
struct api_state {
    int64_t after;   /* number of the last command that was carried out, 0 at first; to API_MAX_INTEGER */
    int64_t wait_ms; /* 0 … API_WAIT_MS */
    int64_t wall_ms;
    enum room_state state;
    int64_t battery;
    bool charging;
    enum control_disk disk;
    const char *trouble; /* why this station cannot take part ("" it can): no such package, … */
    struct api_seat *seat;
    size_t n;
};

/* What the room tells a station to do; carried out in order, each once (by number, also over a restart). */
enum api_command_kind {
    API_OPEN,  /* data: "AGE-SECRET-KEY-1…" of U, sealed to the introduced recipient (age); more: the room's
                  view of the roster (XML, no secrets) */
    API_START, /* the exam begins; value: wall clock of the start */
    API_ORDER, /* data: journal-order.h, packed; carried out at the sitting's journal */
    API_TELL,  /* ticket or CONTROL_ALL, text */
    API_SEND,  /* ticket, value: epoch, more: u64 le seq: send rows after it again */
    API_STOP,  /* ticket: the sitting goes on at another machine; text: which */
    API_CLOSE, /* the room is closed: drop U and end */
    API_CLEAR, /* ticket: remove its journal, if its head is `data` (32 bytes) */
    API_COMMANDS,
};
struct api_command {
    int64_t number;
    enum api_command_kind kind;
    const char *ticket, *text;
    int64_t value;
    struct span data, more;
};
/* A sitting that was begun: who has no journal of it does not begin it anew without the room's word. All of
 * them come with every answer. */
struct api_begun {
    const char *ticket;
};
struct api_news {
    bool admitted;
    struct api_command *command;
    size_t n;
    struct api_begun *begun;
    size_t n_begun;
};

/* One epoch of one sitting, or a part of it. `start` has the epoch's number always, the rest only with
 * has_start; the rows are of that epoch, in their order. */
struct api_part {
    const char *ticket;
    bool has_start; /* the epoch's row comes along: the room has not got it yet */
    struct journal_epoch start;
    struct journal_stored *row;
    size_t n;
    bool has_tick, has_seal;
    struct journal_clock tick;
    struct journal_seal seal;
};
struct api_rows {
    struct api_part *part;
    size_t n;
};
struct api_kept_sitting {
    const char *ticket;
    int64_t epoch, seq;  /* the room has everything up to this */
    const char *refused; /* "" or why nothing more of it is taken (two machines wrote it, damaged …) */
};
struct api_kept {
    struct api_kept_sitting *sitting;
    size_t n;
};

struct api_claim {
    const char *ticket, *resume_code;
    int64_t epoch, seq; /* what the station has of it; 0: nothing */
    uint8_t head[32];
    bool fresh_agent; /* the agent was started anew since the sitting was here last: going on takes a code */
};
enum api_verdict {
    API_BEGIN, /* nobody has begun it: begin here */
    API_GO_ON, /* it is this station's: go on */
    API_TAKE,  /* begin epoch n + 1 here, from the parts that come along, with this order (RESEAT) */
};
struct api_claimed {
    enum api_verdict verdict;
    struct span order; /* API_TAKE: journal-order.h, packed */
    struct api_rows rows;
};

void api_put_hello(const struct api_hello *h, struct bytes *out);
void api_put_state(const struct api_state *s, struct bytes *out);
void api_put_news(const struct api_news *n, struct bytes *out);
void api_put_rows(const struct api_rows *r, struct bytes *out);
void api_put_kept(const struct api_kept *k, struct bytes *out);
void api_put_claim(const struct api_claim *c, struct bytes *out);
void api_put_claimed(const struct api_claimed *c, struct bytes *out);

/* Texts and arrays go into the arena, spans are borrowed. -ERR_DATA with ERR_MESSAGE for anything else. */
MUST_CHECK int api_get_hello(struct span body, struct arena *a, struct api_hello *ret, struct err *e);
MUST_CHECK int api_get_state(struct span body, struct arena *a, struct api_state *ret, struct err *e);
MUST_CHECK int api_get_news(struct span body, struct arena *a, struct api_news *ret, struct err *e);
MUST_CHECK int api_get_rows(struct span body, struct arena *a, struct api_rows *ret, struct err *e);
MUST_CHECK int api_get_kept(struct span body, struct arena *a, struct api_kept *ret, struct err *e);
MUST_CHECK int api_get_claim(struct span body, struct arena *a, struct api_claim *ret, struct err *e);
MUST_CHECK int api_get_claimed(struct span body, struct arena *a, struct api_claimed *ret, struct err *e);

#endif
