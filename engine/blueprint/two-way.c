/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/blueprint/two-way.h"

#include <string.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "engine/blueprint/two-way-internal.h"

const char *const two_way_levels[TWO_WAY_LEVELS] = {"remember", "understand", "apply",
                                                    "analyse",  "evaluate",   "create"};

const char *two_way_level_word(size_t level)
{
    static const char *const words[TWO_WAY_LEVELS] = {N_("remember"), N_("understand"), N_("apply"),
                                                      N_("analyse"),  N_("evaluate"),   N_("create")};
    return _(words[level]);
}

bool two_way_holds(const struct blueprint_rule *r)
{
    return r->kind == RULE_CELL && r->what.kinds.n == 0 && r->what.attributes.n == 0 && r->weight == 0;
}

static bool same_list(const struct blueprint_list *a, const struct blueprint_list *b)
{
    for (size_t i = 0; i < a->n; i++)
        if (!blueprint_list_has(b, a->text[i]))
            return false;
    return a->n == b->n;
}

size_t two_way_column_of(const struct two_way *t, const struct blueprint_list *levels)
{
    size_t c = 0;
    while (c < t->n_columns && !same_list(&t->column[c], levels))
        c++;
    return c;
}

size_t two_way_row_of(const struct two_way *t, const char *code)
{
    size_t r = 0;
    while (r < t->n_rows && !(code ? t->row[r].code && strcmp(t->row[r].code, code) == 0 : !t->row[r].code))
        r++;
    return r;
}

static void add_row(struct two_way *t, const char *code, const char *title)
{
    if (t->n_rows < TWO_WAY_MAX_ROWS && two_way_row_of(t, code) == t->n_rows)
        t->row[t->n_rows++] = (struct two_way_row){code, title};
}

static bool names_point(const struct blueprint *b, const char *code)
{
    for (size_t i = 0; i < b->n_rules; i++)
        if (two_way_holds(&b->rule[i]) && b->rule[i].what.knowledge_point &&
            strcmp(b->rule[i].what.knowledge_point, code) == 0)
            return true;
    return false;
}

static void add_rows(struct two_way *t, const struct blueprint *b, const struct knowledge_point *point,
                     size_t n_points)
{
    t->row = arena_array(t->arena, n_points + b->n_rules + 1, sizeof *t->row);
    for (size_t i = 0; i < n_points; i++)
        if (!strchr(point[i].code, '.') || names_point(b, point[i].code))
            add_row(t, point[i].code, point[i].title);
    for (size_t i = 0; i < b->n_rules; i++)
        if (two_way_holds(&b->rule[i]) && b->rule[i].what.knowledge_point)
            add_row(t, b->rule[i].what.knowledge_point, "");
    add_row(t, NULL, "");
}

static void add_columns(struct two_way *t, const struct blueprint *b)
{
    t->column = arena_array(t->arena, TWO_WAY_MAX_COLUMNS, sizeof *t->column);
    for (size_t k = 0; k < TWO_WAY_LEVELS; k++)
        t->column[t->n_columns++] =
            (struct blueprint_list){arena_copy(t->arena, &two_way_levels[k], sizeof *two_way_levels), 1};
    for (size_t i = 0; i < b->n_rules; i++) {
        const struct blueprint_list *levels = &b->rule[i].what.levels;
        if (two_way_holds(&b->rule[i]) && levels->n && t->n_columns + 1 < TWO_WAY_MAX_COLUMNS &&
            two_way_column_of(t, levels) == t->n_columns)
            t->column[t->n_columns++] = *levels;
    }
    t->column[t->n_columns++] = (struct blueprint_list){0};
}

struct two_way *two_way_of(const struct blueprint *b, const struct knowledge_point *point, size_t n_points)
{
    struct arena *a = arena_new();
    struct two_way *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    add_rows(t, b, point, n_points);
    add_columns(t, b);
    t->cell = arena_array(a, t->n_rows * t->n_columns, sizeof *t->cell);
    for (size_t i = 0; i < b->n_rules; i++) {
        const struct blueprint_rule *rule = &b->rule[i];
        if (!two_way_holds(rule))
            continue;
        size_t r = two_way_row_of(t, rule->what.knowledge_point),
               c = two_way_column_of(t, &rule->what.levels);
        if (r < t->n_rows && c < t->n_columns)
            t->cell[r * t->n_columns + c] = (struct two_way_limits){true, rule->min, rule->max};
    }
    return t;
}

void two_way_free(struct two_way *t)
{
    if (t)
        arena_free(t->arena);
}

const char *two_way_limits_text(struct arena *a, const struct two_way_limits *l)
{
    if (!l->asked)
        return "";
    if (l->max == INT64_MAX)
        return arena_printf(a, "%lld..", (long long)l->min);
    if (l->min == l->max)
        return arena_printf(a, "%lld", (long long)l->min);
    return l->min == 0 ? arena_printf(a, "..%lld", (long long)l->max)
                       : arena_printf(a, "%lld..%lld", (long long)l->min, (long long)l->max);
}

const char *two_way_heading(struct arena *a, const struct blueprint_list *levels)
{
    const char *text = "";
    for (size_t i = 0; i < levels->n; i++)
        for (size_t k = 0; k < TWO_WAY_LEVELS; k++)
            if (strcmp(levels->text[i], two_way_levels[k]) == 0)
                text = arena_printf(a, "%s%s%s", text, *text ? " + " : "", two_way_level_word(k));
    return levels->n ? text : _("all levels");
}

const char *two_way_row_name(struct arena *a, const struct two_way_row *row)
{
    return row->code ? arena_printf(a, "[%s]%s%s", row->code, *row->title ? " " : "", row->title)
                     : arena_printf(a, "[*] %s", _("all knowledge points"));
}

void two_way_csv(const struct two_way *t, struct bytes *out)
{
    struct arena *a = arena_new();
    bytes_str(out, "\xEF\xBB\xBF");
    csv_add(out, _("knowledge point"), 1);
    for (size_t c = 0; c < t->n_columns; c++)
        csv_add(out, two_way_heading(a, &t->column[c]), 0);
    csv_end(out);
    for (size_t r = 0; r < t->n_rows; r++) {
        csv_add(out, two_way_row_name(a, &t->row[r]), 1);
        for (size_t c = 0; c < t->n_columns; c++)
            csv_add(out, two_way_limits_text(a, &t->cell[r * t->n_columns + c]), 0);
        csv_end(out);
    }
    arena_free(a);
}
