/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/odf/text-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_TABS = 64 };

struct level {
    struct text_reader *r;
    const struct xml_tree_node *properties;
    struct word_format *f;
    enum word_source from;
};
typedef void setter(struct level *l, const char *value);

int32_t text_emu(const char *length, int32_t otherwise)
{
    int64_t emu;
    if (!odf_length(length, &emu) || emu > INT32_MAX / 2 || emu < -(INT32_MAX / 2))
        return otherwise;
    return (int32_t)emu;
}

/* A line's kind in OOXML's words (17.18.2). */
static const char *border_kind(const char *word)
{
    static const struct {
        const char *odf, *kind;
    } kinds[] = {
        {"solid", "single"},
        {"double", "double"},
        {"dotted", "dotted"},
        {"dashed", "dashed"},
        {"fine-dashed", "dashSmallGap"},
        {"dash-dot", "dotDash"},
        {"dash-dot-dot", "dotDotDash"},
        {"double-thin", "double"},
        {"groove", "threeDEngrave"},
        {"ridge", "threeDEmboss"},
        {"inset", "inset"},
        {"outset", "outset"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].odf, word) == 0)
            return kinds[i].kind;
    return NULL;
}

/* Words in any order: a length, a kind, a colour. */
struct word_border text_border(const char *value, const char *line_widths, const char *padding)
{
    struct word_border b = {.kind = "none", .color = WORD_NO_COLOR, .space = text_emu(padding, 0)};
    for (const char *p = value; p && *p;) {
        char word[32] = {0};
        size_t n = strcspn(p, " ");
        memcpy(word, p, n < 31 ? n : 31);
        const char *kind = border_kind(word);
        if (kind)
            b.kind = kind;
        else if (word[0] == '#')
            b.color = odf_color(word);
        else
            b.width = text_emu(word, b.width);
        p += n + (p[n] == ' ');
    }
    if (strcmp(b.kind, "double") == 0 && line_widths)
        b.width = text_emu(value, b.width);
    return b;
}

void text_borders(const struct xml_tree_node *properties, struct word_border border[4])
{
    static const char *const sides[] = {[WORD_TOP] = "border-top",
                                        [WORD_LEFT] = "border-left",
                                        [WORD_BOTTOM] = "border-bottom",
                                        [WORD_RIGHT] = "border-right"};
    static const char *const paddings[] = {[WORD_TOP] = "padding-top",
                                           [WORD_LEFT] = "padding-left",
                                           [WORD_BOTTOM] = "padding-bottom",
                                           [WORD_RIGHT] = "padding-right"};
    const char *all = xml_tree_attr(properties, NS_FO, "border");
    const char *padding = xml_tree_attr(properties, NS_FO, "padding");
    for (int i = 0; i < 4; i++) {
        const char *own = xml_tree_attr(properties, NS_FO, sides[i]);
        const char *space = xml_tree_attr(properties, NS_FO, paddings[i]);
        if (own || all)
            border[i] = text_border(own ? own : all, NULL, space ? space : padding);
    }
}

static void set_align(struct level *l, const char *value)
{
    bool last = odf_is(xml_tree_attr(l->properties, NS_FO, "text-align-last"), "justify");
    l->f->align = strcmp(value, "center") == 0                               ? "center"
                  : strcmp(value, "end") == 0 || strcmp(value, "right") == 0 ? "right"
                  : strcmp(value, "justify") == 0                            ? (last ? "distribute" : "both")
                                                                             : "left";
    l->f->align_raw = text_keep(l->r, value);
    l->f->align_from = (uint8_t)l->from;
}

/* A length; "2ic" are two characters' widths; percentages of the parent are left as they are. */
static void measure(struct level *l, struct word_measure *m, const char *value)
{
    size_t n = strlen(value);
    int64_t percent;
    char digits[24];
    m->from = (uint8_t)l->from;
    if (n > 2 && n < 20 && strcmp(value + n - 2, "ic") == 0) {
        memcpy(digits, value, n - 2);
        memcpy(digits + n - 2, "%", 2);
        if (odf_percent(digits, &percent)) {
            m->relative = true;
            m->hundredths = (int32_t)(percent * 10);
            return;
        }
    }
    m->relative = false;
    m->emu = text_emu(value, m->emu);
}

