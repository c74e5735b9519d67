/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- words ---- */

struct word {
    const char *file, *ours;
};

static const char *word_for(const struct word *w, const char *file, const char *otherwise)
{
    for (; file && w->file; w++)
        if (strcmp(w->file, file) == 0)
            return w->ours;
    return otherwise;
}

struct group_kind {
    const char *element, *shown, *type;
    bool three_d;
};
static const struct group_kind group_kinds[] = {
    {"barChart", "BarChart", "column", false},
    {"bar3DChart", "BarChart3D", "column", true},
    {"lineChart", "LineChart", "line", false},
    {"line3DChart", "LineChart3D", "line", true},
    {"pieChart", "PieChart", "pie", false},
    {"pie3DChart", "PieChart3D", "pie", true},
    {"doughnutChart", "DoughnutChart", "doughnut", false},
    {"areaChart", "AreaChart", "area", false},
    {"area3DChart", "AreaChart3D", "area", true},
    {"scatterChart", "ScatterChart", "scatter", false},
    {"radarChart", "RadarChart", "radar", false},
    {"bubbleChart", "BubbleChart", "bubble", false},
    {"stockChart", "StockChart", "stock", false},
    {"surfaceChart", "SurfaceChart", "surface", false},
    {"surface3DChart", "SurfaceChart3D", "surface", true},
    {"ofPieChart", "ProjectedPieChart", "ofPie", false},
};

static const struct group_kind *group_kind(const struct xml_tree_node *n)
{
    for (size_t i = 0; i < sizeof group_kinds / sizeof *group_kinds; i++)
        if (xml_tree_is(n, NS_C, group_kinds[i].element))
            return &group_kinds[i];
    return NULL;
}

static const char *val(const struct xml_tree_node *n, const char *name)
{
    return xml_tree_attr(xml_tree_child(n, NS_C, name), 0, "val");
}

static bool on(const struct xml_tree_node *n, const char *name)
{
    const struct xml_tree_node *k = xml_tree_child(n, NS_C, name);
    return k && xlsx_attr_bool(k, "val", true);
}

/* ---- texts and references ---- */

static void rich_text(const struct xml_tree_node *rich, struct bytes *out)
{
    for (const struct xml_tree_node *p = xml_tree_child(rich, NS_A, "p"); p;
         p = xml_tree_next(p, NS_A, "p")) {
        if (out->n > 0)
            bytes_str(out, "\n");
        for (const struct xml_tree_node *n = xml_tree_walk(p, p); n; n = xml_tree_walk(p, n))
            if (xml_tree_is(n, NS_A, "t"))
                xml_tree_text(n, out);
    }
}

static void cached_text(const struct xml_tree_node *ref, struct bytes *out)
{
    const struct xml_tree_node *cache = xml_tree_child(ref, NS_C, "strCache");
    const struct xml_tree_node *pt =
        xml_tree_child(cache ? cache : xml_tree_child(ref, NS_C, "numCache"), NS_C, "pt");
    for (; pt; pt = xml_tree_next(pt, NS_C, "pt")) {
        if (out->n > 0)
            bytes_str(out, " ");
        xml_tree_text(xml_tree_child(pt, NS_C, "v"), out);
    }
}

/* The text of a c:tx: typed, or what its reference last held; "" when there is none. */
static const char *tx_text(const struct xlsx *x, const struct xml_tree_node *tx)
{
    struct bytes text = {0};
    const struct xml_tree_node *ref = xml_tree_child(tx, NS_C, "strRef"), *v = xml_tree_child(tx, NS_C, "v");
    if (v)
        xml_tree_text(v, &text);
    else if (ref)
        cached_text(ref, &text);
    else
        rich_text(xml_tree_child(tx, NS_C, "rich"), &text);
    const char *copy = arena_strndup(x->a, text.p ? (const char *)text.p : "", text.n);
    bytes_release(&text);
    return copy;
}

/* The reference in c:val, c:cat and the like, plain; "" when there is none. */
static const char *reference_of(const struct xlsx *x, const struct xml_tree_node *n)
{
    for (const struct xml_tree_node *k = n ? xml_tree_walk(n, n) : NULL; k; k = xml_tree_walk(n, k))
        if (xml_tree_is(k, NS_C, "f"))
            return reference_plain(x->a, xlsx_text(x, k));
    return "";
}

static const char *title_text(const struct xlsx *x, const struct xml_tree_node *owner)
{
    const struct xml_tree_node *title = xml_tree_child(owner, NS_C, "title");
    return title ? tx_text(x, xml_tree_child(title, NS_C, "tx")) : NULL;
}

