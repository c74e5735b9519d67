/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/reference.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

#define UNIT INT64_C(1000000000)

struct reader {
    struct problem *p;
    struct csv csv;
    const char *json_path, *csv_path;
    const char *id; /* of the constraint at hand */
    size_t *by_id;  /* item numbers sorted by id */
    struct err *e;
};

static int bad(const struct reader *r, const char *what)
{
    return err_set(r->e, ERR_DATA, r->json_path, "%s%s%s", r->id ? r->id : "", r->id ? ": " : "", what);
}

/* Nine decimals; false for what is no number or too large. */
static bool decimal(double v, int64_t *ret)
{
    if (!isfinite(v) || fabs(v) > 1e9)
        return false;
    *ret = llround(v * (double)UNIT);
    return true;
}

static bool decimal_text(const char *s, int64_t *ret)
{
    char *end;
    double v = strtod(s, &end);
    return *s && *end == '\0' && decimal(v, ret);
}

static const char *cell_text(const struct reader *r, size_t item, int column)
{
    return column < 0 ? "" : r->csv.row[item + 1].field[column];
}

static bool in_list(const json_t *list, const char *text)
{
    size_t i;
    json_t *v;
    json_array_foreach(list, i, v)
        if (json_is_string(v) && strcmp(json_string_value(v), text) == 0)
            return true;
    return false;
}

static bool compare(const char *op, int64_t x, int64_t v)
{
    return (strcmp(op, "ge") == 0 && x >= v) || (strcmp(op, "le") == 0 && x <= v) ||
           (strcmp(op, "lt") == 0 && x < v) || (strcmp(op, "gt") == 0 && x > v);
}

static bool matches_one(const struct reader *r, const json_t *term, size_t item)
{
    const char *op = json_string_value(json_array_get(term, 1));
    const json_t *value = json_array_get(term, 2);
    const char *have = cell_text(r, item, csv_column(&r->csv, json_string_value(json_array_get(term, 0))));
    int64_t x, v;
    if (strcmp(op, "in") == 0)
        return in_list(value, have);
    if (strcmp(op, "notna") == 0)
        return *have && strcmp(have, "NA") != 0;
    return decimal_text(have, &x) && decimal(json_number_value(value), &v) && compare(op, x, v);
}

static bool good_term(const json_t *term)
{
    static const char *const ops[] = {"in", "notna", "ge", "le", "lt", "gt"};
    const char *op = json_string_value(json_array_get(term, 1));
    if (!json_string_value(json_array_get(term, 0)) || !op)
        return false;
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
        if (strcmp(op, ops[i]) == 0)
            return true;
    return false;
}

/* Items that meet every term of "where"; all without one. */
static int matching(const struct reader *r, const json_t *constraint, struct requirement *ret)
{
    const json_t *where = json_object_get(constraint, "where");
    uint32_t *item = arena_array(r->p->arena, r->p->n_items + 1, sizeof *item);
    size_t i;
    json_t *term;
    if (where && !json_is_array(where))
        return bad(r, _("where is not a list"));
    json_array_foreach(where, i, term)
        if (!good_term(term))
            return bad(r, _("a term of where is not [attribute, operator, value]"));
    for (size_t k = 0; k < r->p->n_items; k++) {
        bool all = true;
        json_array_foreach(where, i, term)
            all = all && matches_one(r, term, k);
        if (all)
            item[ret->n++] = (uint32_t)k;
    }
    ret->item = item;
    return 0;
}

static int bound(const struct reader *r, const json_t *constraint, const char *name, int64_t unit, int64_t open, int64_t *ret)
{
    const json_t *v = json_object_get(constraint, name);
    int64_t x;
    *ret = open;
    if (!v || json_is_null(v))
        return 0;
    if (!json_is_number(v) || !decimal(json_number_value(v), &x))
        return bad(r, _("a bound is not a number"));
    *ret = unit == UNIT ? x : open == OPEN_LO ? (x + UNIT - 1) / UNIT : x / UNIT;
    return 0;
}

static int bounds(const struct reader *r, const json_t *c, struct requirement *q)
{
    int status = bound(r, c, "lo", q->unit, OPEN_LO, &q->lo);
    return status < 0 ? status : bound(r, c, "hi", q->unit, OPEN_HI, &q->hi);
}

static int take_values(const struct reader *r, const char *attr, int64_t *coef, const uint32_t *item, size_t n)
{
    int column = attr ? csv_column(&r->csv, attr) : -1;
    if (column < 0)
        return bad(r, _("items.csv has no column of that attribute"));
    for (size_t k = 0; k < n; k++)
        if (!decimal_text(cell_text(r, item ? item[k] : k, column), &coef[k]))
            return err_set(r->e, ERR_DATA, r->csv_path, _("line %u: %s is not a number"),
                           r->csv.row[(item ? item[k] : k) + 1].line, attr);
    return 0;
}

