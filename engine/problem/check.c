/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/check.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

typedef __int128 wide;

static bool form_has(const struct selection *s, size_t form, uint32_t item)
{
    size_t lo = 0, hi = s->n[form];
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (s->form[form][mid] < item)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n[form] && s->form[form][lo] == item;
}

int64_t check_overlap(const struct selection *s, size_t f, size_t g)
{
    int64_t shared = 0;
    for (size_t i = 0; i < s->n[f]; i++)
        shared += form_has(s, g, s->form[f][i]);
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
    for (size_t k = 0; k < r->n; k++)
        if (form_has(s, form, r->item[k]))
            sum += r->coef ? r->coef[k] : 1;
    return sum;
}

static int64_t linear_value(const struct requirement *r, const struct selection *s, size_t form)
{
    return narrow(linear_sum(r, s, form));
}

static int64_t total_value(const struct requirement *r, const struct selection *s)
{
    wide sum = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        sum += linear_sum(r, s, f);
    return narrow(sum);
}

static int64_t covered(const struct requirement *r, const struct selection *s, size_t form)
{
    bool *seen = mem_alloc(r->n_groups + 1);
    int64_t n = 0;
    for (size_t k = 0; k < r->n; k++)
        if (!seen[r->group[k]] && form_has(s, form, r->item[k])) {
            seen[r->group[k]] = true;
            n++;
        }
    free(seen);
    return n;
}

/* Items per stimulus in a form; free it. */
static int64_t *per_stimulus(const struct problem *p, const struct selection *s, size_t form)
{
    int64_t *n = mem_alloc((p->n_stimuli + 1) * sizeof *n);
    for (size_t i = 0; p->stimulus && i < s->n[form]; i++)
        if (p->stimulus[s->form[form][i]] != NO_STIMULUS)
            n[p->stimulus[s->form[form][i]]]++;
    return n;
}

static int64_t stimuli(const struct problem *p, const struct selection *s, size_t form)
{
    int64_t *n = per_stimulus(p, s, form), used = 0;
    for (size_t k = 0; k < p->n_stimuli; k++)
        used += n[k] > 0;
    free(n);
    return used;
}

/* The first count outside lo..hi, or the last one inside. */
static int64_t worst_per_stimulus(const struct problem *p, const struct requirement *r,
                                  const struct selection *s, size_t form)
{
    int64_t *n = per_stimulus(p, s, form), worst = r->lo;
    for (size_t k = 0; k < p->n_stimuli; k++)
        if (n[k] > 0 && (n[k] < r->lo || n[k] > r->hi))
            worst = n[k];
    free(n);
    return worst;
}

static int64_t forms_with(const struct selection *s, uint32_t item)
{
    int64_t n = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        n += form_has(s, f, item);
    return n;
}

static int64_t worst_use(const struct requirement *r, const struct selection *s)
{
    int64_t worst = r->hi == OPEN_HI ? r->lo : r->hi;
    for (size_t k = 0; k < r->n; k++) {
        int64_t n = forms_with(s, r->item[k]);
        if (n < r->lo || n > r->hi)
            return n;
    }
    return worst;
}

static int64_t most_stimulus_use(const struct problem *p, const struct selection *s)
{
    int64_t *uses = mem_alloc((p->n_stimuli + 1) * sizeof *uses), most = 0;
    for (size_t f = 0; f < s->n_forms; f++) {
        int64_t *n = per_stimulus(p, s, f);
        for (size_t k = 0; k < p->n_stimuli; k++)
            uses[k] += n[k] > 0;
        free(n);
    }
    for (size_t k = 0; k < p->n_stimuli; k++)
        most = uses[k] > most ? uses[k] : most;
    free(uses);
    return most;
}

/* The most items out of r->item that form f shares with a later one. */
static int64_t most_overlap(const struct requirement *r, const struct selection *s, size_t f)
{
    int64_t most = 0;
    for (size_t g = f + 1; g < s->n_forms; g++) {
        int64_t shared = 0;
        for (size_t k = 0; k < r->n; k++)
            shared += form_has(s, f, r->item[k]) && form_has(s, g, r->item[k]);
        most = shared > most ? shared : most;
    }
    return most;
}

