/* SPDX-License-Identifier: Apache-2.0 */
/* Database ranges (filters, sorting), names, pivot tables. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

enum { MAX_LIST = 1000, MAX_CONDITIONS = 64 };

static struct sheet *sheet_named(struct sheet_reader *r, const char *name)
{
    const struct sheet *s = name ? workbook_sheet(r->w, name) : NULL;
    return s ? &r->w->sheet[s - r->w->sheet] : r->w->n_sheets ? &r->w->sheet[0] : NULL;
}

/* ---- filters ---- */

struct filter_condition {
    int64_t field;
    const struct xml_tree_node *n;
};

static const char *operator_of(const char *sign)
{
    static const struct {
        const char *sign, *name;
    } names[] = {
        {"=", "equal"},
        {"!=", "notEqual"},
        {"<", "lessThan"},
        {">", "greaterThan"},
        {"<=", "lessThanOrEqual"},
        {">=", "greaterThanOrEqual"},
        {"match", "equal"},
        {"!match", "notEqual"},
        {"contains", "contains"},
        {"!contains", "notContains"},
        {"begins", "beginsWith"},
        {"ends", "endsWith"},
    };
    for (size_t i = 0; sign && i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].sign, sign) == 0)
            return names[i].name;
    return sign ? sign : "equal";
}

static bool special(const char *sign, const char *value, struct sheet_criterion *c)
{
    static const struct {
        const char *sign, *kind;
        bool percent;
    } kinds[] = {
        {"top values", "top10", false},
        {"top percent", "top10", true},
        {"bottom values", "bottom10", false},
        {"bottom percent", "bottom10", true},
        {"empty", "blank", false},
        {"!empty", "notBlank", false},
    };
    for (size_t i = 0; sign && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].sign, sign) == 0) {
            c->kind = kinds[i].kind;
            c->percent = kinds[i].percent;
            c->rank = (double)odf_integer(value, 0, 100000, 0);
            return true;
        }
    return false;
}

static void set_items(struct sheet_reader *r, const struct xml_tree_node *n, struct sheet_criterion *c)
{
    const char *value[MAX_LIST];
    for (const struct xml_tree_node *i = xml_tree_child(n, NS_TABLE, "filter-set-item");
         i && c->n_values < MAX_LIST; i = xml_tree_next(i, NS_TABLE, "filter-set-item"))
        value[c->n_values++] = sheet_keep(r, xml_tree_attr(i, NS_TABLE, "value"));
    if (c->n_values)
        c->value = arena_copy(r->w->arena, value, c->n_values * sizeof *value);
}

/* All conditions on one column. A single "=" is a value that was ticked. */
static void criterion(struct sheet_reader *r, const struct filter_condition *all, size_t n, int64_t field,
                      bool both, struct sheet_criterion *c)
{
    const char *value[MAX_CONDITIONS];
    bool equal = true;
    *c = (struct sheet_criterion){.column = (uint32_t)field + 1, .kind = "custom", .all = both};
    for (size_t i = 0; i < n; i++) {
        const char *sign = xml_tree_attr(all[i].n, NS_TABLE, "operator"),
                   *text = xml_tree_attr(all[i].n, NS_TABLE, "value");
        if (all[i].field != field)
            continue;
        if (special(sign, text, c))
            return;
        set_items(r, all[i].n, c);
        if (c->n_values)
            c->kind = "values";
        if (c->value)
            return;
        equal = equal && odf_is(sign, "=");
        value[c->n_values++] = arena_printf(r->w->arena, "%s %s", operator_of(sign), text ? text : "");
    }
    for (size_t i = 0; equal && !both && i < c->n_values; i++)
        value[i] += strlen("equal ");
    c->kind = equal && !both ? "values" : "custom";
    c->value = arena_copy(r->w->arena, value, c->n_values * sizeof *value);
}

static void gather(const struct xml_tree_node *n, struct filter_condition *all, size_t *count, bool *ret_and)
{
    for (const struct xml_tree_node *c = n; (c = xml_tree_walk(n, c));) {
        if (xml_tree_is(c, NS_TABLE, "filter-and"))
            *ret_and = true;
        if (xml_tree_is(c, NS_TABLE, "filter-condition") && *count < MAX_CONDITIONS) {
            all[*count].field = odf_integer(xml_tree_attr(c, NS_TABLE, "field-number"), 0, SHEET_COLUMNS, 0);
            all[(*count)++].n = c;
        }
    }
}

