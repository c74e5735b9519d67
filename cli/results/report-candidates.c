/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/reporting.h"

static int run(const struct args *a, struct err *e)
{
    struct reporting r = {0};
    struct table *table = NULL;
    int k = reporting_open(&r, a, e);
    if (k < 0)
        goto done;
    table = candidates_table(r.result, r.n_results, &r.lines);
    r.report.kind = "candidates";
    r.report.subject = _("Results of the candidates");
    r.report.table = table;
    k = reporting_write(&r, a, e);
done:
    table_free(table);
    reporting_close(&r);
    return k;
}

static const struct command_option options[] = {
    REPORTING_OPTIONS,
    {.name = "make-up",
     .arg = "ID",
     .help = N_("A make-up session: who has a mark there counts with it; repeatable")},
    SITTING_OPTION,
    {0},
};

const struct command cmd_report_candidates = {
    .name = "report candidates", .args = "",
    .summary = N_("Every candidate with status and points"),
    .example = "kaochang report candidates --session am1",
    .options = options,
    .run = run,
};
