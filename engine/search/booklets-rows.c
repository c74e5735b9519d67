/* SPDX-License-Identifier: Apache-2.0 */
/* How the rows of booklets are made from a problem. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/booklets.h"

/* Rows with their items, in the order they are made; turned into terms of items at the end. */
struct maker {
    struct booklets *b;
    size_t room_rows, n_cells, room_cells;
    struct cell {
        uint32_t row, item;
        int64_t coef;
    } * cell;
    int32_t penalty_row;   /* bumped by what wishes cost; ROW_NO_PARENT: none */
    int32_t *stimulus_row; /* the ROW_PRESENCE or ROW_WHEN_USED row of each stimulus; NULL: none yet */
};

static uint32_t add_row(struct maker *m, const struct booklet_row *r)
{
    struct booklets *b = m->b;
    if (b->n_rows == m->room_rows) {
        m->room_rows = m->room_rows ? 2 * m->room_rows : 256;
        b->row = mem_grow(b->row, m->room_rows, sizeof *b->row);
    }
    b->row[b->n_rows] = *r;
    b->row[b->n_rows].at = b->n_counters;
    b->n_counters += r->across ? 1 : b->n_forms;
    return (uint32_t)b->n_rows++;
}

static void add_cell(struct maker *m, uint32_t row, uint32_t item, int64_t coef)
{
    if (coef == 0)
        return;
    if (m->n_cells == m->room_cells) {
        m->room_cells = m->room_cells ? 2 * m->room_cells : 4096;
        m->cell = mem_grow(m->cell, m->room_cells, sizeof *m->cell);
    }
    m->cell[m->n_cells++] = (struct cell){row, item, coef};
}

static struct booklet_row plain(enum booklet_row_kind kind, int64_t lo, int64_t hi)
{
    return (struct booklet_row){.kind = kind,
                                .lo = lo,
                                .hi = hi,
                                .scale = 1,
                                .weight = 1,
                                .parent = {ROW_NO_PARENT, ROW_NO_PARENT, ROW_NO_PARENT, ROW_NO_PARENT}};
}

/* What a usual coefficient is: the scale of a sum. */
static double usual(const int64_t *coef, size_t n)
{
    double sum = 0, some = 0;
    for (size_t i = 0; coef && i < n; i++) {
        sum += fabs((double)coef[i]);
        some += coef[i] != 0;
    }
    return some > 0 ? sum / some : 1;
}

static void make_wish(const struct maker *m, const struct requirement *q, struct booklet_row *r)
{
    r->scale = m->b->p->objective->kind == OBJECTIVE_MIN_PENALTY ? (double)q->weight : 0;
    r->weight = q->weight;
    r->parent[0] = m->penalty_row;
}

static void make_sum(struct maker *m, const struct requirement *q, int64_t lo, int64_t hi)
{
    bool wish = q->weight > 0;
    struct booklet_row r = plain(wish ? ROW_WISH : ROW_BOUNDS, lo, hi);
    r.across = q->kind == REQUIRE_TOTAL;
    r.scale = 1 / usual(q->coef, q->n);
    if (wish)
        make_wish(m, q, &r);
    uint32_t row = add_row(m, &r);
    for (size_t k = 0; k < q->n; k++)
        add_cell(m, row, q->item[k], q->coef ? q->coef[k] : 1);
}

static void make_whole(struct maker *m, const struct requirement *q)
{
    const struct booklet_row r = plain(ROW_WHOLE, 0, (int64_t)q->n);
    uint32_t row = add_row(m, &r);
    for (size_t k = 0; k < q->n; k++)
        add_cell(m, row, q->item[k], 1);
}

static void make_cover(struct maker *m, const struct requirement *q)
{
    struct booklet_row r = plain(q->weight > 0 ? ROW_WISH : ROW_BOUNDS, q->lo, q->hi);
    if (q->weight > 0)
        make_wish(m, q, &r);
    uint32_t parent = add_row(m, &r), first = (uint32_t)m->b->n_rows;
    r = plain(ROW_PRESENCE, OPEN_LO, OPEN_HI);
    r.parent[0] = (int32_t)parent;
    for (size_t g = 0; g < q->n_groups; g++)
        add_row(m, &r);
    for (size_t k = 0; k < q->n; k++)
        add_cell(m, first + q->group[k], q->item[k], 1);
}

