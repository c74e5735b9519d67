/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/odf/styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/units.h"
#include "scoring/practical/parts.h"

/* Sorted by family, name, automatic, part, place in the file. */
struct odf_styles {
    struct odf_style *entry;
    size_t n, room;
    bool flat;
    struct arena *arena;
};

static const char *const named[] = {
    "list-style",
    "page-layout",
    "master-page",
    "font-face",
    "gradient",
    "fill-image",
    "presentation-page-layout",
};

static const char *family_of(const struct xml_tree_node *n)
{
    if (n->ns == NS_NUMBER)
        return "data-style";
    if (xml_tree_is(n, NS_STYLE, "style") || xml_tree_is(n, NS_STYLE, "default-style"))
        return xml_tree_attr(n, NS_STYLE, "family");
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(n->name, named[i]) == 0)
            return named[i];
    return NULL;
}

static const char *name_of(const struct xml_tree_node *n)
{
    if (xml_tree_is(n, NS_STYLE, "default-style"))
        return "";
    const char *name = xml_tree_attr(n, NS_STYLE, "name");
    return name ? name : xml_tree_attr(n, NS_DRAW, "name");
}

static void add(struct odf_styles *s, const struct xml_tree_node *n, enum odf_part part, bool automatic)
{
    const char *family = family_of(n), *name = name_of(n);
    if (!family || !name)
        return;
    if (s->n == s->room) {
        size_t room = s->room ? 2 * s->room : 64;
        struct odf_style *more = arena_array(s->arena, room, sizeof *more);
        if (s->n)
            memcpy(more, s->entry, s->n * sizeof *more);
        s->entry = more;
        s->room = room;
    }
    s->entry[s->n++] = (struct odf_style){
        .family = family, .name = name, .node = n, .styles = s, .part = part, .automatic = automatic};
}

static void add_all(struct odf_styles *s, const struct xml_tree_node *root, enum odf_part part)
{
    for (const struct xml_tree_node *g = xml_tree_first_element(root); g; g = xml_tree_next_element(g)) {
        bool automatic = xml_tree_is(g, NS_OFFICE, "automatic-styles");
        if (!automatic && !xml_tree_is(g, NS_OFFICE, "styles") &&
            !xml_tree_is(g, NS_OFFICE, "master-styles") && !xml_tree_is(g, NS_OFFICE, "font-face-decls"))
            continue;
        for (const struct xml_tree_node *n = xml_tree_first_element(g); n; n = xml_tree_next_element(n))
            add(s, n, part, automatic || xml_tree_is(g, NS_OFFICE, "font-face-decls"));
    }
}

static int compare_names(const struct odf_style *a, const struct odf_style *b)
{
    int c = strcmp(a->family, b->family);
    return c ? c : strcmp(a->name, b->name);
}

static int compare(const void *a, const void *b)
{
    const struct odf_style *x = a, *y = b;
    int c = compare_names(x, y);
    if (c == 0)
        c = x->automatic - y->automatic;
    if (c == 0)
        c = (int)x->part - (int)y->part;
    return c ? c : x->node->line < y->node->line ? -1 : x->node->line > y->node->line;
}

