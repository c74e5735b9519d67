/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/bank/home.h"
#include "cli/exam/commands.h"
#include "cli/exam/folder.h"
#include "engine/blueprint/assembly.h"
#include "engine/exam/report.h"

enum { MAX_CERTIFICATE = 64 << 20 };

/* What the blueprint asks, in words, as far as the bank of today still can say it. */
struct words {
    struct bank *bank;
    struct blueprint *blueprint;
    struct assembly *assembly;
};

static void open_words(struct words *w, const struct args *a, const struct exam_folder *x,
                       struct span blueprint)
{
    struct err unheard;
    char *bank = path_join(args_home(a), BANK_FILE);
    if (blueprint.n && file_exists(bank) && bank_open(&w->bank, bank, false, &unheard) == 0 &&
        blueprint_read(&w->blueprint, "blueprint.xml", blueprint, NULL, NULL, &unheard) == 0 &&
        assembly_build_exam(&w->assembly, w->blueprint, w->bank, (int64_t)x->paper->n_forms, true, x->paper->id, true,
                            &unheard) < 0)
        w->assembly = NULL;
    free(bank);
}

static void close_words(struct words *w)
{
    assembly_free(w->assembly);
    blueprint_free(w->blueprint);
    bank_close(w->bank);
}

static int read_facts(struct exam_facts **ret, const struct exam_folder *x, struct err *e)
{
    struct bytes csv = {0};
    if (!exam_folder_has(x, EXAM_FACTS)) {
        err_set(e, ERR_DATA, x->dir, _("the exam has no items.csv: it was assembled by an earlier version"));
        return err_hint(e, _("assemble it again from the same bank with the same seed"));
    }
    int r = exam_folder_read(x, EXAM_FACTS, EXAM_FACTS_MAX_BYTES, &csv, e);
    if (r == 0)
        r = exam_facts_read(ret, EXAM_FACTS, bytes_span(&csv), e);
    bytes_release(&csv);
    return r;
}

static int write_report(const struct args *a, const struct exam_folder *x, const char *to, struct err *e)
{
    struct bytes certificate = {0}, blueprint = {0}, page = {0};
    struct exam_facts *facts = NULL;
    struct words words = {0};
    int r = read_facts(&facts, x, e);
    if (r == 0)
        r = exam_folder_read(x, "certificate.json", MAX_CERTIFICATE, &certificate, e);
    if (r == 0 && exam_folder_has(x, "blueprint.xml"))
        r = exam_folder_read(x, "blueprint.xml", BLUEPRINT_MAX_BYTES, &blueprint, e);
    if (r == 0) {
        open_words(&words, a, x, bytes_span(&blueprint));
        const struct exam_report_source source = {.paper = x->paper,
                                                  .facts = facts,
                                                  .certificate = bytes_span(&certificate),
                                                  .blueprint = bytes_span(&blueprint),
                                                  .words = words.assembly ? words.assembly->problem : NULL};
        r = exam_report(&source, &page, e);
    }
    if (r == 0)
        r = file_put(to, 0644, bytes_span(&page), e);
    close_words(&words);
    exam_facts_free(facts);
    bytes_release(&page);
    bytes_release(&blueprint);
    bytes_release(&certificate);
    return r;
}

static int run(const struct args *a, struct err *e)
{
    struct exam_folder x = {0};
    const char *to = NULL;
    int r = args_need(a, "output", &to, e);
    if (r == 0)
        r = exam_folder_open(&x, a, args_at(a, 0), e);
    if (r == 0)
        r = write_report(a, &x, to, e);
    if (r == 0)
        printf(_("report written to %s\n"), to);
    exam_folder_release(&x);
    return r;
}

static const struct command_option options[] = {
    {.name = "output", .key = 'o', .arg = "FILE.html", .help = N_("Where the page goes")},
    {0},
};

const struct command cmd_exam_report = {
    .name = "exam report",
    .args = "EXAM",
    .min_args = 1,
    .max_args = 1,
    .summary = N_("Write the report of an assembled exam: wanted and met, difficulty, overlap, exposure"),
    .example = "kaochang exam report spring -C office -o spring.html",
    .options = options,
    .no_json = true,
    .run = run,
};
