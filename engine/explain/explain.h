/* SPDX-License-Identifier: Apache-2.0 */
/* Why there is no paper: rules that contradict each other and of which none can be left out, the least
 * changes of which each one makes it work, and what the bank would need instead. The contradiction is found
 * in the relaxation over interchangeable forms where it is one there, and otherwise by the search itself. */
#ifndef KAOCHANG_ENGINE_EXPLAIN_H
#define KAOCHANG_ENGINE_EXPLAIN_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/proof.h"
#include "engine/search/solve.h"

enum explain_change_kind {
    CHANGE_LOW,   /* of at least `from` at least `to` */
    CHANGE_HIGH,  /* of at most `from` at most `to` */
    CHANGE_DROP,  /* the rule is left out */
    CHANGE_FORMS, /* of `from` forms `to` */
};

/* Nothing less will do. Changes of the same `way` belong together; every way is one of its own. */
struct explain_change {
    enum explain_change_kind kind;
    uint32_t way;
    uint32_t requirement; /* the first one of its rule; CHANGE_FORMS: none */
    int64_t from, to;     /* in the requirement's integers */
    bool found;           /* papers were found with it; else it may not be enough */
};

/* Items to write: so many like `item`, which is of the bank. */
struct explain_lack {
    uint32_t item;
    int64_t n;
};

struct explain_rules {
    uint32_t *requirement; /* numbers in the problem, ascending; the first one of each rule */
    size_t n;
};

struct explanation {
    uint32_t *requirement; /* numbers in the problem, ascending; the first one of each rule */
    size_t n;
    bool smallest; /* without any one of them papers were found */
    bool least;    /* no other contradiction has fewer rules, besides bounds on the use of items */
    bool relaxed;  /* it is one of the relaxation, not only of whole items */
    bool by_solver; /* at some point nobody but the solver says that there is nothing */
    bool inside;   /* more items of the kinds that the bank has would not help */
    bool proven;   /* the multipliers below prove it in whole numbers, of these rules alone (proof/proof.h) */
    struct proof_term *term;
    size_t n_terms;
    /* Over all forms the rules ask for `needed` items at least, and `possible` can be had at most, `of_bank`
     * of them since the bank has no more; all 0 where it is not said as simply. */
    int64_t needed, possible, of_bank;
    struct explain_rules *besides; /* contradictions that have no rule with rows in common with it */
    size_t n_besides;
    struct explain_change *change;
    size_t n_changes;
    struct explain_lack *lack; /* together they make it work; none where that cannot be */
    size_t n_lacks;
};

/* p is infeasible under all its requirements. */
MUST_CHECK int explain_infeasible(const struct problem *p, const struct solve_options *o,
                                  struct explanation *ret, struct err *e);
void explanation_release(struct explanation *x);
/* Items that a requirement is about. */
size_t requirement_matches(const struct problem *p, const struct requirement *r);

#endif
