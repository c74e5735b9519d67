/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { TITLE_COLUMNS = 24, SLIP_COLUMNS = 30 };

enum { RUBRIC, STEP, TITLE, TITLE_SHORT, POINTS, RATED, LOST, LOSS_RATE, LOSSY_RATE, ZERO_RATE, N_COLUMNS };

static const struct table_column columns[N_COLUMNS] = {
    [RUBRIC] = {.key = "rubric", .head = N_("Experiment")},
    [STEP] = {.key = "step", .head = N_("Step"), .kind = TABLE_NUMBER},
    [TITLE] = {.key = "title", .head = N_("What is done"), .use = TABLE_BUT_SCREEN},
    [TITLE_SHORT] = {.key = "short", .head = N_("What is done"), .use = TABLE_ON_SCREEN},
    [POINTS] = {.key = "points", .head = N_("Worth"), .kind = TABLE_NUMBER},
    [RATED] = {.key = "rated", .head = N_("Rated"), .kind = TABLE_NUMBER},
    [LOST] = {.key = "meanLoss", .head = N_("Mean loss"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [LOSS_RATE] = {.key = "lossRate", .head = N_("Loss rate"), .kind = TABLE_PERCENT, .bar = true},
    [LOSSY_RATE] = {.key = "lossyRate", .head = N_("Not full"), .kind = TABLE_PERCENT},
    [ZERO_RATE] = {.key = "zeroRate", .head = N_("Zero"), .kind = TABLE_PERCENT},
};

static void add_step(struct table *t, const struct quality_rubric *x, size_t s, int d)
{
    const struct quality_step *q = &x->step[s];
    struct arena *a = t->arena;
    char text[48];
    struct table_row *row = table_add(t, 0);
    row->cell[RUBRIC] = x->rubric->id;
    row->cell[STEP] = quality_integer(a, (int64_t)s + 1);
    row->cell[TITLE] = q->step->title;
    row->cell[TITLE_SHORT] = quality_short(a, q->step->title, TITLE_COLUMNS);
    row->cell[POINTS] = arena_strdup(a, points_text(q->step->points, text, sizeof text));
    row->cell[RATED] = quality_integer(a, q->rated);
    if (q->rated == 0)
        return;
    row->cell[LOST] = arena_strdup(a, ratio_text(q->lost_milli, q->rated * 1000, d, text, sizeof text));
    row->cell[LOSS_RATE] = quality_percent(a, q->lost_milli, q->rated * q->step->points.milli, d);
    row->cell[LOSSY_RATE] = quality_percent(a, q->lossy, q->rated, d);
    row->cell[ZERO_RATE] = quality_percent(a, q->zero, q->rated, d);
    row->bar[LOSS_RATE] = q->lost_milli * 10000 / (q->rated * q->step->points.milli);
}

struct table *quality_steps_table(const struct quality *q, const struct quality_view *v)
{
    size_t n = 0;
    for (size_t k = 0; k < q->n_rubrics; k++)
        n += q->rubric[k].rubric->n_steps;
    struct table *t = quality_table(columns, N_COLUMNS, n);
    for (size_t k = 0; k < q->n_rubrics; k++)
        for (size_t s = 0; s < q->rubric[k].rubric->n_steps; s++)
            add_step(t, &q->rubric[k], s, v->decimals);
    return t;
}

/* ---- slips ---- */

enum { S_RUBRIC, S_STEP, S_CODE, S_TEXT, S_SHORT, S_MADE, S_RATE, S_HINTED, S_COST, S_SHARE, N_SLIP_COLUMNS };

static const struct table_column slip_columns[N_SLIP_COLUMNS] = {
    [S_RUBRIC] = {.key = "rubric", .head = N_("Experiment")},
    [S_STEP] = {.key = "step", .head = N_("Step"), .kind = TABLE_NUMBER},
    [S_CODE] = {.key = "slip", .head = N_("Slip")},
    [S_TEXT] = {.key = "text", .head = N_("What went wrong"), .use = TABLE_BUT_SCREEN},
    [S_SHORT] = {.key = "short", .head = N_("What went wrong"), .use = TABLE_ON_SCREEN},
    [S_MADE] = {.key = "made", .head = N_("Times"), .kind = TABLE_NUMBER},
    [S_RATE] = {.key = "rate", .head = N_("Rate"), .kind = TABLE_PERCENT, .use = TABLE_BUT_SCREEN},
    [S_HINTED] = {.key = "hinted", .head = N_("After a hint"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [S_COST] = {.key = "cost", .head = N_("Points lost"), .kind = TABLE_NUMBER},
    [S_SHARE] = {.key = "share", .head = N_("Of all lost"), .kind = TABLE_PERCENT, .bar = true},
};

struct cost {
    const struct quality_rubric *rubric;
    size_t step, slip;
    int64_t milli;
};

static int by_cost(const void *a, const void *b)
{
    const struct cost *x = a, *y = b;
    if (x->milli != y->milli)
        return x->milli > y->milli ? -1 : 1;
    int c = strcmp(x->rubric->rubric->id, y->rubric->rubric->id);
    if (c == 0)
        c = (x->step > y->step) - (x->step < y->step);
    return c ? c : (x->slip > y->slip) - (x->slip < y->slip);
}

static size_t gather(const struct quality *q, struct cost *ret, int64_t *lost)
{
    size_t n = 0;
    for (size_t k = 0; k < q->n_rubrics; k++)
        for (size_t s = 0; s < q->rubric[k].rubric->n_steps; s++) {
            const struct quality_step *x = &q->rubric[k].step[s];
            *lost += x->lost_milli;
            for (size_t i = 0; i < x->step->n_slips; i++)
                if (x->slip[i].made)
                    ret[n++] = (struct cost){&q->rubric[k], s, i, x->slip[i].cost_milli};
        }
    return n;
}

static void add_slip(struct table *t, const struct cost *c, int64_t lost, int d)
{
    const struct quality_step *step = &c->rubric->step[c->step];
    const struct quality_slip *slip = &step->slip[c->slip];
    struct arena *a = t->arena;
    char text[48];
    struct table_row *row = table_add(t, 0);
    row->cell[S_RUBRIC] = c->rubric->rubric->id;
    row->cell[S_STEP] = quality_integer(a, (int64_t)c->step + 1);
    row->cell[S_CODE] = arena_printf(a, "%c", slip->code);
    row->cell[S_TEXT] = slip->text;
    row->cell[S_SHORT] = quality_short(a, slip->text, SLIP_COLUMNS);
    row->cell[S_MADE] = quality_integer(a, slip->made);
    row->cell[S_RATE] = quality_percent(a, slip->made, step->rated, d);
    row->cell[S_HINTED] = quality_integer(a, slip->hinted);
    row->cell[S_COST] = arena_strdup(a, ratio_text(c->milli, 1000, 1, text, sizeof text));
    row->cell[S_SHARE] = quality_percent(a, c->milli, lost, d);
    row->bar[S_SHARE] = lost ? c->milli * 10000 / lost : -1;
}

struct table *quality_slips_table(const struct quality *q, const struct quality_view *v)
{
    int64_t lost = 0;
    size_t most = 0;
    for (size_t k = 0; k < q->n_rubrics; k++)
        most += q->rubric[k].rubric->n_steps * RUBRIC_MAX_SLIPS;
    struct table *t = quality_table(slip_columns, N_SLIP_COLUMNS, v->top < most ? v->top : most);
    struct cost *all = arena_array(t->arena, most + 1, sizeof *all);
    size_t n = gather(q, all, &lost);
    qsort(all, n, sizeof *all, by_cost);
    for (size_t i = 0; i < n && i < v->top; i++)
        add_slip(t, &all[i], lost, v->decimals);
    return t;
}
