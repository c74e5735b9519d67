/* SPDX-License-Identifier: Apache-2.0 */
/* What a graphic frame holds: a table, a chart, a diagram, another program's object. */
#include <string.h>

#include "base/mem.h"
#include "scoring/practical/slides/pptx-internal.h"

enum { INSIDE_MEMORY = 8 << 20 };

static struct text_scope table_scope(const struct pptx *x)
{
    struct text_scope scope = {0};
    scope.list[scope.n++] = xml_tree_child(pptx_root(&x->presentation), NS_P, "defaultTextStyle");
    scope.list[scope.n++] =
        xml_tree_child(xml_tree_child(pptx_root(&x->master), NS_P, "txStyles"), NS_P, "otherStyle");
    scope.reference_at = scope.n;
    return scope;
}

static void read_cell(struct pptx *x, node tc, struct slides_cell *c)
{
    struct text_scope scope = table_scope(x);
    node pr = xml_tree_child(tc, NS_A, "tcPr");
    const char *anchor = xml_tree_attr(pr, 0, "anchor");
    bool covered = pptx_bool(tc, "hMerge", false) || pptx_bool(tc, "vMerge", false);
    c->column_span = covered ? 0 : (int)pptx_int(tc, "gridSpan", 1);
    c->row_span = covered ? 0 : (int)pptx_int(tc, "rowSpan", 1);
    c->anchor = anchor && strcmp(anchor, "ctr") == 0 ? "middle" : anchor && *anchor == 'b' ? "bottom" : "top";
    pptx_fill(x, &x->slide, pr, &c->fill);
    pptx_text(x, xml_tree_child(tc, NS_A, "txBody"), &scope, &c->text);
}

static size_t count(node parent, const char *name)
{
    size_t n = 0;
    for (node c = xml_tree_child(parent, NS_A, name); c; c = xml_tree_next(c, NS_A, name))
        n++;
    return n;
}

void pptx_table(struct pptx *x, node tbl, struct slides_shape *shape)
{
    node pr = xml_tree_child(tbl, NS_A, "tblPr");
    struct bytes style = {0};
    shape->kind = SHAPE_TABLE;
    struct slides_table *t = slides_add_table(x->slides, shape, count(tbl, "tr"),
                                              count(xml_tree_child(tbl, NS_A, "tblGrid"), "gridCol"));
    t->first_row = pptx_bool(pr, "firstRow", false);
    t->banded_rows = pptx_bool(pr, "bandRow", false);
    bytes_str(&style, "");
    if (xml_tree_child(pr, NS_A, "tableStyleId"))
        xml_tree_text(xml_tree_child(pr, NS_A, "tableStyleId"), &style);
    t->style = slides_string_n(x->slides, (const char *)style.p, style.n);
    bytes_release(&style);
    size_t row = 0;
    for (node tr = xml_tree_child(tbl, NS_A, "tr"); tr && row < t->rows;
         tr = xml_tree_next(tr, NS_A, "tr"), row++) {
        size_t column = 0;
        for (node tc = xml_tree_child(tr, NS_A, "tc"); tc && column < t->columns;
             tc = xml_tree_next(tc, NS_A, "tc"))
            read_cell(x, tc, &t->cell[row * t->columns + column++]);
    }
}

static const char *chart_word(node chart)
{
    static const char *const words[][2] = {
        {"line", "line"},       {"pie", "pie"},           {"ofPie", "pie"},   {"area", "area"},
        {"scatter", "scatter"}, {"doughnut", "doughnut"}, {"radar", "radar"}, {"bubble", "bubble"},
        {"stock", "stock"},     {"surface", "surface"}};
    const char *dir = xml_tree_attr(xml_tree_child(chart, NS_C, "barDir"), 0, "val");
    if (strncmp(chart->name, "bar", 3) == 0)
        return dir && strcmp(dir, "bar") == 0 ? "bar" : "column";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(chart->name, words[i][0], strlen(words[i][0])) == 0)
            return words[i][1];
    return "other";
}

