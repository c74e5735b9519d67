/* SPDX-License-Identifier: Apache-2.0 */
/* What else moves the marks: the hour, the bench, the group. All from residuals of the additive model. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/quality/numbers.h"
#include "statistics/quality/quality-internal.h"

enum { CLOCK_SLACK_MS = 3600000 };

struct line { /* sums of products of deviations from the means */
    size_t n;
    double x, y, xx, xy, yy, least, most;
};

static void add_mean(struct line *l, double x, double y)
{
    l->least = l->n == 0 || x < l->least ? x : l->least;
    l->most = l->n == 0 || x > l->most ? x : l->most;
    l->n++;
    l->x += x;
    l->y += y;
}

static void add_product(struct line *l, double x, double y)
{
    double dx = x - l->x / (double)l->n, dy = y - l->y / (double)l->n;
    l->xx += dx * dx;
    l->xy += dx * dy;
    l->yy += dy * dy;
}

static bool slope_of(const struct line *l, double df, double *slope, double *se, double *p)
{
    if (!(l->xx > 0) || !(df > 0))
        return false;
    *slope = l->xy / l->xx;
    double rest = (l->yy - *slope * l->xy) / df;
    *se = rest > 0 ? sqrt(rest / l->xx) : 0;
    *p = *se > 0 ? num_t_tails(*slope / *se, df) : 1;
    return true;
}

static struct line *lines_of_raters(struct work *w)
{
    struct line *line = arena_array(w->arena, w->q->n_raters + 1, sizeof *line);
    double zero = w->n ? w->one[0].hours : 0;
    for (size_t i = 0; i < w->n; i++)
        if (w->one[i].timed)
            add_mean(&line[w->one[i].rater], w->one[i].hours - zero, w->one[i].residual);
    for (size_t i = 0; i < w->n; i++)
        if (w->one[i].timed)
            add_product(&line[w->one[i].rater], w->one[i].hours - zero, w->one[i].residual);
    return line;
}

static void check_clocks(struct work *w)
{
    const struct quality_input *in = w->q->in;
    for (size_t i = 0; i < w->n && in->end_ms > 0; i++) {
        const struct rated *r = w->one[i].rated;
        if ((r->begun_ms > 0 && r->begun_ms < in->start_ms - CLOCK_SLACK_MS) ||
            r->begun_ms > in->end_ms + CLOCK_SLACK_MS || r->wall_ms > in->end_ms + CLOCK_SLACK_MS)
            w->q->rater[w->one[i].rater].flags |= QUALITY_CLOCK;
    }
}

void quality_drift(struct work *w)
{
    struct quality *q = w->q;
    struct line *line = lines_of_raters(w), all = {0};
    double *p = arena_array(w->arena, q->n_raters + 1, sizeof *p), df = -1;
    bool *found = arena_array(w->arena, q->n_raters + 1, sizeof *found);
    size_t judged = 0;
    for (size_t i = 0; i < q->n_raters; i++) {
        struct quality_rater *r = &q->rater[i];
        r->timed = line[i].n >= QUALITY_FEW &&
                   slope_of(&line[i], (double)line[i].n - 2, &r->slope, &r->slope_se, &r->slope_p);
        r->hours = line[i].most - line[i].least;
        if (r->timed)
            p[judged++] = r->slope_p;
        all.xx += line[i].xx;
        all.xy += line[i].xy;
        all.yy += line[i].yy;
        df += line[i].n ? (double)line[i].n - 1 : 0;
    }
    q->drifts = slope_of(&all, df, &q->slope, &q->slope_se, &q->slope_p);
    num_discoveries(p, judged, QUALITY_CHANCE, found);
    judged = 0;
    for (size_t i = 0; i < q->n_raters; i++) {
        struct quality_rater *r = &q->rater[i];
        if (r->timed && found[judged++] && fabs(r->slope * r->hours) >= quality_matter(q))
            r->flags |= QUALITY_DRIFT;
    }
    check_clocks(w);
}

static int by_place(const void *a, const void *b)
{
    const struct quality_place *x = a, *y = b;
    int c = strcmp(x->site, y->site);
    if (c == 0)
        c = strcmp(x->room, y->room);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

/* Cases with a number, put together by place: n, and the mean of their residuals. */
static size_t gather(struct work *w, bool rooms, bool benches, struct quality_place **ret)
{
    struct quality_place *p = arena_array(w->q->arena, w->n + 1, sizeof *p);
    size_t n = 0, k = 0;
    for (size_t i = 0; i < w->n; i++) {
        const struct rated *r = w->one[i].rated;
        int64_t number = benches ? r->bench : r->group;
        if (number > 0)
            p[n++] = (struct quality_place){.site = rooms ? r->site : "",
                                            .room = rooms ? r->room : "",
                                            .number = number,
                                            .n = 1,
                                            .mean = w->one[i].residual};
    }
    qsort(p, n, sizeof *p, by_place);
    for (size_t i = 0; i < n; i++) {
        if (k > 0 && by_place(&p[k - 1], &p[i]) == 0) {
            p[k - 1].n++;
            p[k - 1].mean += p[i].mean;
        } else {
            p[k++] = p[i];
        }
    }
    for (size_t i = 0; i < k; i++) {
        p[i].mean /= (double)p[i].n;
        p[i].se = w->q->sigma / sqrt((double)p[i].n);
        p[i].p = p[i].se > 0 ? num_t_tails(p[i].mean / p[i].se, w->q->df) : 1;
    }
    *ret = p;
    return k;
}

static void analyse(struct work *w, struct quality_effect *x, bool benches)
{
    double between = 0, squares = w->q->sigma * w->q->sigma * w->q->df;
    x->n = gather(w, false, benches, &x->place);
    for (size_t i = 0; i < x->n; i++)
        between += (double)x->place[i].n * x->place[i].mean * x->place[i].mean;
    x->df1 = (double)x->n - 1;
    x->df2 = w->q->df - x->df1;
    if (x->n < 2 || !(x->df2 > 0) || !(squares - between > 0))
        return;
    x->exists = true;
    x->f = between / x->df1 / ((squares - between) / x->df2);
    x->p = num_f_tail(x->f, x->df1, x->df2);
}

void quality_effects(struct work *w)
{
    struct quality *q = w->q;
    analyse(w, &q->bench, true);
    analyse(w, &q->group, false);
    q->n_spots = gather(w, true, true, &q->spot);
    double *p = arena_array(w->arena, q->n_spots + 1, sizeof *p);
    bool *found = arena_array(w->arena, q->n_spots + 1, sizeof *found);
    size_t judged = 0;
    for (size_t i = 0; i < q->n_spots; i++)
        if (q->spot[i].n >= QUALITY_FEW)
            p[judged++] = q->spot[i].p;
    num_discoveries(p, judged, QUALITY_CHANCE, found);
    judged = 0;
    for (size_t i = 0; i < q->n_spots; i++)
        q->spot[i].found =
            q->spot[i].n >= QUALITY_FEW && found[judged++] && fabs(q->spot[i].mean) >= quality_matter(q);
}
