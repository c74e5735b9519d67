/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/bytes.h"
#include "base/text.h"
#include "scoring/practical/odf/number-format.h"
#include "scoring/practical/odf/slides-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_BLANKS = 1000, SIZE = 18 * 12700 };

static const char *const text_group = "text-properties";
static const char *const paragraph_group = "paragraph-properties";

void odf_stack_add(struct slides_stack *k, const struct odf_style *style)
{
    for (; style && k->n < SLIDES_STACK; style = style->parent)
        k->level[k->n++] = style;
}

const char *odf_stack_attr(const struct slides_stack *k, const char *group, uint8_t ns, const char *name)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct xml_tree_node *g = odf_style_group(k->level[i], group);
        const char *value = g ? xml_tree_attr(g, ns, name) : NULL;
        if (value)
            return value;
    }
    return NULL;
}

/* ---- a shape's text while it is read ---- */

struct text_writer {
    struct slides_reader *r;
    struct slides_text *to;
    const struct odf_style *shape, *text;
    bool outline;
    struct slides_paragraph *p;
    struct bytes run;
    const struct slides_stack *stack; /* of the run that has not ended */
    const char *field;
    const struct slides_link *link;
    bool blank;
};

struct list_place {
    const char *style;
    int level; /* 0: no list */
    bool header;
};

static const char *text_attr(const struct slides_stack *k, uint8_t ns, const char *name)
{
    return odf_stack_attr(k, text_group, ns, name);
}

/* ---- runs ---- */

static const char *font(struct slides_reader *r, const struct slides_stack *k, enum odf_script script)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct odf_style *s = k->level[i];
        const char *name = odf_font(s->styles, s->part, odf_style_group(s, text_group), script, r->p->arena);
        if (name)
            return slides_string(r->s, name);
    }
    return "";
}

static int64_t size_of(const struct slides_stack *k, bool asian)
{
    int64_t ratio = 1000000, size = SIZE, part;
    for (size_t i = 0; i < k->n; i++) {
        const struct xml_tree_node *g = odf_style_group(k->level[i], text_group);
        const char *text =
            g ? xml_tree_attr(g, asian ? NS_STYLE : NS_FO, asian ? "font-size-asian" : "font-size") : NULL;
        if (odf_length(text, &size))
            break;
        if (odf_percent(text, &part) && part > 0 && part <= 10000 && ratio < 1000000000)
            ratio = ratio * part / 1000;
    }
    return size > 0 && size < 127000000 ? (size * ratio + 500000) / 1000000 : SIZE;
}

static bool heavy(const char *weight)
{
    return odf_is(weight, "bold") || odf_integer(weight, 0, 1000, 0) >= 600;
}

/* East Asian text has properties of its own. */
static bool asian_text(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end)
        if (utf8_next(&text, end) >= 0x2e80)
            return true;
    return false;
}

static const char *underline_of(const struct slides_stack *k)
{
    const char *line = text_attr(k, NS_STYLE, "text-underline-style");
    const char *width = text_attr(k, NS_STYLE, "text-underline-width");
    if (!line || strcmp(line, "none") == 0)
        return "none";
    if (odf_is(text_attr(k, NS_STYLE, "text-underline-type"), "double"))
        return "double";
    if (strcmp(line, "solid") == 0)
        return odf_is(width, "bold") || odf_is(width, "thick") ? "heavy" : "single";
    return strcmp(line, "dotted") == 0 ? "dotted" : strcmp(line, "wave") == 0 ? "wavy" : "dash";
}

static int64_t baseline_of(const struct slides_stack *k)
{
    const char *text = text_attr(k, NS_STYLE, "text-position");
    char first[16] = {0};
    int64_t part = 0;
    if (!text || strncmp(text, "super", 5) == 0 || strncmp(text, "sub", 3) == 0)
        return !text ? 0 : text[2] == 'p' ? 300 : -250;
    size_t n = strcspn(text, " ");
    memcpy(first, text, n < 15 ? n : 15);
    odf_percent(first, &part);
    return part;
}

static int64_t color_of(const struct slides_stack *k)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct xml_tree_node *g = odf_style_group(k->level[i], text_group);
        if (g && odf_true(xml_tree_attr(g, NS_STYLE, "use-window-font-color")))
            return 0;
        if (g && odf_color(xml_tree_attr(g, NS_FO, "color")) >= 0)
            return odf_color(xml_tree_attr(g, NS_FO, "color"));
    }
    return 0;
}

