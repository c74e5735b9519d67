/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/engine/oracle.h"

#include <stdlib.h>

static bool has(uint32_t form, uint32_t item)
{
    return form >> item & 1;
}

static int64_t sum_of(const struct requirement *r, uint32_t form)
{
    int64_t sum = 0;
    for (size_t k = 0; k < r->n; k++)
        sum += has(form, r->item[k]) ? (r->coef ? r->coef[k] : 1) : 0;
    return sum;
}

static bool within(const struct requirement *r, int64_t v)
{
    return (r->lo == OPEN_LO || v >= r->lo) && (r->hi == OPEN_HI || v <= r->hi);
}

static int64_t groups_of(const struct requirement *r, uint32_t form)
{
    uint32_t groups = 0;
    for (size_t k = 0; k < r->n; k++)
        if (has(form, r->item[k]))
            groups |= 1u << r->group[k];
    return __builtin_popcount(groups);
}

static int64_t items_of_stimulus(const struct problem *p, uint32_t form, size_t stimulus)
{
    int64_t n = 0;
    for (uint32_t i = 0; p->stimulus && i < p->n_items; i++)
        n += has(form, i) && p->stimulus[i] == stimulus;
    return n;
}

static bool stimuli_allow(const struct problem *p, const struct requirement *r, uint32_t form)
{
    int64_t used = 0;
    for (size_t t = 0; t < p->n_stimuli; t++) {
        int64_t n = items_of_stimulus(p, form, t);
        used += n > 0;
        if (r->kind == REQUIRE_PER_STIMULUS && n > 0 && !within(r, n))
            return false;
    }
    return r->kind == REQUIRE_PER_STIMULUS || within(r, used);
}

static bool form_allows(const struct problem *p, const struct requirement *r, uint32_t form)
{
    int64_t n;
    switch (r->kind) {
    case REQUIRE_LINEAR:
        return within(r, sum_of(r, form));
    case REQUIRE_COVER:
        return groups_of(r, form) >= r->lo;
    case REQUIRE_STIMULI:
    case REQUIRE_PER_STIMULUS:
        return stimuli_allow(p, r, form);
    default:
        n = sum_of(r, form);
        return r->kind == REQUIRE_AT_MOST_ONE   ? n <= 1
               : r->kind == REQUIRE_ALL_OR_NONE ? n == 0 || n == (int64_t)r->n
               : r->kind == REQUIRE_INCLUDE     ? n == (int64_t)r->n
                                                : n == 0; /* excluded */
    }
}

static bool uses_allow(const struct problem *p, const struct requirement *r, const struct oracle_pick *pick)
{
    for (size_t k = 0; k < r->n; k++) {
        int64_t uses = 0;
        for (size_t f = 0; f < p->n_forms; f++)
            uses += has(pick->form[f], r->item[k]);
        if (!within(r, uses))
            return false;
    }
    return true;
}

static bool stimulus_uses_allow(const struct problem *p, const struct requirement *r,
                                const struct oracle_pick *pick)
{
    for (size_t t = 0; t < p->n_stimuli; t++) {
        int64_t uses = 0;
        for (size_t f = 0; f < p->n_forms; f++)
            uses += items_of_stimulus(p, pick->form[f], t) > 0;
        if (uses > r->hi)
            return false;
    }
    return true;
}

static bool overlap_allows(const struct problem *p, const struct requirement *r,
                           const struct oracle_pick *pick)
{
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t g = 0; g < f; g++)
            if (sum_of(r, pick->form[f] & pick->form[g]) > r->hi)
                return false;
    return true;
}

static int64_t total_of(const struct problem *p, const struct requirement *r, const struct oracle_pick *pick)
{
    int64_t sum = 0;
    for (size_t f = 0; f < p->n_forms; f++)
        sum += sum_of(r, pick->form[f]);
    return sum;
}

static int64_t missed(const struct requirement *r, int64_t v)
{
    if (within(r, v))
        return 0;
    return r->weight * (r->lo != OPEN_LO && v < r->lo ? r->lo - v : v - r->hi);
}

static int64_t penalty_of(const struct problem *p, const struct oracle_pick *pick)
{
    int64_t sum = 0;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (r->kind == REQUIRE_TOTAL)
            sum += missed(r, total_of(p, r, pick));
        for (size_t f = 0; r->kind == REQUIRE_LINEAR && f < p->n_forms; f++)
            sum += missed(r, sum_of(r, pick->form[f]));
    }
    return sum;
}

static bool range_allows(const struct problem *p, const struct requirement *r, const struct oracle_pick *pick)
{
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t g = 0; g < p->n_forms; g++)
            if (sum_of(r, pick->form[f]) - sum_of(r, pick->form[g]) > r->hi)
                return false;
    return true;
}

static bool together_allow(const struct problem *p, const struct requirement *r,
                           const struct oracle_pick *pick)
{
    switch (r->kind) {
    case REQUIRE_TOTAL:
        return within(r, total_of(p, r, pick));
    case REQUIRE_USE:
        return uses_allow(p, r, pick);
    case REQUIRE_STIMULUS_USE:
        return stimulus_uses_allow(p, r, pick);
    case REQUIRE_RANGE:
        return range_allows(p, r, pick);
    case REQUIRE_PENALTY:
        return penalty_of(p, pick) <= r->hi;
    default:
        return overlap_allows(p, r, pick);
    }
}

static bool counts(const struct problem *p, const bool *keep, size_t k)
{
    return p->requirement[k].weight == 0 && (!keep || keep[k]);
}

static bool form_is_allowed(const struct problem *p, uint32_t form, const bool *keep)
{
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (counts(p, keep, k) && !requirement_is_across_forms(r) && !form_allows(p, r, form))
            return false;
    }
    return true;
}

