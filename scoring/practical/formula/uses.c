/* SPDX-License-Identifier: Apache-2.0 */
/* What a formula uses: its references, its functions. */
#include "scoring/practical/formula/formula.h"

#include <string.h>

#include "base/text.h"

size_t formula_references(const struct formula *f, struct arena *a,
                          const struct formula_reference *const **ret)
{
    size_t n = 0, i = 0;
    for (const struct formula_node *at = f->last; at; at = at->also)
        n += at->kind == NODE_CELLS;
    const struct formula_reference **list = arena_array(a, n + 1, sizeof *list);
    for (const struct formula_node *at = f->last; at; at = at->also)
        if (at->kind == NODE_CELLS)
            list[n - ++i] = at->reference;
    *ret = list;
    return n;
}

static bool listed(const char *const *list, size_t n, const char *name)
{
    while (n)
        if (strcmp(list[--n], name) == 0)
            return true;
    return false;
}

size_t formula_functions(const struct formula *f, struct arena *a, const char *const **ret)
{
    size_t n = 0, i = 0, kept = 0;
    for (const struct formula_node *at = f->last; at; at = at->also)
        n += at->kind == NODE_CALL;
    const char **list = arena_array(a, n + 1, sizeof *list);
    for (const struct formula_node *at = f->last; at; at = at->also)
        if (at->kind == NODE_CALL)
            list[n - ++i] = at->text;
    for (i = 0; i < n; i++)
        if (!listed(list, kept, list[i]))
            list[kept++] = list[i];
    *ret = list;
    return kept;
}

bool formula_calls(const struct formula *f, const char *function)
{
    for (const struct formula_node *at = f->last; at; at = at->also)
        if (at->kind == NODE_CALL && ascii_casecmp(at->text, function) == 0)
            return true;
    return false;
}
