/* SPDX-License-Identifier: Apache-2.0 */
/* solve: problem -> forms, with a proof that says how good they are. Objectives in their order, each held
 * while the next is bettered; for each the relaxation's bound first, then the search that fits. No clock
 * unless one is given, no state: the same problem and options give the same forms on every machine with the
 * same solver library. Every answer has passed check_selection before it is returned. */
#ifndef KAOCHANG_ENGINE_SOLVE_H
#define KAOCHANG_ENGINE_SOLVE_H

#include "base/err.h"
#include "engine/problem/problem.h"
#include "engine/proof/proof-text.h"
#include "engine/search/work.h"

struct solve_options {
    uint64_t seed;
    int64_t work;    /* budget in units (work.h); 0: the default */
    int64_t seconds; /* limit of the clock; 0: none. An answer cut by it may differ from run to run */
    int64_t
        gap_milli; /* stop when proven this near to the best, in thousandths of the objective; 0: the best */
    /* Keep only these requirements (one flag per requirement), for explaining; NULL: all. */
    const bool *keep;
    bool vary; /* among selections as good as the best one found, take one that the seed chooses */
    bool any;  /* any feasible selection will do: the objectives are left out */
    const volatile int *stop; /* not 0: an interrupt, the best so far is returned; NULL: none */
    void (*progress)(void *context, const struct work_progress *now); /* NULL: none */
    void *context;
};

enum solve_status {
    SOLVE_OPTIMAL,    /* forms, the best there are, or as good as the problem tells apart */
    SOLVE_FEASIBLE,   /* forms; the bound says how far they may be from the best */
    SOLVE_INFEASIBLE, /* there are none */
    SOLVE_BUDGET,     /* the budget ended before either was known */
};

/* What was reached of one objective. */
struct solve_reached {
    bool optimal; /* the bound is the objective, or nearer to it than the problem tells apart */
    bool proven;  /* by `stage`; otherwise it is the solver that says so */
    int64_t num, den; /* as of check_objective: objective = num / (unit * den) */
    double objective, bound, gap;
};

struct solve_result {
    enum solve_status status;
    struct selection selection; /* OPTIMAL and FEASIBLE */
    /* of the first objective; objective_num / (objective_unit * objective_den), exact from the forms */
    int64_t objective_num, objective_den;
    double objective, bound;       /* for people */
    double gap;                    /* |objective - bound| / max(|objective|, 1e-9); 0 if equal */
    struct solve_reached *reached; /* of each objective in its order; NULL without forms, and with `any` */
    size_t n_reached;
    bool proven;   /* OPTIMAL, INFEASIBLE: by `stage`; otherwise it is the solver that says so */
    int64_t nodes; /* of search trees */
    int64_t work;  /* units spent */
    bool cut_by_clock, interrupted;
    /* What is proven of each objective in its order; less where proofs are missing. An infeasible problem's
     * is the first alone, without an incumbent; none where only the solver says so. */
    struct proof_stage *stage;
    size_t n_stages;
};

#define SOLVE_DEFAULT_WORK INT64_C(60000000)

/* Returns 0 with any of the four statuses; negative only where nothing can be said (numbers that are too
 * large, no solver library, a bug: an answer that did not pass the check). */
MUST_CHECK int solve(const struct problem *p, const struct solve_options *o, struct solve_result *ret,
                     struct err *e);
void solve_result_release(struct solve_result *r);
const char *solve_status_text(enum solve_status s); /* "optimal", "feasible", "infeasible", "budget" */

#endif
