/* SPDX-License-Identifier: Apache-2.0 */
#include "scoring/practical/web/style.h"

#include <string.h>

#include "base/text.h"

enum { INLINE_MAX = 4000, LINK_BLUE = 0x0000EE };

static const char *declared(struct page *p, const struct xml_node *n, const char *property)
{
    const char *style = page_attr(p, n, "style");
    if (style && strnlen(style, INLINE_MAX + 1) > INLINE_MAX)
        style = NULL;
    const char *value = css_declared(&p->css, p->doc, n, style, property);
    return value && ascii_casecmp(value, "inherit") != 0 ? value : NULL;
}

const char *style_declared(struct page *p, const struct xml_node *n, const char *property, bool inherited)
{
    const char *value = NULL;
    for (; n && !value; n = inherited ? xml_parent(n) : NULL)
        value = declared(p, n, property);
    return value;
}

static bool has_text_of_its_own(const struct xml_node *n)
{
    for (const struct xml_node *c = xml_first(n); c; c = xml_next(c))
        if (xml_is_text(c) && xml_text(c)[strspn(xml_text(c), " \t\r\n")])
            return true;
    return false;
}

const struct xml_node *style_innermost(const struct xml_node *n)
{
    for (;;) {
        const struct xml_node *c = xml_first_element(n);
        if (!c || xml_next_element(c) || has_text_of_its_own(n) ||
            !page_is(c, "font|span|b|strong|i|em|u|a|center|big|small|p|h1|h2|h3|h4|h5|h6|ins|code"))
            return n;
        n = c;
    }
}

static bool is_link(const struct page *p, const struct xml_node *n)
{
    return xml_named(n, "a") && page_attr(p, n, "href");
}

/* What an old attribute says here, or NULL. */
static const char *color_hint(const struct page *p, const struct xml_node *n)
{
    if (page_is(n, "font|basefont"))
        return page_attr(p, n, "color");
    if (xml_named(n, "body"))
        return page_attr(p, n, "text");
    return is_link(p, n) ? page_attr(p, p->body, "link") : NULL;
}

int64_t style_color(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "color"), *hint = color_hint(p, n);
        int64_t color = value ? style_read_color(value) : STYLE_NONE;
        if (color == STYLE_NONE && hint)
            color = style_read_color(hint);
        if (color == STYLE_NONE && is_link(p, n))
            color = LINK_BLUE;
        if (color != STYLE_NONE)
            return color;
    }
    return STYLE_NONE;
}

int64_t style_background(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "background-color");
        const char *hint = page_is(n, "body|table|tr|td|th|thead|tbody") ? page_attr(p, n, "bgcolor") : NULL;
        int64_t color = value ? style_read_color(value) : STYLE_NONE;
        if (!value && hint)
            color = style_read_color(hint);
        if (color != STYLE_NONE)
            return color;
    }
    return STYLE_NONE;
}

const char *style_background_image(struct page *p, const struct xml_node *n, struct arena *a)
{
    const char *value = declared(p, n, "background-image"), *hint = page_attr(p, n, "background");
    if (!value)
        return hint && *hint ? hint : NULL;
    const char *open = strstr(value, "url(");
    if (!open)
        return NULL;
    open += 4 + strspn(open + 4, " '\"");
    return arena_strndup(a, open, strcspn(open, " '\")"));
}

static const char *first_family(struct arena *a, const char *list)
{
    list += strspn(list, " '\"");
    return text_trim(a, arena_strndup(a, list, strcspn(list, "'\",")));
}

const char *style_font(struct page *p, const struct xml_node *n, struct arena *a)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "font-family");
        if (!value && xml_named(n, "font"))
            value = page_attr(p, n, "face");
        if (value && *value)
            return first_family(a, value);
    }
    return NULL;
}

/* ---- size ---- */

static const int64_t attribute_pixels[] = {10, 10, 13, 16, 18, 24, 32, 48}; /* size="1" … "7" */

static bool size_of_attribute(const char *text, int64_t *ret)
{
    int64_t n = 0, sign = *text == '-' ? -1 : 1;
    const char *p = text + (*text == '+' || *text == '-');
    if (*p < '0' || *p > '9')
        return false;
    n = *p - '0';
    if (p > text)
        n = 3 + sign * n;
    n = n < 1 ? 1 : n > 7 ? 7 : n;
    *ret = attribute_pixels[n] * STYLE_PIXEL;
    return true;
}

