/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that the examiner's screens show besides what they share with a candidate's (struct model: line
 * to the room, saving, messages). Views draw it, updates change it; no terminal, no clock, no file. */
#ifndef KAOCHANG_CLIENT_RATE_RATE_MODEL_H
#define KAOCHANG_CLIENT_RATE_RATE_MODEL_H

#include "client/rate/book.h"
#include "client/screens/field.h"
#include "client/screens/model.h"

enum rate_screen {
    RATE_SHEETS,   /* two to four candidates side by side */
    RATE_GROUPS,   /* which group; find a candidate */
    RATE_IDENTITY, /* is this the candidate? */
    RATE_OWN,      /* turned to the candidate: the own sheet, to be confirmed */
    RATE_REASON,   /* why a confirmed sheet is changed */
    RATE_STATUS,   /* absent, exempt … */
    RATE_ARTICLE,  /* of a breach */
    RATE_DETAIL,   /* minutes given back, or why void */
    RATE_SURE,     /* is the status meant? */
    RATE_FINISH,   /* handing all sheets in */
    RATE_KEYS,     /* what the keys mean */
    RATE_SCREENS
};

/* What the next key on the sheets means. */
enum rate_asking {
    RATE_ASKS_NOTHING,
    RATE_ASKS_FATAL, /* which one, by its digit */
    RATE_ASKS_SURE,  /* is the fatal item meant? */
    RATE_ASKS_NOTE,  /* a line is being typed */
};

enum { RATE_CONFIRM_DIGITS = 4, RATE_MAX_MINUTES_BACK = 240, RATE_MAX_STATUS = 32, RATE_MAX_REASON = 190 };

struct rate_model {
    struct book *book; /* NULL before the sheets are there; owned by whoever runs the model */
    enum rate_screen screen;
    enum rate_asking asking;
    size_t chosen;   /* entry of the book */
    size_t fatal;    /* that is asked about */
    int64_t group;   /* under the cursor of the list */
    int scroll;      /* of the own sheet, of the list when finishing */
    size_t row;      /* of the status, the article */
    int button;      /* 0: the safe one */
    bool confirming; /* the number is being typed */
    bool refused;    /* what was typed last was not it */
    struct field field;
    enum rating_status status; /* that is asked about, with its reason and minutes */
    const char *reason;
    int64_t minutes;
    int64_t now_ms; /* wall clock, for people */
};

/* The sheets are there: where the last change was made, or at the first group. */
void rate_open(struct rate_model *r, struct book *b);
/* The chosen sheet; the book is there and not empty. */
struct book_entry *rate_chosen(const struct rate_model *r);
/* The candidates that stand beside the chosen one: first and number, at most BOOK_PAGE. */
size_t rate_page(const struct rate_model *r, size_t *ret_n);
/* Step that slip codes and 'h' mean now. */
size_t rate_slip_step(const struct book_entry *x);

/* A status that can be given to the chosen candidate. */
struct rate_choice {
    enum rating_status status;
    const struct lab_exemption *exemption; /* of RATING_EXEMPT */
    bool back;                             /* no change */
    bool present;                          /* is there after all */
};
size_t rate_choices(const struct rate_model *r, struct rate_choice ret[RATE_MAX_STATUS]);
/* The articles of RATING_BREACH or RATING_CHEATING; how many. */
struct proctor_article;
const struct proctor_article *rate_articles(enum rating_status status, size_t *ret_n);

#endif
