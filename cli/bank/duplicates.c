/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/duplicates.h"

#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"

static void print_pair(const struct bank_pair *p, bool json)
{
    char text[32];
    if (!json) {
        printf("%-6s %s  %s\n", points_text(points_milli(p->measure), text, sizeof text), p->item, p->other);
        return;
    }
    json_t *o =
        json_pack("{s:s,s:s,s:f}", "item", p->item, "other", p->other, "measure", (double)p->measure / 1000);
    json_dumpf(o, stdout, JSON_COMPACT | JSON_REAL_PRECISION(3));
    putchar('\n');
    json_decref(o);
}

static int run(const struct args *a, struct err *e)
{
    struct bank *bank = NULL;
    struct bank_pair *pair = NULL;
    size_t n = 0;
    bool more = false;
    int64_t threshold = 0, limit = 0;
    int r = thousandths_option(a, "threshold", DUPLICATE_LEAST, 1000, DUPLICATE_THRESHOLD, &threshold, e);
    if (r == 0)
        r = args_int(a, "limit", 1, 1000000, 100000, &limit, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    r = bank_duplicates(bank, threshold, (size_t)limit, arena, &pair, &n, &more, e);
    for (size_t i = 0; r == 0 && i < n; i++)
        print_pair(&pair[i], args_json(a));
    if (r == 0)
        fprintf(stderr, more ? _("%zu pairs, and there are more\n") : _("%zu pairs\n"), n);
    arena_free(arena);
    bank_close(bank);
    return r;
}

static const struct command_option options[] = {
    {.name = "threshold", .arg = "T", .help = N_("How alike, 0.3 to 1; 0.8 if not said")},
    {.name = "limit", .arg = "N", .help = N_("Stop after so many pairs")},
    {0},
};

const struct command cmd_bank_duplicates = {
    .name = "bank duplicates", .args = "",
    .summary = N_("Find items that nearly repeat each other"),
    .example = "kaochang bank duplicates -C office --threshold 0.7",
    .options = options,
    .run = run,
};