static bool size_of_word(const char *word, int64_t em, int64_t *ret)
{
    static const struct {
        const char *word;
        int64_t pixels;
    } words[] = {{"xx-small", 9}, {"x-small", 10}, {"small", 13},    {"medium", 16},
                 {"large", 18},   {"x-large", 24}, {"xx-large", 32}, {"initial", 16}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ascii_casecmp(word, words[i].word) == 0) {
            *ret = words[i].pixels * STYLE_PIXEL;
            return true;
        }
    if (ascii_casecmp(word, "smaller") == 0 || ascii_casecmp(word, "larger") == 0) {
        *ret = (word[0] | 32) == 's' ? em * 5 / 6 : em * 6 / 5;
        return true;
    }
    return style_read_length(word, em, ret);
}

/* What browsers do by themselves, in hundredths of the size around it. */
static int64_t own_scale(const struct xml_node *n)
{
    static const struct {
        const char *name;
        int64_t percent;
    } scales[] = {{"h1", 200}, {"h2", 150},  {"h3", 117},   {"h4", 100}, {"h5", 83},
                  {"h6", 67},  {"big", 120}, {"small", 83}, {"sub", 83}, {"sup", 83}};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++)
        if (xml_named(n, scales[i].name))
            return scales[i].percent;
    return 100;
}

int64_t style_size(struct page *p, const struct xml_node *n)
{
    const struct xml_node *chain[PAGE_DEPTH_MAX + 8];
    size_t k = 0;
    int64_t em = 16 * STYLE_PIXEL;
    for (; n && k < sizeof chain / sizeof *chain; n = xml_parent(n))
        chain[k++] = n;
    while (k > 0) {
        const struct xml_node *x = chain[--k];
        const char *value = declared(p, x, "font-size");
        const char *hint = page_is(x, "font|basefont") ? page_attr(p, x, "size") : NULL;
        int64_t size;
        if ((value && size_of_word(value, em, &size)) || (!value && hint && size_of_attribute(hint, &size)))
            em = size;
        else
            em = em * own_scale(x) / 100;
        em = em > 1000000000 ? 1000000000 : em;
    }
    return em;
}

/* ---- marks ---- */

bool style_bold(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "font-weight");
        if (value)
            return strncmp(value, "bold", 4) == 0 ||
                   (value[0] >= '6' && value[0] <= '9' && strlen(value) == 3);
        if (page_is(n, "b|strong|th|h1|h2|h3|h4|h5|h6"))
            return true;
    }
    return false;
}

bool style_italic(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "font-style");
        if (value)
            return strcmp(value, "italic") == 0 || strncmp(value, "oblique", 7) == 0;
        if (page_is(n, "i|em|cite|address|var|dfn"))
            return true;
    }
    return false;
}

/* A line under an element is drawn through all that is in it. */
bool style_underlined(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *value = declared(p, n, "text-decoration");
        if (value ? strstr(value, "underline") != NULL : page_is(n, "u|ins") || is_link(p, n))
            return true;
    }
    return false;
}

static const char *alignment_named(const char *word)
{
    static const char *const words[] = {"left", "center", "right", "justify"};
    for (size_t i = 0; word && i < 4; i++)
        if (ascii_casecmp(words[i], word) == 0)
            return words[i];
    if (word && ascii_casecmp(word, "middle") == 0)
        return words[1];
    return word && ascii_casecmp(word, "end") == 0     ? words[2]
           : word && ascii_casecmp(word, "start") == 0 ? words[0]
                                                       : NULL;
}

const char *style_alignment(struct page *p, const struct xml_node *n)
{
    for (; n; n = xml_parent(n)) {
        const char *found = alignment_named(declared(p, n, "text-align"));
        if (!found && page_is(n, "p|div|h1|h2|h3|h4|h5|h6|td|th|tr|thead|tbody|caption"))
            found = alignment_named(page_attr(p, n, "align"));
        if (!found && page_is(n, "center|th|caption"))
            found = "center";
        if (found)
            return found;
    }
    return "left";
}
