/* SPDX-License-Identifier: Apache-2.0 */
/* Validations and conditional formats (ODF 1.3 part 3, 19.605 and 19.469; LibreOffice's calcext). */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_CONDITIONS = 1000 };

struct parsed {
    const char *type, *operator_;
    const char *formula[3];
};

static const struct {
    const char *sign, *name;
} comparisons[] = {
    {"<=", "lessThanOrEqual"}, {">=", "greaterThanOrEqual"}, {"!=", "notEqual"}, {"<>", "notEqual"},
    {"<", "lessThan"},         {">", "greaterThan"},         {"=", "equal"},
};

static const char *past_blanks(const char *p)
{
    return p + strspn(p, " ");
}

/* "<60": the operator, and the expression after it. */
static bool comparison(struct sheet_reader *r, const char *text, struct parsed *ret)
{
    text = past_blanks(text);
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        size_t n = strlen(comparisons[i].sign);
        if (strncmp(text, comparisons[i].sign, n) == 0) {
            ret->operator_ = comparisons[i].name;
            ret->formula[0] = odf_sheet_expression(r, past_blanks(text + n));
            return true;
        }
    }
    return false;
}

/* What stands in the parentheses at p, cut at the separators of its own level: up to three pieces. */
static size_t arguments(struct sheet_reader *r, const char *p, char separator, const char *piece[3])
{
    size_t n = 0;
    int depth = 0;
    char quote = '\0';
    const char *from = ++p;
    for (; *p; p++) {
        if (quote ? *p == quote : *p == '"' || *p == '\'')
            quote = quote ? '\0' : *p;
        if (quote)
            continue;
        depth += *p == '(' || *p == '[' || *p == '{';
        bool end = *p == ')' && depth == 0;
        if (end || (*p == separator && depth == 0)) {
            if (n < 3)
                piece[n++] = arena_strndup(r->p->arena, from, (size_t)(p - from));
            from = p + 1;
        }
        if (end)
            break;
        depth -= *p == ')' || *p == ']' || *p == '}';
    }
    return n;
}

/* "between(1,10)" and the like, in the words of both kinds of rules. */
static bool between(struct sheet_reader *r, const char *text, struct parsed *ret)
{
    bool outside = strstr(text, "not-between") != NULL;
    const char *open = strstr(text, "between("), *piece[3];
    if (!open || arguments(r, open + 7, ',', piece) < 2)
        return false;
    ret->operator_ = outside ? "notBetween" : "between";
    ret->formula[0] = odf_sheet_expression(r, past_blanks(piece[0]));
    ret->formula[1] = odf_sheet_expression(r, past_blanks(piece[1]));
    return true;
}

/* ---- validations ---- */

static const char *without_prefix(const char *text)
{
    static const char *const prefixes[] = {"of:", "oooc:", "msoxl:"};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (strncmp(text, prefixes[i], strlen(prefixes[i])) == 0)
            return text + strlen(prefixes[i]);
    return text;
}

/* {"男";"女"} → "男,女", as xlsx has it. */
static const char *list_of(struct sheet_reader *r, const char *text)
{
    const char *open = strchr(text, '('), *p = open ? past_blanks(open + 1) : "";
    if (*p != '"') {
        const char *piece[3];
        return open && arguments(r, open, '\x01', piece) > 0 ? odf_sheet_expression(r, piece[0]) : "";
    }
    struct bytes out = {0};
    bool in = false, any = false;
    for (; *p; p++) {
        if (*p == '"' && (in = !in) && any)
            bytes_u8(&out, ',');
        else if (*p == '"')
            any = true;
        else if (in)
            bytes_u8(&out, (uint8_t)*p);
    }
    const char *kept = arena_printf(r->w->arena, "\"%s\"", out.n ? (const char *)out.p : "");
    bytes_release(&out);
    return kept;
}

static void validation_condition(struct sheet_reader *r, const char *text, struct sheet_validation *v)
{
    static const struct {
        const char *call, *type;
    } types[] = {
        {"cell-content-is-whole-number", "whole"},  {"cell-content-is-decimal-number", "decimal"},
        {"cell-content-is-date", "date"},           {"cell-content-is-time", "time"},
        {"cell-content-text-length", "textLength"},
    };
    struct parsed found = {.operator_ = "between", .formula = {"", "", ""}};
    text = without_prefix(text ? text : "");
    v->type = "none";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(text, types[i].call, strlen(types[i].call)) == 0)
            v->type = types[i].type;
    if (strncmp(text, "cell-content-is-in-list", 23) == 0) {
        v->type = "list";
        v->formula1 = list_of(r, text);
        return;
    }
    if (strncmp(text, "is-true-formula", 15) == 0 || strncmp(text, "formula-is", 10) == 0) {
        v->type = "custom";
        v->formula1 = odf_sheet_expression(r, strchr(text, '(') ? list_of(r, text) : "");
        return;
    }
    const char *content = strstr(text, "cell-content()");
    const char *lengths = strstr(text, "cell-content-text-length()");
    if (!between(r, text, &found) && content)
        comparison(r, content + 14, &found);
    else if (lengths)
        comparison(r, lengths + 26, &found);
    v->operator_ = found.operator_;
    v->formula1 = found.formula[0];
    v->formula2 = found.formula[1] ? found.formula[1] : "";
}

