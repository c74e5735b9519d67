/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

static uint32_t corner(const struct xml_tree_node *at, const char *name)
{
    struct bytes text = {0};
    const struct xml_tree_node *n = xml_tree_child(at, NS_XDR, name);
    double v = -1;
    if (n)
        xml_tree_text(n, &text);
    if (text.n == 0 || !xlsx_number((const char *)text.p, &v) || !(v >= 0 && v < SHEET_ROWS))
        v = -1;
    bytes_release(&text);
    return (uint32_t)(v + 1);
}

/* Where only the size is told, as many cells of the usual size (64 by 20 px) as it takes. */
static struct sheet_range covered(const struct xml_tree_node *anchor)
{
    const struct xml_tree_node *from = xml_tree_child(anchor, NS_XDR, "from"),
                               *to = xml_tree_child(anchor, NS_XDR, "to"),
                               *ext = xml_tree_child(anchor, NS_XDR, "ext");
    struct sheet_range r = {.row = from ? corner(from, "row") : 1, .column = from ? corner(from, "col") : 1};
    r.last_row = to ? corner(to, "row") : r.row;
    r.last_column = to ? corner(to, "col") : r.column;
    if (!to && ext) {
        r.last_row = r.row + (uint32_t)(xlsx_attr_number(ext, "cy", 0) / (20 * 9525.0));
        r.last_column = r.column + (uint32_t)(xlsx_attr_number(ext, "cx", 0) / (64 * 9525.0));
    }
    return r;
}

static bool is_anchor(const struct xml_tree_node *n)
{
    return xml_tree_is(n, NS_XDR, "twoCellAnchor") || xml_tree_is(n, NS_XDR, "oneCellAnchor") ||
           xml_tree_is(n, NS_XDR, "absoluteAnchor");
}

struct drawing {
    struct xlsx *x;
    struct sheet *s;
    const struct parts_relationship *rel;
    size_t n_rel;
    struct sheet_chart *chart;
    size_t room;
};

static int add_chart(struct drawing *d, const struct xml_tree_node *anchor, const char *id, struct err *e)
{
    const struct parts_relationship *r = id ? parts_by_id(d->rel, d->n_rel, id) : NULL;
    bool there = false;
    if (!r || r->external || d->s->n_charts >= d->room)
        return 0;
    struct sheet_chart *c = &d->chart[d->s->n_charts];
    if (xlsx_read_chart(d->x, r->target, c, &there, e) < 0)
        return -ERR_DATA;
    if (!there)
        return 0;
    if (!d->s->chart_sheet)
        c->anchor = covered(anchor);
    d->s->n_charts++;
    return workbook_within(d->x->w, e);
}

static int read_anchor(struct drawing *d, const struct xml_tree_node *anchor, struct err *e)
{
    for (const struct xml_tree_node *n = xml_tree_walk(anchor, anchor); n;) {
        if (xml_tree_is(n, NS_MC, "Fallback")) {
            n = xml_tree_skip(anchor, n);
            continue;
        }
        if (xml_tree_is(n, NS_C, "chart") || xml_tree_is(n, NS_CX, "chart")) {
            if (add_chart(d, anchor, xml_tree_attr(n, NS_R, "id"), e) < 0)
                return -ERR_DATA;
        } else if (xml_tree_is(n, NS_XDR, "pic")) {
            d->s->n_pictures++;
        }
        n = xml_tree_walk(anchor, n);
    }
    return 0;
}

static int read_anchors(struct drawing *d, const struct xml_tree_node *root, struct err *e)
{
    for (const struct xml_tree_node *n = xml_tree_first_element(root); n; n = xml_tree_next_element(n)) {
        const struct xml_tree_node *a = n;
        if (xml_tree_is(n, NS_MC, "AlternateContent"))
            a = xml_tree_first_element(xml_tree_first_element(n));
        if (a && is_anchor(a) && read_anchor(d, a, e) < 0)
            return -ERR_DATA;
    }
    return 0;
}

int xlsx_read_drawing(struct xlsx *x, struct sheet *s, const char *part, struct err *e)
{
    struct drawing d = {.x = x, .s = s};
    struct parts_relationship *rel;
    struct xml_tree *t;
    int r = xlsx_optional(x, part, &t, e);
    if (r < 0 || !t)
        return r;
    r = parts_relationships(x->p, part, x->a, &rel, &d.n_rel, e);
    if (r == 0) {
        d.rel = rel;
        d.room = d.n_rel < XLSX_MAX_RULES ? d.n_rel : XLSX_MAX_RULES;
        d.chart = arena_array(x->a, d.room, sizeof *d.chart);
        s->chart = d.chart;
        r = read_anchors(&d, xml_tree_root(t), e);
    }
    xml_tree_free(t);
    return r;
}
