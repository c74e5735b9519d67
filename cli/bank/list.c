/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "cli/bank/item-table.h"

static int list(const struct args *a, struct bank *bank, const struct bank_filter *filter, struct arena *arena, struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0;
    int64_t limit = 0, offset = 0;
    bool more = false, paged = args_get(a, "limit") || args_get(a, "offset");
    int r = args_int(a, "limit", 1, BANK_MAX_PAGE, BANK_MAX_PAGE, &limit, e);
    if (r == 0)
        r = args_int(a, "offset", 0, INT32_MAX, 0, &offset, e);
    if (r == 0)
        r = paged ? bank_find(bank, filter, (size_t)offset, (size_t)limit, arena, &item, &n, &more, e)
                  : bank_items(bank, filter, arena, &item, &n, e);
    if (r < 0)
        return r;
    items_print(item, n, args_json(a), arena);
    if (more)
        fprintf(stderr, _("there are more: --offset %lld\n"), (long long)(offset + limit));
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    struct bank_filter filter;
    struct bank *bank = NULL;
    int r = filter_read(&filter, a, e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r < 0)
        return r;
    struct arena *arena = arena_new();
    r = list(a, bank, &filter, arena, e);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {FILTER_OPTIONS, PAGE_OPTIONS, {0}};

const struct command cmd_bank_list = {
    .name = "bank list", .args = "",
    .summary = N_("List the items of the bank"),
    .example = "kaochang bank list -C office --knowledge-point 3 --kind single",
    .options = options,
    .run = run,
};
