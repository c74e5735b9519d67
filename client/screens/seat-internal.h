/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KAOCHANG_CLIENT_SCREENS_SEAT_INTERNAL_H
#define KAOCHANG_CLIENT_SCREENS_SEAT_INTERNAL_H

#include "client/agent/link.h"
#include "client/screens/seat.h"
#include "client/screens/stage.h"
#include "client/screens/task-view.h"
#include "client/screens/tutorial.h"
#include "client/screens/update.h"
#include "client/sitting.h"
#include "client/workspace/program.h"

enum seat_ahead { AHEAD_NOT_YET, AHEAD_WAITED, AHEAD_NEXT, AHEAD_PREVIOUS, AHEAD_DONE };

/* The last look at the files: before handing in, at the end of a section, at the end. */
enum seat_look { LOOK_NONE, LOOK_HAND_IN, LOOK_SECTION, LOOK_END, LOOK_DONE };

struct seat {
    struct model m;
    struct effects queue;
    char *home, *wanted_ticket;
    struct seat_memory *memory;
    struct link *link;
    bool greeted; /* the connection was used: signed in again, or the sign-in screen shown */
    struct sitting *sitting;
    struct arena *arena; /* texts of the candidate who signed in */
    struct link_candidate candidate;
    char token[33]; /* of the sitting that this seat signed in to */
    struct item **item;
    size_t n_items;
    struct pictures *pictures;
    int made;                     /* pictures, since the last input */
    struct work *work;            /* of the exam; the model shows it, or the tutorial's */
    struct tutorial *tutorial;    /* NULL: none */
    int64_t last_ms, next_try_ms; /* monotonic */
    int64_t granted_ms;           /* extra time that the candidate was told of */
    enum seat_ahead ahead; /* how far the items beside the current one are prepared, since the last key */
    struct workspace *workspace; /* NULL: no item is practical */
    struct programs *programs;
    struct task_view *task; /* by item; arena NULL: not practical */
    char *work_dir, *open_with, *shell;
    enum seat_look look;
    int64_t look_until_ms;
    bool gathering;        /* there is more to collect at once */
    struct link_kept kept; /* what the room has */
    bool drawn;            /* nothing happened since the last drawing… */
    bool only_saved;       /* … but that an answer on the paper was saved */
    bool done;
};

void seat_send(struct seat *s, const struct event *e);
void seat_say(struct seat *s, enum event_kind kind, const char *text);
/* Carries out what the model asked for. */
void seat_perform(struct seat *s, const struct clock_reading *now);
/* The error as one line for the candidate. */
void seat_refuse(struct seat *s, const struct err *e);

/* ---- entering: seat-enter.c ---- */
bool seat_connect(struct seat *s);
void seat_disconnect(struct seat *s);
void seat_sign_in(struct seat *s, const char *ticket);
void seat_sign_out(struct seat *s);
/* Closes sitting and connection. */
void seat_drop(struct seat *s);
void seat_open(struct seat *s, const struct clock_reading *now);
void seat_resume(struct seat *s, const struct clock_reading *now);
/* Signed in again after the agent was gone; the open sitting stays. */
void seat_reconnect(struct seat *s, const char *code);
/* The room is asked again whether it is open, quietly. */
void seat_knock(struct seat *s);

/* ---- files of practical items: seat-files.c ---- */
MUST_CHECK int seat_open_files(struct seat *s, struct work *w, struct err *e);
void seat_close_files(struct seat *s);
void seat_enter_files(struct seat *s, size_t item);
void seat_leave_files(struct seat *s, size_t item, const struct clock_reading *now);
void seat_files_time(struct seat *s, const struct clock_reading *now);
/* Begins the last look; false: it is done, or there is nothing to look at. Once it is done, handing in goes
 * on by itself, and the end of the time with the next look at the clock. */
bool seat_look_before(struct seat *s, enum seat_look look, const struct clock_reading *now);
void seat_look_again(struct seat *s);
/* The proctor gave more time just then: the next end has a last look of its own. */
void seat_not_over(struct seat *s);
void seat_end_programs(struct seat *s);
void seat_open_file(struct seat *s, size_t item, size_t file);
void seat_shell(struct seat *s, size_t item);
void seat_begin_again(struct seat *s, size_t item);
/* Rows were stored for files; `refused`: the disk has not all of them. */
void seat_stored_files(struct seat *s, bool refused);

/* ---- answering: seat-answer.c ---- */
void seat_visit(struct seat *s, size_t item, const struct clock_reading *now);
void seat_start(struct seat *s, const struct clock_reading *now);
void seat_answer(struct seat *s, size_t item, const struct clock_reading *now);
void seat_flag(struct seat *s, size_t item, const struct clock_reading *now);
void seat_notes(struct seat *s, const struct clock_reading *now);
/* What the stage wants saved. */
void seat_stage(struct seat *s, size_t item, const struct clock_reading *now);
void seat_hand_in(struct seat *s, const struct clock_reading *now);
/* What the agent says without being asked (seat-news.c). */
void seat_hear(struct seat *s, const struct clock_reading *now);
/* Whether the room has everything that is stored here. */
enum room_copy seat_copy(const struct seat *s);
void seat_pass_time(struct seat *s, const struct clock_reading *now);
/* Of a sitting that has ended: by hand, by the time, or else by the proctor. */
enum ending seat_ending(const struct session *x);
/* Has the end signed, and shows the receipt. */
void seat_ended(struct seat *s, enum ending ending);
/* "10:18:52" of the machine's time zone. */
const char *seat_time_of_day(int64_t wall_ms, char buf[16]);

#endif
