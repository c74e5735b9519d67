/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

struct cache {
    const char *source;
    const char **field;
    size_t n;
};

static const char *source_of(const struct xlsx *x, const struct xml_tree_node *n)
{
    const char *name = xml_tree_attr(n, 0, "name"), *ref = xml_tree_attr(n, 0, "ref"),
               *sheet = xml_tree_attr(n, 0, "sheet");
    if (name)
        return arena_strdup(x->a, name);
    return sheet ? arena_printf(x->a, "%s!%s", sheet, ref ? ref : "") : ref ? arena_strdup(x->a, ref) : "";
}

static void read_cache(const struct xlsx *x, const struct xml_tree_node *root, struct cache *c)
{
    const struct xml_tree_node *list = xml_tree_child(root, NS_S, "cacheFields");
    size_t room = xlsx_count(list, NS_S, "cacheField");
    c->source =
        source_of(x, xml_tree_child(xml_tree_child(root, NS_S, "cacheSource"), NS_S, "worksheetSource"));
    c->field = arena_array(x->a, room, sizeof *c->field);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "cacheField"); n && c->n < room;
         n = xml_tree_next(n, NS_S, "cacheField"))
        c->field[c->n++] = xlsx_attr(x, n, "name");
}

static int find_cache(struct xlsx *x, const char *part, struct cache *c, struct err *e)
{
    struct parts_relationship *rel;
    size_t n;
    struct xml_tree *t;
    *c = (struct cache){.source = ""};
    int r = parts_relationships(x->p, part, x->a, &rel, &n, e);
    const struct parts_relationship *d = r == 0 ? parts_by_type(rel, n, "pivotCacheDefinition") : NULL;
    if (!d || d->external)
        return r;
    r = xlsx_optional(x, d->target, &t, e);
    if (r < 0 || !t)
        return r;
    read_cache(x, xml_tree_root(t), c);
    xml_tree_free(t);
    return 0;
}

static const char *field_name(const struct cache *c, int64_t i)
{
    if (i == -2)
        return "Σ values";
    return i >= 0 && (size_t)i < c->n ? c->field[i] : "";
}

/* The children of a list, by the index in attribute `index`. */
static const char **fields(const struct xlsx *x, const struct cache *c, const struct xml_tree_node *list,
                           const char *child, const char *index, size_t *ret_n)
{
    size_t room = xlsx_count(list, NS_S, child), n = 0;
    const char **name = arena_array(x->a, room, sizeof *name);
    for (const struct xml_tree_node *k = xml_tree_child(list, NS_S, child); k && n < room;
         k = xml_tree_next(k, NS_S, child))
        name[n++] = field_name(c, xlsx_attr_int(k, index, -1));
    *ret_n = n;
    return name;
}

static void read_data(const struct xlsx *x, const struct cache *c, const struct xml_tree_node *list,
                      struct sheet_pivot *p)
{
    size_t room = xlsx_count(list, NS_S, "dataField");
    struct sheet_pivot_data *data = arena_array(x->a, room, sizeof *data);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "dataField"); n && p->n_data < room;
         n = xml_tree_next(n, NS_S, "dataField")) {
        data[p->n_data].field = field_name(c, xlsx_attr_int(n, "fld", -1));
        data[p->n_data].name = xlsx_attr(x, n, "name");
        data[p->n_data++].function = xlsx_attr_or(x, n, "subtotal", "sum");
    }
    p->data = data;
}

static void read_pivot(const struct xlsx *x, const struct cache *c, const struct xml_tree_node *n,
                       struct sheet_pivot *p)
{
    const char *ref = xml_tree_attr(xml_tree_child(n, NS_S, "location"), 0, "ref");
    p->name = xlsx_attr(x, n, "name");
    p->source = c->source;
    reference_range(ref ? ref : "", &p->location);
    p->row = fields(x, c, xml_tree_child(n, NS_S, "rowFields"), "field", "x", &p->n_rows);
    p->column = fields(x, c, xml_tree_child(n, NS_S, "colFields"), "field", "x", &p->n_columns);
    p->page = fields(x, c, xml_tree_child(n, NS_S, "pageFields"), "pageField", "fld", &p->n_pages);
    read_data(x, c, xml_tree_child(n, NS_S, "dataFields"), p);
}

static int add_pivot(struct xlsx *x, struct sheet *s, const char *part, struct sheet_pivot *p, struct err *e)
{
    struct cache c;
    struct xml_tree *t;
    int r = find_cache(x, part, &c, e);
    if (r == 0)
        r = xlsx_optional(x, part, &t, e);
    if (r < 0 || !t)
        return r;
    *p = (struct sheet_pivot){.part = arena_strdup(x->a, part)};
    read_pivot(x, &c, xml_tree_root(t), p);
    s->n_pivots++;
    xml_tree_free(t);
    return workbook_within(x->w, e);
}

int xlsx_read_pivots(struct xlsx *x, struct sheet *s, const struct parts_relationship *rel, size_t n,
                     struct err *e)
{
    size_t room = 0;
    for (size_t i = 0; i < n; i++)
        room += room < XLSX_MAX_RULES && strcmp(rel[i].type, "pivotTable") == 0;
    struct sheet_pivot *pivot = arena_array(x->a, room, sizeof *pivot);
    s->pivot = pivot;
    for (size_t i = 0; i < n && s->n_pivots < room; i++)
        if (strcmp(rel[i].type, "pivotTable") == 0 && !rel[i].external)
            if (add_pivot(x, s, rel[i].target, &pivot[s->n_pivots], e) < 0)
                return -ERR_DATA;
    return 0;
}
