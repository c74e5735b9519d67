/* SPDX-License-Identifier: Apache-2.0 */
/* The state of a practice as plain data, its updates and its views; practice-check.c, -files.c and -route.c
 * carry out what the updates wish. */
#ifndef KAOCHANG_CLIENT_PRACTICE_PRACTICE_INTERNAL_H
#define KAOCHANG_CLIENT_PRACTICE_PRACTICE_INTERNAL_H

#include "client/practice/judge.h"
#include "client/practice/practice.h"
#include "client/practice/route.h"
#include "client/screens/folder.h"
#include "client/screens/sheet.h"
#include "client/screens/update.h"

enum practice_screen {
    PRACTICE_START, /* what there is, and the keys */
    PRACTICE_PAPER, /* the model's screens: item, list */
    PRACTICE_RESULT,
    PRACTICE_FEEDBACK, /* what a test says at the end of a part, or its own */
    PRACTICE_END
};
enum practice_wish {
    WISH_NOTHING,
    WISH_CHECK,
    WISH_MOVE, /* in a test, to `target` */
    WISH_RESTART,
    WISH_LEAVE
};
enum practice_button { END_GO_ON, END_AGAIN, END_LEAVE, END_BUTTONS };

struct checked {         /* what was said about the answer on the screen */
    struct arena *arena; /* NULL: not checked */
    struct verdict verdict;
    points_t points;      /* of the card's */
    const char *file;     /* about an uploaded file, or NULL */
    struct work *correct; /* one question, answered as the key has it; NULL where there is no key */
};

struct practice {
    struct model m;
    enum practice_screen screen;
    enum practice_wish wish;
    enum practice_button button;
    int scroll;
    struct deck *deck;
    struct route *route; /* NULL: items one after the other */
    size_t target;
    struct pictures *pictures;
    struct work *work;
    struct checked *checked; /* by card */
    struct folder_list folder; /* files that may be handed in: those of the current folder */
    int64_t folder_ms;       /* when it was looked at, monotonic */
    bool judged;             /* kaochang-score is there */
    struct judge *judge;
    uint64_t seed;
    int64_t last_ms;  /* monotonic */
    int64_t spent_ms; /* on the test */
    bool done;
};

/* Shows the error in the line for messages; `fmt` has one %s. */
void practice_tell(struct practice *p, const char *fmt, const struct err *e);

/* ---- practice-check.c ---- */
/* Has the answer on the screen checked; then its result is shown. */
void practice_check(struct practice *p);
/* Nothing has been said about the answer to this card, or it has changed since. */
void practice_forget(struct practice *p, size_t card);
/* route_judge_fn; the context is the practice. */
MUST_CHECK int practice_judge(void *context, size_t card, const struct response_set *responses,
                              struct arena *a, struct response_set *ret_outcomes, struct err *e);

/* ---- practice-files.c ---- */
/* Offers the files of the current folder, read anew each second while an item asks for one. */
void practice_offer_files(struct practice *p, int64_t now_ms);
/* A file that is named as an answer must be there. A line about it for the result goes into the arena; *ret
 * stays as it is where no file is named. */
MUST_CHECK int practice_look_at_files(const struct question *q, const struct response_set *responses,
                                      struct arena *a, const char **ret, struct err *e);

/* ---- practice-route.c: in a test ---- */
/* To p->target, or where the test allows. */
void practice_move(struct practice *p);
/* Time counts while an item or the list is on the screen; reading what was said about an answer costs none. */
void practice_spend(struct practice *p, int64_t passed_ms);

/* ---- practice-update.c: pure ---- */
void practice_key(struct practice *p, struct key k);
void practice_click(struct practice *p, struct target t);
void practice_resize(struct practice *p, int width, int height);
/* left_ms: until a limit of the test; -1: there is none. */
void practice_time(struct practice *p, int64_t passed_ms, int64_t left_ms);
/* The lines of practice on the paper's screen follow from the state. */
void practice_refresh(struct practice *p);

/* ---- practice-view.c, practice-result.c, practice-feedback.c: pure ---- */
void practice_draw(const struct practice *p, struct grid *g);
/* The text of the screen (start, result, feedback) for scrolling; the caller releases it. */
void practice_sheet(const struct practice *p, int width, struct sheet *ret);
void practice_result_sheet(const struct practice *p, struct sheet *s);
void practice_feedback_sheet(const struct practice *p, struct sheet *s);
/* Adds what the test says while it runs. */
void practice_feedback_during(const struct practice *p, struct sheet *s);
void practice_draw_feedback(const struct practice *p, struct grid *g);
/* The part of the body that scrolls. */
void practice_draw_sheet(const struct practice *p, struct grid *g);
int practice_sheet_rows(const struct practice *p);

struct practice_tally {
    size_t right, partly, wrong, waiting, open;
    points_t points, maximum; /* of what was checked */
};
struct practice_tally practice_tally(const struct practice *p);

#endif