int64_t check_value(const struct problem *p, const struct requirement *r, const struct selection *s,
                    size_t form)
{
    switch (r->kind) {
    case REQUIRE_TOTAL:
        return total_value(r, s);
    case REQUIRE_LINEAR:
    case REQUIRE_AT_MOST_ONE:
    case REQUIRE_ALL_OR_NONE:
    case REQUIRE_INCLUDE:
    case REQUIRE_EXCLUDE:
        return linear_value(r, s, form);
    case REQUIRE_COVER:
        return covered(r, s, form);
    case REQUIRE_STIMULI:
        return stimuli(p, s, form);
    case REQUIRE_PER_STIMULUS:
        return worst_per_stimulus(p, r, s, form);
    case REQUIRE_USE:
        return worst_use(r, s);
    case REQUIRE_STIMULUS_USE:
        return most_stimulus_use(p, s);
    case REQUIRE_OVERLAP:
        return most_overlap(r, s, form);
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

int check_selection(const struct problem *p, const struct selection *s, const bool *keep, struct err *e)
{
    int r = check_shape(p, s, e);
    for (size_t k = 0; r == 0 && k < p->n_requirements; k++) {
        const struct requirement *q = &p->requirement[k];
        if ((keep && !keep[k]) || q->weight > 0)
            continue;
        for (size_t f = 0; r == 0 && f < s->n_forms; f++) {
            int64_t value = check_value(p, q, s, f);
            if (!holds(q, value))
                r = err_set(e, ERR_NO, p->name, _("form %zu breaks %s: it has %lld"), f + 1, q->id,
                            (long long)value);
        }
    }
    return r;
}

static wide row_sum(const struct objective_row *row, const struct selection *s, size_t form)
{
    wide sum = 0;
    for (size_t i = 0; i < s->n[form]; i++)
        sum += row->coef[s->form[form][i]];
    return sum;
}

static int64_t gcd(int64_t a, int64_t b)
{
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static int settle(wide num, int64_t den, int64_t *ret_num, int64_t *ret_den, struct err *e)
{
    if (num > INT64_MAX || num < -(wide)INT64_MAX)
        return err_set(e, ERR_DATA, NULL, _("the objective's numbers are too large"));
    int64_t g = gcd((int64_t)num, den);
    *ret_num = g ? (int64_t)num / g : 0;
    *ret_den = g ? den / g : 1;
    return 0;
}

static wide most_range(const struct objective *o, const struct selection *s)
{
    wide most = 0;
    for (size_t k = 0; k < o->n_rows; k++) {
        wide lo = s->n_forms ? row_sum(&o->row[k], s, 0) : 0, hi = lo;
        for (size_t f = 1; f < s->n_forms; f++) {
            wide v = row_sum(&o->row[k], s, f);
            lo = v < lo ? v : lo;
            hi = v > hi ? v : hi;
        }
        most = hi - lo > most ? hi - lo : most;
    }
    return most;
}

static wide outside(const struct requirement *r, int64_t value)
{
    if (r->lo != OPEN_LO && value < r->lo)
        return (wide)r->lo - value;
    return r->hi != OPEN_HI && value > r->hi ? (wide)value - r->hi : 0;
}

static wide penalty(const struct problem *p, const struct selection *s)
{
    wide sum = 0;
    for (size_t k = 0; k < p->n_requirements; k++) {
        const struct requirement *r = &p->requirement[k];
        size_t times = r->kind == REQUIRE_TOTAL && s->n_forms ? 1 : s->n_forms;
        for (size_t f = 0; r->weight > 0 && f < times; f++)
            sum += r->weight * outside(r, check_value(p, r, s, f));
    }
    return sum;
}

static wide summed(const struct objective *o, const struct selection *s)
{
    wide sum = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++)
            sum += row_sum(&o->row[k], s, f);
    return sum;
}

/* The least sum / weight, as a fraction. */
static wide least(const struct objective *o, const struct selection *s, int64_t *den)
{
    wide best = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++) {
            wide v = row_sum(&o->row[k], s, f) * 1000;
            if ((f || k) && v * *den >= best * o->row[k].weight)
                continue;
            best = v;
            *den = o->row[k].weight;
        }
    return best;
}

static wide most_deviation(const struct objective *o, const struct selection *s)
{
    wide most = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++) {
            wide v = row_sum(&o->row[k], s, f) - o->row[k].target;
            v = v < 0 ? -v : v;
            most = v > most ? v : most;
        }
    return most;
}

int check_objective(const struct problem *p, const struct objective *o, const struct selection *s,
                    int64_t *num, int64_t *den, struct err *e)
{
    int64_t d = 1;
    switch (o->kind) {
    case OBJECTIVE_NONE:
        return settle(0, 1, num, den, e);
    case OBJECTIVE_MAX_SUM:
        return settle(summed(o, s), 1, num, den, e);
    case OBJECTIVE_MAXIMIN: {
        wide v = least(o, s, &d);
        return settle(v, d, num, den, e);
    }
    case OBJECTIVE_MINIMAX_DEV:
        return settle(most_deviation(o, s), 1, num, den, e);
    case OBJECTIVE_MIN_RANGE:
        return settle(most_range(o, s), 1, num, den, e);
    case OBJECTIVE_MIN_PENALTY:
        return settle(penalty(p, s), 1, num, den, e);
    }
    return 0;
}
