/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by client/agent/uplink*.c only. */
#ifndef KAOCHANG_CLIENT_AGENT_UPLINK_INTERNAL_H
#define KAOCHANG_CLIENT_AGENT_UPLINK_INTERNAL_H

#include "client/agent/uplink.h"
#include "client/room/api.h"
#include "client/room/introduction.h"
#include "client/room/tls-certificate.h"
#include "exam-packages/journal-order.h"

enum uplink_phase { UPLINK_INTRODUCE, UPLINK_HELLO, UPLINK_NEWS };
enum uplink_call_kind { CALL_NONE, CALL_INTRODUCTION, CALL_HELLO, CALL_NEWS, CALL_ROWS, CALL_CLAIM };

/* A request under way. */
struct uplink_call {
    enum uplink_call_kind kind;
    int64_t id, until_ms;
    struct seat *seat; /* of a claim */
};

enum claim_state { CLAIM_NONE, CLAIM_ASKED, CLAIM_GRANTED, CLAIM_REFUSED, CLAIM_UNKNOWN };

/* An order that waits until its sitting has begun here. */
struct uplink_order {
    struct uplink_order *next;
    struct bytes packed;
};

/* What the uplink knows of a seat; seat->attached. */
struct uplink_seat {
    /* rows */
    int64_t epoch, seq; /* the room has all up to here; epoch 0: not asked yet */
    bool known;         /* the room has this epoch's start */
    bool dirty;         /* there may be something to send */
    bool sealed;        /* the room has the seal of the newest epoch */
    int64_t sent_seq;   /* of what is under way; -1: nothing is */
    bool sent_seal;
    int64_t tick_used_ms, tick_ms; /* sent last, and when */
    int64_t rest_ms;               /* nothing is sent before this */
    char refused[300];             /* the room takes nothing more: why */
    /* claims */
    enum claim_state claim;
    struct line *line; /* that waits for it */
    int64_t claim_ms;  /* since when */
    struct err refusal;
    bool sat_here; /* in this run of the agent */
    bool begun;    /* the room has said so last */
    struct uplink_order *order;
};

struct uplink {
    struct room *room;
    struct uplink_courier courier;
    const char *service[UPLINK_SERVICES];
    size_t n_services, at;
    const char *power;
    struct arena *arena;
    /* who we are */
    struct age_identity own;
    struct bytes introduction;
    struct secret tls;
    /* how far we are */
    enum uplink_phase phase;
    char pin[TLS_PIN];
    bool reachable, admitted, has_session;
    int64_t next_ms, pause_ms; /* the next of the phase; after a failure */
    int64_t next_id;
    struct uplink_call call[CARRY_AT_ONCE];
    char trouble[300], lost[300];
    /* news */
    bool told;              /* this agent has reported its state since the hello */
    uint8_t state_hash[32]; /* of the state reported last, without what always moves */
    int64_t polled_ms;
    /* what was carried out */
    int64_t done;
    bool loaded; /* uplink.xml of the session was read */
    /* rows */
    size_t first; /* seat that is looked at first */
    int64_t rows_rest_ms;
    /* closing */
    bool closing, says_closed, said_closed; /* in the report under way; in one that was answered */
    int64_t close_ms;
    /* the machine */
    int64_t looked_ms, battery;
    bool charging;
    enum control_disk disk;
};

enum { UPLINK_LOOK_MS = 5000 }; /* so often a look at the machine */

/* uplink.c */
int64_t uplink_now(const struct uplink *u); /* the room's clock since boot */
/* Why this station cannot take part, told with each report; NULL: it can. */
void uplink_set_trouble(struct uplink *u, const struct err *e);

/* uplink-calls.c */
bool uplink_is_under_way(const struct uplink *u, enum uplink_call_kind kind);
/* False when too much is under way. */
bool uplink_call(struct uplink *u, enum uplink_call_kind kind, const char *path, struct span body,
                 int64_t wait_ms, struct seat *seat);
void uplink_cancel(struct uplink *u, enum uplink_call_kind kind);

/* uplink-new.c: what is kept of a seat */
struct uplink_seat *uplink_seat(struct seat *seat);            /* makes it */
const struct journal *uplink_journal(const struct seat *seat); /* NULL: none */

/* uplink-state.c */
void uplink_look(struct uplink *u); /* at the machine */
void uplink_state(struct uplink *u, int64_t wait_ms, struct arena *a, struct api_state *ret);
/* What would be reported now differs from what was. */
bool uplink_has_news(struct uplink *u);
void uplink_status(void *self, struct arena *a, struct control_room *ret);

/* uplink-commands.c */
void uplink_take_news(struct uplink *u, struct span body);
void uplink_try_orders(struct uplink *u);
/* Ends the agent of a closed room: once that is reported and everything sent, or after a while. */
void uplink_close(struct uplink *u);

/* uplink-rows.c */
void uplink_send_rows(struct uplink *u);
void uplink_take_kept(struct uplink *u, const struct carry_reply *reply);
void uplink_rows_lost(struct uplink *u);
/* Everything is to be asked for anew: the service may be another one. */
void uplink_rows_anew(struct uplink *u);
bool uplink_all_sent(const struct uplink *u);
int64_t uplink_rows_wait_ms(const struct uplink *u);
void uplink_tell_reachable(struct uplink *u);

/* uplink-claim.c */
int uplink_request(void *self, struct asking *a, struct err *e);
void uplink_left(void *self, struct line *l);
void uplink_take_claim(struct uplink *u, struct seat *seat, const struct carry_reply *reply);
void uplink_claim_lost(struct uplink *u, struct seat *seat);

/* uplink-take.c */
/* Takes over what the room has of a sitting, and begins the next epoch here. UPLINK_MORE: what came is here,
 * and more of it is to be asked for. */
enum { UPLINK_MORE = 1 };
MUST_CHECK int uplink_take_over(struct uplink *u, struct seat *seat, const struct api_claimed *claimed,
                                struct err *e);
/* The newest epoch is this machine's, or there is none yet. */
bool uplink_is_own(const struct uplink *u, const struct seat *seat);
/* Trusted, of this session, and for this seat. Texts go into the arena. */
MUST_CHECK int uplink_read_order(struct uplink *u, struct span packed, struct arena *a,
                                 struct journal_order *ret, struct seat **ret_seat, struct err *e);

/* uplink-file.c: HOME/sessions/SESSION/uplink.xml */
void uplink_load(struct uplink *u);
void uplink_save(const struct uplink *u);

#endif