static void set_margin(struct level *l, const char *value)
{
    if (!xml_tree_attr(l->properties, NS_FO, "margin-left"))
        measure(l, &l->f->left, value);
    if (!xml_tree_attr(l->properties, NS_FO, "margin-right"))
        measure(l, &l->f->right, value);
    if (!xml_tree_attr(l->properties, NS_FO, "margin-top"))
        measure(l, &l->f->before, value);
    if (!xml_tree_attr(l->properties, NS_FO, "margin-bottom"))
        measure(l, &l->f->after, value);
}

static void set_left(struct level *l, const char *value)
{
    measure(l, &l->f->left, value);
}

static void set_right(struct level *l, const char *value)
{
    measure(l, &l->f->right, value);
}

static void set_first(struct level *l, const char *value)
{
    measure(l, &l->f->first, value);
    l->f->first_raw = text_keep(l->r, value);
}

static void set_before(struct level *l, const char *value)
{
    measure(l, &l->f->before, value);
}

static void set_after(struct level *l, const char *value)
{
    measure(l, &l->f->after, value);
}

static void line(struct level *l, enum word_line_rule rule, int64_t value, const char *raw)
{
    l->f->line_rule = rule;
    l->f->line = (int32_t)value;
    l->f->line_from = (uint8_t)l->from;
    l->f->line_raw = text_keep(l->r, raw);
}

static void set_line(struct level *l, const char *value)
{
    int64_t part;
    if (odf_percent(value, &part) && part > 0 && part <= 1000000)
        line(l, WORD_LINE_MULTIPLE, part, value);
    else if (strcmp(value, "normal") == 0)
        line(l, WORD_LINE_MULTIPLE, 1000, value);
    else if (text_emu(value, 0) > 0)
        line(l, WORD_LINE_EXACT, text_emu(value, 0), value);
}

static void set_line_at_least(struct level *l, const char *value)
{
    if (text_emu(value, 0) > 0)
        line(l, WORD_LINE_AT_LEAST, text_emu(value, 0), value);
}

static void set_contextual(struct level *l, const char *value)
{
    l->f->contextual = odf_true(value);
}

static void set_shading(struct level *l, const char *value)
{
    l->f->shading = odf_color(value);
}

static void set_keep_next(struct level *l, const char *value)
{
    l->f->keep_next = strcmp(value, "always") == 0;
}

static void set_keep_lines(struct level *l, const char *value)
{
    l->f->keep_lines = strcmp(value, "always") == 0;
}

static void set_break_before(struct level *l, const char *value)
{
    l->f->page_break_before = strstr(value, "page") != NULL;
    l->f->column_break_before = strcmp(value, "column") == 0 ? "column" : NULL;
}

static void set_break_after(struct level *l, const char *value)
{
    l->f->break_after = strstr(value, "page") != NULL;
}

static void set_widows(struct level *l, const char *value)
{
    l->f->widow_control = odf_integer(value, 0, 100, 0) > 0;
}

static void set_direction(struct level *l, const char *value)
{
    l->f->bidi = strncmp(value, "rl", 2) == 0;
}

static const struct {
    uint8_t ns;
    const char *name;
    setter *set;
} setters[] = {
    {NS_FO, "text-align", set_align},
    {NS_FO, "margin", set_margin},
    {NS_FO, "margin-left", set_left},
    {NS_LOEXT, "margin-left", set_left},
    {NS_FO, "margin-right", set_right},
    {NS_LOEXT, "margin-right", set_right},
    {NS_FO, "text-indent", set_first},
    {NS_LOEXT, "text-indent", set_first},
    {NS_FO, "margin-top", set_before},
    {NS_FO, "margin-bottom", set_after},
    {NS_FO, "line-height", set_line},
    {NS_STYLE, "line-height-at-least", set_line_at_least},
    {NS_STYLE, "contextual-spacing", set_contextual},
    {NS_FO, "background-color", set_shading},
    {NS_FO, "keep-with-next", set_keep_next},
    {NS_FO, "keep-together", set_keep_lines},
    {NS_FO, "break-before", set_break_before},
    {NS_FO, "break-after", set_break_after},
    {NS_FO, "widows", set_widows},
    {NS_STYLE, "writing-mode", set_direction},
};

