/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/item/slice.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"

/* A set of declarations, by index. */
struct slice {
    const struct item *item;
    struct arena *arena;
    bool *in;
    bool grown;
};

static struct slice *set_new(const struct item *item, struct arena *a)
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

static void add(struct slice *s, const char *identifier)
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
            add(s, arena_strndup(s->arena, p, n));
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

static void add_expression(struct slice *s, const struct xml_node *n)
{
    if (!n)
        return;
    add_named(s, n);
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        add_expression(s, c);
}

static bool is_hidden(const struct item *item, const struct xml_node *n)
{
    const char *view = xml_attr(item->doc, n, "view");
    return xml_named(n, "feedbackInline") || xml_named(n, "feedbackBlock") || xml_named(n, "infoControl") ||
           (xml_named(n, "rubricBlock") && !(view && item_has_word(view, "candidate")));
}

static void add_visible(struct slice *s, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n))
        if (!is_hidden(s->item, n)) {
            add_named(s, n);
            add_visible(s, n);
        }
}

static bool is_condition(const struct xml_node *n)
{
    return xml_named(n, "templateIf") || xml_named(n, "templateElseIf");
}

bool slice_keeps(const struct slice *s, const struct xml_node *rule)
{
    if (xml_named(rule, "templateConstraint") || xml_named(rule, "exitTemplate"))
        return true;
    if (xml_named(rule, "setTemplateValue"))
        return slice_has(s, xml_attr(s->item->doc, rule, "identifier"));
    if (!xml_named(rule, "templateCondition") && !is_condition(rule) && !xml_named(rule, "templateElse"))
        return false;
    const struct xml_node *c = xml_first_element(rule);
    for (c = c && is_condition(rule) ? xml_next_element(c) : c; c; c = xml_next_element(c))
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
        if (!slice_keeps(s, n) && !is_condition(n))
            continue;
        if (xml_named(n, "templateCondition") || xml_named(n, "templateElse"))
            add_rules(s, n, inner);
        else
            add_expression(s, inner);
        if (is_condition(n) && inner)
            add_rules(s, n, xml_next_element(inner));
    }
}

const struct slice *slice_new(const struct item *item, struct arena *a)
{
    struct slice *s = set_new(item, a);
    const struct xml_node *body = xml_child(xml_root(item->doc), "itemBody");
    if (body)
        add_visible(s, body);
    do {
        s->grown = false;
        if (item->template_processing)
            add_rules(s, item->template_processing, xml_first_element(item->template_processing));
    } while (s->grown);
    return s;
}

/* ---- what a sealed exam refuses ---- */

typedef const struct xml_node *search_fn(const struct slice *s, const struct xml_node *n);

/* The first element, at any depth, that `fits` returns. */
static const struct xml_node *search(const struct slice *s, const struct xml_node *parent, search_fn *fits)
{
    const struct xml_node *found = NULL;
    for (const struct xml_node *n = parent ? xml_first_element(parent) : NULL; n && !found;
         n = xml_next_element(n))
        found = fits(s, n) ? fits(s, n) : search(s, n, fits);
    return found;
}

static bool is_random(const struct xml_node *n)
{
    return xml_named(n, "random") || xml_named(n, "randomInteger") || xml_named(n, "randomFloat");
}

static const struct xml_node *random_in(const struct slice *s, const struct xml_node *n)
{
    (void)s;
    return is_random(n) ? n : NULL;
}

/* A condition or constraint that draws. */
static const struct xml_node *drawing_condition(const struct slice *s, const struct xml_node *n)
{
    const struct xml_node *first = xml_first_element(n);
    if (xml_named(n, "templateConstraint"))
        return search(s, n, random_in);
    if (!is_condition(n) || !first)
        return NULL;
    return is_random(first) ? first : search(s, first, random_in);
}

static const struct xml_node *inexact(const struct slice *s, const struct xml_node *n)
{
    (void)s;
    return operator_sealed(xml_name(n)) || is_random(n) ? NULL : n;
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

static const struct xml_node *math_variable(const struct slice *s, const struct xml_node *n)
{
    bool names = xml_named(n, "mi") || xml_named(n, "ci");
    const char *text = names ? text_trim(s->arena, xml_content(n, s->arena)) : NULL;
    return text && slice_in_math(s->item, text) ? n : NULL;
}

/* The key rests on these: what setCorrectResponse and response processing name, and what that is computed
 * from. */
static void add_key(struct slice *key, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n)) {
        if (xml_named(n, "setCorrectResponse") ||
            (xml_named(n, "setTemplateValue") && slice_has(key, xml_attr(key->item->doc, n, "identifier"))))
            add_expression(key, xml_first_element(n));
        add_key(key, n);
    }
}