static const char *texts(struct sheet_reader *r, const struct xml_tree_node *n)
{
    struct bytes text = {0};
    for (const struct xml_tree_node *p = n ? xml_tree_child(n, NS_TEXT, "p") : NULL; p;
         p = xml_tree_next(p, NS_TEXT, "p")) {
        if (text.n)
            bytes_str(&text, "\n");
        xml_tree_text(p, &text);
    }
    const char *kept = text.n ? arena_strndup(r->w->arena, (const char *)text.p, text.n) : "";
    bytes_release(&text);
    return kept;
}

static void read_validation(struct sheet_reader *r, const struct xml_tree_node *n, struct sheet_validation *v)
{
    const struct xml_tree_node *help = xml_tree_child(n, NS_TABLE, "help-message");
    const struct xml_tree_node *error = xml_tree_child(n, NS_TABLE, "error-message");
    const char *kind = xml_tree_attr(error, NS_TABLE, "message-type");
    *v = (struct sheet_validation){
        .operator_ = "between", .formula1 = "", .formula2 = "", .error_style = "stop"};
    validation_condition(r, xml_tree_attr(n, NS_TABLE, "condition"), v);
    v->error_style = odf_is(kind, "warning")       ? "warning"
                     : odf_is(kind, "information") ? "information"
                                                   : "stop";
    v->prompt_title = sheet_keep(r, xml_tree_attr(help, NS_TABLE, "title"));
    v->prompt = texts(r, help);
    v->error_title = sheet_keep(r, xml_tree_attr(error, NS_TABLE, "title"));
    v->error = texts(r, error);
    v->allow_blank = !odf_is(xml_tree_attr(n, NS_TABLE, "allow-empty-cell"), "false");
    v->dropdown = strcmp(v->type, "list") == 0 &&
                  !odf_is(xml_tree_attr(n, NS_TABLE, "display-list"), "none") &&
                  !odf_is(xml_tree_attr(n, NS_TABLE, "display-list"), "no");
    v->show_prompt = help && odf_true(xml_tree_attr(help, NS_TABLE, "display"));
    v->show_error = !error || !odf_is(xml_tree_attr(error, NS_TABLE, "display"), "false");
}

static bool belongs(const struct sheet_area *a, size_t sheet, const char *validation,
                    const struct odf_style *mapped)
{
    return a->sheet == sheet && a->mapped == mapped &&
           (validation ? a->validation && strcmp(a->validation, validation) == 0 : !a->validation);
}

static const char *areas(struct sheet_reader *r, size_t sheet, const char *validation,
                         const struct odf_style *mapped)
{
    struct bytes out = {0};
    for (size_t i = 0; i < r->n_areas && out.n < 20000; i++)
        if (belongs(&r->area[i], sheet, validation, mapped))
            bytes_printf(&out, out.n ? " %s" : "%s", reference_range_name(r->p->arena, &r->area[i].range));
    const char *kept = out.n ? arena_strndup(r->w->arena, (const char *)out.p, out.n) : NULL;
    bytes_release(&out);
    return kept;
}

void odf_sheet_validations(struct sheet_reader *r)
{
    const struct xml_tree_node *all = xml_tree_child(r->p->body, NS_TABLE, "content-validations");
    size_t room = 0;
    for (const struct xml_tree_node *n = xml_tree_child(all, NS_TABLE, "content-validation");
         n && room < MAX_CONDITIONS; n = xml_tree_next(n, NS_TABLE, "content-validation"))
        room++;
    struct sheet_validation *v = arena_array(r->p->arena, room, sizeof *v);
    for (size_t k = 0; room > 0 && k < r->w->n_sheets && workbook_within(r->w, NULL) == 0; k++) {
        struct sheet *s = &r->w->sheet[k];
        for (const struct xml_tree_node *n = xml_tree_child(all, NS_TABLE, "content-validation");
             n && s->n_validations < room; n = xml_tree_next(n, NS_TABLE, "content-validation")) {
            const char *name = xml_tree_attr(n, NS_TABLE, "name");
            const char *ranges = name ? areas(r, k, name, NULL) : NULL;
            if (!ranges)
                continue;
            read_validation(r, n, &v[s->n_validations]);
            v[s->n_validations++].ranges = ranges;
        }
        s->validation = arena_copy(r->w->arena, v, s->n_validations * sizeof *v);
    }
}

