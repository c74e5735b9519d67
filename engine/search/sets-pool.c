/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/search/sets-internal.h"

enum { FEW_VALUES = 12, ITEMS_A_CLASS = 4 };

static void lists_make(struct lists *l, const uint32_t *group_of, size_t n, size_t n_groups)
{
    l->n = n_groups;
    l->start = mem_alloc((n_groups + 2) * sizeof *l->start);
    l->value = mem_alloc((n + 1) * sizeof *l->value);
    for (size_t i = 0; i < n; i++)
        if (group_of[i] < n_groups)
            l->start[group_of[i] + 2]++;
    for (size_t g = 2; g < n_groups + 2; g++)
        l->start[g] += l->start[g - 1];
    for (uint32_t i = 0; i < n; i++)
        if (group_of[i] < n_groups)
            l->value[l->start[group_of[i] + 1]++] = i;
}

static void lists_release(struct lists *l)
{
    free(l->start);
    free(l->value);
}

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static size_t make_pieces(struct pool *q, const struct problem *p)
{
    size_t n = 0;
    uint32_t *parent = mem_alloc((p->n_items + 1) * sizeof *parent);
    for (uint32_t i = 0; i < p->n_items; i++)
        parent[i] = i;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        for (size_t i = 1; r->kind == REQUIRE_ALL_OR_NONE && r->weight == 0 && i < r->n; i++)
            parent[root(parent, r->item[i])] = root(parent, r->item[0]);
    }
    q->piece_of = mem_alloc((p->n_items + 1) * sizeof *q->piece_of);
    for (uint32_t i = 0; i < p->n_items; i++)
        q->piece_of[i] = NO_PIECE;
    for (uint32_t i = 0; i < p->n_items; i++) {
        uint32_t r = root(parent, i);
        if (q->piece_of[r] == NO_PIECE)
            q->piece_of[r] = (uint32_t)n++;
        q->piece_of[i] = q->piece_of[r];
    }
    free(parent);
    lists_make(&q->pieces, q->piece_of, p->n_items, n);
    return n;
}

/* Rows of few different coefficients tell classes apart. */
static bool tells(const struct booklets *b, uint32_t row)
{
    const struct booklet_row *r = &b->row[row];
    int64_t seen[FEW_VALUES];
    size_t n = 0;
    if (r->kind != ROW_BOUNDS && r->kind != ROW_WISH)
        return false;
    if ((b->member_start[row + 1] - b->member_start[row]) <= ITEMS_A_CLASS)
        return false;
    for (size_t k = b->member_start[row]; k < b->member_start[row + 1]; k++) {
        uint32_t item = b->member[k];
        for (size_t t = b->term_start[item]; t < b->term_start[item + 1]; t++) {
            if (b->term[t].row != row)
                continue;
            size_t i = 0;
            while (i < n && seen[i] != b->term[t].coef)
                i++;
            if (i == FEW_VALUES)
                return false;
            if (i == n)
                seen[n++] = b->term[t].coef;
        }
    }
    return true;
}

static uint64_t spread(uint64_t a, uint64_t b)
{
    return rng_spread(rng_spread(RNG_SPREAD, &a, sizeof a), &b, sizeof b);
}

/* A sum over the items and what they count in, so that signatures of several pieces add up. */
static uint64_t signature(const struct pool *q, const struct booklets *b, const bool *tell, uint32_t piece)
{
    uint64_t sum = 0;
    for (size_t k = q->pieces.start[piece]; k < q->pieces.start[piece + 1]; k++) {
        uint32_t item = q->pieces.value[k];
        if (b->p->stimulus && b->p->stimulus[item] != NO_STIMULUS)
            sum += spread(b->n_rows, b->p->stimulus[item]);
        for (size_t t = b->term_start[item]; t < b->term_start[item + 1]; t++)
            if (tell[b->term[t].row])
                sum += spread(b->term[t].row, (uint64_t)b->term[t].coef);
    }
    return sum;
}

struct signed_piece {
    uint64_t signature;
    uint32_t piece;
};

static int by_signature(const void *a, const void *b)
{
    const struct signed_piece *x = a, *y = b;
    if (x->signature != y->signature)
        return x->signature < y->signature ? -1 : 1;
    return x->piece < y->piece ? -1 : x->piece > y->piece;
}

