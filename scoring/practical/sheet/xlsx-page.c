/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- paper ---- */

struct paper {
    int code;
    int32_t width, height; /* tenths of a millimetre */
};
/* ECMA-376 part 1, 18.3.1.63; those that schools use. */
static const struct paper papers[] = {
    {1, 2159, 2794},  {3, 2794, 4318},  {5, 2159, 3556},  {7, 1842, 2667},  {8, 2970, 4200},  {9, 2100, 2970},
    {11, 1480, 2100}, {12, 2570, 3640}, {13, 1820, 2570}, {66, 4200, 5940}, {70, 1050, 1480},
};

enum { EMU_PER_TENTH_MM = 3600, EMU_PER_INCH = 914400 };

static void set_paper(struct sheet_page *p)
{
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (papers[i].code == p->paper) {
            int64_t width = (int64_t)papers[i].width * EMU_PER_TENTH_MM;
            int64_t height = (int64_t)papers[i].height * EMU_PER_TENTH_MM;
            p->width = p->landscape ? height : width;
            p->height = p->landscape ? width : height;
        }
}

static int64_t inches(const struct xml_tree_node *n, const char *name)
{
    double v = xlsx_attr_number(n, name, -1);
    return v >= 0 && v < 1000 ? (int64_t)(v * EMU_PER_INCH + 0.5) : -1;
}

/* ---- headers and footers ---- */

/* Past a code that only formats: &"font,style", &14, &KRRGGBB, &B and the like; NULL for another. */
static const char *past_format(const char *p)
{
    if (p[1] == '"') {
        const char *end = strchr(p + 2, '"');
        return end ? end + 1 : p + strlen(p);
    }
    if (p[1] >= '0' && p[1] <= '9')
        return p + 1 + strspn(p + 1, "0123456789");
    if (p[1] == 'K')
        return p + 2 + strspn(p + 2, "0123456789ABCDEFabcdef+-");
    return p[1] != '\0' && strchr("BIUESXY", p[1]) ? p + 2 : NULL;
}

static void split_sections(const struct xlsx *x, const char *text, const char *ret[3])
{
    struct bytes part[3] = {{0}};
    int here = 1;
    for (const char *p = text; *p;) {
        const char *next = *p == '&' ? past_format(p) : NULL;
        if (next) {
            p = next;
        } else if (p[0] == '&' && p[1] != '\0' && strchr("LCR", p[1])) {
            here = p[1] == 'L' ? 0 : p[1] == 'C' ? 1 : 2;
            p += 2;
        } else if (p[0] == '&' && p[1] == '&') {
            bytes_str(&part[here], "&");
            p += 2;
        } else {
            bytes_add(&part[here], p++, 1);
        }
    }
    for (int i = 0; i < 3; i++) {
        ret[i] = arena_strndup(x->a, part[i].p ? (const char *)part[i].p : "", part[i].n);
        bytes_release(&part[i]);
    }
}

static void read_texts(const struct xlsx *x, struct sheet_page *p, const struct xml_tree_node *n)
{
    struct {
        const char *name, **ret;
    } part[] = {
        {"oddHeader", p->header},       {"oddFooter", p->footer},         {"evenHeader", p->even_header},
        {"evenFooter", p->even_footer}, {"firstHeader", p->first_header}, {"firstFooter", p->first_footer},
    };
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        split_sections(x, xlsx_text(x, xml_tree_child(n, NS_S, part[i].name)), part[i].ret);
    p->different_first = xlsx_attr_bool(n, "differentFirst", false);
    p->different_even = xlsx_attr_bool(n, "differentOddEven", false);
}

/* ---- breaks ---- */

static const uint32_t *read_breaks(const struct xlsx *x, const struct xml_tree_node *list, size_t *ret_n)
{
    size_t count = xlsx_count(list, NS_S, "brk"), n = 0;
    uint32_t *at = arena_array(x->a, count, sizeof *at);
    for (const struct xml_tree_node *k = xml_tree_child(list, NS_S, "brk"); k && n < count;
         k = xml_tree_next(k, NS_S, "brk")) {
        int64_t id = xlsx_attr_int(k, "id", 0);
        if (id > 0 && id <= SHEET_ROWS)
            at[n++] = (uint32_t)id;
    }
    *ret_n = n;
    return at;
}

static void read_setup(struct sheet_page *p, const struct xml_tree_node *n)
{
    const char *turned = xml_tree_attr(n, 0, "orientation");
    p->has_setup = n != NULL;
    p->landscape = turned && strcmp(turned, "landscape") == 0;
    p->paper = (int)xlsx_attr_int(n, "paperSize", 1);
    p->scale = (int)xlsx_attr_int(n, "scale", 100);
    set_paper(p);
}

static void read_fit(struct sheet_page *p, const struct xml_tree_node *root,
                     const struct xml_tree_node *setup)
{
    const struct xml_tree_node *properties = xml_tree_child(root, NS_S, "sheetPr");
    if (!xlsx_attr_bool(xml_tree_child(properties, NS_S, "pageSetUpPr"), "fitToPage", false))
        return;
    p->fit_width = (int)xlsx_attr_int(setup, "fitToWidth", 1);
    p->fit_height = (int)xlsx_attr_int(setup, "fitToHeight", 1);
    p->scale = 0;
}

void xlsx_read_page(const struct xlsx *x, struct sheet *s, const struct xml_tree_node *root)
{
    struct sheet_page *p = &s->page;
    const struct xml_tree_node *margins = xml_tree_child(root, NS_S, "pageMargins");
    const struct xml_tree_node *options = xml_tree_child(root, NS_S, "printOptions");
    const struct xml_tree_node *setup = xml_tree_child(root, NS_S, "pageSetup");
    read_setup(p, setup);
    read_fit(p, root, setup);
    p->left = inches(margins, "left");
    p->right = inches(margins, "right");
    p->top = inches(margins, "top");
    p->bottom = inches(margins, "bottom");
    p->header_margin = inches(margins, "header");
    p->footer_margin = inches(margins, "footer");
    p->center_h = xlsx_attr_bool(options, "horizontalCentered", false);
    p->center_v = xlsx_attr_bool(options, "verticalCentered", false);
    p->print_gridlines = xlsx_attr_bool(options, "gridLines", false);
    p->print_headings = xlsx_attr_bool(options, "headings", false);
    read_texts(x, p, xml_tree_child(root, NS_S, "headerFooter"));
    p->row_break = read_breaks(x, xml_tree_child(root, NS_S, "rowBreaks"), &p->n_row_breaks);
    p->column_break = read_breaks(x, xml_tree_child(root, NS_S, "colBreaks"), &p->n_column_breaks);
}
