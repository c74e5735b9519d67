/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by client/room/hall*.c only. */
#ifndef KAOCHANG_CLIENT_ROOM_HALL_INTERNAL_H
#define KAOCHANG_CLIENT_ROOM_HALL_INTERNAL_H

#include "client/agent/line.h"
#include "client/room/copies.h"
#include "client/room/hall.h"
#include "exam-packages/journal-order.h"

enum {
    HALL_SILENT_MS = 30000,  /* not heard for so long: silent */
    HALL_CLOSING_MS = 60000, /* a closing waits so long for stations that answer */
    HALL_ANSWERS_MS = 10000, /* heard within: it answers */
    HALL_MAX_STATIONS = 2000,
    HALL_KEPT_REASON = 300,
};

/* Something that a station is to do. */
struct hall_command {
    struct hall_command *next;
    int64_t number; /* 0: not sent yet */
    int64_t minute; /* done when it was carried out; 0 none */
    enum api_command_kind kind;
    char *ticket, *text;
    int64_t value;
    struct bytes data, more;
};

/* A seat as its station has told it last. */
struct hall_told {
    struct seat *seat;
    bool connected;
    int64_t epoch, seq, spilled;
};

struct hall_station {
    char *name;
    uint8_t key[JOURNAL_STATION_KEY];
    bool admitted;
    bool met; /* has introduced itself since this service began */
    uint8_t tls[INTRODUCTION_TLS_KEY];
    struct age_recipient recipient, before; /* of its agent's run, and of the one before */
    int64_t heard_mono_ms, asked_mono_ms;   /* in any way; with a question for news */
    bool asked;                             /* news, at least once */
    enum room_state state;
    int64_t battery, clock_off_ms;
    bool charging;
    enum control_disk disk;
    char *trouble;
    struct hall_told *told;
    size_t n_told;
    struct hall_command *first;
    int64_t last;    /* highest number sent, or carried out */
    bool doubled;    /* another machine uses its name or key: noted */
    bool fresh_news; /* a change that is news without a command: admitted or not */
};

/* An order that has not come back yet. */
struct hall_order {
    struct hall_order *next;
    int64_t minute;
    struct seat *seat;
    enum journal_kind kind;
    char serial[JOURNAL_SERIAL + 1];
    struct bytes packed;
};

/* seat->attached */
struct hall_sitting {
    struct hall_station *at; /* where it sits or sat last; NULL nowhere */
    /* the proctor has moved it: to this machine, "" any; NULL not */
    char *move_to, *move_reason;
    int64_t move_minute;
    /* the order of a re-seat whose epoch has not come yet */
    struct bytes reseat;
    struct hall_station *reseat_to;
    int64_t reseat_minute, reseat_epoch, reseat_seq; /* forks after */
    /* used time beside the room's own clock (hall-time.c) */
    const struct hall_station *watched_at;
    bool watched; /* at the last question of its station */
    int64_t watched_ms, used_before_ms, lag_ms;
    bool beside; /* another machine's journal lies beside */
};

struct hall {
    struct room *room;
    struct hall_options options;
    struct bytes introduction, roster;
    struct secret tls_seed;
    struct hall_station **station; /* by name */
    size_t n;
    struct hall_order *order;
    int64_t closing_mono_ms; /* a closing has begun; 0: none */
    bool clearing;           /* stations are to remove what is here, as they come */
    int64_t forced;          /* ends that it has ordered */
};

struct hall_sitting *hall_sitting(const struct seat *seat);

/* Adds to the minutes; its number. */
int64_t hall_note(struct hall *h, const char *kind, const struct seat *seat, const struct hall_station *s,
                  struct span data, const char *text);

/* ---- hall-stations.c ---- */
struct hall_station *hall_station_named(const struct hall *h, const char *name);
struct hall_station *hall_station_with_key(const struct hall *h, const uint8_t key[JOURNAL_STATION_KEY]);
struct hall_station *hall_add_station(struct hall *h, const char *name,
                                      const uint8_t key[JOURNAL_STATION_KEY]);
