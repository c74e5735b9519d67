/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/explain/lots.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/explain/lots-internal.h"

static bool limits_use(enum requirement_kind kind)
{
    return kind == REQUIRE_USE || kind == REQUIRE_INCLUDE || kind == REQUIRE_EXCLUDE ||
           kind == REQUIRE_STIMULUS_USE;
}

static bool about_few(enum requirement_kind kind)
{
    return kind == REQUIRE_AT_MOST_ONE || kind == REQUIRE_ALL_OR_NONE;
}

/* Stimuli of which a rule speaks without naming them are of all items that have one. */
static size_t matches(const struct problem *p, const struct lots *l, uint32_t rule)
{
    bool *seen = mem_alloc(p->n_items + 1);
    size_t n = 0;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        bool all = l->rule_of[k] == rule && r->n == 0 && p->stimulus &&
                   (r->kind == REQUIRE_STIMULI || r->kind == REQUIRE_PER_STIMULUS ||
                    r->kind == REQUIRE_STIMULUS_USE);
        for (size_t i = 0; all && i < p->n_items; i++)
            seen[i] = seen[i] || p->stimulus[i] != NO_STIMULUS;
        for (size_t i = 0; l->rule_of[k] == rule && i < r->n; i++)
            seen[r->item[i]] = true;
    }
    for (size_t i = 0; i < p->n_items; i++)
        n += seen[i];
    free(seen);
    return n;
}

static void rules(struct lots *l, bool broad)
{
    const struct problem *p = l->p;
    l->rule = arena_array(l->arena, p->n_requirements + 1, sizeof *l->rule);
    l->rule_of = arena_array(l->arena, p->n_requirements + 1, sizeof *l->rule_of);
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        bool first = r->unit_no == k;
        l->rule_of[k] = r->weight > 0 ? NO_RULE : first ? (uint32_t)l->n_rules : l->rule_of[r->unit_no];
        if (l->rule_of[k] == l->n_rules)
            l->rule[l->n_rules++] = (struct lots_rule){.requirement = (uint32_t)k,
                                                       .bounds = limits_use(r->kind),
                                                       .ignored = broad && about_few(r->kind)};
        if (l->rule_of[k] != NO_RULE)
            l->rule[l->rule_of[k]].n++;
    }
    for (uint32_t i = 0; i < l->n_rules; i++)
        l->rule[i].matches = matches(p, l, i);
}

/* Stable, by column; ret_start has n_columns + 1. */
static void sort(struct entries *list, size_t n_columns, uint32_t *ret_start)
{
    struct entry *sorted = mem_alloc((list->n + 1) * sizeof *sorted);
    for (size_t i = 0; i < list->n; i++)
        ret_start[list->entry[i].column + 1]++;
    for (size_t i = 0; i < n_columns; i++)
        ret_start[i + 1] += ret_start[i];
    uint32_t *at = mem_alloc((n_columns + 1) * sizeof *at);
    memcpy(at, ret_start, (n_columns + 1) * sizeof *at);
    for (size_t i = 0; i < list->n; i++)
        sorted[at[list->entry[i].column]++] = list->entry[i];
    free(at);
    free(list->entry);
    list->entry = sorted;
}

struct hashed {
    uint64_t hash;
    uint32_t column;
};

struct columns {
    const struct maker *m;
    const int64_t *left;
    const uint32_t *cell, *bound; /* where those of a column start */
};

static uint64_t spread(uint64_t h, const struct entries *list, const uint32_t *start, uint32_t column)
{
    for (uint32_t i = start[column]; i < start[column + 1]; i++) {
        h = rng_spread(h, &list->entry[i].row, sizeof list->entry[i].row);
        h = rng_spread(h, &list->entry[i].value, sizeof list->entry[i].value);
    }
    return h;
}

static bool same(const struct entries *list, const uint32_t *start, uint32_t a, uint32_t b)
{
    uint32_t n = start[a + 1] - start[a];
    bool equal = n == start[b + 1] - start[b];
    for (uint32_t i = 0; equal && i < n; i++)
        equal = list->entry[start[a] + i].row == list->entry[start[b] + i].row &&
                list->entry[start[a] + i].value == list->entry[start[b] + i].value;
    return equal;
}