static const char *leader_of(const struct xml_tree_node *tab)
{
    const char *style = xml_tree_attr(tab, NS_STYLE, "leader-style");
    const char *text = xml_tree_attr(tab, NS_STYLE, "leader-text");
    if (!style && !text)
        return "none";
    if (odf_is(style, "none"))
        return "none";
    if (odf_is(text, "_") || odf_is(style, "solid"))
        return "underscore";
    if (odf_is(text, "-") || odf_is(style, "dash"))
        return "hyphen";
    return odf_is(text, "·") ? "middleDot" : odf_is(text, " ") ? "none" : "dot";
}

static void read_tabs(struct level *l)
{
    const struct xml_tree_node *stops = xml_tree_child(l->properties, NS_STYLE, "tab-stops");
    struct word_tab tab[MAX_TABS];
    size_t n = 0;
    if (!stops)
        return;
    for (const struct xml_tree_node *t = xml_tree_child(stops, NS_STYLE, "tab-stop"); t && n < MAX_TABS;
         t = xml_tree_next(t, NS_STYLE, "tab-stop")) {
        const char *type = xml_tree_attr(t, NS_STYLE, "type");
        tab[n].position = text_emu(xml_tree_attr(t, NS_STYLE, "position"), 0);
        tab[n].kind = odf_is(type, "center")  ? "center"
                      : odf_is(type, "right") ? "right"
                      : odf_is(type, "char")  ? "decimal"
                                              : "left";
        tab[n++].leader = leader_of(t);
    }
    l->f->tab = n ? arena_copy(l->r->d->arena, tab, n * sizeof *tab) : NULL;
    l->f->n_tabs = n;
}

static void read_drop_cap(struct level *l)
{
    const struct xml_tree_node *cap = xml_tree_child(l->properties, NS_STYLE, "drop-cap");
    if (!cap)
        return;
    const char *length = xml_tree_attr(cap, NS_STYLE, "length");
    l->f->drop_lines = (int32_t)odf_integer(xml_tree_attr(cap, NS_STYLE, "lines"), 0, 100, 0);
    l->f->drop_cap = l->f->drop_lines > 1 ? "drop" : "none";
    l->f->drop_distance = text_emu(xml_tree_attr(cap, NS_STYLE, "distance"), 0);
    l->f->drop_length = odf_is(length, "word") ? 1 : (int32_t)odf_integer(length, 1, 100, 1);
}

void text_format_level(struct text_reader *r, const struct odf_style *style, struct word_format *f)
{
    struct level l = {r, odf_style_group(style, "paragraph-properties"), f,
                      style->automatic ? WORD_DIRECT
                      : *style->name   ? WORD_STYLE
                                       : WORD_DEFAULTS};
    const char *outline = xml_tree_attr(style->node, NS_STYLE, "default-outline-level");
    if (outline)
        f->outline = (uint8_t)odf_integer(outline, 0, 10, 0);
    for (uint16_t i = 0; l.properties && i < l.properties->n_attributes; i++) {
        const struct xml_tree_attribute *a = &l.properties->attribute[i];
        for (size_t k = 0; k < sizeof setters / sizeof *setters; k++)
            if (setters[k].ns == a->ns && strcmp(setters[k].name, a->name) == 0) {
                setters[k].set(&l, a->value);
                break;
            }
    }
    if (!l.properties)
        return;
    text_borders(l.properties, f->border);
    read_tabs(&l);
    read_drop_cap(&l);
}