/* ---- series ---- */

static int32_t shape_color(const struct xlsx *x, const struct xml_tree_node *properties)
{
    static const char *const scheme[] = {"bg1",     "tx1",     "bg2",     "tx2",     "accent1", "accent2",
                                         "accent3", "accent4", "accent5", "accent6", "hlink",   "folHlink"};
    const struct xml_tree_node *fill = xml_tree_child(properties, NS_A, "solidFill");
    if (!fill)
        fill = xml_tree_child(xml_tree_child(properties, NS_A, "ln"), NS_A, "solidFill");
    const struct xml_tree_node *color = xml_tree_first_element(fill);
    const char *value = xml_tree_attr(color, 0, "val");
    if (!value)
        return -1;
    if (xml_tree_is(color, NS_A, "srgbClr"))
        return (int32_t)(strtoul(value, NULL, 16) & 0xFFFFFF);
    for (size_t i = 0; i < sizeof scheme / sizeof *scheme; i++)
        if (strcmp(scheme[i], value) == 0)
            return x->theme[i];
    return -1;
}

static void read_labels(struct sheet_chart *c, const struct xlsx *x, const struct xml_tree_node *labels,
                        bool *ret)
{
    if (!labels || on(labels, "delete"))
        return;
    bool value = on(labels, "showVal"), percent = on(labels, "showPercent"),
         category = on(labels, "showCatName"), series = on(labels, "showSerName");
    c->label_value |= value;
    c->label_percent |= percent;
    c->label_category |= category;
    c->label_series |= series;
    *ret |= value || percent || category || series;
    if (*ret && val(labels, "dLblPos"))
        c->label_position = arena_strdup(x->a, val(labels, "dLblPos"));
}

static void read_series(const struct xlsx *x, const struct xml_tree_node *n, const char *type,
                        struct sheet_chart *c, struct sheet_series *s)
{
    const struct xml_tree_node *tx = xml_tree_child(n, NS_C, "tx"), *values = xml_tree_child(n, NS_C, "val"),
                               *categories = xml_tree_child(n, NS_C, "cat");
    s->type = type;
    s->name = tx_text(x, tx);
    s->name_ref = reference_of(x, tx);
    s->values = reference_of(x, values ? values : xml_tree_child(n, NS_C, "yVal"));
    s->categories = reference_of(x, categories ? categories : xml_tree_child(n, NS_C, "xVal"));
    s->trendline = xml_tree_child(n, NS_C, "trendline") != NULL;
    s->color = shape_color(x, xml_tree_child(n, NS_C, "spPr"));
    read_labels(c, x, xml_tree_child(n, NS_C, "dLbls"), &s->labels);
}

/* ---- groups ---- */

static const char *type_of(const struct group_kind *k, const struct xml_tree_node *n)
{
    const char *direction = val(n, "barDir");
    return strcmp(k->type, "column") == 0 && direction && strcmp(direction, "bar") == 0 ? "bar" : k->type;
}

static void read_group(const struct xlsx *x, const struct xml_tree_node *n, const struct group_kind *k,
                       struct sheet_chart *c, struct sheet_series *series, size_t room)
{
    bool all = false;
    const char *type = type_of(k, n);
    if (!c->element) {
        c->element = k->shown;
        c->type = type;
        c->grouping = val(n, "grouping") ? arena_strdup(x->a, val(n, "grouping")) : "";
        c->three_d = k->three_d;
    } else if (strcmp(c->type, type) != 0) {
        c->type = "combo";
    }
    read_labels(c, x, xml_tree_child(n, NS_C, "dLbls"), &all);
    for (const struct xml_tree_node *s = xml_tree_child(n, NS_C, "ser"); s && c->n_series < room;
         s = xml_tree_next(s, NS_C, "ser")) {
        series[c->n_series].labels = all;
        read_series(x, s, type, c, &series[c->n_series++]);
    }
}

static size_t read_groups(const struct xlsx *x, const struct xml_tree_node *area, struct sheet_chart *c)
{
    size_t room = 0, groups = 0;
    for (const struct xml_tree_node *n = xml_tree_first_element(area); n; n = xml_tree_next_element(n))
        if (group_kind(n))
            room += xlsx_count(n, NS_C, "ser");
    struct sheet_series *series = arena_array(x->a, room, sizeof *series);
    c->series = series;
    for (const struct xml_tree_node *n = xml_tree_first_element(area); n; n = xml_tree_next_element(n)) {
        const struct group_kind *k = group_kind(n);
        if (k) {
            read_group(x, n, k, c, series, room);
            groups++;
        }
    }
    return groups;
}

