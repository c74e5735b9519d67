/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/web/css-internal.h"
#include "scoring/practical/web/kinds.h"

#define FIELDS "input|select|textarea|button"

/* "text", "radio", "select", … */
static const char *type_of(const struct page *p, const struct xml_node *n, struct arena *a)
{
    if (page_is(n, "select|textarea"))
        return arena_strdup(a, xml_name(n));
    const char *type = page_attr(p, n, "type");
    if (type && *type)
        return css_lower(arena_strdup(a, type));
    return xml_named(n, "button") ? "submit" : "text";
}

/* By its name, else by index; both may be given. */
static const struct xml_node *find_field(const struct check_target *t, const struct locator *at,
                                         struct fact *ret, int *fault, struct err *e)
{
    const struct page *p = t->document;
    const char *wanted = locator_get(at, "name");
    int64_t index = locator_index(at, "index", 1);
    *fault = index < 0 ? give_bad_locator(t, "index", e) : 0;
    for (const struct xml_node *n = page_walk(p->root, p->root); n && index > 0; n = page_walk(p->root, n)) {
        const char *name = page_is(n, FIELDS) ? page_attr(p, n, "name") : NULL;
        if (page_is(n, FIELDS) && (!wanted || (name && strcmp(name, wanted) == 0)) && --index == 0)
            return n;
    }
    if (*fault == 0)
        give_absent(ret, p->path, "no such field");
    return NULL;
}

int web_field(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = find_field(t, at, ret, &fault, e);
    return n ? give_token(ret, type_of(t->document, n, a), page_place(t->document, n, a)) : fault;
}

int web_field_attribute(const struct check_target *t, const struct locator *at, const char *argument,
                        struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    if (!argument)
        return give_bad_locator(t, "of", e);
    const struct xml_node *n = find_field(t, at, ret, &fault, e);
    return n ? give_text(ret, page_said(t->document, n, argument, a), page_place(t->document, n, a)) : fault;
}

int web_fields(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
               struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    struct give_items l = {0};
    (void)at, (void)argument, (void)e;
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (page_is(n, FIELDS)) {
            const char *name = page_attr(p, n, "name");
            give_add(&l, a, arena_printf(a, "%s %s", type_of(p, n, a), name ? name : ""));
        }
    return give_list(ret, l.item, l.n, p->path);
}

/* The values of the radio buttons or boxes that share a name. */
static void add_values(const struct page *p, const struct xml_node *first, struct arena *a,
                       struct give_items *l)
{
    const char *type = type_of(p, first, a), *name = page_attr(p, first, "name");
    if (!name || (strcmp(type, "radio") != 0 && strcmp(type, "checkbox") != 0))
        return;
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n)) {
        const char *other = page_is(n, "input") ? page_attr(p, n, "name") : NULL;
        if (other && strcmp(other, name) == 0 && strcmp(type_of(p, n, a), type) == 0)
            give_add(l, a, page_said(p, n, "value", a));
    }
}

int web_options(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
                struct fact *ret, struct err *e)
{
    int fault;
    struct give_items l = {0};
    (void)argument;
    const struct xml_node *n = find_field(t, at, ret, &fault, e);
    if (!n)
        return fault;
    for (const struct xml_node *c = page_walk(n, n); c; c = page_walk(n, c))
        if (xml_named(c, "option"))
            give_add(&l, a, page_text(c, a));
    add_values(t->document, n, a, &l);
    return give_list(ret, l.item, l.n, page_place(t->document, n, a));
}

int web_form_action(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = web_nth(t, at, "index", "form", ret, &fault, e);
    return n ? give_text(ret, page_said(t->document, n, "action", a), page_place(t->document, n, a)) : fault;
}

int web_form_method(const struct check_target *t, const struct locator *at, const char *argument,
                    struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = web_nth(t, at, "index", "form", ret, &fault, e);
    if (!n)
        return fault;
    const char *method = page_attr(t->document, n, "method");
    return give_token(ret, method ? css_lower(arena_strdup(a, method)) : "get",
                      page_place(t->document, n, a));
}
