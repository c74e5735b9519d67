/* SPDX-License-Identifier: Apache-2.0 */
/* Charts: each is a document of its own in the package (ODF 1.3 part 3, 11). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_SERIES = 256, MAX_CHARTS = 256 };

static const struct {
    const char *class, *element, *element_3d, *type;
} kinds[] = {
    {"chart:bar", "BarChart", "BarChart3D", "column"},
    {"chart:line", "LineChart", "LineChart3D", "line"},
    {"chart:circle", "PieChart", "PieChart3D", "pie"},
    {"chart:ring", "DoughnutChart", "DoughnutChart", "doughnut"},
    {"chart:area", "AreaChart", "AreaChart3D", "area"},
    {"chart:scatter", "ScatterChart", "ScatterChart", "scatter"},
    {"chart:radar", "RadarChart", "RadarChart", "radar"},
    {"chart:filled-radar", "RadarChart", "RadarChart", "radar"},
    {"chart:net", "RadarChart", "RadarChart", "radar"},
    {"chart:bubble", "BubbleChart", "BubbleChart", "bubble"},
    {"chart:stock", "StockChart", "StockChart", "stock"},
    {"chart:surface", "SurfaceChart", "SurfaceChart3D", "surface"},
};
struct chart_reader {
    struct sheet_reader *r;
    struct odf_styles *styles;
    struct sheet_chart *c;
    bool vertical;
};

static const char *property(struct chart_reader *k, const struct xml_tree_node *n, uint8_t ns,
                            const char *name)
{
    const struct odf_style *s =
        n ? odf_style_find(k->styles, ODF_CONTENT, "chart", xml_tree_attr(n, NS_CHART, "style-name")) : NULL;
    return odf_style_attr(s, "chart-properties", ns, name);
}

static bool on(struct chart_reader *k, const struct xml_tree_node *n, const char *name)
{
    return odf_true(property(k, n, NS_CHART, name));
}

static const char *title(struct chart_reader *k, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    for (const struct xml_tree_node *p = n ? xml_tree_child(n, NS_TEXT, "p") : NULL; p;
         p = xml_tree_next(p, NS_TEXT, "p")) {
        if (text.n)
            bytes_str(&text, "\n");
        xml_tree_text(p, &text);
    }
    const char *kept = text.n ? arena_strndup(k->r->w->arena, (const char *)text.p, text.n) : n ? "" : NULL;
    bytes_release(&text);
    return kept;
}

static const char *type_of(struct chart_reader *k, const char *class)
{
    for (size_t i = 0; class && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].class, class) == 0)
            return i == 0 && k->vertical ? "bar" : kinds[i].type;
    return "other";
}

static const char *element_of(const char *class, bool three_d)
{
    for (size_t i = 0; class && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].class, class) == 0)
            return three_d ? kinds[i].element_3d : kinds[i].element;
    return "";
}

/* What the cell of a series' name shows. */
static const char *cell_text(struct chart_reader *k, const char *address)
{
    const char *name;
    struct sheet_range range;
    if (!odf_sheet_range(k->r, address, &name, &range))
        return "";
    const struct sheet *s = name ? workbook_sheet(k->r->w, name) : NULL;
    const struct sheet_cell *c = s ? sheet_cell_at(s, range.row, range.column) : NULL;
    return c && c->type == CELL_TEXT ? c->value.text->text : "";
}

static int32_t series_color(struct chart_reader *k, const struct xml_tree_node *n)
{
    const struct odf_style *s =
        odf_style_find(k->styles, ODF_CONTENT, "chart", xml_tree_attr(n, NS_CHART, "style-name"));
    int32_t fill = odf_color(odf_style_attr(s, "graphic-properties", NS_DRAW, "fill-color"));
    return fill >= 0 ? fill : odf_color(odf_style_attr(s, "graphic-properties", NS_SVG, "stroke-color"));
}

static const char *label_place(const char *position)
{
    static const struct {
        const char *odf, *name;
    } names[] = {
        {"outside", "outEnd"},
        {"inside", "inEnd"},
        {"center", "ctr"},
        {"near-origin", "inBase"},
        {"top", "t"},
        {"bottom", "b"},
        {"left", "l"},
        {"right", "r"},
        {"avoid-overlap", "bestFit"},
    };
    for (size_t i = 0; position && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].odf, position) == 0)
            return names[i].name;
    return "";
}

