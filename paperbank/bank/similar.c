/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/similar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SHARED = 10 };

/* How often each gram stands in all records; then its rank, the rarest first. */
struct ranks {
    uint32_t *gram, *count;
    size_t slots, used;
};

struct list {
    uint32_t *at; /* records, the shorter first */
    uint32_t n, room, first; /* before first: too short for all that come */
};

struct join {
    struct gram_record *record;
    size_t n;
    uint32_t threshold;
    struct list *list; /* by rank */
    uint32_t *shared;  /* by record: how many members of the prefixes are shared; of the record at hand */
    uint32_t *touched;
    size_t n_touched;
    struct similar_pair *pair;
    size_t n_pairs, room, max;
    bool more;
};

static size_t slot_of(const struct ranks *r, uint32_t gram)
{
    size_t i = (gram * 2654435761u) & (r->slots - 1);
    while (r->count[i] && r->gram[i] != gram)
        i = (i + 1) & (r->slots - 1);
    return i;
}

static void make_slots(struct ranks *r, size_t slots)
{
    *r = (struct ranks){.slots = slots, .used = r->used};
    r->gram = mem_alloc(slots * sizeof *r->gram);
    r->count = mem_alloc(slots * sizeof *r->count);
}

static void widen(struct ranks *r)
{
    struct ranks old = *r;
    make_slots(r, old.slots * 2);
    for (size_t i = 0; i < old.slots; i++)
        if (old.count[i]) {
            size_t at = slot_of(r, old.gram[i]);
            r->gram[at] = old.gram[i];
            r->count[at] = old.count[i];
        }
    free(old.gram);
    free(old.count);
}

static void count_gram(struct ranks *r, uint32_t gram)
{
    size_t i = slot_of(r, gram);
    r->gram[i] = gram;
    if (r->count[i]++ == 0 && ++r->used * 2 > r->slots)
        widen(r);
}

struct counted {
    uint32_t gram, count;
};

static int by_count(const void *a, const void *b)
{
    const struct counted *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return x->gram < y->gram ? -1 : x->gram > y->gram;
}

/* Counts become ranks from 1. */
static void rank_all(struct ranks *r)
{
    struct counted *c = mem_alloc((r->used + 1) * sizeof *c);
    size_t n = 0;
    for (size_t i = 0; i < r->slots; i++)
        if (r->count[i])
            c[n++] = (struct counted){r->gram[i], r->count[i]};
    qsort(c, n, sizeof *c, by_count);
    for (size_t i = 0; i < n; i++)
        r->count[slot_of(r, c[i].gram)] = (uint32_t)i + 1;
    free(c);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static int by_length(const void *a, const void *b)
{
    const struct gram_record *x = a, *y = b;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    for (uint32_t i = 0; i < x->n; i++)
        if (x->gram[i] != y->gram[i])
            return x->gram[i] < y->gram[i] ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static size_t rank_records(struct gram_record *record, size_t n)
{
    struct ranks r = {0};
    make_slots(&r, 1 << 16);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < record[i].n; k++)
            count_gram(&r, record[i].gram[k]);
    rank_all(&r);
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < record[i].n; k++)
            record[i].gram[k] = r.count[slot_of(&r, record[i].gram[k])] - 1;
        qsort(record[i].gram, record[i].n, sizeof *record[i].gram, by_number);
    }
    if (n)
        qsort(record, n, sizeof *record, by_length);
    free(r.gram);
    free(r.count);
    return r.used;
}

static void add_pair(struct join *j, uint32_t x, uint32_t y, int64_t measure)
{
    if (j->n_pairs == j->max) {
        j->more = true;
        return;
    }
    if (j->n_pairs == j->room) {
        j->room = j->room ? 2 * j->room : 256;
        j->pair = mem_grow(j->pair, j->room, sizeof *j->pair);
    }
    j->pair[j->n_pairs++] =
        x < y ? (struct similar_pair){x, y, measure} : (struct similar_pair){y, x, measure};
}

/* Equal records stand next to each other, the one of lowest index first: the others are paired with it and
 * leave. */
