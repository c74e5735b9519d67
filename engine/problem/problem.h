/* SPDX-License-Identifier: Apache-2.0 */
/* An assembly problem, in integers alone: which items may stand in which parallel forms. This is the fixed
 * interface between what makes problems (blueprint and bank, reference problems) and what solves, checks and
 * explains them.
 *
 * x(i,f) is 1 if item i stands in form f. Decimals of the data become integers by a unit: a value v of a
 * requirement stands for v / requirement.unit.
 */
#ifndef KAOCHANG_ENGINE_PROBLEM_H
#define KAOCHANG_ENGINE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

#define OPEN_LO INT64_MIN
#define OPEN_HI INT64_MAX
#define NO_STIMULUS UINT32_MAX

enum requirement_kind {
    /* in each form */
    REQUIRE_LINEAR,       /* lo <= sum of coef * x over `item` <= hi; may be a wish */
    REQUIRE_AT_MOST_ONE,  /* of `item`: enemies */
    REQUIRE_ALL_OR_NONE,  /* of `item` */
    REQUIRE_COVER,        /* at least lo of the groups 0..n_groups-1 have an item; item[k] is in group[k] */
    REQUIRE_STIMULI,      /* lo..hi different stimuli */
    REQUIRE_PER_STIMULUS, /* a stimulus that is used has lo..hi items */
    REQUIRE_INCLUDE,      /* every one of `item` */
    REQUIRE_EXCLUDE,      /* none of `item` */
    /* across forms */
    REQUIRE_TOTAL,        /* lo <= sum of coef * x over `item` and all forms <= hi; may be a wish */
    REQUIRE_USE,          /* each of `item` stands in lo..hi forms */
    REQUIRE_STIMULUS_USE, /* each stimulus in at most hi forms */
    REQUIRE_OVERLAP,      /* any two forms share at most hi of `item` */
    REQUIRE_RANGE,        /* any two forms' sums of coef * x over `item` differ by at most hi */
    REQUIRE_PENALTY,      /* what the wishes that are not met cost is at most hi */
};

struct requirement {
    enum requirement_kind kind;
    const char *id;        /* short: "section s2", "C7" */
    const char *words;     /* what is asked, as the office would say it */
    unsigned line;         /* of the blueprint, 0 if none */
    uint32_t unit_no;      /* requirements of the same number are one to a person: kept or dropped together */
    const uint32_t *item;  /* ascending; for REQUIRE_COVER an item may stand there once per group */
    const int64_t *coef;   /* NULL: 1 each */
    const uint32_t *group; /* REQUIRE_COVER */
    size_t n, n_groups;
    int64_t lo, hi;
    int64_t unit; /* 1 stands for 1/unit; 1 for counts */
    int64_t
        weight; /* 0: must hold. Above: a wish; each 1 outside lo..hi costs this in OBJECTIVE_MIN_PENALTY */
};

enum objective_kind {
    OBJECTIVE_NONE,
    OBJECTIVE_MAX_SUM,     /* maximise the sum over forms of row 0 */
    OBJECTIVE_MAXIMIN,     /* maximise the least of (row's sum in a form) / weight */
    OBJECTIVE_MINIMAX_DEV, /* minimise the largest |row's sum in a form - target| */
    OBJECTIVE_MIN_RANGE,   /* minimise the largest difference between two forms' sums of a row */
    OBJECTIVE_MIN_PENALTY, /* minimise what the wishes that are not met cost, over all forms; no rows */
};

struct objective_row {
    const int64_t *coef; /* one per item of the problem */
    int64_t target;      /* in the same unit */
    int64_t weight;      /* thousandths; OBJECTIVE_MAXIMIN */
};

/* One wish of the whole; the first one of a problem matters most. A solver works on the first alone: for the
 * next, what the earlier ones reached becomes requirements (search/solve.h). */
struct objective {
    enum objective_kind kind;
    const char *words; /* as the office would say it; may be NULL */
    struct objective_row *row;
    size_t n_rows;
    int64_t unit; /* of the rows' integers: 1 stands for 1/unit */
    int64_t
        indifferent; /* MINIMAX_DEV, MIN_RANGE: values up to this are equally good, in the rows' integers */
    int64_t give;    /* of the value reached, in the rows' integers: what later objectives may give up */
};

struct problem {
    struct arena *arena; /* owns everything below */
    const char *name;
    size_t n_items, n_forms;
    const char **id;          /* of the items */
    const uint32_t *stimulus; /* of the items, or NO_STIMULUS; NULL: there are none */
    size_t n_stimuli;
    struct requirement *requirement;
    size_t n_requirements;
    struct objective *objective; /* at least one: OBJECTIVE_NONE where nothing is wished */
    size_t n_objectives;
};

struct problem *problem_new(size_t n_items, size_t n_forms);
void problem_free(struct problem *p); /* NULL is fine */
/* A copy of r is appended, with what it points to borrowed; unit_no is set to its own number unless `joins`
 * is the number of an earlier one. Returns its number. */
uint32_t problem_require(struct problem *p, const struct requirement *r);
uint32_t problem_require_with(struct problem *p, const struct requirement *r, uint32_t joins);
bool requirement_is_across_forms(const struct requirement *r);

/* The chosen items: for each form its item numbers, ascending. */
struct selection {
    uint32_t **form;
    size_t *n;
    size_t n_forms;
};

void selection_copy(struct selection *to, const struct selection *from); /* *to is new */
void selection_release(struct selection *s); /* frees each form's list, and leaves it empty */

#endif
