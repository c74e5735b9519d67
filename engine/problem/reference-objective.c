/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/problem/reference-internal.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

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
    r->p->objective->unit = whole ? REFERENCE_UNIT : REFERENCE_UNIT * 1000;
    row[0] = (struct objective_row){.coef = coef, .weight = 1000};
    r->p->objective->n_rows = 1;
    return 0;
}

static int read_row(const struct reader *r, const char *attr, const json_t *weight, const json_t *target,
                    struct objective_row *row)
{
    int64_t *coef = arena_array(r->p->arena, r->p->n_items + 1, sizeof *coef), w = REFERENCE_UNIT, t = 0;
    if ((weight && !reference_decimal(json_number_value(weight), &w)) ||
        (target && !reference_decimal(json_number_value(target), &t)))
        return reference_bad(r, _("weights and targets are numbers"));
    if (w % (REFERENCE_UNIT / 1000) != 0 || w <= 0)
        return reference_bad(r, _("weights are above zero and have at most three decimals"));
    *row = (struct objective_row){.coef = coef, .weight = w / (REFERENCE_UNIT / 1000), .target = t};
    return reference_values(r, attr, coef, NULL, r->p->n_items);
}

/* One weight and one target for each theta, where they are wanted. */
static int check_lists(const struct reader *r, const char *type, const json_t *weights, const json_t *target,
                       size_t n)
{
    if (weights && json_array_size(weights) != n)
        return reference_bad(r, _("weights is not a list of as many as theta has"));
    if (strcmp(type, "minimax_attr") == 0)
        return json_is_number(target) ? 0 : reference_bad(r, _("target is not a number"));
    if (strcmp(type, "minimax_dev") == 0 && json_array_size(target) != n)
        return reference_bad(r, _("target is not a list of as many as theta has"));
    return 0;
}

int reference_objective(struct reader *r, const json_t *o)
{
    const char *type = json_string_value(json_object_get(o, "type"));
    const json_t *theta = json_object_get(o, "theta"), *weights = json_object_get(o, "weights");
    const json_t *target = json_object_get(o, "target");
    bool attr = type && strcmp(type, "minimax_attr") == 0;
    size_t n = attr ? 1 : json_array_size(theta);
    int status = 0;
    r->id = "objective";
    if (!type || n == 0)
        return reference_bad(r, _("needs a type and theta or attr"));
    status = check_lists(r, type, attr ? NULL : weights, target, n);
    r->p->objective->row = arena_array(r->p->arena, n, sizeof *r->p->objective->row);
    r->p->objective->n_rows = n;
    r->p->objective->unit = REFERENCE_UNIT;
    for (size_t k = 0; status == 0 && k < n; k++) {
        char column[64];
        snprintf(column, sizeof column, "info_%g", json_number_value(json_array_get(theta, k)));
        status =
            read_row(r, attr ? json_string_value(json_object_get(o, "attr")) : column,
                     !attr && weights ? json_array_get(weights, k) : NULL,
                     json_is_array(target) ? json_array_get(target, k) : target, &r->p->objective->row[k]);
    }
    if (status < 0)
        return status;
    if (strcmp(type, "max_sum") == 0) {
        r->p->objective->kind = OBJECTIVE_MAX_SUM;
        return sum_rows(r, r->p->objective->row, n);
    }
    r->p->objective->kind = strcmp(type, "maximin") == 0 ? OBJECTIVE_MAXIMIN : OBJECTIVE_MINIMAX_DEV;
    return attr || strcmp(type, "maximin") == 0 || strcmp(type, "minimax_dev") == 0
               ? 0
               : reference_bad(r, _("this type is not known"));
}
