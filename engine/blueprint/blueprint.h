/* SPDX-License-Identifier: Apache-2.0 */
/* A blueprint: what a paper and its parallel forms must be, as the office writes it (docs/engine.md, format
 * data/schemas/blueprint.rng). Every number is an integer: points in milli-points, facility in thousandths,
 * time in seconds. */
#ifndef KAOCHANG_ENGINE_BLUEPRINT_H
#define KAOCHANG_ENGINE_BLUEPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "base/points.h"

#define BLUEPRINT_NS "urn:kaochang:blueprint:1"
enum { BLUEPRINT_MAX_BYTES = 1 << 20 };

/* Texts of a white-space separated list. */
struct blueprint_list {
    const char **text;
    size_t n;
};

/* Which items a requirement is about; an empty list or NULL means any. */
struct blueprint_selector {
    const char *knowledge_point;  /* matches itself and everything below it: "1" matches "1.2" */
    struct blueprint_list levels; /* cognitive levels */
    struct blueprint_list kinds;
    bool has_facility;
    int64_t facility_from, facility_to; /* both ends belong to it */
};

struct blueprint_section {
    const char *id, *title;
    struct blueprint_list kinds, knowledge_points;
    int64_t count;
    bool has_points; /* false: each item keeps the bank's points */
    points_t points; /* of each item */
    int64_t time_s;  /* own limit inside the whole; 0: none */
    bool linear;     /* its items one after the other, no way back */
    bool once;       /* who leaves it does not come back */
    unsigned line;
};

enum blueprint_rule_kind {
    RULE_CELL,   /* number of items: knowledge point x cognitive level x kind */
    RULE_TYPE,   /* number of items of these kinds */
    RULE_BAND,   /* number of items of a facility band */
    RULE_POINTS, /* sum of points */
};

struct blueprint_rule {
    enum blueprint_rule_kind kind;
    struct blueprint_selector what;
    int64_t min, max; /* items, or milli-points; INT64_MAX: open */
    unsigned line;
};

struct blueprint_coverage {
    struct blueprint_list knowledge_points; /* empty: all of the bank's tree at this depth */
    int64_t depth;
    int64_t min; /* 0: all of them */
    unsigned line;
};

struct blueprint_item {
    const char *id;
    unsigned line;
};

struct blueprint_range {
    bool given;
    int64_t from, to, target;
    unsigned line;
};

struct blueprint {
    struct arena *arena; /* owns everything below */
    const char *name;    /* of the file, for messages */
    const char *id, *title;
    int64_t duration_s, earliest_hand_in_s;
    bool calculator, notes, tutorial; /* what the candidate is given */
    points_t points, pass, high;
    int64_t forms, max_overlap;
    bool enemies_apart;
    unsigned line;
    const char **notice;
    size_t n_notices;
    struct blueprint_section *section;
    size_t n_sections;
    struct blueprint_rule *rule;
    size_t n_rules;
    struct blueprint_coverage *coverage;
    size_t n_coverages;
    struct blueprint_item *include, *exclude;
    size_t n_includes, n_excludes;
    struct blueprint_range mean_facility; /* of a form, weighted by points */
    struct blueprint_range expected_time; /* of a form, seconds; target unused */
};

/* Told once per fault, in the order of the document. */
typedef void blueprint_complaint_fn(void *context, unsigned line, const char *message);

/* Reads and checks. Every fault is told to `complain` (NULL is fine) with its line; the first one is in e,
 * and then -ERR_DATA. `name` stands in messages. */
MUST_CHECK int blueprint_read(struct blueprint **ret, const char *name, struct span data,
                              blueprint_complaint_fn *complain, void *context, struct err *e);
void blueprint_free(struct blueprint *b); /* NULL is fine */

/* True if `code` is `prefix` or lies below it in the tree of knowledge points. */
bool knowledge_point_within(const char *code, const char *prefix);
bool blueprint_list_has(const struct blueprint_list *list, const char *text);

#endif
