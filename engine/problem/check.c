/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/check.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

typedef __int128 wide;

/* The first place in item[0..n-1], ascending, whose item is not below this one. */
static size_t place_of(const uint32_t *item, size_t n, uint32_t wanted)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (item[mid] < wanted)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool has(const uint32_t *item, size_t n, uint32_t wanted)
{
    size_t at = place_of(item, n, wanted);
    return at < n && item[at] == wanted;
}

int64_t check_overlap(const struct selection *s, size_t f, size_t g)
{
    int64_t shared = 0;
    for (size_t i = 0, k = 0; i < s->n[f] && k < s->n[g];)
        if (s->form[f][i] == s->form[g][k]) {
            shared++;
            i++;
            k++;
        } else if (s->form[f][i] < s->form[g][k]) {
            i++;
        } else {
            k++;
        }
    return shared;
}

static int64_t narrow(wide v)
{
    if (v > INT64_MAX - 1)
        return INT64_MAX - 1;
    return v < INT64_MIN + 1 ? INT64_MIN + 1 : (int64_t)v;
}

static wide linear_sum(const struct requirement *r, const struct selection *s, size_t form)
{
    wide sum = 0;
    for (size_t i = 0; i < s->n[form]; i++) {
        uint32_t item = s->form[form][i];
        for (size_t at = place_of(r->item, r->n, item); at < r->n && r->item[at] == item; at++)
            sum += r->coef ? r->coef[at] : 1;
    }
    return sum;
}

static int64_t total_value(const struct requirement *r, const struct selection *s)
{
    wide sum = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        sum += linear_sum(r, s, f);
    return narrow(sum);
}

static int64_t range_value(const struct requirement *r, const struct selection *s)
{
    wide lo = s->n_forms ? linear_sum(r, s, 0) : 0, hi = lo;
    for (size_t f = 1; f < s->n_forms; f++) {
        wide v = linear_sum(r, s, f);
        lo = v < lo ? v : lo;
        hi = v > hi ? v : hi;
    }
    return narrow(hi - lo);
}

static int64_t covered(const struct requirement *r, const struct selection *s, size_t form)
{
    bool *seen = mem_alloc(r->n_groups + 1);
    int64_t n = 0;
    for (size_t i = 0; i < s->n[form]; i++) {
        uint32_t item = s->form[form][i];
        for (size_t at = place_of(r->item, r->n, item); at < r->n && r->item[at] == item; at++) {
            n += !seen[r->group[at]];
            seen[r->group[at]] = true;
        }
    }
    free(seen);
    return n;
}

static uint32_t stimulus_of(const struct problem *p, uint32_t item)
{
    return p->stimulus ? p->stimulus[item] : NO_STIMULUS;
}

/* Adds to n[t] the items of each stimulus in a form, or takes them away. */
static void count_stimuli(const struct problem *p, const struct selection *s, size_t form, int64_t *n,
                          int sign)
{
    for (size_t i = 0; i < s->n[form]; i++)
        if (stimulus_of(p, s->form[form][i]) != NO_STIMULUS)
            n[stimulus_of(p, s->form[form][i])] += sign;
}

/* How many stimuli a form uses; the first number of items of one outside lo..hi, or the last one inside. */
static int64_t stimuli(const struct problem *p, const struct requirement *r, const struct selection *s,
                       size_t form, int64_t *worst)
{
    int64_t *n = mem_alloc((p->n_stimuli + 1) * sizeof *n), used = 0;
    *worst = r->lo;
    count_stimuli(p, s, form, n, 1);
    for (size_t t = 0; t < p->n_stimuli; t++) {
        used += n[t] > 0;
        if (n[t] > 0 && (n[t] < r->lo || n[t] > r->hi))
            *worst = n[t];
    }
    free(n);
    return used;
}

static int64_t most_stimulus_use(const struct problem *p, const struct selection *s)
{
    int64_t *n = mem_alloc((p->n_stimuli + 1) * sizeof *n), most = 0;
    int64_t *uses = mem_alloc((p->n_stimuli + 1) * sizeof *uses);
    for (size_t f = 0; f < s->n_forms; f++) {
        count_stimuli(p, s, f, n, 1);
        for (size_t i = 0; i < s->n[f]; i++) {
            uint32_t t = stimulus_of(p, s->form[f][i]);
            if (t == NO_STIMULUS || n[t] == 0)
                continue;
            n[t] = 0;
            most = ++uses[t] > most ? uses[t] : most;
        }
    }
    free(n);
    free(uses);
    return most;
}

/* The first number of forms outside lo..hi, else the largest. */
static int64_t worst_use(const struct problem *p, const struct requirement *r, const struct selection *s)
{
    int64_t *uses = mem_alloc((p->n_items + 1) * sizeof *uses), worst = r->n ? 0 : r->lo;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t i = 0; i < s->n[f]; i++)
            uses[s->form[f][i]]++;
    for (size_t k = 0; k < r->n; k++) {
        int64_t n = uses[r->item[k]];
        if (n < r->lo || n > r->hi) {
            worst = n;
            break;
        }
        worst = n > worst ? n : worst;
    }
    free(uses);
    return worst;
}

