/* SPDX-License-Identifier: Apache-2.0 */
/* kaochang appeal form: the sheet that the arbitration group fills in by hand. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "cli/adjudicate/commands.h"
#include "cli/adjudicate/deciding.h"
#include "cli/adjudicate/form.h"

static bool is_pdf(const char *path)
{
    size_t n = strlen(path);
    return n > 4 && strcmp(path + n - 4, ".pdf") == 0;
}

static int write_form(const struct docket *d, const struct args *a, const char *out, struct err *e)
{
    const struct lab_case *c;
    const char *video, *hash;
    struct form form;
    struct bytes page = {0};
    int r;
    if ((r = docket_case(d, args_at(a, 0), &c, e)) < 0 ||
        (r = deciding_video(a, d->arena, &video, &hash, e)) < 0 ||
        (r = form_fill(&form, d->arena, d, c, video, hash, e)) < 0)
        return r;
    if (is_pdf(out))
        r = form_pdf(&form, d->known ? d->of.start_ms : 0, &page, e);
    else
        form_html(&form, &page);
    if (r == 0)
        r = file_put(out, 0600, bytes_span(&page), e);
    if (r == 0)
        printf(_("arbitration form of %s in %s\n"), c->ticket, out);
    bytes_release(&page);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct docket d = {0};
    const char *out;
    int r = args_need(a, "output", &out, e);
    if (r == 0 && (r = docket_open(&d, a, e)) == 0)
        r = write_form(&d, a, out, e);
    docket_close(&d);
    return r;
}

static const struct command_option options[] = {
    {.name = "session", .arg = "ID", .help = N_("The session")},
    {.name = "video",
     .arg = "FILE",
     .help = N_("A recording: its hash is taken, the file stays where it is")},
    {.name = "video-at",
     .arg = "PLACE",
     .help = N_("Where the recording is kept (default: the file's name)")},
    {.name = "store",
     .arg = "FILE",
     .help = N_("The central store (default: store.db in the office's home)")},
    {.name = "output", .key = 'o', .arg = "FILE", .help = N_("A page to print; PDF when it ends in .pdf")},
    {0},
};

const struct command cmd_appeal_form = {
    .name = "appeal form",
    .args = "TICKET",
    .min_args = 1,
    .max_args = 1,
    .summary = N_(
        "The arbitration form to print: the rating step by step, room for the decision and its signatures"),
    .example = "kaochang appeal form 420101260001 --session lab1 --video camera3.mp4 -o form.pdf",
    .options = options,
    .no_json = true,
    .run = run,
};
