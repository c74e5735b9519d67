/* SPDX-License-Identifier: Apache-2.0 */
#include "paperbank/bank/markup.h"

#include <string.h>

#include "base/text.h"
#include "paperbank/bank/markup-write.h"

bool markup_is_blank(const char *s)
{
    return s[strspn(s, " \t\r\n")] == '\0';
}

/* The content of the only paragraph, if there is nothing else. */
static const struct xml_node *only_paragraph(const struct xml_node *body)
{
    const struct xml_node *found = NULL;
    for (const struct xml_node *c = xml_first(body); c; c = xml_next(c)) {
        if (xml_is_text(c) && markup_is_blank(xml_text(c)))
            continue;
        if (found || xml_is_text(c) || !(xml_named(c, "p") || xml_named(c, "div")))
            return NULL;
        found = c;
    }
    return found;
}

static char *plain_html(struct arena *a, const char *text, bool escape)
{
    struct bytes b = {0}, raw = {0};
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        bytes_clear(&raw);
        bytes_add(&raw, p, n);
        if (escape)
            markup_escape(&b, (const char *)raw.p);
        else
            bytes_add(&b, p, n);
        p += n;
        if (*p == '\n' && p[1 + strspn(p + 1, " \t")] == '\n')
            bytes_str(&b, "<p>");
        else if (*p == '\n' && p[strspn(p, " \t\n")])
            bytes_str(&b, "<br>");
        p += strspn(p, "\n");
    }
    char *html = arena_strndup(a, b.p ? (const char *)b.p : "", b.n);
    bytes_release(&b);
    bytes_release(&raw);
    return html;
}

static struct xml_doc *parse(struct markup *m, enum markup_format format, const char *text)
{
    struct xml_doc *d = NULL;
    struct err e = {0};
    if (format == MARKUP_PLAIN || format == MARKUP_AUTO)
        text = plain_html(m->arena, text, format == MARKUP_PLAIN);
    else if (format == MARKUP_MARKDOWN)
        text = markup_from_markdown(m->arena, text);
    if (markup_is_blank(text))
        return NULL;
    if (xml_read_html(&d, "", arena_printf(m->arena, "<div>%s</div>", text), &e) < 0 && !m->fault)
        m->fault = arena_strdup(m->arena, e.what);
    return d;
}

/* The <div> that we put around a text; what closed it early stands behind it, so the whole body is taken
 * then. */
static const struct xml_node *body_of(const struct xml_doc *d)
{
    const struct xml_node *root = xml_root(d), *body = root ? xml_child(root, "body") : NULL;
    const struct xml_node *div = body ? xml_first_element(body) : NULL;
    return div && !xml_next(div) && xml_named(div, "div") ? div : body;
}

const char *markup_xhtml(struct markup *m, enum markup_format format, enum markup_place place,
                         const char *text)
{
    struct xml_doc *d = parse(m, format, text);
    const struct xml_node *body = d ? body_of(d) : NULL;
    const struct xml_node *only = body && place == MARKUP_FLOW ? only_paragraph(body) : NULL;
    struct bytes out = {0};
    if (body)
        markup_write(m, d, only ? only : body, place, &out);
    char *s = arena_strndup(m->arena, out.p ? (const char *)out.p : "", out.n);
    bytes_release(&out);
    xml_free(d);
    return s;
}

const char *markup_words(struct markup *m, enum markup_format format, const char *text)
{
    struct xml_doc *d = parse(m, format, text);
    const struct xml_node *body = d ? body_of(d) : NULL;
    const char *words = body ? xml_content(body, m->arena) : "";
    words = text_trim(m->arena, markup_clean(m->arena, words));
    char *line = arena_strdup(m->arena, words), *to = line;
    for (const char *p = line; *p; p++)
        if (*p != '\n' && *p != '\t')
            *to++ = *p;
        else if (to > line && to[-1] != ' ')
            *to++ = ' ';
    *to = '\0';
    xml_free(d);
    return line;
}
