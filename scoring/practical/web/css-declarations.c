/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/web/css-internal.h"

char *css_without_comments(struct arena *a, const char *text)
{
    char *out = arena_alloc(a, strlen(text) + 1), *to = out;
    for (const char *p = text; *p;) {
        if (p[0] == '/' && p[1] == '*') {
            const char *end = strstr(p + 2, "*/");
            *to++ = ' ';
            if (!end)
                break;
            p = end + 2;
        } else
            *to++ = *p++;
    }
    return out;
}

const char *css_find(const char *p, const char *end, const char *stops)
{
    unsigned depth = 0;
    for (char quote = 0; p < end; p++) {
        if (*p == '\\' && p + 1 < end)
            p++;
        else if (quote)
            quote = *p == quote || *p == '\n' ? 0 : quote;
        else if (*p == '"' || *p == '\'')
            quote = *p;
        else if (depth == 0 && strchr(stops, *p))
            return p;
        else if (*p == '(')
            depth++;
        else if (*p == ')' && depth)
            depth--;
    }
    return end;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

char *css_trimmed(struct arena *a, const char *p, const char *end)
{
    while (p < end && is_blank(*p))
        p++;
    while (end > p && is_blank(end[-1]))
        end--;
    return arena_strndup(a, p, (size_t)(end - p));
}

char *css_lower(char *s)
{
    for (char *p = s; *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p + 32);
    return s;
}

static void add(struct arena *a, struct css_declarations *l, const char *name, const char *value,
                bool important)
{
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 8;
        struct css_declaration *grown = arena_array(a, l->cap, sizeof *grown);
        if (l->n)
            memcpy(grown, l->d, l->n * sizeof *grown);
        l->d = grown;
    }
    l->d[l->n++] = (struct css_declaration){.name = name, .value = value, .important = important};
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (ascii_casecmp(word, *list) == 0)
            return true;
    return false;
}

static const char *next_word(struct arena *a, const char **p)
{
    const char *end = *p + strlen(*p);
    while (*p < end && is_blank(**p))
        ++*p;
    const char *stop = css_find(*p, end, " \t\n\r\f");
    char *word = arena_strndup(a, *p, (size_t)(stop - *p));
    *p = stop;
    return *word ? word : NULL;
}

static void spread_background(struct arena *a, struct css_declarations *l, const char *value, bool important)
{
    static const char *const others[] = {"repeat",  "no-repeat", "repeat-x", "repeat-y", "fixed",  "scroll",
                                         "top",     "bottom",    "left",     "right",    "center", "cover",
                                         "contain", "/",         "none",     NULL};
    const char *color = "transparent", *image = "none";
    for (const char *word, *p = value; (word = next_word(a, &p));) {
        if (strncmp(word, "url(", 4) == 0 || strstr(word, "gradient("))
            image = word;
        else if (!is_one_of(word, others) && !(word[0] >= '0' && word[0] <= '9') && word[0] != '-')
            color = word;
    }
    add(a, l, "background-color", color, important);
    add(a, l, "background-image", image, important);
}

static void spread_font(struct arena *a, struct css_declarations *l, const char *value, bool important)
{
    static const char *const styles[] = {"italic", "oblique", NULL};
    static const char *const weights[] = {"bold", "bolder", "lighter", "100", "200", "300", "400",
                                          "500",  "600",    "700",     "800", "900", NULL};
    static const char *const passed[] = {"normal", "small-caps", NULL};
    const char *style = "normal", *weight = "normal", *p = value, *word;
    while ((word = next_word(a, &p))) {
        if (is_one_of(word, styles))
            style = word;
        else if (is_one_of(word, weights))
            weight = word;
        else if (!is_one_of(word, passed))
            break;
    }
    if (!word)
        return;
    const char *family = css_trimmed(a, p, p + strlen(p));
    add(a, l, "font-style", style, important);
    add(a, l, "font-weight", weight, important);
    add(a, l, "font-size", arena_strndup(a, word, strcspn(word, "/")), important);
    if (*family)
        add(a, l, "font-family", family, important);
}

static void spread_words(struct arena *a, struct css_declarations *l, const char *name, const char *value,
                         bool important)
{
    bool border = strcmp(name, "border") == 0;
    for (const char *word, *p = value; (word = next_word(a, &p));) {
        bool digit = word[0] >= '0' && word[0] <= '9';
        if (border && digit)
            add(a, l, "border-width", word, important);
        else if (border && (strcmp(word, "none") == 0 || strcmp(word, "hidden") == 0))
            add(a, l, "border-width", "0", important);
        else if (!border && strncmp(word, "url(", 4) != 0 && strcmp(word, "inside") != 0 &&
                 strcmp(word, "outside") != 0)
            add(a, l, "list-style-type", word, important);
    }
}

static void take(struct arena *a, struct css_declarations *l, const char *name, const char *value,
                 bool important)
{
    add(a, l, name, value, important);
    if (strcmp(name, "background") == 0)
        spread_background(a, l, value, important);
    else if (strcmp(name, "font") == 0)
        spread_font(a, l, value, important);
    else if (strcmp(name, "border") == 0 || strcmp(name, "list-style") == 0)
        spread_words(a, l, name, value, important);
    else if (strcmp(name, "text-decoration-line") == 0)
        add(a, l, "text-decoration", value, important);
}

void css_declarations_between(struct arena *a, const char *p, const char *end, struct css_declarations *ret)
{
    *ret = (struct css_declarations){0};
    while (p < end && ret->n < CSS_DECLARATIONS_MAX) {
        const char *stop = css_find(p, end, ";"), *colon = memchr(p, ':', (size_t)(stop - p));
        if (colon) {
            char *name = css_lower(css_trimmed(a, p, colon)), *value = css_trimmed(a, colon + 1, stop);
            char *mark = strrchr(value, '!');
            bool important =
                mark && ascii_casecmp(css_trimmed(a, mark + 1, mark + strlen(mark)), "important") == 0;
            if (important)
                value = css_trimmed(a, value, mark);
            if (*name && *value)
                take(a, ret, name, value, important);
        }
        p = stop < end ? stop + 1 : end;
    }
}

void css_declarations_read(struct arena *a, const char *text, struct css_declarations *ret)
{
    const char *plain = css_without_comments(a, text);
    css_declarations_between(a, plain, plain + strlen(plain), ret);
}