static int read_linear(const struct reader *r, const json_t *c, struct requirement *q, bool sum)
{
    int status = matching(r, c, q);
    q->kind = REQUIRE_LINEAR;
    q->unit = sum ? UNIT : 1;
    if (status == 0)
        status = bounds(r, c, q);
    if (status == 0 && sum) {
        int64_t *coef = arena_array(r->p->arena, q->n + 1, sizeof *coef);
        q->coef = coef;
        status = take_values(r, json_string_value(json_object_get(c, "attr")), coef, q->item, q->n);
    }
    return status;
}

static size_t item_of(const struct reader *r, const char *id)
{
    size_t lo = 0, hi = r->p->n_items;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (strcmp(r->p->id[r->by_id[mid]], id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < r->p->n_items && strcmp(r->p->id[r->by_id[lo]], id) == 0 ? r->by_id[lo] : r->p->n_items;
}

static int by_number(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static int read_items(const struct reader *r, const json_t *c, struct requirement *q, enum requirement_kind kind)
{
    const json_t *list = json_object_get(c, "items");
    uint32_t *item = arena_array(r->p->arena, json_array_size(list) + 1, sizeof *item);
    size_t i;
    json_t *v;
    json_array_foreach(list, i, v) {
        const char *id = json_string_value(v);
        size_t k = id ? item_of(r, id) : r->p->n_items;
        if (k == r->p->n_items)
            return bad(r, _("names an item that items.csv does not have"));
        item[q->n++] = (uint32_t)k;
    }
    qsort(item, q->n, sizeof *item, by_number);
    q->kind = kind;
    q->item = item;
    q->hi = 1;
    return 0;
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = words; *p;) {
        size_t len = strcspn(p, " ");
        if (len == n && strncmp(p, word, n) == 0)
            return true;
        p += len;
        p += strspn(p, " ");
    }
    return false;
}

static int read_cover(const struct reader *r, const json_t *c, struct requirement *q)
{
    const json_t *values = json_object_get(c, "values");
    const char *attr = json_string_value(json_object_get(c, "attr"));
    int column = attr ? csv_column(&r->csv, attr) : -1;
    size_t n = json_array_size(values), room = 0;
    if (column < 0 || n == 0)
        return bad(r, _("cover needs values and an attribute that items.csv has"));
    uint32_t *item = mem_grow(NULL, 1, sizeof *item), *group = mem_grow(NULL, 1, sizeof *group);
    for (size_t k = 0; k < r->p->n_items; k++)
        for (size_t g = 0; g < n; g++) {
            const char *word = json_string_value(json_array_get(values, g));
            if (!word || !has_word(cell_text(r, k, column), word))
                continue;
            if (q->n == room) {
                room = room ? 2 * room : 256;
                item = mem_grow(item, room, sizeof *item);
                group = mem_grow(group, room, sizeof *group);
            }
            item[q->n] = (uint32_t)k;
            group[q->n++] = (uint32_t)g;
        }
    q->kind = REQUIRE_COVER;
    q->n_groups = n;
    q->lo = json_integer_value(json_object_get(c, "min_covered"));
    q->hi = OPEN_HI;
    q->item = arena_copy(r->p->arena, item, q->n * sizeof *item);
    q->group = arena_copy(r->p->arena, group, q->n * sizeof *group);
    free(item);
    free(group);
    return 0;
}

static int read_use(const struct reader *r, const json_t *c, struct requirement *q, enum requirement_kind kind, bool exact)
{
    const json_t *value = json_object_get(c, "value");
    uint32_t *item = arena_array(r->p->arena, r->p->n_items + 1, sizeof *item);
    if (!json_is_integer(value))
        return bad(r, _("value is not a whole number"));
    for (size_t k = 0; k < r->p->n_items; k++)
        item[k] = (uint32_t)k;
    q->kind = kind;
    q->item = item;
    q->n = r->p->n_items;
    q->hi = json_integer_value(value);
    q->lo = exact ? q->hi : 0;
    return 0;
}

static int read_kind(const struct reader *r, const char *kind, const json_t *c, struct requirement *q)
{
    if (strcmp(kind, "count") == 0 || strcmp(kind, "sum") == 0)
        return read_linear(r, c, q, *kind == 's');
    if (strcmp(kind, "enemy") == 0)
        return read_items(r, c, q, REQUIRE_AT_MOST_ONE);
    if (strcmp(kind, "all_or_none") == 0)
        return read_items(r, c, q, REQUIRE_ALL_OR_NONE);
    if (strcmp(kind, "include") == 0 || strcmp(kind, "exclude") == 0) {
        q->kind = *kind == 'i' ? REQUIRE_INCLUDE : REQUIRE_EXCLUDE;
        return matching(r, c, q);
    }
    if (strcmp(kind, "n_stimuli") == 0 || strcmp(kind, "items_per_stimulus") == 0) {
        q->kind = *kind == 'n' ? REQUIRE_STIMULI : REQUIRE_PER_STIMULUS;
        return bounds(r, c, q);
    }
    if (strcmp(kind, "cover") == 0)
        return read_cover(r, c, q);
    if (strcmp(kind, "max_use") == 0 || strcmp(kind, "exact_use") == 0)
        return read_use(r, c, q, REQUIRE_USE, *kind == 'e');
    if (strcmp(kind, "max_stimulus_use") == 0)
        return read_use(r, c, q, REQUIRE_STIMULUS_USE, false);
    if (strcmp(kind, "max_overlap") == 0)
        return read_use(r, c, q, REQUIRE_OVERLAP, false);
    return bad(r, _("this kind of constraint is not known"));
}

static int read_constraint(struct reader *r, const json_t *c)
{
    const char *id = json_string_value(json_object_get(c, "id"));
    const char *kind = json_string_value(json_object_get(c, "kind"));
    r->id = id ? arena_strdup(r->p->arena, id) : "?";
    struct requirement q = {.id = r->id, .unit = 1};
    if (!kind)
        return bad(r, _("a constraint without kind"));
    int status = read_kind(r, kind, c, &q);
    q.words = arena_printf(r->p->arena, "%s (%s)", r->id, kind);
    if (status == 0)
        problem_require(r->p, &q);
    return status;
}

/* Weights as thousandths; the sum of weighted rows becomes one row. */
static int sum_rows(struct reader *r, struct objective_row *row, size_t n)
{
    bool whole = true;
    int64_t *coef = arena_array(r->p->arena, r->p->n_items + 1, sizeof *coef);
    for (size_t k = 0; k < n; k++)
        whole = whole && row[k].weight % 1000 == 0;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < r->p->n_items; i++)
            coef[i] += row[k].coef[i] * (whole ? row[k].weight / 1000 : row[k].weight);
    r->p->objective_unit = whole ? UNIT : UNIT * 1000;
    row[0] = (struct objective_row){.coef = coef, .weight = 1000};
    r->p->n_rows = 1;
    return 0;
}

static int read_row(const struct reader *r, const char *attr, const json_t *weight, const json_t *target,
                    struct objective_row *row)
{
    int64_t *coef = arena_array(r->p->arena, r->p->n_items + 1, sizeof *coef), w = UNIT, t = 0;
    if ((weight && !decimal(json_number_value(weight), &w)) || (target && !decimal(json_number_value(target), &t)))
        return bad(r, _("weights and targets are numbers"));
    if (w % (UNIT / 1000) != 0 || w <= 0)
        return bad(r, _("weights are above zero and have at most three decimals"));
    *row = (struct objective_row){.coef = coef, .weight = w / (UNIT / 1000), .target = t};
    return take_values(r, attr, coef, NULL, r->p->n_items);
}

static int read_objective(struct reader *r, const json_t *o)
{
    const char *type = json_string_value(json_object_get(o, "type"));
    const json_t *theta = json_object_get(o, "theta"), *weights = json_object_get(o, "weights");
    const json_t *target = json_object_get(o, "target");
    bool attr = type && strcmp(type, "minimax_attr") == 0;
    size_t n = attr ? 1 : json_array_size(theta);
    int status = 0;
    r->id = "objective";
    if (!type || n == 0)
        return bad(r, _("needs a type and theta or attr"));
    r->p->row = arena_array(r->p->arena, n, sizeof *r->p->row);
    r->p->n_rows = n;
    r->p->objective_unit = UNIT;
    for (size_t k = 0; status == 0 && k < n; k++) {
        char column[64];
        snprintf(column, sizeof column, "info_%g", json_number_value(json_array_get(theta, k)));
        status = read_row(r, attr ? json_string_value(json_object_get(o, "attr")) : column,
                          weights ? json_array_get(weights, k) : NULL,
                          json_is_array(target) ? json_array_get(target, k) : target, &r->p->row[k]);
    }
    if (status < 0)
        return status;
    if (strcmp(type, "max_sum") == 0) {
        r->p->objective = OBJECTIVE_MAX_SUM;
        return sum_rows(r, r->p->row, n);
    }
    r->p->objective = strcmp(type, "maximin") == 0 ? OBJECTIVE_MAXIMIN : OBJECTIVE_MINIMAX_DEV;
    return attr || strcmp(type, "maximin") == 0 || strcmp(type, "minimax_dev") == 0
               ? 0 : bad(r, _("this type is not known"));
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
        p->id[i] = cell_text(r, i, column);
        r->by_id[i] = i;
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
        list[i] = (struct named){cell_text(r, i, column), i};
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
    int status = number_items(r, column);
    if (status < 0)
        return status;
    number_stimuli(r);
    status = read_objective(r, json_object_get(root, "objective"));
    json_array_foreach(constraints, i, c) {
        if (status == 0)
            status = read_constraint(r, c);
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
            r = bad(&reader, _("forms is not a whole number from 1 to 1000"));
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
