/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/playing.h"
#include "cli/sheets/commands.h"
#include "cli/sheets/desk.h"
#include "cli/sheets/typing/run.h"
#include "office/sheets/sheet-csv.h"

static int type(const struct args *a, const struct sheet_desk *d, struct sheet_log *log, struct err *e)
{
    struct typing_run *x = typing_run_new(&d->list, log);
    struct app app = typing_run_app(x);
    int r = playing_run(a, &app, e);
    if (r == 0 && typing_is_open(typing_run_model(x)))
        fprintf(stderr, "%s\n", _("The sheet that was open is not saved: type it again."));
    typing_run_free(x);
    return r;
}

static void complain(void *context, unsigned line, const char *message)
{
    fprintf(stderr, "%s:%u: %s\n", (const char *)context, line, message);
}

static int take_table(const struct sheet_desk *d, struct sheet_log *log, const char *path, struct err *e)
{
    struct sheet *sheet;
    struct bytes data = {0};
    size_t n = 0, taken = 0;
    int r = file_read(path, SHEET_CSV_MAX_BYTES, &data, e);
    if (r == 0)
        r = sheet_csv_read(&sheet, &n, d->arena, &d->list, path, bytes_span(&data), complain, (void *)path,
                           e);
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct sheet *before = sheet_file_find(sheet_log_file(log), sheet[i].id);
        if (before && !sheet_differs(before, &sheet[i], NULL, NULL))
            continue;
        r = sheet_log_add(log, &sheet[i], e);
        taken++;
    }
    if (r == 0)
        printf(ngettext("%zu sheet taken, %zu were there before\n",
                        "%zu sheets taken, %zu were there before\n", taken),
               taken, n - taken);
    bytes_release(&data);
    return r;
}

static int print_head(const struct sheet_desk *d)
{
    struct bytes out = {0};
    sheet_csv_head(&d->list, &out);
    fwrite(out.p, 1, out.n, stdout);
    bytes_release(&out);
    return 0;
}

static int work(const struct args *a, const struct sheet_desk *d, struct err *e)
{
    const char *clerk, *file, *table = args_get(a, "csv");
    struct sheet_log *log = NULL;
    int r = args_need(a, "clerk", &clerk, e);
    if (r == 0)
        r = args_need(a, "output", &file, e);
    if (r == 0)
        r = sheet_log_open(&log, file, SHEET_FILE_TYPED, d->session.id, clerk, e);
    if (r == 0)
        r = table ? take_table(d, log, table, e) : type(a, d, log, e);
    if (r == 0)
        fprintf(stderr, _("%s: %zu sheets of %s\n"), file, sheet_log_file(log)->n, clerk);
    sheet_log_close(log);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct sheet_desk d = {0};
    int r = sheet_desk_open(&d, a, NULL, e);
    if (r == 0)
        r = args_get(a, "csv-head") ? print_head(&d) : work(a, &d, e);
    sheet_desk_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "clerk", .arg = "NAME", .help = N_("Who types; each person has a file of their own")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("What was typed; an existing file goes on where it stood")},
    {.name = "csv",
     .arg = "TABLE",
     .help = N_("Take the sheets from a spreadsheet saved as CSV instead of the screen")},
    {.name = "csv-head", .help = N_("Print the head line for such a spreadsheet, and nothing else")},
    PLAYING_OPTIONS,
    {0},
};

const struct command cmd_sheets_type = {
    .name = "sheets type",
    .args = "",
    .summary = N_("Type rating sheets at the office: number, marks, sum"),
    .example = "kaochang sheets type --session am1 --clerk 张三 -o first.sheets",
    .options = options,
    .no_json = true,
    .run = run,
};