static int64_t shared_of(const struct requirement *r, const struct selection *s, size_t f, size_t g)
{
    int64_t shared = 0;
    for (size_t i = 0; i < s->n[f]; i++)
        shared += has(s->form[g], s->n[g], s->form[f][i]) && has(r->item, r->n, s->form[f][i]);
    return shared;
}

/* The most items out of r->item that form f shares with a later one. */
static int64_t most_overlap(const struct requirement *r, const struct selection *s, size_t f)
{
    int64_t most = 0;
    for (size_t g = f + 1; g < s->n_forms; g++) {
        int64_t shared = shared_of(r, s, f, g);
        most = shared > most ? shared : most;
    }
    return most;
}

static wide outside(const struct requirement *r, int64_t value)
{
    if (r->lo != OPEN_LO && value < r->lo)
        return (wide)r->lo - value;
    return r->hi != OPEN_HI && value > r->hi ? (wide)value - r->hi : 0;
}

/* What is asked once, and not of each form. */
static bool is_one(const struct requirement *r)
{
    return requirement_is_across_forms(r) && r->kind != REQUIRE_OVERLAP;
}

int64_t check_penalty(const struct problem *p, const struct selection *s)
{
    wide sum = 0;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        size_t times = r->weight <= 0 ? 0 : is_one(r) && s->n_forms ? 1 : s->n_forms;
        for (size_t f = 0; f < times && narrow(sum) == sum; f++)
            sum += narrow(outside(r, check_value(p, r, s, f))) * (wide)r->weight;
    }
    return narrow(sum);
}

int64_t check_value(const struct problem *p, const struct requirement *r, const struct selection *s,
                    size_t form)
{
    int64_t worst, used;
    switch (r->kind) {
    case REQUIRE_TOTAL:
        return total_value(r, s);
    case REQUIRE_LINEAR:
    case REQUIRE_AT_MOST_ONE:
    case REQUIRE_ALL_OR_NONE:
    case REQUIRE_INCLUDE:
    case REQUIRE_EXCLUDE:
        return narrow(linear_sum(r, s, form));
    case REQUIRE_COVER:
        return covered(r, s, form);
    case REQUIRE_STIMULI:
    case REQUIRE_PER_STIMULUS:
        used = stimuli(p, r, s, form, &worst);
        return r->kind == REQUIRE_STIMULI ? used : worst;
    case REQUIRE_USE:
        return worst_use(p, r, s);
    case REQUIRE_STIMULUS_USE:
        return most_stimulus_use(p, s);
    case REQUIRE_OVERLAP:
        return most_overlap(r, s, form);
    case REQUIRE_RANGE:
        return range_value(r, s);
    case REQUIRE_PENALTY:
        return check_penalty(p, s);
    }
    return 0;
}

static bool holds(const struct requirement *r, int64_t value)
{
    int64_t n = (int64_t)r->n;
    switch (r->kind) {
    case REQUIRE_AT_MOST_ONE:
        return value <= 1;
    case REQUIRE_ALL_OR_NONE:
        return value == 0 || value == n;
    case REQUIRE_INCLUDE:
        return value == n;
    case REQUIRE_EXCLUDE:
        return value == 0;
    case REQUIRE_COVER:
        return value >= r->lo;
    case REQUIRE_STIMULUS_USE:
    case REQUIRE_OVERLAP:
    case REQUIRE_RANGE:
    case REQUIRE_PENALTY:
        return value <= r->hi;
    default:
        return value >= r->lo && value <= r->hi;
    }
}

static int check_shape(const struct problem *p, const struct selection *s, struct err *e)
{
    if (s->n_forms != p->n_forms)
        return err_set(e, ERR_NO, p->name, _("%zu forms in place of %zu"), s->n_forms, p->n_forms);
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t i = 0; i < s->n[f]; i++)
            if (s->form[f][i] >= p->n_items || (i && s->form[f][i] <= s->form[f][i - 1]))
                return err_set(e, ERR_NO, p->name, _("form %zu: an item twice, out of order, or unknown"),
                               f + 1);
    return 0;
}

static int check_order(const struct problem *p, const struct requirement *r, struct err *e)
{
    for (size_t k = 1; k < r->n; k++)
        if (r->item[k] < r->item[k - 1])
            return err_set(e, ERR_BUG, p->name, "%s: its items are not in ascending order", r->id);
    return 0;
}

static int check_one(const struct problem *p, const struct requirement *q, const struct selection *s,
                     struct err *e)
{
    size_t times = is_one(q) && s->n_forms ? 1 : s->n_forms;
    int r = check_order(p, q, e);
    for (size_t f = 0; r == 0 && f < times; f++) {
        int64_t value = check_value(p, q, s, f);
        if (!holds(q, value))
            r = err_set(e, ERR_NO, p->name, _("form %zu breaks %s: it has %lld"), f + 1, q->id,
                        (long long)value);
    }
    return r;
}

int check_selection(const struct problem *p, const struct selection *s, const bool *keep, struct err *e)
{
    int r = check_shape(p, s, e);
    for (size_t k = 0; r == 0 && k < p->n_requirements; k++)
        if ((!keep || keep[k]) && p->requirement[k].weight == 0)
            r = check_one(p, &p->requirement[k], s, e);
    return r;
}
