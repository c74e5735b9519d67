/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/expression/expression-internal.h"

static struct variable *target(struct evaluation *ev, const struct xml_node *n)
{
    const char *id = xml_attr(ev->item->doc, n, "identifier");
    struct variable *v = id ? variable_find(ev, id) : NULL;
    if (!v)
        evaluate_fail(ev, n, _("<%s> names \"%.60s\", which is not declared"), xml_name(n), id ? id : "");
    return v;
}

static void assign(struct evaluation *ev, struct variable *v, struct value value)
{
    v->value = value_as(ev->arena, &value, v->base);
}

static void set_value(struct evaluation *ev, const struct xml_node *n)
{
    struct variable *v = target(ev, n);
    struct value value = evaluate_only(ev, n);
    if (v && !ev->failed)
        assign(ev, v, value);
}

static void set_correct(struct evaluation *ev, const struct xml_node *n)
{
    struct variable *v = target(ev, n);
    struct value value = evaluate_only(ev, n);
    if (v && !ev->failed)
        v->correct = value;
}

/* With an expression, of template processing: the default becomes its value. Without one: back to the
 * default. */
static void set_default(struct evaluation *ev, const struct xml_node *n)
{
    struct variable *v = target(ev, n);
    struct value value = evaluate_only(ev, n);
    if (!v || ev->failed)
        return;
    if (xml_first_element(n))
        v->initial = value_as(ev->arena, &value, v->base);
    v->value = v->initial;
}

static bool entry_fits(const struct item_lookup *t, const struct item_lookup_entry *entry, double source,
                       double x)
{
    if (!t->interpolation)
        return x == source;
    return entry->include_boundary ? x >= source : x > source;
}

static void lookup(struct evaluation *ev, const struct xml_node *n)
{
    struct variable *v = target(ev, n);
    struct value value = evaluate_only(ev, n);
    const struct item_lookup *t = v && v->declaration ? v->declaration->lookup : NULL;
    struct datum d;
    double x;
    if (!v || ev->failed)
        return;
    if (!t) {
        evaluate_fail(ev, n, _("%s has no table to look up in"), v->identifier);
        return;
    }
    const char *found = t->fallback;
    for (size_t i = 0; value_number(&value, &x) && i < t->n; i++)
        if (datum_parse(ev->arena, t->entry[i].source, BASE_FLOAT, &d) &&
            entry_fits(t, &t->entry[i], d.number, x)) {
            found = t->entry[i].target;
            break;
        }
    v->value = found && datum_parse(ev->arena, found, v->base, &d) ? value_of(ev->arena, d) : value_null();
}

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), k = strlen(end);
    return n >= k && strcmp(s + n - k, end) == 0;
}

/* A branch with a condition runs its rules behind that condition when it is true. */
static bool run_branch(struct evaluation *ev, const struct xml_node *branch)
{
    bool has_condition = ends_with(xml_name(branch), "If");
    const struct xml_node *condition = has_condition ? xml_first_element(branch) : NULL;
    if (condition) {
        struct value v = evaluate(ev, condition);
        if (ev->failed || !value_is_true(&v))
            return false;
    }
    run_rules(ev, branch);
    return true;
}

static void run_condition(struct evaluation *ev, const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first_element(n); c && !ev->failed; c = xml_next_element(c))
        if (run_branch(ev, c))
            return;
}

static void leave(struct evaluation *ev, const struct xml_node *n)
{
    (void)n;
    ev->left = true;
}

/* A constraint that does not hold starts template processing again. */
static void constrain(struct evaluation *ev, const struct xml_node *n)
{
    struct value v = evaluate_only(ev, n);
    if (!value_is_true(&v))
        ev->retry = ev->left = true;
}

static const struct {
    const char *name;
    void (*run)(struct evaluation *ev, const struct xml_node *n);
} rules[] = {
    {"setOutcomeValue", set_value},
    {"setResponseValue", set_value},
    {"setTemplateValue", set_value},
    {"setCorrectResponse", set_correct},
    {"setDefaultValue", set_default},
    {"lookupOutcomeValue", lookup},
    {"responseCondition", run_condition},
    {"templateCondition", run_condition},
    {"responseProcessingFragment", run_rules},
    {"templateConstraint", constrain},
    {"exitResponse", leave},
    {"exitTemplate", leave},
};

static void run_rule(struct evaluation *ev, const struct xml_node *n)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (xml_named(n, rules[i].name)) {
            rules[i].run(ev, n);
            return;
        }
    evaluate_fail(ev, n, _("<%.60s> is not a rule that is known"), xml_name(n));
}

void run_rules(struct evaluation *ev, const struct xml_node *parent)
{
    const struct xml_node *n = xml_first_element(parent);
    if (n && ends_with(xml_name(parent), "If"))
        n = xml_next_element(n);
    if (++ev->depth > EVALUATE_MAX_DEPTH)
        evaluate_fail(ev, parent, _("the rules need more steps than the limit"));
    for (; n && !ev->failed && !ev->left; n = xml_next_element(n))
        run_rule(ev, n);
    ev->depth--;
}

static void set_score(struct evaluation *ev, struct value value)
{
    struct variable *score = variable_find(ev, "SCORE");
    if (score)
        assign(ev, score, value);
}

static bool is_correct(const struct variable *response)
{
    return response->value.n && response->correct.n && value_equal(&response->value, &response->correct);
}

/* The standard templates (QTI 2.2, "Standard Response Processing Templates"), written out, and one of a
 * dialect. */
static void run_template(struct evaluation *ev, enum item_template_rules rules_named)
{
    struct variable *response = variable_find(ev, "RESPONSE");
    if (!response)
        evaluate_fail(ev, ev->item->response_processing,
                      _("the template needs a response declared as RESPONSE"));
    else if (rules_named == RULES_MATCH_CORRECT)
        set_score(ev, value_float(ev->arena, is_correct(response)));
    else if (rules_named == RULES_MATCH_NOTHING)
        set_score(ev, value_float(ev->arena, value_is_null(&response->value)));
    else if (value_is_null(&response->value))
        set_score(ev, value_float(ev->arena, 0));
    else
        set_score(ev, rules_named == RULES_MAP_RESPONSE ? map_response(ev, response)
                                                        : map_response_point(ev, response));
}

void run_response_processing(struct evaluation *ev)
{
    const struct xml_node *n = ev->item->response_processing;
    if (!n)
        return;
    if (ev->item->rules != RULES_CUSTOM)
        run_template(ev, ev->item->rules);
    else if (!xml_first_element(n) && xml_attr(ev->item->doc, n, "template"))
        evaluate_fail(ev, n, _("the response processing template \"%.100s\" is not known"),
                      xml_attr(ev->item->doc, n, "template"));
    else
        run_rules(ev, n);
}
