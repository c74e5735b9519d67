/* SPDX-License-Identifier: Apache-2.0 */
/* How long the bank lasts: how many exams by the same blueprint it gives where no item is taken for more
 * exams than it may be, which rules end it, and what to write so that it lasts longer. By the relaxation:
 * there are never more exams, and where cells are counted there are rarely fewer. */
#ifndef KAOCHANG_ENGINE_SUPPLY_H
#define KAOCHANG_ENGINE_SUPPLY_H

#include <jansson.h>

#include "base/bytes.h"
#include "engine/explain/words.h"

enum { SUPPLY_MOST = 100 };

/* A rule that asks for at least some items, and what it has. */
struct supply_rule {
    uint32_t requirement;
    int64_t needed, stock; /* uses by one exam; that the bank has */
};

struct supply {
    int64_t exams;         /* 0: not even one */
    bool more;             /* it was looked no further, or the budget ended: at least so many */
    bool again;            /* before it ends, one exam a year, the first items may be taken again */
    bool reused;           /* items may be taken for several exams */
    uint32_t *requirement; /* rules that end it; the first requirement of each */
    size_t n;
    int64_t wanted; /* exams for which the items below suffice */
    struct explain_lack *lack;
    size_t n_lacks;
    struct supply_rule *rule; /* the scarcest first */
    size_t n_rules;
};

struct supply_options {
    int64_t wanted;      /* for how many exams items shall be named; 0: one more than there are */
    const int64_t *left; /* of each item: for how many exams it may be taken; NULL: one */
    int64_t years;       /* after so many it may be taken again; 0: never */
    int64_t enough;      /* look no further where there are so many exams; 0: to the end */
};

MUST_CHECK int supply_find(struct supply *ret, const struct problem *p, const struct supply_options *o,
                           struct err *e);
void supply_release(struct supply *s);

/* `all`: with the scarcest rules; else a warning of few lines, and nothing where it lasts. */
void supply_text(const struct problem *p, const struct supply *s, bool all, explain_describe_fn *describe,
                 const void *context, struct bytes *out);
json_t *supply_json(const struct problem *p, const struct supply *s);

#endif
