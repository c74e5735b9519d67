/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the blueprint's reader: faults are gathered, not returned at the first. */
#ifndef KAOCHANG_ENGINE_BLUEPRINT_INTERNAL_H
#define KAOCHANG_ENGINE_BLUEPRINT_INTERNAL_H

#include "base/xml.h"
#include "engine/blueprint/blueprint.h"

struct blueprint_faults {
    const struct xml_doc *doc;
    blueprint_complaint_fn *complain;
    void *context;
    struct err *e;
    unsigned count;
};

/* Tells one fault and counts it. */
void blueprint_fault(struct blueprint_faults *f, unsigned line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

enum { BLUEPRINT_MAX_WHOLE = 604800, BLUEPRINT_MAX_MILLI = 1000000000 };

struct blueprint_reader {
    struct blueprint *b;
    const struct xml_doc *d;
    struct blueprint_faults *f;
};
typedef void blueprint_element_fn(const struct blueprint_reader *r, const struct xml_node *n);

extern const char *const blueprint_kinds[], *const blueprint_levels[]; /* NULL-terminated */

/* ---- blueprint-values.c: attributes; what is wrong with one is told with element, name and value ---- */
void blueprint_bad(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                   const char *value, const char *want);
/* The attribute, or NULL after telling that a required one is missing. */
const char *blueprint_attribute(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                                bool required);
bool blueprint_has(const struct blueprint_reader *r, const struct xml_node *n, const char *attr);
/* `known` is NULL-terminated. The second: and no elements inside. */
void blueprint_only(const struct blueprint_reader *r, const struct xml_node *n, const char *const *known);
void blueprint_only_within(const struct blueprint_reader *r, const struct xml_node *n,
                           const char *const *known);
const char *blueprint_name(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                           bool required); /* required: never NULL */
const char *blueprint_text(const struct blueprint_reader *r, const struct xml_node *n, const char *attr);
/* A decimal with at most three places as thousandths within lo..hi; `absent` where it is not there. */
int64_t blueprint_decimal(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                          int64_t lo, int64_t hi, bool required, int64_t absent);
int64_t blueprint_whole(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                        int64_t lo, int64_t hi, bool required, int64_t absent);
/* A list of words; `words` NULL-terminated: of these. */
typedef bool blueprint_word_fn(const char *word);
struct blueprint_list blueprint_words(const struct blueprint_reader *r, const struct xml_node *n,
                                      const char *attr, const char *const *words, blueprint_word_fn *fits,
                                      bool required);
blueprint_word_fn blueprint_is_code, blueprint_is_pair; /* "1.2"; "name=value" */
/* Which of the words, 0 (the first) where the attribute is not there. */
size_t blueprint_choice(const struct blueprint_reader *r, const struct xml_node *n, const char *attr,
                        const char *const *words);
struct blueprint_selector blueprint_selector(const struct blueprint_reader *r, const struct xml_node *n);
#define BLUEPRINT_SELECTORS "knowledgePoint", "cognitiveLevel", "kinds", "attributes"
void blueprint_twice(const struct blueprint_reader *r, const struct xml_node *n, bool given);
/* One more goal, with priority and give of the element. */
struct blueprint_goal *blueprint_add_goal(const struct blueprint_reader *r, const struct xml_node *n,
                                          enum blueprint_goal_kind kind);
#define BLUEPRINT_GOAL "priority", "give"

/* ---- the elements, by family: blueprint-rules.c, blueprint-limits.c, blueprint-goals.c ---- */
blueprint_element_fn blueprint_read_cell, blueprint_read_type, blueprint_read_band, blueprint_read_quota,
    blueprint_read_coverage, blueprint_read_sum, blueprint_read_mean_facility, blueprint_read_expected_time;
blueprint_element_fn blueprint_read_item, blueprint_read_group, blueprint_read_use, blueprint_read_exposure,
    blueprint_read_past, blueprint_read_stimuli;
blueprint_element_fn blueprint_read_information, blueprint_read_curve, blueprint_read_equal,
    blueprint_read_fresh, blueprint_read_wishes;

/* The whole document (blueprint-read.c). */
void blueprint_read_tree(struct blueprint *b, const struct xml_doc *d, struct blueprint_faults *f);
/* What must hold between them (blueprint-check.c). */
void blueprint_check(const struct blueprint *b, struct blueprint_faults *f);

#endif