/* Pieces of one signature are one group; returns the signatures, ascending. */
static uint64_t *group(struct lists *l, uint32_t **group_of, const struct pool *q, const struct booklets *b,
                       const bool *tell)
{
    size_t n = q->pieces.n, groups = 0;
    struct signed_piece *list = mem_alloc((n + 1) * sizeof *list);
    uint64_t *signatures = mem_alloc((n + 1) * sizeof *signatures);
    for (uint32_t i = 0; i < n; i++)
        list[i] = (struct signed_piece){signature(q, b, tell, i), i};
    qsort(list, n, sizeof *list, by_signature);
    *group_of = mem_alloc((n + 1) * sizeof **group_of);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || list[i].signature != list[i - 1].signature)
            signatures[groups++] = list[i].signature;
        (*group_of)[list[i].piece] = q->fixed[list[i].piece] ? NO_PIECE : (uint32_t)groups - 1;
    }
    lists_make(l, *group_of, n, groups);
    free(list);
    return signatures;
}

static void make_classes(struct pool *q, const struct booklets *b)
{
    bool *tell = mem_alloc(b->n_rows + 1);
    for (uint32_t k = 0; k < b->n_rows; k++)
        tell[k] = tells(b, k);
    free(group(&q->classes, &q->class_of, q, b, tell));
    for (uint32_t k = 0; k < b->n_rows; k++)
        tell[k] = tell[k] && b->row[k].kind == ROW_BOUNDS && b->row[k].lo == b->row[k].hi;
    q->kind = group(&q->kinds, &q->kind_of, q, b, tell);
    free(tell);
}

uint32_t sets_pool_kind(const struct pool *q, uint64_t signature)
{
    size_t lo = 0, hi = q->kinds.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (q->kind[mid] < signature)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < q->kinds.n && q->kind[lo] == signature ? (uint32_t)lo : NO_PIECE;
}

static void make_fixed(struct pool *q, const struct booklets *b, const bool *out)
{
    int64_t all = (int64_t)b->n_forms;
    q->fixed = mem_alloc(q->pieces.n + 1);
    q->free = mem_alloc((q->pieces.n + 1) * sizeof *q->free);
    for (size_t i = 0; i < b->n_items; i++)
        if (b->use_hi[i] <= 0 || b->use_lo[i] >= all || (out && out[i]))
            q->fixed[q->piece_of[i]] = true;
    for (uint32_t i = 0; i < q->pieces.n; i++)
        if (!q->fixed[i])
            q->free[q->n_free++] = i;
}

static void make_stimuli(struct pool *q, const struct problem *p)
{
    size_t n = p->stimulus ? p->n_stimuli : 0;
    q->per_lo = mem_alloc((n + 1) * sizeof *q->per_lo);
    q->per_hi = mem_alloc((n + 1) * sizeof *q->per_hi);
    uint32_t *stimulus = mem_alloc((p->n_items + 1) * sizeof *stimulus);
    for (size_t i = 0; i < p->n_items; i++)
        stimulus[i] = p->stimulus && !q->fixed[q->piece_of[i]] ? p->stimulus[i] : NO_STIMULUS;
    lists_make(&q->stimuli, stimulus, p->n_items, n);
    free(stimulus);
    for (size_t t = 0; t < n; t++) {
        q->per_lo[t] = 1;
        q->per_hi[t] = INT64_MAX;
    }
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        q->has_stimuli = q->has_stimuli || r->kind == REQUIRE_PER_STIMULUS || r->kind == REQUIRE_STIMULI ||
                         r->kind == REQUIRE_STIMULUS_USE;
        for (size_t t = 0; r->kind == REQUIRE_PER_STIMULUS && t < n; t++) {
            q->per_lo[t] = r->lo > q->per_lo[t] ? r->lo : q->per_lo[t];
            q->per_hi[t] = r->hi < q->per_hi[t] ? r->hi : q->per_hi[t];
        }
    }
    q->has_stimuli = q->has_stimuli && n > 0;
}

/* Forms are all of one length if some requirement counts every item. */
static bool varies(const struct booklets *b)
{
    for (size_t k = 0; k < b->p->n_requirements; k++) {
        const struct requirement *r = &b->p->requirement[k];
        if (r->kind == REQUIRE_LINEAR && !r->coef && r->n == b->n_items && r->lo == r->hi && !r->weight)
            return false;
    }
    return true;
}

void sets_pool_make(struct pool *q, const struct booklets *b, const bool *out)
{
    *q = (struct pool){0};
    make_pieces(q, b->p);
    make_fixed(q, b, out);
    make_classes(q, b);
    make_stimuli(q, b->p);
    q->varies = varies(b) || q->pieces.n < b->n_items;
}

void sets_pool_release(struct pool *q)
{
    free(q->piece_of);
    free(q->class_of);
    free(q->kind_of);
    free(q->kind);
    free(q->fixed);
    free(q->free);
    free(q->per_lo);
    free(q->per_hi);
    lists_release(&q->pieces);
    lists_release(&q->classes);
    lists_release(&q->kinds);
    lists_release(&q->stimuli);
    *q = (struct pool){0};
}
