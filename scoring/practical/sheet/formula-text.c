/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/sheet/model.h"

const char *sheet_formula_text(const struct workbook *w, const struct sheet_cell *c, uint32_t row,
                               uint32_t column, struct arena *a)
{
    if (!c || c->formula == 0 || c->formula >= w->n_formulas)
        return NULL;
    const struct sheet_formula *f = &w->formula[c->formula];
    bool moved = f->kind == FORMULA_SHARED && (f->row != row || f->column != column);
    return moved ? NULL : arena_strdup(a, f->text);
}
