/* SPDX-License-Identifier: Apache-2.0 */
/* Building a state: which requirement becomes what. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/state-internal.h"

enum place { IN_NOTHING, IN_ROW, IN_TOTAL, IN_GROUP };

static enum place place_of(const struct requirement *r)
{
    switch (r->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_AT_MOST_ONE:
    case REQUIRE_INCLUDE:
    case REQUIRE_EXCLUDE:
        return IN_ROW;
    case REQUIRE_TOTAL:
        return IN_TOTAL;
    case REQUIRE_ALL_OR_NONE:
    case REQUIRE_COVER:
        return IN_GROUP;
    default:
        return IN_NOTHING;
    }
}

static double mean_size(const struct requirement *r)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; r->coef && i < r->n; i++)
        if (r->coef[i] != 0) {
            sum += r->coef[i] < 0 ? -(double)r->coef[i] : (double)r->coef[i];
            n++;
        }
    return n > 0 ? sum / (double)n : 1;
}

static struct state_row row_of(const struct requirement *r, uint32_t k, double hard)
{
    double size = mean_size(r);
    struct state_row row = {.lo = r->lo, .hi = r->hi, .requirement = k, .wish = r->weight > 0};
    if (row.wish)
        row.linear = (double)r->weight;
    else
        row.square = hard / (size * size);
    if (r->kind == REQUIRE_AT_MOST_ONE)
        row.lo = 0, row.hi = 1;
    else if (r->kind == REQUIRE_INCLUDE)
        row.lo = row.hi = (int64_t)r->n;
    else if (r->kind == REQUIRE_EXCLUDE)
        row.lo = row.hi = 0;
    return row;
}

static struct state_group group_of(const struct state *s, const struct requirement *r, uint32_t k)
{
    bool cover = r->kind == REQUIRE_COVER;
    size_t n = cover ? r->n_groups : r->n;
    return (struct state_group){.requirement = k,
                                .n = n,
                                .lo = r->lo,
                                .cover = cover,
                                .have = mem_alloc((s->n_forms * (cover ? n : 1) + 1) * sizeof(uint32_t)),
                                .met = mem_alloc((s->n_forms + 1) * sizeof(uint32_t))};
}

static void add_rows(struct state *s, double hard)
{
    size_t all = s->p->n_requirements + 1;
    s->row = mem_alloc(all * sizeof *s->row);
    s->total = mem_alloc(all * sizeof *s->total);
    s->group = mem_alloc(all * sizeof *s->group);
    for (uint32_t k = 0; k < s->p->n_requirements; k++) {
        const struct requirement *r = &s->p->requirement[k];
        enum place place = place_of(r);
        if (place == IN_ROW)
            s->row[s->n_rows++] = row_of(r, k, hard);
        else if (place == IN_TOTAL)
            s->total[s->n_totals++] = row_of(r, k, hard);
        else if (place == IN_GROUP)
            s->group[s->n_groups++] = group_of(s, r, k);
    }
}

/* The cells of each item in the requirements of one place, numbered as they come. */
static void add_cells(const struct state *s, enum place place, struct state_cell **ret, size_t **ret_at)
{
    size_t *at = mem_alloc((s->n_items + 2) * sizeof *at), *next = mem_alloc((s->n_items + 2) * sizeof *next);
    uint32_t row = 0;
    for (size_t k = 0; k < s->p->n_requirements; k++)
        for (size_t i = 0; place_of(&s->p->requirement[k]) == place && i < s->p->requirement[k].n; i++)
            at[s->p->requirement[k].item[i] + 1]++;
    for (size_t j = 0; j < s->n_items; j++)
        at[j + 1] += at[j];
    memcpy(next, at, (s->n_items + 1) * sizeof *at);
    struct state_cell *cell = mem_alloc((at[s->n_items] + 1) * sizeof *cell);
    for (size_t k = 0; k < s->p->n_requirements; k++) {
        const struct requirement *r = &s->p->requirement[k];
        if (place_of(r) != place)
            continue;
        for (size_t i = 0; i < r->n; i++)
            cell[next[r->item[i]]++] = (struct state_cell){.row = row,
                                                           .coef = r->kind == REQUIRE_COVER ? r->group[i]
                                                                   : r->coef                ? r->coef[i]
                                                                                            : 1};
        row++;
    }
    free(next);
    *ret = cell;
    *ret_at = at;
}

static void add_uses(struct state *s)
{
    s->use = mem_alloc((s->n_items + 1) * sizeof *s->use);
    s->use_lo = mem_alloc((s->n_items + 1) * sizeof *s->use_lo);
    s->use_hi = mem_alloc((s->n_items + 1) * sizeof *s->use_hi);
    for (size_t j = 0; j < s->n_items; j++)
        s->use_hi[j] = (uint32_t)s->n_forms;
    for (size_t k = 0; k < s->p->n_requirements; k++) {
        const struct requirement *r = &s->p->requirement[k];
        for (size_t i = 0; r->kind == REQUIRE_EXCLUDE && r->weight == 0 && i < r->n; i++)
            s->use_hi[r->item[i]] = 0;
        for (size_t i = 0; r->kind == REQUIRE_USE && r->weight == 0 && i < r->n; i++) {
            uint32_t j = r->item[i];
            if (r->hi < s->use_hi[j])
                s->use_hi[j] = r->hi < 0 ? 0 : (uint32_t)r->hi;
            if (r->lo > s->use_lo[j])
                s->use_lo[j] = r->lo > (int64_t)s->n_forms ? (uint32_t)s->n_forms : (uint32_t)r->lo;
        }
    }
}

