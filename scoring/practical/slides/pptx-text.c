/* SPDX-License-Identifier: Apache-2.0 */
/* Paragraphs and runs, their properties looked up from the nearest place outwards (ECMA-376 part 1, 21.1.2).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "scoring/practical/slides/pptx-internal.h"

/* A paragraph's level in every list of styles: [0] is a:pPr itself. */
struct levels {
    node at[9];
    size_t n, reference_at;
    node reference;
};

static struct levels levels_of(const struct text_scope *scope, node ppr, int64_t level)
{
    struct levels v = {.at = {ppr}, .n = 1, .reference = scope->reference, .reference_at = 9};
    char name[] = "lvl1pPr";
    name[3] = (char)('0' + level);
    for (size_t i = 0; i < scope->n; i++) {
        if (i == scope->reference_at)
            v.reference_at = v.n;
        v.at[v.n++] = xml_tree_child(scope->list[i], NS_A, name);
    }
    return v;
}

/* The properties that the paragraph's own, or else a style's, level holds: the nearest that has the
 * attribute. */
static node having(const struct levels *v, const char *attribute)
{
    for (size_t i = 0; i < v->n; i++)
        if (xml_tree_attr(v->at[i], 0, attribute))
            return v->at[i];
    return NULL;
}

static node nearest(const struct levels *v, const char *child)
{
    for (size_t i = 0; i < v->n; i++)
        if (xml_tree_child(v->at[i], NS_A, child))
            return xml_tree_child(v->at[i], NS_A, child);
    return NULL;
}

/* Run properties: [0] is a:rPr, the others a:defRPr of each level. */
static size_t run_sources(const struct levels *v, node rpr, node out[9])
{
    out[0] = rpr;
    for (size_t i = 1; i < v->n; i++)
        out[i] = xml_tree_child(v->at[i], NS_A, "defRPr");
    return v->n;
}

static node run_having(node const *from, size_t n, const char *attribute)
{
    for (size_t i = 0; i < n; i++)
        if (xml_tree_attr(from[i], 0, attribute))
            return from[i];
    return NULL;
}

static const char *underline_word(const char *u)
{
    static const struct {
        const char *begins, *word;
    } words[] = {{"sng", "single"},    {"words", "single"}, {"dbl", "double"},
                 {"dotted", "dotted"}, {"dash", "dash"},    {"wavy", "wavy"},
                 {"heavy", "heavy"},   {"dotDash", "dash"}, {"dotDotDash", "dash"}};
    for (size_t i = sizeof words / sizeof *words; u && i-- > 0;)
        if (strncmp(u, words[i].begins, strlen(words[i].begins)) == 0)
            return words[i].word;
    return "none";
}

static void set_fonts(struct pptx *x, const struct levels *v, node const *from, struct slides_run *run)
{
    const char *face[2] = {NULL, NULL};
    static const char *const child[] = {"latin", "ea"};
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < v->n && !face[k]; i++) {
            if (i == v->reference_at) {
                const char *idx = xml_tree_attr(v->reference, 0, "idx");
                bool major = idx && strcmp(idx, "major") == 0;
                if (idx && strcmp(idx, "none") != 0)
                    face[k] = k ? (major ? "+mj-ea" : "+mn-ea") : (major ? "+mj-lt" : "+mn-lt");
            }
            if (!face[k])
                face[k] = xml_tree_attr(xml_tree_child(from[i], NS_A, child[k]), 0, "typeface");
        }
    }
    const char *own[] = {xml_tree_attr(xml_tree_child(from[0], NS_A, "latin"), 0, "typeface"),
                         xml_tree_attr(xml_tree_child(from[0], NS_A, "ea"), 0, "typeface")};
    run->latin = slides_string(x->slides, pptx_font(x, face[0] ? face[0] : "+mn-lt"));
    run->east_asian = slides_string(x->slides, pptx_font(x, face[1] ? face[1] : "+mn-ea"));
    run->latin_ref = own[0] ? slides_string(x->slides, own[0]) : NULL;
    run->east_ref = own[1] ? slides_string(x->slides, own[1]) : NULL;
}