static bool is_chart(node n)
{
    size_t length = strlen(n->name);
    return n->ns == NS_C && length > 5 && strcmp(n->name + length - 5, "Chart") == 0;
}

static const char *chart_kind(struct pptx *x, const char *part)
{
    struct xml_tree_options o = {.max_memory = INSIDE_MEMORY};
    struct xml_tree *t = NULL;
    const struct memo *m = pptx_recall(x, 'c', part);
    if (m)
        return m->value;
    const char *kind = "other";
    if (parts_tree(x->parts, part, &o, &t, NULL) == 0) {
        node plot = xml_tree_child(xml_tree_child(xml_tree_root(t), NS_C, "chart"), NS_C, "plotArea");
        for (node n = xml_tree_first_element(plot); n; n = xml_tree_next_element(n))
            if (is_chart(n)) {
                kind = chart_word(n);
                break;
            }
    }
    xml_tree_free(t);
    return pptx_remember(x, 'c', part, kind);
}

/* "urn:microsoft.com/office/officeart/2005/8/layout/hierarchy1" is hierarchy1. */
static const char *diagram_layout(struct pptx *x, const char *part)
{
    struct xml_tree_options o = {.max_memory = INSIDE_MEMORY};
    struct xml_tree *t = NULL;
    const struct memo *m = pptx_recall(x, 'd', part);
    if (m)
        return m->value;
    const char *name = "", *id = NULL;
    if (parts_tree(x->parts, part, &o, &t, NULL) == 0)
        id = xml_tree_attr(xml_tree_root(t), 0, "uniqueId");
    if (id)
        name = strrchr(id, '/') ? strrchr(id, '/') + 1 : id;
    name = pptx_remember(x, 'd', part, name);
    xml_tree_free(t);
    return name;
}

/* The texts of a diagram's points, one paragraph each. */
static void diagram_text(struct pptx *x, const char *part, struct slides_shape *s)
{
    struct xml_tree_options o = {.max_memory = INSIDE_MEMORY};
    struct xml_tree *t = NULL;
    struct text_scope scope = table_scope(x);
    if (parts_tree(x->parts, part, &o, &t, NULL) < 0)
        return;
    node list = xml_tree_child(xml_tree_root(t), NS_DGM, "ptLst");
    for (node pt = xml_tree_child(list, NS_DGM, "pt"); pt; pt = xml_tree_next(pt, NS_DGM, "pt")) {
        const char *type = xml_tree_attr(pt, 0, "type");
        if (!type || strcmp(type, "node") == 0)
            pptx_text(x, xml_tree_child(pt, NS_DGM, "t"), &scope, &s->text);
    }
    xml_tree_free(t);
}

static const char *target(const struct pptx *x, node n, const char *attribute)
{
    const struct parts_relationship *rel =
        parts_by_id(x->slide.rel, x->slide.n_rel, xml_tree_attr(n, NS_R, attribute));
    return rel && !rel->external && parts_has(x->parts, rel->target) ? rel->target : NULL;
}

void pptx_frame(struct pptx *x, node frame, struct slides_shape *shape)
{
    node data = xml_tree_child(xml_tree_child(frame, NS_A, "graphic"), NS_A, "graphicData"),
         table = xml_tree_child(data, NS_A, "tbl"), chart = xml_tree_child(data, NS_C, "chart"),
         other = xml_tree_child(data, NS_CX, "chart"), diagram = xml_tree_child(data, NS_DGM, "relIds");
    if (table)
        pptx_table(x, table, shape);
    else if (chart || other) {
        const char *part = target(x, chart, "id");
        shape->kind = SHAPE_CHART;
        shape->chart = part ? chart_kind(x, part) : "other";
    } else if (diagram) {
        const char *layout = target(x, diagram, "lo"), *points = target(x, diagram, "dm");
        shape->kind = SHAPE_DIAGRAM;
        shape->diagram = layout ? diagram_layout(x, layout) : "";
        if (points)
            diagram_text(x, points, shape);
    }
}
