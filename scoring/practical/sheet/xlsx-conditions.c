/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- filters ---- */

static void add_value(struct sheet_criterion *c, const char *value)
{
    c->value[c->n_values++] = value;
}

static void read_values(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_criterion *c)
{
    size_t room = xlsx_count(n, NS_S, "filter") + 1;
    c->kind = "values";
    c->value = arena_array(x->a, room, sizeof *c->value);
    if (xlsx_attr_bool(n, "blank", false))
        add_value(c, "");
    for (n = xml_tree_child(n, NS_S, "filter"); n && c->n_values < room; n = xml_tree_next(n, NS_S, "filter"))
        add_value(c, xlsx_attr(x, n, "val"));
}

static void read_custom(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_criterion *c)
{
    c->kind = "custom";
    c->all = xlsx_attr_bool(n, "and", false);
    c->value = arena_array(x->a, 2, sizeof *c->value);
    for (n = xml_tree_child(n, NS_S, "customFilter"); n && c->n_values < 2;
         n = xml_tree_next(n, NS_S, "customFilter"))
        add_value(
            c, arena_printf(x->a, "%s %s", xlsx_attr_or(x, n, "operator", "equal"), xlsx_attr(x, n, "val")));
}

static void read_criterion(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_criterion *c)
{
    const struct xml_tree_node *how = xml_tree_first_element(n);
    c->column = (uint32_t)xlsx_attr_int(n, "colId", 0) + 1;
    c->kind = "";
    if (xml_tree_is(how, NS_S, "filters")) {
        read_values(x, how, c);
    } else if (xml_tree_is(how, NS_S, "customFilters")) {
        read_custom(x, how, c);
    } else if (xml_tree_is(how, NS_S, "top10")) {
        c->kind = xlsx_attr_bool(how, "top", true) ? "top10" : "bottom10";
        c->rank = xlsx_attr_number(how, "val", 10);
        c->percent = xlsx_attr_bool(how, "percent", false);
    } else if (xml_tree_is(how, NS_S, "dynamicFilter")) {
        c->kind = xlsx_attr(x, how, "type");
    } else if (xml_tree_is(how, NS_S, "colorFilter")) {
        c->kind = "color";
    }
}

void xlsx_read_filter(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_filter *ret)
{
    const char *ref = xml_tree_attr(n, 0, "ref");
    if (!ref || !reference_range(ref, &ret->range))
        return;
    size_t count = xlsx_count(n, NS_S, "filterColumn");
    struct sheet_criterion *c = arena_array(x->a, count, sizeof *c);
    for (n = xml_tree_child(n, NS_S, "filterColumn"); n && ret->n < count;
         n = xml_tree_next(n, NS_S, "filterColumn"))
        read_criterion(x, n, &c[ret->n++]);
    ret->criterion = c;
}

/* ---- conditional formats ---- */

static const char *rule_text(const struct xlsx *x, const struct xml_tree_node *rule)
{
    const char *text = xml_tree_attr(rule, 0, "text"), *period = xml_tree_attr(rule, 0, "timePeriod");
    const struct xml_tree_node *icons = xml_tree_child(rule, rule->ns, "iconSet");
    if (icons)
        return xlsx_attr_or(x, icons, "iconSet", "3TrafficLights1");
    return text ? arena_strdup(x->a, text) : period ? arena_strdup(x->a, period) : "";
}

static void rule_formulas(const struct xlsx *x, const struct xml_tree_node *rule, struct sheet_condition *c)
{
    bool own = rule->ns == NS_S;
    const struct xml_tree_node *f = xml_tree_child(rule, own ? NS_S : NS_XM, own ? "formula" : "f");
    for (int i = 0; i < 3; i++) {
        c->formula[i] = f ? xlsx_text(x, f) : "";
        f = f ? xml_tree_next(f, f->ns, f->name) : NULL;
    }
}

static void rule_format(const struct xlsx *x, const struct xml_tree_node *rule, struct sheet_condition *c)
{
    int64_t dxf = xlsx_attr_int(rule, "dxfId", -1);
    const struct xml_tree_node *bar = xml_tree_child(rule, NS_S, "dataBar"),
                               *scale = xml_tree_child(rule, NS_S, "colorScale");
    c->bar = xlsx_color(x, xml_tree_child(bar ? bar : scale, NS_S, "color"));
    if (dxf < 0 || (size_t)dxf >= x->n_dxfs)
        return;
    c->format = &x->dxf[dxf].style;
    c->sets_bold = x->dxf[dxf].sets_bold;
    c->sets_italic = x->dxf[dxf].sets_italic;
}

