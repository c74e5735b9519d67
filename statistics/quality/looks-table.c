/* SPDX-License-Identifier: Apache-2.0 */
#include "base/i18n.h"
#include "statistics/quality/sections-internal.h"

enum { RANK, TICKET, RATER, RUBRIC, TOTAL, WEIGHT, REASON, VALUE, WORDS, N_COLUMNS };

static const struct table_column columns[N_COLUMNS] = {
    [RANK] = {.key = "rank", .head = N_("No."), .kind = TABLE_NUMBER},
    [TICKET] = {.key = "ticket", .head = N_("Ticket no.")},
    [RATER] = {.key = "examiner", .head = N_("Examiner")},
    [RUBRIC] = {.key = "rubric", .head = N_("Experiment"), .use = TABLE_BUT_SCREEN},
    [TOTAL] = {.key = "total", .head = N_("Points"), .kind = TABLE_NUMBER},
    [WEIGHT] = {.key = "weight", .head = N_("Weight"), .kind = TABLE_NUMBER, .use = TABLE_FOR_DATA},
    [REASON] = {.key = "reason", .head = N_("Reason"), .use = TABLE_FOR_DATA},
    [VALUE] = {.key = "value", .head = N_("Value"), .kind = TABLE_NUMBER, .use = TABLE_FOR_DATA},
    [WORDS] = {.key = "words", .head = N_("Reason")},
};

static const char *const key[QUALITY_REASONS] = {
    [QUALITY_CHANGED] = "changed",
    [QUALITY_APART] = "apart",
    [QUALITY_LINE] = "line",
    [QUALITY_UNLIKELY] = "unlikely",
    [QUALITY_SHORT] = "short",
    [QUALITY_DOUBT] = "doubt",
    [QUALITY_OPEN] = "open",
    [QUALITY_MANY] = "many",
    [QUALITY_NO_CONFIRM] = "unconfirmed",
    [QUALITY_NO_FACE] = "unidentified",
};

static const char *words(struct arena *a, enum quality_reason reason, double value, int d)
{
    double size = value < 0 ? -value : value;
    switch (reason) {
    case QUALITY_CHANGED:
        return arena_printf(a, _("the candidate confirmed %s points"), quality_number(a, value, d));
    case QUALITY_APART:
        return arena_printf(
            a, value < 0 ? _("%s points below the other examiner") : _("%s points above the other examiner"),
            quality_number(a, size, d));
    case QUALITY_LINE:
        return value < 0 ? _("passes without the examiner's severity")
                         : _("fails without the examiner's leniency");
    case QUALITY_UNLIKELY:
        return arena_printf(
            a, value < 0 ? _("%s points below what was expected") : _("%s points above what was expected"),
            quality_number(a, size, d));
    case QUALITY_SHORT:
        return arena_printf(a, _("took %s seconds only"), quality_number(a, value, 0));
    case QUALITY_DOUBT:
        return _("a question to the chief stands");
    case QUALITY_OPEN:
        return _("steps are not rated");
    case QUALITY_MANY:
        return arena_printf(a, _("steps were changed %s times"), quality_number(a, value, 0));
    case QUALITY_NO_CONFIRM:
        return _("not confirmed by the candidate");
    default:
        return _("identity was not checked");
    }
}

static void add(struct table *t, const struct quality *q, size_t rank, enum quality_reason reason, int d)
{
    const struct quality_look *l = &q->look[rank];
    const struct rated *r = &q->in->rated[l->at];
    struct arena *a = t->arena;
    char text[48];
    const char **cell = table_add(t, 0)->cell;
    cell[RANK] = quality_integer(a, (int64_t)rank + 1);
    cell[TICKET] = r->ticket;
    cell[RATER] = r->rater;
    cell[RUBRIC] = r->rubric->id;
    cell[TOTAL] = arena_strdup(a, points_text(r->total, text, sizeof text));
    cell[WEIGHT] = quality_integer(a, l->weight);
    cell[REASON] = key[reason];
    cell[VALUE] = quality_number(a, l->value[reason], d);
    cell[WORDS] = words(a, reason, l->value[reason], d);
}

struct table *quality_looks_table(const struct quality *q, const struct quality_view *v)
{
    size_t n = q->n_looks < v->top ? q->n_looks : v->top;
    struct table *t = quality_table(columns, N_COLUMNS, n * QUALITY_REASONS);
    for (size_t i = 0; i < n; i++)
        for (int reason = 0; reason < QUALITY_REASONS; reason++)
            if (q->look[i].reasons >> reason & 1)
                add(t, q, i, (enum quality_reason)reason, v->decimals);
    return t;
}