void hall_station_free(struct hall_station *s);
/* Since when it is silent; 0: it talks. */
int64_t hall_silent_ms(const struct hall *h, const struct hall_station *s);
/* It says something; a long silence before it is noted. */
void hall_heard(struct hall *h, struct hall_station *s);
/* It has talked just now and goes on. */
bool hall_answers(const struct hall *h, const struct hall_station *s);
const struct hall_told *hall_told(const struct hall_station *s, const struct seat *seat);

/* ---- hall-commands.c ---- */
/* Queues; the text is copied (NULL: ""), and what else it carries is for the caller to set. Seat NULL: all.
 */
struct hall_command *hall_tell(struct hall_station *s, enum api_command_kind kind, const struct seat *seat,
                               const char *text);
bool hall_has_command(const struct hall_station *s, enum api_command_kind kind);
/* There is something for the station now: one that is not admitted hears of nothing but the closing. */
bool hall_has_commands(const struct hall_station *s);
/* Those, numbered, the first API_MAX_COMMANDS; into the arena. */
void hall_list_commands(struct hall_station *s, struct arena *a, struct api_news *ret);
/* The station has carried out everything up to that number. */
void hall_commands_done(struct hall *h, struct hall_station *s, int64_t after);
/* A new run of its agent: what was sent and not carried out goes out once more; the key of the session and
 * the start are asked for anew. */
void hall_commands_anew(struct hall_station *s);
void hall_drop_commands(struct hall_station *s);

/* ---- hall-time.c ---- */
/* After each report of a station. */
void hall_watch_time(struct hall *h, struct hall_station *s);

/* ---- hall-status.c ---- */
void hall_status(void *self, struct arena *a, struct control_room *ret);

/* ---- hall-orders.c ---- */
struct hall_giving {
    enum journal_kind kind;
    int64_t value;
    const char *reason;
    const struct hall_station *to; /* JOURNAL_RESEAT; NULL: the room's own machine */
};
/* Signs an order for this seat into `out`; a re-seat forks at the copy's end. */
MUST_CHECK int hall_sign_order(struct hall *h, const struct seat *seat, const struct hall_giving *g,
                               struct bytes *out, struct err *e);
/* Signs, notes and queues an order. */
MUST_CHECK int hall_order(struct hall *h, struct seat *seat, const struct hall_giving *g, struct err *e);
/* Puts the orders of a seat into the queue of the station that has it now. */
void hall_queue_orders(struct hall *h, struct seat *seat);
/* Which of them stand in the copy. */
void hall_settle_orders(struct hall *h, struct seat *seat);
bool hall_is_pending(const struct hall *h, const struct seat *seat);
MUST_CHECK int hall_load_order(struct hall *h, const struct minute *m, struct err *e);
void hall_order_free(struct hall_order *o);

/* The room's act hook: an act of the proctor becomes an order. */
int hall_act(void *self, struct seat *seat, enum journal_kind kind, int64_t value, const char *reason,
             struct err *e);
/* As room_hooks wants it. */
enum sitting_state hall_ordered(void *self, const struct seat *seat);

/* ---- hall-finish.c ---- */
line_handler hall_finish;

/* ---- hall-close.c ---- */
line_handler hall_close_room, hall_clear;

/* ---- journals from the disks of lost machines (hall-bring.c) ---- */
line_handler hall_bring;
/* What this station has told, and the room has to the last event. */
void hall_clear_station(struct hall *h, struct hall_station *s);
const char *hall_fault(void *self, const struct seat *seat, struct arena *a);

/* ---- hall-proctor.c ---- */
int hall_request(void *self, struct asking *a, struct err *e);
void hall_left(void *self, struct line *l);
MUST_CHECK int hall_need_reason(const char *reason, struct err *e);

#endif
