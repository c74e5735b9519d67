/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang rubric print: a rubric as a sheet for people. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cli/lab/commands.h"
#include "cli/lab/reading.h"
#include "office/rubric-sheet.h"

static int make_sheet(const struct rubric *rubric, const char *out, struct err *e)
{
    struct bytes page = {0};
    size_t n = strlen(out);
    struct clock_reading now;
    int r = 0;
    clock_read(&now);
    if (n > 4 && strcmp(out + n - 4, ".pdf") == 0)
        r = rubric_sheet_pdf(rubric, now.wall_ms, &page, e);
    else
        rubric_sheet_html(rubric, &page);
    if (r == 0)
        r = file_put(out, 0644, bytes_span(&page), e);
    bytes_release(&page);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *out;
    struct rubric *rubric = NULL;
    int r = args_need(a, "output", &out, e);
    if (r == 0)
        r = rubric_read_file(&rubric, args_at(a, 0), e);
    if (r == 0)
        r = make_sheet(rubric, out, e);
    if (r == 0)
        printf(_("%s: the rubric %s as a sheet\n"), out, rubric->id);
    rubric_free(rubric);
    return r;
}

static const struct command_option options[] = {
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("A page to print: HTML, or PDF when it ends in .pdf")},
    {0},
};

const struct command cmd_rubric_print = {
    .name = "rubric print",
    .args = "FILE",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Write a rubric as a sheet for people"),
    .example = "kaochang rubric print data/rubrics/P1.xml -o P1.pdf",
    .options = options,
    .no_json = true,
    .run = run,
};
