/* SPDX-License-Identifier: Apache-2.0 */
/* Every requirement, summed over the forms, as rows; the objective's rows after them. */
#include "engine/search/relax-internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct builder {
    struct relax *x;
    const struct problem *p;
    int64_t forms;
    struct relax_triple *triple;
    size_t n_triples, room_triples, room_rows, room_cols;
    size_t **members; /* of stimuli; NULL until needed */
    size_t *n_members;
    bool linked; /* u <= s stands for every item of a stimulus */
    bool wishes; /* they cost something */
};

bool relax_up(enum objective_kind kind)
{
    return kind == OBJECTIVE_MAX_SUM || kind == OBJECTIVE_MAXIMIN;
}

double relax_column_unit(const struct relax *x, size_t column)
{
    return (int)column == x->level ? x->unit : 1;
}

int64_t relax_profit(const struct relax *x, size_t column)
{
    const struct objective *o = x->p->objective;
    int64_t sum = 0;
    for (size_t k = 0; x->kind == OBJECTIVE_MAX_SUM && column < x->p->n_items && k < o->n_rows; k++)
        sum += o->row[k].coef[column];
    if ((int)column == x->level)
        return relax_up(x->kind) ? 1 : -1;
    return sum;
}

static void cell(struct builder *b, size_t column, int64_t coef)
{
    if (b->n_triples == b->room_triples) {
        b->room_triples = b->room_triples ? 2 * b->room_triples : 4096;
        b->triple = mem_grow(b->triple, b->room_triples, sizeof *b->triple);
    }
    if (coef)
        b->triple[b->n_triples++] =
            (struct relax_triple){.row = (uint32_t)b->x->n_rows, .column = (uint32_t)column, .coef = coef};
}

/* Closes the row that cells were added to. */
static struct relax_row *row(struct builder *b, size_t requirement, size_t sub, int64_t lo, int64_t hi)
{
    struct relax *x = b->x;
    if (x->n_rows == b->room_rows) {
        b->room_rows = b->room_rows ? 2 * b->room_rows : 256;
        x->row = mem_grow(x->row, b->room_rows, sizeof *x->row);
    }
    x->row[x->n_rows] = (struct relax_row){.requirement = (uint32_t)requirement,
                                           .sub = (uint32_t)sub,
                                           .lo = lo,
                                           .hi = hi,
                                           .scale = 1,
                                           .lp = NOT_IN_LP};
    return &x->row[x->n_rows++];
}

static size_t column(struct builder *b, int64_t lower, int64_t upper)
{
    struct relax *x = b->x;
    if (x->n_cols == b->room_cols) {
        b->room_cols = b->room_cols ? 2 * b->room_cols : 1024;
        x->lower = mem_grow(x->lower, b->room_cols, sizeof *x->lower);
        x->upper = mem_grow(x->upper, b->room_cols, sizeof *x->upper);
    }
    x->lower[x->n_cols] = lower;
    x->upper[x->n_cols] = upper;
    return x->n_cols++;
}

/* v times the forms; open where it is open or does not fit. */
static int64_t times(int64_t v, int64_t n)
{
    int64_t ret;
    if (v == OPEN_LO || v == OPEN_HI)
        return v;
    return __builtin_mul_overflow(v, n, &ret) ? v < 0 ? OPEN_LO : OPEN_HI : ret;
}

static int64_t low(int64_t v)
{
    return v == OPEN_HI ? OPEN_HI - 1 : v;
}

static double power_of_two(double v)
{
    int e;
    frexp(v > 1 ? v : 1, &e);
    return v > 1 ? ldexp(1, e) : 1;
}

static void linear(struct builder *b, size_t k, int64_t n)
{
    const struct requirement *r = &b->p->requirement[k];
    int64_t most = 1;
    for (size_t i = 0; i < r->n; i++) {
        int64_t c = r->coef ? r->coef[i] : 1;
        if (c > INT64_MAX / 1000 || c < -(INT64_MAX / 1000))
            b->x->too_large = r->id;
        most = c > most ? c : -c > most ? -c : most;
        cell(b, r->item[i], c);
    }
    struct relax_row *made = row(b, k, 0, low(times(r->lo, n)), times(r->hi, n));
    made->scale = power_of_two((double)most);
    made->weight = r->weight;
}

