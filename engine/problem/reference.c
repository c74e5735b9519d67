/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "engine/problem/reference-internal.h"

int reference_bad(const struct reader *r, const char *what)
{
    return err_set(r->e, ERR_DATA, r->json_path, "%s%s%s", r->id ? r->id : "", r->id ? ": " : "", what);
}

bool reference_decimal(double v, int64_t *ret)
{
    if (!isfinite(v) || fabs(v) > 1e9)
        return false;
    *ret = llround(v * (double)REFERENCE_UNIT);
    return true;
}

bool reference_decimal_text(const char *s, int64_t *ret)
{
    char *end;
    double v = strtod(s, &end);
    return *s && *end == '\0' && reference_decimal(v, ret);
}

const char *reference_cell(const struct reader *r, size_t item, int column)
{
    return column < 0 ? "" : r->csv.row[item + 1].field[column];
}

int reference_values(const struct reader *r, const char *attr, int64_t *coef, const uint32_t *item, size_t n)
{
    int column = attr ? csv_column(&r->csv, attr) : -1;
    if (column < 0)
        return reference_bad(r, _("items.csv has no column of that attribute"));
    for (size_t k = 0; k < n; k++)
        if (!reference_decimal_text(reference_cell(r, item ? item[k] : k, column), &coef[k]))
            return err_set(r->e, ERR_DATA, r->csv_path, _("line %u: %s is not a number"),
                           r->csv.row[(item ? item[k] : k) + 1].line, attr);
    return 0;
}

static int by_item_id(const void *a, const void *b, void *context)
{
    const char **id = context;
    return strcmp(id[*(const size_t *)a], id[*(const size_t *)b]);
}

static int number_items(struct reader *r, int column)
{
    struct problem *p = r->p;
    r->by_id = arena_array(p->arena, p->n_items + 1, sizeof *r->by_id);
    for (size_t i = 0; i < p->n_items; i++) {
        p->id[i] = reference_cell(r, i, column);
        r->by_id[i] = i;
        if (!*p->id[i])
            return err_set(r->e, ERR_DATA, r->csv_path, _("line %u: the item has no id"),
                           r->csv.row[i + 1].line);
    }
    qsort_r(r->by_id, p->n_items, sizeof *r->by_id, by_item_id, (void *)p->id);
    for (size_t i = 1; i < p->n_items; i++)
        if (strcmp(p->id[r->by_id[i]], p->id[r->by_id[i - 1]]) == 0)
            return err_set(r->e, ERR_DATA, r->csv_path, _("item %s stands there twice"), p->id[r->by_id[i]]);
    return 0;
}

struct named {
    const char *name;
    size_t item;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int r = strcmp(x->name, y->name);
    return r ? r : x->item < y->item ? -1 : x->item > y->item;
}

static void number_stimuli(struct reader *r)
{
    struct problem *p = r->p;
    int column = csv_column(&r->csv, "stimulus");
    if (column < 0)
        return;
    struct named *list = arena_array(p->arena, p->n_items + 1, sizeof *list);
    uint32_t *stimulus = arena_array(p->arena, p->n_items + 1, sizeof *stimulus);
    for (size_t i = 0; i < p->n_items; i++)
        list[i] = (struct named){reference_cell(r, i, column), i};
    qsort(list, p->n_items, sizeof *list, by_name);
    for (size_t i = 0; i < p->n_items; i++) {
        bool first = i == 0 || strcmp(list[i].name, list[i - 1].name) != 0;
        p->n_stimuli += first && *list[i].name;
        stimulus[list[i].item] = *list[i].name ? (uint32_t)p->n_stimuli - 1 : NO_STIMULUS;
    }
    p->stimulus = stimulus;
}

static int read_problem(struct reader *r, const json_t *root)
{
    int column = csv_column(&r->csv, "id");
    const json_t *constraints = json_object_get(root, "constraints");
    size_t i;
    json_t *c;
    if (column < 0 || r->csv.n < 2)
        return err_set(r->e, ERR_DATA, r->csv_path, _("there are no items, or no column id"));
    if (!json_is_array(constraints))
        return reference_bad(r, _("constraints is not a list"));
    int status = number_items(r, column);
    if (status < 0)
        return status;
    number_stimuli(r);
    status = reference_objective(r, json_object_get(root, "objective"));
    json_array_foreach(constraints, i, c)
    {
        if (status == 0)
            status = reference_constraint(r, c);
    }
    return status;
}

static int load_json(json_t **ret, const char *path, struct err *e)
{
    struct bytes text = {0};
    json_error_t error;
    int r = file_read(path, REFERENCE_MAX_BYTES, &text, e);
    if (r == 0) {
        *ret = json_loadb(text.p ? (const char *)text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
        if (!*ret)
            r = err_set(e, ERR_DATA, path, _("line %d: not JSON: %s"), error.line, error.text);
    }
    bytes_release(&text);
    return r;
}

int reference_read(struct problem **ret, const char *dir, struct err *e)
{
    char *json_path = path_join(dir, "problem.json"), *csv_path = path_join(dir, "items.csv");
    struct reader reader = {.json_path = json_path, .csv_path = csv_path, .e = e};
    struct bytes text = {0};
    struct arena *table = arena_new();
    reader.table = table;
    json_t *root = NULL;
    int r = load_json(&root, json_path, e);
    if (r == 0)
        r = file_read(csv_path, REFERENCE_MAX_BYTES, &text, e);
    if (r == 0)
        r = csv_parse(&reader.csv, table, csv_path, bytes_span(&text), REFERENCE_MAX_ITEMS + 1, e);
    if (r == 0) {
        json_int_t forms = json_integer_value(json_object_get(root, "forms"));
        size_t items = reader.csv.n ? reader.csv.n - 1 : 0;
        if (forms < 1 || forms > 1000)
            r = reference_bad(&reader, _("forms is not a whole number from 1 to 1000"));
        else
            reader.p = problem_new(items, (size_t)forms);
    }
    if (r == 0)
        r = read_problem(&reader, root);
    for (size_t i = 0; r == 0 && i < reader.p->n_items; i++)
        reader.p->id[i] = arena_strdup(reader.p->arena, reader.p->id[i]);
    if (r == 0)
        reader.p->name = arena_strdup(reader.p->arena, path_base(dir));
    if (r < 0)
        problem_free(reader.p);
    else
        *ret = reader.p;
    json_decref(root);
    bytes_release(&text);
    arena_free(table);
    free(json_path);
    free(csv_path);
    return r;
}