/* The rows that count items of a stimulus in a form; made once. */
static void need_stimuli(struct maker *m)
{
    const struct problem *p = m->b->p;
    const struct booklet_row r = plain(ROW_PRESENCE, OPEN_LO, OPEN_HI);
    if (m->stimulus_row)
        return;
    m->stimulus_row = mem_alloc((p->n_stimuli + 1) * sizeof *m->stimulus_row);
    for (size_t t = 0; t < p->n_stimuli; t++)
        m->stimulus_row[t] = (int32_t)add_row(m, &r);
    for (uint32_t i = 0; p->stimulus && i < p->n_items; i++)
        if (p->stimulus[i] != NO_STIMULUS)
            add_cell(m, (uint32_t)m->stimulus_row[p->stimulus[i]], i, 1);
}

static void add_parent(struct maker *m, size_t stimulus, uint32_t parent)
{
    struct booklet_row *r = &m->b->row[m->stimulus_row[stimulus]];
    for (size_t k = 0; k < ROW_PARENTS; k++)
        if (r->parent[k] == ROW_NO_PARENT) {
            r->parent[k] = (int32_t)parent;
            return;
        }
}

static void make_per_stimulus(struct maker *m, const struct requirement *q)
{
    need_stimuli(m);
    for (size_t t = 0; t < m->b->p->n_stimuli; t++) {
        struct booklet_row *r = &m->b->row[m->stimulus_row[t]];
        int64_t lo = r->kind == ROW_WHEN_USED && r->lo > q->lo ? r->lo : q->lo;
        r->hi = r->kind == ROW_WHEN_USED && r->hi < q->hi ? r->hi : q->hi;
        r->lo = lo;
        r->kind = ROW_WHEN_USED;
    }
}

static void make_stimuli(struct maker *m, const struct requirement *q)
{
    const struct booklet_row r = plain(ROW_BOUNDS, q->lo, q->hi);
    need_stimuli(m);
    uint32_t parent = add_row(m, &r);
    for (size_t t = 0; t < m->b->p->n_stimuli; t++)
        add_parent(m, t, parent);
}

static void make_stimulus_use(struct maker *m, const struct requirement *q)
{
    struct booklet_row r = plain(ROW_BOUNDS, OPEN_LO, q->hi);
    need_stimuli(m);
    r.across = true;
    for (size_t t = 0; t < m->b->p->n_stimuli; t++)
        add_parent(m, t, add_row(m, &r));
}

static void make_use(struct booklets *b, const struct requirement *q, int64_t lo, int64_t hi)
{
    for (size_t k = 0; k < q->n; k++) {
        int64_t *l = &b->use_lo[q->item[k]], *h = &b->use_hi[q->item[k]];
        *l = lo > *l ? lo : *l;
        *h = hi < *h ? hi : *h;
    }
}

static void make_overlap(struct booklets *b, const struct requirement *q)
{
    b->overlap = mem_grow(b->overlap, b->n_overlaps + 1, sizeof *b->overlap);
    struct booklet_overlap *o = &b->overlap[b->n_overlaps++];
    o->of = q;
    o->counts = mem_alloc(b->n_items + 1);
    o->shared = mem_alloc(b->n_forms * b->n_forms * sizeof *o->shared);
    for (size_t k = 0; k < q->n; k++)
        o->counts[q->item[k]] = 1;
}

static void make_spread(struct maker *m, const struct requirement *q)
{
    struct booklet_row r = plain(ROW_BOUNDS, OPEN_LO, q->hi);
    r.across = true;
    r.scale = 1 / usual(q->coef, q->n);
    uint32_t parent = add_row(m, &r);
    r = plain(ROW_SPREAD, OPEN_LO, OPEN_HI);
    r.parent[0] = (int32_t)parent;
    uint32_t row = add_row(m, &r);
    for (size_t k = 0; k < q->n; k++)
        add_cell(m, row, q->item[k], q->coef ? q->coef[k] : 1);
}