static void at_most_one(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    int64_t reach = 0;
    for (size_t i = 0; i < r->n; i++)
        reach += b->x->upper[r->item[i]];
    if (reach <= b->forms)
        return;
    for (size_t i = 0; i < r->n; i++)
        cell(b, r->item[i], 1);
    row(b, k, 0, OPEN_LO, b->forms)->lazy = true;
}

static void all_or_none(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    for (size_t i = 1; i < r->n; i++) {
        cell(b, r->item[0], 1);
        cell(b, r->item[i], -1);
        row(b, k, i, 0, 0);
    }
}

static void cover(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    size_t first = b->x->n_cols;
    size_t *count = mem_alloc((r->n_groups + 2) * sizeof *count),
           *order = mem_alloc((r->n + 1) * sizeof *order);
    for (size_t i = 0; i < r->n; i++)
        count[r->group[i] + 1]++;
    for (size_t g = 0; g < r->n_groups; g++) {
        count[g + 1] += count[g];
        column(b, 0, b->forms);
    }
    for (size_t i = 0; i < r->n; i++)
        order[count[r->group[i]]++] = i;
    for (size_t g = 0, i = 0; g < r->n_groups; g++) {
        for (; i < count[g]; i++)
            cell(b, r->item[order[i]], 1);
        cell(b, first + g, -1);
        row(b, k, g, 0, OPEN_HI);
    }
    for (size_t g = 0; g < r->n_groups; g++)
        cell(b, first + g, 1);
    row(b, k, r->n_groups, low(times(r->lo, b->forms)), OPEN_HI);
    free(count);
    free(order);
}

static void list_members(struct builder *b)
{
    if (b->members)
        return;
    b->members = mem_alloc((b->p->n_stimuli + 1) * sizeof *b->members);
    b->n_members = mem_alloc((b->p->n_stimuli + 1) * sizeof *b->n_members);
    for (size_t i = 0; b->p->stimulus && i < b->p->n_items; i++) {
        uint32_t t = b->p->stimulus[i];
        if (t == NO_STIMULUS)
            continue;
        size_t n = b->n_members[t]++;
        if ((n & (n - 1)) == 0)
            b->members[t] = mem_grow(b->members[t], n ? 2 * n : 1, sizeof **b->members);
        b->members[t][n] = i;
    }
}

/* Sum of u over t - times s_t, as a row from lo to hi. */
static void members_row(struct builder *b, size_t k, size_t sub, size_t t, int64_t per, int64_t lo,
                        int64_t hi)
{
    for (size_t i = 0; i < b->n_members[t]; i++)
        cell(b, b->members[t][i], 1);
    cell(b, b->p->n_items + t, -per);
    row(b, k, sub, lo, hi);
}

static void per_stimulus(struct builder *b, size_t k, size_t first, int64_t lo, int64_t hi)
{
    size_t stimuli = b->p->n_stimuli;
    list_members(b);
    for (size_t t = 0; t < stimuli; t++) {
        members_row(b, k, first + 2 * t, t, lo, 0, OPEN_HI);
        if (hi < (int64_t)b->n_members[t])
            members_row(b, k, first + 2 * t + 1, t, hi, OPEN_LO, 0);
    }
    for (size_t t = 0; !b->linked && t < stimuli; t++)
        for (size_t i = 0; i < b->n_members[t]; i++) {
            cell(b, b->members[t][i], 1);
            cell(b, b->p->n_items + t, -1);
            row(b, k, first + 2 * stimuli + b->members[t][i], OPEN_LO, 0)->lazy = b->p->n_items > 1000;
        }
    b->linked = true;
}

static void stimuli(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    for (size_t t = 0; t < b->p->n_stimuli; t++)
        cell(b, b->p->n_items + t, 1);
    row(b, k, 0, low(times(r->lo, b->forms)), times(r->hi, b->forms));
}

