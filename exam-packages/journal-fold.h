/* SPDX-License-Identifier: Apache-2.0 */
/* A sitting's work: the fold of its journal's events (docs/formats.md, "Journal"). */
#ifndef KAOCHANG_EXAM_PACKAGES_JOURNAL_FOLD_H
#define KAOCHANG_EXAM_PACKAGES_JOURNAL_FOLD_H

#include "exam-packages/journal.h"

enum journal_status { JOURNAL_IN_PROGRESS, JOURNAL_HANDED_IN, JOURNAL_FORCED };

struct journal_work_item {
    const char *id;
    struct span response; /* the last answer, n 0 if never answered: response_set, encoded; in a rater's
                           * journal (form ROSTER_RATING_FORM) the rating of the candidate `id` */
    bool visited, flagged;
    bool worked;        /* its files differ from what the candidate was given; they are in journal-files.h */
    int64_t epoch, seq; /* of that answer */
};

struct journal_work {
    struct arena *arena; /* owns all of it */
    const char *session, *ticket, *form;
    uint8_t package[32], station[JOURNAL_STATION_KEY];
    struct journal_epoch start; /* of the newest epoch; without j_age */
    enum journal_status status;
    bool started, paused;
    int64_t started_wall_ms, ended_wall_ms; /* 0 if not; for people */
    int64_t used_ms, extra_ms;              /* time spent; granted by the proctor */
    int64_t interruptions;                  /* resume events */
    int64_t epoch, seq;                     /* the last event */
    uint8_t hash[32];
    bool sealed; /* the station's seal is there and names that last event; its signature is not verified here
                  */
    char receipt[22];               /* of an ended sitting, "XXXX-XXXX-XXXX-XXXX-C"; else "" */
    struct journal_work_item *item; /* those that have events, in the order of their first */
    size_t n_items;
    const char **serial; /* of the orders that were carried out, in their order */
    size_t n_serials;
};

/* journal_read of the whole (unsealed) journal, from the beginning, into *ret. */
MUST_CHECK int journal_fold(struct journal *j, struct journal_work *ret, struct err *e);
/* The same in one reading with somebody who listens: every event, superseded ones too, goes to `each` first,
 * as journal_read gives it. */
MUST_CHECK int journal_fold_with(struct journal *j, journal_each_fn *each, void *context,
                                 struct journal_work *ret, struct err *e);
void journal_work_release(struct journal_work *w);
bool journal_work_has_serial(const struct journal_work *w, const char *serial);
/* The item's work, or NULL. */
const struct journal_work_item *journal_work_find(const struct journal_work *w, const char *item);
/* The same step by step: begin with a zeroed *w, and again at each further epoch; then add the epoch's
 * events. Acts are verified with the station key of the epoch. */
void journal_work_begin(struct journal_work *w, const struct journal_epoch *start);
MUST_CHECK int journal_work_add(struct journal_work *w, const struct journal_event *event, struct err *e);

#endif