/* The row that wishes bump, if what they cost has a limit. */
static void make_penalty(struct maker *m)
{
    const struct problem *p = m->b->p;
    struct booklet_row r = plain(ROW_BOUNDS, OPEN_LO, OPEN_HI);
    double sum = 0, n = 0;
    m->penalty_row = ROW_NO_PARENT;
    for (size_t k = 0; k < p->n_requirements; k++) {
        sum += (double)p->requirement[k].weight;
        n += p->requirement[k].weight > 0;
        if (p->requirement[k].kind == REQUIRE_PENALTY && p->requirement[k].hi < r.hi)
            r.hi = p->requirement[k].hi;
    }
    if (r.hi == OPEN_HI)
        return;
    r.across = true;
    r.scale = sum > 0 ? n / sum : 1;
    m->penalty_row = (int32_t)add_row(m, &r);
}

static bool counts(const struct maker *m, const struct requirement *q)
{
    return q->weight == 0 || m->penalty_row != ROW_NO_PARENT ||
           m->b->p->objective->kind == OBJECTIVE_MIN_PENALTY;
}

static void make(struct maker *m, const struct requirement *q)
{
    struct booklets *b = m->b;
    switch (q->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
        return make_sum(m, q, q->lo, q->hi);
    case REQUIRE_AT_MOST_ONE:
        return make_sum(m, q, OPEN_LO, 1);
    case REQUIRE_ALL_OR_NONE:
        return make_whole(m, q);
    case REQUIRE_COVER:
        return make_cover(m, q);
    case REQUIRE_STIMULI:
        return make_stimuli(m, q);
    case REQUIRE_PER_STIMULUS:
        return make_per_stimulus(m, q);
    case REQUIRE_STIMULUS_USE:
        return make_stimulus_use(m, q);
    case REQUIRE_INCLUDE:
        return make_use(b, q, (int64_t)b->n_forms, (int64_t)b->n_forms);
    case REQUIRE_EXCLUDE:
        return make_use(b, q, 0, 0);
    case REQUIRE_USE:
        return make_use(b, q, q->lo, q->hi);
    case REQUIRE_OVERLAP:
        return make_overlap(b, q);
    case REQUIRE_RANGE:
        return make_spread(m, q);
    case REQUIRE_PENALTY: /* its row is there before any other */
        return;
    }
}

static enum booklet_row_kind row_kind(enum objective_kind k)
{
    if (k == OBJECTIVE_MAXIMIN)
        return ROW_AT_LEAST;
    return k == OBJECTIVE_MAX_SUM ? ROW_SUM : ROW_TARGET;
}

/* Last, so that they are found from the end. */
static void make_objective(struct maker *m)
{
    const struct objective *o = m->b->p->objective;
    m->b->ranged = o->kind == OBJECTIVE_MIN_RANGE;
    if (o->kind == OBJECTIVE_NONE || o->kind == OBJECTIVE_MIN_PENALTY)
        return;
    m->b->n_goals = o->n_rows;
    m->b->gain_of = mem_alloc((m->b->n_items * o->n_rows + 1) * sizeof *m->b->gain_of);
    for (size_t k = 0; k < o->n_rows; k++) {
        struct booklet_row r = plain(row_kind(o->kind), o->row[k].target, OPEN_HI);
        double w = o->kind == OBJECTIVE_MAXIMIN ? (double)o->row[k].weight / 1000 : 1;
        r.scale = w / usual(o->row[k].coef, m->b->n_items);
        r.weight = o->row[k].weight;
        uint32_t row = add_row(m, &r);
        for (uint32_t i = 0; i < m->b->n_items; i++)
            m->b->gain_of[i * o->n_rows + k] = o->row[k].coef[i];
        for (uint32_t i = 0; i < m->b->n_items; i++)
            add_cell(m, row, i, o->row[k].coef[i]);
    }
}

/* An item of a row is one of its parents' too: it can change them. */
static void count_members(struct booklets *b, uint32_t row)
{
    b->member_start[row + 2]++;
    for (size_t k = 0; k < ROW_PARENTS && b->row[row].parent[k] != ROW_NO_PARENT; k++)
        count_members(b, (uint32_t)b->row[row].parent[k]);
}

static void add_member(struct booklets *b, uint32_t row, uint32_t item)
{
    b->member[b->member_start[row + 1]++] = item;
    for (size_t k = 0; k < ROW_PARENTS && b->row[row].parent[k] != ROW_NO_PARENT; k++)
        add_member(b, (uint32_t)b->row[row].parent[k], item);
}

