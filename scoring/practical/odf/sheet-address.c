/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/formula/formula.h"
#include "scoring/practical/odf/sheet-internal.h"

const char *odf_sheet_reference(struct sheet_reader *r, const char *address, bool dollars)
{
    struct formula_reference ref;
    const struct formula_form form = {.drop_dollars = !dollars};
    if (!address || !*address)
        return "";
    if (!formula_reference_read(&ref, r->w->arena, address, FORMULA_ODF))
        return sheet_keep(r, address);
    ref.range = ref.range && (ref.from.row != ref.to.row || ref.from.column != ref.to.column);
    return formula_reference_text(&ref, &form, r->w->arena);
}

bool odf_sheet_range(struct sheet_reader *r, const char *address, const char **ret_sheet,
                     struct sheet_range *ret)
{
    struct formula_reference ref;
    *ret_sheet = NULL;
    if (!address || !formula_reference_read(&ref, r->p->arena, address, FORMULA_ODF) || ref.lost)
        return false;
    *ret_sheet = ref.sheet;
    *ret = (struct sheet_range){(uint32_t)ref.from.row, (uint32_t)ref.from.column, (uint32_t)ref.to.row,
                                (uint32_t)ref.to.column};
    return true;
}

/* The next of several addresses with blanks between: a sheet's name in quotes may hold blanks. */
static const char *next_address(struct sheet_reader *r, const char **p)
{
    while (**p == ' ' || **p == ';')
        ++*p;
    const char *from = *p;
    for (bool quoted = false; **p && (quoted || (**p != ' ' && **p != ';')); ++*p)
        quoted ^= **p == '\'';
    return *p > from ? arena_strndup(r->p->arena, from, (size_t)(*p - from)) : NULL;
}

const char *odf_sheet_ranges(struct sheet_reader *r, const char *addresses, const char **ret_sheet)
{
    struct bytes out = {0};
    const char *one, *sheet, *p = addresses ? addresses : "";
    *ret_sheet = NULL;
    while ((one = next_address(r, &p)) && out.n < 100000) {
        struct sheet_range range;
        if (!odf_sheet_range(r, one, &sheet, &range))
            continue;
        if (!*ret_sheet)
            *ret_sheet = sheet;
        bytes_printf(&out, out.n ? " %s" : "%s", reference_range_name(r->p->arena, &range));
    }
    const char *kept = out.n ? arena_strndup(r->w->arena, (const char *)out.p, out.n) : "";
    bytes_release(&out);
    return kept;
}

const char *odf_sheet_expression(struct sheet_reader *r, const char *formula)
{
    const struct formula *f = NULL;
    if (!formula || !*formula)
        return "";
    if (formula_parse(&f, r->p->arena, formula, FORMULA_ODF, NULL) < 0)
        return sheet_keep(r, formula);
    return formula_text(f, NULL, r->w->arena);
}