static bool pick_is_allowed(const struct problem *p, const struct oracle_pick *pick, const bool *keep)
{
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        if (counts(p, keep, k) && requirement_is_across_forms(r) && !together_allow(p, r, pick))
            return false;
    }
    return true;
}

bool oracle_allows(const struct problem *p, const struct oracle_pick *pick, const bool *keep)
{
    for (size_t f = 0; f < p->n_forms; f++)
        if (!form_is_allowed(p, pick->form[f], keep))
            return false;
    return pick_is_allowed(p, pick, keep);
}

static int64_t row_of(const struct objective_row *row, uint32_t form)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < ORACLE_MAX_ITEMS; i++)
        sum += has(form, i) ? row->coef[i] : 0;
    return sum;
}

static int64_t range_of(const struct problem *p, const struct objective *o, const struct oracle_pick *pick)
{
    int64_t most = 0;
    for (size_t k = 0; k < o->n_rows; k++)
        for (size_t f = 0; f < p->n_forms; f++)
            for (size_t g = 0; g < p->n_forms; g++) {
                int64_t d = row_of(&o->row[k], pick->form[f]) - row_of(&o->row[k], pick->form[g]);
                most = d > most ? d : most;
            }
    return most * ORACLE_SCALE;
}

static int64_t rows_of(const struct problem *p, const struct objective *o, const struct oracle_pick *pick)
{
    int64_t v = o->kind == OBJECTIVE_MAXIMIN ? INT64_MAX : 0;
    for (size_t f = 0; f < p->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++) {
            int64_t sum = row_of(&o->row[k], pick->form[f]),
                    off = llabs(sum - o->row[k].target) * ORACLE_SCALE;
            if (o->kind == OBJECTIVE_MAX_SUM)
                v += sum * ORACLE_SCALE;
            else if (o->kind == OBJECTIVE_MINIMAX_DEV)
                v = off > v ? off : v;
            else
                v = sum * 1000 * (ORACLE_SCALE / o->row[k].weight) < v
                        ? sum * 1000 * (ORACLE_SCALE / o->row[k].weight)
                        : v;
        }
    return v;
}

int64_t oracle_value(const struct problem *p, const struct objective *o, const struct oracle_pick *pick)
{
    switch (o->kind) {
    case OBJECTIVE_NONE:
        return 0;
    case OBJECTIVE_MIN_RANGE:
        return range_of(p, o, pick);
    case OBJECTIVE_MIN_PENALTY:
        return penalty_of(p, pick) * ORACLE_SCALE;
    default:
        return rows_of(p, o, pick);
    }
}

bool oracle_upwards(enum objective_kind kind)
{
    return kind == OBJECTIVE_MAX_SUM || kind == OBJECTIVE_MAXIMIN;
}

/* Forms are interchangeable: only picks whose forms' numbers do not fall are tried. */
struct pick_list {
    struct oracle_pick *pick;
    size_t n, room;
};

static void add_pick(struct pick_list *list, const struct oracle_pick *pick)
{
    if (list->n == list->room) {
        list->room = list->room ? 2 * list->room : 1024;
        list->pick = realloc(list->pick, list->room * sizeof *list->pick);
        if (!list->pick)
            abort();
    }
    list->pick[list->n++] = *pick;
}

static void try_forms(const struct problem *p, const bool *keep, const uint32_t *form, size_t n, size_t from,
                      struct oracle_pick *pick, size_t have, struct pick_list *list)
{
    if (have == p->n_forms) {
        if (pick_is_allowed(p, pick, keep))
            add_pick(list, pick);
        return;
    }
    for (size_t i = from; i < n; i++) {
        pick->form[have] = form[i];
        try_forms(p, keep, form, n, i, pick, have + 1, list);
    }
}

/* Leaves the picks that give up no more than the objective allows. */
static int64_t keep_best(const struct problem *p, const struct objective *o, struct pick_list *list)
{
    bool up = oracle_upwards(o->kind);
    int64_t best = oracle_value(p, o, &list->pick[0]), give = o->give * ORACLE_SCALE;
    for (size_t i = 1; i < list->n; i++) {
        int64_t v = oracle_value(p, o, &list->pick[i]);
        best = up == (v > best) && v != best ? v : best;
    }
    size_t left = 0;
    for (size_t i = 0; i < list->n; i++) {
        int64_t v = oracle_value(p, o, &list->pick[i]);
        if (up ? v >= best - give : v <= best + give)
            list->pick[left++] = list->pick[i];
    }
    list->n = left;
    return best;
}

struct oracle_answer oracle_ask(const struct problem *p, const bool *keep)
{
    static const struct oracle_answer nothing;
    struct oracle_answer ret = nothing;
    struct pick_list list = {0};
    struct oracle_pick pick = {0};
    uint32_t form[1 << ORACLE_MAX_ITEMS];
    size_t n = 0;
    for (uint32_t bits = 0; bits < 1u << p->n_items; bits++)
        if (form_is_allowed(p, bits, keep))
            form[n++] = bits;
    try_forms(p, keep, form, n, 0, &pick, 0, &list);
    ret.feasible = list.n > 0;
    for (size_t k = 0; ret.feasible && k < p->n_objectives; k++)
        ret.value[k] = keep_best(p, &p->objective[k], &list);
    free(list.pick);
    return ret;
}

struct oracle_pick oracle_of(const struct selection *s)
{
    struct oracle_pick pick = {0};
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t i = 0; i < s->n[f]; i++)
            pick.form[f] |= 1u << s->form[f][i];
    return pick;
}