static void look(struct slides_reader *r, const struct slides_stack *k, struct slides_run *run)
{
    bool asian = asian_text(run->text);
    const char *slant = text_attr(k, asian ? NS_STYLE : NS_FO, asian ? "font-style-asian" : "font-style");
    const char *strike = text_attr(k, NS_STYLE, "text-line-through-style");
    run->latin = font(r, k, ODF_LATIN);
    run->east_asian = font(r, k, ODF_ASIAN);
    run->size = size_of(k, asian);
    run->bold = heavy(text_attr(k, asian ? NS_STYLE : NS_FO, asian ? "font-weight-asian" : "font-weight"));
    run->italic = odf_is(slant, "italic") || odf_is(slant, "oblique");
    run->strike = strike && strcmp(strike, "none") != 0;
    run->underline = underline_of(k);
    run->color = color_of(k);
    run->highlight = odf_color(text_attr(k, NS_FO, "background-color"));
    run->baseline = baseline_of(k);
    odf_length(text_attr(k, NS_FO, "letter-spacing"), &run->spacing);
}

static void flush(struct text_writer *w)
{
    if (w->run.n == 0)
        return;
    struct slides_run *run = slides_add_run(w->r->s, w->p, (const char *)w->run.p);
    look(w->r, w->stack, run);
    run->field = w->field;
    if (w->link)
        run->link = *w->link;
    bytes_clear(&w->run);
}

static void put(struct text_writer *w, const char *text, size_t n, const struct slides_stack *k)
{
    if (w->stack != k)
        flush(w);
    w->stack = k;
    bytes_add(&w->run, text, n);
}

static void put_text(struct text_writer *w, const char *text, const struct slides_stack *k)
{
    for (const char *p = text; *p; p++) {
        bool blank = *p == ' ' || *p == '\t' || *p == '\n' || *p == '\r';
        if (!blank || !w->blank)
            put(w, blank ? " " : p, 1, k);
        w->blank = blank;
    }
}

/* ---- what leads elsewhere ---- */

struct slides_link odf_slides_link(struct slides_reader *r, const char *href)
{
    struct slides_link l = {0};
    if (!href || !*href)
        return l;
    l.action = href[0] == '#' ? "slide" : strstr(href, ":") ? "url" : "file";
    l.target = slides_string(r->s, href + (href[0] == '#'));
    return l;
}

/* ---- inline ---- */

static void inline_content(struct text_writer *w, const struct xml_tree_node *n,
                           const struct slides_stack *k);

static void span(struct text_writer *w, const struct xml_tree_node *n, const struct slides_stack *k)
{
    const struct odf_style *s =
        odf_style_find(w->r->p->styles, w->r->part, "text", xml_tree_attr(n, NS_TEXT, "style-name"));
    struct slides_stack inner = {.n = 0};
    odf_stack_add(&inner, s);
    for (size_t i = 0; i < k->n && inner.n < SLIDES_STACK; i++)
        inner.level[inner.n++] = k->level[i];
    inline_content(w, n, s ? &inner : k);
    flush(w);
}

static void anchor(struct text_writer *w, const struct xml_tree_node *n, const struct slides_stack *k)
{
    const struct slides_link *before = w->link;
    const struct slides_link link = odf_slides_link(w->r, xml_tree_attr(n, NS_XLINK, "href"));
    flush(w);
    w->link = &link;
    inline_content(w, n, k);
    flush(w);
    w->link = before;
}

static const char *field_of(const char *name)
{
    static const struct {
        const char *element, *field;
    } fields[] = {
        {"page-number", "slidenum"}, {"date", "datetime"},         {"time", "datetime"},
        {"footer", "footer"},        {"header", "header"},         {"date-time", "datetime"},
        {"page-name", "pagename"},   {"page-count", "slidecount"}, {"author-name", "author"},
        {"file-name", "filename"},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].element, name) == 0)
            return fields[i].field;
    return NULL;
}

static void field(struct text_writer *w, const struct xml_tree_node *n, const struct slides_stack *k)
{
    const char *before = w->field;
    flush(w);
    w->field = field_of(n->name);
    inline_content(w, n, k);
    flush(w);
    w->field = before;
}

static void element(struct text_writer *w, const struct xml_tree_node *n, const struct slides_stack *k)
{
    bool tab = xml_tree_is(n, NS_TEXT, "tab");
    if (tab || xml_tree_is(n, NS_TEXT, "line-break")) {
        put(w, tab ? "\t" : "\n", 1, k);
        w->blank = false;
    } else if (xml_tree_is(n, NS_TEXT, "s")) {
        for (int64_t i = odf_integer(xml_tree_attr(n, NS_TEXT, "c"), 0, MAX_BLANKS, 1); i > 0; i--)
            put(w, " ", 1, k);
        w->blank = false;
    } else if (xml_tree_is(n, NS_TEXT, "span"))
        span(w, n, k);
    else if (xml_tree_is(n, NS_TEXT, "a"))
        anchor(w, n, k);
    else if ((n->ns == NS_TEXT || n->ns == NS_PRESENTATION) && field_of(n->name))
        field(w, n, k);
    else if (n->ns == NS_TEXT && strcmp(n->name, "note") != 0 && strcmp(n->name, "ruby-text") != 0)
        inline_content(w, n, k);
}