/* The first entry that is not before the names. */
static size_t lower(const struct odf_styles *s, const char *family, const char *name)
{
    const struct odf_style wanted = {.family = family, .name = name};
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(&s->entry[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct odf_style *find(const struct odf_styles *s, enum odf_part part, const char *family,
                                    const char *name)
{
    const struct odf_style wanted = {.family = family, .name = name}, *common = NULL;
    for (size_t i = lower(s, family, name); i < s->n && compare_names(&s->entry[i], &wanted) == 0; i++) {
        const struct odf_style *e = &s->entry[i];
        if (e->automatic && (e->part == part || s->flat))
            return e;
        if (!e->automatic && !common)
            common = e;
    }
    return common;
}

const struct odf_style *odf_style_find(const struct odf_styles *s, enum odf_part part, const char *family,
                                       const char *name)
{
    if (!name || !*name)
        return NULL;
    const struct odf_style *found = find(s, part, family, name);
    return found || strcmp(family, "presentation") != 0 ? found : find(s, part, "graphic", name);
}

const struct odf_style *odf_style_default(const struct odf_styles *s, const char *family)
{
    const struct odf_style *found = find(s, ODF_STYLES, family, "");
    return found || strcmp(family, "presentation") != 0 ? found : find(s, ODF_STYLES, "graphic", "");
}

const struct odf_style *odf_style_at(const struct odf_styles *s, const char *family, size_t i)
{
    size_t at = lower(s, family, "") + i;
    return at < s->n && strcmp(s->entry[at].family, family) == 0 ? &s->entry[at] : NULL;
}

/* A parent is a common style; where there is none of that name, files of others mean an automatic one. */
static const struct odf_style *parent_of(const struct odf_styles *s, const struct odf_style *e)
{
    const char *name = xml_tree_attr(e->node, NS_STYLE, "parent-style-name");
    if (!name || !*name || !*e->name)
        return NULL;
    const struct odf_style wanted = {.family = e->family, .name = name};
    for (size_t i = lower(s, e->family, name); i < s->n && compare_names(&s->entry[i], &wanted) == 0; i++)
        if (!s->entry[i].automatic)
            return &s->entry[i];
    return odf_style_find(s, e->part, e->family, name);
}

/* Each chain is walked once; where it meets itself it is cut. */
static void link_parents(struct odf_styles *s)
{
    uint32_t *seen = arena_array(s->arena, s->n + 1, sizeof *seen);
    for (size_t i = 0; i < s->n; i++) {
        s->entry[i].number = (uint32_t)i;
        s->entry[i].parent = parent_of(s, &s->entry[i]);
    }
    for (size_t i = 0; i < s->n; i++)
        for (size_t at = i; seen[at] == 0;) {
            seen[at] = (uint32_t)i + 1;
            const struct odf_style *up = s->entry[at].parent;
            if (!up)
                break;
            size_t next = (size_t)(up - s->entry);
            if (seen[next] == i + 1)
                s->entry[at].parent = NULL;
            at = next;
        }
}

struct odf_styles *odf_styles_new(struct arena *a, const struct xml_tree_node *styles,
                                  const struct xml_tree_node *content)
{
    struct odf_styles *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    s->flat = styles == content;
    if (styles && !s->flat)
        add_all(s, styles, ODF_STYLES);
    add_all(s, content, ODF_CONTENT);
    if (s->n)
        qsort(s->entry, s->n, sizeof *s->entry, compare);
    link_parents(s);
    return s;
}

size_t odf_styles_count(const struct odf_styles *s)
{
    return s->n;
}

/* "Heading_20_1" → "Heading 1" (ODF 1.3 part 3, 19.502: characters that a name cannot hold). */
static const char *decoded(const char *name, struct arena *a)
{
    char *out = arena_strdup(a, name), *to = out;
    for (const char *p = name; *p; p++) {
        uint8_t c;
        char hex[3] = {p[0] == '_' ? p[1] : '\0', p[0] == '_' && p[1] ? p[2] : '\0', '\0'};
        if (hex[1] && p[3] == '_' && hex_decode(&c, 1, hex) && c >= 0x20 && c < 0x7f) {
            *to++ = (char)c;
            p += 3;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return out;
}

const char *odf_style_shown(const struct odf_style *style, struct arena *a)
{
    const char *display = xml_tree_attr(style->node, NS_STYLE, "display-name");
    if (!display)
        display = xml_tree_attr(style->node, NS_DRAW, "display-name");
    return display && *display ? display : decoded(style->name, a);
}

const struct odf_style *odf_style_common(const struct odf_style *style)
{
    for (int i = 0; style && style->automatic; i++)
        style = i < ODF_CHAIN ? style->parent : NULL;
    return style;
}

const struct xml_tree_node *odf_style_group(const struct odf_style *style, const char *group)
{
    if (!style)
        return NULL;
    const struct xml_tree_node *g = xml_tree_child(style->node, NS_STYLE, group);
    return g ? g : xml_tree_child(style->node, NS_LOEXT, group);
}

const char *odf_style_attr(const struct odf_style *style, const char *group, uint8_t ns, const char *name)
{
    const struct odf_style *base =
        style && *style->name ? odf_style_default(style->styles, style->family) : NULL;
    for (int i = 0; style && i < ODF_CHAIN; i++, style = style->parent) {
        const struct xml_tree_node *g = odf_style_group(style, group);
        const char *value = g ? xml_tree_attr(g, ns, name) : NULL;
        if (value)
            return value;
    }
    const struct xml_tree_node *g = odf_style_group(base, group);
    return g ? xml_tree_attr(g, ns, name) : NULL;
}

const char *odf_style_direct(const struct odf_style *style, const char *group, uint8_t ns, const char *name)
{
    for (int i = 0; style && style->automatic && i < ODF_CHAIN; i++, style = style->parent) {
        const struct xml_tree_node *g = odf_style_group(style, group);
        const char *value = g ? xml_tree_attr(g, ns, name) : NULL;
        if (value)
            return value;
    }
    return NULL;
}
