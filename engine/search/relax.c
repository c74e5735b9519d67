/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/relax-internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

static void take_items(struct relaxed *ret, struct relax *x)
{
    const double *v = x->value;
    relax_values(x);
    for (size_t i = 0; i < ret->n_items; i++) {
        ret->use[i] = v[i];
        ret->reduced[i] = relax_reduced(x, i, false);
        if (x->overlap && x->overlap[i] != NO_ROW)
            ret->reduced[i] -= x->y[x->overlap[i]] * floor(v[i]);
    }
    for (size_t t = 0; t < ret->n_stimuli; t++)
        ret->stimulus[t] = v[ret->n_items + t];
}

static void take_prices(struct relaxed *ret, const struct relax *x)
{
    ret->price = mem_alloc((x->n_rows + 1) * sizeof *ret->price);
    for (size_t k = 0; k < x->n_rows; k++)
        if (x->y[k] != 0)
            ret->price[ret->n_prices++] = (struct relax_price){.requirement = x->row[k].requirement,
                                                               .sub = x->row[k].sub,
                                                               .high = x->y[k] > 0,
                                                               .price = fabs(x->y[k])};
}

/* The proof; in exact numbers it must hold what the LP found. */
static void prove(struct relaxed *ret, const struct relax *x)
{
    bool farkas = ret->status == RELAX_INFEASIBLE, up = relax_up(x->kind);
    struct relax_terms t = {0};
    proof_init(&ret->proof);
    if (x->hopeless) {
        proof_add_terms(&ret->proof, PROOF_LEAF, NULL, 0, 0);
        return;
    }
    bool some = relax_round(x, farkas, &t);
    wide exact = some ? relax_exact(x, &t, NULL, 0, NULL) : 0;
    if (farkas && exact >= 0)
        ret->status = RELAX_LIMIT;
    else if (some)
        proof_add_terms(&ret->proof, PROOF_LEAF, t.term, t.n, t.times);
    if (!farkas) /* nothing that is made small is below 0 */
        ret->bound = some ? (double)exact / (double)t.d : 0;
    if (!farkas && !up)
        ret->bound = ret->bound < 0 ? -ret->bound : 0;
    relax_terms_release(&t);
}

static bool empty_domain(const struct relax *x)
{
    return x->hopeless;
}

int relax_solve(struct relaxed *ret, const struct problem *p, const struct relax_options *o, struct work *w,
                struct err *e)
{
    struct relax x;
    int r = 0;
    relax_build(&x, p, o);
    *ret = (struct relaxed){.status = RELAX_INFEASIBLE, .n_items = p->n_items, .n_stimuli = p->n_stimuli};
    ret->use = mem_alloc((p->n_items + 1) * sizeof *ret->use);
    ret->reduced = mem_alloc((p->n_items + 1) * sizeof *ret->reduced);
    ret->stimulus = mem_alloc((p->n_stimuli + 1) * sizeof *ret->stimulus);
    if (x.too_large)
        r = err_set(e, ERR_DATA, p->name, _("%s: the numbers are too large"), x.too_large);
    else if (!empty_domain(&x))
        r = relax_lp(&x, w, &ret->status, e);
    if (r == 0 && ret->status == RELAX_BOUND) {
        take_items(ret, &x);
        take_prices(ret, &x);
    }
    if (r == 0 && ret->status != RELAX_LIMIT)
        prove(ret, &x);
    relax_release(&x);
    if (r < 0)
        relaxed_release(ret);
    return r;
}

void relaxed_release(struct relaxed *r)
{
    free(r->use);
    free(r->reduced);
    free(r->stimulus);
    free(r->price);
    proof_release(&r->proof);
    *r = (struct relaxed){0};
}
