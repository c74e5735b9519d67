/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that look at the whole test: identifiers, targets of branches, counts of selections,
 * references. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/operators.h"
#include "paperbank/test/test-internal.h"

static int by_identifier(const void *a, const void *b)
{
    const struct test_node *x = *(struct test_node *const *)a, *y = *(struct test_node *const *)b;
    int order = strcmp(x->identifier, y->identifier);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void check_identifiers(struct test *t)
{
    struct test_node **sorted = t->sorted = arena_copy(t->arena, t->node, t->n_nodes * sizeof *sorted);
    qsort(sorted, t->n_nodes, sizeof *sorted, by_identifier);
    for (size_t i = 0; i < t->n_nodes; i++) {
        const struct test_node *n = sorted[i];
        if (i > 0 && *n->identifier && strcmp(sorted[i - 1]->identifier, n->identifier) == 0)
            test_problem(t, n->doc, n->line, _("the identifier %.80s is there twice; first in line %u"),
                         n->identifier, sorted[i - 1]->line);
        if (strchr(n->identifier, '.') && n->kind == TEST_ITEM)
            test_problem(t, n->doc, n->line,
                         _("the identifier %.80s holds a dot, which divides item from variable"),
                         n->identifier);
    }
}

static void check_branch(struct test *t, const struct test_node *n, struct test_branch *b)
{
    if (b->to != TARGET_NODE) {
        if (n->kind == TEST_PART && b->to != TARGET_EXIT_TEST)
            test_problem(t, n->doc, b->when.line, _("a testPart cannot branch to %s"), b->target);
        return;
    }
    if (!*b->target)
        return;
    b->node = test_find(t, b->target);
    if (!b->node)
        test_problem(t, n->doc, b->when.line, _("branchRule leads to \"%.80s\", which is not in this test"),
                     b->target);
    else if (b->node->order < n->end)
        test_problem(t, n->doc, b->when.line,
                     _("branchRule of %.80s leads to %.80s, which does not come after it"), n->identifier,
                     b->target);
    else if (n->kind == TEST_PART ? b->node->kind != TEST_PART : test_part_of(b->node) != test_part_of(n))
        test_problem(t, n->doc, b->when.line,
                     n->kind == TEST_PART ? _("a testPart branches to testParts only, and %.80s is none")
                                          : _("branchRule leads to %.80s in another testPart"),
                     b->target);
    else
        return;
    b->node = NULL;
}

static void check_selection(struct test *t, const struct test_node *n)
{
    int64_t children = 0, required = 0;
    for (const struct test_node *c = n->child; c; c = c->next) {
        children++;
        required += c->required;
    }
    if (!n->selects)
        return;
    if (!n->with_replacement && n->select > children)
        test_problem(t, n->doc, n->line, _("section %.80s selects %lld of %lld"), n->identifier,
                     (long long)n->select, (long long)children);
    if (required > n->select)
        test_problem(t, n->doc, n->line, _("section %.80s selects %lld, but %lld are required"),
                     n->identifier, (long long)n->select, (long long)required);
    if (children == 0 && n->select > 0)
        test_problem(t, n->doc, n->line, _("section %.80s selects, but is empty"), n->identifier);
}

static const char *const test_expressions[] = {
    "testVariables",   "outcomeMaximum",  "outcomeMinimum",  "numberCorrect",
    "numberIncorrect", "numberResponded", "numberPresented", "numberSelected",
};
static const char *const rules[] = {
    "outcomeCondition", "outcomeIf",          "outcomeElseIf", "outcomeElse",
    "setOutcomeValue",  "lookupOutcomeValue", "exitTest",      "outcomeProcessingFragment",
};

static bool among(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_expression(const char *name)
{
    const char *known;
    for (size_t i = 0; (known = operator_expression(i)); i++)
        if (strcmp(known, name) == 0)
            return true;
    return among(test_expressions, sizeof test_expressions / sizeof *test_expressions, name);
}

/* "ITEM.VARIABLE", "ITEM.2.VARIABLE", an outcome of the test, or the duration of a part, a section
 * or the test. */
static bool is_variable(const struct test *t, const char *identifier)
{
    const char *dot = strchr(identifier, '.');
    if (!dot)
        return strcmp(identifier, "duration") == 0 || item_find(t->scope, DECLARED_OUTCOME, identifier);
    char *first = arena_strndup(t->arena, identifier, (size_t)(dot - identifier));
    const struct test_node *n = test_find(t, first);
    if (!n)
        return strcmp(first, t->identifier) == 0 && strcmp(dot, ".duration") == 0;
    return n->kind == TEST_ITEM || strcmp(dot, ".duration") == 0;
}

static void check_names(struct test *t, const struct xml_doc *doc, const struct xml_node *n)
{
    const char *id = xml_attr(doc, n, "identifier");
    if (xml_named(n, "variable") && (!id || !is_variable(t, id)))
        test_problem(t, doc, xml_line(n), _("<variable> names \"%.80s\", which this test does not have"),
                     id ? id : "");
    if ((xml_named(n, "setOutcomeValue") || xml_named(n, "lookupOutcomeValue")) &&
        (!id || !item_find(t->scope, DECLARED_OUTCOME, id)))
        test_problem(t, doc, xml_line(n), _("<%s> names \"%.80s\", which is not declared"), xml_name(n),
                     id ? id : "");
}

static void check_expression(struct test *t, const struct xml_doc *doc, const struct xml_node *n)
{
    if (!is_expression(xml_name(n)))
        test_problem(t, doc, xml_line(n), _("<%.60s> is no expression"), xml_name(n));
    check_names(t, doc, n);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        check_expression(t, doc, c);
}

static void check_when(struct test *t, const struct test_expression *x)
{
    if (x->node)
        check_expression(t, x->doc, x->node);
}

static void check_rules(struct test *t, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n)) {
        if (!among(rules, sizeof rules / sizeof *rules, xml_name(n))) {
            if (strcmp(xml_ns(n), xml_ns(parent)) == 0 && strcmp(xml_name(n), "include") != 0)
                check_expression(t, t->doc, n);
            continue;
        }
        check_names(t, t->doc, n);
        check_rules(t, n);
    }
}