static int64_t run_color(struct pptx *x, const struct levels *v, node const *from)
{
    struct slides_fill f = {0};
    for (size_t i = 0; i < v->n; i++) {
        if (i == v->reference_at) {
            int64_t c = pptx_color(x, v->reference, SLIDES_COLOR_NONE);
            if (c >= 0)
                return c;
        }
        if (pptx_fill(x, &x->slide, from[i], &f))
            return f.color;
    }
    return pptx_scheme_color(x, "tx1");
}

static void set_run(struct pptx *x, const struct levels *v, node rpr, struct slides_run *run)
{
    node from[9];
    size_t n = run_sources(v, rpr, from);
    const char *strike = xml_tree_attr(run_having(from, n, "strike"), 0, "strike");
    node highlight = NULL;
    for (size_t i = 0; i < n && !highlight; i++)
        highlight = xml_tree_child(from[i], NS_A, "highlight");
    run->size = pptx_int(run_having(from, n, "sz"), "sz", 1800) * (SLIDES_EMU_PER_POINT / 100);
    run->bold = pptx_bool(run_having(from, n, "b"), "b", false);
    run->italic = pptx_bool(run_having(from, n, "i"), "i", false);
    run->strike = strike && strcmp(strike, "noStrike") != 0;
    run->underline = underline_word(xml_tree_attr(run_having(from, n, "u"), 0, "u"));
    run->baseline = pptx_ratio(run_having(from, n, "baseline"), "baseline", 0);
    run->spacing = pptx_int(run_having(from, n, "spc"), "spc", 0) * (SLIDES_EMU_PER_POINT / 100);
    run->highlight = pptx_color(x, highlight, SLIDES_COLOR_NONE);
    set_fonts(x, v, from, run);
    run->link = pptx_link(x, rpr);
    run->color = run->link.action ? pptx_scheme_color(x, "hlink") : run_color(x, v, from);
    if (run->link.action)
        run->underline = "single";
}

static const char *jump_word(const char *action)
{
    static const char *const words[][2] = {{"nextslide", "next"},   {"previousslide", "previous"},
                                           {"firstslide", "first"}, {"lastslideviewed", "last-viewed"},
                                           {"lastslide", "last"},   {"endshow", "end"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(action, words[i][0]))
            return words[i][1];
    return "none";
}

static const char *action_word(const char *action, bool external)
{
    static const char *const words[][2] = {
        {"hlinksldjump", "slide"}, {"hlinkfile", "file"}, {"macro", "macro"},  {"program", "program"},
        {"customshow", "show"},    {"hlinkpres", "file"}, {"noaction", "none"}};
    if (!action || !*action)
        return external ? "url" : NULL;
    if (strstr(action, "hlinkshowjump"))
        return jump_word(action);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(action, words[i][0]))
            return words[i][1];
    return external ? "url" : NULL;
}

struct slides_link pptx_link(struct pptx *x, node properties)
{
    node click = xml_tree_child(properties, NS_A, "hlinkClick");
    const struct parts_relationship *rel =
        parts_by_id(x->slide.rel, x->slide.n_rel, xml_tree_attr(click, NS_R, "id"));
    struct slides_link link = {.target = ""};
    if (!click)
        return link;
    link.action = action_word(xml_tree_attr(click, 0, "action"), rel && rel->external);
    if (link.action && rel)
        link.target = slides_string(x->slides, rel->target);
    return link;
}

static void set_spacing(const struct levels *v, struct slides_paragraph *p, int64_t size)
{
    node line = xml_tree_first_element(nearest(v, "lnSpc"));
    if (xml_tree_is(line, NS_A, "spcPct"))
        p->line_ratio = pptx_ratio(line, "val", 1000);
    else if (line) {
        p->line_ratio = 0;
        p->line_exact = pptx_int(line, "val", 0) * (SLIDES_EMU_PER_POINT / 100);
    }
    static const char *const child[] = {"spcBef", "spcAft"};
    int64_t *const out[] = {&p->before, &p->after};
    for (size_t i = 0; i < 2; i++) {
        node n = xml_tree_first_element(nearest(v, child[i]));
        *out[i] = xml_tree_is(n, NS_A, "spcPct") ? pptx_ratio(n, "val", 0) * size / 1000
                                                 : pptx_int(n, "val", 0) * (SLIDES_EMU_PER_POINT / 100);
    }
}

