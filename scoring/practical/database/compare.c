/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scoring/practical/database/kinds.h"

struct comparing {
    const struct private_result *x, *key;
    const size_t *column; /* of x, for each column of the key */
    double tolerance;
};

static const struct private_cell *at(const struct private_result *r, size_t row, size_t column)
{
    return &r->cell[row * r->n_columns + column];
}

static bool is_number(const struct private_cell *c)
{
    return c->kind == 'i' || c->kind == 'r';
}

/* NULL equals NULL and nothing else; a number in a text is a text. */
static bool equal_cells(const struct private_cell *x, const struct private_cell *y, double tolerance)
{
    if (is_number(x) && is_number(y)) {
        double d = x->real - y->real;
        if (x->kind == 'i' && y->kind == 'i' && tolerance == 0)
            return x->integer == y->integer;
        return d <= tolerance && d >= -tolerance;
    }
    return x->kind == y->kind && (x->kind == 'n' || strcmp(x->text, y->text) == 0);
}

static bool equal_rows(const struct comparing *c, size_t row, size_t key_row)
{
    for (size_t i = 0; i < c->key->n_columns; i++)
        if (!equal_cells(at(c->x, row, c->column[i]), at(c->key, key_row, i), c->tolerance))
            return false;
    return true;
}

/* Finds a column for each of the key's; false where one is missing. */
static bool find_columns(const struct private_result *x, const struct private_result *key, bool by_name,
                         size_t *column)
{
    for (size_t i = 0; i < key->n_columns; i++) {
        size_t k = i;
        if (by_name)
            for (k = 0; k < x->n_columns && ascii_casecmp(x->column[k], key->column[i]) != 0;)
                k++;
        if (k >= x->n_columns)
            return false;
        column[i] = k;
    }
    return true;
}

static const char *differ_in_order(const struct comparing *c, struct arena *a)
{
    for (size_t i = 0; i < c->key->n_rows; i++)
        if (!equal_rows(c, i, i))
            return arena_printf(a, "row %zu is %s", i + 1, database_row_text(c->x, i, -1, a));
    return NULL;
}

static int kind_order(const struct private_cell *c)
{
    return c->kind == 'n' ? 0 : is_number(c) ? 1 : c->kind == 't' ? 2 : 3;
}

static int order_cells(const struct private_cell *x, const struct private_cell *y)
{
    int order = kind_order(x) - kind_order(y);
    if (order || x->kind == 'n')
        return order;
    if (is_number(x))
        return (x->real > y->real) - (x->real < y->real);
    return strcmp(x->text, y->text);
}

struct sortable {
    const struct private_result *r;
    const size_t *column; /* NULL: as they stand */
    size_t n_columns, row;
};

static int order_rows(const void *p, const void *q)
{
    const struct sortable *x = p, *y = q;
    int order = 0;
    for (size_t i = 0; i < x->n_columns && order == 0; i++) {
        size_t column = x->column ? x->column[i] : i;
        order = order_cells(at(x->r, x->row, column), at(y->r, y->row, column));
    }
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

static struct sortable *sorted(const struct private_result *r, const size_t *column, size_t n_columns,
                               struct arena *a)
{
    struct sortable *s = arena_array(a, r->n_rows, sizeof *s);
    for (size_t i = 0; i < r->n_rows; i++)
        s[i] = (struct sortable){.r = r, .column = column, .n_columns = n_columns, .row = i};
    if (r->n_rows)
        qsort(s, r->n_rows, sizeof *s, order_rows);
    return s;
}

enum { PAIRING_MAX = 1000 };

/* Each row of the key takes the first equal one that is left: exact whatever the tolerance does to an order.
 * Above a thousand rows both are sorted and held against each other in that order. */
static const char *differ_in_any_order(const struct comparing *c, struct arena *a)
{
    struct sortable *x = sorted(c->x, c->column, c->key->n_columns, a);
    struct sortable *key = sorted(c->key, NULL, c->key->n_columns, a);
    bool *used = arena_array(a, c->x->n_rows, sizeof *used);
    for (size_t i = 0; i < c->key->n_rows; i++) {
        size_t k = i, end = i + 1;
        if (c->key->n_rows <= PAIRING_MAX) {
            k = 0;
            end = c->x->n_rows;
        }
        while (k < end && (used[k] || !equal_rows(c, x[k].row, key[i].row)))
            k++;
        if (k == end)
            return arena_printf(a, "no row is %s", database_row_text(c->key, key[i].row, -1, a));
        used[k] = true;
    }
    return NULL;
}

const char *results_differ(const struct private_result *x, const struct private_result *key,
                           const struct result_terms *terms, struct arena *a)
{
    size_t *column = arena_array(a, key->n_columns, sizeof *column);
    struct comparing c = {.x = x, .key = key, .column = column, .tolerance = terms->tolerance};
    if (x->n_columns != key->n_columns)
        return arena_printf(a, "%zu columns in place of %zu", x->n_columns, key->n_columns);
    if (!find_columns(x, key, terms->columns_by_name, column))
        return "columns of other names";
    if (x->n_rows != key->n_rows)
        return arena_printf(a, "%zu rows in place of %zu", x->n_rows, key->n_rows);
    return terms->ordered ? differ_in_order(&c, a) : differ_in_any_order(&c, a);
}
