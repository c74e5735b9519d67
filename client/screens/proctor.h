/* SPDX-License-Identifier: Apache-2.0 */
/* The proctor's screens: model, views and updates, pure as the candidate's are. */
#ifndef KAOCHANG_CLIENT_SCREENS_PROCTOR_H
#define KAOCHANG_CLIENT_SCREENS_PROCTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "client/screens/field.h"
#include "client/screens/grid.h"
#include "client/screens/keys.h"

enum proctor_screen {
    PROCTOR_UNLOCK,
    PROCTOR_ROOM,
    PROCTOR_EXTRA, /* minutes and a reason for the candidate under the cursor */
    PROCTOR_END,   /* a reason for ending the candidate's exam */
    PROCTOR_ABSENT,
    PROCTOR_CLOSE, /* what closing will do */
    PROCTOR_CLOSED,
    PROCTOR_SCREENS
};

enum row_state {
    ROW_NEW,
    ROW_ABSENT,
    ROW_WORKING,
    ROW_STOPPED,
    ROW_PAUSED,
    ROW_HANDED_IN,
    ROW_ENDED,
    ROW_STATES
};

enum { PROCTOR_TEXT = 256, PROCTOR_MAX_MINUTES = 240 };

struct proctor_row {
    char ticket[64], name[PROCTOR_TEXT], seat[32], receipt[32];
    enum row_state state;
    int64_t answered, items, left_ms, interruptions;
    bool sealed;
};

struct proctor_closing {
    int64_t registered, sat, absent, forced;
    char path[600];
};

struct proctor {
    int width, height;
    bool function_keys;
    enum proctor_screen screen;
    char title[PROCTOR_TEXT], session[PROCTOR_TEXT], room[PROCTOR_TEXT], window[PROCTOR_TEXT];
    bool outside_window;
    struct proctor_row *row; /* owned by whoever runs the model */
    size_t n, cursor;
    int scroll; /* first row of seats shown */
    struct field code, minutes, reason;
    int focus; /* field of a dialog, button of a question */
    bool busy;
    char message[2 * PROCTOR_TEXT];
    bool alarm; /* the message is a failure */
    struct proctor_closing closing;
};

enum proctor_effect_kind {
    PROCTOR_DO_UNLOCK,
    PROCTOR_DO_EXTRA, /* seconds */
    PROCTOR_DO_END,
    PROCTOR_DO_ABSENT, /* seconds: 1 absent, 0 present after all */
    PROCTOR_DO_CLOSE,
    PROCTOR_DO_LEAVE,
};
/* At most one thing is asked for at a time; it concerns the row under the cursor. */
struct proctor_effect {
    bool wanted;
    enum proctor_effect_kind kind;
    int64_t seconds;
};

void proctor_init(struct proctor *p, int width, int height);
void proctor_key(struct proctor *p, struct key k, struct proctor_effect *out);
void proctor_click(struct proctor *p, struct target t);
void proctor_draw(const struct proctor *p, struct grid *g);

/* Outcomes. */
void proctor_opened(struct proctor *p);
void proctor_done(struct proctor *p, const char *message);
void proctor_failed(struct proctor *p, const char *message);
void proctor_room_closed(struct proctor *p, const struct proctor_closing *c);
/* New rows from the agent; the cursor stays on its candidate. Takes the array over and returns the old one. */
struct proctor_row *proctor_rows(struct proctor *p, struct proctor_row *row, size_t n);

/* ---- shared by its files ---- */
const struct proctor_row *proctor_current(const struct proctor *p); /* NULL: no rows */
/* Needs a hand: interrupted, or ended and not signed. */
bool proctor_needs_hand(const struct proctor_row *r);
struct proctor_counts {
    size_t state[ROW_STATES];
    size_t hands;
};
struct proctor_counts proctor_count(const struct proctor *p);
int proctor_columns(const struct proctor *p); /* seats in a line */
int proctor_lines(const struct proctor *p);   /* lines of seats on the screen */
const char *proctor_state_text(enum row_state s);
void proctor_draw_unlock(const struct proctor *p, struct grid *g);
void proctor_draw_room(const struct proctor *p, struct grid *g);
void proctor_draw_close(const struct proctor *p, struct grid *g);
void proctor_draw_closed(const struct proctor *p, struct grid *g);

#endif
