/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/web/css.h"

#include <string.h>

#include "base/text.h"
#include "scoring/practical/web/css-internal.h"

struct reading {
    struct css *c;
    css_import_fn *import;
    void *context;
    unsigned depth;
};

enum { IMPORTS_DEEP = 4, IMPORTS_MAX = 20, BLOCKS_DEEP = 4 };

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || (unsigned char)c >= 0x80;
}

static char *take_name(struct arena *a, const char **p)
{
    const char *begin = *p;
    while (is_name(**p))
        ++*p;
    return arena_strndup(a, begin, (size_t)(*p - begin));
}

static void add_class(struct arena *a, struct css_part *part, const char *name)
{
    const char **grown = arena_array(a, part->n_classes + 1, sizeof *grown);
    if (part->n_classes)
        memcpy(grown, part->class, part->n_classes * sizeof *grown);
    grown[part->n_classes++] = name;
    part->class = grown;
}

/* One compound such as "p.a#b"; false where it holds what is not known. */
static bool read_part(struct arena *a, const char **p, struct css_part *part, uint32_t *specificity)
{
    const char *begin = *p;
    if (**p == '*')
        ++*p;
    else if (is_name(**p)) {
        part->type = css_lower(take_name(a, p));
        *specificity += 1;
    }
    while (**p == '.' || **p == '#' || **p == ':') {
        char sign = *(*p)++;
        char *name = take_name(a, p);
        if (!*name)
            return false;
        if (sign == ':' && strcmp(name, "link") != 0 && strcmp(name, "visited") != 0)
            return false;
        if (sign == '#')
            part->id = name;
        else if (sign == '.' && part->n_classes < CSS_PARTS_MAX)
            add_class(a, part, name);
        *specificity += sign == '#' ? 1u << 16 : 1u << 8;
    }
    return *p > begin;
}

static bool read_selector(struct arena *a, const char *p, struct css_selector *s)
{
    struct css_part part[CSS_PARTS_MAX] = {0};
    char before = 0;
    while (*p) {
        if (s->n_parts == CSS_PARTS_MAX)
            return false;
        part[s->n_parts].before = before;
        if (!read_part(a, &p, &part[s->n_parts], &s->specificity))
            return false;
        s->n_parts++;
        for (before = 0; *p && strchr(" \t\r\n\f>", *p); p++)
            before = *p == '>' || before == '>' ? '>' : ' ';
        if (!*p && before == '>')
            return false;
    }
    s->part = arena_copy(a, part, s->n_parts * sizeof *part);
    return s->n_parts > 0;
}

static void add_selector(struct css *c, struct css_selector s)
{
    if (c->n == CSS_SELECTORS_MAX)
        return;
    if (c->n == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 32;
        struct css_selector *grown = arena_array(c->arena, c->cap, sizeof *grown);
        if (c->n)
            memcpy(grown, c->selector, c->n * sizeof *grown);
        c->selector = grown;
    }
    c->selector[c->n++] = s;
}

static void read_rule(struct css *c, const char *p, const char *open, const char *close)
{
    struct css_declarations *d = arena_alloc(c->arena, sizeof *d);
    if (c->n_declarations > CSS_DECLARATIONS_MAX)
        return;
    css_declarations_between(c->arena, open + 1, close, d);
    c->n_declarations += d->n + 1;
    while (p < open && c->n < CSS_SELECTORS_MAX) {
        const char *comma = css_find(p, open, ",");
        struct css_selector s = {.declarations = d};
        if (read_selector(c->arena, css_trimmed(c->arena, p, comma), &s))
            add_selector(c, s);
        p = comma < open ? comma + 1 : open;
    }
}

static const char *block_end(const char *open, const char *end)
{
    unsigned depth = 0;
    for (const char *p = open; p < end; p++) {
        p = css_find(p, end, "{}");
        if (p == end)
            break;
        if (*p == '{')
            depth++;
        else if (--depth == 0)
            return p;
    }
    return end;
}

static void read_sheet(struct reading *r, const char *text);

/* @import url("a.css"); or "a.css" */
static void read_import(struct reading *r, const char *p, const char *end)
{
    struct arena *a = r->c->arena;
    const char *open = memchr(p, '(', (size_t)(end - p)), *from = open ? open + 1 : p;
    while (from < end && strchr(" \t'\"", *from))
        from++;
    const char *to = from;
    while (to < end && !strchr("'\") ", *to))
        to++;
    bool may = r->import && to > from && r->depth < IMPORTS_DEEP && r->c->n_imports++ < IMPORTS_MAX;
    const char *text = may ? r->import(r->context, arena_strndup(a, from, (size_t)(to - from))) : NULL;
    if (text) {
        r->depth++;
        read_sheet(r, text);
        r->depth--;
    }
}

static bool is_on_screen(const char *media)
{
    return strstr(media, "screen") || strstr(media, "all") || (!strstr(media, "print") && strchr(media, '('));
}

static void read_rules(struct reading *r, const char *p, const char *end, unsigned deep);

static const char *read_at_rule(struct reading *r, const char *p, const char *end, unsigned deep)
{
    const char *stop = css_find(p, end, ";{");
    bool block = stop < end && *stop == '{';
    const char *close = block ? block_end(stop, end) : stop;
    if (!block && strncmp(p, "@import", 7) == 0)
        read_import(r, p + 7, stop);
    else if (block && strncmp(p, "@media", 6) == 0 && deep < BLOCKS_DEEP &&
             is_on_screen(css_lower(css_trimmed(r->c->arena, p + 6, stop))))
        read_rules(r, stop + 1, close, deep + 1);
    return close < end ? close + 1 : end;
}

static void read_rules(struct reading *r, const char *p, const char *end, unsigned deep)
{
    while (p < end && r->c->n < CSS_SELECTORS_MAX) {
        if (strchr(" \t\r\n\f;}", *p)) {
            p++;
            continue;
        }
        if (strncmp(p, "<!--", 4) == 0 || strncmp(p, "-->", 3) == 0) {
            p += *p == '<' ? 4 : 3;
            continue;
        }
        if (*p == '@') {
            p = read_at_rule(r, p, end, deep);
            continue;
        }
        const char *open = css_find(p, end, "{");
        if (open == end)
            return;
        const char *close = css_find(open + 1, end, "}");
        read_rule(r->c, p, open, close);
        p = close < end ? close + 1 : end;
    }
}

static void read_sheet(struct reading *r, const char *text)
{
    const char *plain = css_without_comments(r->c->arena, text);
    read_rules(r, plain, plain + strlen(plain), 0);
}

void css_add(struct css *c, const char *text, css_import_fn *import, void *context)
{
    struct reading r = {.c = c, .import = import, .context = context};
    read_sheet(&r, text);
}
