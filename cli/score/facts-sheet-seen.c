/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/score/facts-sheet.h"

#include "scoring/practical/formula/formula.h"

json_t *facts_sheet_type(const struct asked *q)
{
    static const char *const names[] = {"empty", "number", "text", "boolean", "error", "date"};
    enum sheet_type type = q->c ? (enum sheet_type)q->c->type : CELL_EMPTY;
    const char *text = sheet_value_text(q->w, q->c, q->a);
    return json_string(text[0] ? arena_printf(q->a, "%s %s", names[type], text) : names[type]);
}

json_t *facts_sheet_formula(const struct asked *q)
{
    const char *text = sheet_formula_text(q->w, q->c, q->row, q->column, q->a);
    const struct formula *f;
    struct err e;
    if (!text)
        return json_null();
    enum formula_dialect dialect = q->w->formula[q->c->formula].odf ? FORMULA_ODF : FORMULA_EXCEL;
    if (formula_parse(&f, q->a, text, dialect, &e) < 0)
        return json_string(text);
    return json_string(formula_text(f, NULL, q->a));
}

json_t *facts_sheet_result(const struct asked *q)
{
    struct formula_value v;
    const char *how;
    struct err e;
    if (sheet_result(q->w, q->s, q->row, q->column, NULL, q->a, &v, &how, &e) < 0)
        return json_null();
    return facts_sheet_value_json(&v);
}

json_t *facts_sheet_merged(const struct asked *q)
{
    const char **name = facts_sheet_merge_names(q);
    struct bytes all = {0};
    for (size_t i = 0; i < q->s->n_merges; i++)
        bytes_printf(&all, "%s%s", i ? " " : "", name[i]);
    json_t *text = json_stringn(all.p ? (const char *)all.p : "", all.n);
    bytes_release(&all);
    return text;
}

json_t *facts_sheet_freeze(const struct asked *q)
{
    if (!q->s->frozen)
        return json_null();
    return json_string(reference_cell_name(q->a, q->s->freeze_row, q->s->freeze_column));
}

json_t *facts_sheet_conditions(const struct asked *q)
{
    const char *all = "";
    for (size_t i = 0; i < q->s->n_conditions && i < 100; i++)
        all =
            arena_printf(q->a, "%s%s%s", all, i ? "; " : "", sheet_condition_text(&q->s->condition[i], q->a));
    return json_string(all);
}

json_t *facts_sheet_charts(const struct asked *q)
{
    const char *all = "";
    for (size_t i = 0; i < q->s->n_charts && i < 100; i++)
        all = arena_printf(q->a, "%s%s%s", all, i ? "; " : "", sheet_chart_text(&q->s->chart[i], q->a));
    return json_string(all);
}
