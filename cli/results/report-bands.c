/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "cli/results/commands.h"
#include "cli/results/reporting.h"
#include "statistics/bands.h"

static int read_width(const struct args *a, points_t full, points_t *ret, struct err *e)
{
    const char *text = args_get(a, "width");
    if (!text)
        return points_part(full, 1, 10, ret, e);
    int k = points_parse(text, ret, e);
    return k < 0 ? err_within(e, "--width") : 0;
}

static void add_section(struct report *r, const char *key, const char *head, const char *note,
                        const char *figure, struct table *table)
{
    r->section[r->n_sections++] =
        (struct report_section){.key = key, .head = head, .note = note, .figure = figure, .table = table};
}

static int write_bands(struct reporting *r, const struct bands *b, const bool *level, const struct args *a,
                       struct err *e)
{
    struct bytes figure = {0};
    struct table *units = bands_table(b, level, (int)r->decimals),
                 *marks = bands_marks_table(b, (int)r->decimals);
    bands_figure(b, &figure);
    r->report.kind = "bands";
    r->report.subject = _("Distribution of marks");
    add_section(
        &r->report, "units", _("Marks per unit"),
        _("The standard deviation divides by the number of marks; variation is it over the mean; z is the mean's distance "
          "from the city's in its standard deviations. A band begins at the mark that heads it."),
        (const char *)figure.p, units);
    add_section(&r->report, "marks", _("One-point table"),
                _("Each mark that occurs, from the highest; equal marks have one rank."), "", marks);
    int k = reporting_write(r, a, e);
    table_free(units);
    table_free(marks);
    bytes_release(&figure);
    return k;
}

static int run(const struct args *a, struct err *e)
{
    bool level[RATES_LEVELS] = {0};
    struct reporting r = {0};
    struct bands bands = {0};
    points_t width = {0};
    const char *levels = args_get(a, "level");
    int k = reporting_levels(levels ? levels : "city,county,school", level, e);
    if (k == 0)
        k = reporting_open(&r, a, e);
    if (k == 0)
        k = read_width(a, r.lines.full, &width, e);
    if (k == 0)
        k = bands_compute(&bands, r.result, r.n_results, r.lines.full, width, e);
    if (k == 0)
        k = write_bands(&r, &bands, level, a, e);
    if (bands.arena)
        bands_release(&bands);
    reporting_close(&r);
    return k;
}

static const struct command_option options[] = {
    REPORTING_OPTIONS,
    {.name = "level", .arg = "LIST", .help = N_("city, county, school, room (default: the first three)")},
    {.name = "width",
     .arg = "POINTS",
     .help = N_("Width of a band, a point or more (default: a tenth of the full marks)")},
    {.name = "make-up",
     .arg = "ID",
     .help = N_("A make-up session: who has a mark there counts with it; repeatable")},
    SITTING_OPTION,
    {0},
};

const struct command cmd_report_bands = {
    .name = "report bands",
    .args = "",
    .summary = N_("Distribution of marks: mean, standard deviation, median, bands per unit, one-point table"),
    .example = "kaochang report bands --session am1 --format html,csv -o reports/",
    .options = options,
    .run = run,
};
