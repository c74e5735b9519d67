/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "scoring/practical/sheet/serial.h"
#include "scoring/practical/sheet/xlsx-internal.h"

/* ---- formulas ---- */

static struct xlsx_shared *find_shared(const struct xlsx_rows *rows, uint32_t si)
{
    struct xlsx_shared *s = rows->bucket[si % 64];
    while (s && s->si != si)
        s = s->next;
    return s;
}

static void remember_shared(struct xlsx_rows *rows, uint32_t si, uint32_t formula)
{
    struct xlsx_shared *s = arena_alloc(rows->x->a, sizeof *s);
    *s = (struct xlsx_shared){.si = si, .formula = formula, .next = rows->bucket[si % 64]};
    rows->bucket[si % 64] = s;
}

static enum sheet_formula_kind kind_of(const char *t)
{
    if (t && strcmp(t, "shared") == 0)
        return FORMULA_SHARED;
    if (t && strcmp(t, "array") == 0)
        return FORMULA_ARRAY;
    return t && strcmp(t, "dataTable") == 0 ? FORMULA_DATA_TABLE : FORMULA_NORMAL;
}

static int read_formula(struct xlsx_rows *rows, const struct xml_tree_node *f, struct sheet_cell *c,
                        struct err *e)
{
    struct bytes text = {0};
    struct sheet_formula formula = {
        .kind = kind_of(xml_tree_attr(f, 0, "t")), .row = c->row, .column = c->column};
    int64_t si = xlsx_attr_int(f, "si", -1);
    bool shared = formula.kind == FORMULA_SHARED && si >= 0;
    struct xlsx_shared *master = shared ? find_shared(rows, (uint32_t)si) : NULL;
    int r = 0;
    xml_tree_text(f, &text);
    if (text.n == 0 && master) {
        c->formula = master->formula;
        goto done;
    }
    formula.text = text.p ? (const char *)text.p : "";
    reference_range(xml_tree_attr(f, 0, "ref") ? xml_tree_attr(f, 0, "ref") : "", &formula.range);
    r = workbook_add_formula(rows->x->w, &formula, &c->formula, e);
    if (r == 0 && shared && !master && text.n > 0)
        remember_shared(rows, (uint32_t)si, c->formula);
done:
    bytes_release(&text);
    return r;
}

/* ---- values ---- */

static void set_text(struct xlsx *x, struct sheet_cell *c, enum sheet_type type, const char *text)
{
    struct sheet_text *t = arena_alloc(x->a, sizeof *t);
    char *copy = arena_strdup(x->a, text);
    xlsx_unescape(copy);
    t->text = copy;
    c->type = (uint8_t)type;
    c->value.text = t;
}

static void set_shared(struct xlsx *x, struct sheet_cell *c, const char *index)
{
    double i;
    if (!xlsx_number(index, &i) || !(i >= 0 && i < (double)x->n_strings))
        return;
    c->type = CELL_TEXT;
    c->value.text = x->string[(size_t)i];
}

static void set_date(struct xlsx *x, struct sheet_cell *c, const char *text)
{
    bool has_day, has_time;
    double serial;
    if (!serial_from_iso(text, x->w->date1904, &serial, &has_day, &has_time)) {
        set_text(x, c, CELL_TEXT, text);
        return;
    }
    c->type = CELL_DATE;
    c->value.number = serial;
    if (!has_time)
        c->flags |= CELL_ISO_DATE;
    if (!has_day)
        c->flags |= CELL_ISO_TIME;
}

static void set_number(struct xlsx *x, struct sheet_cell *c, const char *text)
{
    double v;
    if (!xlsx_number(text, &v)) {
        set_text(x, c, CELL_TEXT, text);
        return;
    }
    c->type = CELL_NUMBER;
    c->value.number = v;
}

static void set_value(struct xlsx *x, struct sheet_cell *c, const char *type, const char *text)
{
    if (strcmp(type, "s") == 0) {
        set_shared(x, c, text);
    } else if (strcmp(type, "str") == 0) {
        set_text(x, c, CELL_TEXT, text);
    } else if (strcmp(type, "b") == 0) {
        c->type = CELL_BOOL;
        c->value.number = strcmp(text, "1") == 0 || ascii_casecmp(text, "true") == 0;
    } else if (strcmp(type, "e") == 0) {
        set_text(x, c, CELL_ERROR, text);
    } else if (strcmp(type, "d") == 0) {
        set_date(x, c, text);
    } else {
        set_number(x, c, text);
    }
}

