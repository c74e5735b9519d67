/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/program-internal.h"

typedef void rule_fn(struct run *r, const struct rule *rule);

struct rule {
    rule_fn *run;
    const struct xml_node *n;
    size_t index;            /* of the variable it sets, or SIZE_MAX */
    struct expr *value;      /* its expression or condition; NULL: none */
    struct rule_list child;  /* rules of a branch, branches of a condition */
    const struct mapping *m; /* lookupOutcomeValue */
};

static struct value value_of_rule(struct run *r, const struct rule *rule)
{
    return rule->value ? expr_value(r, rule->value) : value_null();
}

static struct value converted(struct run *r, const struct rule *rule, const struct value *value)
{
    const struct scope_variable *v = &r->scope->variable[rule->index];
    if (value->n > 1 && !run_space(r, rule->n, value->n))
        return value_null();
    struct value as = value_as(r->arena, value, v->base);
    if (v->cardinality == CARDINALITY_MULTIPLE || v->cardinality == CARDINALITY_ORDERED)
        as.cardinality = v->cardinality;
    return as;
}

static void key(struct run *r, const struct rule *rule)
{
    if (r->seed.n && r->scope->variable[rule->index].declaration)
        run_key(r, r->scope->variable[rule->index].identifier, ++r->variable[rule->index].assigned);
}

static void set_value(struct run *r, const struct rule *rule)
{
    struct value value = value_of_rule(r, rule);
    if (!r->failed)
        r->variable[rule->index].value = converted(r, rule, &value);
}

static void set_drawn(struct run *r, const struct rule *rule)
{
    key(r, rule);
    set_value(r, rule);
}

static void set_correct(struct run *r, const struct rule *rule)
{
    key(r, rule);
    struct value value = value_of_rule(r, rule);
    if (!r->failed)
        r->variable[rule->index].correct = converted(r, rule, &value);
}

/* With an expression, of template processing: the default becomes its value. Without one: back to the
 * default. */
static void set_default(struct run *r, const struct rule *rule)
{
    struct run_variable *v = &r->variable[rule->index];
    key(r, rule);
    struct value value = value_of_rule(r, rule);
    if (r->failed)
        return;
    if (rule->value)
        v->initial = converted(r, rule, &value);
    v->value = v->initial;
}

static void look_up(struct run *r, const struct rule *rule)
{
    struct value value = value_of_rule(r, rule);
    if (r->failed)
        return;
    if (!mapping_has_table(rule->m)) {
        run_fail(r, rule->n, _("%s has no table to look up in"), r->scope->variable[rule->index].identifier);
        return;
    }
    r->variable[rule->index].value = mapping_look_up(rule->m, &value);
}

/* The first branch whose condition holds, or that has none. */
static void run_condition(struct run *r, const struct rule *rule)
{
    for (size_t i = 0; i < rule->child.n && !r->failed; i++) {
        const struct rule *branch = &rule->child.rule[i];
        struct value v = value_of_rule(r, branch);
        if (r->failed || (branch->value && !value_is_true(&v)))
            continue;
        rules_run(r, &branch->child);
        return;
    }
}

static void run_fragment(struct run *r, const struct rule *rule)
{
    rules_run(r, &rule->child);
}

static void leave(struct run *r, const struct rule *rule)
{
    (void)rule;
    r->left = true;
}

/* A constraint that does not hold starts template processing again; in the last attempt the defaults must do.
 */
static void constrain(struct run *r, const struct rule *rule)
{
    struct value v = value_of_rule(r, rule);
    if (r->failed || value_is_true(&v))
        return;
    if (r->last)
        run_restart(r);
    else
        r->retry = r->left = true;
}

static void fault(struct run *r, const struct rule *rule)
{
    value_of_rule(r, rule);
}

void rules_run(struct run *r, const struct rule_list *rules)
{
    for (size_t i = 0; i < rules->n && !r->failed && !r->left; i++)
        rules->rule[i].run(r, &rules->rule[i]);
}

enum shape_of_rule { SETS, LOOKS_UP, HOLDS_BRANCHES, HOLDS_RULES, ASKS, BARE };

