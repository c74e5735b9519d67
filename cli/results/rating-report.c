/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/rating-report.h"

#include <stdlib.h>
#include <string.h>

#include "base/ahead.h"
#include "base/i18n.h"
#include "base/mem.h"

static int check_lab(const struct rating_report *x, size_t i, struct err *e)
{
    if (x->base.lab[i])
        return 0;
    err_set(e, ERR_USAGE, x->base.session[i].id,
            _("the store knows no plan of a lab-skills exam for this session"));
    return err_hint(e, _("this report is about examiners' ratings; for a paper there is: report rates"));
}

/* Experiments are told apart by their names: behind one name there is one rubric. */
static int check_rubrics(const struct rating_report *x, size_t i, struct err *e)
{
    const struct lab_plan *first = x->base.lab[0]->plan, *p = x->base.lab[i]->plan;
    for (size_t k = 0; k < p->n_rubrics; k++) {
        const struct rubric *other = lab_plan_rubric(first, p->rubric[k]->id);
        if (other && other->version != p->rubric[k]->version)
            return err_set(e, ERR_USAGE, x->base.session[i].id,
                           _("rubric %s is version %lld here, and %lld in session %s: one report for each"),
                           other->id, (long long)p->rubric[k]->version, (long long)other->version,
                           x->base.session[0].id);
    }
    return 0;
}

static void add(struct session_ratings *to, const struct session_ratings *more, struct arena *a)
{
    struct session_ratings all = {.n = to->n + more->n, .unreadable = to->unreadable + more->unreadable};
    all.rated = arena_array(a, all.n + 1, sizeof *all.rated);
    all.sheet = arena_array(a, all.n + 1, sizeof *all.sheet);
    memcpy(all.rated, to->rated, to->n * sizeof *all.rated);
    memcpy(all.sheet, to->sheet, to->n * sizeof *all.sheet);
    memcpy(all.rated + to->n, more->rated, more->n * sizeof *all.rated);
    memcpy(all.sheet + to->n, more->sheet, more->n * sizeof *all.sheet);
    *to = all;
}

/* The ratings of one session, in an arena of their own until they are taken. */
struct piece {
    struct arena *arena;
    struct session_ratings ratings;
    int r;
    struct err e;
};

static void *read_piece(void *context, size_t i)
{
    const struct rating_report *x = context;
    struct piece *p = mem_alloc(sizeof *p);
    p->arena = arena_new();
    if (x->base.lab[i])
        p->r = session_ratings_read(&p->ratings, x->base.lab[i], p->arena, &p->e);
    return p;
}

static void drop_piece(void *piece)
{
    struct piece *p = piece;
    arena_free(p->arena);
    free(p);
}

static int take_piece(void *context, size_t i, void *piece, struct err *e)
{
    struct rating_report *x = context;
    struct piece *p = piece;
    int k;
    if ((k = check_lab(x, i, e)) == 0 && (k = check_rubrics(x, i, e)) == 0 && (k = p->r) < 0)
        *e = p->e;
    if (k == 0) {
        x->first[i] = x->ratings.n;
        add(&x->ratings, &p->ratings, x->base.arena);
        arena_join(x->base.arena, p->arena);
        p->arena = NULL;
    }
    drop_piece(p);
    return k;
}

static int read_all(struct rating_report *x, struct err *e)
{
    const struct ahead a = {
        .n = x->base.n_sessions, .context = x, .make = read_piece, .take = take_piece, .drop = drop_piece};
    return ahead_run(&a, e);
}

int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e)
{
    *ret = (struct rating_report){0};
    int k = reporting_open(&ret->base, a, e);
    if (k < 0)
        return k;
    struct report *r = &ret->base.report;
    ret->first = arena_array(ret->base.arena, ret->base.n_sessions, sizeof *ret->first);
    if ((k = read_all(ret, e)) < 0)
        return k;
    r->fact[r->n_facts++] =
        (struct report_fact){"ratings", _("Ratings"), arena_printf(ret->base.arena, "%zu", ret->ratings.n)};
    if (ret->ratings.unreadable)
        r->notice[r->n_notices++] = arena_printf(
            ret->base.arena, _("Ratings that fit no rubric of the plan: %zu; they are left out."),
            ret->ratings.unreadable);
    return 0;
}

static void move(int64_t *ms, int64_t by)
{
    if (*ms > 0)
        *ms -= by;
}

int64_t rating_report_one_day(struct rating_report *x)
{
    const struct office_session *s = x->base.session;
    int64_t end = s->end_ms;
    for (size_t i = 1; i < x->base.n_sessions; i++) {
        int64_t by = s[i].start_ms - s[0].start_ms;
        size_t to = i + 1 < x->base.n_sessions ? x->first[i + 1] : x->ratings.n;
        for (size_t k = x->first[i]; k < to; k++) {
            move(&x->ratings.rated[k].begun_ms, by);
            move(&x->ratings.rated[k].wall_ms, by);
        }
        end = s[i].end_ms - by > end ? s[i].end_ms - by : end;
    }
    return end;
}

void rating_report_close(struct rating_report *x)
{
    reporting_close(&x->base);
}