/* ---- conditional formats ---- */

static const struct odf_style *style_shown_as(struct sheet_reader *r, const char *name)
{
    const struct odf_style *s = odf_style_find(r->styles, ODF_STYLES, "table-cell", name);
    for (size_t i = 0; !s && name && (s = odf_style_at(r->styles, "table-cell", i)); i++) {
        if (strcmp(odf_style_shown(s, r->p->arena), name) == 0)
            return s;
        s = NULL;
        if (!odf_style_at(r->styles, "table-cell", i + 1))
            break;
    }
    return s;
}

/* Conditions that are calls: name( … ) of calcext, and what OOXML calls them. */
static const struct {
    const char *call, *type, *operator_;
    bool bottom, percent, below, text, rank;
} calls[] = {
    {.call = "begins-with(", .type = "beginsWith", .operator_ = "beginsWith", .text = true},
    {.call = "ends-with(", .type = "endsWith", .operator_ = "endsWith", .text = true},
    {.call = "contains-text(", .type = "containsText", .operator_ = "containsText", .text = true},
    {.call = "not-contains-text(", .type = "notContainsText", .operator_ = "notContains", .text = true},
    {.call = "top-elements(", .type = "top10", .rank = true},
    {.call = "bottom-elements(", .type = "top10", .bottom = true, .rank = true},
    {.call = "top-percent(", .type = "top10", .percent = true, .rank = true},
    {.call = "bottom-percent(", .type = "top10", .bottom = true, .percent = true, .rank = true},
    {.call = "above-average", .type = "aboveAverage"},
    {.call = "above-equal-average", .type = "aboveAverage"},
    {.call = "below-average", .type = "aboveAverage", .below = true},
    {.call = "below-equal-average", .type = "aboveAverage", .below = true},
    {.call = "duplicate", .type = "duplicateValues"},
    {.call = "unique", .type = "uniqueValues"},
    {.call = "is-error", .type = "containsErrors"},
    {.call = "is-no-error", .type = "notContainsErrors"},
};

static bool call_of(struct sheet_reader *r, const char *text, struct sheet_condition *c)
{
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        const char *piece[3] = {"", "", ""};
        if (strncmp(text, calls[i].call, strlen(calls[i].call)) != 0)
            continue;
        if (strchr(text, '('))
            arguments(r, strchr(text, '('), ',', piece);
        c->type = calls[i].type;
        c->operator_ = calls[i].operator_ ? calls[i].operator_ : "";
        c->bottom = calls[i].bottom;
        c->percent = calls[i].percent;
        c->below = calls[i].below;
        c->rank = calls[i].rank ? (double)odf_integer(piece[0], 0, 100000, 0) : 0;
        size_t n = strlen(piece[0]);
        if (calls[i].text && n >= 2 && piece[0][0] == '"')
            c->text = arena_strndup(r->w->arena, piece[0] + 1, n - 2);
        else if (calls[i].text)
            c->text = sheet_keep(r, piece[0]);
        return true;
    }
    return false;
}

static void condition(struct sheet_reader *r, const char *text, struct sheet_condition *c)
{
    struct parsed found = {.operator_ = "", .formula = {"", "", ""}};
    const char *piece[3], *content = strncmp(text, "cell-content()", 14) == 0 ? text + 14 : text;
    text = without_prefix(content);
    if (strncmp(text, "formula-is(", 11) == 0 || strncmp(text, "is-true-formula(", 16) == 0) {
        c->type = "expression";
        if (arguments(r, strchr(text, '('), '\x01', piece) > 0)
            c->formula[0] = odf_sheet_expression(r, piece[0]);
        return;
    }
    if (call_of(r, text, c) || (!between(r, text, &found) && !comparison(r, text, &found)))
        return;
    c->type = "cellIs";
    c->operator_ = found.operator_;
    c->formula[0] = found.formula[0];
    c->formula[1] = found.formula[1] ? found.formula[1] : "";
}

