/* SPDX-License-Identifier: Apache-2.0 */
/* A parsed text as XHTML of QTI 2.2: what is kept, as what, and where it may stand. */
#include "paperbank/bank/markup-write.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

enum shape { BLOCK, INLINE, VOID };
enum content { BLOCKS, FLOW, PHRASE, ROWS, ITEMS };

/* What is kept, as what, and what may stand in it. */
static const struct element {
    const char *name, *as;
    enum shape shape;
    enum content content;
} elements[] = {
    {"p", "p", BLOCK, PHRASE},
    {"div", "div", BLOCK, FLOW},
    {"center", "div", BLOCK, FLOW},
    {"h1", "h1", BLOCK, PHRASE},
    {"h2", "h2", BLOCK, PHRASE},
    {"h3", "h3", BLOCK, PHRASE},
    {"h4", "h4", BLOCK, PHRASE},
    {"h5", "h5", BLOCK, PHRASE},
    {"h6", "h6", BLOCK, PHRASE},
    {"pre", "pre", BLOCK, PHRASE},
    {"blockquote", "blockquote", BLOCK, BLOCKS},
    {"ul", "ul", BLOCK, ITEMS},
    {"ol", "ol", BLOCK, ITEMS},
    {"li", "li", BLOCK, FLOW},
    {"table", "table", BLOCK, ROWS},
    {"caption", "caption", BLOCK, PHRASE},
    {"tr", "tr", BLOCK, ROWS},
    {"td", "td", BLOCK, FLOW},
    {"th", "th", BLOCK, FLOW},
    {"hr", "hr", VOID, PHRASE},
    {"br", "br", VOID, PHRASE},
    {"em", "em", INLINE, PHRASE},
    {"i", "i", INLINE, PHRASE},
    {"u", "em", INLINE, PHRASE},
    {"ins", "em", INLINE, PHRASE},
    {"b", "b", INLINE, PHRASE},
    {"strong", "strong", INLINE, PHRASE},
    {"code", "code", INLINE, PHRASE},
    {"tt", "tt", INLINE, PHRASE},
    {"kbd", "kbd", INLINE, PHRASE},
    {"samp", "samp", INLINE, PHRASE},
    {"var", "var", INLINE, PHRASE},
    {"sub", "sub", INLINE, PHRASE},
    {"sup", "sup", INLINE, PHRASE},
    {"q", "q", INLINE, PHRASE},
    {"cite", "cite", INLINE, PHRASE},
    {"small", "small", INLINE, PHRASE},
    {"big", "big", INLINE, PHRASE},
};

static const char *const dropped[] = {"script", "style",    "head",     "link", "meta",
                                      "title",  "template", "noscript", "col",  "colgroup"};
static const char *const refused[] = {"math",   "svg",   "object", "embed", "iframe",
                                      "applet", "audio", "video",  "canvas"};

