/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/reporting.h"

static int run(const struct args *a, struct err *e)
{
    const char *levels = args_get(a, "level");
    struct rates_view view = {0};
    struct reporting r = {0};
    struct table *table = NULL;
    int k = reporting_levels(levels ? levels : "city,county,school", view.level, e);
    if (k < 0 || (k = reporting_open(&r, a, e)) < 0)
        goto done;
    view.decimals = (int)r.decimals;
    view.statuses = r.is_lab || r.n_beside;
    table = rates_table(&r.rates, &view);
    r.report.kind = "rates";
    r.report.subject = _("Pass rates");
    r.report.table = table;
    r.report.footnote = _("Rates are over those who sat; absent candidates have no mark and count in no mean. Percentages "
                          "and means are computed from whole numbers and rounded half up.");
    k = reporting_write(&r, a, e);
done:
    table_free(table);
    reporting_close(&r);
    return k;
}

static const struct command_option options[] = {
    REPORTING_OPTIONS,
    {.name = "level", .arg = "LIST", .help = N_("city, county, school, room (default: the first three)")},
    {.name = "make-up",
     .arg = "ID",
     .help = N_("A make-up session: who has a mark there counts with it; repeatable")},
    SITTING_OPTION,
    {0},
};

const struct command cmd_report_rates = {
    .name = "report rates", .args = "",
    .summary = N_("Registered, sat, absent, passed, high scores, full marks and means per unit"),
    .example = "kaochang report rates --session am1 --format html,csv -o reports/",
    .options = options,
    .run = run,
};
