/* SPDX-License-Identifier: Apache-2.0 */
/* Which items a constraint is about. Every distinct text of a column is looked at once, however many items
 * have it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/problem/reference-internal.h"

static bool in_list(const json_t *list, const char *text)
{
    size_t i;
    json_t *v;
    json_array_foreach(list, i,
                       v) if (json_is_string(v) && strcmp(json_string_value(v), text) == 0) return true;
    return false;
}

static bool compare(const char *op, int64_t x, int64_t v)
{
    return (strcmp(op, "ge") == 0 && x >= v) || (strcmp(op, "le") == 0 && x <= v) ||
           (strcmp(op, "lt") == 0 && x < v) || (strcmp(op, "gt") == 0 && x > v);
}

static bool meets(const json_t *term, const char *have)
{
    const char *op = json_string_value(json_array_get(term, 1));
    const json_t *value = json_array_get(term, 2);
    int64_t x, v;
    if (strcmp(op, "in") == 0)
        return in_list(value, have);
    if (strcmp(op, "notna") == 0)
        return *have && strcmp(have, "NA") != 0;
    return reference_decimal_text(have, &x) && reference_decimal(json_number_value(value), &v) &&
           compare(op, x, v);
}

static bool good_term(const json_t *term)
{
    static const char *const ops[] = {"in", "notna", "ge", "le", "lt", "gt"};
    const char *op = json_string_value(json_array_get(term, 1));
    const json_t *value = json_array_get(term, 2);
    if (!json_string_value(json_array_get(term, 0)) || !op)
        return false;
    if (strcmp(op, "in") == 0)
        return json_is_array(value);
    if (strcmp(op, "notna") != 0 && !json_is_number(value))
        return false;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (strcmp(op, ops[i]) == 0)
            return true;
    return false;
}

static int check_terms(const struct reader *r, const json_t *where)
{
    size_t i;
    json_t *term;
    if (where && !json_is_array(where))
        return reference_bad(r, _("where is not a list"));
    json_array_foreach(where, i, term)
    {
        if (!good_term(term))
            return reference_bad(r, _("a term of where is not [attribute, operator, value]"));
        if (csv_column(&r->csv, json_string_value(json_array_get(term, 0))) < 0)
            return reference_bad(r, _("items.csv has no column of that attribute"));
    }
    return 0;
}

static size_t hash(const char *s)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 29);
}

static void number_texts(const struct reader *r, int column, struct reference_texts *t)
{
    size_t items = r->p->n_items, room = 16;
    while (room < 2 * items)
        room *= 2;
    uint32_t *slot = mem_alloc(room * sizeof *slot); /* number + 1 */
    t->of = arena_array(r->table, items + 1, sizeof *t->of);
    t->text = arena_array(r->table, items + 1, sizeof *t->text);
    for (size_t i = 0; i < items; i++) {
        const char *have = reference_cell(r, i, column);
        size_t at = hash(have) & (room - 1);
        while (slot[at] && strcmp(t->text[slot[at] - 1], have) != 0)
            at = (at + 1) & (room - 1);
        if (!slot[at]) {
            t->text[t->n++] = have;
            slot[at] = (uint32_t)t->n;
        }
        t->of[i] = slot[at] - 1;
    }
    free(slot);
}

static const struct reference_texts *texts(struct reader *r, int column)
{
    if (!r->texts)
        r->texts = arena_array(r->table, r->csv.row[0].n + 1, sizeof *r->texts);
    if (!r->texts[column].of)
        number_texts(r, column, &r->texts[column]);
    return &r->texts[column];
}

/* Items that do not meet the term leave `in`. */
static void narrow(struct reader *r, const json_t *term, bool *in)
{
    const struct reference_texts *t =
        texts(r, csv_column(&r->csv, json_string_value(json_array_get(term, 0))));
    bool *good = mem_alloc(t->n + 1);
    for (size_t k = 0; k < t->n; k++)
        good[k] = meets(term, t->text[k]);
    for (size_t i = 0; i < r->p->n_items; i++)
        in[i] = in[i] && good[t->of[i]];
    free(good);
}

int reference_matching(struct reader *r, const json_t *constraint, struct requirement *ret)
{
    const json_t *where = json_object_get(constraint, "where");
    int status = check_terms(r, where);
    size_t i, n = 0;
    json_t *term;
    if (status < 0)
        return status;
    bool *in = mem_alloc(r->p->n_items + 1);
    memset(in, 1, r->p->n_items);
    json_array_foreach(where, i, term) narrow(r, term, in);
    for (i = 0; i < r->p->n_items; i++)
        n += in[i];
    uint32_t *item = arena_array(r->p->arena, n + 1, sizeof *item);
    for (i = 0; i < r->p->n_items; i++)
        if (in[i])
            item[ret->n++] = (uint32_t)i;
    ret->item = item;
    free(in);
    return 0;
}