static void overlap(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    struct relax *x = b->x;
    if (b->forms < 2 || r->hi == OPEN_HI)
        return;
    if (!x->overlap) {
        x->overlap = mem_alloc((b->p->n_items + 1) * sizeof *x->overlap);
        for (size_t i = 0; i < b->p->n_items; i++)
            x->overlap[i] = NO_ROW;
    }
    for (size_t i = 0; i < r->n; i++)
        if (x->overlap[r->item[i]] == NO_ROW && x->upper[r->item[i]] > 1)
            x->overlap[r->item[i]] = (int)x->n_rows;
    struct relax_row *made = row(b, k, 0, OPEN_LO, times(r->hi, b->forms * (b->forms - 1) / 2));
    made->scale = power_of_two((double)b->forms);
}

static void require(struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    switch (r->kind) {
    case REQUIRE_LINEAR:
    case REQUIRE_TOTAL:
        linear(b, k, r->kind == REQUIRE_TOTAL ? 1 : b->forms);
        break;
    case REQUIRE_AT_MOST_ONE:
        at_most_one(b, k);
        break;
    case REQUIRE_ALL_OR_NONE:
        all_or_none(b, k);
        break;
    case REQUIRE_COVER:
        cover(b, k);
        break;
    case REQUIRE_STIMULI:
        stimuli(b, k);
        break;
    case REQUIRE_PER_STIMULUS:
        per_stimulus(b, k, 0, r->lo, r->hi);
        break;
    case REQUIRE_OVERLAP:
        overlap(b, k);
        break;
    case REQUIRE_PENALTY: /* its cells are the wishes' slacks, which the LP alone has */
        row(b, k, 0, OPEN_LO, r->hi)->penalty = true;
        break;
    default: /* in the columns' bounds */
        break;
    }
}

static bool kept(const struct builder *b, size_t k)
{
    const struct requirement *r = &b->p->requirement[k];
    bool costs =
        b->x->kind == OBJECTIVE_MIN_PENALTY && (r->kind == REQUIRE_LINEAR || r->kind == REQUIRE_TOTAL);
    return (!b->x->keep || b->x->keep[k]) && (r->weight == 0 || costs);
}

/* Stimuli are counted by what is left to do it. */
static void link_stimuli(struct builder *b)
{
    for (size_t k = 0; !b->linked && k < b->p->n_requirements; k++) {
        enum requirement_kind kind = b->p->requirement[k].kind;
        if (kept(b, k) && (kind == REQUIRE_STIMULI || kind == REQUIRE_STIMULUS_USE))
            per_stimulus(b, k, kind == REQUIRE_STIMULI, 1, OPEN_HI);
    }
}

static void narrow(int64_t *lower, int64_t *upper, int64_t lo, int64_t hi)
{
    *lower = lo > *lower ? lo : *lower;
    *upper = hi < *upper ? hi : *upper;
}

static void narrow_columns(struct builder *b, const struct requirement *r)
{
    struct relax *x = b->x;
    int64_t lo = 0, hi = b->forms;
    if (r->kind == REQUIRE_INCLUDE)
        lo = b->forms;
    else if (r->kind == REQUIRE_EXCLUDE)
        hi = 0;
    else if (r->kind == REQUIRE_USE)
        lo = r->lo, hi = r->hi;
    else if (r->kind == REQUIRE_OVERLAP && r->hi == 0 && b->forms > 1)
        hi = 1;
    else if (r->kind != REQUIRE_STIMULUS_USE)
        return;
    for (size_t i = 0; r->kind != REQUIRE_STIMULUS_USE && i < r->n; i++)
        narrow(&x->lower[r->item[i]], &x->upper[r->item[i]], lo, hi);
    for (size_t t = 0; r->kind == REQUIRE_STIMULUS_USE && t < b->p->n_stimuli; t++)
        narrow(&x->lower[b->p->n_items + t], &x->upper[b->p->n_items + t], 0, r->hi);
}

static void objective_rows(struct builder *b)
{
    const struct objective *o = b->p->objective;
    bool up = relax_up(b->x->kind);
    for (size_t k = 0; k < o->n_rows; k++)
        for (int side = 0; side < (up ? 1 : 2); side++) {
            int64_t sign = side ? -1 : 1, per = up ? times(o->row[k].weight, b->forms) : b->forms;
            for (size_t i = 0; i < b->p->n_items; i++)
                cell(b, i, sign * o->row[k].coef[i] * (up ? 1000 : 1));
            cell(b, (size_t)b->x->level, -per);
            int64_t side_hi = times(sign * o->row[k].target, b->forms);
            row(b, b->p->n_requirements, up ? k : 2 * k + (size_t)side, up ? 0 : OPEN_LO,
                up ? OPEN_HI : side_hi)
                ->scale = b->x->unit * (up ? 1024 : 1);
        }
}

