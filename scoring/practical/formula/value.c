/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/value.h"

#include "base/text.h"
#include "scoring/practical/formula/decimal.h"

static const char *const errors[] = {
    [ERROR_NULL] = "#NULL!",   [ERROR_DIV0] = "#DIV/0!",
    [ERROR_VALUE] = "#VALUE!", [ERROR_REF] = "#REF!",
    [ERROR_NAME] = "#NAME?",   [ERROR_NUM] = "#NUM!",
    [ERROR_NA] = "#N/A",       [ERROR_GETTING_DATA] = "#GETTING_DATA",
    [ERROR_SPILL] = "#SPILL!", [ERROR_CALC] = "#CALC!",
};

const char *formula_error_text(enum formula_error error)
{
    return error >= ERROR_NULL && error <= ERROR_CALC ? errors[error] : "#VALUE!";
}

enum formula_error formula_error_of(const char *text)
{
    for (int i = ERROR_NULL; i <= ERROR_CALC; i++)
        if (ascii_casecmp(text, errors[i]) == 0)
            return (enum formula_error)i;
    return 0;
}

const char *formula_value_text(const struct formula_value *v, struct arena *a)
{
    char buf[DECIMAL_TEXT];
    switch (v->kind) {
    case VALUE_NUMBER:
        return arena_strdup(a, decimal_general(buf, v->number));
    case VALUE_TEXT:
        return v->text;
    case VALUE_BOOL:
        return v->truth ? "TRUE" : "FALSE";
    case VALUE_ERROR:
        return formula_error_text(v->error);
    case VALUE_ARRAY:
        return v->rows && v->columns ? formula_value_text(&v->item[0], a) : "";
    default:
        return "";
    }
}
