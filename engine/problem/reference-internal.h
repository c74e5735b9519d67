/* SPDX-License-Identifier: Apache-2.0 */
/* How a reference problem is read, shared by reference*.c only. */
#ifndef KAOCHANG_ENGINE_REFERENCE_INTERNAL_H
#define KAOCHANG_ENGINE_REFERENCE_INTERNAL_H

#include <jansson.h>

#include "base/csv.h"
#include "engine/problem/reference.h"

/* Decimals are integers of nine decimals. */
#define REFERENCE_UNIT INT64_C(1000000000)

/* The distinct texts of a column. */
struct reference_texts {
    uint32_t *of; /* number of each item's text; NULL: not numbered yet */
    const char **text;
    size_t n;
};

struct reader {
    struct problem *p;
    struct csv csv;
    const char *json_path, *csv_path;
    const char *id; /* of the constraint at hand, or NULL; stands in messages */
    size_t *by_id;  /* item numbers sorted by id */
    struct err *e;
    struct arena *table;           /* lives while reading */
    struct reference_texts *texts; /* of columns */
};

/* ERR_DATA about problem.json. */
int reference_bad(const struct reader *r, const char *what);
/* False for what is no number or too large. */
bool reference_decimal(double v, int64_t *ret);
bool reference_decimal_text(const char *s, int64_t *ret);
/* What stands in items.csv about an item; "" without such a column. */
const char *reference_cell(const struct reader *r, size_t item, int column);
/* The decimals of an attribute for n items (`item` NULL: the first n). */
MUST_CHECK int reference_values(const struct reader *r, const char *attr, int64_t *coef, const uint32_t *item,
                                size_t n);
/* What a good constraint asks, after its id. */
const char *reference_words(const struct reader *r, const char *kind, const json_t *c,
                            const struct requirement *q);
/* ret->item and n: the items that meet every term of the constraint's "where"; all without one. */
MUST_CHECK int reference_matching(struct reader *r, const json_t *constraint, struct requirement *ret);
MUST_CHECK int reference_constraint(struct reader *r, const json_t *c);
MUST_CHECK int reference_objective(struct reader *r, const json_t *o);

#endif
