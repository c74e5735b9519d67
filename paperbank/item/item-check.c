/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/i18n.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"

static bool is_built_in(const char *identifier)
{
    static const char *const names[] = {"completionStatus", "completion_status", "numAttempts", "duration",
                                        "QTI_CONTEXT"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], identifier) == 0)
            return true;
    return false;
}

static bool is_declared(const struct item *item, const char *identifier)
{
    return is_built_in(identifier) || item_find(item, DECLARED_RESPONSE, identifier) ||
           item_find(item, DECLARED_OUTCOME, identifier) || item_find(item, DECLARED_TEMPLATE, identifier);
}

static void check_declaration(struct item *item, size_t at)
{
    const struct item_declaration *d = &item->declaration[at];
    for (size_t i = 0; i < at; i++)
        if (strcmp(item->declaration[i].identifier, d->identifier) == 0) {
            item_problem(item, d->line, _("%s is declared twice"), d->identifier);
            break;
        }
    if (d->cardinality == CARDINALITY_SINGLE && d->n_correct > 1)
        item_problem(item, d->line, _("%s has cardinality single, but %zu correct values"), d->identifier,
                     d->n_correct);
    if (d->cardinality == CARDINALITY_SINGLE && d->n_initial > 1)
        item_problem(item, d->line, _("%s has cardinality single, but %zu default values"), d->identifier,
                     d->n_initial);
    for (size_t i = 0; i < d->n_correct; i++)
        if (!value_fits(d->correct[i].text, d->correct[i].base))
            item_problem(item, d->line, _("the correct value \"%.60s\" of %s does not fit its baseType"),
                         d->correct[i].text, d->identifier);
    for (size_t i = 0; i < d->n_initial; i++)
        if (!value_fits(d->initial[i].text, d->initial[i].base))
            item_problem(item, d->line, _("the default value \"%.60s\" of %s does not fit its baseType"),
                         d->initial[i].text, d->identifier);
    for (size_t i = 0; d->area && i < d->area->n; i++)
        if (!area_fits(d->area->area[i].shape, d->area->area[i].coords))
            item_problem(item, d->line, _("%s: \"%.60s\" are no coordinates of shape \"%.20s\""),
                         d->identifier, d->area->area[i].coords, d->area->area[i].shape);
    for (size_t i = 0; d->mapping && i < d->mapping->n; i++)
        if (!value_fits(d->mapping->entry[i].value, BASE_FLOAT))
            item_problem(item, d->line, _("mappedValue \"%.60s\" of %s is not a number"),
                         d->mapping->entry[i].value, d->identifier);
}

static void check_reference(struct item *item, const struct xml_node *n)
{
    static const char *const referring[] = {
        "variable",           "correct",          "default",
        "mapResponse",        "mapResponsePoint", "setOutcomeValue",
        "lookupOutcomeValue", "setResponseValue", "setTemplateValue",
        "setCorrectResponse", "setDefaultValue",
    };
    const char *id = xml_attr(item->doc, n, "identifier");
    for (size_t i = 0; i < sizeof referring / sizeof *referring; i++)
        if (xml_named(n, referring[i]) && (!id || !is_declared(item, id)))
            item_problem(item, xml_line(n), _("<%s> names \"%.60s\", which is not declared"), xml_name(n),
                         id ? id : "");
    if (!id)
        return;
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, id);
    if (d && xml_named(n, "mapResponse") && !d->mapping)
        item_problem(item, xml_line(n), _("mapResponse of %s, which has no mapping"), id);
    if (d && xml_named(n, "mapResponsePoint") && !d->area)
        item_problem(item, xml_line(n), _("mapResponsePoint of %s, which has no areaMapping"), id);
}

static void check_rules(struct item *item, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n)) {
        if (!operator_known(xml_name(n)))
            item_problem(item, xml_line(n), _("<%.60s> is not known in %s"), xml_name(n), xml_name(parent));
        check_reference(item, n);
        check_rules(item, n);
    }
}

/* Template processing gives RESPONSE its correct response. */
static bool sets_correct(const struct xml_doc *doc, const struct xml_node *parent)
{
    bool found = false;
    for (const struct xml_node *n = parent ? xml_first_element(parent) : NULL; n && !found;
         n = xml_next_element(n)) {
        const char *id = xml_attr(doc, n, "identifier");
        found =
            (xml_named(n, "setCorrectResponse") && id && strcmp(id, "RESPONSE") == 0) || sets_correct(doc, n);
    }
    return found;
}

