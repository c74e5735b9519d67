/* SPDX-License-Identifier: Apache-2.0 */
/* Paragraph properties of one level (ECMA-376 part 1, 17.3.1). Attributes of w:ind and w:spacing are
 * inherited one by one. */
#include <string.h>

#include "scoring/practical/word/docx-internal.h"

enum { MAX_TABS = 64 };

static const char *either(node *n, const char *a, const char *b)
{
    return docx_attr(n, a) ? docx_attr(n, a) : docx_attr(n, b);
}

static void chars_read(const char *s, uint32_t bit, struct word_measure *m, enum word_source source,
                       struct docx_ppr *p)
{
    int64_t hundredths;
    if (!docx_integer(s, &hundredths))
        return;
    p->has |= bit;
    m->hundredths = (int32_t)(hundredths > 1000000 ? 1000000 : hundredths < -1000000 ? -1000000 : hundredths);
    m->from = (uint8_t)source;
}

static void twips_read(const char *s, uint32_t bit, struct word_measure *m, enum word_source source,
                       struct docx_ppr *p)
{
    if (!docx_length(s, 635, &m->emu))
        return;
    p->has |= bit;
    m->from = (uint8_t)source;
}

static void first_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    struct word_measure *m = &p->f.first;
    twips_read(docx_attr(n, "firstLine"), HAS_FIRST, m, source, p);
    if (docx_attr(n, "hanging")) {
        twips_read(docx_attr(n, "hanging"), HAS_FIRST, m, source, p);
        m->emu = -m->emu;
    }
    chars_read(docx_attr(n, "firstLineChars"), HAS_FIRST_CHARS, m, source, p);
    if (docx_attr(n, "hangingChars")) {
        chars_read(docx_attr(n, "hangingChars"), HAS_FIRST_CHARS, m, source, p);
        m->hundredths = -m->hundredths;
    }
    p->f.first_raw = docx_keep(x, docx_attr(n, "firstLine"));
    p->f.hanging_raw = docx_keep(x, docx_attr(n, "hanging"));
    p->f.first_chars_raw = docx_keep(x, docx_attr(n, "firstLineChars"));
}

static void indent_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    twips_read(either(n, "left", "start"), HAS_LEFT, &p->f.left, source, p);
    chars_read(either(n, "leftChars", "startChars"), HAS_LEFT_CHARS, &p->f.left, source, p);
    twips_read(either(n, "right", "end"), HAS_RIGHT, &p->f.right, source, p);
    chars_read(either(n, "rightChars", "endChars"), HAS_RIGHT_CHARS, &p->f.right, source, p);
    first_read(x, n, source, p);
}

static void line_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    int32_t line;
    const char *rule = docx_attr(n, "lineRule");
    if (docx_length(docx_attr(n, "line"), 635, &line)) {
        p->has |= HAS_LINE;
        p->line = line;
        p->f.line_from = (uint8_t)source;
        p->f.line_raw = docx_keep(x, docx_attr(n, "line"));
    }
    if (rule) {
        p->has |= HAS_LINE_RULE;
        p->f.line_rule_raw = docx_keep(x, rule);
        p->f.line_rule = strcmp(rule, "exact") == 0     ? WORD_LINE_EXACT
                         : strcmp(rule, "atLeast") == 0 ? WORD_LINE_AT_LEAST
                                                        : WORD_LINE_MULTIPLE;
    }
}

static void spacing_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    twips_read(docx_attr(n, "before"), HAS_BEFORE, &p->f.before, source, p);
    chars_read(docx_attr(n, "beforeLines"), HAS_BEFORE_LINES, &p->f.before, source, p);
    twips_read(docx_attr(n, "after"), HAS_AFTER, &p->f.after, source, p);
    chars_read(docx_attr(n, "afterLines"), HAS_AFTER_LINES, &p->f.after, source, p);
    if (docx_attr(n, "beforeAutospacing")) {
        p->has |= HAS_BEFORE_AUTO;
        p->f.before_auto = docx_attr_on(n, "beforeAutospacing", false);
    }
    if (docx_attr(n, "afterAutospacing")) {
        p->has |= HAS_AFTER_AUTO;
        p->f.after_auto = docx_attr_on(n, "afterAutospacing", false);
    }
    line_read(x, n, source, p);
}

static void borders_read(struct docx *x, node *n, struct docx_ppr *p)
{
    static const char *const sides[4] = {"top", "left", "bottom", "right"};
    p->has |= HAS_BORDERS;
    for (int i = 0; i < 4; i++)
        if (docx_child(n, sides[i]))
            p->f.border[i] = docx_border(x, docx_child(n, sides[i]));
    if (docx_child(n, "between"))
        p->f.between = docx_border(x, docx_child(n, "between"));
}