static void read_filter(struct sheet_reader *r, const struct xml_tree_node *range, struct sheet_filter *f)
{
    const struct xml_tree_node *n = xml_tree_child(range, NS_TABLE, "filter");
    struct filter_condition all[MAX_CONDITIONS];
    struct sheet_criterion c[MAX_CONDITIONS];
    size_t count = 0;
    bool both = false;
    if (!n)
        return;
    gather(n, all, &count, &both);
    for (size_t i = 0; i < count; i++) {
        bool seen = false;
        size_t same = 0;
        for (size_t k = 0; k < count; k++) {
            seen = seen || (k < i && all[k].field == all[i].field);
            same += all[k].field == all[i].field;
        }
        if (!seen)
            criterion(r, all, count, all[i].field, both && same > 1, &c[f->n++]);
    }
    f->criterion = arena_copy(r->w->arena, c, f->n * sizeof *c);
}

static void read_sort(struct sheet_reader *r, const struct xml_tree_node *n, const struct sheet_range *range,
                      struct sheet *s)
{
    const struct xml_tree_node *sort = xml_tree_child(n, NS_TABLE, "sort");
    struct bytes text = {0};
    for (const struct xml_tree_node *by = xml_tree_child(sort, NS_TABLE, "sort-by"); by && text.n < 4000;
         by = xml_tree_next(by, NS_TABLE, "sort-by")) {
        uint32_t column = range->column + (uint32_t)odf_integer(xml_tree_attr(by, NS_TABLE, "field-number"),
                                                                0, SHEET_COLUMNS, 0);
        const struct sheet_range key = {range->row, column, range->last_row, column};
        bool down = odf_is(xml_tree_attr(by, NS_TABLE, "order"), "descending");
        bytes_printf(&text, "%s%s%s", text.n ? "; " : "", reference_range_name(r->p->arena, &key),
                     down ? " descending" : "");
    }
    if (text.n)
        s->sort = arena_strndup(r->w->arena, (const char *)text.p, text.n);
    bytes_release(&text);
}

void odf_sheet_filters(struct sheet_reader *r)
{
    const struct xml_tree_node *all = xml_tree_child(r->p->body, NS_TABLE, "database-ranges");
    for (const struct xml_tree_node *n = xml_tree_child(all, NS_TABLE, "database-range"); n;
         n = xml_tree_next(n, NS_TABLE, "database-range")) {
        const char *name;
        struct sheet_range range;
        if (!odf_sheet_range(r, xml_tree_attr(n, NS_TABLE, "target-range-address"), &name, &range))
            continue;
        struct sheet *s = sheet_named(r, name);
        if (!s)
            continue;
        read_sort(r, n, &range, s);
        bool shown = odf_true(xml_tree_attr(n, NS_TABLE, "display-filter-buttons"));
        if (!shown && !xml_tree_child(n, NS_TABLE, "filter"))
            continue;
        s->filter = (struct sheet_filter){.range = range};
        read_filter(r, n, &s->filter);
    }
}

/* ---- names ---- */

static void add_names(struct sheet_reader *r, const struct xml_tree_node *holder, int32_t sheet,
                      struct sheet_name *name, size_t room, size_t *n)
{
    const struct xml_tree_node *all = xml_tree_child(holder, NS_TABLE, "named-expressions");
    for (const struct xml_tree_node *k = xml_tree_first_element(all); k && *n < room;
         k = xml_tree_next_element(k)) {
        const char *range = xml_tree_attr(k, NS_TABLE, "cell-range-address");
        struct sheet_name *one = &name[(*n)++];
        one->name = sheet_keep(r, xml_tree_attr(k, NS_TABLE, "name"));
        one->refers = range ? odf_sheet_reference(r, range, true)
                            : odf_sheet_expression(r, xml_tree_attr(k, NS_TABLE, "expression"));
        one->sheet = sheet;
        one->hidden =
            odf_true(xml_tree_attr(k, NS_LOEXT, "hidden")) || odf_true(xml_tree_attr(k, NS_TABLE, "hidden"));
    }
}

void odf_sheet_names(struct sheet_reader *r)
{
    struct sheet_name *name = arena_array(r->p->arena, MAX_LIST, sizeof *name);
    size_t n = 0;
    int32_t sheet = 0;
    add_names(r, r->p->body, -1, name, MAX_LIST, &n);
    for (const struct xml_tree_node *t = xml_tree_child(r->p->body, NS_TABLE, "table"); t;
         t = xml_tree_next(t, NS_TABLE, "table"))
        add_names(r, t, sheet++, name, MAX_LIST, &n);
    r->w->name = n ? arena_copy(r->w->arena, name, n * sizeof *name) : NULL;
    r->w->n_names = n;
}

