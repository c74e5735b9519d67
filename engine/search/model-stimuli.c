/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements on shared stimuli. */
#include "engine/search/model-internal.h"

#include <float.h>

#include "base/mem.h"

static bool needs_stimuli(const struct builder *b)
{
    for (size_t k = 0; k < b->p->n_requirements; k++) {
        enum requirement_kind kind = b->p->requirement[k].kind;
        if (kind == REQUIRE_STIMULI || kind == REQUIRE_PER_STIMULUS || kind == REQUIRE_STIMULUS_USE)
            return b->p->stimulus != NULL;
    }
    return false;
}

void model_stimulus_columns(struct builder *b)
{
    const struct problem *p = b->p;
    if (!needs_stimuli(b))
        return;
    b->z = mem_alloc((p->n_stimuli * p->n_forms + 1) * sizeof *b->z);
    for (size_t s = 0; s < p->n_stimuli * p->n_forms; s++)
        b->z[s] = model_column(b->m, 0, 1, true);
    for (size_t f = 0; f < p->n_forms; f++) {
        for (size_t i = 0; i < p->n_items; i++)
            if (p->stimulus[i] != NO_STIMULUS) {
                int col = model_x(b->m, (uint32_t)i, f);
                if (col < 0)
                    continue;
                model_cell(b->m, col, 1);
                model_cell(b->m, b->z[p->stimulus[i] * p->n_forms + f], -1);
                model_row(b->m, -DBL_MAX, 0);
            }
        for (size_t s = 0; s < p->n_stimuli; s++) {
            model_cell(b->m, b->z[s * p->n_forms + f], -1);
            for (size_t i = 0; i < p->n_items; i++)
                if (p->stimulus[i] == s)
                    model_x_cell(b->m, (uint32_t)i, f, 1);
            model_row(b->m, 0, DBL_MAX);
        }
    }
}

void model_stimuli(const struct builder *b, const struct requirement *r, size_t f)
{
    for (size_t s = 0; b->z && s < b->p->n_stimuli; s++)
        model_cell(b->m, b->z[s * b->p->n_forms + f], 1);
    model_row(b->m, model_low(r->lo, 1), model_high(r->hi, 1));
}

void model_per_stimulus(const struct builder *b, const struct requirement *r, size_t f)
{
    const struct problem *p = b->p;
    for (size_t s = 0; b->z && s < p->n_stimuli; s++)
        for (int side = 0; side < 2; side++) {
            if ((side ? r->hi == OPEN_HI : r->lo == OPEN_LO))
                continue;
            for (size_t i = 0; i < p->n_items; i++)
                if (p->stimulus[i] == s)
                    model_x_cell(b->m, (uint32_t)i, f, 1);
            model_cell(b->m, b->z[s * p->n_forms + f], -(double)(side ? r->hi : r->lo));
            model_row(b->m, side ? -DBL_MAX : 0, side ? 0 : DBL_MAX);
        }
}

void model_stimulus_use(const struct builder *b, const struct requirement *r)
{
    for (size_t s = 0; b->z && s < b->p->n_stimuli; s++) {
        for (size_t f = 0; f < b->p->n_forms; f++)
            model_cell(b->m, b->z[s * b->p->n_forms + f], 1);
        model_row(b->m, -DBL_MAX, model_high(r->hi, 1));
    }
}
