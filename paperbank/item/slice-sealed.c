/* SPDX-License-Identifier: Apache-2.0 */
/* What a sealed exam refuses in a template. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "paperbank/item/item-internal.h"
#include "paperbank/item/operators.h"
#include "paperbank/item/slice-internal.h"

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
    if (!slice_is_condition(n) || !first)
        return NULL;
    return is_random(first) ? first : search(s, first, random_in);
}

static const struct xml_node *inexact(const struct slice *s, const struct xml_node *n)
{
    (void)s;
    return operator_sealed(xml_name(n)) || is_random(n) ? NULL : n;
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
            slice_add_expression(key, xml_first_element(n));
        add_key(key, n);
    }
}

static struct slice *key_of(const struct slice *s)
{
    struct slice *key = slice_empty(s->item, s->arena);
    if (s->item->response_processing)
        slice_add_expression(key, s->item->response_processing);
    do {
        key->grown = false;
        if (s->item->template_processing)
            add_key(key, s->item->template_processing);
    } while (key->grown);
    return key;
}

static bool sets_key(const struct slice *key, const struct xml_node *n)
{
    return xml_named(n, "setCorrectResponse") || xml_named(n, "exitTemplate") ||
           (xml_named(n, "setTemplateValue") && slice_has(key, xml_attr(key->item->doc, n, "identifier")));
}

static const struct xml_node *key_rule(const struct slice *key, const struct xml_node *n)
{
    return sets_key(key, n) ? n : NULL;
}

/* The conditions of branches in which the key, or what it is computed from, is set. */
static void add_deciding(struct slice *key, const struct xml_node *parent)
{
    for (const struct xml_node *n = xml_first_element(parent); n; n = xml_next_element(n)) {
        if (sets_key(key, n) && !xml_named(n, "exitTemplate"))
            slice_add_expression(key, xml_first_element(n));
        if (xml_named(n, "templateCondition") && search(key, n, key_rule))
            for (const struct xml_node *b = xml_first_element(n); b; b = xml_next_element(b))
                if (slice_is_condition(b))
                    slice_add_expression(key, xml_first_element(b));
        add_deciding(key, n);
    }
}

/* The key and what decides about it. */
static struct slice *deciding_of(const struct slice *data)
{
    struct slice *all = slice_empty(data->item, data->arena);
    memcpy(all->in, data->in, data->item->n_declarations * sizeof *all->in);
    do {
        all->grown = false;
        if (data->item->template_processing)
            add_deciding(all, data->item->template_processing);
    } while (all->grown);
    return all;
}

/* What picks a value that is shown from a list is as good as shown. */
static void add_picking(struct slice *shown, const struct xml_node *parent)
{
    for (const struct xml_node *n = parent ? xml_first_element(parent) : NULL; n; n = xml_next_element(n)) {
        const struct xml_node *value = xml_first_element(n);
        const char *at = value && xml_named(value, "index") ? xml_attr(shown->item->doc, value, "n") : NULL;
        if (at && xml_named(n, "setTemplateValue") &&
            slice_has(shown, xml_attr(shown->item->doc, n, "identifier")))
            slice_add(shown, at);
        add_picking(shown, n);
    }
}

/* A variable that the view has to draw, that no candidate sees, and that the key rests on: the solution from
 * which a problem was made, say. */
static const char *unseen(const struct slice *view, const struct slice *data)
{
    struct slice *shown = slice_empty(view->item, view->arena), *key = deciding_of(data);
    const struct xml_node *body = xml_child(xml_root(view->item->doc), "itemBody");
    if (body)
        slice_add_visible(shown, body);
    do {
        shown->grown = false;
        add_picking(shown, view->item->template_processing);
    } while (shown->grown);
    for (size_t i = 0; i < view->item->n_declarations; i++)
        if (view->in[i] && key->in[i] && !shown->in[i])
            return view->item->declaration[i].identifier;
    return NULL;
}