static bool among(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

static const struct element *known(const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

struct writer {
    struct markup *m;
    struct bytes out;
    bool in_paragraph; /* a paragraph that stands for loose text in BLOCKS */
    bool preformatted;
};

static void open_paragraph(struct writer *w, enum content in)
{
    if (in == BLOCKS && !w->in_paragraph) {
        bytes_str(&w->out, "<p>");
        w->in_paragraph = true;
    }
}

static void close_paragraph(struct writer *w)
{
    if (w->in_paragraph)
        bytes_str(&w->out, "</p>");
    w->in_paragraph = false;
}

/* What stands loose in a list or in a row gets an item or a cell of its own. */
static void write_loose(struct writer *w, enum content in, const char *end)
{
    if (in == ROWS || in == ITEMS)
        bytes_printf(&w->out, "<%s%s>", end, in == ROWS ? "td" : "li");
}

static void write_text(struct writer *w, const char *text, enum content in)
{
    bool matters = in != ROWS && in != ITEMS && (in != BLOCKS || w->in_paragraph);
    if (!matters && markup_is_blank(text))
        return;
    open_paragraph(w, in);
    write_loose(w, in, "");
    for (const char *p = text, *mark; *p;) {
        mark = strstr(p, MARKUP_MARK);
        const char *end = mark ? strstr(mark + strlen(MARKUP_MARK), MARKUP_MARK) : NULL;
        char *plain = arena_strndup(w->m->arena, p, mark ? (size_t)(mark - p) : strlen(p));
        markup_escape(&w->out, markup_clean(w->m->arena, plain));
        if (!end)
            break;
        mark += strlen(MARKUP_MARK);
        if (w->m->mark)
            w->m->mark(w->m, arena_strndup(w->m->arena, mark, (size_t)(end - mark)), &w->out);
        p = end + strlen(MARKUP_MARK);
    }
    write_loose(w, in, "/");
}

static void write_number(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                         const char *attr)
{
    const char *v = xml_attr(d, n, attr);
    size_t digits = v ? strspn(v, "0123456789") : 0;
    if (digits > 0 && digits <= 4 && (v[digits] == '\0' || strcmp(v + digits, "px") == 0) &&
        strtol(v, NULL, 10) > 0)
        bytes_printf(&w->out, " %s=\"%.*s\"", attr, (int)digits, v);
}

static void write_image(struct writer *w, const struct xml_doc *d, const struct xml_node *n, enum content in)
{
    const char *source = xml_attr(d, n, "src"), *alt = xml_attr(d, n, "alt");
    const char *href = source && w->m->image ? w->m->image(w->m, source) : NULL;
    if (!href) {
        if (!w->m->fault)
            w->m->fault = arena_printf(w->m->arena, _("the picture \"%.100s\" is not in this file"),
                                       source ? source : "");
        return;
    }
    open_paragraph(w, in);
    write_loose(w, in, "");
    bytes_str(&w->out, "<img src=\"");
    markup_escape(&w->out, href);
    bytes_str(&w->out, "\" alt=\"");
    markup_escape(&w->out, markup_clean(w->m->arena, alt ? alt : ""));
    bytes_str(&w->out, "\"");
    write_number(w, d, n, "width");
    write_number(w, d, n, "height");
    bytes_str(&w->out, "/>");
    write_loose(w, in, "/");
}

static void write_children(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                           enum content in);

static bool is_row_part(const char *name)
{
    static const char *const parts[] = {"thead", "tbody", "tfoot"};
    return among(name, parts, 3);
}

static void write_row(struct writer *w, const struct xml_doc *d, const struct xml_node *n)
{
    if (xml_is_text(n) && markup_is_blank(xml_text(n)))
        return;
    bytes_str(&w->out, "<tr>");
    if (xml_is_text(n))
        write_text(w, xml_text(n), ROWS);
    else
        write_children(w, d, n, ROWS);
    bytes_str(&w->out, "</tr>");
}

/* The rows of a table, whatever they are grouped in, as one tbody. */
static void write_rows(struct writer *w, const struct xml_doc *d, const struct xml_node *table)
{
    const struct xml_node *caption = xml_child(table, "caption");
    if (caption) {
        bytes_str(&w->out, "<caption>");
        write_children(w, d, caption, PHRASE);
        bytes_str(&w->out, "</caption>");
    }
    bytes_str(&w->out, "<tbody>");
    for (const struct xml_node *c = xml_first(table); c; c = xml_next(c)) {
        if (is_row_part(xml_name(c)))
            for (const struct xml_node *row = xml_first(c); row; row = xml_next(row))
                write_row(w, d, row);
        else if (c != caption && !among(xml_name(c), dropped, sizeof dropped / sizeof *dropped))
            write_row(w, d, c);
    }
    bytes_str(&w->out, "</tbody>");
}

static bool fits_in(const struct element *el, enum content in)
{
    bool cell = strcmp(el->as, "td") == 0 || strcmp(el->as, "th") == 0, li = strcmp(el->as, "li") == 0;
    if (in == ROWS)
        return cell;
    if (in == ITEMS)
        return li;
    if (in == PHRASE)
        return el->shape == INLINE || strcmp(el->as, "br") == 0;
    return !cell && !li && strcmp(el->as, "tr") != 0 && strcmp(el->as, "caption") != 0;
}

static void write_known(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                        const struct element *el, enum content in)
{
    bool phrase = el->shape == INLINE || strcmp(el->as, "br") == 0;
    if (phrase)
        open_paragraph(w, in);
    else
        close_paragraph(w);
    bytes_printf(&w->out, "<%s", el->as);
    if (in == ROWS) {
        write_number(w, d, n, "colspan");
        write_number(w, d, n, "rowspan");
    }
    if (el->shape == VOID) {
        bytes_str(&w->out, "/>");
        return;
    }
    bytes_str(&w->out, ">");
    bool outer = w->in_paragraph;
    w->in_paragraph = false;
    if (strcmp(el->as, "table") == 0)
        write_rows(w, d, n);
    else
        write_children(w, d, n, el->content);
    close_paragraph(w);
    w->in_paragraph = outer;
    bytes_printf(&w->out, "</%s>", el->as);
}

/* What does not fit here, or is unknown, is taken off its content; blocks that were side by side stay on
 * lines of their own. */
static void write_unwrapped(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                            const struct element *el, enum content in)
{
    bool line = el && el->shape == BLOCK && in == PHRASE;
    write_children(w, d, n, in);
    if (line && xml_next(n))
        bytes_str(&w->out, "<br/>");
}

/* A link to a file beside the text would lead nowhere; one to the web only loses its address. */
static void check_link(struct writer *w, const char *href)
{
    if (href && *href && *href != '#' && !strstr(href, ":") && !w->m->fault)
        w->m->fault = arena_printf(w->m->arena,
                                   _("the text links to the file \"%.100s\", which cannot be shown"), href);
}

static void write_element(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                          enum content in)
{
    const char *name = xml_name(n);
    const struct element *el = known(name);
    if (strcmp(name, "a") == 0)
        check_link(w, xml_attr(d, n, "href"));
    if (among(name, dropped, sizeof dropped / sizeof *dropped))
        return;
    if (among(name, refused, sizeof refused / sizeof *refused)) {
        if (!w->m->fault)
            w->m->fault = arena_printf(w->m->arena, _("the text holds <%s>, which cannot be shown"), name);
    } else if (strcmp(name, "img") == 0) {
        write_image(w, d, n, in);
    } else if (el && fits_in(el, in)) {
        write_known(w, d, n, el, in);
    } else {
        write_unwrapped(w, d, n, el, in);
    }
}

static void write_children(struct writer *w, const struct xml_doc *d, const struct xml_node *n,
                           enum content in)
{
    for (const struct xml_node *c = xml_first(n); c; c = xml_next(c)) {
        if (xml_is_text(c))
            write_text(w, xml_text(c), in);
        else
            write_element(w, d, c, in);
    }
}

void markup_write(struct markup *m, const struct xml_doc *d, const struct xml_node *n,
                  enum markup_place place, struct bytes *out)
{
    struct writer w = {.m = m};
    write_children(&w, d, n, place == MARKUP_FLOW ? FLOW : BLOCKS);
    close_paragraph(&w);
    bytes_add(out, w.out.p, w.out.n);
    bytes_release(&w.out);
}
