/* SPDX-License-Identifier: Apache-2.0 */
/* A problem, and after a line of "=" proofs of it: refused, or read; written again they are read as the same. Whatever
 * was read is checked and proven with, or refused. */
#include <stdlib.h>
#include <string.h>

#include "engine/problem/check.h"
#include "engine/problem/stage.h"
#include "engine/proof/problem-text.h"
#include "engine/proof/proof-text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(struct bytes *a, struct bytes *b)
{
    if (!span_equal(bytes_span(a), bytes_span(b)))
        abort();
    bytes_release(a);
    bytes_release(b);
}

static struct problem *read_problem(struct span text)
{
    struct problem *p = NULL, *q = NULL;
    struct bytes once = {0}, twice = {0};
    if (problem_text_read(&p, "problem.txt", text, NULL) < 0)
        return NULL;
    problem_text(p, &once);
    if (problem_text_read(&q, "problem.txt", bytes_span(&once), NULL) < 0)
        abort();
    problem_text(q, &twice);
    same(&once, &twice);
    problem_free(q);
    return p;
}

static void prove(const struct problem *p, const struct proof_stage *stage, size_t n)
{
    int64_t *value = calloc(2 * n + 2, sizeof *value);
    struct problem *one;
    struct proof_bound b;
    for (size_t k = 0; k < n && k < p->n_objectives; k++) {
        value[2 * k] = stage[k].incumbent[0];
        value[2 * k + 1] = stage[k].has_incumbent ? stage[k].incumbent[1] : 1;
        if (problem_stage(&one, p, k, value, NULL) < 0)
            break;
        if (proof_bound(one, &stage[k].proof, stage[k].has_incumbent ? stage[k].incumbent : NULL, &b, NULL) == 0 &&
            b.den <= 0)
            abort();
        problem_free(one);
    }
    free(value);
}

static void take_proofs(const struct problem *p, struct span text)
{
    struct proof_stage *stage, *again;
    size_t n, m;
    struct bytes once = {0}, twice = {0};
    if (proof_text_read(&stage, &n, "proof.txt", text, NULL) < 0)
        return;
    proof_text(stage, n, &once);
    if (proof_text_read(&again, &m, "proof.txt", bytes_span(&once), NULL) < 0 || m != n)
        abort();
    proof_text(again, m, &twice);
    same(&once, &twice);
    if (p)
        prove(p, stage, n);
    proof_stages_free(again, m);
    proof_stages_free(stage, n);
}

static void check_all(const struct problem *p)
{
    uint32_t **form = calloc(p->n_forms + 1, sizeof *form);
    size_t *n = calloc(p->n_forms + 1, sizeof *n);
    uint32_t *all = calloc(p->n_items + 1, sizeof *all);
    int64_t num, den;
    for (uint32_t i = 0; i < p->n_items; i++)
        all[i] = i;
    for (size_t f = 0; f < p->n_forms; f++) {
        form[f] = all;
        n[f] = f % 2 ? p->n_items / 2 : p->n_items;
    }
    const struct selection s = {.form = form, .n = n, .n_forms = p->n_forms};
    (void)!check_selection(p, &s, NULL, NULL);
    (void)!check_objective(p, p->objective, &s, &num, &den, NULL);
    free(form);
    free(n);
    free(all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *cut = size ? memmem(data, size, "\n=\n", 3) : NULL;
    size_t n = cut ? (size_t)(cut - data) + 1 : size;
    struct problem *p = size > 1 << 16 ? NULL : read_problem(span_of(data, n));
    if (p && p->n_forms <= 16 && p->n_items <= 1000)
        check_all(p);
    if (cut && size <= 1 << 16)
        take_proofs(p, span_of(cut + 3, size - n - 2));
    problem_free(p);
    return 0;
}
