/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/search/booklets.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

bool booklets_has(const struct booklets *b, uint32_t item, size_t form)
{
    return b->place[(size_t)item * b->n_forms + form];
}

static int64_t outside(const struct booklet_row *r, int64_t v)
{
    if (r->lo != OPEN_LO && v < r->lo)
        return r->lo - v;
    return r->hi != OPEN_HI && v > r->hi ? v - r->hi : 0;
}

/* What a counter falls short of a requirement, in units of a usual item. */
static double shortfall(const struct booklet_row *r, int64_t v)
{
    switch (r->kind) {
    case ROW_BOUNDS:
        return (double)outside(r, v) * r->scale;
    case ROW_WHOLE:
        return (double)(v < r->hi - v ? v : r->hi - v) * r->scale;
    case ROW_WHEN_USED:
        return v > 0 ? (double)outside(r, v) * r->scale : 0;
    default:
        return 0;
    }
}

static double goal_of(const struct booklets *b, const struct booklet_row *r, int64_t v)
{
    double d;
    switch (r->kind) {
    case ROW_WISH:
        return (double)outside(r, v) * r->scale;
    case ROW_AT_LEAST:
        d = (b->level - (double)v * 1000 / (double)r->weight) * r->scale;
        return d > 0 ? d * d : 0;
    case ROW_TARGET:
        d = (double)(v - r->lo) * r->scale;
        return d * d;
    case ROW_SUM:
        return -(double)v * r->scale;
    default:
        return 0;
    }
}

static void set_broken(struct booklets *b, size_t counter, double v)
{
    uint32_t *at = &b->broken_at[counter];
    b->violation += v - b->violation_of[counter];
    b->violation_of[counter] = v;
    if (v > 0 && !*at) {
        b->broken[b->n_broken++] = (uint32_t)counter;
        *at = (uint32_t)b->n_broken;
    } else if (v <= 0 && *at) {
        uint32_t last = b->broken[--b->n_broken];
        b->broken[*at - 1] = last;
        b->broken_at[last] = *at;
        *at = 0;
    }
}

static void bump(struct booklets *b, uint32_t row, size_t form, int64_t by);

static void range_of(const struct booklets *b, const struct booklet_row *r, int64_t *lo, int64_t *hi)
{
    *lo = INT64_MAX;
    *hi = INT64_MIN;
    for (size_t f = 0; f < b->n_forms; f++) {
        int64_t v = b->value[r->at + f];
        *lo = v < *lo ? v : *lo;
        *hi = v > *hi ? v : *hi;
    }
}

static int64_t spread_of(const struct booklets *b, const struct booklet_row *r)
{
    int64_t lo, hi;
    range_of(b, r, &lo, &hi);
    return hi - lo;
}

static void bump_parents(struct booklets *b, const struct booklet_row *r, size_t form, int64_t by)
{
    for (size_t k = 0; by && k < ROW_PARENTS; k++)
        if (r->parent[k] != ROW_NO_PARENT)
            bump(b, (uint32_t)r->parent[k], form, by);
}

/* What its parents count of a row, before and after a change of one counter. */
static int64_t told(const struct booklets *b, const struct booklet_row *r, int64_t v)
{
    if (r->kind == ROW_SPREAD)
        return spread_of(b, r);
    return r->kind == ROW_WISH ? r->weight * outside(r, v) : v > 0;
}

static void bump(struct booklets *b, uint32_t row, size_t form, int64_t by)
{
    const struct booklet_row *r = &b->row[row];
    size_t counter = r->at + (r->across ? 0 : form);
    bool tells = r->parent[0] != ROW_NO_PARENT;
    int64_t old = b->value[counter], v = old + by, before = tells ? told(b, r, old) : 0;
    b->value[counter] = v;
    b->touched++;
    if (r->kind >= ROW_WISH)
        b->goal += goal_of(b, r, v) - goal_of(b, r, old);
    else if (r->kind < ROW_PRESENCE) {
        double now = shortfall(r, v);
        if (now > 0 || b->broken_at[counter])
            set_broken(b, counter, now);
    }
    if (tells)
        bump_parents(b, r, form, told(b, r, v) - before);
}

