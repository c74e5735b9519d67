/* SPDX-License-Identifier: Apache-2.0 */
/* proof-samples N: N small problems, each with two objectives and proofs of them, and what our verifier says;
 * for proof-by-python.py. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/problem/stage.h"
#include "engine/proof/problem-text.h"
#include "engine/proof/proof-text.h"
#include "tests/engine/proof-kit.h"

static void print(struct bytes *text)
{
    fwrite(text->p, 1, text->n, stdout);
    printf("=\n");
    bytes_release(text);
}

/* Behind p's own objective a sum, so that p has two. */
static void add_objective(struct problem *p, struct rng *rng)
{
    struct objective *o = arena_array(p->arena, 2, sizeof *o);
    int64_t *coef = arena_array(p->arena, p->n_items, sizeof *coef);
    for (size_t i = 0; i < p->n_items; i++)
        coef[i] = (int64_t)rng_below(rng, 9);
    o[0] = *p->objective;
    o[0].give = (int64_t)rng_below(rng, 3);
    o[0].indifferent = (int64_t)rng_below(rng, 3);
    o[1] = (struct objective){.kind = OBJECTIVE_MAX_SUM, .unit = 1, .n_rows = 1};
    o[1].row = arena_alloc(p->arena, sizeof *o[1].row);
    o[1].row[0] = (struct objective_row){.coef = coef, .weight = 1000};
    p->objective = o;
    p->n_objectives = 2;
}

static void print_bound(const struct problem *p, const struct proof_stage *stage)
{
    struct proof_bound b;
    struct err e = {0};
    if (proof_bound(p, &stage->proof, stage->has_incumbent ? stage->incumbent : NULL, &b, &e) < 0)
        printf("refused\n=\n");
    else if (b.infeasible)
        printf("infeasible\n=\n");
    else
        printf("%lld/%lld\n=\n", (long long)b.num, (long long)b.den);
}

static int sample(struct rng *rng)
{
    struct problem *p = kit_problem(rng), *held = NULL;
    struct proof_stage stage[2] = {
        {.has_incumbent = true, .incumbent = {(int64_t)rng_below(rng, 30), 1}},
        {.has_incumbent = rng_below(rng, 2), .incumbent = {(int64_t)rng_below(rng, 30), 1}}};
    struct bytes text = {0};
    struct err e = {0};
    add_objective(p, rng);
    if (problem_stage(&held, p, 1, stage[0].incumbent, &e) < 0)
        return 1;
    proof_init(&stage[0].proof);
    proof_init(&stage[1].proof);
    kit_tree(&stage[0].proof, p, rng);
    kit_tree(&stage[1].proof, held, rng);
    problem_text(p, &text);
    print(&text);
    proof_text(stage, 2, &text);
    print(&text);
    print_bound(p, &stage[0]);
    print_bound(held, &stage[1]);
    proof_release(&stage[0].proof);
    proof_release(&stage[1].proof);
    problem_free(held);
    problem_free(p);
    return 0;
}

int main(int argc, char **argv)
{
    struct rng rng;
    int failed = 0;
    rng_seed(&rng, 17);
    for (long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1; n > 0 && !failed; n--)
        failed = sample(&rng);
    return failed;
}