/* ---- pivot tables ---- */

struct fields {
    const char *name[4][MAX_CONDITIONS]; /* row, column, page, data */
    struct sheet_pivot_data data[MAX_CONDITIONS];
    size_t n[4];
};
static const char *const orientations[] = {"row", "column", "page", "data"};

static void read_field(struct sheet_reader *r, const struct xml_tree_node *n, struct fields *f)
{
    const char *where = xml_tree_attr(n, NS_TABLE, "orientation"),
               *display = xml_tree_attr(n, NS_TABLE, "display-name");
    const char *name = xml_tree_attr(n, NS_TABLE, "source-field-name"),
               *function = xml_tree_attr(n, NS_TABLE, "function");
    bool layout = odf_true(xml_tree_attr(n, NS_TABLE, "is-data-layout-field"));
    display = display ? display : xml_tree_attr(n, NS_LOEXT, "display-name");
    for (int i = 0; where && i < 4; i++) {
        if (strcmp(orientations[i], where) != 0 || f->n[i] == MAX_CONDITIONS)
            continue;
        if (i == 3)
            f->data[f->n[3]] = (struct sheet_pivot_data){sheet_keep(r, name), sheet_keep(r, display),
                                                         function ? sheet_keep(r, function) : "sum"};
        f->name[i][f->n[i]++] = layout ? "Σ values" : sheet_keep(r, name);
    }
}

/* The field of the data's layout is there even where there is one datum: then nobody sees it. */
static size_t kept(struct fields *f, int i)
{
    size_t n = 0;
    for (size_t k = 0; k < f->n[i]; k++)
        if (f->n[3] > 1 || strcmp(f->name[i][k], "Σ values") != 0)
            f->name[i][n++] = f->name[i][k];
    return n;
}

static const char **names_of(struct sheet_reader *r, struct fields *f, int i, size_t *ret_n)
{
    *ret_n = kept(f, i);
    return arena_copy(r->w->arena, f->name[i], *ret_n * sizeof *f->name[i]);
}

static void read_pivot(struct sheet_reader *r, const struct xml_tree_node *n, struct sheet_pivot *p)
{
    struct fields *f = arena_alloc(r->p->arena, sizeof *f);
    const struct xml_tree_node *source = xml_tree_child(n, NS_TABLE, "source-cell-range");
    const char *sheet;
    p->name = sheet_keep(r, xml_tree_attr(n, NS_TABLE, "name"));
    p->part = odf_content_name(r->p);
    odf_sheet_range(r, xml_tree_attr(n, NS_TABLE, "target-range-address"), &sheet, &p->location);
    p->source = odf_sheet_reference(r, xml_tree_attr(source, NS_TABLE, "cell-range-address"), false);
    for (const struct xml_tree_node *k = xml_tree_child(n, NS_TABLE, "data-pilot-field"); k;
         k = xml_tree_next(k, NS_TABLE, "data-pilot-field"))
        read_field(r, k, f);
    p->row = names_of(r, f, 0, &p->n_rows);
    p->column = names_of(r, f, 1, &p->n_columns);
    p->page = names_of(r, f, 2, &p->n_pages);
    p->data = arena_copy(r->w->arena, f->data, f->n[3] * sizeof *f->data);
    p->n_data = f->n[3];
}

void odf_sheet_pivots(struct sheet_reader *r)
{
    const struct xml_tree_node *all = xml_tree_child(r->p->body, NS_TABLE, "data-pilot-tables");
    size_t seen = 0;
    for (const struct xml_tree_node *n = xml_tree_child(all, NS_TABLE, "data-pilot-table");
         n && seen < MAX_CONDITIONS; n = xml_tree_next(n, NS_TABLE, "data-pilot-table"), seen++) {
        const char *name;
        struct sheet_range range;
        struct sheet *s =
            odf_sheet_range(r, xml_tree_attr(n, NS_TABLE, "target-range-address"), &name, &range)
                ? sheet_named(r, name)
                : NULL;
        if (!s)
            continue;
        struct sheet_pivot *p = arena_array(r->w->arena, s->n_pivots + 1, sizeof *p);
        if (s->n_pivots)
            memcpy(p, s->pivot, s->n_pivots * sizeof *p);
        read_pivot(r, n, &p[s->n_pivots++]);
        s->pivot = p;
    }
}
