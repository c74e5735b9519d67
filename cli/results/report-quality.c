/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/rating-report.h"
#include "statistics/quality/sections.h"

static int run(const struct args *a, struct err *e)
{
    struct rating_report x = {0};
    struct quality q = {0};
    int64_t top = 0;
    int k = args_int(a, "top", 1, 1000000, 50, &top, e);
    if (k < 0 || (k = rating_report_open(&x, a, e)) < 0)
        goto done;
    const struct office_session *s = &x.base.desk.session;
    const struct quality_input in = {.rated = x.ratings.rated,
                                     .n = x.ratings.n,
                                     .full = x.base.lines.full,
                                     .tolerance = x.base.lab[0]->plan->tolerance,
                                     .pass = x.base.lines.pass,
                                     .start_ms = s->start_ms,
                                     .end_ms = rating_report_one_day(&x)};
    const struct quality_view view = {.decimals = (int)x.base.decimals, .top = (size_t)top};
    if ((k = quality_compute(&q, &in, e)) < 0)
        goto done;
    quality_sections(&q, &view, &x.base.report);
    x.base.report.kind = "quality";
    x.base.report.subject = _("Quality of rating");
    x.base.report.rates = NULL;
    k = reporting_write(&x.base, a, e);
done:
    quality_sections_release(&x.base.report);
    if (q.arena)
        quality_release(&q);
    rating_report_close(&x);
    return k;
}

static const struct command_option options[] = {
    REPORTING_OPTIONS,
    {.name = "make-up",
     .arg = "ID",
     .help = N_("A make-up session: its ratings count with these; repeatable")},
    {.name = "top", .arg = "N", .help = N_("List so many slips and ratings to look at (default 50)")},
    {0},
};

const struct command cmd_report_quality = {
    .name = "report quality",
    .args = "",
    .summary =
        N_("How a lab-skills exam was rated: severity, agreement, steps, drift, ratings worth a second look"),
    .example = "kaochang report quality --session lab1 --format html -o quality.html",
    .options = options,
    .run = run,
};