static const struct rule_row {
    const char *name;
    enum shape_of_rule shape;
    rule_fn *run;
} rows[] = {
    {"setOutcomeValue", SETS, set_value},
    {"setResponseValue", SETS, set_value},
    {"setTemplateValue", SETS, set_drawn},
    {"setCorrectResponse", SETS, set_correct},
    {"setDefaultValue", SETS, set_default},
    {"lookupOutcomeValue", LOOKS_UP, look_up},
    {"responseCondition", HOLDS_BRANCHES, run_condition},
    {"templateCondition", HOLDS_BRANCHES, run_condition},
    {"outcomeCondition", HOLDS_BRANCHES, run_condition},
    {"responseProcessingFragment", HOLDS_RULES, run_fragment},
    {"outcomeProcessingFragment", HOLDS_RULES, run_fragment},
    {"templateConstraint", ASKS, constrain},
    {"exitResponse", BARE, leave},
    {"exitTemplate", BARE, leave},
    {"exitTest", BARE, leave},
};

/* As a rule that fails when it is reached. */
static void refuse(struct compiler *c, struct rule *rule, const char *what)
{
    rule->run = fault;
    rule->value = arena_alloc(c->arena, sizeof *rule->value);
    *rule->value = (struct expr){.n = rule->n};
    compile_fault(c, rule->value, "%s", what);
}

static void compile_value(struct compiler *c, struct rule *rule)
{
    const struct xml_node *first = xml_first_element(rule->n);
    if (!first)
        return;
    rule->value = arena_alloc(c->arena, sizeof *rule->value);
    compile_expression(c, first, rule->value);
}

static void compile_target(struct compiler *c, struct rule *rule, bool with_table)
{
    struct expr named = {.n = rule->n};
    if (!compile_named(c, &named)) {
        const char *id = xml_attr(c->scope->doc, rule->n, "identifier");
        refuse(c, rule,
               arena_printf(c->arena, _("<%s> names \"%.60s\", which is not declared"), xml_name(rule->n),
                            id ? id : ""));
        return;
    }
    rule->index = named.index;
    if (with_table)
        rule->m = compile_mapping(c, rule->index);
    compile_value(c, rule);
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

/* responseIf, responseElseIf: a condition, then rules; responseElse: rules. */
static void compile_branch(struct compiler *c, const struct xml_node *n, struct rule *branch)
{
    const struct xml_node *first = xml_first_element(n);
    *branch = (struct rule){.n = n, .index = SIZE_MAX};
    if (ends_with(xml_name(n), "If") && first) {
        compile_value(c, branch);
        first = xml_next_element(first);
    }
    branch->child = compile_rules(c, n, first);
}

static void compile_branches(struct compiler *c, struct rule *rule)
{
    for (const struct xml_node *n = xml_first_element(rule->n); n; n = xml_next_element(n))
        rule->child.n++;
    rule->child.rule = arena_array(c->arena, rule->child.n, sizeof *rule->child.rule);
    size_t i = 0;
    for (const struct xml_node *n = xml_first_element(rule->n); n; n = xml_next_element(n))
        compile_branch(c, n, &rule->child.rule[i++]);
}

static void compile_rule(struct compiler *c, const struct xml_node *n, struct rule *rule)
{
    const struct rule_row *row = NULL;
    *rule = (struct rule){.n = n, .index = SIZE_MAX};
    for (size_t i = 0; i < sizeof rows / sizeof *rows && !row; i++)
        row = xml_named(n, rows[i].name) ? &rows[i] : NULL;
    if (!row) {
        refuse(c, rule, arena_printf(c->arena, _("<%.60s> is not a rule that is known"), xml_name(n)));
        return;
    }
    rule->run = row->run;
    if (row->shape == SETS || row->shape == LOOKS_UP)
        compile_target(c, rule, row->shape == LOOKS_UP);
    else if (row->shape == HOLDS_BRANCHES)
        compile_branches(c, rule);
    else if (row->shape == HOLDS_RULES)
        rule->child = compile_rules(c, n, xml_first_element(n));
    else if (row->shape == ASKS)
        compile_value(c, rule);
}

struct rule_list compile_rules(struct compiler *c, const struct xml_node *parent,
                               const struct xml_node *first)
{
    struct rule_list list = {0};
    for (const struct xml_node *n = first; n; n = xml_next_element(n))
        list.n++;
    list.rule = arena_array(c->arena, list.n ? list.n : 1, sizeof *list.rule);
    if (c->depth >= PROGRAM_MAX_DEPTH) {
        list.n = 1;
        list.rule[0] = (struct rule){.n = parent, .index = SIZE_MAX};
        refuse(c, &list.rule[0], _("the rules need more steps than the limit"));
        return list;
    }
    size_t i = 0;
    c->depth++;
    for (const struct xml_node *n = first; n; n = xml_next_element(n))
        compile_rule(c, n, &list.rule[i++]);
    c->depth--;
    return list;
}