static void choose_unit(struct builder *b)
{
    const struct objective *o = b->p->objective;
    double most = 1;
    for (size_t k = 0; k < o->n_rows; k++)
        for (size_t i = 0; i < b->p->n_items; i++) {
            double v = fabs((double)o->row[k].coef[i]);
            most = v > most ? v : most;
        }
    for (size_t k = 0; b->x->kind == OBJECTIVE_MIN_PENALTY && k < b->x->n_rows; k++) {
        double v = (double)b->x->row[k].weight * b->x->row[k].scale;
        most = v > most ? v : most;
    }
    b->x->unit = power_of_two(most);
    if (most > (double)(INT64_MAX / 1000))
        b->x->too_large = "objective";
}

/* The triples by row or by column. */
static void sort_cells(struct relax_matrix *m, size_t n, const struct builder *b, bool by_row)
{
    m->n = n;
    m->start = mem_alloc((n + 2) * sizeof *m->start);
    m->cell = mem_alloc((b->n_triples + 1) * sizeof *m->cell);
    for (size_t k = 0; k < b->n_triples; k++)
        m->start[(by_row ? b->triple[k].row : b->triple[k].column) + 2]++;
    for (size_t i = 0; i < n; i++)
        m->start[i + 2] += m->start[i + 1];
    for (size_t k = 0; k < b->n_triples; k++) {
        const struct relax_triple *t = &b->triple[k];
        size_t to = m->start[(by_row ? t->row : t->column) + 1]++;
        m->cell[to] = (struct relax_cell){.at = by_row ? t->column : t->row, .coef = t->coef};
    }
}

static void finish(struct builder *b)
{
    struct relax *x = b->x;
    for (size_t c = 0; c < x->n_cols; c++)
        x->hopeless = x->hopeless || x->lower[c] > x->upper[c];
    sort_cells(&x->column, x->n_cols, b, false);
    sort_cells(&x->line, x->n_rows, b, true);
    for (size_t t = 0; b->members && t < b->p->n_stimuli; t++)
        free(b->members[t]);
    free(b->members);
    free(b->n_members);
    free(b->triple);
}

void relax_build(struct relax *x, const struct problem *p, const struct relax_options *o)
{
    struct builder b = {.x = x, .p = p, .forms = (int64_t)p->n_forms};
    bool none = o->no_objective || p->objective->kind == OBJECTIVE_MIN_RANGE;
    *x = (struct relax){.p = p, .keep = o->keep, .level = NO_ROW, .unit = 1};
    x->kind = none ? OBJECTIVE_NONE : p->objective->kind;
    b.wishes = x->kind == OBJECTIVE_MIN_PENALTY;
    for (size_t k = 0; k < p->n_requirements; k++)
        b.wishes = b.wishes || (p->requirement[k].kind == REQUIRE_PENALTY && kept(&b, k));
    for (size_t i = 0; i < p->n_items + p->n_stimuli; i++)
        column(&b, 0, b.forms);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (kept(&b, k))
            narrow_columns(&b, &p->requirement[k]);
    for (size_t k = 0; k < p->n_requirements; k++)
        if (kept(&b, k))
            require(&b, k);
    link_stimuli(&b);
    if (x->kind != OBJECTIVE_NONE)
        choose_unit(&b);
    if (x->kind == OBJECTIVE_MAXIMIN || x->kind == OBJECTIVE_MINIMAX_DEV) {
        x->level = (int)column(&b, x->kind == OBJECTIVE_MAXIMIN ? OPEN_LO : 0, OPEN_HI);
        objective_rows(&b);
    }
    finish(&b);
}

void relax_release(struct relax *x)
{
    free(x->row);
    free(x->column.start);
    free(x->column.cell);
    free(x->line.start);
    free(x->line.cell);
    free(x->lower);
    free(x->upper);
    free(x->overlap);
    free(x->column_lp);
    free(x->pieces);
    free(x->lp_column);
    free(x->lp_row);
    free(x->y);
    free(x->value);
    lp_free(x->lp);
    *x = (struct relax){0};
}
