/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a sitting, as pure functions over plain data: no clock, no terminal, no file.
 *
 * Everything that happens is an event. A command asks with session_may_… whether its event is allowed now,
 * stores the event, and then applies it with session_apply, which is also how a stored sitting is read back.
 * Time is `used_ms`, the time spent on the sitting; where it comes from is the caller's business.
 */
#ifndef KAOCHANG_CLIENT_SESSION_SESSION_H
#define KAOCHANG_CLIENT_SESSION_SESSION_H

#include "client/session/states.h"
#include "paperbank/item/paper.h"
#include "paperbank/item/response.h"

/* Finer than the kind of an error, in err.code; the kind is ERR_NO. */
enum session_error {
    ERR_NOT_STARTED = 5001, /* the candidate has not begun */
    ERR_ENDED,              /* handed in, or ended by force */
    ERR_PAUSED,             /* the proctor has stopped the time */
    ERR_TIME_OVER,          /* the allowance is used up */
    ERR_NO_SUCH_ITEM,       /* not an item of this form */
    ERR_HAND_IN_EARLY,      /* before the earliest hand-in */
    ERR_EXTRA_TIME,         /* more than the limit, or less than what is used */
    ERR_STATE,              /* the move is not in the table of states */
};

struct session_item {
    const struct paper_item *ref;
    const struct paper_section *section;
    enum attempt_state state;
    bool flagged;
    struct bytes response; /* the last answer, encoded; empty if none */
};

struct session {
    const struct paper *paper;
    const struct paper_form *form;
    enum sitting_state state;
    struct session_item *item;
    size_t n;
    size_t current;     /* item shown last */
    int64_t used_ms;    /* at the last event or time mark */
    int64_t extra_ms;   /* of the roster, for this candidate */
    int64_t granted_ms; /* by the proctor, during the sitting */
    int64_t interruptions;
    int64_t step_ms; /* SESSION_STEP_MS; longer only where time is simulated */
};

enum {
    SESSION_GRACE_MS = 2000,        /* what was typed as the time ran out still counts */
    SESSION_WARNING_MS = 5 * 60000, /* a first warning; a second at one minute */
    SESSION_LAST_WARNING_MS = 60000,
    SESSION_STEP_MS =
        10000, /* the most that passes between two looks at the clock: more was a stop of the machine */
    SESSION_MAX_GRANT_MS = 4 * 3600000,
};

/* Borrowed: paper and form. */
void session_init(struct session *s, const struct paper *paper, const struct paper_form *form,
                  int64_t extra_ms);
void session_release(struct session *s);

/* Time. */
int64_t session_allowance_ms(const struct session *s);
int64_t session_left_ms(const struct session *s); /* never negative */
bool session_time_over(const struct session *s);  /* grace included: now the end is forced */
/* Time spent after the clock showed `elapsed_ms` more since the last look. Stands still unless answering; a
 * step back counts nothing, a step of more than step_ms counts as that (the machine was stopped or asleep).
 */
int64_t session_spend(const struct session *s, int64_t elapsed_ms);
enum session_notice { SESSION_NO_NOTICE, SESSION_FIVE_MINUTES, SESSION_ONE_MINUTE, SESSION_OVER };
/* The notice that falls due when used_ms goes from `before` to s->used_ms. */
enum session_notice session_notice(const struct session *s, int64_t before_ms);
/* Milliseconds of used time until handing in is allowed; 0: now. */
int64_t session_hand_in_wait_ms(const struct session *s);

/* May it happen now? 0, or -ERR_NO with a session_error in e->code. */
MUST_CHECK int session_may_start(const struct session *s, struct err *e);
MUST_CHECK int session_may_visit(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_answer(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_flag(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_hand_in(const struct session *s, struct err *e);
MUST_CHECK int session_may_force_end(const struct session *s, struct err *e);
MUST_CHECK int session_may_grant(const struct session *s, int64_t ms, struct err *e);

/* What happened. */
enum session_event_kind {
    SESSION_START,
    SESSION_RESUME,
    SESSION_VISIT,
    SESSION_ANSWER,
    SESSION_FLAG,
    SESSION_UNFLAG,
    SESSION_GRANT,
    SESSION_PAUSE,
    SESSION_CONTINUE,
    SESSION_NOTE,
    SESSION_HAND_IN,
    SESSION_FORCED_END,
};
struct session_event {
    enum session_event_kind kind;
    int64_t used_ms;
    const char *item;     /* id, where the kind has one */
    struct span response; /* SESSION_ANSWER */
    int64_t value_ms;     /* SESSION_GRANT */
};
/* Moves the state. What the tables do not allow is refused and leaves the state as it was. */
MUST_CHECK int session_apply(struct session *s, const struct session_event *event, struct err *e);

/* Index of the item with that id; s->n if it is not of this form. */
size_t session_find(const struct session *s, const char *item);
struct session_counts {
    size_t answered, unanswered, flagged;
};
struct session_counts session_counts(const struct session *s);

#endif