static bool labels(struct chart_reader *k, const struct xml_tree_node *n)
{
    const char *number = property(k, n, NS_CHART, "data-label-number");
    bool both = odf_is(number, "value-and-percentage"), text = on(k, n, "data-label-text");
    bool series = odf_true(property(k, n, NS_LOEXT, "data-label-series"));
    bool value = odf_is(number, "value") || both, percent = odf_is(number, "percentage") || both;
    k->c->label_value |= value;
    k->c->label_percent |= percent;
    k->c->label_category |= text;
    k->c->label_series |= series;
    const char *place = label_place(property(k, n, NS_CHART, "label-position"));
    if (*place)
        k->c->label_position = place;
    return value || percent || text || series;
}

static void read_series(struct chart_reader *k, const struct xml_tree_node *n, const char *class,
                        const char *categories, struct sheet_series *s)
{
    const char *own = xml_tree_attr(n, NS_CHART, "class"),
               *label = xml_tree_attr(n, NS_CHART, "label-cell-address");
    const struct xml_tree_node *domain = xml_tree_child(n, NS_CHART, "domain");
    const char *x = domain ? xml_tree_attr(domain, NS_TABLE, "cell-range-address") : NULL;
    s->name = cell_text(k, label);
    s->name_ref = odf_sheet_reference(k->r, label, false);
    s->values = odf_sheet_reference(k->r, xml_tree_attr(n, NS_CHART, "values-cell-range-address"), false);
    s->categories = odf_sheet_reference(k->r, x ? x : categories, false);
    bool ring = odf_is(class, "chart:ring") && odf_is(own, "chart:circle"); /* as LibreOffice writes rings */
    s->type = type_of(k, own && !ring ? own : class);
    s->labels = labels(k, n);
    s->trendline = xml_tree_child(n, NS_CHART, "regression-curve") != NULL;
    s->secondary = odf_is(xml_tree_attr(n, NS_CHART, "attached-axis"), "secondary-y");
    s->color = series_color(k, n);
}

static double number(const char *text)
{
    return text ? strtod(text, NULL) : NAN;
}

static void axis(struct chart_reader *k, const struct xml_tree_node *n, const char **categories)
{
    bool x = odf_is(xml_tree_attr(n, NS_CHART, "dimension"), "x"),
         y = odf_is(xml_tree_attr(n, NS_CHART, "dimension"), "y");
    const char *shown = title(k, xml_tree_child(n, NS_CHART, "title"));
    const struct xml_tree_node *c = xml_tree_child(n, NS_CHART, "categories");
    if (x && c)
        *categories = xml_tree_attr(c, NS_TABLE, "cell-range-address");
    if (x && shown)
        k->c->category_title = shown;
    if (y && shown && !k->c->value_title)
        k->c->value_title = shown;
    for (const struct xml_tree_node *g = xml_tree_child(n, NS_CHART, "grid"); g;
         g = xml_tree_next(g, NS_CHART, "grid")) {
        bool minor = odf_is(xml_tree_attr(g, NS_CHART, "class"), "minor");
        k->c->gridlines_minor |= minor;
        k->c->gridlines_category |= x && !minor;
        k->c->gridlines_value |= y && !minor;
    }
    if (!y || !isnan(k->c->axis_min) || !isnan(k->c->axis_max))
        return;
    k->c->axis_min = number(property(k, n, NS_CHART, "minimum"));
    k->c->axis_max = number(property(k, n, NS_CHART, "maximum"));
    k->c->axis_unit = number(property(k, n, NS_CHART, "interval-major"));
}

static void plot(struct chart_reader *k, const struct xml_tree_node *area, const char *class)
{
    struct sheet_series *s = arena_array(k->r->p->arena, MAX_SERIES, sizeof *s);
    const char *categories = NULL;
    struct sheet_chart *c = k->c;
    k->vertical = on(k, area, "vertical");
    c->three_d = on(k, area, "three-dimensional");
    c->element = element_of(class, c->three_d);
    c->type = type_of(k, class);
    bool plain = strcmp(c->type, "line") == 0 || strcmp(c->type, "area") == 0;
    bool bars = strcmp(c->type, "bar") == 0 || strcmp(c->type, "column") == 0;
    c->grouping = on(k, area, "percentage") ? "percentStacked"
                  : on(k, area, "stacked")  ? "stacked"
                  : plain                   ? "standard"
                  : bars                    ? "clustered"
                                            : "";
    for (const struct xml_tree_node *n = xml_tree_child(area, NS_CHART, "axis"); n;
         n = xml_tree_next(n, NS_CHART, "axis"))
        axis(k, n, &categories);
    labels(k, area);
    for (const struct xml_tree_node *n = xml_tree_child(area, NS_CHART, "series");
         n && c->n_series < MAX_SERIES; n = xml_tree_next(n, NS_CHART, "series"))
        read_series(k, n, class, categories, &s[c->n_series++]);
    for (size_t i = 0; i < c->n_series; i++)
        if (strcmp(s[i].type, c->type) != 0)
            c->type = "combo";
    c->series = arena_copy(k->r->w->arena, s, c->n_series * sizeof *s);
}