static void pair_equal(struct join *j)
{
    size_t kept = 0;
    for (size_t i = 0; i < j->n; i++) {
        const struct gram_record *first = kept ? &j->record[kept - 1] : NULL, *r = &j->record[i];
        if (first && first->n == r->n && memcmp(first->gram, r->gram, r->n * sizeof *r->gram) == 0)
            add_pair(j, first->index, r->index, 1000);
        else
            j->record[kept++] = *r;
    }
    j->n = kept;
}

/* The least members that a set of n must share with a similar one of its length or more. */
static uint32_t least_common(const struct join *j, uint32_t n)
{
    return (uint32_t)(((uint64_t)n * j->threshold + 999) / 1000);
}

/* How many members of the two beginnings must be shared at least: with one, far too many pairs would have to
 * be compared. */
static uint32_t least_shared(const struct join *j, uint32_t n)
{
    uint32_t least = least_common(j, n);
    return least < SHARED ? least : SHARED;
}

static uint32_t common(const struct gram_record *x, const struct gram_record *y)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < x->n && k < y->n;) {
        uint32_t a = x->gram[i], b = y->gram[k];
        n += a == b;
        i += a <= b;
        k += b <= a;
    }
    return n;
}

static void gather(struct join *j, uint32_t at)
{
    const struct gram_record *r = &j->record[at];
    uint32_t shortest = least_common(j, r->n), prefix = r->n - shortest + least_shared(j, r->n);
    j->n_touched = 0;
    for (uint32_t k = 0; k < prefix; k++) {
        struct list *l = &j->list[r->gram[k]];
        while (l->first < l->n && j->record[l->at[l->first]].n < shortest)
            l->first++;
        for (uint32_t p = l->first; p < l->n; p++)
            if (j->shared[l->at[p]]++ == 0)
                j->touched[j->n_touched++] = l->at[p];
        if (l->n == l->room) {
            l->room = l->room ? 2 * l->room : 4;
            l->at = mem_grow(l->at, l->room, sizeof *l->at);
        }
        l->at[l->n++] = at;
    }
}

static void verify(struct join *j, uint32_t at)
{
    const struct gram_record *r = &j->record[at];
    for (size_t i = 0; i < j->n_touched; i++) {
        uint32_t other = j->touched[i];
        const struct gram_record *o = &j->record[other];
        uint32_t shared = j->shared[other];
        j->shared[other] = 0;
        if (shared < least_shared(j, r->n))
            continue;
        uint64_t n = common(r, o), all = (uint64_t)r->n + o->n - n;
        if (n * 1000 >= j->threshold * all)
            add_pair(j, r->index, o->index, (int64_t)(n * 1000 / all));
    }
}

static int by_measure(const void *a, const void *b)
{
    const struct similar_pair *x = a, *y = b;
    if (x->measure != y->measure)
        return x->measure > y->measure ? -1 : 1;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    return x->y < y->y ? -1 : x->y > y->y;
}

size_t similar_pairs(struct gram_record *record, size_t n, uint32_t threshold, size_t max,
                     struct similar_pair **ret, bool *ret_more)
{
    struct join j = {.record = record, .n = n, .threshold = threshold, .max = max};
    size_t distinct = rank_records(record, n);
    pair_equal(&j);
    j.list = mem_alloc((distinct + 1) * sizeof *j.list);
    j.shared = mem_alloc((n + 1) * sizeof *j.shared);
    j.touched = mem_alloc((n + 1) * sizeof *j.touched);
    for (size_t i = 0; i < j.n && !j.more; i++) {
        gather(&j, (uint32_t)i);
        verify(&j, (uint32_t)i);
    }
    if (j.n_pairs)
        qsort(j.pair, j.n_pairs, sizeof *j.pair, by_measure);
    for (size_t i = 0; i < distinct; i++)
        free(j.list[i].at);
    free(j.list);
    free(j.shared);
    free(j.touched);
    *ret = j.pair;
    *ret_more = j.more;
    return j.n_pairs;
}
