/* SPDX-License-Identifier: Apache-2.0 */
/* Requirements across forms: how often an item is used, how many items two forms share. */
#include "engine/search/model-internal.h"

#include <float.h>

void model_use(const struct builder *b, const struct requirement *r, double lo, double hi)
{
    for (size_t k = 0; k < r->n; k++) {
        for (size_t f = 0; f < b->p->n_forms; f++)
            model_x_cell(b->m, r->item[k], f, 1);
        model_row(b->m, lo, hi);
    }
}

/* w >= x(i,f) + x(i,g) - 1 counts a shared item. */
static void add_overlap_pair(const struct builder *b, const struct requirement *r, size_t f, size_t g)
{
    int first = (int)b->m->n_cols, n = 0;
    for (size_t k = 0; k < r->n; k++) {
        if (model_x(b->m, r->item[k], f) < 0)
            continue;
        int w = model_column(b->m, 0, 1, false);
        model_x_cell(b->m, r->item[k], f, 1);
        model_x_cell(b->m, r->item[k], g, 1);
        model_cell(b->m, w, -1);
        model_row(b->m, -DBL_MAX, 1);
        n++;
    }
    for (int k = 0; k < n; k++)
        model_cell(b->m, first + k, 1);
    model_row(b->m, -DBL_MAX, model_high(r->hi, 1));
}

void model_overlap(const struct builder *b, const struct requirement *r)
{
    if (r->hi == 0) {
        model_use(b, r, -DBL_MAX, 1);
        return;
    }
    for (size_t f = 0; f < b->p->n_forms; f++)
        for (size_t g = f + 1; g < b->p->n_forms; g++)
            add_overlap_pair(b, r, f, g);
}

static bool is_included(const struct builder *b, uint32_t item)
{
    for (size_t k = 0; k < b->p->n_requirements; k++) {
        const struct requirement *r = &b->p->requirement[k];
        for (size_t i = 0; r->kind == REQUIRE_INCLUDE && i < r->n; i++)
            if (r->item[i] == item)
                return true;
    }
    return false;
}

void model_disjoint(const struct builder *b, const struct requirement *r)
{
    for (size_t k = 0; k < r->n; k++) {
        if (is_included(b, r->item[k]))
            continue;
        for (size_t f = 0; f < b->p->n_forms; f++)
            model_x_cell(b->m, r->item[k], f, 1);
        model_row(b->m, -DBL_MAX, 1);
    }
}
