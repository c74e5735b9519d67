/* SPDX-License-Identifier: Apache-2.0 */
/* proof-samples N: N small problems, each with a proof, and what our verifier says of it; for proof-by-python.py. */
#include <stdio.h>
#include <stdlib.h>

#include "engine/proof/problem-text.h"
#include "engine/proof/proof-text.h"
#include "tests/engine/proof-kit.h"

static void print(struct bytes *text)
{
    fwrite(text->p, 1, text->n, stdout);
    printf("=\n");
    bytes_release(text);
}

static void sample(struct rng *rng)
{
    struct problem *p = kit_problem(rng);
    struct proof_stage stage = {.has_incumbent = rng_below(rng, 2), .incumbent = {(int64_t)rng_below(rng, 30), 1}};
    struct proof_bound b;
    struct bytes text = {0};
    struct err e = {0};
    proof_init(&stage.proof);
    kit_tree(&stage.proof, p, rng);
    problem_text(p, &text);
    print(&text);
    proof_text(&stage, 1, &text);
    print(&text);
    if (proof_bound(p, &stage.proof, stage.has_incumbent ? stage.incumbent : NULL, &b, &e) < 0)
        printf("refused\n=\n");
    else if (b.infeasible)
        printf("infeasible\n=\n");
    else
        printf("%lld/%lld\n=\n", (long long)b.num, (long long)b.den);
    proof_release(&stage.proof);
    problem_free(p);
}

int main(int argc, char **argv)
{
    struct rng rng;
    rng_seed(&rng, 17);
    for (long n = argc > 1 ? strtol(argv[1], NULL, 10) : 1; n > 0; n--)
        sample(&rng);
    return 0;
}
