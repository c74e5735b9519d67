/* SPDX-License-Identifier: Apache-2.0 */
/* Brute force for problems of at most ORACLE_MAX_ITEMS items: every selection is tried, each requirement read
 * from engine/problem/problem.h anew. Shares nothing with the engine's check, relaxation or search. */
#ifndef KAOCHANG_TESTS_ENGINE_ORACLE_H
#define KAOCHANG_TESTS_ENGINE_ORACLE_H

#include "base/rng.h"
#include "engine/problem/problem.h"

enum { ORACLE_MAX_ITEMS = 10, ORACLE_MAX_FORMS = 3, ORACLE_MAX_STAGES = 3, ORACLE_SCALE = 6000 };

/* Bit i of form[f]: item i stands in form f. */
struct oracle_pick {
    uint32_t form[ORACLE_MAX_FORMS];
};

struct oracle_answer {
    bool feasible;
    int64_t value[ORACLE_MAX_STAGES]; /* best of each objective in order, as oracle_value */
};

/* Every requirement but wishes holds; of those that `keep` flags, or all. */
bool oracle_allows(const struct problem *p, const struct oracle_pick *pick, const bool *keep);
/* In 1 / (o->unit * ORACLE_SCALE), so that weights of a maximin, which divide ORACLE_SCALE, leave no
 * fraction. */
int64_t oracle_value(const struct problem *p, const struct objective *o, const struct oracle_pick *pick);
/* Best first objective; best second one among what gives up no more than `give` of the first; and so on. */
struct oracle_answer oracle_ask(const struct problem *p, const bool *keep);
struct oracle_pick oracle_of(const struct selection *s);
bool oracle_upwards(enum objective_kind kind); /* larger is better */

/* A random problem with at least one requirement of `kind`, first objective `objective`. Free it. */
struct problem *oracle_problem(struct rng *rng, enum requirement_kind kind, enum objective_kind objective,
                               size_t forms);

#endif