static struct slice *key_of(const struct slice *s)
{
    struct slice *key = set_new(s->item, s->arena);
    if (s->item->response_processing)
        add_expression(key, s->item->response_processing);
    do {
        key->grown = false;
        if (s->item->template_processing)
            add_key(key, s->item->template_processing);
    } while (key->grown);
    return key;
}

static bool names_variables(const struct slice *s, const struct xml_node *expression)
{
    struct slice *named = set_new(s->item, s->arena);
    add_expression(named, expression);
    return named->grown;
}

/* An assignment to a variable of the view and of the key that is neither drawn nor constant. */
struct two_sets {
    const struct slice *view, *key;
};

static const struct xml_node *computed(const struct two_sets *sets, const struct xml_node *parent)
{
    const struct xml_node *found = NULL;
    for (const struct xml_node *n = xml_first_element(parent); n && !found; n = xml_next_element(n)) {
        const char *id = xml_attr(sets->view->item->doc, n, "identifier");
        const struct xml_node *value = xml_first_element(n);
        bool both = xml_named(n, "setTemplateValue") && slice_has(sets->view, id) && slice_has(sets->key, id);
        found =
            both && value && !is_random(value) && names_variables(sets->view, value) ? n : computed(sets, n);
    }
    return found;
}

/* A variable of the view as it is, or a container of such: NULL if it is anything else. */
static const struct xml_node *bare_variable(const struct slice *s, const struct xml_node *n)
{
    if (xml_named(n, "variable") && slice_has(s, xml_attr(s->item->doc, n, "identifier")))
        return n;
    if (!xml_named(n, "multiple") && !xml_named(n, "ordered"))
        return NULL;
    const struct xml_node *found = NULL;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (!(found = bare_variable(s, c)))
            return NULL;
    return found;
}

static bool is_response(const struct slice *s, const struct xml_node *n)
{
    const char *id = xml_attr(s->item->doc, n, "identifier");
    return xml_named(n, "variable") && id && item_find(s->item, DECLARED_RESPONSE, id);
}

/* setCorrectResponse to a bare variable, or a response compared with one. */
static const struct xml_node *bare_key(const struct slice *s, const struct xml_node *n)
{
    static const char *const comparing[] = {"match", "equal", "equalRounded", "stringMatch"};
    const struct xml_node *first = xml_first_element(n), *second = first ? xml_next_element(first) : NULL;
    if (first && xml_named(n, "setCorrectResponse"))
        return bare_variable(s, first);
    for (size_t i = 0; second && i < sizeof comparing / sizeof *comparing; i++)
        if (xml_named(n, comparing[i]))
            return is_response(s, first)    ? bare_variable(s, second)
                   : is_response(s, second) ? bare_variable(s, first)
                                            : NULL;
    return NULL;
}

static int gives_away(const struct item *item, const struct xml_node *n, struct err *e)
{
    const char *id = xml_attr(item->doc, n, "identifier");
    xml_err(
        e, item->doc, n,
        _("template variable %.60s would give the key away: candidates can see it, and the key rests on it"),
        id ? id : "");
    return err_hint(e, _("compute the key in setCorrectResponse, from variables that are drawn at random"));
}

int slice_sealed(const struct item *item, struct err *e)
{
    const struct xml_node *rules = item->template_processing, *found;
    struct arena *a = arena_new();
    const struct slice *s = slice_new(item, a);
    int r = 0;
    if ((found = search(s, rules, inexact)))
        r = xml_err(e, item->doc, found,
                    _("<%.60s> is not allowed in a sealed exam: two machines may differ in it"),
                    xml_name(found));
    else if ((found = search(s, rules, drawing_condition)))
        r = xml_err(
            e, item->doc, found,
            _("<%.60s> draws in a condition; in a sealed exam a random number is set to a variable first"),
            xml_name(found));
    else if ((found = search(s, xml_child(xml_root(item->doc), "itemBody"), math_variable)))
        r = xml_err(e, item->doc, found, _("MathML with a template variable cannot be in a sealed exam yet"));
    else {
        struct two_sets sets = {s, key_of(s)};
        found = rules ? computed(&sets, rules) : NULL;
        if (!found)
            found = search(s, rules, bare_key);
        if (!found)
            found = search(s, item->response_processing, bare_key);
        r = found ? gives_away(item, found, e) : 0;
    }
    arena_free(a);
    return r;
}