/* ---- axes ---- */

static double axis_value(const struct xml_tree_node *n, const char *name)
{
    double v;
    const char *text = val(n, name);
    return text && xlsx_number(text, &v) ? v : NAN;
}

static void category_axis(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_chart *c)
{
    if (on(n, "delete"))
        return;
    if (!c->category_title)
        c->category_title = title_text(x, n);
    c->gridlines_category |= xml_tree_child(n, NS_C, "majorGridlines") != NULL;
}

static void value_axis(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_chart *c)
{
    const struct xml_tree_node *scale = xml_tree_child(n, NS_C, "scaling");
    c->gridlines_value |= xml_tree_child(n, NS_C, "majorGridlines") != NULL;
    c->gridlines_minor |= xml_tree_child(n, NS_C, "minorGridlines") != NULL;
    if (isnan(c->axis_min))
        c->axis_min = axis_value(scale, "min");
    if (isnan(c->axis_max))
        c->axis_max = axis_value(scale, "max");
    if (isnan(c->axis_unit))
        c->axis_unit = axis_value(n, "majorUnit");
    if (!c->value_title && !on(n, "delete"))
        c->value_title = title_text(x, n);
}

static void read_axes(const struct xlsx *x, const struct xml_tree_node *area, struct sheet_chart *c)
{
    bool has_category = xml_tree_child(area, NS_C, "catAx") || xml_tree_child(area, NS_C, "dateAx");
    bool first = true;
    for (const struct xml_tree_node *n = xml_tree_first_element(area); n; n = xml_tree_next_element(n)) {
        if (xml_tree_is(n, NS_C, "catAx") || xml_tree_is(n, NS_C, "dateAx")) {
            category_axis(x, n, c);
        } else if (xml_tree_is(n, NS_C, "valAx")) {
            /* of a scatter chart the first value axis is the one of x */
            if (!has_category && first)
                category_axis(x, n, c);
            else
                value_axis(x, n, c);
            first = false;
        }
    }
}

/* ---- the chart ---- */

static const struct word legend_words[] = {{"b", "bottom"}, {"t", "top"},       {"l", "left"},
                                           {"r", "right"},  {"tr", "topRight"}, {NULL, NULL}};

static void read_frame(const struct xlsx *x, const struct xml_tree_node *chart, struct sheet_chart *c)
{
    const struct xml_tree_node *legend = xml_tree_child(chart, NS_C, "legend");
    if (legend)
        c->legend = word_for(legend_words, val(legend, "legendPos"), "right");
    c->title = title_text(x, chart);
    if (c->title && c->title[0] == '\0' && c->n_series == 1)
        c->title = c->series[0].name;
}

/* Charts of newer kinds (cx:): their kind alone. */
static bool read_extended(const struct xlsx *x, const struct xml_tree_node *root, struct sheet_chart *c)
{
    for (const struct xml_tree_node *n = xml_tree_walk(root, root); n; n = xml_tree_walk(root, n))
        if (xml_tree_is(n, NS_CX, "series")) {
            c->element = c->type = xlsx_attr(x, n, "layoutId");
            return true;
        }
    return false;
}

static bool read_chart(const struct xlsx *x, const struct xml_tree_node *root, struct sheet_chart *c)
{
    const struct xml_tree_node *chart = xml_tree_child(root, NS_C, "chart");
    const struct xml_tree_node *area = xml_tree_child(chart, NS_C, "plotArea");
    if (!area)
        return read_extended(x, root, c);
    if (read_groups(x, area, c) == 0)
        return false;
    read_axes(x, area, c);
    read_frame(x, chart, c);
    const struct xml_tree_node *style = xml_tree_child(root, NS_C, "style");
    c->style = (int)xlsx_attr_int(style, "val", 0);
    return true;
}

int xlsx_read_chart(struct xlsx *x, const char *part, struct sheet_chart *ret, bool *ret_there, struct err *e)
{
    struct xml_tree *t;
    int r = xlsx_optional(x, part, &t, e);
    *ret_there = false;
    if (r < 0 || !t)
        return r;
    *ret = (struct sheet_chart){.part = arena_strdup(x->a, part),
                                .label_position = "",
                                .grouping = "",
                                .axis_min = NAN,
                                .axis_max = NAN,
                                .axis_unit = NAN};
    *ret_there = read_chart(x, xml_tree_root(t), ret);
    xml_tree_free(t);
    return 0;
}
