/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/statistics/examiners.h"

#include "base/rng.h"

enum { N_STEPS = 8, STEP_MILLI = 2500, N_SLIPS = 5, SLIP_MILLI = 500 };

static const int64_t day_start = INT64_C(1781571600000);

enum examiner_way examiners_planted(size_t rater)
{
    switch (rater) {
    case 3:
    case 21:
        return WAY_SEVERE;
    case 11:
        return WAY_LENIENT;
    case 30:
        return WAY_DRIFTING;
    case 17:
        return WAY_CONSTANT;
    default:
        return WAY_PLAIN;
    }
}

const char *examiners_id(size_t rater, struct arena *a)
{
    return arena_printf(a, "E%02zu", rater);
}

static struct rubric *make_rubric(size_t k, struct arena *a)
{
    static const char *const title[] = {"检查器材", "连接电路", "试触", "测灯一",
                                        "测灯二",   "测总电压", "结论", "整理"};
    static const char *const slip[] = {"没有检查", "接线错误", "读数错误", "没有写单位", "没有报告"};
    struct rubric *r = arena_alloc(a, sizeof *r);
    *r = (struct rubric){.id = arena_printf(a, "P%zu", k + 1),
                         .version = 1,
                         .subject = "physics",
                         .title = arena_printf(a, "实验%zu", k + 1),
                         .minutes = 15,
                         .total = {20000},
                         .raw = {20000}};
    r->step = arena_array(a, N_STEPS, sizeof *r->step);
    r->n_steps = N_STEPS;
    for (size_t s = 0; s < N_STEPS; s++) {
        struct rubric_step *x = &r->step[s];
        *x = (struct rubric_step){.title = title[s],
                                  .text = "",
                                  .mode = RUBRIC_DEDUCT,
                                  .points = {STEP_MILLI},
                                  .cap = {STEP_MILLI},
                                  .n_slips = N_SLIPS};
        x->slip = arena_array(a, N_SLIPS, sizeof *x->slip);
        for (size_t i = 0; i < N_SLIPS; i++)
            x->slip[i] = (struct rubric_slip){
                .code = (char)('a' + i), .text = slip[i], .minus = {SLIP_MILLI}, .same = ""};
    }
    return r;
}

/* About normal: mean 0, standard deviation 1. */
static double normal(struct rng *rng)
{
    double sum = -6;
    for (int i = 0; i < 12; i++)
        sum += rng_unit(rng);
    return sum;
}

static double way_milli(enum examiner_way way, double part)
{
    switch (way) {
    case WAY_SEVERE:
        return -2200;
    case WAY_LENIENT:
        return 2000;
    case WAY_DRIFTING:
        return 2400 - 4800 * part;
    default:
        return 0;
    }
}

static void give(struct rated *x, int64_t milli, struct rng *rng, struct arena *a)
{
    struct rated_step *step = arena_array(a, N_STEPS, sizeof *step);
    int64_t slips = (x->rubric->total.milli - milli) / SLIP_MILLI;
    for (size_t s = 0; s < N_STEPS; s++)
        step[s] = (struct rated_step){.mark = RATING_MARKED, .points = {STEP_MILLI}};
    while (slips > 0) {
        struct rated_step *s = &step[rng_below(rng, N_STEPS)];
        uint32_t bit = UINT32_C(1) << rng_below(rng, N_SLIPS);
        if (s->slips & bit)
            continue;
        s->slips |= bit;
        s->charged |= bit;
        s->points.milli -= SLIP_MILLI;
        slips--;
    }
    x->step = step;
    x->n_steps = N_STEPS;
    x->total = x->confirmed_total = points_milli(milli);
}

static int64_t halves(double milli)
{
    int64_t h = (int64_t)(milli / 500 + 0.5);
    return (h < 0 ? 0 : h > 40 ? 40 : h) * 500;
}

/* The rater's i-th candidate: he comes from a school of the site, draws an experiment, and does as well as he
 * does. */
static void rate(const struct examiners *x, struct rated *r, size_t rater, size_t i, double ability,
                 struct rng *rng, struct arena *a)
{
    enum examiner_way way = x->way(rater);
    double milli = ability + way_milli(way, (double)i / (double)(x->each - 1)) + 700 * normal(rng);
    *r = (struct rated){.rater = examiners_id(rater, a),
                        .status = RATING_RATED,
                        .complete = true,
                        .identified = true,
                        .confirmed = true,
                        .room = r->room,
                        .site = r->site,
                        .county = r->county,
                        .school = r->school,
                        .ticket = r->ticket,
                        .rubric = r->rubric,
                        .group = (int64_t)(i / 4) + 1,
                        .bench = (int64_t)(i % 4) + 1,
                        .order = r->order};
    give(r, way == WAY_CONSTANT ? 14500 : halves(milli), rng, a);
    r->begun_ms = day_start + (int64_t)(i / 4) * 1200000;
    r->used_ms = 600000 + (int64_t)rng_below(rng, 300000);
    r->wall_ms = r->begun_ms + r->used_ms;
}

struct quality_input examiners_make(const struct examiners *x, uint64_t seed, struct arena *a)
{
    struct rng rng;
    size_t n = 0, per_site = x->raters / x->sites, schools = x->schools / x->sites;
    struct rubric **rubric = arena_array(a, x->rubrics, sizeof(struct rubric *));
    double *level = arena_array(a, x->schools, sizeof *level);
    struct rated *all = arena_array(a, x->raters * x->each * 2, sizeof *all);
    rng_seed(&rng, seed);
    for (size_t k = 0; k < x->rubrics; k++)
        rubric[k] = make_rubric(k, a);
    for (size_t k = 0; k < x->schools; k++)
        level[k] = 800 * normal(&rng);
    for (size_t rater = 0; rater < x->raters; rater++)
        for (size_t i = 0; i < x->each; i++) {
            size_t site = rater / per_site, k = rng_below(&rng, x->rubrics);
            size_t school = site * schools + rng_below(&rng, schools);
            double ability = 15500 + level[school] - 300 * (double)k + 1500 * normal(&rng);
            struct rated *r = &all[n++];
            *r = (struct rated){.ticket = arena_printf(a, "26%06zu", rater * x->each + i),
                                .rubric = rubric[k],
                                .school = arena_printf(a, "第%zu中学", school + 1),
                                .county = "东湖区",
                                .site = arena_printf(a, "S%02zu", site + 1),
                                .room = arena_printf(a, "R%02zu", rater + 1),
                                .order = 1};
            rate(x, r, rater, i, ability, &rng, a);
            if (x->twice) {
                all[n] = *r;
                all[n].order = 2;
                rate(x, &all[n++], rater / per_site * per_site + (rater + 1) % per_site, i, ability, &rng, a);
            }
        }
    return (struct quality_input){
        .rated = all, .n = n, .full = {20000}, .tolerance = {2000}, .pass = {12000}};
}
