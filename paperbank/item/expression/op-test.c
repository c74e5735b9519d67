/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions over the items of a test: read here, answered by whoever runs the test. */
#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

static struct value op_query(struct run *r, const struct expr *x, const struct value *arg)
{
    (void)arg;
    return r->scope->test->query(r->context, x->data, r->arena);
}

static void prepare_query(struct compiler *c, struct expr *x)
{
    static const char *const names[] = {
        [TEST_VARIABLES] = "testVariables",          [TEST_OUTCOME_MINIMUM] = "outcomeMinimum",
        [TEST_OUTCOME_MAXIMUM] = "outcomeMaximum",   [TEST_NUMBER_CORRECT] = "numberCorrect",
        [TEST_NUMBER_INCORRECT] = "numberIncorrect", [TEST_NUMBER_PRESENTED] = "numberPresented",
        [TEST_NUMBER_RESPONDED] = "numberResponded", [TEST_NUMBER_SELECTED] = "numberSelected",
    };
    const char *variable = compile_attr(c, x, "variableIdentifier");
    struct test_query q = {.variable = variable ? variable : compile_attr(c, x, "outcomeIdentifier"),
                           .weight = compile_attr(c, x, "weightIdentifier"),
                           .section = compile_attr(c, x, "sectionIdentifier"),
                           .include = compile_attr(c, x, "includeCategory"),
                           .exclude = compile_attr(c, x, "excludeCategory"),
                           .base = item_base_named(compile_attr(c, x, "baseType"))};
    while (!xml_named(x->n, names[q.what]))
        q.what++;
    if (!c->scope->test)
        compile_fault(c, x, _("<%.60s> asks about a test, and this is an item"), xml_name(x->n));
    else
        x->data = arena_copy(c->arena, &q, sizeof q);
}

const struct operator_row test_operators[] = {
    {.name = "testVariables", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "outcomeMinimum", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "outcomeMaximum", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "numberCorrect", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "numberIncorrect", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "numberPresented", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "numberResponded", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {.name = "numberSelected", .min = 0, .max = 0, .run = op_query, .prepare = prepare_query},
    {0},
};
