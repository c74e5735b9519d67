/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "engine/problem/check.h"

typedef __int128 wide;

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
    if (den <= 0)
        return err_set(e, ERR_DATA, NULL, _("an objective's weight is no positive number"));
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

static wide summed(const struct objective *o, const struct selection *s)
{
    wide sum = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++)
            sum += row_sum(&o->row[k], s, f);
    return sum;
}

/* The least sum / weight, as a fraction; a sum out of 64 bits is told by settle(). */
static wide least(const struct objective *o, const struct selection *s, int64_t *den)
{
    wide best = 0;
    for (size_t f = 0; f < s->n_forms; f++)
        for (size_t k = 0; k < o->n_rows; k++) {
            wide v = row_sum(&o->row[k], s, f) * 1000;
            if (v > INT64_MAX || v < -(wide)INT64_MAX)
                return v;
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
        return settle(check_penalty(p, s), 1, num, den, e);
    }
    return 0;
}
