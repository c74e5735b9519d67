/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { EFFECT, EFFECT_NAME, LEVELS, STATISTIC, VALUE, DF1, DF2, P, N_COLUMNS };

static const struct table_column columns[N_COLUMNS] = {
    [EFFECT] = {.key = "effect", .head = N_("Effect"), .use = TABLE_FOR_DATA},
    [EFFECT_NAME] = {.key = "name", .head = N_("Effect"), .use = TABLE_FOR_PEOPLE},
    [LEVELS] = {.key = "levels", .head = N_("Levels"), .kind = TABLE_NUMBER},
    [STATISTIC] = {.key = "statistic", .head = N_("Test")},
    [VALUE] = {.key = "value", .head = N_("Value"), .kind = TABLE_NUMBER},
    [DF1] = {.key = "df1", .head = N_("df 1"), .kind = TABLE_NUMBER},
    [DF2] = {.key = "df2", .head = N_("df 2"), .kind = TABLE_NUMBER},
    [P] = {.key = "p", .head = N_("p"), .kind = TABLE_NUMBER},
};

static void add_effect(struct table *t, const char *key, const char *name, const struct quality_effect *x)
{
    struct arena *a = t->arena;
    if (!x->exists)
        return;
    const char **cell = table_add(t, 0)->cell;
    cell[EFFECT] = key;
    cell[EFFECT_NAME] = name;
    cell[LEVELS] = quality_integer(a, (int64_t)x->n);
    cell[STATISTIC] = "F";
    cell[VALUE] = quality_number(a, x->f, 2);
    cell[DF1] = quality_number(a, x->df1, 0);
    cell[DF2] = quality_number(a, x->df2, 0);
    cell[P] = quality_number(a, x->p, 4);
}

struct table *quality_effects_table(const struct quality *q, const struct quality_view *v)
{
    struct table *t = quality_table(columns, N_COLUMNS, 4);
    struct arena *a = t->arena;
    add_effect(t, "bench", _("Number of the bench"), &q->bench);
    add_effect(t, "group", _("Group"), &q->group);
    if (!q->drifts)
        return t;
    const char **cell = table_add(t, 0)->cell;
    cell[EFFECT] = "hour";
    cell[EFFECT_NAME] = _("Hour of the day, points per hour");
    cell[STATISTIC] = _("slope");
    cell[VALUE] = quality_number(a, q->slope, v->decimals > 3 ? v->decimals : 3);
    cell[P] = quality_number(a, q->slope_p, 4);
    return t;
}

enum { SITE, ROOM, BENCH, N_RATINGS, ABOVE, CHANCE, N_PLACE_COLUMNS };

static const struct table_column place_columns[N_PLACE_COLUMNS] = {
    [SITE] = {.key = "site", .head = N_("Site")},
    [ROOM] = {.key = "room", .head = N_("Room")},
    [BENCH] = {.key = "bench", .head = N_("Bench"), .kind = TABLE_NUMBER},
    [N_RATINGS] = {.key = "ratings", .head = N_("Ratings"), .kind = TABLE_NUMBER},
    [ABOVE] = {.key = "offset", .head = N_("Offset"), .kind = TABLE_NUMBER},
    [CHANCE] = {.key = "p", .head = N_("p"), .kind = TABLE_NUMBER},
};

struct table *quality_places_table(const struct quality *q, const struct quality_view *v)
{
    struct table *t = quality_table(place_columns, N_PLACE_COLUMNS, q->n_spots);
    for (size_t i = 0; i < q->n_spots; i++) {
        const struct quality_place *x = &q->spot[i];
        if (!x->found)
            continue;
        const char **cell = table_add(t, 0)->cell;
        cell[SITE] = x->site;
        cell[ROOM] = x->room;
        cell[BENCH] = quality_integer(t->arena, x->number);
        cell[N_RATINGS] = quality_integer(t->arena, (int64_t)x->n);
        cell[ABOVE] = quality_number(t->arena, x->mean, v->decimals);
        cell[CHANCE] = quality_number(t->arena, x->p, 4);
    }
    return t;
}