static void check_item(struct test *t, const struct test_node *n, const struct test_source *source)
{
    if (source && source->exists && *n->href && !source->exists(source->context, n->href))
        test_problem(t, n->doc, n->line, _("href=\"%.120s\" leads to no file"), n->href);
    if (n->n_weights > TEST_MAX_WEIGHTS)
        test_problem(t, n->doc, n->line, _("more than %d weights"), TEST_MAX_WEIGHTS);
    for (size_t i = 0; i < n->n_weights && i < TEST_MAX_WEIGHTS; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(n->weight[i].identifier, n->weight[k].identifier) == 0)
                test_problem(t, n->doc, n->line, _("the weight %.60s is there twice"),
                             n->weight[i].identifier);
    for (size_t i = 0; i < n->n_defaults; i++)
        check_when(t, &n->defaults[i].value);
}

static void check_node(struct test *t, struct test_node *n, const struct test_source *source)
{
    for (size_t i = 0; i < n->n_preconditions; i++)
        check_when(t, &n->precondition[i]);
    for (size_t i = 0; i < n->n_branches; i++) {
        check_when(t, &n->branch[i].when);
        check_branch(t, n, &n->branch[i]);
    }
    if (n->kind == TEST_SECTION)
        check_selection(t, n);
    if (n->kind == TEST_ITEM)
        check_item(t, n, source);
    if (n->kind == TEST_PART && !n->child)
        test_problem(t, n->doc, n->line, _("testPart %.80s is empty"), n->identifier);
}

void test_check(struct test *t, const struct test_source *source)
{
    if (!t->part)
        test_problem(t, t->doc, xml_line(xml_root(t->doc)), _("the test has no testPart"));
    check_identifiers(t);
    for (size_t i = 0; i < t->n_nodes; i++)
        check_node(t, t->node[i], source);
    if (t->outcome_processing)
        check_rules(t, t->outcome_processing);
}
