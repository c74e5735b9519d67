/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/item-table.h"

static int list(const struct args *a, struct bank *bank, struct bank_filter *filter, struct arena *arena,
                struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0;
    struct page page;
    bool more = false, paged = args_get(a, "limit") || args_get(a, "offset");
    int r = page_read(&page, a, BANK_MAX_PAGE, e);
    if (r == 0)
        r = paged ? bank_find(bank, filter, page.offset, page.limit, arena, &item, &n, &more, e)
                  : bank_items(bank, filter, arena, &item, &n, e);
    if (r < 0)
        return r;
    items_print(item, n, args_json(a), arena);
    if (more)
        page_more(&page);
    return 0;
}

static int run(const struct args *a, struct err *e)
{
    return filter_run(a, list, e);
}

static const struct command_option options[] = {FILTER_OPTIONS, PAGE_OPTIONS, {0}};

const struct command cmd_bank_list = {
    .name = "bank list", .args = "",
    .summary = N_("List the items of the bank"),
    .example = "kaochang bank list -C office --knowledge-point 3 --kind single",
    .options = options,
    .run = run,
};
