/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's screens: model, views and updates, pure as the candidate's are. The room is what
 * control_status told last; every act is asked for step by step (proctor-act.h) and comes out as one effect.
 */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "client/agent/control.h"
#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"
#include "client/screens/proctor-act.h"
#include "client/screens/proctor-words.h"
#include "exam-packages/proctors.h"

enum proctor_screen {
    PROCTOR_UNLOCK,
    PROCTOR_KEYS, /* in place of the code */
    PROCTOR_ROOM,
    PROCTOR_ASK,  /* one step of an act */
    PROCTOR_CODE, /* a one-time code, large */
    PROCTOR_CHECK,
    PROCTOR_STATIONS,
    PROCTOR_MINUTES,
    PROCTOR_ABOUT, /* everything about the candidate or machine of the lower part */
    PROCTOR_CLOSED,
    PROCTOR_SCREENS
};

enum { PROCTOR_TEXT = 256, PROCTOR_ID = 128, PROCTOR_PATH = 512, PROCTOR_MAX_MINUTES = 240 };

/* Where an act stands that is being asked for. */
struct proctor_asked {
    enum proctor_act_id act, menu; /* menu: the one that it was chosen from, or ACT_NONE */
    enum proctor_screen from;      /* where Escape leads in the end */
    bool whole;                    /* begun for the room: "all" stands first */
    int was;                       /* proctor.at before */
    int step, cursor, scroll;
    char ticket[PROCTOR_ID], station[PROCTOR_ID]; /* ticket: or CONTROL_ALL */
    int64_t minutes;
    char article[8], text[FIELD_MAX + 8];
    struct field own; /* own words, or a number */
};

enum { PROCTOR_NAME = PROCTORS_NAME_MAX + 1 };
struct proctor_holder {
    char name[PROCTOR_NAME];
    bool read;
};
/* Opening with the keys of proctors. */
struct proctor_keys {
    struct proctor_holder holder[PROCTORS_MAX];
    size_t n;           /* 0: the code opens the session */
    size_t needed, all; /* now: one where the session is open; to open it */
    bool has_code, is_open;
    char locked[PROCTOR_ID]; /* the key file whose passphrase is asked for; "" none */
    struct field passphrase;
};

struct proctor {
    int width, height;
    bool function_keys;
    enum proctor_screen screen;
    struct control_room room; /* borrowed from whoever runs the model, as all that is pointed to below */
    int64_t since_ms;         /* since the room was looked at */
    bool waits;               /* unlocking: this machine waits for its room */
    bool stopped;             /* unlocking: the agent was here and is not any more */
    bool serves;              /* unlocking: the code starts the room service */
    /* What the lower part shows: follows who needs a hand first, until a key chooses. */
    enum {
        AT_FIRST_HAND,
        AT_HAND,
        AT_SEAT,
        AT_STATION
    } at; /* AT_HAND: chosen with Tab, until it needs none */
    char ticket[PROCTOR_ID], station[PROCTOR_ID];
    int scroll; /* first line of seats shown */
    struct field code;
    struct proctor_keys keys;
    struct proctor_asked ask;
    char one_time[32]; /* the code shown */
    struct control_check check;
    struct control_minute *minute;
    size_t n_minutes;
    int list_cursor, list_scroll; /* of check, stations, minutes */
    struct control_closing closing;
    char record[PROCTOR_PATH]; /* of the room record, once it is drawn up */
    bool can_print;
    bool busy;
    char message[2 * PROCTOR_TEXT];
    bool alarm; /* the message is a failure */
};

/* At most one thing is asked for at a time. */
struct proctor_effect {
    bool wanted;
    enum proctor_act_id act;
    char ticket[PROCTOR_ID], station[PROCTOR_ID];
    int64_t minutes;
    char article[8], text[FIELD_MAX + 8];
};

void proctor_init(struct proctor *p, int width, int height);
void proctor_key(struct proctor *p, struct key k, struct proctor_effect *out);
void proctor_click(struct proctor *p, struct target t, struct proctor_effect *out);
void proctor_draw(const struct proctor *p, struct grid *g);

/* ---- outcomes ---- */
void proctor_opened(struct proctor *p);
/* The agent is gone: the code opens it again. */
void proctor_lost(struct proctor *p);
void proctor_done(struct proctor *p, enum proctor_act_id act);
void proctor_failed(struct proctor *p, const char *message);
void proctor_code(struct proctor *p, const char *code);
void proctor_checked(struct proctor *p, const struct control_check *check);
void proctor_listed(struct proctor *p, struct control_minute *minute, size_t n);
void proctor_recorded(struct proctor *p, const char *path);
void proctor_room_closed(struct proctor *p, const struct control_closing *c);
/* News from the agent; what is under the cursor stays there. */
void proctor_look(struct proctor *p, const struct control_room *room);

/* ---- opening with the keys of proctors (proctor-keys.c) ---- */
void proctor_wants_keys(struct proctor *p, const struct proctors *who, bool has_code, bool is_open);
void proctor_ask_again(struct proctor *p); /* all of them: the session's program has ended */
size_t proctor_keys_read(const struct proctor *p);
void proctor_key_came(struct proctor *p, size_t place);
void proctor_key_refused(struct proctor *p, const char *file, const char *why);
void proctor_key_is_locked(struct proctor *p, const char *file); /* asks for its passphrase */
void proctor_forget_passphrase(struct proctor *p);

