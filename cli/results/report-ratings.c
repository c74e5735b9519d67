/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/rating-report.h"

static int run(const struct args *a, struct err *e)
{
    struct rating_report x = {0};
    struct table *table = NULL;
    int k = rating_report_open(&x, a, e);
    if (k < 0)
        goto done;
    table = ratings_table(&x.ratings, x.base.desk.session.utc_offset_min);
    x.base.report.kind = "ratings";
    x.base.report.subject = _("Ratings of the candidates");
    x.base.report.rates = NULL;
    x.base.report.table = table;
    k = reporting_write(&x.base, a, e);
done:
    table_free(table);
    rating_report_close(&x);
    return k;
}

static const struct command_option options[] = {
    REPORTING_OPTIONS,
    {.name = "make-up",
     .arg = "ID",
     .help = N_("A make-up session: its ratings count with these; repeatable")},
    {0},
};

const struct command cmd_report_ratings = {
    .name = "report ratings",
    .args = "",
    .summary = N_("Every rating of a lab-skills exam with its steps"),
    .example = "kaochang report ratings --session lab1 --format csv -o ratings.csv",
    .options = options,
    .run = run,
};
