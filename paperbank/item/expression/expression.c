/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/expression/expression-internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

static const struct operator_row *const families[] = {
    logic_operators,  comparison_operators, arithmetic_operators, container_operators,
    string_operators, variable_operators,   inexact_operators,    dialect_operators,
};

const struct operator_row *operator_find(const char *name)
{
    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        for (const struct operator_row *row = families[f]; row->name; row++)
            if (strcmp(row->name, name) == 0)
                return row;
    return NULL;
}

struct value evaluate_fail(struct evaluation *ev, const struct xml_node *n, const char *fmt, ...)
{
    char what[256];
    va_list ap;
    if (ev->failed)
        return value_null();
    va_start(ap, fmt);
    if (vsnprintf(what, sizeof what, fmt, ap) < 0)
        what[0] = '\0';
    va_end(ap);
    xml_err(ev->e, ev->item->doc, n, "%s", what);
    ev->failed = true;
    return value_null();
}

struct datum *evaluate_space(struct evaluation *ev, const struct xml_node *n, size_t count)
{
    if (count > EVALUATE_MAX_VALUES || (ev->values += count) > 10u * EVALUATE_MAX_VALUES) {
        evaluate_fail(ev, n, _("more values than the limit"));
        return NULL;
    }
    return arena_array(ev->arena, count, sizeof(struct datum));
}

static size_t count_elements(const struct xml_node *n)
{
    size_t count = 0;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        count++;
    return count;
}

static struct value apply(struct evaluation *ev, const struct xml_node *n, const struct operator_row *row)
{
    size_t count = count_elements(n), i = 0;
    if (count < (size_t)row->min || (row->max >= 0 && count > (size_t)row->max))
        return evaluate_fail(ev, n, _("<%s> has %zu sub-expressions"), row->name, count);
    if (row->lazy)
        return row->run(ev, n, NULL, 0);
    struct value *arg = arena_array(ev->arena, count, sizeof *arg);
    for (const struct xml_node *c = xml_first_element(n); c && !ev->failed; c = xml_next_element(c))
        arg[i++] = evaluate(ev, c);
    return ev->failed ? value_null() : row->run(ev, n, arg, count);
}

struct value evaluate(struct evaluation *ev, const struct xml_node *n)
{
    const struct operator_row *row = operator_find(xml_name(n));
    if (ev->failed)
        return value_null();
    if (!row)
        return evaluate_fail(ev, n, _("<%.60s> is not an expression that is known"), xml_name(n));
    if (++ev->steps > EVALUATE_MAX_STEPS || ev->depth >= EVALUATE_MAX_DEPTH)
        return evaluate_fail(ev, n, _("the rules need more steps than the limit"));
    ev->depth++;
    struct value v = apply(ev, n, row);
    ev->depth--;
    return ev->failed ? value_null() : v;
}

struct value evaluate_only(struct evaluation *ev, const struct xml_node *rule)
{
    const struct xml_node *first = xml_first_element(rule);
    return first ? evaluate(ev, first) : value_null();
}

struct variable *variable_find(struct evaluation *ev, const char *identifier)
{
    for (size_t i = 0; i < ev->n_variables; i++)
        if (strcmp(ev->variable[i].identifier, identifier) == 0)
            return &ev->variable[i];
    return NULL;
}

bool attr_number(struct evaluation *ev, const struct xml_node *n, const char *name, double *ret)
{
    struct datum d;
    const char *text = xml_attr(ev->item->doc, n, name);
    if (!text)
        return false;
    if (datum_parse(ev->arena, text, BASE_FLOAT, &d)) {
        *ret = d.number;
        return true;
    }
    size_t length = strlen(text);
    bool braced = length > 2 && text[0] == '{' && text[length - 1] == '}';
    const struct variable *v =
        variable_find(ev, braced ? arena_strndup(ev->arena, text + 1, length - 2) : text);
    return v && value_number(&v->value, ret);
}

bool attr_integer(struct evaluation *ev, const struct xml_node *n, const char *name, int64_t *ret)
{
    double v;
    if (!attr_number(ev, n, name, &v) || !(fabs(v) < 1e15) || floor(v) != v)
        return false;
    *ret = (int64_t)v;
    return true;
}

bool attr_true(const struct evaluation *ev, const struct xml_node *n, const char *name, bool fallback)
{
    const char *v = xml_attr(ev->item->doc, n, name);
    return v ? strcmp(v, "true") == 0 || strcmp(v, "1") == 0 : fallback;
}