static void read_value(struct xlsx *x, const struct xml_tree_node *n, struct sheet_cell *c)
{
    const char *type = xml_tree_attr(n, 0, "t");
    const struct xml_tree_node *v = xml_tree_child(n, NS_S, "v"), *is = xml_tree_child(n, NS_S, "is");
    struct bytes text = {0};
    type = type ? type : "n";
    if (strcmp(type, "inlineStr") == 0 && is) {
        c->type = CELL_TEXT;
        c->value.text = xlsx_rich(x, is);
        return;
    }
    if (v)
        xml_tree_text(v, &text);
    if (text.n > 0)
        set_value(x, c, strcmp(type, "inlineStr") == 0 ? "str" : type, (const char *)text.p);
    else if (v && strcmp(type, "str") == 0)
        set_text(x, c, CELL_TEXT, "");
    else if (xml_tree_child(n, NS_S, "f"))
        c->flags |= CELL_NO_RESULT;
    bytes_release(&text);
}

/* ---- rows ---- */

/* Where the cell stands: by its @r, else beside the one before. False: outside the sheet. */
static bool place_of(const struct xml_tree_node *n, uint32_t *row, uint32_t *column)
{
    const char *r = xml_tree_attr(n, 0, "r");
    if (r)
        return sheet_reference_cell(r, row, column);
    return ++*column <= SHEET_COLUMNS;
}

static int read_cell(struct xlsx_rows *rows, const struct xml_tree_node *n, uint32_t column, struct err *e)
{
    struct xlsx *x = rows->x;
    struct sheet_cell *c;
    int r = sheet_add_cell(x->w, rows->s, column, column, &c, e);
    if (r < 0)
        return r;
    int64_t style = xlsx_attr_int(n, "s", 0);
    if (style > 0 && (size_t)style < x->n_styles)
        c->style = x->style[style];
    const struct xml_tree_node *f = xml_tree_child(n, NS_S, "f");
    read_value(x, n, c);
    return f ? read_formula(rows, f, c, e) : 0;
}

static int read_cells(struct xlsx_rows *rows, const struct xml_tree_node *row, struct err *e)
{
    uint32_t here = rows->row, column = 0;
    for (const struct xml_tree_node *n = xml_tree_child(row, NS_S, "c"); n; n = xml_tree_next(n, NS_S, "c")) {
        uint32_t own = rows->row;
        if (!place_of(n, &own, &column))
            continue;
        struct sheet_row *other;
        if (own != here && sheet_add_row(rows->x->w, rows->s, own, own, &other, e) < 0)
            return -ERR_DATA;
        here = own;
        if (read_cell(rows, n, column, e) < 0)
            return -ERR_DATA;
    }
    return 0;
}

static void row_properties(struct xlsx *x, const struct xml_tree_node *n, struct sheet_row *row)
{
    double height = xlsx_attr_number(n, "ht", -1);
    int64_t style = xlsx_attr_int(n, "s", 0), outline = xlsx_attr_int(n, "outlineLevel", 0);
    if (height >= 0 && height < 10000)
        row->height = (int64_t)(height * 12700 + 0.5);
    row->hidden = xlsx_attr_bool(n, "hidden", false);
    row->collapsed = xlsx_attr_bool(n, "collapsed", false);
    row->custom_height = xlsx_attr_bool(n, "customHeight", false);
    row->outline = (uint8_t)(outline > 0 && outline < 8 ? outline : 0);
    row->has_style = xlsx_attr_bool(n, "customFormat", false) && style >= 0 && (size_t)style < x->n_styles;
    if (row->has_style)
        row->style = style > 0 ? x->style[style] : 0;
}

int xlsx_read_row(void *context, const struct xml_tree_node *n, struct err *e)
{
    struct xlsx_rows *rows = context;
    struct sheet_row *row;
    int64_t number = xlsx_attr_int(n, "r", (int64_t)rows->row + 1);
    if (number < 1 || number > SHEET_ROWS)
        return 0;
    rows->row = (uint32_t)number;
    int r = sheet_add_row(rows->x->w, rows->s, rows->row, rows->row, &row, e);
    if (r < 0)
        return r;
    row_properties(rows->x, n, row);
    return read_cells(rows, n, e);
}
