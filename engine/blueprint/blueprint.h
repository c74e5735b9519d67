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
    struct blueprint_list attributes; /* "name=value"; of each name that is listed one of its values */
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
    bool shuffle;    /* each candidate has its items in an order of his own */
    unsigned line;
};

enum blueprint_rule_kind {
    RULE_CELL,   /* number of items: knowledge point x cognitive level x kind */
    RULE_TYPE,   /* number of items of these kinds */
    RULE_BAND,   /* number of items of a facility band */
    RULE_POINTS, /* sum of points */
    RULE_QUOTA,  /* number of items with a value of an attribute, for each value by itself */
};

struct blueprint_rule {
    enum blueprint_rule_kind kind;
    struct blueprint_selector what;
    int64_t min, max; /* items, or milli-points; INT64_MAX: open */
    int64_t weight;   /* 0: a requirement; above: a wish, of which each item or point missed costs this */
    const char *attribute;        /* RULE_QUOTA */
    struct blueprint_list values; /* of it; empty: each that an item has */
    unsigned line;
};

struct blueprint_coverage {
    struct blueprint_list knowledge_points; /* empty: all of the bank's tree at this depth */
    const char *attribute;                  /* its values in place of knowledge points; or NULL */
    int64_t depth;
    int64_t min; /* 0: all of them */
    unsigned line;
};

struct blueprint_item {
    const char *id;
    unsigned line;
};

struct blueprint_range {
    bool given, has_target;
    int64_t from, to, target; /* INT64_MIN, INT64_MAX: open */
    int64_t weight;           /* as of a rule */
    unsigned line;
};

/* The sum of an attribute's numbers over a form, in thousandths. */
struct blueprint_sum {
    const char *attribute;
    struct blueprint_selector what;
    struct blueprint_range range;
};

/* Items that stand together or never meet: listed, or those of one value of an attribute. */
struct blueprint_group {
    struct blueprint_list items;
    const char *attribute;
    bool together;
    unsigned line;
};

/* Each item stands in so many forms. */
struct blueprint_use {
    struct blueprint_selector what;
    int64_t min, max;
    unsigned line;
};

/* What was used too much is left out. years 0: ever. */
struct blueprint_exposure {
    int64_t exams, candidates; /* with this exam at most; INT64_MAX: open */
    int64_t years;
    unsigned line;
};

struct blueprint_past {
    struct blueprint_list exams; /* empty: all of the last years */
    int64_t years;
    int64_t max, weight;
    unsigned line;
};

struct blueprint_stimuli {
    bool given;
    const char *attribute;        /* items of one stimulus have the same value */
    int64_t min, max;             /* stimuli of a form */
    int64_t items_min, items_max; /* of a stimulus that is used */
    int64_t max_forms;            /* that use the same one; INT64_MAX: open */
    unsigned line;
};

struct blueprint_ability {
    int64_t theta, weight, target; /* thousandths */
    int64_t min, max;              /* information, thousandths; INT64_MAX: open */
    unsigned line;
};

enum blueprint_information_goal {
    INFORMATION_LIMITS,
    INFORMATION_MAXIMIN,
    INFORMATION_SUM,
    INFORMATION_TARGET
};

struct blueprint_information {
    bool given;
    enum blueprint_information_goal goal;
    struct blueprint_ability *at;
    size_t n;
    unsigned line;
};

/* How many items each band of facility is to have. */
struct blueprint_curve {
    bool given;
    struct {
        int64_t from, to, items;
    } * at;
    size_t n;
    unsigned line;
};

enum blueprint_measure {
    MEASURE_FACILITY,
    MEASURE_TIME,
    MEASURE_POINTS,
    MEASURE_INFORMATION,
    MEASURE_ATTRIBUTE
};

enum blueprint_goal_kind {
    GOAL_WISHES,
    GOAL_MEAN_FACILITY,
    GOAL_EXPECTED_TIME,
    GOAL_SUM,
    GOAL_INFORMATION,
    GOAL_CURVE,
    GOAL_EQUAL, /* among the forms */
    GOAL_FRESH,
};

struct blueprint_goal {
    enum blueprint_goal_kind kind;
    int64_t priority;               /* the least first */
    int64_t give;                   /* what later goals may take from it, in thousandths of its unit */
    size_t which;                   /* GOAL_SUM: of b->sum */
    enum blueprint_measure measure; /* GOAL_EQUAL */
    const char *attribute;          /* MEASURE_ATTRIBUTE */
    int64_t years;                  /* GOAL_FRESH; 0: ever */
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
    const char *date; /* of the exam, "2026-06-20"; NULL: not said */
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
    struct blueprint_range expected_time; /* of a form, seconds */
    struct blueprint_sum *sum;
    size_t n_sums;
    struct blueprint_group *group;
    size_t n_groups;
    struct blueprint_use *use;
    size_t n_uses;
    struct blueprint_exposure *exposure;
    size_t n_exposures;
    struct blueprint_past *past;
    size_t n_pasts;
    struct blueprint_stimuli stimuli;
    struct blueprint_information information;
    struct blueprint_curve curve;
    struct blueprint_goal *goal; /* the first one matters most */
    size_t n_goals;
};

/* Told once per fault, in the order of the document. */
typedef void blueprint_complaint_fn(void *context, unsigned line, const char *message);

/* Reads and checks. Every fault is told to `complain` (NULL is fine) with its line; the first one is in e,
 * and then -ERR_DATA. `name` stands in messages. */
MUST_CHECK int blueprint_read(struct blueprint **ret, const char *name, struct span data,
                              blueprint_complaint_fn *complain, void *context, struct err *e);
/* Counts that contradict each other whatever a bank holds, told with the first one's line; false: there are.
 */
bool blueprint_sums(const struct blueprint *b, blueprint_complaint_fn *complain, void *context);
void blueprint_free(struct blueprint *b); /* NULL is fine */

/* True if `code` is `prefix` or lies below it in the tree of knowledge points. */
bool knowledge_point_within(const char *code, const char *prefix);
bool blueprint_list_has(const struct blueprint_list *list, const char *text);

#endif
