/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quality/quality.h"

#include <stdlib.h>
#include <string.h>

#include "statistics/quality/quality-internal.h"

static int by_ticket(const void *a, const void *b)
{
    const struct rated *x = *(const struct rated *const *)a, *y = *(const struct rated *const *)b;
    int c = strcmp(x->ticket, y->ticket);
    if (c == 0)
        c = strcmp(x->rater, y->rater);
    if (c == 0)
        c = (x->order > y->order) - (x->order < y->order);
    return c ? c : (x > y) - (x < y);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t distinct(const char **text, size_t n)
{
    size_t k = 0;
    qsort(text, n, sizeof *text, by_text);
    for (size_t i = 0; i < n; i++)
        if (k == 0 || strcmp(text[i], text[k - 1]) != 0)
            text[k++] = text[i];
    return k;
}

static size_t index_of(const char *const *text, size_t n, const char *wanted)
{
    const char *const *at = bsearch(&wanted, text, n, sizeof *text, by_text);
    return (size_t)(at - text);
}

/* What the times are: when the experiment began, or where that is not known the last key. */
static void set_time(struct case_of *c)
{
    int64_t ms = c->rated->begun_ms > 0 ? c->rated->begun_ms : c->rated->wall_ms;
    c->timed = ms > 0;
    c->hours = (double)ms / 3600000;
}

static void take_counted(struct work *w)
{
    const struct quality_input *in = w->q->in;
    w->all = arena_array(w->arena, in->n + 1, sizeof *w->all);
    w->one = arena_array(w->arena, in->n + 1, sizeof *w->one);
    for (size_t i = 0; i < in->n; i++)
        w->all[i] = &in->rated[i];
    qsort(w->all, in->n, sizeof *w->all, by_ticket);
    for (size_t i = 0; i < in->n; i++) {
        if (!rated_counts(w->all[i]))
            continue;
        struct case_of *c = &w->one[w->n++];
        *c = (struct case_of){.rated = w->all[i], .at = (size_t)(w->all[i] - in->rated)};
        set_time(c);
    }
    w->q->counted = w->n;
}

/* Raters and rubrics get their numbers; the model its cases. Schools of the same name in two counties are
 * two. */
static int fit(struct work *w, struct err *e)
{
    struct quality *q = w->q;
    size_t n = w->n;
    const char **rater = arena_array(q->arena, n + 1, sizeof *rater);
    const char **school = arena_array(w->arena, n + 1, sizeof *school),
               **key = arena_array(w->arena, n + 1, sizeof *key);
    const char **rubric = arena_array(w->arena, n + 1, sizeof *rubric);
    struct additive_case *x = arena_array(w->arena, n + 1, sizeof *x);
    for (size_t i = 0; i < n; i++) {
        const struct rated *r = w->one[i].rated;
        rater[i] = r->rater;
        rubric[i] = r->rubric->id;
        key[i] = school[i] = arena_printf(w->arena, "%s\n%s", r->county, r->school);
    }
    q->n_raters = distinct(rater, n);
    q->n_rubrics = distinct(rubric, n);
    size_t n_schools = distinct(school, n);
    q->rater = arena_array(q->arena, q->n_raters + 1, sizeof *q->rater);
    q->rubric = arena_array(q->arena, q->n_rubrics + 1, sizeof *q->rubric);
    for (size_t i = 0; i < q->n_raters; i++)
        q->rater[i] = (struct quality_rater){.id = rater[i], .name = ""};
    for (size_t i = 0; i < n; i++) {
        struct case_of *c = &w->one[i];
        c->rater = index_of(rater, q->n_raters, c->rated->rater);
        c->rubric = index_of(rubric, q->n_rubrics, c->rated->rubric->id);
        q->rubric[c->rubric].rubric = c->rated->rubric;
        if (c->rated->rater_name)
            q->rater[c->rater].name = c->rated->rater_name;
        x[i] = (struct additive_case){.rater = c->rater,
                                      .school = index_of(school, n_schools, key[i]),
                                      .rubric = c->rubric,
                                      .mark = (double)c->rated->total.milli / 1000};
    }
    int k = additive_fit(&w->model, x, n, q->n_raters, n_schools, q->n_rubrics, e);
    for (size_t i = 0; k == 0 && i < n; i++)
        w->one[i].residual = w->model.residual[i];
    return k;
}

double quality_matter(const struct quality *q)
{
    return (double)q->in->full.milli / 1000 / QUALITY_SHARE;
}

int quality_compute(struct quality *ret, const struct quality_input *in, struct err *e)
{
    struct quality q = {.arena = arena_new(), .in = in};
    struct work w = {.q = &q, .arena = arena_new()};
    take_counted(&w);
    int k = fit(&w, e);
    if (k == 0) {
        quality_severity(&w);
        quality_flatness(&w);
        quality_drift(&w);
        quality_effects(&w);
        quality_steps(&w);
        quality_agree(&w);
        quality_looks(&w);
        additive_release(&w.model);
        *ret = q;
    } else {
        arena_free(q.arena);
    }
    arena_free(w.arena);
    return k;
}

void quality_release(struct quality *q)
{
    arena_free(q->arena);
    *q = (struct quality){0};
}