static struct sheet_condition blank_condition(const char *ranges, int priority)
{
    return (struct sheet_condition){.ranges = ranges,
                                    .type = "expression",
                                    .operator_ = "",
                                    .formula = {"", "", ""},
                                    .text = "",
                                    .priority = priority,
                                    .bar = {.rgb = -1}};
}

/* Colour scales, data bars and icon sets stand beside the conditions. */
static bool picture_rule(struct sheet_reader *r, const struct xml_tree_node *n, struct sheet_condition *c)
{
    static const struct {
        const char *element, *type;
    } kinds[] = {{"color-scale", "colorScale"},
                 {"data-bar", "dataBar"},
                 {"icon-set", "iconSet"},
                 {"date-is", "timePeriod"}};
    const char *type = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        type = strcmp(kinds[i].element, n->name) == 0 ? kinds[i].type : type;
    if (!type || n->ns != NS_CALCEXT)
        return false;
    c->type = type;
    const struct xml_tree_node *entry = xml_tree_first_element(n);
    const char *color = xml_tree_attr(n, NS_CALCEXT, "positive-color");
    color = color ? color : xml_tree_attr(entry, NS_CALCEXT, "color");
    if (odf_color(color) >= 0)
        c->bar =
            (struct sheet_color){COLOR_RGB, odf_color(color), 0xff000000u | (uint32_t)odf_color(color), 0};
    const char *set = xml_tree_attr(n, NS_CALCEXT, "icon-set-type");
    set = set ? set : xml_tree_attr(n, NS_CALCEXT, "date");
    c->text = sheet_keep(r, set);
    return true;
}

static void style_into(struct sheet_reader *r, const char *name, struct sheet_condition *c)
{
    const struct odf_style *s = style_shown_as(r, name);
    if (s)
        c->format = odf_sheet_format(r, s, &c->sets_bold, &c->sets_italic);
}

static size_t from_formats(struct sheet_reader *r, const struct xml_tree_node *formats,
                           struct sheet_condition *c)
{
    size_t n = 0;
    for (const struct xml_tree_node *f = xml_tree_child(formats, NS_CALCEXT, "conditional-format"); f;
         f = xml_tree_next(f, NS_CALCEXT, "conditional-format")) {
        const char *sheet;
        const char *ranges =
            odf_sheet_ranges(r, xml_tree_attr(f, NS_CALCEXT, "target-range-address"), &sheet);
        for (const struct xml_tree_node *k = xml_tree_first_element(f); k && n < MAX_CONDITIONS;
             k = xml_tree_next_element(k)) {
            c[n] = blank_condition(ranges, (int)n + 1);
            const char *value = xml_tree_attr(k, NS_CALCEXT, "value");
            if (!picture_rule(r, k, &c[n]) && value)
                condition(r, value, &c[n]);
            const char *style = xml_tree_attr(k, NS_CALCEXT, "apply-style-name");
            style_into(r, style ? style : xml_tree_attr(k, NS_CALCEXT, "style"), &c[n++]);
        }
    }
    return n;
}

static size_t from_maps(struct sheet_reader *r, size_t sheet, struct sheet_condition *c)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_areas; i++) {
        const struct odf_style *s = r->area[i].mapped;
        bool seen = r->area[i].sheet != sheet || !s;
        for (size_t k = 0; k < i && !seen && k < 1000; k++)
            seen = r->area[k].sheet == sheet && r->area[k].mapped == s;
        const char *ranges = seen ? NULL : areas(r, sheet, NULL, s);
        for (const struct xml_tree_node *m = ranges ? xml_tree_child(s->node, NS_STYLE, "map") : NULL;
             m && n < MAX_CONDITIONS; m = xml_tree_next(m, NS_STYLE, "map")) {
            const char *text = xml_tree_attr(m, NS_STYLE, "condition");
            c[n] = blank_condition(ranges, (int)n + 1);
            if (text)
                condition(r, text, &c[n]);
            style_into(r, xml_tree_attr(m, NS_STYLE, "apply-style-name"), &c[n++]);
        }
    }
    return n;
}

void odf_sheet_conditions(struct sheet_reader *r, const struct xml_tree_node *table, size_t sheet)
{
    const struct xml_tree_node *formats = xml_tree_child(table, NS_CALCEXT, "conditional-formats");
    if (!r->condition)
        r->condition = arena_array(r->p->arena, MAX_CONDITIONS, sizeof *r->condition);
    struct sheet_condition *c = r->condition;
    size_t n = formats ? from_formats(r, formats, c) : from_maps(r, sheet, c);
    r->w->sheet[sheet].condition = n ? arena_copy(r->w->arena, c, n * sizeof *c) : NULL;
    r->w->sheet[sheet].n_conditions = n;
}
