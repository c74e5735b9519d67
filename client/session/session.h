/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a sitting, as pure functions over plain data: no clock, no terminal, no file.
 *
 * Everything that happens is an event. A command asks with session_may_… whether its event is allowed now,
 * stores the event, and then applies it with session_apply, which is also how a stored sitting is read back.
 * Time is `used_ms`, the time spent on the sitting; where it comes from is the caller's business.
 *
 * Sections (docs/client.md, "Sections"): a section may have a time of its own, be linear, be left for good.
 * The time spent in it is folded from the visits: what passes counts for the section of the item shown last.
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
    ERR_SECTION_CLOSED,     /* the section was left for good, or ended */
    ERR_SECTION_TIME,       /* the section's own time is over */
    ERR_LINEAR,             /* only the present item and the next one */
    ERR_ELSEWHERE,          /* the candidate is in another section */
    ERR_NO_NOTES,           /* the paper gives no scratch notes */
    ERR_HELD,               /* the proctor has not started the exam */
};

struct session_item {
    const struct paper_item *ref;
    const struct paper_section *section;
    size_t in; /* index of that section */
    enum attempt_state state;
    bool flagged;
    struct bytes response; /* the last answer, encoded, or the last rating; empty if none */
    bool worked;           /* its files differ from what was given */
};

struct session_section {
    const struct paper_section *ref;
    size_t first, n; /* its items */
    enum section_state state;
    size_t at;       /* its item shown last; the first one while it is new */
    int64_t used_ms; /* of s->used_ms, what was spent here */
};

struct session {
    const struct paper *paper;
    const struct paper_form *form;
    enum room_state room; /* running, unless the caller knows otherwise */
    enum sitting_state state;
    struct session_item *item;
    size_t n;
    size_t current;     /* item shown last */
    struct session_section *section;
    size_t n_sections;
    size_t here;        /* section of the item shown last; n_sections before the first one */
    int64_t used_ms;    /* at the last event or time mark; changed by session_pass */
    int64_t extra_ms;   /* of the roster, for this candidate */
    int64_t granted_ms; /* by the proctor, during the sitting */
    int64_t interruptions;
    struct bytes notes; /* the candidate's scratch notes, UTF-8; never scored */
    int64_t step_ms; /* SESSION_STEP_MS; longer only where time is simulated */
};

enum {
    SESSION_GRACE_MS = 2000,        /* what was typed as the time ran out still counts */
    SESSION_WARNING_MS = 5 * 60000, /* a first warning; a second at one minute */
    SESSION_LAST_WARNING_MS = 60000,
    SESSION_STEP_MS =
        10000, /* the most that passes between two looks at the clock: more was a stop of the machine */
    SESSION_MAX_GRANT_MS = 4 * 3600000,
    SESSION_MAX_NOTES = 65536, /* bytes */
};
#define SESSION_MAX_USED_MS (INT64_C(366) * 86400000) /* no sitting is longer: more is taken as this */

/* Borrowed: paper and form. */
void session_init(struct session *s, const struct paper *paper, const struct paper_form *form,
                  int64_t extra_ms);
void session_release(struct session *s);

/* Time. Extra time is one store: it lengthens the whole, and each section that needs more than its own; what
 * one section has taken of it is not there for the next. */
int64_t session_allowance_ms(const struct session *s);
int64_t session_left_ms(const struct session *s); /* never negative */
bool session_time_over(const struct session *s);  /* grace included: now the end is forced */
/* Time spent after the clock showed `elapsed_ms` more since the last look. Stands still unless answering; a
 * step back counts nothing, a step of more than step_ms counts as that (the machine was stopped or asleep).
 */
int64_t session_spend(const struct session *s, int64_t elapsed_ms);
/* used_ms moves on to `used_ms`, and the time of the section where the candidate is with it. Never back. */
void session_pass(struct session *s, int64_t used_ms);
/* Of a section's own time; never negative, INT64_MAX when it has none. */
int64_t session_section_left_ms(const struct session *s, size_t section);
bool session_section_over(const struct session *s, size_t section); /* grace included; false without a time */
/* What the clock of the screen shows: the lesser of what the section and the whole have left. */
struct session_left {
    int64_t ms;
    bool of_section; /* it is the section's: when it is over, the sitting goes on with another */
    int64_t whole_ms;
};
struct session_left session_left(const struct session *s);
enum session_notice {
    SESSION_NO_NOTICE,
    SESSION_FIVE_MINUTES,
    SESSION_ONE_MINUTE,
    SESSION_SECTION_FIVE_MINUTES,
    SESSION_SECTION_ONE_MINUTE,
    SESSION_SECTION_OVER, /* on to session_next_item */
    SESSION_OVER,         /* of the whole, or of a section after which no other is open: the end is forced */
};
/* The notice that falls due when used_ms goes from `before` to s->used_ms without a visit in between. */
enum session_notice session_notice(const struct session *s, int64_t before_ms);
/* Milliseconds of used time until handing in is allowed; 0: now. */
int64_t session_hand_in_wait_ms(const struct session *s);

