/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/slice.h"

#include <string.h>

#include "paperbank/item/item-internal.h"
#include "paperbank/item/slice-internal.h"

struct slice *slice_empty(const struct item *item, struct arena *a)
{
    struct slice *s = arena_alloc(a, sizeof *s);
    *s = (struct slice){item, a, arena_array(a, item->n_declarations, sizeof *s->in), false};
    return s;
}

static size_t index_of(const struct slice *s, const char *identifier)
{
    size_t i = 0;
    while (i < s->item->n_declarations && (s->item->declaration[i].what != DECLARED_TEMPLATE ||
                                           strcmp(s->item->declaration[i].identifier, identifier) != 0))
        i++;
    return i;
}

bool slice_has(const struct slice *s, const char *variable)
{
    size_t i = variable ? index_of(s, variable) : s->item->n_declarations;
    return i < s->item->n_declarations && s->in[i];
}

void slice_add(struct slice *s, const char *identifier)
{
    size_t i = index_of(s, identifier);
    if (i == s->item->n_declarations || s->in[i])
        return;
    s->in[i] = s->grown = true;
}

/* Words that may name a variable: "X", "{X}", "X Y". */
static void add_words(struct slice *s, const char *text)
{
    for (const char *p = text; p && *p;) {
        p += strspn(p, " \t\n{}");
        size_t n = strcspn(p, " \t\n{}");
        if (n)
            slice_add(s, arena_strndup(s->arena, p, n));
        p += n;
    }
}

/* Every variable that an element's own attributes name. */
static void add_named(struct slice *s, const struct xml_node *n)
{
    static const char *const names[] = {
        "templateIdentifier", "min",  "max",  "step", "n", "numberRepeats", "figures", "pattern",
        "tolerance",          "base", "index"};
    static const char *const naming[] = {"variable",    "default",          "correct",
                                         "mapResponse", "mapResponsePoint", "printedVariable"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_words(s, xml_attr(s->item->doc, n, names[i]));
    for (size_t i = 0; i < sizeof naming / sizeof *naming; i++)
        if (xml_named(n, naming[i]))
            add_words(s, xml_attr(s->item->doc, n, "identifier"));
}

void slice_add_expression(struct slice *s, const struct xml_node *n)
{
    if (!n)
        return;
    add_named(s, n);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        slice_add_expression(s, c);
}

static bool is_hidden(const struct item *item, const struct xml_node *n)
{
    const char *view = xml_attr(item->doc, n, "view");
    return xml_named(n, "feedbackInline") || xml_named(n, "feedbackBlock") || xml_named(n, "infoControl") ||
           (xml_named(n, "rubricBlock") && !(view && item_has_word(view, "candidate")));
}

void slice_add_visible(struct slice *s, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n))
        if (!is_hidden(s->item, n)) {
            add_named(s, n);
            slice_add_visible(s, n);
        }
}

bool slice_is_condition(const struct xml_node *n)
{
    return xml_named(n, "templateIf") || xml_named(n, "templateElseIf");
}

bool slice_keeps(const struct slice *s, const struct xml_node *rule)
{
    if (xml_named(rule, "templateConstraint") || xml_named(rule, "exitTemplate"))
        return true;
    if (xml_named(rule, "setTemplateValue"))
        return slice_has(s, xml_attr(s->item->doc, rule, "identifier"));
    if (!xml_named(rule, "templateCondition") && !slice_is_condition(rule) &&
        !xml_named(rule, "templateElse"))
        return false;
    const struct xml_node *c = xml_first_element(rule);
    for (c = c && slice_is_condition(rule) ? xml_next_element(c) : c; c; c = xml_next_element(c))
        if (slice_keeps(s, c))
            return true;
    return false;
}

/* What the rules that are kept depend on. */
static void add_rules(struct slice *s, const struct xml_node *parent, const struct xml_node *first)
{
    (void)parent;
    for (const struct xml_node *n = first; n; n = xml_next_element(n)) {
        const struct xml_node *inner = xml_first_element(n);
        if (!slice_keeps(s, n) && !slice_is_condition(n))
            continue;
        if (xml_named(n, "templateCondition") || xml_named(n, "templateElse"))
            add_rules(s, n, inner);
        else
            slice_add_expression(s, inner);
        if (slice_is_condition(n) && inner)
            add_rules(s, n, xml_next_element(inner));
    }
}

const struct slice *slice_new(const struct item *item, struct arena *a)
{
    struct slice *s = slice_empty(item, a);
    const struct xml_node *body = xml_child(xml_root(item->doc), "itemBody");
    if (body)
        slice_add_visible(s, body);
    do {
        s->grown = false;
        if (item->template_processing)
            add_rules(s, item->template_processing, xml_first_element(item->template_processing));
    } while (s->grown);
    return s;
}

bool slice_in_math(const struct item *item, const char *variable)
{
    const struct xml_node *root = xml_root(item->doc);
    for (const struct xml_node *n = xml_child(root, "templateDeclaration"); n; n = xml_next_same(n)) {
        const char *id = xml_attr(item->doc, n, "identifier");
        if (id && strcmp(id, variable) == 0)
            return item_attr_true(item, n, "mathVariable", false);
    }
    return false;
}
