/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/rating-report.h"

#include <string.h>

#include "base/i18n.h"

static int no_lab(const char *session, struct err *e)
{
    err_set(e, ERR_USAGE, session, _("the store knows no plan of a lab-skills exam for this session"));
    return err_hint(e, _("this report is about examiners' ratings; for a paper there is: report rates"));
}

static int check_same_rubrics(const struct lab_plan *first, const struct lab_plan *other, const char *session,
                              struct err *e)
{
    for (size_t i = 0; i < other->n_rubrics; i++) {
        const struct rubric *x = other->rubric[i], *y = lab_plan_rubric(first, x->id);
        if (y && y->version != x->version)
            return err_set(e, ERR_USAGE, session, _("rubric %s has another version here than in the session"),
                           x->id);
    }
    return 0;
}

static void append(struct session_ratings *to, const struct session_ratings *more, struct arena *a)
{
    struct rated *rated = arena_array(a, to->n + more->n + 1, sizeof *rated);
    bool *sheet = arena_array(a, to->n + more->n + 1, sizeof *sheet);
    if (to->n) {
        memcpy(rated, to->rated, to->n * sizeof *rated);
        memcpy(sheet, to->sheet, to->n * sizeof *sheet);
    }
    if (more->n) {
        memcpy(rated + to->n, more->rated, more->n * sizeof *rated);
        memcpy(sheet + to->n, more->sheet, more->n * sizeof *sheet);
    }
    to->rated = rated;
    to->sheet = sheet;
    to->n += more->n;
    to->unreadable += more->unreadable;
}

static int add_session(struct rating_report *x, const struct office_session *s, struct err *e)
{
    struct session_ratings more;
    struct lab_session **lab = &x->lab[x->n_labs];
    int k = store_lab(x->base.store, s->id, lab, e);
    if (k < 0)
        return k;
    if (k == 0)
        return no_lab(s->id, e);
    x->n_labs++;
    if ((k = check_same_rubrics(x->lab[0]->plan, (*lab)->plan, s->id, e)) < 0 ||
        (k = session_ratings_read(&more, *lab, x->base.arena, e)) < 0)
        return k;
    x->start_ms = x->n_labs == 1 || s->start_ms < x->start_ms ? s->start_ms : x->start_ms;
    x->end_ms = s->end_ms > x->end_ms ? s->end_ms : x->end_ms;
    append(&x->ratings, &more, x->base.arena);
    return 0;
}

int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e)
{
    *ret = (struct rating_report){0};
    int k = reporting_open(&ret->base, a, e);
    if (k < 0)
        return k;
    struct report *r = &ret->base.report;
    struct desk *d = &ret->base.desk;
    const char *id;
    int n = 0;
    while (args_each(a, "make-up", n))
        n++;
    ret->lab = arena_array(ret->base.arena, (size_t)n + 1, sizeof *ret->lab);
    k = add_session(ret, &d->session, e);
    for (int i = 0; k == 0 && (id = args_each(a, "make-up", i)); i++) {
        struct office_session s;
        k = office_session_get(d->office, d->arena, id, &s, e);
        k = k < 0 ? k : add_session(ret, &s, e);
    }
    if (k < 0)
        return k;
    r->fact[r->n_facts++] =
        (struct report_fact){"ratings", _("Ratings"), arena_printf(ret->base.arena, "%zu", ret->ratings.n)};
    if (ret->ratings.unreadable)
        r->notice[r->n_notices++] = arena_printf(
            ret->base.arena, _("Ratings that fit no rubric of the plan: %zu; they are left out."),
            ret->ratings.unreadable);
    return 0;
}

void rating_report_close(struct rating_report *x)
{
    for (size_t i = 0; i < x->n_labs; i++)
        lab_session_free(x->lab[i]);
    reporting_close(&x->base);
}