static void tabs_read(struct docx *x, node *n, struct docx_ppr *p)
{
    struct docx_tab tabs[MAX_TABS];
    size_t count = 0;
    for (node *t = docx_child(n, "tab"); t && count < MAX_TABS; t = xml_tree_next(t, NS_W, "tab")) {
        struct docx_tab *tab = &tabs[count];
        const char *kind = docx_val(t), *leader = docx_attr(t, "leader");
        *tab = (struct docx_tab){.clear = kind && strcmp(kind, "clear") == 0};
        if (!docx_attr_length(t, "pos", &tab->tab.position) || (kind && strcmp(kind, "num") == 0))
            continue;
        tab->tab.kind = !kind || strcmp(kind, "start") == 0 ? "left"
                        : strcmp(kind, "end") == 0          ? "right"
                                                            : docx_keep(x, kind);
        tab->tab.leader = leader ? docx_keep(x, leader) : "none";
        count++;
    }
    if (count == 0)
        return;
    p->has |= HAS_TABS;
    p->tab = arena_copy(x->scratch, tabs, count * sizeof *tabs);
    p->n_tabs = count;
}

static void num_read(node *n, struct docx_ppr *p)
{
    int64_t id, level;
    if (docx_integer(docx_val(docx_child(n, "numId")), &id) && id >= 0) {
        p->has |= HAS_NUM;
        p->num_id = (uint32_t)id;
    }
    if (docx_integer(docx_val(docx_child(n, "ilvl")), &level) && level >= 0 && level < DOCX_LEVELS) {
        p->has |= HAS_LEVEL;
        p->level = (uint32_t)level;
    }
}

static void frame_read(struct docx *x, node *n, struct docx_ppr *p)
{
    int64_t lines = 1;
    p->has |= HAS_FRAME;
    p->f.drop_cap = docx_attr(n, "dropCap") ? docx_keep(x, docx_attr(n, "dropCap")) : "none";
    docx_attr_integer(n, "lines", &lines);
    p->f.drop_lines = (int32_t)(lines > 100 ? 100 : lines);
    docx_attr_length(n, "hSpace", &p->f.drop_distance);
}

static void align_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    if (!docx_val(n))
        return;
    p->has |= HAS_ALIGN;
    p->f.align_raw = docx_keep(x, docx_val(n));
    p->f.align_from = (uint8_t)source;
}

static void flag(node *n, uint32_t bit, bool *member, struct docx_ppr *p)
{
    p->has |= bit;
    *member = docx_on(n);
}

static bool flag_read(node *n, struct docx_ppr *p)
{
    if (strcmp(n->name, "keepNext") == 0)
        flag(n, HAS_KEEP_NEXT, &p->f.keep_next, p);
    else if (strcmp(n->name, "keepLines") == 0)
        flag(n, HAS_KEEP_LINES, &p->f.keep_lines, p);
    else if (strcmp(n->name, "pageBreakBefore") == 0)
        flag(n, HAS_PAGE_BREAK, &p->f.page_break_before, p);
    else if (strcmp(n->name, "widowControl") == 0)
        flag(n, HAS_WIDOW, &p->f.widow_control, p);
    else if (strcmp(n->name, "bidi") == 0)
        flag(n, HAS_BIDI, &p->f.bidi, p);
    else if (strcmp(n->name, "contextualSpacing") == 0)
        flag(n, HAS_CONTEXTUAL, &p->f.contextual, p);
    else
        return false;
    return true;
}

static void shading_read(struct docx *x, node *n, struct docx_ppr *p)
{
    const char *pattern = docx_val(n);
    p->has |= HAS_SHADING;
    p->f.shading = pattern && strcmp(pattern, "solid") == 0
                       ? docx_color(x, n, "color", "themeColor", "themeTint", "themeShade")
                       : docx_color(x, n, "fill", "themeFill", "themeFillTint", "themeFillShade");
}

static void property_read(struct docx *x, node *n, enum word_source source, struct docx_ppr *p)
{
    int64_t level;
    if (strcmp(n->name, "pStyle") == 0)
        p->style = docx_val(n);
    else if (strcmp(n->name, "jc") == 0)
        align_read(x, n, source, p);
    else if (strcmp(n->name, "ind") == 0)
        indent_read(x, n, source, p);
    else if (strcmp(n->name, "spacing") == 0)
        spacing_read(x, n, source, p);
    else if (strcmp(n->name, "numPr") == 0)
        num_read(n, p);
    else if (strcmp(n->name, "pBdr") == 0)
        borders_read(x, n, p);
    else if (strcmp(n->name, "shd") == 0)
        shading_read(x, n, p);
    else if (strcmp(n->name, "tabs") == 0)
        tabs_read(x, n, p);
    else if (strcmp(n->name, "framePr") == 0)
        frame_read(x, n, p);
    else if (strcmp(n->name, "outlineLvl") == 0 && docx_integer(docx_val(n), &level)) {
        p->has |= HAS_OUTLINE;
        p->f.outline = level >= 0 && level < 9 ? (uint8_t)(level + 1) : 0;
    }
}

void docx_ppr_read(struct docx *x, node *ppr, enum word_source source, struct docx_ppr *ret)
{
    memset(ret, 0, sizeof *ret);
    for (int i = 0; i < 4; i++)
        ret->f.border[i].color = WORD_NO_COLOR;
    for (node *n = ppr ? xml_tree_first_element(ppr) : NULL; n; n = xml_tree_next_element(n))
        if (n->ns == NS_W && !flag_read(n, ret))
            property_read(x, n, source, ret);
}
