/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bank/item-table.h"

#include <jansson.h>
#include <stdio.h>

#include "base/i18n.h"
#include "base/text.h"
#include "cli/bank/home.h"
#include "cli/bank/item-json.h"

enum { COLUMNS = 10 };

struct row {
    const char *cell[COLUMNS];
};

static struct row row_of(const struct bank_item *i, struct arena *a)
{
    char facility[32], points[32];
    thousandths_text(i->facility, facility, sizeof facility);
    points_text(i->points, points, sizeof points);
    return (struct row){
        {i->id, arena_printf(a, "%lld", (long long)i->version), i->kind, i->state, i->knowledge_point,
         i->level, arena_strdup(a, points), arena_strdup(a, facility),
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
    row[0] = (struct row){{_("item"), _("version"), _("kind"), _("state"), _("point"), _("level"),
                           _("points"), _("facility"), _("seconds"), _("title")}};
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

void items_print(const struct bank_item *item, size_t n, bool json, struct arena *a)
{
    if (json)
        print_json(item, n);
    else
        print_table(item, n, a);
}