static int64_t use_off(const struct booklets *b, uint32_t item)
{
    int64_t u = b->uses[item];
    if (u < b->use_lo[item])
        return b->use_lo[item] - u;
    return u > b->use_hi[item] ? u - b->use_hi[item] : 0;
}

static void share(struct booklets *b, uint32_t item, size_t form, int64_t by)
{
    const uint32_t *place = &b->place[(size_t)item * b->n_forms];
    for (size_t k = 0; k < b->n_overlaps; k++) {
        struct booklet_overlap *o = &b->overlap[k];
        if (!o->counts[item])
            continue;
        for (size_t g = 0; g < b->n_forms; g++) {
            if (g == form || !place[g])
                continue;
            int64_t *shared = &o->shared[g < form ? g * b->n_forms + form : form * b->n_forms + g];
            int64_t old = *shared > o->of->hi ? *shared - o->of->hi : 0;
            *shared += by;
            b->broken_overlaps += (*shared > o->of->hi ? *shared - o->of->hi : 0) - old;
        }
        b->touched += (int64_t)b->n_forms;
    }
}

/* Into the form's list or out of it: 1 or -1. */
static int64_t put(struct booklets *b, uint32_t item, size_t form)
{
    uint32_t *place = &b->place[(size_t)item * b->n_forms + form], *list = b->form[form];
    if (!*place) {
        list[b->n[form]++] = item;
        *place = (uint32_t)b->n[form];
        return 1;
    }
    uint32_t last = list[--b->n[form]];
    list[*place - 1] = last;
    b->place[(size_t)last * b->n_forms + form] = *place;
    *place = 0;
    return -1;
}

static void toggle(struct booklets *b, uint32_t item, size_t form)
{
    int64_t by = put(b, item, form);
    b->broken_uses -= use_off(b, item);
    b->uses[item] += by;
    b->broken_uses += use_off(b, item);
    if (b->n_overlaps)
        share(b, item, form, by);
    for (size_t k = b->term_start[item]; k < b->term_start[item + 1]; k++)
        bump(b, b->term[k].row, form, by * b->term[k].coef);
}

void booklets_toggle(struct booklets *b, uint32_t item, size_t form)
{
    if (b->n_journal == b->room_journal) {
        b->room_journal = b->room_journal ? 2 * b->room_journal : 1024;
        b->journal = mem_grow(b->journal, b->room_journal, sizeof *b->journal);
    }
    b->journal[b->n_journal++] = (struct booklet_toggle){item, (uint32_t)form};
    toggle(b, item, form);
}

void booklets_undo(struct booklets *b, size_t journal)
{
    while (b->n_journal > journal) {
        const struct booklet_toggle *t = &b->journal[--b->n_journal];
        toggle(b, t->item, t->form);
    }
}

void booklets_keep(struct booklets *b)
{
    b->n_journal = 0;
}

void booklets_refresh(struct booklets *b)
{
    b->violation = b->goal = 0;
    for (size_t k = 0; k < b->n_rows; k++) {
        const struct booklet_row *r = &b->row[k];
        for (size_t f = 0; f < (r->across ? 1 : b->n_forms); f++) {
            double v = shortfall(r, b->value[r->at + f]);
            b->goal += goal_of(b, r, b->value[r->at + f]);
            b->violation_of[r->at + f] = 0;
            set_broken(b, r->at + f, v);
        }
    }
}

static void clear(struct booklets *b)
{
    memset(b->value, 0, b->n_counters * sizeof *b->value);
    memset(b->place, 0, b->n_items * b->n_forms * sizeof *b->place);
    memset(b->n, 0, b->n_forms * sizeof *b->n);
    memset(b->uses, 0, b->n_items * sizeof *b->uses);
    for (size_t k = 0; k < b->n_overlaps; k++)
        memset(b->overlap[k].shared, 0, b->n_forms * b->n_forms * sizeof *b->overlap[k].shared);
    for (size_t k = 0; k < b->n_rows; k++) /* wishes that nothing at all does not meet */
        for (size_t f = 0; b->row[k].kind == ROW_WISH && f < (b->row[k].across ? 1 : b->n_forms); f++)
            if (b->row[k].parent[0] != ROW_NO_PARENT)
                b->value[b->row[b->row[k].parent[0]].at] += told(b, &b->row[k], 0);
    b->broken_overlaps = b->broken_uses = 0;
    for (uint32_t i = 0; i < b->n_items; i++)
        b->broken_uses += use_off(b, i);
    booklets_refresh(b);
}

