/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "paperbank/bank/markup.h"

static bool pair(struct bytes *b, const char **p, const char *sign, const char *element)
{
    size_t n = strlen(sign);
    if (strncmp(*p, sign, n) != 0 || (*p)[n] == ' ' || (*p)[n] == '\0')
        return false;
    const char *end = strstr(*p + n, sign);
    if (!end || end == *p + n || memchr(*p, '\n', (size_t)(end - *p)))
        return false;
    bytes_printf(b, "<%s>", element);
    bytes_add(b, *p + n, (size_t)(end - *p) - n);
    bytes_printf(b, "</%s>", element);
    *p = end + n;
    return true;
}

/* One line with its emphasis; HTML in it stays. */
static void line_inside(struct bytes *b, const char *p)
{
    while (*p) {
        if (pair(b, &p, "**", "strong") || pair(b, &p, "__", "strong") || pair(b, &p, "*", "em") ||
            pair(b, &p, "`", "code"))
            continue;
        if (*p == '\\' && p[1] && strchr("\\`*_{}[]()#+-.!", p[1]))
            p++;
        bytes_add(b, p, 1);
        p++;
    }
}

/* Where the text of a list item begins, or NULL; *ret_list is "ul" or "ol". */
static const char *item_text(const char *line, const char **ret_list)
{
    line += strspn(line, " ");
    if (strchr("*-+", *line) && *line && line[1] == ' ') {
        *ret_list = "ul";
        return line + 2;
    }
    size_t n = strspn(line, "0123456789");
    if (n == 0 || n > 4 || line[n] != '.' || line[n + 1] != ' ')
        return NULL;
    *ret_list = "ol";
    return line + n + 2;
}

static void close_list(struct bytes *b, const char **list)
{
    if (*list)
        bytes_printf(b, "</%s>", *list);
    *list = NULL;
}

static void one_line(struct bytes *b, const char *line, const char **list, bool *in_text)
{
    const char *kind = NULL, *item = item_text(line, &kind);
    size_t level = strspn(line, "#");
    if (item) {
        if (*list && strcmp(*list, kind) != 0)
            close_list(b, list);
        if (!*list)
            bytes_printf(b, "<%s>", kind);
        *list = kind;
        bytes_str(b, "<li>");
        line_inside(b, item);
        bytes_str(b, "</li>");
    } else if (level >= 1 && level <= 6 && line[level] == ' ') {
        close_list(b, list);
        bytes_printf(b, "<h%zu>", level);
        line_inside(b, line + level + 1);
        bytes_printf(b, "</h%zu>", level);
    } else if (line[strspn(line, " \t")] == '\0') {
        close_list(b, list);
        bytes_str(b, "<p>");
    } else {
        close_list(b, list);
        bytes_str(b, *in_text ? "\n" : "");
        line_inside(b, line);
    }
    *in_text = !item && level == 0;
}

char *markup_from_markdown(struct arena *a, const char *text)
{
    struct bytes b = {0};
    const char *list = NULL;
    bool in_text = false;
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        one_line(&b, arena_strndup(a, p, n), &list, &in_text);
        p += n + (p[n] == '\n');
    }
    close_list(&b, &list);
    char *html = arena_strndup(a, b.p ? (const char *)b.p : "", b.n);
    bytes_release(&b);
    return html;
}
