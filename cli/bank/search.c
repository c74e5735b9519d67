/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/i18n.h"
#include "cli/bank/commands.h"
#include "cli/bank/filter.h"
#include "cli/bank/home.h"
#include "cli/bank/item-table.h"
#include "paperbank/bank/search-words.h"

static int search(const struct args *a, struct bank *bank, struct bank_filter *filter, struct arena *arena, struct err *e)
{
    struct bank_item *item = NULL;
    size_t n = 0;
    int64_t limit = 0, offset = 0;
    bool more = false;
    const char *text = "";
    for (int i = 0; i < args_count(a); i++)
        text = arena_printf(arena, "%s %s", text, args_at(a, i));
    filter->text = text;
    if (!search_query(arena, text)) {
        err_set(e, ERR_USAGE, NULL, _("there is no letter, digit or character to look for"));
        return err_hint(e, _("bank list shows all items"));
    }
    int r = args_int(a, "limit", 1, BANK_MAX_PAGE, 50, &limit, e);
    if (r == 0)
        r = args_int(a, "offset", 0, BANK_MAX_PAGE, 0, &offset, e);
    if (r == 0)
        r = bank_find(bank, filter, (size_t)offset, (size_t)limit, arena, &item, &n, &more, e);
    if (r < 0)
        return r;
    if (n || args_json(a))
        items_print(item, n, args_json(a), arena);
    if (more)
        fprintf(stderr, _("there are more: --offset %lld\n"), (long long)(offset + limit));
    return n ? 0 : err_set(e, ERR_NO, NULL, _("no item holds all these words"));
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
    r = search(a, bank, &filter, arena, e);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {FILTER_OPTIONS, PAGE_OPTIONS, {0}};

const struct command cmd_bank_search = {
    .name = "bank search", .args = "WORD…", .min_args = 1, .max_args = -1,
    .summary = N_("Find items by words in title, stem, choices and explanation"),
    .example = "kaochang bank search -C office 文件夹 --kind single",
    .options = options,
    .run = run,
};
