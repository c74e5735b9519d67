/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the facts of workbooks: what a question is about, and the answers that need more than a look. */
#ifndef KAOCHANG_CLI_SCORE_FACTS_SHEET_H
#define KAOCHANG_CLI_SCORE_FACTS_SHEET_H

#include "cli/score/facts.h"
#include "scoring/practical/sheet/kinds.h"

/* What a question is about. */
struct asked {
    const struct workbook *w;
    const struct sheet *s;
    const struct sheet_cell *c;
    uint32_t row, column;
    struct arena *a;
};
typedef json_t *ask_fn(const struct asked *q);

json_t *facts_sheet_value_json(const struct formula_value *v);
const char **facts_sheet_merge_names(const struct asked *q); /* sorted */

/* What a person sees (facts-sheet-seen.c). */
ask_fn facts_sheet_type, facts_sheet_formula, facts_sheet_result, facts_sheet_merged, facts_sheet_freeze,
    facts_sheet_conditions, facts_sheet_charts;

#endif
