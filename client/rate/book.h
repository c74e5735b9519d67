/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets of one examiner: the candidates at his benches, group by group, and what was rated so far. A
 * plain value that keys change; what counts is the journal behind client/sitting.h. */
#ifndef KAOCHANG_CLIENT_RATE_BOOK_H
#define KAOCHANG_CLIENT_RATE_BOOK_H

#include "client/screens/edits.h"
#include "scoring/lab/plan.h"
#include "scoring/lab/rating.h"

enum { BOOK_UNDO = 64, BOOK_PAGE = 4 /* candidates side by side */ };

struct book_entry {
    /* as the roster says; texts live in the book's arena */
    const char *ticket, *name, *id_number, *school;
    int64_t seat, group, bench, extra_ms;
    const struct rubric *rubric;
    struct rating rating;        /* change it with the functions below */
    struct rating_points points; /* of it */
    struct rating *undo;         /* BOOK_UNDO earlier ones, the newest last */
    size_t n_undo;
    struct edits edits; /* of the rating: shown, given to the sitting, stored */
    bool reopened;      /* a reason was given for changing what the candidate confirmed */
    bool elsewhere;     /* its sheet is open in another program of this device */
    size_t step;        /* that the next key rates */
    size_t held;        /* step whose slips are being keyed, plus 1; 0: none */
    size_t slip;        /* of it, the last one */
};

/* A candidate of the room whom another examiner rates. */
struct book_other {
    const char *ticket, *rater, *rater_name; /* the examiner's number and name; "" when nobody is known */
    int64_t group, bench;
};

struct book {
    struct arena *arena; /* owns all of it but the plan */
    const struct lab_plan *plan;
    const char *room;         /* for people; "" at first */
    struct book_entry *entry; /* by group and bench */
    size_t n;
    struct book_other *other;
    size_t n_others;
};

/* What is to be done with a sheet. */
enum book_state {
    BOOK_NEW,       /* nothing rated */
    BOOK_STARTED,   /* some steps are open */
    BOOK_READY,     /* every step is rated; the candidate confirms */
    BOOK_CONFIRMED, /* locked */
    BOOK_UNSIGNED,  /* changed after that: void until the chief and two raters sign */
    BOOK_SETTLED,   /* absent, exempt …: a status instead of points */
};

struct book *book_new(const struct lab_plan *plan, size_t n);
void book_free(struct book *b); /* NULL is fine */
/* Nothing rated: sets the entry's rating up, after its facts and rubric. */
void book_begin(struct book_entry *x);
/* What the journal has had, one after another from the first one on, before book_restore: what undo can go
 * back to. Texts are copied. ERR_DATA when it is not of the entry's rubric. */
MUST_CHECK int book_recall(struct book *b, struct book_entry *x, struct span rating, struct err *e);
/* What the journal has; texts are copied. ERR_DATA when it is not of the entry's rubric. */
MUST_CHECK int book_restore(struct book *b, struct book_entry *x, struct span rating, struct err *e);
/* The new rating takes the place of the present one, which can be had back. */
void book_change(struct book_entry *x, const struct rating *next);
/* The rating before the last change; false when there is none. The time goes on. */
bool book_undo(struct book_entry *x);
/* A text that lives as long as the book. */
const char *book_text(struct book *b, const char *text);

enum book_state book_state(const struct book_entry *x);
bool book_is_final(const struct book_entry *x);  /* nothing more is asked of anybody here */
bool book_is_marked(const struct book_entry *x); /* some step, or a fatal */

/* Time of the experiment. It runs from its start until the sheet is final. */
bool book_runs(const struct book_entry *x);
int64_t book_allowance_ms(const struct book_entry *x);
int64_t book_left_ms(const struct book_entry *x); /* negative: over by so much */
void book_pass_time(struct book_entry *x, int64_t ms);
/* After an interruption: what passed meanwhile counts, as far as the wall clock can be believed. */
void book_catch_up(struct book_entry *x, int64_t wall_ms);

/* Groups, counted from 1. */
int64_t book_groups(const struct book *b);
/* Entries of a group: the first, and how many; n 0 when there is none. */
size_t book_group(const struct book *b, int64_t group, size_t *ret_n);
size_t book_find(const struct book *b, const char *ticket); /* n: not one of them */
/* The one other candidate whose ticket ends so; NULL when there is none, or more than one. */
const struct book_other *book_find_other(const struct book *b, const char *end);
size_t book_finals(const struct book *b, size_t first, size_t n);

#endif