/* ---- who needs a hand (proctor-hands.c) ---- */

enum hand_kind { /* the most urgent first */
                 HAND_AT_RISK,
                 HAND_TROUBLE, /* the journal is damaged, or two machines wrote it */
                 HAND_SILENT,  /* no signal from the machine of one who answers */
                 HAND_STOPPED,
                 HAND_ROOM_ONLY,
                 HAND_UNSIGNED,
                 HAND_ASKS,         /* a machine asks to be admitted */
                 HAND_STATION_DISK, /* of a machine where nobody sits */
                 HAND_BATTERY,
                 HAND_NONE,
                 HAND_KINDS
};
struct proctor_hand {
    enum hand_kind kind;
    const struct control_candidate *candidate; /* or NULL */
    const struct control_station *station;     /* or NULL: not known */
};
enum { PROCTOR_MAX_HANDS = 200, HAND_STEPS = 3 };
struct proctor_hands {
    struct proctor_hand hand[PROCTOR_MAX_HANDS];
    size_t n;
};
void proctor_find_hands(const struct proctor *p, struct proctor_hands *ret);
struct proctor_hand proctor_hand_of(const struct proctor *p, const struct control_candidate *c);
/* What the lower part is about; candidate and station NULL in an empty room. */
struct proctor_hand proctor_focus(const struct proctor *p);
const char *proctor_hand_title(const struct proctor_hand *h);
/* Of a machine what is worth saying: last signal, disk, battery, clock. */
const char *proctor_machine_text(const char *name, const struct control_station *s, int64_t silent_ms,
                                 char *buf, size_t size);
/* State, answers, time left or receipt. */
const char *proctor_progress_text(const struct proctor_hand *h, char *buf, size_t size);
const char *proctor_marks_text(const struct control_candidate *c, char *buf, size_t size);
/* The text in the language; in a lab session, where raters sit at the machines, in words that fit them. */
const char *proctor_says(const struct proctor *p, const char *text);
const char *proctor_hand_advice(const struct proctor *p, enum hand_kind k);
/* The sensible steps, the first one preselected; ends with ACT_NONE. */
void proctor_hand_steps(const struct proctor *p, const struct proctor_hand *h,
                        enum proctor_act_id ret[HAND_STEPS + 1]);

/* ---- shared by its files ---- */
const struct control_candidate *proctor_candidate(const struct proctor *p,
                                                  const char *ticket); /* NULL: none */
const struct control_station *proctor_station(const struct proctor *p, const char *name);
bool proctor_begun(const struct control_candidate *c);
bool proctor_ended(const struct control_candidate *c);
/* Of a lab exam. */
bool proctor_is_rater(const struct control_candidate *c);
struct proctor_counts {
    size_t seat[SEAT_STATES];
    size_t here, absent, late, sitting, done, breaches;
};
struct proctor_counts proctor_count(const struct proctor *p);

struct proctor_layout {
    int columns, cell, lines; /* of the seat plan; cell: columns of a seat */
    bool wide;                /* with names */
    int legend, detail, end;  /* rows; end: after the last row of the lower part */
};
struct proctor_layout proctor_lay_out(const struct proctor *p);
int proctor_list_rows(const struct proctor *p); /* of check, stations and minutes */
size_t proctor_list_size(const struct proctor *p);
int proctor_ask_rows(const struct proctor *p); /* options shown at once */

void proctor_go_to(struct proctor *p, const struct proctor_hand *h, int at);
void proctor_complain(struct proctor *p, const char *text);
void proctor_want(struct proctor *p, enum proctor_act_id act, struct proctor_effect *out);
/* Begins to ask, or does at once what has nothing to ask. Complains where it is not possible now. */
void proctor_begin(struct proctor *p, enum proctor_act_id act, struct proctor_effect *out);
void proctor_keys_key(struct proctor *p, struct key k, struct proctor_effect *out);
void proctor_ask_key(struct proctor *p, struct key k, struct proctor_effect *out);
void proctor_ask_click(struct proctor *p, int index);
void proctor_list_key(struct proctor *p, struct key k, struct proctor_effect *out);
void proctor_show_cursor(struct proctor *p);

/* A text of at most so many columns; a longer one ends in "..". Returns the columns used. */
int proctor_clip(struct grid *g, int x, int y, int columns, enum look look, const char *text);
void proctor_draw_head(const struct proctor *p, struct grid *g);
void proctor_draw_message(const struct proctor *p, struct grid *g, int y, int limit);
void proctor_draw_detail(const struct proctor *p, struct grid *g, const struct proctor_layout *l);
void proctor_draw_about(const struct proctor *p, struct grid *g);
void proctor_draw_keys(const struct proctor *p, struct grid *g);
void proctor_draw_unlock(const struct proctor *p, struct grid *g);
void proctor_draw_room(const struct proctor *p, struct grid *g);
void proctor_draw_ask(const struct proctor *p, struct grid *g);
void proctor_draw_code(const struct proctor *p, struct grid *g);
void proctor_draw_check(const struct proctor *p, struct grid *g);
void proctor_draw_stations(const struct proctor *p, struct grid *g);
void proctor_draw_minutes(const struct proctor *p, struct grid *g);
void proctor_draw_closed(const struct proctor *p, struct grid *g);

#endif