static void check_template(struct item *item)
{
    static const char *const names[] = {[RULES_MATCH_CORRECT] = "match_correct",
                                        [RULES_MAP_RESPONSE] = "map_response",
                                        [RULES_MAP_RESPONSE_POINT] = "map_response_point",
                                        [RULES_MATCH_NOTHING] = "match_nothing",
                                        [RULES_MATCH_BASIC] = "match_basic"};
    const struct item_declaration *d = item_find(item, DECLARED_RESPONSE, "RESPONSE");
    if (item->rules == RULES_NONE || item->rules == RULES_CUSTOM) {
        const struct xml_node *n = item->response_processing;
        if (n && !xml_first_element(n) && xml_attr(item->doc, n, "template"))
            item_problem(item, xml_line(n), _("the response processing template \"%.100s\" is not known"),
                         xml_attr(item->doc, n, "template"));
        return;
    }
    unsigned line = xml_line(item->response_processing);
    if (!d)
        item_problem(item, line, _("%s needs a response declared as RESPONSE"), names[item->rules]);
    if (!item_find(item, DECLARED_OUTCOME, "SCORE"))
        item_problem(item, line, _("%s needs an outcome declared as SCORE"), names[item->rules]);
    if (!d)
        return;
    if ((item->rules == RULES_MATCH_CORRECT || item->rules == RULES_MATCH_BASIC) && d->n_correct == 0 &&
        !sets_correct(item->doc, item->template_processing))
        item_problem(item, line, _("%s needs a correctResponse in RESPONSE"), names[item->rules]);
    if (item->rules == RULES_MAP_RESPONSE && !d->mapping)
        item_problem(item, line, _("%s needs a mapping in RESPONSE"), names[item->rules]);
    if (item->rules == RULES_MAP_RESPONSE_POINT && !d->area)
        item_problem(item, line, _("%s needs an areaMapping in RESPONSE"), names[item->rules]);
}

static void check_parts(struct item *item)
{
    static const char *const known[] = {"responseDeclaration", "outcomeDeclaration", "templateDeclaration",
                                        "templateProcessing",  "stylesheet",         "itemBody",
                                        "responseProcessing",  "modalFeedback",      "assessmentStimulusRef",
                                        "apipAccessibility"};
    for (const struct xml_node *n = xml_first_element(xml_root(item->doc)); n; n = xml_next_element(n)) {
        bool found = item_is_foreign(n);
        for (size_t i = 0; !found && i < sizeof known / sizeof *known; i++)
            found = xml_named(n, known[i]);
        if (!found)
            item_problem(item, xml_line(n), _("<%.60s> is not known in an item"), xml_name(n));
    }
}

static void check_condition(struct item *item, const struct item_condition *c, enum item_declared what,
                            unsigned line)
{
    if (c && !item_find(item, what, c->variable))
        item_problem(item, line, _("what is shown depends on \"%.60s\", which is not declared"), c->variable);
}

static void check_nodes(struct item *item, const struct item_node *n);

static void check_shown_choices(struct item *item, const struct item_choice *c, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check_condition(item, c[i].condition, DECLARED_TEMPLATE, c[i].line);
        check_nodes(item, c[i].content);
    }
}

static void check_nodes(struct item *item, const struct item_node *n)
{
    for (; n; n = n->next) {
        const struct item_interaction *i = n->interaction;
        check_condition(item, n->condition, n->kind == NODE_FEEDBACK ? DECLARED_OUTCOME : DECLARED_TEMPLATE,
                        n->line);
        if (n->kind == NODE_PRINTED && !is_declared(item, n->text))
            item_problem(item, n->line, _("<%s> names \"%.60s\", which is not declared"), "printedVariable",
                         n->text);
        check_nodes(item, n->child);
        if (!i)
            continue;
        check_nodes(item, i->prompt);
        check_nodes(item, i->kind == INTERACTION_HOTTEXT ? NULL : i->content);
        check_shown_choices(item, i->choice, i->n_choices);
        check_shown_choices(item, i->target, i->n_targets);
    }
}

void item_check(struct item *item)
{
    check_parts(item);
    for (size_t i = 0; i < item->n_declarations; i++)
        check_declaration(item, i);
    for (const struct item_interaction *i = item->interaction; i; i = i->next)
        item_check_interaction(item, i);
    check_nodes(item, item->body);
    check_template(item);
    if (item->response_processing)
        check_rules(item, item->response_processing);
    if (item->template_processing)
        check_rules(item, item->template_processing);
}