static bool names_variables(const struct slice *s, const struct xml_node *expression)
{
    struct slice *named = slice_empty(s->item, s->arena);
    slice_add_expression(named, expression);
    return named->grown;
}

static bool is_list(const struct xml_node *n)
{
    return xml_named(n, "multiple") || xml_named(n, "ordered");
}

/* Drawn: from a range, from a list that is there, from a list of values. One value alone is not drawn. */
static bool is_drawn(const struct xml_node *n)
{
    const struct xml_node *list = xml_first_element(n), *first = list ? xml_first_element(list) : NULL;
    if (!xml_named(n, "random"))
        return is_random(n);
    if (list && xml_named(list, "variable"))
        return true;
    bool all = list && is_list(list) && first && xml_next_element(first);
    for (const struct xml_node *c = first; c && all; c = xml_next_element(c))
        all = xml_named(c, "variable") || xml_named(c, "baseValue");
    return all;
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
            both && value && !is_drawn(value) && names_variables(sets->view, value) ? n : computed(sets, n);
    }
    return found;
}

static bool passes_on(const struct xml_node *n)
{
    static const char *const names[] = {"multiple", "ordered", "index", "fieldValue", "random",   "repeat",
                                        "sum",      "product", "min",   "max",        "truncate", "round"};
    const struct xml_node *first = xml_first_element(n);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_named(n, names[i]))
            return i < 6 || (first && !xml_next_element(first));
    return false;
}

/* A variable of the view as it is, a container of such and of constants, a member of one, or what changes
 * nothing about it (a sum of one): NULL if it is anything else. */
static const struct xml_node *bare_variable(const struct slice *s, const struct xml_node *n)
{
    if (xml_named(n, "variable") && slice_has(s, xml_attr(s->item->doc, n, "identifier")))
        return n;
    if (!passes_on(n))
        return NULL;
    const struct xml_node *found = NULL;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c)) {
        const struct xml_node *bare = bare_variable(s, c);
        if (!bare && !(is_list(n) && xml_named(c, "baseValue")))
            return NULL;
        found = bare ? bare : found;
    }
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

/* A rule of the view that reads what the view does not hold (a response, its key), or sets what it does hold
 * where the view does not follow. */
static const struct xml_node *beyond_view(const struct slice *s, const struct xml_node *parent)
{
    static const char *const reading[] = {"variable", "correct", "default", "mapResponse",
                                          "mapResponsePoint"};
    const struct xml_node *found = NULL;
    for (const struct xml_node *n = parent ? xml_first_element(parent) : NULL; n && !found;
         n = xml_next_element(n)) {
        const char *id = xml_attr(s->item->doc, n, "identifier");
        if (xml_named(n, "setDefaultValue") && slice_has(s, id))
            return n;
        bool rule = strncmp(xml_name(n), "set", 3) == 0 || xml_named(n, "templateCondition");
        if (rule && !slice_keeps(s, n))
            continue;
        for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
            if (xml_named(n, reading[i]) && !slice_has(s, id))
                return n;
        found = beyond_view(s, n);
    }
    return found;
}

static int gives_away(const struct item *item, const struct xml_node *n, const char *id, struct err *e)
{
    xml_err(
        e, item->doc, n,
        _("template variable %.60s would give the key away: candidates can see it, and the key rests on it"),
        id ? id : "");
    return err_hint(
        e, _("compute the key in setCorrectResponse, from variables that are drawn at random and shown"));
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
    else if ((found = beyond_view(s, rules)))
        r = xml_err(e, item->doc, found,
                    _("<%.60s> is not in a candidate's view, but what candidates see depends on it"),
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
        const char *id = found ? xml_attr(item->doc, found, "identifier") : unseen(s, sets.key);
        r = found || id ? gives_away(item, found ? found : rules, id, e) : 0;
    }
    arena_free(a);
    return r;
}
