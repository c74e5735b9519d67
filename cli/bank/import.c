/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/import.h"

struct view {
    bool json;
    int64_t done;
};

static void print_json(const struct import_line *l)
{
    json_t *o = json_pack("{s:s,s:I,s:s,s:s}", "file", l->file, "line", (json_int_t)l->line, "item", l->item, "outcome",
                          import_outcome_name(l->outcome));
    if (!o) /* a name that is not UTF-8 */
        return;
    if (l->version)
        json_object_set_new(o, "version", json_integer(l->version));
    if (*l->element)
        json_object_set_new(o, "element", json_string(l->element));
    if (*l->reason)
        json_object_set_new(o, "reason", json_string(l->reason));
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static void print_refused(const struct import_line *l)
{
    progress_end();
    fprintf(stderr, "%s", l->file);
    if (l->line)
        fprintf(stderr, ":%u", l->line);
    if (*l->item)
        fprintf(stderr, _(": item %s"), l->item);
    if (*l->element)
        fprintf(stderr, ": <%s>", l->element);
    fprintf(stderr, _(": refused: %s\n"), l->reason);
}

static void on_line(void *context, const struct import_line *l)
{
    struct view *v = context;
    progress(_("items"), ++v->done, 0);
    if (v->json)
        print_json(l);
    else if (l->outcome == IMPORT_REFUSED)
        print_refused(l);
}

static int run(const struct args *a, struct err *e)
{
    struct view view = {.json = args_json(a)};
    struct clock_reading now;
    struct bank *bank = NULL;
    int64_t n[IMPORT_OUTCOMES] = {0};
    int r = home_bank(&bank, a, true, e);
    clock_read(&now);
    for (int i = 0; r == 0 && i < args_count(a); i++)
        r = bank_import(bank, args_at(a, i), args_get(a, "by"), now.wall_ms, on_line, &view, n, e);
    bank_close(bank);
    progress_end();
    if (r < 0)
        return r;
    fprintf(view.json ? stderr : stdout, _("imported %lld, new version %lld, updated %lld, unchanged %lld, refused %lld\n"),
            (long long)n[IMPORT_NEW], (long long)n[IMPORT_VERSION], (long long)n[IMPORT_UPDATED],
            (long long)n[IMPORT_UNCHANGED], (long long)n[IMPORT_REFUSED]);
    return n[IMPORT_REFUSED] ? err_set(e, ERR_DATA, NULL, "%s", "") : 0;
}

static const struct command_option options[] = {
    {.name = "by", .arg = "NAME", .help = N_("The author of what is new: a review then asks for somebody else")},
    {0},
};

const struct command cmd_bank_import = {
    .name = "bank import", .args = "FILE…", .min_args = 1, .max_args = -1,
    .summary = N_("Take items into the bank: QTI item files, imsmanifest.xml files or their folders"),
    .example = "kaochang bank import -C office data/bank",
    .options = options,
    .run = run,
};