static void inline_content(struct text_writer *w, const struct xml_tree_node *n, const struct slides_stack *k)
{
    for (const struct xml_tree_node *c = n->first; c; c = c->next)
        if (c->text)
            put_text(w, c->text, k);
        else
            element(w, c, k);
}

/* ---- paragraphs ---- */

/* The style of a level of the outline: "Default-outline2" beside the shape's "Default-outline1". */
static const struct odf_style *outline_style(const struct text_writer *w, int level)
{
    const struct odf_style *common = odf_style_common(w->shape);
    size_t n = common ? strlen(common->name) : 0;
    if (!w->outline || level < 2 || level > 9 || n < 9 || strncmp(common->name + n - 8, "outline", 7) != 0)
        return NULL;
    char *name = arena_strdup(w->r->p->arena, common->name);
    name[n - 1] = (char)('0' + level);
    return odf_style_find(common->styles, ODF_STYLES, "presentation", name);
}

static void stack_of(struct text_writer *w, const struct xml_tree_node *n, int level, struct slides_stack *k)
{
    const struct odf_styles *all = w->r->p->styles;
    k->n = 0;
    odf_stack_add(k, odf_style_find(all, w->r->part, "paragraph", xml_tree_attr(n, NS_TEXT, "style-name")));
    odf_stack_add(k, outline_style(w, level));
    odf_stack_add(k, w->shape);
    odf_stack_add(k, w->text);
    odf_stack_add(k, odf_style_default(all, "graphic"));
}

static const char *align_of(const struct slides_stack *k)
{
    const char *align = odf_stack_attr(k, paragraph_group, NS_FO, "text-align");
    return odf_is(align, "center")                          ? "center"
           : odf_is(align, "end") || odf_is(align, "right") ? "right"
           : odf_is(align, "justify")                       ? "justify"
                                                            : "left";
}

static void format(const struct slides_stack *k, struct slides_paragraph *p)
{
    const char *line = odf_stack_attr(k, paragraph_group, NS_FO, "line-height");
    p->align = align_of(k);
    if (odf_length(line, &p->line_exact))
        p->line_ratio = 0;
    else
        odf_percent(line, &p->line_ratio);
    odf_length(odf_stack_attr(k, paragraph_group, NS_FO, "margin-top"), &p->before);
    odf_length(odf_stack_attr(k, paragraph_group, NS_FO, "margin-bottom"), &p->after);
    odf_length(odf_stack_attr(k, paragraph_group, NS_FO, "margin-left"), &p->margin_left);
    odf_length(odf_stack_attr(k, paragraph_group, NS_FO, "text-indent"), &p->indent);
}

/* The style of lists: by the list, else by the nearest style that names one, or has it inside. */
static const struct xml_tree_node *list_style(struct text_writer *w, const struct slides_stack *k,
                                              const char *name)
{
    const struct odf_style *s = odf_style_find(w->r->p->styles, w->r->part, "list-style", name);
    for (size_t i = 0; !s && i < k->n; i++) {
        const struct odf_style *level = k->level[i];
        const struct xml_tree_node *g = odf_style_group(level, "graphic-properties");
        const struct xml_tree_node *inside = g ? xml_tree_child(g, NS_TEXT, "list-style") : NULL;
        if (inside)
            return inside;
        s = odf_style_find(level->styles, level->part, "list-style",
                           xml_tree_attr(level->node, NS_STYLE, "list-style-name"));
    }
    return s ? s->node : NULL;
}

static const char *numbering_of(const struct xml_tree_node *n)
{
    static const struct {
        const char *format, *plain, *period, *paren, *both;
    } names[] = {
        {"1", "arabicPlain", "arabicPeriod", "arabicParenR", "arabicParenBoth"},
        {"a", "alphaLcPlain", "alphaLcPeriod", "alphaLcParenR", "alphaLcParenBoth"},
        {"A", "alphaUcPlain", "alphaUcPeriod", "alphaUcParenR", "alphaUcParenBoth"},
        {"i", "romanLcPlain", "romanLcPeriod", "romanLcParenR", "romanLcParenBoth"},
        {"I", "romanUcPlain", "romanUcPeriod", "romanUcParenR", "romanUcParenBoth"},
    };
    const char *format = xml_tree_attr(n, NS_STYLE, "num-format"),
               *suffix = xml_tree_attr(n, NS_STYLE, "num-suffix");
    const char *prefix = xml_tree_attr(n, NS_STYLE, "num-prefix");
    for (size_t i = 0; format && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].format, format) == 0)
            return odf_is(suffix, ".")   ? names[i].period
                   : odf_is(suffix, ")") ? (odf_is(prefix, "(") ? names[i].both : names[i].paren)
                                         : names[i].plain;
    return format ? format : "";
}

