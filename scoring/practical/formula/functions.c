/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/formula/compute.h"

#include <string.h>

#include "base/text.h"

static const struct function *const tables[] = {logic_functions,     math_functions,   statistic_functions,
                                                condition_functions, lookup_functions, text_functions,
                                                conversion_functions, date_functions};

const struct function *function_find(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct function *f = tables[i]; f->name; f++)
            if (f->name[0] == name[0] && strcmp(f->name, name) == 0)
                return f;
    return NULL;
}

bool evaluator_knows(const char *function)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct function *f = tables[i]; f->name; f++)
            if (ascii_casecmp(f->name, function) == 0)
                return true;
    return false;
}
