/* SPDX-License-Identifier: Apache-2.0 */
/* settings.xml: what the window showed; meta.xml: what wrote the file. */
#include <string.h>

#include "base/bytes.h"
#include "scoring/practical/odf/sheet-internal.h"
#include "scoring/practical/odf/units.h"

/* The item or group of that name (or, with NULL, the first entry) below n. */
static const struct xml_tree_node *named(const struct xml_tree_node *n, const char *element, const char *name)
{
    for (const struct xml_tree_node *c = xml_tree_child(n, NS_CONFIG, element); c;
         c = xml_tree_next(c, NS_CONFIG, element))
        if (!name || odf_is(xml_tree_attr(c, NS_CONFIG, "name"), name))
            return c;
    return NULL;
}

static const char *item(struct sheet_reader *r, const struct xml_tree_node *n, const char *name)
{
    const struct xml_tree_node *i = named(n, "config-item", name);
    struct bytes text = {0};
    if (i)
        xml_tree_text(i, &text);
    const char *kept = text.n ? arena_strndup(r->p->arena, (const char *)text.p, text.n) : NULL;
    bytes_release(&text);
    return kept;
}

static void view_of(struct sheet_reader *r, const struct xml_tree_node *n, struct sheet *s)
{
    int64_t across = odf_integer(item(r, n, "HorizontalSplitMode"), 0, 2, 0);
    int64_t down = odf_integer(item(r, n, "VerticalSplitMode"), 0, 2, 0);
    s->frozen = across == 2 || down == 2;
    if (s->frozen) {
        s->freeze_column =
            across == 2
                ? (uint32_t)odf_integer(item(r, n, "HorizontalSplitPosition"), 0, SHEET_COLUMNS - 1, 0) + 1
                : 1;
        s->freeze_row =
            down == 2 ? (uint32_t)odf_integer(item(r, n, "VerticalSplitPosition"), 0, SHEET_ROWS - 1, 0) + 1
                      : 1;
    }
    s->zoom = (int)odf_integer(item(r, n, "ZoomValue"), 10, 400, 100);
    s->shows_gridlines = !odf_is(item(r, n, "ShowGrid"), "false");
}

static void views(struct sheet_reader *r, const struct xml_tree_node *settings)
{
    const struct xml_tree_node *set = named(settings, "config-item-set", "ooo:view-settings");
    const struct xml_tree_node *view =
        named(named(set, "config-item-map-indexed", "Views"), "config-item-map-entry", NULL);
    const struct xml_tree_node *tables = named(view, "config-item-map-named", "Tables");
    const char *active = item(r, view, "ActiveTable");
    for (size_t i = 0; i < r->w->n_sheets; i++) {
        struct sheet *s = &r->w->sheet[i];
        const struct xml_tree_node *entry = named(tables, "config-item-map-entry", s->name);
        if (entry)
            view_of(r, entry, s);
        s->shows_headings = !odf_is(item(r, view, "HasColumnRowHeaders"), "false");
        s->shows_zeros = !odf_is(item(r, view, "ShowZeroValues"), "false");
        if (odf_is(active, s->name))
            r->w->active = (int)i;
    }
}

static void generator(struct sheet_reader *r)
{
    struct xml_tree *side = odf_side_part(r->p, "meta.xml");
    const struct xml_tree_node *n = xml_tree_child(odf_side_body(r->p, side, "meta"), NS_META, "generator");
    struct bytes text = {0};
    if (n)
        xml_tree_text(n, &text);
    if (text.n)
        r->w->application = arena_strndup(r->w->arena, (const char *)text.p, text.n);
    bytes_release(&text);
    xml_tree_free(side);
}

void odf_sheet_settings(struct sheet_reader *r)
{
    struct xml_tree *side = odf_side_part(r->p, "settings.xml");
    const struct xml_tree_node *settings = odf_side_body(r->p, side, "settings");
    if (settings) {
        views(r, settings);
        const struct xml_tree_node *set = named(settings, "config-item-set", "ooo:configuration-settings");
        r->w->manual = odf_is(item(r, set, "AutoCalculate"), "false");
    }
    xml_tree_free(side);
    generator(r);
}
