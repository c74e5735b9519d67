/* SPDX-License-Identifier: Apache-2.0 */
/* Scores sittings: paper + full items + answers → score record. Pure; station, office and audit call the same
 * function. */
#ifndef KAOCHANG_SCORING_SCORE_H
#define KAOCHANG_SCORING_SCORE_H

#include "paperbank/item/item.h"
#include "paperbank/item/paper.h"
#include "scoring/record.h"
#include "scoring/task.h"

/* The scoring part of a package: its paper and its items with their keys, read once for many sittings. */
struct score_key;

/* Bytes of items/ID.xml of the key part, borrowed until the key is freed. */
typedef int score_item_fn(void *context, const char *id, struct span *ret, struct err *e);

/* Reads paper.xml of the key part and every item that its forms use. ERR_DATA when one is missing or
 * unreadable, and when the paper asks for a rule set that this scorer lacks. */
MUST_CHECK int score_key_open(struct score_key **ret, struct span paper, score_item_fn *find, void *context,
                              struct err *e);
/* Adds the rules of the practical items that the key part holds; without it they wait for a marker. */
MUST_CHECK int score_key_tasks(struct score_key *k, score_part_fn *part, void *context, struct err *e);
bool score_key_practical(const struct score_key *k); /* any of its items is */
/* What people read of a check of a practical item, in the interface's language; NULL where there is none. */
const char *score_key_check_title(const struct score_key *k, const char *item, const char *check);
void score_key_free(struct score_key *k); /* NULL is fine */
const struct paper *score_key_paper(const struct score_key *k);

struct score_answer {
    const char *item;
    struct span response; /* response_set, encoded; n 0: never answered */
};

/* The files of a practical item at the end of the sitting. */
struct score_files {
    const char *item;
    struct practical_folder folder;
};

/* One sitting's final state, whatever it was read from. Borrowed. */
struct score_work {
    const char *session, *ticket, *form;
    uint8_t package[SCORE_HASH];
    int64_t epoch, seq;
    uint8_t hash[SCORE_HASH];
    const struct score_answer *answer; /* in any order; items that are not in the form are passed over */
    size_t n_answers;
    const struct score_files *files; /* in any order; an item without any was not worked on */
    size_t n_files;
};

/* The items in the form's order. An item whose rules fail, or that has none, is pending and told so; the
 * others are scored. ERR_DATA when the form is not in the paper or an answer is damaged. Release the
 * record. */
MUST_CHECK int score_sitting(const struct score_key *k, const struct score_work *w, struct score_record *ret,
                             struct err *e);
/* The same, straight to canonical bytes. */
MUST_CHECK int score_sitting_bytes(const struct score_key *k, const struct score_work *w, struct bytes *out,
                                   struct err *e);

/* Tries the key of an item before an exam rests on it: its rules must give a score for no answer at all, and
 * the correct responses must earn all that can be reached (not asked of an item where a response has none).
 * ERR_DATA otherwise. A template is tried with SCORE_TRIED_SEEDS seeds, and refused where a variable of the
 * candidate's view holds the correct response each time; what a person marks has no key. For packing. */
enum { SCORE_TRIED_SEEDS = 30 };
MUST_CHECK int score_try_key(const struct item *item, struct err *e);

/* maximum × score / reach, half up to milli-points, clamped to 0..maximum. The score counts to its sixth
 * decimal; reach is what the score can be at most, above zero. ERR_DATA for NaN and infinite. */
MUST_CHECK int score_points(points_t maximum, double score, points_t reach, points_t *ret, struct err *e);

#endif
