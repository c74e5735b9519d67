/* SPDX-License-Identifier: Apache-2.0 */
/* How a blueprint becomes a problem, shared by assembly*.c only: a file for each sort of requirement. */
#ifndef KAOCHANG_ENGINE_ASSEMBLY_INTERNAL_H
#define KAOCHANG_ENGINE_ASSEMBLY_INTERNAL_H

#include "engine/blueprint/assembly.h"

/* Items of the pool with their coefficients, ascending. */
struct gathered {
    uint32_t *item;
    int64_t *coef;
    size_t n;
};
struct gathered assembly_room(const struct assembly *a); /* for the whole pool */
void assembly_take(struct gathered *g, size_t item, int64_t coef);
/* A sum in each form, in units; the caller may change it before it is required. */
struct requirement assembly_linear(const struct gathered *g, const char *id, const char *words, unsigned line,
                                   int64_t lo, int64_t hi, int64_t unit);
/* The requirement as a wish of that weight for each whole unit missed; 0: as it is. Penalties of all wishes
 * are in thousandths. */
void assembly_require_or_wish(struct assembly *a, const struct requirement *r, int64_t weight);

/* ---- assembly-items.c: which items, and what they have ---- */
bool assembly_selected(const struct blueprint_selector *s, const struct bank_item *i);
bool assembly_has_value(const struct bank_item *i, const char *attribute, const char *value);
/* The only value of an attribute as a number in thousandths. */
bool assembly_number(const struct bank_item *i, const char *attribute, int64_t *ret);
/* The items of the pool by their values of an attribute: those of value[v] are item[start[v]] up to
 * start[v + 1], ascending. */
struct valued {
    const char **value; /* sorted */
    size_t *start, n;
    uint32_t *item;
};
struct valued assembly_values(const struct assembly *a, const char *attribute);
size_t assembly_find(const struct assembly *a, const char *id); /* its place in the pool, or n_pool */
/* As assembly_find; ERR_DATA with the line where it is not there. */
MUST_CHECK int assembly_need(const struct assembly *a, const char *id, unsigned line, size_t *ret,
                             struct err *e);
/* ERR_DATA with the line for an attribute that no item of the pool has (assembly-needs.c). */
MUST_CHECK int assembly_need_attributes(const struct assembly *a, struct err *e);
/* The first moment of the day of the exam so many years ago; years 0: of all time. */
int64_t assembly_since(const struct blueprint *b, int64_t years);

/* ---- assembly-words.c: what is asked, as the office would say it ---- */
const char *assembly_joined(struct arena *a, const struct blueprint_list *list);
/* The same of kinds of items and cognitive levels, in the user's language. */
const char *assembly_named(struct arena *a, const struct blueprint_list *list);
/* "at least 2", "at most 5", "2 to 5", "exactly 4"; lo and hi may be open. */
const char *assembly_limits(struct arena *a, int64_t lo, int64_t hi, int64_t unit);
const char *assembly_selector(const struct assembly *a, const struct blueprint_selector *s);

/* ---- requirements and objectives ---- */
MUST_CHECK int assembly_require_rules(struct assembly *a, struct err *e);  /* assembly-rules.c */
MUST_CHECK int assembly_require_groups(struct assembly *a, struct err *e); /* assembly-groups.c */
MUST_CHECK int assembly_require_use(struct assembly *a, struct err *e);    /* assembly-use.c */
void assembly_wish(struct assembly *a);                                    /* assembly-goals.c */
/* In how many exams each item of the pool stood in the last years (0: ever). */
void assembly_count_exams(const struct assembly *a, int64_t years, int64_t *ret);
/* The sum of one row of an objective over the pool. */
struct gathered assembly_facility(const struct assembly *a); /* milli-points times thousandths */
struct gathered assembly_information(const struct assembly *a, int64_t theta);

#endif