static const char *legend_of(const struct xml_tree_node *n)
{
    const char *place = n ? xml_tree_attr(n, NS_CHART, "legend-position") : NULL;
    if (!n)
        return NULL;
    return odf_is(place, "start")     ? "left"
           : odf_is(place, "top")     ? "top"
           : odf_is(place, "bottom")  ? "bottom"
           : odf_is(place, "top-end") ? "topRight"
                                      : "right";
}

/* ---- the cells that it covers ---- */

static uint32_t column_after(const struct sheet *s, uint32_t from, int64_t width)
{
    uint32_t c = from;
    for (; c < SHEET_COLUMNS; c++) {
        const struct sheet_column *k = sheet_column_at(s, c);
        width -= k && k->width >= 0 ? (int64_t)(k->width * 7 * 9525) : 816000;
        if (width <= 0)
            break;
    }
    return c;
}

static uint32_t row_after(const struct sheet *s, uint32_t from, int64_t height)
{
    uint32_t n = from;
    for (; n < SHEET_ROWS && n < from + 10000; n++) {
        const struct sheet_row *row = sheet_row_at(s, n);
        height -= row && row->height >= 0 ? row->height : 162560;
        if (height <= 0)
            break;
    }
    return n;
}

static void place(struct sheet_reader *r, const struct sheet_thing *t, struct sheet_chart *c)
{
    const struct sheet *s = &r->w->sheet[t->sheet];
    const char *name;
    struct sheet_range end;
    c->anchor.row = t->row;
    c->anchor.column = t->column;
    if (odf_sheet_range(r, t->end, &name, &end)) {
        c->anchor.last_row = end.last_row;
        c->anchor.last_column = end.last_column;
    } else {
        c->anchor.last_row = row_after(s, t->row, t->height < 100000000 ? t->height : 100000000);
        c->anchor.last_column = column_after(s, t->column, t->width < 100000000 ? t->width : 100000000);
    }
}

/* ---- a chart ---- */

static bool read_chart(struct sheet_reader *r, const struct sheet_thing *t, struct sheet_chart *c)
{
    const char *folder = odf_part_name(r->p, t->href);
    const char *part = folder ? arena_printf(r->w->arena, "%s/content.xml", folder) : NULL;
    struct xml_tree *tree = part ? odf_side_part(r->p, part) : NULL;
    const struct xml_tree_node *root = tree ? xml_tree_root(tree) : NULL;
    const struct xml_tree_node *n = xml_tree_child(
        xml_tree_child(xml_tree_child(root, NS_OFFICE, "body"), NS_OFFICE, "chart"), NS_CHART, "chart");
    struct chart_reader k = {.r = r, .c = c};
    if (n) {
        k.styles = odf_styles_new(r->p->arena, NULL, root);
        *c = (struct sheet_chart){
            .part = part, .label_position = "", .axis_min = NAN, .axis_max = NAN, .axis_unit = NAN};
        c->title = title(&k, xml_tree_child(n, NS_CHART, "title"));
        c->legend = legend_of(xml_tree_child(n, NS_CHART, "legend"));
        plot(&k, xml_tree_child(n, NS_CHART, "plot-area"), xml_tree_attr(n, NS_CHART, "class"));
        place(r, t, c);
    }
    xml_tree_free(tree);
    return n != NULL;
}

static void add_chart(struct sheet_reader *r, struct sheet *s, const struct sheet_chart *c)
{
    struct sheet_chart *all = arena_array(r->w->arena, s->n_charts + 1, sizeof *all);
    if (s->n_charts)
        memcpy(all, s->chart, s->n_charts * sizeof *all);
    all[s->n_charts++] = *c;
    s->chart = all;
}

void odf_sheet_charts(struct sheet_reader *r)
{
    size_t read = 0;
    for (size_t k = 0; k < r->n_things && read < MAX_CHARTS && workbook_within(r->w, NULL) == 0; k++) {
        struct sheet_chart c;
        if (!read_chart(r, &r->thing[k], &c))
            continue;
        add_chart(r, &r->w->sheet[r->thing[k].sheet], &c);
        read++;
    }
}
