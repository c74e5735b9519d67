/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/model.h"

#include <float.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/search/model-internal.h"

static bool kept(const struct builder *b, size_t k)
{
    return b->p->requirement[k].weight == 0 && (!b->o->keep || b->o->keep[k]);
}

/* Excluded items get no columns at all; included ones are fixed. */
static void add_x(const struct builder *b)
{
    struct model *m = b->m;
    const struct problem *p = b->p;
    bool *out = mem_alloc(p->n_items + 1);
    uint32_t *order = mem_alloc((p->n_items + 1) * sizeof *order);
    for (size_t k = 0; k < p->n_requirements; k++)
        for (size_t i = 0; kept(b, k) && p->requirement[k].kind == REQUIRE_EXCLUDE && i < p->requirement[k].n;
             i++)
            out[p->requirement[k].item[i]] = true;
    for (size_t i = 0; b->o->out && i < p->n_items; i++)
        out[i] = out[i] || b->o->out[i];
    struct rng rng;
    rng_seed(&rng, b->o->seed);
    for (size_t i = 0; i < p->n_items; i++)
        order[i] = (uint32_t)i;
    rng_shuffle(&rng, order, p->n_items);
    m->x = mem_alloc((p->n_items * p->n_forms + 1) * sizeof *m->x);
    for (size_t k = 0; k < p->n_items; k++)
        for (size_t f = 0; f < p->n_forms; f++) {
            int col = out[order[k]] ? -1 : model_column(m, 0, 1, true);
            m->x[(size_t)order[k] * p->n_forms + f] = col;
            if (col >= 0 && b->o->ties)
                m->cost[col] = (double)rng_below(&rng, 1000);
        }
    m->n_x = m->n_cols;
    free(out);
    free(order);
}

static void add_in_form(const struct builder *b, const struct requirement *r, size_t f)
{
    switch (r->kind) {
    case REQUIRE_LINEAR:
        model_linear(b, r, f);
        break;
    case REQUIRE_AT_MOST_ONE:
        model_set(b, r, f, -DBL_MAX, 1);
        break;
    case REQUIRE_ALL_OR_NONE:
        model_all_or_none(b, r, f);
        break;
    case REQUIRE_COVER:
        model_cover(b, r, f);
        break;
    case REQUIRE_STIMULI:
        model_stimuli(b, r, f);
        break;
    case REQUIRE_PER_STIMULUS:
        model_per_stimulus(b, r, f);
        break;
    case REQUIRE_INCLUDE:
        model_include(b, r, f);
        break;
    default:
        break;
    }
}

static void add_requirement(const struct builder *b, const struct requirement *r)
{
    if (r->kind == REQUIRE_USE)
        model_use(b, r, model_low(r->lo, 1), model_high(r->hi, 1));
    else if (r->kind == REQUIRE_TOTAL)
        model_total(b, r);
    else if (r->kind == REQUIRE_STIMULUS_USE)
        model_stimulus_use(b, r);
    else if (r->kind == REQUIRE_OVERLAP && b->o->disjoint)
        model_disjoint(b, r);
    else if (r->kind == REQUIRE_OVERLAP)
        model_overlap(b, r);
    else
        for (size_t f = 0; f < b->p->n_forms; f++)
            add_in_form(b, r, f);
}

void model_build(struct model *m, const struct problem *p, const struct model_options *o)
{
    *m = (struct model){.y = -1, .n_forms = p->n_forms, .scale = 1};
    struct builder b = {.m = m, .p = p, .o = o};
    model_row(m, 0, 0); /* makes room; an empty row is dropped */
    add_x(&b);
    model_stimulus_columns(&b);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (kept(&b, k))
            add_requirement(&b, &p->requirement[k]);
    if (!o->any && p->objective->kind != OBJECTIVE_NONE)
        model_objective(&b);
    free(b.z);
}

void model_release(struct model *m)
{
    free(m->lower);
    free(m->upper);
    free(m->cost);
    free(m->integer);
    free(m->lo);
    free(m->hi);
    free(m->start);
    free(m->index);
    free(m->value);
    free(m->x);
    *m = (struct model){0};
}

bool model_chosen(const struct model *m, const double *solution, size_t item, size_t form)
{
    int col = model_x(m, (uint32_t)item, form);
    return col >= 0 && solution[col] > 0.5;
}
