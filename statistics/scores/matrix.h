/* SPDX-License-Identifier: Apache-2.0 */
/* A score matrix: what each person has of each item, as integers of thousandths. Column by column, since
 * statistics go through items. */
#ifndef KAOCHANG_STATISTICS_SCORES_MATRIX_H
#define KAOCHANG_STATISTICS_SCORES_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

#define SCORE_MISSING INT32_MIN /* not given to this person, or left empty */
#define SCORE_UNIT 1000         /* of 1 */
#define MATRIX_NO_MARKS (-1)    /* full marks that are known to be 0 */
#define SCORE_LIMIT 10000000    /* a score lies within -/+ this many thousandths: ten thousand */

enum { MATRIX_MAX_ITEMS = 4000, MATRIX_MAX_PERSONS = 5000000 };

struct score_matrix {
    size_t n, k;    /* persons, items */
    char **item;    /* k names */
    char **person;  /* n names, or NULL where there are none */
    int32_t *score; /* score[item * n + person] */
    int32_t *max;   /* k: full marks; 0: not known */
    bool has_missing;
};

static inline const int32_t *matrix_item(const struct score_matrix *m, size_t item)
{
    return m->score + item * m->n;
}

/* An empty matrix of n persons and k items, all scores 0, without names. */
void matrix_new(struct score_matrix *ret, size_t n, size_t k);
void matrix_release(struct score_matrix *m);

struct matrix_reading {
    const char *name; /* of the file, for messages */
    const char *id;   /* the column with the persons' names; NULL: the first one if it is called id, attempt,
                         candidate, person or ticket */
    const char *const *
        skip; /* NULL-terminated: columns that are no items; those called sumgrades, total or sum never are */
};

/* Reads CSV: a head of item names, then a person in each line, scores with at most three decimals; an empty
 * field or "NA" is a missing score. ERR_DATA with line and column for what is no score, for lines that are
 * too long or short, for more than MATRIX_MAX_PERSONS or MATRIX_MAX_ITEMS, and where no line follows the
 * head. */
MUST_CHECK int matrix_read(struct score_matrix *ret, const struct matrix_reading *r, struct span text,
                           struct err *e);

#endif
