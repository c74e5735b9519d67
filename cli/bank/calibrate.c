/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "paperbank/bank/use.h"

enum { MAX_BYTES = 64 << 20 };

struct view {
    const char *file;
    bool json;
};

static void on_refused(void *context, unsigned line, const char *item, const char *reason)
{
    const struct view *v = context;
    if (!v->json) {
        fprintf(stderr, _("%s:%u: item %s: refused: %s\n"), v->file, line, item, reason);
        return;
    }
    char *file = mem_strdup(v->file);
    utf8_mend(file, '?');
    json_t *o =
        json_pack("{s:s,s:i,s:s,s:s}", "file", file, "line", (int)line, "item", item, "reason", reason);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
    free(file);
}

static int run(const struct args *a, struct err *e)
{
    struct view view = {args_at(a, 0), args_json(a)};
    struct clock_reading now;
    struct bytes csv = {0};
    struct bank *bank = NULL;
    const char *exam = NULL;
    int64_t taken = 0, refused = 0;
    int r = args_need(a, "exam", &exam, e);
    if (r == 0)
        r = file_read(view.file, MAX_BYTES, &csv, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    clock_read(&now);
    if (r == 0)
        r = bank_calibrate(bank, view.file, bytes_span(&csv), exam, now.wall_ms, on_refused, &view, &taken,
                           &refused, e);
    bank_close(bank);
    bytes_release(&csv);
    if (r < 0)
        return r;
    fprintf(view.json ? stderr : stdout, _("results of %lld items taken, %lld refused\n"), (long long)taken,
            (long long)refused);
    return refused ? err_set(e, ERR_DATA, NULL, "%s", "") : 0;
}

static const struct command_option options[] = {
    {.name = "exam",
     .arg = "NAME",
     .help = N_("Where the results come from; the same name again replaces them")},
    {0},
};

const struct command cmd_bank_calibrate = {
    .name = "bank calibrate", .args = "FILE", .min_args = 1, .max_args = 1,
    .summary = N_("Take facility and discrimination of past use from a table (CSV)"),
    .example = "kaochang bank calibrate -C office results.csv --exam 2026-mid",
    .options = options,
    .run = run,
};
