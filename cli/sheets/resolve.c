/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "cli/playing.h"
#include "cli/sheets/commands.h"
#include "cli/sheets/desk.h"
#include "cli/sheets/typing/run.h"

/* Those that differ, with what was decided in the file before. */
static size_t collect(const struct sheet_comparison *c, struct arena *a, struct sheet_finding **ret)
{
    size_t n = 0;
    *ret = arena_array(a, c->n + 1, sizeof **ret);
    for (size_t i = 0; i < c->n; i++)
        if (c->finding[i].kind == SHEET_DIFFERS)
            (*ret)[n++] = c->finding[i];
    return n;
}

static int look(const struct args *a, struct sheet_files *f, struct sheet_log *log, struct err *e)
{
    struct sheet_finding *asked;
    const struct sheet_finding *next;
    struct sheet_comparison c;
    struct sheet_desk *d = &f->desk;
    int r = sheet_compare(&c, &d->list, f->file[0], f->file[1], sheet_log_file(log), NULL, e);
    if (r < 0)
        return r;
    size_t n = collect(&c, d->arena, &asked), left;
    struct typing_run *x = typing_run_new(&d->list, log);
    struct app app = typing_run_app(x);
    typing_ask(typing_run_model(x), asked, n, f->file[0]->clerk, f->file[1]->clerk);
    left = typing_still_asked(typing_run_model(x), &next);
    if (left > 0)
        r = playing_run(a, &app, e);
    left = typing_still_asked(typing_run_model(x), &next);
    fprintf(stderr, _("%zu sheets differed, %zu are still to be looked at\n"), n, left);
    typing_run_free(x);
    sheet_comparison_release(&c);
    if (r == 0 && left > 0) {
        *e = (struct err){.kind = ERR_NO};
        r = -ERR_NO;
    }
    return r;
}

static int check_person(const struct sheet_files *f, const char *who, struct err *e)
{
    for (int i = 0; i < 2; i++)
        if (strcmp(f->file[i]->clerk, who) == 0) {
            err_set(e, ERR_USAGE, who, _("typed one of the two files"));
            return err_hint(e, _("a third person looks at the paper"));
        }
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    const char *who, *file;
    struct sheet_files f = {0};
    struct sheet_log *log = NULL;
    int r = args_need(a, "by", &who, e);
    if (r == 0)
        r = args_need(a, "output", &file, e);
    if (r == 0)
        r = sheet_files_open(&f, a, NULL, e);
    if (r == 0)
        r = check_person(&f, who, e);
    if (r == 0)
        r = sheet_log_open(&log, file, SHEET_FILE_THIRD, f.desk.session.id, who, e);
    if (r == 0)
        r = look(a, &f, log, e);
    sheet_log_close(log);
    sheet_files_close(&f);
    return r;
}

static const struct command_option options[] = {
    {.name = "by", .arg = "NAME", .help = N_("The third person, who looks at the paper")},
    {.name = "output",
     .key = 'o',
     .arg = "FILE",
     .help = N_("What was decided; an existing file goes on where it stood")},
    PLAYING_OPTIONS,
    {0},
};

const struct command cmd_sheets_resolve = {
    .name = "sheets resolve",
    .args = "FIRST SECOND",
    .min_args = 2,
    .max_args = 2,
    .summary = N_("A third look at the paper where two people typed differently"),
    .example = "kaochang sheets resolve first.sheets second.sheets --by 王五 -o third.sheets",
    .options = options,
    .no_json = true,
    .run = run,
};
