/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/tables.h"

enum {
    UNIT,
    LEVEL,
    COUNTY,
    SCHOOL,
    SITE,
    ROOM,
    REGISTERED,
    SAT,
    ABSENT,
    POSTPONED,
    VIOLATION,
    CHEATING,
    EXEMPT,
    UNSCORED,
    QUARANTINED,
    PASSED,
    PASS_RATE,
    HIGH,
    HIGH_RATE,
    FULL,
    FULL_RATE,
    ZERO,
    MEAN,
    MAX,
    MIN,
    N_COLUMNS
};

static const struct table_column columns[N_COLUMNS] = {
    [UNIT] = {.key = "unit", .head = N_("Unit"), .use = TABLE_FOR_PEOPLE},
    [LEVEL] = {.key = "level", .head = N_("Level"), .use = TABLE_FOR_DATA},
    [COUNTY] = {.key = "county", .head = N_("County"), .use = TABLE_FOR_DATA},
    [SCHOOL] = {.key = "school", .head = N_("School"), .use = TABLE_FOR_DATA},
    [SITE] = {.key = "site", .head = N_("Site"), .use = TABLE_FOR_DATA},
    [ROOM] = {.key = "room", .head = N_("Room"), .use = TABLE_FOR_DATA},
    [REGISTERED] = {.key = "registered", .head = N_("Registered"), .kind = TABLE_NUMBER},
    [SAT] = {.key = "sat", .head = N_("Sat"), .kind = TABLE_NUMBER},
    [ABSENT] = {.key = "absent", .head = N_("Absent"), .kind = TABLE_NUMBER},
    [POSTPONED] = {.key = "postponed", .head = N_("Postponed"), .kind = TABLE_NUMBER},
    [VIOLATION] = {.key = "violation", .head = N_("Violation"), .kind = TABLE_NUMBER},
    [CHEATING] = {.key = "cheating", .head = N_("Cheating"), .kind = TABLE_NUMBER},
    [EXEMPT] = {.key = "exempt", .head = N_("Exempt"), .kind = TABLE_NUMBER},
    [UNSCORED] = {.key = "unscored", .head = N_("Not scored"), .kind = TABLE_NUMBER},
    [QUARANTINED] = {.key = "quarantined", .head = N_("Quarantined"), .kind = TABLE_NUMBER},
    [PASSED] = {.key = "passed", .head = N_("Passed"), .kind = TABLE_NUMBER},
    [PASS_RATE] = {.key = "passRate", .head = N_("Pass rate"), .kind = TABLE_PERCENT, .bar = true},
    [HIGH] = {.key = "high", .head = N_("High"), .kind = TABLE_NUMBER},
    [HIGH_RATE] = {.key = "highRate",
                   .head = N_("High rate"),
                   .kind = TABLE_PERCENT,
                   .use = TABLE_BUT_SCREEN},
    [FULL] = {.key = "full", .head = N_("Full marks"), .kind = TABLE_NUMBER},
    [FULL_RATE] = {.key = "fullRate",
                   .head = N_("Full rate"),
                   .kind = TABLE_PERCENT,
                   .use = TABLE_BUT_SCREEN},
    [ZERO] = {.key = "zero", .head = N_("Zero"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [MEAN] = {.key = "mean", .head = N_("Mean"), .kind = TABLE_NUMBER},
    [MAX] = {.key = "max", .head = N_("Highest"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
    [MIN] = {.key = "min", .head = N_("Lowest"), .kind = TABLE_NUMBER, .use = TABLE_BUT_SCREEN},
};

static const char *const level_key[RATES_LEVELS] = {"city", "county", "school", "room"};

/* Only a lab-skills exam has these statuses: elsewhere 0 would be a claim. */
static bool is_unknown(int column)
{
    return column == POSTPONED || column == VIOLATION || column == CHEATING || column == EXEMPT;
}

/* 0 in the whole city, and hardly ever anything else: for data only. */
static bool is_idle(int column, const struct rates_count *whole)
{
    return (column == UNSCORED && !whole->unscored) || (column == QUARANTINED && !whole->quarantined) ||
           (column == POSTPONED && !whole->postponed) || (column == EXEMPT && !whole->exempt) ||
           (column == VIOLATION && !whole->violation) || (column == CHEATING && !whole->cheating);
}

static const char *integer(struct arena *a, int64_t v)
{
    return arena_printf(a, "%lld", (long long)v);
}

static const char *percentage(struct arena *a, int64_t num, int64_t den, int decimals)
{
    char text[48];
    return arena_strdup(a, percent_text(num, den, decimals, text, sizeof text));
}

static const char *unit_name(struct arena *a, const struct rates_unit *u)
{
    switch (u->level) {
    case RATES_CITY:
        return _("All");
    case RATES_COUNTY:
        return u->county;
    case RATES_SCHOOL:
        return u->school;
    default:
        return arena_printf(a, _("Room %s, site %s"), u->room, u->site);
    }
}

static void fill_counts(struct arena *a, const struct rates_count *c, const char **cell)
{
    const int64_t count[N_COLUMNS] = {
        [REGISTERED] = c->registered,
        [SAT] = c->sat,
        [ABSENT] = c->absent,
        [POSTPONED] = c->postponed,
        [EXEMPT] = c->exempt,
        [UNSCORED] = c->unscored,
        [VIOLATION] = c->violation,
        [CHEATING] = c->cheating,
        [QUARANTINED] = c->quarantined,
        [PASSED] = c->passed,
        [HIGH] = c->high,
        [FULL] = c->full,
        [ZERO] = c->zero,
    };
    static const int shown[] = {REGISTERED, SAT,         ABSENT, POSTPONED, VIOLATION, CHEATING, EXEMPT,
                                UNSCORED,   QUARANTINED, PASSED, HIGH,      FULL,      ZERO};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        cell[shown[i]] = integer(a, count[shown[i]]);
}

static void fill_rates(struct arena *a, const struct rates_count *c, int decimals, const char **cell)
{
    char text[48];
    if (c->scored == 0)
        return;
    cell[PASS_RATE] = percentage(a, c->passed, c->sat, decimals);
    cell[HIGH_RATE] = percentage(a, c->high, c->sat, decimals);
    cell[FULL_RATE] = percentage(a, c->full, c->sat, decimals);
    cell[MEAN] = arena_strdup(a, ratio_text(c->sum_milli, c->scored * 1000, decimals, text, sizeof text));
    cell[MAX] = arena_strdup(a, points_text(points_milli(c->max_milli), text, sizeof text));
    cell[MIN] = arena_strdup(a, points_text(points_milli(c->min_milli), text, sizeof text));
}

void place_cells(struct arena *a, const struct rates_unit *u, const char **cell)
{
    cell[0] = unit_name(a, u);
    cell[1] = level_key[u->level];
    cell[2] = u->county;
    cell[3] = u->school;
    cell[4] = u->site;
    cell[5] = u->room;
}

static void add_unit(struct table *t, const struct rates_unit *u, int indent, int decimals, const int *at)
{
    const char *cell[N_COLUMNS] = {0};
    place_cells(t->arena, u, &cell[UNIT]);
    fill_counts(t->arena, &u->count, cell);
    fill_rates(t->arena, &u->count, decimals, cell);
    struct table_row *row = table_add(t, indent);
    for (int c = 0; c < N_COLUMNS; c++)
        if (at[c] >= 0 && cell[c])
            row->cell[at[c]] = cell[c];
    if (u->count.scored)
        row->bar[at[PASS_RATE]] = u->count.passed * 10000 / u->count.sat;
}

struct table *rates_table(const struct rates *r, const struct rates_view *view)
{
    static const struct rates_count none;
    const struct rates_count *whole = r->n ? &r->unit[0].count : &none;
    struct table *t = table_new(NULL, N_COLUMNS, r->n);
    struct table_column *own = arena_array(t->arena, N_COLUMNS, sizeof *own);
    int at[N_COLUMNS], n = 0, indent[RATES_LEVELS], depth = 0;
    for (int c = 0; c < N_COLUMNS; c++) {
        at[c] = is_unknown(c) && !view->statuses ? -1 : n;
        if (at[c] < 0)
            continue;
        own[n] = columns[c];
        own[n].head = _(columns[c].head);
        own[n].use = is_idle(c, whole) ? TABLE_FOR_DATA : columns[c].use;
        n++;
    }
    t->column = own;
    t->n_columns = (size_t)n;
    t->nested = true;
    for (int l = 0; l < RATES_LEVELS; l++) {
        indent[l] = depth;
        depth += view->level[l];
    }
    for (size_t i = 0; i < r->n; i++)
        if (view->level[r->unit[i].level])
            add_unit(t, &r->unit[i], indent[r->unit[i].level], view->decimals, at);
    return t;
}
