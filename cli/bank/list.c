/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/commands.h"
#include "cli/bank/home.h"
#include "cli/bank/item-json.h"

enum { COLUMNS = 9 };

struct row {
    const char *cell[COLUMNS];
};

static struct row row_of(const struct bank_item *i, struct arena *a)
{
    char facility[32], points[32];
    thousandths_text(i->facility, facility, sizeof facility);
    points_text(i->points, points, sizeof points);
    return (struct row){{i->id, arena_printf(a, "%lld", (long long)i->version), i->kind, i->knowledge_point, i->level,
                         arena_strdup(a, points), arena_strdup(a, facility),
                         i->expected_s == BANK_UNKNOWN ? "" : arena_printf(a, "%lld", (long long)i->expected_s),
                         *i->title ? i->title : i->stem}};
}

static void print_row(const struct row *r, const size_t width[COLUMNS])
{
    for (int c = 0; c < COLUMNS; c++) {
        fputs(r->cell[c], stdout);
        if (c + 1 < COLUMNS)
            printf("%*s", (int)(width[c] - text_width(r->cell[c])) + 2, "");
    }
    putchar('\n');
}

static void print_table(const struct bank_item *item, size_t n, struct arena *a)
{
    struct row *row = arena_array(a, n + 1, sizeof *row);
    size_t width[COLUMNS] = {0};
    row[0] = (struct row){{_("item"), _("version"), _("kind"), _("point"), _("level"), _("points"), _("facility"),
                           _("seconds"), _("title")}};
    for (size_t i = 0; i < n; i++)
        row[i + 1] = row_of(&item[i], a);
    for (size_t i = 0; i <= n; i++)
        for (int c = 0; c < COLUMNS; c++)
            width[c] = text_width(row[i].cell[c]) > width[c] ? text_width(row[i].cell[c]) : width[c];
    for (size_t i = 0; i <= n; i++)
        print_row(&row[i], width);
}

static void print_json(const struct bank_item *item, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, item_json(&item[i]));
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(list);
}

/* A misspelt word would look like an empty bank. */
static int one_of(const struct args *a, const char *option, const char *words, struct err *e)
{
    const char *value = args_get(a, option);
    size_t n = value ? strlen(value) : 0;
    for (const char *w = words; value && *w; w += strcspn(w, " "), w += strspn(w, " "))
        if (strcspn(w, " ") == n && strncmp(w, value, n) == 0)
            return 0;
    if (!value)
        return 0;
    err_set(e, ERR_USAGE, NULL, _("--%s %s: there is no such word"), option, value);
    return err_hint(e, _("one of: %s"), words);
}

static int run(const struct args *a, struct err *e)
{
    const struct bank_filter filter = {.knowledge_point = args_get(a, "knowledge-point"),
                                       .kind = args_get(a, "kind"),
                                       .level = args_get(a, "level")};
    struct arena *arena = arena_new();
    struct bank *bank = NULL;
    struct bank_item *item = NULL;
    size_t n = 0;
    int r = one_of(a, "kind", "single multiple truefalse fill number order associate match gapmatch inline essay hottext slider upload "
                                "graphic mixed other", e);
    if (r == 0)
        r = one_of(a, "level", "remember understand apply analyse evaluate create", e);
    if (r == 0)
        r = home_bank(&bank, a, false, e);
    if (r == 0)
        r = bank_items(bank, &filter, arena, &item, &n, e);
    if (r == 0 && args_json(a))
        print_json(item, n);
    else if (r == 0)
        print_table(item, n, arena);
    bank_close(bank);
    arena_free(arena);
    return r;
}

static const struct command_option options[] = {
    {.name = "knowledge-point", .arg = "CODE", .help = N_("Only this knowledge point and what lies below it")},
    {.name = "kind", .arg = "KIND", .help = N_("Only this kind: single, multiple, truefalse, fill, number, order, match, …")},
    {.name = "level", .arg = "LEVEL", .help = N_("Only this cognitive level")},
    {0},
};

const struct command cmd_bank_list = {
    .name = "bank list", .args = "",
    .summary = N_("List the items of the bank"),
    .example = "kaochang bank list -C office --knowledge-point 3 --kind single",
    .options = options,
    .run = run,
};
