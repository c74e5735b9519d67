/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/item-table.h"
#include "paperbank/bank/search-words.h"

enum { SEARCH_PAGE = 50 };

static int search(const struct args *a, struct bank *bank, struct bank_filter *filter, struct arena *arena,
                  struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0;
    struct page page;
    bool more = false;
    const char *text = "";
    for (int i = 0; i < args_count(a); i++)
        text = arena_printf(arena, "%s %s", text, args_at(a, i));
    filter->text = text;
    if (!search_query(arena, text)) {
        err_set(e, ERR_USAGE, NULL, _("there is no letter, digit or character to look for"));
        return err_hint(e, _("bank list shows all items"));
    }
    int r = page_read(&page, a, SEARCH_PAGE, e);
    if (r == 0)
        r = bank_find(bank, filter, page.offset, page.limit, arena, &item, &n, &more, e);
    if (r < 0)
        return r;
    if (n || args_json(a))
        items_print(item, n, args_json(a), arena);
    if (more)
        page_more(&page);
    return n ? 0 : err_set(e, ERR_NO, NULL, _("no item holds all these words"));
}

static int run(const struct args *a, struct err *e)
{
    return filter_run(a, search, e);
}

static const struct command_option options[] = {FILTER_OPTIONS, PAGE_OPTIONS, {0}};

const struct command cmd_bank_search = {
    .name = "bank search", .args = "WORD…", .min_args = 1, .max_args = -1,
    .summary = N_("Find items by words in title, stem, choices and explanation"),
    .example = "kaochang bank search -C office 文件夹 --kind single",
    .options = options,
    .run = run,
};
