/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of solve(): what one objective's search has and finds, how good that is, and another answer as good. */
#ifndef KAOCHANG_ENGINE_SOLVE_INTERNAL_H
#define KAOCHANG_ENGINE_SOLVE_INTERNAL_H

#include "engine/search/solve.h"

struct solve_stage {
    const struct problem *p;
    const struct solve_options *o;
    const bool *keep;
    struct work *w;
    struct selection *best;   /* may hold forms from before */
    enum solve_status status; /* FEASIBLE: not yet compared with the bound */
    struct proof proof;
    double bound; /* in the objective's integers */
    bool has_bound;
    int64_t nodes;
};

/* ---- solve-stage.c ---- */
/* p's first objective alone. */
MUST_CHECK int solve_stage_run(struct solve_stage *s, struct err *e);

/* ---- solve-prove.c ---- */
/* Of several forms, few items: a tree over the relaxation, where forms are added up, may show that what was found
 * is the best, how much better others could be at most, or, where nothing was found, that there is nothing. */
MUST_CHECK int solve_prove(struct solve_stage *s, struct err *e);

/* ---- solve-value.c ---- */
bool solve_is_up(const struct objective *o); /* more is better */
/* Is this numerator as good as the best that there could be, or as the problem tells apart? */
bool solve_is_alike(const struct objective *o, int64_t num);
double solve_gap(const struct solve_reached *r);
/* What the stage's forms are worth, and what is proven of that; proofs that prove nothing are dropped. */
MUST_CHECK int solve_measure(struct solve_stage *s, struct solve_reached *ret, struct err *e);

/* ---- solve-vary.c ---- */
/* Another single form as good in all objectives, which have these values (num, den), by the seed. */
MUST_CHECK int solve_vary(const struct problem *p, const struct solve_options *o, const int64_t *value,
                          struct work *w, struct solve_result *ret, struct err *e);
/* The flags of p's requirements, and those that a stage appends are kept too; NULL: all are. */
bool *solve_keep(const struct problem *p, const bool *keep, size_t n);

#endif
