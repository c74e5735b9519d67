/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/sheets/commands.h"
#include "cli/sheets/desk.h"
#include "office/sheets/sheet-print.h"

struct formats {
    bool html, pdf;
};

static int read_formats(const struct args *a, struct formats *ret, struct err *e)
{
    const char *list = args_get(a, "format");
    *ret = (struct formats){.html = !list || strstr(list, "html"), .pdf = !list || strstr(list, "pdf")};
    if (list && strcmp(list, "html") != 0 && strcmp(list, "pdf") != 0 && strcmp(list, "html,pdf") != 0)
        return err_set(e, ERR_USAGE, "--format", _("html, pdf, or html,pdf"));
    return 0;
}

static int put(const char *folder, const char *name, const char *ending, struct bytes *data, struct err *e)
{
    char *file = mem_printf("%s/%s.%s", folder, name, ending);
    int r = file_put(file, 0600, bytes_span(data), e);
    bytes_release(data);
    free(file);
    return r;
}

static int print_bag(const struct sheet_printing *x, const struct sheet_bag *b, const char *folder,
                     struct formats f, struct arena *a, struct err *e)
{
    const char *name = sheet_bag_name(b, x->list, a);
    struct bytes out = {0};
    int r = 0;
    if (f.html) {
        sheet_bag_html(x, b, &out);
        r = put(folder, name, "html", &out, e);
    }
    if (r == 0 && f.pdf && (r = sheet_bag_pdf(x, b, &out, e)) == 0)
        r = put(folder, name, "pdf", &out, e);
    bytes_release(&out);
    return r;
}

static int print_all(const struct sheet_desk *d, const struct sheet_choice *choice, const char *folder,
                     struct formats f, struct err *e)
{
    const struct sheet_printing x = {
        .office = office_name(d->office), .session = &d->session, .list = &d->list};
    struct sheet_bag *bag;
    size_t n, sheets = 0;
    int r = 0;
    sheet_bags(&bag, &n, d->arena, &d->list, choice);
    if (n == 0) {
        err_set(e, ERR_USAGE, d->session.id, _("nobody sits there"));
        return err_hint(e, _("look at --site, --room, --group and --order"));
    }
    r = file_mkdirs(folder, false, e);
    for (size_t i = 0; r == 0 && i < n; i++) {
        r = print_bag(&x, &bag[i], folder, f, d->arena, e);
        sheets += bag[i].n;
        progress(_("sheets"), (int64_t)i + 1, (int64_t)n);
    }
    progress_end();
    if (r == 0)
        printf(ngettext("%zu sheet in %zu bags: %s\n", "%zu sheets in %zu bags: %s\n", sheets), sheets, n,
               folder);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    const char *folder;
    struct formats formats;
    struct sheet_desk d = {0};
    struct sheet_choice choice = {.site = args_get(a, "site"), .room = args_get(a, "room")};
    int r = args_need(a, "output", &folder, e);
    if (r == 0)
        r = args_int(a, "group", 1, ROSTER_MAX_SEATS, 0, &choice.group, e);
    if (r == 0)
        r = args_int(a, "order", 1, SHEET_MAX_ORDER, 0, &choice.order, e);
    if (r == 0)
        r = read_formats(a, &formats, e);
    if (r == 0 && (r = sheet_desk_open(&d, a, NULL, e)) == 0)
        r = print_all(&d, &choice, folder, formats, e);
    sheet_desk_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "site", .arg = "SITE", .help = N_("Only this site")},
    {.name = "room", .arg = "ROOM", .help = N_("Only this room")},
    {.name = "group", .arg = "N", .help = N_("Only this group")},
    {.name = "order",
     .arg = "N",
     .help = N_("Only the sheets of the first, second or third rater (1, 2, 3)")},
    {.name = "format", .arg = "LIST", .help = N_("html, pdf, or both as html,pdf (default)")},
    {.name = "output", .key = 'o', .arg = "DIR", .help = N_("Folder for a file per bag of 36 sheets")},
    {0},
};

const struct command cmd_sheets_print = {
    .name = "sheets print",
    .args = "",
    .summary = N_("Print a rating sheet for each candidate, in bags with their lists"),
    .example = "kaochang sheets print --session am1 --site S01 -o sheets",
    .options = options,
    .no_json = true,
    .run = run,
};