static void read_rule(const struct xlsx *x, const struct xml_tree_node *rule, const char *ranges,
                      struct sheet_condition *c)
{
    c->ranges = ranges;
    c->type = xlsx_attr(x, rule, "type");
    c->operator_ = xlsx_attr(x, rule, "operator");
    c->priority = (int32_t)xlsx_attr_int(rule, "priority", 0);
    c->rank = xlsx_attr_number(rule, "rank", 0);
    c->bottom = xlsx_attr_bool(rule, "bottom", false);
    c->percent = xlsx_attr_bool(rule, "percent", false);
    c->below = !xlsx_attr_bool(rule, "aboveAverage", true);
    c->stop = xlsx_attr_bool(rule, "stopIfTrue", false);
    c->x14 = rule->ns != NS_S;
    c->text = rule_text(x, rule);
    rule_formulas(x, rule, c);
    rule_format(x, rule, c);
}

/* Rules of x14 that only add to one of the main list have its id in an extension there and no type of their
 * own besides dataBar; those of their own have a sqref. */
static bool told_already(const struct sheet *s, size_t n, const char *ranges, const char *type)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(s->condition[i].ranges, ranges) == 0 && strcmp(s->condition[i].type, type) == 0)
            return true;
    return false;
}

static const char *block_ranges(const struct xlsx *x, const struct xml_tree_node *block)
{
    if (block->ns == NS_S)
        return xlsx_ranges(x, xml_tree_attr(block, 0, "sqref") ? xml_tree_attr(block, 0, "sqref") : "");
    return xlsx_ranges(x, xlsx_text(x, xml_tree_child(block, NS_XM, "sqref")));
}

static bool is_block(const struct xml_tree_node *n)
{
    return xml_tree_is(n, NS_S, "conditionalFormatting") || xml_tree_is(n, NS_X14, "conditionalFormatting");
}

static size_t count_rules(const struct xml_tree_node *root)
{
    size_t n = 0;
    for (const struct xml_tree_node *k = xml_tree_walk(root, root); k; k = xml_tree_walk(root, k))
        if (is_block(k))
            n += xlsx_count(k, k->ns, "cfRule");
    return n < XLSX_MAX_RULES ? n : XLSX_MAX_RULES;
}

void xlsx_read_conditions(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    size_t room = count_rules(root), n = 0;
    struct sheet_condition *c = arena_array(x->a, room, sizeof *c);
    s->condition = c;
    for (const struct xml_tree_node *k = xml_tree_walk(root, root); k; k = xml_tree_walk(root, k)) {
        if (!is_block(k))
            continue;
        const char *ranges = block_ranges(x, k);
        for (const struct xml_tree_node *rule = xml_tree_child(k, k->ns, "cfRule"); rule && n < room;
             rule = xml_tree_next(rule, k->ns, "cfRule")) {
            const char *type = xml_tree_attr(rule, 0, "type");
            if (k->ns != NS_X14 || !told_already(s, n, ranges, type ? type : ""))
                read_rule(x, rule, ranges, &c[n++]);
        }
    }
    s->n_conditions = n;
}

/* ---- validations ---- */

static const char *formula_of(const struct xlsx *x, const struct xml_tree_node *n, const char *name)
{
    const struct xml_tree_node *f = xml_tree_child(n, n->ns, name);
    return xlsx_text(x, f);
}

static void read_validation(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_validation *v)
{
    const char *ranges = xml_tree_attr(n, 0, "sqref");
    v->ranges = xlsx_ranges(x, ranges ? ranges : xlsx_text(x, xml_tree_child(n, NS_XM, "sqref")));
    v->type = xlsx_attr_or(x, n, "type", "none");
    v->operator_ = xlsx_attr_or(x, n, "operator", "between");
    v->formula1 = formula_of(x, n, "formula1");
    v->formula2 = formula_of(x, n, "formula2");
    v->error_style = xlsx_attr_or(x, n, "errorStyle", "stop");
    v->prompt_title = xlsx_attr(x, n, "promptTitle");
    v->prompt = xlsx_attr(x, n, "prompt");
    v->error_title = xlsx_attr(x, n, "errorTitle");
    v->error = xlsx_attr(x, n, "error");
    v->allow_blank = xlsx_attr_bool(n, "allowBlank", false);
    v->dropdown = !xlsx_attr_bool(n, "showDropDown", false);
    v->show_prompt = xlsx_attr_bool(n, "showInputMessage", false);
    v->show_error = xlsx_attr_bool(n, "showErrorMessage", false);
}

static bool is_validation(const struct xml_tree_node *n)
{
    return xml_tree_is(n, NS_S, "dataValidation") || xml_tree_is(n, NS_X14, "dataValidation");
}

void xlsx_read_validations(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    size_t room = 0;
    for (const struct xml_tree_node *k = xml_tree_walk(root, root); k; k = xml_tree_walk(root, k))
        room += room < XLSX_MAX_LIST && is_validation(k);
    struct sheet_validation *v = arena_array(x->a, room, sizeof *v);
    for (const struct xml_tree_node *k = xml_tree_walk(root, root); k && s->n_validations < room;
         k = xml_tree_walk(root, k))
        if (is_validation(k))
            read_validation(x, k, &v[s->n_validations++]);
    s->validation = v;
}