static void settle_members(struct maker *m)
{
    struct booklets *b = m->b;
    b->member_start = mem_alloc((b->n_rows + 2) * sizeof *b->member_start);
    for (size_t k = 0; k < m->n_cells; k++)
        count_members(b, m->cell[k].row);
    for (size_t i = 2; i < b->n_rows + 2; i++)
        b->member_start[i] += b->member_start[i - 1];
    b->member = mem_alloc((b->member_start[b->n_rows + 1] + 1) * sizeof *b->member);
    for (size_t k = 0; k < m->n_cells; k++)
        add_member(b, m->cell[k].row, m->cell[k].item);
}

static void settle(struct maker *m)
{
    struct booklets *b = m->b;
    b->term_start = mem_alloc((b->n_items + 2) * sizeof *b->term_start);
    b->term = mem_alloc((m->n_cells + 1) * sizeof *b->term);
    for (size_t k = 0; k < m->n_cells; k++)
        b->term_start[m->cell[k].item + 2]++;
    for (size_t i = 2; i < b->n_items + 2; i++)
        b->term_start[i] += b->term_start[i - 1];
    for (size_t k = 0; k < m->n_cells; k++) {
        const struct cell *c = &m->cell[k];
        b->term[b->term_start[c->item + 1]++] = (struct booklet_term){c->row, c->coef};
    }
}

static void make_room(struct booklets *b)
{
    size_t n = b->n_counters + 1;
    b->value = mem_alloc(n * sizeof *b->value);
    b->violation_of = mem_alloc(n * sizeof *b->violation_of);
    b->broken = mem_alloc(n * sizeof *b->broken);
    b->broken_at = mem_alloc(n * sizeof *b->broken_at);
    b->row_of = mem_alloc(n * sizeof *b->row_of);
    b->place = mem_alloc((b->n_items * b->n_forms + 1) * sizeof *b->place);
    b->n = mem_alloc((b->n_forms + 1) * sizeof *b->n);
    b->form = mem_alloc((b->n_forms + 1) * sizeof *b->form);
    for (size_t f = 0; f < b->n_forms; f++)
        b->form[f] = mem_alloc((b->n_items + 1) * sizeof **b->form);
    b->uses = mem_alloc((b->n_items + 1) * sizeof *b->uses);
    for (uint32_t k = 0; k < b->n_rows; k++)
        for (size_t f = 0; f < (b->row[k].across ? 1 : b->n_forms); f++)
            b->row_of[b->row[k].at + f] = k;
}

struct booklets *booklets_new(const struct problem *p)
{
    struct booklets *b = mem_alloc(sizeof *b);
    struct maker m = {.b = b};
    *b = (struct booklets){.p = p, .n_items = p->n_items, .n_forms = p->n_forms};
    b->use_lo = mem_alloc((p->n_items + 1) * sizeof *b->use_lo);
    b->use_hi = mem_alloc((p->n_items + 1) * sizeof *b->use_hi);
    for (size_t i = 0; i < p->n_items; i++)
        b->use_hi[i] = (int64_t)p->n_forms;
    make_penalty(&m);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (counts(&m, &p->requirement[k]))
            make(&m, &p->requirement[k]);
    make_objective(&m);
    settle(&m);
    settle_members(&m);
    make_room(b);
    free(m.cell);
    free(m.stimulus_row);
    booklets_take(b, &(struct selection){0});
    return b;
}

void booklets_free(struct booklets *b)
{
    if (!b)
        return;
    for (size_t k = 0; k < b->n_overlaps; k++) {
        free(b->overlap[k].counts);
        free(b->overlap[k].shared);
    }
    free(b->overlap);
    free(b->row);
    free(b->term_start);
    free(b->term);
    free(b->member_start);
    free(b->member);
    free(b->use_lo);
    free(b->use_hi);
    free(b->value);
    free(b->violation_of);
    free(b->broken);
    free(b->broken_at);
    free(b->row_of);
    free(b->gain_of);
    for (size_t f = 0; f < b->n_forms; f++)
        free(b->form[f]);
    free(b->form);
    free(b->n);
    free(b->place);
    free(b->uses);
    free(b->journal);
    free(b);
}