static int by_hash(const void *a, const void *b)
{
    const struct hashed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static uint32_t left_of(const struct columns *c, uint32_t item)
{
    return !c->left                     ? 1
           : c->left[item] < 0          ? 0
           : c->left[item] > UINT16_MAX ? UINT16_MAX
                                        : (uint32_t)c->left[item];
}

static void add_lot(struct lots *l, const struct columns *c, uint32_t column, uint32_t n)
{
    struct lot *lot = &l->lot[l->n_lots++];
    bool item = column < l->p->n_items, stimulus = !item && column - c->m->stimulus < l->p->n_stimuli;
    *lot = (struct lot){.kind = item       ? LOT_ITEMS
                                : stimulus ? LOT_STIMULUS
                                           : LOT_GROUP,
                        .item = column,
                        .n = n,
                        .left = item ? left_of(c, column) : 1,
                        .cell = c->cell[column],
                        .n_cells = c->cell[column + 1] - c->cell[column],
                        .bound = c->bound[column],
                        .n_bounds = c->bound[column + 1] - c->bound[column]};
}

static int by_item(const void *a, const void *b)
{
    const struct lot *x = a, *y = b;
    return x->item < y->item ? -1 : x->item > y->item;
}

static void gather(struct lots *l, const struct columns *c, size_t n_columns)
{
    size_t n = l->p->n_items;
    struct hashed *hashed = mem_alloc((n + 1) * sizeof *hashed);
    uint32_t *first = mem_alloc((n + 1) * sizeof *first); /* of the items like each */
    l->lot = arena_array(l->arena, n_columns + 1, sizeof *l->lot);
    l->lot_of = arena_array(l->arena, n + 1, sizeof *l->lot_of);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t h = spread(RNG_SPREAD, &c->m->cell, c->cell, i);
        uint32_t left = left_of(c, i);
        h = rng_spread(h, &left, sizeof left);
        hashed[i] = (struct hashed){spread(h, &c->m->bound, c->bound, i), i};
    }
    qsort(hashed, n, sizeof *hashed, by_hash);
    for (size_t i = 0, to; i < n; i = to) {
        uint32_t column = hashed[i].column;
        for (to = i + 1; to < n && hashed[to].hash == hashed[i].hash &&
                         left_of(c, hashed[to].column) == left_of(c, column) &&
                         same(&c->m->cell, c->cell, column, hashed[to].column) &&
                         same(&c->m->bound, c->bound, column, hashed[to].column);)
            to++;
        for (size_t k = i; k < to; k++)
            first[hashed[k].column] = column;
        add_lot(l, c, column, (uint32_t)(to - i));
    }
    free(hashed);
    qsort(l->lot, l->n_lots, sizeof *l->lot, by_item);
    l->n_item_lots = l->n_lots;
    for (uint32_t k = 0; k < l->n_lots; k++)
        l->lot_of[l->lot[k].item] = k;
    for (size_t i = 0; i < n; i++)
        l->lot_of[i] = l->lot_of[first[i]];
    free(first);
    for (size_t i = n; i < n_columns; i++)
        add_lot(l, c, (uint32_t)i, 1);
}

static void copy_cells(struct lots *l, const struct maker *m)
{
    l->cell = arena_array(l->arena, m->cell.n + 1, sizeof *l->cell);
    l->bound = arena_array(l->arena, m->bound.n + 1, sizeof *l->bound);
    for (size_t i = 0; i < m->cell.n; i++) {
        const struct entry *c = &m->cell.entry[i];
        l->cell[i] = (struct lots_cell){c->row, c->value};
        if (c->column < l->p->n_items && fabs(c->value) > l->row[c->row].scale)
            l->row[c->row].scale = fabs(c->value);
    }
    for (size_t i = 0; i < m->bound.n; i++)
        l->bound[i] = m->bound.entry[i].row;
}

struct lots *lots_new(const struct problem *p, bool broad, const int64_t *left)
{
    struct arena *arena = arena_new();
    struct lots *l = arena_alloc(arena, sizeof *l);
    *l = (struct lots){.arena = arena, .p = p};
    struct maker m = {.l = l, .n_columns = p->n_items};
    rules(l, broad);
    for (size_t k = 0; k < p->n_requirements; k++)
        m.sets = m.sets || (p->requirement[k].kind == REQUIRE_PER_STIMULUS && p->requirement[k].weight == 0);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (l->rule_of[k] != NO_RULE && !l->rule[l->rule_of[k]].ignored)
            lots_rows(&m, k);
    uint32_t *cell = arena_array(arena, m.n_columns + 2, sizeof *cell);
    uint32_t *bound = arena_array(arena, m.n_columns + 2, sizeof *bound);
    sort(&m.cell, m.n_columns, cell);
    sort(&m.bound, m.n_columns, bound);
    const struct columns c = {.m = &m, .left = left, .cell = cell, .bound = bound};
    gather(l, &c, m.n_columns);
    copy_cells(l, &m);
    free(m.cell.entry);
    free(m.bound.entry);
    return l;
}

bool lots_overlap(const struct lots *l, const struct lot *lot)
{
    bool any = false;
    for (uint32_t i = lot->cell; i < lot->cell + lot->n_cells; i++)
        any = any || l->row[l->cell[i].row].overlap;
    return any;
}

int64_t lots_use(const struct lots *l, const struct lot *lot)
{
    int64_t use = (int64_t)l->p->n_forms;
    for (uint32_t i = lot->bound; i < lot->bound + lot->n_bounds; i++) {
        const struct requirement *r = &l->p->requirement[l->bound[i]];
        int64_t hi = r->kind == REQUIRE_EXCLUDE ? 0 : r->kind == REQUIRE_USE ? r->hi : use;
        use = hi < use ? hi : use;
    }
    for (uint32_t i = lot->cell; i < lot->cell + lot->n_cells; i++)
        if (l->row[l->cell[i].row].overlap && l->row[l->cell[i].row].hi <= 0 && use > 1)
            use = 1;
    return use;
}

void lots_free(struct lots *l)
{
    if (!l)
        return;
    struct arena *arena = l->arena;
    free(l->row);
    arena_free(arena);
}