/* Sections. Nothing can be seen or answered in a section that is shut: closed, or its time is over. */
bool session_section_shut(const struct session *s, size_t section);
/* Where the sitting goes on when the present section ends: the item shown last in the next section that may
 * be entered (after the last one: from the first on). s->n: there is none. */
size_t session_next_item(const struct session *s);
/* What visiting the item gives up for good, to be asked before sitting_visit. */
enum session_loss { SESSION_LOSES_NOTHING, SESSION_LOSES_ITEM, SESSION_LOSES_SECTION };
struct session_leave {
    enum session_loss loss;
    size_t section;    /* that is left, or whose item */
    size_t unanswered; /* of what is given up */
};
struct session_leave session_leaves(const struct session *s, size_t item);
/* True if any section of the form has a rule of its own. */
bool session_has_rules(const struct session *s);

/* May it happen now? 0, or -ERR_NO with a session_error in e->code. */
/* Only while the room runs: ERR_HELD before, ERR_ENDED after. */
MUST_CHECK int session_may_start(const struct session *s, struct err *e);
MUST_CHECK int session_may_visit(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_answer(const struct session *s, size_t item, struct err *e);
/* Also while the proctor has paused the room: what an examiner saw is not to be lost. */
MUST_CHECK int session_may_rate(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_flag(const struct session *s, size_t item, struct err *e);
/* Where the paper gives notes, until the time is over. */
/* What is in the item's folder counts as long as its section is not closed, also after the time: it was there
 * before. */
MUST_CHECK int session_may_collect(const struct session *s, size_t item, struct err *e);
MUST_CHECK int session_may_write_notes(const struct session *s, struct err *e);
MUST_CHECK int session_may_hand_in(const struct session *s, struct err *e);
MUST_CHECK int session_may_force_end(const struct session *s, struct err *e);
MUST_CHECK int session_may_grant(const struct session *s, int64_t ms, struct err *e);

/* What happened. */
enum session_event_kind {
    SESSION_START,
    SESSION_RESUME,
    SESSION_VISIT,
    SESSION_ANSWER,
    SESSION_RATING, /* in an examiner's sitting, where each item is a candidate: the rating, whole */
    SESSION_FLAG,
    SESSION_UNFLAG,
    SESSION_GRANT,
    SESSION_PAUSE,
    SESSION_CONTINUE,
    SESSION_NOTE,
    SESSION_NOTES,    /* scratch notes, whole */
    SESSION_FILE,     /* a piece of a file */
    SESSION_SNAPSHOT, /* the files of an item */
    SESSION_HAND_IN,
    SESSION_FORCED_END,
};
struct session_event {
    enum session_event_kind kind;
    int64_t used_ms;
    const char *item;     /* id, where the kind has one */
    struct span response; /* SESSION_ANSWER, SESSION_RATING; the text of SESSION_NOTES; the payload of SESSION_FILE and
                             SESSION_SNAPSHOT */
    int64_t value_ms;     /* SESSION_GRANT */
    bool worked;          /* SESSION_SNAPSHOT */
};
/* Moves the state. What the tables and the rules of the sections do not allow is refused and leaves all but
 * the time as it was: a stored sitting in which somebody went back, or answered after the time, is refused
 * too where the paper has rules for its sections (a paper without any reads as it always did). An answer or
 * visit counts at its own used_ms, so that one stored late is judged by when it was given. */
/* What session_apply would refuse, without doing it; event->used_ms is not after s->used_ms. */
MUST_CHECK int session_check(const struct session *s, const struct session_event *event, struct err *e);
MUST_CHECK int session_apply(struct session *s, const struct session_event *event, struct err *e);

/* Index of the item with that id; s->n if it is not of this form. */
size_t session_find(const struct session *s, const char *item);
struct session_counts {
    size_t answered, unanswered, flagged;
};
struct session_counts session_counts(const struct session *s);

#endif
