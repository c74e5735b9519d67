/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/web/kinds.h"
#include "scoring/practical/web/style.h"

#define HEADINGS "h1|h2|h3|h4|h5|h6"

const struct xml_node *web_nth(const struct check_target *t, const struct locator *at, const char *name,
                               const char *elements, struct fact *ret, int *fault, struct err *e)
{
    const struct page *p = t->document;
    int64_t n = locator_index(at, name, 1);
    *fault = n < 0 ? give_bad_locator(t, name, e) : 0;
    const struct xml_node *x = n > 0 ? page_nth(p, elements, n) : NULL;
    if (!x && n > 0)
        give_absent(ret, p->path, "no such element");
    return x;
}

int web_title(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
              struct fact *ret, struct err *e)
{
    int fault;
    (void)at, (void)argument;
    const struct xml_node *n = web_nth(t, &(struct locator){0}, "index", "title", ret, &fault, e);
    return n ? give_text(ret, text_trim(a, xml_content(n, a)), page_place(t->document, n, a)) : fault;
}

int web_text(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    return n ? give_text(ret, page_text(n, a), page_place(t->document, n, a)) : fault;
}

int web_word_count(const struct check_target *t, const struct locator *at, const char *argument,
                   struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    int64_t count = 0;
    if (!argument || !*argument)
        return give_bad_locator(t, "of", e);
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    for (const char *p = page_text(n, a); (p = strstr(p, argument)); p += strlen(argument))
        count++;
    return give_integer(ret, count, page_place(t->document, n, a));
}

static const char *level(const struct locator *at)
{
    static const char *const names[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    int64_t n = locator_index(at, "level", 0);
    return n == 0 ? HEADINGS : n > 0 && n <= 6 ? names[n - 1] : NULL;
}

int web_heading(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
                struct fact *ret, struct err *e)
{
    int fault;
    (void)argument;
    if (!level(at))
        return give_bad_locator(t, "level", e);
    const struct xml_node *n = web_nth(t, at, "index", level(at), ret, &fault, e);
    return n ? give_text(ret, page_text(n, a), page_place(t->document, n, a)) : fault;
}

int web_headings(const struct check_target *t, const struct locator *at, const char *argument,
                 struct arena *a, struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    struct give_items l = {0};
    (void)argument;
    if (!level(at))
        return give_bad_locator(t, "level", e);
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        if (page_is(n, level(at)))
            give_add(&l, a, page_text(n, a));
    return give_list(ret, l.item, l.n, p->path);
}

int web_list(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    int fault;
    struct give_items l = {0};
    (void)argument;
    const struct xml_node *n = web_nth(t, at, "list", "ul|ol|dl", ret, &fault, e);
    if (!n)
        return fault;
    for (const struct xml_node *c = xml_first_element(n); c; c = xml_next_element(c))
        if (page_is(c, "li|dt|dd"))
            give_add(&l, a, page_text(c, a));
    return give_list(ret, l.item, l.n, page_place(t->document, n, a));
}

int web_list_type(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    static const char *const types[][2] = {{"1", "decimal"},     {"a", "lower-alpha"}, {"A", "upper-alpha"},
                                           {"i", "lower-roman"}, {"I", "upper-roman"}, {"disc", "disc"},
                                           {"circle", "circle"}, {"square", "square"}};
    int fault;
    (void)argument;
    const struct xml_node *n = web_nth(t, at, "list", "ul|ol", ret, &fault, e);
    if (!n)
        return fault;
    const char *value = style_declared(t->document, n, "list-style-type", false);
    value = value ? arena_strdup(a, value) : NULL;
    const char *type = page_attr(t->document, n, "type"), *place = page_place(t->document, n, a);
    for (size_t i = 0; !value && type && i < sizeof types / sizeof *types; i++)
        if (strcmp(type, types[i][0]) == 0)
            value = types[i][1];
    return give_token(ret, value ? value : xml_named(n, "ol") ? "decimal" : "disc", place);
}

int web_attribute(const struct check_target *t, const struct locator *at, const char *argument,
                  struct arena *a, struct fact *ret, struct err *e)
{
    int fault;
    if (!argument)
        return give_bad_locator(t, "of", e);
    const struct xml_node *n = page_find(t->document, t, at, a, ret, &fault, e);
    if (!n)
        return fault;
    const char *value = page_said(t->document, n, argument, a);
    return give_text(ret, value, page_place(t->document, n, a));
}

int web_element_count(const struct check_target *t, const struct locator *at, const char *argument,
                      struct arena *a, struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    int64_t count = 0;
    (void)at, (void)a;
    if (!argument || !*argument)
        return give_bad_locator(t, "of", e);
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n))
        count += page_is(n, argument);
    return give_integer(ret, count, p->path);
}

int web_meta(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
             struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    (void)at;
    if (!argument)
        return give_bad_locator(t, "of", e);
    for (const struct xml_node *n = page_walk(p->root, p->root); n; n = page_walk(p->root, n)) {
        const char *name = xml_named(n, "meta") ? page_attr(p, n, "name") : NULL;
        if (!name && xml_named(n, "meta"))
            name = page_attr(p, n, "http-equiv");
        if (name && ascii_casecmp(name, argument) == 0)
            return give_text(ret, page_said(p, n, "content", a), page_place(p, n, a));
    }
    return give_absent(ret, p->path, "no such meta");
}

int web_charset(const struct check_target *t, const struct locator *at, const char *argument, struct arena *a,
                struct fact *ret, struct err *e)
{
    const struct page *p = t->document;
    (void)at, (void)argument, (void)e;
    return p->charset ? give_token(ret, arena_strdup(a, p->charset), p->path)
                      : give_absent(ret, p->path, "no charset");
}
