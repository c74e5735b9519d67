/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- hyperlinks ---- */

void xlsx_read_links(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root,
                     const struct parts_relationship *rel, size_t n_rel)
{
    const struct xml_tree_node *list = xml_tree_child(root, NS_S, "hyperlinks");
    size_t count = xlsx_count(list, NS_S, "hyperlink"), i = 0;
    struct sheet_link *link = arena_array(x->a, count, sizeof *link);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "hyperlink"); n && i < count;
         n = xml_tree_next(n, NS_S, "hyperlink")) {
        const char *ref = xml_tree_attr(n, 0, "ref"), *id = xml_tree_attr(n, NS_R, "id");
        const struct parts_relationship *r = id ? parts_by_id(rel, n_rel, id) : NULL;
        if (!ref || !reference_range(ref, &link[i].range))
            continue;
        link[i].target = r ? r->target : "";
        link[i].location = xlsx_attr(x, n, "location");
        link[i++].tip = xlsx_attr(x, n, "tooltip");
    }
    s->link = link;
    s->n_links = i;
}

/* ---- comments ---- */

static const char *author_at(const struct xlsx *x, const struct xml_tree_node *root, int64_t i)
{
    const struct xml_tree_node *n = xml_tree_child(xml_tree_child(root, NS_S, "authors"), NS_S, "author");
    for (; n && i > 0 && i < XLSX_MAX_RULES; i--)
        n = xml_tree_next(n, NS_S, "author");
    return xlsx_text(x, n);
}

static void read_comments(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    const struct xml_tree_node *list = xml_tree_child(root, NS_S, "commentList");
    size_t count = xlsx_count(list, NS_S, "comment"), i = 0;
    struct sheet_comment *c = arena_array(x->a, count, sizeof *c);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "comment"); n && i < count;
         n = xml_tree_next(n, NS_S, "comment")) {
        const char *ref = xml_tree_attr(n, 0, "ref");
        const struct xml_tree_node *text = xml_tree_child(n, NS_S, "text");
        if (!ref || !sheet_reference_cell(ref, &c[i].row, &c[i].column))
            continue;
        c[i].author = author_at(x, root, xlsx_attr_int(n, "authorId", 0));
        c[i++].text = text ? xlsx_rich(x, text)->text : "";
    }
    s->comment = c;
    s->n_comments = i;
}

int xlsx_read_comments(struct xlsx *x, struct sheet *s, const struct parts_relationship *rel, size_t n,
                       struct err *e)
{
    const struct parts_relationship *r = parts_by_type(rel, n, "comments");
    struct xml_tree *t;
    if (!r || r->external)
        return 0;
    int done = xlsx_optional(x, r->target, &t, e);
    if (done < 0 || !t)
        return done;
    read_comments(x, s, xml_tree_root(t));
    xml_tree_free(t);
    return 0;
}

/* ---- tables ---- */

static void table_columns(const struct xlsx *x, const struct xml_tree_node *list, struct sheet_table *t)
{
    size_t count = xlsx_count(list, NS_S, "tableColumn");
    t->column = arena_array(x->a, count, sizeof *t->column);
    t->total = arena_array(x->a, count, sizeof *t->total);
    for (const struct xml_tree_node *n = xml_tree_child(list, NS_S, "tableColumn"); n && t->n_columns < count;
         n = xml_tree_next(n, NS_S, "tableColumn")) {
        char *name = arena_strdup(x->a, xlsx_attr(x, n, "name"));
        xlsx_unescape(name);
        t->column[t->n_columns] = name;
        t->total[t->n_columns++] = xlsx_attr(x, n, "totalsRowFunction");
    }
}

static void read_table(const struct xlsx *x, const struct xml_tree_node *n, struct sheet_table *t)
{
    const struct xml_tree_node *style = xml_tree_child(n, NS_S, "tableStyleInfo");
    const struct xml_tree_node *filter = xml_tree_child(n, NS_S, "autoFilter");
    const char *ref = xml_tree_attr(n, 0, "ref");
    *t = (struct sheet_table){.name = xlsx_attr_or(x, n, "displayName", xlsx_attr(x, n, "name"))};
    reference_range(ref ? ref : "", &t->range);
    t->header = xlsx_attr_int(n, "headerRowCount", 1) > 0;
    t->totals = xlsx_attr_int(n, "totalsRowCount", 0) > 0;
    t->style = xlsx_attr(x, style, "name");
    t->row_stripes = xlsx_attr_bool(style, "showRowStripes", false);
    t->column_stripes = xlsx_attr_bool(style, "showColumnStripes", false);
    t->first_column = xlsx_attr_bool(style, "showFirstColumn", false);
    t->last_column = xlsx_attr_bool(style, "showLastColumn", false);
    table_columns(x, xml_tree_child(n, NS_S, "tableColumns"), t);
    if (filter)
        xlsx_read_filter(x, filter, &t->filter);
}

static size_t count_type(const struct parts_relationship *rel, size_t n, const char *type)
{
    size_t count = 0;
    for (size_t i = 0; i < n && count < XLSX_MAX_RULES; i++)
        count += strcmp(rel[i].type, type) == 0 && !rel[i].external;
    return count;
}

int xlsx_read_tables(struct xlsx *x, struct sheet *s, const struct parts_relationship *rel, size_t n,
                     struct err *e)
{
    size_t room = count_type(rel, n, "table");
    struct sheet_table *table = arena_array(x->a, room, sizeof *table);
    s->table = table;
    for (size_t i = 0; i < n && s->n_tables < room; i++) {
        struct xml_tree *t;
        if (strcmp(rel[i].type, "table") != 0 || rel[i].external)
            continue;
        if (xlsx_optional(x, rel[i].target, &t, e) < 0 || workbook_within(x->w, e) < 0)
            return -ERR_DATA;
        if (t && xml_tree_is(xml_tree_root(t), NS_S, "table"))
            read_table(x, xml_tree_root(t), &table[s->n_tables++]);
        xml_tree_free(t);
    }
    return 0;
}
