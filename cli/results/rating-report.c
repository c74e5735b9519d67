/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/results/rating-report.h"

#include "base/i18n.h"

int rating_report_open(struct rating_report *ret, const struct args *a, struct err *e)
{
    *ret = (struct rating_report){0};
    int k = reporting_open(&ret->base, a, e);
    if (k < 0)
        return k;
    struct report *r = &ret->base.report;
    const char *session = ret->base.desk.session.id;
    if ((k = store_lab(ret->base.store, session, &ret->lab, e)) < 0)
        return k;
    if (k == 0) {
        err_set(e, ERR_USAGE, session, _("the store knows no plan of a lab-skills exam for this session"));
        return err_hint(e, _("this report is about examiners' ratings; for a paper there is: report rates"));
    }
    if ((k = session_ratings_read(&ret->ratings, ret->lab, ret->base.arena, e)) < 0)
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
    lab_session_free(x->lab);
    reporting_close(&x->base);
}
