/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/sheet/model.h"

static const char *moved(const struct sheet_formula *f, uint32_t row, uint32_t column, struct arena *a)
{
    const struct formula *parsed;
    struct err e;
    enum formula_dialect dialect = f->odf ? FORMULA_ODF : FORMULA_EXCEL;
    if (formula_parse(&parsed, a, f->text, dialect, &e) < 0)
        return NULL;
    return formula_moved(parsed, (int32_t)row - (int32_t)f->row, (int32_t)column - (int32_t)f->column, a);
}

const char *sheet_formula_text(const struct workbook *w, const struct sheet_cell *c, uint32_t row,
                               uint32_t column, struct arena *a)
{
    if (!c || c->formula == 0 || c->formula >= w->n_formulas)
        return NULL;
    const struct sheet_formula *f = &w->formula[c->formula];
    if (f->kind == FORMULA_SHARED && (f->row != row || f->column != column))
        return moved(f, row, column, a);
    return arena_strdup(a, f->text);
}