/* What a level of a list adds to the paragraph's own indents. */
static void level_indent(const struct xml_tree_node *level, struct slides_paragraph *p)
{
    const struct xml_tree_node *g = xml_tree_child(level, NS_STYLE, "list-level-properties");
    const struct xml_tree_node *label = xml_tree_child(g, NS_STYLE, "list-level-label-alignment");
    int64_t before = 0, width = 0;
    odf_length(xml_tree_attr(g, NS_TEXT, "space-before"), &before);
    odf_length(xml_tree_attr(g, NS_TEXT, "min-label-width"), &width);
    p->margin_left += before + width;
    p->indent -= width;
    odf_length(xml_tree_attr(label, NS_FO, "margin-left"), &p->margin_left);
    odf_length(xml_tree_attr(label, NS_FO, "text-indent"), &p->indent);
}

static void bullet(struct text_writer *w, const struct slides_stack *k, const struct list_place *at,
                   struct slides_paragraph *p)
{
    const struct xml_tree_node *style = at->level && !at->header ? list_style(w, k, at->style) : NULL;
    const struct xml_tree_node *level = NULL;
    for (const struct xml_tree_node *n = xml_tree_first_element(style); n && !level;
         n = xml_tree_next_element(n))
        if (odf_integer(xml_tree_attr(n, NS_TEXT, "level"), 1, 10, 0) == at->level)
            level = n;
    if (!level || odf_is(odf_stack_attr(k, paragraph_group, NS_TEXT, "enable-numbering"), "false"))
        return;
    if (strcmp(level->name, "list-level-style-bullet") == 0) {
        const char *sign = xml_tree_attr(level, NS_TEXT, "bullet-char");
        p->bullet = sign && *sign ? "char" : "none";
        p->bullet_text = slides_string(w->r->s, sign);
    } else if (strcmp(level->name, "list-level-style-number") == 0) {
        const char *number = numbering_of(level);
        p->bullet = *number ? "number" : "none";
        p->bullet_text = slides_string(w->r->s, number);
    } else
        p->bullet = "picture";
    level_indent(level, p);
    const struct xml_tree_node *look = xml_tree_child(level, NS_STYLE, "text-properties");
    p->bullet_color = odf_color(xml_tree_attr(look, NS_FO, "color"));
    odf_percent(xml_tree_attr(look, NS_FO, "font-size"), &p->bullet_size);
}

static void paragraph(struct text_writer *w, const struct xml_tree_node *n, const struct list_place *at)
{
    struct slides_stack k;
    stack_of(w, n, at->level, &k);
    w->p = slides_add_paragraph(w->r->s, w->to);
    w->p->level = at->level ? at->level : 1;
    w->blank = true;
    format(&k, w->p);
    bullet(w, &k, at, w->p);
    inline_content(w, n, &k);
    flush(w);
    w->stack = NULL;
}

static void blocks(struct text_writer *w, const struct xml_tree_node *holder, const struct list_place *at)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(holder); n; n = xml_tree_next_element(n)) {
        const char *style = n->ns == NS_TEXT ? xml_tree_attr(n, NS_TEXT, "style-name") : NULL;
        if (xml_tree_is(n, NS_TEXT, "p") || xml_tree_is(n, NS_TEXT, "h"))
            paragraph(w, n, at);
        else if (xml_tree_is(n, NS_TEXT, "list")) {
            const struct list_place inner = {style ? style : at->style, at->level + 1, at->header};
            blocks(w, n, &inner);
        } else if (xml_tree_is(n, NS_TEXT, "list-item") || xml_tree_is(n, NS_TEXT, "list-header")) {
            const struct list_place item = {at->style, at->level, strcmp(n->name, "list-header") == 0};
            blocks(w, n, &item);
        }
    }
}

void odf_slides_text(struct slides_reader *r, const struct xml_tree_node *holder,
                     const struct odf_style *shape, const char *text_style, bool outline,
                     struct slides_text *ret)
{
    struct text_writer w = {.r = r, .to = ret, .shape = shape, .outline = outline};
    const struct list_place none = {0};
    w.text = odf_style_find(r->p->styles, r->part, "paragraph", text_style);
    blocks(&w, holder, &none);
    bytes_release(&w.run);
}
