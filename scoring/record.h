/* SPDX-License-Identifier: Apache-2.0 */
/* The score record: what a sitting earned and why, as canonical XML (docs/scoring.md). No clock, no host, no
 * language, no float: the same work scored anywhere gives the same bytes. */
#ifndef KAOCHANG_SCORING_RECORD_H
#define KAOCHANG_SCORING_RECORD_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

#define SCORE_NS "urn:kaochang:score:1"
enum { SCORE_HASH = 32, SCORE_MAX_BYTES = 16 << 20, SCORE_MAX_EVIDENCE = 400, SCORE_MAX_ELEMENTS = 60000 };

enum score_status {
    SCORE_AUTO,    /* scored by rules */
    SCORE_PENDING, /* waits for a marker; counts 0 until then */
};
const char *score_status_name(enum score_status status); /* "auto", "pending" */

/* A check of a practical item (scoring/practical/rules/score.h). */
struct score_check {
    const char *id, *kind;
    points_t points;                      /* of the rules; of a forbid 0 or less */
    points_t maximum;                     /* of the rules; of a forbid 0 */
    const char *status;                   /* "pass", "fail", "unreadable", "not-attempted" */
    const char *cut;                      /* why it counts less than it gives; "" where it does not */
    const char *expected, *found, *place; /* for people: evidence */
};

struct score_item {
    const char *id;
    int64_t version; /* of the item in the bank */
    points_t points, maximum;
    const char *rule; /* "match_correct", "map_response", "map_response_point", "match_nothing",
                       * "match_basic", "custom", "none"; "practical" */
    enum score_status status;
    const char *evidence; /* for people: "answered B; correct B" */
    const char *token; /* of a practical item, a flag that counts nothing: "kept", "lost", "other" (another
                        * candidate's or another exam's); "" where no file could carry one */
    struct score_check *check; /* of a practical item, in the order of its rules */
    size_t n_checks;
};

struct score_record {
    struct arena *arena; /* owns the texts and items */
    const char *ruleset;
    uint8_t package[SCORE_HASH];
    const char *session, *form, *ticket;
    int64_t epoch, seq; /* the work: its last event */
    uint8_t hash[SCORE_HASH];
    points_t points, maximum;
    enum score_status status; /* pending while one item is */
    struct score_item *item;  /* in the form's order */
    size_t n_items;
};

void score_record_release(struct score_record *r);

/* Canonical bytes. ERR_DATA where the sums do not fit or a text cannot be written. */
MUST_CHECK int score_record_write(const struct score_record *r, struct bytes *out, struct err *e);
/* Reads and checks: sums, 0 <= points <= maximum, statuses; bytes that do not re-serialise to themselves are
 * refused. */
MUST_CHECK int score_record_read(struct score_record *ret, const char *name, struct span data, struct err *e);
/* 0 when both say the same, else ERR_NO with the first difference ("item k003: 0 points here, 2 there"). */
MUST_CHECK int score_record_compare(const struct score_record *here, const struct score_record *there,
                                    struct err *e);

#endif
