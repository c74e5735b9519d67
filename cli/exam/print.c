/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/exam/commands.h"
#include "cli/exam/folder.h"
#include "engine/print/print-exam.h"

enum { MAX_FILE = 32 << 20 };

static int read_part(void *context, const char *name, struct bytes *ret, struct err *e)
{
    return exam_folder_read(context, name, MAX_FILE, ret, e);
}

typedef int make_fn(const struct print_exam *x, const struct paper_form *form, struct bytes *pdf,
                    struct err *e);

/* Nobody but its owner reads any of them: the paper is secret until the exam, the guide until it is over. */
static int print_one(const struct print_exam *x, const struct paper_form *form, make_fn *make,
                     const char *what, const char *folder, struct err *e)
{
    struct bytes pdf = {0};
    char *path = mem_printf("%s/%s-%s.pdf", folder, what, form->id);
    int r = make(x, form, &pdf, e);
    if (r == 0)
        r = file_put(path, 0600, bytes_span(&pdf), e);
    bytes_release(&pdf);
    free(path);
    return r;
}

static int tell_unfit(const struct print_exam *x, const struct paper_form *form, struct err *e)
{
    size_t n = 0;
    points_t points;
    char text[32];
    int r = print_exam_unfit(x, form, &n, &points, e);
    if (r == 0 && n)
        fprintf(stderr, _("form %s: items that cannot be answered on paper: %zu, worth %s points\n"),
                form->id, n, points_text(points, text, sizeof text));
    return r;
}

static int print_form(const struct print_exam *x, const struct paper_form *form, const char *folder,
                      struct err *e)
{
    int r = print_one(x, form, print_exam_paper, "paper", folder, e);
    if (r == 0)
        r = print_one(x, form, print_exam_sheet, "answer-sheet", folder, e);
    if (r == 0)
        r = print_one(x, form, print_exam_guide, "marking-guide", folder, e);
    return r < 0 ? r : tell_unfit(x, form, e);
}

static int print_forms(const struct args *a, struct exam_folder *x, const char *folder, struct err *e)
{
    const char *only = args_get(a, "form");
    struct clock_reading now;
    clock_read(&now);
    const struct print_exam exam = {
        .paper = x->paper, .file = read_part, .context = x, .made_ms = now.wall_ms};
    if (only && !paper_form(x->paper, only))
        return err_set(e, ERR_USAGE, "--form", _("the paper has no form %s"), only);
    int r = file_mkdirs(folder, true, e);
    size_t n = 0;
    for (size_t f = 0; r == 0 && f < x->paper->n_forms; f++)
        if (!only || strcmp(only, x->paper->form[f].id) == 0) {
            r = print_form(&exam, &x->paper->form[f], folder, e);
            n++;
        }
    if (r == 0)
        printf(ngettext("%zu form in %s: paper, answer sheet, marking guide; the guide has the keys\n",
                        "%zu forms in %s: paper, answer sheet, marking guide of each; the guides have the keys\n", n),
               n, folder);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct exam_folder x = {0};
    const char *folder = NULL;
    int r = args_need(a, "output", &folder, e);
    if (r == 0)
        r = exam_folder_open(&x, a, args_at(a, 0), e);
    if (r == 0)
        r = print_forms(a, &x, folder, e);
    exam_folder_release(&x);
    return r;
}

static const struct command_option options[] = {
    {.name = "output",
     .key = 'o',
     .arg = "FOLDER",
     .help = N_("Where the PDF files go; only you can read them")},
    {.name = "form", .arg = "FORM", .help = N_("Only this form")},
    {0},
};

const struct command cmd_exam_print = {
    .name = "exam print",
    .args = "EXAM",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Print the exam for a room without power: papers, answer sheets, marking guides as PDF"),
    .example = "kaochang exam print spring -C office -o printed",
    .options = options,
    .no_json = true,
    .run = run,
};
