/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { MEASURE, MEASURE_NAME, VALUE, UNIT, N_COLUMNS };

static const struct table_column columns[N_COLUMNS] = {
    [MEASURE] = {.key = "measure", .head = N_("Measure"), .use = TABLE_FOR_DATA},
    [MEASURE_NAME] = {.key = "name", .head = N_("Measure"), .use = TABLE_FOR_PEOPLE},
    [VALUE] = {.key = "value", .head = N_("Value"), .kind = TABLE_NUMBER},
    [UNIT] = {.key = "unit", .head = N_("Unit")},
};

static void add(struct table *t, const char *key, const char *name, const char *value, const char *unit)
{
    const char **cell = table_add(t, 0)->cell;
    cell[MEASURE] = key;
    cell[MEASURE_NAME] = name;
    cell[VALUE] = value;
    cell[UNIT] = unit;
}

static void add_coefficient(struct table *t, const char *key, const char *name, struct coefficient c)
{
    add(t, key, name, c.exists ? quality_number(t->arena, c.value, 3) : "", "");
}

static const char *points(struct arena *a, int64_t milli, int64_t n, int decimals)
{
    char text[48];
    return arena_strdup(a, ratio_text(milli, n * 1000, decimals, text, sizeof text));
}

struct table *quality_agreement_table(const struct quality *q, const struct quality_view *v)
{
    const struct agreement *g = &q->agreement;
    struct table *t = quality_table(columns, N_COLUMNS, 16);
    struct arena *a = t->arena;
    int64_t n = (int64_t)g->n;
    int d = v->decimals;
    if (n == 0)
        return t;
    add(t, "twice", _("Candidates whom two examiners rated"), quality_integer(a, n), "");
    add(t, "same", _("The same total"), quality_percent(a, (int64_t)g->same, n, d), "%");
    add(t, "within", _("Within the tolerance"), quality_percent(a, (int64_t)g->within, n, d), "%");
    add(t, "sameSteps", _("Steps with the same points"),
        quality_percent(a, (int64_t)g->same_steps, (int64_t)g->steps, d), "%");
    add(t, "difference", _("First above second, mean"), points(a, g->sum_milli, n, d), _("marks"));
    add(t, "apart", _("Distance, mean"), points(a, g->sum_apart_milli, n, d), _("marks"));
    add(t, "most", _("Distance, largest"), points(a, g->most_milli, 1, d), _("marks"));
    add_coefficient(t, "kappa", _("Cohen's kappa"), g->kappa);
    add_coefficient(t, "kappaLinear", _("Kappa, linear weights"), g->linear);
    add_coefficient(t, "kappaQuadratic", _("Kappa, quadratic weights"), g->quadratic);
    add_coefficient(t, "icc1", "ICC(1,1)", g->icc.icc1);
    add_coefficient(t, "icc2", "ICC(2,1)", g->icc.icc2);
    add_coefficient(t, "icc3", "ICC(3,1)", g->icc.icc3);
    return t;
}
