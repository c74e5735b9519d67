/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/files/give.h"
#include "scoring/practical/web/page.h"

const struct xml_node *page_walk(const struct xml_node *top, const struct xml_node *n)
{
    const struct xml_node *next = xml_first_element(n);
    if (next)
        return next;
    while (n && n != top) {
        next = xml_next_element(n);
        if (next)
            return next;
        n = xml_parent(n);
    }
    return NULL;
}

bool page_is(const struct xml_node *n, const char *names)
{
    const char *name = xml_name(n);
    size_t k = strlen(name);
    for (const char *p = names; *p; p += strcspn(p, "|"), p += *p == '|')
        if (k && strncmp(p, name, k) == 0 && (p[k] == '|' || !p[k]))
            return true;
    return false;
}

const struct xml_node *page_nth(const struct page *p, const char *name, int64_t n)
{
    for (const struct xml_node *x = page_walk(p->root, p->root); x; x = page_walk(p->root, x))
        if (page_is(x, name) && --n == 0)
            return x;
    return NULL;
}

static const struct xml_node *after(const struct xml_node *top, const struct xml_node *n)
{
    while (n != top && !xml_next(n))
        n = xml_parent(n);
    return n == top ? NULL : xml_next(n);
}

const char *page_text(const struct xml_node *n, struct arena *a)
{
    struct bytes out = {0};
    bool blank = false;
    for (const struct xml_node *x = xml_first(n); x;) {
        bool hidden = !xml_is_text(x) && page_is(x, "script|style|noscript|template");
        if (!xml_is_text(x) && page_is(x, "br|p|div|tr|td|th|li|h1|h2|h3|h4|h5|h6|option|dt|dd"))
            blank = true;
        for (const char *s = xml_is_text(x) ? xml_text(x) : ""; *s; s++) {
            if (strchr(" \t\r\n\f", *s)) {
                blank = true;
                continue;
            }
            if (blank && out.n)
                bytes_str(&out, " ");
            blank = false;
            bytes_add(&out, s, 1);
        }
        const struct xml_node *first = xml_is_text(x) || hidden ? NULL : xml_first(x);
        x = first ? first : after(n, x);
    }
    const char *text = arena_strndup(a, out.n ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    return text;
}

const char *page_attr(const struct page *p, const struct xml_node *n, const char *name)
{
    return xml_attr(p->doc, n, name);
}

const char *page_said(const struct page *p, const struct xml_node *n, const char *name, struct arena *a)
{
    const char *value = page_attr(p, n, name);
    return value ? arena_strdup(a, value) : NULL;
}

const char *page_place(const struct page *p, const struct xml_node *n, struct arena *a)
{
    return arena_printf(a, "%s, line %u, <%s>", p->path, xml_line(n), xml_name(n));
}

static char *packed(struct arena *a, const char *text)
{
    const char *s = text_nfkc(a, text);
    char *out = arena_alloc(a, strlen(s ? s : text) + 1), *to = out;
    for (const char *p = s ? s : text; *p; p++)
        if (!strchr(" \t\r\n\f", *p))
            *to++ = *p;
    return out;
}

bool page_contains(const char *text, const char *words, struct arena *a)
{
    return strstr(packed(a, text), packed(a, words)) != NULL;
}

static bool fits(const struct page *p, const struct xml_node *n, const struct locator *at)
{
    const char *id = locator_get(at, "element-id"), *class = locator_get(at, "class"),
               *name = locator_get(at, "element");
    const char *has_id = id ? page_attr(p, n, "id") : NULL, *has = class ? page_attr(p, n, "class") : NULL;
    if (name && ascii_casecmp(name, xml_name(n)) != 0)
        return false;
    if (id && (!has_id || strcmp(id, has_id) != 0))
        return false;
    if (!class)
        return true;
    for (size_t k = strlen(class); has && *has; has += strcspn(has, " "), has += strspn(has, " "))
        if (strncmp(has, class, k) == 0 && (!has[k] || has[k] == ' '))
            return true;
    return false;
}

/* Texts are looked at in memory of their own, and only so many bytes of them. */
struct search {
    struct arena *scratch;
    const char *words;
    size_t looked_at;
};
enum { LOOKED_AT_MAX = 16 << 20 };

static bool holds(struct search *s, const struct xml_node *n)
{
    if (s->looked_at > LOOKED_AT_MAX)
        return false;
    const char *text = page_text(n, s->scratch);
    s->looked_at += strlen(text) + 64;
    bool yes = page_contains(text, s->words, s->scratch);
    arena_reset(s->scratch);
    return yes;
}

/* Where the text stands: the deepest element that holds all of it. */
static const struct xml_node *deepest(struct search *s, const struct xml_node *n)
{
    for (;;) {
        const struct xml_node *c = xml_first_element(n);
        while (c && (page_is(c, "script|style") || !holds(s, c)))
            c = xml_next_element(c);
        if (!c)
            return n;
        n = c;
    }
}

static const struct xml_node *search(const struct page *p, const struct locator *at, struct search *s,
                                     bool named, int64_t n)
{
    if (!named)
        return holds(s, p->body) ? deepest(s, p->body) : NULL;
    for (const struct xml_node *x = page_walk(p->root, p->root); x; x = page_walk(p->root, x))
        if (fits(p, x, at) && (!s->words || holds(s, x)) && --n == 0)
            return x;
    return NULL;
}

const struct xml_node *page_find(const struct page *p, const struct check_target *t, const struct locator *at,
                                 struct arena *a, struct fact *ret, int *fault, struct err *e)
{
    const char *words = locator_get(at, "element-text");
    bool named = locator_get(at, "element-id") || locator_get(at, "class") || locator_get(at, "element");
    int64_t n = locator_index(at, "index", 1);
    *fault = 0;
    if (n < 0) {
        *fault = give_bad_locator(t, "index", e);
        return NULL;
    }
    if (!named && !words)
        return p->body;
    struct search s = {.scratch = arena_new(), .words = words};
    const struct xml_node *found = search(p, at, &s, named, n);
    arena_free(s.scratch);
    if (!found)
        give_absent(ret, p->path,
                    words ? arena_printf(a, "no element contains %s", words) : "no such element");
    return found;
}