static void add_overlaps(struct state *s)
{
    s->overlap = mem_alloc((s->p->n_requirements + 1) * sizeof *s->overlap);
    for (uint32_t k = 0; k < s->p->n_requirements; k++) {
        const struct requirement *r = &s->p->requirement[k];
        if (r->kind != REQUIRE_OVERLAP)
            continue;
        struct state_overlap *o = &s->overlap[s->n_overlaps++];
        *o = (struct state_overlap){.requirement = k, .hi = r->hi};
        o->shared = mem_alloc((s->n_forms * s->n_forms + 1) * sizeof *o->shared);
        o->counts = r->n < s->n_items ? mem_alloc(s->n_items + 1) : NULL;
        for (size_t i = 0; o->counts && i < r->n; i++)
            o->counts[r->item[i]] = true;
    }
}

static bool has_goals(const struct objective *o)
{
    return o->kind == OBJECTIVE_MAXIMIN || o->kind == OBJECTIVE_MINIMAX_DEV;
}

static void add_goals(struct state *s)
{
    const struct objective *o = &s->p->objective[0];
    s->n_goals = has_goals(o) ? o->n_rows : 0;
    s->goal = mem_alloc((s->n_goals + 1) * sizeof *s->goal);
    s->gain = mem_alloc((s->n_items * s->n_goals + 1) * sizeof *s->gain);
    s->have = mem_alloc((s->n_forms * s->n_goals + 1) * sizeof *s->have);
    for (size_t g = 0; g < s->n_goals; g++) {
        double size = (double)o->unit;
        if (o->kind == OBJECTIVE_MAXIMIN)
            size *= (double)o->row[g].weight / 1000;
        s->goal[g] = (struct state_row){.lo = OPEN_LO, .hi = OPEN_HI, .square = 1 / (size * size)};
        for (size_t j = 0; j < s->n_items; j++)
            s->gain[j * s->n_goals + g] = o->row[g].coef[j];
    }
    if (o->kind != OBJECTIVE_MAX_SUM)
        return;
    s->profit = mem_alloc((s->n_items + 1) * sizeof *s->profit);
    for (size_t j = 0; j < s->n_items; j++)
        s->profit[j] = (double)o->row[0].coef[j] / (double)o->unit;
}

struct state *state_begin(const struct problem *p, double hard)
{
    struct state *s = mem_alloc(sizeof *s);
    *s = (struct state){.p = p, .n_items = p->n_items, .n_forms = p->n_forms, .hard = hard};
    add_rows(s, hard);
    add_cells(s, IN_ROW, &s->cell, &s->cell_at);
    add_cells(s, IN_TOTAL, &s->total_cell, &s->total_at);
    add_cells(s, IN_GROUP, &s->group_cell, &s->group_at);
    s->sum = mem_alloc((s->n_forms * s->n_rows + 1) * sizeof *s->sum);
    s->total_sum = mem_alloc((s->n_totals + 1) * sizeof *s->total_sum);
    add_goals(s);
    add_uses(s);
    add_overlaps(s);
    s->words = (s->n_forms + 63) / 64;
    s->in = mem_alloc((s->n_items * s->words + 1) * sizeof *s->in);
    s->forms = (struct selection){.form = mem_alloc((s->n_forms + 1) * sizeof *s->forms.form),
                                  .n = mem_alloc((s->n_forms + 1) * sizeof *s->forms.n),
                                  .n_forms = s->n_forms};
    s->room = mem_alloc((s->n_forms + 1) * sizeof *s->room);
    s->stress = mem_alloc((p->n_requirements + 1) * sizeof *s->stress);
    for (size_t k = 0; k < p->n_requirements; k++)
        s->stress[k] = 1;
    state_recount(s);
    return s;
}

void state_end(struct state *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_groups; i++) {
        free(s->group[i].have);
        free(s->group[i].met);
    }
    for (size_t i = 0; i < s->n_overlaps; i++) {
        free(s->overlap[i].shared);
        free(s->overlap[i].counts);
    }
    void *const parts[] = {s->row,       s->cell,   s->cell_at,  s->sum,      s->goal,   s->gain,
                           s->have,      s->profit, s->total,    s->total_at, s->use,    s->total_cell,
                           s->total_sum, s->group,  s->group_at, s->overlap,  s->use_lo, s->group_cell,
                           s->use_hi,    s->in,     s->room,     s->stress};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        free(parts[i]);
    selection_release(&s->forms);
    free(s);
}
