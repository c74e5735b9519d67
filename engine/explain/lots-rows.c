/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/explain/lots-internal.h"

static void put(struct entries *list, size_t column, size_t row, double value)
{
    if (list->n == list->room) {
        list->room = list->room ? 2 * list->room : 1024;
        list->entry = mem_grow(list->entry, list->room, sizeof *list->entry);
    }
    list->entry[list->n++] = (struct entry){(uint32_t)column, (uint32_t)row, value};
}

static double low(int64_t lo)
{
    return lo == OPEN_LO ? -HUGE_VAL : (double)lo;
}

static double high(int64_t hi)
{
    return hi == OPEN_HI ? HUGE_VAL : (double)hi;
}

/* A new row of requirement k; returns its number. */
static size_t row(struct maker *m, size_t k, size_t sub, double lo, double hi)
{
    struct lots *l = m->l;
    if (l->n_rows == m->rows_room) {
        m->rows_room = m->rows_room ? 2 * m->rows_room : 256;
        l->row = mem_grow(l->row, m->rows_room, sizeof *l->row);
    }
    l->row[l->n_rows] = (struct lots_row){.rule = l->rule_of[k],
                                          .requirement = (uint32_t)k,
                                          .sub = (uint32_t)sub,
                                          .lo = lo,
                                          .hi = hi,
                                          .scale = 1};
    return l->n_rows++;
}

static void weighted(struct maker *m, const struct requirement *r, size_t to)
{
    for (size_t i = 0; i < r->n; i++)
        if (!r->coef || r->coef[i])
            put(&m->cell, r->item[i], to, r->coef ? (double)r->coef[i] : 1);
}

/* Rows of requirement k with these bounds; two where they contradict each other. */
static void sum(struct maker *m, const struct requirement *r, size_t k)
{
    bool crossed = r->lo != OPEN_LO && r->hi != OPEN_HI && r->lo > r->hi;
    weighted(m, r, row(m, k, 0, low(r->lo), crossed ? HUGE_VAL : high(r->hi)));
    m->l->row[m->l->n_rows - 1].fixed = r->kind == REQUIRE_TOTAL;
    if (crossed) {
        weighted(m, r, row(m, k, 0, -HUGE_VAL, high(r->hi)));
        m->l->row[m->l->n_rows - 1].fixed = r->kind == REQUIRE_TOTAL;
    }
}

static void together(struct maker *m, const struct requirement *r, size_t k)
{
    for (size_t i = 1; i < r->n; i++) {
        size_t to = row(m, k, i, 0, 0);
        put(&m->cell, r->item[0], to, 1);
        put(&m->cell, r->item[i], to, -1);
    }
}

static void cover(struct maker *m, const struct requirement *r, size_t k)
{
    size_t first = m->l->n_rows, column = m->n_columns;
    for (size_t g = 0; g < r->n_groups; g++) {
        row(m, k, g, 0, HUGE_VAL);
        put(&m->cell, column + g, first + g, -1);
    }
    for (size_t i = 0; i < r->n; i++)
        put(&m->cell, r->item[i], first + r->group[i], 1);
    size_t all = row(m, k, r->n_groups, low(r->lo), HUGE_VAL);
    for (size_t g = 0; g < r->n_groups; g++)
        put(&m->cell, column + g, all, 1);
    m->n_columns += r->n_groups;
}

static uint32_t stimuli(struct maker *m)
{
    if (!m->stimulus) {
        m->stimulus = (uint32_t)m->n_columns;
        m->n_columns += m->l->p->n_stimuli;
    }
    return m->stimulus;
}

/* Rows first + step * t: the items of stimulus t less `times` of it; times 0: the number of its items. */
static void tie(struct maker *m, size_t first, size_t step, double times)
{
    const struct problem *p = m->l->p;
    double *own = mem_alloc((p->n_stimuli + 1) * sizeof *own);
    for (size_t i = 0; i < p->n_items; i++)
        if (p->stimulus && p->stimulus[i] != NO_STIMULUS) {
            put(&m->cell, i, first + step * p->stimulus[i], 1);
            own[p->stimulus[i]]++;
        }
    for (size_t t = 0; t < p->n_stimuli; t++)
        put(&m->cell, stimuli(m) + t, first + step * t, times == 0 ? -own[t] : -times);
    free(own);
}

/* Of every stimulus: lo..hi items where it is used; numbered as proof/proof.h does from `base` on. */
static void per_stimulus(struct maker *m, const struct requirement *r, size_t k, size_t base, bool both)
{
    size_t first = m->l->n_rows, n = m->l->p->n_stimuli;
    for (size_t t = 0; both && t < n; t++) {
        row(m, k, base + 2 * t, 0, HUGE_VAL);
        row(m, k, base + 2 * t + 1, -HUGE_VAL, 0);
    }
    if (both) {
        tie(m, first, 2, r->lo == OPEN_LO ? 0 : (double)r->lo);
        tie(m, first + 1, 2, r->hi == OPEN_HI ? 0 : (double)r->hi);
    }
    first = m->l->n_rows;
    for (size_t t = 0; t < n; t++)
        row(m, k, LOTS_EACH + t, -HUGE_VAL, 0);
    tie(m, first, 1, 0);
}

static void used_stimuli(struct maker *m, const struct requirement *r, size_t k)
{
    static const struct requirement some = {.lo = 1, .hi = OPEN_HI};
    size_t n = m->l->p->n_stimuli, to = row(m, k, 0, low(r->lo), r->lo > r->hi ? HUGE_VAL : high(r->hi));
    for (size_t t = 0; t < n; t++)
        put(&m->cell, stimuli(m) + t, to, 1);
    if (!m->sets)
        per_stimulus(m, &some, k, 1, true);
}

static void stimulus_use(struct maker *m, size_t k)
{
    if (!m->sets)
        per_stimulus(m, NULL, k, 0, false);
    for (size_t t = 0; t < m->l->p->n_stimuli; t++)
        put(&m->bound, stimuli(m) + t, k, 0);
}

static void bounds(struct maker *m, const struct requirement *r, size_t k)
{
    for (size_t i = 0; i < r->n; i++)
        put(&m->bound, r->item[i], k, 0);
}

void lots_rows(struct maker *m, size_t k)
{
    const struct requirement *r = &m->l->p->requirement[k];
    switch (r->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
        sum(m, r, k);
        break;
    case REQUIRE_AT_MOST_ONE:
        weighted(m, r, row(m, k, 0, -HUGE_VAL, 1));
        break;
    case REQUIRE_ALL_OR_NONE:
        together(m, r, k);
        break;
    case REQUIRE_COVER:
        cover(m, r, k);
        break;
    case REQUIRE_STIMULI:
        used_stimuli(m, r, k);
        break;
    case REQUIRE_PER_STIMULUS:
        per_stimulus(m, r, k, 0, true);
        break;
    case REQUIRE_OVERLAP:
        weighted(m, r, row(m, k, 0, -HUGE_VAL, high(r->hi)));
        m->l->row[m->l->n_rows - 1].overlap = true;
        break;
    case REQUIRE_STIMULUS_USE:
        stimulus_use(m, k);
        break;
    case REQUIRE_USE:
    case REQUIRE_INCLUDE:
    case REQUIRE_EXCLUDE:
        bounds(m, r, k);
        break;
    default: /* what earlier objectives reached is no rule of the office */
        break;
    }
}