void booklets_take(struct booklets *b, const struct selection *s)
{
    clear(b);
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t i = 0; i < s->n[f]; i++)
            toggle(b, s->form[f][i], f);
    b->n_journal = 0;
    booklets_centre(b);
    booklets_refresh(b);
}

void booklets_give(const struct booklets *b, struct selection *s)
{
    for (size_t f = 0; f < b->n_forms; f++) {
        s->n[f] = 0;
        for (uint32_t i = 0; i < b->n_items; i++)
            if (booklets_has(b, i, f))
                s->form[f][s->n[f]++] = i;
    }
}

void booklets_aspire(struct booklets *b, double level)
{
    b->level = level;
    booklets_refresh(b);
}

void booklets_stress(struct booklets *b, double factor)
{
    for (size_t k = 0; k < b->n_broken; k++)
        b->row[b->row_of[b->broken[k]]].scale *= factor;
}

void booklets_centre(struct booklets *b)
{
    int64_t lo, hi;
    for (size_t k = 0; b->ranged && k < b->n_rows; k++)
        if (b->row[k].kind == ROW_TARGET) {
            range_of(b, &b->row[k], &lo, &hi);
            b->row[k].lo = lo + (hi - lo) / 2;
        }
    if (b->ranged)
        booklets_refresh(b);
}

double booklets_gain(const struct booklets *b, size_t form, uint32_t out, uint32_t in)
{
    double sum = 0;
    if (b->n_goals == 0)
        return sum;
    const struct booklet_row *r = &b->row[b->n_rows - b->n_goals];
    const int64_t *o = &b->gain_of[out * b->n_goals], *i = &b->gain_of[in * b->n_goals];
    for (size_t k = 0; k < b->n_goals; k++, r++) {
        int64_t v = b->value[r->at + form];
        sum += goal_of(b, r, v) - goal_of(b, r, v - o[k] + i[k]);
    }
    return sum;
}

bool booklets_good(const struct booklets *b)
{
    return !b->n_broken && !b->broken_uses && !b->broken_overlaps;
}

/* Of one row, over the forms: how bad it is. */
static double row_objective(const struct booklets *b, const struct booklet_row *r)
{
    int64_t lo, hi;
    double sum = 0;
    range_of(b, r, &lo, &hi);
    switch (r->kind) {
    case ROW_AT_LEAST:
        return -(double)lo * 1000 / (double)r->weight;
    case ROW_TARGET:
        if (b->ranged)
            return (double)(hi - lo);
        return (double)(hi - r->lo > r->lo - lo ? hi - r->lo : r->lo - lo);
    case ROW_SUM:
        for (size_t f = 0; f < b->n_forms; f++)
            sum -= (double)b->value[r->at + f];
        return sum;
    default:
        return 0;
    }
}

static double wishes(const struct booklets *b)
{
    double sum = 0;
    for (size_t k = 0; k < b->n_rows; k++)
        for (size_t f = 0; b->row[k].kind == ROW_WISH && f < (b->row[k].across ? 1 : b->n_forms); f++)
            sum += (double)outside(&b->row[k], b->value[b->row[k].at + f]) * (double)b->row[k].weight;
    return sum;
}

double booklets_objective(const struct booklets *b)
{
    double worst = 0;
    bool first = true;
    if (b->p->objective->kind == OBJECTIVE_MIN_PENALTY)
        return wishes(b);
    for (size_t k = b->n_rows; k-- > 0 && b->row[k].kind > ROW_WISH;) {
        double v = row_objective(b, &b->row[k]);
        worst = first || v > worst ? v : worst;
        first = false;
    }
    return worst;
}