static void set_bullet(struct pptx *x, const struct levels *v, struct slides_paragraph *p)
{
    static const char *const kinds[][2] = {
        {"buNone", "none"}, {"buChar", "char"}, {"buAutoNum", "number"}, {"buBlip", "picture"}};
    node found = NULL;
    for (size_t i = 0; i < v->n && !found; i++)
        for (size_t k = 0; k < 4 && !found; k++)
            if ((found = xml_tree_child(v->at[i], NS_A, kinds[k][0])))
                p->bullet = kinds[k][1];
    p->bullet_text = slides_string(x->slides, xml_tree_attr(found, 0, *p->bullet == 'c' ? "char" : "type"));
    p->bullet_color = pptx_color(x, nearest(v, "buClr"), SLIDES_COLOR_NONE);
    p->bullet_size = pptx_ratio(nearest(v, "buSzPct"), "val", 1000);
}

static const char *align_word(const char *algn)
{
    static const char *const words[][2] = {{"ctr", "center"},      {"r", "right"},
                                           {"just", "justify"},    {"justLow", "justify"},
                                           {"dist", "distribute"}, {"thaiDist", "distribute"}};
    for (size_t i = 0; algn && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], algn) == 0)
            return words[i][1];
    return "left";
}

/* The text of a run as shown: `_x000D_` and the like are not used in a:t. */
static void add_run(struct pptx *x, const struct levels *v, node n, struct slides_paragraph *p)
{
    struct bytes b = {0};
    bool line_break = xml_tree_is(n, NS_A, "br"), field = xml_tree_is(n, NS_A, "fld");
    if (!line_break && !field && !xml_tree_is(n, NS_A, "r"))
        return;
    bytes_str(&b, line_break ? "\n" : "");
    if (!line_break)
        for (node t = xml_tree_child(n, NS_A, "t"); t; t = xml_tree_next(t, NS_A, "t"))
            xml_tree_text(t, &b);
    struct slides_run *run = slides_add_run(x->slides, p, b.p ? (const char *)b.p : "");
    if (field)
        run->field = slides_string(x->slides, xml_tree_attr(n, 0, "type"));
    set_run(x, v, xml_tree_child(n, NS_A, "rPr"), run);
    bytes_release(&b);
}

static void add_paragraph(struct pptx *x, node n, const struct text_scope *scope, struct slides_text *ret)
{
    node ppr = xml_tree_child(n, NS_A, "pPr");
    int64_t level = pptx_int(ppr, "lvl", 0) + 1;
    level = level < 1 || level > 9 ? 1 : level;
    struct levels v = levels_of(scope, ppr, level);
    struct slides_paragraph *p = slides_add_paragraph(x->slides, ret);
    p->level = (int)level;
    p->align = align_word(xml_tree_attr(having(&v, "algn"), 0, "algn"));
    p->margin_left = pptx_int(having(&v, "marL"), "marL", 0);
    p->indent = pptx_int(having(&v, "indent"), "indent", 0);
    set_bullet(x, &v, p);
    for (node c = xml_tree_first_element(n); c; c = xml_tree_next_element(c))
        add_run(x, &v, c, p);
    set_spacing(&v, p, p->run ? p->run->size : 18 * SLIDES_EMU_PER_POINT);
}

void pptx_text(struct pptx *x, node body, const struct text_scope *scope, struct slides_text *ret)
{
    for (node p = xml_tree_child(body, NS_A, "p"); p && !x->slides->full; p = xml_tree_next(p, NS_A, "p"))
        add_paragraph(x, p, scope, ret);
}
